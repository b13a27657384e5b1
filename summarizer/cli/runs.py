"""`summarizer runs`: what runs there are, how they stand, their briefings made again, and their batches ended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from summarizer.cli.options import project_option, schema_option
from summarizer.cli.output import put, stdout
from summarizer.text import json_safe, visible

_RUN = click.argument("run", type=click.Path(path_type=Path), metavar="RUN")


@click.group()
def runs() -> None:
    """Runs of `summarizer batch`: list, show, reprocess, cancel."""


@runs.command("list")
@click.argument("folder", type=click.Path(path_type=Path), default=Path(), metavar="[DIR]")
def runs_list(folder: Path) -> None:
    """Shows a line for each run in DIR, or here."""
    from summarizer import batch
    from summarizer.cli import batch_text
    from summarizer.errors import JournalError
    from summarizer.watch import say

    damaged = []
    for each in batch.runs(folder):
        try:
            put(batch_text.row(each, batch.run_state(each)))
        except JournalError as error:
            damaged.append(error)
            say(f"{visible(str(each))}  {visible(error.message)}")
    if damaged:
        raise damaged[0]


@runs.command("show")
@_RUN
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def runs_show(run: Path, form: str) -> None:
    """Shows how a run stands, which may be going on, and what failed."""
    from summarizer import batch
    from summarizer.cli import batch_text

    found = batch.run_state(run)
    put(_json(found) if form == "json" else batch_text.state(found))


@runs.command("reprocess")
@_RUN
@schema_option
@project_option
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "parquet", "files", "html"]),
    default="jsonl",
    show_default=True,
)
def runs_reprocess(run: Path, **wanted: Any) -> None:
    """Makes a run's briefings again by today's check, from what the model answered then, without a call."""
    from summarizer import batch
    from summarizer.cli import batch_text

    stdout()
    form = wanted.pop("form")
    put(batch_text.rebuilt(batch.rebuild(run, form=form, **wanted)))


@runs.command("cancel")
@_RUN
def runs_cancel(run: Path) -> None:
    """Ends a run's batches at their provider. What they answered by then is collected by the run's own command."""
    from summarizer import batch
    from summarizer.cli import batch_text

    stdout()
    found = batch.cancel(run)
    put("".join(f"{batch_text.batch(each)}\n" for each in found) or "no batch is open\n")


def _json(found: Any) -> str:
    import json
    from dataclasses import asdict

    return json_safe(json.dumps(asdict(found), indent=2, ensure_ascii=False) + "\n", stdout().encoding)
