"""Faults 1 to 8, 20, 34, 35, 44 to 48, 52 and 53 in a batch, against a real server and real processes."""

from __future__ import annotations

import csv
import json
import os
import random
import sqlite3
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from batches import (
    GOOD,
    Command,
    articles,
    asked,
    briefings,
    by_number,
    failures,
    number_of,
    run,
    table,
    text,
    wait_until,
)
from conftest import KEY, Cli
from drafts import FAILING, MODEL, REPAIR, completion
from fault_server import Answer, Completion, FaultServer, Hang, Received, Reset, Status, Step

from summarizer import (
    AuthenticationError,
    BatchError,
    Briefing,
    JournalError,
    QuotaError,
    RateLimitError,
    Source,
    UnknownModelError,
    UnreachableError,
    UsageError,
)
from summarizer.batch import Columns, Inputs, rebuild, run_state
from summarizer.batch.cells import safe
from summarizer.draft import REPAIR as REPAIR_NAME
from summarizer.model.client import MAX_TRIES

KILLS = 10


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.model.client._BACKOFF", lambda state: 0.01)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a run can be."""
    return tmp_path / "run"


def counts(folder: Path) -> tuple[int, int, int]:
    found = run_state(folder)
    return found.done, found.failures, found.pending


# Rate limits, keys, names


def test_f01_a_pause_that_one_article_is_told_of_is_kept_by_all(
    server: FaultServer, tmp_path: Path, folder: Path
) -> None:
    server.script(GOOD, Status(429, headers={"retry-after": "2"}), GOOD)
    outcome = run(server, articles(tmp_path / "in", 8), folder, concurrency=2)
    assert outcome.state.done == 8
    limited = server.requests[1].at
    at_once = [each for each in server.requests[2:] if each.at < limited + 1.9]
    assert len(at_once) <= 1  # what was on its way when the answer came
    assert sum(asked(server).values()) == 9


