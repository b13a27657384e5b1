"""Schemas: generated from the pydantic models, released with a version."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from summarizer.kind import Kind, forms

if TYPE_CHECKING:
    from pydantic import BaseModel


def generated(kind: Kind) -> dict[str, type[BaseModel]]:
    """The models that the newest schemas of a kind are generated from: of what it states, and of a draft of it."""
    return {kind.name: kind.cls, kind.draft_name: kind.draft}


@cache
def text(model: type[BaseModel]) -> str:
    """The JSON schema of `model` as the text of its file."""
    return json.dumps(model.model_json_schema(by_alias=True), indent=2, ensure_ascii=False) + "\n"


def formed(kind: Kind, released: str) -> Kind | None:
    """The kind in the form of drafts whose schema is this text; None where it never had such a form."""
    return next((each for each in forms(kind) if text(each.draft) == released), None)
