"""How a text says when, and which days that can mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.language.lexicon import lexicon
from summarizer.language.times import expressions, resolve

WEDNESDAY = date(2026, 3, 11)
EN = lexicon("en")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The ships left late on Tuesday and came back.", ["late on Tuesday"]),
        ("It opened on Jan. 5, 2023, with 22 years of service behind it.", ["on Jan. 5, 2023"]),
        ("Three days earlier he left; last month he came.", ["Three days earlier", "last month"]),
        ("It began at about 9:50 p.m. in the harbour.", ["at about 9:50 p.m."]),
        ("They may march to the gate.", []),
        ("A second strike, the third of its kind, hit 14 ships.", []),
    ],
)
def test_wordings_of_time_are_found_whole(text: str, found: list[str]) -> None:
    assert list(expressions(text, EN)) == found


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("on Tuesday", "2026-03-10", "2026-03-10"),
        ("Wednesday", "2026-03-11", "2026-03-11"),
        ("late on Thursday", "2026-03-05", "2026-03-05"),
        ("Tuesday morning", "2026-03-10", "2026-03-10"),
        ("yesterday", "2026-03-10", "2026-03-10"),
        ("earlier this evening", "2026-03-11", "2026-03-11"),
        ("last month", "2026-02-01", "2026-02-28"),
        ("this week", "2026-03-09", "2026-03-15"),
        ("in 2015", "2015-01-01", "2015-12-31"),
        ("in March 2024", "2024-03-01", "2024-03-31"),
        ("on Nov. 14, 2023", "2023-11-14", "2023-11-14"),
        ("two years ago", "2024-01-01", "2024-12-31"),
    ],
)
def test_what_is_certain_is_resolved(words: str, start: str, end: str) -> None:
    found = resolve(words, WEDNESDAY, EN)
    assert found is not None
    assert (str(found.start), str(found.end)) == (start, end)


@pytest.mark.parametrize(
    "words",
    ["three days earlier", "at 9:50 p.m.", "since January", "until Jan. 19", "three years", "next Tuesday", "soon"],
)
def test_what_is_not_certain_is_left_open(words: str) -> None:
    assert resolve(words, WEDNESDAY, EN) is None


def test_a_planned_weekday_lies_ahead() -> None:
    found = resolve("on Monday", WEDNESDAY, EN, future=True)
    assert found is not None
    assert found.start == date(2026, 3, 16)


def test_without_a_day_of_publication_only_full_dates_are_resolved() -> None:
    assert resolve("on Tuesday", None, EN) is None
    assert resolve("May 4", None, EN) is None
    found = resolve("May 4, 2025", None, EN)
    assert found is not None
    assert (found.start, found.anchored) == (date(2025, 5, 4), False)


@pytest.mark.parametrize("published", [date.min, date.max])
@pytest.mark.parametrize("words", ["on Sunday", "on Monday", "this week", "last month", "two years ago"])
@pytest.mark.parametrize("future", [False, True])
def test_at_the_ends_of_the_calendar_nothing_raises(published: date, words: str, future: bool) -> None:
    found = resolve(words, published, EN, future=future)
    assert found is None or found.start <= found.end


def test_before_the_first_day_there_is_no_sunday() -> None:
    assert resolve("on Sunday", date.min, EN) is None


@given(st.text())
def test_no_text_makes_it_raise_and_wordings_are_pieces_of_the_text(text: str) -> None:
    for found in expressions(text, EN):
        assert found in text
        resolve(found, WEDNESDAY, EN)
