"""`--engine openai-batch` against a server with that API: what it asks, tells and leaves, beside the faults."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from batch_server import BatchServer
from batches import (
    GOOD,
    BatchCommand,
    articles,
    batched,
    briefings,
    by_number,
    failures,
    number_of,
    run,
    text,
    wait_until,
)
from conftest import KEY, Cli
from drafts import DRAFT, FAILING, MODEL, REPAIR, completion
from fault_server import Answer, FaultServer, Received, Status, Step
from long import reading, report

from summarizer import BatchError, JournalError, Settings, Source, UsageError
from summarizer.batch import Limits, brief_all, cancel, rebuild, run_state
from summarizer.model.provider import EMBEDDED
from summarizer.testing import DraftedModel


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """The provider is looked at often."""
    for name in ("FIRST_LOOK", "LONGEST_LOOK"):
        monkeypatch.setattr(f"summarizer.batch.remote.{name}", 0.01)


@pytest.fixture
def provider() -> Iterator[BatchServer]:
    with BatchServer() as server:
        server.script(GOOD)
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a run can be."""
    return tmp_path / "run"


def hard() -> Step:
    """One article wants a repair, some are refused at first, one for ever, one is answered with nonsense at first."""
    seen: Counter[int] = Counter()

    def choose(received: Received) -> Step:
        number = number_of(received) if "It was number" in str(received.body) else 2
        seen[number] += 1
        if number == 2:
            return completion(FAILING) if seen[2] == 1 else completion(REPAIR)
        if number == 3 and seen[3] == 1:
            return Status(500)
        if number == 4 and seen[4] <= 2:
            return Status(429)
        if number == 5:
            return Status(400, message="This article is refused.")
        if number == 6 and seen[6] == 1:
            return completion({"nonsense": 1})
        return GOOD

    return Answer(choose)


