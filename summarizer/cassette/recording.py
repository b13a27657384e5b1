"""What a cassette file holds:

{"format": "summarizer-cassette@2",
 "model": "provider/model", "tool": "summarizer 0.1.0",
 "origin": {"recorded": "2026-11-23", "kind", "prompt", "prompts", "schemas", "policy", "source"},
 "interactions": [{"request": {"method", "path", "body"},
                   "response": {"status", "headers", "seconds", "body" or "text"}}]}

A file of format 1 is the same without `origin`.
"""

from __future__ import annotations

import json
import math
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from summarizer.errors import CassetteError
from summarizer.record import ArtifactRecord, SourceRecord
from summarizer.text import one_line

FORMAT: Literal["summarizer-cassette@2"] = "summarizer-cassette@2"
MAX_BYTES = 50_000_000

Header = Literal["content-type", "retry-after", "retry-after-ms"]
HEADERS: tuple[Header, ...] = get_args(Header)
"""All that is kept of an answer's headers; of a request's, none is."""

HeaderText = Annotated[str, StringConstraints(pattern=r"^[ -~]*$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Request(_Part):
    method: str
    path: str
    body: Any


class Response(_Part):
    status: Annotated[int, Field(ge=100, le=599)]
    headers: dict[Header, HeaderText]
    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    body: Any = None
    text: str | None = None


class Interaction(_Part):
    request: Request
    response: Response


class Origin(_Part):
    """What a cassette was recorded from.

    Attributes:
        recorded: the day, in UTC.
        kind: the kind of briefing, by the name of its schema. Never the path of a class: that would be imported.
        prompt: the prompt as it was asked for, `name` or `name@version`; None where the kind decided.
        prompts: the prompts that this meant, the one of the briefing first.
        schemas: those of the answer and of the briefing.
        policy: the rules of the check, which decide what is asked for once more.
        source: the article; the name of a file is seen from the cassette's folder.
    """

    recorded: date = Field(default_factory=lambda: datetime.now(UTC).date())
    kind: Annotated[str, StringConstraints(pattern=r"^[^:]*$")]
    prompt: str | None
    prompts: Annotated[list[ArtifactRecord], Field(min_length=1)]
    schemas: list[ArtifactRecord]
    policy: ArtifactRecord
    source: SourceRecord


class Recording(_Part):
    """The content of a cassette file. `origin` is None where it was recorded before origins were kept."""

    format: Literal["summarizer-cassette@1", "summarizer-cassette@2"] = FORMAT
    model: str
    tool: str
    origin: Origin | None = None
    interactions: Annotated[list[Interaction], Field(min_length=1)]

    def to_json(self) -> str:
        return self.model_dump_json(indent=1) + "\n"


def read(path: Path) -> Recording:
    """The content of a cassette file.

    Raises:
        CassetteError: the file is missing, cannot be read, or is no cassette of these formats.
    """
    shown = one_line(str(path))
    try:
        return parsed(_bytes(path))
    except FileNotFoundError as error:
        raise CassetteError(
            f"There is no cassette {shown}.", tip="Record it: the same command with --record once."
        ) from error
    except OSError as error:
        raise CassetteError(f"Cannot read the cassette {shown}: {error.strerror}.") from error
    except ValueError as error:
        raise CassetteError(
            f"{shown} is no cassette: {_reason(error)}.",
            tip="Restore the file from git, or record it again with --record all.",
        ) from error


def parsed(raw: bytes) -> Recording:
    """
    Raises:
        ValueError: this is no cassette. pydantic's parser refuses what is no strict JSON; that a key stands
            twice it does not see.
    """
    recording = Recording.model_validate_json(raw)
    json.loads(raw, object_pairs_hook=_once, parse_float=_finite, parse_constant=_finite)
    return recording


def _bytes(path: Path) -> bytes:
    if path.exists() and not path.is_file():  # a pipe would be waited for without end
        raise CassetteError(f"The cassette {one_line(str(path))} is no regular file.", tip="Name a file.")
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise ValueError(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    return raw


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of two values for one key, one reader takes the first and another the last."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for at, key in enumerate(keys) if key in keys[:at])
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return found


def _finite(digits: str) -> float:
    """JSON has no infinity and no NaN; Python's parser takes them, and makes them of numbers that are too large."""
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits[:20]} is no number that can be kept")
    return number


def _reason(error: ValueError) -> str:
    if not isinstance(error, ValidationError):
        return one_line(str(error), 200)
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"])) or "the file"
    return f"{one_line(where, 80)}: {one_line(first['msg'], 160)}"
