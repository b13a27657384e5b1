"""The wordings that a text has for places, causes and the time of the news."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.document import Document
from summarizer.language import places, times
from summarizer.language.lexicon import lexicon
from summarizer.language.reasons import clauses, sureness
from summarizer.view import View

ENGLISH = lexicon("en")
PUBLISHED = date(2026, 3, 11)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Warplanes struck a compound outside the border town of Hazmet on Tuesday.", ["border town of Hazmet"]),
        ("The port of Halden in Norway closed its terminal.", ["Halden in Norway"]),
        ("A blast at the Corvane refinery in Port Ansley killed three.", ["Corvane refinery in Port Ansley"]),
        ("It happened near Velin, Dovrania, late on Monday.", ["Velin, Dovrania"]),
        ("Police closed the road on Orlu Street.", ["Orlu Street"]),
        ("They met in northern Dovrania and in Velin.", ["northern Dovrania", "Velin"]),
        ("Crews went to the scene near the Orlu commuter train stop.", ["Orlu commuter train stop"]),
        ("Three were hurt in a tram accident in south Velin.", ["south Velin"]),
        ("They camped in a town near the border of Dovrania.", ["border of Dovrania"]),
        ("Tram Derails in Corrin, Near Velin, Killing at Least 7", ["Corrin, Near Velin"]),
        ("The race at Orlu That was the last one in Corrin The crowd", ["Orlu", "Corrin"]),
    ],
)
def test_a_place_is_what_stands_after_a_word_for_places(text: str, wanted: list[str]) -> None:
    assert list(places.expressions(text, ENGLISH)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The attack in German waters came at dawn.",
        "Three were killed in Taliban custody.",
        "It was published in May and on Tuesday.",
        "He played in the World Series.",
        "They scored off Bryan Shaw and on Chapman.",
        "A crowd of Ashkarians stood around.",
        "He said it at Anna Berg.",
    ],
)
def test_what_is_no_place_is_none(text: str) -> None:
    assert list(places.expressions(text, ENGLISH)) == []


def test_a_language_without_the_words_has_no_places() -> None:
    assert not places.known(lexicon("pl"))
    assert list(places.expressions("Pożar w Gdańsku.", lexicon("pl"))) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The port closed after a crane collapsed, officials said.", ["after a crane collapsed"]),
        (
            "They struck in retaliation for an ambush three days earlier.",
            ["in retaliation for an ambush three days earlier"],
        ),
        ("The rate rose because wages did.", ["because wages did"]),
        ('The group called it a "revenge attack" for a raid on Velin.', ['"revenge attack" for a raid on Velin']),
    ],
)
def test_a_cause_goes_from_its_cue_to_the_end_of_the_clause(text: str, wanted: list[str]) -> None:
    assert list(clauses(text, ENGLISH))[:1] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "It closed after more than a century of work.",
        "Nobody has won since 1908.",
        "He asked not to be named because he was not authorized to discuss the operation.",
        "The port closed its terminal.",
        "It was the first time since their opening at the old mill in 2019.",
        "The office opened as their headquarters in the south.",
        "She spoke as one of three guests from Velin.",
        "He was due to get married in spring.",
        "The tram was full when it tipped over.",
        "They acted to hold back a rocket attack that was hours away.",
    ],
)
def test_what_only_says_when_or_why_somebody_is_not_named_is_no_cause(text: str) -> None:
    assert list(clauses(text, ENGLISH)) == []


@pytest.mark.parametrize(
    ("clause", "place"),
    [("because wages did", 0), ("'revenge' attack", 0), ("to prevent a flood", 1), ("after a fire", 2), ("a fire", 3)],
)
def test_what_begins_a_clause_says_how_surely_it_gives_a_cause(clause: str, place: int) -> None:
    assert sureness(clause, ENGLISH) == place


@given(st.text(max_size=300))
def test_wordings_are_pieces_of_the_text(text: str) -> None:
    plain = " ".join(text.split())
    for found in (*places.expressions(plain, ENGLISH), *clauses(plain, ENGLISH)):
        assert found
        assert found in plain


@pytest.mark.parametrize("text", ["on Tuesday", "today", "March 9", "at 6.10am", "11:30pm local time", "on Friday"])
def test_days_around_that_of_publication_and_times_of_day_are_near(text: str) -> None:
    assert list(times.expressions(text, ENGLISH)) == [text]
    assert times.near(text, PUBLISHED, ENGLISH)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It happened during the rush hour on Tuesday morning.", ["on Tuesday morning"]),
        ("She sat in the sun, and that may help.", []),
        ("It stood in USA TODAY.", []),
        ("PORT SHUT TODAY AFTER STORM.", ["TODAY"]),
        ("He left two hours after midnight.", ["two hours after midnight"]),
    ],
)
def test_a_wording_of_time_is_no_verb_no_name_and_no_hour_before_it(text: str, wanted: list[str]) -> None:
    assert list(times.expressions(text, ENGLISH)) == wanted


@pytest.mark.parametrize("text", ["in 1908", "last year", "in May 2024", "September 30, 1997"])
def test_other_days_are_not(text: str) -> None:
    assert not times.near(text, PUBLISHED, ENGLISH)
    assert not times.may_be_near(text, PUBLISHED, ENGLISH)


def test_what_cannot_be_resolved_may_be_near_unless_it_is_open_at_an_end() -> None:
    assert times.may_be_near("in June", None, ENGLISH)
    assert not times.may_be_near("since Monday", None, ENGLISH)


def test_a_view_offers_the_near_times_alone_where_there_are_any() -> None:
    document = Document.of("The port closed on Tuesday. It was built in 1908 and widened in May 2024.")
    shown = View.of(document, PUBLISHED)
    assert [shown.times(each) for each in shown.sentences] == [("on Tuesday",), ()]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sunday's race", ["Sunday"]),
        ("in Sunday's race", ["Sunday"]),
        ("on Sunday, Nov. 13, 2016", ["on Sunday, Nov. 13, 2016"]),
        ("for the first time on Thursday", ["on Thursday"]),
        ("at around 11pm local time on Thursday evening", ["at around 11pm local time on Thursday evening"]),
    ],
)
def test_times_are_whole_wordings(text: str, wanted: list[str]) -> None:
    assert list(times.expressions(text, ENGLISH)) == wanted
