"""An evaluation as tables, for the terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.evaluation.cells import Line, Table, subject, tables
from summarizer.evaluation.result import Evaluation
from summarizer.report.markdown import escape
from summarizer.text import one_line

FAILED = 5
"""How many of the articles without a briefing are named."""


def text(evaluation: Evaluation) -> str:
    """The tables in columns, what they are of above and what failed below. Safe to print."""
    return _joined([subject(evaluation), *map(columns, tables(evaluation)), *_failures(evaluation)])


def markdown(evaluation: Evaluation) -> str:
    """The same as Markdown. Text of articles and models is escaped, as in a briefing's."""
    failures = map(escape, _failures(evaluation))
    return _joined([escape(subject(evaluation)), *map(_pipes, tables(evaluation)), *failures])


def _joined(parts: Sequence[str]) -> str:
    return "\n\n".join(parts) + "\n"


def _failures(evaluation: Evaluation) -> Iterator[str]:
    for run in evaluation.runs:
        for row in run.failed[:FAILED]:
            yield f"{one_line(run.name)}: no briefing of {one_line(row.id, 80)}: {one_line(row.error or '', 200)}"
        if more := len(run.failed[FAILED:]):
            yield f"{one_line(run.name)}: and no briefing of {more} more"


def columns(table: Table) -> str:
    """A table in columns, the first to the left and the others to the right."""
    every = (table.head, *table.lines)
    widths = [max(len(line[index]) for line in every) for index in range(len(table.head))]
    return "\n".join(_padded(line, widths) for line in every)


def _padded(line: Line, widths: Sequence[int]) -> str:
    cells = [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]
    return "  ".join(cells).rstrip()


def _pipes(table: Table) -> str:
    head, *lines = [(escape(first), *rest) for first, *rest in (table.head, *table.lines)]
    rule = ("---", *["---:"] * len(table.head[1:]))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *lines))
