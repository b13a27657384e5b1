"""Does this evidence say this claim? Rules, each with a code, each of which can only object."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from summarizer.briefing import Reason
from summarizer.check.facts import Facts, Token
from summarizer.document import Document
from summarizer.language.folding import Folded, fold
from summarizer.language.lexicon import Lexicon

OVERLAP = 0.6
"""The share of a claim's content words whose stems its evidence must have. Wording may change; the
subject may not. Set on the articles of `examples/`."""

_ACRONYM = re.compile(
    r"\b(?P<long>[A-Z][\w'’-]*(?:\s+(?:of|for|the|and|on|de|[A-Z][\w'’-]*)){0,8})"
    r"\s*\((?P<short>[A-Z][A-Za-z]*[A-Z])s?\)"
)


class Support:
    """The rules for one document."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._article = Facts(document.text, lexicon)
        self._written = Counter((token.word, token.capital) for token in self._article.tokens if not token.first)
        self._acronyms = {fold(match["short"]): fold(match["long"]) for match in _ACRONYM.finditer(document.text)}
        self._acronyms.update(lexicon.map("abbreviations"))
        self._endings = lexicon.words("nationalities")
        self._rules: tuple[Callable[[Facts, Facts], Iterator[Reason]], ...] = (
            self._check_names,
            self._check_numbers,
            self._check_polarity,
            self._check_modality,
            self._check_subject,
        )

    def facts(self, text: str) -> Facts:
        return Facts(text, self._lexicon)

    def objections(self, claim: str, evidence: str) -> list[Reason]:
        """What `claim` says and `evidence` does not; empty where the evidence supports it."""
        return self.compare(self.facts(claim), self.facts(evidence))

    def compare(self, claim: Facts, evidence: Facts) -> list[Reason]:
        return [reason for rule in self._rules for reason in rule(claim, evidence)]

    def names(self, claim: Facts) -> list[Token]:
        """The words of a claim that name something, and not merely begin a sentence."""
        return [token for token in claim.names if not (token.first and self._common(token.word))]

    def _common(self, word: str) -> bool:
        """Whether the article has a word in lower case more often than not, or only where a sentence begins."""
        return self._written[word, False] >= self._written[word, True]

    def _check_names(self, claim: Facts, evidence: Facts) -> Iterator[Reason]:
        known = self._spelled_out(evidence)
        for token in self.names(claim):
            if not any(self._same_name(token.word, word) for word in known):
                yield Reason(code="name", explanation=f"The evidence does not name {token.text}.")

    def _spelled_out(self, evidence: Facts) -> frozenset[str]:
        """The evidence's words, with each acronym's full form and each full form's acronym."""
        folded, more = fold(evidence.text), set()
        for short, long in self._acronyms.items():
            if short in evidence.words:
                more.update(long.split())
            if long in folded:
                more.add(short)
        return evidence.words | more

    def _same_name(self, one: str, other: str) -> bool:
        if one == other or self._lexicon.stem(one) == self._lexicon.stem(other):
            return True
        short, long = sorted((one, other), key=len)
        stems = {short, short.rstrip("aeiouy")} if len(short) > 3 else {short}
        endings = [long.removeprefix(stem) for stem in stems if long.startswith(stem)]
        return len(short) > 3 and any(ending in self._endings for ending in endings)

    def _check_numbers(self, claim: Facts, evidence: Facts) -> Iterator[Reason]:
        for value, unit in sorted(claim.numbers - evidence.numbers):
            same = [other for number, other in evidence.numbers if number == value]
            if not any(other in ("", unit) or not unit for other in same):
                yield Reason(code="number", explanation=f"The evidence does not have the number {_shown(value, unit)}.")

    def _check_polarity(self, claim: Facts, evidence: Facts) -> Iterator[Reason]:
        for stem in sorted((claim.negated & evidence.stems) - evidence.negated - evidence.denied):
            if not evidence.has("negators"):
                yield Reason(code="polarity", explanation=f"The claim negates “{stem}”, the evidence does not.")
        if not claim.has("negators") and not claim.has("denials"):
            for stem in sorted((evidence.negated | evidence.denied) & claim.stems):
                if self._only_negated(stem, evidence):
                    explanation = f"The evidence negates or denies “{stem}”, the claim does not."
                    yield Reason(code="polarity", explanation=explanation)

    def _only_negated(self, stem: str, evidence: Facts) -> bool:
        """Whether the evidence has this word under a negation and nowhere else."""
        free = re.split(r"[.;!?]", evidence.text)
        parts = [self.facts(part) for part in free]
        return not any(stem in part.stems and stem not in part.negated | part.denied for part in parts)

    def _check_modality(self, claim: Facts, evidence: Facts) -> Iterator[Reason]:
        if plans(claim, self._lexicon) and not (plans(evidence, self._lexicon) or evidence.has("prospects")):
            yield Reason(code="modality", explanation="The claim speaks of a plan, the evidence does not.")

    def _check_subject(self, claim: Facts, evidence: Facts) -> Iterator[Reason]:
        if not claim.stems:
            return
        spelled = {self._lexicon.stem(word) for word in self._spelled_out(evidence)}
        unknown = claim.stems - spelled
        missing = [stem for stem in unknown if not any(self._same_name(stem, word) for word in spelled)]
        if 1 - len(missing) / len(claim.stems) < OVERLAP:
            shown = ", ".join(sorted(missing)[:5])
            yield Reason(code="subject", explanation=f"The evidence speaks of something else; it lacks: {shown}.")


def plans(facts: Facts, lexicon: Lexicon) -> bool:
    """Whether a text speaks of what is to come."""
    return facts.has("planned") or any(re.search(cue, fold(facts.text)) for cue in lexicon.patterns("plans"))


def verbatim(claim: str, evidence: str) -> bool:
    """Whether the evidence has the claim's very words, unbroken, but for case and kinds of marks."""
    return Folded(evidence).find(claim.rstrip(".")) is not None


def _shown(value: float, unit: str) -> str:
    number = f"{value:,.4f}".rstrip("0").rstrip(".")
    return f"{number}%" if unit == "%" else f"{unit}{number}"
