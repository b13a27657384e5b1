"""The check of a whole draft, and of what a repair puts in place of what failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from summarizer.briefing import Actor, Cause, Event, Field_, Item, Place, Rationale, Rejected, Time
from summarizer.check import actors, causes, circumstances, events
from summarizer.check.case import Case, Checked
from summarizer.check.evidence import Finding
from summarizer.document import Document
from summarizer.draft import Draft
from summarizer.language.lexicon import Lexicon

Rule = Callable[[Case, Any], Item | Rejected]

# In the order in which later items rest on earlier ones: the field, its name in the draft, its rule.
_RULES: tuple[tuple[Field_, str, Rule], ...] = (
    ("what", "what", events.event),
    ("who", "who", actors.actor),
    ("where", "where", circumstances.place),
    ("when", "when", circumstances.time),
    ("why", "why", causes.cause),
    ("stated_rationale", "rationale", causes.rationale),
)


class Checker:
    """Holds what drafts propose against one document. Uses no model and no network."""

    def __init__(self, document: Document, lexicon: Lexicon, published: date | None) -> None:
        self._case = Case(document, lexicon, published)
        self._main_stands = True

    @property
    def main_event(self) -> Event | None:
        return self._case.main_event

    @property
    def main_sentences(self) -> set[int]:
        return self._case.main_sentences

    def claim(self, text: str, cited: int | None = None) -> Finding:
        """Whether the document says `text`: the sentences that come nearest, the cited one preferred where it
        says so, and what is wrong with them."""
        return self._case.finder.find(text, cited)

    def summary(self, text: str) -> Finding:
        """The same for a summary that cites nothing, and may put together sentences that stand far apart."""
        return self._case.finder.find(text, None, spread=True)

    def quotation(self, words: str, speaker: str | None = None) -> Finding:
        """Whether `words` are one unbroken quotation of the document, and `speaker` its speaker."""
        return self._case.quoting.find(words, speaker)

    def check(self, draft: Draft) -> Checked:
        """What of `draft` stands, with its evidence, and what does not, with the reasons."""
        case, checked = self._case, self._case.checked
        self._check_lists(draft, _RULES[:1])
        failed = [each.proposed for each in checked.rejected]
        self._main_stands = bool(draft.what) and draft.what[0].model_dump() not in failed
        self._check_headline(draft.headline)
        self._check_lists(draft, _RULES[1:])
        checked.summary = events.summary(case, draft.summary)
        checked.who += actors.speakers_of_reasons(case)
        return checked

    def _check_headline(self, text: str) -> None:
        """The headline and the main event say the same: where one fails, the other stands in for it."""
        checked = self._case.checked
        headline = events.headline(self._case, text)
        if isinstance(headline, Rejected):
            checked.rejected.append(headline)
            checked.headline = events.main_event_as_headline(self._case)
            return
        checked.headline = headline
        if not self._main_stands:
            checked.what.insert(0, events.headline_as_main_event(self._case, headline))
            self._main_stands = True

    def mend(self, failed: Sequence[Rejected], repaired: Draft) -> Checked:
        """The result so far, with the items of `repaired` that stand in place of those that `failed`.

        What failed and has no replacement stays rejected; so does a replacement that fails.
        """
        checked = self._case.checked
        before = {name: len(getattr(checked, name)) for name, _, _ in _RULES}
        self._check_lists(repaired, _RULES)
        for name, count in before.items():
            mended = len(getattr(checked, name)) - count
            for rejected in [each for each in failed if each.field == name][:mended]:
                checked.rejected.remove(rejected)
        if not self._main_stands and len(checked.what) > before["what"]:
            checked.what.insert(0, checked.what.pop(before["what"]))
        checked.headline = checked.headline or events.main_event_as_headline(self._case)
        checked.summary = checked.summary or events.summary(self._case, [])
        checked.who += actors.speakers_of_reasons(self._case)
        return checked

    def _check_lists(self, draft: Draft, rules: Sequence[tuple[Field_, str, Rule]]) -> None:
        for name, wire, rule in rules:
            for proposed in getattr(draft, wire):
                self._sort(name, rule(self._case, proposed))

    def _sort(self, name: Field_, result: Item | Rejected) -> None:
        """Puts a result where it belongs, unless it is there already."""
        if isinstance(result, Rejected):
            if result not in self._case.checked.rejected:
                self._case.checked.rejected.append(result)
            return
        stands: list[Item] = getattr(self._case.checked, name)
        if not any(self._same(result, other) for other in stands):
            stands.append(result)

    def _same(self, one: Item, other: Item) -> bool:
        """Whether two items of a kind state the same: no content word of one is missing in the other, and events
        and causes rest on a sentence in common."""
        mine, yours = (self._case.support.facts(_stated(item)).stems for item in (one, other))
        rests = [{each.sentence for each in item.evidence} for item in (one, other)]
        apart = isinstance(one, Event | Cause) and not rests[0] & rests[1]
        return bool(mine and yours) and (mine <= yours or yours <= mine) and not apart


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
    raise TypeError(f"{type(item).__name__} is no item of a list")
