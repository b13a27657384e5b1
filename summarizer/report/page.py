"""A page of headings and items for the terminal, wrapped, with colours only where they are wanted."""

from __future__ import annotations

import io
import shutil

from summarizer.text import one_line


class Page:
    """What is written to it becomes text of `width` columns (the terminal's, at most 100)."""

    def __init__(self, *, color: bool = False, width: int | None = None) -> None:
        from rich.console import Console

        columns = width or min(shutil.get_terminal_size((80, 24)).columns, 100)
        self._out = io.StringIO()
        self._console = Console(
            file=self._out, width=columns, force_terminal=color, color_system="standard" if color else None,
            markup=False, highlight=False, emoji=False, legacy_windows=False,
        )  # fmt: skip

    def title(self, text: str) -> None:
        self._line(text, 0, "bold")

    def heading(self, text: str) -> None:
        """A heading, with a blank line before it."""
        self._console.print()
        self._line(text.upper(), 0, "bold cyan")

    def item(self, text: str, mark: str = "•", style: str = "") -> None:
        self._line(f"{mark} {one_line(text)}", 2, style)

    def detail(self, text: str, style: str = "") -> None:
        """A line that belongs to the item before it."""
        self._line(text, 6, style)

    def foot(self, text: str) -> None:
        """The last line, with a blank line before it."""
        self._console.print()
        self._line(text, 0, "dim")

    def text(self) -> str:
        return "\n".join(row.rstrip() for row in self._out.getvalue().split("\n"))

    def _line(self, text: str, indent: int, style: str) -> None:
        from rich.padding import Padding
        from rich.text import Text

        self._console.print(Padding(Text(one_line(text), style=style), (0, 0, 0, indent)))
