"""A web site on loopback with a feed and the articles that it names."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import Any

from batches import text
from fault_server import Answer, FaultServer, Raw, Received, Status, Step


def article(number: int, *, lang: str = "en") -> Raw:
    """A page that `batches.number_of` knows again."""
    title, *paragraphs = filter(None, text(number).split("\n"))
    body = "".join(f"<p>{escape(each)}</p>" for each in paragraphs)
    page = f'<!doctype html><html lang="{lang}"><body><article><h1>{escape(title)}</h1>{body}</article></body></html>'
    return Raw(page.encode(), "text/html; charset=utf-8")


def rss(*items: str, head: str = "") -> bytes:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>The Quay</title>{head}{''.join(map(item, items))}</channel></rss>"
    ).encode()


def item(link: str) -> str:
    return link if link.startswith("<") else f"<item><title>Port shuts</title><link>{link}</link></item>"


def atom(*entries: str, head: str = "") -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>The Quay</title>{head}{"".join(entries)}</feed>'.encode()


def json_feed(*items: dict[str, Any], **more: Any) -> bytes:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "The Quay", "items": items} | more
    ).encode()


class Site:
    """
    Attributes:
        pages: what each path gives; a path `/7` that is not among them gives the article with that number.
    """

    def __init__(self, server: FaultServer) -> None:
        self.pages: dict[str, Step | Sequence[Step]] = {}
        self.address = f"http://127.0.0.1:{server.server_port}"
        self._server = server
        server.script(Answer(self._answer))

    @property
    def feed(self) -> str:
        return f"{self.address}/feed"

    def publishes(self, body: bytes, kind: str = "application/xml", **headers: str) -> None:
        """The feed is this from now on."""
        self.pages["/feed"] = Status(200, body=body.decode(), headers={"content-type": kind} | headers)

    @property
    def asked(self) -> Counter[str]:
        return Counter(each.path for each in self._server.requests)

    def received(self, path: str = "/feed") -> list[Received]:
        return [each for each in self._server.requests if each.path == path]

    def _answer(self, received: Received) -> Step:
        step = self.pages.get(received.path)
        if step is None:
            number = received.path.partition("?")[0].strip("/")
            return article(int(number)) if number.isdigit() else Status(404)
        if isinstance(step, Sequence):
            met = len(self.received(received.path))
            return step[min(met, len(step)) - 1]
        return step


@contextmanager
def site() -> Iterator[Site]:
    with FaultServer() as server:
        yield Site(server)
