"""Capital letters that mark no name: German writes every noun with one.

Only a language with a list `nouns` has such capitals; in all others a capital means what it meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.language.lexicon import Lexicon

_GIVEN = frozenset({"female_names", "male_names"})
_NAMES = _GIVEN | {"weekdays", "months"}
_NEAR = 3
"""How many words before a noun its `eine` or `keine` may stand: `keine gültigen Papiere`."""
_LONGER = 3
"""How much longer than its ending or its last part a word must be at least."""


def common_noun(texts: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    """Whether the capitalised word `texts[at]` is a noun like others, as far as that can be told: it is listed, it has
    the ending of one, it ends with one as compounds do, or it is counted. What the lists know for a name, what follows
    a first name, and what is in capitals throughout, stays a name; `Bauer` is one where no article stands before."""
    if not lexicon.words("nouns") or (len(texts[at]) > 1 and texts[at].isupper()):
        return False
    word = lexicon.word(texts[at])
    before = lexicon.word(texts[at - 1]).lists if at else frozenset()
    if not word.lists.isdisjoint(_NAMES) or not before.isdisjoint(_GIVEN):
        return False
    if "surnames" in word.lists:
        return not before.isdisjoint({"articles", "counting"})
    if any(word.text in lexicon.map(name) for name in ("demonyms", "within", "abbreviations")):
        return False
    if "nouns" in word.lists or word.meanings or _ends_as_noun(word.text, lexicon):
        return True
    return _is_counted(texts[max(at - _NEAR, 0) : at], lexicon)


def _ends_as_noun(word: str, lexicon: Lexicon) -> bool:
    endings = lexicon.words("noun_endings", "noun_heads")
    return any(word[-length:] in endings for length in range(2, len(word) - _LONGER + 1))


def _is_counted(before: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a number, `eine` or `keine` stands before, with nothing but small words between."""
    for text in reversed(before):
        word = lexicon.word(text)
        if "counting" in word.lists or word.value is not None or text.isdecimal():
            return True
        if not text[:1].islower() or word.stop:
            return False
    return False
