"""The command line: results on standard output, everything else on standard error, one error boundary."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from summarizer import __version__
from summarizer.errors import SourceError, SummarizerError, UsageError
from summarizer.text import json_safe, one_line, visible
from summarizer.watch import say

if TYPE_CHECKING:
    from summarizer.briefing import Briefing
    from summarizer.source import Source
    from summarizer.verification import Verification

BUG = 70
INTERRUPTED = 130
READER_GONE = 141


def main() -> None:
    """Runs the command line; exits with the code of the error, 70 for a bug, 130 for Ctrl-C."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Runs the command line with these arguments and returns its exit code."""
    try:
        code = commands.main(arguments, prog_name="summarizer", standalone_mode=False)
    except SummarizerError as error:
        return _report(error)
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.format_message())
        return UsageError.exit_code
    except click.ClickException as error:
        return _report(UsageError(error.format_message(), tip="summarizer --help"))
    except (KeyboardInterrupt, click.Abort):
        say("Stopped.")
        return INTERRUPTED
    except Exception:  # noqa: BLE001  # the one boundary: a bug of ours is shown whole, what it quotes made safe
        say(visible(traceback.format_exc()))
        return BUG
    return code if isinstance(code, int) else 0


def _report(error: SummarizerError) -> int:
    say(f"ERROR {visible(error.message)}")
    if error.tip:
        say(f"TIP   {visible(error.tip)}")
    return error.exit_code


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="summarizer")
def commands() -> None:
    """Turns news articles into briefings that can be checked."""
    for stream in (sys.stdout, sys.stderr):
        # A character that the terminal's encoding lacks is shown as an escape, not as a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


