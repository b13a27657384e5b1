"""`summarizer watch`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.brief import Seconds
from summarizer.cli.output import put, stdout
from summarizer.cli.run_options import folder_option, run_options

if TYPE_CHECKING:
    from summarizer.batch import Round


_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}


class Time(Seconds):
    """A time such as 90, 90s, 15m or 2h, in seconds."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        found = re.fullmatch(r"(\d+)([smh]?)", str(value), re.ASCII)
        if found is None:
            return self.fail(f"{value!r} is no time such as 90s, 15m or 2h.", param, ctx)
        return super().convert(int(found[1]) * _UNITS[found[2]], param, ctx)


@click.command()
@click.argument("places", nargs=-1, metavar="FEED_OR_FOLDER...")
@folder_option
@click.option(
    "--every",
    type=Time(min=1, max=31 * 86_400),
    default="15m",
    show_default=True,
    metavar="TIME",
    help="From look to look, such as 90s, 15m or 2h.",
)
@click.option("--once", is_flag=True, help="Look once, for cron.")
@run_options
def watch(
    places: tuple[str, ...],
    folder: str,
    every: float,
    form: str,
    text_column: str,
    path_column: str,
    schema: str | None,
    published: str | None,
    language: str | None,
    concurrency: int | None,
    budget: float | None,
    *,
    once: bool,
    retry_failed: bool,
    **settings: Any,
) -> None:
    """Briefs what is new in feeds (RSS, Atom, JSON Feed) and folders, once, and goes on looking until Ctrl-C.

    Each new briefing is a line on standard output. RUN is a run as those of `summarizer batch` are, and is gone on with
    by the same command.

    With --once: exits with 26 where an article got no briefing this time, with the code of the error where a feed could
    not be read.
    """
    from summarizer import batch
    from summarizer.cli import batch_text
    from summarizer.cli.progress import Once, Progress
    from summarizer.settings import Settings
    from summarizer.text import visible
    from summarizer.watch import Terminal, say

    stdout()  # before anything is paid for
    for each in batch.watch(
        places,
        folder,
        Settings(**settings),
        every=every,
        once=once,
        retry_failed=retry_failed,
        columns=batch.Columns(text_column, path_column),
        said=lambda line: say(visible(line)),
        told=lambda: Progress(Path(folder)),
        schema=schema or "briefing",
        known={name: value for name, value in (("published", published), ("language", language)) if value},
        form=form,
        concurrency=concurrency,
        budget=budget,
        watcher=Once(Terminal()),
    ):
        _tell(each, Path(folder), form)
        if once:
            _raise_for(each, Path(folder))
        elif each.passing and each.stopped:
            say(batch_text.put_off(each.stopped))


def _tell(found: Round, folder: Path, form: str) -> None:
    from summarizer.cli import batch_text
    from summarizer.watch import say

    for briefed in found.made:
        put(batch_text.new(briefed, folder, form))
    for failure in found.failed:
        say(batch_text.missed(failure))


def _raise_for(found: Round, folder: Path) -> None:
    from summarizer.batch.output import FAILURES
    from summarizer.errors import BatchError
    from summarizer.text import one_line

    if found.stopped:
        raise found.stopped
    if found.failed:
        raise BatchError(
            f"{len(found.failed):,} of {len(found.made) + len(found.failed):,} new articles got no briefing.",
            tip=f"Read {one_line(str(folder / FAILURES), 200)}; then the same command with --retry-failed.",
        )
    if found.errors:
        raise found.errors[0]
