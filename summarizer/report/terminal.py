"""A briefing for the terminal."""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING

from summarizer.briefing import BaseBriefing
from summarizer.report import outline
from summarizer.report.citation import joined
from summarizer.text import visible

if TYPE_CHECKING:
    from rich.text import Text


def terminal(briefing: BaseBriefing, *, color: bool = False, width: int | None = None) -> str:
    """The briefing as text, wrapped to `width` columns (the terminal's, at most 100)."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    columns = width or min(shutil.get_terminal_size((80, 24)).columns, 100)
    out = io.StringIO()
    console = Console(
        file=out, width=columns, force_terminal=color, color_system="standard" if color else None,
        markup=False, highlight=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    console.print(Text(outline.headline(briefing), style="bold"))
    for section in outline.sections(briefing):
        console.print()
        console.print(Text(section.title.upper(), style="bold cyan"))
        for line in section.lines:
            console.print(Padding(_text(line), (0, 0, 0, 2)))
            if line.quotation:
                console.print(Padding(Text(line.quotation, style="italic"), (0, 0, 0, 6)))
    console.print()
    console.print(Text(outline.provenance(briefing), style="dim"))
    return "\n".join(row.rstrip() for row in out.getvalue().split("\n"))


def _text(line: outline.Line) -> Text:
    from rich.text import Text

    shown = Text("• " + visible(line.text))
    if line.note:
        shown.append(f" — {line.note}", style="yellow")
    if line.cited:
        shown.append(f" [{joined(line.cited)}]", style="dim")
    return shown
