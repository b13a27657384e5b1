"""Step eight: a briefing as something to read.

`FORMATS` has what is made of a briefing alone; the page that `summarizer.report.html` makes shows the article too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from summarizer.briefing import BaseBriefing
from summarizer.report.markdown import markdown
from summarizer.report.terminal import terminal
from summarizer.text import json_safe

Format = Literal["text", "markdown", "json"]


def as_json(briefing: BaseBriefing) -> str:
    """`BaseBriefing.to_json`, with nothing in it that could drive a terminal."""
    return json_safe(briefing.to_json())


FORMATS: dict[str, Callable[[BaseBriefing], str]] = {
    "text": terminal,
    "markdown": markdown,
    "json": as_json,
}
