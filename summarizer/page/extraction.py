"""The way of a page to its article. Runs in a child, see `summarizer.child`: it parses what strangers wrote."""

from __future__ import annotations

import logging
import re
from typing import Any

from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura.metadata import extract_metadata

from summarizer.content import Hidden
from summarizer.errors import SourceError
from summarizer.page import body, facts, furniture, hidden
from summarizer.page.structured import Structured

FEWEST = 100
"""Characters of running text, which an article has at least: of paragraphs that are not short and have an end."""

SHORT, PARAGRAPH = 40, 80
LEAST_YIELD = 0.25
LARGE = 1_000
"""Characters of prose; below that, the share of it that is found says little."""

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENDED = re.compile(r"[.!?…。！？।؟։]")
_READERS = (
    "ancestor-or-self::*[self::nav or self::footer or self::aside or self::form or contains(@class, 'comment')"
    " or contains(@id, 'comment') or contains(@id, 'disqus') or contains(@class, 'related')]"
)
_COMMENTS = "//body//*[contains(@class, 'comment') or contains(@id, 'comment')][not(descendant::h1)]"
_TIP = "Give a page that holds one article, or the text of it: summarizer brief article.txt"


def extract(raw: bytes, url: str | None = None) -> dict[str, Any]:
    """Text and facts of a page, in UTF-8, as a dictionary of what `summarizer.content.Content` holds.

    Raises:
        SourceError: there is no article, or only a part of one is found; or the page is nested too deeply.
    """
    logging.disable(logging.CRITICAL)  # what trafilatura warns of is told by our errors
    tree = parsed(raw)
    told = Structured(tree)
    gone = hidden.remove(tree)
    known = facts.facts(tree, told, url)
    prose = _prose(tree)
    paragraphs = _article(tree, known.title, prose)
    _refuse_little(paragraphs, prose, gone)
    author, published = known.author, known.published
    if not author or not published:
        author, published = _guessed(tree, url, author, published)
    titled = [known.title] if known.title and known.shown else []
    return {
        "text": "\n\n".join(titled + paragraphs),
        "title": known.title,
        "author": author,
        "published": published and str(published),
        "language": known.language,
        "url": known.url,
        "hidden": (gone.characters, gone.places),
    }


def parsed(raw: bytes) -> HtmlElement:
    """The tree of a page in UTF-8. No entity is taken from elsewhere, and nothing is loaded.

    Raises:
        SourceError: it holds nothing, or the parser gave up half-way.
    """
    parser = HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    markup = _DECLARATION.sub("", raw.decode("utf-8"), count=1).encode()
    try:
        tree: HtmlElement = document_fromstring(markup, parser=parser)
    except (ValueError, SyntaxError) as error:
        raise SourceError("the page is empty.", tip=_TIP) from error
    if any("depth" in each.message.lower() for each in parser.error_log):
        raise SourceError(
            "the page is nested too deeply; its end would be lost.", tip="Save the text of the article and give that."
        )
    return tree


def _article(tree: HtmlElement, title: str | None, prose: list[str]) -> list[str]:
    """What trafilatura finds; where that is little of the page's prose, what it finds with less care, or the prose."""
    found = furniture.without(body.paragraphs(tree), title)
    if not _is_little(found, prose):
        return found
    whole = furniture.without(body.paragraphs(tree, whole=True), title)
    ways = [found, whole, furniture.without(prose, title)]
    return next((each for each in ways[1:] if not _is_little(each, prose)), max(ways, key=_length))


def _is_little(paragraphs: list[str], prose: list[str]) -> bool:
    """Whether this is no running text, or a small part of what the page has."""
    running = [each for each in paragraphs if len(each) >= SHORT and _ENDED.search(each)]
    return _length(running) < FEWEST or (_length(prose) > LARGE and _length(paragraphs) < _length(prose) * LEAST_YIELD)


def _refuse_little(paragraphs: list[str], prose: list[str], gone: Hidden) -> None:
    if not _is_little(paragraphs, prose):
        return
    held = f" of {_length(prose):,} in its paragraphs" if prose else ""
    left = f"; {gone.characters:,} more are hidden from readers" if gone.characters else ""
    raise SourceError(
        f"the page yields {_length(paragraphs):,} characters{held}, too little for a briefing{left}.", tip=_TIP
    )


def _length(paragraphs: list[str]) -> int:
    return sum(map(len, paragraphs))


def _prose(tree: HtmlElement) -> list[str]:
    """What reads like paragraphs of text, outside navigation and readers' comments."""
    found = []
    for element in tree.iter("p"):
        text = " ".join("".join(element.itertext()).split())
        if len(text) < PARAGRAPH or element.xpath(_READERS):
            continue
        linked = sum(len("".join(each.itertext())) for each in element.iter("a"))
        if linked < len(text) / 2:
            found.append(text)
    return list(dict.fromkeys(found))


def _guessed(tree: HtmlElement, url: str | None, author: str | None, published: Any) -> tuple[str | None, Any]:
    """What trafilatura finds on the page itself of what the page did not tell machines; the tree is spent by it."""
    for element in tree.xpath(_COMMENTS):
        if element.getparent() is not None:
            element.drop_tree()
    found = extract_metadata(tree, default_url=url, extensive=published is None)
    return author or facts.plain_author(found.author), published or (facts.day(found.date) if found.date else None)
