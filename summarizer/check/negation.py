"""What of a text is negated: by `not` and `no`, by denials, by `failed to` and `kept from`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from summarizer.check.cues import PHRASE_ENDS, Cues, Governor

if TYPE_CHECKING:
    from summarizer.check.facts import Token

Negated = Iterable[tuple[int, Governor]]
"""The places of negated words, each with what negates it."""

_LISTS = frozenset({
    "awaiting", "denials", "excluding", "failing", "negating_endings", "negative_determiners", "negators", "opposing",
    "prevention", "rejections",
})  # fmt: skip
"""The lists of all words that negate something."""
_NEAR_TO = 4
"""How far after `refused` the `to` may stand that belongs to it."""
_NEAR_FROM = 8
"""How far after `kept` the `from` may stand that belongs to it."""
_NEAR_CLAIM = 5
"""How far after `rejected` the words may stand that it denies."""
_MOST_DENIED = 8
_MOST_AFTER_NO = 3


class Negation(Cues):
    """Finds the words of one text that negate, and those that they negate."""

    def kind(self, token: Token) -> str | None:
        """How a word negates others: `negators`, `denials`, `failing`; None where it does not."""
        if token.word.lists.isdisjoint(_LISTS):
            return None
        if token.listed("negators", "negative_determiners", "negating_endings"):
            return None if self._in_not_only(token) else "negators"
        if self._in_yet_to(token):
            return "negators"
        if "denials" in token.word.lists or self._rejects_words(token):
            return "denials"
        fails = "failing" in token.word.lists or self._rejects_request(token)
        return "failing" if fails and self._to(token) else None

    def negated_by(self, token: Token) -> Negated:
        """What a word negates."""
        if token.word.lists.isdisjoint(_LISTS):
            return ()
        rules = (self._no, self._against, self._rather_than, self._not, self._denied, self._failed_to, self._kept_from)
        found = (rule(token) for rule in rules)
        return next((each for each in found if each is not None), ())

    def _no(self, token: Token) -> Negated | None:
        """`found no weapons`, `no weapons were found`: the word before `no`, and the next ones after it."""
        if "negative_determiners" not in token.word.lists:
            return None
        inside = [each for each in self.tokens if each.clause == token.clause and each.content]
        plain = [each for each in inside if not each.name and each.number is None]
        before = [each for each in plain if each.at < token.at and "only_after" not in token.word.lists]
        verbs = [each for each in before if each.past or "third_person_endings" in each.word.lists]
        after = [each for each in plain if each.at > token.at]
        return [(each.at, Governor("negators", token.at)) for each in [*verbs[-1:], *after[:_MOST_AFTER_NO]]]

    def _against(self, token: Token) -> Negated | None:
        """`voted against forming a union`: the forming."""
        opposes = "opposing" in token.word.lists and token.at + 1 < len(self.tokens)
        gerund = opposes and "gerund_endings" in self.tokens[token.at + 1].word.lists
        return [(token.at + 1, Governor("negators", token.at))] if gerund else None

    def _rather_than(self, token: Token) -> Negated | None:
        """`rather than resign`, `has yet to resign`: the resigning."""
        excludes = token.word.phrase or self.is_at(token.at + 1, "excluded")
        if ("excluding" in token.word.lists and excludes) or self._in_yet_to(token):
            return self._next(token, Governor("negators", token.at))
        return None

    def _not(self, token: Token) -> Negated | None:
        if not token.listed("negators", "negating_endings"):
            return None
        if self.is_at(token.at + 1, "truth"):  # `it is not true that`
            return self._rest(self.tokens[token.at + 1], Governor("denials", token.at))
        if token.at + 1 == len(self.tokens) or self.tokens[token.at + 1].mark:  # `bank details were not, he said`
            return self._last_before(token)
        return () if self._in_not_only(token) else self._next(token, Governor("negators", token.at))

    def _denied(self, token: Token) -> Negated | None:
        denies = "denials" in token.word.lists and not self.is_noun(token)
        return self._rest(token, Governor("denials", token.at)) if denies or self._rejects_words(token) else None

    def _failed_to(self, token: Token) -> Negated | None:
        to = self._to(token) if "failing" in token.word.lists or self._rejects_request(token) else None
        return self._next(self.tokens[to], Governor("failing", token.at)) if to is not None else None

    def _kept_from(self, token: Token) -> Negated | None:
        """`kept from leaving`: the leaving."""
        if "prevention" not in token.word.lists:
            return None
        for at in range(token.at + 1, min(token.at + _NEAR_FROM, len(self.tokens) - 1)):
            if self.is_at(at, "preventing") and "gerund_endings" in self.tokens[at + 1].word.lists:
                return [(at + 1, Governor("prevention", token.at))]
        return None

    def _in_not_only(self, token: Token) -> bool:
        """`not only`, `not just`: nothing is negated."""
        return self.is_at(token.at + 1, "only")

    def _in_yet_to(self, token: Token) -> bool:
        """`has yet to decide`."""
        return "awaiting" in token.word.lists and self.is_at(token.at + 1, "infinitive")

    def _rejects_words(self, token: Token) -> bool:
        """`rejected the claim that`: words are denied; `rejected an offer` denies nothing."""
        near = self.tokens[token.at + 1 : token.at + _NEAR_CLAIM]
        return "rejections" in token.word.lists and any(each.listed("speech_nouns", "gerund_endings") for each in near)

    def _rejects_request(self, token: Token) -> bool:
        """`rejected a request to annul it`: the annulling is rejected."""
        near = self.tokens[token.at + 1 : token.at + _NEAR_TO]
        return "rejections" in token.word.lists and any("requests" in each.word.lists for each in near)

    def _to(self, token: Token) -> int | None:
        """Where the `to` stands that belongs to `refused` in `refused on Monday to release him`."""
        for at in range(token.at + 1, min(token.at + _NEAR_TO, len(self.tokens) - 1)):
            if self.is_at(at, "infinitive"):
                return None if self.tokens[at + 1].number is not None else at
        return None

    def _last_before(self, token: Token) -> Negated:
        """The last word before it in its clause that says something."""
        before = [each for each in self.tokens[: token.at] if each.content and each.clause == token.clause]
        return [(each.at, Governor("negators", token.at)) for each in before[-1:]]

    def _next(self, token: Token, governor: Governor) -> Negated:
        """The next word of the sentence that says something, adverbs apart; `did not say` has the saying."""
        skips_subject = "unless" in token.word.lists  # its subject comes first, and is not what is negated
        for other in self.tokens[token.at + 1 :]:
            if other.text in PHRASE_ENDS:
                break
            if "said" in other.word.lists and not other.content:
                return [(other.at, governor)]
            if other.mark or not other.content or other.adverb:
                continue
            if "achieving" in other.word.lists and governor.kind == "negators":  # `did not manage to leave`
                skips_subject = False
            elif other.past or not skips_subject:
                return [(other.at, governor)]
        return ()

    def _rest(self, token: Token, governor: Governor) -> Iterator[tuple[int, Governor]]:
        """What a denial denies: the words up to the end of the sentence, or to `but`."""
        count = 0
        for other in self.tokens[token.at + 1 :]:
            if (other.mark and other.text in ".;!?,") or other.listed("contrast", "joining"):
                return
            if other.content and not other.name and count < _MOST_DENIED:
                count += 1
                yield other.at, governor
