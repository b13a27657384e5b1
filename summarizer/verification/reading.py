"""A briefing from a file that anybody may have written, and the source that it names."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from summarizer.briefing import BaseBriefing, Briefing, version_of
from summarizer.encoding import decode
from summarizer.errors import BriefingError, SourceError
from summarizer.kind import SHIPPED, load
from summarizer.project import Project
from summarizer.source import Source
from summarizer.text import one_line

_MOST_SHOWN = 5
_TIP = "Give a file that `summarizer brief ARTICLE --format json` wrote."


def read(where: str, schema: str | None = None, project: Project | None = None) -> BaseBriefing:
    """The briefing in a file, or on standard input where `where` is `-`.

    Args:
        schema: what kind of briefing it is, see `summarizer.kind.load`; by default the file says, as long as that
            is a kind of this package or of `project`. Nothing else is imported because a file names it.

    Raises:
        BriefingError: it cannot be read, or is no briefing: a key is unknown, missing or there twice, a value
            is of another type, an item has no evidence; or its kind is not known.
        ArtifactError: there is no kind called `schema`.
    """
    return parsed(text_of(where), one_line(where, 120), schema, project)


def text_of(where: str) -> str:
    """The text of a file, or of standard input where `where` is `-`.

    Raises:
        BriefingError: it cannot be read.
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
    return text


def parsed(text: str, name: str, schema: str | None = None, project: Project | None = None) -> BaseBriefing:
    """The briefing that a text is; `name` is what errors call it. See `read`."""
    with refusing(name, "briefing"):
        stored = json.loads(text, object_pairs_hook=unique)
        cls = load(schema, project).cls if schema else _class_of(stored, name, project)
        return cls.from_json(text, strict=True)


@contextmanager
def refusing(name: str, what: str) -> Iterator[None]:
    """
    Raises:
        BriefingError: what is read inside is no JSON, or not of its schema.
    """
    try:
        yield
    except ValidationError as error:
        shown = "; ".join(_told(each) for each in error.errors(include_url=False)[:_MOST_SHOWN])
        more = f"; and {error.error_count() - _MOST_SHOWN} more" if error.error_count() > _MOST_SHOWN else ""
        raise BriefingError(f"{name} is no {what}: {shown}{more}.", tip=_TIP) from error
    except (ValueError, RecursionError) as error:
        raise BriefingError(f"{name} is no {what}: {one_line(str(error), 200)}.", tip=_TIP) from error


def _class_of(stored: object, name: str, project: Project | None) -> type[BaseBriefing]:
    """The class of the kind that a stored briefing says it is; `Briefing` where it does not say."""
    written = stored.get("schema") if isinstance(stored, dict) else None
    if not isinstance(written, str):
        return Briefing
    known = {*SHIPPED, *(dict(project.kinds) if project else ())}
    wanted, _ = version_of(written)
    if wanted not in known:
        raise BriefingError(
            f"{name} is a briefing of the schema {one_line(written, 80)}, which is not known here.",
            tip="Name its class: --schema package.module:Class, or put it into [tool.summarizer.kinds].",
        )
    return load(wanted, project).cls


def _told(error: ErrorDetails) -> str:
    """Where a value is wrong, and how."""
    where = ".".join(map(str, error["loc"])) or "the whole"
    return one_line(f"{where}: {error['msg']}", 200)


def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Of two values for one key, one reader takes the first and another the last."""
    keys = [key for key, _ in pairs]
    if twice := next((key for at, key in enumerate(keys) if key in keys[:at]), None):
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return dict(pairs)


def read_for(briefing: BaseBriefing, name: str | Path) -> Source:
    """The file at `name` as the briefing's source: with the briefing's day of publication, since who had it made may
    have given another than the file says of itself.

    Raises:
        SourceError: as `Source.read`.
    """
    return Source.read(name, published=briefing.source.published)


def source_of(briefing: BaseBriefing) -> Source | None:
    """The file that the briefing names as its source, where it is there and its text has the right hash.

    A path to another machine is not followed.
    """
    name = briefing.source.name
    if name in ("-", "text") or name.startswith(("\\\\", "//")):
        return None
    try:
        found = read_for(briefing, name) if Path(name).is_file() else None
    except (SourceError, OSError, ValueError):
        return None
    return found if found and found.sha256 == briefing.source.sha256 else None
