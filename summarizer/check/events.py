"""What happened, other claims, the headline and the summary."""

from __future__ import annotations

import re
from typing import TypeVar

from pydantic import BaseModel

from summarizer.check.case import Case, because, reject, respelled, verdict_on
from summarizer.check.somebody import head, is_somebody
from summarizer.check.support import plans
from summarizer.draft import DraftClaim, DraftEvent, Status
from summarizer.item import Claim, Event, Evidence, Extract, Headline
from summarizer.language.folding import fold
from summarizer.record import Reason, Rejected

C = TypeVar("C", bound=Claim)

LONGEST = 25
"""Words of a main event."""

_LONGEST_SUMMARY = 3
_JOINED = re.compile(r"\w+(?:-\w+)+")
_QUOTED = re.compile(r"[\"“„«][^\"”»]*[\"”»]|(?<!\w)['‘][^'‘’]+(?:['’]\w+[^'‘’]*)*['’](?!\w)")


def event(case: Case, proposed: DraftEvent) -> Event | Rejected:
    """An event that its evidence supports, with the status that the evidence gives it."""
    claim = respelled(proposed.event)
    if reasons := _personal(case, claim):
        return reject(proposed, reasons)
    finding = case.finder.find(claim, proposed.s)
    evidence = case.finder.evidence(finding.sentences)
    if reasons := finding.objections or _cut_short(case, claim, evidence) or _other_speaker(case, claim, evidence):
        return reject(proposed, reasons, evidence)
    status, speaker = _status(case, claim, proposed.status, evidence[0])
    verdict = verdict_on(claim, evidence)
    return Event(claim=claim, status=status, attributed_to=speaker, evidence=evidence, verdict=verdict)


def claim(case: Case, proposed: DraftClaim) -> Claim | Rejected:
    """A statement that its evidence supports."""
    text = respelled(proposed.claim)
    return _supported(case, Claim, text, proposed, proposed.s)


def _supported(case: Case, kind: type[C], text: str, proposed: BaseModel, cited: int | None) -> C | Rejected:
    if reasons := _personal(case, text):
        return reject(proposed, reasons)
    finding = case.finder.find(text, cited)
    evidence = case.finder.evidence(finding.sentences)
    if reasons := finding.objections or _cut_short(case, text, evidence) or _other_speaker(case, text, evidence):
        return reject(proposed, reasons, evidence)
    return kind(text=text, evidence=evidence, verdict=verdict_on(text, evidence))


def _cut_short(case: Case, claim: str, evidence: list[Evidence]) -> list[Reason]:
    """A claim copied as far as the comma before the verb: `Berg said the fire, which began at noon` `, was out`."""
    verbs = case.lexicon.words("being", "future", "before_infinitive")
    for each in evidence:
        found = case.folded(each.sentence).find(claim.rstrip("."))
        rest = each.text[found.end :] if found else ""
        next_word = fold(rest[1:]).split()[:1]
        has_verb = not verbs.isdisjoint(fold(claim.rpartition(",")[0]).split())
        if rest.startswith(",") and verbs.intersection(next_word) and not has_verb:
            return because("cut", "The sentence is cut before its verb.")
    return []


def _other_speaker(case: Case, claim: str, evidence: list[Evidence]) -> list[Reason]:
    """A claim that puts into somebody's mouth what a person whose office the article tells says: `the coast guard
    said`, where it is Mia Berg, the harbour master. `Officials` may be anybody."""
    claimed = case.speakers.speaker_of(claim)
    if len(evidence) != 1 or claimed is None:
        return []
    said = said_by(case, evidence[0], case.support.facts(claim).stems)
    role = case.speakers.role(said) if said else None
    if said is None or role is None or not is_somebody(case, role) or case.speakers.same(claimed, said):
        return []
    facts = case.support.facts(claimed)
    words = [token.word.text for token in facts.content]
    if not words or facts.has("any_speaker") or facts.stems & case.support.facts(f"{said} {role}").stems:
        return []
    if any(set(words) <= case.finder.facts(number).words for number in case.naming(said.split()[-1])):
        return []
    return because("speaker", f"In the evidence {said} says this, {role}, and not “{claimed}”.")


def _personal(case: Case, claim: str) -> list[Reason]:
    """A briefing does not speak of itself or to its reader: `I cannot process this`."""
    tokens = case.support.facts(_JOINED.sub(" ", _QUOTED.sub(" ", claim))).tokens
    personal = [token.text for token in tokens if "first_and_second" in token.word.lists]
    explanation = f"The claim speaks in the first or second person: “{personal[0]}”." if personal else ""
    return because("person", explanation) if personal else []


