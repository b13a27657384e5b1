"""Re-checking a briefing that was made before: by code alone, with no model and no network."""

from __future__ import annotations

from summarizer import check
from summarizer.briefing import BaseBriefing
from summarizer.document import Document
from summarizer.source import Source
from summarizer.text import one_line
from summarizer.verification import alone, consistency
from summarizer.verification.against import against
from summarizer.verification.result import Looked, Result, Verification
from summarizer.verification.transfer import transferred

__all__ = ["Looked", "Result", "Verification", "verify"]


def verify(briefing: BaseBriefing, source: Source | None = None) -> Verification:
    """Holds everything that a briefing states against its source once more, under today's rules.

    Every piece of evidence must be the source's own characters, at its offsets, in its sentence; and every item
    must be what the check makes of that evidence: its words, speaker, role, status, dates and verdict.

    Args:
        briefing: as `BaseBriefing.from_json` reads it, from whoever wrote or edited it.
        source: the text that it was made of. Dates are resolved against the day of publication that the
            briefing has. With another text than the briefing was made of, its items are looked for there,
            sentence by sentence. Without one, an item is held against its own evidence alone, and
            `Verification.text` is "none": nothing then shows that the source has that evidence.

    Returns:
        A result for every item, in the order of the briefing, whether it holds or not; nothing is raised for
        what does not. `Verification.raise_for_failures` does that.
    """
    notes = _notes(briefing)
    pages = briefing.source.pages
    whole = consistency.results(briefing)
    if source is None:
        return Verification((*whole, *alone.results(briefing)), "none", notes, pages)
    whole += consistency.results_on_source(briefing, source)
    document = Document.of(source.text, briefing.source.language)
    if source.sha256 == briefing.source.sha256:
        return Verification((*whole, *against(briefing, document)), "same", notes, pages)
    moved = transferred(briefing, document)
    return Verification((*whole, *against(moved, document, before=briefing)), "another", notes, source.pages)


def _notes(briefing: BaseBriefing) -> tuple[str, ...]:
    then, now = briefing.provenance.policy, check.policy()
    if then == now:
        return ()
    told = f"The briefing was checked under {one_line(then.id)} with hash {one_line(then.sha256[:12])}"
    return (f"{told}; it was checked again under today's rules, {now.id} with hash {now.sha256[:12]}.",)
