"""How a run stands, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Generic

from typing_extensions import TypeVar

from summarizer.batch import batches
from summarizer.batch.batches import Sent
from summarizer.batch.journal import Journal
from summarizer.errors import BatchError
from summarizer.text import one_line

Where = TypeVar("Where", Path, str, default=Path)


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
        requests: all that were made, of which `untold` told no tokens, or got no answer.
        read, written: the tokens of the others.
        cached: the answers that the cache gave instead.
        dollars: what the requests cost; None where the price of one is not known.
        unsure: the part of it that those which told no tokens may have cost at most.
        batches: those at a provider, the first one first; their tokens are among the others.
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
    cached: int
    dollars: float | None
    unsure: float
    batches: tuple[Sent, ...] = ()

    @property
    def failures(self) -> int:
        return sum(each.count for each in self.failed)

    @property
    def total(self) -> int:
        return self.done + self.pending + self.failures


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Where]):
    """
    Attributes:
        briefings, failures: the files, or the folder, that they are in; of a run on a cluster, as it was named.
        seconds: that this took, and not the run as a whole.
        stopped: what ended the run before its end: an error that the next article would meet too, or Ctrl-C.
    """

    state: State
    briefings: Where
    failures: Where
    seconds: float
    stopped: BaseException | None = None

    def raise_for_failures(self) -> None:
        """
        Raises:
            SummarizerError, KeyboardInterrupt: what stopped the run.
            BatchError: some articles got no briefing, or none yet.
        """
        if self.stopped:
            raise self.stopped
        if self.state.pending:
            raise BatchError(
                f"{self.state.pending:,} of {self.state.total:,} articles wait for the provider.",
                tip="The same command collects what is answered by then; without --no-wait it waits for all of it.",
            )
        if self.state.failed:
            kinds = ", ".join(f"{each.count} {each.kind}" for each in self.state.failed)
            raise BatchError(
                f"{self.state.failures:,} of {self.state.total:,} articles got no briefing: {kinds}.",
                tip=f"Read {one_line(str(self.failures), 200)}; then the same command with --retry-failed.",
            )


_UNTOLD = "status IS NULL OR status < 400 AND (read IS NULL OR written IS NULL)"


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
    requests, untold, read, written, unknown, dollars, unsure = journal.row(
        f"SELECT count(*), ifnull(sum({_UNTOLD}), 0), ifnull(sum(read), 0), ifnull(sum(written), 0), "  # noqa: S608
        f"ifnull(sum(dollars IS NULL), 0), total(dollars), total(iif({_UNTOLD}, dollars, 0)) FROM request"
    )
    (cached,) = journal.row("SELECT count(*) FROM answer WHERE cached")
    named, like, duplicates, _ = journal.row(
        "SELECT duplicate.named, item.named, count(*), min(duplicate.rowid) FROM duplicate JOIN item USING (number)"
    )
    return State(
        done=counts.get("done", 0),
        pending=counts.get("pending", 0) + counts.get("in flight", 0),
        failed=tuple(Failed(*row[:3]) for row in failed),
        duplicates=duplicates,
        duplicate=f"{named} is {like}" if duplicates else "",
        requests=requests,
        untold=untold,
        read=read,
        written=written,
        cached=cached,
        dollars=None if unknown else dollars,
        unsure=unsure,
        batches=tuple(batches.sent(journal)),
    )
