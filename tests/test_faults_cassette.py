"""Faults 40 to 43: a miss, a file that is no cassette, secrets and staleness, cassettes side by side."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from string import ascii_lowercase
from typing import Any
from urllib.parse import quote

import pytest
from conftest import LIVE_KEY
from drafts import ARTICLE, DRAFT, FAILING, MODEL, PUBLISHED, REPAIR, compact, completion, serving
from fault_server import Completion, FaultServer, Raw, Status, Step
from tapes import COMMITTED, NOWHERE, SECRET, briefing, changed, interactions, recorded, refused

from summarizer import Briefing, CassetteError, ModelError, Settings, Source, Summarizer, abrief
from summarizer.cassette import Cassette, Interaction, Record, Request, Response
from summarizer.cassette.secret import looks

pytestmark = pytest.mark.usefixtures("live_key")

STORED = sorted(COMMITTED.rglob("*.json"))
TEXTS = sorted(
    path
    for folder in ("cassettes", "examples", "prompts", "schemas", "docs", "benchmarks")
    for path in (COMMITTED.parent / folder).rglob("*")
    if path.is_file() and path.suffix != ".pyc"
)
KEPT_HEADERS = {"content-type", "retry-after", "retry-after-ms"}


# 40: a miss


def test_f40_a_miss_names_the_file_the_nearest_request_and_what_differs(tape: Path) -> None:
    recorded(tape)
    error = refused(tape, article=ARTICLE.replace("Monday", "Friday"))
    assert str(tape) in error.message
    assert "The nearest recorded one, exchange 1 of 1, differs in the article (character " in error.message
    assert re.search(r"recorded “[^”]*Monday[^”]*”, now “[^”]*Friday[^”]*”", error.message)
    assert f"summarizer cassettes refresh {tape}" in error.tip
    assert len(error.message) < 600


def test_f40_a_miss_is_no_fault_of_the_server_and_sends_nothing(tape: Path) -> None:
    """The client wraps what its transport raises; it must not come out as a broken connection, or be tried again."""
    recorded(tape)
    whole = tape.read_bytes()
    with serving() as server:
        error = refused(tape, "once", address=server.base_url, article=ARTICLE.replace("Monday", "Friday"))
        assert server.requests == []
    assert type(error) is CassetteError
    assert "onnection" not in error.message
    assert tape.read_bytes() == whole


def test_f40_a_miss_in_the_repair_is_one_too(tape: Path) -> None:
    """A repair that the model fails costs no briefing; a repair that was not recorded is no such failure."""
    recorded(tape, FAILING, REPAIR)
    changed(tape, lambda held: held["interactions"][1]["request"]["body"]["messages"][-1].update(content="other"))
    assert "a repair. The nearest recorded one, exchange 2 of 2, differs in the items to mend" in refused(tape).message


def test_f40_an_article_by_another_name_is_told_by_both(tape: Path, tmp_path: Path) -> None:
    for name in ("port.txt", "harbour.txt"):
        (tmp_path / name).write_text(f"{name}\n\n{ARTICLE}", encoding="utf-8")
    recorded(tape, article=tmp_path / "port.txt")
    message = refused(tape, article=tmp_path / "harbour.txt").message
    assert "the article (recorded port.txt, now harbour.txt; character " in message


def test_f40_what_a_file_holds_cannot_drive_a_terminal_from_a_message(tape: Path) -> None:
    recorded(tape)
    changed(tape, lambda held: held["interactions"][0]["request"]["body"].update(model="\x1b]52;c;eA==\x07\u202e"))
    assert refused(tape).message.isprintable()


# 41: a file that is none

ONE = (
    b'[{"request": {"method": "POST", "path": "/v1/chat/completions", "body": {}}, '
    b'"response": {"status": 200, "headers": {}, "seconds": 1}}]'
)
WHOLE = b'{"format": "summarizer-cassette@2", "model": "test/fake-1", "tool": "t", "interactions": ' + ONE + b"}"

DAMAGED = {
    "empty": b"",
    "blank": b"\n",
    "cut": b'{"format": "summarizer-cassette@1", "model": "test/fake-1", "interactions": [{"requ',
    "no map": b"[]",
    "null": b"null",
    "no interactions": b'{"format": "summarizer-cassette@1", "model": "m", "tool": "t"}',
    "another format": b'{"format": "summarizer-cassette@3", "model": "m", "tool": "t", "interactions": []}',
    "another key": b'{"format": "summarizer-cassette@1", "model": "m", "tool": "t", "interactions": [], "x": 1}',
    "wrong types": b'{"format": "summarizer-cassette@1", "model": 1, "tool": "t", "interactions": {}}',
    "no status": b'{"format": "summarizer-cassette@1", "model": "m", "tool": "t", "interactions": [{"request": {"method": "POST", "path": "/", "body": 1}, "response": {}}]}',
    "binary": bytes(range(256)),
    "deep": b"[" * 100_000,
    "deep in place": b'{"format": "summarizer-cassette@1", "model": "m", "tool": "t", "interactions": '
    + b"[" * 100_000,
    "no exchange": b'{"format": "summarizer-cassette@2", "model": "m", "tool": "t", "interactions": []}',
    "a key twice": b'{"format": "summarizer-cassette@2", "model": "m", "model": "m", "tool": "t", "interactions": '
    + ONE
    + b"}",
    "a key twice within": b'{"format": "summarizer-cassette@2", "model": "m", "tool": "t", "interactions": '
    + ONE.replace(b'"body": {}', b'"body": {"a": 1, "a": 2}')
    + b"}",
    "infinite": WHOLE.replace(b'"body": {}', b'"body": {"temperature": 1e999}'),
    "not a number": WHOLE.replace(b'"body": {}', b'"body": {"temperature": NaN}'),
    "huge": WHOLE.replace(b'"body": {}', b'"body": {"seed": 1' + b"0" * 10_000 + b"}"),
    "half a character": WHOLE.replace(b'"body": {}', b'"body": "\\ud800"'),
    "byte order mark": b"\xef\xbb\xbf" + WHOLE,
    "another encoding": WHOLE.decode().encode("utf-16"),
    "more after it": WHOLE + b"{}",
    "cut at the end": WHOLE[:-1],
    "zeros": b"\0" * 4096,
    "a briefing": b'{"schema": "briefing@1", "headline": null}',
    "origin of another form": WHOLE[:-1] + b', "origin": {"prompt": "briefing"}}',
    "yaml with an anchor bomb": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "yaml with a key twice": b"interactions: []\ninteractions: []\n",
    "yaml with a new object": b"!!python/object/new:os.system [touch /tmp/summarizer-was-here]\n",
    "json with a tag": b'{"!!python/object/apply:os.system": ["touch /tmp/summarizer-was-here"]}',
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


def test_f41_what_the_damage_is_done_to_is_a_cassette(tape: Path) -> None:
    tape.write_bytes(WHOLE)
    assert Cassette(tape).model == "test/fake-1"


def test_f41_a_file_that_is_too_large_is_not_read(tape: Path) -> None:
    with tape.open("wb") as file:
        file.truncate(60_000_000)
    assert "larger than 50 MB" in refused(tape).message


@pytest.mark.parametrize("record", ["none", "once"])
def test_f41_a_pipe_is_not_waited_for(tmp_path: Path, record: Record) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "no regular file" in refused(tmp_path / "pipe", record).message


@pytest.mark.parametrize("levels", [190, 195, 199, 250])
def test_f41_an_answer_that_the_file_could_not_give_back_is_kept_as_text(tape: Path, levels: int) -> None:
    """Python's parser goes deeper than the one that reads cassettes."""
    with FaultServer() as server:
        server.script(Raw(b'{"a":' * levels + b"1" + b"}" * levels))
        with pytest.raises(ModelError):
            briefing(tape, "all", server.base_url)
    with pytest.raises(ModelError, match="no choices"):
        briefing(tape, "none")


