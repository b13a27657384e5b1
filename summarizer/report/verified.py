"""What came of re-checking a briefing, for the terminal."""

from __future__ import annotations

from summarizer.report.citation import Pages, citations, joined
from summarizer.report.page import Page
from summarizer.verification import Result, Verification


def verified(
    verification: Verification, compared: str | None = None, *, color: bool = False, width: int | None = None
) -> str:
    """What does not hold and why, wrapped to `width` columns; in another text, what holds there too.

    `compared` is the name of the text that the evidence was compared with.
    """
    page = Page(color=color, width=width)
    page.title(_title(verification))
    if failures := verification.failures:
        page.heading("Does not hold")
        for each in failures:
            _failure(page, each, verification.pages)
    if verification.text == "another" and (held := [each for each in verification.results if not each.reasons]):
        page.heading("Holds in this text too")
        for each in held:
            page.item(_named(each) + (f" [moved to {_cited(each, verification.pages)}]" if each.moved else ""))
    if verification.notes:
        page.heading("Notes")
        for note in verification.notes:
            page.item(note)
    page.foot(_compared(verification, compared))
    return page.text()


def _title(verification: Verification) -> str:
    count, failed = len(verification.results), len(verification.failures)
    if failed:
        return f"{failed} of {count} statements {'does' if failed == 1 else 'do'} not hold"
    if verification.text == "none":
        return f"All {count} statements agree with the evidence that the briefing gives for them"
    return f"All {count} statements hold"


def _failure(page: Page, result: Result, pages: Pages) -> None:
    page.item(_named(result) + (f" [{_cited(result, pages)}]" if result.evidence else ""))
    for reason in result.reasons:
        page.detail(f"{reason.code}: {reason.explanation}", "yellow")


def _named(result: Result) -> str:
    return f"{result.path}: {result.item}" if result.item else result.path


def _cited(result: Result, pages: Pages) -> str:
    return joined(citations(result.evidence, pages))


def _compared(verification: Verification, compared: str | None) -> str:
    if verification.text == "none":
        return (
            "The evidence itself was not compared: the source was not given. Whether the source says any of this "
            "is not known."
        )
    other = ", another text than the briefing was made of" if verification.text == "another" else ""
    return f"compared with {compared or 'the text given'}{other}; no model and no network were used"
