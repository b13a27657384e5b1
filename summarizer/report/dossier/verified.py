"""What came of re-checking a dossier, for the terminal."""

from __future__ import annotations

from summarizer.dossier.record import Dossier
from summarizer.dossier.verification import DossierVerification
from summarizer.report.page import Page
from summarizer.report.verified import verified as verified_briefing


def verified(
    dossier: Dossier, verification: DossierVerification, *, color: bool = False, width: int | None = None
) -> str:
    """What does not hold of each briefing, and of what was put together, wrapped to `width` columns."""
    told = [_whole(verification, color=color, width=width)]
    for number, (briefing, found) in enumerate(zip(dossier.briefings, verification.briefings, strict=True), start=1):
        page = Page(color=color, width=width)
        page.title(f"[{number}] {briefing.source.name}")
        told.append("\n" + page.text() + verified_briefing(found, briefing.source.name, color=color, width=width))
    return "".join(told)


def _whole(verification: DossierVerification, *, color: bool, width: int | None) -> str:
    page = Page(color=color, width=width)
    failed, count = verification.failures, len(verification.results)
    if failed:
        page.title(f"{len(failed)} of {count} pointers and groups {'does' if len(failed) == 1 else 'do'} not hold")
    else:
        page.title(f"All {count} pointers and groups hold")
    for each in failed:
        page.item(f"{each.path}: {each.item}" if each.item else each.path)
        for reason in each.reasons:
            page.detail(f"{reason.code}: {reason.explanation}", "yellow")
    for note in verification.notes:
        page.item(note)
    return page.text()