# 42: secrets


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
        assert server.requests[0].headers["authorization"] == f"Bearer {LIVE_KEY}"
        port = str(server.server_port)
    text = tape.read_text(encoding="utf-8")
    assert not SECRET.search(text)
    assert not any(each in text for each in (LIVE_KEY, "session=abc", "org-Hidden01", "req_1", "127.0.0.1", f":{port}"))
    assert {name for each in interactions(tape) for name in each["response"]["headers"]} == {
        "content-type",
        "retry-after-ms",
    }
    assert all(set(each["request"]) == {"method", "path", "body"} for each in interactions(tape))


def test_f42_an_exchange_with_the_live_key_in_it_is_not_written(tape: Path) -> None:
    answers: tuple[Step, ...] = (Completion(LIVE_KEY), Raw(f"<p>{LIVE_KEY}</p>".encode()))
    for step in answers:
        with FaultServer() as server:
            server.script(step)
            error = refused(tape, "once", address=server.base_url)
        assert "live key" in error.message
        assert LIVE_KEY not in error.message
        assert not tape.exists()


def test_f42_an_article_with_the_live_key_in_it_is_not_written(tape: Path) -> None:
    with serving() as server:
        assert (
            "live key"
            in refused(tape, "once", address=server.base_url, article=f"{ARTICLE}\nIt was {LIVE_KEY}.\n").message
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
def test_f42_no_stored_cassette_holds_a_secret_or_another_header(path: Path) -> None:
    assert not SECRET.search(path.read_text(encoding="utf-8"))
    assert {name for each in interactions(path) for name in each["response"]["headers"]} <= KEPT_HEADERS


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_f42_no_committed_file_looks_as_if_it_held_a_secret(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert looks(text, LIVE_KEY) == []
    assert not re.search(r"/(?:home|Users|root)/|[A-Z]:\\{1,2}Users", text)


def test_f42_there_are_files_to_search() -> None:
    assert len(STORED) >= 5
    assert {path.suffix for path in TEXTS} >= {".json", ".txt", ".md"}


@pytest.mark.parametrize(
    "text",
    [
        "sk-proj-abcdefgh",
        "sk-****************6789",
        f"sk-{ascii_lowercase[:16]}1234",
        "org-AbCdEf0123",
        "proj_AbCdEf0123456789",
        '{"Authorization": "Bearer x"}',
        '"{\\"authorization\\": \\"Basic x\\"}"',
        "Bearer abcdefgh12345678",
        '{"set-cookie": "a"}',
        '{"x-api-key": "a"}',
        '{"openai-organization": "a"}',
        "gsk_abcdefghijklmnopqrstuvwx",
        "AKIAABCDEFGHIJKLMNOP",
        "eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.x",
        "-----BEGIN RSA PRIVATE KEY-----",
    ],
)
def test_f42_the_search_for_secrets_finds_them(text: str) -> None:
    assert looks(text)
    assert looks(f"He said: {text} again.")


@pytest.mark.parametrize(
    "text",
    [
        "The committee's authorization of force, a risk-averse task-force said, needs org-restructuring.",
        "The bearer of the bonds ate a cookie: it was stale. Authorization: none was sought.",
        "A bearer token is a secret. The api-key is not known.",
    ],
)
def test_f42_words_of_an_article_are_no_secrets(text: str) -> None:
    assert looks(text) == []


ODD_KEY = 'k"e\\y/+=&?%key-0123456789'


@pytest.mark.parametrize(
    "form",
    [
        LIVE_KEY,
        json.dumps({"said": LIVE_KEY}),
        base64.b64encode(LIVE_KEY.encode()).decode(),
        base64.b64encode(f"user:{LIVE_KEY}".encode()).decode(),
        base64.urlsafe_b64encode(f"a{LIVE_KEY}b".encode()).decode(),
    ],
    ids=["plain", "json", "base64", "basic", "url base64"],
)
def test_f42_the_live_key_is_found_in_every_form_and_the_old_file_stays(tape: Path, form: str) -> None:
    recorded(tape)
    whole = tape.read_bytes()
    with FaultServer() as server:
        server.script(Completion(f"It is {form}."))
        error = refused(tape, "all", address=server.base_url)
    assert "live key" in error.message
    assert form not in error.message + error.tip
    assert tape.read_bytes() == whole
    assert list(tape.parent.iterdir()) == [tape]


@pytest.mark.parametrize(
    "form", [ODD_KEY, json.dumps(ODD_KEY), quote(ODD_KEY), quote(ODD_KEY, safe=""), quote(ODD_KEY, safe="").lower()]
)
def test_f42_a_key_with_marks_in_it_is_found_as_json_and_addresses_write_it(tape: Path, form: str) -> None:
    exchange = Interaction(
        request=Request(method="POST", path="/v1", body={"said": form}),
        response=Response(status=200, headers={}, seconds=0, body=json.dumps({"said": form})),
    )
    with pytest.raises(CassetteError, match="live key"):
        Cassette(tape, "all").record(exchange, MODEL, ODD_KEY)
    assert not tape.exists()


def test_f42_what_is_known_of_the_article_may_not_hold_the_key_either(tape: Path) -> None:
    with serving() as server:
        assert "live key" in refused(tape, "all", address=server.base_url, title=LIVE_KEY).message
    assert not tape.exists()


def test_f42_a_placeholder_for_a_key_is_no_secret(tape: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    recorded(tape)
    assert interactions(tape)


# 42: prompt or schema changed


def older(held: dict[str, Any], sort: str, at: int) -> None:
    held["origin"][sort][at]["sha256"] = "0" * 64


@pytest.mark.parametrize(
    ("was", "what", "sort"),
    [("You brief analysts", "prompt", "prompts"), ('"maxItems": 6', "schema", "schemas")],
)
@pytest.mark.parametrize("told", [True, False], ids=["with origin", "without"])
def test_f42_a_recording_of_another_prompt_or_schema_is_called_stale(
    tape: Path, was: str, what: str, sort: str, told: bool
) -> None:
    recorded(tape)
    text = json.dumps(json.loads(tape.read_text(encoding="utf-8")))
    assert was in text
    tape.write_text(text.replace(was, was.replace("6", "7").replace("You", "We")), encoding="utf-8")
    changed(tape, lambda held: older(held, sort, 0) if told else held.pop("origin"))
    error = refused(tape)
    assert f"{tape} is stale: " in error.message
    name = {"prompt": "briefing@2", "schema": "briefing-draft@2"}[what]
    hashes = f"recorded {name} 000000000000, now {name} "
    assert f"differs in the {what} ({hashes if told else ''}" in error.message
    assert f"Record again: summarizer cassettes refresh {tape}" in error.tip
    assert f"or restore the {what}" in error.tip


def test_f42_a_newer_prompt_is_told_by_both_versions(tape: Path) -> None:
    def with_another(held: dict[str, Any]) -> None:
        held["origin"]["prompts"][0] = {"id": "briefing@9", "sha256": "0" * 64}
        held["interactions"][0]["request"]["body"]["messages"][0]["content"] = "Brief this."

    recorded(tape)
    changed(tape, with_another)
    error = refused(tape)
    assert "is stale" in error.message
    assert "the prompt (recorded briefing@9 000000000000, now briefing@2 " in error.message
    assert "or ask with --prompt briefing@9" in error.tip


def test_f42_a_prompt_that_changed_after_the_article_is_not_taken_for_another_article(tape: Path) -> None:
    def with_another_end(held: dict[str, Any]) -> None:
        older(held, "prompts", 0)
        held["interactions"][0]["request"]["body"]["messages"][-1]["content"] += "\nAnswer now."

    recorded(tape)
    changed(tape, with_another_end)
    message = refused(tape).message
    assert "differs in the prompt (recorded briefing@2" in message
    assert "the article" not in message


def test_f42_a_prompt_for_repairs_that_changed_is_stale_at_the_repair(tape: Path) -> None:
    def with_another_repair(held: dict[str, Any]) -> None:
        older(held, "prompts", 1)
        held["interactions"][1]["request"]["body"]["messages"][0]["content"] = "Mend this."

    recorded(tape, FAILING, REPAIR)
    changed(tape, with_another_repair)
    message = refused(tape).message
    assert "is stale" in message
    assert "exchange 2 of 2, differs in the prompt (recorded repair@2 000000000000, now repair@2 " in message


# 43: side by side


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
    assert [each.what[0].claim.split()[3] for each in found] == names * 5


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


def test_f43_threads_that_share_one_cassette_get_each_answer_once(tape: Path) -> None:
    def many(held: dict[str, Any]) -> None:
        one = held["interactions"][0]
        held["interactions"] = [one | {"response": one["response"] | {"seconds": float(at)}} for at in range(200)]

    recorded(tape)
    changed(tape, many)
    cassette, request = Cassette(tape), Request(**interactions(tape)[0]["request"])
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: cassette.replay(request).seconds, range(200)))
    assert sorted(found) == [float(at) for at in range(200)]


def test_f43_one_summarizer_replays_for_many_threads(tape: Path) -> None:
    live = recorded(tape, FAILING, REPAIR)
    article = Source.from_text(ARTICLE, published=PUBLISHED)
    with Summarizer(Settings(cassette=tape)) as summarizer, ThreadPoolExecutor(4) as pool:
        assert {each.to_json() for each in pool.map(summarizer.brief, [article] * 12)} == {live.to_json()}
