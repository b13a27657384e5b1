"""Searching text without regard to how it is typed: what is found is told by where it stands unfolded."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.language.folding import Folded, fold


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("He said “No.” twice", '"no."', "“No.”"),
        ("the  ﬁrst\n floor", "first floor", "ﬁrst\n floor"),
        ("co\u00adoperate now", "cooperate", "co\u00adoperate"),
        ("  blanks before", "blanks", "blanks"),
        ("Straße frei", "strasse frei", "Straße frei"),
        ("plain words", "words", "words"),
    ],
)
def test_words_are_found_where_they_stand_however_long_they_are_folded(text: str, words: str, found: str) -> None:
    span = Folded(text).find(words)
    assert span is not None
    assert span.of(text) == found


def test_a_part_of_a_word_is_not_found() -> None:
    assert Folded("workshop").find("work") is None


@given(st.text(alphabet="aB \n“’ﬁß\u00ad—é.", max_size=30), st.data())
def test_what_is_found_folds_to_what_was_looked_for(text: str, data: st.DataObject) -> None:
    text = unicodedata.normalize("NFC", text)
    words = text[data.draw(st.integers(0, len(text))) :]
    span = Folded(text).find(words)
    if span is not None:
        assert fold(span.of(text)) == fold(words)
