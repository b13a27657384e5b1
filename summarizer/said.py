"""Titles and authors that documents carry, where a person wrote them and not a program."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 200

_PROGRAM = re.compile(
    r"^\W*(?:untitled|document|dokument|presentation|book|sheet|layout|template|page|title|slide)\W*\d*\W*$"
    r"|^(?:microsoft (?:office )?(?:word|powerpoint|excel)|powerpoint presentation)\b"
    r"|\.(?:docx?|pdf|indd|qxp|qxd|rtf|odt|pptx?|xlsx?|tex|dvi|ps|pages|pub|html?)\W*$|[\\/]\S+[\\/]|^https?:",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"^\W*(?:(?i:admin(?:istrator)?|user|owner|author|unknown|anonymous|default|root|guest|python-docx"
    r"|(?:microsoft|windows|ms) .*)|[a-z0-9._-]+|\S+@\S+)\W*$"
)


def title(written: str | None) -> str | None:
    """A title of two words at least, unless a program made it of the name of a file."""
    found = line(written)
    return found if len(found.split()) >= 2 and len(found) <= LONGEST and not _PROGRAM.search(found) else None


def author(written: str | None) -> str | None:
    """An author, unless that is the name of an account."""
    found = line(written)
    return found if found and len(found) <= LONGEST and not _NOBODY.match(found) else None


def line(written: str | None) -> str:
    """On one line, without what is not shown."""
    shown = "".join(each for each in written or "" if each.isprintable() or each.isspace())
    return unicodedata.normalize("NFC", " ".join(shown.split()))
