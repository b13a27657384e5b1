"""`summarizer evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.options import project_option, schema_option
from summarizer.cli.output import put, stdout, write
from summarizer.text import json_safe, one_line

if TYPE_CHECKING:
    from summarizer.evaluation import Evaluation, Row


@click.command()
@click.argument("gold", metavar="GOLD.jsonl", type=click.Path(path_type=Path))
@click.option("--prompt", metavar="NAME@N", help="Default: the newest one that is called as the kind.")
@click.option("--against", metavar="NAME@N", help="Another prompt, on the same articles, to compare with.")
@click.option(
    "-m", "--model", metavar="PROVIDER/MODEL",
    help="Default: SUMMARIZER_MODEL, OpenAI if its key is set, else the embedded model.",
)  # fmt: skip
@click.option("--base-url", metavar="URL", help="Address of an OpenAI-compatible server.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Take the first N articles.")
@schema_option
@project_option
@click.option(
    "--cassettes", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
    help="Replay from this folder, or record to it: PROMPT/ID.json.",
)  # fmt: skip
@click.option("--record", type=click.Choice(["none", "once", "all"]), default="none", show_default=True)
@click.option(
    "--timeout",
    type=click.FloatRange(min=1, max=86_400),
    default=900.0,
    show_default=True,
    help="Seconds for one article.",
)
@click.option(
    "-f", "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file, whole or not at all."
)
@click.option(
    "--page", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.html",
    help="Write a page too: each article, what was wrong and why.",
)  # fmt: skip
def evaluate(
    gold: Path,
    limit: int | None,
    against: str | None,
    schema: str | None,
    cassettes: Path | None,
    form: str,
    output: Path | None,
    page: Path | None,
    **settings: Any,
) -> None:
    """Scores the briefings of articles in which people marked what is right.

    GOLD.jsonl holds an article a line, see docs/evaluation.md. An answer is the first item of its field, and is right
    where it has at most 25 words and half of the content words of a phrase that was marked. Intervals are by
    bootstrap over clusters of articles.

    Exits with 24 where --prompt is significantly worse than --against.
    """
    from summarizer.errors import UsageError
    from summarizer.evaluation import evaluate as run
    from summarizer.evaluation import read
    from summarizer.settings import Settings
    from summarizer.watch import Terminal

    if settings["record"] != "none" and cassettes is None:
        raise UsageError("There is no folder to record to.", tip="Add --cassettes DIR.")
    if output is None:
        stdout()
    articles = read(gold, limit)
    asking = Settings(**settings)
    found = run(
        articles,
        asking,
        name=gold.name,
        against=against,
        schema=schema or "briefing",
        cassettes=cassettes,
        watcher=_Once(Terminal()),
        told=_Progress(len(articles) * (2 if against else 1)),
    )
    _deliver(found, form, output, page)
    found.raise_for_worse()


class _Once:
    """A watcher that says which model it is once, and not for each article."""

    def __init__(self, terminal: Any) -> None:
        self._terminal, self._told = terminal, False

    def chosen(self, model: Any) -> None:
        if not self._told:
            self._told = True
            self._terminal.chosen(model)

    def fetching(self, road: str, done: int, total: int) -> None:
        self._terminal.fetching(road, done, total)

    def asking(self, purpose: str, engine: Any) -> Any:
        return self._terminal.asking(purpose, engine)


class _Progress:
    """A line on standard error for each article."""

    def __init__(self, total: int) -> None:
        self._total, self._done = total, 0

    def __call__(self, prompt: str, row: Row) -> None:
        from summarizer.watch import say

        self._done += 1
        from summarizer.evaluation.judge import RIGHT

        right = sum(each.outcome in RIGHT for each in row.judged)
        told = (
            one_line(row.error, 100) if row.error else f"{right} of {len(row.judged)} right" if row.judged else "scored"
        )
        say(f"{self._done}/{self._total} {one_line(prompt)} {one_line(row.id, 40)}: {told}")


def _deliver(found: Evaluation, form: str, output: Path | None, page: Path | None) -> None:
    from summarizer.evaluation import table

    if form == "json":
        text = json_safe(found.to_json(), stdout().encoding if output is None else "utf-8")
    else:
        text = table.markdown(found) if form == "markdown" else table.text(found)
    try:
        if output is None:
            put(text)
        else:
            write(output, text)
    finally:  # what was paid for is not lost where one of the two cannot be written
        if page is not None:
            from summarizer.evaluation.page import page as rendered

            write(page, rendered(found))
