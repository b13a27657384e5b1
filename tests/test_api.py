"""What `from summarizer import …` gives, how fast it comes, and the two forms of `brief`."""

from __future__ import annotations

import ast
import asyncio
import json
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from drafts import ARTICLE, DRAFT, FAILING, MODEL, PUBLISHED, REPAIR, by_article, completion, serving
from fault_server import Answer, Completion, FaultServer, Received, Status

import summarizer
from summarizer import AuthenticationError, Briefing, Settings, Summarizer, abrief, brief

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from summarizer.model.engine import Engine
    from summarizer.model.provider import ModelName

HEAVY = {"pydantic", "openai", "instructor", "rich", "httpx2", "xllamacpp", "jinja2", "dateparser"}


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with serving() as started:
        yield started


def content(briefing: Briefing) -> dict[str, object]:
    """What a briefing says, without how long it took."""
    return briefing.model_dump(exclude={"provenance"})


def in_threads(work: Callable[[str], Briefing], *articles: str) -> list[Future[Briefing]]:
    """What each call came to, all of them made at once."""
    with ThreadPoolExecutor(len(articles)) as pool:
        return [pool.submit(work, article) for article in articles]


# What there is


@pytest.mark.parametrize("name", summarizer.__all__)
def test_every_public_name_can_be_imported(name: str) -> None:
    assert getattr(summarizer, name) is not None


def test_all_is_sorted_and_says_everything_once() -> None:
    assert summarizer.__all__ == sorted(set(summarizer.__all__))


def test_all_misses_nothing_public() -> None:
    """Everything that `__init__` imports from the package for its users is in `__all__`."""
    tree = ast.parse(Path(summarizer.__file__).read_text(encoding="utf-8"))
    imports = [each for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)]
    ours = {name.name for each in imports if (each.module or "").startswith("summarizer") for name in each.names}
    assert ours == set(summarizer.__all__) - {"__version__"}


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'summarizer' has no attribute 'briefs'"):
        _ = summarizer.briefs


def test_dir_lists_what_is_public() -> None:
    assert dir(summarizer) == summarizer.__all__


# How fast it comes


