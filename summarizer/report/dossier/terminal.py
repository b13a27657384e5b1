"""A dossier for the terminal."""

from __future__ import annotations

from summarizer.dossier.record import Dossier
from summarizer.report.dossier import outline
from summarizer.report.page import Page


def terminal(dossier: Dossier, *, color: bool = False, width: int | None = None) -> str:
    """The dossier as text, wrapped to `width` columns (the terminal's, at most 100)."""
    page = Page(color=color, width=width)
    page.title(outline.title(dossier))
    for number in range(len(dossier.briefings)):
        page.item(outline.source(dossier, number), mark=f"[{number + 1}]")
    for warning in dossier.warnings:
        page.item(warning, mark="!", style="yellow")
    _disputes(page, dossier)
    for part in outline.parts(dossier):
        page.heading(part.title)
        for same in part.same:
            _same(page, same)
    _speakers(page, dossier)
    page.foot(outline.foot(dossier))
    return page.text()


def _disputes(page: Page, dossier: Dossier) -> None:
    found = list(outline.disputes(dossier))
    if found:
        page.heading("Where they contradict each other")
    for each in found:
        page.item(each.about + (f" — {each.note}" if each.note else ""))
        for told in each.told:
            page.detail(f"[{told.source}] “{told.words}” {told.cited}: {told.sentence.text}")


def _same(page: Page, same: outline.Same) -> None:
    note = "; ".join(filter(None, [same.shared.title.lower(), same.shared.line.note]))
    page.item(f"{same.shared.line.text} — {note} [{same.marks}]")
    if same.shared.line.quotation:
        page.detail(same.shared.line.quotation, "italic")
    for each in same.others:
        more = f" — {each.line.note}" if each.line.note else ""
        page.detail(f"[{each.source}] {each.line.text}{more}", "dim")


def _speakers(page: Page, dossier: Dossier) -> None:
    found = list(outline.speakers(dossier))
    if found:
        page.heading("Who is quoted where")
    for speaker in found:
        page.item(speaker.name)
        for said in speaker.said:
            page.detail(f"[{said.source}] {said.how}: {said.words} [{said.cited}]")
