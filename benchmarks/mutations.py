"""How many lies the check catches, by kind, and how many true claims it calls false.

    python -m benchmarks.mutations [--data DIR] [--peers] [--kind K] [--set S] [--limit N] [--show N]

Every true claim is checked, and one lie of each kind that can be made of it. DIR is a folder with sets that
people annotated; without it only our own articles and paraphrases are used. `--peers` holds the same items
against other programs that ground quotations, which takes ten minutes more. The same claims give the same lies at
every run.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import claims
from benchmarks.article import Claim, shares_words
from benchmarks.mutators import MUTATORS, lies

OURS = "summarizer"
WRITTEN = " (written)"
Judge = Callable[[list["Item"]], list[bool | None]]
"""Says of each item whether it stands; None where it cannot be asked."""


@dataclass(frozen=True)
class Item:
    """A claim, or a lie, as a row of a table sees it."""

    row: str
    claim: Claim
    true: bool = False


@dataclass
class Tally:
    """How many items of each row were asked, and how many of them were stopped."""

    asked: Counter[str] = field(default_factory=Counter)
    stopped: Counter[str] = field(default_factory=Counter)

    def add(self, row: str, *, stopped: bool) -> None:
        self.asked[row] += 1
        self.stopped[row] += stopped

    def of(self, rows: Iterable[str]) -> str:
        rows = list(rows)
        asked, stopped = sum(self.asked[row] for row in rows), sum(self.stopped[row] for row in rows)
        return f"{stopped} / {asked} = {100 * stopped / asked:.1f} %" if asked else "–"

    def share(self, row: str) -> float:
        return self.stopped[row] / self.asked[row]

    def balance(self, false: Iterable[str], true: Iterable[str]) -> float:
        """Half the share of lies stopped and half that of true claims let stand: 0.5 for who stops all, or none."""
        caught, alarms = self._share(false), self._share(true)
        return (caught + 1 - alarms) / 2 if caught is not None and alarms is not None else 0.0

    def _share(self, rows: Iterable[str]) -> float | None:
        rows = list(rows)
        asked = sum(self.asked[row] for row in rows)
        return sum(self.stopped[row] for row in rows) / asked if asked else None

    def mean(self, rows: Iterable[str]) -> str:
        """Each row with the same weight, however many items it has."""
        shares = [self.share(row) for row in rows if self.asked[row]]
        return f"{100 * sum(shares) / len(shares):.1f} %" if shares else "–"


def main(arguments: list[str] | None = None) -> None:
    given = _arguments(arguments)
    items = list(_items(given))
    judges: dict[str, Judge] = {OURS: ours}
    notes: list[str] = []
    if given.peers:
        from benchmarks import peers

        judges |= peers.judges(notes)
    stands = {name: judge(items) for name, judge in judges.items()}
    _report(items, stands)
    print("", *notes, sep="\n")
    _show(items, stands[OURS], given.show)


def _items(given: argparse.Namespace) -> Iterator[Item]:
    """The true claims, the lies made of them, and the lies that a person wrote."""
    true = [each for each in _sources(given.data) if each.group.startswith(given.set or "")]
    if given.limit and given.limit < len(true):
        true = [true[index * len(true) // given.limit] for index in range(given.limit)]
    yield from (Item(each.group, each, true=True) for each in true)
    kinds = [given.kind] if given.kind else list(MUTATORS)
    yield from (Item(kind, lie) for each in true for kind, lie in lies(each, kinds))
    if not (given.kind or given.set):
        yield from (Item(f"{kind}{WRITTEN}", lie) for kind, lie in claims.written_lies())


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutations")
    parser.add_argument("--data", type=Path, help="a folder with annotated sets")
    parser.add_argument("--peers", action="store_true", help="other programs beside ours")
    parser.add_argument("--kind", choices=MUTATORS, help="this kind of lie alone")
    parser.add_argument("--set", help="claims of the sets whose name begins so")
    parser.add_argument("--limit", type=int, help="at most so many claims, spread over all of them")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="the first N misses of each row")
    return parser.parse_args(arguments)


def _sources(folder: Path | None) -> Iterator[Claim]:
    yield from claims.own()
    yield from claims.paraphrases()
    if folder:
        yield from claims.gold(folder)


def ours(items: list[Item]) -> list[bool | None]:
    return [_stands(item) for item in items]


def _stands(item: Item) -> bool:
    """Whether the check lets a claim stand; one that cites the wrong sentence must stand on another one."""
    finding = item.claim.check()
    if item.row == "other sentence":
        moved = any(number != item.claim.cited and shares_words(item.claim, number) for number in finding.sentences)
        return finding.verdict == "supported" and not moved
    return finding.verdict == "supported"


def _report(items: list[Item], stands: dict[str, list[bool | None]]) -> None:
    tallies = {name: _tally(items, judged) for name, judged in stands.items()}
    true = list(dict.fromkeys(item.row for item in items if item.true))
    written = list(dict.fromkeys(item.row for item in items if item.row.endswith(WRITTEN)))
    made = [kind for kind in MUTATORS if tallies[OURS].asked[kind]]
    for title, rows in (("lies caught", made), ("written lies caught", written), ("false alarms", true)):
        if rows:
            _table(title, rows, tallies)
            worst = (max if title == "false alarms" else min)(rows, key=tallies[OURS].share)
            print(f"\nworst: {worst}, {tallies[OURS].of([worst])}")
    if written and (honest := [row for row in true if row.startswith(claims.PARAPHRASED)]):
        shares = [f"{name} {100 * tally.balance(written, honest):.1f} %" for name, tally in tallies.items()]
        print(f"\nmean of written lies caught and paraphrases let stand: {', '.join(shares)}")


def _tally(items: list[Item], judged: list[bool | None]) -> Tally:
    tally = Tally()
    for item, stands in zip(items, judged, strict=True):
        if stands is not None:
            tally.add(item.row, stopped=not stands)
    return tally


def _table(title: str, rows: list[str], tallies: dict[str, Tally]) -> None:
    print(f"\n| {title} | {' | '.join(tallies)} |\n|---|{'---|' * len(tallies)}")
    for row in rows:
        print(f"| {row.removesuffix(WRITTEN)} | {' | '.join(tally.of([row]) for tally in tallies.values())} |")
    common = [row for row in rows if all(tally.asked[row] for tally in tallies.values())]
    if len(common) < len(rows):
        print(f"| all that each can be asked | {' | '.join(tally.of(common) for tally in tallies.values())} |")
    print(f"| all | {' | '.join(tally.of(rows) for tally in tallies.values())} |")
    print(f"| mean of the rows | {' | '.join(tally.mean(rows) for tally in tallies.values())} |")


def _show(items: list[Item], judged: list[bool | None], most: int) -> None:
    """The first items of each row that were judged wrongly, for developers."""
    wrong: defaultdict[str, list[Item]] = defaultdict(list)
    for item, stands in zip(items, judged, strict=True):
        if stands is not item.true:
            wrong[item.row].append(item)
    for row, each in ((row, each) for row, missed in wrong.items() for each in missed[:most]):
        evidence = each.claim.evidence if each.claim.cited else f"(the article) {each.claim.article.text[:300]}…"
        speaker = f" [{each.claim.speaker}]" if each.claim.speaker else ""
        print(f"\n{row}\n  claim:    {each.claim.text}{speaker}\n  evidence: {evidence}")
        print(f"  check:    {[(reason.code, reason.explanation) for reason in each.claim.check().objections]}")


if __name__ == "__main__":
    main()
