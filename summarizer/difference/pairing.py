"""Which item of one briefing is which of another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar

from summarizer.difference.attributes import attributes
from summarizer.difference.wording import Wording
from summarizer.item import Actor, Item, Place, Rationale, Time
from summarizer.language.folding import fold
from summarizer.language.lexicon import Lexicon
from summarizer.record import Rejected
from summarizer.verification.result import brief_of

LEAST = 0.5
"""Two items are no pair unless they are more alike than this, where 1 is the same statement."""

_SAME_SENTENCE = 0.15
_SAME_DAYS = 0.9
_FEWEST = 3  # words of a statement that stand in a longer one

Score = tuple[float, ...]
One = TypeVar("One")
Other = TypeVar("Other")


class Candidate:
    """An item of a field, with what it is told by.

    Attributes:
        index: its place in its list, from 0; None where its field is no list.
    """

    def __init__(self, index: int | None, item: Item, lexicon: Lexicon) -> None:
        self.index, self.item, self._lexicon = index, item, lexicon
        self._wordings: dict[str, Wording] = {}
        self.said = self.wording(brief_of(item))

    def wording(self, text: str) -> Wording:
        if text not in self._wordings:
            self._wordings[text] = Wording(text, self._lexicon)
        return self._wordings[text]

    @cached_property
    def evidence(self) -> frozenset[str]:
        return frozenset(each.text for each in self.item.evidence)

    @cached_property
    def attributes(self) -> dict[str, object]:
        return attributes(self.item)


def paired(old: Sequence[Candidate], new: Sequence[Candidate]) -> list[tuple[Candidate, Candidate]]:
    """The pairs of items of one field that are the same item, in the order of the old list.

    The same statement comes first, then what is most alike, in its evidence and its other parts too. It does not
    matter which of the two is called old.
    """
    return matched(old, new, _score)


def matched(
    old: Sequence[One], new: Sequence[Other], score: Callable[[One, Other], Score | None]
) -> list[tuple[One, Other]]:
    """Pairs by their scores, the best first, each member in one pair at most; no pair where there is no score.

    Of equal scores, those go first that stand at like places, so that lists that are the same pair off in order.
    """
    found = [(each, i, j) for i, one in enumerate(old) for j, other in enumerate(new) if (each := score(one, other))]
    found.sort(key=lambda each: (*(-part for part in each[0]), abs(each[1] - each[2]), each[1] + each[2]))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in found:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return [(old[i], new[j]) for i, j in sorted(pairs.items())]


def _score(old: Candidate, new: Candidate) -> Score | None:
    same = old.said.text == new.said.text
    alike = 1.0 if same else likeness(old, new)
    alone = old.index is None and new.index is None  # one place, whatever stands in it
    if alike <= LEAST and not alone:
        return None
    return float(same), alike, _shared(old.evidence, new.evidence), _equal(old.attributes, new.attributes)


def likeness(old: Candidate, new: Candidate) -> float:
    """How like two items are by what an item of their class is told by, from 0 to 1."""
    match old.item, new.item:
        case Actor(), Actor():
            return old.said.named(new.said)
        case Time() as one, Time() as other:
            same_days = one.start is not None and (one.start, one.end) == (other.start, other.end)
            return max(old.said.share(new.said), _SAME_DAYS if same_days else 0.0)
        case Place(), Place():
            return old.said.share(new.said)
        case Rationale() as one, Rationale() as other:
            return _given(old, one, new, other)
    return _with_evidence(old, new, old.said.share(new.said, fewest=_FEWEST))


def _given(old: Candidate, one: Rationale, new: Candidate, other: Rationale) -> float:
    """By the quotation, whoever is said to have said it; else by speaker and reason."""
    if one.quotation and other.quotation and fold(one.quotation.text) == fold(other.quotation.text):
        return 0.9
    reason = old.wording(one.reason).share(new.wording(other.reason), fewest=_FEWEST)
    speaker = old.wording(one.speaker).named(new.wording(other.speaker))
    return _with_evidence(old, new, reason) if speaker else reason * 0.6


def _with_evidence(old: Candidate, new: Candidate, share: float) -> float:
    """Of two statements with some words in common, the one on the same sentence is the likelier."""
    return min(share + _SAME_SENTENCE * bool(share and old.evidence & new.evidence), 1.0)


def rejected_as(candidate: Candidate, rejected: Rejected) -> Score | None:
    """How like an item is to one that the check rejected."""
    texts = list(_proposals(rejected))
    if isinstance(candidate.item, Actor):
        alike = max((candidate.said.named(candidate.wording(text)) for text in texts), default=0.0)
    else:
        alike = max((candidate.said.share(candidate.wording(text), fewest=_FEWEST) for text in texts), default=0.0)
    return (alike,) if alike > LEAST else None


def _proposals(rejected: Rejected) -> Iterator[str]:
    """Each text of a proposal, and all of them together, of which one states it."""
    texts = [value for value in rejected.proposed.values() if isinstance(value, str) and value.strip()]
    yield from texts
    yield ": ".join(texts)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def _equal(one: dict[str, object], other: dict[str, object]) -> float:
    names = one.keys() | other.keys()
    return sum(one.get(name) == other.get(name) for name in names) / max(len(names), 1)
