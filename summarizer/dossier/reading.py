"""A dossier from a file that anybody may have written."""

from __future__ import annotations

import json
from typing import Any

from summarizer.briefing import BaseBriefing
from summarizer.dossier.record import Dossier, Merged
from summarizer.errors import BriefingError
from summarizer.project import Project
from summarizer.text import one_line
from summarizer.verification import reading

_NAME = "dossier@"


def read(where: str, schema: str | None = None, project: Project | None = None) -> BaseBriefing | Dossier:
    """The dossier in a file, or the briefing, whichever it is; `-` is standard input.

    Raises:
        BriefingError: it cannot be read, or is neither; see `summarizer.verification.reading.read`.
        ArtifactError: there is no kind called `schema`.
    """
    text, name = reading.text_of(where), one_line(where, 120)
    try:
        stored = json.loads(text, object_pairs_hook=reading.unique)
    except (ValueError, RecursionError):
        return reading.parsed(text, name, schema, project)  # which says what is wrong
    named = stored.get("schema") if isinstance(stored, dict) else None
    if not (isinstance(named, str) and named.startswith(_NAME)):
        return reading.parsed(text, name, schema, project)
    return _dossier(stored, name, schema, project)


def _dossier(stored: dict[str, Any], name: str, schema: str | None, project: Project | None) -> Dossier:
    given = stored.pop("briefings", None)
    if not isinstance(given, list):
        raise BriefingError(f"{name} is a dossier without briefings.")
    briefings = [
        reading.parsed(json.dumps(each), f"{name}, briefing {number}", schema, project)
        for number, each in enumerate(given)
    ]
    with reading.refusing(name, "dossier"):
        merged = Merged.model_validate_json(json.dumps(stored), strict=True)
        return Dossier(**dict(merged), briefings=briefings)