def loaded(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter has after `code`."""
    report = "import sys, json; print('\\n' + json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "code",
    [
        "import summarizer",
        "from summarizer.cli import run; assert run(['--help']) == 0",
        "from summarizer.cli import run; assert run(['--version']) == 0",
        "from summarizer.cli import run; assert run(['brief', '--help']) == 0",
    ],
)
def test_what_needs_no_model_loads_nothing_heavy(code: str) -> None:
    assert loaded(code) & HEAVY == set()


def test_what_makes_a_briefing_does_load_it() -> None:
    """Or the test above would pass for a program that does nothing."""
    assert {"pydantic", "jinja2"} <= loaded("import summarizer; summarizer.Summarizer()")


# What it stands on

FLOORS = {"openai": (3, 3), "instructor": (1, 17)}


@pytest.mark.parametrize("package", FLOORS)
def test_the_clients_are_new_enough(package: str) -> None:
    assert tuple(map(int, version(package).split(".")[:2])) >= FLOORS[package]


@pytest.mark.parametrize("package", FLOORS)
def test_the_project_asks_for_clients_that_are_new_enough(package: str) -> None:
    pyproject = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    floor = re.search(rf'"{package}>=(\d+)\.(\d+)', pyproject)
    assert floor
    assert tuple(map(int, floor.groups())) >= FLOORS[package]


# brief and abrief


def test_brief_gives_a_briefing_of_a_text(server: FaultServer) -> None:
    briefing = brief(ARTICLE, published=PUBLISHED, model=MODEL, base_url=server.base_url)
    assert briefing.what[0].claim == "The port of Halden closed its north terminal."
    assert not briefing.rejected


def test_brief_works_inside_a_running_event_loop(server: FaultServer) -> None:
    outside = brief(ARTICLE, published=PUBLISHED, model=MODEL, base_url=server.base_url)

    async def cell() -> Briefing:
        return brief(ARTICLE, published=PUBLISHED, model=MODEL, base_url=server.base_url)

    assert content(asyncio.run(cell())) == content(outside)


def test_abrief_gives_what_brief_gives(server: FaultServer) -> None:
    waited = brief(ARTICLE, published=PUBLISHED, model=MODEL, base_url=server.base_url)
    awaited = asyncio.run(abrief(ARTICLE, published=PUBLISHED, model=MODEL, base_url=server.base_url))
    assert content(awaited) == content(waited)


def test_abrief_leaves_the_loop_free_while_it_waits() -> None:
    """The server answers once another task of the same loop has run."""
    ran = threading.Event()

    def choose(received: Received) -> Completion:
        return completion() if ran.wait(10) else completion("the loop was blocked")

    async def both(server: FaultServer) -> Briefing:
        task = asyncio.create_task(abrief(ARTICLE, model=MODEL, base_url=server.base_url))
        while not (server.requests or task.done()):  # noqa: ASYNC110 - another thread's list has no event
            await asyncio.sleep(0.001)
        ran.set()
        return await task

    with FaultServer() as server:
        server.script(Answer(choose))
        assert asyncio.run(both(server)).headline


def test_one_summarizer_serves_several_event_loops_one_after_the_other(server: FaultServer) -> None:
    with Summarizer(Settings(model=MODEL, base_url=server.base_url)) as shared:
        first, second = (asyncio.run(shared.abrief(ARTICLE)) for _ in range(2))
    assert content(first) == content(second)


class Counting:
    """A watcher that keeps which models were chosen, and takes its time over it."""

    def __init__(self) -> None:
        self.models: list[str] = []

    def chosen(self, model: ModelName) -> None:
        self.models.append(str(model))
        time.sleep(0.1)

    def fetching(self, road: str, done: int, total: int) -> None: ...

    def asking(self, purpose: str, engine: Engine | None) -> AbstractContextManager[None]:
        return nullcontext()


def test_a_model_is_chosen_once_for_all_briefings(server: FaultServer) -> None:
    watcher = Counting()
    with Summarizer(Settings(model=MODEL, base_url=server.base_url), watcher=watcher) as shared:
        shared.brief(ARTICLE)
        shared.brief(ARTICLE)
    assert watcher.models == [MODEL]


def test_a_model_is_chosen_once_for_two_threads_that_begin_together() -> None:
    watcher = Counting()
    with FaultServer() as server:
        server.script(Status(401, headers={"connection": "close"}))
        with Summarizer(Settings(model=MODEL, base_url=server.base_url), watcher=watcher) as shared:
            failures = [each.exception() for each in in_threads(shared.brief, ARTICLE, ARTICLE)]
    assert [type(each) for each in failures] == [AuthenticationError] * 2
    assert watcher.models == [MODEL]


def test_two_threads_share_a_summarizer_and_each_gets_its_own_article() -> None:
    other = ARTICLE.replace("Halden", "Sorvik")
    answers = {"Sorvik": json.loads(json.dumps(DRAFT).replace("Halden", "Sorvik")), "Halden": DRAFT}
    with FaultServer() as server:
        server.script(by_article(answers))
        with Summarizer(Settings(model=MODEL, base_url=server.base_url)) as shared:
            alone = [shared.brief(ARTICLE), shared.brief(other)]
            together = [each.result() for each in in_threads(shared.brief, ARTICLE, other)]
    assert [content(each) for each in together] == [content(each) for each in alone]
    assert content(alone[0]) != content(alone[1])


def test_an_item_that_fails_the_check_is_asked_for_once_more(server: FaultServer) -> None:
    server.script(completion(FAILING), completion(REPAIR))
    briefing = brief(ARTICLE, published=PUBLISHED, model=MODEL, base_url=server.base_url)
    assert [each.cause for each in briefing.why] == ["once a crane collapsed and injured two workers"]
    assert [each.purpose for each in briefing.provenance.attempts] == ["draft", "repair"]


def test_threads_that_begin_together_have_one_event_loop() -> None:
    script = """
import asyncio, time
from concurrent.futures import ThreadPoolExecutor
from summarizer import summarize

new, made = asyncio.new_event_loop, []

def slowly():
    time.sleep(0.05)
    made.append(new())
    return made[-1]

asyncio.new_event_loop = slowly
with ThreadPoolExecutor(8) as threads:
    found = {id(each.result()) for each in [threads.submit(summarize.loop) for _ in range(8)]}
print(len(found), len(made))
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["1", "1"]
