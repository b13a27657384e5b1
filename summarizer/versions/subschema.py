"""Whether all that one JSON schema takes, another takes too; and if not, where and why.

This is sound and not complete: no refusal means that there is none; a refusal may be one of something that the
first schema does not take either. A `format` counts, as it does for pydantic. Words and `x-` hints do not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Schema = dict[str, Any]
Code = Literal["unknown", "required", "value", "bound", "incomparable"]

_TYPES = {
    "object": "an object",
    "array": "a list",
    "string": "a string",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}
_CLASSES = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
_WORDS = {
    "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment",
    "$defs", "$schema", "$id", "discriminator", "contentMediaType", "contentEncoding", "contentSchema",
}  # fmt: skip
_UNDERSTOOD = {
    "anyOf", "oneOf", "type", "enum", "const", "pattern", "format", "minLength", "maxLength",
    "properties", "required", "additionalProperties", "minProperties", "maxProperties",
    "items", "prefixItems", "minItems", "maxItems", "uniqueItems",
    "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
}  # fmt: skip
_SIZES = {
    "string": ("minLength", "maxLength"),
    "array": ("minItems", "maxItems"),
    "object": ("minProperties", "maxProperties"),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that the first schema takes and the second may not.

    Attributes:
        path: of the field, as in `casualties[].toll`.
        code: `unknown`: a field that it does not know; `required`: a field that may be absent and must be there;
            `value`: a type or value; `bound`: a limit on values; `incomparable`: more than is understood here.
        detail: what value, what limit.
    """

    path: str
    code: Code
    detail: str = ""


def refusals(first: Schema, second: Schema) -> list[Refusal]:
    """What `first` takes and `second` may refuse; none where every instance of the one is one of the other."""
    return list(dict.fromkeys(_Comparison(first, second).of(first, second, "")))


def resolved(node: Any, root: Schema) -> Any:
    """A node with what its `$ref` names in place of it. One that leads nowhere, or in a circle, or that has more than
    words beside it, stays."""
    seen: list[Any] = []
    while isinstance(node, dict) and "$ref" in node and node not in seen:
        seen.append(node)
        target, beside = _target(node["$ref"], root), {key: value for key, value in node.items() if key != "$ref"}
        if target is None or any(_matters(key) for key in beside):
            break
        node = target | beside
    return node


def _target(reference: Any, root: Schema) -> dict[str, Any] | None:
    name = reference.removeprefix("#/$defs/") if isinstance(reference, str) else ""
    found = root.get("$defs", {}).get(name) if isinstance(root, dict) else None
    return found if isinstance(found, dict) else None


def _matters(key: str) -> bool:
    """Whether a keyword has a say in what is valid."""
    return key not in _WORDS and not key.startswith("x-")


class _Comparison:
    """One comparison. A pair that is being compared further up is taken to fit: there it is found out."""

    def __init__(self, first: Schema, second: Schema) -> None:
        self._first, self._second = first, second
        self._open: list[tuple[Any, Any]] = []

    def of(self, first: Any, second: Any, path: str) -> Iterator[Refusal]:
        first, second = resolved(first, self._first), resolved(second, self._second)
        if first is False or second is True or (first, second) in self._open:
            return
        if second is False:
            yield Refusal(path, "value", "anything")
            return
        self._open.append((first, second))
        try:
            yield from self._branches({} if first is True else first, second, path)
        finally:
            self._open.pop()

    def _branches(self, first: Schema, second: Schema, path: str) -> Iterator[Refusal]:
        """Each branch of the first must fit into one of the second."""
        if strange := _strange(second, self._second):
            yield Refusal(path, "incomparable", strange)
            return
        theirs = list(_branches(second, self._second))
        for our in _branches(first, self._first):
            tried = [list(self._one(our, each, path)) for each in theirs if _near(our, each)]
            if not tried:
                yield Refusal(path, "value", _called(our))
            else:
                yield from min(tried, key=len)

    def _one(self, first: Schema, second: Schema, path: str) -> Iterator[Refusal]:
        """Two branches that are near each other."""
        if "const" in second:
            if "const" not in first:
                yield Refusal(path, "value", f"{_called(first)} other than {_called(second)}")
            return
        if "const" in first:
            first = _bounded(first["const"])
        yield from _bounds(first, second, path)
        if first["type"] == "object":
            yield from self._object(first, second, path)
        if first["type"] == "array":
            yield from self._array(first, second, path)

    def _object(self, first: Schema, second: Schema, path: str) -> Iterator[Refusal]:
        ours, theirs = first.get("properties", {}), second.get("properties", {})
        others, more = first.get("additionalProperties", True), second.get("additionalProperties", True)
        for name in ours:
            if name not in theirs and more is False:
                yield Refusal(_below(path, name), "unknown")
            else:
                yield from self.of(ours[name], theirs.get(name, more), _below(path, name))
        if others is not False:
            for name in theirs:
                if name not in ours:
                    yield from self.of(others, theirs[name], _below(path, name))
            yield from self.of(others, more, _below(path, "*"))
        for name in second.get("required", ()):
            if name not in first.get("required", ()):
                yield Refusal(_below(path, name), "required")

    def _array(self, first: Schema, second: Schema, path: str) -> Iterator[Refusal]:
        ours, theirs = first.get("prefixItems", []), second.get("prefixItems", [])
        both, longest = max(len(ours), len(theirs)), first.get("maxItems", float("inf"))
        for at in range(both):
            mine = ours[at] if at < len(ours) else first.get("items", True)
            other = theirs[at] if at < len(theirs) else second.get("items", True)
            if at < longest:
                yield from self.of(mine, other, f"{path}[{at}]")
        if longest > both:
            yield from self.of(first.get("items", True), second.get("items", True), f"{path}[]")


