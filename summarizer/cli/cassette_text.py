"""Cassettes as text for a terminal; everything in them may come from anybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.cassette.inspection import Exchange, Inspection
from summarizer.text import one_line

_HEAD = ("FILE", "EXCHANGES", "PROMPT", "MODEL", "RECORDED", "STATE")
_UNKNOWN = "-"
_COLUMN = 60


def table(found: Sequence[Inspection]) -> str:
    """A line for each cassette, in columns."""
    if not found:
        return "no cassettes\n"
    rows = [_HEAD, *map(_row, found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    padded = (zip(row, widths, strict=True) for row in rows)
    return "".join("  ".join(cell.ljust(width) for cell, width in row).rstrip() + "\n" for row in padded)


def checked(found: Sequence[Inspection]) -> str:
    """A line for each cassette and its state, and under it why."""
    return "".join(
        f"{each.state:<8} {one_line(each.file)}\n" + "".join(f"         {line}\n" for line in _why(each))
        for each in found
    )


def shown(found: Inspection) -> str:
    """All about one cassette."""
    facts = "".join(f"{name:<10} {one_line(value)}\n" for name, value in _facts(found))
    exchanges = "".join(map(_exchange, found.exchanges))
    return f"{facts}\nEXCHANGES\n{exchanges}"


def _row(found: Inspection) -> tuple[str, ...]:
    origin = found.origin
    return (
        one_line(found.file),
        str(len(found.exchanges)) if found.exchanges else _UNKNOWN,
        one_line(origin.prompts[0].id, _COLUMN) if origin else _UNKNOWN,
        one_line(found.model, _COLUMN) if found.model else _UNKNOWN,
        str(origin.recorded) if origin else _UNKNOWN,
        found.state,
    )


def _why(found: Inspection) -> list[str]:
    return [one_line(each) for each in (*found.reasons, *(f"note: {note}" for note in found.notes))]


def _facts(found: Inspection) -> Iterator[tuple[str, str]]:
    yield "file", found.file
    yield "state", found.state
    yield from (("why", each) for each in found.reasons)
    yield from (("note", each) for each in found.notes)
    yield "model", found.model or _UNKNOWN
    yield "tool", f"{found.tool}, {found.format}"
    if origin := found.origin:
        yield "recorded", str(origin.recorded)
        yield "kind", origin.kind
        yield "asked for", origin.prompt or "the prompt called as the kind"
        yield from (("prompt", f"{each.id} {each.sha256}") for each in origin.prompts)
        yield from (("schema", f"{each.id} {each.sha256}") for each in origin.schemas)
        yield "check", f"{origin.policy.id} {origin.policy.sha256}"
        yield "article", f"{origin.source.name} {origin.source.sha256}"
        known = origin.source.model_dump(include={"title", "published", "author", "url", "language"})
        yield from ((name, str(value)) for name, value in known.items() if value is not None)


def _exchange(each: Exchange) -> str:
    read, written = ("?" if count is None else f"{count:,}" for count in (each.prompt_tokens, each.completion_tokens))
    return (
        f"{each.number:>3}  {each.purpose:<12}  status {each.status}  {read} tokens read, {written} written  "
        f"{each.seconds:.1f} s\n"
    )
