"""What `from summarizer import …` gives, how fast it comes, and the two forms of `brief`."""

from __future__ import annotations

import ast
import asyncio
import json
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import summarizer
from drafts import ARTICLE, DRAFT, MODEL, by_article, completion, serving
from fault_server import FaultServer
from summarizer import Briefing, Settings, Summarizer, abrief, brief

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summarizer.model.provider import ModelName

HEAVY = {"pydantic", "openai", "instructor", "rich", "httpx2", "xllamacpp", "jinja2", "dateparser"}
PUBLISHED = "2026-03-11"


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with serving() as started:
        yield started


def content(briefing: Briefing) -> dict[str, object]:
    """What a briefing says, without how long it took."""
    return briefing.model_dump(exclude={"provenance"})


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
        _ = summarizer.briefs  # type: ignore[attr-defined]  # the point of it


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
    """The server answers only after another task of the same loop has run."""
    ran = threading.Event()
    with serving() as server:
        server.script(by_article({"Halden": DRAFT}))

        async def both() -> Briefing:
            task = asyncio.create_task(abrief(ARTICLE, model=MODEL, base_url=server.base_url))
            while not task.done():
                ran.set()
                await asyncio.sleep(0.001)
            return await task

        assert asyncio.run(both()).headline
    assert ran.is_set()


def test_one_summarizer_serves_several_event_loops_one_after_the_other(server: FaultServer) -> None:
    with Summarizer(Settings(model=MODEL, base_url=server.base_url)) as shared:
        first, second = (asyncio.run(shared.abrief(ARTICLE)) for _ in range(2))
    assert content(first) == content(second)


def test_two_threads_share_a_summarizer_and_each_gets_its_own_article() -> None:
    other = ARTICLE.replace("Halden", "Sorvik")
    answers = {"Sorvik": json.loads(json.dumps(DRAFT).replace("Halden", "Sorvik")), "Halden": DRAFT}
    with FaultServer() as server:
        server.script(by_article(answers))
        together = threading.Barrier(2)

        def work(article: str) -> Briefing:
            together.wait(10)
            return shared.brief(article)

        with Summarizer(Settings(model=MODEL, base_url=server.base_url)) as shared, ThreadPoolExecutor(2) as pool:
            halden, sorvik = pool.map(work, [ARTICLE, other])
    assert halden.headline
    assert sorvik.headline
    assert (halden.headline.text, sorvik.headline.text) == (
        "The port of Halden closed its north terminal",
        "The port of Sorvik closed its north terminal",
    )


class Counting:
    """A watcher that counts how often a model is chosen."""

    def __init__(self) -> None:
        self.models: list[str] = []

    def chosen(self, model: ModelName) -> None:
        self.models.append(str(model))

    def fetching(self, road: str, done: int, total: int) -> None: ...

    def asking(self, purpose: str, engine: object) -> threading.Lock:
        return threading.Lock()


def test_a_model_is_chosen_once_for_all_briefings(server: FaultServer) -> None:
    watcher = Counting()
    with Summarizer(Settings(model=MODEL, base_url=server.base_url), watcher=watcher) as shared:
        shared.brief(ARTICLE)
        shared.brief(ARTICLE)
    assert watcher.models == [MODEL]


def test_a_repaired_item_counts_as_stated(server: FaultServer) -> None:
    server.script(
        completion(DRAFT | {"when": [{"s": 2, "time": "on Friday"}]}), completion({"when": [{"s": 2, "time": "on Monday"}]})
    )
    briefing = brief(ARTICLE, published=PUBLISHED, model=MODEL, base_url=server.base_url)
    assert [each.time for each in briefing.when] == ["on Monday"]
    assert [each.purpose for each in briefing.provenance.attempts] == ["draft", "repair"]
