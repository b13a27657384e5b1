"""Briefings stored under every released schema, which stay readable for ever.

One file a version, as `brief --format json` wrote it: `tests/stored/NAME@N.json`.
"""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from summarizer.artifact import registry
from summarizer.dossier import Dossier
from summarizer.dossier.reading import read as read_any
from summarizer.kind import SHIPPED, load
from summarizer.verification.reading import read

STORED = Path(__file__).parent / "stored"
DOSSIERS = [each for each in registry("schemas").locked() if each.partition("@")[0] == "dossier"]
RELEASED = [each for each in registry("schemas").locked() if each.partition("@")[0] in SHIPPED]


@pytest.mark.parametrize("schema", RELEASED)
def test_what_was_stored_under_a_released_schema_is_read_by_this_program(schema: str) -> None:
    made = read(str(STORED / f"{schema}.json"))
    assert isinstance(made, load(schema.partition("@")[0]).cls)
    assert len(made.items) > 3


@pytest.mark.parametrize("schema", DOSSIERS)
def test_so_is_a_dossier(schema: str) -> None:
    made = read_any(str(STORED / f"{schema}.json"))
    assert isinstance(made, Dossier)
    assert len(made.groups) > 3


@pytest.mark.parametrize("schema", [*RELEASED, *DOSSIERS])
def test_it_is_valid_under_the_schema_that_it_names(schema: str) -> None:
    stored = json.loads((STORED / f"{schema}.json").read_text(encoding="utf-8"))
    assert stored["schema"] == schema
    jsonschema.validate(stored, json.loads(registry("schemas").load(schema).text))


def test_something_is_stored_for_each() -> None:
    assert {path.stem for path in STORED.glob("*.json")} == {*RELEASED, *DOSSIERS}
    assert len(RELEASED) >= 2
