"""Verbs: where a claim keeps its evidence's words, it keeps the verb too, or has one that says as much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.check.facts import Facts, Token
from summarizer.check.rules.comparison import Comparison, passive
from summarizer.record import Reason

_ELSEWHERE = ("said", "possible", "denials", "rejections", "achieving", "planned", "wanted", "failing")
"""What verbs of these lists do to other words is looked at by other rules; but for those that judge somebody."""
_BEFORE_PLAIN = ("infinitive", "auxiliaries", "future", "possible")
_ENDS = (".", "!", "?")
_NEAR = 3
"""How many words from the partner of the one word beside it the verb may stand in the evidence."""


def verbs(comparison: Comparison) -> Iterator[Reason]:
    """The first verb in whose place the evidence has another one: `burned` for `failed`, `attacked` for `praised`."""
    for token in comparison.claim.content:
        if said := _instead(comparison, token) if _says_much(comparison.claim, token) else None:
            yield Reason(code="verb", explanation=f"The evidence says “{said.text}”, the claim “{token.text}”.")
            return


def _instead(comparison: Comparison, token: Token) -> Token | None:
    """The verb that the evidence has in the place of one of the claim, where neither may stand for the other."""
    partner = comparison.partner(token)
    if partner is not None and partner.word.stem == token.word.stem:
        return None
    place = _place(comparison, token)
    if partner is not None and len(place) > 1:
        return None
    there = [each for each in place if _is_verb(comparison.evidence, each) and not comparison.is_claimed(each)]
    if any(_may_stand_for(comparison, token, each) for each in there):
        return None
    voice = passive(comparison.claim, token)
    return next((each for each in there if passive(comparison.evidence, each) == voice), None)


def _place(comparison: Comparison, token: Token) -> Sequence[Token]:
    """The words of the evidence between the partners of the words around one of the claim, in one sentence; where it is
    the first or the last, and has no partner elsewhere, those near the partner of the other."""
    before, after = (_beside(comparison.claim, token, step) for step in (-1, 1))
    first, last = (comparison.partner(each) if each else None for each in (before, after))
    if (before and not first) or (after and not last):
        return []
    said = _sentence(comparison.evidence, first or last)
    if first and last:
        return [each for each in said if first.at < each.at < last.at] if last in said else []
    if comparison.partner(token) is not None:
        return []
    if first:
        return [each for each in said if each.at > first.at][:_NEAR]
    return [each for each in said if last and each.at < last.at][-_NEAR:]


def _beside(facts: Facts, token: Token, step: int) -> Token | None:
    """The next word before (-1) or after (1) a verb that says something and is no adverb."""
    others = facts.content[facts.content.index(token) :: step][1:]
    return next((each for each in others if not each.adverb), None)


def _sentence(facts: Facts, token: Token | None) -> Sequence[Token]:
    """The words of a token's sentence that say something, and its phrases; none where there is no token."""
    if token is None:
        return []
    start = next((each.at for each in facts.tokens[token.at :: -1] if _begins(facts, each)), 0)
    end = next((each.at for each in facts.tokens[token.at + 1 :] if _begins(facts, each)), len(facts.tokens))
    return [each for each in facts.tokens[start:end] if each.content or each.word.phrase]


def _begins(facts: Facts, token: Token) -> bool:
    """Whether a sentence begins here, and not a quotation in one, or the day in `Feb. 23`."""
    before = facts.before(token)
    return token.first and token.number is None and before is not None and before.text in _ENDS


def _says_much(facts: Facts, token: Token) -> bool:
    """Whether a word is a verb, and none such as `take`, which says what it does by another word."""
    light = token.word.text.partition("_")[0] in facts.lexicon.words("light_verbs")
    return not light and _is_verb(facts, token)


def _is_verb(facts: Facts, token: Token) -> bool:
    """Whether a word is the form of a verb, as far as its shape and the words beside it tell."""
    if token.name or token.number is not None or token.adverb or not facts.lexicon.is_verb(token.word):
        return False
    if token.past or token.listed("gerund_endings", "unchanged"):
        return True
    before, after = facts.before(token), facts.after(token)
    if before is None or after is None:
        return False
    third = "third_person_endings" in token.word.lists
    return before.listed(*_BEFORE_PLAIN) or (third and _are_around_verb(before, after))


def _are_around_verb(before: Token, after: Token) -> bool:
    """Whether these can be who does something, and what begins to say to whom: `who praises the police`."""
    someone = before.content or before.listed("pronouns", "relatives")
    return someone and (after.name or after.listed("articles", "possessives", "clause_words"))


def _may_stand_for(comparison: Comparison, token: Token, other: Token) -> bool:
    """Whether a claim may have one verb where its evidence has the other."""
    pair = (token, other)
    if all(each.listed(*_ELSEWHERE) for each in pair) and not any(each.listed("judged") for each in pair):
        return True
    if comparison.claim.scopes.negated(token.at) != comparison.evidence.scopes.negated(other.at):
        return True
    akin = comparison.lexicon.meaning.akin
    claimed, said = _called(comparison.claim, token), _called(comparison.evidence, other)
    return any(akin(one, another) for one in claimed for another in said)


def _called(facts: Facts, token: Token) -> tuple[str, ...]:
    """What the lists may know a verb by: its stem, and that with the word after it, as in `pull_out`."""
    after = facts.after(token)
    return (token.word.stem, f"{token.word.stem}_{after.word.text}") if after else (token.word.stem,)
