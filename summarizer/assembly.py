"""Step seven: what stands, with the record of how it was made, becomes a briefing."""

from __future__ import annotations

from summarizer import __version__, check
from summarizer.briefing import BaseBriefing, Slot
from summarizer.check import Checked
from summarizer.document import Document
from summarizer.item import Item
from summarizer.kind import Kind
from summarizer.model import weights
from summarizer.model.provider import ModelName
from summarizer.prompt import Prompt
from summarizer.recipe import Recipe
from summarizer.record import ArtifactRecord, Attempt, Provenance, SourceRecord, Usage
from summarizer.source import Source


def assembled(checked: Checked, source: Source, document: Document, provenance: Provenance, kind: Kind) -> BaseBriefing:
    """The briefing of what `checked` holds."""
    stands = {slot.name: _held(slot, checked[slot.name]) for slot in kind.slots}
    recorded = {
        "not_stated": _not_stated(kind, checked),
        "rejected": checked.rejected,
        "left_out": check.left_out(document),
        "source": source_record(source),
        "provenance": provenance,
    }
    return kind.cls(**stands, **recorded)  # type: ignore[arg-type]  # the fields of a class made at run time


def provenance(recipe: Recipe, name: ModelName, attempts: list[Attempt]) -> Provenance:
    """What made a briefing."""
    asked = {each.purpose for each in attempts}
    by_purpose = {"draft": recipe.prompt, "repair": recipe.repair, "merge": recipe.merge}
    prompts = [each for purpose, each in by_purpose.items() if each and (purpose == "draft" or purpose in asked)]
    return Provenance(
        tool=f"summarizer {__version__}",
        model=str(name),
        model_reported=next((each.model for each in reversed(attempts) if each.model), None),
        weights_sha256=weights.sha256(name.model) if name.embedded else None,
        prompts=[prompt_record(each) for each in prompts],
        schemas=list(recipe.schemas),
        policy=check.policy(),
        attempts=attempts,
        usage=Usage.of(attempts),
        seconds=round(sum(each.seconds for each in attempts), 3),
    )


def source_record(source: Source) -> SourceRecord:
    return SourceRecord(
        sha256=source.sha256,
        name=source.name,
        title=source.title,
        published=source.published,
        author=source.author,
        url=source.url,
        media_type=source.media_type,
        language=source.language,
        characters=len(source.text),
        hidden_characters=source.hidden_characters,
        hidden_places=source.hidden_places,
        pages=source.pages,
    )


def prompt_record(prompt: Prompt) -> ArtifactRecord:
    return ArtifactRecord(id=prompt.artifact.id, sha256=prompt.artifact.sha256)


def _held(slot: Slot, items: list[Item]) -> list[Item] | Item | None:
    return items if slot.many else next(iter(items), None)


def _not_stated(kind: Kind, checked: Checked) -> list[str]:
    tried = {each.field for each in checked.rejected}
    return [slot.name for slot in kind.slots if slot.asks and not checked[slot.name] and slot.name not in tried]
