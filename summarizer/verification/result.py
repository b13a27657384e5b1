"""What re-checking a briefing found."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

from summarizer.errors import VerificationError
from summarizer.item import Evidence, Item, Quote, Rationale
from summarizer.record import Reason, Rejected
from summarizer.text import one_line

_MOST_SHOWN = 8

Text = Literal["same", "another", "none"]


@dataclass(frozen=True, slots=True)
class Looked:
    """A rule that had something to compare, and what it was."""

    rule: str
    at: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one item, or of one part of the briefing beside its items.

    Attributes:
        field: the key of the briefing, such as `what`, `rejected` or `source`.
        index: the place in its list, from 0; None where there is no list.
        item: the item in brief, as the briefing has it; not made safe to print.
        reasons: why it does not hold, each with its code; empty where it does.
        evidence: what it rests on; in another text than the briefing's, where that stands there.
        looked: the rules that had something to compare.
        moved: whether its evidence stands elsewhere in another text.
    """

    field: str
    index: int | None
    item: str
    reasons: tuple[Reason, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    looked: tuple[Looked, ...] = ()
    moved: bool = False

    @property
    def path(self) -> str:
        """Where it stands in the briefing, such as `what[0]`."""
        return self.field if self.index is None else f"{self.field}[{self.index}]"


@dataclass(frozen=True, slots=True)
class Verification:
    """A briefing re-checked.

    Attributes:
        results: of every item, in the order of the briefing, what concerns the briefing as a whole first.
        text: what the evidence was compared with: the `same` text as the briefing was made of, `another`, or
            `none`.
        notes: what is no failure, but should be known.
        pages: where the pages begin of the text that the evidence of the results stands in, see `SourceRecord`.
    """

    results: tuple[Result, ...]
    text: Text
    notes: tuple[str, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()

    @property
    def failures(self) -> tuple[Result, ...]:
        return tuple(each for each in self.results if each.reasons)

    @property
    def holds(self) -> bool:
        """Whether nothing failed. Where `text` is "none" that says nothing about the source."""
        return not self.failures

    def raise_for_failures(self) -> None:
        """Does nothing where everything holds.

        Raises:
            VerificationError: something does not hold.
        """
        if failures := self.failures:
            shown = ", ".join(each.path for each in failures[:_MOST_SHOWN]) + ", …" * (len(failures) > _MOST_SHOWN)
            verb = "does" if len(failures) == 1 else "do"
            raise VerificationError(
                f"{len(failures)} of {len(self.results)} statements of the briefing {verb} not hold: {shown}.",
                tip="Do not rely on them; brief the source anew.",
            )

    def to_json(self) -> str:
        """The verification as JSON, indented, with a final newline."""
        plain = {
            "holds": self.holds,
            "text": self.text,
            "notes": list(self.notes),
            "results": [
                {
                    "field": each.field,
                    "index": each.index,
                    "item": each.item,
                    "holds": not each.reasons,
                    "moved": each.moved,
                    "reasons": [reason.model_dump() for reason in each.reasons],
                    "evidence": [evidence.model_dump() for evidence in each.evidence],
                    "looked": [asdict(looked) for looked in each.looked],
                }
                for each in self.results
            ],
        }
        return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def brief_of(item: Item) -> str:
    """What an item states, in one line; a reason with who gives it."""
    said = f"{item.speaker}: {item.reason}" if isinstance(item, Rationale) else item.statement
    return " ".join(said.split())


def shown(value: object) -> str:
    """A value of a briefing as an explanation quotes it."""
    if isinstance(value, Quote):
        return f"Q{value.quotation}, characters {value.start} to {value.end}: “{one_line(value.text, 80)}”"
    return "nothing" if value is None else f"“{one_line(str(value), 80)}”"


def proposed(rejected: Rejected) -> str:
    """What was proposed and rejected, in one line."""
    told = [value for key, value in rejected.proposed.items() if key not in ("status", "part")]
    words = [value for value in told if isinstance(value, str) and value]
    return f"{rejected.field}: {' '.join(' / '.join(words).split())}"
