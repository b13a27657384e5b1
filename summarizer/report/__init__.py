"""Step eight: a briefing as something to read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from summarizer.briefing import Briefing
from summarizer.report.markdown import markdown
from summarizer.report.terminal import terminal

Format = Literal["text", "markdown", "json"]

FORMATS: dict[str, Callable[[Briefing], str]] = {
    "text": terminal,
    "markdown": markdown,
    "json": Briefing.to_json,
}
