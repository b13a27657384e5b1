"""`summarizer brief --together`, and what `verify` and `view` do with what it wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.cli.output import color, put, say_cached, say_left_out, stdout, write
from summarizer.errors import SourceError, UsageError
from summarizer.text import json_safe, markup_safe, one_line
from summarizer.watch import say

if TYPE_CHECKING:
    from summarizer.dossier import Dossier
    from summarizer.source import Source


@dataclass(frozen=True, slots=True)
class Several:
    """What was asked for: articles about one event, by their names, with their days of publication."""

    names: Sequence[str]
    published: Sequence[str]
    language: str | None
    schema: str
    settings: dict[str, Any]

    def check(self, form: str, *, together: bool, refused: Sequence[str]) -> None:
        """
        Args:
            refused: options given that one article has alone.

        Raises:
            UsageError: it cannot be done.
        """
        count = len(self.names)
        if not together:
            raise UsageError(
                f"{count} sources were given, and one article is briefed at a time.",
                tip="Articles about one event are briefed with --together. A batch of others is to come.",
            )
        if count == 1:
            raise UsageError("--together was given with one source.", tip="Give two or more, or leave it out.")
        if self.names.count("-") > 1:
            raise UsageError("Only one of the articles can be standard input.", tip="Name a file for the others.")
        if form == "docx":
            raise UsageError("There is no Word document of several articles.", tip="Use --format html or markdown.")
        if refused:
            raise UsageError(f"{refused[0]} is for one article, and does not go with --together.", tip="Leave it out.")
        if len(self.published) not in (0, 1, count):
            raise UsageError(
                f"--published was given {len(self.published)} times; there are {count} articles.",
                tip="Give it once for all, or once for each, in their order.",
            )

    def brief(self, form: str, output: Path | None) -> None:
        """Briefs the articles, and delivers what comes of them."""
        from summarizer.dossier import merge
        from summarizer.settings import Settings
        from summarizer.several import briefings
        from summarizer.watch import Terminal

        if output is None:
            stdout()  # before anything is paid for
        articles = list(self._articles())
        made = briefings(articles, Settings(**self.settings), schema=self.schema, watcher=Terminal())
        say_cached(made)
        dossier = merge(made)
        for warning in dossier.warnings:
            say(f"WARNING {one_line(warning)}")
        _deliver(dossier, articles, form, output)

    def _articles(self) -> Iterator[Source]:
        from summarizer import web

        one = self.published[0] if self.published else None
        days = self.published if len(self.published) > 1 else [one] * len(self.names)
        for name, day in zip(self.names, days, strict=True):
            allow = self.settings["allow_private"]
            article = web.read(name, allow_private=allow, published=day, language=self.language)
            say_left_out(article)
            yield article


def _deliver(dossier: Dossier, articles: Sequence[Source], form: str, output: Path | None) -> None:
    from summarizer.report.dossier import FORMATS
    from summarizer.report.dossier.terminal import terminal

    if form == "html":
        from summarizer.report.dossier.html import html

        page = html(dossier, articles)
        if output is not None:
            write(output, page)
        else:
            put(markup_safe(page, stdout().encoding))
    elif output is not None:
        write(output, FORMATS[form](dossier))
    elif form == "json":
        put(json_safe(dossier.to_json(), stdout().encoding))
    else:
        put(terminal(dossier, color=color()) if form == "text" else FORMATS[form](dossier))


def verify_dossier(dossier: Dossier, given: Sequence[str], form: str, *, alone: bool) -> None:
    """`summarizer verify` of a dossier."""
    from summarizer.dossier.verification import verify
    from summarizer.report.dossier.verified import verified

    sources = [None] * len(dossier.briefings) if alone else sources_of(dossier, given)
    found = verify(dossier, sources)
    if form == "json":
        put(json_safe(found.to_json(), stdout().encoding))
    else:
        put(verified(dossier, found, color=color()))
    found.raise_for_failures()
    missing = [briefing.source.name for briefing, each in zip(dossier.briefings, sources, strict=True) if each is None]
    if missing and not alone:
        raise SourceError(
            f"The evidence was not compared with the source: {one_line('; '.join(missing), 200)} not here, or another "
            "text.",
            tip="Name all sources with --source FILE, in the order of the briefings, or say --no-source.",
        )


def sources_of(dossier: Dossier, given: Sequence[str]) -> list[Source | None]:
    """The sources that were given, else the files that the briefings name; None where there is no such text.

    Raises:
        UsageError: there are not as many as briefings.
    """
    from summarizer.verification.reading import read_for, source_of

    if given and len(given) != len(dossier.briefings):
        raise UsageError(
            f"--source was given {len(given)} times; there are {len(dossier.briefings)} briefings in the dossier.",
            tip="Give it once for each, in their order, or leave it out.",
        )
    pairs = zip(dossier.briefings, given, strict=False)
    return [read_for(each, name) for each, name in pairs] or [source_of(each) for each in dossier.briefings]


def page_of(dossier: Dossier, given: Sequence[str]) -> str:
    """The page of a dossier, for `summarizer view`.

    Raises:
        SourceError: an article is not here.
    """
    from summarizer.report.dossier.html import html

    found = sources_of(dossier, given)
    missing = next((one.source.name for one, each in zip(dossier.briefings, found, strict=True) if each is None), None)
    if missing is not None:
        raise SourceError(
            f"The page shows the articles, and {one_line(missing, 120)} is not here, or is another text.",
            tip="Name all articles with --source FILE, in the order of the briefings.",
        )
    return html(dossier, [each for each in found if each])
