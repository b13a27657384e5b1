"""Why each item of a briefing stands, and why others do not: its evidence, and what the rules found there."""

from __future__ import annotations

from summarizer.briefing import BaseBriefing
from summarizer.item import Evidence, Item, Rationale
from summarizer.record import Rejected
from summarizer.report.citation import Pages, cite
from summarizer.report.page import Page
from summarizer.verification import Result, Verification


def explain(
    briefing: BaseBriefing, verification: Verification, *, color: bool = False, width: int | None = None
) -> str:
    """Every item with its evidence and the rules that it passed or failed; then what was rejected, with what came
    nearest. Wrapped to `width` columns.

    `verification` is what `verify` made of this very briefing. A briefing does not keep which sentence the model
    cited for an item that stands, nor whether the repair gave it; for a rejected item it does keep the citation.
    """
    page = Page(color=color, width=width)
    results = {(each.field, each.index): each for each in verification.results}
    field = None
    page.title("Why it stands")
    for name, index, item in briefing.items:
        if name != field:
            page.heading(name.replace("_", " "))
        field = name
        _item(page, item, results[name, index], verification.pages)
    if briefing.rejected:
        page.heading("Rejected by the check")
    for each in briefing.rejected:
        _rejected(page, each, briefing.source.pages)
    page.foot(f"the model was asked for: {', '.join(each.purpose for each in briefing.provenance.attempts)}")
    return page.text()


def _item(page: Page, item: Item, result: Result, pages: Pages) -> None:
    page.item(f"{result.item} — {item.verdict}")
    for evidence in result.evidence:
        _evidence(page, evidence, pages)
    if isinstance(item, Rationale) and item.quotation:
        quote = item.quotation
        page.detail(f"Q{quote.quotation}, characters {quote.start} to {quote.end}: {quote.text}", "italic")
    if result.looked:
        page.detail("passed: " + "; ".join(f"{each.rule} ({each.at})" for each in result.looked), "green")
    for reason in result.reasons:
        page.detail(f"failed: {reason.code}: {reason.explanation}", "yellow")


def _evidence(page: Page, evidence: Evidence, pages: Pages, label: str = "") -> None:
    page.detail(f"{label}{cite(evidence, pages)}, characters {evidence.start} to {evidence.end}: {evidence.text}")


def _rejected(page: Page, rejected: Rejected, pages: Pages) -> None:
    said = [
        value for key, value in rejected.proposed.items() if isinstance(value, str) and key not in ("status", "part")
    ]
    page.item(f"{rejected.field}: {' / '.join(filter(None, said))} — {rejected.verdict}")
    for reason in rejected.reasons:
        page.detail(f"{reason.code}: {reason.explanation}", "yellow")
    cited = rejected.proposed.get("s")
    if isinstance(cited, int):
        page.detail(f"the model cited S{cited}")
    for evidence in rejected.evidence:
        _evidence(page, evidence, pages, "nearest: ")
