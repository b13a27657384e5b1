"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from summarizer.project import Project

schema_option = click.option(
    "--schema",
    metavar="KIND",
    help="Kind of briefing: briefing, incident, one of your project, or package.module:Class.",
)

project_option = click.option(
    "--project",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of your project. Default: the nearest one upwards whose pyproject.toml has [tool.summarizer].",
)

allow_private_option = click.option(
    "--allow-private", is_flag=True, help="Fetch from private networks and this machine too."
)

cache_option = click.option(
    "--cache/--no-cache",
    default=True,
    help="Whether answers are taken from the cache, and kept there. Default: they are; with --cassette never.",
)


def project_of(folder: Path | None) -> Project | None:
    """The project in `folder`; where that is not given, the one around the current folder, if there is one."""
    from summarizer.project import Project

    return Project.around() if folder is None else Project.at(folder)
