"""A run on a cluster from its beginning, or from where it was stopped, to its end."""

from __future__ import annotations

import logging
import os
import time
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from summarizer.batch.brief import SERVERS
from summarizer.batch.facts import facts, model_of, refuse_other
from summarizer.batch.folder import locked
from summarizer.batch.outcome import Outcome
from summarizer.batch.table import Columns
from summarizer.errors import JournalError, UsageError
from summarizer.model.provider import ModelName
from summarizer.recipe import Recipe
from summarizer.settings import Settings
from summarizer.summarize import project_of
from summarizer.text import one_line

LARGEST = 256
"""Rows of a part at most."""

_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",  # nothing is told to Ray's makers
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_BACKEND_LOG_LEVEL": "fatal",
}


class Told(Protocol):
    """Told of a run while it goes on."""

    def beginning(self, pending: int) -> None:
        """So many articles are to be briefed."""

    def part(self, done: int, failed: int, tokens: int, dollars: float) -> None:
        """So many more have their briefing; or have none; for so much, as far as prices are known."""

    def pausing(self, seconds: float) -> None:
        """Nothing is sent for so long, as the server asks."""


class Unheard:
    """Tells nobody."""

    def beginning(self, pending: int) -> None: ...
    def part(self, done: int, failed: int, tokens: int, dollars: float) -> None: ...
    def pausing(self, seconds: float) -> None: ...


def brief_tables(
    inputs: Iterable[str | Path],
    folder: str | Path,
    settings: Settings | None = None,
    *,
    schema: str = "briefing",
    workers: int | None = None,
    concurrency: int | None = None,
    retry_failed: bool = False,
    columns: Columns | None = None,
    known: dict[str, str] | None = None,
    told: Told | None = None,
) -> Outcome[str]:
    """Briefs every row of tables in Parquet, or those that a run left over, on the cluster of Ray that
    RAY_ADDRESS names; without it, on one of this machine's own that ends with the run.

    The same call goes on with a run that was stopped, however it was. Calls that were on their way are made again.

    Args:
        inputs: tables, and folders of them, as paths or addresses.
        folder: the run's own, on storage that all machines see, as a path or an address.
        schema: the name of a kind of briefing.
        workers: how many processes there are; by default, one a CPU of the cluster.
        concurrency: how many articles each of them briefs at a time.
        retry_failed: whether what failed is tried again.
        columns: what the columns of a table are called.
        known: `published` and `language` of articles that do not say.

    Raises:
        JournalError: the run is damaged, in use, or was begun otherwise; or there is something else in its folder.
        UsageError: Ray is not installed, or see `summarizer.batch.brief_all`.
        ArtifactError: see `Summarizer`.
    """
    _require_ray()
    from summarizer.cluster import parts, rows
    from summarizer.cluster.folder import Folder
    from summarizer.cluster.parcel import Parcel
    from summarizer.cluster.worker import Job

    settings, known, columns, began = settings or Settings(), known or {}, columns or Columns(), time.monotonic()
    told = told or Unheard()
    name, run = _model(settings), Folder.at(str(folder))
    project = project_of(settings.project)
    now = facts(Recipe.of(schema, settings.prompt, project), settings, known)
    with locked(run.local) if run.local else nullcontext():
        refuse_other(run.shown, parts.begin(run, now), now)
        if retry_failed:
            parts.retry(run)
        before = parts.kept(run)
        plan = rows.planned(rows.tables(inputs), columns, before.keys)
        told.beginning(plan.todo)
        stopped = None
        if plan.todo:
            asked = replace(settings, model=str(name), project=None)
            at_once = concurrency or (1 if name.embedded else SERVERS)
            job = Job(asked, schema, known, Parcel.of(project), _environment(name), run, at_once)
            with _cluster():
                stopped = _briefed(plan, job, columns, workers, told)
        after = parts.kept(run)
        pending = plan.todo - (len(after.keys) - len(before.keys))
        state = after.state(pending, plan.duplicates, plan.duplicate)
        return Outcome(state, run.shown, run.shown, time.monotonic() - began, stopped)


