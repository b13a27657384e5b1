"""What a page says about itself to machines: JSON-LD and meta elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

_MOST_OBJECTS = 2_000
_ARTICLE = re.compile(r"(?:Article|Posting|Report|NewsItem|Review|Analysis|Opinion)\w*$")
_CONTROL = re.compile(r"[\x00-\x1f]+")


class Structured:
    """The statements of a page about its article, by schema.org's and by meta names."""

    def __init__(self, tree: HtmlElement) -> None:
        self._meta: dict[str, list[str]] = {}
        for element in tree.iter("meta"):
            name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
            if name and (content := " ".join((element.get("content") or "").split())):
                self._meta.setdefault(name, []).append(content)
        objects = list(_objects(tree))
        self._named = {each["@id"]: each for each in objects if isinstance(each.get("@id"), str) and "name" in each}
        self._articles = [each for each in objects if _is_article(each)]

    def meta(self, *names: str) -> Iterator[str]:
        """The contents of the meta elements of these names, in the order of the names."""
        return (content for name in names for content in self._meta.get(name, ()))

    def article(self, *keys: str) -> Iterator[Any]:
        """The values of these keys in what JSON-LD calls an article of some sort."""
        return (each[key] for key in keys for each in self._articles if each.get(key))

    def texts(self, *keys: str) -> Iterator[str]:
        """Those values that are text, or have a name that is."""
        for value in self.article(*keys):
            yield from self._names(value)

    def _names(self, value: Any) -> Iterator[str]:
        if isinstance(value, str):
            if text := " ".join(value.split()):
                yield text
        elif isinstance(value, dict):
            named = value.get("name") or self._named.get(str(value.get("@id")), {}).get("name")
            yield from self._names(named if isinstance(named, str) else None)
        elif isinstance(value, list):
            for each in value[:50]:
                if isinstance(each, str | dict):
                    yield from self._names(each)


def _objects(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Every object of every JSON-LD script, outermost first."""
    queue: list[Any] = []
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            queue.append(json.loads(_CONTROL.sub(" ", script.text or "")))
        except (ValueError, RecursionError):  # not ours to mend
            continue
    for at, value in enumerate(queue):
        if at > _MOST_OBJECTS:
            return
        if isinstance(value, dict):
            yield value
            queue.extend(each for each in value.values() if isinstance(each, dict | list))
        elif isinstance(value, list):
            queue.extend(value)


def _is_article(found: dict[str, Any]) -> bool:
    kinds = found.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )
