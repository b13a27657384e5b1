"""The batches of a run ended at their provider."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.batch import batches
from summarizer.batch.batches import Sent
from summarizer.batch.folder import locked
from summarizer.batch.journal import Journal
from summarizer.batch.requests import path_of
from summarizer.connection import Connections
from summarizer.model.batch import ENDED
from summarizer.settings import Settings, Silent
from summarizer.summarize import loop

if TYPE_CHECKING:
    from summarizer.model.batches import Batches


def cancel(folder: str | Path) -> list[Sent]:
    """Asks for the end of all open batches of a run, and returns them as they are then.

    What they answer until they end can still be collected, and has to be paid for.

    Raises:
        JournalError: there is no run, or it is in use.
        ModelError: the provider cannot be asked.
    """
    folder = Path(folder)
    Journal(folder).close()  # before a folder is made for its lock
    with locked(folder), closing(Journal(folder)) as journal:
        found = batches.sent(journal, only_open=True)
        if found:
            asyncio.run_coroutine_threadsafe(_cancel(journal, folder, found), loop()).result()
        return batches.sent(journal, only_open=True)


async def _cancel(journal: Journal, folder: Path, found: list[Sent]) -> None:
    from summarizer.model.batches import Batches

    settings = Settings(model=journal.facts["model"], base_url=journal.facts["address"])
    client = (await asyncio.to_thread(Connections(settings, Silent()).open, lambda: None)).client  # type: ignore[arg-type, return-value]  # nothing is recorded
    remote = Batches(client)
    try:
        for each in found:
            await _end(journal, folder, remote, each)
    finally:
        await client.close()


async def _end(journal: Journal, folder: Path, remote: Batches, batch: Sent) -> None:
    if batch.id is None and batch.creating is None:
        await batches.drop(journal, batch)
        path_of(folder, batch.number).unlink(missing_ok=True)
        return
    known = await (remote.get(batch.id) if batch.id else remote.find(batch.file or "", batch.key))
    if known is None:  # the command itself waits for whether it turns up yet
        return
    if known.status not in (*ENDED, "cancelling"):
        known = await remote.cancel(known.id)
    await batches.told(journal, batch, known)
