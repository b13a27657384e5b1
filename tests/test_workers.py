"""Long runs, which are briefed by processes of their own: the same briefings, and nothing lost where one dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from batches import GOOD, Command, articles, asked, briefings, by_number, failures, number_of, run, table, wait_until
from drafts import DRAFT, compact
from fault_server import Answer, Completion, FaultServer, Hang, Received, Status, Step

from summarizer import AuthenticationError, Briefing, BudgetError, Settings
from summarizer.batch import run_state, workers
from summarizer.testing import DraftedModel

MANY = workers.WORTH + 12
PRICED = "openai/gpt-5-mini"
DEAR = Completion(compact(DRAFT), usage=(1500, 1499))
"""It costs nearly the most that it can."""


@pytest.fixture(autouse=True)
def processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.batch.workers._processors", lambda: 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a run can be."""
    return tmp_path / "run"


def descendants(process: int) -> list[int]:
    """The processes below one, those that have ended apart."""
    ran = subprocess.run(
        ["ps", "-A", "-o", "pid=", "-o", "ppid=", "-o", "stat=", "-o", "comm="],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [line.split(maxsplit=3) for line in ran.stdout.splitlines()]
    below = [
        int(row[0]) for row in rows if int(row[1]) == process and "Z" not in row[2] and row[3].startswith("python")
    ]
    return below + [each for child in below for each in descendants(child)]


def slowly(step: Step) -> Answer:
    def choose(received: Received) -> Step:
        time.sleep(0.1)
        return step

    return Answer(choose)


def test_processes_make_the_same_briefings(
    server: FaultServer, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: set[int] = set()

    def choose(received: Received) -> Step:
        seen.update(descendants(os.getpid()) if number_of(received) % 10 == 0 else ())
        return Status(400) if number_of(received) == 30 else GOOD

    server.script(Answer(choose))
    given = table(tmp_path / "in.jsonl", MANY)
    outcome = run(server, given, folder)
    assert (outcome.state.done, outcome.state.requests) == (MANY - 1, MANY + 1)  # a refused one is asked twice
    assert len(seen) == 2
    assert not descendants(os.getpid())
    monkeypatch.setattr("summarizer.batch.workers.WORTH", 10_000)
    run(server, given, tmp_path / "other")
    assert briefings(folder) == briefings(tmp_path / "other")
    assert failures(folder) == failures(tmp_path / "other")


def test_what_stops_a_run_stops_it_in_processes_too(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(Answer(lambda received: Status(401) if number_of(received) > 20 else GOOD))
    outcome = run(server, table(tmp_path / "in.jsonl", MANY), folder, concurrency=4)
    with pytest.raises(AuthenticationError):
        outcome.raise_for_failures()
    assert outcome.state.failures == 0
    assert len(server.requests) <= 24


def test_a_process_that_dies_loses_only_what_it_was_asking(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    killed: list[int] = []

    def choose(received: Received) -> Step:
        if len(server.requests) > 20 and not killed:
            killed.extend(descendants(os.getpid())[-1:])
            os.kill(killed[0], signal.SIGKILL)
        return GOOD

    server.script(Answer(choose))
    outcome = run(server, table(tmp_path / "in.jsonl", MANY), folder, concurrency=8)
    assert killed
    assert (outcome.state.done, outcome.state.failures) == (MANY, 0)
    assert len(server.requests) <= MANY + 8


def test_an_article_that_no_process_survives_fails_and_no_other_does(
    server: FaultServer, tmp_path: Path, folder: Path
) -> None:
    def choose(received: Received) -> Step:
        if number_of(received) == 30:
            for each in descendants(os.getpid()):
                os.kill(each, signal.SIGKILL)
        return GOOD

    server.script(Answer(choose))
    outcome = run(server, table(tmp_path / "in.jsonl", MANY), folder, concurrency=4)
    assert (outcome.state.done, outcome.state.failures) == (MANY - 1, 1)
    [failure] = failures(folder)
    assert (failure["id"], failure["kind"]) == ("n30", "bug")
    assert "died" in failure["message"]
    assert asked(server)[30] == 2


def test_processes_stop_within_the_budget_of_their_run(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(DEAR)
    given = table(tmp_path / "in.jsonl", MANY)
    outcome = run(server, given, folder, settings={"model": PRICED}, budget=0.08, concurrency=8)
    assert isinstance(outcome.stopped, BudgetError)
    assert (outcome.state.failures, outcome.state.unsure) == (0, 0)
    assert outcome.state.dollars is not None
    assert 0.07 < outcome.state.dollars <= 0.08
    assert 15 < outcome.state.done == len(server.requests) < MANY


def test_what_a_process_that_dies_had_asked_is_spent(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    """Were it still put aside, all that comes later would wait for it without end."""
    killed: list[int] = []

    def choose(received: Received) -> Step:
        if len(server.requests) > 10 and not killed:
            killed.extend(descendants(os.getpid()))
            for each in killed:
                os.kill(each, signal.SIGKILL)
        return DEAR

    server.script(Answer(choose))
    given = table(tmp_path / "in.jsonl", MANY)
    outcome = run(server, given, folder, settings={"model": PRICED}, budget=0.15, concurrency=8)
    assert killed
    assert isinstance(outcome.stopped, BudgetError)
    assert 1 <= outcome.state.untold <= 2 * 8  # one of them is seen to be dead before the other
    assert outcome.state.failures == 0
    assert outcome.state.dollars is not None
    assert 0 < outcome.state.unsure < outcome.state.dollars <= 0.15


def test_what_got_no_answer_in_a_process_is_spent(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(by_number({30: Hang(60)}, DEAR))
    given = table(tmp_path / "in.jsonl", MANY)
    outcome = run(server, given, folder, settings={"model": PRICED, "timeout": 5}, budget=0.15, concurrency=4)
    assert isinstance(outcome.stopped, BudgetError)
    assert [each["kind"] for each in failures(folder)] == ["deadline"]
    assert outcome.state.untold == 1


def test_processes_look_into_the_cache_and_fill_it(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(DEAR)
    given, settings = table(tmp_path / "in.jsonl", MANY), {"model": PRICED, "cache": True}
    first = run(server, given, folder, settings=dict(settings), budget=1.0)
    second = run(server, given, tmp_path / "other", settings=dict(settings), budget=0.0)
    assert (first.state.done, second.state.done, len(server.requests)) == (MANY, MANY, MANY)
    assert (second.state.requests, second.state.dollars) == (0, 0.0)
    for asking, asked_nothing in zip(briefings(folder), briefings(tmp_path / "other"), strict=True):
        assert [each["outcome"] for each in asked_nothing["provenance"]["attempts"]] == ["cached"]
        assert asking["what"] == asked_nothing["what"]


def test_processes_end_with_a_run_that_is_killed(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(slowly(GOOD))
    given = table(tmp_path / "in.jsonl", MANY)
    command = Command(server, given, folder, "--concurrency", "4")
    wait_until(lambda: len(server.requests) > 10)
    below = descendants(command.process.pid)
    assert below
    command.kill()
    wait_until(lambda: not any(map(_alive, below)), 10)
    assert run(server, given, folder).state.done == MANY
    assert len(server.requests) <= MANY + 4


def test_ctrl_c_ends_what_processes_began(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(slowly(GOOD))
    given = table(tmp_path / "in.jsonl", MANY)
    command = Command(server, given, folder, "--concurrency", "4")
    wait_until(lambda: len(server.requests) > 10)
    below = descendants(command.process.pid)
    command.interrupt()
    code, _, err = command.ended()
    assert (code, "Traceback" in err) == (130, False), err
    assert run_state(folder).done == len(server.requests) < MANY
    assert not any(map(_alive, below))


def _alive(process: int) -> bool:
    ran = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return bool(ran.stdout.strip()) and "Z" not in ran.stdout


def test_a_run_goes_on_alone_where_processes_cannot_be_started(
    server: FaultServer, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.batch.workers._MAIN", "raise SystemExit(1)")
    server.script(GOOD)
    assert run(server, table(tmp_path / "in.jsonl", MANY), folder).state.done == MANY


def test_a_script_without_a_guard_may_have_a_long_run(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(GOOD)
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\n"
        "from summarizer import Settings\n"
        "from summarizer.batch import brief_all, workers\n"
        "workers._processors = lambda: 2\n"
        f"settings = Settings(model='test/fake-1', base_url={server.base_url!r})\n"
        f"print(brief_all([{str(articles(tmp_path / 'in', MANY))!r}], {str(folder)!r}, settings).state.done)\n"
    )
    ran = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == (f"{MANY}\n", "")


class Own(Briefing):
    """Of this module."""


def test_processes_are_for_what_they_can_do_and_what_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    settings, many = Settings(model="test/fake-1"), workers.WORTH

    class Local(Briefing):
        pass

    assert workers.wanted(settings, "briefing", many, 8) == 2
    assert workers.wanted(settings, Own, many, 8) == 2
    assert workers.wanted(settings, Local, many, 8) == 0
    assert workers.wanted(settings, "briefing", many - 1, 8) == 0
    assert workers.wanted(settings, "briefing", many, 1) == 0
    assert workers.wanted(Settings(model=DraftedModel({})), "briefing", many, 8) == 0
    monkeypatch.setattr("summarizer.batch.workers._processors", lambda: 1)
    assert workers.wanted(settings, "briefing", many, 8) == 0
