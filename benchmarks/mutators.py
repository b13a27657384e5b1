"""Lies made out of true claims: one mutator for each kind of lie.

A mutator takes a claim and a random generator and gives a claim that reads well and that the article does
not bear out, or None where it cannot be sure of one. `lies` gives all of them for a claim, always the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from random import Random

from benchmarks import certainty, figures, named, negation, quoted, roles, stance, swapped
from benchmarks.article import Claim

Mutator = Callable[[Claim, Random], Claim | None]

MUTATORS: dict[str, Mutator] = {
    "digit": figures.digit,
    "magnitude": figures.magnitude,
    "month": figures.month,
    "weekday": figures.weekday,
    "name": named.name,
    "place": named.place,
    "role reversed": roles.reverse_roles,
    "not dropped": negation.drop_not,
    "not added": negation.add_not,
    "hedge dropped": certainty.drop_hedge,
    "said for denied": stance.swap_denial,
    "plan for deed": stance.plan_as_deed,
    "verb swapped": swapped.swap_verb,
    "quotation spliced": quoted.splice,
    "quotation cut": quoted.cut,
    "wrong speaker": quoted.wrong_speaker,
    "sentence invented": named.invent,
    "other sentence": named.other_sentence,
}

_FOR_QUOTATIONS = ("quotation spliced", "quotation cut", "wrong speaker")


def lie(kind: str, claim: Claim) -> Claim | None:
    """The lie of one kind about a claim, if there is one; the same for the same claim at every run."""
    if claim.quoted != (kind in _FOR_QUOTATIONS):
        return None
    made = MUTATORS[kind](claim, Random(f"{kind}|{claim.text}"))
    return made if made != claim else None


def lies(claim: Claim, kinds: Iterable[str] | None = None) -> Iterator[tuple[str, Claim]]:
    for kind in kinds or MUTATORS:
        if made := lie(kind, claim):
            yield kind, made