def _strange(schema: Any, root: Schema, above: tuple[Any, ...] = ()) -> str:
    """What there is in a schema, or in its branches, that is not understood here; empty where nothing is."""
    if isinstance(schema, bool):
        return ""
    if not isinstance(schema, dict) or schema in above:
        return "a schema that is itself"
    if unknown := sorted(key for key in schema if _matters(key) and key not in _UNDERSTOOD):
        return str(unknown[0])
    chosen, listed = next(_choices(schema), ("", []))
    may_stand_beside = ("type",) if chosen in ("enum", "const") else ()
    if chosen and any(_matters(key) and key not in (chosen, *may_stand_beside) for key in schema):
        return f"keywords beside {chosen}"
    if chosen not in ("anyOf", "oneOf"):
        return ""
    branches = [resolved(each, root) for each in listed]
    if chosen == "oneOf" and not _disjoint(branches):
        return "oneOf with branches that may overlap"
    return next((found for each in branches if (found := _strange(each, root, (*above, schema)))), "")


def _choices(schema: Schema) -> Iterator[tuple[str, list[Any]]]:
    """The keyword that lists what a schema may be, with what it lists."""
    for key in ("anyOf", "oneOf", "enum"):
        if key in schema:
            yield key, schema[key]
    if "const" in schema:
        yield "const", [schema["const"]]


def _branches(schema: Any, root: Schema, above: tuple[Any, ...] = ()) -> Iterator[Schema]:
    """A schema as branches, each of one `type` or of one `const`. Where it is strange they take more than it does."""
    if schema is False:
        return
    if not isinstance(schema, dict) or schema in above:
        schema = {}
    chosen, listed = next(_choices(schema), ("", []))
    if chosen in ("anyOf", "oneOf"):
        for each in listed:
            yield from _branches(resolved(each, root), root, (*above, schema))
        return
    types = schema.get("type", [each for each in _TYPES if each != "integer"])
    types = [types] if isinstance(types, str) else types
    if chosen:
        kinds = {*types, "integer"} if "number" in types else set(types)
        yield from ({"const": each} for each in listed if _type(each) in kinds)
    else:
        yield from (schema | {"type": each} for each in types)


def _disjoint(branches: list[Any]) -> bool:
    """Whether no value can be of two branches: objects that must each name another kind in the same field."""
    if not all(isinstance(each, dict) and each.get("type") == "object" for each in branches):
        return False
    for name in branches[0].get("required", ()) if branches else ():
        named = [each.get("properties", {}).get(name) for each in branches if name in each.get("required", ())]
        values = {_key(each["const"]) for each in named if isinstance(each, dict) and "const" in each}
        if len(values) == len(branches):
            return True
    return False


def _near(first: Schema, second: Schema) -> bool:
    if "const" in first and "const" in second:
        return _key(first["const"]) == _key(second["const"])
    ours, theirs = (_type(each["const"]) if "const" in each else each["type"] for each in (first, second))
    return ours == theirs or (ours == "integer" and theirs == "number")


def _type(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return "integer"  # as JSON Schema has it
    return _CLASSES.get(type(value), "null")


def _key(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _called(branch: Schema) -> str:
    return _key(branch["const"]) if "const" in branch else _TYPES.get(branch["type"], str(branch["type"]))


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _bounded(value: Any) -> Schema:
    """A schema that takes one value, and little more."""
    kind = _type(value)
    if kind == "string":
        return {"type": kind, "minLength": len(value), "maxLength": len(value)}
    return {"type": kind, "minimum": value, "maximum": value} if kind in ("integer", "number") else {"type": kind}


def _bounds(first: Schema, second: Schema, path: str) -> Iterator[Refusal]:
    kind = first["type"]
    lowest, highest = _SIZES.get(kind, ("", ""))
    if second.get(lowest, 0) > first.get(lowest, 0):
        yield Refusal(path, "bound", f"{lowest} {second[lowest]}")
    if second.get(highest, float("inf")) < first.get(highest, float("inf")):
        yield Refusal(path, "bound", f"{highest} {second[highest]}")
    for key in {"string": ("pattern", "format"), "array": ("uniqueItems",)}.get(kind, ()):
        if second.get(key) and second[key] != first.get(key):
            yield Refusal(path, "bound", f"{key} {second[key]}")
    if kind in ("integer", "number"):
        yield from _range(first, second, path)


def _range(first: Schema, second: Schema, path: str) -> Iterator[Refusal]:
    for key, exclusive, sign in (("minimum", "exclusiveMinimum", 1), ("maximum", "exclusiveMaximum", -1)):
        wanted, given = (_limit(each, key, exclusive, sign) for each in (second, first))
        if wanted is not None and (given is None or given < wanted):
            stricter = exclusive if wanted[1] else key
            yield Refusal(path, "bound", f"{stricter} {second[stricter]}")
    step, ours = second.get("multipleOf"), first.get("multipleOf", 1 if first["type"] == "integer" else None)
    if step is not None and not (isinstance(step, int) and isinstance(ours, int) and ours % step == 0):
        yield Refusal(path, "bound", f"multipleOf {step}")


def _limit(schema: Schema, key: str, exclusive: str, sign: int) -> tuple[float, bool] | None:
    """The stricter of two limits, as a pair that is the greater the stricter it is."""
    limits = [(sign * schema[each], each == exclusive) for each in (key, exclusive) if each in schema]
    return max(limits, default=None)
