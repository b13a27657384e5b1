"""The way of a mail to its text. Runs in a child, see `summarizer.child`: it parses what strangers wrote."""

from __future__ import annotations

import re
import unicodedata
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from typing import Any

from summarizer import said
from summarizer.content import Hidden
from summarizer.encoding import decode, decode_page
from summarizer.errors import SourceError

_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_FORWARDED = re.compile(
    r"^-{2,} ?(?:original message|ursprüngliche nachricht|message d'origine) ?-{2,}\s*$", re.IGNORECASE | re.MULTILINE
)
_WROTE = re.compile(r"(?:wrote|schrieb|écrit|escribió)\s?:$", re.IGNORECASE)
_BEGUN = ("On ", "Am ", "Le ", "El ")
"""How a line begins that says who wrote what is quoted, where it takes two."""

_ANSWER = re.compile(r"^(?:(?:re|aw|sv|fwd?|wg|tr)\s*:\s*)+", re.IGNORECASE)
_UNPRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_TIP = "Give the text of the mail: summarizer brief article.txt"


def extract(raw: bytes) -> dict[str, Any]:
    """Text and facts of a mail, as a dictionary of what `summarizer.content.Content` holds.

    Raises:
        SourceError: it is encrypted or holds no text.
    """
    mail = message_from_bytes(raw, policy=policy.default)
    if mail.get_content_type() in ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"):
        raise SourceError("the mail is encrypted.", tip=_TIP)
    subject = said.line(_ANSWER.sub("", _header(mail, "subject")))
    text, gone = _body(mail)
    if not text:
        raise SourceError("the mail holds no text.", tip=_TIP)
    attached = [said.line(each.get_filename()) or each.get_content_type() for each in _attached(mail)]
    shown = text if not subject or text.startswith(subject) else f"{subject}\n\n{text}"
    return {
        "text": unicodedata.normalize("NFC", shown),
        "title": subject or None,
        "author": _author(mail),
        "published": _day(mail),
        "hidden": (gone.characters, gone.places),
        "notes": [f"attached, and not read: {', '.join(attached)}"] if attached else [],
    }


def _body(mail: EmailMessage) -> tuple[str, Hidden]:
    """The plain text of a mail, unless it is empty; else that of its page."""
    plain = mail.get_body(("plain",))
    written = _own(_plain(plain)) if isinstance(plain, EmailMessage) else ""
    marked = mail.get_body(("html",))
    if written or not isinstance(marked, EmailMessage):
        return written, Hidden()
    from summarizer.page.extraction import extract as article

    text, _ = decode_page(_bytes(marked), "the mail", marked.get_content_charset())
    found = article(text.encode("utf-8", "replace"))
    return found["text"], Hidden(*found["hidden"])


def _plain(part: EmailMessage) -> str:
    raw, charset = _bytes(part), part.get_content_charset("utf-8")
    try:
        text = raw.decode(charset)
    except (LookupError, UnicodeDecodeError):
        text, _ = decode(raw, "the mail")
    lines = re.sub(r"\r\n?", "\n", text).split("\n")
    if part.get_param("format") == "flowed":
        return _unflowed(lines, delsp=part.get_param("delsp") == "yes")
    return "\n".join(lines)


def _bytes(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _unflowed(lines: list[str], *, delsp: bool) -> str:
    """Lines that go on in the next as one (RFC 3676)."""
    made: list[str] = []
    flows = False
    for each in lines:
        line = each.removeprefix(" ")
        same = flows and not line.startswith(">") and each != "-- "
        made = [*made[:-1], made[-1] + line] if same else [*made, line]
        flows = each.endswith(" ") and each != "-- "
        if flows and delsp:
            made[-1] = made[-1][:-1]
    return "\n".join(made)


def _own(text: str) -> str:
    """What the author of a mail wrote: without what is quoted, and nothing from the signature on."""
    for end in (_SIGNATURE, _FORWARDED):
        text = end.split(text, maxsplit=1)[0]
    kept: list[str] = []
    for line in map(str.rstrip, _UNPRINTED.sub("", text).split("\n")):
        if not line.startswith(">"):
            kept.append(line)
            continue
        while kept and not kept[-1]:
            kept.pop()
        if kept and _WROTE.search(kept[-1]):
            kept[-2:] = kept[-2:-1] if not kept[-2:-1] or not kept[-2].startswith(_BEGUN) else []
        kept.append("")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _header(mail: EmailMessage, name: str) -> str:
    try:
        return str(mail.get(name, ""))
    except (MessageError, ValueError, IndexError, AttributeError):  # what the parser of headers trips over
        return ""


def _author(mail: EmailMessage) -> str | None:
    try:
        names = [each.display_name for each in mail["from"].addresses if each.display_name]
    except (AttributeError, ValueError, IndexError, MessageError):
        return None
    return said.line(", ".join(names)) or None


def _day(mail: EmailMessage) -> str | None:
    try:
        return str(mail["date"].datetime.date())
    except (AttributeError, ValueError, TypeError, IndexError, MessageError):
        return None


def _attached(mail: EmailMessage) -> list[EmailMessage]:
    try:
        return [each for each in mail.iter_attachments() if isinstance(each, EmailMessage)]
    except (AttributeError, TypeError, KeyError):  # a mail of one part
        return []
