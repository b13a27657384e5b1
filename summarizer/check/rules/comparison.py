"""What a rule looks at: a claim laid beside its evidence, and what the article knows of their words."""

from __future__ import annotations

from functools import cached_property

from summarizer.check.alignment import Alignment
from summarizer.check.article import Article
from summarizer.check.facts import Facts, Token
from summarizer.language.lexicon import Lexicon

_NEAR = 4
"""How many words behind an active verb what it is done to may stand."""


class Comparison(Alignment):
    """A claim beside its evidence."""

    def __init__(self, claim: Facts, evidence: Facts, article: Article, *, loose: bool = False) -> None:
        super().__init__(claim, evidence)
        self.article = article
        self.loose = loose
        """Whether the evidence may be sentences from anywhere in the article."""

    def same(self, token: Token, other: Token) -> bool:
        """Whether a word of the claim says what one of the evidence says; an acronym says its full form."""
        if self.article.same(token, other):
            return True
        if not (token.name or other.name):
            return False
        return self._spelled_out(token, other)

    def alike(self, token: Token) -> list[int]:
        content = self.evidence.content
        same = self.article.same_as(token)
        found = [index for index, other in enumerate(content) if same(other)]
        if token.word.text not in self.article.acronyms and not self._evidence_has_acronyms:
            return found
        named = (index for index, other in enumerate(content) if (token.name or other.name) and index not in found)
        return sorted([*found, *(index for index in named if self._spelled_out(token, content[index]))])

    @cached_property
    def _evidence_has_acronyms(self) -> bool:
        return not self.article.acronyms.keys().isdisjoint(self.evidence.words)

    def _spelled_out(self, token: Token, other: Token) -> bool:
        one, two = token.word.text, other.word.text
        spells = self.article.spells
        return spells(one, two, self.evidence) or spells(two, one, self.claim)

    @property
    def lexicon(self) -> Lexicon:
        return self.article.lexicon

    def is_claimed_name(self, token: Token) -> bool:
        """Whether a word of the claim names something, and does not merely begin a sentence."""
        return self.article.is_name(token)

    def is_said_name(self, token: Token) -> bool:
        """Whether a word of the evidence is a name; where a sentence begins, a capital alone tells nothing."""
        following = self.evidence.after(token)
        return token.name and (not token.first or (following is not None and following.name))

    def is_symmetric(self, token: Token) -> bool:
        """Whether a word says of two that they do the same to each other: `met`."""
        return token.word.stem in self.lexicon.stems("symmetric")

    def reverses(self, token: Token) -> bool:
        """Whether the claim negates the opposite of a word of the evidence: `will not reopen` for `remains shut`."""
        stem = token.word.stem
        stems = {stem, *(stem.removeprefix(prefix) for prefix in self.lexicon.words("repeating_prefixes"))}
        opposed = self.lexicon.meaning.opposed
        negated = self.claim.scopes.negated(token.at)
        return negated and any(opposed(each, other.word.stem) for each in stems for other in self.unclaimed)

    def clash(self, token: Token, other: Token, *, alone: bool = True) -> bool:
        """Whether a word of the claim contradicts one of the evidence that stands in its place: opposites, and,
        where the two stand `alone` there, words of one kind such as colours."""
        meaning = self.lexicon.meaning
        if not (meaning.fits(token.word) and meaning.fits(other.word)):
            return False
        if passive(self.claim, token) != passive(self.evidence, other) and not self._same_object(token, other):
            return False
        one, two = token.word.stem, other.word.stem
        return meaning.opposed(one, two) or (alone and meaning.rivals(one, two))

    def _same_object(self, token: Token, other: Token) -> bool:
        """Whether an active verb and a passive one have one object: `hurt two men`, `two men were killed`."""
        if passive(self.claim, token):
            subject = self.beside(self.claim, token, -1)
            said = self.pairs.get(subject.at) if subject else None
            return said is not None and other.at < said.at <= other.at + _NEAR
        subject = self.beside(self.evidence, other, -1)
        near = range(token.at + 1, token.at + _NEAR + 1)
        found = (self.pairs[at].at for at in near if at in self.pairs)
        return subject is not None and subject.at in found

    def beside(self, facts: Facts, token: Token, step: int, *, bound: bool = False) -> Token | None:
        """The next word that says something, before (-1) or after (1) a token, in the same clause and with no
        mark between; where `bound`, with no preposition but `of` either."""
        at = token.at + step
        while 0 <= at < len(facts.tokens):
            other = facts.tokens[at]
            if other.mark or (other.clause != token.clause and "joining" not in other.word.lists):
                return None
            if other.content:
                return other
            if bound and "prepositions" in other.word.lists and "of" not in other.word.lists:
                return None
            at += step
        return None


def passive(facts: Facts, token: Token) -> bool:
    """Whether a form of `be` stands before a verb, or begins a phrase with one: `were defeated` is no opposite of
    `lost`."""
    shaped = token.past or "unchanged" in token.word.lists
    before = facts.tokens[max(token.at - 2, 0) : token.at]
    return "being" in token.word.lists or (shaped and any("being" in each.word.lists for each in before))
