"""Many briefings as one page to search, each leading to its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from summarizer.briefing import BaseBriefing
from summarizer.item import Actor, Place
from summarizer.report import outline
from summarizer.template import Templates
from summarizer.text import one_line

__all__ = ["Entry", "Missing", "entry", "index"]

_MOST = 8
"""Names and places that are listed of a briefing."""

_TEMPLATES = Templates(Path(__file__).parent, plain=lambda text: one_line(str(text)))


@dataclass(frozen=True, slots=True)
class Entry:
    """What the page tells of a briefing.

    Attributes:
        page: the path of its own page, seen from the index.
        names: who and where.
        items, rejected: how many.
        open: the questions that have no answer.
    """

    page: str
    headline: str
    name: str
    published: date | None
    names: tuple[str, ...]
    items: int
    rejected: int
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """An article that got no briefing, and why."""

    name: str
    kind: str
    message: str


def entry(briefing: BaseBriefing, page: str, name: str) -> Entry:
    """What is told of a briefing; `name` is what its article was called when it was handed in."""
    items = [item for _, _, item in briefing.items]
    named = dict.fromkeys(item.statement for item in items if isinstance(item, Actor | Place))
    return Entry(
        page=page,
        headline=outline.headline(briefing),
        name=name,
        published=briefing.source.published,
        names=tuple(named)[:_MOST],
        items=len(items),
        rejected=len(briefing.rejected),
        open=tuple(each.replace("_", " ") for each in (*briefing.not_established, *briefing.not_stated)),
    )


def index(entries: Sequence[Entry], missing: Sequence[Missing], lang: str = "en") -> str:
    """One HTML file that loads and sends nothing; its links lead to the pages of `entries`.

    All that articles and models say in it is text. Without its script all entries are shown, and no search box.
    """
    return _TEMPLATES.rendered(
        "index.html",
        style=_TEMPLATES.part("index.css"),
        script=_TEMPLATES.part("index.js"),
        entries=entries,
        missing=missing,
        lang=lang,
    )
