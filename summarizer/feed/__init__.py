"""Feeds: RSS, RDF, Atom and JSON Feed to the entries that they hold.

A feed is parsed in a child process with limits (`summarizer.child`), by feedparser; this side never looks into it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from summarizer.child import Limits, confined
from summarizer.errors import SourceError
from summarizer.text import one_line

LIMITS = Limits(seconds=20, megabytes=500)
MAX_BYTES = 10_000_000
ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, "
    "text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
)
"""What a server is asked for that has a feed and a page at one address."""


@dataclass(frozen=True, slots=True)
class Post:
    """An entry of a feed.

    Attributes:
        number: its place in the feed, from 1.
        id: what the feed calls it; None where it does not say.
        link: an address of the web, without fragment and `utm_` parameters; None where there is none.
        text: the whole of it, a page or plain text, where the feed has that; the empty string where it does not.
        known: what the feed says of it: `title`, `author`, `published` (a day) and `language`.
    """

    number: int
    id: str | None = None
    link: str | None = None
    text: str = ""
    known: dict[str, str] = field(default_factory=dict)


def read(raw: bytes, name: str, address: str | None = None, charset: str | None = None) -> list[Post]:
    """The entries of a feed, in its order; there may be none.

    Args:
        address: where it is from; links are relative to that, else to what the feed says of itself.
        charset: what its server said of its encoding.

    Raises:
        SourceError: it is no feed, cut off, broken beyond reading, declares entities, is larger than 10 MB, or takes
            too much time or memory.
    """
    if len(raw) > MAX_BYTES:
        raise SourceError(
            f"{one_line(name, 200)} is larger than {MAX_BYTES // 1_000_000} MB.", tip="Give a feed with fewer entries."
        )
    found = confined("summarizer.feed.extraction:extract", raw, name, LIMITS, address=address, charset=charset)
    return [Post(number, **each) for number, each in enumerate(found, 1)]
