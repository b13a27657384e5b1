"""Attribution: what somebody says in the evidence, nobody else of the evidence says in the claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.check.facts import Facts, Token
from summarizer.check.rules.comparison import Comparison
from summarizer.check.speech import Act
from summarizer.language.folding import fold
from summarizer.record import Reason


@dataclass(frozen=True, slots=True)
class Saying:
    """The words for who speaks, and the places of the words of what is said."""

    speaker: tuple[Token, ...]
    said: frozenset[int]


def attribution(comparison: Comparison) -> Iterator[Reason]:
    """The one saying of the claim has another speaker than the saying of the evidence that has most of its words."""
    if not (comparison.claim.attributed and comparison.evidence.attributed):
        return
    claimed, sayings = _sayings(comparison, comparison.claim), _sayings(comparison, comparison.evidence)
    if len(claimed) != 1 or not sayings:
        return
    speaker, true = claimed[0].speaker, _fitting(comparison, claimed[0], sayings)
    if any(comparison.same(one, other) for one in speaker for other in true.speaker):
        return
    others = [token for saying in sayings if saying is not true for token in saying.speaker]
    partners = [said for token in speaker if (said := comparison.partner(token))]
    names = [token for token in speaker if comparison.is_claimed_name(token) and comparison.partner(token)]
    if any(said in others for said in partners) or (names and any(each.name for each in true.speaker)):
        who, not_who = true.speaker[-1].text, speaker[-1].text
        yield Reason(code="speaker", explanation=f"In the evidence {who} says this, not {not_who}.")


def _fitting(comparison: Comparison, claimed: Saying, sayings: Sequence[Saying]) -> Saying:
    """Which of the evidence's sayings has most of what the claim has said."""
    partners = [comparison.pairs[at].at for at in claimed.said if at in comparison.pairs]
    counts = Counter(index for at in partners for index, each in enumerate(sayings) if at in each.said)
    return sayings[counts.most_common(1)[0][0] if counts else 0]


def _sayings(comparison: Comparison, facts: Facts) -> list[Saying]:
    """The acts of speech of a text. What is said reaches from the act to the next one's speaker, or back from it
    to the last where the act stands at the end."""
    acts = [act for act in comparison.article.acts(facts) if _is_saying(facts, act)]
    found: list[Saying] = []
    begin = 0
    for act, following in zip(acts, [*acts[1:], None], strict=False):
        until = following.begin if following else len(facts.text)
        inside = [token for token in facts.content if act.begin <= token.start < act.finish]
        speaker = tuple(token for token in inside if not token.listed("said", "according"))
        closes = following is None and not any(token.start >= act.finish for token in facts.content)
        first = 0 if closes else begin  # `…, according to Mia Berg` covers the whole sentence
        said = [token.at for token in facts.content if first <= token.start < until and token not in speaker]
        if speaker and fold(act.speaker) not in facts.lexicon.words("pronouns"):
            found.append(Saying(speaker, frozenset(said)))
        begin = until
    return found


def _is_saying(facts: Facts, act: Act) -> bool:
    """Whether an act of speech is told by a verb that is nothing else: `continued` and `cut` may be."""
    verb = facts.lexicon.word(facts.text[act.start : act.end].split()[0]).lists
    says = "according" in verb or ("said" in verb and "also_deeds" not in verb)
    return bool(act.speaker) and act.kind in "vr" and says
