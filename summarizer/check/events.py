"""What happened, the headline and the summary."""

from __future__ import annotations

import re

from summarizer.briefing import Claim, Event, Evidence, Reason, Rejected
from summarizer.check.case import Case, because, reject, respelled, verdict_on
from summarizer.check.support import plans
from summarizer.draft import DraftEvent, Status

_LONGEST_SUMMARY = 3
_QUOTED = re.compile(r"[\"“„«][^\"”»]*[\"”»]")


def event(case: Case, proposed: DraftEvent) -> Event | Rejected:
    """An event that its evidence supports, with the status that the evidence gives it."""
    claim = respelled(proposed.event)
    if reasons := _personal(case, claim):
        return reject("what", proposed, reasons)
    finding = case.finder.find(claim, proposed.s)
    evidence = case.finder.evidence(finding.sentences)
    if finding.objections:
        return reject("what", proposed, finding.objections, evidence)
    status, speaker = _status(case, claim, proposed.status, evidence[0])
    verdict = verdict_on(claim, evidence)
    return Event(claim=claim, status=status, attributed_to=speaker, evidence=evidence, verdict=verdict)


def _personal(case: Case, claim: str) -> list[Reason]:
    """A briefing does not speak of itself or to its reader: `I cannot process this`."""
    tokens = case.support.facts(_QUOTED.sub(" ", claim)).tokens
    personal = [token.text for token in tokens if "first_and_second" in token.word.lists]
    explanation = f"The claim speaks in the first or second person: “{personal[0]}”." if personal else ""
    return because("person", explanation) if personal else []


def _status(case: Case, claim: str, proposed: Status, evidence: Evidence) -> tuple[Status, str | None]:
    """The model's word, unless claim and evidence have cues that say otherwise."""
    said, claimed = case.support.facts(evidence.text), case.support.facts(claim)
    speaker = _speaker(case, evidence, claimed.stems)
    if plans(claimed):
        return "planned", speaker
    if claimed.has("denials") or claimed.has("rejections"):
        return "denied", speaker
    if proposed in ("alleged", "attributed") and "alleged" in said.scopes.kinds | claimed.scopes.kinds:
        return "alleged", speaker
    return ("attributed", speaker) if speaker else ("asserted", None)


def _speaker(case: Case, evidence: Evidence, claimed: frozenset[str]) -> str | None:
    """Who says what is claimed: in a quotation its speaker, else the subject of the sentence, as far as that covers
    the claim."""
    attribution = case.speakers.subject(evidence.sentence)
    spoken = case.support.facts(case.speakers.spoken_part(evidence.sentence)).stems
    if case.quoted([evidence]):
        inside = [each for each in case.document.quotations if evidence.sentence in each.sentences]
        attribution = case.speakers.of(inside[0]) or attribution
    elif 2 * len(claimed & spoken) < len(claimed):
        return None
    return attribution.full if attribution else None


def headline(case: Case, text: str) -> Claim | Rejected:
    """The headline, where a sentence or the title supports it."""
    claim = respelled(text)
    if reasons := _personal(case, claim):
        return reject("headline", Claim.model_construct(text=text), reasons)
    finding = case.finder.find(claim, min(case.main_sentences, default=None))
    evidence = case.finder.evidence(finding.sentences)
    if finding.objections:
        return reject("headline", Claim.model_construct(text=text), finding.objections, evidence)
    return Claim(text=claim, evidence=evidence, verdict=verdict_on(claim, evidence))


def main_event_as_headline(case: Case) -> Claim | None:
    event = case.main_event
    return Claim(text=event.claim, evidence=event.evidence, verdict=event.verdict) if event else None


def headline_as_main_event(case: Case, headline: Claim) -> Event:
    status, speaker = _status(case, headline.text, "asserted", headline.evidence[0])
    return Event(
        claim=headline.text,
        status=status,
        attributed_to=speaker,
        evidence=headline.evidence,
        verdict=headline.verdict,
    )


def summary(case: Case, numbers: list[int]) -> list[Claim]:
    """The sentences that the model picked and the main event's first one, in the order of the text."""
    main = [case.main_event.evidence[0].sentence] if case.main_event else []
    wanted = list(dict.fromkeys([*main, *filter(case.exists, numbers)]))[:_LONGEST_SUMMARY]
    evidence = [case.finder.of(case.document.sentence(number)) for number in sorted(wanted)]
    kept: list[Claim] = []
    for each in evidence:
        before = kept[-1].evidence[0].sentence if kept else None
        asks = each.text.rstrip().endswith("?")
        title = case.document.sentence(each.sentence).title
        if not (asks or title or _leans_back(case, each.sentence, before)):
            kept.append(Claim(text=each.text, evidence=[each], verdict="verbatim"))
    return kept


def _leans_back(case: Case, number: int, before: int | None) -> bool:
    """Whether a sentence begins with a pronoun whose person stands in a sentence left out."""
    first = case.finder.facts(number).tokens[:1]
    return bool(first) and "pronouns" in first[0].word.lists and number - 1 != before
