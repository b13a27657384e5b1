"""The article of a page without what is around it, as paragraphs; found by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element
from lxml.html import HtmlElement
from trafilatura import bare_extraction

_BLOCKS = frozenset({"p", "head", "item", "quote", "row", "code", "fw", "ab"})
_INLINE_BREAK = "lb"
_UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_BLANKS = re.compile(r"[^\S\n]+")


def paragraphs(tree: HtmlElement, *, whole: bool = False) -> list[str]:
    """The paragraphs of the article; none where none is found. `tree` stays as it is.

    `whole`: rather too much than too little.
    """
    found = bare_extraction(
        tree,
        include_comments=False,
        include_formatting=False,
        include_links=False,
        favor_precision=not whole,
        favor_recall=whole,
    )
    body = getattr(found, "body", None)
    return list(filter(None, map(_clean, _blocks(body)))) if body is not None else []


def _blocks(element: _Element) -> Iterator[str]:
    """The texts of the innermost blocks, and what stands between them."""
    piece = element.text or ""
    for child in element:
        if child.tag == _INLINE_BREAK:
            piece += "\n" + (child.tail or "")
        elif _holds_block(child):
            yield piece
            yield from _blocks(child)
            piece = child.tail or ""
        else:
            piece += _joined(child) + (child.tail or "")
    yield piece


def _holds_block(element: _Element) -> bool:
    return element.tag in _BLOCKS or any(each.tag in _BLOCKS for each in element.iterdescendants())


def _joined(element: _Element) -> str:
    """The text of something within a line; the cells of a row stand apart."""
    text = "".join("\n" if each.tag == _INLINE_BREAK else each.text or "" for each in [element])
    for child in element:
        text += ("\n" if child.tag == _INLINE_BREAK else _joined(child)) + (child.tail or "")
    return f"{text} " if element.tag == "cell" else text


def _clean(piece: str) -> str:
    """A paragraph with its line breaks and no other white space than single blanks."""
    lines = (_BLANKS.sub(" ", line).strip() for line in _UNPRINTED.sub("", piece).split("\n"))
    return "\n".join(filter(None, lines))
