"""Addresses of the web: what stands there becomes a source.

Only one page is fetched, and nothing that it refers to. No cookies are kept, no keys and no proxies are used.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from summarizer.content import Told
from summarizer.source import Source

__all__ = ["fetch", "is_address", "read"]

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def is_address(where: str | Path) -> bool:
    """Whether this is an address, of whatever scheme, and no path."""
    return isinstance(where, str) and bool(_ADDRESS.match(where))


def read(
    where: str | Path, *, allow_private: bool = False, published: date | str | None = None, **known: str | None
) -> Source:
    """A source from a file, `-` or an address; `known` are keywords of `Source.read`.

    Raises:
        SourceError: see `Source.read` and `fetch`.
    """
    if isinstance(where, str) and is_address(where):
        return fetch(where, allow_private=allow_private, published=published, otherwise=None, **known)
    return Source.read(where, published=published, **known)


def fetch(
    address: str,
    *,
    allow_private: bool = False,
    published: date | str | None = None,
    otherwise: dict[str, str] | None = None,
    **known: str | None,
) -> Source:
    """The source at an address: a page, or a file of another format that is read here.

    What an address leads to is looked up once, checked, and connected to as checked, at every redirect anew.

    Args:
        address: `http://` or `https://`.
        allow_private: whether addresses of private networks and of this machine may be fetched. Those where
            clouds keep their keys never are.
        published, known: as `Source.read` takes them; what is not given is as the page says.
        otherwise: title, author, published and language where the page does not say.

    Raises:
        FetchError: the address may not be fetched, nothing usable is there, or it takes too long or too much.
        OfflineError: SUMMARIZER_OFFLINE is set.
        SourceError: there is no article in what was fetched.
    """
    from summarizer.web.request import get

    got = get(address, allow_private=allow_private)
    told = Told(got.media_type, got.charset, got.address, otherwise or {})
    return Source.from_bytes(got.body, name=address, told=told, published=published, **known)
