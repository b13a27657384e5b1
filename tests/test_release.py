"""Locking artifacts."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer import ArtifactError, artifact, release

ROOT = Path(__file__).parent.parent


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the released prompts and schemas, taken for the real ones."""
    for kind in ("prompts", "schemas"):
        shutil.copytree(ROOT / kind, tmp_path / kind)
    monkeypatch.setattr(artifact, "folder", lambda kind: tmp_path / kind)
    artifact.load.cache_clear()
    yield tmp_path
    artifact.load.cache_clear()


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr(sys, "argv", ["release", *arguments])
    release.main()


def test_nothing_changes_where_all_is_locked(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (checkout / "prompts" / "lock.json").read_bytes()
    run(monkeypatch)
    assert (checkout / "prompts" / "lock.json").read_bytes() == before


def test_a_new_version_is_locked(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (checkout / "prompts" / "briefing" / "v1.md").read_text(encoding="utf-8")
    (checkout / "prompts" / "briefing" / "v2.md").write_text(text.replace("version: 1", "version: 2"), encoding="utf-8")
    run(monkeypatch)
    assert "briefing@2" in json.loads((checkout / "prompts" / "lock.json").read_text(encoding="utf-8"))


def test_a_changed_release_is_refused_unless_it_is_named(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = checkout / "prompts" / "briefing" / "v1.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(ArtifactError, match="changed after its release"):
        run(monkeypatch)
    run(monkeypatch, "--again", "briefing@1")
    artifact.load.cache_clear()
    assert artifact.load("prompts", "briefing@1").released
