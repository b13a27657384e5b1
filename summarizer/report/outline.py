"""A briefing as sections of lines: what every format for people shows, in the same words and order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarizer.briefing import (
    Actor,
    Briefing,
    Cause,
    Claim,
    Event,
    Evidence,
    Item,
    Place,
    Rationale,
    Rejected,
    Time,
)
from summarizer.text import one_line


@dataclass(frozen=True, slots=True)
class Line:
    """One item: its text, what is said about it, a quotation to show, and the sentences it rests on."""

    text: str
    note: str = ""
    quotation: str = ""
    sentences: tuple[int, ...] = ()
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[Line, ...]


def sections(briefing: Briefing) -> Iterator[Section]:
    """The sections that have lines."""
    every: tuple[tuple[str, Iterable[Line]], ...] = (
        ("Summary", map(_claim, briefing.summary)),
        ("What", map(_event, briefing.what)),
        ("Who", map(_actor, briefing.who)),
        ("Where", map(_place, briefing.where)),
        ("When", map(_time, briefing.when)),
        ("Why, as reported", map(_cause, briefing.why)),
        ("Why, as stated", map(_rationale, briefing.stated_rationale)),
        ("Not established", (Line(question.replace("_", " ")) for question in briefing.not_established)),
        ("Not stated", (Line(question.replace("_", " ")) for question in briefing.not_stated)),
        ("Rejected by the check", map(_rejected, briefing.rejected)),
        ("Left out, as orders to a machine", map(_left_out, briefing.left_out)),
    )
    for title, lines in every:
        if shown := tuple(lines):
            yield Section(title, shown)


def headline(briefing: Briefing) -> str:
    return one_line(briefing.headline.text) if briefing.headline else "No headline stood the check"


def provenance(briefing: Briefing) -> str:
    """One line: what made this briefing."""
    made = briefing.provenance
    tokens = [made.usage.prompt_tokens, made.usage.completion_tokens]
    read, written = ("unknown" if count is None else f"{count:,}" for count in tokens)
    return one_line(
        f"{made.model}, {made.prompts[0].id}, {made.policy.id}; {read} tokens read, {written} written, "
        f"{made.seconds:.1f} s; source sha256 {briefing.source.sha256[:12]}"
    )


def _line(item: Item, text: str, note: str = "", quotation: str = "") -> Line:
    sentences = tuple(evidence.sentence for evidence in item.evidence)
    return Line(one_line(text), one_line(note), one_line(quotation), sentences, item.verdict)


def _claim(item: Claim) -> Line:
    return _line(item, item.text)


def _event(item: Event) -> Line:
    by = f" to {item.attributed_to}" if item.status == "attributed" else f" ({item.attributed_to})"
    note = "" if item.status == "asserted" else item.status + (by if item.attributed_to else "")
    return _line(item, item.claim, note)


def _actor(item: Actor) -> Line:
    return _line(item, item.name, ", ".join(filter(None, [item.role, item.part])))


def _place(item: Place) -> Line:
    return _line(item, item.place, f"in {item.within}" if item.within else "")


def _time(item: Time) -> Line:
    if item.start is None:
        return _line(item, item.time, "day not resolved")
    days = str(item.start) if item.start == item.end else f"{item.start} to {item.end}"
    return _line(item, item.time, days)


def _cause(item: Cause) -> Line:
    return _line(item, item.cause)


def _rationale(item: Rationale) -> Line:
    role = f" ({item.speaker_role})" if item.speaker_role else ""
    return _line(item, f"{item.speaker}{role}: {item.reason}", quotation=item.quotation.text if item.quotation else "")


def _left_out(sentence: Evidence) -> Line:
    return Line(one_line(sentence.text), sentences=(sentence.sentence,))


def _rejected(item: Rejected) -> Line:
    words = [value for key, value in item.proposed.items() if isinstance(value, str) and key not in ("status", "part")]
    reasons = "; ".join(dict.fromkeys(reason.explanation for reason in item.reasons))
    return Line(one_line(f"{item.field}: {' / '.join(words)}"), one_line(f"{item.verdict}: {reasons}"))
