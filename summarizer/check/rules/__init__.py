"""The rules of the check: each looks for one kind of thing that a claim says and its evidence does not.

A rule takes a `Comparison` and yields reasons, each with a code and an explanation; it can only object. Where no
rule objects, the evidence supports the claim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from summarizer.check.rules.addresses import addresses, symbols
from summarizer.check.rules.attribution import attribution
from summarizer.check.rules.bindings import bindings, directions
from summarizer.check.rules.causality import causality
from summarizer.check.rules.comparison import Comparison
from summarizer.check.rules.contrast import contrast
from summarizer.check.rules.edits import edits
from summarizer.check.rules.modality import modality
from summarizer.check.rules.names import names
from summarizer.check.rules.numbers import numbers
from summarizer.check.rules.order import order
from summarizer.check.rules.places import places
from summarizer.check.rules.polarity import polarity
from summarizer.check.rules.quantity import quantity
from summarizer.check.rules.roles import roles
from summarizer.check.rules.spread import spread
from summarizer.check.rules.times import times
from summarizer.check.rules.tolls import tolls
from summarizer.check.rules.verbs import verbs
from summarizer.check.rules.words import words
from summarizer.record import Reason

Rule = Callable[[Comparison], Iterator[Reason]]

RULES: tuple[Rule, ...] = (
    addresses,
    symbols,
    names,
    times,
    numbers,
    tolls,
    quantity,
    polarity,
    modality,
    edits,
    roles,
    places,
    bindings,
    directions,
    contrast,
    attribution,
    order,
    causality,
    words,
    verbs,
    spread,
)
