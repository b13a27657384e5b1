"""The names of a document: their fullest forms, whether they are persons, and the roles beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from summarizer.check.speech import name_pattern
from summarizer.language.folding import fold
from summarizer.language.lexicon import Lexicon

_LONGEST_ROLE = 90
_BEFORE = 80
_LONGEST_KIN = 3
"""Words of `his son Mika`."""
_BORN = re.compile(r"-(?:born|based)$")
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")


class People:
    """The names in the sentences of a document, whose quotations are blanked out."""

    def __init__(self, text: str, sentences: Iterable[str], lexicon: Lexicon) -> None:
        self._text = text
        self._sentences = sentences
        self._lexicon = lexicon
        self._name = name_pattern(lexicon)
        self._roles: dict[str, str | None] = {}
        self._bare: dict[str, str] = {}
        self._full: dict[str, str] = {}

    def names_in(self, text: str) -> list[str]:
        """The names in a text, as written; not the words that are capitalised only at the beginning of sentences."""
        return [match[0] for match in self._name.finditer(text) if _last(self.bare(match[0])) in self._capitalised]

    def is_name(self, words: str) -> bool:
        """Whether the words are capitalised as a name is."""
        return self._name.fullmatch(words) is not None

    def is_known(self, name: str) -> bool:
        """Whether it is a name, and not only a word that begins a sentence."""
        return self.is_name(name) and _last(name) in self._capitalised

    def is_person(self, name: str) -> bool:
        """Whether a name is a person's, as far as its first name and the article before it elsewhere tell."""
        bare = self.bare(name)
        if not self.is_name(bare) or bare.split()[0] == "The" or self._is_common(bare):
            return False
        if self._is_no_name(bare):
            return False
        full = self.full(bare)
        given = fold(full.split()[0])
        known = given in self._lexicon.words("female_names", "male_names")
        known = (known and " " in full) or bool(self._titles.get(_last(full)))
        return (known and (" " not in full or full not in self._with_article)) or bare not in self._with_article

    def _is_no_name(self, words: str) -> bool:
        """`Nobody`, `THE WHOLE STORY`, `Monday`, and the `S.` of `U.S.`"""
        last = fold(_last(words))
        listed = last in self._lexicon.words("indefinite", "weekdays", "months")
        return listed or len(last.rstrip(".")) < 2 or (words.isupper() and " " in words)

    def _is_common(self, word: str) -> bool:
        """Whether a word is capitalised for no other reason than that it begins a sentence, as far as that shows."""
        return word not in self._capitalised and (word.endswith(("s", "ing", "ed", "ly")) or fold(word) in self._leads)

    def full(self, name: str) -> str:
        """The longest name that ends with the last word of `name`, titles left out; `name` itself where it is none."""
        if name not in self._full:
            self._full[name] = self._longest(self.bare(name))
        return self._full[name]

    def _longest(self, bare: str) -> str:
        if not self.is_name(bare):
            return bare
        words = bare.split()
        if words[0] == "The" and " ".join(words[1:]) in self._with_article:
            words = words[1:]
        bare = " ".join(words)
        forms = self._forms.get(_last(bare), ())
        return max((form for form in forms if bare in form or len(words) == 1), key=_length, default=bare)

    def bare(self, name: str) -> str:
        """A name without what stands before it: `Defense Secretary Lloyd Austin` is Lloyd Austin."""
        if name not in self._bare:
            self._bare[name] = self._stripped(_POSSESSIVE.sub("", name).split())
        return self._bare[name]

    def _stripped(self, words: list[str]) -> str:
        if not self.is_name(words[-1]) or any(word in self._joints for word in words):
            return " ".join(words)
        titles = [index for index, word in enumerate(words[:-1]) if self.is_title(word) or _BORN.search(word)]
        words = words[titles[-1] + 1 :] if titles else words
        while len(words) > 1 and words[0][0].isupper() and self._leads_up(words[0]):
            words = words[1:]
        return " ".join(words)

    def _leads_up(self, word: str) -> bool:
        """Whether a word before a name is no part of it: `Father-of-three`, the agency of a picture's caption."""
        folded = fold(word)
        described = "-" in word and not self._joints.isdisjoint(folded.split("-"))
        return folded in self._leads or described or (word.isupper() and folded in self._lexicon.words("agencies"))

    def is_title(self, word: str) -> bool:
        return fold(word).rstrip(".") in self._lexicon.words("titles")

    def gender(self, name: str) -> str | None:
        """`female` or `male`, where the titles before the name or its first name tell."""
        full = self.full(name)
        titles = self._titles.get(_last(full), set()) | {fold(word).rstrip(".") for word in name.split()[:-1]}
        given = fold(full.split()[0])
        for gender in ("female", "male"):
            if titles & self._lexicon.words(gender):
                return gender
        genders = [gender for gender in ("female", "male") if given in self._lexicon.words(f"{gender}_names")]
        return genders[0] if len(genders) == 1 else None

    def described(self, phrase: str) -> str | None:
        """The one person who has the title that ends a phrase such as `the senator`; None if that is not certain."""
        words = [fold(word) for word in phrase.split()]
        if len(words) < 2 or words[0] != "the" or words[-1] not in self._lexicon.words("offices"):
            return None
        named = self._titled.get(words[-1], set())
        return next(iter(named)) if len(named) == 1 else None

    def role(self, name: str) -> str | None:
        """What stands beside the full name: `Mia Berg, the harbour director,` or `harbour director Mia Berg`."""
        if name not in self._roles:
            self._roles[name] = self._role(name)
        return self._roles[name]

    def _role(self, name: str) -> str | None:
        for match in re.finditer(rf"\b{re.escape(name)}\b", self._text):
            if role := self._role_at(self._text, match.start(), match.end()):
                return role
        return None

    def _role_at(self, text: str, start: int, end: int) -> str | None:
        before, after = text[max(start - _BEFORE, 0) : start], text[end : end + _LONGEST_ROLE + 20]
        return self._title_before(before) or self._apposition(after)

    @cached_property
    def _joints(self) -> frozenset[str]:
        """Small words that no name has: `the family of Mia Berg` is none."""
        closed = self._lexicon.map("closed")
        joints = {word for tag in "dpT" for word in str(closed.get(tag, "")).split()}
        return frozenset(joints) - self._lexicon.words("name_particles")

    @cached_property
    def _leads(self) -> frozenset[str]:
        """The words that may begin a sentence or stand before a name, and are no part of it."""
        closed = {word for each in self._lexicon.map("closed").values() for word in each.split()} - {"the"}
        return self._lexicon.words("name_leads") | closed

    @cached_property
    def _found(self) -> list[tuple[str, re.Match[str]]]:
        """Each sentence with each of its names."""
        return [(sentence, match) for sentence in self._sentences for match in self._name.finditer(sentence)]

    @cached_property
    def _names(self) -> list[tuple[str, bool]]:
        """Each name as written, and whether an article stands before it."""
        return [
            (_POSSESSIVE.sub("", match[0]), sentence[: match.start()].endswith(("the ", "The ")))
            for sentence, match in self._found
        ]

    @cached_property
    def _capitalised(self) -> frozenset[str]:
        """The last words of names that are not there only because a sentence begins with them."""
        found = {_last(self.bare(match[0])) for _, match in self._found if " " in match[0] or match.start() > 0}
        no_names = self._leads | {"the"}
        return frozenset(word for word in found if fold(word) not in no_names)

    @cached_property
    def _forms(self) -> dict[str, list[str]]:
        """The names without titles, by their last words."""
        forms: dict[str, dict[str, None]] = defaultdict(dict)
        for name, _ in self._names:
            bare = self.bare(name)
            forms[_last(bare)][bare] = None
        return {last: list(names) for last, names in forms.items()}

    @cached_property
    def _titles(self) -> dict[str, set[str]]:
        """The titles that stand before each last word of a name."""
        titles: dict[str, set[str]] = defaultdict(set)
        for name, _ in self._names:
            words = name.split()
            titles[_last(name)].update(fold(word).rstrip(".") for word in words[:-1] if self.is_title(word))
        return titles

    @cached_property
    def _titled(self) -> dict[str, set[str]]:
        """The persons that have a title, by that title."""
        titled: dict[str, set[str]] = defaultdict(set)
        for sentence, match in self._found:
            full = self.full(match[0])
            words = f"{match[0]} {self._role_at(sentence, match.start(), match.end()) or ''}".split()
            for word in {fold(word).rstrip(".") for word in words} & self._lexicon.words("offices"):
                titled[word].add(full)
        return titled

    @cached_property
    def _with_article(self) -> frozenset[str]:
        """The names, and the beginnings of names, that somewhere have an article before them."""
        found: set[str] = set()
        for name, article in self._names:
            words = name.split()
            if words[0] == "The" and len(words) > 1:
                words, article = words[1:], True
            if article:
                found.update(" ".join(words[: length + 1]) for length in range(len(words)))
        return frozenset(found)

    def _apposition(self, text: str) -> str | None:
        match = re.match(r",\s(?P<role>[^,.;:()\"“”\x00]{3,}?)(?=[,.;]|\s\()", text)
        if match is None or len(match["role"]) > _LONGEST_ROLE:
            return None
        words = match["role"].split()
        first = fold(words[0])
        if first in self._lexicon.words("conjunctions") or first in self._lexicon.words("not_subjects"):
            return None
        if self._names_another(words):
            return None
        has_title = any(self.is_title(word) for word in words)
        return match["role"].strip() if has_title or first in self._lexicon.words("articles") else None

    def _names_another(self, words: list[str]) -> bool:
        """Whether words behind a name are somebody else of a row, `his son Mika`, and not `mayor of Sorvik`."""
        if len(words) < 2 or len(words) > _LONGEST_KIN or not words[-1][0].isupper() or not words[-2].islower():
            return False
        return self._lexicon.word(fold(words[-2])).lists.isdisjoint(("prepositions", "articles"))

    def _title_before(self, text: str) -> str | None:
        words = re.findall(r"[^\s,;:()]+|[,;:()\n]", text)
        if not words or not self.is_title(words[-1]) or self._ends_sentence(words[-1]):
            return None
        begin = len(words) - 1
        while begin > 0 and self._belongs_to_title(words[begin - 1]):
            begin -= 1
        role = " ".join(words[begin:])
        return role if fold(role).rstrip(".") not in self._lexicon.words("shortened") | {"mr", "mrs", "ms"} else None

    def _ends_sentence(self, word: str) -> bool:
        """Whether a title has the stop of a sentence, and not that of `Gen.`"""
        return word.endswith(".") and fold(word).rstrip(".") not in self._lexicon.words("shortened")

    def _belongs_to_title(self, word: str) -> bool:
        folded = fold(word)
        known = self.is_title(word) or folded in self._lexicon.words("title_words")
        return known or (word[0].isupper() and folded not in self._lexicon.words("stopwords"))


def _last(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1]


def _length(name: str) -> int:
    return len(name.split())
