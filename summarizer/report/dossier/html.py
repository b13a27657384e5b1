"""A dossier and its articles as one HTML file, in which each item leads to its evidence in each article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from summarizer.document import Document, Sentence
from summarizer.dossier.record import Dossier, Pointer
from summarizer.dossier.verification import verify
from summarizer.errors import VerificationError
from summarizer.report import html as briefing_page
from summarizer.report.dossier import outline
from summarizer.report.html.article import Passage, article
from summarizer.report.html.shown import Shown, shown
from summarizer.source import Source
from summarizer.template import Templates
from summarizer.text import one_line, visible
from summarizer.verification import Verification

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}")
_OURS = Templates(
    Path(__file__).parent,
    plain=lambda text: one_line(str(text)),
    visible=visible,
    label=lambda name: one_line(str(name).replace("_", " ")),
)
_SHARED = Templates(Path(briefing_page.__file__).parent)


@dataclass(frozen=True, slots=True)
class Column:
    """An article, with what rests on its sentences.

    Attributes:
        number: of the source, from 1.
        blocks: its sentences, block by block.
    """

    number: int
    told: str
    lang: str
    blocks: list[list[Passage]]
    items: dict[Pointer, Shown]
    document: Document
    verification: Verification

    def at(self, start: int) -> Sentence:
        """The sentence that a character stands in."""
        before = [each for each in self.document.sentences if each.span.start <= start]
        return before[-1] if before else self.document.sentences[0]


def html(dossier: Dossier, sources: Sequence[Source]) -> str:
    """One HTML file that needs no other, loads nothing and sends nothing; see `summarizer.report.html.html`.

    Args:
        sources: the texts that the briefings were made of, in their order.

    Raises:
        VerificationError: one is another text.
        UsageError: there are not as many as briefings.
    """
    verification = verify(dossier, sources)
    columns = [
        _column(dossier, number, source, found)
        for number, (source, found) in enumerate(zip(sources, verification.briefings, strict=True))
    ]
    return _OURS.rendered(
        "dossier.html",
        style=_SHARED.part("report.css") + _OURS.part("dossier.css"),
        script=_OURS.part("dossier.js"),
        dossier=dossier,
        title=outline.title(dossier),
        columns=columns,
        disputes=list(outline.disputes(dossier)),
        parts=list(outline.parts(dossier)),
        speakers=list(outline.speakers(dossier)),
        foot=outline.foot(dossier),
        verification=verification,
    )


def _column(dossier: Dossier, number: int, source: Source, found: Verification) -> Column:
    briefing = dossier.briefings[number]
    if source.sha256 != briefing.source.sha256:
        raise VerificationError(
            f"{one_line(source.name, 120)} is another text than briefing {number + 1} was made of: its sha256 is "
            f"{source.sha256[:12]}, the briefing's {one_line(briefing.source.sha256[:12])}.",
            tip="Give the articles in the order of the briefings, or brief them anew.",
        )
    document = Document.of(source.text, briefing.source.language)
    items = shown(briefing, document, found)
    pointers = (Pointer(briefing=number, field=field, index=index) for field, index, _ in briefing.items)
    return Column(
        number=number + 1,
        told=outline.source(dossier, number),
        lang=briefing.source.language if _LANGUAGE.fullmatch(briefing.source.language) else "und",
        blocks=article(document, briefing.source.pages, items, [], []),
        items=dict(zip(pointers, items, strict=True)),
        document=document,
        verification=found,
    )
