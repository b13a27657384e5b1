"""A local stand-in for an OpenAI-compatible API that answers, or fails, as a test tells it to.

with FaultServer() as server:
    server.script(Status(429, headers={"retry-after": "1"}), Completion("Hello"))
    ...  # point the client at server.base_url
    assert len(server.requests) == 2
"""

from __future__ import annotations

import json
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol, Self

JSON = "application/json"


@dataclass(frozen=True)
class Received:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]  # names in lower case
    body: Any  # the parsed JSON, or None
    at: float  # time.monotonic()


class Step(Protocol):
    """What one request gets."""

    def send(self, to: Handler) -> None:
        """Answer the request, or fail to."""


@dataclass(frozen=True)
class Completion:
    """A well-formed chat completion."""

    content: str | None
    finish_reason: str | None = "stop"
    usage: tuple[int, int] | None = (120, 30)  # prompt and completion tokens; None leaves it out
    model: str = "fake-1"
    refusal: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)  # more fields of the message

    def send(self, to: Handler) -> None:
        message = {"role": "assistant", "content": self.content, "refusal": self.refusal}
        choice = {
            "index": 0,
            "message": message | dict(self.extra),
            "logprobs": None,
            "finish_reason": self.finish_reason,
        }
        completion: dict[str, Any] = {
            "id": "chatcmpl-fake",
            "object": "chat.completion",
            "created": int(time.time()),
            "model": self.model,
            "choices": [choice],
        }
        if self.usage:
            prompt, reply = self.usage
            completion["usage"] = {
                "prompt_tokens": prompt,
                "completion_tokens": reply,
                "total_tokens": prompt + reply,
            }
        to.reply(200, json.dumps(completion).encode(), JSON)


@dataclass(frozen=True)
class Status:
    """An HTTP status; the default body is an OpenAI error made of code, message and type."""

    status: int
    body: dict[str, Any] | str | bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    code: str | None = None
    message: str = "The test asked for this error."
    type: str | None = None

    def send(self, to: Handler) -> None:
        kind = self.type or ("server_error" if self.status >= 500 else "invalid_request_error")
        error = {"message": self.message, "type": kind, "param": None, "code": self.code}
        body = {"error": error} if self.body is None else self.body
        if isinstance(body, dict):
            to.reply(self.status, json.dumps(body).encode(), JSON, self.headers)
        else:
            data = body.encode() if isinstance(body, str) else body
            to.reply(self.status, data, "text/plain; charset=utf-8", self.headers)


@dataclass(frozen=True)
class Raw:
    """Any body, sent whole."""

    body: bytes
    content_type: str = JSON
    status: int = 200

    def send(self, to: Handler) -> None:
        to.reply(self.status, self.body, self.content_type)


@dataclass(frozen=True)
class Hang:
    """Silence, then a closed connection."""

    seconds: float

    def send(self, to: Handler) -> None:
        to.close_connection = True
        to.server.closing.wait(self.seconds)


@dataclass(frozen=True)
class Reset:
    """A connection reset (TCP RST) in place of an answer."""

    def send(self, to: Handler) -> None:
        to.close_connection = True
        to.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        to.rfile.close()  # the socket stays open as long as this file does
        to.connection.close()


@dataclass(frozen=True)
class Cut:
    """A body that ends before its declared length."""

    body: bytes
    declared: int

    def send(self, to: Handler) -> None:
        to.close_connection = True
        to.reply(200, self.body, JSON, {"content-length": str(self.declared)})


@dataclass(frozen=True)
class Drip:
    """A body sent one byte every so many seconds, after prompt headers."""

    body: bytes
    every: float

    def send(self, to: Handler) -> None:
        to.reply(200, b"", JSON, {"content-length": str(len(self.body))})
        for byte in self.body:
            if to.server.closing.wait(self.every):
                to.close_connection = True
                return
            to.wfile.write(bytes([byte]))


@dataclass(frozen=True)
class Stream:
    """Server-sent events, one HTTP chunk each; cut closes the connection before the last chunk."""

    chunks: Sequence[bytes]
    cut: bool = False

    def send(self, to: Handler) -> None:
        to.close_connection |= self.cut
        to.head(200, {"content-type": "text/event-stream", "transfer-encoding": "chunked"})
        for chunk in filter(None, self.chunks):  # an empty chunk would end the stream
            to.wfile.write(b"%x\r\n%b\r\n" % (len(chunk), chunk))
        if not self.cut:
            to.wfile.write(b"0\r\n\r\n")


@dataclass(frozen=True)
class Answer:
    """A step chosen from the request."""

    choose: Callable[[Received], Step]

    def send(self, to: Handler) -> None:
        self.choose(to.received).send(to)


class Handler(BaseHTTPRequestHandler):
    """One connection: reads each request whole, then plays its step."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: FaultServer
    received: Received

    def answer(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        if "transfer-encoding" in headers:
            self.send_error(411)  # chunked requests are not understood
            return
        data = self.rfile.read(int(headers.get("content-length", 0)))
        body = None
        with suppress(ValueError):
            body = json.loads(data)
        self.received = Received(self.command, self.path, headers, body, time.monotonic())
        self.server.take(self.received).send(self)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def head(self, status: int, headers: Mapping[str, str]) -> None:
        """Send the status line and the headers."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def reply(self, status: int, body: bytes, content_type: str, headers: Mapping[str, str] | None = None) -> None:
        """Send a whole answer; the given headers win over the usual ones."""
        usual = {"content-type": content_type, "content-length": str(len(body))}
        given = {name.lower(): value for name, value in (headers or {}).items()}
        self.head(status, usual | given)
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


class FaultServer(ThreadingHTTPServer):
    """Plays one scripted step per request and keeps the requests.

    GET /v1/models lists `models` and is not kept; with None it is a request like any other.
    Leaving the block ends every connection and raises what an Answer raised.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, models: Sequence[str] | None = ("fake-1",)) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.base_url = f"http://127.0.0.1:{self.server_port}/v1"
        self.models = models
        self.closing = threading.Event()
        self._lock = threading.Condition()
        self._steps: list[Step] = [Status(400, message="The test scripted no step.")]
        self._requests: list[Received] = []
        self._connections: set[socket.socket] = set()
        self._errors: list[BaseException] = []
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)

    def script(self, first: Step, *others: Step) -> None:
        """Set what the next requests get, in order; the last step repeats for ever."""
        with self._lock:
            self._steps = [first, *others]

    @property
    def requests(self) -> list[Received]:
        """The requests so far, oldest first."""
        with self._lock:
            return list(self._requests)

    def take(self, request: Received) -> Step:
        """Keep the request and return its step."""
        if self.models is not None and (request.method, request.path) == ("GET", "/v1/models"):
            entry = {"object": "model", "created": 0, "owned_by": "test"}
            models = [{"id": name, **entry} for name in self.models]
            return Raw(json.dumps({"object": "list", "data": models}).encode())
        with self._lock:
            self._requests.append(request)
            return self._steps.pop(0) if len(self._steps) > 1 else self._steps[0]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self.shutdown()
        self._thread.join()
        self.server_close()
        with self._lock:
            for connection in self._connections:
                with suppress(OSError):  # it may be closed already
                    connection.shutdown(socket.SHUT_RDWR)
            if not self._lock.wait_for(lambda: not self._connections, timeout=5):
                self._errors.append(TimeoutError("an Answer is still running"))
        if self._errors:
            raise self._errors[0]

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        with self._lock:
            self._connections.discard(request)
            self._lock.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        error = sys.exception()
        if error and not isinstance(error, ConnectionError):  # a client may leave at any time
            with self._lock:
                self._errors.append(error)
