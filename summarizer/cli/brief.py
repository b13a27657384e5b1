"""`summarizer brief`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.options import allow_private_option, cache_option, project_option, schema_option
from summarizer.cli.output import color, put, say_cached, say_left_out, stdout, write
from summarizer.errors import UsageError
from summarizer.text import json_safe, markup_safe

if TYPE_CHECKING:
    from summarizer.briefing import BaseBriefing
    from summarizer.source import Source


class Seconds(click.FloatRange):
    """A number in a range; click's own takes nan for one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number: float = super().convert(value, param, ctx)
        return self.fail(f"{value!r} is no number.", param, ctx) if number != number else number


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--together", is_flag=True, help="Articles about one event: what all say, what one, what they dispute.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "docx", "json"]),
    default="text",
    show_default=True,
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file, whole or not at all."
)
@click.option(
    "-m",
    "--model",
    metavar="PROVIDER/MODEL",
    help="Default: SUMMARIZER_MODEL, OpenAI if its key is set, else the embedded model.",
)
@click.option("--base-url", metavar="URL", help="Address of an OpenAI-compatible server.")
@schema_option
@click.option("--prompt", metavar="NAME@N", help="Default: the newest one that is called as the kind.")
@project_option
@click.option(
    "--published",
    metavar="YYYY-MM-DD",
    multiple=True,
    help="Day of publication; relative dates are resolved against it. With several articles, once or once for each.",
)
@click.option("--title", help="Title of the article.")
@click.option("--author", help="Author of the article.")
@click.option("--language", metavar="CODE", help="Language: en, de, es, fr, ... Default: what the file says, else en.")
@click.option("--url", help="Where the article was published. Not fetched.")
@allow_private_option
@click.option(
    "--timeout",
    type=Seconds(min=1, max=86_400),
    default=900.0,
    show_default=True,
    help="Seconds for all of it; of a long document, for each part.",
)
@click.option("--cassette", type=click.Path(path_type=Path), help="Replay from this file, or record to it.")
@click.option("--record", type=click.Choice(["none", "once", "all"]), default="none", show_default=True)
@cache_option
@click.option(
    "--keep",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the text that is briefed to FILE, for verify --source.",
)
@click.option("--explain", is_flag=True, help="Show too why each item stands, and what was rejected. Text only.")
def brief(
    sources: tuple[str, ...],
    form: str,
    output: Path | None,
    published: tuple[str, ...],
    title: str | None,
    author: str | None,
    url: str | None,
    language: str | None,
    schema: str | None,
    keep: Path | None,
    *,
    together: bool,
    explain: bool,
    **settings: Any,
) -> None:
    """Briefs one article: a file (text, HTML, PDF, Word, mail or Markdown), an address, or - for standard input.

    What its readers see is briefed, and of a page the article alone; title, author, day and language are as the
    file says, where no option does. For PDFs: pip install 'summarizer[pdf]'.

    With --together, two or more about one event, each briefed alone, in order: then it shows what all say, what only
    one says, where they contradict each other, and who is quoted where. Where one cannot be briefed, nothing is.

    With --format html, the result is a page that shows the briefing beside the article, and where each item stands;
    with --format docx a Word document, its evidence as footnotes (pip install 'summarizer[docx]').
    """
    from summarizer import web
    from summarizer.settings import Settings
    from summarizer.summarize import Summarizer
    from summarizer.watch import Terminal

    check_explain(form, explain=explain)
    if together or len(sources) > 1:
        from summarizer.cli.together import Several

        one = {"--title": title, "--author": author, "--url": url, "--keep": keep, "--explain": explain or None}
        refused = [name for name, value in one.items() if value is not None]
        several = Several(sources, published, language, schema or "briefing", settings)
        several.check(form, together=together, refused=refused)
        several.brief(form, output)
        return
    _check_docx(form, output)
    if output is None:
        stdout()  # before anything is paid for
    known = {"title": title, "author": author, "url": url, "language": language}
    allow, day = settings["allow_private"], _last(published)
    article = web.read(sources[0], allow_private=allow, published=day, **known)
    say_left_out(article)
    if keep is not None:
        write(keep, article.text)
    with Summarizer(Settings(**settings), schema=schema or "briefing", watcher=Terminal()) as summarizer:
        briefing = summarizer.brief(article)
    say_cached([briefing])
    _deliver(briefing, article, form, output, explain=explain)


def _last(values: tuple[str, ...]) -> str | None:
    """Of an option given more than once, the last one counts."""
    return values[-1] if values else None


def check_explain(form: str, *, explain: bool) -> None:
    if explain and form != "text":
        raise UsageError(f"--explain does not go with --format {form}.", tip="Leave one of them out.")


def _check_docx(form: str, output: Path | None) -> None:
    """Whether a Word document could be made, before anything is paid for."""
    if form != "docx":
        return
    from summarizer.report.docx import require

    if output is None:
        raise UsageError("A Word document is no text for a terminal.", tip="Write it to a file with --output FILE.")
    require()


def _deliver(briefing: BaseBriefing, source: Source, form: str, output: Path | None, *, explain: bool) -> None:
    """Writes a briefing where it is wanted."""
    from summarizer.report.terminal import terminal

    colored = output is None and color()
    why = f"\n{_explanation(briefing, source, colored=colored)}" if explain else ""
    if output is not None:
        content = _reported(briefing, source, form)
        write(output, content + why if isinstance(content, str) else content)
    elif form == "text":
        put(terminal(briefing, color=colored) + why)
    elif form == "json":
        put(json_safe(briefing.to_json(), stdout().encoding))
    else:
        text = str(_reported(briefing, source, form))
        put(markup_safe(text, stdout().encoding) if form == "html" else text)


def _reported(briefing: BaseBriefing, source: Source, form: str) -> str | bytes:
    if form == "html":
        from summarizer.report.html import html

        return html(briefing, source)
    if form == "docx":
        from summarizer.report.docx import docx

        return docx(briefing)
    from summarizer.report import FORMATS

    return FORMATS[form](briefing)


def _explanation(briefing: BaseBriefing, source: Source, *, colored: bool) -> str:
    from summarizer.report.explain import explain
    from summarizer.verification import verify

    return explain(briefing, verify(briefing, source), color=colored)
