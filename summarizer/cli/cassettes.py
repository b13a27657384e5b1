"""`summarizer cassettes`: what recordings there are, whether they are still good, and recording them again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.brief import Seconds
from summarizer.cli.options import project_of, project_option, schema_option
from summarizer.cli.output import color, put, stdout
from summarizer.errors import CassetteError, UsageError
from summarizer.text import json_safe, one_line

if TYPE_CHECKING:
    from summarizer.briefing import BaseBriefing
    from summarizer.cassette.inspection import Inspection
    from summarizer.project import Project

_PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
_FORMAT = click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)


@click.group()
def cassettes() -> None:
    """Recorded exchanges with a model: list, show, check, refresh.

    PATHs are files or folders; without any, the folder `cassettes` of the project, or the one here.
    """


@cassettes.command("list")
@_PATHS
@project_option
@_FORMAT
def cassettes_list(paths: tuple[Path, ...], project: Path | None, form: str) -> None:
    """Shows a line for each cassette: what it was recorded from, and its state."""
    from summarizer.cli import cassette_text

    found = _inspected(paths, project_of(project))
    put(_json(found) if form == "json" else cassette_text.table(found))


@cassettes.command("show")
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
@project_option
@_FORMAT
def cassettes_show(path: Path, project: Path | None, form: str) -> None:
    """Shows all that is known of one cassette."""
    from summarizer.cassette import read
    from summarizer.cassette.inspection import inspect
    from summarizer.cli import cassette_text

    read(path)  # here, that it is damaged is an error
    found = inspect(path, project_of(project))
    put(
        json_safe(found.model_dump_json(indent=2) + "\n", stdout().encoding)
        if form == "json"
        else cassette_text.shown(found)
    )


@cassettes.command("check")
@_PATHS
@project_option
@_FORMAT
def cassettes_check(paths: tuple[Path, ...], project: Path | None, form: str) -> None:
    """Names what is stale, damaged or seems to hold a secret; exits with 19 where there is any.

    Stale: a prompt or schema that it was recorded from is another now, or gone; or its article is another text.
    """
    from summarizer.cli import cassette_text

    found = _inspected(paths, project_of(project))
    put(_json(found) if form == "json" else cassette_text.checked(found))
    if bad := [each for each in found if each.bad]:
        raise CassetteError(
            f"{len(bad)} of {len(found)} cassettes {'is' if len(bad) == 1 else 'are'} not good: "
            f"{', '.join(f'{one_line(each.file)} ({each.state})' for each in bad)}.",
            tip=_what_to_do(bad),
        )


@cassettes.command("refresh")
@_PATHS
@click.option("--stale", is_flag=True, help="All that are stale, of PATHs.")
@click.option("-m", "--model", metavar="PROVIDER/MODEL", help="Default: the recorded one.")
@click.option("--base-url", metavar="URL", help="Address of an OpenAI-compatible server.")
@schema_option
@click.option("--prompt", metavar="NAME@N", help="Default: as it was asked for.")
@project_option
@click.option("--source", metavar="ARTICLE", help="Default: the recorded one.")
@click.option("--published", metavar="YYYY-MM-DD", help="This and what follows: default as recorded.")
@click.option("--title", help="Title of the article.")
@click.option("--author", help="Author of the article.")
@click.option("--language", metavar="CODE", help="Language of the article.")
@click.option("--url", help="Where the article was published.")
@click.option("--timeout", type=Seconds(min=1, max=86_400), help="Seconds for each.")
def cassettes_refresh(paths: tuple[Path, ...], project: Path | None, *, stale: bool, **wanted: Any) -> None:
    """Records cassettes again, and shows what changes in their briefings.

    A new recording takes the old one's place when its briefing is complete, and not before.
    """
    from summarizer.refresh import Overrides, refresh
    from summarizer.watch import Terminal, say

    files = _to_refresh(paths, project_of(project), stale=stale)
    if wanted["source"] is not None and len(files) > 1:
        raise UsageError("One article cannot be the source of several cassettes.", tip="Name one FILE with --source.")
    stdout()  # before anything is paid for
    if not files:
        put("nothing is stale\n")
    for path in files:
        say(f"recording {one_line(str(path))}")
        done = refresh(path, Overrides(project=project, **wanted), watcher=Terminal())
        put(_came_of(path, done.before, done.lost, done.after))


def _to_refresh(paths: Sequence[Path], project: Project | None, *, stale: bool) -> list[Path]:
    if stale:
        return [Path(each.file) for each in _inspected(paths, project) if each.state == "stale"]
    if not paths:
        raise UsageError("There is nothing to refresh.", tip="Name cassettes, or say --stale.")
    if folder := next((each for each in paths if each.is_dir()), None):
        raise UsageError(f"{one_line(str(folder))} is a folder.", tip="Name its files, or say --stale.")
    return list(paths)


def _came_of(path: Path, before: BaseBriefing | None, lost: str, after: BaseBriefing) -> str:
    made, count = after.provenance, len(after.provenance.attempts)
    head = (
        f"{one_line(str(path))}: {count} exchange{'s' * (count != 1)}, {one_line(made.model)}, {made.prompts[0].id}\n"
    )
    if before is None:
        return f"{head}  the old answers give no briefing any more: {one_line(lost, 300)}\n"
    from summarizer.difference import compare
    from summarizer.report.compared import terminal

    return head + terminal(compare(before, after), color=color())


def _inspected(paths: Sequence[Path], project: Project | None) -> list[Inspection]:
    from summarizer.cassette.inspection import files, folder, inspect

    every = [path for where in (paths or [folder(project)]) for path in files(where)]
    return [inspect(path, project) for path in dict.fromkeys(every)]


def _json(found: Sequence[Inspection]) -> str:
    import json

    text = json.dumps([each.model_dump(mode="json") for each in found], indent=2, ensure_ascii=False)
    return json_safe(text + "\n", stdout().encoding)


def _what_to_do(bad: Sequence[Inspection]) -> str:
    states = {each.state for each in bad}
    told = []
    if "unsafe" in states:
        told.append("Revoke what the unsafe ones hold and delete them.")
    if "damaged" in states:
        told.append("Restore the damaged ones from git.")
    if "stale" in states:
        told.append("Record stale ones again: summarizer cassettes refresh --stale.")
    return " ".join(told)
