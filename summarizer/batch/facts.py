"""What a run was begun with: what all its briefings have in common, so that they are never of two kinds."""

from __future__ import annotations

from typing import Any

from summarizer import check
from summarizer.assembly import prompt_record
from summarizer.connection import NOWHERE
from summarizer.errors import JournalError
from summarizer.model import provider
from summarizer.model.provider import ModelName
from summarizer.recipe import Recipe
from summarizer.settings import Settings
from summarizer.text import one_line

CHECK = "check"


def facts(recipe: Recipe, settings: Settings, known: dict[str, str]) -> dict[str, Any]:
    """The facts of a run. What changes no briefing that is made, such as the deadline, is none of them.

    Args:
        known: what is taken to be known of every article that does not say otherwise.
    """
    name = model_of(settings)
    return {
        "model": str(name),
        "address": name.address,
        "kind": recipe.kind.name,
        "prompts": [prompt_record(each).model_dump() for each in recipe.prompts],
        "schemas": [each.model_dump() for each in recipe.schemas],
        CHECK: check.policy().model_dump(),
        "known": known,
    }


def model_of(settings: Settings) -> ModelName:
    """The model that a briefing with these settings would ask.

    Raises:
        UsageError: they name none.
    """
    if settings.model is None or isinstance(settings.model, str):
        return provider.choose(settings.model, settings.base_url)
    return provider.choose(settings.model.name, NOWHERE)


def refuse_other(run: str, then: dict[str, Any], now: dict[str, Any]) -> None:
    """
    Raises:
        JournalError: they differ, and in what.
    """
    differing = [name for name in now if then.get(name) != now[name]]
    if not differing:
        return
    told = "; ".join(f"{name}: {_shown(then.get(name))} then, {_shown(now[name])} now" for name in differing)
    tip = "Go on with what it was begun with, or begin another run: -o OTHER."
    if differing == [CHECK]:
        tip = f"Bring what it has to today's check, without a call: summarizer runs reprocess {run}. Then go on."
    raise JournalError(f"The run {run} was begun otherwise. {told}.", tip=tip)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    if isinstance(value, dict) and "sha256" in value:
        return f"{value['id']} ({str(value['sha256'])[:12]})"
    if isinstance(value, dict):
        return ", ".join(f"{name} {each}" for name, each in value.items()) or "nothing"
    return one_line(str(value), 120) if value is not None else "none"
