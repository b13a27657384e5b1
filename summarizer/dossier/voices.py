"""Who is quoted where: the items of all briefings by the one who speaks in them."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.difference.wording import Wording
from summarizer.dossier.entry import Entry
from summarizer.dossier.naming import same_name
from summarizer.item import Attributed, Event, Rationale, mark_of

Spoken = tuple[Wording, Entry]


def speaker(entry: Entry) -> str | None:
    """Who says it; None where nobody but the article does."""
    item = entry.item
    if isinstance(item, Rationale):
        return item.speaker
    if isinstance(item, Event):
        return item.attributed_to
    named = (getattr(item, name) for name, info in item.extras() if isinstance(mark_of(info), Attributed))
    return next(filter(None, named), None)


def voices(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries of each speaker; speakers whom most sources have first, then by how early they speak. A name that
    fits several speakers stays one of its own."""
    spoken = [(Wording(name, each.of.lexicon), each) for each in entries if (name := speaker(each))]
    by_form: dict[object, list[Spoken]] = {}
    for one in sorted(spoken, key=lambda each: (-len(each[0].text), each[1].early)):
        by_form.setdefault(one[0].forms, []).append(one)
    found: list[list[Spoken]] = []
    for same in by_form.values():
        fitting = [group for group in found if all(_same(same[0], each) for each in group)]
        if len(fitting) == 1:
            fitting[0].extend(same)
        else:
            found.append(list(same))
    voiced = [sorted((entry for _, entry in group), key=lambda entry: entry.early) for group in found]
    return sorted(voiced, key=lambda group: (-len({each.of.number for each in group}), group[0].early))


def _same(one: Spoken, other: Spoken) -> bool:
    return same_name(one[0], other[0], one[1].of.lexicon)
