"""Briefings a second on one core, replayed from cassettes: everything but the model, in one warm process.

    python -m benchmarks.replay [COUNT]

Each briefing is made from an article file and a cassette file of its own: copies of the examples in which the
invented names are others each time, in the article and in what was recorded alike. So nothing can be remembered of
an article or a file; what is remembered between briefings are the prompts, the schema and the words of the language.
Beside it the bare cost of openai and instructor: the same messages, answered with the same bytes from memory and
validated against the same models, by one client that is kept. The steps are timed in a second run. All figures are
of processor time, so that other processes on the machine do not count.
"""

from __future__ import annotations

import csv
import itertools
import json
import os
import statistics
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, wraps
from inspect import iscoroutinefunction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from pydantic import BaseModel, create_model

from summarizer import Briefing, Settings, Source, Summarizer
from summarizer.cassette import Cassette
from summarizer.check import Checker
from summarizer.document import Document
from summarizer.kind import kind_of
from summarizer.model import grammar
from summarizer.model.client import Client
from summarizer.prompt import Prompt
from summarizer.view import View

ROOT = Path(__file__).parent.parent
WARM_UP = 10
GOAL = 25.0
NAMES = {
    "strike": ("Hazmet", "Sarhat", "Farouz", "Revik"),
    "refinery": ("Corvane", "Thibeaux", "Mehrotra"),
    "rates": ("Aldane", "Marchesi"),
    "resignation": ("Ostrey", "Haldreth", "Saravel"),
    "outbreak": ("Cabrol", "Quesnel", "Iturbe"),
}
"""Names that stand in an example as whole words, and in no word list."""

STEPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("source", Source, ("read",)),
    ("cassette read", Cassette, ("__init__",)),
    ("document", Document, ("of",)),
    ("prompt", Prompt, ("load", "render")),
    ("view", View, ("of", "around", "text")),
    ("grammar", grammar, ("lower",)),
    ("request and answer", Client, ("__init__", "ask", "close")),
    ("check", Checker, ("__init__", "check", "mend")),
    ("to_json", Briefing, ("to_json",)),
)
"""A step's name and the calls that make it up; what one step calls of another counts there."""


@dataclass(frozen=True)
class Job:
    """An article and its cassette, in files of their own."""

    name: str
    article: Path
    cassette: Path
    published: str

    def brief(self) -> str:
        source = Source.read(self.article, published=self.published)
        with Summarizer(Settings(cassette=self.cassette)) as summarizer:
            return summarizer.brief(source).to_json()


def main(count: int) -> None:
    _on_one_core()
    with TemporaryDirectory() as folder:
        made = _jobs(Path(folder))
        warm_up, jobs = list(itertools.islice(made, WARM_UP)), list(itertools.islice(made, count))
        bare = [_bare(job) for job in jobs]
        for job in warm_up:
            job.brief()
        bare[0]()
        # In turn, because a machine's speed changes while this runs.
        ours, theirs = zip(
            *((_milliseconds(job.brief), _milliseconds(run)) for job, run in zip(jobs, bare, strict=True)), strict=True
        )
        with _timed_steps() as steps:
            whole = sum(_milliseconds(job.brief) for job in jobs)
    _report(jobs, ours, theirs)
    _report_steps({name: spent / count for name, spent in steps.items()}, whole / count)


def _on_one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    else:
        print("this system pins no process to a core")


