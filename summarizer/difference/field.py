"""The items of one field in two briefings: which differ, and how."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.difference.attributes import changes, places
from summarizer.difference.origin import Origin
from summarizer.difference.pairing import Candidate, matched, paired, rejected_as
from summarizer.difference.result import KINDS, FieldDifference, ItemDifference, MainEvent, Stated
from summarizer.item import Event
from summarizer.record import Rejected
from summarizer.verification.spans import pieces


class Field:
    """The items of one field in both briefings."""

    def __init__(self, name: str, old: Sequence[Candidate], new: Sequence[Candidate], origin: Origin) -> None:
        self.name, self._old, self._new, self._origin = name, old, new, origin
        self._pairs = paired(old, new)

    @property
    def events(self) -> bool:
        """Whether it is a list of events, of which the first is the main one."""
        return any(isinstance(each.item, Event) and each.index == 0 for each in [*self._old, *self._new])

    def main_event(self) -> MainEvent | None:
        old, new = (next(iter(each), None) for each in (self._old, self._new))
        if (old, new) in self._pairs:
            return None
        rests = [pieces(each.item) if each else [] for each in (old, new)]
        return MainEvent(_stated(old), _stated(new), self._origin.because(*rests))

    def difference(self, was_rejected: Sequence[Rejected], is_rejected: Sequence[Rejected]) -> FieldDifference:
        olds, news = [old for old, _ in self._pairs], [new for _, new in self._pairs]
        both = [found for old, new in self._pairs if (found := self._of_pair(old, new))]
        gone = self._alone([each for each in self._old if each not in olds], is_rejected, now=False)
        added = self._alone([each for each in self._new if each not in news], was_rejected, now=True)
        return FieldDifference(self.name, tuple(sorted([*both, *gone, *added], key=_place)), len(olds) - len(both))

    def _of_pair(self, old: Candidate, new: Candidate) -> ItemDifference | None:
        one, other = Stated(old.index, old.item), Stated(new.index, new.item)
        if changed := changes(old.item, new.item):
            because = self._origin.because(pieces(old.item), pieces(new.item))
            moved = [each.attribute for each in changed] == ["evidence"]
            return ItemDifference("moved" if moved else "changed", one, other, because, changed)
        if places(old.item) != places(new.item):
            return ItemDifference("moved", one, other, self._origin.moved(old.item, new.item))
        return None

    def _alone(self, alone: Sequence[Candidate], rejected: Sequence[Rejected], *, now: bool) -> list[ItemDifference]:
        """Items that one briefing alone has: the new one, where it is `now`; and what the other one `rejected`."""
        here = [each for each in rejected if each.field == self.name]
        other = {id(each): failed for each, failed in matched(alone, here, rejected_as)}
        return [self._one(each, other.get(id(each)), now=now) for each in alone]

    def _one(self, candidate: Candidate, failed: Rejected | None, *, now: bool) -> ItemDifference:
        old, new = (None, _stated(candidate)) if now else (_stated(candidate), None)
        rests = pieces(candidate.item), list(failed.evidence) if failed else []
        because = self._origin.because(*(reversed(rests) if now else rests))
        if failed is None:
            return ItemDifference("added" if now else "gone", old, new, because)
        return ItemDifference("accepted" if now else "rejected", old, new, because, reasons=tuple(failed.reasons))


def _stated(candidate: Candidate | None) -> Stated | None:
    return Stated(candidate.index, candidate.item) if candidate else None


def _place(difference: ItemDifference) -> tuple[int, int]:
    side = difference.new or difference.old
    return KINDS.index(difference.kind), side.index or 0 if side else 0
