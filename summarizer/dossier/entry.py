"""An item of one of several briefings, with what it is compared by."""

from __future__ import annotations

from functools import cached_property

from summarizer.briefing import BaseBriefing
from summarizer.check.facts import Facts
from summarizer.check.support import Support
from summarizer.difference.wording import Wording
from summarizer.document import Document
from summarizer.dossier.record import Pointer
from summarizer.item import Actor, Cause, Claim, Event, Extract, Headline, Item, Place, Rationale, Time
from summarizer.language.lexicon import Lexicon, lexicon

_STATEMENTS = (Claim, Event)
_ALONE = (Actor, Place, Time, Cause, Rationale)


class Voiced:
    """What is known of the briefing that entries are of.

    Attributes:
        key: what tells briefings apart whatever their order: the hash of their source.
        support: the rules of the check, over all that the briefing has as evidence.
    """

    def __init__(self, number: int, briefing: BaseBriefing) -> None:
        self.number, self.briefing = number, briefing
        self.key = briefing.source.sha256
        self.lexicon: Lexicon = lexicon(briefing.source.language)
        text = "\n\n".join(dict.fromkeys(each.text for _, _, item in briefing.items for each in item.evidence))
        self.support = Support(Document.of(text, briefing.source.language), self.lexicon, briefing.source.published)

    @cached_property
    def entries(self) -> list[Entry]:
        return [Entry(self, field, index, item) for field, index, item in self.briefing.items]

    @cached_property
    def main(self) -> Entry | None:
        """The main event: the first of the first list of events."""
        return next((each for each in self.entries if isinstance(each.item, Event) and each.index == 0), None)


class Entry:
    """One item.

    Attributes:
        sort: items of different sorts never say the same. All statements are of one sort, whatever their field;
            those of a class with fields of its own are of one with their like.
    """

    def __init__(self, of: Voiced, field: str, index: int | None, item: Item) -> None:
        self.of, self.field, self.index, self.item = of, field, index, item
        self.pointer = Pointer(briefing=of.number, field=field, index=index)
        self.sort = _sort(item)

    @cached_property
    def facts(self) -> Facts:
        return self.of.support.facts(self.item.statement)

    @cached_property
    def wording(self) -> Wording:
        return Wording(self.item.statement, self.of.lexicon)

    @cached_property
    def sentences(self) -> frozenset[int]:
        return frozenset(each.sentence for each in self.item.evidence)

    @property
    def status(self) -> str:
        return self.item.status if isinstance(self.item, Event) else "asserted"

    @cached_property
    def early(self) -> tuple[int, str, int, str, str]:
        """How early its article says it; then what tells it from every other item, whatever the order of sources."""
        return (min(self.sentences), self.field, self.index or 0, self.item.statement, self.of.key)


def _sort(item: Item) -> tuple[object, ...]:
    alone = next((each for each in _ALONE if isinstance(item, each)), None)
    base = alone or (_STATEMENTS[0] if isinstance(item, _STATEMENTS) else type(item))
    plain = type(item) in (Claim, Event, Headline, Extract, *_ALONE)
    return (base,) if plain else (base, type(item), *sorted((name, str(value)) for name, value in item.added.items()))
