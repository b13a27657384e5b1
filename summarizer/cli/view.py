"""`summarizer view`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarizer.cli.options import project_of, project_option, schema_option
from summarizer.cli.output import put, stdout, write
from summarizer.errors import SourceError, UsageError
from summarizer.text import one_line

if TYPE_CHECKING:
    from summarizer.briefing import BaseBriefing
    from summarizer.source import Source

_LONGEST_NAME = 60


@click.command()
@click.argument("briefing", metavar="BRIEFING.json")
@click.option(
    "--source", "sources", multiple=True, metavar="FILE",
    help="Its article; of several, once for each, in order. Default: the files that are named in it.",
)  # fmt: skip
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the page to a file, whole or not at all. It is opened with --open alone then.",
)
@click.option(
    "--open/--no-open", "opens", default=None, help="Open the page in the browser. Default: without --output."
)
@schema_option
@project_option
def view(
    briefing: str,
    sources: tuple[str, ...],
    output: Path | None,
    schema: str | None,
    project: Path | None,
    *,
    opens: bool | None,
) -> None:
    """Shows a briefing beside its article, in the browser: a click on an item leads to what says so, and back.

    BRIEFING.json is what `brief --format json` wrote, of one article or of several; - is standard input.

    The page is one file that loads nothing and
    sends nothing. Without --output it is kept in the cache, SUMMARIZER_CACHE. Standard output tells where it is.

    The briefing is verified on the way; the page tells what does not hold. Exits with 21 where the source is another
    text than the briefing was made of; with 20 where the file is no briefing; with 3 where the source is not found.
    """
    from summarizer.cli.together import page_of
    from summarizer.cli.verify import one_source
    from summarizer.dossier import Dossier
    from summarizer.dossier.reading import read
    from summarizer.report.html import html

    if [briefing, *sources].count("-") > 1:
        raise UsageError("Only one of the files can be standard input.", tip="Name a file for the other.")
    stdout()
    old = read(briefing, schema, project_of(project))
    page = page_of(old, sources) if isinstance(old, Dossier) else html(old, _source_of(old, one_source(sources)))
    path = (output or _kept(briefing, page)).absolute()
    write(path, page)
    put(f"{one_line(str(path))}\n")
    if opens or (opens is None and output is None):
        _open(path)


def _source_of(briefing: BaseBriefing, given: str | None) -> Source:
    from summarizer.source import Source
    from summarizer.verification.reading import source_of

    if given is not None:
        return Source.read(given)
    found = source_of(briefing)
    if found is None:
        raise SourceError(
            f"The page shows the article, and {one_line(briefing.source.name, 120)} is not here, or is another text.",
            tip="Name the article of the briefing with --source FILE.",
        )
    return found


def _kept(briefing: str, page: str) -> Path:
    """Where a page goes that is given no place; the same page always to the same."""
    from hashlib import sha256

    from summarizer.model.weights import cache_dir

    name = "briefing" if briefing == "-" else re.sub(r"[^\w.-]+|^\.+", "_", Path(briefing).stem)[:_LONGEST_NAME]
    digest = sha256(page.encode()).hexdigest()[:12]
    return cache_dir() / "pages" / f"{name}-{digest}.html"


def _open(path: Path) -> None:
    import webbrowser

    try:
        opened = webbrowser.open(path.as_uri())
    except webbrowser.Error:
        opened = False
    if not opened:
        raise UsageError("There is no browser to open the page in.", tip="Open the file yourself, or say --no-open.")
