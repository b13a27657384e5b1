"""Quotations: which marks open and close one, in the punctuation of several languages.

A mark may open where a word follows and none precedes, and may close where it is the other way round.
Where it could do both, its shape and what is open decide. Marks that find no partner within their
paragraph are dropped, unless the next paragraph repeats them: then the quotation goes on there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from summarizer.document.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_PARTNERS = {
    '"': '"', "''": "''", "``": "''", "“": "”", "”": "”", "„": "“”", "«": "»", "»": "«",
    "'": "'", "‘": "’", "‚": "‘’", "‹": "›", "›": "‹", "「": "」", "『": "』",
}  # fmt: skip
"""What closes a mark where the writer is consistent; otherwise any mark of its family does."""
_FAMILIES = (('"', "''", "``", *"“”„"), "'‘’‚", "«»", "‹›", "「」", "『』")
_FAMILY = {mark: family[0] for family in _FAMILIES for mark in family}
_OPENING = frozenset(("``", *"“„«‘‚‹「『"))
_CLOSING = frozenset("”»›」』")
_MARK = re.compile("''|``|[" + "".join(mark for mark in _FAMILY if len(mark) == 1) + "]")
_RUN = re.compile(f"(?:{_MARK.pattern})+")

_DEEPEST = 4
"""Quotations nest no deeper; of more open marks, the oldest was never meant to be one."""
_LONGEST_DOUBTFUL = 80
"""Longer quotations between single marks end with punctuation; `workers' pay` is no such end."""
_ELISION = re.compile(r"(?:\d\ds?|em|n|til|tis|twas|cause|cos|bout)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:[sxz]|in)$", re.IGNORECASE)


class Quoted(NamedTuple):
    """A quotation as found: with its marks, and without them."""

    span: Span
    inner: Span


class _Mark(NamedTuple):
    start: int
    shape: str
    opens: bool
    closes: bool
    doubtful: bool
    """Whether it may be an apostrophe, or stand for inches, instead of closing a quotation."""

    @property
    def end(self) -> int:
        return self.start + len(self.shape)

    @property
    def family(self) -> str:
        return _FAMILY[self.shape]


@dataclass(slots=True)
class _Open:
    """An opening mark, and up to where its quotation is known to go on: a paragraph's end, mostly."""

    mark: _Mark
    until: int | None = None


def find(text: str, paragraphs: Sequence[Span]) -> list[Quoted]:
    """The quotations that say anything, by their start; two of them nest or do not touch, and never cross.

    A quotation over several paragraphs, each opened by a mark again, is one, from its first mark to its
    last. Where the last mark is missing it ends with the last paragraph before the one that repeats the
    mark in vain, without a closing mark. The time is linear in the length of the text.
    """
    reader = _Reader(text)
    for paragraph in paragraphs:
        reader.read(paragraph)
    reader.keep([])
    return sorted(quoted for quoted in reader.found if any(map(str.isalnum, quoted.inner.of(text))))


class _Reader:
    """Reads paragraph after paragraph, and knows which marks are open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Quoted] = []
        self.open: list[_Open] = []
        self.last_end = 0

    def read(self, paragraph: Span) -> None:
        marks = _marks(self.text, paragraph)
        for mark in _without_doubtful(marks[self.resume(marks, paragraph.start) :]):
            self.take(mark)
        self.last_end = paragraph.end

    def resume(self, marks: Sequence[_Mark], start: int) -> int:
        """Goes on with the quotations whose marks the paragraph repeats, and returns how many it does."""
        kept: list[_Open] = []
        for mark in marks:
            again = [entry for entry in self.open if entry.mark.shape == mark.shape and entry not in kept]
            if mark.start != start or not again:
                break
            again[-1].until = self.last_end
            kept.append(again[-1])
            start = mark.end
        self.keep(kept)
        return len(kept)

    def keep(self, kept: list[_Open]) -> None:
        """Ends the open quotations that are not kept, each where it is last known to have been one."""
        for entry in self.open:
            if entry.until is not None and entry not in kept:
                self.add(entry, entry.until, entry.until)
        self.open = sorted(kept, key=lambda entry: entry.mark.start)

    def take(self, mark: _Mark) -> None:
        partner = self.partner(mark) if mark.closes else None
        if mark.opens and (partner is None or mark.shape in _OPENING):
            self.open = [*self.open, _Open(mark)][-_DEEPEST:]
        elif partner is not None:
            self.close(partner, mark)

    def close(self, index: int, mark: _Mark) -> None:
        entry = self.open[index]
        self.add(entry, mark.start, mark.end)
        del self.open[index:]
        if entry.until is not None:
            for around in self.open:
                around.until = mark.end

    def partner(self, mark: _Mark) -> int | None:
        """Which open mark this one would close: the latest that it is made for, or else of its family."""
        candidates = [i for i, entry in enumerate(self.open) if entry.mark.family == mark.family]
        if mark.family == "'":  # too easily mistaken to close over another kind of mark, or from afar
            reach = _LONGEST_DOUBTFUL if mark.doubtful else len(self.text)
            near = [i for i in candidates if mark.start - self.open[i].mark.start <= reach]
            candidates = [i for i in near if i == len(self.open) - 1]
        made_for = [i for i in candidates if mark.shape in _PARTNERS[self.open[i].mark.shape]]
        return max(made_for or candidates, default=None)

    def add(self, entry: _Open, inner_end: int, end: int) -> None:
        self.found.append(Quoted(Span(entry.mark.start, end), Span(entry.mark.end, inner_end)))


def _without_doubtful(marks: Sequence[_Mark]) -> list[_Mark]:
    """The marks without each doubtful one that is followed by a better one to close the quotation."""
    kept: list[_Mark] = []
    next_closes: dict[str, bool] = {}
    for mark in reversed(marks):
        if not (mark.doubtful and next_closes.get(mark.family)):
            kept.append(mark)
        next_closes[mark.family] = mark.closes and not mark.opens
    return kept[::-1]


def _marks(text: str, paragraph: Span) -> list[_Mark]:
    """What may be quotation marks in a paragraph. Adjacent ones have the same surroundings."""
    marks: list[_Mark] = []
    for run in _RUN.finditer(text, paragraph.start, paragraph.end):
        before = text[max(paragraph.start, run.start() - 8) : run.start()] or " "
        after = text[run.end() : min(paragraph.end, run.end() + 8)] or " "
        marks += (_mark(found, before, after) for found in _MARK.finditer(text, run.start(), run.end()))
    return [mark for mark in marks if mark.opens or mark.closes]


def _mark(found: re.Match[str], before: str, after: str) -> _Mark:
    """A mark and what it may do, seen between the few characters around it."""
    shape, left, right = found[0], before[-1], after[0]
    isolated = left.isspace() and right.isspace()
    opens = isolated or not (right.isspace() or (right in ".,;:!?)]}" and not after.startswith("..")))
    closes = isolated or not (left.isspace() or left in "([{")
    doubtful = left.isdigit()
    if _FAMILY[shape] == "'":
        apostrophe = isolated or (left.isalnum() and right.isalnum())
        opens = opens and not (apostrophe or left.isalnum() or shape == "’" or _ELISION.match(after))
        closes = closes and not apostrophe
        doubtful = right.isspace() and _POSSESSIVE.search(before) is not None
    elif shape in _CLOSING:
        opens, closes = opens and not closes, True
    elif shape not in _OPENING:
        opens, closes = isolated or (opens and not left.isalnum()), closes or not opens
    return _Mark(found.start(), shape, opens, closes, doubtful and not opens)
