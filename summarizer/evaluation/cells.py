"""What an evaluation shows, as tables of cells: the same for the terminal, for Markdown and for a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.evaluation.result import SHARES, Difference, Evaluation, Run, figure, overall
from summarizer.evaluation.tally import CONFIDENCE, Counts, Estimate
from summarizer.text import one_line

Line = tuple[str, ...]

LABELS = {
    "stated_rationale": "stated rationale",
    "speakers": "speakers, right",
    "quotations": "quotations, real",
    "holds": "holds when checked again",
    "stood": "stood the check",
}
FIGURES = (f"figure, {CONFIDENCE:.0%} interval", "precision", "recall", "any item", "right", "given", "wanted")
COST = ("seconds", "tokens read", "tokens written", "failed")


@dataclass(frozen=True, slots=True)
class Table:
    """Cells of one line each, safe to print.

    Attributes:
        head: what the table is about, then what its columns are.
        lines: what a line is about, then a cell for each column.
    """

    head: Line
    lines: tuple[Line, ...]


def subject(evaluation: Evaluation) -> str:
    """What was evaluated, in one line."""
    run = evaluation.run
    names = " against ".join(one_line(each.name) for each in evaluation.runs)
    return (
        f"{one_line(evaluation.gold)}: {number(len(run.rows), 'article')} in "
        f"{number(run.sample.clusters, 'cluster')}; {names}; {one_line(run.model) or 'no model'}"
    )


def tables(evaluation: Evaluation) -> Iterator[Table]:
    """The figures of each prompt, the differences where there are two, and what a briefing costs."""
    for run in evaluation.runs:
        yield Table((one_line(run.name), *FIGURES), tuple(_figures(run)))
    if evaluation.against:
        head = ("difference", f"{CONFIDENCE:.0%} interval", "")
        yield Table(head, tuple(map(_difference, evaluation.differences.values())))
    yield Table(("a briefing, median", *COST), tuple(map(_cost, evaluation.runs)))


def label(name: str) -> str:
    """What people read for a figure or a question."""
    return LABELS.get(name, one_line(name.replace("_", " ")))


def number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def amount(value: float | None, form: str) -> str:
    return "unknown" if value is None else format(value, form)


def _figures(run: Run) -> Iterator[Line]:
    yield ("overall", _interval(run.sample.estimate(overall)), "", "", "", "", "", "")
    for name in run.names:
        counts, share = run.sample.total[name], name in SHARES
        any_of = run.sample.total.get(f"any {name}", Counts())
        yield (
            label(name),
            _interval(run.sample.estimate(figure(name))),
            "" if share else _share(counts.precision),
            "" if share else _share(counts.recall),
            _share(any_of.recall),
            str(counts.hit),
            str(counts.given),
            "" if share else str(counts.wanted),
        )


def _difference(each: Difference) -> Line:
    mark = "worse" if each.worse else "better" if each.better else ""
    return (label(each.name), _interval(each.estimate, signed=True), mark)


def _cost(run: Run) -> Line:
    seconds, read, written = (run.median(each) for each in ("seconds", "read", "written"))
    told = (amount(seconds, ".1f"), amount(read, ",.0f"), amount(written, ",.0f"))
    return (one_line(run.name), *told, str(len(run.failed)))


def _interval(found: Estimate | None, *, signed: bool = False) -> str:
    if found is None:
        return "-"
    sign = "+" if signed else ""
    within = "" if found.low is None or found.high is None else f" ({found.low:{sign}.2f} to {found.high:{sign}.2f})"
    return f"{found.value:{sign}.3f}{within}"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
