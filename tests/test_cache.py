"""The cache: what the same request is answered the next time, and what happens when the cache is not well."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from batches import GOOD, articles, briefings, run
from conftest import KEY, Cli
from drafts import ARTICLE, DRAFT, FAILING, MODEL, PUBLISHED, REPAIR, completion
from fault_server import Completion, FaultServer, Raw, Status
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Briefing, SchemaError, Settings, Source, Summarizer, UsageError, brief, verify
from summarizer.cache import Answers, Store, limit
from summarizer.cassette import Response
from summarizer.testing import DraftedModel

CACHED = "cached"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.model.client._BACKOFF", lambda state: 0.01)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "answers", 10_000_000)
    yield made
    made.close()


def cached(server: FaultServer, article: str = ARTICLE, **settings: Any) -> Briefing:
    asking = {"model": MODEL, "base_url": server.base_url, "cache": True} | settings
    return brief(article, published=PUBLISHED, **asking)


def outcomes(briefing: Briefing) -> list[str]:
    return [each.outcome for each in briefing.provenance.attempts]


def without_attempts(briefing: Briefing) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(briefing.to_json())
    for changing in ("attempts", "usage", "seconds"):
        del told["provenance"][changing]
    return told


def kept() -> Path:
    return Path(os.environ["SUMMARIZER_CACHE"]) / "answers" / "answers-1.sqlite"


def harm(sql: str) -> None:
    connection = sqlite3.connect(kept())
    with connection:
        connection.execute(sql)
    connection.close()


# Hits


def test_the_second_time_nothing_is_asked_and_the_briefing_is_the_same(server: FaultServer) -> None:
    server.script(completion(FAILING), completion(REPAIR))
    first, second = cached(server), cached(server)
    assert len(server.requests) == 2
    assert (outcomes(first), outcomes(second)) == (["ok", "ok"], [CACHED, CACHED])
    assert without_attempts(first) == without_attempts(second)
    assert (second.provenance.usage.prompt_tokens, second.provenance.usage.completion_tokens) == (0, 0)
    assert second.provenance.seconds == 0
    assert verify(second, Source.from_text(ARTICLE, published=PUBLISHED)).holds


def test_what_the_cache_has_needs_no_key_and_no_network(server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.script(completion())
    first = cached(server)
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.setenv("SUMMARIZER_OFFLINE", "1")
    assert without_attempts(cached(server)) == without_attempts(first)


def test_the_embedded_model_is_not_started_for_what_the_cache_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its answer is put there by hand: no test runs the model."""
    from summarizer.model import weights
    from summarizer.recall import NotCachedError, Recall

    settings = Settings(model="local/qwen2.5-coder-1.5b-instruct", cache=True)
    bodies: list[dict[str, Any]] = []

    async def ready(self: Recall, body: dict[str, Any]) -> None:
        bodies.append(body)
        raise NotCachedError(body)

    with monkeypatch.context() as patched:
        patched.setattr(Recall, "ready", ready)
        patched.setattr("summarizer.connection.Connections._engine", _never)
        with Summarizer(settings) as summarizer, pytest.raises(AssertionError, match="was started"):
            summarizer.brief(Source.from_text(ARTICLE))
    content = {"choices": [{"finish_reason": "stop", "message": {"content": json.dumps(DRAFT)}}]}
    store = Store(kept().parent, limit())
    answers = Answers(store, f"weights {weights.EMBEDDED.sha256}")
    store.put(answers.key(bodies[0]), Response(status=200, headers={}, seconds=9, body=content).model_dump_json())
    store.close()
    monkeypatch.setattr("summarizer.connection.Connections._engine", _never)
    with Summarizer(settings) as summarizer:
        assert outcomes(summarizer.brief(Source.from_text(ARTICLE))) == [CACHED]


def _never(*_: object) -> None:
    raise AssertionError("the engine was started")


def test_a_retried_request_is_answered_by_what_came_in_the_end(server: FaultServer, quick: None) -> None:
    server.script(Status(500), completion())
    assert outcomes(cached(server)) == ["server_error", "ok"]
    assert outcomes(cached(server)) == [CACHED]


def test_an_answer_that_was_cut_off_first_is_taken_as_it_came_whole(server: FaultServer) -> None:
    server.script(Completion('{"headline"', finish_reason="length"), completion())
    assert outcomes(cached(server)) == ["truncated", "ok"]
    assert outcomes(cached(server)) == [CACHED]
    assert len(server.requests) == 2


def test_an_answer_that_did_not_fit_the_schema_is_kept_with_the_one_that_did(server: FaultServer) -> None:
    server.script(Completion('{"headline": ""}'), completion())
    assert outcomes(cached(server)) == ["ok", "ok"]
    assert outcomes(cached(server)) == [CACHED, CACHED]
    assert len(server.requests) == 2


# Misses


@pytest.mark.parametrize(
    "other",
    [
        {"article": f"{ARTICLE}\nIt rained.\n"},
        {"model": "test/fake-2"},
        {"prompt": "briefing@1"},
        {"schema": "incident"},
        {"cache": False},
    ],
    ids=["article", "model", "prompt", "schema", "no cache"],
)
def test_what_is_asked_otherwise_is_asked(server: FaultServer, other: dict[str, Any]) -> None:
    server.script(completion())
    cached(server)
    with pytest.raises(SchemaError) if {"prompt", "schema"} & other.keys() else _nothing():
        cached(server, **other)
    assert len(server.requests) > 1
    assert server.requests[0].body != server.requests[1].body or other == {"cache": False}


class _nothing:  # noqa: N801 (a context)
    def __enter__(self) -> None: ...
    def __exit__(self, *_: object) -> None: ...


@given(
    body=st.dictionaries(st.text(max_size=3), st.integers() | st.text(max_size=3), max_size=4),
    other=st.dictionaries(st.text(max_size=3), st.integers() | st.text(max_size=3), max_size=4),
)
def test_two_requests_share_an_answer_only_where_they_are_equal(body: dict[str, Any], other: dict[str, Any]) -> None:
    answers = Answers(Store(Path("nowhere"), 1), "http://quay.example/v1")
    assert (answers.key(body) == answers.key(other)) == (body == other)
    assert answers.key(body) != Answers(Store(Path("nowhere"), 1), "http://pier.example/v1").key(body)


def test_the_same_request_to_another_address_is_asked(key: str) -> None:
    with FaultServer() as one, FaultServer() as other:
        for server in (one, other):
            server.script(completion())
            cached(server)
        assert (len(one.requests), len(other.requests)) == (1, 1)


@pytest.mark.parametrize(
    "bad",
    [
        Status(400),
        Raw(b"no json"),
        Completion(None, refusal="No."),
        Completion("{}"),
        Completion('{"headline', finish_reason="length"),
    ],
    ids=["status", "no json", "refused", "schema", "truncated"],
)
def test_what_is_no_good_is_not_kept(server: FaultServer, bad: Any) -> None:
    server.script(bad)
    from summarizer import ModelError

    for _ in range(2):
        before = len(server.requests)
        with pytest.raises(ModelError):
            cached(server)
        assert len(server.requests) > before
    server.script(completion())
    assert outcomes(cached(server)) == ["ok"]


def test_what_turns_out_to_be_no_good_is_forgotten(server: FaultServer, cli: Cli) -> None:
    """Of an answer that did not fit its schema and the one that did, the second is lost; nothing good comes any more."""
    server.script(Completion('{"headline": ""}'), completion())
    cached(server)
    harm("DELETE FROM answer WHERE at = (SELECT max(at) FROM answer)")
    server.script(Completion("{}"))
    with pytest.raises(SchemaError):
        cached(server)
    assert len(server.requests) == 3
    assert "entries  0\n" in cli("cache", "info")[1]


def test_no_key_is_kept(server: FaultServer) -> None:
    server.script(Completion(json.dumps(DRAFT), extra={"note": f"your key is {KEY}"}))
    cached(server)
    assert kept().is_file()
    for each in kept().parent.iterdir():
        assert KEY.encode() not in each.read_bytes()
    assert kept().parent.stat().st_mode & 0o077 == 0


def test_a_cassette_is_recorded_and_replayed_past_the_cache(server: FaultServer, tape: Path) -> None:
    server.script(completion())
    cached(server)
    cached(server, cassette=tape, record="all")
    assert len(server.requests) == 2
    harm("DELETE FROM answer")
    assert outcomes(cached(server, cassette=tape)) == ["ok"]
    assert outcomes(cached(server)) == ["ok"]
    assert len(server.requests) == 3


def test_drafts_go_past_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    brief(ARTICLE, model=DraftedModel(DRAFT), cache=True)
    assert not kept().exists()


def test_nothing_is_kept_unless_that_is_asked_for(server: FaultServer) -> None:
    server.script(completion())
    cached(server, cache=False)
    assert not kept().exists()


# Batches


def test_a_second_run_costs_nothing_and_its_journal_says_so(server: FaultServer, tmp_path: Path) -> None:
    server.script(GOOD)
    given = articles(tmp_path / "in", 5)
    first = run(server, given, tmp_path / "one", settings={"cache": True})
    second = run(server, given, tmp_path / "two", settings={"cache": True})
    assert (first.state.requests, first.state.cached) == (5, 0)
    assert (second.state.requests, second.state.cached, second.state.read, second.state.dollars) == (0, 5, 0, 0.0)
    assert len(server.requests) == 5
    one, two = briefings(tmp_path / "one"), briefings(tmp_path / "two")
    assert [each["what"] for each in one] == [each["what"] for each in two]
    assert {each["outcome"] for made in two for each in made["provenance"]["attempts"]} == {CACHED}


def test_a_run_from_the_cache_is_reprocessed_without_it(server: FaultServer, tmp_path: Path, cli: Cli) -> None:
    server.script(GOOD)
    given = articles(tmp_path / "in", 3)
    for name in ("one", "two"):
        run(server, given, tmp_path / name, settings={"cache": True})
    assert cli("cache", "clear")[0] == 0
    code, out, _ = cli("runs", "reprocess", tmp_path / "two")
    assert (code, out.splitlines()[0]) == (0, "3 made again, 0 of them changed; no call was made")


# The file


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "damage",
    [
        lambda: harm("UPDATE answer SET response = replace(response, 'Halden', 'Halderup')"),
        lambda: harm("UPDATE answer SET response = '{}'"),
        lambda: harm("UPDATE answer SET response = x'ff00'"),
        lambda: harm("UPDATE answer SET request = lower(request), sha256 = 'x'"),
        lambda: harm("DROP TABLE answer"),
        lambda: kept().write_bytes(b"no database" * 500),
        lambda: kept().write_bytes(kept().read_bytes()[:5000]),
        lambda: _folder(kept()),
    ],
    ids=["changed", "other", "bytes", "hash", "table", "no database", "cut", "folder"],
)
def test_what_is_damaged_is_a_miss(server: FaultServer, damage: Any, caplog: pytest.LogCaptureFixture) -> None:
    server.script(completion())
    first = cached(server)
    damage()
    with caplog.at_level(logging.WARNING):
        second = cached(server)
    assert without_attempts(second) == without_attempts(first)
    assert (outcomes(second), len(server.requests)) == (["ok"], 2)
    assert sum("The cache" in each.message for each in caplog.records) <= 1


def test_damage_is_told_once_and_mended(server: FaultServer, caplog: pytest.LogCaptureFixture) -> None:
    server.script(completion(FAILING), completion(REPAIR))
    cached(server)
    harm("UPDATE answer SET response = replace(response, 'e', 'f')")
    server.script(completion(FAILING), completion(REPAIR))
    cached(server)
    assert sum("not what was written" in each.message for each in caplog.records) == 1
    assert outcomes(cached(server)) == [CACHED, CACHED]


def test_a_cache_that_cannot_be_written_costs_no_briefing(
    server: FaultServer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("SUMMARIZER_CACHE", str(tmp_path / "file"))
    server.script(completion())
    assert outcomes(cached(server)) == ["ok"]
    assert sum("cannot be written" in each.message for each in caplog.records) == 1


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path) -> None:
    store = Store(tmp_path, 200_000)
    for number in range(100):
        store.put(f"k{number}", str(number) * 5_000)
    info = store.info()
    assert store.get("k99") == "99" * 5_000
    assert store.get("k0") is None
    found = [number for number in range(100) if store.get(f"k{number}")]
    assert found == list(range(found[0], 100))
    assert 5 < len(found) == info.entries < 40
    store.put("big", "x" * 500_000)
    store.put("small", "x")
    assert store.get("small") == "x"
    store.close()
    assert store.path.stat().st_size < 800_000


@given(st.dictionaries(st.text(max_size=5), st.text(), max_size=5))
def test_what_is_kept_is_found_as_it_was(tmp_path_factory: pytest.TempPathFactory, entries: dict[str, str]) -> None:
    store = Store(tmp_path_factory.mktemp("store"), 10_000_000)
    for key, text in entries.items():
        store.put(key, text)
    assert {key: store.get(key) for key in entries} == entries
    assert store.get("another key") is None
    store.close()


WRITER = """
import sys
from pathlib import Path
from summarizer.cache import Store
store = Store(Path(sys.argv[1]), 10_000_000)
for number in range(100):
    store.put(f"{sys.argv[2]}-{number}", "x" * 1000)
    assert store.get(f"{sys.argv[2]}-{number}") == "x" * 1000
store.close()
"""


def test_many_processes_share_it(tmp_path: Path, store: Store) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path / "answers")]
    running = [subprocess.Popen([*command, str(number)], stderr=subprocess.PIPE, text=True) for number in range(4)]
    for each in running:
        _, err = each.communicate(timeout=120)
        assert (each.returncode, err) == (0, "")
    assert store.info().entries == 400


