"""Numbers in a text, in digits and in words."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.language.lexicon import Lexicon

_CURRENCIES = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen"}
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
PERCENT = "%"
ORDINAL = "th"
_LONGEST = 10
_FEWEST = 4
"""`3` is no `third`, but `Sept. 24` is `the 24th`."""


@dataclass(frozen=True, slots=True)
class Number:
    """A value and its unit: `%`, a currency, `th` where it is the place in an order, or nothing."""

    value: float
    unit: str

    @property
    def ordinal(self) -> bool:
        return self.unit == ORDINAL

    def same(self, other: Number) -> bool:
        """Whether the two can be one number: equal values, and units that do not contradict each other."""
        units = {self.unit, other.unit}
        fit = len(units) == 1 or ("" in units and not (ORDINAL in units and self.value < _FEWEST))
        return fit and math.isclose(self.value, other.value, rel_tol=1e-9, abs_tol=1e-9)

    def __str__(self) -> str:
        shown = f"{self.value:,.4f}".rstrip("0").rstrip(".")
        if not self.unit and 1000 <= self.value < 2200:  # most likely a year
            return shown.replace(",", "")
        unusual = {PERCENT: f"{shown}%", "": shown, ORDINAL: f"{shown} (of an order)"}
        return unusual.get(self.unit, f"{shown} {self.unit}")


class NumberReader:
    """Finds numbers in a text that was split into `texts`, which stand at `places`."""

    def __init__(self, texts: Sequence[str], places: Sequence[re.Match[str]], lexicon: Lexicon) -> None:
        self._texts = texts
        self._places = places
        self._lexicon = lexicon

    def at(self, index: int) -> tuple[Number | None, int]:
        """The number that begins here, with its magnitude and unit, and how many of the texts it takes."""
        text = self._texts[index]
        word = self._lexicon.word(text)
        if not word.counts:
            return None, 1
        if any(map(str.isdigit, text)):
            number, end = _in_digits(text), index + 1
        elif word.value is not None:
            number, end = self._in_words(index)
        elif "ordinals" in word.lists:
            return Number(self._lexicon.ordered("ordinals").index(word.text) + 1.0, ORDINAL), 1
        else:
            return None, 1
        if number is None:
            return None, 1
        number, end = self._with_unit(number, end)
        return number, end - index

    def _word(self, index: int) -> str:
        return self._lexicon.word(self._texts[index]).text if index < len(self._texts) else ""

    def _in_words(self, index: int) -> tuple[Number | None, int]:
        """The longest run of words that is one number, `two hundred and five`, and where it ends."""
        words: list[str] = []
        number, end = None, index + 1
        for at in range(index, min(index + _LONGEST, len(self._texts))):
            word = self._lexicon.word(self._texts[at])
            if word.value is None and not (words and "number_joints" in word.lists):
                break
            words.append(word.text)
            value = self._lexicon.value(" ".join(words)) if len(words) > 1 else word.value
            if value is not None:
                number, end = Number(value, ""), at + 1
        return number, end

    def _with_unit(self, number: Number, end: int) -> tuple[Number, int]:
        """The number with the magnitude, percent or currency that follows, and where they end: `4.2 billion dollars`,
        `4.2bn`, `12 percent`."""
        value, unit = number.value, number.unit
        while magnitude := self._magnitude(end):
            value, end = value * magnitude, end + 1
        currency = self._lexicon.map("currencies").get(self._word(end))
        if not unit and (used := self._percent(end)):
            unit, end = PERCENT, end + used
        elif currency and unit in ("", currency):
            unit, end = currency, end + 1
        return Number(round(value, 6), unit), end

    def _percent(self, index: int) -> int:
        """How many words for `percent` stand here."""
        if self._word(index) in self._lexicon.words("percent"):
            return 1
        phrases = map(str.split, self._lexicon.patterns("percent_phrases"))
        return next((len(each) for each in phrases if each == [self._word(index + n) for n in range(len(each))]), 0)

    def _magnitude(self, index: int) -> float | None:
        """`4.2 bn` is 4.2 billion; a single letter must stand close to its digits: `4.2m`."""
        word = self._word(index)
        found = self._lexicon.map("magnitudes").get(word)
        if not found or (len(word) == 1 and self._places[index - 1].end() != self._places[index].start()):
            return None
        return float(found)


def _in_digits(text: str) -> Number | None:
    """`1,300` and `1.300.000` are whole, `6.75` and `6,75` are not; `9:50` is the time of day, 950."""
    if ordinal := _ORDINAL.fullmatch(text):
        return Number(float(ordinal[1]), ORDINAL)
    unit = _CURRENCIES.get(text[0], PERCENT if text.endswith(PERCENT) else "")
    digits = text.strip("$€£¥%")
    parts = re.split(r"[.,]", digits.replace(":", ""))
    try:
        grouped = len(parts) > 1 and all(len(part) == 3 for part in parts[1:])
        decimal = parts[0] == "0" or ("." in digits and len(parts) == 2)
        whole = grouped and not decimal
        value = float("".join(parts)) if whole or len(parts) == 1 else float("".join(parts[:-1]) + "." + parts[-1])
    except ValueError:
        return None
    return Number(value, unit)