def test_f02_a_long_pause_is_not_asked_through(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(Status(429, headers={"retry-after": "300"}))
    command = Command(server, articles(tmp_path / "in", 20), folder)
    wait_until(lambda: server.requests)
    time.sleep(3)
    assert len(server.requests) == 1
    command.interrupt()
    code, out, err = command.ended()
    assert (code, counts(folder)) == (130, (0, 0, 20))
    assert "waiting 300 s, as the server asks" in err
    assert "pending     20" in out


def test_f02_a_pause_longer_than_we_wait_stops_the_run(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(Status(429, headers={"retry-after": "7200"}))
    outcome = run(server, articles(tmp_path / "in", 20), folder)
    with pytest.raises(RateLimitError, match="7200 s"):
        outcome.raise_for_failures()
    assert (len(server.requests), counts(folder)) == (1, (0, 0, 20))


def test_f02_a_limit_that_does_not_end_stops_the_run_and_fails_nothing(
    server: FaultServer, tmp_path: Path, folder: Path, quick: None
) -> None:
    server.script(Status(429, headers={"retry-after": "0"}))
    outcome = run(server, articles(tmp_path / "in", 30), folder, concurrency=2)
    with pytest.raises(RateLimitError):
        outcome.raise_for_failures()
    assert counts(folder) == (0, 0, 30)


@pytest.mark.parametrize(
    ("step", "error", "number"),
    [
        (Status(429, code="insufficient_quota"), QuotaError, "f03"),
        (Status(401, message=f"Incorrect API key provided: {KEY}."), AuthenticationError, "f04"),
        (Status(404, code="model_not_found"), UnknownModelError, "f05"),
    ],
    ids=["f03 quota", "f04 key", "f05 model"],
)
def test_f03_f04_f05_what_cannot_get_better_is_asked_once_in_all(
    server: FaultServer, tmp_path: Path, folder: Path, step: Step, error: Any, number: str, cli: Cli
) -> None:
    server.script(step)
    given = articles(tmp_path / "in", 50)
    code, out, err = cli("batch", given, "-o", folder, "-m", MODEL, "--base-url", server.base_url, "--concurrency", 20)
    assert (code, len(server.requests), counts(folder)) == (error.exit_code, 1, (0, 0, 50))
    assert "pending     50" in out
    assert KEY not in out + err
    assert KEY not in (folder / "journal.sqlite").read_bytes().decode("latin-1")
    server.script(GOOD)
    assert run(server, given, folder).state.done == 50


def test_f03_in_the_middle_of_a_run_what_is_done_stays_done(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(*[GOOD] * 10, Status(429, code="insufficient_quota"))
    outcome = run(server, articles(tmp_path / "in", 40), folder, concurrency=4)
    assert isinstance(outcome.stopped, QuotaError)
    assert counts(folder) == (10, 0, 30)
    assert len(server.requests) <= 10 + 4
    assert len(briefings(folder)) == 10


# Failing servers and connections


def test_f06_a_failing_server_costs_one_article_and_the_run_goes_on(
    server: FaultServer, tmp_path: Path, folder: Path, quick: None
) -> None:
    server.script(by_number({3: Status(500)}))
    outcome = run(server, articles(tmp_path / "in", 10), folder)
    assert counts(folder) == (9, 1, 0)
    (failure,) = failures(folder)
    assert (failure["kind"], failure["attempts"], failure["number"]) == ("server_error", 4, 3)
    assert failure["name"].endswith("0003.txt")
    assert asked(server)[3] == 4
    with pytest.raises(BatchError, match="1 of 10 articles got no briefing: 1 server_error"):
        outcome.raise_for_failures()


def test_f06_what_failed_is_tried_again_when_that_is_asked_for_alone(
    server: FaultServer, tmp_path: Path, folder: Path, quick: None
) -> None:
    server.script(by_number({3: Status(500)}))
    given = articles(tmp_path / "in", 5)
    run(server, given, folder)
    server.script(GOOD)
    assert (run(server, given, folder).state.failures, sum(asked(server).values())) == (1, 8)
    assert run(server, given, folder, retry_failed=True).state.done == 5
    assert asked(server)[3] == 5
    assert [each["source"]["name"][-8:] for each in briefings(folder)] == [f"000{n}.txt" for n in range(1, 6)]


def test_f07_an_unreachable_server_stops_the_run_after_a_few_articles(
    server: FaultServer, tmp_path: Path, folder: Path, quick: None
) -> None:
    server.script(Reset())
    outcome = run(server, articles(tmp_path / "in", 100), folder, concurrency=1)
    with pytest.raises(UnreachableError, match=r"Cannot reach 127\.0\.0\.1"):
        outcome.raise_for_failures()
    assert counts(folder) == (0, 0, 100)
    assert len(server.requests) == 5 * MAX_TRIES[UnreachableError]


def test_f07_an_article_whose_connection_breaks_each_time_stops_nothing(
    server: FaultServer, tmp_path: Path, folder: Path, quick: None
) -> None:
    server.script(by_number({2: Reset()}))
    run(server, articles(tmp_path / "in", 10), folder, concurrency=1)
    assert counts(folder) == (9, 1, 0)
    assert failures(folder)[0]["kind"] == "unreachable"
    assert asked(server)[2] == 3 * MAX_TRIES[UnreachableError]


def test_f08_silence_costs_its_article_and_is_counted_as_of_unknown_cost(
    server: FaultServer, tmp_path: Path, folder: Path
) -> None:
    server.script(by_number({1: Hang(60)}))
    outcome = run(server, articles(tmp_path / "in", 4), folder, settings={"timeout": 6.0})
    assert counts(folder) == (3, 1, 0)
    assert failures(folder)[0]["kind"] == "deadline"
    assert (outcome.state.requests, outcome.state.untold) == (4, 1)
    assert (outcome.state.read, outcome.state.written) == (360, 90)


def test_f20_no_article_gets_more_requests_than_one_briefing_makes(
    server: FaultServer, tmp_path: Path, folder: Path, quick: None
) -> None:
    server.script(Status(500), Completion('{"a": 1}'))
    run(server, articles(tmp_path / "in", 3), folder)
    assert max(asked(server).values()) <= 8
    assert {each["kind"] for each in failures(folder)} <= {"schema", "server_error", "model"}


# Inputs


def test_f34_what_cannot_be_read_is_a_failure_of_its_own_and_the_run_goes_on(
    server: FaultServer, tmp_path: Path, folder: Path, cli: Cli
) -> None:
    server.script(GOOD)
    given = articles(tmp_path / "in", 2)
    (given / "a-empty.txt").touch()
    (given / "b-binary.txt").write_bytes(b"\x00\x01\x02" * 100)
    (given / "c-loop.txt").symlink_to(given / "c-loop.txt")
    (given / "d-gone.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(given / "e-pipe.txt")
    (given / ".hidden").write_text("not an article")
    code, out, _ = cli(
        "batch", given, tmp_path / "missing.txt", "-o", folder, "-m", MODEL, "--base-url", server.base_url
    )
    assert (code, counts(folder)) == (26, (2, 6, 0))
    assert "failed      6 source, such as" in out
    names = [Path(each["name"]).name[0] for each in failures(folder)]
    assert names == ["a", "b", "c", "d", "e", "m"]
    assert len(server.requests) == 2


@pytest.mark.parametrize("given", [["-"], [], ["*.nothing"], ["empty"]], ids=["stdin", "none", "pattern", "folder"])
def test_f34_nothing_to_brief_is_a_mistake_of_the_caller(
    server: FaultServer, tmp_path: Path, folder: Path, given: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError):
        run(server, given, folder)
    assert server.requests == []


def test_f34_a_list_may_come_from_standard_input_and_not_from_a_closed_one(
    server: FaultServer, tmp_path: Path, folder: Path, program: Any
) -> None:
    server.script(GOOD)
    given = articles(tmp_path / "in", 2)
    options = ["batch", "--list", "-", "-o", folder, "-m", MODEL, "--base-url", server.base_url]
    listed = "".join(f"{path}\n" for path in sorted(given.iterdir()))
    assert program(*options, input=listed.encode()).returncode == 0
    assert counts(folder) == (2, 0, 0)
    assert program(*options, redirect="<&-").returncode == 2


def test_f35_what_a_list_names_twice_is_told_and_paid_once(
    server: FaultServer, tmp_path: Path, folder: Path, cli: Cli
) -> None:
    server.script(GOOD)
    articles(tmp_path / "in", 3)
    lines = ["# articles", "", "in/0001.txt", "  in/0002.txt ", "in/0001.txt", "in/../in/0003.txt", "in/0003.txt", "#"]
    listed = tmp_path / "list.txt"
    listed.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    code, out, _ = cli("batch", "--list", listed, "-o", folder, "-m", MODEL, "--base-url", server.base_url)
    assert (code, counts(folder)) == (0, (3, 0, 0))
    assert sorted(asked(server).values()) == [1, 1, 1]
    assert "duplicates  2, briefed once, such as" in out
    assert "line 5 is" in out


def test_f35_ten_thousand_lines_of_which_each_article_is_paid_once(
    server: FaultServer, tmp_path: Path, folder: Path
) -> None:
    server.script(GOOD)
    articles(tmp_path / "in", 4)
    lines = [f"in/000{1 + at % 4}.txt" for at in range(10_000)]
    (tmp_path / "list").write_text("\n".join(lines))
    outcome = run(server, Inputs(lists=(tmp_path / "list",)), folder)
    assert (outcome.state.duplicates, len(server.requests)) == (9_996, 4)


def test_f35_a_row_with_the_id_of_another_article_is_told_and_not_lost(
    server: FaultServer, tmp_path: Path, folder: Path
) -> None:
    server.script(GOOD)
    rows: list[Any] = [
        {"id": 1, "text": text(1)}, {"id": 1, "text": text(1)}, {"id": "1", "text": text(2)},
        {"id": "x\u2028y", "text": text(3), "published": "2026-03-11T10:00:00+01:00"},
    ]  # fmt: skip
    given = tmp_path / "rows.jsonl"
    rows += [rows[2]]
    lines = [*(json.dumps(row, ensure_ascii=False) for row in rows), "{", "[]", '{"id": 7}', '{"text": 7}', ""]
    given.write_text("\n".join(lines), encoding="utf-8")
    outcome = run(server, given, folder)
    assert (outcome.state.duplicates, counts(folder)) == (2, (2, 5, 0))
    told = [each["message"] for each in failures(folder)]
    assert "Another article has the id '1'" in told[0]
    assert "no 'text', no 'path' and no 'url'" in told[3]
    assert [each["source"]["name"] for each in briefings(folder)] == ["1", "x\u2028y"]
    assert briefings(folder)[1]["source"]["published"] == "2026-03-11"
    again = run(server, given, folder, retry_failed=True)
    assert (again.state, len(server.requests)) == (outcome.state, 2)


def test_f35_columns_may_be_called_otherwise_and_paths_are_seen_from_the_table(
    server: FaultServer, tmp_path: Path, folder: Path
) -> None:
    server.script(GOOD)
    articles(tmp_path / "in", 2)
    given = tmp_path / "in" / "table.ndjson"
    given.write_text(json.dumps({"file": "0001.txt"}) + "\n" + json.dumps({"body": text(7), "text": "no"}) + "\n")
    outcome = run(server, Inputs([given], columns=Columns("body", "file")), folder)
    assert outcome.state.done == 2
    assert set(asked(server)) == {1, 7}


# Durability


def test_f44_a_run_killed_at_any_moment_goes_on_and_loses_nothing(
    server: FaultServer, tmp_path: Path, folder: Path
) -> None:
    server.script(Answer(_slowly))
    given, concurrency = table(tmp_path / "in.jsonl", 60), 4
    whole = tmp_path / "whole"
    run(server, given, whole, concurrency=20)
    before = len(server.requests)
    seed = random.randrange(1_000_000)
    rng = random.Random(seed)
    for kill in range(KILLS):
        command = Command(server, given, folder, "--concurrency", str(concurrency))
        if kill % 3:  # else while it starts
            wait_until(partial(_moved, server, len(server.requests), command))
        time.sleep(rng.random() * (0.5 if kill % 3 else 2))
        command.kill()
    code, _, err = Command(server, given, folder, "--concurrency", str(concurrency)).ended()
    assert code == 0, (seed, err)
    assert counts(folder) == (60, 0, 0)
    assert briefings(folder) == briefings(whole)
    extra = len(server.requests) - before - 60
    assert 0 <= extra <= KILLS * concurrency, seed


def _moved(server: FaultServer, seen: int, command: Command) -> bool:
    return len(server.requests) > seen or command.process.poll() is not None


def _slowly(received: Received) -> Step:
    time.sleep(0.15)
    return GOOD


def test_f44_an_answer_that_came_before_the_kill_is_not_paid_for_again(
    server: FaultServer, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies between the answer and the briefing."""
    server.script(GOOD)
    given = articles(tmp_path / "in", 1)
    with monkeypatch.context() as patched:
        patched.setattr("summarizer.batch.items.done", _die)
        with pytest.raises(BaseExceptionGroup):
            run(server, given, folder)
    assert counts(folder) == (0, 0, 1)
    assert run(server, given, folder).state.done == 1
    assert len(server.requests) == 1


class KilledError(BaseException):
    """What no code of ours catches."""


async def _die(*_: object) -> None:
    raise KilledError


def test_f44_a_bug_costs_an_article_but_not_what_was_paid_for_it(
    server: FaultServer, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.script(GOOD)
    given = articles(tmp_path / "in", 3)
    with monkeypatch.context() as patched:
        patched.setattr("summarizer.summarize.assembled", lambda *_: 1 // 0)
        run(server, given, folder)
    assert counts(folder) == (0, 3, 0)
    assert failures(folder)[0]["kind"] == "bug"
    assert "ZeroDivisionError" in failures(folder)[0]["message"]
    assert run(server, given, folder, retry_failed=True).state.done == 3
    assert len(server.requests) == 3


def test_f44_a_bug_in_every_article_stops_the_run(
    server: FaultServer, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.script(GOOD)
    monkeypatch.setattr("summarizer.batch.breaker.IN_A_ROW", 1)
    monkeypatch.setattr("summarizer.summarize.assembled", lambda *_: 1 // 0)
    outcome = run(server, articles(tmp_path / "in", 30), folder, concurrency=1)
    assert isinstance(outcome.stopped, ZeroDivisionError)
    assert len(server.requests) == 1


def test_f44_a_finished_run_is_asked_nothing_and_writes_the_same_bytes(
    server: FaultServer, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.script(GOOD)
    given = articles(tmp_path / "in", 5)
    run(server, given, folder)
    before = (folder / "briefings.jsonl").read_bytes()
    (folder / "briefings.jsonl").unlink()
    monkeypatch.setenv("SUMMARIZER_OFFLINE", "1")
    assert run(server, given, folder).state.done == 5
    assert (folder / "briefings.jsonl").read_bytes() == before
    assert len(server.requests) == 5


def test_f44_more_articles_may_be_given_to_a_run(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(GOOD)
    given = articles(tmp_path / "in", 3)
    run(server, given, folder)
    articles(tmp_path / "in", 5)
    assert run(server, given, folder).state.done == 5
    assert sum(asked(server).values()) == 5


@pytest.mark.parametrize("blocks", [200, 600])
def test_f45_a_full_disk_stops_the_paying_and_the_run_goes_on_when_there_is_room(
    server: FaultServer, tmp_path: Path, folder: Path, blocks: int
) -> None:
    """A limit on the size of files stands for the disk: a write beyond it fails like one on a full disk."""
    server.script(GOOD)
    given = table(tmp_path / "in.jsonl", 60)
    code, _, err = Command(server, given, folder, "--concurrency", "2", before=f"ulimit -f {blocks}").ended()
    assert code == 27, err
    assert "Traceback" not in err
    assert "run the same command again" in err
    paid = len(server.requests)
    assert paid < 60
    code, _, err = Command(server, given, folder, "--concurrency", "2").ended()
    assert (code, counts(folder)) == (0, (60, 0, 0)), err
    assert len(server.requests) <= 60 + 2


def finished(server: FaultServer, tmp_path: Path, folder: Path, count: int = 3) -> Path:
    server.script(GOOD)
    given = articles(tmp_path / "in", count)
    run(server, given, folder)
    return given


def _cut(path: Path) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 2])


def _garble(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[4096:] = os.urandom(len(raw) - 4096)
    path.write_bytes(raw)


def _older(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 0")
    connection.close()


def _foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE other (x)")
    connection.close()


@pytest.mark.parametrize(
    "harm",
    [
        _cut,
        _garble,
        _older,
        _foreign,
        Path.unlink,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_text("no"),
    ],
    ids=["cut", "garbled", "older", "foreign", "gone", "empty", "text"],
)
def test_f46_a_damaged_journal_is_refused_and_never_begun_anew(
    server: FaultServer, tmp_path: Path, folder: Path, harm: Any, cli: Cli
) -> None:
    given = finished(server, tmp_path, folder)
    harm(folder / "journal.sqlite")
    code, _, err = cli("batch", given, "-o", folder, "-m", MODEL, "--base-url", server.base_url)
    assert code == 27
    assert "journal" in err
    assert "TIP" in err
    assert len(server.requests) == 3


def test_f46_a_journal_whose_last_writes_are_torn_loses_those_alone(
    server: FaultServer, tmp_path: Path, folder: Path
) -> None:
    server.script(Answer(_slowly))
    given = table(tmp_path / "in.jsonl", 30)
    command = Command(server, given, folder, "--concurrency", "2")
    wait_until(lambda: len(server.requests) > 12)
    command.kill()
    log = folder / "journal.sqlite-wal"
    log.write_bytes(log.read_bytes()[: -log.stat().st_size // 3])
    assert run(server, given, folder).state.done == 30


def test_f46_a_run_that_another_process_works_on_is_refused_and_may_be_looked_at(
    server: FaultServer, tmp_path: Path, folder: Path, cli: Cli
) -> None:
    server.script(GOOD, Hang(60))
    given = articles(tmp_path / "in", 5)
    command = Command(server, given, folder, "--concurrency", "2")
    wait_until(lambda: len(server.requests) == 3)
    with pytest.raises(JournalError, match="Another process works on the run"):
        run(server, given, folder)
    with pytest.raises(JournalError, match="Another process works on the run"):
        rebuild(folder)
    wait_until(lambda: run_state(folder).done == 1)
    assert cli("runs", "show", folder)[0] == 0
    command.kill()
    server.script(GOOD)
    assert run(server, given, folder).state.done == 5


def test_f47_ctrl_c_ends_what_was_begun_and_begins_nothing_else(
    server: FaultServer, tmp_path: Path, folder: Path
) -> None:
    server.script(GOOD, Answer(_after_a_second))
    given = table(tmp_path / "in.jsonl", 50)
    command = Command(server, given, folder, "--concurrency", "4")
    wait_until(lambda: len(server.requests) >= 5)
    command.interrupt()
    code, out, err = command.ended()
    assert code == 130
    assert "Traceback" not in err
    assert "ending what was begun" in err
    begun = len(server.requests)
    assert begun <= 9  # and none of those that had sent nothing yet
    assert counts(folder) == (begun, 0, 50 - begun)
    assert len(briefings(folder)) == begun
    assert f"done        {begun} of 50" in out
    server.script(GOOD)
    assert run(server, given, folder).state.done == 50
    assert len(server.requests) == 50


def _after_a_second(received: Received) -> Step:
    time.sleep(1)
    return GOOD


def test_f47_what_was_begun_is_ended_with_all_that_it_asks(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(Answer(_in_two))
    command = Command(server, table(tmp_path / "in.jsonl", 5), folder, "--concurrency", "1")
    wait_until(lambda: server.requests)
    command.interrupt()
    assert command.ended()[0] == 130
    assert (counts(folder), len(server.requests)) == ((1, 0, 4), 2)
    assert len(briefings(folder)[0]["provenance"]["attempts"]) == 2


def _in_two(received: Received) -> Step:
    """A draft with an item that fails, and then the item mended."""
    time.sleep(1)
    mends = received.body["response_format"]["json_schema"]["name"] == REPAIR_NAME
    return completion(REPAIR if mends else FAILING)


def test_f47_a_second_ctrl_c_stops_at_once(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(GOOD, Hang(60))
    given = table(tmp_path / "in.jsonl", 20)
    command = Command(server, given, folder, "--concurrency", "4")
    wait_until(lambda: len(server.requests) == 5)
    command.interrupt()
    time.sleep(1)
    assert command.process.poll() is None
    command.interrupt()
    began = time.monotonic()
    code, _, err = command.ended()
    assert (code, "Traceback" in err) == (130, False), err
    assert time.monotonic() - began < 10
    server.script(GOOD)
    assert run(server, given, folder).state.done == 20
    assert len(server.requests) == 24


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"settings": {"model": "test/fake-2"}}, "model: test/fake-1 then, test/fake-2 now"),
        ({"settings": {"prompt": "briefing@1"}}, "prompts: briefing@2"),
        ({"schema": "incident"}, "kind: briefing then, incident now"),
        ({"known": {"published": "2026-03-11"}}, "known: nothing then, published 2026-03-11 now"),
    ],
    ids=["model", "prompt", "kind", "known"],
)
def test_f48_a_run_is_not_gone_on_with_otherwise_than_it_was_begun(
    server: FaultServer, tmp_path: Path, folder: Path, changed: Any, told: str
) -> None:
    given = finished(server, tmp_path, folder)
    articles(tmp_path / "in", 4)
    with pytest.raises(JournalError) as raised:
        run(server, given, folder, **changed)
    assert told in raised.value.message
    assert len(server.requests) == 3


def test_f48_a_check_that_changed_is_told_with_the_way_out(
    server: FaultServer, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = finished(server, tmp_path, folder)
    before = briefings(folder)
    from summarizer import check

    other = check.policy().model_copy(update={"sha256": "0" * 64})
    monkeypatch.setattr("summarizer.check.policy", lambda: other)
    with pytest.raises(JournalError) as raised:
        run(server, given, folder)
    assert "runs reprocess" in raised.value.tip
    rebuilt = rebuild(folder)
    assert (rebuilt.made, rebuilt.changed, rebuilt.kept) == (3, 3, ())
    assert briefings(folder)[0]["provenance"]["policy"]["sha256"] == "0" * 64
    assert briefings(folder)[0]["what"] == before[0]["what"]
    assert run(server, given, folder).state.done == 3
    assert len(server.requests) == 3


def test_f48_the_deadline_and_how_many_at_a_time_may_change(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    given = finished(server, tmp_path, folder)
    assert run(server, given, folder, concurrency=2, settings={"timeout": 5.0}).state.done == 3


def test_reprocessing_asks_nothing_and_gives_the_same_bytes(
    server: FaultServer, tmp_path: Path, folder: Path, cli: Cli, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failures on the way, and what was asked again, are part of what happened."""
    server.script(Status(429, headers={"retry-after": "1"}), Status(500), Completion('{"headline": ""}'), GOOD)
    run(server, articles(tmp_path / "in", 3), folder, concurrency=1)
    before = (folder / "briefings.jsonl").read_bytes()
    monkeypatch.delenv("OPENAI_API_KEY")
    asked_before = len(server.requests)
    code, out, _ = cli("runs", "reprocess", folder)
    assert (code, out.splitlines()[0]) == (0, "3 made again, 0 of them changed; no call was made")
    assert (folder / "briefings.jsonl").read_bytes() == before
    assert len(server.requests) == asked_before
    assert [each["outcome"] for each in briefings(folder)[0]["provenance"]["attempts"]] == [
        "rate_limited", "server_error", "ok", "ok",
    ]  # fmt: skip


# Output


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "\x00=1"])
def test_f52_no_cell_is_a_formula(cell: str) -> None:
    assert safe(cell)[0] in ("'", "\\")


def test_f52_what_an_article_says_is_no_formula_in_the_table(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(GOOD)
    given = tmp_path / "in.jsonl"
    title = '=HYPERLINK("http://x.example";"click")'
    given.write_text(
        json.dumps({"id": "+1", "text": text(1), "title": title, "url": "@x"}) + "\n" + json.dumps({"text": text(2)})
    )
    run(server, given, folder, form="csv")
    with (folder / "briefings.csv").open(encoding="utf-8-sig", newline="") as file:
        first, second = csv.DictReader(file)
    assert (first["id"], first["title"], first["url"]) == ("'+1", f"'{title}", "'@x")
    assert second["headline"] == "Halden Port Shuts Terminal"
    assert "The port of Halden closed its north terminal." in second["what"]
    assert (second["tokens_read"], second["number"]) == ("120", "2")


def test_f53_names_of_files_stay_inside_and_apart(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(GOOD)
    names = ["../../x", "CON", "x" * 500, "a\0b", "Port", "PORT", "..", "é/日本", "/etc/passwd", "nul."]
    given = tmp_path / "in.jsonl"
    given.write_text("\n".join(json.dumps({"id": name, "text": text(at)}) for at, name in enumerate(names)))
    run(server, given, folder, form="files")
    made = sorted((folder / "briefings").iterdir())
    assert [each.name for each in made] == [
        "000001-x.json", "000002-con.json", f"000003-{'x' * 60}.json", "000004-a-b.json", "000005-port.json",
        "000006-port.json", "000007.json", "000008.json", "000009-passwd.json", "000010-nul.json",
    ]  # fmt: skip
    assert {each.name for each in tmp_path.iterdir()} == {"in.jsonl", "run"}
    for each, name in zip(made, names, strict=True):
        assert Briefing.from_json(each.read_text(encoding="utf-8")).source.name == name


def test_lines_of_json_hold_no_other_end_of_line(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(GOOD)
    run(server, [Source.from_text(text(1), name="a\u2028b\u0085c")], folder)
    written = (folder / "briefings.jsonl").read_text(encoding="utf-8")
    assert len(written.splitlines()) == 1
    assert Briefing.from_json(written).source.name == "a\u2028b\u0085c"


def test_the_order_is_that_of_the_inputs_whichever_answer_comes_first(
    server: FaultServer, tmp_path: Path, folder: Path
) -> None:
    def late(received: Received) -> Step:
        time.sleep(0.5 if number_of(received) % 2 else 0)
        return GOOD

    server.script(Answer(late))
    run(server, table(tmp_path / "in.jsonl", 8), folder, concurrency=8)
    assert [each["source"]["name"] for each in briefings(folder)] == [f"n{n}" for n in range(1, 9)]
