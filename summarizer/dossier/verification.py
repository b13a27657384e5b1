"""Re-checking a dossier: each briefing against its own source, and every pointer."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from summarizer.check.case import because
from summarizer.dossier.merging import merge, policy, refuse
from summarizer.dossier.record import Contradiction, Dossier, Group, Pointer, Side
from summarizer.errors import UsageError, VerificationError
from summarizer.record import Reason
from summarizer.source import Source
from summarizer.text import one_line
from summarizer.verification import Result, Verification
from summarizer.verification import verify as verify_briefing
from summarizer.verification.result import brief_of

_MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class DossierVerification:
    """A dossier re-checked.

    Attributes:
        briefings: of each briefing, in their order.
        results: of every group, contradiction and voice, and of the dossier as a whole.
        notes: what is no failure, but should be known.
    """

    briefings: tuple[Verification, ...]
    results: tuple[Result, ...]
    notes: tuple[str, ...] = ()

    @property
    def failures(self) -> tuple[Result, ...]:
        """What does not hold of the dossier beside its briefings."""
        return tuple(each for each in self.results if each.reasons)

    @property
    def holds(self) -> bool:
        return not self.failures and all(each.holds for each in self.briefings)

    def raise_for_failures(self) -> None:
        """Does nothing where everything holds.

        Raises:
            VerificationError: something does not hold.
        """
        found = [f"briefing {at}: {each.path}" for at, one in enumerate(self.briefings) for each in one.failures]
        found += [each.path for each in self.failures]
        if found:
            shown = ", ".join(found[:_MOST_SHOWN]) + ", …" * (len(found) > _MOST_SHOWN)
            raise VerificationError(
                f"Of the dossier, {len(found)} {'does' if len(found) == 1 else 'do'} not hold: {shown}.",
                tip="Do not rely on them; brief the sources anew.",
            )

    def to_json(self) -> str:
        """The verification as JSON, indented, with a final newline."""
        plain = {
            "holds": self.holds,
            "notes": list(self.notes),
            "results": [
                {
                    "field": each.field, "index": each.index, "item": each.item, "holds": not each.reasons,
                    "reasons": [reason.model_dump() for reason in each.reasons],
                }
                for each in self.results
            ],
            "briefings": [json.loads(each.to_json()) for each in self.briefings],
        }  # fmt: skip
        return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def verify(dossier: Dossier, sources: Sequence[Source | None] | None = None) -> DossierVerification:
    """Holds each briefing against its source once more, and looks whether the dossier points at what is there.

    Every pointer must name an item, every item be in one group, and the words of each side of a contradiction be in
    the evidence of its item. Where the dossier was made by today's rules, they must give it once more.

    Args:
        sources: the text of each briefing, in their order, None for one that is not at hand; see
            `summarizer.verify`.

    Raises:
        UsageError: there are not as many sources as briefings.
    """
    given = list(sources) if sources is not None else [None] * len(dossier.briefings)
    if len(given) != len(dossier.briefings):
        raise UsageError(
            f"There are {len(dossier.briefings)} briefings in the dossier, and {len(given)} sources were given.",
            tip="Give the sources in the order of the briefings.",
        )
    briefings = tuple(verify_briefing(one, source) for one, source in zip(dossier.briefings, given, strict=True))
    pointing = list(_Pointing(dossier).results())
    notes: tuple[str, ...] = ()
    if dossier.policy != policy():
        then = f"{one_line(dossier.policy.id)} with hash {one_line(dossier.policy.sha256[:12])}"
        notes = (f"The dossier was put together under {then}; today's rules were not asked to do it again.",)
    elif not any(each.reasons for each in pointing):
        pointing += _anew(dossier)
    return DossierVerification(briefings, tuple(pointing), notes)


def _anew(dossier: Dossier) -> Iterator[Result]:
    """Whether today's rules make the same of these briefings."""
    made = merge(dossier.briefings)
    for field in ("events", "groups", "contradictions", "voices"):
        same = getattr(made, field) == getattr(dossier, field)
        yield Result(field, None, "", () if same else tuple(because("merge", "The rules make something else of it.")))


class _Pointing:
    """The pointers of one dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._items = set(dossier.pointers)

    def results(self) -> Iterator[Result]:
        yield self._whole()
        for index, group in enumerate(self._dossier.groups):
            yield self._result("groups", index, group.items, self._grouped(group))
        for index, one in enumerate(self._dossier.contradictions):
            yield self._result("contradictions", index, [side.item for side in one.sides], self._disputed(one))
        for index, voice in enumerate(self._dossier.voices):
            yield self._result("voices", index, voice.items, [])

    def _whole(self) -> Result:
        reasons: list[Reason] = []
        try:
            refuse(self._dossier.briefings)
        except UsageError as error:
            reasons += because("briefings", error.message)
        if sorted(chain.from_iterable(self._dossier.events)) != list(range(len(self._dossier.briefings))):
            reasons += because("events", "Not every briefing is about just one of the events.")
        times = Counter(chain.from_iterable(group.items for group in self._dossier.groups))
        if lost := len(self._items - times.keys()):
            reasons += because("lost", f"{lost} of the items are in no group.")
        if twice := sum(count > 1 for count in times.values()):
            reasons += because("twice", f"{twice} of the items are in more than one group.")
        return Result("dossier", None, "", tuple(reasons))

    def _result(self, field: str, index: int, pointers: Sequence[Pointer], more: list[Reason]) -> Result:
        wrong = [each for each in pointers if each not in self._items]
        if wrong:
            return Result(field, index, "", tuple(because("pointer", f"There is no item at {_shown(wrong[0])}.")))
        return Result(field, index, brief_of(self._dossier.item(pointers[0])), tuple(more))

    def _grouped(self, group: Group) -> list[Reason]:
        reasons = [] if group.items[0] == group.shared else because("shared", "What is shared does not stand first.")
        events = [set(each) for each in self._dossier.events]
        if not any(set(group.sources) <= each for each in events):
            reasons += because("events", "It has items of articles about different events.")
        return reasons

    def _disputed(self, one: Contradiction) -> list[Reason]:
        reasons = [reason for side in one.sides for reason in self._side(side)]
        if len({side.item.briefing for side in one.sides}) < len(("one", "other")):
            reasons += because("sides", "Only one source is in it.")
        return reasons

    def _side(self, side: Side) -> list[Reason]:
        if side.item not in self._items:
            return []  # told with the pointers
        for each in self._dossier.item(side.item).evidence:
            if each.start <= side.start and side.end <= each.end:
                if each.text[side.start - each.start : side.end - each.start] == side.text:
                    return []
                return because("text", "The words are not the characters of the evidence there.")
        return because("evidence", "The words do not stand in the evidence of the item.")


def _shown(pointer: Pointer) -> str:
    at = "" if pointer.index is None else f"[{pointer.index}]"
    return f"briefing {pointer.briefing}, {one_line(pointer.field, 40)}{at}"
