"""Roles: who did it to whom, in the active and in the passive voice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.check.facts import Facts, Token
from summarizer.check.rules.comparison import Comparison
from summarizer.record import Reason

_LONGEST = 4
_HEAD = 3
_NEAR = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """A word, who stands beside it as the one who does it, and whom it is done to, nearest first."""

    agents: tuple[Token, ...]
    patients: tuple[Token, ...]


def roles(comparison: Comparison) -> Iterator[Reason]:
    """Somebody named who does in the claim what is done to him in the evidence, or what somebody else does there."""
    for token in comparison.claim.content:
        said = comparison.partner(token)
        if said is None or token.name or token.number is not None or comparison.is_symmetric(token):
            continue
        if not (_is_deed(token) and _is_deed(said)):
            continue
        claimed, true = _frame(comparison.claim, token), _frame(comparison.evidence, said)
        if wrong := _reversed(comparison, claimed, true) or _somebody_else(comparison, claimed, true):
            explanation = f"The evidence has “{wrong.text}” in another role beside “{said.text}”."
            yield Reason(code="role", explanation=explanation)


def _is_deed(token: Token) -> bool:
    """Whether a word looks like a verb that tells what was done."""
    return token.listed("past", "unchanged") or ("past_endings" in token.word.lists and not token.word.phrase)


def _frame(facts: Facts, anchor: Token) -> Frame:
    before, after, by = _side(facts, anchor, -1), _side(facts, anchor, 1), _by(facts, anchor)
    if by is not None:
        return Frame(by, before)
    return Frame((), before) if _passive(facts, anchor) else Frame(before, after)


def _side(facts: Facts, anchor: Token, step: int) -> tuple[Token, ...]:
    """The words on one side of a word, as far as no mark, no preposition and no other clause comes between."""
    found: list[Token] = []
    at = _past_aside(facts, anchor.at + step) if step < 0 else anchor.at + step
    while 0 <= at < len(facts.tokens) and len(found) < _LONGEST:
        token = facts.tokens[at]
        if _ends(facts, token, step, begun=bool(found)):
            break
        if _is_somebody(token):
            found.append(token)
        at += step
    return tuple(found)


def _is_somebody(token: Token) -> bool:
    """Whether a word can stand for one who does something or to whom it is done: no number, no day, no adverb."""
    timely = token.calendar or token.listed("relative_days", "units")
    return token.content and token.number is None and not timely and not token.shaped_as_adverb


def _ends(facts: Facts, token: Token, step: int, *, begun: bool) -> bool:
    """Whether the words on one side of a verb end here; the next verb ends them, `armed men` has none."""
    if token.mark or token.listed("prepositions", "said", "infinitive"):
        return True
    if token.listed("clause_words") and not token.listed("joining"):
        return True
    following = facts.after(token)
    modifies = step > 0 and following is not None and following.content
    return begun and token.past and not token.name and not modifies


def _past_aside(facts: Facts, at: int) -> int:
    """From the verb back over `, the tobacco company, is being` or `, who is`, to the word that they are about."""
    tokens = facts.tokens
    while at >= 0 and tokens[at].listed("being", "auxiliaries", "clause_words"):
        if "relatives" in tokens[at].word.lists:
            return at - 2 if at > 1 and tokens[at - 1].text == "," else at - 1
        at -= 1
    if at > 0 and tokens[at].text == ",":
        opening = next((n for n in range(at - 1, 0, -1) if tokens[n].text == ","), None)
        if opening is not None and tokens[opening - 1].content:
            return opening - 1
    return at


def _by(facts: Facts, anchor: Token) -> tuple[Token, ...] | None:
    """Who did it, after the `by` that follows within two words."""
    for token in facts.tokens[anchor.at + 1 : anchor.at + _NEAR]:
        if token.mark:
            return None
        if "by" in token.word.lists:
            following = facts.after(token)
            how = following is not None and (following.number is not None or "gerund_endings" in following.word.lists)
            return None if how else _side(facts, token, 1)  # `by 5 percent`, `by voting`
    return None


def _passive(facts: Facts, anchor: Token) -> bool:
    """Whether a form of `be` stands before the word, and the word looks like a participle."""
    shaped = anchor.past or "participle_endings" in anchor.word.lists
    near = facts.tokens[max(anchor.at - _NEAR, 0) : anchor.at]
    beings = [token for token in near if "being" in token.word.lists]
    return shaped and bool(beings) and not any(each.content for each in facts.between(beings[-1], anchor))


def _reversed(comparison: Comparison, claimed: Frame, true: Frame) -> Token | None:
    """One who does in the claim what is done to him in the evidence, or the other way round: somebody named, or both
    sides at once."""
    turned = [
        *_turned(comparison, claimed.agents, true.agents, true.patients),
        *_turned(comparison, claimed.patients, true.patients, true.agents),
    ]
    certain = len(turned) > 1 or any(comparison.is_claimed_name(token) and not token.possessive for token in turned)
    return turned[0] if certain else None


def _turned(
    comparison: Comparison, claimed: tuple[Token, ...], same: tuple[Token, ...], other: tuple[Token, ...]
) -> list[Token]:
    """The first of some words of the claim that stand on the other side in the evidence, where none of them stands
    on the same."""
    partners = [(token, said) for token in claimed[:_HEAD] if (said := comparison.partner(token))]
    if any(said in same for _, said in partners):
        return []
    return [token for token, said in partners if said in other and not _repeated(comparison.evidence, said)][:1]


def _repeated(facts: Facts, token: Token) -> bool:
    """Whether a text has a word twice, so that it can have two roles."""
    return sum(other.word.stem == token.word.stem for other in facts.content) > 1


def _somebody_else(comparison: Comparison, claimed: Frame, true: Frame) -> Token | None:
    """Somebody named in the claim where the evidence names somebody else."""
    for side, others in ((claimed.agents, true.agents), (claimed.patients, true.patients)):
        if not side or not others or side[0].possessive:
            continue
        named = comparison.is_claimed_name(side[0]) and comparison.is_said_name(others[0])
        partner = comparison.partner(side[0]) if named else None
        if partner is None or partner in others or _joined(comparison.evidence, partner, others[0]):
            continue
        if not any(comparison.same(each, others[0]) for each in side):
            return side[0]
    return None


def _joined(facts: Facts, one: Token, other: Token) -> bool:
    """Whether nothing but names, commas, prepositions and `and` stands between two words."""
    between = facts.between(one, other)
    return all(each.name or each.text == "," or each.listed("joining", "prepositions") for each in between)