class Seconds(click.FloatRange):
    """A number in a range; click's own takes nan for one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number: float = super().convert(value, param, ctx)
        return self.fail(f"{value!r} is no number.", param, ctx) if number != number else number


@commands.command()
@click.argument("source")
@click.option(
    "-f", "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True
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
@click.option("--prompt", default="briefing", show_default=True, metavar="NAME@N")
@click.option("--published", metavar="YYYY-MM-DD", help="Day of publication; relative dates are resolved against it.")
@click.option("--title", help="Title of the article.")
@click.option("--author", help="Author of the article.")
@click.option(
    "--language", default="en", show_default=True, metavar="CODE", help="Language of the article: en, de, es, fr, ..."
)
@click.option("--url", help="Where the article was published. Not fetched.")
@click.option(
    "--timeout", type=Seconds(min=1, max=86_400), default=900.0, show_default=True, help="Seconds for all of it."
)
@click.option("--cassette", type=click.Path(path_type=Path), help="Replay from this file, or record to it.")
@click.option("--record", type=click.Choice(["none", "once", "all"]), default="none", show_default=True)
@click.option("--explain", is_flag=True, help="Show too why each item stands, and what was rejected. Text only.")
def brief(
    source: str,
    form: str,
    output: Path | None,
    published: str | None,
    title: str | None,
    author: str | None,
    url: str | None,
    language: str,
    *,
    explain: bool,
    **settings: Any,
) -> None:
    """Briefs one article: a text file, or - for standard input."""
    from summarizer.source import Source
    from summarizer.summarize import Settings, Summarizer
    from summarizer.watch import Terminal

    _check_explain(form, explain=explain)
    if output is None:
        _stdout()  # before anything is paid for
    article = Source.read(source, published=published, title=title, author=author, url=url, language=language)
    with Summarizer(Settings(**settings), watcher=Terminal()) as summarizer:
        briefing = summarizer.brief(article)
    _deliver(briefing, form, output, article if explain else None)


def _check_explain(form: str, *, explain: bool) -> None:
    if explain and form != "text":
        raise UsageError(f"--explain does not go with --format {form}.", tip="Leave one of them out.")


def _deliver(briefing: Briefing, form: str, output: Path | None, explained: Source | None) -> None:
    """Writes a briefing where it is wanted; with the text that explains it, where its source is given."""
    from summarizer.report import FORMATS
    from summarizer.report.terminal import terminal

    color = output is None and _color()
    why = f"\n{_explanation(briefing, explained, color=color)}" if explained else ""
    if output is not None:
        _write(output, FORMATS[form](briefing) + why)
    elif form == "text":
        _print(terminal(briefing, color=color) + why)
    elif form == "json":
        _print(json_safe(briefing.to_json(), _stdout().encoding))
    else:
        _print(FORMATS[form](briefing))


def _explanation(briefing: Briefing, source: Source, *, color: bool) -> str:
    from summarizer.report.explain import explain
    from summarizer.verification import verify

    return explain(briefing, verify(briefing, source), color=color)


def _color() -> bool:
    return _stdout().isatty() and "NO_COLOR" not in os.environ


def _stdout() -> TextIO:
    if sys.stdout is None:
        raise UsageError("Standard output is closed.", tip="Open it, or write to a file with --output FILE.")
    return sys.stdout


def _print(text: str) -> None:
    """Writes to standard output, all of it.

    Raises:
        UsageError: it is closed, or takes no more, for want of space for example.
        click.exceptions.Exit: whoever read us has gone.
    """
    out = _stdout()
    try:
        out.write(text)  # click.echo would write UTF-8 where the locale has ASCII
        out.flush()
    except OSError as error:
        # What could not be written is still buffered, and Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        if isinstance(error, BrokenPipeError):
            raise click.exceptions.Exit(READER_GONE) from error
        raise UsageError(f"Cannot write to standard output: {error.strerror}.") from error


def _write(path: Path, text: str) -> None:
    from summarizer.files import write_whole

    try:
        if path.exists() and not path.is_file():  # a device or a pipe: no file may take its place
            path.write_text(text, encoding="utf-8", newline="\n")
        else:
            write_whole(path, text)
    except OSError as error:
        raise UsageError(f"Cannot write {one_line(str(path))}: {error.strerror}.") from error


@commands.command()
@click.argument("briefing", metavar="BRIEFING.json")
@click.option("--source", metavar="FILE", help="Its source. Default: the file that the briefing names.")
@click.option("--no-source", "alone", is_flag=True, help="Check what can be told without the source; exit with 0.")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--explain", is_flag=True, help="Show too why each item stands, and what was rejected. Text only.")
def verify(briefing: str, source: str | None, form: str, *, alone: bool, explain: bool) -> None:
    """Checks a briefing again, character for character, with no model and no network.

    BRIEFING.json is what `brief --format json` wrote; - is standard input.

    Exits with 0 where everything holds; with 21 where something does not, or where the source is another text
    than the briefing was made of; with 20 where the file is no briefing. Where the source is not given, and is
    not the file that the briefing names, each item is held against its own evidence, the evidence itself against
    nothing: then it exits with 3, unless --no-source says that this is what is wanted.
    """
    from summarizer import verification
    from summarizer.verification.reading import read

    _check_explain(form, explain=explain)
    if alone and source:
        raise UsageError("--source and --no-source contradict each other.", tip="Leave one of them out.")
    old = read(briefing)
    text = None if alone else _source_of(old, source)
    found = verification.verify(old, text)
    _print(_verified(old, found, text, form, explain=explain))
    found.raise_for_failures()
    if text is None and not alone:
        _refuse_blind(old)


def _source_of(briefing: Briefing, given: str | None) -> Source | None:
    from summarizer.source import Source
    from summarizer.verification.reading import source_of

    return Source.read(given) if given is not None else source_of(briefing)


def _verified(briefing: Briefing, found: Verification, text: Source | None, form: str, *, explain: bool) -> str:
    from summarizer.report.explain import explain as explained
    from summarizer.report.verified import verified

    if form == "json":
        return json_safe(found.to_json(), _stdout().encoding)
    report = verified(found, text.name if text else None, color=_color())
    return report + (f"\n{explained(briefing, found, color=_color())}" if explain else "")


def _refuse_blind(briefing: Briefing) -> None:
    name = one_line(briefing.source.name, 120)
    raise SourceError(
        f"The evidence was not compared with the source: {name} is not here, or is another text.",
        tip="Name the source with --source FILE, or say --no-source.",
    )


@commands.group()
def models() -> None:
    """The embedded model: list, pull, path, remove."""


@models.command("list")
def models_list() -> None:
    """Shows the embedded model, whether it is installed, and where."""
    from summarizer.model.weights import EMBEDDED, installed, path

    state = "installed" if installed(EMBEDDED) else "not installed"
    size = f"{EMBEDDED.size / 1e9:.2f} GB"
    _print(f"local/{EMBEDDED.name}  {size}  {EMBEDDED.licence}  {state}  {path(EMBEDDED)}\n")


@models.command("pull")
def models_pull() -> None:
    """Fetches the embedded model, where it is not installed yet, and checks its hash."""
    from summarizer.model.weights import EMBEDDED, pull
    from summarizer.watch import Terminal

    _print(f"{pull(EMBEDDED, Terminal().fetching)}\n")


@models.command("path")
def models_path() -> None:
    """Prints where the embedded model is, or would be."""
    from summarizer.model.weights import EMBEDDED, path

    _print(f"{path(EMBEDDED)}\n")


@models.command("remove")
def models_remove() -> None:
    """Deletes the embedded model, and what unfinished pulls left."""
    from summarizer.model.weights import EMBEDDED, path, remove

    _print(f"removed {path(EMBEDDED)}\n" if remove(EMBEDDED) else "nothing to remove\n")
