"""A project of a user's own: a newsroom with a kind of briefing of its own."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

import pytest

from summarizer.artifact import registry
from summarizer.cli import run

_COUNT = itertools.count()

CLASS = '''
from typing import Annotated, Literal

from pydantic import Field

from summarizer.briefing import Asked, BaseBriefing
from summarizer.item import Claim, Count, Cued, Event, Headline, Rationale, Speaker, Words


class Price(Claim):
    """What is paid."""

    amount: Count | None
    currency: Annotated[Words | None, Field(description="the currency")]
    means: Annotated[Literal["cash", "shares"], Cued({"cash": ["cash"], "shares": ["shares", "stock"]})]
    said_by: Speaker | None


class Merger(BaseBriefing):
    """A company that buys another."""

    schema_id: Literal["merger@1"] = "merger@1"
    headline: Headline | None
    deal: Annotated[list[Event], Asked(fewest=1, most=2)]
    price: Price | None
    buyers: Annotated[list[Claim], Field(description="Who buys, {{ and }} why.")]
    rationale: list[Rationale]
'''


class Desk:
    """A project in a folder, and the command line beside it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self._capsys = root, capsys
        self.out = self.err = self._module = ""
        self.write_class(CLASS)

    def write_class(self, text: str) -> None:
        """The class, in a module of a new name: Python reads a module once."""
        self._module = f"newsdesk_{next(_COUNT)}"
        self.write(f"{self._module}.py", text)
        self.write("pyproject.toml", f'[tool.summarizer.kinds]\nmerger = "{self._module}:Merger"\n')

    def change_class(self, old: str, new: str) -> None:
        text = (self.root / f"{self._module}.py").read_text(encoding="utf-8")
        assert old in text
        self.write_class(text.replace(old, new))

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Every file of prompts and schemas."""
        found = [path for sort in ("prompts", "schemas") for path in (self.root / sort).rglob("*") if path.is_file()]
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in found}

    def run(self, *arguments: str) -> int:
        """Runs a command as in a process of its own; `out` and `err` are what it says."""
        registry.cache_clear()
        code = run(list(arguments))
        self.out, self.err = self._capsys.readouterr()
        return code

    def done(self, *arguments: str) -> str:
        """What a command prints that must end well."""
        assert self.run(*arguments) == 0, self.err
        return self.out


def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A project in a folder of its own, which is the current one."""
    root = tmp_path / "desk"
    root.mkdir()
    monkeypatch.chdir(root)
    monkeypatch.setattr(sys, "path", sys.path[:])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return Desk(root, capsys)
