"""`summarizer cache`: the answers that are kept for other runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from summarizer.cli.output import put
from summarizer.text import visible

if TYPE_CHECKING:
    from datetime import datetime

    from summarizer.cache import Store


@click.group()
def cache() -> None:
    """Answers kept for when the same is asked again: info, clear."""


@cache.command("info")
def cache_info() -> None:
    """Shows where answers are kept, how many, and their bytes."""
    from summarizer.cache import limit

    found = _store().info()
    lines = [
        f"place    {visible(str(found.place))}",
        f"entries  {found.entries:,}",
        f"bytes    {found.size:,} of at most {limit():,}",
        f"oldest   {_day(found.oldest)}",
        f"newest   {_day(found.newest)}",
    ]
    put("\n".join([*lines, ""]))


@cache.command("clear")
@click.option("--older-than", type=click.IntRange(0, 36_500), metavar="DAYS", help="Only what was kept before that.")
def cache_clear(older_than: int | None) -> None:
    """Deletes the answers that are kept."""
    from datetime import timedelta

    gone = _store().clear(None if older_than is None else timedelta(days=older_than))
    put(f"removed {gone:,} answer{'' if gone == 1 else 's'}\n")


def _store() -> Store:
    from summarizer.cache import Store, limit
    from summarizer.cache.store import FOLDER
    from summarizer.model.weights import cache_dir

    return Store(cache_dir() / FOLDER, limit())


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "none"
