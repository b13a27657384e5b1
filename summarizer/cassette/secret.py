"""Secrets: what must not get onto a disk, and what looks like one that did."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

SHORTEST = 8
"""Shorter keys are placeholders such as `none`, which would be found in any text."""

# What OpenAI tells of an account when it refuses: a part of the key, the organisation, the project.
_ACCOUNT = re.compile(r"\b(?:sk-|org-|proj_)[\w*-]{6,}")

# What is looked for, after words without one of which it cannot be there: finding those is a hundred times as fast.
_LOOKS: dict[str, tuple[tuple[str, ...], re.Pattern[str]]] = {
    "a key": (
        ("sk-", "gsk", "hf_", "hf-", "ghp", "gho", "pplx", "xai", "r8", "aiza", "akia"),
        re.compile(
            r"(?<![\w-])(?:sk-(?=[\w*-]*[\d*_-])[\w*-]{8,}|(?:gsk|hf|ghp|gho|pplx|xai|r8)[_-][A-Za-z0-9]{20,}"
            r"|AIza[\w-]{30,}|AKIA[0-9A-Z]{16})"
        ),
    ),
    "a private key": (("private key",), re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY")),
    "a token": (("eyj",), re.compile(r"(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.")),
    "an organisation or project": (
        ("org-", "proj_", "openai-organization"),
        re.compile(r"(?<![\w-])(?:org-|proj_)(?=[A-Za-z]*\d)[A-Za-z0-9]{8,}|(?i:\bopenai-organization\b)"),
    ),
    "an authorization": (
        ("bearer", "authorization"),
        re.compile(r"(?i)\bbearer\s+(?=[\w.~+/-]*\d)[\w.~+/-]{8,}|\bauthorization\\*\"?\s*:\s*\\*\""),
    ),
    "a cookie": (("cookie",), re.compile(r"(?i)(?<![\w-])(?:set-)?cookie\\*\"?\s*:\s*\\*\"")),
    "a header with a key": (("api-key",), re.compile(r"(?i)(?<![\w-])(?:x-)?api-key\\*\"?\s*:\s*\\*\"")),
}


def stands_in(secret: str, text: str) -> bool:
    """Whether `text` holds the secret: as it is, or as JSON, an address or base64 write it."""
    return len(secret) >= SHORTEST and any(form in text for form in _forms(secret))


def looks(text: str, live: str = "") -> list[str]:
    """What `text` seems to hold: names of kinds of secrets, never their text. `live` is a key that is in use."""
    lower = text.lower()
    found = [
        name for name, (words, look) in _LOOKS.items() if any(map(lower.__contains__, words)) and look.search(text)
    ]
    return ["the live key", *found] if stands_in(live, text) else found


def blotted(text: str) -> str:
    """What a server says of a failure, without what it tells of the account."""
    return _ACCOUNT.sub("…", text)


def _forms(secret: str) -> Iterator[str]:
    yield secret
    escaped = secret
    for _ in range(2):  # JSON, and JSON inside a string of JSON
        escaped = json.dumps(escaped)[1:-1]
        yield escaped
    for form in (quote(secret, safe=""), quote(secret), quote_plus(secret)):
        yield from (form, re.sub("%[0-9A-F]{2}", lambda escape: escape[0].lower(), form))
    yield from _base64(secret.encode())


def _base64(raw: bytes) -> Iterator[str]:
    """The characters of base64 that depend on `raw` alone, wherever in a longer text it begins."""
    for before in range(3):
        filled = base64.b64encode(bytes(before) + raw).decode().rstrip("=")
        begin = -(-before * 8 // 6)
        whole = (before + len(raw)) * 8 // 6
        inner = filled[begin:whole]
        yield from (inner, inner.replace("+", "-").replace("/", "_"))