def test_a_process_that_is_killed_while_it_writes_spoils_nothing(tmp_path: Path, store: Store) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path / "answers"), "a"]
    for _ in range(3):
        process = subprocess.Popen(command)
        while not store.get("a-1"):
            time.sleep(0.005)
        process.kill()
        process.wait()
        found = store.info().entries
        assert found > 1
        assert all(store.get(f"a-{number}") == "x" * 1000 for number in range(2))
        store.put("after", "y")
        assert store.get("after") == "y"
        store.clear()


# The command


def test_brief_uses_the_cache_and_says_so(server: FaultServer, cli: Cli, article: Path) -> None:
    server.script(completion())
    command = ["brief", article, "-m", MODEL, "--base-url", server.base_url]
    _, out, err = cli(*command)
    assert "cache" not in err
    code, again, err = cli(*command)
    assert (code, len(server.requests)) == (0, 1)
    assert again.split("\n")[:-3] == out.split("\n")[:-3]
    assert "0 tokens read, 0 written" in " ".join(again.split())
    assert "answered from the cache; nothing was asked" in err
    assert cli(*command, "--no-cache")[0] == 0
    assert len(server.requests) == 2


def test_articles_that_are_briefed_together_come_from_the_cache_one_by_one(
    server: FaultServer, cli: Cli, article: Path, tmp_path: Path
) -> None:
    server.script(completion())
    others = []
    for number in (1, 2):
        others.append(tmp_path / f"{number}.txt")
        others[-1].write_text(f"{ARTICLE}\nIt was number {number}.\n", encoding="utf-8")
    asking = ["--together", "-m", MODEL, "--base-url", server.base_url]
    assert "from the cache" not in cli("brief", article, others[0], *asking)[2]
    assert "from the cache" in cli("brief", article, others[0], *asking)[2]
    assert len(server.requests) == 2
    assert "from the cache" not in cli("brief", article, others[1], *asking)[2]
    assert len(server.requests) == 3


def test_the_cache_is_shown_and_cleared(server: FaultServer, cli: Cli, article: Path) -> None:
    assert "entries  0\n" in cli("cache", "info")[1]
    assert not kept().exists()
    server.script(completion())
    cli("brief", article, "-m", MODEL, "--base-url", server.base_url)
    shown = cli("cache", "info")[1]
    assert f"place    {kept()}\n" in shown
    assert "entries  1\n" in shown
    assert "of at most 1,000,000,000\n" in shown
    assert cli("cache", "clear", "--older-than", "1")[1] == "removed 0 answers\n"
    harm(f"UPDATE answer SET kept = {time.time() - 3 * 86_400}")
    assert cli("cache", "clear", "--older-than", "4")[1] == "removed 0 answers\n"
    assert cli("cache", "clear", "--older-than", "2")[1] == "removed 1 answer\n"
    cli("brief", article, "-m", MODEL, "--base-url", server.base_url)
    assert cli("cache", "clear")[1] == "removed 1 answer\n"
    assert list(kept().parent.iterdir()) == []


def test_the_command_tells_of_damage_in_one_line_and_goes_on(server: FaultServer, article: Path, program: Any) -> None:
    server.script(completion(FAILING), completion(REPAIR))
    kept().parent.mkdir(parents=True)
    kept().write_bytes(b"no database" * 100)
    ran = program("brief", article, "-m", MODEL, "--base-url", server.base_url)
    assert ran.returncode == 0
    model, told = ran.stderr.decode().splitlines()
    assert model.startswith("model: ")
    assert told.startswith(f"The cache {kept()} cannot be read: ")
    assert told.endswith("To empty it: summarizer cache clear")


def test_a_cache_that_is_no_database_is_told_and_cleared(cli: Cli) -> None:
    kept().parent.mkdir(parents=True)
    kept().write_bytes(b"no database" * 100)
    code, _, err = cli("cache", "info")
    assert code == 2
    assert "cannot be read" in err
    assert cli("cache", "clear")[0] == 0
    assert "entries  0\n" in cli("cache", "info")[1]


@pytest.mark.parametrize("size", ["much", "-1", "nan", "inf"])
def test_a_size_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, size: str, server: FaultServer) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE_GB", size)
    with pytest.raises(UsageError, match="SUMMARIZER_CACHE_GB"):
        cached(server)
    assert server.requests == []


def test_a_size_of_nothing_keeps_nothing(monkeypatch: pytest.MonkeyPatch, server: FaultServer) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE_GB", "0")
    server.script(completion())
    assert [outcomes(cached(server)) for _ in range(2)] == [["ok"], ["ok"]]
    assert not kept().exists()


def test_what_was_kept_is_as_old_as_it_is(store: Store) -> None:
    store.put("a", "x")
    assert store.clear(timedelta(days=1)) == 0
    assert store.clear(timedelta(0)) == 1