def _jobs(folder: Path) -> Iterator[Job]:
    """The examples in turn, again and again, each time under other names."""
    with (ROOT / "examples" / "published.tsv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    published = {row["file"].removesuffix(".txt"): row["published"] for row in rows}
    for number, (letters, name) in enumerate(itertools.product(_letters(), published)):
        renamed = {each: each[:2] + letters + each[4:] for each in NAMES[name]}
        article, cassette = folder / f"{number}.txt", folder / f"{number}.json"
        _copy(ROOT / "examples" / f"{name}.txt", article, renamed)
        _copy(ROOT / "cassettes" / "briefing@2" / f"{name}.json", cassette, renamed)
        yield Job(name, article, cassette, published[name])


def _letters() -> Iterator[str]:
    return map("".join, itertools.product("bdfglmnprtvz", repeat=2))


def _copy(source: Path, target: Path, renamed: dict[str, str]) -> None:
    text = source.read_text(encoding="utf-8")
    for old, new in renamed.items():
        text = text.replace(old, new)
    target.write_text(text, encoding="utf-8")


def _bare(job: Job) -> Callable[[], None]:
    """The job's questions asked by openai and instructor alone, each answered from memory."""
    tape = json.loads(job.cassette.read_text(encoding="utf-8"))["interactions"]
    answers = [json.dumps(each["response"]["body"]).encode() for each in tape]
    questions = [(each["request"]["body"]["messages"], _model_of(each["response"]["body"])) for each in tape]

    def run() -> None:
        client = _client()
        _answers.extend(answers)
        for messages, model in questions:
            client.chat.completions.create(model="local", messages=messages, response_model=model, max_retries=1)

    return run


def _model_of(answer: dict[str, Any]) -> type[BaseModel]:
    """The part of the draft that an answer gives: all of it, or what a repair asked for."""
    return _part_of_draft(tuple(json.loads(answer["choices"][0]["message"]["content"])))


@cache
def _part_of_draft(fields: tuple[str, ...]) -> type[BaseModel]:
    whole = kind_of(Briefing).draft
    if set(fields) == set(whole.model_fields):
        return whole
    asked: dict[str, Any] = {each: (whole.model_fields[each].annotation, ...) for each in fields}
    part: type[BaseModel] = create_model("Repair", **asked)
    return part


_answers: deque[bytes] = deque()


@cache
def _client() -> Any:
    """Answers with what is in `_answers`, one after the other."""
    import httpx2
    import instructor
    from openai import OpenAI

    def answer(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, headers={"content-type": "application/json"}, content=_answers.popleft())

    http = httpx2.Client(transport=httpx2.MockTransport(answer))
    openai = OpenAI(base_url="http://127.0.0.1/v1", api_key="none", max_retries=0, http_client=http)
    return instructor.from_openai(openai, mode=instructor.Mode.JSON_SCHEMA)


def _milliseconds(call: Callable[[], Any]) -> float:
    started = time.process_time()
    call()
    return (time.process_time() - started) * 1000


@contextmanager
def _timed_steps() -> Iterator[dict[str, float]]:
    """Milliseconds by step while this lasts. Only one briefing is made at a time, so one stack of steps will do."""
    spent = dict.fromkeys((name for name, _, _ in STEPS), 0.0)
    clock = _Clock(spent)
    with ExitStack() as stack:
        for step, owner, names in STEPS:
            for name in names:
                stack.enter_context(patch.object(owner, name, clock.around(step, owner, name)))
        yield spent


class _Clock:
    """Gives time to the step begun last, until that ends."""

    def __init__(self, spent: dict[str, float]) -> None:
        self._spent = spent
        self._stack: list[str] = []
        self._since = 0.0

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        self._settle()
        self._stack.append(name)
        try:
            yield
        finally:
            self._settle()
            self._stack.pop()

    def _settle(self) -> None:
        now = time.process_time()
        if self._stack:
            self._spent[self._stack[-1]] += (now - self._since) * 1000
        self._since = now

    def around(self, step: str, owner: Any, name: str) -> Any:
        """The attribute `name` of `owner`, whatever its kind, timed as a part of `step`."""
        found = next(vars(each)[name] for each in getattr(owner, "__mro__", [owner]) if name in vars(each))
        function = found.__func__ if isinstance(found, classmethod) else found

        @wraps(function)
        def call(*given: Any, **named: Any) -> Any:
            with self.step(step):
                return function(*given, **named)

        @wraps(function)
        async def wait(*given: Any, **named: Any) -> Any:
            with self.step(step):
                return await function(*given, **named)

        timed = wait if iscoroutinefunction(function) else call
        return classmethod(timed) if isinstance(found, classmethod) else timed


def _report(jobs: list[Job], ours: Sequence[float], theirs: Sequence[float]) -> None:
    print(f"{len(jobs)} briefings, one cassette file each, one process on one core\n")
    print("| | briefings/s | ms, median | ms, mean | openai and instructor alone: ms, median | ms, mean |")
    print("|---|---|---|---|---|---|")
    for name in [*NAMES, "all"]:
        rows = [pair for job, *pair in zip(jobs, ours, theirs, strict=True) if name in (job.name, "all")]
        mine, bare = zip(*rows, strict=True)
        figures = [1000 / statistics.mean(mine), statistics.median(mine), statistics.mean(mine)]
        figures += [statistics.median(bare), statistics.mean(bare)]
        print(f"| {name} | " + " | ".join(f"{each:.1f}" for each in figures) + " |")
    print(f"\ngoal: {1000 / GOAL:.0f} briefings/s, {GOAL:.0f} ms each")


def _report_steps(steps: dict[str, float], whole: float) -> None:
    print("\n| step | ms, mean |\n|---|---|")
    for name, spent in [*steps.items(), ("everything else", whole - sum(steps.values())), ("all", whole)]:
        print(f"| {name} | {spent:.2f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
