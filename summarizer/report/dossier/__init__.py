"""A dossier as something to read.

`FORMATS` has what is made of a dossier alone; the page that `summarizer.report.dossier.html` makes shows the articles
too.
"""

from __future__ import annotations

from collections.abc import Callable

from summarizer.dossier.record import Dossier
from summarizer.report.dossier.markdown import markdown
from summarizer.report.dossier.terminal import terminal
from summarizer.text import json_safe


def as_json(dossier: Dossier) -> str:
    """`Dossier.to_json`, with nothing in it that could drive a terminal."""
    return json_safe(dossier.to_json())


FORMATS: dict[str, Callable[[Dossier], str]] = {
    "text": terminal,
    "markdown": markdown,
    "json": as_json,
}
