"""Cassettes: what is recorded, what is replayed, and what never gets onto a disk."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from drafts import ARTICLE, DRAFT, FAILING, MODEL, PUBLISHED, REPAIR, compact, completion, serving
from fault_server import Answer, Completion, FaultServer, Raw, Received, Status, Step

from summarizer import Briefing, CassetteError, ModelError, UsageError, abrief, brief
from summarizer.cassette import Cassette, Record, Request

KEY = "sk-proj-ThisIsTheLiveKey0123456789"
STORED = sorted((Path(__file__).parents[1] / "cassettes").rglob("*.*"))
SECRET = re.compile(r"sk-[A-Za-z0-9_*-]{8,}|org-[A-Za-z0-9]{8,}|Bearer |(?i:set-cookie|authorization|api-key)")
KEPT_HEADERS = {"content-type", "retry-after", "retry-after-ms"}
NOWHERE = "http://127.0.0.1:9/v1"


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    return tmp_path / "tape.json"


@pytest.fixture(autouse=True)
def live_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


def briefing(tape: Path, record: Record, address: str = NOWHERE, article: str = ARTICLE, **settings: Any) -> Briefing:
    made: Briefing = brief(
        article, published=PUBLISHED, base_url=address, cassette=tape, record=record, **{"model": MODEL, **settings}
    )
    return made


def recorded(tape: Path, *answers: object, record: Record = "all") -> Briefing:
    """Records a briefing that gets these answers; without any, the right one."""
    with serving(*answers) as server:
        return briefing(tape, record, server.base_url)


def interactions(tape: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(tape.read_text(encoding="utf-8"))["interactions"]
    return found


def refused(tape: Path, record: Record = "none", **settings: Any) -> CassetteError:
    with pytest.raises(CassetteError) as raised:
        briefing(tape, record, **settings)
    return raised.value


# none, once, all


def test_none_without_a_file_is_an_error_and_makes_none(tape: Path) -> None:
    with serving() as server:
        error = refused(tape, "none", address=server.base_url)
        assert server.requests == []
    assert str(tape) in error.message
    assert "--record once" in error.tip
    assert not tape.exists()


def test_once_records_where_there_is_no_file_and_then_replays(tape: Path) -> None:
    with serving() as server:
        first = briefing(tape, "once", server.base_url)
        whole = tape.read_bytes()
        second = briefing(tape, "once", server.base_url)
        assert len(server.requests) == 1
    assert first == second
    assert tape.read_bytes() == whole


def test_all_asks_again_and_replaces_the_file(tape: Path) -> None:
    recorded(tape)
    other = recorded(tape, DRAFT | {"headline": "The port closed its north terminal"})
    assert other.headline
    assert "port closed" in other.headline.text
    assert len(interactions(tape)) == 1
    assert briefing(tape, "none") == other


def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    recorded(tmp_path / "a" / "b" / "tape.json", record="once")
    assert len(interactions(tmp_path / "a" / "b" / "tape.json")) == 1


@pytest.mark.parametrize("record", ["new_episodes", "", "ONCE", "\x1b[2J"])
def test_another_way_to_record_is_an_error_that_lists_the_ways(tape: Path, record: Any) -> None:
    with pytest.raises(UsageError) as raised:
        Cassette(tape, record)
    assert raised.value.message.isprintable()
    assert "none, once, all" in raised.value.tip


def test_recording_wants_a_file() -> None:
    with pytest.raises(UsageError, match="no file to record to"):
        brief(ARTICLE, model=MODEL, base_url=NOWHERE, record="once")


# Replay


@pytest.mark.parametrize(
    "answers", [(DRAFT,), (FAILING, REPAIR), ({"headline": "x"}, DRAFT)], ids=["one", "repair", "asked twice"]
)
def test_a_replay_gives_the_same_bytes_without_the_server(
    tape: Path, answers: tuple[object, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    live = recorded(tape, *answers)
    monkeypatch.setattr(socket.socket, "connect", _no_network)
    monkeypatch.setattr(socket, "getaddrinfo", _no_network)
    assert briefing(tape, "none").to_json() == live.to_json()
    assert briefing(tape, "once").to_json() == live.to_json()


def _no_network(*_: object, **__: object) -> None:
    raise AssertionError("a replay reached for the network")


def test_a_replay_needs_no_key(tape: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live = recorded(tape)
    monkeypatch.delenv("OPENAI_API_KEY")
    assert briefing(tape, "none") == live


def test_a_replay_takes_the_model_of_its_cassette(tape: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live = recorded(tape)
    monkeypatch.setenv("SUMMARIZER_MODEL", "openai/another")
    assert briefing(tape, "none", model=None) == live


def test_a_replay_needs_no_address(tape: Path) -> None:
    live = recorded(tape)
    assert brief(ARTICLE, published=PUBLISHED, cassette=tape) == live


def test_a_replay_of_a_run_with_a_retry_gives_the_same_bytes(tape: Path) -> None:
    with FaultServer() as server:
        server.script(Status(429, headers={"retry-after-ms": "1"}), completion())
        live = briefing(tape, "all", server.base_url)
    assert [each["response"]["status"] for each in interactions(tape)] == [429, 200]
    assert briefing(tape, "none").to_json() == live.to_json()


@pytest.mark.parametrize(
    "step",
    [
        Status(400, message="no"),
        Status(401),
        Status(404),
        Status(429, code="insufficient_quota"),
        Completion(None, refusal="I will not."),
        Completion("", finish_reason="content_filter"),
    ],
    ids=["400", "401", "404", "quota", "refusal", "filter"],
)
def test_a_failure_is_replayed_as_it_was(tape: Path, step: Step) -> None:
    with FaultServer() as server:
        server.script(step)
        with pytest.raises(ModelError) as live:
            briefing(tape, "all", server.base_url)
    with pytest.raises(ModelError) as replayed:
        briefing(tape, "none")
    assert type(replayed.value) is type(live.value)
    outcomes = [[each.model_dump(exclude={"seconds"}) for each in failed.value.attempts] for failed in (live, replayed)]
    assert outcomes[0] == outcomes[1] != []


@pytest.mark.parametrize(
    "body",
    [
        b"<html>busy</html>",
        b"",
        b"null",
        b'"text"',
        b"[]",
        b"\xff\xfe\x00",
        b'{"choices": [',
        b"NaN",
        b'{"a": 1e999}',
        b'{"a": "\\ud800"}',
    ],
)
def test_an_answer_of_any_form_is_recorded_and_replayed(tape: Path, body: bytes) -> None:
    with FaultServer() as server:
        server.script(Raw(body))
        with pytest.raises(ModelError) as live:
            briefing(tape, "all", server.base_url)
    with pytest.raises(ModelError) as replayed:
        briefing(tape, "none")
    assert (type(replayed.value), replayed.value.message) == (
        type(live.value),
        live.value.message.replace(server.base_url, NOWHERE),
    )


def test_equal_requests_get_their_answers_in_the_recorded_order(tape: Path) -> None:
    recorded(tape)
    content = json.loads(tape.read_text(encoding="utf-8"))
    content["interactions"] *= 3
    for number, each in enumerate(content["interactions"]):
        content["interactions"][number] = each | {"response": each["response"] | {"seconds": float(number)}}
    tape.write_text(json.dumps(content), encoding="utf-8")
    cassette = Cassette(tape)
    request = Request(**content["interactions"][0]["request"])
    assert [cassette.replay(request).seconds for _ in range(3)] == [0.0, 1.0, 2.0]
    with pytest.raises(CassetteError, match="every recorded answer was already used"):
        cassette.replay(request)


def test_f43_two_threads_with_two_cassettes_each_get_their_own(tmp_path: Path) -> None:
    names = ["Halden", "Sorvik", "Velin", "Orlu"]
    texts = {name: ARTICLE.replace("Halden", name) for name in names}
    drafts = {name: json.loads(compact(DRAFT).replace("Halden", name)) for name in names}
    for name in names:
        with serving(drafts[name]) as server:
            briefing(tmp_path / f"{name}.json", "all", server.base_url, texts[name])

    def replay(name: str) -> Briefing:
        return briefing(tmp_path / f"{name}.json", "none", article=texts[name])

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(replay, names * 5))
    assert [each.headline and each.headline.text.split()[3] for each in found] == names * 5


def test_f43_two_tasks_with_two_cassettes_each_get_their_own(tmp_path: Path) -> None:
    texts = {name: ARTICLE.replace("Halden", name) for name in ("Halden", "Sorvik")}
    for name, text in texts.items():
        with serving(json.loads(compact(DRAFT).replace("Halden", name))) as server:
            briefing(tmp_path / name, "all", server.base_url, text)

    async def replay() -> list[Briefing]:
        return await asyncio.gather(
            *(abrief(text, model=MODEL, base_url=NOWHERE, cassette=tmp_path / name) for name, text in texts.items())
        )

    assert [each.what[0].claim.split()[3] for each in asyncio.run(replay())] == ["Halden", "Sorvik"]


# A miss


def test_f40_a_miss_names_the_file_and_where_the_nearest_request_differs(tape: Path) -> None:
    recorded(tape)
    error = refused(tape, article=ARTICLE.replace("Monday", "Friday"))
    assert str(tape) in error.message
    assert re.search(r"body\.messages\[\d\]\.content: character \d+", error.message)
    assert "Monday" in error.message
    assert "Friday" in error.message
    assert "--record all" in error.tip
    assert len(error.message) < 600


def test_f40_a_miss_is_no_fault_of_the_server(tape: Path) -> None:
    """The client wraps what its transport raises; it must not come out as a broken connection, or be tried again."""
    recorded(tape)
    whole = tape.read_bytes()
    error = refused(tape, "once", article=ARTICLE.replace("Monday", "Friday"))
    assert type(error) is CassetteError
    assert tape.read_bytes() == whole


def test_a_miss_after_the_last_answer_says_so(tape: Path) -> None:
    recorded(tape, FAILING, REPAIR)
    content = json.loads(tape.read_text(encoding="utf-8"))
    del content["interactions"][1]
    tape.write_text(json.dumps(content), encoding="utf-8")
    assert "every recorded answer was already used" in refused(tape).message


def test_another_model_is_a_miss(tape: Path) -> None:
    recorded(tape)
    assert "fake-1" in refused(tape, model="test/fake-2").message


@pytest.mark.parametrize(
    ("was", "place"), [("You brief analysts", "body.messages"), ('"maxItems": 6', "body.response_format")]
)
def test_f42_a_prompt_or_schema_that_changed_since_is_told_and_how_to_go_on(tape: Path, was: str, place: str) -> None:
    recorded(tape)
    text = json.dumps(json.loads(tape.read_text(encoding="utf-8")))
    assert was in text
    tape.write_text(text.replace(was, was.replace("6", "7").replace("You", "We")), encoding="utf-8")
    error = refused(tape)
    assert f"differs at {place}" in error.message
    assert "changed since the recording; record again with --record all" in error.tip


def test_of_several_requests_the_nearest_is_compared(tape: Path) -> None:
    recorded(tape, FAILING, REPAIR)
    second = interactions(tape)[1]
    cassette = Cassette(tape)
    changed = json.loads(json.dumps(second["request"]).replace("on Friday", "on Sunday"))
    with pytest.raises(CassetteError, match=r"recorded “[^”]*Friday[^”]*”, now “[^”]*Sunday"):
        cassette.replay(Request(**changed))


def test_a_difference_in_a_key_a_list_or_a_type_is_told(tape: Path) -> None:
    recorded(tape)
    asked = interactions(tape)[0]["request"]
    for change in (
        {"body": asked["body"] | {"seed": 1}},
        {"body": asked["body"] | {"messages": asked["body"]["messages"][:1]}},
        {"body": None},
        {"body": "text"},
        {"path": "/v1/completions"},
        {"method": "GET"},
    ):
        with pytest.raises(CassetteError) as raised:
            Cassette(tape).replay(Request(**(asked | change)))
        assert re.search(r"differs at \w", raised.value.message)
        assert len(raised.value.message) < 600


# A file that is none

DAMAGED = {
    "empty": b"",
    "blank": b"\n",
    "cut": b'{"format": "summarizer-cassette@1", "model": "test/fake-1", "interactions": [{"requ',
    "no map": b"[]",
    "null": b"null",
    "no interactions": b'{"format": "summarizer-cassette@1", "model": "m", "tool": "t"}',
    "another format": b'{"format": "summarizer-cassette@2", "model": "m", "tool": "t", "interactions": []}',
    "another key": b'{"format": "summarizer-cassette@1", "model": "m", "tool": "t", "interactions": [], "x": 1}',
    "wrong types": b'{"format": "summarizer-cassette@1", "model": 1, "tool": "t", "interactions": {}}',
    "no status": b'{"format": "summarizer-cassette@1", "model": "m", "tool": "t", "interactions": [{"request": {"method": "POST", "path": "/", "body": 1}, "response": {}}]}',
    "binary": bytes(range(256)),
    "deep": b"[" * 100_000,
    "deep in place": b'{"format": "summarizer-cassette@1", "model": "m", "tool": "t", "interactions": '
    + b"[" * 100_000,
    "yaml": b"interactions:\n- request: {}\n",
    "yaml with a tag": b"!!python/object/apply:os.system ['touch /tmp/summarizer-was-here']\n",
}


@pytest.mark.parametrize("record", ["none", "once"])
@pytest.mark.parametrize("damage", DAMAGED)
def test_f41_a_damaged_file_is_one_error_and_stays_as_it_is(tape: Path, damage: str, record: Record) -> None:
    tape.write_bytes(DAMAGED[damage])
    with serving() as server:
        error = refused(tape, record, address=server.base_url)
        assert server.requests == []
    assert str(tape) in error.message
    assert "--record all" in error.tip
    assert len(error.message) < 600
    assert tape.read_bytes() == DAMAGED[damage]
    assert not Path("/tmp/summarizer-was-here").exists()


@pytest.mark.parametrize(
    "response",
    [
        {"status": 0},
        {"status": 99},
        {"status": 1000},
        {"status": -1},
        {"headers": {"é": "ü"}},
        {"headers": {"set-cookie": "a"}},
    ],
)
def test_an_answer_that_no_server_gives_is_damage_too(tape: Path, response: dict[str, Any]) -> None:
    recorded(tape)
    content = json.loads(tape.read_text(encoding="utf-8"))
    content["interactions"][0]["response"] |= response
    tape.write_text(json.dumps(content), encoding="utf-8")
    assert str(tape) in refused(tape).message


@pytest.mark.parametrize("record", ["none", "once"])
def test_a_folder_or_a_dangling_link_is_no_cassette(tmp_path: Path, record: Record) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nothing")
    for path in (tmp_path, tmp_path / "link"):
        assert str(path) in refused(path, record).message
    assert not (tmp_path / "nothing").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_an_error(tape: Path) -> None:
    recorded(tape)
    tape.chmod(0)
    assert "Cannot read the cassette" in refused(tape).message


def test_all_replaces_a_damaged_file(tape: Path) -> None:
    tape.write_bytes(b"damaged")
    assert recorded(tape) == briefing(tape, "none")


# Writing


def test_a_repair_that_fails_is_recorded_and_costs_no_briefing(tape: Path) -> None:
    with FaultServer() as server:
        server.script(completion(FAILING), Status(401))
        made = briefing(tape, "once", server.base_url)
    assert [each.outcome for each in made.provenance.attempts] == ["ok", "authentication"]
    assert made.rejected
    assert briefing(tape, "none").to_json() == made.to_json()
    statuses = [each["response"]["status"] for each in interactions(tape)]
    assert statuses == [200, 401]


def test_a_file_is_whole_whenever_another_looks_at_it(tape: Path) -> None:
    seen: list[int] = []

    def look(received: Received) -> Completion:
        seen.append(len(interactions(tape)))
        return completion(REPAIR)

    with FaultServer() as server:
        server.script(completion(FAILING), Answer(look))
        briefing(tape, "once", server.base_url)
    assert seen == [1]


def test_a_run_that_gets_no_answer_writes_no_file(tape: Path) -> None:
    with pytest.raises(ModelError):
        briefing(tape, "once", timeout=0.3)
    assert not tape.exists()


def test_all_keeps_the_old_file_until_there_is_an_answer(tape: Path) -> None:
    recorded(tape)
    whole = tape.read_bytes()
    with pytest.raises(ModelError):
        briefing(tape, "all", timeout=0.3)
    assert tape.read_bytes() == whole


@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tape: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(tape)
    whole = tape.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with serving() as server:
        monkeypatch.setattr(os, call, fail)
        error = refused(tape, "all", address=server.base_url)
    assert error.message == f"Cannot write the cassette {tape}: No space left on device."
    assert tape.read_bytes() == whole
    assert list(tape.parent.iterdir()) == [tape]


def test_the_file_is_text_that_a_person_can_read_and_compare(tape: Path) -> None:
    recorded(tape)
    text = tape.read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert text.count("\n") > 50
    assert stat.S_IMODE(tape.stat().st_mode) & 0o111 == 0


# Secrets


def test_f42_neither_key_nor_headers_nor_address_get_onto_the_disk(tape: Path) -> None:
    with FaultServer() as server:
        hidden = {
            "set-cookie": "session=abc",
            "openai-organization": "org-Hidden01",
            "x-request-id": "req_1",
            "retry-after-ms": "1",
        }
        server.script(Status(429, headers=hidden), completion())
        briefing(tape, "once", server.base_url)
        assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
        port = str(server.server_port)
    text = tape.read_text(encoding="utf-8")
    assert not SECRET.search(text)
    assert not any(each in text for each in (KEY, "session=abc", "org-Hidden01", "req_1", "127.0.0.1", f":{port}"))
    assert {name for each in interactions(tape) for name in each["response"]["headers"]} == {
        "content-type",
        "retry-after-ms",
    }
    assert all(set(each["request"]) == {"method", "path", "body"} for each in interactions(tape))


def test_f42_an_exchange_with_the_live_key_in_it_is_not_written(tape: Path) -> None:
    answers: tuple[Step, ...] = (Completion(KEY), Raw(f"<p>{KEY}</p>".encode()))
    for step in answers:
        with FaultServer() as server:
            server.script(step)
            error = refused(tape, "once", address=server.base_url)
        assert "live key" in error.message
        assert KEY not in error.message
        assert not tape.exists()


def test_an_article_with_the_live_key_in_it_is_not_written(tape: Path) -> None:
    with serving() as server:
        assert (
            "live key" in refused(tape, "once", address=server.base_url, article=f"{ARTICLE}\nIt was {KEY}.\n").message
        )
    assert not tape.exists()


@pytest.mark.parametrize(
    "said",
    [
        "Incorrect API key provided: sk-proj-********************6789. You can find it at https://platform.openai.com.",
        "Rate limit reached for gpt-5-mini in organization org-AbCdEf0123456789 on tokens per min.",
        "Project `proj_AbCdEf0123456789` does not have access to model x.",
    ],
)
def test_f42_what_a_server_tells_of_the_account_when_it_fails_is_blotted_out(tape: Path, said: str) -> None:
    with FaultServer() as server:
        server.script(Status(400, message=said))
        with pytest.raises(ModelError):
            briefing(tape, "once", server.base_url)
    text = tape.read_text(encoding="utf-8")
    assert not SECRET.search(text)
    assert "0123456789" not in text
    assert "6789" not in text
    assert said.split()[-1] in text


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.name)
def test_f42_no_stored_cassette_holds_a_secret(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not SECRET.search(text)
    assert {name for each in interactions(path) for name in each["response"]["headers"]} <= KEPT_HEADERS


@pytest.mark.parametrize(
    "text",
    [
        "sk-proj-abcdefgh",
        "org-AbCdEf0123",
        '"Authorization": "Bearer x"',
        '"set-cookie": "a"',
        "sk-****************6789",
    ],
)
def test_the_search_for_secrets_finds_them(text: str) -> None:
    assert SECRET.search(text)
