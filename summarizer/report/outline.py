"""A briefing as sections of lines: what every format for people shows, in the same words and order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarizer.briefing import BaseBriefing, Slot
from summarizer.item import Actor, Event, Evidence, Headline, Item, Place, Rationale, Time
from summarizer.record import Rejected
from summarizer.report.citation import Citation, Pages, citations
from summarizer.text import one_line


@dataclass(frozen=True, slots=True)
class Line:
    """One item: its text, what is said about it, a quotation to show, and the citations of what it rests on."""

    text: str
    note: str = ""
    quotation: str = ""
    cited: tuple[Citation, ...] = ()
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[Line, ...]


def sections(briefing: BaseBriefing) -> Iterator[Section]:
    """The sections that have lines."""
    pages = briefing.source.pages
    slots = [slot for slot in briefing.slots() if slot.item is not Headline]
    every: list[tuple[str, Iterable[Line]]] = [
        *((slot.title, [line(item, pages) for item in _items(briefing, slot)]) for slot in slots),
        ("Not established", (Line(question.replace("_", " ")) for question in briefing.not_established)),
        ("Not stated", (Line(question.replace("_", " ")) for question in briefing.not_stated)),
        ("Rejected by the check", map(_rejected, briefing.rejected)),
        ("Left out, as orders to a machine", (_left_out(sentence, pages) for sentence in briefing.left_out)),
    ]
    for title, lines in every:
        if shown := tuple(lines):
            yield Section(title, shown)


def headline(briefing: BaseBriefing) -> str:
    """The headline; of a kind that has none, its name and the title of the article."""
    slot = next((each for each in briefing.slots() if each.item is Headline), None)
    if slot is None:
        title = briefing.source.title
        return one_line(f"{briefing.schema_id.partition('@')[0]}: {title}" if title else briefing.schema_id)
    found = _items(briefing, slot)
    return one_line(found[0].statement) if found else "No headline stood the check"


def provenance(briefing: BaseBriefing) -> str:
    """One line: what made this briefing."""
    made = briefing.provenance
    tokens = [made.usage.prompt_tokens, made.usage.completion_tokens]
    read, written = ("unknown" if count is None else f"{count:,}" for count in tokens)
    hidden = briefing.source.hidden_characters
    unread = f"; {hidden:,} characters that readers do not see were left out" if hidden else ""
    return one_line(
        f"{made.model}, {made.prompts[0].id}, {made.policy.id}; {read} tokens read, {written} written, "
        f"{made.seconds:.1f} s; source sha256 {briefing.source.sha256[:12]}{unread}"
    )


def line(item: Item, pages: Pages = ()) -> Line:
    """An item as one line, with what its class says about it and what a subclass adds.

    `pages` are those of its source, for the citations.
    """
    added = [f"{name.replace('_', ' ')}: {value}" for name, value in item.added.items() if value is not None]
    note = "; ".join(filter(None, [_note(item), *added]))
    text, quotation = item.statement, ""
    if isinstance(item, Rationale):
        role = f" ({item.speaker_role})" if item.speaker_role else ""
        text = f"{item.speaker}{role}: {item.reason}"
        quotation = item.quotation.text if item.quotation else ""
    return Line(one_line(text), one_line(note), one_line(quotation), citations(item.evidence, pages), item.verdict)


def _items(briefing: BaseBriefing, slot: Slot) -> list[Item]:
    return [item for field, _, item in briefing.items if field == slot.name]


def _note(item: Item) -> str:
    match item:
        case Event() if item.status != "asserted":
            by = f" to {item.attributed_to}" if item.status == "attributed" else f" ({item.attributed_to})"
            return item.status + (by if item.attributed_to else "")
        case Actor():
            return ", ".join(filter(None, [item.role, item.part]))
        case Place() if item.within:
            return f"in {item.within}"
        case Time():
            return _days(item)
    return ""


def _days(item: Time) -> str:
    if item.start is None:
        return "day not resolved"
    return str(item.start) if item.start == item.end else f"{item.start} to {item.end}"


def _left_out(sentence: Evidence, pages: Pages) -> Line:
    return Line(one_line(sentence.text), cited=citations([sentence], pages))


def _rejected(item: Rejected) -> Line:
    words = [value for key, value in item.proposed.items() if isinstance(value, str) and key not in ("status", "part")]
    reasons = "; ".join(dict.fromkeys(reason.explanation for reason in item.reasons))
    return Line(one_line(f"{item.field}: {' / '.join(words)}"), one_line(f"{item.verdict}: {reasons}"))
