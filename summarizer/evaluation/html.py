"""The pages of an evaluation, see `summarizer.template`."""

from __future__ import annotations

from pathlib import Path

from summarizer.evaluation import cells
from summarizer.template import Templates
from summarizer.text import one_line

_LONGEST = 400

_TEMPLATES = Templates(
    Path(__file__).parent,
    # One line in which nothing is invisible or turns the direction of writing.
    plain=lambda text: one_line(str(text), _LONGEST),
    label=cells.label,
    number=cells.number,
    amount=cells.amount,
)
part = _TEMPLATES.part
rendered = _TEMPLATES.rendered
