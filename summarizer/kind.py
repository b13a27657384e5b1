"""Kinds of briefing: a class says what one states, and from that follows what a model is asked for.

    briefing     news articles (`summarizer.briefing.Briefing`)
    incident     attacks, accidents and disasters (`summarizer.incident.Incident`)

and those that a project names in its pyproject.toml, or that are given as `package.module:Class`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, create_model
from pydantic.fields import FieldInfo

from summarizer import draft, draft1
from summarizer.briefing import BaseBriefing, Slot, version_of
from summarizer.errors import ArtifactError
from summarizer.item import (
    Actor,
    Attributed,
    Cause,
    Copied,
    Counted,
    Cued,
    Event,
    Extract,
    Headline,
    Item,
    Time,
    choices,
    mark_of,
    optional,
)
from summarizer.project import Project
from summarizer.text import one_line

SHIPPED = {"briefing": "summarizer.briefing:Briefing", "incident": "summarizer.incident:Incident"}

_COPIED = Annotated[str, Field(max_length=160, json_schema_extra={"x-words": "pointed"})]
_COUNTED = Annotated[int, Field(ge=0, le=10**13 - 1)]

FORMS: tuple[Mapping[type[draft.Wire], type[draft.Wire]], ...] = (
    {},
    {draft.DraftActor: draft1.DraftActor, draft.DraftPlace: draft1.DraftPlace, draft.DraftCause: draft1.DraftCause},
)
"""The forms that drafts have had, the newest first: what stood in place of today's classes."""


@dataclass(frozen=True)
class Kind:
    """A class of briefings, and what a model writes to propose one.

    Attributes:
        cls: the class.
        name, version: of its schema, `name@version`.
        slots: the fields that hold items.
        draft: the class of what a model writes. Its schema is called `name-draft`.
        form: which of `FORMS` it has.
    """

    cls: type[BaseBriefing]
    name: str
    version: int
    slots: tuple[Slot, ...]
    draft: type[BaseModel]
    form: int = 0

    @property
    def draft_name(self) -> str:
        return f"{self.name}-draft"

    @cached_property
    def events(self) -> Slot | None:
        """The first list of events; the first of them is the main event, which the rest is about."""
        return next((slot for slot in self.slots if issubclass(slot.item, Event) and slot.many), None)

    @cached_property
    def actors(self) -> Slot | None:
        """The list that people who turn up elsewhere in the briefing are added to."""
        return next((slot for slot in self.slots if slot.item is Actor and slot.many), None)

    @property
    def timed(self) -> bool:
        """Whether its times are those of the main event."""
        return any(slot.event and issubclass(slot.item, Time) for slot in self.slots)

    def slot(self, name: str) -> Slot:
        return next(slot for slot in self.slots if slot.name == name)

    def draft_of(self, given: dict[str, Any]) -> BaseModel:
        """A draft that proposes what `given` has, by key, and nothing else. Nothing is validated."""
        empty: dict[str, Any] = {slot.key: [] for slot in self.slots if not issubclass(slot.item, Headline)}
        return self.draft.model_construct(None, **(empty | given))


def kind_of(cls: type[BaseBriefing], form: int = 0) -> Kind:
    """The kind that a class makes, its drafts in one of `FORMS`.

    Raises:
        ArtifactError: the class names no schema, or has a field that could not be checked.
    """
    return _kind_of(cls, form)


@cache
def _kind_of(cls: type[BaseBriefing], form: int) -> Kind:
    schema = cls.model_fields["schema_id"].default
    name, version = version_of(schema) if isinstance(schema, str) else ("", 0)
    if not version or choices(cls.model_fields["schema_id"]) != (schema,):
        raise ArtifactError(
            f"{cls.__name__} names no schema.", tip='Add to it: schema_id: Literal["NAME@1"] = "NAME@1"'
        )
    slots = cls.slots()
    _refuse_confusion(cls, slots)
    return Kind(cls, name, version, slots, _draft(cls, slots, form), form)


def forms(kind: Kind) -> Iterator[Kind]:
    """The kind with its drafts in each form, the newest first."""
    return (kind_of(kind.cls, form) for form in range(len(FORMS)))


def load(reference: str, project: Project | None = None) -> Kind:
    """The kind that `reference` names: `briefing`, `incident`, one of the project, or `package.module:Class`.

    A class is imported from where Python finds it; the project's root, else the current folder, counts as well.

    Raises:
        ArtifactError: there is no such kind, or what is named is no class of briefings.
    """
    own = dict(project.kinds) if project else {}
    if twice := own.keys() & SHIPPED.keys():
        raise ArtifactError(
            f"The project calls a kind of its own {twice.pop()}, which is shipped with summarizer.",
            tip="Give it another name in [tool.summarizer.kinds].",
        )
    known = SHIPPED | own
    wanted = known.get(reference, reference)
    if ":" not in wanted:
        raise ArtifactError(
            f"There is no kind of briefing {one_line(reference, 80)!r}.",
            tip=f"There are {', '.join(known)}; a class of your own is package.module:Class.",
        )
    kind = kind_of(_imported(wanted, project.root if project else Path.cwd()))
    if reference in own and kind.name != reference:
        raise ArtifactError(
            f"The project calls {wanted} {reference}, and its schema_id says {kind.name}@{kind.version}.",
            tip="Give both the same name.",
        )
    return kind


