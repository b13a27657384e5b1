"""One briefing held against the gold of its article: what is right, what is wrong, and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from summarizer.briefing import BaseBriefing
from summarizer.evaluation import phrase
from summarizer.evaluation.gold import Gold, GoldQuotation
from summarizer.evaluation.tally import Counts
from summarizer.item import Item, Place, Rationale, Time
from summarizer.record import Rejected
from summarizer.verification import verify

Outcome = Literal["right", "wrong", "missed", "unasked", "abstained", "failed"]
RIGHT: tuple[Outcome, ...] = ("right", "abstained")

STANDS_IN = {"why": "stated_rationale"}
"""Where a question has no answer, the field whose first item answers it: a reason that somebody gives says why."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one question about one article.

    Attributes:
        question: a field of the briefing, or `day`.
        answer: the first item of the field; None where it has none.
        gold: the phrases of which one is right; empty where the source does not say.
        outcome: right; wrong: another answer; missed: none, where there is one; unasked: one, where the source
            does not say; abstained: rightly none; failed: there is no briefing.
        why: for what went wrong, where it went wrong.
    """

    question: str
    answer: str | None
    gold: tuple[str, ...]
    outcome: Outcome
    why: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    judged: tuple[Judged, ...] = ()
    counts: dict[str, Counts] = field(default_factory=dict)


def judge(gold: Gold, briefing: BaseBriefing | None) -> Judgement:
    """What is right and wrong in a briefing; None stands for one that could not be made, which answers nothing and
    abstains from nothing."""
    judged = [*_answers(gold, briefing), *([_day(gold, briefing)] if gold.dated else [])]
    if briefing is None:
        judged = [replace(each, outcome="failed", why="there is no briefing") for each in judged]
    counts = _counted(judged)
    for question in gold.answers:
        counts[f"any {question}"] = _any(gold, briefing, question)
    for name, count in _SHARES.items():
        counts[name] = count(gold, briefing)
    return Judgement(tuple(judged), {name: each for name, each in counts.items() if each != Counts()})


def _answers(gold: Gold, briefing: BaseBriefing | None) -> Iterator[Judged]:
    for question, phrases in gold.answers.items():
        said = _said(briefing, question)
        answer = said[0] if said else None
        outcome = _outcome(answer, phrases, phrase.right(answer or "", phrases, gold.language))
        why = _why(gold, briefing, question, outcome) if briefing and outcome not in RIGHT else ""
        yield Judged(question, answer, tuple(phrases), outcome, why)


def _outcome(answer: object, wanted: object, right: bool) -> Outcome:  # noqa: FBT001 (of all three)
    if not answer:
        return "missed" if wanted else "abstained"
    return ("right" if right else "wrong") if wanted else "unasked"


def _day(gold: Gold, briefing: BaseBriefing | None) -> Judged:
    """The answer is the first time that is one day."""
    times = [item for _, _, item in briefing.items if isinstance(item, Time)] if briefing else []
    told = next((each for each in times if each.start and each.start == each.end), None)
    day = told.start if told else None
    outcome = _outcome(day, gold.day, day == gold.day)
    why = _why_that_day(briefing, [told] if told else times) if briefing and outcome not in RIGHT else ""
    return Judged("day", str(day) if day else None, (str(gold.day),) if gold.day else (), outcome, why)


def _why_that_day(briefing: BaseBriefing, times: Sequence[Time]) -> str:
    if not times:
        return _refusal(briefing, [each.name for each in briefing.slots() if issubclass(each.item, Time)])
    first = times[0]
    days = dict.fromkeys(str(each) for each in (first.start, first.end) if each)
    return f"“{first.time}” is {' to '.join(days) or 'not resolved'}"


def _counted(judged: list[Judged]) -> dict[str, Counts]:
    counts: dict[str, Counts] = {}
    for each in judged:
        counts[each.question] = Counts(each.outcome == "right", each.answer is not None, bool(each.gold))
        none = each.outcome in ("missed", "abstained")
        abstained = Counts(each.outcome == "abstained", none, not each.gold)
        counts["abstention"] = counts.get("abstention", Counts()) + abstained
    return counts


def _any(gold: Gold, briefing: BaseBriefing | None, question: str) -> Counts:
    """Whether any of the items is right, for what a better order could gain."""
    phrases = gold.answers[question]
    found = any(phrase.right(each, phrases, gold.language) for each in _said(briefing, question))
    return Counts(found, bool(phrases), bool(phrases))


def _said(briefing: BaseBriefing | None, question: str) -> list[str]:
    """What the items of a field state, or of the field that stands in for it where it is empty."""
    if briefing is None:
        return []
    items = _items(briefing, question) or _items(briefing, STANDS_IN.get(question, ""))
    return [_stated(each) for each in items]


def _stated(item: Item) -> str:
    within = item.within if isinstance(item, Place) else None
    return f"{item.statement}, {within}" if within else item.statement


def _items(briefing: BaseBriefing, name: str) -> list[Item]:
    return [item for slot, _, item in briefing.items if slot == name]


def _why(gold: Gold, briefing: BaseBriefing, question: str, outcome: Outcome) -> str:
    phrases, said = gold.answers[question], _said(briefing, question)
    if said and phrase.too_long(said[0]) and any(phrase.covers(said[0], each, gold.language) for each in phrases):
        return f"right, but longer than {phrase.LONGEST} words"
    if (
        place := next((n for n, each in enumerate(said) if phrase.right(each, phrases, gold.language)), None)
    ) is not None:
        return f"number {place + 1} of its items is right"
    refused = [each for each in briefing.rejected if each.field == question]
    if found := next((each for each in refused if phrase.right(_proposed(each), phrases, gold.language)), None):
        return f"the check refused it: “{_proposed(found)}”: {found.reasons[0].explanation}"
    if outcome == "unasked":
        return "the source does not say"
    return _refusal(briefing, [question]) if outcome == "missed" else "the model did not propose it"


def _refusal(briefing: BaseBriefing, fields: Collection[str]) -> str:
    """Why there is no item in some fields."""
    refused = next((each for each in briefing.rejected if each.field in fields), None)
    if refused is None:
        return "the model did not propose it"
    return f"what was proposed was refused: “{_proposed(refused)}”: {refused.reasons[0].explanation}"


def _proposed(rejected: Rejected) -> str:
    """What a proposal states: not who is said to have said it, nor of what sort it is."""
    told: dict[str, Any] = rejected.proposed
    stating = ("event", "place", "time", "cause", "reason", "claim", "name")
    return str(next((told[key] for key in stating if key in told), ""))


def _reasons(gold: Gold, briefing: BaseBriefing | None) -> Counts:
    """How many of the reasons that people give were found. A reason is found where an item has half of its content
    words, in its reason or its quotation."""
    if gold.stated_rationale is None:
        return Counts()
    found = _rationales(briefing)
    told = [f"{each.reason} {each.quotation.text if each.quotation else ''}" for each in found]
    hits = sum(
        any(phrase.covers(each, reason.reason, gold.language) for each in told) for reason in gold.stated_rationale
    )
    return Counts(min(hits, len(found)), len(found), len(gold.stated_rationale))


def _speakers(gold: Gold, briefing: BaseBriefing | None) -> Counts:
    """Of the stated reasons whose speaker the gold names, how many have that one: the last names are equal."""
    right = given = 0
    for each in _rationales(briefing):
        speaker = _speaker_of(gold, each)
        given += speaker is not None
        right += speaker is not None and _last(speaker) in phrase.words(each.speaker)
    return Counts(right, given, given)


def _speaker_of(gold: Gold, item: Rationale) -> str | None:
    if item.quotation:
        inside = " ".join(phrase.words(item.quotation.text))
        for quotation in gold.quotations or ():
            if quotation.speaker and any(_overlap(" ".join(phrase.words(each)), inside) for each in quotation.pieces):
                return quotation.speaker
    return next(
        (
            each.speaker
            for each in gold.stated_rationale or ()
            if each.speaker and phrase.covers(item.reason, each.reason, gold.language)
        ),
        None,
    )


def _overlap(one: str, other: str) -> bool:
    """Whether the words of one stand in the other, in a row. What has no words stands nowhere."""
    if not one or not other:
        return False
    one, other = f" {one} ", f" {other} "
    return one in other or other in one


def _last(speaker: str) -> str:
    return (phrase.words(speaker) or [""])[-1]


def _quotations(gold: Gold, briefing: BaseBriefing | None) -> Counts:
    """Of the quotations that a briefing has, how many the gold has too."""
    quoted = [" ".join(phrase.words(each.quotation.text)) for each in _rationales(briefing) if each.quotation]
    if gold.quotations is None:
        return Counts()
    hits = sum(any(_is_of(each, known) for known in gold.quotations) for each in quoted)
    return Counts(hits, len(quoted), len(quoted))


def _is_of(words: str, known: GoldQuotation) -> bool:
    return any(_overlap(" ".join(phrase.words(each)), words) for each in known.pieces)


def _rationales(briefing: BaseBriefing | None) -> list[Rationale]:
    return [item for _, _, item in briefing.items if isinstance(item, Rationale)] if briefing else []


def _holding(gold: Gold, briefing: BaseBriefing | None) -> Counts:
    """Of everything that the briefing states, how much holds when it is checked again against the text."""
    if briefing is None:
        return Counts()
    found = verify(briefing, gold.source).results
    held = sum(not each.reasons for each in found)
    return Counts(held, len(found), len(found))


def _standing(_gold: Gold, briefing: BaseBriefing | None) -> Counts:
    """Of what the model proposed, how much stood the check."""
    if briefing is None:
        return Counts()
    stood = len(briefing.items)
    return Counts(stood, stood + len(briefing.rejected), stood + len(briefing.rejected))


_SHARES: dict[str, Callable[[Gold, BaseBriefing | None], Counts]] = {
    "stated_rationale": _reasons,
    "speakers": _speakers,
    "quotations": _quotations,
    "holds": _holding,
    "stood": _standing,
}
