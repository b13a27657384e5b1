"""The pytest plugin: replays per test, and no network in them. pytest loads it by itself.

    @pytest.mark.cassette             each briefing made in the test replays a cassette of its own
    @pytest.mark.cassette("name")     the same; the first file is called name.json
    summarize                         a fixture: `brief`, in a test that replays
    --summarizer-record=once|all      records: where there is no file, or anew

It is imported at every start of pytest, so nothing is loaded here before a test wants it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from summarizer.errors import CassetteError, SummarizerError

if TYPE_CHECKING:
    from collections.abc import Generator

    from summarizer.cassette import Record
    from summarizer.deck import Deck
    from summarizer.testing import Summarize

OPTION = "--summarizer-record"
MARK = "cassette"
BLOCK = "summarizer_block_network"
RECORDS = ("none", "once", "all")
FIXTURES = frozenset({"summarize", "summarizer_cassette"})
DECK = pytest.StashKey["Deck"]()

_PLAIN = re.compile(r"[\w.\[\]-]{1,150}", re.ASCII)
_OTHER = re.compile(r"[^\w.\[\]-]+", re.ASCII)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("summarizer")
    group.addoption(OPTION, choices=RECORDS, default="none", help="Record cassettes: where there is none, or all anew.")
    parser.addini(BLOCK, type="bool", default=False, help="Block the network in all tests, not only in replaying ones.")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", f"{MARK}(name=None): each briefing in the test replays a cassette; {OPTION}=once records it."
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    if not item.config.getini(BLOCK):
        return (yield)
    from summarizer.testing.network import network_blocked

    with network_blocked():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """What was recorded and not asked for fails the test, and errors show their tips."""
    deck = item.stash.get(DECK, None)
    try:
        done = yield
    except SummarizerError as error:
        if tip := _tip(error, item, deck):
            error.add_note(f"TIP {tip}")
        raise
    if deck and (wrong := _wrong(deck)):
        pytest.fail(f"{wrong.message}\nTIP {_tip(wrong, item, deck)}", pytrace=False)
    return done


def _wrong(deck: Deck) -> CassetteError | None:
    try:
        deck.check()
    except CassetteError as error:
        return error
    return None


def _tip(error: SummarizerError, item: pytest.Item, deck: Deck | None) -> str:
    """What to do next, for one who runs pytest: a cassette is recorded by it too."""
    if deck and isinstance(error, CassetteError) and OPTION not in error.tip:
        return f"If the change is right, record again: {_command(item, 'all')}"
    return error.tip


# Fixtures to use


@pytest.fixture
def summarize(
    request: pytest.FixtureRequest, summarizer_config: dict[str, Any], _summarizer_deck: Deck | None
) -> Summarize:
    """`summarizer.brief`, replaying the test's cassettes, with the settings of `summarizer_config`.

    The project is the nearest one around the test file.
    """
    from summarizer import brief
    from summarizer.project import Project

    settings = {"project": Project.around(request.path.parent)} | summarizer_config

    def summarize(source: Any, **known: Any) -> Any:
        return brief(source, **(settings | known))

    return summarize


@pytest.fixture
def summarizer_cassette(_summarizer_deck: Deck) -> Path:
    """The file for a briefing to which the test gives its cassette itself."""
    return _summarizer_deck.take()


# Fixtures to replace in a conftest.py or a test file


@pytest.fixture(scope="session")
def summarizer_config() -> dict[str, Any]:
    """What `summarize` passes to `brief` unless the test says otherwise, such as `{"model": "openai/gpt-5-mini"}`."""
    return {}


@pytest.fixture(scope="session")
def summarizer_record(request: pytest.FixtureRequest) -> Record:
    """Whether to record: what the command line says."""
    record: Record = request.config.getoption(OPTION)
    return record


@pytest.fixture(scope="module")
def summarizer_cassettes(request: pytest.FixtureRequest) -> Path:
    """The folder for the cassettes of a test file.

    In a project with [tool.summarizer]: in its folder for cassettes, by the path of the test file, such as
    `cassettes/tests/test_mergers`. Else beside the test file, such as `tests/cassettes/test_mergers`.
    """
    from summarizer.project import Project

    path = request.path.resolve()
    if project := Project.around(path.parent):
        return project.cassettes / path.relative_to(project.root).with_suffix("")
    return path.parent / "cassettes" / path.stem


# What makes a test a replaying one


@pytest.fixture(autouse=True)
def _summarizer_deck(request: pytest.FixtureRequest) -> Iterator[Deck | None]:
    """In a test with the mark or one of the fixtures: its cassettes are in place, and the network is blocked unless it
    records."""
    if not (request.node.get_closest_marker(MARK) or FIXTURES & set(request.fixturenames)):
        yield None
        return
    from summarizer.deck import Deck, playing

    folder, record = request.getfixturevalue("summarizer_cassettes"), request.getfixturevalue("summarizer_record")
    # A name may lead to the folder of another test file, and the one of this may not be there.
    first = os.path.normpath(folder / f"{_name(request.node)}.json")
    deck = Deck(first, record, again=lambda record: _command(request.node, record))
    with ExitStack() as stack:
        _network(stack, record)
        request.node.stash[DECK] = stack.enter_context(playing(deck))
        yield deck


def _network(stack: ExitStack, record: Record) -> None:
    from summarizer.offline import VARIABLE
    from summarizer.testing.network import network_blocked, network_open

    if record != "none":
        stack.enter_context(network_open())
        return
    stack.enter_context(network_blocked())
    stack.enter_context(pytest.MonkeyPatch.context()).setenv(VARIABLE, "1")


def _name(item: pytest.Item) -> str:
    """The name of the first cassette: as the mark says, else `Class.test`, made fit for a file."""
    mark = item.get_closest_marker(MARK)
    if mark and (len(mark.args) > 1 or mark.kwargs or not all(isinstance(each, str) and each for each in mark.args)):
        raise pytest.UsageError(f'@pytest.mark.{MARK} takes the name of a file: @pytest.mark.{MARK}("merger")')
    if mark and mark.args:
        return str(mark.args[0]).removesuffix(".json")
    name = ".".join([*(each.name for each in item.listchain() if isinstance(each, pytest.Class)), item.name])
    if _PLAIN.fullmatch(name):
        return name
    # Two names must not become one.
    return f"{_OTHER.sub('-', name)[:100]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _command(item: pytest.Item, record: Record) -> str:
    path = os.path.relpath(item.path)
    node = "::".join([path, *item.nodeid.split("::")[1:]])
    return f"pytest {OPTION}={record} {shlex.quote(node)}"
