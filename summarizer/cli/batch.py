"""`summarizer batch`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.output import put, stdout
from summarizer.cli.run_options import folder_option, run_options

if TYPE_CHECKING:
    from summarizer.batch import Outcome
    from summarizer.settings import Settings


@click.command()
@click.argument("inputs", nargs=-1)
@folder_option
@click.option(
    "--list", "lists", multiple=True, type=click.Path(path_type=str), metavar="FILE",
    help="A path or link a line; # begins a comment, - is standard input.",
)  # fmt: skip
@click.option(
    "--feed", "feeds", multiple=True, type=click.Path(path_type=str), metavar="FEED",
    help="Address or file of a feed (RSS, Atom, JSON Feed): its entries.",
)  # fmt: skip
@click.option(
    "--engine", type=click.Choice(["live", "openai-batch", "ray"]), default="live", show_default=True,
    help="Ask one by one, or by the batches of OpenAI's API, at half the price and within a day; or ray: tables in "
    "Parquet, on the cluster that RAY_ADDRESS names, else on one of this machine's own.",
)  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(1, 10_000), metavar="N",
    help="Of --engine ray: processes, each with its own --concurrency. Default: one a CPU.",
)  # fmt: skip
@click.option(
    "--wait/--no-wait", default=True, show_default=True,
    help="Of batches: wait for them, or leave them; the same command collects.",
)  # fmt: skip
@click.option("--batch-size", type=click.IntRange(min=1), metavar="N", help="Requests in one batch, at most.")
@click.option("--dry-run", is_flag=True, help="Say what there is, and what it would cost; no call, nothing written.")
@run_options
def batch(
    inputs: tuple[str, ...],
    folder: str,
    lists: tuple[str, ...],
    feeds: tuple[str, ...],
    form: str,
    text_column: str,
    path_column: str,
    schema: str | None,
    published: str | None,
    language: str | None,
    concurrency: int | None,
    engine: str,
    workers: int | None,
    batch_size: int | None,
    budget: float | None,
    *,
    wait: bool,
    dry_run: bool,
    retry_failed: bool,
    **settings: Any,
) -> None:
    """Briefs many articles: files, folders, patterns, links, and tables in JSON Lines (.jsonl, .ndjson) or
    Parquet (.parquet).

    However a run ends, the same command goes on with it, and asks for nothing again that was answered. Ctrl-C once
    ends what was begun, twice stops at once.

    A row of a table has a text, a path or a url, and may have id, title, author, published and language.

    Exits with 26 where some articles got no briefing, with 28 where the budget has no room for another request; with
    the code of what stopped the run, where something else did.
    """
    from summarizer.batch import Columns, Inputs, Limits, brief_all, forecast
    from summarizer.cli import batch_text
    from summarizer.cli.progress import Once, Progress
    from summarizer.settings import Settings
    from summarizer.watch import Terminal

    stdout()  # before anything is paid for
    known = {name: value for name, value in (("published", published), ("language", language)) if value}
    columns = Columns(text_column, path_column)
    wanted: dict[str, Any] = {"schema": schema or "briefing", "retry_failed": retry_failed, "known": known}
    if engine == "ray":
        _refuse_on_a_cluster(lists=lists, feeds=feeds, form=form, budget=budget, dry_run=dry_run)
        wanted |= {"columns": columns, "concurrency": concurrency, "workers": workers}
        _end(_on_a_cluster(inputs, folder, Settings(**settings), **wanted))
        return
    named = Inputs(inputs, lists, feeds, columns)
    if dry_run:
        put(batch_text.forecast(forecast(named, folder, Settings(**settings), **wanted)))
        return
    with Progress(Path(folder)) as progress:
        outcome = brief_all(
            named,
            folder,
            Settings(**settings),
            **wanted,
            form=form,  # type: ignore[arg-type]  # one of click's choices
            concurrency=concurrency,
            budget=budget,
            engine=engine,  # type: ignore[arg-type]  # the same
            wait=wait,
            limits=Limits(batch_size) if batch_size else None,
            watcher=Once(Terminal()),
            told=progress,
        )
    _end(outcome)


def _end(outcome: Outcome[Any]) -> None:
    from summarizer.cli import batch_text

    put(batch_text.outcome(outcome))
    outcome.raise_for_failures()


def _on_a_cluster(inputs: tuple[str, ...], folder: str, settings: Settings, **wanted: Any) -> Outcome[str]:
    from summarizer.cli.progress import Progress
    from summarizer.cluster import brief_tables

    with Progress(Path(folder)) as progress:
        return brief_tables(inputs, folder, settings, told=progress, **wanted)


def _refuse_on_a_cluster(
    *, lists: tuple[str, ...], feeds: tuple[str, ...], form: str, budget: float | None, dry_run: bool
) -> None:
    """
    Raises:
        UsageError: what --engine ray does not take is given.
    """
    from summarizer.errors import UsageError

    given = {
        "--list": lists,
        "--feed": feeds,
        "--format": form not in ("jsonl", "parquet"),
        "--budget": budget is not None,
        "--dry-run": dry_run,
    }
    if name := next((name for name, is_given in given.items() if is_given), None):
        raise UsageError(
            f"--engine ray has no {name}.", tip=f"Leave out {name}; tables in Parquet go in, and tables come out."
        )
