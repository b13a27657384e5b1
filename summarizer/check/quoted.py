"""Who speaks each quotation: by the act of speech beside it, or by what stands before it."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from summarizer.check.governing import governing
from summarizer.check.sentences import Attribution, Sentences
from summarizer.document import Document, Quotation
from summarizer.document.paragraphs import paragraphs
from summarizer.language.folding import fold

_LONGEST_NAME = 6
_FEW_WORDS = 2
_WIDEST_GAP = 2
_TAILS = {",": ".,pTkQyg(sdNnhw", "?": ".,pTkQyg(", "!": ".,pTkQyg(", ".": "."}
"""What may follow an act that has a sentence of its own after a quotation with such an end."""
_SCRIPTED = re.compile(r"(?P<name>[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .’'-]+):\s")
_SIGNED = re.compile(r"\s*(?:--?|[—–―])\s*(?P<name>[^\W\d_a-z][^\n\"“”.]*(?:\.[^\S\n][^\n\"“”.]*)?)\.?[^\S\n]*(?:\n|$)")


class Quoted:
    """The speakers of the quotations of one document."""

    def __init__(self, document: Document, sentences: Sentences) -> None:
        self._document = document
        self._sentences = sentences
        self._people = sentences.people

    @cached_property
    def attributions(self) -> dict[int, Attribution]:
        """The speakers by the numbers of their quotations, without those that the text does not tell."""
        found: dict[int, Attribution] = {}
        for quotation in self._document.quotations:
            if not self._in_title(quotation) and (named := self._speaker(quotation, found)):
                found[quotation.number] = named
        return found | self._of_titles(found)

    def _in_title(self, quotation: Quotation) -> bool:
        return self._document.sentence(quotation.sentences[0]).title

    def _of_titles(self, found: dict[int, Attribution]) -> dict[int, Attribution]:
        """The quotations of the headline, as the article itself gives the same words to somebody."""
        words = {number: fold(self._document.quotation(number).inner.of(self._document.text)) for number in found}
        titled: dict[int, Attribution] = {}
        for quotation in filter(self._in_title, self._document.quotations):
            wanted = fold(quotation.inner.of(self._document.text)).strip(" ,.?!")
            same = [found[number] for number in words if wanted in words[number]]
            named = same[0] if same else self._speaker(quotation, found)
            titled |= {quotation.number: named} if named else {}
        return titled

    def _speaker(self, quotation: Quotation, found: dict[int, Attribution]) -> Attribution | None:
        if named := self._scripted(quotation) or self._signed(quotation) or self._beside(quotation):
            return named
        if quotation.parent is not None:
            return found.get(quotation.parent)
        if named := self._introduced(quotation):
            return named
        if self._is_nobodys(quotation):
            return None
        return self._before(quotation, found) or self._subject_of(quotation)

    def _is_nobodys(self, quotation: Quotation) -> bool:
        """Whether its own sentence keeps silent about who speaks, or only names something: `was described as “...”`."""
        quoted, speech = self._sentences.place(quotation)
        blank = any(not act.speaker for act in governing(speech, quoted))
        term = quotation.words <= _FEW_WORDS and not self._is_whole(quotation)
        return blank or term or speech.names_thing(quoted.start)

    def _is_whole(self, quotation: Quotation) -> bool:
        """Whether nothing but quotations stands in its sentences."""
        return not any(map(str.isalnum, self._sentences.unquoted.around_text(quotation)))

    def _scripted(self, quotation: Quotation) -> Attribution | None:
        """`“BERG: ...”`, a turn of an interview."""
        match = _SCRIPTED.match(quotation.inner.of(self._document.text))
        name = match["name"].title() if match else ""
        return Attribution(name, self._people.full(name), quotation.sentences[0]) if name else None

    def _signed(self, quotation: Quotation) -> Attribution | None:
        """`“...” — Mia Berg` at the end of a line."""
        match = _SIGNED.match(self._document.text, quotation.span.end)
        name = match["name"].split(",")[0].strip() if match else ""
        if not name or not self._people.is_name(name.split()[-1]) or len(name.split()) > _LONGEST_NAME:
            return None
        return Attribution(name, self._people.full(name), quotation.sentences[-1])

    def _beside(self, quotation: Quotation) -> Attribution | None:
        """By the act of speech that governs the quotation in its own sentences."""
        quoted, speech = self._sentences.place(quotation)
        if speech.names_thing(quoted.start):
            return None
        for act in governing(speech, quoted):
            if found := self._sentences.attribution(act, quotation.sentences[0]):
                return found
        return self._in_tail(quotation)

    def _in_tail(self, quotation: Quotation) -> Attribution | None:
        """By a sentence of its own right after the quotation: `“Why?” Mia Berg asked, looking up.`"""
        number = quotation.sentences[-1] + 1
        if number > len(self._document.sentences) or self._paragraph(number) != self._paragraph(number - 1):
            return None
        speech = self._sentences.speech(number)
        gap = quotation.span.end - self._document.sentence(number).span.start
        act = next(iter(speech.acts), None)
        if act is None or act.kind != "v" or not act.speaker or act.begin > 0 or gap < -_WIDEST_GAP:
            return None
        goes_on = _TAILS.get(self._document.text[quotation.inner.end - 1], "")
        return self._sentences.attribution(act, number) if speech.tag_after(act) in goes_on else None

    def _introduced(self, quotation: Quotation) -> Attribution | None:
        """By a colon before it, in its sentence or at the end of the paragraph before."""
        first = quotation.sentences[0]
        start = self._document.sentence(first).span.start
        before = self._document.text[start : quotation.span.start].rstrip()
        if before.endswith(":"):
            return self._sentences.by_subject(first, quotation.span.start - start)
        if before or first == 1 or self._paragraph(first - 1) == self._paragraph(first):
            return None
        if not self._document.text_of(self._document.sentence(first - 1)).endswith(":"):
            return None
        acts = [act for act in self._sentences.speech(first - 1).acts if act.speaker]
        return self._sentences.attribution(acts[-1], first - 1) if acts else self._sentences.by_subject(first - 1)

    def _before(self, quotation: Quotation, found: dict[int, Attribution]) -> Attribution | None:
        """The last one to speak before it in its paragraph; else in the paragraph before, where the quotation
        opens its own."""
        first = quotation.sentences[0]
        here = self._paragraph(first)
        for number in range(first - 1, 0, -1):
            if self._paragraph(number) < here - 1:
                return None
            quoted = [
                found[each.number] for each in self._sentences.unquoted.quotations[number] if each.number in found
            ]
            if speaker := (quoted[-1] if quoted else self._sentences.subject(number)):
                return speaker
        return None

    def _subject_of(self, quotation: Quotation) -> Attribution | None:
        """By the subject of the clause that the quotation is a part of."""
        first = quotation.sentences[0]
        found = self._sentences.by_subject(first, quotation.span.start - self._document.sentence(first).span.start)
        return found if found and self._people.is_known(found.full) else None

    @cached_property
    def _paragraphs(self) -> list[int]:
        """For each sentence, the number of its paragraph."""
        starts = [span.start for span in paragraphs(self._document.text)]
        return [bisect_right(starts, each.span.start) for each in self._document.sentences]

    def _paragraph(self, number: int) -> int:
        return self._paragraphs[number - 1]