def _imported(reference: str, root: Path) -> type[BaseBriefing]:
    module, _, name = reference.partition(":")
    if str(root) not in sys.path:
        sys.path.append(str(root))  # last, so that no file of a project stands in for one of Python's own modules
    try:
        found = getattr(import_module(module), name)
    except Exception as error:  # the user's module may fail in any way while it is imported
        raise ArtifactError(
            f"Cannot import {one_line(reference, 80)}: {one_line(str(error), 200)}.",
            tip=f"Write it as package.module:Class; looked in {root} and where Python looks.",
        ) from error
    if not (isinstance(found, type) and issubclass(found, BaseBriefing)):
        raise ArtifactError(f"{one_line(reference, 80)} is no class of briefings.", tip="Build it on BaseBriefing.")
    return found


def _refuse_confusion(cls: type[BaseBriefing], slots: tuple[Slot, ...]) -> None:
    keys = [slot.key for slot in slots]
    if twice := next((key for at, key in enumerate(keys) if key in keys[:at]), None):
        raise ArtifactError(f"Two fields of {cls.__name__} are asked for as {twice!r}.", tip="Give one another key.")
    if not slots:
        raise ArtifactError(f"{cls.__name__} has no fields.", tip="Add one that holds items, such as list[Claim].")
    events = any(issubclass(slot.item, Event) and slot.many for slot in slots)
    for slot in slots:
        if issubclass(slot.item, Cause) and not events:
            raise ArtifactError(
                f"{cls.__name__}.{slot.name} holds causes, and there is no event that they could explain.",
                tip="Add a list of events before it: what: list[Event]",
            )
        if issubclass(slot.item, Headline) and slot.many:
            raise ArtifactError(f"{cls.__name__}.{slot.name} is a list of headlines.", tip="Make it Headline | None.")


def _draft(cls: type[BaseBriefing], slots: tuple[Slot, ...], form: int) -> type[BaseModel]:
    """What a model writes: a list for each field, sentences for the summary last, when the story is known."""
    first, last = [[slot for slot in slots if issubclass(slot.item, Extract) is picked] for picked in (False, True)]
    asked = [slot for slot in [*first, *last] if form or not issubclass(slot.item, Headline)]
    fields: dict[str, Any] = {slot.key: _asked(slot, form) for slot in asked}
    made: type[BaseModel] = create_model(f"{cls.__name__}Draft", __base__=draft.Wire, **fields)
    made.__doc__ = "One answer. Lists are empty where the article does not say."
    return made


def _asked(slot: Slot, form: int) -> tuple[Any, FieldInfo]:
    if issubclass(slot.item, Headline):
        return (draft1.Headline, Field())
    each = draft.Sentence if issubclass(slot.item, Extract) else wire_of(slot.item, form)
    # A schema without a needless limit is a shorter one.
    return (list[each], Field(min_length=slot.fewest or None, max_length=slot.most))  # type: ignore[valid-type]


@cache
def wire_of(item: type[Item], form: int = 0) -> type[draft.Wire]:
    """What a model writes to propose an item of this class, in one of `FORMS`: what its base is proposed by, and the
    fields added.

    Raises:
        ArtifactError: a field says nothing of how it is held to the evidence.
    """
    asked = {name: _extra(item, name, info) for name, info in item.extras()}
    added: dict[str, Any] = {name: (annotation, ...) for name, annotation in asked.items() if annotation is not None}
    base = FORMS[form].get(item.wire, item.wire)
    if not added:
        return base
    fields: dict[str, Any] = {name: (info.annotation, info) for name, info in base.model_fields.items()}
    if _COPIED in asked.values():
        # Where words must be those of a sentence, it is named first: one way to go on instead of one a sentence.
        fields = {name: fields[name] for name in sorted(fields, key=lambda name: name not in ("q", "s"))}
    made: type[draft.Wire] = create_model(f"Draft{item.__name__}", __base__=draft.Wire, **(fields | added))
    return made


def _extra(item: type[Item], name: str, info: FieldInfo) -> Any:
    """The type that a field of the user's has in a draft; None where no model is asked for it."""
    mark = mark_of(info)
    if isinstance(mark, Attributed) and optional(info):
        return None
    if isinstance(mark, Copied):
        return _COPIED
    if isinstance(mark, Counted):
        return _COUNTED | None if optional(info) else _COUNTED
    if isinstance(mark, Cued) and set(mark.words) == set(choices(info)):
        return Literal[choices(info)]
    raise ArtifactError(
        f"{item.__name__}.{name} could not be held to the evidence.",
        tip="Make it Words, Count, Speaker | None, or Annotated[Literal[...], Cued({...})] with words for each value; "
        "see summarizer.item.",
    )
