"""How a run stands, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from summarizer.batch.journal import Journal
from summarizer.errors import BatchError
from summarizer.text import one_line


@dataclass(frozen=True, slots=True)
class Failed:
    """The failures of one kind: how many there are, and the first of them."""

    kind: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class State:
    """
    Attributes:
        duplicates: how often an article was named again.
        duplicate: the first of these: where, and what it is named like.
        requests: all that were made, of which `untold` told no tokens.
        read, written: the tokens of the others.
    """

    done: int
    pending: int
    failed: tuple[Failed, ...]
    duplicates: int
    duplicate: str
    requests: int
    untold: int
    read: int
    written: int

    @property
    def failures(self) -> int:
        return sum(each.count for each in self.failed)

    @property
    def total(self) -> int:
        return self.done + self.pending + self.failures


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    Attributes:
        briefings, failures: the files, or the folder, that they are in; of a run on a cluster, its address.
        seconds: that this took, and not the run as a whole.
        stopped: what ended the run before its end: an error that the next article would meet too, or Ctrl-C.
    """

    state: State
    briefings: Path | str
    failures: Path | str
    seconds: float
    stopped: BaseException | None = None

    def raise_for_failures(self) -> None:
        """
        Raises:
            SummarizerError, KeyboardInterrupt: what stopped the run.
            BatchError: some articles got no briefing.
        """
        if self.stopped:
            raise self.stopped
        if self.state.failed:
            kinds = ", ".join(f"{each.count} {each.kind}" for each in self.state.failed)
            raise BatchError(
                f"{self.state.failures:,} of {self.state.total:,} articles got no briefing: {kinds}.",
                tip=f"Read {one_line(str(self.failures), 200)}; then the same command with --retry-failed.",
            )


def state(journal: Journal) -> State:
    """
    Raises:
        JournalError: the journal cannot be read.
    """
    counts = {name: count for name, count in journal.rows("SELECT state, count(*) FROM item GROUP BY state")}  # noqa: C416
    failed = journal.rows(  # with one min(), SQLite takes the other columns from the row that has it
        "SELECT kind, count(*), iif(instr(message, named), message, named || ': ' || message), min(number) "
        "FROM item WHERE state = 'failed' GROUP BY kind ORDER BY count(*) DESC, kind"
    )
    sums = journal.row("SELECT ifnull(sum(requests), 0), ifnull(sum(untold), 0), ifnull(sum(read), 0), "
                       "ifnull(sum(written), 0) FROM item")  # fmt: skip
    named, like, duplicates, _ = journal.row(
        "SELECT duplicate.named, item.named, count(*), min(duplicate.rowid) FROM duplicate JOIN item USING (number)"
    )
    return State(
        done=counts.get("done", 0),
        pending=counts.get("pending", 0) + counts.get("in flight", 0),
        failed=tuple(Failed(*row[:3]) for row in failed),
        duplicates=duplicates,
        duplicate=f"{named} is {like}" if duplicates else "",
        requests=sums[0],
        untold=sums[1],
        read=sums[2],
        written=sums[3],
    )
