"""A run from its beginning, or from where it was stopped, to its end."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Literal

from summarizer.batch import batches, items, output
from summarizer.batch.facts import facts, model_of, refuse_other
from summarizer.batch.folder import locked
from summarizer.batch.inputs import Entries, Inputs
from summarizer.batch.journal import Journal
from summarizer.batch.outcome import Outcome, State, state
from summarizer.batch.output import FAILURES, Form
from summarizer.batch.purse import Purse
from summarizer.batch.requests import Limits
from summarizer.batch.run import Run, Told, Unheard
from summarizer.batch.workers import Workers, wanted
from summarizer.briefing import BaseBriefing, Briefing
from summarizer.errors import JournalError, UsageError
from summarizer.prices import Tariff
from summarizer.recipe import Recipe
from summarizer.settings import Settings, Watcher
from summarizer.source import Source
from summarizer.summarize import Summarizer, project_of
from summarizer.text import one_line

Engine = Literal["live", "openai-batch"]
"""How a model is asked: one request after the other, or by a provider's batches."""

SERVERS = 8
"""How many requests are on their way at a time, unless it is said; the embedded model takes one."""


def brief_all(
    inputs: Entries | Iterable[Source | str | Path],
    folder: str | Path,
    settings: Settings | None = None,
    *,
    schema: type[BaseBriefing] | str = Briefing,
    form: Form = "jsonl",
    concurrency: int | None = None,
    engine: Engine = "live",
    wait: bool = True,
    limits: Limits | None = None,
    retry_failed: bool = False,
    budget: float | None = None,
    known: dict[str, str] | None = None,
    watcher: Watcher | None = None,
    told: Told | None = None,
) -> Outcome:
    """Briefs every article of `inputs`, or those that a run left over.

    The same call goes on with a run that was stopped, however it was; what is done is not asked for again. Works
    inside a running event loop too, which it blocks.

    Args:
        inputs: see `Inputs`. A run may be given more of them later.
        folder: the run's own.
        settings: how briefings are made. `cassette` is not for here.
        form: of the briefings: lines of JSON, a table, or a file each.
        concurrency: how many requests are on their way at a time.
        engine: `openai-batch` asks by the batches of OpenAI, or of a server that has the same API.
        wait: whether to wait for batches; else what is open stays so, and the same call collects it.
        limits: of a batch, other than the provider's.
        retry_failed: whether what failed is tried again.
        budget: dollars that the run may cost in all, with what it cost before. Where the next request might pass it,
            the run stops. What an answer costs at most is known before: no token is shorter than a byte.
        known: `published` and `language` of articles that do not say.

    Raises:
        JournalError: the run is damaged, in use, or was begun otherwise; or it can be written no more.
        UsageError: there is nothing to brief, the settings contradict each other, there is a budget and no price, or
            the form needs a library that is not installed.
        ArtifactError: see `Summarizer`.
        KeyboardInterrupt: the second Ctrl-C.
    """
    settings, folder, began = settings or Settings(), Path(folder), time.monotonic()
    if settings.cassette is not None:
        raise UsageError("A cassette holds one briefing, and a run keeps all exchanges.", tip="Leave it out.")
    output.refuse_unwritable(form)
    recipe = Recipe.of(schema, settings.prompt, project_of(settings.project))
    tariff = _tariff(settings, budget)
    _refuse_engine(engine, settings, budget)
    now, known = facts(recipe, settings, known or {}), known or {}
    summarizer: Summarizer[BaseBriefing] = Summarizer(settings, schema=schema, watcher=watcher)
    with locked(folder), summarizer, closing(Journal.begun(folder, now)) as journal:
        refuse_other(str(folder), journal.facts, now)
        purse = Purse(tariff, budget, _spent(journal, budget))
        named = inputs if isinstance(inputs, Entries) else Inputs(inputs)
        if engine == "live":
            _refuse_open(journal, folder)
        items.register(journal, named.entries(without=folder, allow_private=settings.allow_private))
        if retry_failed:
            items.retry(journal)
        told = told or Unheard()
        pending, embedded = state(journal).pending, model_of(settings).embedded
        told.beginning(pending)
        concurrency = concurrency or (1 if embedded else SERVERS)
        run: Run
        if engine == "openai-batch":
            from summarizer.batch.remote import BatchRun

            run = BatchRun(journal, summarizer, known, told, purse, folder, concurrency, limits or Limits(), wait=wait)
        else:
            number = 0 if embedded else wanted(settings, schema, pending, concurrency)
            processes = partial(Workers, settings, schema, number) if number else None
            run = Run(journal, summarizer, known, told, purse, concurrency, processes)
        run.finish()
        if isinstance(run.stopped, JournalError):
            raise run.stopped
        briefings = output.write(journal, folder, form, recipe.kind)
        return Outcome(state(journal), briefings, folder / FAILURES, time.monotonic() - began, run.stopped)


def _tariff(settings: Settings, budget: float | None) -> Tariff | None:
    """
    Raises:
        UsageError: there is a budget that cannot be kept, since nobody knows what the model costs; or it is no sum.
    """
    tariff = Tariff.of(name := model_of(settings))
    if budget is None:
        return tariff
    if not (math.isfinite(budget) and budget >= 0):
        raise UsageError(f"A budget of {budget:g} dollars is none.", tip="Give a number, such as 5.00.")
    if tariff is None:
        raise UsageError(
            f"Nobody knows what {one_line(str(name), 80)} costs, so no budget can be kept.",
            tip="Leave out --budget, or name a model whose price is known, such as openai/gpt-5-mini.",
        )
    return tariff


def _spent(journal: Journal, budget: float | None) -> float:
    """
    Raises:
        UsageError: there is a budget, and nobody knows what was spent.
    """
    dollars = state(journal).dollars
    if dollars is None and budget is not None:
        raise UsageError(
            "The run has requests whose price nobody knew, so no budget can be kept.", tip="Leave out --budget."
        )
    return dollars or 0.0


def _refuse_engine(engine: Engine, settings: Settings, budget: float | None) -> None:
    if engine == "live":
        return
    if budget is not None:
        raise UsageError(
            f"A budget stops a run between two requests, and --engine {engine} sends them all at once.",
            tip="See what it would cost with --dry-run, and leave --budget out.",
        )
    name = model_of(settings)
    if name.embedded or not (settings.model is None or isinstance(settings.model, str)):
        raise UsageError(
            f"{name} has no batches, which --engine {engine} asks by.",
            tip="Name a model of a provider that has them, such as --model openai/gpt-5-mini, or leave --engine out.",
        )


def _refuse_open(journal: Journal, folder: Path) -> None:
    """What is asked by a batch is paid for there."""
    if found := batches.sent(journal, only_open=True):
        asked = sum(batches.unanswered(journal, each) for each in found)
        raise JournalError(
            f"{asked:,} requests of the run are in batches at the provider.",
            tip="Collect them: the same command with --engine openai-batch. "
            f"Or end them: summarizer runs cancel {one_line(str(folder), 200)}",
        )


def run_state(folder: str | Path) -> State:
    """How a run stands, which may be going on.

    Raises:
        JournalError: there is none, or it cannot be read.
    """
    with closing(Journal(Path(folder))) as journal:
        return state(journal)
