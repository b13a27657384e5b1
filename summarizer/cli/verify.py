"""`summarizer verify`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarizer.cli.brief import check_explain
from summarizer.cli.options import project_of, project_option, schema_option
from summarizer.cli.output import color, put, stdout
from summarizer.errors import SourceError, UsageError
from summarizer.text import json_safe, one_line

if TYPE_CHECKING:
    from summarizer.briefing import BaseBriefing
    from summarizer.source import Source
    from summarizer.verification import Verification


@click.command()
@click.argument("briefing", metavar="BRIEFING.json")
@click.option(
    "--source", "sources", multiple=True, metavar="FILE",
    help="Its source; of several articles, once for each, in order. Default: the files that are named in it.",
)  # fmt: skip
@click.option("--no-source", "alone", is_flag=True, help="Check what can be told without the source; exit with 0.")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@schema_option
@project_option
@click.option("--explain", is_flag=True, help="Show too why each item stands, and what was rejected. Text only.")
def verify(
    briefing: str,
    sources: tuple[str, ...],
    form: str,
    schema: str | None,
    project: Path | None,
    *,
    alone: bool,
    explain: bool,
) -> None:
    """Checks a briefing again, character for character, with no model and no network.

    BRIEFING.json is what `brief --format json` wrote, of one article or of several; - is standard input. Of several,
    each briefing is checked, and that what was put together points at what is there.

    Exits with 0 where everything holds; with 21 where something does not, or where the source is another text
    than the briefing was made of; with 20 where the file is no briefing. Where the source is not given, and is
    not the file that the briefing names, each item is held against its own evidence, the evidence itself against
    nothing: then it exits with 3, unless --no-source says that this is what is wanted.
    """
    from summarizer import verification
    from summarizer.cli.together import verify_dossier
    from summarizer.dossier import Dossier
    from summarizer.dossier.reading import read

    check_explain(form, explain=explain)
    if alone and sources:
        raise UsageError("--source and --no-source contradict each other.", tip="Leave one of them out.")
    old = read(briefing, schema, project_of(project))
    if isinstance(old, Dossier):
        _refuse_explain(explain=explain)
        verify_dossier(old, sources, form, alone=alone)
        return
    text = None if alone else _source_of(old, one_source(sources))
    found = verification.verify(old, text)
    put(_verified(old, found, text, form, explain=explain))
    found.raise_for_failures()
    if text is None and not alone:
        _refuse_blind(old)


def _refuse_explain(*, explain: bool) -> None:
    if explain:
        raise UsageError("--explain is for the briefing of one article.", tip="Leave it out.")


def one_source(given: tuple[str, ...]) -> str | None:
    """The source of one briefing.

    Raises:
        UsageError: several were given.
    """
    if len(given) > 1:
        raise UsageError(f"--source was given {len(given)} times; there is one briefing.", tip="Give it once.")
    return given[0] if given else None


def _source_of(briefing: BaseBriefing, given: str | None) -> Source | None:
    from summarizer.verification.reading import read_for, source_of

    return read_for(briefing, given) if given is not None else source_of(briefing)


def _verified(briefing: BaseBriefing, found: Verification, text: Source | None, form: str, *, explain: bool) -> str:
    from summarizer.report.explain import explain as explained
    from summarizer.report.verified import verified

    if form == "json":
        return json_safe(found.to_json(), stdout().encoding)
    report = verified(found, text.name if text else None, color=color())
    return report + (f"\n{explained(briefing, found, color=color())}" if explain else "")


def _refuse_blind(briefing: BaseBriefing) -> None:
    name = one_line(briefing.source.name, 120)
    of_page = "://" in name
    kept = "Name what brief --keep FILE wrote: --source FILE" if of_page else "Name the source with --source FILE"
    raise SourceError(
        f"The evidence was not compared with the source: {name} is not here, or is another text.",
        tip=f"{kept}, or say --no-source.",
    )
