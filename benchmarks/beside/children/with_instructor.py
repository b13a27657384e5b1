"""Plain instructor: the fields of a briefing, each item with the words that say it, copied."""

from __future__ import annotations

import sys
from typing import Any

from benchmarks.beside.children.serving import Found, serve
from benchmarks.beside.record import Asked, FieldName, Item
from benchmarks.plain import LIMIT, QUOTED, Quoted, ask, connected, plain_schema

_SAYS: dict[FieldName, str] = {"what": "claim", "who": "name", "where": "place", "when": "time", "why": "cause"}


def main(address: str) -> None:
    client, schema = connected(address), plain_schema(Quoted)

    def brief(asked: Asked) -> Found:
        answer, _ = ask(client, schema, QUOTED, asked.text)
        if answer is None:
            raise ValueError(f"it ran on to the limit of {LIMIT} tokens")
        return Found(_items(answer))

    serve(brief)


def _items(answer: Any) -> list[Item]:
    items = [
        Item(field=field, text=getattr(each, says), quotes=_quotes(each.quote))
        for field, says in _SAYS.items()
        for each in getattr(answer, field)
    ]
    items += [
        Item(field="stated_rationale", text=each.reason, quotes=_quotes(each.quotation), speaker=each.speaker or None)
        for each in answer.rationale
    ]
    return items


def _quotes(quote: str) -> list[str]:
    return [quote] if quote.strip() else []


if __name__ == "__main__":
    main(sys.argv[1])
