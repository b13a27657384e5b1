"""Why: the cause as the source reports it, and the reasons that somebody gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from summarizer.check import actors, events
from summarizer.check.case import FIRST, Case, because, reject, respelled, verdict_on
from summarizer.check.speaker import Attribution
from summarizer.check.support import verbatim
from summarizer.document import Quotation, Span
from summarizer.draft import DraftCause, DraftRationale
from summarizer.item import Cause, Evidence, Quote, Rationale
from summarizer.language.folding import Folded, fold
from summarizer.language.reasons import CUES, clauses, gives_reason, no_cause, states_reason, sureness
from summarizer.record import Reason, Rejected

_NEAR = 3
_SAID = because("stated", "The evidence is what somebody says, not what the source reports.")
_FEWEST_CONTENT = 3
_FEWEST_WORDS = 5
_LONGEST_CUE = 3
"""Words of `in response to` that a reason may lack."""
_ASKED = re.compile(r"[^.!?]*\?")


def cause(case: Case, proposed: DraftCause) -> Cause | Rationale | Rejected:
    """A cause of the main event that the source itself reports; one that somebody gives is a stated reason."""
    claim = respelled(proposed.cause)
    finding = case.finder.find(claim, proposed.s)
    evidence = case.finder.evidence(finding.sentences)
    reasons = finding.objections or _objections(case, claim, evidence)
    if reasons or case.main_event is None:
        return reject(proposed, reasons, evidence)
    if stated := _stated(case, claim, evidence):
        if any(slot.item is Rationale for slot in case.kind.slots):
            return stated
        return reject(proposed, _SAID, evidence)
    return Cause(cause=claim, event=case.main_event.claim, evidence=evidence, verdict=verdict_on(claim, evidence))


def _stated(case: Case, claim: str, evidence: list[Evidence]) -> Rationale | None:
    """The cause as somebody's reason, where the sentence puts it into somebody's mouth."""
    said_by = events.said_by(case, evidence[0], case.support.facts(claim).stems)
    attribution = case.speakers.subject(evidence[0].sentence) if said_by else None
    if attribution is None or len(evidence) > 1:
        return None
    if not gives_reason(claim, case.lexicon) or actors.is_thing(case, actors.unowned(case, attribution.full)):
        return None
    if attribution.sentence != evidence[0].sentence:
        evidence = [*evidence, *case.finder.evidence((attribution.sentence,))]
    return _spoken(case, claim, attribution, None, evidence)


def _objections(case: Case, claim: str, evidence: list[Evidence]) -> list[Reason]:
    if case.main_event is None:
        return because("event", "There is no event that it could explain.")
    if any(_repeats(case, claim, told) for told in events.tellings(case)):
        return because("circular", "The cause is the event itself.")
    if case.quoted(evidence):
        return _SAID
    if _at_once(case, claim):
        if all(case.document.sentence(each.sentence).title for each in evidence):
            return because("cause", f"In a title, “{claim.split()[0]}” says that both were at once.")
        if not case.speakers.tells(claim) or case.speakers.speaks(claim):
            return because("cause", f"“{claim.split()[0]}” tells nothing here that could be a cause.")
    if _only_when(case, claim) or no_cause(claim, case.lexicon):
        return because("cause", f"“{claim.split()[0]}” says when here, and not why.")
    if not any(_tied(case, claim, each) for each in evidence):
        return because("unrelated", "Nothing ties this to the main event.")
    return []


def _at_once(case: Case, claim: str) -> bool:
    """Whether a cause begins with a word that can also mean `while`."""
    return sureness(claim, case.lexicon) > 0 and fold(claim).split()[0] in case.lexicon.words("at_once")


def _only_when(case: Case, claim: str) -> bool:
    """Whether a cause that begins with `after` names what it speaks of as known, and tells nothing of it: `after the
    race`."""
    words = fold(claim).split()
    known = len(words) > 1 and words[1] in case.lexicon.words("definite")
    return known and words[0] in case.lexicon.words("later_first") and not case.speakers.tells(claim)


def _repeats(case: Case, claim: str, event: str) -> bool:
    """Whether a cause tells half of what the event is, or the event half of what the cause is, apart from the cause
    that the event itself may tell."""
    for clause in clauses(event, case.lexicon):
        event = event.replace(clause, " ")
    said, told = case.support.facts(claim).stems, case.support.facts(event).stems
    both = len(said & told)
    return 2 * both >= max(1, len(said)) or (both >= _FEWEST_CONTENT and 2 * both >= len(told))


def _tied(case: Case, claim: str, evidence: Evidence) -> bool:
    """Whether a sentence speaks of the main event, stands near it, or gives a reason. What `after` or `to prevent`
    begins must stand in a sentence that tells the event."""
    if 0 < sureness(claim, case.lexicon) < len(CUES):
        return evidence.sentence in _own(case)
    near = any(abs(evidence.sentence - number) <= _NEAR for number in case.main_sentences)
    return near or case.on_event(evidence.sentence) or gives_reason(evidence.text, case.lexicon)


def rationale(case: Case, proposed: DraftRationale) -> Rationale | Rejected:
    """A reason under the name of who gives it, whomever the model named: the text decides."""
    if proposed.q is not None and 1 <= proposed.q <= len(case.document.quotations):
        quotation = case.document.quotation(proposed.q)
        if not case.document.reports(quotation):
            return reject(proposed, because("instruction", "The words instruct a machine."))
        return _quoted(case, proposed, quotation)
    if proposed.s is not None and case.exists(proposed.s):
        return _indirect(case, proposed, proposed.s)
    return reject(proposed, because("evidence", "It points to nothing."))


def _quoted(case: Case, proposed: DraftRationale, quotation: Quotation) -> Rationale | Rejected:
    attribution = case.speakers.of(quotation)
    evidence = case.finder.evidence(quotation.sentences)
    before = Span(case.document.sentence(quotation.sentences[0]).span.start, quotation.span.end)
    reasons = _reason_objections(case, proposed.reason, quotation.inner, before, attribution)
    if attribution is None:
        reasons += because("speaker", "The text around the quotation does not say who speaks.")
    if reasons or attribution is None:
        return reject(proposed, reasons, evidence)
    if attribution.sentence not in quotation.sentences:
        evidence += case.finder.evidence((attribution.sentence,))
    span = quotation.span
    quote = Quote(quotation=quotation.number, start=span.start, end=span.end, text=case.document.text_of(span))
    return _spoken(case, _whole(case, proposed.reason, quotation), attribution, quote, evidence)


def _indirect(case: Case, proposed: DraftRationale, number: int) -> Rationale | Rejected:
    """A reason in indirect speech: the sentence must name who gives it."""
    attribution = case.speakers.subject(number)
    evidence = case.finder.evidence((number,))
    span = case.document.sentence(number).span
    reasons = _reason_objections(case, proposed.reason, span, span, attribution)
    if attribution is None:
        reasons += because("speaker", "The sentence does not say whose reason this is.")
    if reasons or attribution is None:
        return reject(proposed, reasons, evidence)
    if attribution.sentence != number:
        evidence += case.finder.evidence((attribution.sentence,))
    return _spoken(case, proposed.reason.strip(" ,"), attribution, None, evidence)


def _spoken(
    case: Case, reason: str, attribution: Attribution, quote: Quote | None, evidence: list[Evidence]
) -> Rationale:
    role = case.speakers.role(attribution.full)
    return Rationale(
        speaker=attribution.full,
        speaker_role=role,
        on_behalf_of=case.speakers.on_behalf_of(role),
        reason=reason,
        quotation=quote,
        evidence=evidence,
        verdict=verdict_on(reason, evidence),
    )


def _reason_objections(
    case: Case, reason: str, span: Span, around: Span, attribution: Attribution | None
) -> list[Reason]:
    """What is wrong with a reason out of `span`; `around` is where a word such as `because` may stand."""
    if attribution is not None and actors.is_thing(case, actors.unowned(case, attribution.full)):
        return because("speaker", f"“{attribution.full}” is a thing, which has no reasons.")
    told = _ASKED.sub("", case.document.text_of(around))
    if not gives_reason(told, case.lexicon):
        return because("reason", "The words do not say why.")
    if not states_reason(told, case.lexicon) and not (attribution and _has_a_part(case, attribution)):
        return because("reason", "The words say what somebody wants or has to do, and not why anything was done.")
    text = case.document.text_of(span)
    if not verbatim(reason, text):
        return case.support.objections(reason, text)
    if len(case.support.facts(reason).content) < _FEWEST_CONTENT:
        return because("words", "Too few words to be a reason.")
    return []


def _has_a_part(case: Case, attribution: Attribution) -> bool:
    """Whether what somebody wants or has to do can be a reason for what the article tells: the main event names who
    speaks, or the article tells their office."""
    if case.speakers.role(attribution.full):
        return True
    named = case.support.facts(attribution.full).stems
    return any(named & case.support.facts(told).stems for told in events.tellings(case))


def _whole(case: Case, reason: str, quotation: Quotation) -> str:
    """A reason cut out of a quotation, with the `in` or `to` before it, or all of `in response to`; the whole where
    little was cut out, or where the cut would change what it says."""
    inner = " ".join(case.document.text_of(quotation.inner).split())
    if len(reason.split()) < _FEWEST_WORDS or case.quoting.turned(quotation, reason):
        return inner
    reason = reason.strip(" ,")
    found = Folded(inner).find(reason)
    before = inner[: found.start].split() if found else []
    first = reason.split()[0]
    for count in range(min(len(before), _LONGEST_CUE), 0, -1):
        words = " ".join(before[-count:])
        if case.lexicon.any_of("reasons").fullmatch(fold(f"{words} {first}")):
            return f"{words} {reason}"
    joined = before and fold(before[-1]) in case.lexicon.words("prepositions")
    return f"{before[-1]} {reason}" if joined else reason


def told(case: Case) -> Iterator[DraftCause]:
    """The wordings of the sentences on the main event that say why, the surest first: purposes only of its own
    sentences and the first ones; circumstances only of the first ones, where no cause stands after the others."""
    own = _own(case)
    yield from _told(case, 0, case.around())
    yield from _told(case, 1, own)
    for each in _told(case, 2, [number for number in own if number <= FIRST]):
        if case.checked.all(Cause):
            return
        yield each


def _told(case: Case, sure: int, numbers: list[int]) -> Iterator[DraftCause]:
    for number in numbers:
        for clause in case.clauses(case.text(number)):
            if sureness(clause, case.lexicon) == sure:
                yield DraftCause(s=number, cause=clause[:240])


def _own(case: Case) -> list[int]:
    """The sentences that tell the main event: its evidence, and the first ones."""
    return [each for each in case.around() if each <= FIRST or each in case.main_sentences]


def strength(case: Case) -> Callable[[Cause], tuple[int, int]]:
    """Sorts causes: the surest first, in the order of the text."""
    return lambda item: (sureness(item.cause, case.lexicon), item.evidence[0].sentence)
