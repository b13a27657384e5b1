"""Modality: what the evidence calls possible, alleged, planned or bound to a condition is no fact in the claim."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.check.cues import Governor
from summarizer.check.facts import Token
from summarizer.check.rules.comparison import Comparison
from summarizer.record import Reason

COMPATIBLE = {
    "possible": {"possible", "alleged", "wanted", "conditional"},
    "alleged": {"alleged", "possible"},
    "wanted": {"wanted", "planned", "possible", "conditional"},
    "planned": {"planned", "wanted", "future", "possible", "conditional"},
    "future": {"future", "planned", "wanted", "possible", "conditional"},
    "conditional": {"conditional", "possible"},
}
"""For each kind of hedge in the evidence, the kinds that a claim may have for it."""
SAID = {
    "possible": "The evidence calls “{word}” possible, the claim says it is so.",
    "alleged": "The evidence leaves “{word}” to those who allege it, the claim says it is so.",
    "wanted": "The evidence speaks of “{word}” as wanted or expected, the claim says it is so.",
    "planned": "The evidence speaks of “{word}” as planned, the claim says it is so.",
    "future": "The evidence speaks of “{word}” as still to come, the claim says it is so.",
    "conditional": "The evidence says “{word}” on a condition, the claim without it.",
}
_TO_COME = ("future", "planned", "wanted")


def modality(comparison: Comparison) -> Iterator[Reason]:
    """Hedges left out, plans invented, and more weight given to words than the evidence gives them."""
    yield from _hedge_dropped(comparison)
    yield from _plan_invented(comparison)
    yield from _commitment_invented(comparison)


def _hedge_dropped(comparison: Comparison) -> Iterator[Reason]:
    """The first word that the evidence hedges, in a claim that hedges nothing in a like way."""
    kinds = comparison.claim.scopes.kinds
    for token, said in _said(comparison):
        for governor in comparison.evidence.scopes.hedges.get(said.at, ()):
            if not kinds & COMPATIBLE[governor.kind] and not _kept(comparison, governor, token, said):
                yield Reason(code="modality", explanation=SAID[governor.kind].format(word=said.text))
                return


def _said(comparison: Comparison) -> Iterator[tuple[Token, Token]]:
    """Each plain word of the claim with its partner; a verb without one, with what stands in its place."""
    plain = [token for token in comparison.claim.content if not token.name and token.number is None]
    for token in plain:
        if said := comparison.partner(token):
            yield token, said
        elif token.past or comparison.claim.scopes.hedges.get(token.at):
            yield from ((token, each) for each in comparison.in_place(token) if not each.name)


def _kept(comparison: Comparison, governor: Governor, token: Token, said: Token) -> bool:
    """Whether the claim keeps a hedge in another way: it leaves what is alleged to somebody, turns a verb into a noun
    (`no job losses` for `no jobs would be lost`), or has the hedging word, or one like it, before the word hedged."""
    if governor.kind == "alleged" and comparison.claim.attributed:
        return True
    if governor.kind in _TO_COME and not token.past and token.word.text != said.word.text:
        return True
    hedge = comparison.evidence.tokens[governor.at]
    before = comparison.claim.tokens[: token.at + 1]
    return any(comparison.same(each, hedge) for each in before if not each.mark)


def _plan_invented(comparison: Comparison) -> Iterator[Reason]:
    """The claim speaks of what is to come; the evidence says it has come."""
    if comparison.evidence.scopes.kinds or comparison.evidence.has("prospects"):
        return
    for at, governors in comparison.claim.scopes.hedges.items():
        said = comparison.pairs.get(at)
        if said is not None and said.past and any(governor.kind in ("planned", "future") for governor in governors):
            yield Reason(code="modality", explanation=f"The claim plans what the evidence has done: “{said.text}”.")
            return


def _commitment_invented(comparison: Comparison) -> Iterator[Reason]:
    """`admitted` or `confirmed` where the evidence has no more than `said`."""
    for token in comparison.missing:
        if "committing" not in token.word.lists or "denials" in token.word.lists:
            continue
        following = comparison.claim.after(token)
        acknowledged_as = following is not None and "as" in following.word.lists
        if not acknowledged_as and not _same_commitment(comparison, token):
            yield Reason(code="modality", explanation=f"The evidence does not have anybody who {token.text}.")


def _same_commitment(comparison: Comparison, token: Token) -> bool:
    """Whether the evidence has somebody do so, or plead guilty where the claim has `admitted`."""
    if "admissions" in token.word.lists and _pleads_guilty(comparison):
        return True
    others = (each for each in comparison.evidence.tokens if "committing" in each.word.lists)
    return any(comparison.same(token, each) for each in others)


def _pleads_guilty(comparison: Comparison) -> bool:
    """`guilty`, and not `not guilty`."""
    guilt = [token for token in comparison.evidence.tokens if "guilt" in token.word.lists]
    return any(not comparison.evidence.scopes.negated(token.at) for token in guilt)
