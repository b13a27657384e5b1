"""`summarizer models`: the embedded model's file."""

from __future__ import annotations

import click

from summarizer.cli.output import put


@click.group()
def models() -> None:
    """The embedded model: list, pull, path, remove."""


@models.command("list")
def models_list() -> None:
    """Shows the embedded model, whether it is installed, and where."""
    from summarizer.model.weights import EMBEDDED, installed, path

    state = "installed" if installed(EMBEDDED) else "not installed"
    size = f"{EMBEDDED.size / 1e9:.2f} GB"
    put(f"local/{EMBEDDED.name}  {size}  {EMBEDDED.licence}  {state}  {path(EMBEDDED)}\n")


@models.command("pull")
def models_pull() -> None:
    """Fetches the embedded model, where it is not installed yet, and checks its hash."""
    from summarizer.model.weights import EMBEDDED, pull
    from summarizer.watch import Terminal

    put(f"{pull(EMBEDDED, Terminal().fetching)}\n")


@models.command("path")
def models_path() -> None:
    """Prints where the embedded model is, or would be."""
    from summarizer.model.weights import EMBEDDED, path

    put(f"{path(EMBEDDED)}\n")


@models.command("remove")
def models_remove() -> None:
    """Deletes the embedded model, and what unfinished pulls left."""
    from summarizer.model.weights import EMBEDDED, path, remove

    put(f"removed {path(EMBEDDED)}\n" if remove(EMBEDDED) else "nothing to remove\n")
