"""Options of the commands that work on a run: `batch` and `watch`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from summarizer.cli.brief import Seconds
from summarizer.cli.options import allow_private_option, cache_option, project_option, schema_option

F = TypeVar("F", bound=Callable[..., Any])

folder_option = click.option(
    "-o", "--output", "folder", required=True, type=click.Path(file_okay=False, path_type=str), metavar="RUN",
    help="Folder of the run, new or to go on with.",
)  # fmt: skip

_OPTIONS = (
    click.option(
        "-f", "--format", "form", type=click.Choice(["jsonl", "csv", "parquet", "files", "html"]), default="jsonl",
        show_default=True,
        help="Of the briefings: a line, a row or a file each.",
    ),
    click.option(
        "--concurrency", type=click.IntRange(1, 1000), metavar="N",
        help="Requests at a time. Default: 8, and 1 for the embedded model.",
    ),
    click.option(
        "--budget", type=Seconds(min=0, max=1e9), metavar="DOLLARS",
        help="The run stops before it costs more, all times together.",
    ),
    click.option("--retry-failed", is_flag=True, help="Try again what failed."),
    click.option("--text-column", default="text", show_default=True, help="Of tables: the article."),
    click.option("--path-column", default="path", show_default=True, help="Of tables: where it is."),
    click.option(
        "-m", "--model", metavar="PROVIDER/MODEL",
        help="Default: SUMMARIZER_MODEL, OpenAI if its key is set, else the embedded model.",
    ),
    click.option("--base-url", metavar="URL", help="Address of an OpenAI-compatible server."),
    schema_option,
    click.option("--prompt", metavar="NAME@N", help="Default: the newest one that is called as the kind."),
    project_option,
    click.option(
        "--published", metavar="YYYY-MM-DD", help="Day of publication of articles that are not given another."
    ),
    click.option("--language", metavar="CODE", help="Language of articles that are not given another."),
    allow_private_option,
    cache_option,
    click.option(
        "--timeout", type=Seconds(min=1, max=86_400), default=900.0, show_default=True,
        help="Seconds for one article; of a long one, for each part.",
    ),
)  # fmt: skip


def run_options(command: F) -> F:
    """Gives a command the options that say how the briefings of a run are made, and in what form they are written."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
