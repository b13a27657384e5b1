"""What an entry names, read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from summarizer import web
from summarizer.batch.entry import Entry
from summarizer.source import Source
from summarizer.summarize import as_source


def read(entry: Entry, known: dict[str, str], *, allow_private: bool) -> Source:
    """The article of an entry.

    Args:
        known: what is taken to be known of every article that does not say otherwise.

    Raises:
        SourceError: it cannot be read, or is no article.
    """
    if entry.source is not None:
        return entry.source
    told: dict[str, Any] = {name: value for name, value in known.items() if name not in entry.otherwise} | entry.known
    if entry.text is not None:
        # What is one line long would be taken for a path.
        text = entry.text if "\n" in entry.text else f"{entry.text}\n"
        return replace(as_source(text, **told), name=entry.id or entry.named)
    where = entry.where or ""
    if Entry.at(where).place != entry.place:  # the command is given from another folder now
        where = entry.place.partition(":")[2]
    if entry.otherwise:
        return web.fetch(where, allow_private=allow_private, otherwise=entry.otherwise, **told)
    return web.read(where, allow_private=allow_private, **told)
