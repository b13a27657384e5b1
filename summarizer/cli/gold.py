"""`summarizer gold`: marking articles, and checking what was marked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarizer.cli.options import project_of, project_option, schema_option
from summarizer.cli.output import put, stdout, write

if TYPE_CHECKING:
    from summarizer.briefing import BaseBriefing


@click.group()
def gold() -> None:
    """Gold, articles in which people marked what is right: page, check."""


@gold.command("page")
@click.argument("article")
@click.option(
    "--briefing", "made", metavar="BRIEFING.json", help="Offer what this briefing of the article says as answers."
)
@click.option("--published", metavar="YYYY-MM-DD", help="Day of publication. Default: the one of the briefing.")
@click.option("--language", metavar="CODE", help="Language of the article. Default: the one of the briefing, else en.")
@click.option("--id", "identifier", help="Default: the name of the file.")
@click.option("--cluster", help="What the article is about, where several are about the same.")
@schema_option
@project_option
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file, whole or not at all."
)
def gold_page(
    article: str,
    made: str | None,
    published: str | None,
    language: str | None,
    identifier: str | None,
    cluster: str | None,
    schema: str | None,
    project: Path | None,
    output: Path | None,
) -> None:
    """Makes a page on which a person marks what an article says, and gets its line of gold.

    ARTICLE is given as to brief. The page made is one file that loads nothing and sends nothing.
    """
    from summarizer import web
    from summarizer.evaluation.annotation import annotation
    from summarizer.kind import kind_of, load
    from summarizer.verification.reading import read

    if output is None:
        stdout()
    around = project_of(project)
    briefing: BaseBriefing | None = read(made, schema, around) if made else None
    kind = kind_of(type(briefing)) if briefing else load(schema or "briefing", around)
    known = briefing.source if briefing else None
    source = web.read(
        article,
        published=published or (known.published if known else None),
        language=language or (known.language if known else None),
    )
    name = identifier or ("article" if article == "-" else Path(article).stem)
    page = annotation(source, kind, briefing, identifier=name, cluster=cluster)
    if output is None:
        put(page)
    else:
        write(output, page)


@gold.command("check")
@click.argument("file", metavar="FILE.jsonl", type=click.Path(path_type=Path))
def gold_check(file: Path) -> None:
    """Tells what is in a file of gold, or what is wrong with it.

    Exits with 2 where a line is no gold, and with 3 where its text is no article. What no briefing can be right about
    is told below the numbers.
    """
    from summarizer.evaluation import read
    from summarizer.evaluation.cells import number
    from summarizer.evaluation.inventory import doubts, inventory
    from summarizer.evaluation.table import columns
    from summarizer.text import one_line

    stdout()
    found = read(file)
    clusters = len({each.about for each in found})
    head = f"{one_line(file.name)}: {number(len(found), 'article')} in {number(clusters, 'cluster')}"
    put("\n".join([head, "", columns(inventory(found)), *[f"\n{each}" for each in doubts(found)], ""]))
