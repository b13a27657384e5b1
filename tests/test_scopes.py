"""Which words of a sentence are negated, and which are hedged and how."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.check.facts import Facts
from summarizer.language.lexicon import lexicon

ENGLISH = lexicon("en")
WORDS = [
    "not",
    "no",
    "never",
    "to",
    "if",
    "may",
    "is",
    "from",
    "kept",
    "the",
    "closed",
    ",",
    ".",
    "deny",
    "12",
    "Ledbury",
]


def negated(text: str) -> set[str]:
    facts = Facts(text, ENGLISH)
    return {facts.tokens[place].text for place in facts.scopes.negations if facts.scopes.negated(place)}


def hedged(text: str) -> set[tuple[str, str]]:
    facts = Facts(text, ENGLISH)
    return {(facts.tokens[place].text, each.kind) for place, found in facts.scopes.hedges.items() for each in found}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The mayor did not resign.", "resign"),
        ("The mayor didn't resign.", "resign"),
        ("The mayor never resigned.", "resigned"),
        ("The mayor has yet to resign.", "resign"),
        ("The mayor refused on Monday to resign.", "resign"),
        ("The mayor failed to resign.", "resign"),
        ("The mayor denied that she had resigned.", "resigned"),
        ("The mayor rejected the claim that she lied.", "lied"),
        ("The mayor was kept from leaving.", "leaving"),
        ("The mayor stayed rather than resign.", "resign"),
        ("It is not true that the mayor resigned.", "resigned"),
        ("The divers found no weapons.", "found"),
        ("No weapons were found.", "found"),
        ("The contracts were not, he said.", "contracts"),
    ],
)
def test_a_negation_reaches_its_word(text: str, word: str) -> None:
    assert word in negated(text)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor resigned.",
        "Not only dockers went home.",
        "The mayor rejected an offer.",
        "The yard failed twice.",
        "The denial came late.",
    ],
)
def test_what_looks_like_a_negation_negates_nothing(text: str) -> None:
    assert negated(text) == set()


def test_a_negation_ends_with_its_clause() -> None:
    assert negated("The mayor denied that she lied, but the clerk resigned.") == {"lied"}


def test_two_negations_make_none() -> None:
    assert "resigned" not in negated("The mayor denied that she had not resigned.")


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("The dam may break.", "break", "possible"),
        ("The dam reportedly burst.", "burst", "alleged"),
        ("The clerk is accused of stealing stamps.", "stealing", "alleged"),
        ("The council ordered the army to leave.", "leave", "wanted"),
        ("The council plans to close the mill.", "close", "planned"),
        ("The mill is to close.", "close", "planned"),
        ("The mill will close.", "close", "future"),
        ("If the dam breaks, the mill closes.", "breaks", "conditional"),
        ("If the dam breaks, the mill closes.", "closes", "conditional"),
        ("The mill closes if the dam breaks.", "closes", "conditional"),
        ("Should it drop the tax, the mill closes.", "closes", "conditional"),
    ],
)
def test_a_hedge_reaches_its_word(text: str, word: str, kind: str) -> None:
    assert (word, kind) in hedged(text)


@pytest.mark.parametrize(
    "text",
    [
        "The mill closed.",
        "The mill was closed on Monday.",
        "In May the mill closed.",
        "The driver is to blame.",
        "The order reached the mill.",
    ],
)
def test_what_looks_like_a_hedge_hedges_nothing(text: str) -> None:
    assert hedged(text) == set()


@given(st.lists(st.sampled_from(WORDS)))
def test_every_scope_lies_in_the_text(words: list[str]) -> None:
    facts = Facts(" ".join(words), ENGLISH)
    places = {*facts.scopes.negations, *facts.scopes.hedges}
    assert places <= set(range(len(facts.tokens)))
