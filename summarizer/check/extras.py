"""The fields that a class of items adds, each held to the item's own evidence in the way that it is marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from summarizer.check.case import Case, because, reject, tidy
from summarizer.check.events import said_by
from summarizer.check.facts import Facts
from summarizer.check.support import Support
from summarizer.item import Attributed, Copied, Counted, Cued, Item, mark_of, optional
from summarizer.kind import wire_of
from summarizer.language.folding import Folded
from summarizer.record import Reason, Rejected


def completed(case: Case, kind: type[Item], made: Item, proposed: BaseModel) -> Item | Rejected:
    """`made`, which the rule for its base gave, as the item of class `kind` that was proposed."""
    if type(made) is kind:
        return made
    values = _values(case, kind, made, proposed)
    if reasons := list(objections(case.support, kind, made.statement, _text(made), values)):
        return reject(proposed, reasons, made.evidence)
    return kind.model_validate(dict(made) | values)


def objections(
    support: Support, kind: type[Item], statement: str, evidence: str, values: dict[str, Any]
) -> Iterator[Reason]:
    """What is wrong with the values of added fields beside an item's statement and the text of its evidence."""
    for name, info in kind.extras():
        mark, value = mark_of(info), values.get(name)
        if value is None:
            if not optional(info):
                yield from because(name, f"Its evidence does not say what its {_shown(name)} is.")
        elif isinstance(mark, Copied):
            if not Folded(evidence).find(value):
                yield from because("words", f"Its evidence does not have “{value}”.")
        elif isinstance(mark, Counted):
            if not all(_counts(support.facts(text), value) for text in (statement, evidence)):
                yield from because("number", f"What it says does not count {value}.")
        elif isinstance(mark, Cued) and value not in _cued(support, mark, statement, evidence):
            yield from because("cue", f"Nothing in what it says, or in its evidence, makes its {_shown(name)} {value}.")


def proposed(item: Item, **wire: object) -> BaseModel:
    """The proposal of which `item` would come: `wire` for its base, and the values of the fields that it adds."""
    asked = wire_of(type(item))
    added = {name: value for name, value in item.added.items() if name in asked.model_fields}
    return asked.model_construct(None, **wire, **added)


def _values(case: Case, kind: type[Item], made: Item, proposed: BaseModel) -> dict[str, Any]:
    """What the added fields are: as proposed, spelled as in the evidence; who says it, by the evidence alone; of a
    choice the one that the text has words for, unless it has words for several."""
    values: dict[str, Any] = {}
    for name, info in kind.extras():
        match mark_of(info):
            case Copied():
                values[name] = _as_written(getattr(proposed, name), _text(made))
            case Attributed():
                values[name] = said_by(case, made.evidence[0], case.support.facts(made.statement).stems)
            case Cued() as mark:
                cued = _cued(case.support, mark, made.statement, _text(made))
                values[name] = next(iter(cued)) if len(cued) == 1 else getattr(proposed, name)
            case _:
                values[name] = getattr(proposed, name)
    return values


def _as_written(words: str | None, evidence: str) -> str | None:
    """Words as the evidence writes them; as they came where it does not have them; null where there are none."""
    words = tidy(" ".join((words or "").split()))
    found = Folded(evidence).find(words) if words else None
    return " ".join(evidence[found.start : found.end].split()) if found else words or None


def _counts(facts: Facts, value: int) -> bool:
    """Whether a text has this number, and neither as a share nor as a place in an order."""
    found = (token.number for token in facts.numbers if token.number)
    return any(number.value == value and number.unit != "%" and not number.ordinal for number in found)


def _cued(support: Support, mark: Cued, statement: str, evidence: str) -> set[str]:
    """The values that a statement has words for; where it has none, those that its evidence has."""
    return _values_in(support, mark, statement) or _values_in(support, mark, evidence)


def _values_in(support: Support, mark: Cued, text: str) -> set[str]:
    stems, folded = {token.word.stem for token in support.facts(text).tokens}, Folded(text)
    return {
        value
        for value, cues in mark.words.items()
        if any(folded.find(cue) if " " in cue else support.lexicon.word(cue).stem in stems for cue in cues)
    }


def _text(item: Item) -> str:
    return "\n".join(each.text for each in item.evidence)


def _shown(name: str) -> str:
    return name.replace("_", " ")
