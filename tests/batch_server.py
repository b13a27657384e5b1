"""A local stand-in for OpenAI's Batch API, made from its reference: files, batches, and the faults a test asks for.

with BatchServer() as server:
    server.script(by_number({}))      # what a model answers, as with FaultServer
    ...                               # point the client at server.base_url
    assert server.carried_out == ...

A batch moves on by one status each time somebody looks at it. What it carries out is counted, since that is paid for.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from fault_server import Answer, Received, Step

ENDED = ("completed", "failed", "expired", "cancelled")
Line = dict[str, Any]


class DropError(Exception):
    """Raised by a test's hook: the connection ends without an answer."""


@dataclass
class Refusal(Exception):  # noqa: N818 (an answer, and no fault of the server's)
    """Raised by a test's hook, and by the server: an answer that is an error."""

    status: int
    message: str
    code: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


class _Caught:
    """Takes what a step sends."""

    def __init__(self, received: Received) -> None:
        self.received, self.status, self.body = received, 0, b""

    def reply(self, status: int, body: bytes, content_type: str, headers: Any = None) -> None:
        self.status, self.body = status, body


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: BatchServer

    def answer(self) -> None:
        data = self._read()
        place = f"{self.command} {urlsplit(self.path).path.removeprefix('/v1')}"
        try:
            with self.server.lock:
                self.server.calls.append(place)
                count = len(self.server.calls)
            self.server.hook("before", place, count)
            with self.server.lock:
                found = self._found(place, data)
            self.server.hook("after", place, count)
            if isinstance(found, bytes):
                self._send(200, found, "application/octet-stream", {}, count)
            else:
                self._send(200, json.dumps(found).encode(), "application/json", {}, count)
        except Refusal as refusal:
            error = {"message": refusal.message, "type": "invalid_request_error", "param": None, "code": refusal.code}
            body = json.dumps({"error": error}).encode()
            self._send(refusal.status, body, "application/json", refusal.headers, count)
        except DropError:
            self.close_connection = True

    do_GET = do_POST = answer  # noqa: N815 (the names that http.server looks for)

    def _read(self) -> bytes:
        if self.headers.get("transfer-encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("content-length", 0)))
        data = b""
        while size := int(self.rfile.readline(), 16):
            data += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return data

    def _found(self, place: str, data: bytes) -> Any:
        match place.split("/"):
            case ["POST ", "files"]:
                return self.server.uploaded(*_form(self.headers["content-type"], data))
            case ["GET ", "files", name, "content"]:
                return self.server.content(name)
            case ["POST ", "batches"]:
                return self.server.created(json.loads(data))
            case ["GET ", "batches"]:
                asked = parse_qs(urlsplit(self.path).query)
                return self.server.listed(asked.get("after", [""])[0], int(asked.get("limit", ["20"])[0]))
            case ["GET ", "batches", name]:
                return self.server.looked_at(name)
            case ["POST ", "batches", name, "cancel"]:
                return self.server.cancelled(name)
        raise Refusal(404, f"Invalid URL ({place})")

    def _send(self, status: int, body: bytes, content_type: str, headers: dict[str, str], count: int) -> None:
        self.send_response(status)
        for name, value in {"content-type": content_type, "content-length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        half = len(body) // 2
        with suppress(ConnectionError):
            self.wfile.write(body[:half])
            self.wfile.flush()
            self.server.hook("half", self.command, count)
            self.wfile.write(body[half:])

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


class BatchServer(ThreadingHTTPServer):
    """
    Attributes:
        way: the statuses that a batch goes through, one at each look; the last one is its end.
        ends: how batches end that do not complete, by number from 1.
        part: how much of a batch that expires or is cancelled was carried out.
        mangled: changes the lines of a file of answers before it is kept.
        reasons: why a batch fails whose end that is.
        queue: how many requests may wait at a time.
        hook: called before and after each call with `before`, `after` or `half`, where it goes, and which it is.
        metadata: whether batches keep theirs.
        carried_out: how often each request was, by its body.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.base_url = f"http://127.0.0.1:{self.server_port}/v1"
        self.lock = threading.RLock()
        self.calls: list[str] = []
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.way: tuple[str, ...] = ("validating", "in_progress", "finalizing", "completed")
        self.ends: dict[int, str] = {}
        self.part = 0.5
        self.mangled: Callable[[list[bytes]], list[bytes]] = lambda lines: lines
        self.reasons = [
            {"code": "invalid_json_line", "message": "This line is not parseable.", "line": 3, "param": None}
        ]
        self.queue = 10**9
        self.hook: Callable[[str, str, int], None] = lambda when, place, count: None
        self.metadata = True
        self.unlisted: set[str] = set()
        self.carried_out: Counter[str] = Counter()
        self._step: Step = Answer(lambda received: _unscripted())
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)

    def script(self, step: Step) -> None:
        """Set what a model answers to each request."""
        self._step = step

    def made(self, call: str) -> int:
        """How often a call was made: `POST /batches`."""
        with self.lock:
            return sum(re.fullmatch(call, each) is not None for each in self.calls)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client may leave at any time."""

    # The API

    def uploaded(self, fields: dict[str, str], file: bytes) -> Line:
        if fields.get("purpose") != "batch":
            raise Refusal(400, "Invalid purpose.")
        name = f"file-{len(self.files) + 1}"
        self.files[name] = file
        return {
            "id": name, "object": "file", "bytes": len(file), "created_at": int(time.time()),
            "filename": fields["filename"], "purpose": "batch", "status": "processed",
        }  # fmt: skip

    def content(self, name: str) -> bytes:
        if name not in self.files:
            raise Refusal(404, f"No such File object: {name}")
        return self.files[name]

    def created(self, asked: Line) -> Line:
        if asked["input_file_id"] not in self.files:
            raise Refusal(400, "Invalid file")
        if (asked["endpoint"], asked["completion_window"]) != ("/v1/chat/completions", "24h"):
            raise Refusal(400, "Invalid endpoint or completion_window")
        number = len(self.batches) + 1
        requests = self.files[asked["input_file_id"]].splitlines()
        waiting = sum(each["total"] for each in self.batches.values() if each["status"] not in ENDED)
        end = self.ends.get(number, "full" if waiting + len(requests) > self.queue else self.way[-1])
        self.batches[f"batch_{number}"] = {
            "id": f"batch_{number}", "status": self.way[0], "steps": list(self.way[1:-1]), "end": end,
            "total": len(requests), "done": (0, 0), "file": asked["input_file_id"], "output": None, "errors": None,
            "metadata": asked.get("metadata") if self.metadata else None, "created": int(time.time()),
        }  # fmt: skip
        return self._told(f"batch_{number}")

    def listed(self, after: str, limit: int) -> Line:
        names = [name for name in reversed(self.batches) if name not in self.unlisted]
        first = names.index(after) + 1 if after else 0
        shown = names[first : first + min(limit, 2)]  # pages of two, so that there is more than one
        more = first + len(shown) < len(names)
        ends = {"first_id": shown[0], "last_id": shown[-1]} if shown else {"first_id": None, "last_id": None}
        return {"object": "list", "data": [self._told(name) for name in shown], "has_more": more, **ends}

    def looked_at(self, name: str) -> Line:
        batch = self.batches.get(name)
        if batch is None:
            raise Refusal(404, f"No batch found with id '{name}'.")
        if batch["status"] == "cancelling":
            self._end(batch, "cancelled")
        elif batch["status"] not in ENDED:
            if batch["end"] in ("failed", "full"):
                batch["status"] = "failed"
            elif batch["steps"]:
                batch["status"] = batch["steps"].pop(0)
            else:
                self._end(batch, batch["end"])
        return self._told(name)

    def cancelled(self, name: str) -> Line:
        batch = self.batches[name]
        if batch["status"] in ENDED:
            raise Refusal(409, f"Cannot cancel a batch with status '{batch['status']}'.")
        batch["status"] = "cancelling"
        return self._told(name)

    def _end(self, batch: dict[str, Any], status: str) -> None:
        requests = [json.loads(line) for line in self.files[batch["file"]].splitlines()]
        carried = len(requests) if status == "completed" else int(len(requests) * self.part)
        good: list[bytes] = []
        bad: list[bytes] = []
        for each in requests[:carried]:
            code, body = self._answered(each["body"])
            response = {"status_code": code, "request_id": "req_1", "body": body}
            line = {"id": "batch_req_1", "custom_id": each["custom_id"], "response": response, "error": None}
            (good if code < 400 else bad).append(json.dumps(line).encode())
        error = {"code": f"batch_{status}", "message": f"This request was not carried out: the batch {status}."}
        for each in requests[carried:]:
            line = {"id": "batch_req_2", "custom_id": each["custom_id"], "response": None, "error": error}
            bad.append(json.dumps(line).encode())
        batch["status"], batch["done"] = status, (len(good), len(bad))
        batch["output"] = self._kept(self.mangled(list(reversed(good)))) if good else None
        batch["errors"] = self._kept(bad) if bad else None

    def _answered(self, body: Line) -> tuple[int, Any]:
        self.carried_out[json.dumps(body, sort_keys=True)] += 1
        caught = _Caught(Received("POST", "/v1/chat/completions", {}, body, time.monotonic()))
        self._step.send(caught)  # type: ignore[arg-type]  # as much of a handler as a step needs
        return caught.status, json.loads(caught.body)

    def _kept(self, lines: list[bytes]) -> str:
        name = f"file-{len(self.files) + 1}"
        self.files[name] = b"".join(line + b"\n" for line in lines)
        return name

    def _told(self, name: str) -> Line:
        batch = self.batches[name]
        failed = self.reasons
        if batch["end"] == "full":
            message = f"Enqueued token limit reached for fake-1 in organization org-1. Limit: {self.queue} tokens."
            failed = [{"code": "token_limit_exceeded", "message": message, "line": None, "param": None}]
        return {
            "id": name, "object": "batch", "endpoint": "/v1/chat/completions", "completion_window": "24h",
            "input_file_id": batch["file"], "status": batch["status"], "created_at": batch["created"],
            "output_file_id": batch["output"], "error_file_id": batch["errors"], "metadata": batch["metadata"],
            "request_counts": {"total": batch["total"], "completed": batch["done"][0], "failed": batch["done"][1]},
            "errors": {"object": "list", "data": failed} if batch["status"] == "failed" else None,
        }  # fmt: skip


def _form(content_type: str, data: bytes) -> tuple[dict[str, str], bytes]:
    """The fields of a form, and its file."""
    message = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + data)
    fields, file = {}, b""
    for part in message.walk():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if name == "file" and isinstance(content, bytes):
            fields["filename"], file = str(part.get_filename()), content
        elif name and isinstance(content, bytes):
            fields[str(name)] = content.decode()
    return fields, file


def _unscripted() -> Step:
    raise LookupError("the test scripted no answer")
