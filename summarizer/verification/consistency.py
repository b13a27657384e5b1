"""What a briefing says about itself: does it agree with itself, and with the source as a whole?"""

from __future__ import annotations

from summarizer.briefing import BaseBriefing
from summarizer.check.case import because
from summarizer.record import Usage
from summarizer.source import Source
from summarizer.verification.result import Result


def results(briefing: BaseBriefing) -> list[Result]:
    """What can be told without the source."""
    return [_not_stated(briefing), _usage(briefing)]


def results_on_source(briefing: BaseBriefing, source: Source) -> list[Result]:
    """What the briefing says of its source, held against a text."""
    told = briefing.source
    reasons = []
    if source.sha256 != told.sha256:
        reasons += because(
            "another_text",
            f"This is another text than the briefing was made of: its sha256 is {source.sha256[:12]}, "
            f"the briefing's {told.sha256[:12]}.",
        )
    elif len(source.text) != told.characters:
        reasons += because("characters", f"The source has {len(source.text)} characters, not {told.characters}.")
    elif source.pages and source.pages != told.pages:
        reasons += because("pages", "The pages of the source do not begin where the briefing says.")
    if source.published and source.published != told.published:
        reasons += because("published", f"The source was published on {source.published}, not {told.published}.")
    return [Result("source", None, told.name, tuple(reasons))]


def _not_stated(briefing: BaseBriefing) -> Result:
    """A question has an answer, or a rejected one, or is listed: nothing is lost in silence."""
    tried = {each.field for each in briefing.rejected}
    open_ = [each for each in briefing.open if each not in tried]
    item = ", ".join(briefing.not_stated)
    if sorted(open_) == sorted(briefing.not_stated):
        return Result("not_stated", None, item)
    lost = [each for each in open_ if each not in briefing.not_stated]
    answered = [each for each in briefing.not_stated if each not in open_]
    reasons = [
        *(r for each in lost for r in because("lost", f"Nothing answers “{each}”, and it is not listed either.")),
        *(r for each in answered for r in because("answered", f"“{each}” is listed, but has an answer.")),
    ]
    return Result("not_stated", None, item, tuple(reasons or because("repeated", "A question is listed twice.")))


def _usage(briefing: BaseBriefing) -> Result:
    made = briefing.provenance
    reasons = []
    if made.usage != Usage.of(made.attempts):
        reasons = because("usage", "The usage is not the sum of the attempts.")
    return Result("provenance", None, made.model, tuple(reasons))
