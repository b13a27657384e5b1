"""Drafts written by hand: what a model would answer, held to the form it would be held to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from summarizer import kind as kinds
from summarizer.briefing import BaseBriefing, Briefing, Slot
from summarizer.document import Document
from summarizer.errors import ArtifactError, UsageError
from summarizer.item import Extract, Headline, optional
from summarizer.kind import Kind, wire_of
from summarizer.project import Project
from summarizer.recipe import Recipe
from summarizer.source import Source
from summarizer.summarize import as_source
from summarizer.text import one_line
from summarizer.view import View

Article = Source | str | Path
MOST = 4
"""How many places an error names."""


def numbered(article: Article) -> str:
    """The article as a model is shown it: a sentence a line, `S2 ...`, its quotations marked `[Q1]`. The title is 1.

        print(numbered("articles/merger.txt"))

    Raises:
        SourceError: see `Source.read`.
    """
    return _view(article).text()


def draft(
    schema: type[BaseBriefing] | str = Briefing, article: Article | None = None, /, **items: Any
) -> dict[str, Any]:
    """A draft of a kind of briefing, for `DraftedModel`. Lists that are not given are empty, and so is what an item
    need not tell.

        draft(Merger, deal=[{"event": "Arvo Steel buys Tarn Metals.", "status": "planned", "s": 2}])

    Args:
        schema: the kind: a class, or its name, see `summarizer.kind.load`.
        article: the one that it is a draft of; then the numbers it cites must be there. Leave it out to see what
            becomes of a number that is not.
        items: by the keys of the wire format: the field's name, unless the class gives another by `Asked(key=...)`.

    Raises:
        UsageError: no model could answer so: a key that is not asked for or is missing, too many items or too few, a
            value out of its bounds, or the number of a sentence or quotation that the article has not.
    """
    kind = _asked_for(schema)
    empty: dict[str, Any] = {slot.key: [] for slot in kind.slots if not issubclass(slot.item, Headline)}
    given = {key: _filled(kind, key, value) for key, value in items.items()}
    try:
        made = kind.draft.model_validate(empty | given)
    except ValidationError as error:
        raise _unlike(kind, error) from None
    if article is not None:
        _refuse_numbers_without_text(made, _view(article))
    return made.model_dump()


def _asked_for(schema: type[BaseBriefing] | str) -> Kind:
    """The kind, its drafts in the form that its newest prompt asks for; in today's where it has no prompt yet."""
    project = Project.around()
    try:
        return Recipe.of(schema, None, project).kind
    except ArtifactError:
        return kinds.load(schema, project) if isinstance(schema, str) else kinds.kind_of(schema)


def _view(article: Article) -> View:
    source = as_source(article)
    return View.of(Document.of(source.text, source.language))


def _filled(kind: Kind, key: str, given: Any) -> Any:
    """`given` with what says nothing for each key of an item that is missing or null: null, else an empty text."""
    slot = next((slot for slot in kind.slots if slot.key == key), None)
    if slot is None or not isinstance(given, list | tuple):
        return given
    empty = {name: _nothing(info) for name, info in _fields(kind, slot).items() if _may_lack(slot, name, info)}
    return [
        empty | {name: value for name, value in each.items() if value is not None} if isinstance(each, dict) else each
        for each in given
    ]


def _fields(kind: Kind, slot: Slot) -> dict[str, FieldInfo]:
    """The keys that a model writes for an item; none for a headline and for sentences, which are no objects."""
    return {} if issubclass(slot.item, Headline | Extract) else wire_of(slot.item, kind.form).model_fields


def _may_lack(slot: Slot, name: str, info: FieldInfo) -> bool:
    """Whether a model can say that the article does not tell."""
    held = slot.item.model_fields.get(name)
    return optional(info) or (held is not None and optional(held)) or name == "title"


def _nothing(info: FieldInfo) -> str | None:
    return None if optional(info) else ""


def _unlike(kind: Kind, error: ValidationError) -> UsageError:
    found = error.errors(include_url=False, include_input=False)
    places = "; ".join(f"{one_line(_place(each['loc']), 60)}: {_said(each)}" for each in found[:MOST])
    more = f"; and {len(found) - MOST} more" if len(found) > MOST else ""
    wrong = {str(each["loc"][0]) for each in found if each["loc"]}
    all_of_them = not wrong <= kind.draft.model_fields.keys()
    forms = "; ".join(_form(kind, slot) for slot in kind.slots if slot.key in wrong or all_of_them)
    return UsageError(f"This is no draft of {kind.cls.__name__}: {places}{more}.", tip=f"Write it as {forms}.")


def _said(found: ErrorDetails) -> str:
    said = {"extra_forbidden": "there is no such key", "missing": "it is missing"}
    return said.get(found["type"]) or one_line(found["msg"], 120)


def _place(steps: tuple[int | str, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")


def _form(kind: Kind, slot: Slot) -> str:
    if issubclass(slot.item, Headline):
        return f"{slot.key}=text"
    many = f"{slot.fewest} to {slot.most}"
    if issubclass(slot.item, Extract):
        return f"{slot.key}=[{many} numbers of sentences]"
    return f"{slot.key}=[{many} of {{{', '.join(_fields(kind, slot))}}}]"


def _refuse_numbers_without_text(made: BaseModel, view: View) -> None:
    there = {"s": {each.number for each in view.sentences}, "q": set(range(1, len(view.quotations) + 1))}
    names = {"s": "sentence", "q": "marked quotation"}
    for place, key, number in _numbers(made):
        if number is not None and number not in there[key]:
            raise UsageError(
                f"{place} is {number}, and the article has no {names[key]} {number}.",
                tip="There are, the title being 1:\n" + view.text(),
            )


def _numbers(made: BaseModel) -> Iterator[tuple[str, str, int | None]]:
    """Each number that a draft cites: where it stands, whether it is an `s` or a `q`, and the number."""
    for name, value in made:
        for index, each in enumerate(value if isinstance(value, list) else []):
            if isinstance(each, int):
                yield f"{name}[{index}]", "s", each
            else:
                yield from ((f"{name}[{index}].{key}", key, getattr(each, key)) for key in "sq" if hasattr(each, key))
