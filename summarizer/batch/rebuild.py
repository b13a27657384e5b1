"""The briefings of a run made again from what the model answered then, by the check of today, with no call."""

from __future__ import annotations

import asyncio
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from summarizer.batch import items, output
from summarizer.batch.facts import CHECK, facts, refuse_other
from summarizer.batch.folder import locked
from summarizer.batch.journal import Journal
from summarizer.batch.output import Form
from summarizer.batch.tape import StoredTape
from summarizer.briefing import BaseBriefing
from summarizer.errors import SummarizerError
from summarizer.project import Project
from summarizer.recipe import Recipe
from summarizer.settings import Settings
from summarizer.summarize import Summarizer, loop, project_of


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """
    Attributes:
        made: how many briefings were made again, of which `changed` are now others.
        kept: those that could not be made, and stay as they were: what they are called, and why.
        briefings: the file, or the folder, that they are in.
    """

    made: int
    changed: int
    kept: tuple[tuple[str, str], ...]
    briefings: Path


def rebuild(
    folder: str | Path,
    *,
    schema: type[BaseBriefing] | str | None = None,
    project: Project | str | Path | None = None,
    form: Form = "jsonl",
) -> Rebuilt:
    """Makes the briefings of a run again, from its journal alone.

    What today's check would ask once more, and was not asked then, stays unasked.

    Args:
        schema: the kind of briefing, where it is none that its name finds.
        project: where its prompts, schemas and kinds are.

    Raises:
        JournalError: there is no run, it is in use, or its prompts or schemas are others today.
    """
    folder = Path(folder)
    output.refuse_unwritable(form)
    Journal(folder).close()  # before a folder is made for its lock
    with locked(folder), closing(Journal(folder)) as journal:
        then = journal.facts
        settings = Settings(
            model=then["model"], base_url=then["address"], prompt=then["prompts"][0]["id"], project=project
        )
        recipe = Recipe.of(schema or then["kind"], settings.prompt, project_of(project))
        now = facts(recipe, settings, then["known"])
        refuse_other(str(folder), then | {CHECK: now[CHECK]}, now)
        with Summarizer(settings, schema=schema or then["kind"]) as summarizer:
            made, changed, kept = _rebuilt(journal, summarizer)
        journal.set_facts(now)
        return Rebuilt(made, changed, kept, output.write(journal, folder, form, recipe.kind))


def _rebuilt(journal: Journal, summarizer: Summarizer[BaseBriefing]) -> tuple[int, int, tuple[tuple[str, str], ...]]:
    made = changed = 0
    kept: list[tuple[str, str]] = []
    for number in items.finished(journal):
        item, before = items.item(journal, number), items.briefing(journal, number)
        if item.source is None:
            raise LookupError(f"article {number} has a briefing and no source")
        tape = StoredTape(item.answers)
        try:
            briefing = asyncio.run_coroutine_threadsafe(summarizer.taped(item.source, tape), loop()).result()
        except SummarizerError as error:
            kept.append((item.entry.named, error.message))
            continue
        made += 1
        if (text := briefing.model_dump_json(by_alias=True)) != before:
            changed += 1
            items.replace(journal, number, text)
    return made, changed, tuple(kept)
