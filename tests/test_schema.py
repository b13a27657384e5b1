"""The released schemas, and what is made of one for OpenAI's structured outputs.

The limits are those of https://platform.openai.com/docs/guides/structured-outputs#supported-schemas.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from drafts import DRAFT, FAILING, NO_REPAIR, Draft, briefed, compact
from openai.lib._pydantic import to_strict_json_schema
from pydantic import BaseModel

from summarizer import Briefing, artifact, schema
from summarizer.draft import DraftPlace
from summarizer.kind import SHIPPED, Kind, kind_of, load
from summarizer.model.strict import strict

SUPPORTED = {
    *("type", "properties", "required", "items", "enum", "const", "anyOf", "$ref", "$defs", "description"),
    *("additionalProperties", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("multipleOf", "minItems", "maxItems"),
}
RELEASED = artifact.registry("schemas")
DRAFTS = [each for each in sorted(RELEASED.locked()) if each.partition("@")[0].endswith("-draft")]


def newest(kind: Kind) -> Kind:
    """The kind with its drafts in the form whose schema was released last."""
    return schema.formed(kind, RELEASED.load(kind.draft_name).text) or kind


MODELS = {name: model for kind in SHIPPED for name, model in schema.generated(newest(load(kind))).items()}
STRICT = {name: strict(model.model_json_schema(by_alias=True)) for name, model in MODELS.items()}
# A briefing is written by code, and has a map of its own making (`proposed`), which no strict mode takes.
ASKED = STRICT["briefing-draft"]

Schema = dict[str, Any]


def nodes(node: Schema, depth: int = 0) -> Iterator[tuple[Schema, int]]:
    """Every schema in a schema, with how many objects stand around it."""
    yield node, depth
    inner = depth + (node.get("type") == "object")
    for children in (node.get("properties", {}), node.get("$defs", {})):
        for child in children.values():
            yield from nodes(child, inner)
    for child in [*node.get("anyOf", []), *filter(None, [node.get("items")])]:
        yield from nodes(child, inner)


def resolved(root: Schema) -> Schema:
    """The schema with each `$ref` replaced by what it names: none of ours refers to itself."""

    def follow(node: Any) -> Any:
        if isinstance(node, list):
            return [follow(each) for each in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            return follow(root["$defs"][node["$ref"].rpartition("/")[2]])
        return {key: follow(value) for key, value in node.items() if key != "$defs"}

    followed: Schema = follow(root)
    return followed


def objects(root: Schema) -> list[Schema]:
    return [node for node, _ in nodes(root) if node.get("type") == "object"]


# What is released


@pytest.mark.parametrize("name", MODELS)
def test_the_newest_released_schema_is_the_one_of_the_model(name: str) -> None:
    """A model that has changed wants a new version: the released one is what old answers were made by."""
    assert RELEASED.load(name).text == schema.text(MODELS[name])


def test_todays_drafts_of_a_briefing_are_released() -> None:
    assert MODELS["briefing-draft"] is Draft


@pytest.mark.parametrize("reference", DRAFTS)
def test_every_released_draft_can_still_be_asked_for(reference: str) -> None:
    """A prompt that was released with it asks for it as long as there is the prompt."""
    kind = load(reference.partition("-draft@")[0])
    formed = schema.formed(kind, RELEASED.load(reference).text)
    assert formed is not None
    assert formed.cls is kind.cls


@pytest.mark.parametrize("reference", sorted(RELEASED.locked()))
def test_every_released_schema_is_a_valid_one(reference: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(RELEASED.load(reference).text))


def test_a_change_of_a_model_is_seen() -> None:
    class Changed(DraftPlace):
        more: str

    assert schema.text(Changed) != schema.text(DraftPlace)


# What strict mode takes


def test_the_root_is_an_object_and_no_choice() -> None:
    assert ASKED["type"] == "object"
    assert "anyOf" not in ASKED


def test_every_object_requires_all_and_allows_no_more() -> None:
    assert len(objects(ASKED)) >= 7
    for node in objects(ASKED):
        assert node["additionalProperties"] is False
        assert sorted(node["required"]) == sorted(node["properties"])


@pytest.mark.parametrize("name", STRICT)
def test_only_supported_keywords_remain(name: str) -> None:
    assert {key for node, _ in nodes(STRICT[name]) for key in node} <= SUPPORTED


def test_the_released_schema_has_keywords_to_drop() -> None:
    """Or the test above would hold for a `strict` that drops nothing."""
    found = {key for node, _ in nodes(Draft.model_json_schema()) for key in node}
    assert {"title", "minLength", "maxLength", "x-points", "x-words"} <= found - SUPPORTED


def test_a_property_named_like_a_keyword_remains() -> None:
    class Odd(BaseModel):
        title: str
        default: str
        properties: str
        maxLength: int  # noqa: N815 - a keyword of JSON Schema

    odd = strict(Odd.model_json_schema())
    assert odd["required"] == list(odd["properties"]) == ["title", "default", "properties", "maxLength"]
    assert all(set(each) == {"type"} for each in odd["properties"].values())
    first = strict(kind_of(Briefing, 1).draft.model_json_schema())
    assert "title" in first["$defs"]["DraftActor"]["properties"]


def test_it_is_within_the_documented_sizes() -> None:
    found = [node for node, _ in nodes(ASKED)]
    properties = [name for node in found for name in node.get("properties", {})]
    enums = [value for node in found for value in node.get("enum", [])]
    strings = [
        *properties,
        *ASKED.get("$defs", {}),
        *map(str, enums),
        *(str(node["const"]) for node in found if "const" in node),
    ]
    assert 0 < len(properties) <= 5000
    assert 0 < len(enums) <= 1000
    assert sum(map(len, strings)) <= 120_000
    assert max(depth for _, depth in nodes(resolved(ASKED))) <= 10


def test_every_reference_leads_somewhere() -> None:
    named = {node["$ref"] for node, _ in nodes(ASKED) if "$ref" in node}
    assert named
    assert named == {f"#/$defs/{name}" for name in ASKED["$defs"]}


def test_what_goes_in_is_not_changed() -> None:
    given = Draft.model_json_schema()
    before = copy.deepcopy(given)
    strict(given)
    assert given == before


def test_lowering_twice_is_lowering_once() -> None:
    assert strict(ASKED) == ASKED


def test_the_openai_client_makes_the_same_objects_of_it() -> None:
    theirs = to_strict_json_schema(Draft)
    shapes = [
        {
            name: (set(node["properties"]), sorted(node["required"]))
            for name, node in {**each["$defs"], "": each}.items()
        }
        for each in (ASKED, theirs)
    ]
    assert shapes[0] == shapes[1]


# What goes through them


@pytest.mark.parametrize("wanted", [Draft.model_json_schema(), ASKED], ids=["released", "strict"])
def test_a_right_draft_is_valid(wanted: Schema) -> None:
    jsonschema.validate(DRAFT, wanted, cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    "change",
    [
        {"why": None},
        {"headline": "Port shuts terminal"},
        {"what": []},
        {"summary": ["S2"]},
        {"more": 1},
        {"when": [{"s": 0, "time": "Monday"}]},
        {"what": [{"event": "x", "status": "sure", "s": 2}]},
        {"who": DRAFT["who"] * 4},
    ],
)
def test_a_wrong_draft_is_not(change: Schema) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(DRAFT | change, ASKED, cls=jsonschema.Draft202012Validator)


def test_a_draft_comes_back_from_the_wire_as_it_was() -> None:
    draft = Draft.model_validate(DRAFT)
    assert Draft.model_validate_json(compact(DRAFT)) == draft
    assert draft.model_dump_json() == compact(DRAFT)
    assert Draft.model_validate_json(draft.model_dump_json()) == draft


@pytest.mark.parametrize("answers", [(DRAFT,), (FAILING, NO_REPAIR)], ids=["all stands", "one is rejected"])
def test_a_stored_briefing_is_valid_under_its_schema(answers: tuple[Schema, ...]) -> None:
    stored = json.loads(briefed(*answers).to_json())
    assert bool(stored["rejected"]) == (len(answers) > 1)
    released = json.loads(RELEASED.load(stored["schema"]).text)
    jsonschema.validate(
        stored,
        released,
        cls=jsonschema.Draft202012Validator,
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    )
    for field in released["required"]:
        broken = {key: value for key, value in stored.items() if key != field}
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, released, cls=jsonschema.Draft202012Validator)


def test_a_stored_briefing_is_read_again_as_it_was() -> None:
    briefing = briefed()
    assert Briefing.from_json(briefing.to_json()) == briefing
    assert Briefing.from_json(briefing.to_json()).to_json() == briefing.to_json()
