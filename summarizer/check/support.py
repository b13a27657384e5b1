"""Does this evidence say this claim? Every rule looks, and each can only object."""

from __future__ import annotations

from datetime import date

from summarizer.check.article import Article
from summarizer.check.facts import Facts, Token
from summarizer.check.rules import RULES
from summarizer.check.rules.comparison import Comparison
from summarizer.document import Document
from summarizer.language.folding import Folded
from summarizer.language.lexicon import Lexicon
from summarizer.record import Reason


class Support:
    """The rules for one document."""

    def __init__(self, document: Document, lexicon: Lexicon, published: date | None = None) -> None:
        self._article = Article(document.text, lexicon, published)

    @property
    def lexicon(self) -> Lexicon:
        return self._article.lexicon

    def facts(self, text: str) -> Facts:
        return self._article.facts(text)

    def objections(self, claim: str, evidence: str) -> list[Reason]:
        """What `claim` says and `evidence` does not; empty where the evidence supports it."""
        return self.judge(self.beside(self.facts(claim), self.facts(evidence)))

    def beside(self, claim: Facts, evidence: Facts, *, loose: bool = False) -> Comparison:
        """A claim laid beside evidence; `loose` where that may be sentences from anywhere."""
        return Comparison(claim, evidence, self._article, loose=loose)

    def judge(self, comparison: Comparison) -> list[Reason]:
        """What the rules object to."""
        return [reason for rule in RULES for reason in rule(comparison)]

    def names(self, claim: Facts) -> list[Token]:
        """The words of a claim that name something, and not merely begin a sentence."""
        return [token for token in claim.names if self._article.is_name(token)]


def plans(facts: Facts) -> bool:
    """Whether a text speaks of what is to come."""
    return not facts.scopes.kinds.isdisjoint(("planned", "future"))


def verbatim(claim: str, evidence: str) -> bool:
    """Whether the evidence has the claim's very words, unbroken, but for case and kinds of marks."""
    return Folded(evidence).find(claim.rstrip(".")) is not None
