"""An evaluation as tables, for the terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.evaluation.result import SHARES, Difference, Evaluation, Run, figure, overall
from summarizer.evaluation.tally import CONFIDENCE, Counts, Estimate, Figure
from summarizer.text import one_line

Line = tuple[str, ...]

LABELS = {
    "stated_rationale": "stated rationale",
    "speakers": "speakers, right",
    "quotations": "quotations, real",
    "holds": "holds when checked again",
    "stood": "stood the check",
}


def text(evaluation: Evaluation) -> str:
    """The tables in columns, what they are of above and what failed below."""
    return _joined(evaluation, _columns)


def markdown(evaluation: Evaluation) -> str:
    return _joined(evaluation, _pipes)


def _joined(evaluation: Evaluation, table: object) -> str:
    made = [table(each) for each in _tables(evaluation)]  # type: ignore[operator]  # one of the two below
    return "\n\n".join([_head(evaluation), *made, *_foot(evaluation)]) + "\n"


def _head(evaluation: Evaluation) -> str:
    run = evaluation.run
    names = " against ".join(one_line(each.name) for each in evaluation.runs)
    return (
        f"{one_line(evaluation.gold)}: {_number(len(run.rows), 'article')} in "
        f"{_number(run.sample.clusters, 'cluster')}; {names}; {one_line(run.model) or 'no model'}"
    )


def _tables(evaluation: Evaluation) -> Iterator[list[Line]]:
    for run in evaluation.runs:
        yield [
            (
                one_line(run.name),
                f"figure, {CONFIDENCE:.0%} interval",
                "precision",
                "recall",
                "any item",
                "right",
                "given",
                "wanted",
            ),
            *_figures(run),
        ]
    if evaluation.against:
        yield [("difference", f"{CONFIDENCE:.0%} interval", ""), *map(_difference, evaluation.differences.values())]
    yield [("a briefing, median", "seconds", "tokens read", "tokens written", "failed"), *map(_cost, evaluation.runs)]


def _figures(run: Run) -> Iterator[Line]:
    yield ("overall", _interval(run.sample.estimate(overall)), "", "", "", "", "", "")
    for name in run.names:
        counts = run.sample.total[name]
        of: Figure = figure(name)
        share = name in SHARES
        any_of = run.sample.total.get(f"any {name}", Counts())
        yield (
            LABELS.get(name, name),
            _interval(run.sample.estimate(of)),
            "" if share else _share(counts.precision),
            "" if share else _share(counts.recall),
            _share(any_of.recall),
            str(counts.hit),
            str(counts.given),
            "" if share else str(counts.wanted),
        )


def _difference(each: Difference) -> Line:
    mark = "worse" if each.worse else "better" if each.better else ""
    return (LABELS.get(each.name, each.name), _interval(each.estimate, signed=True), mark)


def _cost(run: Run) -> Line:
    seconds, read, written = (run.median(each) for each in ("seconds", "read", "written"))
    return (
        one_line(run.name),
        "unknown" if seconds is None else f"{seconds:.1f}",
        "unknown" if read is None else f"{read:,.0f}",
        "unknown" if written is None else f"{written:,.0f}",
        str(len(run.failed)),
    )


def _foot(evaluation: Evaluation) -> Iterator[str]:
    for run in evaluation.runs:
        for row in run.failed[:5]:
            yield f"{one_line(run.name)}: no briefing of {one_line(row.id, 80)}: {one_line(row.error or '', 200)}"


def _interval(found: Estimate | None, *, signed: bool = False) -> str:
    if found is None:
        return "-"
    sign = "+" if signed else ""
    within = "" if found.low is None or found.high is None else f" ({found.low:{sign}.2f} to {found.high:{sign}.2f})"
    return f"{found.value:{sign}.3f}{within}"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _columns(table: list[Line]) -> str:
    widths = [max(len(line[index]) for line in table) for index in range(len(table[0]))]
    return "\n".join(_padded(line, widths) for line in table)


def _padded(line: Line, widths: Sequence[int]) -> str:
    cells = [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]
    return "  ".join(cells).rstrip()


def _pipes(table: list[Line]) -> str:
    head, *lines = table
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, ("---",) * len(head), *lines])
