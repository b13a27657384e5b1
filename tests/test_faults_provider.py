"""Faults 1 to 6 and 49, and 44 with `--engine openai-batch`, against a real server and real processes."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from batch_server import BatchServer, DropError, Refusal
from batches import GOOD, BatchCommand, articles, batched, briefings, by_number, failures
from drafts import FAILING, REPAIR, completion
from fault_server import Answer, Received, Status, Step

from summarizer import (
    AuthenticationError,
    BadResponseError,
    BatchError,
    QuotaError,
    ServerError,
    UnknownModelError,
    UnreachableError,
)
from summarizer.batch import Limits, run_state


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """The provider is looked at often, and what it does not list soon given up."""
    for name, seconds in (("FIRST_LOOK", 0.01), ("LONGEST_LOOK", 0.01), ("SETTLED", 0.3), ("QUEUE", 0.1)):
        monkeypatch.setattr(f"summarizer.batch.remote.{name}", seconds)


@pytest.fixture
def provider() -> Iterator[BatchServer]:
    with BatchServer() as server:
        server.script(GOOD)
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a run can be."""
    return tmp_path / "run"


def repaired(received: Received) -> Step:
    """The second article is answered with what fails the check, and then mended."""
    asked = json.dumps(received.body)
    if "It was number 2." in asked:
        return completion(FAILING)
    return completion(REPAIR) if "failed:" in asked else GOOD


def paid_once(provider: BatchServer) -> bool:
    return bool(provider.carried_out) and set(provider.carried_out.values()) == {1}


# Kills


class Killing:
    """A server's hook that kills the client at a call: before it is heard, before it is answered, half way through."""

    def __init__(self, when: str, count: int) -> None:
        self.when, self.count, self.process = when, count, 0

    def __call__(self, when: str, place: str, count: int) -> None:
        if self.process and (when, count) == (self.when, self.count):
            os.kill(self.process, signal.SIGKILL)
            self.process = 0
            raise DropError


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return articles(tmp_path_factory.mktemp("given") / "in", 3)


