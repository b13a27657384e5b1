"""What every child does: read an article, count what the model is asked, write what came of it."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from openai.resources.chat.completions import Completions

from benchmarks.beside.children import READY
from benchmarks.beside.record import Answer, Asked, Item


@dataclass(frozen=True)
class Found:
    """The items of an article, and how many others the program threw away."""

    items: list[Item]
    left_out: int = 0


@dataclass
class Spent:
    """What the openai client was told of tokens, whichever program asks through it, in whichever thread."""

    read: int = 0
    cached: int = 0
    written: int = 0
    cut: int = 0

    def add(self, completion: Any) -> None:
        """Copies the figures, before any program changes them."""
        used = completion.usage
        details = used.prompt_tokens_details
        with _adding:
            self.read += used.prompt_tokens
            self.written += used.completion_tokens
            self.cached += (details.cached_tokens or 0) if details else 0
            self.cut += any(choice.finish_reason == "length" for choice in completion.choices)


_adding = threading.Lock()
_spent = Spent()
_ask = Completions.create


def _counting(self: Completions, *arguments: Any, **named: Any) -> Any:
    completion = _ask(self, *arguments, **named)
    _spent.add(completion)
    return completion


# Where all of them ask; done here, before a program takes hold of it.
Completions.create = _counting  # type: ignore[method-assign]


def serve(brief: Callable[[Asked], Found]) -> None:
    """Answers until the input ends. What programs print goes to standard error."""
    answers, sys.stdout = sys.stdout, sys.stderr
    print(READY, file=answers, flush=True)
    for line in sys.stdin:
        print(_answer(brief, Asked.model_validate_json(line)).model_dump_json(), file=answers, flush=True)


def _answer(brief: Callable[[Asked], Found], asked: Asked) -> Answer:
    found, error, spent = Found([]), None, _begin()
    started = time.monotonic()
    try:
        found = brief(asked)
    except Exception as raised:  # noqa: BLE001 (whatever a program raises, it gave no briefing)
        error = told(raised)
    return Answer(
        id=asked.id,
        items=[each for each in found.items if each.text.strip()],
        seconds=round(time.monotonic() - started, 3),
        prompt_tokens=spent.read,
        cached_tokens=spent.cached,
        completion_tokens=spent.written,
        cut=spent.cut,
        left_out=found.left_out,
        error=error,
    )


def _begin() -> Spent:
    """The tokens from now on."""
    global _spent
    _spent = Spent()
    return _spent


def told(error: Exception) -> str:
    """What went wrong, in a line: some errors hold all that the model wrote."""
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said[:160]}" if said else type(error).__name__
