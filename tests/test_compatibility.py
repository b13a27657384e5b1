"""What a change of a schema means: what is called compatible is compatible, and each break is named where it is."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ConfigDict, Field, create_model

from summarizer import artifact
from summarizer.errors import ArtifactError
from summarizer.versions.compatibility import Change, breaking, changes, read
from summarizer.versions.subschema import refusals

Schema = dict[str, Any]
OPTIONAL: Any = (int, 0)

# Schemas such as pydantic writes, over so few names and values that one often fits into another.

NAMES = st.sampled_from(["a", "b", "c"])
VALUES = st.sampled_from(["x", "y", "zz", 0, 1, 7, None, True, 1.5])


def some(**keywords: st.SearchStrategy[Any]) -> st.SearchStrategy[Schema]:
    """A schema with some of these keywords."""
    return st.fixed_dictionaries({}, optional=keywords)


def with_type(name: str, keywords: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    return keywords.map(lambda found: {"type": name} | found)


SIZES = st.integers(0, 3)
NUMBERS = some(minimum=st.integers(-2, 4), maximum=st.integers(0, 9), exclusiveMaximum=st.integers(1, 9)) | some(
    multipleOf=st.integers(1, 3), exclusiveMinimum=st.integers(-2, 3)
)
PLAIN: st.SearchStrategy[Schema] = st.one_of(
    st.sampled_from([{}, {"type": "null"}, {"type": "boolean"}, {"type": ["string", "null"]}]),
    with_type("string", some(minLength=SIZES, maxLength=SIZES, pattern=st.sampled_from(["^x", "z"]))),
    with_type("integer", NUMBERS),
    with_type("number", NUMBERS),
    VALUES.map(lambda value: {"const": value}),
    st.lists(VALUES, min_size=1, max_size=4).map(lambda values: {"enum": values}),
)
LEAVES = PLAIN | st.just({"$ref": "#/$defs/Leaf"})


def within(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    sub = inner | st.booleans()
    array = some(
        items=sub, prefixItems=st.lists(inner, max_size=2), minItems=SIZES, maxItems=SIZES, uniqueItems=st.booleans()
    )
    fields = some(
        properties=st.dictionaries(NAMES, inner, max_size=3),
        required=st.lists(NAMES, unique=True, max_size=2),
        additionalProperties=sub,
        minProperties=SIZES,
    )
    return st.one_of(
        with_type("array", array),
        with_type("object", fields),
        st.lists(inner, min_size=1, max_size=3).map(lambda several: {"anyOf": several}),
        st.lists(inner, min_size=1, max_size=2).map(lambda several: {"oneOf": several}),
        st.tuples(inner, inner).map(lambda pair: {"type": "string", "anyOf": list(pair)}),
        inner.map(lambda one: {"allOf": [one]}),
        inner.map(lambda one: {"not": one}),
    )


SCHEMAS = st.tuples(st.recursive(LEAVES, within, max_leaves=6), PLAIN).map(
    lambda pair: pair[0] | {"$defs": {"Leaf": pair[1]}}
)
SCALARS: list[Any] = ["", "x", "xz", "zz", "zzz", -1, 0, 1, 1.0, 1.5, 3, 7, 10, True, False, None]
FEW: list[Any] = ["x", "zz", 1, 1.5, None, [0], {"a": 1}]
INSTANCES: list[Any] = [
    *SCALARS,
    *([], {}, [1, 1], ["x", 7, None], [[1], [1]], {"a": 1, "b": "x", "c": None}, {"a": {"a": 1}, "b": []}),
    *([each] for each in SCALARS),
    *([one, other] for one in FEW for other in FEW[::2]),
    *({name: each} for name in "abd" for each in [*SCALARS, [1], {"a": "x"}]),
    *({"a": one, name: other} for name in "bcd" for one in FEW for other in FEW[::3]),
]


def valid(instance: object, schema: Schema) -> bool:
    return Draft202012Validator(schema).is_valid(instance)


@given(first=SCHEMAS, second=SCHEMAS)
@settings(max_examples=500)
def test_what_fits_into_another_schema_is_valid_under_it(first: Schema, second: Schema) -> None:
    if not refusals(first, second):
        assert not [each for each in INSTANCES if valid(each, first) and not valid(each, second)]


@st.composite
def a_change(draw: st.DrawFn) -> tuple[Schema, Schema]:
    """A schema, another that was made from it by one change somewhere within."""
    old = draw(SCHEMAS)
    new = json.loads(json.dumps(old))
    nodes = list(every(new))
    node = draw(st.sampled_from(nodes))
    node.pop(draw(st.sampled_from(sorted(node) or ["type"])), None)
    node.update(draw(st.sampled_from(list(every(draw(SCHEMAS))))) if draw(st.booleans()) else {})
    return old, new


def every(node: object) -> list[Schema]:
    """The schemas within a schema, itself first."""
    if isinstance(node, list):
        return [found for each in node for found in every(each)]
    if not isinstance(node, dict):
        return []
    below = [
        value
        for key, value in node.items()
        if key in ("items", "prefixItems", "anyOf", "oneOf", "additionalProperties")
    ]
    return [node, *every(below), *every(list(node.get("properties", {}).values()))]


@given(a_change())
@settings(max_examples=150)
def test_what_is_stored_stays_valid_under_a_change_that_does_not_break(made: tuple[Schema, Schema]) -> None:
    old, new = made
    if not breaking(changes(old, new)):
        assert not [each for each in INSTANCES if valid(each, old) and not valid(each, new)]


# The changes that there are, on models as a user writes them


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    basis: Literal["claimed", "denied"]
    count: Annotated[int, Field(ge=0)] | None
    day: date | None = None


class Whole(BaseModel):
    """A whole."""

    model_config = ConfigDict(extra="forbid")

    schema_id: Literal["whole@1"] = Field("whole@1", alias="schema")
    parts: Annotated[list[Part], Field(max_length=3)]
    headline: str | None


def whole(held: Any = Part, **fields: Any) -> Schema:
    made = create_model(
        "Whole",
        __config__=Whole.model_config,
        **{"headline": (str | None, ...), "parts": (list[held], Field(max_length=3))} | fields,
    )
    return made.model_json_schema(by_alias=True)


def part(**fields: Any) -> Schema:
    usual: dict[str, Any] = {name: (info.annotation, info) for name, info in Part.model_fields.items()}
    kept = {name: value for name, value in (usual | fields).items() if value is not None}
    return whole(create_model("Part", __config__=Part.model_config, **kept))


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (part(basis=None), "parts[].basis was removed"),
        (part(day=(date | None, ...)), "parts[].day became required"),
        (part(place=(str, ...)), "parts[].place is new, and required"),
        (part(name=(int, ...)), "parts[].name no longer takes a string"),
        (part(basis=(Literal["claimed"], ...)), 'parts[].basis no longer takes "denied"'),
        (part(count=(Annotated[int, Field(ge=0)], ...)), "parts[].count no longer takes null"),
        (part(count=(Annotated[int, Field(ge=1)] | None, ...)), "parts[].count is limited by minimum 1"),
        (part(name=(Annotated[str, Field(max_length=9)], ...)), "parts[].name is limited by maxLength 9"),
        (part(day=(str | None, None)), None),
        (whole(parts=(list[Part], Field(max_length=2))), "parts is limited by maxItems 2"),
        (whole(parts=(Part, ...)), "parts no longer takes a list"),
    ],
)
def test_a_breaking_change_is_named_by_its_path(new: Schema, said: str | None) -> None:
    assert [str(each) for each in breaking(changes(part(), new))] == ([said] if said else [])


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (part(place=OPTIONAL), "parts[].place is new, and optional"),
        (part(name=(str, "")), "parts[].name is no longer required"),
        (part(name=(str | None, ...)), "parts[].name now takes null too"),
        (part(basis=(Literal["claimed", "denied", "said"], ...)), 'parts[].basis now takes "said" too'),
        (part(count=(int | None, ...)), "parts[].count is no longer limited by minimum 0"),
        (whole(parts=(list[Part], ...)), "parts is no longer limited by maxItems 3"),
    ],
)
def test_what_only_widens_breaks_nothing(new: Schema, said: str) -> None:
    assert [(str(each), each.mark) for each in changes(part(), new) if each.mark != "restates"] == [(said, "widens")]


def test_what_is_said_about_a_field_restates_it() -> None:
    held = part(name=(Annotated[str, Field(json_schema_extra={"x-held": "copied"}, description="Who.")], ...))
    assert changes(part(), held) == [
        Change("parts[].name", "has another description", "restates"),
        Change("parts[].name", "has another x-held", "restates"),
    ]


def test_a_field_with_another_name_was_removed_and_is_new() -> None:
    found = changes(part(), part(name=None, title=(str, ...)))
    assert {str(each) for each in found} == {"parts[].name was removed", "parts[].title is new, and required"}


def test_that_a_schema_names_its_own_version_is_no_change() -> None:
    first = Whole.model_json_schema(by_alias=True)
    second = json.loads(json.dumps(first).replace("whole@1", "whole@2"))
    assert changes(first, second) == []
    assert breaking(changes(first, json.loads(json.dumps(first).replace("whole@1", "hole@1"))))


def test_another_name_of_a_definition_is_no_change() -> None:
    renamed = json.loads(json.dumps(part()).replace("#/$defs/Part", "#/$defs/Piece").replace('"Part": {', '"Piece": {'))
    assert changes(part(), renamed) == []


class Tree(BaseModel):
    value: int
    branches: list[Tree] = []


def test_a_schema_that_holds_itself_is_compared_to_its_end() -> None:
    old = Tree.model_json_schema()
    new = json.loads(json.dumps(old).replace('"integer"', '"string"'))
    assert changes(old, old) == []
    assert "value no longer takes a whole number" in map(str, changes(old, new))


@pytest.mark.parametrize(
    "strange",
    [
        {"not": {"type": "string"}},
        {"allOf": [{"type": "string"}]},
        {"$ref": "#/$defs/Nowhere"},
        {"$ref": "elsewhere.json"},
        {"anyOf": [{"type": "string"}], "maxLength": 3},
        {"oneOf": [{"type": "string"}, {"minLength": 1}]},
        {"if": {}, "then": {}},
        {"patternProperties": {}},
        {"$ref": "#/$defs/Loop", "$defs": {"Loop": {"$ref": "#/$defs/Loop"}}},
        {"$ref": "#/$defs/Loop", "$defs": {"Loop": {"anyOf": [{"$ref": "#/$defs/Loop"}, {"type": "null"}]}}},
    ],
)
def test_what_cannot_be_compared_is_said_to_break(strange: Schema) -> None:
    (found,) = breaking(changes({"type": "string"}, strange))
    assert "cannot be compared" in found.what


@pytest.mark.parametrize("reference", sorted(artifact.registry("schemas").locked()))
def test_every_released_schema_can_be_compared(reference: str) -> None:
    schema = read(artifact.registry("schemas").load(reference).text)
    assert changes(schema, schema) == []


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "[" * 100_000])
def test_what_is_no_schema_is_refused(text: str) -> None:
    with pytest.raises(ArtifactError, match="no JSON"):
        read(text)
