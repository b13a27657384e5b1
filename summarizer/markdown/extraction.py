"""The way of Markdown to its text. Runs in a child, see `summarizer.child`: it parses what strangers wrote.

It is made a page, so that what a page would hide is hidden here too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import yaml
from lxml.html import HtmlElement
from markdown_it import MarkdownIt

from summarizer import said
from summarizer.errors import SourceError
from summarizer.page import hidden
from summarizer.page.extraction import parsed

_FRONT = re.compile(r"\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_BLOCKS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "pre", "table", "thead", "tbody", "tr"}
    | {"hr", "div", "section", "article", "header", "footer", "dl", "dt", "dd"}
)
_SILENT = frozenset({"script", "style", "head", "title", "template"})
_UNPRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")


def extract(raw: bytes) -> dict[str, Any]:
    """Text and facts of a text in Markdown, as a dictionary of what `summarizer.content.Content` holds.

    Raises:
        SourceError: it holds nothing.
    """
    text = re.sub(r"\r\n?", "\n", raw.decode("utf-8", "replace"))
    front, text = _front(text)
    if not text.strip():
        raise SourceError("the file holds no text.", tip="Give a file that holds an article.")
    tree = parsed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text).encode())
    gone = hidden.remove(tree)
    first = next(tree.iter("h1"), None)
    heading = " ".join(first.text_content().split()) if first is not None else ""
    paragraphs = filter(None, map(_clean, _pieces(tree)))
    return {
        "text": unicodedata.normalize("NFC", "\n\n".join(paragraphs)),
        "title": said.line(_scalar(front, "title")) or said.line(heading) or None,
        "author": said.line(_scalar(front, "author") or _scalar(front, "authors")) or None,
        "published": _day(front.get("date")),
        "language": _language(_scalar(front, "lang") or _scalar(front, "language")),
        "hidden": (gone.characters, gone.places),
    }


def _front(text: str) -> tuple[dict[str, Any], str]:
    """What stands before a text in YAML, where that is simple, and the text."""
    found = _FRONT.match(text)
    if found is None:
        return {}, text
    try:
        told = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError):  # two lines across the page, and none of it YAML
        return {}, text
    return (told, text[found.end() :]) if isinstance(told, dict) else ({}, text)


def _scalar(front: dict[str, Any], name: str) -> str | None:
    """A value that is text, or a list of texts."""
    value = front.get(name)
    if isinstance(value, list):
        return ", ".join(each for each in value[:20] if isinstance(each, str)) or None
    return value if isinstance(value, str) else None


def _day(value: Any) -> str | None:
    if isinstance(value, datetime):
        return str(value.date())
    if isinstance(value, date):
        return str(value)
    try:
        return str(datetime.fromisoformat(value).date()) if isinstance(value, str) else None
    except ValueError:
        return None


def _language(written: str | None) -> str | None:
    return written[:2].lower() if written and re.match(r"[A-Za-z]{2}(?:$|[-_])", written) else None


def _pieces(element: HtmlElement) -> Iterator[str]:
    """The texts of the innermost blocks, and what stands between them."""
    piece = _line(element, element.text)
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _SILENT:
            piece += _line(element, child.tail)
        elif child.tag == "tr":
            yield " ".join(" ".join(cell.text_content().split()) for cell in child)
        elif any(each.tag in _BLOCKS for each in child.iter()) or child.tag == "body":
            yield piece
            yield from _pieces(child)
            piece = _line(element, child.tail)
        elif child.tag == "br":
            piece += "\n" + _line(element, child.tail)
        else:
            piece += "".join(_pieces(child)) + _line(element, child.tail)
    yield piece


def _line(element: HtmlElement, text: str | None) -> str:
    """Text as it is shown: lines go on but in what is set as it stands."""
    within = element.tag == "pre" or any(each.tag == "pre" for each in element.iterancestors())
    return text or "" if within else re.sub(r"\s+", " ", text or "")


def _clean(piece: str) -> str:
    return "\n".join(filter(None, (" ".join(each.split()) for each in _UNPRINTED.sub("", piece).split("\n"))))
