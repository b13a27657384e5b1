"""A line of the files that a batch leaves: which request it is about, and what that was answered.

{"custom_id": "12-3f...", "response": {"status_code": 200, "body": {"choices": [...]}}, "error": null}
{"custom_id": "13-9a...", "response": null, "error": {"code": "batch_expired", "message": "..."}}
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import httpx2

from summarizer.text import one_line


@dataclass(frozen=True, slots=True)
class Line:
    """
    Attributes:
        id: the request's own.
        response: the answer; None where the request was not carried out, which costs nothing.
        why: it was not.
    """

    id: str
    response: httpx2.Response | None
    why: str = ""


def parsed(raw: bytes) -> Line | None:
    """What a line says; None where it says nothing of any request, such as one that was cut off."""
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or not isinstance(told.get("custom_id"), str):
        return None
    return Line(told["custom_id"], _response(told.get("response")), _why(told.get("error")))


def _response(told: Any) -> httpx2.Response | None:
    if not isinstance(told, dict):
        return None
    status, body = told.get("status_code"), told.get("body")
    if not isinstance(status, int) or isinstance(status, bool) or not 200 <= status <= 599:
        return None
    content = body if isinstance(body, str) else json.dumps(body)
    return httpx2.Response(
        status, content=content.encode("utf-8", "replace"), headers={"content-type": "application/json"}
    )


def _why(told: Any) -> str:
    if not isinstance(told, dict):
        return "no reason is told"
    return one_line(f"{told.get('message') or 'no reason is told'} ({told.get('code')})", 200)
