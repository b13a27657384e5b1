"""Mails (.eml): what their author wrote, in a child process with limits (`summarizer.child`)."""

from __future__ import annotations

import re

from summarizer.child import Limits, confined
from summarizer.content import Content, Told

MEDIA_TYPES = ("message/rfc822",)
SUFFIXES = (".eml",)
LIMITS = Limits(seconds=30, megabytes=1_500)

_START = 20_000
_HEADERS = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t]+[^\n]*\n)*)+\r?\n")
_OF_MAILS = re.compile(rb"^(?:message-id|mime-version|received|return-path):", re.IGNORECASE | re.MULTILINE)
_FROM = re.compile(rb"^from:", re.IGNORECASE | re.MULTILINE)


def begins(raw: bytes) -> bool:
    """Whether a file begins with the headers of a mail, and not only like a text with a colon in it."""
    headers = _HEADERS.match(raw[:_START])
    return bool(headers and _FROM.search(headers[0]) and _OF_MAILS.search(headers[0]))


def read(raw: bytes, name: str, _: Told) -> Content:
    """The subject and the text of a mail, without replies that it quotes and its signature.

    Raises:
        SourceError: it is encrypted, holds no text, or takes too much time or memory.
    """
    return Content.of(confined("summarizer.mail.extraction:extract", raw, name, LIMITS))
