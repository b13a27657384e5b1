"""A briefing from a file that anybody may have written, and the source that it names."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from summarizer.briefing import Briefing
from summarizer.errors import BriefingError, SourceError
from summarizer.source import Source, decode
from summarizer.text import one_line

_MOST_SHOWN = 5
_TIP = "Give a file that `summarizer brief ARTICLE --format json` wrote."


def read(where: str) -> Briefing:
    """The briefing in a file, or on standard input where `where` is `-`.

    Raises:
        BriefingError: it cannot be read, or is no briefing: a key is unknown, missing or there twice, a value
            is of another type, an item has no evidence.
    """
    name = one_line(where, 120)
    try:
        raw = sys.stdin.buffer.read() if where == "-" else Path(where).read_bytes()
        text, _ = decode(raw, where)
    except SourceError as error:
        raise BriefingError(error.message, tip=_TIP) from error
    except (OSError, ValueError, AttributeError) as error:  # a NUL in the path; standard input is closed
        reason = getattr(error, "strerror", None) or str(error)
        raise BriefingError(f"Cannot read {name}: {one_line(reason, 200)}.", tip=_TIP) from error
    return _parsed(text, name)


def _parsed(text: str, name: str) -> Briefing:
    try:
        briefing = Briefing.model_validate_json(text, strict=True)
        json.loads(text, object_pairs_hook=_unique)
    except ValidationError as error:
        shown = "; ".join(_told(each) for each in error.errors(include_url=False)[:_MOST_SHOWN])
        more = f"; and {error.error_count() - _MOST_SHOWN} more" if error.error_count() > _MOST_SHOWN else ""
        raise BriefingError(f"{name} is no briefing: {shown}{more}.", tip=_TIP) from error
    except (ValueError, RecursionError) as error:
        raise BriefingError(f"{name} is no briefing: {one_line(str(error), 200)}.", tip=_TIP) from error
    return briefing


def _told(error: ErrorDetails) -> str:
    """Where a value is wrong, and how."""
    where = ".".join(map(str, error["loc"])) or "the whole"
    return one_line(f"{where}: {error['msg']}", 200)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Of two values for one key, one reader takes the first and another the last."""
    keys = [key for key, _ in pairs]
    if twice := next((key for at, key in enumerate(keys) if key in keys[:at]), None):
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return dict(pairs)


def source_of(briefing: Briefing) -> Source | None:
    """The file that the briefing names as its source, where it is there and its text has the right hash.

    A path to another machine is not followed.
    """
    name = briefing.source.name
    if name in ("-", "text") or name.startswith(("\\\\", "//")):
        return None
    try:
        found = Source.read(name) if Path(name).is_file() else None
    except (SourceError, OSError, ValueError):
        return None
    return found if found and found.sha256 == briefing.source.sha256 else None
