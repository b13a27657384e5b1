"""`summarizer batch`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from summarizer.cli.brief import Seconds
from summarizer.cli.options import allow_private_option, project_option, schema_option
from summarizer.cli.output import put, stdout


@click.command()
@click.argument("inputs", nargs=-1)
@click.option(
    "-o", "--output", "folder", required=True, type=click.Path(file_okay=False, path_type=str), metavar="RUN",
    help="Folder of the run, new or to go on with.",
)  # fmt: skip
@click.option(
    "--list", "lists", multiple=True, type=click.Path(path_type=str), metavar="FILE",
    help="A path or link a line; # begins a comment, - is standard input.",
)  # fmt: skip
@click.option(
    "-f", "--format", "form", type=click.Choice(["jsonl", "csv", "files"]), default="jsonl", show_default=True,
    help="Of the briefings: a line, a row or a file each.",
)  # fmt: skip
@click.option(
    "--concurrency", type=click.IntRange(1, 1000), metavar="N",
    help="Articles at a time. Default: 8, and 1 for the embedded model.",
)  # fmt: skip
@click.option(
    "--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True,
    help="ray: tables in Parquet, on the cluster that RAY_ADDRESS names, else on one of this machine's own.",
)  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(1, 10_000), metavar="N",
    help="Of --engine ray: processes, each with its own --concurrency. Default: one a CPU.",
)  # fmt: skip
@click.option("--retry-failed", is_flag=True, help="Try again what failed.")
@click.option("--text-column", default="text", show_default=True, help="Of JSON Lines: the article.")
@click.option("--path-column", default="path", show_default=True, help="Of JSON Lines: where it is.")
@click.option(
    "-m", "--model", metavar="PROVIDER/MODEL",
    help="Default: SUMMARIZER_MODEL, OpenAI if its key is set, else the embedded model.",
)  # fmt: skip
@click.option("--base-url", metavar="URL", help="Address of an OpenAI-compatible server.")
@schema_option
@click.option("--prompt", metavar="NAME@N", help="Default: the newest one that is called as the kind.")
@project_option
@click.option("--published", metavar="YYYY-MM-DD", help="Day of publication of articles that are not given another.")
@click.option("--language", metavar="CODE", help="Language of articles that are not given another.")
@allow_private_option
@click.option(
    "--timeout", type=Seconds(min=1, max=86_400), default=900.0, show_default=True,
    help="Seconds for one article; of a long one, for each part.",
)  # fmt: skip
def batch(
    inputs: tuple[str, ...],
    folder: str,
    lists: tuple[str, ...],
    form: str,
    text_column: str,
    path_column: str,
    schema: str | None,
    published: str | None,
    language: str | None,
    concurrency: int | None,
    engine: str,
    workers: int | None,
    *,
    retry_failed: bool,
    **settings: Any,
) -> None:
    """Briefs many articles: files, folders, patterns, links, and tables in JSON Lines (.jsonl, .ndjson).

    However a run ends, the same command goes on with it, and asks for nothing again that was answered. Ctrl-C once
    ends what was begun, twice stops at once.

    A row of a table has a text, a path or a url, and may have id, title, author, published and language.

    Exits with 26 where some articles got no briefing; with the code of what stopped the run, where something did.
    """
    from summarizer.batch import Columns, Inputs, brief_all
    from summarizer.cli import batch_text
    from summarizer.cli.progress import Once, Progress
    from summarizer.settings import Settings
    from summarizer.watch import Terminal

    stdout()  # before anything is paid for
    known = {name: value for name, value in (("published", published), ("language", language)) if value}
    columns = Columns(text_column, path_column)
    shared: dict[str, Any] = {"concurrency": concurrency, "retry_failed": retry_failed, "known": known}
    with Progress(Path(folder)) as progress:
        if engine == "ray":
            from summarizer.cluster import brief_tables

            _refuse_local(lists, form)
            shared |= {"schema": schema or "briefing", "workers": workers, "columns": columns}
            outcome = brief_tables(inputs, folder, Settings(**settings), told=progress, **shared)
        else:
            outcome = brief_all(
                Inputs(inputs, lists, columns),
                folder,
                Settings(**settings),
                schema=schema or "briefing",
                form=form,  # type: ignore[arg-type]  # one of click's choices
                watcher=Once(Terminal()),
                told=progress,
                **shared,
            )
    put(batch_text.outcome(outcome))
    outcome.raise_for_failures()


def _refuse_local(lists: tuple[str, ...], form: str) -> None:
    """
    Raises:
        UsageError: what --engine ray does not take is given.
    """
    from summarizer.errors import UsageError

    if lists or form != "jsonl":
        given = "--list" if lists else "--format"
        raise UsageError(f"--engine ray takes and writes Parquet, so there is no {given}.", tip=f"Leave out {given}.")
