"""`summarizer diff`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarizer.cli.options import project_of, project_option, schema_option
from summarizer.cli.output import color, put, stdout, write
from summarizer.errors import UsageError
from summarizer.text import json_safe

if TYPE_CHECKING:
    from summarizer.briefing import BaseBriefing
    from summarizer.difference import Difference
    from summarizer.source import Source


@click.command()
@click.argument("old", metavar="OLD.json")
@click.argument("new", metavar="NEW.json")
@click.option(
    "--source", "sources", multiple=True, metavar="FILE",
    help="Their sources: give it twice, the old one first. Default: the files that the briefings name.",
)  # fmt: skip
@click.option(
    "-f", "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file, whole or not at all."
)
@schema_option
@project_option
@click.option("--exit-code", "tell", is_flag=True, help="Exit with 22 where the two differ.")
def diff(
    old: str,
    new: str,
    sources: tuple[str, ...],
    form: str,
    output: Path | None,
    schema: str | None,
    project: Path | None,
    *,
    tell: bool,
) -> None:
    """Shows what two briefings say differently, with no model and no network.

    OLD.json and NEW.json are what `brief --format json` wrote; one of them may be -, for standard input. With the
    sources of both, each difference says whether the text changed or only the reading of it.

    Exits with 0 whether they differ or not, unless --exit-code asks to be told; with 20 where a file is no
    briefing; with 3 where a source is another text than its briefing was made of. What made the two, such as
    another prompt, is shown and is no difference in what they say.
    """
    from summarizer.difference import compare
    from summarizer.verification.reading import read

    _check(old, new, sources)
    if output is None:
        stdout()
    around = project_of(project)
    briefings = read(old, schema, around), read(new, schema, around)
    found = compare(*briefings, *_sources_of(briefings, sources))
    _deliver(found, form, output)
    if tell:
        found.raise_for_difference()


def _check(old: str, new: str, sources: tuple[str, ...]) -> None:
    if len(sources) not in (0, 2):
        raise UsageError(
            f"--source was given {'once' if len(sources) == 1 else f'{len(sources)} times'}; there are two briefings.",
            tip="Give it twice, the source of the old briefing first, or leave it out.",
        )
    if [old, new, *sources].count("-") > 1:
        raise UsageError("Only one of the files can be standard input.", tip="Name a file for the others.")


def _sources_of(briefings: tuple[BaseBriefing, BaseBriefing], given: tuple[str, ...]) -> list[Source | None]:
    from summarizer.verification.reading import read_for, source_of

    pairs = zip(briefings, given, strict=False)
    return [read_for(each, name) for each, name in pairs] or [source_of(each) for each in briefings]


def _deliver(found: Difference, form: str, output: Path | None) -> None:
    from summarizer.report import compared

    if form == "json":
        text = compared.as_json(found) if output else json_safe(found.to_json(), stdout().encoding)
    elif form == "markdown":
        text = compared.markdown(found)
    else:
        text = compared.terminal(found, color=output is None and color())
    if output is None:
        put(text)
    else:
        write(output, text)
