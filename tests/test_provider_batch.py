"""`--engine openai-batch` against a server with that API: the same briefings as live, and nothing paid twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from batch_server import BatchServer
from batches import GOOD, articles, briefings, by_number, number_of, run
from drafts import FAILING, REPAIR, completion
from fault_server import Answer, FaultServer, Received, Status, Step


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[BatchServer]:
    """A provider that is looked at often."""
    for name in ("FIRST_LOOK", "LONGEST_LOOK"):
        monkeypatch.setattr(f"summarizer.batch.remote.{name}", 0.01)
    with BatchServer() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a run can be."""
    return tmp_path / "run"


def batched(provider: Any, given: Any, folder: Path, **options: Any) -> Any:
    return run(provider, given, folder, engine="openai-batch", **options)


def hard() -> Step:
    """Articles of which one wants a repair, some are refused at first, one is refused for ever, one always fails."""
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