def _briefed(plan: Any, job: Any, columns: Columns, workers: int | None, told: Told) -> BaseException | None:
    """Briefs what is planned; what ended it before its end."""
    import ray
    import ray.data
    from ray.data import ActorPoolStrategy, DataContext

    from summarizer.cluster import gate, rows
    from summarizer.cluster.worker import Worker

    count = workers or max(int(ray.cluster_resources().get("CPU", 1)), 1)
    size = min(LARGEST, max(-(-plan.todo // (count * 4)), 1))
    at_once = -(-job.concurrency // size) + 1
    here = ray.get_runtime_context().get_node_id()
    try:
        opened = gate.opened(f"gate-{sha256(job.folder.path.encode()).hexdigest()[:16]}", here)
    except ValueError as error:
        raise JournalError(f"Another process works on the run {one_line(job.folder.shown, 200)}.") from error
    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.target_max_block_size = 1  # a part is a row, and a block of its own, which any worker may take

    def read(batch: dict[str, Any]) -> Iterator[dict[str, list[bytes]]]:
        for piece in batch["piece"]:
            for part in rows.parts(rows.received(piece), size, columns):
                yield {"part": [part]}

    # None waits for a core: workers mostly wait for a server, and find a place on whatever machine is left. A byte of
    # memory is all that tells reading from briefing, which Ray would otherwise make one step of one worker.
    pieces = [{"piece": rows.shipped(each)} for each in plan.pieces]
    parts = ray.data.from_items(pieces, override_num_blocks=len(pieces)).map_batches(
        read, batch_size=1, num_cpus=0, memory=1, label_selector={"ray.io/node-id": here}
    )
    pool = ActorPoolStrategy(
        size=count,
        max_concurrent_calls_per_actor=at_once,
        max_tasks_in_flight_per_actor=at_once,
        enable_true_multi_threading=True,
    )
    made = parts.map_batches(
        Worker, fn_constructor_kwargs={"job": job, "gate": opened}, batch_size=1, num_cpus=0, compute=pool
    )
    for row in made.iter_rows():
        told.part(row["done"], row["failed"], row["tokens"], row["dollars"])
        if (pause := ray.get(opened.pause.remote())) > 1:
            told.pausing(pause)
    stopped: BaseException | None = ray.get(opened.stopped.remote())
    ray.kill(opened)
    return stopped


@contextmanager
def _cluster() -> Iterator[None]:
    """Connected to a cluster while this lasts; to that of the caller, if there is one."""
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    import ray
    import ray.data

    logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # what it logs is raised too
    if ray.is_initialized():
        yield
        return
    address = os.environ.get("RAY_ADDRESS")
    own: dict[str, Any] = {} if address else {"include_dashboard": False}
    try:
        with _hushed():
            ray.init(address=address or "local", log_to_driver=False, logging_level=logging.ERROR, **own)
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise UsageError(
            f"There is no cluster of Ray at {one_line(address or 'this machine', 120)}: {one_line(str(error), 200)}.",
            tip="Start one: ray start --head. Or unset RAY_ADDRESS, for one of this machine's own.",
        ) from error
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module=r"ray\.")  # of its own making, and nobody else's to mend
            yield
    finally:
        ray.shutdown()


@contextmanager
def _hushed() -> Iterator[None]:
    """Ray's native part says on standard error that it was told to be silent."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _model(settings: Settings) -> ModelName:
    """
    Raises:
        UsageError: what a cluster cannot do is asked for.
    """
    if settings.cassette is not None:
        raise UsageError("A cassette holds one briefing, and a run keeps all exchanges.", tip="Leave it out.")
    if not (settings.model is None or isinstance(settings.model, str)):
        raise UsageError("A model that answers from drafts stays in its process.", tip="Use summarizer.batch.")
    name = model_of(settings)
    if not name.embedded:
        name.api_key()  # before anything is started
    return name


def _environment(name: ModelName) -> dict[str, str]:
    wanted = (name.provider.key, "SUMMARIZER_OFFLINE")
    return {each: os.environ[each] for each in wanted if each and each in os.environ}


def _require_ray() -> None:
    if find_spec("ray") is None or find_spec("pyarrow") is None:
        raise UsageError("--engine ray needs Ray, which is not installed.", tip="pip install 'summarizer[ray]'")
