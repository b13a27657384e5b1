"""Releasing: what is locked is what was there, whole or not at all; in a checkout of this package too."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer import artifact
from summarizer.errors import ArtifactError
from summarizer.project import Project
from summarizer.versions import release

SORTS: tuple[artifact.Sort, ...] = ("prompts", "schemas")
ROOT = Path(__file__).parents[1]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """A copy of this checkout's prompts and schemas, all released, which is its own project as this one is."""
    for sort in SORTS:
        shutil.copytree(artifact.shipped(sort), tmp_path / sort)
    monkeypatch.setattr(artifact, "shipped", lambda sort: tmp_path / sort)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    artifact.registry.cache_clear()
    project = Project.around(tmp_path)
    assert project is not None
    for sort in SORTS:
        release.release(sort, project)
    yield project
    artifact.registry.cache_clear()


def locked(project: Project, sort: artifact.Sort) -> dict[str, str]:
    found: dict[str, str] = json.loads((getattr(project, sort) / "lock.json").read_text(encoding="utf-8"))
    return found


def test_this_checkout_is_its_own_project() -> None:
    project = Project.at(ROOT)
    for sort in SORTS:
        assert getattr(project, sort).resolve() == artifact.shipped(sort).resolve()
        assert artifact.registry(sort, project).folders == [artifact.shipped(sort)]


@pytest.mark.parametrize("sort", SORTS)
def test_nothing_changes_where_all_is_released(checkout: Project, sort: artifact.Sort) -> None:
    before = (checkout.root / sort / "lock.json").read_bytes()
    assert release.release(sort, checkout).now == ()
    assert (checkout.root / sort / "lock.json").read_bytes() == before


def test_a_checkout_writes_the_schemas_of_the_kinds_that_it_ships(checkout: Project) -> None:
    text = (checkout.schemas / "incident/v1.json").read_text(encoding="utf-8")
    shutil.rmtree(checkout.schemas)
    done = release.release("schemas", checkout)
    assert {each.id for each in done.now} == {
        "briefing@1", "briefing-draft@1", "incident@1", "incident-draft@1", "dossier@1",
    }  # fmt: skip
    assert (checkout.schemas / "incident/v1.json").read_text(encoding="utf-8") == text


def test_a_new_version_of_a_shipped_prompt_is_released_in_a_checkout(checkout: Project) -> None:
    text = (checkout.prompts / "briefing/v1.md").read_text(encoding="utf-8")
    (checkout.prompts / "briefing/v3.md").write_text(text.replace("version: 1", "version: 3"), encoding="utf-8")
    (done,) = release.release("prompts", checkout).now
    assert locked(checkout, "prompts")["briefing@3"] == done.sha256
    assert artifact.registry("prompts", checkout).load("briefing").released


def test_what_is_released_already_is_not_locked_again(checkout: Project) -> None:
    done = release.release("prompts", checkout, ["briefing@1"])
    assert (done.now, done.before) == ((), ("briefing@1",))


def test_a_lock_is_written_in_order_and_keeps_what_it_had(checkout: Project) -> None:
    path = checkout.prompts / "lock.json"
    hashes = locked(checkout, "prompts")
    path.write_text(json.dumps({key: hashes[key] for key in sorted(hashes, reverse=True) if key != "repair@1"}))
    release.release("prompts", checkout)
    assert path.read_text(encoding="utf-8") == json.dumps(hashes, indent=2, sort_keys=True) + "\n"


def test_one_that_cannot_be_released_keeps_the_others_from_it(checkout: Project) -> None:
    text = (checkout.prompts / "briefing/v1.md").read_text(encoding="utf-8")
    (checkout.prompts / "briefing/v3.md").write_text(text.replace("version: 1", "version: 3"), encoding="utf-8")
    (checkout.prompts / "briefing/v3.md").write_text("no prompt", encoding="utf-8")
    before = locked(checkout, "prompts")
    with pytest.raises(ArtifactError, match="no front matter"):
        release.release("prompts", checkout)
    assert locked(checkout, "prompts") == before


def test_a_lock_that_cannot_be_written_is_an_error(checkout: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(release, "write_whole", full)
    (checkout.prompts / "lock.json").unlink()
    with pytest.raises(ArtifactError, match="No space left on device"):
        release.release("prompts", checkout)


def test_line_ends_of_another_system_are_released_as_the_same_text(checkout: Project) -> None:
    path = checkout.prompts / "briefing/v3.md"
    text = (checkout.prompts / "briefing/v1.md").read_text(encoding="utf-8").replace("version: 1", "version: 3")
    path.write_bytes(text.replace("\n", "\r\n").encode())
    release.release("prompts", checkout)
    path.write_text(text, encoding="utf-8")
    artifact.registry.cache_clear()
    assert artifact.registry("prompts", checkout).load("briefing@3").released
