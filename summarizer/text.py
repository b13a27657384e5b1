"""Small functions over text that the whole package shares."""

from __future__ import annotations

import codecs
import unicodedata

_SAFE_WHITESPACE = frozenset("\n\t ")


def visible(text: str, limit: int | None = None) -> str:
    """Text that is safe to print: nothing in it can drive a terminal or reorder what is shown.

    Control characters (C0, C1, DEL), bidirectional and other invisible format characters, lone
    surrogates and private-use characters become `\\xNN` or `\\uNNNN`; newline and tab stay. With
    `limit`, the result is cut to that many characters, the last being `…`.
    """
    shown = "".join(map(_visible_character, text))
    if limit is not None and len(shown) > limit:
        return shown[: limit - 1] + "…"
    return shown


def one_line(text: str, limit: int | None = None) -> str:
    """`visible`, with every run of white space made one blank."""
    return visible(" ".join(text.split()), limit)


def json_safe(text: str, encoding: str = "utf-8") -> str:
    """JSON text that is safe to print: what could drive a terminal, or `encoding` lacks, as `\\uNNNN`.

    It stays the same JSON, because there such characters stand in strings alone.
    """

    def safe(character: str) -> bool:
        return character == "\n" or (character.isprintable() and bool(character.encode(encoding, "ignore")))

    return "".join(character if safe(character) else _json_escape(character) for character in text)


def markup_safe(text: str, encoding: str = "utf-8") -> str:
    """HTML that says it is UTF-8, for what is written as `encoding`: where that is another, beyond ASCII by number.

    It stays the same HTML where scripts and styles are ASCII, because numbers mean characters everywhere else.
    """
    if codecs.lookup(encoding).name == "utf-8":
        return text
    return text.encode("ascii", "xmlcharrefreplace").decode()


def _json_escape(character: str) -> str:
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _visible_character(character: str) -> str:
    if character in _SAFE_WHITESPACE or character.isprintable():
        return character
    category = unicodedata.category(character)
    if category in ("Zs", "Zl", "Zp"):
        return " "
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