def test_the_same_answers_give_the_same_briefings_as_live(
    provider: BatchServer, server: FaultServer, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.model.client._BACKOFF", lambda state: 0.01)
    given = articles(tmp_path / "in", 8)
    provider.script(hard())
    server.script(hard())
    ours = batched(provider, given, folder)
    theirs = run(server, given, tmp_path / "live", concurrency=1)
    assert ours.state.done == theirs.state.done == 7
    assert briefings(folder) == briefings(tmp_path / "live")
    (ours_failed,), (theirs_failed,) = failures(folder), failures(tmp_path / "live")
    assert (ours_failed["kind"], ours_failed["message"].rpartition(":")[2]) == (
        theirs_failed["kind"], theirs_failed["message"].rpartition(":")[2],
    )  # fmt: skip
    assert (ours_failed["attempts"], theirs_failed["attempts"]) == (1, 2)  # what was refused in a file stays so


def test_all_articles_go_up_in_one_file_and_repairs_in_the_next(
    provider: BatchServer, tmp_path: Path, folder: Path
) -> None:
    provider.script(Answer(lambda received: hard_of(received)))
    outcome = batched(provider, articles(tmp_path / "in", 5), folder)
    assert outcome.state.done == 5
    assert [each["total"] for each in provider.batches.values()] == [5, 1]
    assert (provider.made("POST /files"), provider.made("POST /batches")) == (2, 2)
    assert [(each.state, each.open, each.total, each.completed) for each in outcome.state.batches] == [
        ("completed", False, 5, 5), ("completed", False, 1, 1),
    ]  # fmt: skip
    assert sum(each.read for each in outcome.state.batches) == outcome.state.read == 6 * 120
    assert not list((folder / "requests").iterdir())


def hard_of(received: Received) -> Step:
    asked = json.dumps(received.body)
    if "It was number 2." in asked:
        return completion(FAILING)
    return completion(REPAIR) if "failed:" in asked else GOOD


def test_files_are_cut_where_the_provider_wants_it(provider: BatchServer, tmp_path: Path, folder: Path) -> None:
    given = articles(tmp_path / "in", 7)
    assert batched(provider, given, folder, limits=Limits(requests=3)).state.done == 7
    assert [each["total"] for each in provider.batches.values()] == [3, 3, 1]
    size = len(provider.files["file-1"].splitlines()[0]) + 50
    assert batched(provider, given, tmp_path / "other", limits=Limits(bytes=2 * size)).state.done == 7
    assert [each["total"] for each in provider.batches.values()][3:] == [2, 2, 2, 1]
    ids = [json.loads(line)["custom_id"] for line in provider.files["file-1"].splitlines()]
    assert len(set(ids)) == 3
    assert all(len(each) <= 64 for each in ids)


def test_all_parts_of_a_long_article_go_up_at_once(provider: BatchServer, server: FaultServer, tmp_path: Path) -> None:
    given = [Source.from_text(report(chapters=30), name="inquiry")]
    provider.script(reading())
    server.script(reading())
    batched(provider, given, tmp_path / "ours")
    run(server, given, tmp_path / "theirs")
    first = next(iter(provider.batches.values()))
    drafts = [each for each in briefings(tmp_path / "ours")[0]["provenance"]["attempts"] if each["purpose"] == "draft"]
    assert first["total"] == len(drafts) > 4
    assert briefings(tmp_path / "ours") == briefings(tmp_path / "theirs")


def test_a_batch_can_be_left_and_collected_by_the_same_command(
    provider: BatchServer, tmp_path: Path, folder: Path, cli: Cli
) -> None:
    given = articles(tmp_path / "in", 3)
    options = ("--engine", "openai-batch", "--no-wait")
    command = ("batch", given, "-o", folder, "-m", MODEL, "--base-url", provider.base_url, *options)
    code, out, err = cli(*command)
    assert (code, provider.made("POST /batches")) == (26, 1)
    assert "batch       batch_1  validating, 0 of 3 answered" in out
    assert "3 of 3 articles wait for the provider" in err
    code, out, _ = cli("runs", "show", folder)
    assert "batch       batch_1  validating, 0 of 3 answered" in out
    codes = [cli(*command)[0] for _ in range(3)]
    assert (codes, provider.made("POST /batches")) == ([26, 26, 0], 1)
    assert len(briefings(folder)) == 3
    assert "batch       batch_1  completed, 3 of 3 answered" in cli("runs", "show", folder)[1]
    calls = len(provider.calls)
    assert (cli(*command)[0], len(provider.calls)) == (0, calls)


def test_what_is_in_a_batch_is_not_asked_live(provider: BatchServer, tmp_path: Path, folder: Path) -> None:
    given = articles(tmp_path / "in", 2)
    batched(provider, given, folder, wait=False)
    with pytest.raises(JournalError, match="2 requests of the run are in batches"):
        run(provider, given, folder)


def test_the_rest_of_a_run_can_be_asked_live(
    provider: BatchServer, server: FaultServer, tmp_path: Path, folder: Path
) -> None:
    given = articles(tmp_path / "in", 2)
    batched(provider, given, folder)
    articles(tmp_path / "in", 3)
    server.script(GOOD)
    # The address is one of the facts of a run: both servers stand at the same one for this.
    import sqlite3

    with sqlite3.connect(folder / "journal.sqlite") as journal:
        journal.execute("UPDATE run SET value = replace(value, ?, ?)", (provider.base_url, server.base_url))
    assert run(server, given, folder).state.done == 3
    assert len(server.requests) == 1


def test_batches_are_cancelled_and_what_they_answered_is_collected(
    provider: BatchServer, tmp_path: Path, folder: Path, cli: Cli
) -> None:
    given = articles(tmp_path / "in", 4)
    batched(provider, given, folder, wait=False)
    code, out, _ = cli("runs", "cancel", folder)
    assert (code, out) == (0, "batch_1  cancelling, 0 of 4 answered\n")
    outcome = batched(provider, given, folder)
    with pytest.raises(BatchError, match="batch_1 was cancelled"):
        outcome.raise_for_failures()
    assert (outcome.state.done, outcome.state.pending) == (2, 2)
    assert batched(provider, given, folder).state.done == 4
    assert set(provider.carried_out.values()) == {1}
    assert cancel(folder) == []


def test_reprocessing_takes_the_answers_of_batches(provider: BatchServer, tmp_path: Path, folder: Path) -> None:
    batched(provider, articles(tmp_path / "in", 2), folder)
    calls = len(provider.calls)
    rebuilt = rebuild(folder)
    assert (rebuilt.made, rebuilt.changed, len(provider.calls)) == (2, 0, calls)


@pytest.mark.parametrize("model", [EMBEDDED, DraftedModel(DRAFT)])
def test_models_without_batches_are_refused(folder: Path, model: str | DraftedModel) -> None:
    with pytest.raises(UsageError, match="has no batches"):
        brief_all([Source.from_text(text(1))], folder, Settings(model=model), engine="openai-batch")
    assert not folder.exists()


def test_one_ctrl_c_leaves_the_batches_going(provider: BatchServer, tmp_path: Path, folder: Path) -> None:
    provider.way = ("in_progress",)
    provider.ends[1] = "in_progress"
    given = articles(tmp_path / "in", 2)
    command = BatchCommand(provider, given, folder)
    wait_until(lambda: provider.made("GET /batches/.*") > 1)
    command.interrupt()
    code, out, err = command.ended()
    assert code == 130
    assert "batch       batch_1  in_progress" in out
    assert "pending     2; 1 batch goes on at the provider, and the same command collects" in out
    assert "waiting for 1 batch (1 in_progress), 0 of 2 requests answered" in err
    assert provider.made("POST /batches/.*/cancel") == 0
    assert run_state(folder).batches[0].open


def test_a_pipe_is_told_how_far_the_batches_are(provider: BatchServer, tmp_path: Path, folder: Path) -> None:
    code, out, err = BatchCommand(provider, articles(tmp_path / "in", 2), folder).ended()
    assert (code, out.splitlines()[0]) == (0, "done        2 of 2")
    states = [line.partition("(")[2].partition(")")[0] for line in err.splitlines() if "waiting" in line]
    assert states == ["1 validating", "1 in_progress", "1 finalizing"]
    assert "\x1b" not in out + err


def test_no_key_and_no_other_persons_file_is_in_a_run(provider: BatchServer, tmp_path: Path, folder: Path) -> None:
    provider.script(by_number({1: Status(400, message=f"Wrong: {KEY}")}))
    batched(provider, articles(tmp_path / "in", 2), folder)
    assert KEY.encode() not in (folder / "journal.sqlite").read_bytes()
    assert KEY not in (folder / "failures.jsonl").read_text()


def test_dollars_of_batches_are_half_of_the_usual_and_a_budget_is_refused(
    provider: BatchServer, tmp_path: Path
) -> None:
    given = articles(tmp_path / "in", 3)
    there = Settings(model="openai/gpt-5-mini", base_url=provider.base_url, cache=False)
    with pytest.raises(UsageError, match="A budget stops a run between two requests"):
        brief_all([given], tmp_path / "none", there, engine="openai-batch", budget=1.0)
    assert not (tmp_path / "none").exists()
    half = brief_all([given], tmp_path / "half", there, engine="openai-batch").state
    with FaultServer() as live:
        live.script(GOOD)
        here = Settings(model="openai/gpt-5-mini", base_url=live.base_url, cache=False)
        usual = brief_all([given], tmp_path / "usual", here).state
    assert (half.requests, half.read, half.written) == (usual.requests, usual.read, usual.written)
    assert usual.dollars
    assert half.dollars == pytest.approx(usual.dollars / 2)
