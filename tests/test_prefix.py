"""The fixed part of a prompt on disk: what is put back is what was written, for the same prompt and weights alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from summarizer.model import prefix
from summarizer.prompt import Message


class Slot:
    """An engine whose state is the text that it has read last."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = ""
        self.read_texts: list[str] = []

    def rendered(self, messages: list[Message]) -> str:
        return "".join(f"<{each['role']}>{each['content']}" for each in messages)

    def read(self, text: str) -> None:
        self.read_texts.append(text)
        self.state = text

    def save(self, name: str) -> None:
        (self.folder / name).write_text(self.state, encoding="utf-8")

    def restore(self, name: str) -> None:
        self.state = (self.folder / name).read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "prefixes"


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "model.gguf"
    path.write_bytes(b"GGUF")
    return path


def put(folder: Path, weights: Path, text: str = "fixed") -> tuple[Slot, bool]:
    slot = Slot(folder)
    return slot, prefix.Prefixes(folder, weights).put_in(slot, text)


def states(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.state"))


def test_the_fixed_part_ends_where_the_article_begins(folder: Path) -> None:
    messages: list[Message] = [{"role": "system", "content": "Brief."}, {"role": "user", "content": "THE ARTICLE"}]
    assert prefix.fixed(Slot(folder), messages) == "<system>Brief.<user>"


def test_it_is_read_once(folder: Path, weights: Path) -> None:
    first, from_disk = put(folder, weights)
    assert (first.read_texts, from_disk) == (["fixed"], False)
    second, from_disk = put(folder, weights)
    assert (second.read_texts, second.state, from_disk) == ([], "fixed", True)


def test_another_prompt_or_other_weights_have_a_state_of_their_own(folder: Path, weights: Path) -> None:
    put(folder, weights)
    assert put(folder, weights, "another")[0].read_texts == ["another"]
    weights.write_bytes(b"GGUF, others")
    assert put(folder, weights)[0].read_texts == ["fixed"]
    assert len(states(folder)) == 3


def test_a_damaged_state_is_not_put_back(folder: Path, weights: Path) -> None:
    put(folder, weights)
    states(folder)[0].write_text("fixes", encoding="utf-8")
    slot, from_disk = put(folder, weights)
    assert (slot.read_texts, slot.state, from_disk) == (["fixed"], "fixed", False)
    assert len(states(folder)) == 1


def test_no_more_are_kept_than_a_few(folder: Path, weights: Path) -> None:
    for number in range(prefix.MOST + 3):
        put(folder, weights, f"prompt {number}")
        os.utime(states(folder)[0])
    assert len(states(folder)) == prefix.MOST
    assert not list(folder.glob("*.new"))


@pytest.mark.parametrize("failing", ["read", "save", "restore"])
def test_what_fails_costs_nothing_but_time(folder: Path, weights: Path, failing: str) -> None:
    put(folder, weights)
    if failing != "restore":
        states(folder)[0].unlink()
    slot = Slot(folder)

    def fail(_: str) -> None:
        raise OSError("no room")

    setattr(slot, failing, fail)
    assert not prefix.Prefixes(folder, weights).put_in(slot, "fixed")


def test_a_folder_that_cannot_be_made_costs_nothing_either(tmp_path: Path, weights: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert not put(tmp_path / "file", weights)[1]
