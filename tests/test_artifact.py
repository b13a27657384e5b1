"""Released prompts and schemas: what is locked is what is loaded, or there is an error that helps."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from summarizer import artifact
from summarizer.artifact import Sort
from summarizer.errors import ArtifactError

KINDS: tuple[Sort, ...] = ("prompts", "schemas")
RELEASED = [(kind, reference) for kind in KINDS for reference in artifact.registry(kind).locked()]


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of both folders, which `artifact` reads in place of the real ones."""
    for kind in KINDS:
        shutil.copytree(artifact.shipped(kind), tmp_path / kind)
    monkeypatch.setattr(artifact, "shipped", lambda kind: tmp_path / kind)
    artifact.registry.cache_clear()
    yield tmp_path
    artifact.registry.cache_clear()


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refused(kind: Sort, reference: str) -> ArtifactError:
    with pytest.raises(ArtifactError) as raised:
        artifact.registry(kind).load(reference)
    return raised.value


# What is released


def test_something_is_released() -> None:
    assert {"briefing@1", "briefing@2", "repair@1"} <= artifact.registry("prompts").locked().keys()
    assert {"briefing@1", "briefing-draft@1", "briefing-draft@2"} <= artifact.registry("schemas").locked().keys()


@pytest.mark.parametrize(("kind", "reference"), RELEASED)
def test_a_released_file_has_the_hash_that_its_lock_says(kind: Sort, reference: str) -> None:
    loaded = artifact.registry(kind).load(reference)
    assert loaded.released
    assert loaded.id == reference
    assert loaded.sha256 == artifact.registry(kind).locked()[reference]


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_is_released(kind: Sort) -> None:
    """A version that is in use without a lock could change unseen."""
    files = {f"{path.parent.name}@{path.stem[1:]}" for path in artifact.shipped(kind).glob("*/v*")}
    assert files == artifact.registry(kind).locked().keys()


def test_the_name_alone_means_the_newest_version(copied: Path) -> None:
    (copied / "prompts/briefing/v10.md").write_text("ten")
    (copied / "prompts/briefing/v9.md").write_text("nine")
    assert artifact.registry("prompts").load("briefing").id == "briefing@10"


def test_a_version_without_a_lock_is_loaded_and_says_that_it_is_no_release(copied: Path) -> None:
    (copied / "prompts/briefing/v3.md").write_text("a draft of it")
    loaded = artifact.registry("prompts").load("briefing@3")
    assert (loaded.text, loaded.released) == ("a draft of it", False)


# What was changed


@pytest.mark.parametrize(("kind", "name"), [("prompts", "briefing/v1.md"), ("schemas", "briefing-draft/v1.json")])
def test_a_changed_file_is_refused_with_both_hashes_and_both_ways_out(copied: Path, kind: Sort, name: str) -> None:
    path = copied / kind / name
    released = sha256(path)
    path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
    error = refused(kind, name.partition("/")[0] + "@1")
    assert all(said in error.message for said in (str(path), released, sha256(path)))
    assert "Restore the file" in error.tip
    assert name.replace("v1", "v3") in error.tip


def test_the_way_out_never_names_a_version_that_there_is(copied: Path) -> None:
    shutil.copy(copied / "prompts/briefing/v1.md", copied / "prompts/briefing/v3.md")
    (copied / "prompts/briefing/v1.md").write_text("changed")
    assert "briefing/v4.md" in refused("prompts", "briefing@1").tip


def as_crlf(text: bytes) -> bytes:
    return text.replace(b"\n", b"\r\n")


def as_cr(text: bytes) -> bytes:
    return text.replace(b"\n", b"\r")


def with_bom(text: bytes) -> bytes:
    return b"\xef\xbb\xbf" + text


