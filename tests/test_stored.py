"""Briefings stored under every released schema, which stay readable for ever.

One file a version, as `brief --format json` wrote it: `tests/stored/NAME@N.json`.
"""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from summarizer.artifact import registry
from summarizer.kind import SHIPPED, load
from summarizer.verification.reading import read

STORED = Path(__file__).parent / "stored"
RELEASED = [each for each in registry("schemas").locked() if each.partition("@")[0] in SHIPPED]


@pytest.mark.parametrize("schema", RELEASED)
def test_what_was_stored_under_a_released_schema_is_read_by_this_program(schema: str) -> None:
    made = read(str(STORED / f"{schema}.json"))
    assert isinstance(made, load(schema.partition("@")[0]).cls)
    assert len(made.items) > 3


@pytest.mark.parametrize("schema", RELEASED)
def test_it_is_valid_under_the_schema_that_it_names(schema: str) -> None:
    stored = json.loads((STORED / f"{schema}.json").read_text(encoding="utf-8"))
    assert stored["schema"] == schema
    jsonschema.validate(stored, json.loads(registry("schemas").load(schema).text))


def test_something_is_stored_for_each() -> None:
    assert {path.stem for path in STORED.glob("*.json")} == set(RELEASED)
    assert len(RELEASED) >= 2
