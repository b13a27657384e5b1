"""The word lists of a language: data, not code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

_MOST_STEMS = 50_000
_FOLDER = Path(__file__).parent / "words"


class Lexicon:
    """The lists of one language, from every file in its folder; empty ones where it has none."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._stems: dict[str, str] = {}
        self._lists: dict[str, Any] = {}
        for path in sorted((_FOLDER / language).glob("*.json")):
            self._lists.update(json.loads(path.read_text(encoding="utf-8")))

    def words(self, name: str) -> frozenset[str]:
        """The words of a list, folded."""
        return self._sets.get(name, frozenset())

    def ordered(self, name: str) -> list[str]:
        """The words of a list in the order of its file."""
        return str(self._lists.get(name, "")).split()

    def map(self, name: str) -> Mapping[str, Any]:
        """The values of a list that maps words to something."""
        found: Mapping[str, Any] = self._lists.get(name, {})
        return found

    def patterns(self, name: str) -> tuple[str, ...]:
        """The regular expressions of a list, for folded text."""
        return tuple(self._lists.get(name, ()))

    def stem(self, word: str) -> str:
        """The stem of a folded word; the word itself where the language has no stemmer."""
        if self._stemmer is None:
            return word
        if word not in self._stems:
            if len(self._stems) >= _MOST_STEMS:
                self._stems.clear()
            self._stems[word] = self._stemmer.stemWord(word)
        return self._stems[word]

    @cached_property
    def _sets(self) -> dict[str, frozenset[str]]:
        return {key: frozenset(value.split()) for key, value in self._lists.items() if isinstance(value, str)}

    @cached_property
    def _stemmer(self) -> Any:
        import snowballstemmer

        name = self._lists.get("stemmer")
        return snowballstemmer.stemmer(name) if name else None


@cache
def lexicon(language: str) -> Lexicon:
    return Lexicon(language)
