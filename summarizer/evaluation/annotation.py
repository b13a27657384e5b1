"""A page on which a person marks what an article says, and gets the line of gold for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from summarizer.briefing import BaseBriefing
from summarizer.errors import SourceError
from summarizer.evaluation.gold import OWN
from summarizer.evaluation.html import part, rendered
from summarizer.evaluation.sets import QUESTIONS
from summarizer.item import Rationale, Time
from summarizer.kind import Kind
from summarizer.source import Source
from summarizer.text import one_line


def annotation(
    source: Source, kind: Kind, briefing: BaseBriefing | None = None, *, identifier: str, cluster: str | None = None
) -> str:
    """One HTML file that needs no other; its one script is ours, and the policy of the page knows it by its hash.

    What the briefing says is offered, and is no gold until the person at the page keeps it: gold made of briefings
    would find briefings right.

    Args:
        kind: whose fields are the questions.
        briefing: of this very article.
        identifier, cluster: what the gold gets; both can be changed on the page.

    Raises:
        SourceError: the briefing is of another text.
    """
    if briefing is not None and briefing.source.sha256 != source.sha256:
        raise SourceError(
            f"{one_line(source.name, 120)} is another text than the briefing was made of.",
            tip="Give the article of the briefing, or leave out --briefing.",
        )
    given = {
        "text": source.text,
        "published": str(source.published) if source.published else None,
        "language": source.language,
        "offered": _offered(briefing, [*questions(kind), "stated_rationale"]) if briefing else {},
        "day": _day(briefing) if briefing else None,
    }
    return rendered(
        "annotation.html",
        style=part("shared.css") + part("annotation.css"),
        script=part("annotation.js"),
        given=_inert(given),
        name=source.name,
        language=source.language,
        identifier=identifier,
        cluster=cluster or "",
        questions=questions(kind),
        reasons=_has(kind, Rationale),
        dated=_has(kind, Time),
        offers=briefing is not None,
    )


def questions(kind: Kind) -> list[str]:
    """The fields that gold can have answers for: the classic five first, since they have the keys 1 to 5."""
    names = [slot.name for slot in kind.slots if slot.asks and not issubclass(slot.item, Rationale)]
    known = [name for name in names if name not in OWN]
    return [*(name for name in QUESTIONS if name in known), *(name for name in known if name not in QUESTIONS)]


def _has(kind: Kind, item: type) -> bool:
    return any(issubclass(slot.item, item) for slot in kind.slots)


def _offered(briefing: BaseBriefing, names: list[str]) -> dict[str, list[dict[str, str]]]:
    """What the fields of a briefing state, by the name that gold has for them."""
    found: dict[str, list[dict[str, str]]] = {name: [] for name in names}
    for name, _, item in briefing.items:
        if isinstance(item, Rationale):
            found["stated_rationale"].append({"words": item.statement, "speaker": item.speaker})
        elif name in found:
            found[name].append({"words": item.statement})
    return found


def _day(briefing: BaseBriefing) -> str | None:
    return next(_days(briefing), None)


def _days(briefing: BaseBriefing) -> Iterator[str]:
    for _, _, item in briefing.items:
        if isinstance(item, Time) and item.start and item.start == item.end:
            yield str(item.start)


def _inert(given: dict[str, Any]) -> str:
    """JSON in ASCII that stands in a page as it is, and in which nothing can end the element around it."""
    text = json.dumps(given)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
