"""Messages as text to read, how much they are, and how two texts differ."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from summarizer.prompt import Message
from summarizer.text import visible

Counter = Callable[[list[Message]], int]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is sent. `tokens`, of the embedded model and its chat template included, are None where nothing here
    can count them."""

    messages: int
    characters: int
    words: int
    tokens: int | None


def text(messages: Sequence[Message]) -> str:
    """The messages under headings as in a prompt's file, made safe to print."""
    return "".join(f"=== {each['role']} ===\n{visible(each['content'])}\n" for each in messages)


def as_json(messages: Sequence[Message] | Sequence[Sequence[Message]]) -> str:
    """The messages as they are sent; those of several requests as lists."""
    return json.dumps(messages, ensure_ascii=False, indent=2) + "\n"


def size(messages: list[Message], counter: Counter | None) -> Size:
    contents = [each["content"] for each in messages]
    words = sum(len(each.split()) for each in contents)
    return Size(len(messages), sum(map(len, contents)), words, counter(messages) if counter else None)


def counter() -> Counter | None:
    """What counts tokens as the embedded model does; None where its engine or its file is not installed.

    The first count starts the engine, which takes seconds.
    """
    from summarizer.model import weights

    if not weights.installed(weights.EMBEDDED) or not all(map(find_spec, ("xllamacpp", "llguidance"))):
        return None

    def count(messages: list[Message]) -> int:
        from summarizer.model.engine import engine

        return engine(weights.path(weights.EMBEDDED), weights.EMBEDDED.name).tokens(messages)

    return count


def difference(old: str, new: str, names: tuple[str, str]) -> list[str]:
    """The lines of a unified diff, made safe to print; none where the texts are the same."""
    before, after = (visible(each).split("\n") for each in (old, new))
    return list(difflib.unified_diff(before, after, *names, lineterm=""))
