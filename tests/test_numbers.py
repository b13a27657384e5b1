"""Numbers in digits and in words, with their magnitudes and units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.check.facts import Facts
from summarizer.language.lexicon import lexicon
from summarizer.language.numbers import Number

ENGLISH = lexicon("en")


def read(text: str) -> list[Number]:
    return [token.number for token in Facts(text, ENGLISH).numbers if token.number]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12 boats", 12, ""),
        ("twelve boats", 12, ""),
        ("Twelve boats", 12, ""),
        ("a dozen boats", 12, ""),
        ("twenty-one boats", 21, ""),
        ("two hundred and five boats", 205, ""),
        ("1,300 boats", 1300, ""),
        ("1.300.000 boats", 1_300_000, ""),
        ("6.75 metres", 6.75, ""),
        ("6,75 metres", 6.75, ""),
        ("0.125 metres", 0.125, ""),
        ("at 9:50", 950, ""),
        ("four million boats", 4_000_000, ""),
        ("4.2 million boats", 4_200_000, ""),
        ("4.2bn boats", 4_200_000_000, ""),
        ("4.2 bn boats", 4_200_000_000, ""),
        ("4.2 billion boats", 4_200_000_000, ""),
        ("3 mn boats", 3_000_000, ""),
        ("3tn", 3_000_000_000_000, ""),
        ("3 tn", 3_000_000_000_000, ""),
        ("5k boats", 5000, ""),
        ("5m boats", 5_000_000, ""),
        ("$5", 5, "dollar"),
        ("5 dollars", 5, "dollar"),
        ("$4.2bn", 4_200_000_000, "dollar"),
        ("$4.2 billion dollars", 4_200_000_000, "dollar"),
        ("€3m", 3_000_000, "euro"),
        ("three million euros", 3_000_000, "euro"),
        ("£7", 7, "pound"),
        ("12%", 12, "%"),
        ("12 %", 12, "%"),
        ("12 percent", 12, "%"),
        ("12 per cent", 12, "%"),
        ("twelve per cent", 12, "%"),
        ("first", 1, "th"),
        ("21st", 21, "th"),
        ("the 3rd boat", 3, "th"),
    ],
)
def test_a_number_has_one_value_however_it_is_written(text: str, value: float, unit: str) -> None:
    assert read(text) == [Number(value, unit)]


@pytest.mark.parametrize("text", ["5 m of rope", "5 k of it", "5 b of it"])
def test_a_single_letter_after_a_blank_is_no_magnitude(text: str) -> None:
    assert read(text) == [Number(5, "")]


@pytest.mark.parametrize("text", ["", "boats", "per cent", "and", "%", "$", "billion-strong"[7:]])
def test_other_words_and_marks_are_no_numbers(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("$5", "5"), ("12%", "12"), ("24th", "24"), ("five", "5"), ("$4.2bn", "4.2 billion dollars"), ("9" * 400,) * 2],
)
def test_equal_values_with_units_that_agree_are_the_same(one: str, other: str) -> None:
    assert read(one)[0].same(read(other)[0])
    assert read(other)[0].same(read(one)[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [("$5", "€5"), ("12%", "$12"), ("3rd", "3"), ("5", "6"), ("4.2 billion", "4.2 million"), ("4.2", "42")],
)
def test_other_values_or_units_are_not_the_same(one: str, other: str) -> None:
    assert not read(one)[0].same(read(other)[0])
    assert not read(other)[0].same(read(one)[0])


@given(st.integers(0, 999_999_999))
def test_a_whole_number_is_read_back_with_and_without_groups(value: int) -> None:
    assert read(f"{value} boats") == [Number(value, "")]
    assert read(f"{value:,} boats") == [Number(value, "")]
    assert read(f"{Number(value, '')} boats") == [Number(value, "")]


@given(st.integers(1, 9999), st.sampled_from(["bn", " bn", " billion", "mn", " mn", " million", " tn", "tn"]))
def test_a_magnitude_multiplies(value: int, magnitude: str) -> None:
    factor = {"b": 1e9, "m": 1e6, "t": 1e12}[magnitude.strip()[0]]
    assert read(f"{value}{magnitude} stamps") == [Number(value * factor, "")]
