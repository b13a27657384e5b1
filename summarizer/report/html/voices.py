"""Who said what: everybody who is given as the source of something in a briefing, with what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from summarizer.item import Actor, Attributed, Event, Rationale, mark_of
from summarizer.report.html.shown import Shown

_HOW = {"attributed": "says", "alleged": "alleges", "denied": "denies", "planned": "says of plans"}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that somebody says: how, and in which words; `quoted` where they are the speaker's own."""

    how: str
    words: str
    item: Shown
    quoted: bool = False


@dataclass(slots=True)
class Voice:
    """Somebody who says something, and for whom, as far as the article tells."""

    name: str
    role: str = ""
    on_behalf_of: str = ""
    said: list[Said] = field(default_factory=list)


def voices(items: Sequence[Shown]) -> list[Voice]:
    """The speakers in the order in which the briefing has them."""
    found: dict[str, Voice] = {}
    for each in items:
        for name, said in _said(each):
            voice = found.setdefault(_key(name), Voice(name))
            voice.said.append(said)
            if isinstance(each.item, Rationale):
                voice.role = voice.role or each.item.speaker_role or ""
                voice.on_behalf_of = voice.on_behalf_of or each.item.on_behalf_of or ""
    for each in items:
        if isinstance(each.item, Actor) and (known := found.get(_key(each.item.name))):
            known.role = known.role or each.item.role or ""
    return list(found.values())


def _said(shown: Shown) -> Iterator[tuple[str, Said]]:
    item = shown.item
    if isinstance(item, Rationale):
        quote = item.quotation
        yield item.speaker, Said("gives as reason", quote.text if quote else item.reason, shown, bool(quote))
    elif isinstance(item, Event) and item.attributed_to and item.status in _HOW:
        yield item.attributed_to, Said(_HOW[item.status], item.claim, shown)
    for name, info in item.extras():
        if isinstance(mark_of(info), Attributed) and (speaker := getattr(item, name)):
            yield speaker, Said("says", item.statement, shown)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
