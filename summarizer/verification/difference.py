"""Where an item of a briefing differs from what the text makes of it."""

from __future__ import annotations

from summarizer.check.case import Case, because, tidy
from summarizer.item import Actor, Cause, Claim, Event, Item, Rationale
from summarizer.language.folding import Folded
from summarizer.record import Reason
from summarizer.verification.result import brief_of, shown

# Trimmed twice, by the check and by us.
_TRIMMED = {"time", "name", "place"}


def differences(case: Case, item: Item, made: Item) -> list[Reason]:
    """Each part of `item` that is not as in `made`, which the rules of the check give for it."""
    reasons = _evidence(case, item, made)
    # The verdict is on the evidence, so on other evidence it is another one.
    names = [name for name in type(item).model_fields if name != "evidence" and not (reasons and name == "verdict")]
    for name in names:
        told, true = getattr(item, name), getattr(made, name)
        if not _same(name, told, true):
            quoted = _quotation(case, item) if isinstance(item, Rationale) and name == "quotation" else []
            reasons += quoted or because(name, f"By the source it is {shown(true)}, not {shown(told)}.")
    return reasons


def _same(name: str, told: object, true: object) -> bool:
    if told == true:
        return True
    if not isinstance(told, str) or not isinstance(true, str):
        return False
    if name in _TRIMMED:
        return tidy(told) == tidy(true)
    # The check puts the `to` or `in` of the quotation back in front of a reason, and would do so again.
    return name == "reason" and told.strip(" ,") in (true, true.partition(" ")[2])


def _evidence(case: Case, item: Item, made: Item) -> list[Reason]:
    told, true = ([each.sentence for each in each_item.evidence] for each_item in (item, made))
    if told == true or (isinstance(item, Actor) and _stands(case, item, told)):
        return []
    claim = claimed(item)
    lacking = case.support.objections(claim, _joined(case, told)) if claim else []
    return lacking or because("evidence", f"By the source it rests on {_named(true)}, not on {_named(told)}.")


def _stands(case: Case, actor: Actor, numbers: list[int]) -> bool:
    """Whether an actor may rest on this sentence: it has the name, and what the part asks for.

    Of several such sentences the check takes the first for the name as the model gave it, which we do not know.
    """
    if len(numbers) != 1 or not case.exists(numbers[0]):
        return False
    number = numbers[0]
    found = Folded(case.text(number)).find(last_word(actor.name))
    named = found is not None and not case.document.sentence(number).title
    if actor.part in ("acted", "affected"):
        return named and number in case.event_sentences() | set(case.neighbours())
    return named and (actor.part == "mentioned" or number in case.speakers.speaking(actor.name))


def last_word(name: str) -> str:
    """The word of a name that every mention of it has, without its possessive."""
    return "".join(name.split()[-1:]).removesuffix("'s").removesuffix("’s")


def _quotation(case: Case, item: Rationale) -> list[Reason]:
    """What is wrong with calling these words a quotation of this speaker."""
    return list(case.quoting.find(item.quotation.text, item.speaker).objections) if item.quotation else []


def claimed(item: Item) -> str | None:
    """What an item claims in a sentence; None where it is no claim."""
    return item.statement if isinstance(item, Claim | Event | Cause) else None


def empty(item: Item) -> list[Reason]:
    """An item that says nothing is supported by anything."""
    said = item.reason if isinstance(item, Rationale) else brief_of(item)
    return [] if any(map(str.isalnum, said)) else because("empty", "It says nothing.")


def _joined(case: Case, numbers: list[int]) -> str:
    return "\n".join(case.text(number) for number in numbers if case.exists(number))


def _named(numbers: list[int]) -> str:
    return ", ".join(f"S{number}" for number in numbers) or "nothing"
