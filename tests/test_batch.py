"""Batches from Python and from the command line: what they take, tell and keep, beside the faults."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from batches import GOOD, Command, articles, asked, briefings, by_number, run, table, text, wait_until
from conftest import Cli
from drafts import DRAFT, FAILING, MODEL, NO_REPAIR, REPAIR, completion
from fault_server import Answer, FaultServer, Hang, Received, Status, Step

from summarizer import Briefing, Settings, Source, UsageError, verify
from summarizer.batch import brief_all, rebuild, runs
from summarizer.batch.inputs import Inputs
from summarizer.testing import DraftedModel


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a run can be."""
    return tmp_path / "run"


def test_sources_are_briefed_with_a_model_that_answers_from_drafts(folder: Path) -> None:
    given = [Source.from_text(text(number), name=f"n{number}", published="2026-03-11") for number in (1, 2)]
    outcome = brief_all(given, folder, Settings(model=DraftedModel(DRAFT)))
    outcome.raise_for_failures()
    made = [Briefing.from_json(line) for line in outcome.briefings.read_text(encoding="utf-8").splitlines()]
    assert [each.source.name for each in made] == ["n1", "n2"]
    assert all(verify(each, source).holds for each, source in zip(made, given, strict=True))
    assert outcome.state.untold == 2  # drafts cost nothing, and tell no tokens


def test_entries_are_read_one_by_one(tmp_path: Path) -> None:
    """A list of a million links is never held."""
    taken: list[int] = []

    def links() -> Iterator[str]:
        for number in range(1_000_000):
            taken.append(number)
            yield f"https://quay.example/{number}"

    entries = Inputs(links()).entries(without=tmp_path)
    assert [next(entries).where for _ in range(2)] == ["https://quay.example/0", "https://quay.example/1"]
    assert len(taken) == 2


def test_a_batch_works_inside_a_running_loop(folder: Path) -> None:
    async def notebook() -> int:
        return brief_all([Source.from_text(text(1))], folder, Settings(model=DraftedModel(DRAFT))).state.done

    assert asyncio.run(notebook()) == 1


def test_a_briefing_broken_off_before_its_repair_goes_on_with_that(
    server: FaultServer, tmp_path: Path, folder: Path
) -> None:
    """The first request is answered and kept, the second has no answer yet when the process is killed."""
    server.script(completion(FAILING), Hang(60))
    given = articles(tmp_path / "in", 1)
    command = Command(server, given, folder)
    wait_until(lambda: len(server.requests) == 2)
    command.kill()
    server.script(completion(REPAIR))
    outcome = run(server, given, folder)
    assert (outcome.state.done, len(server.requests)) == (1, 3)
    assert server.requests[1].body == server.requests[2].body
    assert [each["purpose"] for each in briefings(folder)[0]["provenance"]["attempts"]] == ["draft", "repair"]
    assert (outcome.state.requests, outcome.state.untold, outcome.state.read) == (3, 1, 240)


def test_what_is_not_on_the_tape_is_not_asked_for_in_reprocessing(
    server: FaultServer, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check of then refused nothing; that of today refuses an item, and would ask once more."""
    server.script(completion(FAILING), completion(NO_REPAIR))
    given = articles(tmp_path / "in", 1)
    with monkeypatch.context() as patched:
        patched.setattr("summarizer.repair.failures", lambda *_: [])
        run(server, given, folder)
    assert len(server.requests) == 1
    rebuilt = rebuild(folder)
    assert (rebuilt.made, len(server.requests)) == (1, 1)
    made = briefings(folder)[0]["provenance"]
    assert [each["outcome"] for each in made["attempts"]] == ["ok"]
    assert made["usage"]["prompt_tokens"] == 120


def test_a_cassette_is_not_for_a_batch(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(UsageError, match="A cassette holds one briefing"):
        brief_all([Source.from_text(text(1))], folder, Settings(cassette=tmp_path / "tape.json"))
    assert not folder.exists()


def test_the_folder_of_the_run_is_not_briefed(server: FaultServer, tmp_path: Path) -> None:
    server.script(GOOD)
    given = articles(tmp_path / "in", 2)
    for _ in range(2):
        assert run(server, given, given / "run", form="files").state.total == 2
    assert run(server, [str(given / "**")], given / "run", form="files").state.total == 2


def test_a_pattern_finds_files_below_and_the_order_is_that_of_their_names(
    server: FaultServer, tmp_path: Path, folder: Path
) -> None:
    server.script(GOOD)
    articles(tmp_path / "in", 2)
    articles(tmp_path / "in" / "b", 1)
    (tmp_path / "in" / "notes.md").write_text("not asked for")
    run(server, [str(tmp_path / "in" / "**" / "*.txt")], folder)
    names = [each["source"]["name"].removeprefix(str(tmp_path)) for each in briefings(folder)]
    assert names == ["/in/0001.txt", "/in/0002.txt", "/in/b/0001.txt"]


def test_runs_are_listed_and_shown(
    server: FaultServer, tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.model.client._BACKOFF", lambda state: 0.01)
    server.script(by_number({2: Status(500)}))
    run(server, articles(tmp_path / "in", 3), tmp_path / "one")
    server.script(GOOD)
    run(server, articles(tmp_path / "in", 3), tmp_path / "two")
    assert runs(tmp_path) == [tmp_path / "one", tmp_path / "two"]
    code, out, _ = cli("runs", "list", tmp_path)
    assert (code, [line.rpartition("/")[2] for line in out.splitlines()]) == (
        0, ["one  2 done, 1 failed, 0 pending", "two  3 done, 0 failed, 0 pending"],
    )  # fmt: skip
    assert "failed      1 server_error, such as" in cli("runs", "show", tmp_path / "one")[1]
    shown = json.loads(cli("runs", "show", tmp_path / "one", "-f", "json")[1])
    assert (shown["done"], shown["failed"][0]["kind"], shown["read"]) == (2, "server_error", 240)
    assert cli("runs", "show", tmp_path / "in")[0] == 27
    assert not (tmp_path / "in" / "journal.lock").exists()


def test_a_pipe_gets_few_lines_and_a_terminal_a_bar(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(GOOD)
    given = table(tmp_path / "in.jsonl", 30)
    code, out, err = Command(server, given, folder).ended()
    assert (code, out.splitlines()[0]) == (0, "done        30 of 30")
    assert len(err.splitlines()) <= 3
    assert "\x1b" not in out + err
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "summarizer", "batch", str(given), "-o", str(tmp_path / "other")]
    command += ["--model", MODEL, "--base-url", server.base_url]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, env=os.environ | {"TERM": "xterm"})
    os.close(theirs)
    shown = b""
    while chunk := _read(ours):
        shown += chunk
    os.close(ours)
    assert process.wait() == 0
    assert b"done" in shown
    assert b"left" in shown
    assert b"a minute" in shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 10_000)
    except OSError:  # nobody writes to it any more
        return b""


def test_as_many_are_asked_about_at_a_time_as_is_wanted(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    now, most = 0, 0

    def slowly(received: Received) -> Step:
        nonlocal now, most
        now += 1
        most = max(most, now)
        server.closing.wait(0.2)
        now -= 1
        return GOOD

    server.script(Answer(slowly))
    run(server, articles(tmp_path / "in", 12), folder, concurrency=3)
    assert most == 3
    assert len(asked(server)) == 12
