"""The benchmark of replays: its copies of the examples are other articles, and are briefed alike."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.replay import NAMES, Job, _jobs
from summarizer import Source, brief

ROOT = Path(__file__).parent.parent


@pytest.fixture
def jobs(tmp_path: Path) -> list[Job]:
    return list(itertools.islice(_jobs(tmp_path), 2 * len(NAMES)))


def findings(briefing: str, names: tuple[str, ...], letters: str) -> Any:
    """What a briefing says, with the example's own names."""
    for name in names:
        briefing = briefing.replace(name[:2] + letters + name[4:], name)
    return {key: value for key, value in json.loads(briefing).items() if key not in ("source", "provenance")}


def test_each_copy_of_an_article_is_another_text(jobs: list[Job]) -> None:
    texts = [job.article.read_text(encoding="utf-8") for job in jobs]
    originals = [(ROOT / "examples" / f"{name}.txt").read_text(encoding="utf-8") for name in NAMES]
    assert len({*texts, *originals}) == len(texts) + len(originals)


def test_a_copy_is_briefed_as_the_example_is(jobs: list[Job]) -> None:
    for job in jobs[: len(NAMES)]:
        source = Source.read(ROOT / "examples" / f"{job.name}.txt", published=job.published)
        example = brief(source, cassette=ROOT / "cassettes" / "briefing@2" / f"{job.name}.json").to_json()
        names = NAMES[job.name]
        assert findings(job.brief(), names, "bb") == findings(example, names, "bb")
