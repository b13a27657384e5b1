"""Cassettes: what is recorded, what is replayed, and what a miss says. What must not happen: test_faults_cassette.py."""

from __future__ import annotations

import json
import os
import socket
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from drafts import ARTICLE, DRAFT, FAILING, MODEL, PUBLISHED, REPAIR, completion, serving
from fault_server import Answer, Completion, FaultServer, Raw, Received, Status, Step
from tapes import COMMITTED, NOWHERE, briefing, changed, content, interactions, recorded, refused

from summarizer import CassetteError, ModelError, Source, UsageError, brief
from summarizer.cassette import Cassette, Record, Request, read

pytestmark = pytest.mark.usefixtures("live_key")


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
    other = recorded(tape, DRAFT | {"what": [DRAFT["what"][0] | {"event": "The port closed its north terminal."}]})
    assert "port closed" in other.what[0].claim
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
    with pytest.raises(CassetteError, match="every recorded answer to it was already used"):
        cassette.replay(request)


# A miss


def test_a_miss_after_the_last_answer_says_so(tape: Path) -> None:
    recorded(tape, FAILING, REPAIR)
    changed(tape, lambda held: held["interactions"].pop())
    error = refused(tape)
    assert "this request, a repair: every recorded answer was already used" in error.message
    assert f"summarizer cassettes refresh {tape}" in error.tip


def test_another_model_is_a_miss_that_names_both(tape: Path) -> None:
    recorded(tape)
    error = refused(tape, model="test/fake-2")
    assert "differs in the model (recorded fake-1, now fake-2)" in error.message
    assert "leave out --model" in error.tip


def test_of_several_requests_the_nearest_is_compared(tape: Path) -> None:
    recorded(tape, FAILING, REPAIR)
    second = interactions(tape)[1]["request"]
    cassette = Cassette(tape)
    cassette.replay(Request(**interactions(tape)[0]["request"]))
    asked = json.loads(json.dumps(second).replace("three workers", "four workers"))
    with pytest.raises(CassetteError, match=r"exchange 2 of 2, .*recorded “[^”]*three[^”]*”, now “[^”]*four"):
        cassette.replay(Request(**asked))


def test_a_grammar_that_differs_with_the_article_is_no_other_schema() -> None:
    """The embedded model's grammar holds words of the article."""
    with pytest.raises(CassetteError) as raised:
        brief(ARTICLE, published=PUBLISHED, cassette=COMMITTED / "briefing@2" / "strike.json")
    assert "differs in the article (" in raised.value.message
    assert "the schema" not in raised.value.message


def test_a_repair_that_was_not_recorded_is_compared_with_no_draft(tape: Path) -> None:
    recorded(tape, FAILING, REPAIR)
    changed(tape, lambda held: held["interactions"].__setitem__(1, held["interactions"][0]))
    assert "a repair: no such request was recorded" in refused(tape).message


def test_items_to_mend_that_differ_are_told_with_the_check_that_found_them(tape: Path) -> None:
    def older(held: dict[str, Any]) -> None:
        held["origin"]["policy"] = {"id": "check@0", "sha256": "0" * 64}
        turn = held["interactions"][1]["request"]["body"]["messages"][-1]
        turn["content"] = turn["content"].replace("failed:", "failed, as it seems:")

    recorded(tape, FAILING, REPAIR)
    changed(tape, older)
    message = refused(tape).message
    assert "differs in the items to mend (the check changed: recorded check@0 000000000000, now check@3 " in message
    assert "as it seems" in message


def test_what_is_asked_again_is_told_apart_from_the_article(tape: Path) -> None:
    recorded(tape, {"headline": "x"}, DRAFT)
    changed(tape, lambda held: held["interactions"][1]["request"]["body"]["messages"][-1].update(content="Once more."))
    assert "a draft again. The nearest recorded one, exchange 2 of 2, differs in the question put again" in (
        refused(tape).message
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"seed": 1}, "the parameters (seed: recorded null, now 1)"),
        ({"messages": []}, "the prompt"),
        ({"messages": "none"}, "the prompt"),
        ({"messages": [1, None]}, "the prompt"),
        ({"response_format": None}, "the schema"),
        ({"model": ["x"]}, "the model"),
        ({"grammar": "start: x"}, "the schema (grammar: recorded null, now start: x)"),
    ],
)
def test_a_difference_in_any_part_of_the_body_is_told(tape: Path, change: dict[str, Any], said: str) -> None:
    recorded(tape)
    asked = interactions(tape)[0]["request"]
    with pytest.raises(CassetteError) as raised:
        Cassette(tape).replay(Request(**asked | {"body": asked["body"] | change}))
    assert f"differs in {said}" in raised.value.message
    assert len(raised.value.message) < 600


@pytest.mark.parametrize("change", [{"body": None}, {"body": "text"}, {"path": "/v1/completions"}, {"method": "GET"}])
def test_a_request_of_another_form_is_told(tape: Path, change: dict[str, Any]) -> None:
    recorded(tape)
    with pytest.raises(CassetteError, match=r"differs in the \w+ \(") as raised:
        Cassette(tape).replay(Request(**interactions(tape)[0]["request"] | change))
    assert len(raised.value.message) < 600


def test_another_version_of_this_program_is_named_where_nothing_else_explains_a_miss(tape: Path) -> None:
    recorded(tape)
    changed(tape, lambda held: held.update(tool="summarizer 0.0.1"))
    changed(tape, lambda held: held["interactions"][0]["request"]["body"].update(seed=1))
    assert "; recorded by summarizer 0.0.1, now summarizer " in refused(tape).message


