"""A briefing and its article as one HTML file, in which each item leads to its evidence and back."""

from __future__ import annotations

import re
from pathlib import Path

from summarizer.briefing import BaseBriefing
from summarizer.document import Document
from summarizer.errors import VerificationError
from summarizer.item import Headline
from summarizer.report import outline
from summarizer.report.html.article import article
from summarizer.report.html.days import days
from summarizer.report.html.shown import Shown, cited, refused, shown
from summarizer.report.html.voices import voices
from summarizer.source import Source
from summarizer.template import Templates
from summarizer.text import one_line, visible
from summarizer.verification import Result, Verification, verify

__all__ = ["html"]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}")

_TEMPLATES = Templates(
    Path(__file__).parent,
    plain=lambda text: one_line(str(text)),
    visible=visible,
    label=lambda name: one_line(str(name).replace("_", " ")),
)


def html(briefing: BaseBriefing, source: Source) -> str:
    """One HTML file that needs no other, loads nothing and sends nothing.

    All that an article, a model or a stored briefing says in it is text: escaped, with nothing invisible in it and
    nothing that turns the direction of writing; an address is no link. The one script is ours, and the policy of the
    page knows it by its hash; without it, the links between items and sentences still lead there.

    The briefing is verified once more, and what does not hold today is marked as such, with the reasons.

    Args:
        source: the text that the briefing was made of.

    Raises:
        VerificationError: it is another text.
    """
    if source.sha256 != briefing.source.sha256:
        raise VerificationError(
            f"{one_line(source.name, 120)} is another text than the briefing was made of: its sha256 is "
            f"{source.sha256[:12]}, the briefing's {one_line(briefing.source.sha256[:12])}.",
            tip="Give the article of the briefing, or brief this one anew.",
        )
    document = Document.of(source.text, briefing.source.language)
    verification = verify(briefing, source)
    items, rejected = shown(briefing, document, verification), refused(briefing, document)
    left_out = cited(briefing.left_out, document, briefing.source.pages)
    return _TEMPLATES.rendered(
        "report.html",
        style=_TEMPLATES.part("report.css"),
        script=_TEMPLATES.part("report.js"),
        briefing=briefing,
        lang=briefing.source.language if _LANGUAGE.fullmatch(briefing.source.language) else "und",
        headline=_headline(briefing, document),
        head=next((each for each in items if each.slot.item is Headline), None),
        sections=_sections(briefing, items),
        voices=voices(items),
        days=days(items, briefing.source.published),
        rejected=rejected,
        left_out=left_out,
        article=article(document, briefing.source.pages, items, rejected, left_out),
        verification=verification,
        others=_others(briefing, verification),
    )


def _headline(briefing: BaseBriefing, document: Document) -> str:
    """The headline; of a kind that has none, the title of the article, since its name stands above."""
    if any(slot.item is Headline for slot in briefing.slots()):
        return outline.headline(briefing)
    own = next((document.text_of(each) for each in document.sentences if each.title), None)
    return briefing.source.title or own or outline.headline(briefing)


def _sections(briefing: BaseBriefing, items: list[Shown]) -> list[tuple[str, list[Shown]]]:
    """The slots that have items, with their titles; the headline stands above them."""
    every = [(slot, [each for each in items if each.slot == slot]) for slot in briefing.slots()]
    return [(slot.title, found) for slot, found in every if found and slot.item is not Headline]


def _others(briefing: BaseBriefing, verification: Verification) -> list[Result]:
    """What does not hold and is no item, such as what the briefing says of its source."""
    items = {(field, index) for field, index, _ in briefing.items}
    return [each for each in verification.failures if (each.field, each.index) not in items]
