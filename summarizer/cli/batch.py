"""`summarizer batch`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from summarizer.cli.output import put, stdout
from summarizer.cli.run_options import folder_option, run_options


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
    "--engine", type=click.Choice(["live", "openai-batch"]), default="live", show_default=True,
    help="Ask one by one, or by the batches of OpenAI's API, at half the price and within a day.",
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
    folder: Path,
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
    named = Inputs(inputs, lists, feeds, Columns(text_column, path_column))
    wanted: dict[str, Any] = {"schema": schema or "briefing", "retry_failed": retry_failed, "known": known}
    if dry_run:
        put(batch_text.forecast(forecast(named, folder, Settings(**settings), **wanted)))
        return
    with Progress(folder) as progress:
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
    put(batch_text.outcome(outcome))
    outcome.raise_for_failures()
