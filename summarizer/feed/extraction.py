"""The child's side of feeds: what feedparser makes of one, brought to the fields of a `Post`."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from html import escape
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit
from xml.sax import SAXException

import feedparser
import lxml.html

from summarizer.errors import SourceError
from summarizer.text import one_line

_JSON = "https://jsonfeed.org/version/"
_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF|channel)\b", re.IGNORECASE)
_END = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf)\s*>\s*(?:<!--.*?-->\s*)*\Z", re.IGNORECASE | re.DOTALL)
_MAILED = re.compile(r"\S+@\S+\s+\((.+)\)")
_LANGUAGE = re.compile(r"[A-Za-z]{2}\b")
_LONGEST = 2_000
_TIP = "Give the address of the feed itself: RSS, Atom or JSON Feed."


def extract(raw: bytes, *, address: str | None, charset: str | None) -> list[dict[str, Any]]:
    """The entries of a feed, as keywords of `Post`."""
    posts = _json(raw, address) if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else _xml(raw, address, charset)
    return [{name: value for name, value in each.items() if value} for each in posts]


def _xml(raw: bytes, address: str | None, charset: str | None) -> Iterator[dict[str, Any]]:
    plain = raw.replace(b"\0", b"")  # so that UTF-16 is seen through
    if b"<!ENTITY" in _ROOT.split(plain, maxsplit=1)[0]:
        raise SourceError("it declares entities, which no feed needs.", tip=_TIP)
    headers = {"content-type": f"application/xml; charset={charset}"} if charset else {}
    headers |= {"content-location": address} if address else {}
    # From a stream: what is a text might be opened, or fetched.
    found = feedparser.parse(io.BytesIO(raw), response_headers=headers, sanitize_html=False)
    if not found.get("version"):
        raise SourceError("it is no feed.", tip=_TIP)
    error = found.get("bozo_exception")
    # Many feeds break a rule of XML and can be read for all that; one that does not end may be cut within a link.
    if isinstance(error, SAXException) and not _END.search(plain):
        raise SourceError(f"it is cut off or broken: {one_line(str(error), 120)}.", tip="Try again later.")
    base = address or found.feed.get("link") or ""
    return (_of_xml(each, base, found.feed.get("language")) for each in found.entries)


def _of_xml(entry: Any, base: str, language: str | None) -> dict[str, Any]:
    title = _plain(entry.get("title"))
    contents = sorted(entry.get("content", ()), key=lambda each: "html" not in each.get("type", ""))
    content = contents[0] if contents else {}
    told = content.get("language") or entry.get("title_detail", {}).get("language") or language
    return {
        "id": entry.get("id"),
        "link": _link(entry.get("link"), base),
        "text": _page(title, content["value"]) if content.get("value") else "",
        "known": _known(title, _authors(entry), _day(entry.get("published") or entry.get("updated") or ""), told),
    }


def _authors(entry: Any) -> str:
    names = [each.get("name") for each in entry.get("authors", ())] if len(entry.get("authors", ())) > 1 else []
    mailed = [
        found[1] if (found := _MAILED.fullmatch(name)) else name for name in names or [entry.get("author")] if name
    ]
    return ", ".join(name for name in mailed if "@" not in name and name.count("(") == name.count(")"))


def _json(raw: bytes, address: str | None) -> Iterator[dict[str, Any]]:
    try:
        feed = json.loads(raw)
    except ValueError as error:
        raise SourceError(f"it is broken JSON: {one_line(str(error), 120)}.", tip="Try again later.") from error
    if not str(feed.get("version")).startswith(_JSON) or not isinstance(feed.get("items"), list):
        raise SourceError("it is JSON, and no JSON Feed.", tip=_TIP)
    base = address or _text(feed.get("feed_url")) or _text(feed.get("home_page_url"))
    return (_of_json(each if isinstance(each, dict) else {}, base, feed) for each in feed["items"])


def _of_json(item: dict[str, Any], base: str, feed: dict[str, Any]) -> dict[str, Any]:
    title = _text(item.get("title"))
    authors = item.get("authors") or [item.get("author")]
    names = [_text(each.get("name")) for each in authors if isinstance(each, dict)] if isinstance(authors, list) else []
    page, text = _text(item.get("content_html")), _text(item.get("content_text"))
    published = _day(_text(item.get("date_published")) or _text(item.get("date_modified")))
    return {
        "id": _text(item.get("id")),
        "link": _link(_text(item.get("url")), base) or _link(_text(item.get("external_url")), base),
        "text": _page(title, page) if page else "\n\n".join(filter(None, (title, text))) if text else "",
        "known": _known(
            title, ", ".join(filter(None, names)), published, _text(item.get("language") or feed.get("language"))
        ),
    }


def _known(title: str, author: str, published: str, language: str | None) -> dict[str, str]:
    found = _LANGUAGE.match(language or "")
    told = {
        "title": title,
        "author": " ".join(author.split()),
        "published": published,
        "language": found[0].lower() if found else "",
    }
    return {name: value for name, value in told.items() if value}


def _link(given: str | None, base: str) -> str | None:
    """The address of an article; one feed is told from the next by what follows `utm_`, not one article."""
    try:
        whole = urljoin(base, (given or "").strip())
        parts = urlsplit(whole)
    except ValueError:
        return None
    if not given or parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    query = "&".join(each for each in parts.query.split("&") if not each.lower().startswith("utm_"))
    link = urlunsplit(parts._replace(query=query, fragment=""))
    return link if link.isprintable() and len(link) <= _LONGEST else None


def _day(given: str) -> str:
    """The day of a point in time, as it is where that was written; none, where it is not as RFC 822 or ISO 8601 say.

    What feedparser makes of other forms may be another day: of 2026-13-40 it is 2027-01-01.
    """
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return read(given.strip()).date().isoformat()
        except (ValueError, TypeError, IndexError):
            continue
    return ""


def _plain(title: str | None) -> str:
    """A title without its markup."""
    if title and ("<" in title or "&" in title):
        title = lxml.html.fromstring(f"<p>{title}</p>").text_content()
    return " ".join((title or "").split())


def _page(title: str, body: str) -> str:
    head = f"<h1>{escape(title)}</h1>" if title else ""
    return f"<!doctype html>\n<html><body><article>{head}{body}</article></body></html>"


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
