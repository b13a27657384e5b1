"""The entries of a feed as articles: what stands at their links, or what the feed holds of those without one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from summarizer import feed
from summarizer.batch.entry import Entry
from summarizer.errors import SourceError
from summarizer.feed import Post
from summarizer.opening import read_bytes
from summarizer.text import one_line
from summarizer.web import is_address


def entries(where: str, *, allow_private: bool) -> Iterator[Entry]:
    """The articles of a feed at an address or in a file; where it cannot be read or is empty, an entry with a fault.

    Raises:
        OfflineError: it would be fetched, and SUMMARIZER_OFFLINE is set.
    """
    try:
        found, _ = asked(where, allow_private=allow_private)
    except SourceError as error:
        fault = f"{error.message} {error.tip}".strip()
        yield Entry.wrong(where, fault.encode(), fault)
        return
    if not found:
        yield Entry.wrong(where, b"", f"The feed {one_line(where, 200)} has no entry.")
    yield from found or ()


def asked(
    where: str, *, allow_private: bool, mark: dict[str, str] | None = None
) -> tuple[list[Entry] | None, dict[str, str]]:
    """The articles of a feed, and a mark of how it is now; None where it is as it was when it was marked.

    Raises:
        SourceError: it cannot be read, or is no feed.
        OfflineError: see `entries`.
    """
    if not is_address(where):
        return _entries(feed.read(read_bytes(where), where), where), {}
    from summarizer.web.request import get

    got = get(where, allow_private=allow_private, accept=feed.ACCEPT, mark=mark)
    if got.unchanged:
        return None, got.mark
    return _entries(feed.read(got.body, where, got.address, got.charset), where), got.mark


def _entries(posts: list[Post], where: str) -> list[Entry]:
    return [_entry(each, where) for each in posts]


def _entry(post: Post, where: str) -> Entry:
    named = f"{where}, entry {post.number}"
    if post.link:
        return replace(Entry.at(post.link), otherwise=post.known)
    if not post.text:
        return Entry.wrong(named, repr(post).encode(), "The entry has no link and no content.")
    made = Entry.of(post.text, named, **post.known)
    # One that is written anew is the same article.
    return replace(made, place=f"entry:{_digest([Entry.at(where).place, post.id])}") if post.id else made


def _digest(told: object) -> str:
    return sha256(json.dumps(told).encode()).hexdigest()