@pytest.fixture(scope="module")
def unbroken(given: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What a run leaves that nothing happens to."""
    folder = tmp_path_factory.mktemp("unbroken") / "run"
    with BatchServer() as server:
        server.script(Answer(repaired))
        code, _, err = BatchCommand(server, given, folder).ended()
        assert (code, len(server.batches)) == (0, 2), err
    return (folder / "briefings.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("when", "count"),
    [("before", 1), ("after", 1), ("before", 2), ("after", 2), ("after", 4), ("half", 6), ("after", 8)],
    ids=[
        "before the upload", "before its id is known", "before the batch", "before the id of the batch is known",
        "while waiting", "within the answers", "in the second round",
    ],
)  # fmt: skip
def test_f49_a_kill_at_a_call_makes_no_second_batch(
    provider: BatchServer, given: Path, unbroken: bytes, folder: Path, when: str, count: int
) -> None:
    provider.script(Answer(repaired))
    killing = provider.hook = Killing(when, count)
    command = BatchCommand(provider, given, folder)
    killing.process = command.process.pid
    assert command.ended()[0] == -signal.SIGKILL
    code, _, err = BatchCommand(provider, given, folder).ended()
    assert code == 0, err
    assert (folder / "briefings.jsonl").read_bytes() == unbroken
    assert len(provider.batches) == 2
    assert paid_once(provider)


@pytest.mark.parametrize("commit", [2, 9, 11, 16, 22])
def test_f49_a_kill_at_a_commit_makes_no_second_batch(
    provider: BatchServer, given: Path, unbroken: bytes, folder: Path, commit: int
) -> None:
    """Right after the journal has what it was told, and before anybody is told so."""
    provider.script(Answer(repaired))
    command = BatchCommand(provider, given, folder, kill_at_commit=commit)
    assert command.ended()[0] == -signal.SIGKILL
    code, _, err = BatchCommand(provider, given, folder).ended()
    assert code == 0, err
    assert (folder / "briefings.jsonl").read_bytes() == unbroken
    assert len(provider.batches) == 2
    assert paid_once(provider)


@pytest.mark.parametrize("metadata", [True, False])
def test_f49_a_batch_that_is_listed_late_is_found_all_the_same(
    provider: BatchServer, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, metadata: bool
) -> None:
    """Its creation is not answered, and at first no list has it; others that are listed are not taken for it."""
    monkeypatch.setattr("summarizer.batch.remote.SETTLED", 30)
    provider.metadata = metadata
    for _ in range(3):  # of other runs
        batched(provider, articles(tmp_path / "others", 1), tmp_path / f"other{_}", wait=False)
    provider.unlisted = {"batch_4"}

    def lost(when: str, place: str, count: int) -> None:
        if (when, place) == ("after", "POST /batches") and provider.unlisted:
            raise DropError
        if (when, place) == ("after", "GET /batches") and provider.made("GET /batches") > 3:
            provider.unlisted = set()

    provider.hook = lost
    assert batched(provider, articles(tmp_path / "in", 2), folder).state.done == 2
    assert len(provider.batches) == 4
    assert run_state(folder).batches[0].id == "batch_4"


# What becomes of a batch


@pytest.mark.parametrize("end", ["expired", "cancelled"])
def test_f49_of_a_batch_that_ends_early_what_it_answered_is_kept_and_only_the_rest_asked_again(
    provider: BatchServer, tmp_path: Path, folder: Path, end: str
) -> None:
    provider.ends[1] = end
    given = articles(tmp_path / "in", 6)
    outcome = batched(provider, given, folder)
    if end == "cancelled":  # somebody wanted it to end
        with pytest.raises(BatchError, match="batch_1 was cancelled"):
            outcome.raise_for_failures()
        assert len(briefings(folder)) == 3
        outcome = batched(provider, given, folder)
    assert outcome.state.done == 6
    assert [each["total"] for each in provider.batches.values()] == [6, 3]
    assert paid_once(provider)


def test_f49_what_no_batch_answers_fails_after_three(provider: BatchServer, tmp_path: Path, folder: Path) -> None:
    provider.ends = dict.fromkeys(range(1, 9), "expired")
    provider.part = 0
    given = articles(tmp_path / "in", 2)
    batched(provider, given, folder)
    assert len(provider.batches) == 3
    assert {each["kind"] for each in failures(folder)} == {"server_error"}
    assert "3 batches did not answer it: This request was not carried out" in failures(folder)[0]["message"]
    provider.ends = {}
    assert batched(provider, given, folder, retry_failed=True).state.done == 2


def test_f49_a_batch_that_is_not_taken_says_why_and_costs_nothing(
    provider: BatchServer, tmp_path: Path, folder: Path
) -> None:
    provider.ends[1] = "failed"
    given = articles(tmp_path / "in", 2)
    outcome = batched(provider, given, folder)
    with pytest.raises(BatchError, match=r"This line is not parseable. \(invalid_json_line, line 3\)"):
        outcome.raise_for_failures()
    assert (outcome.state.pending, provider.carried_out) == (2, {})
    assert batched(provider, given, folder).state.done == 2
    assert len(provider.batches) == 2


def test_f49_a_full_queue_is_waited_for_with_smaller_batches(
    provider: BatchServer, tmp_path: Path, folder: Path
) -> None:
    provider.queue = 3
    assert batched(provider, articles(tmp_path / "in", 10), folder).state.done == 10
    taken = [each["total"] for each in provider.batches.values() if each["status"] == "completed"]
    assert sum(taken) == 10
    assert max(taken) <= 3
    assert len(provider.batches) < 12
    assert paid_once(provider)


@pytest.mark.parametrize("status", [400, 429])
def test_f49_a_queue_that_is_full_at_once_is_waited_for(
    provider: BatchServer, tmp_path: Path, folder: Path, status: int
) -> None:
    def full(when: str, place: str, count: int) -> None:
        if (when, place) == ("before", "POST /batches") and provider.made("POST /batches") < 3:
            raise Refusal(status, "Enqueued token limit reached.", "token_limit_exceeded")

    provider.hook = full
    assert batched(provider, articles(tmp_path / "in", 4), folder).state.done == 4
    assert paid_once(provider)


# What is in its files


def test_f49_lines_that_are_unknown_doubled_torn_or_none_harm_nobody(
    provider: BatchServer, tmp_path: Path, folder: Path
) -> None:
    def mangled(lines: list[bytes]) -> list[bytes]:
        unknown = lines[0].replace(b'"custom_id": "', b'"custom_id": "9')
        return [b"", lines[0], unknown, b"[]", b"nonsense", *lines, b'{"custom_id": 7}', lines[1], lines[2][:80]]

    provider.mangled = mangled
    outcome = batched(provider, articles(tmp_path / "in", 4), folder)
    assert (outcome.state.done, outcome.state.requests, outcome.state.read) == (4, 4, 480)
    assert outcome.state.batches[0].odd == 5
    assert paid_once(provider)


def test_f49_a_line_separator_within_a_line_ends_none(provider: BatchServer, tmp_path: Path, folder: Path) -> None:
    provider.mangled = lambda lines: [line.replace(b"chatcmpl-fake", "a\u2028b\u0085c".encode()) for line in lines]
    assert batched(provider, articles(tmp_path / "in", 3), folder).state.done == 3
    assert run_state(folder).batches[0].odd == 0


def test_f49_what_is_missing_is_looked_for_again_and_then_asked_again(
    provider: BatchServer, tmp_path: Path, folder: Path
) -> None:
    provider.mangled = lambda lines: lines if len(lines) == 1 else [*lines[:-1], lines[-1][:-9]]
    assert batched(provider, articles(tmp_path / "in", 4), folder).state.done == 4
    assert provider.made("GET /files/file-2/content") == 5
    assert [each["total"] for each in provider.batches.values()] == [4, 1]


def test_f49_a_file_that_is_cut_off_is_read_again(provider: BatchServer, tmp_path: Path, folder: Path) -> None:
    def cut(when: str, place: str, count: int) -> None:
        if when == "half" and provider.calls[count - 1].endswith("/content") and provider.made(".*/content") < 3:
            raise DropError

    provider.hook = cut
    assert batched(provider, articles(tmp_path / "in", 4), folder).state.done == 4
    assert (provider.made(".*/content"), len(provider.batches)) == (3, 1)


def test_f49_a_file_that_is_named_late_is_waited_for(provider: BatchServer, tmp_path: Path, folder: Path) -> None:
    """The batch is completed, and tells at first of no file: what is in it was paid for."""
    hidden: list[tuple[dict[str, Any], str]] = []

    def late(when: str, place: str, count: int) -> None:
        batch = provider.batches.get("batch_1")
        if when == "before" and hidden and provider.made("GET /batches/.*") > 5:
            hidden[0][0]["output"] = hidden[0][1]
        if batch and when == "before" and place == "GET /batches/batch_1" and not batch["steps"] and not hidden:
            provider._end(batch, "completed")
            hidden.append((batch, batch["output"]))
            batch["output"] = None

    provider.hook = late
    assert batched(provider, articles(tmp_path / "in", 2), folder).state.done == 2
    assert hidden
    assert paid_once(provider)


@pytest.mark.parametrize(
    ("status", "kind", "requests"),
    [(500, "server_error", 4), (429, "rate_limited", 4), (400, "bad_response", 1)],
)
def test_f06_f49_a_request_that_fails_is_asked_again_by_its_kind(
    provider: BatchServer, tmp_path: Path, folder: Path, status: int, kind: str, requests: int
) -> None:
    provider.script(by_number({2: Status(status)}))
    given = articles(tmp_path / "in", 3)
    outcome = batched(provider, given, folder)
    (failure,) = failures(folder)
    assert (outcome.state.done, failure["kind"], failure["attempts"]) == (2, kind, requests)
    assert [each["total"] for each in provider.batches.values()] == [3] + [1] * (requests - 1)
    provider.script(GOOD)
    assert batched(provider, given, folder, retry_failed=True).state.done == 3


@pytest.mark.parametrize(
    ("step", "error"),
    [
        (Status(404, code="model_not_found"), UnknownModelError),
        (Status(429, code="insufficient_quota"), QuotaError),
    ],
)
def test_f03_f05_what_cannot_get_better_stops_the_run_and_is_asked_again_by_the_next(
    provider: BatchServer, tmp_path: Path, folder: Path, step: Step, error: Any
) -> None:
    provider.script(step)
    given = articles(tmp_path / "in", 5)
    outcome = batched(provider, given, folder)
    assert isinstance(outcome.stopped, error)
    assert (outcome.state.done, outcome.state.pending, len(provider.batches)) == (0, 5, 1)
    provider.script(GOOD)
    assert batched(provider, given, folder).state.done == 5
    assert len(provider.batches) == 2


# The calls themselves


def at(place: str, fault: Exception, times: int = 2) -> Callable[[BatchServer], Callable[[str, str, int], None]]:
    """A hook that lets a call fail so often."""

    def made(provider: BatchServer) -> Callable[[str, str, int], None]:
        left = [times]

        def hook(when: str, called: str, count: int) -> None:
            if when == "before" and called.startswith(place) and left[0]:
                left[0] -= 1
                raise fault

        return hook

    return made


PLACES = ["POST /files", "POST /batches", "GET /batches/", "GET /files/"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "fault",
    [Refusal(502, "Bad gateway"), Refusal(429, "Slow down", headers={"retry-after": "0"}), DropError()],
    ids=repr,
)
def test_f01_f06_f07_a_call_that_fails_is_made_again(
    provider: BatchServer, tmp_path: Path, folder: Path, place: str, fault: Exception
) -> None:
    provider.hook = at(place, fault)(provider)
    assert batched(provider, articles(tmp_path / "in", 2), folder).state.done == 2
    assert len(provider.batches) == 1
    assert paid_once(provider)


@pytest.mark.parametrize("place", PLACES)
def test_f04_a_key_that_is_not_taken_stops_the_run(
    provider: BatchServer, tmp_path: Path, folder: Path, place: str
) -> None:
    provider.hook = at(place, Refusal(401, "Incorrect API key provided."), 1)(provider)
    given = articles(tmp_path / "in", 2)
    outcome = batched(provider, given, folder)
    assert isinstance(outcome.stopped, AuthenticationError)
    assert batched(provider, given, folder).state.done == 2
    assert len(provider.batches) == 1


def test_f06_a_provider_that_fails_for_ever_stops_the_run(provider: BatchServer, tmp_path: Path, folder: Path) -> None:
    provider.hook = at("GET /batches/", Refusal(500, "Oh"), 10**6)(provider)
    outcome = batched(provider, articles(tmp_path / "in", 2), folder)
    assert isinstance(outcome.stopped, ServerError)
    assert provider.made("GET /batches/.*") == 10


def test_f07_no_provider_at_all(tmp_path: Path, folder: Path) -> None:
    with BatchServer() as server:
        pass
    outcome = batched(server, articles(tmp_path / "in", 2), folder)
    assert isinstance(outcome.stopped, UnreachableError)
    assert outcome.state.pending == 2


def test_f49_a_server_without_batches_says_so(provider: BatchServer, tmp_path: Path, folder: Path) -> None:
    provider.hook = at("POST /files", Refusal(404, "Not found"))(provider)
    outcome = batched(provider, articles(tmp_path / "in", 2), folder)
    with pytest.raises(BadResponseError, match=r"does not know /files \(status 404\)") as raised:
        outcome.raise_for_failures()
    assert "Batch API" in raised.value.tip


def test_f49_a_file_that_is_too_large_says_what_to_do(provider: BatchServer, tmp_path: Path, folder: Path) -> None:
    provider.hook = at("POST /files", Refusal(413, "Too large"), 1)(provider)
    given = articles(tmp_path / "in", 2)
    with pytest.raises(BadResponseError, match=r"takes no file of \d+\.\d MB") as raised:
        batched(provider, given, folder).raise_for_failures()
    assert "--batch-size" in raised.value.tip
    assert batched(provider, given, folder).state.done == 2


def test_f06_a_call_that_fails_where_nobody_waits_is_told(provider: BatchServer, tmp_path: Path, folder: Path) -> None:
    provider.hook = at("POST /batches", Refusal(502, "Bad gateway"), 1)(provider)
    given = articles(tmp_path / "in", 2)
    assert isinstance(batched(provider, given, folder, wait=False).stopped, ServerError)
    assert batched(provider, given, folder).state.done == 2
    assert len(provider.batches) == 1


def test_f46_a_file_of_requests_that_is_gone_is_made_again(provider: BatchServer, tmp_path: Path, folder: Path) -> None:
    provider.hook = at("POST /files", Refusal(401, "No"), 1)(provider)
    given = articles(tmp_path / "in", 3)
    batched(provider, given, folder, limits=Limits(requests=2))
    for each in (folder / "requests").iterdir():
        each.unlink()
    assert batched(provider, given, folder).state.done == 3
    assert paid_once(provider)
