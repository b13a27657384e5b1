"""What a change of a JSON schema means for what is stored under the old one, and for who reads the new one.

A change *breaks* where something that was valid under the old schema is not valid under the new one: a stored
briefing cannot be read any more. It *widens* where something is valid under the new schema that was not under the
old one: what was stored stays readable, and a reader that holds new briefings to the old schema refuses some. Both
are found by comparing the schemas, never by trying examples. Every other change, such as that of a description,
*restates*.

Compared is the JSON Schema (2020-12) that pydantic writes. Where the comparison knows no better, in a schema with
`not` or `if` for example, it says that the change breaks; it never says that one does not which does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from summarizer.errors import ArtifactError
from summarizer.versions.subschema import Refusal, Schema, refusals, resolved

Mark = Literal["breaks", "widens", "restates"]

Pair = tuple[Any, Any]

_DEEPEST = 12  # a schema may hold itself
_SAYS = ("title", "description", "default", "examples", "deprecated")


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        path: of a field, as in `casualties[].toll`; empty for the whole.
        what: in words.
    """

    path: str
    what: str
    mark: Mark

    def __str__(self) -> str:
        return f"{self.path or 'all of it'} {self.what}"


def changes(old: Schema, new: Schema) -> list[Change]:
    """What changed from one version of a schema to the next, breaking changes first.

    That a schema names its own version is no change: whoever stores or reads a briefing knows of it.
    """
    old, new = _unversioned(old), _unversioned(new)
    narrowed, widened = refusals(old, new), refusals(new, old)
    added = {each.path for each in widened if each.code == "unknown"}
    # A field that was removed, or is new, is said once.
    said = {each.path for each in narrowed if each.code in ("unknown", "required", "incomparable")}
    found = [
        *(Change(each.path, _narrowed(each, added), "breaks") for each in narrowed),
        *(Change(each.path, _widened(each), "widens") for each in widened if each.path not in said),
        *(Change(path, what, "restates") for path, what in _restated((old, new), (old, new))),
    ]
    return list(dict.fromkeys(found))


def breaking(found: list[Change]) -> list[Change]:
    return [each for each in found if each.mark == "breaks"]


def read(text: str) -> Schema:
    """The schema in the text of its file.

    Raises:
        ArtifactError: the text is no JSON object.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ArtifactError(f"A schema is no JSON: {error}.", tip="Restore its file from git.") from error
    if not isinstance(found, dict):
        raise ArtifactError("A schema is no JSON object.", tip="Restore its file from git.")
    return found


def _narrowed(refusal: Refusal, added: set[str]) -> str:
    match refusal.code:
        case "unknown":
            return "was removed"
        case "required":
            return "is new, and required" if refusal.path in added else "became required"
        case "value":
            return f"no longer takes {refusal.detail}"
        case "bound":
            return f"is limited by {refusal.detail}"
        case "incomparable":
            return f"cannot be compared: {refusal.detail}"


def _widened(refusal: Refusal) -> str:
    match refusal.code:
        case "unknown":
            return "is new, and optional"
        case "required":
            return "is no longer required"
        case "value":
            return f"now takes {refusal.detail} too"
        case "bound":
            return f"is no longer limited by {refusal.detail}"
        case "incomparable":
            return f"cannot be compared: {refusal.detail}"


def _unversioned(schema: Schema) -> Schema:
    """The schema without the version in the `schema` that it makes its instances name."""
    properties = schema.get("properties", {}) if isinstance(schema, dict) else {}
    named = properties.get("schema") if isinstance(properties, dict) else None
    if not isinstance(named, dict) or not isinstance(named.get("const"), str):
        return schema
    name = named["const"].partition("@")[0]
    stripped = {key: value for key, value in named.items() if key != "default"} | {"const": name}
    return schema | {"properties": properties | {"schema": stripped}}


def _restated(pair: Pair, roots: Pair, path: str = "", deep: int = 0) -> Iterator[tuple[str, str]]:
    """The words and hints that changed where both versions have them."""
    old, new = (resolved(each, root) for each, root in zip(pair, roots, strict=True))
    if not (isinstance(old, dict) and isinstance(new, dict)) or deep > _DEEPEST:
        return
    for key in sorted(old.keys() | new.keys()):
        if (key in _SAYS or key.startswith("x-")) and old.get(key) != new.get(key):
            yield path, f"has another {key}"
    for name, below in _parts(old, new):
        yield from _restated(below, roots, f"{path}{name}".removeprefix("."), deep + 1)


def _parts(old: Schema, new: Schema) -> Iterator[tuple[str, Pair]]:
    ours, theirs = old.get("properties", {}), new.get("properties", {})
    yield from ((f".{name}", (ours[name], theirs[name])) for name in ours if name in theirs)
    if "items" in old and "items" in new:
        yield "[]", (old["items"], new["items"])
    branches = old.get("anyOf", []), new.get("anyOf", [])
    if len(branches[0]) == len(branches[1]):
        yield from (("", pair) for pair in zip(*branches, strict=True))
