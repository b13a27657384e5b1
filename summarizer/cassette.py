"""Cassettes: exchanges with a model, recorded once and replayed without a network.

A cassette sits in the HTTP client's transport, below every retry, so that one briefing's exchanges never
mix with those of another thread or task. It is one JSON file:

    {"format": "summarizer-cassette@1",
     "model": "provider/model", "tool": "summarizer 0.1.0",
     "interactions": [{"request": {"method", "path", "body"},
                       "response": {"status", "headers", "seconds", "body" or "text"}}]}

Requests are matched on method, path and body; headers, host and port are neither stored nor compared.
"""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import httpx2
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarizer import __version__
from summarizer.errors import CassetteError, UsageError
from summarizer.files import write_whole
from summarizer.text import one_line

Record = Literal["none", "once", "all"]
FORMAT: Literal["summarizer-cassette@1"] = "summarizer-cassette@1"
SECONDS = "x-cassette-seconds"

Header = Literal["content-type", "retry-after", "retry-after-ms"]
_KEPT_HEADERS: tuple[Header, ...] = get_args(Header)
# What OpenAI tells of an account when it refuses: a part of the key, the organisation, the project.
_ACCOUNT = re.compile(r"\b(?:sk-|org-|proj_)[\w*-]{6,}")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Request(_Part):
    method: str
    path: str
    body: Any


class Response(_Part):
    status: Annotated[int, Field(ge=100, le=599)]
    headers: dict[Header, str]
    seconds: float
    body: Any = None
    text: str | None = None


class Interaction(_Part):
    request: Request
    response: Response


class Recording(_Part):
    """The content of a cassette file."""

    format: Literal["summarizer-cassette@1"] = FORMAT
    model: str
    tool: str
    interactions: list[Interaction]


class Cassette:
    """One file, open for replay or for recording.

    Attributes:
        path: the file.
        replaying: True where answers come from the file and nothing is sent.
    """

    def __init__(self, path: str | Path, record: Record = "none") -> None:
        """
        Args:
            record: `none` replays, and a missing file is an error. `once` records where there is no file, and
                else replays. `all` records anew and replaces the file at the first answer.

        Raises:
            CassetteError: the file to replay is missing, damaged or no cassette.
            UsageError: `record` is something else.
        """
        if record not in ("none", "once", "all"):
            raise UsageError(f"{one_line(str(record), 40)!r} is no way to record.", tip="There are none, once, all.")
        self.path = Path(path)
        self.replaying = record == "none" or (record == "once" and os.path.lexists(self.path))
        self._recording = read(self.path) if self.replaying else None
        self._left = list(self._recording.interactions) if self._recording else []
        self._recorded: list[Interaction] = []

    @property
    def model(self) -> str | None:
        """The model that the file was recorded from; None while recording."""
        return self._recording.model if self._recording else None

    @property
    def unused(self) -> int:
        """How many of the recorded answers nobody has asked for."""
        return len(self._left)

    def replay(self, request: Request) -> Response:
        """The recorded answer to `request`. Equal requests get their answers in the recorded order.

        Raises:
            CassetteError: no such request is left; the message names the nearest one and what differs.
        """
        for index, interaction in enumerate(self._left):
            if interaction.request == request:
                return self._left.pop(index).response
        raise CassetteError(
            f"{self.path} has no answer to this request: {self._nearest(request)}.",
            tip="The article, prompt, schema or model changed since the recording; record again with --record all.",
        )

    def record(self, interaction: Interaction, model: str, secret: str) -> None:
        """Adds an exchange and writes the file, whole and at once.

        Raises:
            CassetteError: the file cannot be written, or `secret` stands in the exchange.
        """
        self._recorded.append(interaction)
        recording = Recording(model=model, tool=f"summarizer {__version__}", interactions=self._recorded)
        text = recording.model_dump_json(indent=1, exclude_none=False) + "\n"
        if len(secret) >= 8 and secret in text:
            raise CassetteError(f"The live key occurs in an exchange; nothing was written to {self.path}.")
        try:
            write_whole(self.path, text)
        except OSError as error:
            raise CassetteError(f"Cannot write the cassette {self.path}: {error.strerror}.") from error

    def _nearest(self, request: Request) -> str:
        if not self._left:
            return "every recorded answer was already used" if self._recording else "it holds none"
        differences = [_first_difference(each.request.model_dump(), request.model_dump()) for each in self._left]
        return "the nearest one differs at " + max(differences, key=lambda difference: difference[0])[1]


