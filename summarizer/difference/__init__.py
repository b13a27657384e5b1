"""What two briefings say differently: by code alone, with no model and no network."""

from __future__ import annotations

from summarizer.briefing import BaseBriefing
from summarizer.difference.field import Field
from summarizer.difference.making import made_differently
from summarizer.difference.origin import Origin, Text
from summarizer.difference.pairing import Candidate
from summarizer.difference.result import Change, Difference, FieldDifference, ItemDifference, MainEvent, Stated
from summarizer.errors import UsageError
from summarizer.language.lexicon import lexicon
from summarizer.source import Source
from summarizer.text import one_line

__all__ = ["Change", "Difference", "FieldDifference", "ItemDifference", "MainEvent", "Stated", "compare"]


def compare(
    old: BaseBriefing, new: BaseBriefing, old_source: Source | None = None, new_source: Source | None = None
) -> Difference:
    """What the new briefing says that the old one does not, and the other way round.

    Items are paired within their field: those that state the same, then those that are most alike by what an item
    of their class is told by. `compare(new, old)` finds the same with old and new, added and gone, exchanged.

    Args:
        old, new: two briefings of one kind, of the same text or not.
        old_source, new_source: their texts. With both, each difference says whether the text or only the reading
            changed; two briefings of the same text need none for that.

    Raises:
        UsageError: the two are of different kinds.
        SourceError: a source is another text than its briefing was made of.
    """
    _refuse_kinds(old, new)
    origin = Origin(Text(old.source, old_source), Text(new.source, new_source))
    before, after = _by_field(old), _by_field(new)
    names = [name for name in {**type(old).model_fields, **type(new).model_fields} if name in before | after]
    fields = [Field(name, before.get(name, []), after.get(name, []), origin) for name in names]
    return Difference(
        old=old.source,
        new=new.source,
        fields=tuple(each.difference(old.rejected, new.rejected) for each in fields),
        main_event=next((each.main_event() for each in fields if each.events), None),
        no_longer_stated=tuple(each for each in new.not_stated if each not in old.not_stated),
        now_stated=tuple(each for each in old.not_stated if each not in new.not_stated),
        made=made_differently(old, new),
    )


def _refuse_kinds(old: BaseBriefing, new: BaseBriefing) -> None:
    kinds = [one_line(each.schema_id.partition("@")[0]) for each in (old, new)]
    if kinds[0] != kinds[1]:
        raise UsageError(
            f"A briefing of the kind {kinds[0]} cannot be compared with one of the kind {kinds[1]}.",
            tip="Give two briefings of one kind; brief one of the sources again with the other's schema.",
        )


def _by_field(briefing: BaseBriefing) -> dict[str, list[Candidate]]:
    known = lexicon(briefing.source.language)
    found: dict[str, list[Candidate]] = {}
    for field, index, item in briefing.items:
        found.setdefault(field, []).append(Candidate(index, item, known))
    return found
