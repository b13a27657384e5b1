"""What of a text is not said to be so: it is possible, alleged, wanted, planned, to come, or bound to a condition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarizer.check.cues import CLAUSE_ENDS, Cues, Governor

if TYPE_CHECKING:
    from summarizer.check.facts import Token
from summarizer.language.reasons import CUES, sureness

KINDS = ("possible", "alleged", "wanted", "planned", "future")
"""The kinds of hedges that hedge the next verb, each the name of a word list; the sixth is `conditional`."""

_INTENDED = ("planned", "wanted")
_NEAR_TO = 6
"""How far after `ordered` the `to` may stand that belongs to it."""
_NEAR_OF = 8


class Hedging(Cues):
    """Finds the words of one text that hedge, and those that they hedge."""

    def kinds(self, token: Token) -> Iterator[str]:
        """In which ways a word hedges the verb after it."""
        if token.word.lists.isdisjoint(KINDS):
            return iter(())
        return (kind for kind in KINDS if kind in token.word.lists and not token.name and self._hedges(token, kind))

    def hedged_by(self, token: Token) -> Iterator[tuple[int, Governor]]:
        """The places of the words that a word hedges."""
        for kind in self.kinds(token):
            yield from self._verb_after(token, Governor(kind, token.at))
        if "open" in token.word.lists:
            yield from self._asked_by(token)
        if "conditional" in token.word.lists and self._is_condition(token):
            yield from self._conditioned_by(token)

    def _hedges(self, token: Token, kind: str) -> bool:
        """Whether the word hedges what follows here; `is to close` and `has to close` do, `to close` does not."""
        if token.listed("being", "before_infinitive"):
            return self.is_at(token.at + 1, "infinitive") and not self.is_at(token.at + 2, "not_infinitives")
        if kind in _INTENDED and self.is_noun(token) and "plan_nouns" not in token.word.lists:
            return False
        return "with_infinitive" not in token.word.lists or self._near(token, "infinitive", _NEAR_TO) is not None

    def _near(self, token: Token, name: str, reach: int) -> int | None:
        """Where the next word of a list stands, if it does so near after a word."""
        return next((at for at in range(token.at + 1, token.at + reach) if self.is_at(at, name)), None)

    def _verb_after(self, token: Token, governor: Governor) -> Iterator[tuple[int, Governor]]:
        """The first word after it that can be a verb; `ordered the army to leave` means the leaving."""
        start = None
        if "with_of" in token.word.lists:  # `accused of leaving`
            start = self._near(token, "of", _NEAR_OF + 1)
        elif "with_infinitive" in token.word.lists:
            start = self._near(token, "infinitive", _NEAR_TO)
        if self._reason_follows(token):
            return  # `was ordered in response to an attack`: the attack was not
        for other in self.tokens[token.at + 1 if start is None else start :]:
            said = "said" in other.word.lists and not other.content
            if other.text in CLAUSE_ENDS or "contrast" in other.word.lists or said:
                return
            if other.content and not other.name and other.number is None and not other.adverb:
                yield other.at, governor
                return

    def _reason_follows(self, token: Token) -> bool:
        text = " ".join(each.word.text for each in self.tokens[token.at + 1 : token.at + 4])
        return sureness(text, self.lexicon) < len(CUES) and not text.startswith("to ")

    def _is_condition(self, token: Token) -> bool:
        """`if`, but not `as if`; `should it drop the tax`, but not `it should drop the tax`."""
        if self.is_at(token.at - 1, "not_conditional"):
            return False
        following = self.tokens[token.at + 1 : token.at + 2]
        before_subject = any(each.name or each.listed("pronouns", "articles") for each in following)
        return "inverted" not in token.word.lists or before_subject

    def _conditioned_by(self, token: Token) -> Iterator[tuple[int, Governor]]:
        """What follows in a clause with `if`, and the clause that it makes depend: the next one where the condition
        opens the sentence, else the one before."""
        governor = Governor("conditional", token.at)
        words = [each for each in self.tokens if each.content and not each.name]
        yield from ((each.at, governor) for each in words if each.clause == token.clause and each.at > token.at)
        before = self.tokens[: token.at]
        opens = not any(each.content for each in before if each.clause > token.clause - 2)
        beside = token.clause + 1 if opens else token.clause - 1
        depends = (each for each in words if each.clause == beside and each.number is None and self._is_verb(each))
        yield from ((each.at, governor) for each in depends)

    def _asked_by(self, token: Token) -> Iterator[tuple[int, Governor]]:
        """What a clause with `whether` leaves open: its verbs; other words, where lists know none of them for one."""
        inside = [each for each in self.tokens[token.at + 1 :] if each.clause == token.clause]
        words = [each for each in inside if each.content and not each.name and each.number is None]
        yield from ((each.at, Governor("possible", token.at)) for each in list(filter(self._is_verb, words)) or words)

    def _is_verb(self, token: Token) -> bool:
        """Whether a word looks like what is said to happen: a past form, or one after an auxiliary."""
        before = self.tokens[token.at - 1] if token.at else None
        if before is not None and before.listed("articles"):
            return False
        return token.listed("past_endings", "past", "third_person_endings") or (
            before is not None and before.listed("being", "infinitive", "future", "possible", "adverbs")
        )