def read(path: Path) -> Recording:
    """The content of a cassette file.

    Raises:
        CassetteError: the file is missing, cannot be read, or is no cassette of this format.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for without end
            raise CassetteError(f"The cassette {path} is no regular file.", tip="Name a file.")
        return Recording.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise CassetteError(
            f"There is no cassette {path}.", tip="Record it: the same command with --record once."
        ) from error
    except OSError as error:
        raise CassetteError(f"Cannot read the cassette {path}: {error.strerror}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise CassetteError(
            f"{path} is no cassette of format {FORMAT}: {one_line(where, 80)}: {one_line(first['msg'], 160)}.",
            tip="Restore the file from git, or record it again with --record all.",
        ) from error


class CassetteTransport(httpx2.AsyncBaseTransport):
    """The HTTP transport that replays a cassette, or records what a real transport brings."""

    def __init__(self, cassette: Cassette, model: str, secret: str) -> None:
        self._cassette = cassette
        self._model = model
        self._secret = secret
        self._real = None if cassette.replaying else httpx2.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        asked = Request(method=request.method, path=request.url.path, body=_parsed(await request.aread()))
        if self._real is None:
            return _as_http(self._cassette.replay(asked), request)
        started = time.monotonic()
        answer = await self._real.handle_async_request(request)
        content = await answer.aread()
        await answer.aclose()
        given = _as_recorded(answer, content, round(time.monotonic() - started, 3))
        self._cassette.record(Interaction(request=asked, response=given), self._model, self._secret)
        return _as_http(given, request)

    async def aclose(self) -> None:
        if self._real is not None:
            await self._real.aclose()


def _as_recorded(answer: httpx2.Response, content: bytes, seconds: float) -> Response:
    headers = {name: answer.headers[name] for name in _KEPT_HEADERS if name in answer.headers}
    text = content.decode("utf-8", "replace")
    if answer.status_code >= 400:
        text = _ACCOUNT.sub("…", text)
    body = _parsed(text.encode())
    if isinstance(body, dict | list) and _is_kept_by_json(body):
        return Response(status=answer.status_code, headers=headers, seconds=seconds, body=body)
    return Response(status=answer.status_code, headers=headers, seconds=seconds, text=text)


def _is_kept_by_json(body: Any) -> bool:
    """Whether a file can hold it: Python's parser takes infinite numbers and lone surrogates too."""
    try:
        json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:
        return False
    return True


def _as_http(recorded: Response, request: httpx2.Request) -> httpx2.Response:
    content = json.dumps(recorded.body) if recorded.text is None else recorded.text
    headers = [*recorded.headers.items(), (SECONDS, str(recorded.seconds))]
    return httpx2.Response(recorded.status, headers=headers, content=content.encode(), request=request)


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return content.decode("utf-8", "replace")


def _first_difference(old: Any, new: Any, path: str = "") -> tuple[int, str]:
    """How many leaves are equal before and beside the first difference, and where that is."""
    if isinstance(old, dict) and isinstance(new, dict):
        pairs = [(f"{path}.{key}".lstrip("."), old.get(key), new.get(key)) for key in {**old, **new}]
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        pairs = [(f"{path}[{index}]", *pair) for index, pair in enumerate(zip(old, new, strict=True))]
    else:
        return (1, "") if old == new else (0, f"{path}: {_contrast(old, new)}")
    found = [_first_difference(before, after, where) for where, before, after in pairs]
    return sum(equal for equal, _ in found), next((text for _, text in found if text), "")


def _contrast(old: Any, new: Any) -> str:
    before, after = (each if isinstance(each, str) else json.dumps(each, default=str) for each in (old, new))
    differ = (index for index, (old_one, new_one) in enumerate(zip(before, after, strict=False)) if old_one != new_one)
    at = next(differ, min(len(before), len(after)))
    begin = max(at - 20, 0)
    return (
        f"character {at}: recorded “{one_line(before[begin : at + 40], 80)}”, "
        f"now “{one_line(after[begin : at + 40], 80)}”"
    )
