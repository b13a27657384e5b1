"""The tables: how often each way is right, what its evidence is worth, what it costs."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence

from benchmarks.beside.judgement import Judge
from benchmarks.beside.record import Item, Results, Row
from benchmarks.beside.score import ABSTENTION, QUESTIONS, lead, mean, scores
from benchmarks.beside.ways import NAMES, OURS, PLAIN
from benchmarks.plain import LIMIT
from summarizer.evaluation.tally import Counts, Estimate

_KINDS = {
    "events and causes": ("what", "why"),
    "names, places, times": ("who", "where", "when"),
    "stated reasons": ("stated_rationale",),
}

Ways = dict[str, dict[str, Row]]
"""The rows of each way, by the id of the article."""


def report(results: Results) -> None:
    """Prints what is known of the articles that every way in the file has been asked about."""
    ways = common(results)
    count = len(next(iter(ways.values()), {}))
    print(f"{count} articles, each asked of every way; model and engine are the same")
    for name, rows in ways.items():
        print(f"{name}: {'; '.join(sorted({row.made_by for row in rows.values()}))}")
    if count:
        _right(ways, results)
        _evidence(ways, results)
        _costs(ways)


def common(results: Results) -> Ways:
    """The rows of the articles of which each way has one."""
    known = [name for name in NAMES if any(row.way == name for row in results.rows)]
    ways: Ways = {name: {row.id: row for row in results.rows if row.way == name} for name in known}
    shared = set[str].intersection(*(set(rows) for rows in ways.values())) if ways else set[str]()
    return {name: {each: row for each, row in rows.items() if each in shared} for name, rows in ways.items()}


def _right(ways: Ways, results: Results) -> None:
    gold = results.articles
    _head("F1 of the first answer", [*QUESTIONS, "mean, 95 %", f"less than {OURS}'s, 95 %", ABSTENTION, "no briefing"])
    for name, rows in ways.items():
        sample = scores(rows.values(), gold)
        each = [_decimal(sample.total.get(question, Counts()).f1) for question in QUESTIONS]
        behind = lead(ways[OURS], rows, gold) if OURS in ways and name != OURS else None
        failed = sum(row.error is not None for row in rows.values())
        abstained = _decimal(sample.total.get(ABSTENTION, Counts()).f1)
        _row(name, [*each, _interval(sample.estimate(mean)), _interval(behind), abstained, str(failed)])


def _evidence(ways: Ways, results: Results) -> None:
    judges = {each: Judge(results.articles[each]) for each in next(iter(ways.values()))}
    judged = {name: list(_judged(rows, judges)) for name, rows in ways.items()}
    _head(
        "of the items", ["number", "quote verbatim", "but for case, marks, blanks", "no quote", "left out by the way"]
    )
    for name, pairs in judged.items():
        tests: list[Callable[[Judge, Item], bool]] = [Judge.verbatim, Judge.found, lambda _, item: not item.quotes]
        shares = [_share(test(judge, item) for judge, item in pairs) for test in tests]
        _row(name, [str(len(pairs)), *shares, str(sum(row.left_out for row in ways[name].values()))])
    _head("evidence says it, by our check", [*_KINDS, "all"])
    for name, pairs in judged.items():
        said = [(item.field, judge.supported(item)) for judge, item in pairs]
        by_kind = [_share(stands for field, stands in said if field in fields) for fields in _KINDS.values()]
        _row(name, [*by_kind, _share(stands for _, stands in said)])
    print(
        "\nOurs lets no item out that the check refuses, so that table favours it: see what a reader says (--sample)."
    )


def _judged(rows: dict[str, Row], judges: dict[str, Judge]) -> Iterator[tuple[Judge, Item]]:
    return ((judges[each], item) for each, row in rows.items() for item in row.items)


def _costs(ways: Ways) -> None:
    columns = ["seconds", f"times {PLAIN}", "tokens read", "from the cache", "written", f"cut at {LIMIT}"]
    _head("medians", columns)
    for name, rows in ways.items():
        spent = [row for row in rows.values() if row.completion_tokens is not None]
        base = ways.get(PLAIN, {})
        ratios = [row.seconds / base[each].seconds for each, row in rows.items() if each in base and base[each].seconds]
        _row(
            name,
            [
                _median([row.seconds for row in rows.values()], 1),
                _median(ratios, 2),
                _median([(row.prompt_tokens or 0) - (row.cached_tokens or 0) for row in spent], 0),
                _median([row.cached_tokens or 0 for row in spent], 0),
                _median([row.completion_tokens or 0 for row in spent], 0),
                str(sum(row.cut for row in rows.values())),
            ],
        )


def _head(title: str, columns: Sequence[str]) -> None:
    print(f"\n| {title} | {' | '.join(columns)} |\n|---|{'---|' * len(columns)}")


def _row(name: str, cells: Sequence[str]) -> None:
    print(f"| {name} | {' | '.join(cells)} |")


def _decimal(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _interval(found: Estimate | None) -> str:
    if found is None:
        return "–"
    within = "" if found.low is None else f" ({found.low:.2f} to {found.high:.2f})"
    return f"{found.value:.2f}{within}"


def _share(tests: Iterable[bool]) -> str:
    outcomes = list(tests)
    return f"{sum(outcomes)} / {len(outcomes)} = {sum(outcomes) / len(outcomes):.0%}" if outcomes else "–"


def _median(values: Sequence[float], digits: int) -> str:
    return f"{statistics.median(values):.{digits}f}" if values else "–"
