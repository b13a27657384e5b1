"""A worker: a process on any machine of the cluster that briefs the rows of parts, many at a time."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from summarizer.batch.bug import Bug, shown
from summarizer.batch.entry import Entry
from summarizer.batch.facts import facts, model_of, refuse_other
from summarizer.batch.items import BUG, PASSING
from summarizer.batch.reading import read
from summarizer.briefing import BaseBriefing
from summarizer.cassette import Response
from summarizer.cluster import parts, rows
from summarizer.cluster.folder import Folder
from summarizer.cluster.parcel import Parcel
from summarizer.cluster.spent import Spent
from summarizer.cluster.tape import SharedTape
from summarizer.errors import JournalError, SourceError, SummarizerError
from summarizer.prices import Tariff
from summarizer.recipe import Recipe
from summarizer.settings import Settings
from summarizer.source import Source
from summarizer.summarize import Summarizer, loop

THREADS = 16
"""That read articles, and put down answers, in a worker."""


@dataclass(frozen=True)
class Job:
    """What each worker is handed.

    Attributes:
        settings: how briefings are made; their project goes in `parcel`.
        schema: the name of the kind of briefing.
        known: what is taken to be known of every article that does not say otherwise.
        environment: variables that the model is asked with, such as its key.
        folder: where the run is.
        concurrency: how many articles a worker briefs at a time.
    """

    settings: Settings
    schema: str
    known: dict[str, str]
    parcel: Parcel
    environment: dict[str, str]
    folder: Folder
    concurrency: int


class Worker:
    """Takes parts. Several at a time, so that the last rows of one do not leave places empty."""

    def __init__(self, job: Job, gate: Any) -> None:
        self._job, self._gate = job, gate
        self._threads = ThreadPoolExecutor(THREADS, "worker")
        self._places = asyncio.Semaphore(job.concurrency)
        self._loop = loop()  # made here, before several threads ask for it
        os.environ.update(job.environment)

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[float]]:
        """What came of the rows of one part: how many have a briefing, how many failed, and what all cost."""
        (part,) = batch["part"]
        done = asyncio.run_coroutine_threadsafe(self._part(rows.unpacked(part)), self._loop).result()
        failed = sum(bool(each["kind"]) for each in done)
        tokens = sum(each["tokens_read"] + each["tokens_written"] for each in done)
        dollars = sum(each["dollars"] or 0.0 for each in done)
        return {"done": [len(done) - failed], "failed": [failed], "tokens": [tokens], "dollars": [dollars]}

    @cached_property
    def _tariff(self) -> Tariff | None:
        return Tariff.of(model_of(self._job.settings))

    @cached_property
    def _summarizer(self) -> Summarizer[BaseBriefing]:
        """
        Raises:
            JournalError: this machine does not see the run, or has another release of summarizer.
        """
        job = self._job
        settings = replace(job.settings, project=(project := job.parcel.unpacked()))
        then = parts.read_facts(job.folder)
        refuse_other(
            job.folder.shown, then, facts(Recipe.of(job.schema, settings.prompt, project), settings, job.known)
        )
        return Summarizer(settings, schema=job.schema)

    async def _part(self, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The rows that are finished; those that were stopped wait for another run."""
        if await self._gate.stopped.remote():
            return []
        try:
            before = dict(await self._threaded(list, parts.answers(self._job.folder, [row["key"] for row in given])))
            await self._threaded(lambda: self._summarizer)
            made = await asyncio.gather(*(self._placed(row, before.get(row["key"], [])) for row in given))
            if done := [each for each in made if each]:
                await self._threaded(parts.write, self._job.folder, done)
                await asyncio.gather(*(self._tidied(row) for row in done if row["kind"] not in PASSING))
            return done
        except SummarizerError as error:
            await self._gate.stop.remote(error)
            return []

    async def _placed(self, row: dict[str, Any], answered: Sequence[tuple[str, Response]]) -> dict[str, Any] | None:
        async with self._places:
            return await self._finished(row, answered)

    async def _finished(self, row: dict[str, Any], answered: Sequence[tuple[str, Response]]) -> dict[str, Any] | None:
        """The row as it stands in a part; None where the run was stopped before."""
        spent = Spent(self._tariff, [response for _, response in answered])
        told: dict[str, Any] = dict.fromkeys(parts.SCHEMA.names)
        told |= {name: row[name] for name in ("key", "number", "id")}
        told["name"] = row["id"] or row["where"] or row["named"]
        while True:
            tape = SharedTape(row["key"], answered, self._job.folder, self._gate, self._threads, spent)
            try:
                source = await self._threaded(self._read, row)
                made = await self._summarizer.taped(source, tape)
                await self._gate.done.remote(row["key"])
                return told | {"briefing": made.model_dump_json(by_alias=True)} | spent.columns
            except JournalError:
                raise
            except Exception as error:  # noqa: BLE001 (one row's, or the gate stops the run)
                verdict = await self._gate.failed.remote(row["key"], _sent(error))
                kind = error.kind if isinstance(error, SummarizerError) else BUG
                answered = await self._left(row["key"], tape.answered, kind if verdict == "failed" else PASSING[0])
                if verdict == "failed":
                    return told | _failure(error) | spent.columns
                if verdict == "stopped":
                    return None
            finally:
                await tape.over()

    def _read(self, row: dict[str, Any]) -> Source:
        known = json.loads(row["known"])
        if row["fault"]:
            raise SourceError(row["fault"], tip=row["tip"])
        if row["raw"] is not None:
            return Source.from_bytes(row["raw"], name=row["where"], **(self._job.known | known))
        place = f"address:{row['where']}" if row["where"] else ""
        entry = Entry(place, row["named"], row["id"], row["where"], row["text"], known=known)
        return read(entry, self._job.known, allow_private=self._job.settings.allow_private)

    async def _left(self, key: str, answered: list[tuple[str, Response]], kind: str) -> list[tuple[str, Response]]:
        """What a row was answered that is still good, which is all that is kept of it."""
        good = [each for each in answered if each[1].status < 400] if kind in PASSING else []
        if answered and good:
            await self._threaded(parts.keep, self._job.folder, key, good)
        elif answered:
            await self._threaded(parts.forget, self._job.folder, key)
        return good

    async def _tidied(self, row: dict[str, Any]) -> None:
        if row["attempts"] or row["cached"]:
            await self._threaded(parts.forget, self._job.folder, row["key"])

    async def _threaded(self, work: Any, *given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *given)


def _sent(error: Exception) -> Exception:
    """What can be sent to the gate: of what is not ours, nobody knows whether it can."""
    return error if isinstance(error, SummarizerError) else Bug(shown(error))


def _failure(error: Exception) -> dict[str, Any]:
    if isinstance(error, SummarizerError):
        return {"kind": error.kind, "message": error.message, "tip": error.tip}
    return {"kind": BUG, "message": shown(error), "tip": "Please report it."}
