"""Each kind of item: what must hold for it, and what it becomes when it does."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import BaseModel

from summarizer.briefing import (
    Actor,
    Cause,
    Claim,
    Event,
    Evidence,
    Field_,
    Item,
    Place,
    Quote,
    Rationale,
    Reason,
    Rejected,
    Rejection,
    Time,
    Verdict,
)
from summarizer.language import times
from summarizer.check.evidence import Finder
from summarizer.language.folding import Folded, fold
from summarizer.language.lexicon import Lexicon
from summarizer.language.reasons import gives_reason
from summarizer.check.speaker import Attribution, Speakers
from summarizer.check.support import Support, plans, verbatim
from summarizer.document import Document, Quotation, Span
from summarizer.draft import (
    Draft,
    DraftActor,
    DraftCause,
    DraftEvent,
    DraftPlace,
    DraftRationale,
    DraftTime,
    Part,
    Status,
)

_LISTS: tuple[Field_, ...] = ("what", "who", "where", "when", "why", "stated_rationale")
_DATELINE = re.compile(r"^[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .'’-]{2,}(?:,[^—–\n]{1,40})?(?:\s\([^)]{1,30}\))?\s*(?:—|–|--?)\s")
_SHORTEST_REASON = 5
_FEWEST_WORDS = 3
_NEAR = 3
_REFUTING = frozenset({"polarity", "number"})


@dataclass
class Checked:
    """What stands, by field, and what does not."""

    headline: Claim | None = None
    summary: list[Claim] = field(default_factory=list)
    what: list[Event] = field(default_factory=list)
    who: list[Actor] = field(default_factory=list)
    where: list[Place] = field(default_factory=list)
    when: list[Time] = field(default_factory=list)
    why: list[Cause] = field(default_factory=list)
    stated_rationale: list[Rationale] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


class Checker:
    """Holds what a draft proposes against one document. Uses no model and no network."""

    def __init__(self, document: Document, lexicon: Lexicon, published: date | None) -> None:
        self.document = document
        self.lexicon = lexicon
        self.published = published
        self.support = Support(document, lexicon)
        self.finder = Finder(document, self.support)
        self.speakers = Speakers(document, lexicon)
        self.checked = Checked()
        self._main_stands = False

    def check(self, draft: Draft) -> Checked:
        """Every item of `draft`, in the order in which later ones rest on earlier ones."""
        self._check_lists(draft)
        self._headline(draft.headline)
        self._summary(draft.summary)
        self._add_speakers()
        return self.checked

    @property
    def main_event(self) -> Event | None:
        return next(iter(self.checked.what), None)

    @property
    def main_sentences(self) -> set[int]:
        """The numbers of the sentences that the main event rests on."""
        return {each.sentence for each in self.main_event.evidence} if self.main_event else set()

    def mend(self, failed: Sequence[Rejected], repaired: Draft) -> Checked:
        """The result so far, with the items of `repaired` that stand in place of those that `failed`.

        What failed and has no replacement stays rejected; so does a replacement that fails.
        """
        before = {name: len(getattr(self.checked, name)) for name in _LISTS}
        main_failed = not self._main_stands
        self._check_lists(repaired)
        for name in _LISTS:
            mended = len(getattr(self.checked, name)) - before[name]
            for rejected in [each for each in failed if each.field == name][:mended]:
                self.checked.rejected.remove(rejected)
        if main_failed and len(self.checked.what) > before["what"]:
            self.checked.what.insert(0, self.checked.what.pop(before["what"]))
        self._add_speakers()
        return self.checked

    def _check_lists(self, draft: Draft) -> None:
        """In the order in which later items rest on earlier ones."""
        rules: tuple[tuple[Field_, Sequence[BaseModel], Callable[[Any], Item | Rejected]], ...] = (
            ("what", draft.what, self._event),
            ("who", draft.who, self._actor),
            ("where", draft.where, self._place),
            ("when", draft.when, self._time),
            ("why", draft.why, self._cause),
            ("stated_rationale", draft.rationale, self._rationale),
        )
        for name, proposals, rule in rules:
            for index, proposed in enumerate(proposals):
                self._add(name, proposed, rule)
                if name == "what" and index == 0:
                    self._main_stands = bool(self.checked.what)

    def _add(self, name: Field_, proposed: Any, check: Callable[[Any], Item | Rejected]) -> None:
        result = check(proposed)
        if isinstance(result, Rejected):
            if result not in self.checked.rejected:
                self.checked.rejected.append(result)
            return
        stands: list[Item] = getattr(self.checked, name)
        if not any(self._same(result, other) for other in stands):
            stands.append(result)

    def _reject(
        self, name: Field_, proposed: BaseModel, reasons: list[Reason], evidence: list[Evidence] | None = None
    ) -> Rejected:
        verdict: Rejection = "refuted" if any(each.code in _REFUTING for each in reasons) else "not enough information"
        return Rejected(
            field=name, proposed=proposed.model_dump(), verdict=verdict, reasons=reasons, evidence=evidence or []
        )

    # what, headline, summary

    def _event(self, proposed: DraftEvent) -> Event | Rejected:
        claim = self._respelled(proposed.event)
        finding = self.finder.find(claim, proposed.s)
        evidence = self.finder.evidence(finding.sentences)
        if finding.objections:
            return self._reject("what", proposed, finding.objections, evidence)
        status, speaker = self._status(claim, proposed.status, evidence)
        return Event(
            claim=claim, status=status, attributed_to=speaker, evidence=evidence, verdict=_verdict(claim, evidence)
        )

    def _status(self, claim: str, proposed: Status, evidence: list[Evidence]) -> tuple[Status, str | None]:
        """The model's word, unless the evidence has cues that say otherwise."""
        facts = self.support.facts(evidence[0].text)
        speaker = self._speaker_of(evidence[0])
        claimed = self.support.facts(claim)
        if facts.denied & claimed.stems and proposed == "denied":
            return "denied", speaker
        if facts.has("alleged") and not claimed.has("alleged") and proposed in ("alleged", "attributed"):
            return "alleged", speaker
        if plans(claimed, self.lexicon):
            return "planned", speaker
        return ("attributed", speaker) if speaker else ("asserted", None)

    def _speaker_of(self, evidence: Evidence) -> str | None:
        """Who says what the evidence says: in a quotation its speaker, else the subject of the sentence."""
        attribution = self.speakers.subject(evidence.sentence)
        if self._is_quoted([evidence]):
            inside = [each for each in self.document.quotations if evidence.sentence in each.sentences]
            attribution = self.speakers.of(inside[0]) or attribution
        return attribution.full if attribution else None

    def _headline(self, text: str) -> None:
        claim = self._respelled(text)
        finding = self.finder.find(claim, next((each.evidence[0].sentence for each in self.checked.what), None))
        evidence = self.finder.evidence(finding.sentences)
        if finding.objections:
            rejected = self._reject("headline", Claim.model_construct(text=text), finding.objections, evidence)
            self.checked.rejected.append(rejected)
            self.checked.headline = self._main_event_as_headline()
        else:
            self.checked.headline = Claim(text=claim, evidence=evidence, verdict=_verdict(claim, evidence))

    def _main_event_as_headline(self) -> Claim | None:
        event = self.main_event
        return event and Claim(text=event.claim, evidence=event.evidence, verdict=event.verdict)

    def _summary(self, numbers: list[int]) -> None:
        """The sentences that the model picked, the main event's first, in the order of the text."""
        main = [each.evidence[0].sentence for each in self.checked.what[:1]]
        wanted = dict.fromkeys([*main, *(number for number in numbers if self._exists(number))])
        for number in sorted(list(wanted)[:3]):
            sentence = self.document.sentence(number)
            if not sentence.title and not self._leans_back(number, set(wanted)):
                evidence = self.finder.of(sentence)
                self.checked.summary.append(Claim(text=evidence.text, evidence=[evidence], verdict="verbatim"))

    def _leans_back(self, number: int, wanted: set[int]) -> bool:
        """Whether a sentence begins with a pronoun whose person stands in a sentence left out."""
        first = self.support.facts(self.document.sentence(number).span.of(self.document.text)).tokens[:1]
        return bool(first) and first[0].word in self.lexicon.words("pronouns") and number - 1 not in wanted

    # who

    def _actor(self, proposed: DraftActor) -> Actor | Rejected:
        name = _tidy(proposed.name)
        numbers = self._naming(name)
        if not numbers:
            return self._reject("who", proposed, [Reason(code="name", explanation=f"The source does not have “{name}”.")])
        events = [number for number in numbers if number in self._event_sentences()]
        if proposed.part != "spoke" and events and all(self._is_place_in(each, name) for each in events):
            reason = Reason(code="place", explanation=f"“{name}” stands as a place, not as one who does something.")
            return self._reject("who", proposed, [reason])
        part, number = self._part(proposed, name, numbers)
        full = self.speakers.full_name(name) if self.speakers.is_person(name) else name
        role = self.speakers.role(full) or self._role(proposed.title, full)
        evidence = self.finder.evidence((number,))
        return Actor(name=full, role=role, part=part, evidence=evidence, verdict="verbatim")

    def _add_speakers(self) -> None:
        """Who gives a reason that stands is one of the people of the story, whether the model said so or not."""
        known = {fold(actor.name) for actor in self.checked.who}
        for rationale in self.checked.stated_rationale:
            if fold(rationale.speaker) not in known:
                known.add(fold(rationale.speaker))
                evidence = rationale.evidence[-1:]
                actor = Actor(
                    name=rationale.speaker, role=rationale.speaker_role, part="spoke", evidence=evidence, verdict="verbatim"
                )
                self.checked.who.append(actor)

    def _naming(self, name: str) -> list[int]:
        return [
            each.number
            for each in self.document.sentences
            if not each.title and Folded(each.span.of(self.document.text)).find(name)
        ]

    def _event_sentences(self) -> set[int]:
        return {each.sentence for event in self.checked.what for each in event.evidence}

    def _is_place_in(self, number: int, name: str) -> bool:
        """Whether a sentence has `name` only after a word for places: `in eastern Syria`."""
        text = fold(self.document.sentence(number).span.of(self.document.text))
        passed = self.lexicon.words("place_words") - self.lexicon.words("locative")
        before = [text[: match.start()].split() for match in re.finditer(rf"\b{re.escape(fold(name))}\b", text)]
        for words in before:
            while words and words[-1] in passed:
                words.pop()
        return all(words[-1:] and words[-1] in self.lexicon.words("locative") for words in before)

    def _part(self, proposed: DraftActor, name: str, numbers: list[int]) -> tuple[Part, int]:
        """Who spoke must be seen to speak; who acted or was affected stands where an event does."""
        speaking = self.speakers.speaking(name)
        if proposed.part == "spoke":
            return ("spoke", speaking[0]) if speaking else ("mentioned", self._cited(proposed.s, numbers))
        near = self._event_sentences() | set(self._event_neighbours())
        inside = [each for each in numbers if each in near]
        if inside:
            return proposed.part, inside[0]
        return ("spoke", speaking[0]) if speaking else ("mentioned", self._cited(proposed.s, numbers))

    def _role(self, title: str, name: str) -> str | None:
        """The model's title, where it stands beside the name."""
        title = _tidy(title)
        last = name.split()[-1]
        if not title or fold(title) in fold(name):
            return None
        for each in self.document.sentences:
            text = each.span.of(self.document.text)
            if Folded(text).find(title) and Folded(text).find(last):
                return title
        return None

    @staticmethod
    def _cited(number: int, numbers: list[int]) -> int:
        return number if number in numbers else numbers[0]

    # where, when

    def _place(self, proposed: DraftPlace) -> Place | Rejected:
        place = self._place_name(proposed.place)
        found = self._in_event(place, proposed.s) if place else None
        if not place or found is None:
            shown = _tidy(proposed.place)
            return self._reject("where", proposed, [Reason(code="place", explanation=f"No sentence on the event has a place “{shown}”.")])
        if not self.support.names(self.support.facts(place)):
            return self._reject("where", proposed, [Reason(code="place", explanation=f"“{place}” names no place.")])
        evidence = self.finder.evidence((found,))
        return Place(place=place, within=None, evidence=evidence, verdict="verbatim")

    def _place_name(self, words: str) -> str:
        """From the first word on to the last capitalised one that the words for places join to it:
        `eastern Syria in retaliation to attacks in Iraq` is eastern Syria."""
        kept, end = _tidy(words).split(), 0
        joining = self.lexicon.words("place_words") | self.lexicon.words("articles")
        for index, word in enumerate(kept):
            if word[0].isupper():
                end = index + 1
            elif end and fold(word).rstrip(",") not in joining:
                break
        return _tidy(" ".join(kept[:end]))

    def _time(self, proposed: DraftTime) -> Time | Rejected:
        time = _tidy(proposed.time)
        time, found = self._time_of_event(time, proposed.s)
        if not times.is_time(time, self.lexicon):
            return self._reject("when", proposed, [Reason(code="time", explanation=f"“{time}” says no time.")])
        if found is None:
            return self._reject("when", proposed, [Reason(code="time", explanation=f"No sentence on the event has “{time}”.")])
        planned = bool(self.checked.what) and self.checked.what[0].status == "planned"
        resolved = times.resolve(time, self.published, self.lexicon, future=planned)
        return Time(
            time=time,
            start=resolved.start if resolved else None,
            end=resolved.end if resolved else None,
            resolved_from=self.published if resolved and resolved.anchored else None,
            evidence=self.finder.evidence((found,)),
            verdict="verbatim",
        )

    def _time_of_event(self, words: str, cited: int) -> tuple[str, int | None]:
        """A wording of time in a sentence on the main event: these words, or ones that name the same time."""
        if (found := self._in_event(words, cited)) is not None:
            return words, found
        loose = self.lexicon.words("time_modifiers")
        wanted = {word for word in fold(words).split() if word not in loose}
        for number in self._event_neighbours():
            for other in times.expressions(self.document.text_of(self.document.sentence(number)), self.lexicon):
                if {word for word in fold(other).split() if word not in loose} == wanted:
                    return other, number
        return words, None

    def _event_neighbours(self) -> list[int]:
        """The sentences around the main event's that speak of it too, nearest first."""
        near = {number + step for number in self.main_sentences for step in (-2, -1, 1, 2)}
        return [number for number in sorted(near) if self._on_event(number, self.main_event)]

    def _in_event(self, words: str, cited: int) -> int | None:
        """The sentence on the main event that has `words`: one of its evidence, else the cited one if that
        speaks of the event too."""
        numbers = sorted(self.main_sentences, reverse=True)
        near = [cited] if self._on_event(cited, self.main_event) else []
        for number in [*numbers, *near, *self._event_neighbours()]:
            if self._exists(number) and Folded(self._without_dateline(number)).find(words):
                return number
        return None

    def _without_dateline(self, number: int) -> str:
        """A sentence without the `VELIN, Dovrania —` that says where the report was written."""
        text = self.document.sentence(number).span.of(self.document.text)
        return _DATELINE.sub("", text, count=1)

    def _on_event(self, number: int, event: Event | None) -> bool:
        if not self._exists(number) or event is None:
            return False
        text = self.document.sentence(number).span.of(self.document.text)
        claimed = self.support.facts(event.claim).stems
        return len(self.support.facts(text).stems & claimed) >= max(2, len(claimed) // 4)

    # why

    def _cause(self, proposed: DraftCause) -> Cause | Rejected:
        claim = self._respelled(proposed.cause)
        finding = self.finder.find(claim, proposed.s)
        evidence = self.finder.evidence(finding.sentences)
        reasons = finding.objections
        if not reasons and self.checked.what and fold(claim).rstrip(".") == fold(self.checked.what[0].claim).rstrip("."):
            reasons = [Reason(code="circular", explanation="The cause is the event itself.")]
        if not reasons and self._is_quoted(evidence):
            reasons = [Reason(code="stated", explanation="The evidence is what somebody says, not what the source reports.")]
        if not reasons and not self.checked.what:
            reasons = [Reason(code="event", explanation="There is no event that it could explain.")]
        if not reasons and not self._tied(evidence):
            reasons = [Reason(code="unrelated", explanation="Nothing ties this to the main event.")]
        if reasons:
            return self._reject("why", proposed, reasons, evidence)
        return Cause(cause=claim, event=self.checked.what[0].claim, evidence=evidence, verdict=_verdict(claim, evidence))

    def _tied(self, evidence: list[Evidence]) -> bool:
        """Whether a sentence of the evidence speaks of the main event, stands near it, or gives a reason."""
        return any(
            self._on_event(each.sentence, self.main_event)
            or any(abs(each.sentence - number) <= _NEAR for number in self.main_sentences)
            or gives_reason(each.text, self.lexicon)
            for each in evidence
        )

    def _is_quoted(self, evidence: list[Evidence]) -> bool:
        """Whether most of the evidence stands inside quotations."""
        length = sum(each.end - each.start for each in evidence)
        inside = sum(
            max(0, min(each.end, quotation.span.end) - max(each.start, quotation.span.start))
            for each in evidence
            for quotation in self.document.quotations
            if quotation.parent is None
        )
        return inside * 2 > length

    # stated rationale

    def _rationale(self, proposed: DraftRationale) -> Rationale | Rejected:
        quotation = self._quotation(proposed)
        if quotation is None:
            return self._indirect(proposed)
        reasons = self._reason_objections(proposed.reason, quotation.inner, quotation.sentences)
        attribution = self.speakers.of(quotation)
        evidence = self.finder.evidence(quotation.sentences)
        if attribution is None:
            reasons.append(Reason(code="speaker", explanation="The text around the quotation does not say who speaks."))
        if reasons or attribution is None:
            return self._reject("stated_rationale", proposed, reasons, evidence)
        if attribution.sentence not in quotation.sentences:
            evidence += self.finder.evidence((attribution.sentence,))
        reason = proposed.reason if len(proposed.reason.split()) >= _SHORTEST_REASON else self._inside(quotation)
        return self._spoken(reason, attribution, self._quote(quotation), evidence)

    def _indirect(self, proposed: DraftRationale) -> Rationale | Rejected:
        """A reason in indirect speech: the sentence must name who gives it."""
        if proposed.s is None or not self._exists(proposed.s):
            return self._reject("stated_rationale", proposed, [Reason(code="evidence", explanation="It points to nothing.")])
        sentence = self.document.sentence(proposed.s)
        reasons = self._reason_objections(proposed.reason, sentence.span, (sentence.number,))
        attribution = self.speakers.subject(sentence.number)
        if attribution is None:
            reasons.append(Reason(code="speaker", explanation="The sentence does not say whose reason this is."))
        evidence = self.finder.evidence((sentence.number,))
        if reasons or attribution is None:
            return self._reject("stated_rationale", proposed, reasons, evidence)
        return self._spoken(proposed.reason, attribution, None, evidence)

    def _spoken(
        self, reason: str, attribution: Attribution, quote: Quote | None, evidence: list[Evidence]
    ) -> Rationale:
        role = self.speakers.role(attribution.full)
        return Rationale(
            speaker=attribution.full,
            speaker_role=role,
            on_behalf_of=self.speakers.on_behalf_of(role),
            reason=self._from_preposition(reason.strip(" ,"), quote),
            quotation=quote,
            evidence=evidence,
            verdict=_verdict(reason, evidence),
        )

    def _from_preposition(self, reason: str, quote: Quote | None) -> str:
        """A reason cut out of a quotation just after its `in` or `to`, with that word."""
        found = Folded(quote.text).find(reason) if quote else None
        before = quote.text[: found.start].split()[-1:] if quote and found else []
        joins = before and fold(before[0]) in self.lexicon.words("prepositions")
        return f"{before[0]} {reason}" if joins else reason

    def _reason_objections(self, reason: str, span: Span, numbers: tuple[int, ...]) -> list[Reason]:
        around = " ".join(self.document.text_of(self.document.sentence(number)) for number in numbers)
        if not gives_reason(around, self.lexicon):
            return [Reason(code="reason", explanation="The words do not say why.")]
        text = span.of(self.document.text)
        if not verbatim(reason, text):
            return self.support.objections(reason, text)
        if len(self.support.facts(reason).stems) < _FEWEST_WORDS:
            return [Reason(code="subject", explanation="Too few words to be a reason.")]
        return []

    def _quotation(self, proposed: DraftRationale) -> Quotation | None:
        exists = proposed.q is not None and 1 <= proposed.q <= len(self.document.quotations)
        return self.document.quotation(proposed.q) if proposed.q and exists else None

    def _inside(self, quotation: Quotation) -> str:
        return " ".join(quotation.inner.of(self.document.text).split())

    def _quote(self, quotation: Quotation) -> Quote:
        span = quotation.span
        return Quote(quotation=quotation.number, start=span.start, end=span.end, text=span.of(self.document.text))

    # shared

    def _same(self, one: Item, other: Item) -> bool:
        """Whether two items of a kind state the same: no content word of one is missing in the other, and for
        events and causes they rest on the same sentences."""
        mine, yours = (self.support.facts(_stated(item)).stems for item in (one, other))
        where_from = [{each.sentence for each in item.evidence} for item in (one, other)]
        same_place = not isinstance(one, Event | Cause) or bool(where_from[0] & where_from[1])
        return bool(mine) and bool(yours) and (mine <= yours or yours <= mine) and same_place

    def _exists(self, number: int) -> bool:
        return 1 <= number <= len(self.document.sentences)

    def _respelled(self, claim: str) -> str:
        """Initials as the article spells them: a model writes `U. S.` where the source has `U.S.`"""
        return re.sub(r"\b([A-Z])\. (?=[A-Z]\.)", r"\1.", claim).strip()


def _tidy(words: str) -> str:
    """Words cut out of a text, without the marks at their ends and without half a bracket."""
    words = words.strip(" ,.;:")
    if words.count("(") > words.count(")"):
        words = words.rpartition("(")[0]
    elif words.count(")") > words.count("("):
        words = words.partition(")")[2] or words.partition(")")[0]
    return words.strip(" ,.;:")


def _verdict(claim: str, evidence: list[Evidence]) -> Verdict:
    return "verbatim" if any(verbatim(claim, each.text) for each in evidence) else "supported"


def _stated(item: Item) -> str:
    match item:
        case Actor():
            return item.name
        case Event():
            return item.claim
        case Place():
            return item.place
        case Time():
            return item.time
        case Cause():
            return item.cause
        case Rationale():
            return item.reason
    raise TypeError(type(item).__name__)
