"""A dossier as parts of lines: what every format for people shows, in the same words and order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.dossier.record import Contradiction, Dossier, Group, Pointer, Side
from summarizer.item import Event, Evidence, Extract, Rationale
from summarizer.report import outline
from summarizer.report.citation import Citation, Pages, citations, cite, joined
from summarizer.report.outline import Line
from summarizer.text import one_line

_HOW = {"attributed": "says", "alleged": "alleges", "denied": "denies", "planned": "says of plans"}
_ABOUT = {
    "count": "How many {about}",
    "day": "Which day",
    "time": "What time of day",
    "place": "Where",
    "name": "What the {about} is called",
    "title": "What {about} is",
    "denial": "Whether it is so: {about}",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """An item of one source.

    Attributes:
        source: the number that a reader knows the source by, from 1.
        title: of the field.
    """

    source: int
    pointer: Pointer
    title: str
    line: Line
    whole: bool


@dataclass(frozen=True, slots=True)
class Same:
    """A group: what is shared, first among all that say it."""

    mentions: tuple[Mention, ...]

    @property
    def shared(self) -> Mention:
        return self.mentions[0]

    @property
    def marks(self) -> str:
        """Each source with the sentences that say it there: `1 S2, S3; 2 S1`."""
        found: dict[int, set[Citation]] = {}
        for each in sorted(self.mentions, key=lambda mention: mention.source):
            found.setdefault(each.source, set()).update(each.line.cited)
        return "; ".join(f"{at} {joined(sorted(those))}" for at, those in found.items())

    @property
    def others(self) -> list[Mention]:
        """How each other source says it, in one wording each, where that is another one: an item of its own words
        rather than a whole sentence."""
        found: dict[int, Mention] = {}
        for each in sorted(self.mentions, key=lambda mention: mention.whole):
            if each.source != self.shared.source:
                found.setdefault(each.source, each)
        plain = self.shared.line.text.rstrip(".").casefold()
        return [each for _, each in sorted(found.items()) if each.line.text.rstrip(".").casefold() != plain]


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    same: tuple[Same, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One side of a contradiction: the words, and the sentence that has them."""

    source: int
    published: str
    words: str
    side: Side
    sentence: Evidence
    cited: Citation


@dataclass(frozen=True, slots=True)
class Dispute:
    about: str
    note: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """What one source has of a speaker, and how: `says`, `denies`, `gives as reason`."""

    source: int
    how: str
    words: str
    pointer: Pointer
    quoted: bool
    cited: str


@dataclass(frozen=True, slots=True)
class Speaker:
    name: str
    said: tuple[Speech, ...]


def title(dossier: Dossier) -> str:
    count = len(dossier.briefings)
    return f"{count} articles about one event" if dossier.one_event else f"{count} articles, about different events"


def source(dossier: Dossier, number: int) -> str:
    """A source in one line: its name, its day and its title."""
    known = dossier.briefings[number].source
    published = f"published {known.published}" if known.published else "day of publication unknown"
    return one_line("; ".join(filter(None, [known.name, published, known.title])))


def parts(dossier: Dossier) -> Iterator[Part]:
    """The groups by how many sources say it; what one alone says, by source."""
    total = len(dossier.briefings)
    for count in range(total, 1, -1):
        found = [each for each in dossier.groups if len(each.sources) == count]
        name = f"What all {total} say" if count == total else f"What {count} of {total} say"
        if found:
            yield Part(name, _same(dossier, found))
    for number in range(total):
        if alone := [each for each in dossier.groups if each.sources == [number]]:
            yield Part(f"Only in [{number + 1}]", _same(dossier, alone))


def disputes(dossier: Dossier) -> Iterator[Dispute]:
    for each in dossier.contradictions:
        about = _ABOUT[each.kind].format(about=one_line(each.about, 160))
        told = tuple(_told(dossier, side) for side in each.sides)
        yield Dispute(about, _later(each, told), told)


def speakers(dossier: Dossier) -> Iterator[Speaker]:
    for voice in dossier.voices:
        said = sorted((_speech(dossier, each) for each in voice.items), key=lambda each: each.source)
        yield Speaker(one_line(_name(dossier, voice.items)), tuple(said))


def foot(dossier: Dossier) -> str:
    """One line: what made it, and what the check refused."""
    made = [each.provenance for each in dossier.briefings]
    models = ", ".join(dict.fromkeys(each.model for each in made))
    prompts = ", ".join(dict.fromkeys(each.prompts[0].id for each in made if each.prompts))
    refused = ", ".join(f"[{number}] {len(each.rejected)}" for number, each in enumerate(dossier.briefings, start=1))
    return one_line(
        f"{models}, {prompts}, {made[0].policy.id}, {dossier.policy.id}; rejected by the check: {refused}; "
        f"{sum(each.seconds for each in made):.1f} s"
    )


def mention(dossier: Dossier, pointer: Pointer) -> Mention:
    item = dossier.item(pointer)
    titles = {slot.name: slot.title for slot in dossier.briefings[pointer.briefing].slots()}
    whole = isinstance(item, Extract)
    line = outline.line(item, _pages(dossier, pointer))
    return Mention(pointer.briefing + 1, pointer, titles[pointer.field], line, whole)


def _same(dossier: Dossier, groups: Sequence[Group]) -> tuple[Same, ...]:
    """In the order of the fields of what is shared, and then as the dossier has them; headlines and whole sentences
    last, since the rest says it in fewer words."""
    slots = [slot.name for slot in dossier.briefings[0].slots()]
    made = [Same(tuple(mention(dossier, pointer) for pointer in group.items)) for group in groups]
    return tuple(sorted(made, key=lambda each: (each.shared.whole, slots.index(each.shared.pointer.field))))


def _told(dossier: Dossier, side: Side) -> Told:
    known = dossier.briefings[side.item.briefing].source
    evidence = dossier.item(side.item).evidence
    sentence = next((each for each in evidence if each.start <= side.start and side.end <= each.end), evidence[0])
    published = str(known.published) if known.published else ""
    return Told(side.item.briefing + 1, published, one_line(side.text), side, sentence, cite(sentence, known.pages))


def _later(one: Contradiction, told: Sequence[Told]) -> str:
    if not one.later:
        return ""
    last = max(each.published for each in told)
    words = ", ".join(dict.fromkeys(f"“{each.words}”" for each in told if each.published == last))
    return f"differs; the later, of {last}, says {words}"


def _name(dossier: Dossier, items: Sequence[Pointer]) -> str:
    """The longest form of a speaker's name."""
    names = [_speaker(dossier, each) for each in items]
    return max(names, key=lambda name: (len(name), name))


def _speaker(dossier: Dossier, pointer: Pointer) -> str:
    item = dossier.item(pointer)
    known = [getattr(item, name, None) for name in ("speaker", "attributed_to", *item.added)]
    return next((each for each in known if isinstance(each, str) and each), "")


def _speech(dossier: Dossier, pointer: Pointer) -> Speech:
    item = dossier.item(pointer)
    how, words, quoted = "says", item.statement, False
    if isinstance(item, Rationale):
        quoted = item.quotation is not None
        how, words = "gives as reason", item.quotation.text if item.quotation else item.reason
    elif isinstance(item, Event):
        how = _HOW.get(item.status, how)
    cited = joined(citations(item.evidence, _pages(dossier, pointer)))
    return Speech(pointer.briefing + 1, how, one_line(words), pointer, quoted, cited)


def _pages(dossier: Dossier, pointer: Pointer) -> Pages:
    return dossier.briefings[pointer.briefing].source.pages
