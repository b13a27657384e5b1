"""Does this evidence say this claim? Every rule looks, and each can only object."""

from __future__ import annotations

from datetime import date
from itertools import islice

from summarizer.check.article import Article
from summarizer.check.facts import Facts, Token
from summarizer.check.rules import RULES
from summarizer.check.rules.comparison import Comparison
from summarizer.document import Document
from summarizer.language.folding import Folded
from summarizer.language.lexicon import Lexicon
from summarizer.record import Reason

_MOST_KEPT = 256


class Support:
    """The rules for one document."""

    def __init__(self, document: Document, lexicon: Lexicon, published: date | None = None) -> None:
        self._article = Article(document.text, lexicon, published)
        self._facts: dict[str, Facts] = {}

    @property
    def lexicon(self) -> Lexicon:
        return self._article.lexicon

    def facts(self, text: str) -> Facts:
        """The facts of a text. The last ones are kept: many rules look at one claim, and many claims at a sentence."""
        if text not in self._facts:
            if len(self._facts) >= _MOST_KEPT:
                self._facts.clear()
            self._facts[text] = Facts(text, self.lexicon)
        return self._facts[text]

    def objections(self, claim: str, evidence: str) -> list[Reason]:
        """What `claim` says and `evidence` does not; empty where the evidence supports it."""
        return self.judge(self.beside(self.facts(claim), self.facts(evidence)))

    def beside(self, claim: Facts, evidence: Facts, *, loose: bool = False) -> Comparison:
        """A claim laid beside evidence; `loose` where that may be sentences from anywhere."""
        if claim is evidence:  # a word of the one must not be taken for a word of the other
            claim = Facts(claim.text, self.lexicon)
        return Comparison(claim, evidence, self._article, loose=loose)

    def judge(self, comparison: Comparison, most: int | None = None) -> list[Reason]:
        """What the rules object to; at most so many objections, where more of them make no difference."""
        return list(islice((reason for rule in RULES for reason in rule(comparison)), most))

    def names(self, claim: Facts) -> list[Token]:
        """The words of a claim that name something, and not merely begin a sentence."""
        return [token for token in claim.names if self._article.is_name(token)]


def plans(facts: Facts) -> bool:
    """Whether a text speaks of what is to come."""
    return not facts.scopes.kinds.isdisjoint(("planned", "future"))


def verbatim(claim: str, evidence: str) -> bool:
    """Whether the evidence has the claim's very words, unbroken, but for case and kinds of marks."""
    return Folded(evidence).find(claim.rstrip(".")) is not None