@pytest.mark.parametrize("change", [as_crlf, as_cr, with_bom, lambda text: with_bom(as_crlf(text))])
@pytest.mark.parametrize(("kind", "name"), [("prompts", "briefing/v1.md"), ("schemas", "briefing-draft/v1.json")])
def test_line_ends_and_byte_order_mark_are_no_change(
    copied: Path, kind: Sort, name: str, change: Callable[[bytes], bytes]
) -> None:
    path = copied / kind / name
    before = artifact.registry(kind).load("briefing@1" if kind == "prompts" else "briefing-draft@1")
    path.write_bytes(change(path.read_bytes()))
    artifact.registry.cache_clear()
    assert artifact.registry(kind).load(before.id) == before


def test_a_lost_final_newline_is_a_change(copied: Path) -> None:
    path = copied / "prompts/briefing/v1.md"
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert "was changed after its release" in refused("prompts", "briefing@1").message


# What is missing or broken


def test_a_released_file_that_is_gone_is_no_reason_to_take_an_older_one(copied: Path) -> None:
    (copied / "prompts/briefing/v2.md").unlink()
    for reference in ("briefing", "briefing@2"):
        error = refused("prompts", reference)
        assert "Released file" in error.message
        assert str(copied / "prompts/briefing/v2.md") in error.message
        assert "Restore it from git." in error.tip


def test_a_file_that_is_no_utf8_is_refused(copied: Path) -> None:
    (copied / "prompts/briefing/v3.md").write_bytes(b"caf\xe9")
    assert "cannot be read" in refused("prompts", "briefing@3").message


@pytest.mark.parametrize("reference", ["briefing@3", "briefing@99", "nothing", "nothing@1"])
def test_an_unknown_name_or_version_lists_what_there_is(reference: str) -> None:
    error = refused("prompts", reference)
    assert reference in error.message
    assert f"There are: {', '.join(artifact.registry('prompts').ids())}." == error.tip


@pytest.mark.parametrize(
    "reference",
    ["", "@1", "briefing@", "briefing@0", "briefing@01", "briefing@x", "../briefing", "a/b", "briefing@1\n", "\x1b[2J"],
)
def test_what_is_no_reference_is_refused_in_one_visible_line(reference: str) -> None:
    error = refused("prompts", reference)
    assert "names no prompt" in error.message
    assert error.message.isprintable()


@pytest.mark.parametrize("name", ["v1.bak.md", "v1-old.md", "v3 copy.md", "v1x.md", "v01.md", "notes.md"])
def test_a_stray_file_is_no_version(copied: Path, name: str) -> None:
    (copied / "prompts/briefing" / name).write_text("stray")
    assert artifact.registry("prompts").versions("briefing") == [1, 2]
    assert "stray" not in artifact.registry("prompts").load("briefing").text
    tip = refused("prompts", "nothing").tip
    assert re.fullmatch(r"There are: [a-z]+@\d(, [a-z]+@\d)*\.", tip)


@pytest.mark.parametrize(
    "lock", ["", "{", "[]", '{"briefing@1": 1}', '"text"', '{"briefing": "0"}', '{"briefing@x": "0"}']
)
def test_a_broken_lock_is_an_error_and_never_an_empty_one(copied: Path, lock: str) -> None:
    (copied / "prompts/lock.json").write_text(lock)
    error = refused("prompts", "briefing@1")
    assert str(copied / "prompts/lock.json") in error.message
    assert "Restore it from git." in error.tip


def test_a_lock_that_is_gone_is_an_error(copied: Path) -> None:
    (copied / "prompts/lock.json").unlink()
    assert "Cannot read the lock" in refused("prompts", "briefing@1").message


def test_an_error_is_not_remembered(copied: Path) -> None:
    lock = copied / "prompts/lock.json"
    whole = lock.read_text()
    lock.write_text("")
    refused("prompts", "briefing@1")
    lock.write_text(whole)
    assert artifact.registry("prompts").load("briefing@1").released


def test_the_lock_is_sorted_json_that_a_person_can_read() -> None:
    for kind in KINDS:
        text = (artifact.shipped(kind) / artifact.LOCK).read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), indent=2, sort_keys=True) + "\n"
