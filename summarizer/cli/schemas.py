"""`summarizer schemas`: the schemas of briefings and drafts, and what a new version of one changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarizer.cli.options import project_of, project_option
from summarizer.cli.output import put
from summarizer.cli.versions import put_audit, put_list, put_released, put_text, table

if TYPE_CHECKING:
    from summarizer.project import Project


@click.group()
def schemas() -> None:
    """Schemas of briefings and drafts: list, show, diff, check, release."""


@schemas.command("list")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@project_option
def schemas_list(form: str, project: Path | None) -> None:
    """Lists every version: its name, whether it is released, whose it is, its hash, and what it is of."""
    put_list("schemas", project, form)


@schemas.command("show")
@click.argument("reference", metavar="NAME[@N]")
@project_option
def schemas_show(reference: str, project: Path | None) -> None:
    """Prints the text of one version; of the newest one where only a name is given."""
    put_text("schemas", reference, project)


@schemas.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="[NEW]", required=False)
@project_option
def schemas_diff(old: str, new: str | None, project: Path | None) -> None:
    """Shows what changed between two versions, a line a change.

    With one NAME, between its newest release and what its class gives now.

    `breaks`: something that was valid under OLD is not valid under NEW, so that a stored briefing may not be read any
    more. `widens`: what was stored stays readable, and whoever holds new briefings to OLD may refuse some.
    `restates`: any other change.
    """
    from summarizer.versions.compatibility import changes, read

    before, after = _pair(old, new, project_of(project))
    found = changes(read(before), read(after))
    if found:
        put(table([(each.mark, str(each)) for each in found]))
    else:
        put("No difference.\n" if before == after else "The same in another order.\n")


@schemas.command("check")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@project_option
def schemas_check(names: tuple[str, ...], project: Path | None) -> None:
    """Checks that released schemas are unchanged, and that the classes still give them.

    Lists everything that is wrong, then exits with 5.
    """
    put_audit("schemas", names, project)


@schemas.command("release")
@click.argument("references", metavar="[NAME[@N]]...", nargs=-1)
@project_option
def schemas_release(references: tuple[str, ...], project: Path | None) -> None:
    """Writes the schemas that the classes of the project give, and locks them; a locked one never changes."""
    put_released("schemas", references, project)


def _pair(old: str, new: str | None, project: Project | None) -> tuple[str, str]:
    """The texts to compare."""
    from summarizer.artifact import registry
    from summarizer.errors import ArtifactError, UsageError
    from summarizer.versions.generated import given_by

    known = registry("schemas", project)
    if new is not None:
        return known.load(old).text, known.load(new).text
    given = given_by(old, project)
    if given is None:
        raise UsageError(f"No class gives a schema {old}.", tip="Name two versions: summarizer schemas diff OLD NEW")
    if given.released is None:
        raise ArtifactError(f"No version of {old} is released.", tip=f"summarizer schemas release {given.id}")
    return given.released.text, given.text