def test_nothing_to_replay_while_recording(tape: Path) -> None:
    with pytest.raises(CassetteError, match="nothing to replay"):
        Cassette(tape, "all").replay(Request(method="POST", path="/", body=None))


# The origin


def test_a_recording_tells_what_it_was_recorded_from(tape: Path) -> None:
    made = recorded(tape, FAILING, REPAIR)
    found = read(tape)
    assert found.origin is not None
    assert found.format == "summarizer-cassette@2"
    assert (found.origin.kind, found.origin.prompt) == ("briefing", None)
    assert found.origin.prompts == made.provenance.prompts
    assert found.origin.schemas == made.provenance.schemas
    assert found.origin.policy == made.provenance.policy
    assert found.origin.source == made.source
    assert (found.model, found.tool) == (made.provenance.model, made.provenance.tool)


def test_the_origin_is_there_from_the_first_exchange_on(tape: Path) -> None:
    with FaultServer() as server:
        server.script(Status(401))
        with pytest.raises(ModelError):
            briefing(tape, "all", server.base_url)
    assert content(tape)["origin"]["kind"] == "briefing"


def test_the_day_is_that_of_the_recording(tape: Path) -> None:
    before = datetime.now(UTC).date()
    recorded(tape)
    origin = read(tape).origin
    assert origin is not None
    assert before <= origin.recorded <= datetime.now(UTC).date()


@pytest.mark.parametrize("change", [{"recorded": "1999-01-01"}, {"prompt": "nothing@9"}, {"schemas": []}])
def test_a_replay_does_not_depend_on_the_origin(tape: Path, change: dict[str, Any]) -> None:
    live = recorded(tape)
    changed(tape, lambda held: held["origin"].update(change))
    assert briefing(tape, "none").to_json() == live.to_json()


def test_a_recording_of_format_1_is_replayed(tape: Path) -> None:
    def of_format_1(held: dict[str, Any]) -> None:
        del held["origin"]
        held["format"] = "summarizer-cassette@1"

    live = recorded(tape, FAILING, REPAIR)
    changed(tape, of_format_1)
    assert briefing(tape, "none").to_json() == live.to_json()
    assert read(tape).origin is None


def test_a_miss_in_format_1_asks_for_the_article(tape: Path) -> None:
    recorded(tape)
    changed(tape, lambda held: held.pop("origin"))
    error = refused(tape, article=ARTICLE.replace("Monday", "Friday"))
    assert "differs in the article (character " in error.message
    assert f"summarizer cassettes refresh {tape} --source ARTICLE" in error.tip


# Where the article is


def name_kept(tape: Path, source: Source | str | Path) -> str:
    recorded(tape, article=source)
    origin = read(tape).origin
    assert origin is not None
    return origin.source.name


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an article in it, which is the current one."""
    folder = tmp_path / "newsroom"
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / "port.txt").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("absolute", [True, False])
def test_an_article_below_the_current_folder_is_seen_from_the_cassette(project: Path, absolute: bool) -> None:
    article = Path("articles", "port.txt")
    assert name_kept(Path("tapes", "a", "port.json"), article.resolve() if absolute else article) == (
        "../../articles/port.txt"
    )


def test_an_article_of_the_same_project_is_seen_from_the_cassette(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "pyproject.toml").write_text("[tool.summarizer]\n", encoding="utf-8")
    (project / "deep").mkdir()
    monkeypatch.chdir(project / "deep")
    assert name_kept(project / "tapes" / "port.json", project / "articles" / "port.txt") == "../articles/port.txt"


def test_an_article_from_elsewhere_keeps_its_name_alone(project: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    elsewhere = tmp_path / "home" / "secret plans.txt"
    elsewhere.write_text(ARTICLE, encoding="utf-8")
    tape = project / "tapes" / "port.json"
    assert name_kept(tape, elsewhere) == "secret plans.txt"
    assert name_kept(tape, Path("..", "home", "secret plans.txt")) == "secret plans.txt"
    assert str(tmp_path) not in tape.read_text(encoding="utf-8")


def test_a_cassette_elsewhere_does_not_tell_where_the_article_is(project: Path, tmp_path: Path) -> None:
    assert name_kept(tmp_path / "other" / "port.json", project / "articles" / "port.txt") == "port.txt"


def test_an_article_beside_its_cassette_keeps_its_name(tmp_path: Path) -> None:
    (tmp_path / "port.txt").write_text(ARTICLE, encoding="utf-8")
    assert name_kept(tmp_path / "port.json", tmp_path / "port.txt") == "port.txt"


def test_a_text_has_no_file(tape: Path) -> None:
    assert name_kept(tape, ARTICLE) == "text"


def test_a_name_of_another_system_loses_its_folders(tape: Path) -> None:
    for name in ("C:\\Users\\somebody\\port.txt", "/home/somebody/port.txt", "\\\\server\\share\\port.txt"):
        assert name_kept(tape, Source.from_text(ARTICLE, name=name, published=PUBLISHED)) == "port.txt"


# A file that is none


@pytest.mark.parametrize(
    "response",
    [
        {"status": 0},
        {"status": 99},
        {"status": 1000},
        {"status": -1},
        {"headers": {"é": "ü"}},
        {"headers": {"set-cookie": "a"}},
        {"headers": {"content-type": "a\r\nb"}},
        {"headers": {"content-type": "é"}},
        {"seconds": -1},
        {"seconds": 1e999},
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