def _status(case: Case, claim: str, proposed: Status, evidence: Evidence) -> tuple[Status, str | None]:
    """The model's word, unless claim and evidence have cues that say otherwise; and who says it, by the sentence, else
    by the claim itself."""
    said, claimed = case.support.facts(evidence.text), case.support.facts(claim)
    speaker = said_by(case, evidence, claimed.stems) or case.speakers.speaker_of(claim)
    if plans(claimed):
        return "planned", speaker
    if claimed.has("denials") or claimed.has("rejections"):
        return "denied", speaker
    if proposed in ("alleged", "attributed") and "alleged" in said.scopes.kinds | claimed.scopes.kinds:
        return "alleged", speaker
    return ("attributed", speaker) if speaker else ("asserted", None)


def said_by(case: Case, evidence: Evidence, claimed: frozenset[str]) -> str | None:
    """Who says what is claimed: in a quotation its speaker, else the subject of the sentence, as far as that covers
    the claim."""
    if case.document.sentence(evidence.sentence).title:
        return None
    attribution = case.speakers.subject(evidence.sentence)
    spoken = case.support.facts(case.speakers.spoken_part(evidence.sentence)).stems
    if case.quoted([evidence]):
        inside = [each for each in case.document.quotations if evidence.sentence in each.sentences]
        attribution = case.speakers.of(inside[0]) or attribution
    elif 2 * len(claimed & spoken) < len(claimed):
        return None
    if attribution is None:
        return None
    readable = fold(head(case, attribution.full)) in case.lexicon.words("documents")
    return attribution.full if readable or is_somebody(case, attribution.full) else None


def headline(case: Case, text: str, cited: int | None = None) -> Headline | Rejected:
    """The headline, where a sentence or the title supports it: the cited one, else the main event's."""
    proposed = Headline.model_construct(text=text)
    return _supported(case, Headline, respelled(text), proposed, cited or min(case.main_sentences, default=None))


def title(case: Case) -> Headline | None:
    """The article's own title, unless it asks something or speaks in the first or second person."""
    first = case.document.sentences[0] if case.document.sentences else None
    if first is None or not first.title or first.instructs:
        return None
    text = case.document.text_of(first)
    if text.rstrip("\"'”’)").endswith("?") or _personal(case, text):
        return None
    evidence = [case.finder.of(first)]
    return Headline(text=" ".join(evidence[0].text.split()), evidence=evidence, verdict="verbatim")


def tellings(case: Case) -> list[str]:
    """The words that tell the main event: its claim, and the title. None where there is no event."""
    if case.main_event is None:
        return []
    own = title(case)
    return [case.main_event.claim, *([own.text] if own else [])]


def tells(case: Case, claim: str, title: str) -> bool:
    """Whether a claim has half of what a title says."""
    said, told = case.support.facts(claim).stems, case.support.facts(title).stems
    return 2 * len(said & told) >= len(told)


def main_event_as_headline(case: Case) -> Headline | None:
    event = case.main_event
    return Headline(text=event.claim, evidence=event.evidence, verdict=event.verdict) if event else None


def headline_as_main_event(case: Case, headline: Headline) -> Event:
    status, speaker = _status(case, headline.text, "asserted", headline.evidence[0])
    return Event(
        claim=headline.text,
        status=status,
        attributed_to=speaker,
        evidence=headline.evidence,
        verdict=headline.verdict,
    )


def summary(case: Case, numbers: list[int]) -> list[Extract]:
    """The sentences that the model picked and the main event's first one, in the order of the text."""
    main = [case.main_event.evidence[0].sentence] if case.main_event else []
    wanted = list(dict.fromkeys([*main, *filter(case.exists, numbers)]))[:_LONGEST_SUMMARY]
    evidence = [case.finder.of(case.document.sentence(number)) for number in sorted(wanted)]
    kept: list[Extract] = []
    for each in evidence:
        before = kept[-1].evidence[0].sentence if kept else None
        asks = each.text.rstrip().endswith("?")
        title = case.document.sentence(each.sentence).title
        if not (asks or title or _leans_back(case, each.sentence, before)):
            kept.append(Extract(text=each.text, evidence=[each], verdict="verbatim"))
    return kept


def _leans_back(case: Case, number: int, before: int | None) -> bool:
    """Whether a sentence begins with a pronoun whose person stands in a sentence left out."""
    first = case.finder.facts(number).tokens[:1]
    return bool(first) and "pronouns" in first[0].word.lists and number - 1 != before
