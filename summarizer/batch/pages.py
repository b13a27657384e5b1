"""The briefings of a run as pages, each with its article, and an index that leads to them."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path

from summarizer.batch import items
from summarizer.batch.items import Made
from summarizer.batch.journal import Journal
from summarizer.briefing import BaseBriefing
from summarizer.check import policy
from summarizer.errors import JournalError
from summarizer.files import replacing
from summarizer.kind import Kind
from summarizer.report.html import html
from summarizer.report.index import Missing, entry, index
from summarizer.text import one_line

FOLDER = "briefings"
_KNOWN = ".pages.json"
"""What each page was made of, so that only what changed is made anew."""


def write(journal: Journal, folder: Path, kind: Kind) -> None:
    """Writes the pages that changed, then the index. Pages of articles that have no briefing any more are removed.

    Raises:
        JournalError: it lacks an article.
        OSError: they cannot be written.
    """
    pages = folder / FOLDER
    pages.mkdir(exist_ok=True)
    known, now, entries = _known(pages), dict[str, str](), []
    for made in items.made(journal):
        name, briefing = made.file_name(".html"), kind.cls.from_json(made.json)
        now[name] = sha256(f"{policy()}\n{made.json}".encode()).hexdigest()
        if known.get(name) != now[name] or not (pages / name).is_file():
            _write_page(pages / name, _page(journal, made, briefing))
        entries.append(entry(briefing, f"{FOLDER}/{name}", made.id or made.named))
    missing = [Missing(each.id or each.named, each.kind, each.message) for each in items.failures(journal)]
    with replacing(folder / "index.html") as file:
        file.write(index(entries, missing).encode())
    with replacing(pages / _KNOWN) as file:
        file.write(json.dumps(now, indent=0).encode())
    for name in known.keys() - now.keys():
        (pages / Path(name).name).unlink(missing_ok=True)


def _known(pages: Path) -> dict[str, str]:
    """Nothing where there is none, or none that can be read: then all pages are made anew."""
    try:
        found = json.loads((pages / _KNOWN).read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(name): str(made) for name, made in found.items()} if isinstance(found, dict) else {}


def _page(journal: Journal, made: Made, briefing: BaseBriefing) -> str:
    source = items.item(journal, made.number).source
    if source is None:
        raise JournalError(f"The journal has a briefing of {one_line(made.named, 200)}, and no article.")
    return html(briefing, source)


def _write_page(path: Path, text: str) -> None:
    new = path.parent / f".{path.name}.new"  # no `replacing`: what the journal has need not be synced file by file
    new.write_bytes(text.encode())
    os.replace(new, path)  # noqa: PTH105 (a link is replaced, not followed)
