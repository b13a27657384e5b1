"""Addresses and symbols: a link or an emoji in the claim is in the evidence, character for character."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from summarizer.check.rules.comparison import Comparison
from summarizer.record import Reason

_SYMBOLS = frozenset({"So", "Sk", "Cs", "Co"})
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|www\.|mailto:)[^\s)\]>\"”]+"
    r"|[\w.+-]+@[\w-]+\.\w+"
    r"|\b(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s)\]]*)?",
    re.IGNORECASE,
)


def addresses(comparison: Comparison) -> Iterator[Reason]:
    for match in _ADDRESS.finditer(comparison.claim.text):
        if match[0].rstrip(".,;") not in comparison.evidence.text:
            yield Reason(code="address", explanation=f"The evidence does not have the address {match[0]}.")


def symbols(comparison: Comparison) -> Iterator[Reason]:
    if comparison.claim.text.isascii():
        return
    for character in dict.fromkeys(comparison.claim.text):
        if unicodedata.category(character) in _SYMBOLS and character not in comparison.evidence.text:
            yield Reason(code="symbol", explanation=f"The evidence does not have the symbol {character}.")
