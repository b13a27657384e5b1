"""A run as text: how it stands, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.text import one_line, visible

if TYPE_CHECKING:
    from summarizer.batch import Forecast, Outcome, Rebuilt, State
    from summarizer.batch.batches import Sent
    from summarizer.batch.items import Failure
    from summarizer.batch.watch import Briefed

_LONGEST = 200


def outcome(found: Outcome[Any]) -> str:
    """What came of a run, when it has ended."""
    return "\n".join(
        [
            *_state(found.state),
            f"seconds     {found.seconds:,.1f}",
            f"briefings   {_path(found.briefings)}",
            *([f"failures    {_path(found.failures)}"] if found.state.failed else []),
            "",
        ]
    )


def forecast(found: Forecast) -> str:
    """What a run would do."""
    links = f", {found.links:,} of them links, not fetched and taken to be like the others" if found.links else ""
    done = f"; {found.done:,} more are done, or failed" if found.done else ""
    lines = [
        f"articles    {found.articles:,}{links}{done}",
        f"duplicates  {found.duplicates:,}",
        f"unreadable  {found.unreadable:,}",
        f"cache       {found.cached:,} of them from the cache, for nothing",
        f"calls       {_about(found.calls)}",
        f"tokens      {_about(found.read)} read, {_about(found.written)} written",
        f"dollars     {'about ' if found.dollars is not None else ''}{money(found.dollars)}",
    ]
    return "\n".join([*lines, ""])


def _about(count: int | None) -> str:
    return "unknown" if count is None else f"about {count:,}" if count else "0"


def new(briefed: Briefed, folder: Path, form: str) -> str:
    """A briefing that was just made, in one line: the headline, the article, and its file where it has one."""
    told = [one_line(briefed.headline, _LONGEST), one_line(briefed.source.url or briefed.made.named, 2_000)]
    if form in ("files", "html"):
        name = briefed.made.file_name(".html" if form == "html" else ".json")
        told.append(_path(folder / "briefings" / name))
    return "  ".join(told) + "\n"


def missed(failure: Failure) -> str:
    """An article that got no briefing, in one line."""
    shown = failure.message if failure.named in failure.message else f"{failure.named}: {failure.message}"
    return f"no briefing ({failure.kind}): {one_line(shown, 500)}"


def put_off(error: BaseException) -> str:
    """What ended a round, in one line."""
    return f"stopped: {one_line(str(error), 500)} What is left waits for the next look."


def state(found: State) -> str:
    """How a run stands."""
    return "\n".join([*_state(found), ""])


def row(folder: Path, found: State) -> str:
    """A run in one line."""
    return f"{_path(folder)}  {found.done:,} done, {found.failures:,} failed, {found.pending:,} pending\n"


def batch(found: Sent) -> str:
    """A batch at a provider in one line."""
    counts = f"{found.completed:,} of {found.total:,} answered"
    failed = f", {found.failed:,} failed" if found.failed else ""
    odd = f", {found.odd:,} lines of no use" if found.odd else ""
    why = f": {one_line(found.why, _LONGEST)}" if found.why else ""
    return f"{found.id or f'number {found.number}'}  {found.state}, {counts}{failed}{odd}{why}"


def rebuilt(found: Rebuilt) -> str:
    """What came of making a run's briefings again."""
    lines = [f"{found.made:,} made again, {found.changed:,} of them changed; no call was made"]
    lines += [f"  as it was: {one_line(name, 80)}: {one_line(why, _LONGEST)}" for name, why in found.kept]
    return "\n".join([*lines, f"briefings   {_path(found.briefings)}", ""])


def _state(found: State) -> Iterator[str]:
    yield f"done        {found.done:,} of {found.total:,}"
    for each in found.failed:
        yield f"failed      {each.count:,} {each.kind}, such as {one_line(each.example, _LONGEST)}"
    if found.pending:
        yield f"pending     {found.pending:,}; {_further(found)}"
    for sent in found.batches:
        yield f"batch       {batch(sent)}"
    if found.duplicates:
        yield f"duplicates  {found.duplicates:,}, briefed once, such as {one_line(found.duplicate, _LONGEST)}"
    untold = f"; {found.untold:,} requests did not tell theirs" if found.untold else ""
    yield f"tokens      {found.read:,} read, {found.written:,} written, in {found.requests:,} requests{untold}"
    if found.batches:
        read, written = sum(each.read for each in found.batches), sum(each.written for each in found.batches)
        yield f"            of these {read:,} read, {written:,} written in batches, at half the price"
    if found.cached:
        yield f"cache       {found.cached:,} answers, which cost nothing"
    unsure = f", of which {money(found.unsure)} is the most that those may cost" if found.unsure else ""
    yield f"dollars     {money(found.dollars)}{unsure}"


def money(dollars: float | None) -> str:
    """Dollars, with as many places as a small run needs."""
    if dollars is None:
        return "unknown"
    return f"{dollars:,.2f}" if dollars >= 100 else f"{dollars:,.4f}"


def _further(found: State) -> str:
    count = sum(each.open for each in found.batches)
    if not count:
        return "the same command goes on with them"
    batches = "1 batch goes" if count == 1 else f"{count} batches go"
    return f"{batches} on at the provider, and the same command collects what is answered"


def _path(path: Path | str) -> str:
    return visible(str(path))
