"""Faults 1 to 20 and 47: everything that a model's server can get wrong, from a real server on loopback."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from conftest import KEY, Ran
from drafts import ARTICLE, DRAFT, FAILING, MODEL, REPAIR, compact, completion
from fault_server import (
    Answer,
    Completion,
    Cut,
    Drip,
    FaultServer,
    Hang,
    Raw,
    Received,
    Reset,
    Status,
    Step,
    Stream,
)

from summarizer import (
    AuthenticationError,
    BadResponseError,
    Briefing,
    DeadlineError,
    ModelError,
    QuotaError,
    RateLimitError,
    RefusedError,
    SchemaError,
    ServerError,
    Settings,
    Summarizer,
    SummarizerError,
    TooLongError,
    TruncatedError,
    UnknownModelError,
    UnreachableError,
    abrief,
    cli,
)
from summarizer.model.client import ANSWER_TOKENS, MAX_REQUESTS, MAX_TRIES

E = TypeVar("E", bound=SummarizerError)

GOOD = completion()
UNFIT = Completion('{"headline": ""}')
FROM_ARTICLE = "a crane that we have not inspected"
BODY: dict[str, Any] = {"id": "x", "object": "chat.completion", "created": 0, "model": "fake-1"}


def with_event(words: str) -> dict[str, Any]:
    """The right draft, but for its events: these words alone."""
    return DRAFT | {"what": [DRAFT["what"][0] | {"event": words}]}


def briefed(server: FaultServer, **settings: Any) -> Briefing:
    with Summarizer(Settings(model=MODEL, base_url=server.base_url, **settings)) as summarizer:
        return summarizer.brief(ARTICLE)


def failed(server: FaultServer, kind: type[E], requests: int, **settings: Any) -> E:
    """The error of this very class, after so many requests; it gives nothing away."""
    with pytest.raises(kind) as caught:
        briefed(server, **settings)
    error = caught.value
    assert type(error) is kind
    assert len(server.requests) == requests
    if isinstance(error, ModelError):
        assert len(error.attempts) == requests
        assert not requests or error.attempts[-1].outcome == error.kind or isinstance(error, SchemaError)
    assert_discreet(error)
    return error


def assert_discreet(error: SummarizerError) -> None:
    """Short, without key or article, even where a program lets the whole traceback through."""
    whole = "".join(traceback.format_exception(error))
    assert len(error.message) < 500
    for secret in (KEY, KEY[-8:], FROM_ARTICLE):
        assert secret not in f"{error.message} {error.tip} {error!r} {whole}"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits between tries are cut short, where not the waiting but the counting is looked at."""
    monkeypatch.setattr("summarizer.model.client._BACKOFF", lambda state: 0.01)


@pytest.fixture
def refused_port() -> Iterator[str]:
    """The address of a port that is taken, and where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{taken.getsockname()[1]}"


# Rate limits, keys, names


def test_f01_a_short_retry_after_is_waited_for_and_then_works(server: FaultServer) -> None:
    server.script(Status(429, headers={"retry-after": "1"}), GOOD)
    made = briefed(server).provenance
    first, second = server.requests
    assert second.at - first.at >= 1
    assert [each.outcome for each in made.attempts] == ["rate_limited", "ok"]
    assert [each.prompt_tokens for each in made.attempts] == [None, 120]


def test_f02_a_long_retry_after_is_told_and_not_waited_for(server: FaultServer) -> None:
    server.script(Status(429, headers={"retry-after": "300"}))
    error = failed(server, RateLimitError, 1)
    assert error.retry_after == 300
    assert "300 s" in error.message


def test_f02_a_wait_that_outlasts_the_deadline_is_not_begun(server: FaultServer) -> None:
    server.script(Status(429, headers={"retry-after": "20"}))
    began = time.monotonic()
    assert failed(server, RateLimitError, 1, timeout=5).retry_after == 20
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("header", ["-5", "nan", "inf", "1e999", "soon", ""])
def test_f02_a_retry_after_without_sense_is_as_good_as_none(server: FaultServer, quick: None, header: str) -> None:
    server.script(Status(429, headers={"retry-after": header}))
    assert failed(server, RateLimitError, MAX_TRIES[RateLimitError]).retry_after is None


def test_f03_a_used_up_quota_stops_at_once(server: FaultServer) -> None:
    server.script(Status(429, code="insufficient_quota", headers={"retry-after": "1"}))
    assert failed(server, QuotaError, 1).exit_code == 10


@pytest.mark.parametrize("status", [401, 403])
def test_f04_a_refused_key_is_asked_with_once_and_never_shown(
    server: FaultServer, status: int, capfd: pytest.CaptureFixture[str]
) -> None:
    server.script(Status(status, message=f"Incorrect API key provided: {KEY}, or test-***********6789."))
    error = failed(server, AuthenticationError, 1)
    assert "OPENAI_API_KEY" in error.tip
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert "6789" not in "".join(traceback.format_exception(error))
    assert "6789" not in "".join(capfd.readouterr())


@pytest.mark.parametrize(
    "step",
    [
        Status(400, message=f"{'x' * 185} {KEY}"),
        Status(500, f"<h1>Authorization: Bearer {KEY}</h1>"),
        Raw(f"<h1>Authorization: Bearer {KEY}</h1>".encode(), "text/html"),
        Completion(None, refusal=f"I will not use {KEY}."),
        Completion(f'{{"{KEY}": 1}}'),
    ],
    ids=["message, at the cut", "page", "page with 200", "refusal", "answer"],
)
def test_f04_a_key_that_the_server_repeats_is_not_shown(server: FaultServer, quick: None, step: Step) -> None:
    server.script(step)
    with pytest.raises(ModelError) as caught:
        briefed(server)
    for part in (KEY, KEY[:12]):
        assert part not in f"{caught.value.message} {caught.value!r}"


@pytest.mark.parametrize("wrong", ["test-key\n0123456789", "schlüssel-0123456789", "test-key-\x1b0123456789"])
def test_f04_a_key_that_cannot_be_sent_is_refused_before_any_request(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", wrong)
    error = failed(server, AuthenticationError, 0)
    assert "0123456789" not in "".join(traceback.format_exception(error))


def test_f05_an_unknown_model_is_named_with_the_address(server: FaultServer) -> None:
    server.script(Status(404, code="model_not_found", message="The model does not exist."))
    error = failed(server, UnknownModelError, 1)
    assert "fake-1" in error.message
    assert server.base_url in error.message


# Failing servers and connections


def test_f06_two_failures_of_the_server_are_sat_out(server: FaultServer) -> None:
    server.script(Status(500), Status(503), GOOD)
    attempts = briefed(server).provenance.attempts
    assert [each.outcome for each in attempts] == ["server_error", "server_error", "ok"]
    first, second, third = server.requests
    assert second.at - first.at >= 0.5
    assert third.at - second.at >= 1


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408, 409, 529])
def test_f06_a_server_that_never_works_is_asked_four_times(server: FaultServer, quick: None, status: int) -> None:
    server.script(Status(status, "<html>Bad gateway</html>"))
    error = failed(server, ServerError, MAX_TRIES[ServerError])
    assert (error.kind, error.exit_code) == ("server_error", 17)
    assert str(status) in error.message


def test_f07_reset_connections_are_tried_again_and_then_told(server: FaultServer, quick: None) -> None:
    server.script(Reset())
    error = failed(server, UnreachableError, MAX_TRIES[UnreachableError])
    assert f"Cannot reach 127.0.0.1:{server.server_port}" in error.message


def test_f07_a_reset_connection_is_mended_by_the_next(server: FaultServer, quick: None) -> None:
    server.script(Reset(), GOOD)
    assert [each.outcome for each in briefed(server).provenance.attempts] == ["unreachable", "ok"]


@pytest.mark.parametrize("host", ["refused", "nowhere.invalid:8080"])
def test_f07_unreachable_server_is_named_without_a_traceback(
    host: str, refused_port: str, quick: None, key: str, tmp_path: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    host = refused_port if host == "refused" else host
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE)
    assert cli.run(["brief", str(article), "--model", MODEL, "--base-url", f"http://{host}/v1"]) == 7
    out, err = capfd.readouterr()
    assert out == ""
    assert f"Cannot reach {host}: " in err
    assert "Traceback" not in err
    assert KEY not in err


def test_f08_a_silent_server_is_left_at_the_deadline(server: FaultServer) -> None:
    server.script(Hang(20))
    began = time.monotonic()
    error = failed(server, DeadlineError, 1, timeout=1.5)
    assert time.monotonic() - began < 4
    assert (error.attempts[0].outcome, error.attempts[0].prompt_tokens) == ("deadline", None)


def test_f08_an_answer_that_drips_in_is_left_at_the_deadline(server: FaultServer) -> None:
    server.script(Drip(b" " * 500, every=0.05))
    began = time.monotonic()
    failed(server, DeadlineError, 1, timeout=1.5)
    assert time.monotonic() - began < 4


def test_f08_failures_do_not_outlast_the_deadline(server: FaultServer) -> None:
    server.script(Status(500))
    began = time.monotonic()
    with pytest.raises(ServerError):
        briefed(server, timeout=1.2)
    assert time.monotonic() - began < 2.5


# Answers that are none


@pytest.mark.parametrize(
    ("step", "shown"),
    [
        (Raw(b'{"id": "x", "choices": [{"message": {"content": "{'), "is not JSON"),
        (Raw(b"<!doctype html><title>Welcome to nginx</title>", "text/html"), "Welcome to nginx"),
        (Raw(b"null"), "is no JSON object"),
        (Raw(b""), "nothing"),
        (Raw(b"[" * 100_000), "is not JSON"),
        (Raw(b"\xff\xfe\x00"), "is not JSON"),
    ],
    ids=["truncated", "page", "null", "empty", "nested", "binary"],
)
def test_f09_a_body_that_is_no_answer_is_asked_for_once_more(server: FaultServer, step: Step, shown: str) -> None:
    server.script(step)
    error = failed(server, BadResponseError, 2)
    assert error.exit_code == 13
    assert shown in error.message


def test_f09_the_snippet_of_a_body_is_short_and_safe(server: FaultServer) -> None:
    server.script(Raw(b"\x1b]52;c;cm0=\x07" + "\u202e\x9b2J".encode() + b"x" * 5_000, "text/html"))
    error = failed(server, BadResponseError, 2)
    assert error.message.isprintable()
    assert len(error.message) < 260


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"message": "no such slot", "code": 500}},
        {"error": "no such slot"},
        BODY | {"choices": [{"message": {"content": compact(DRAFT)}}], "error": {"message": "overloaded"}},
        BODY,
        BODY | {"choices": []},
        BODY | {"choices": None},
        BODY | {"choices": "none"},
        BODY | {"choices": [None]},
        BODY | {"choices": [{}]},
        BODY | {"choices": [{"message": None}]},
        BODY | {"choices": [{"message": {}}]},
        BODY | {"choices": [{"message": {"content": None}}]},
        BODY | {"choices": [{"message": {"content": 7}}]},
        BODY | {"choices": [{"message": {"content": [{"type": "text", "text": "{}"}]}}]},
        BODY | {"choices": [{"message": {"content": " \n"}}]},
    ],
    ids=lambda body: json.dumps(body)[-40:],
)
def test_f10_an_answer_without_text_is_a_bad_response(server: FaultServer, body: dict[str, Any]) -> None:
    server.script(Raw(json.dumps(body).encode()))
    failed(server, BadResponseError, 2)


@pytest.mark.parametrize(
    "extra",
    [
        {"usage": "many"},
        {"usage": {"prompt_tokens": "12", "completion_tokens": None, "total_tokens": []}},
        {"usage": {"prompt_tokens": -1, "completion_tokens": True}},
        {"id": None, "created": "yesterday", "model": None, "object": 7},
        {"service_tier": "[" * 3, "system_fingerprint": {"a": [[[]]]}},
    ],
    ids=json.dumps,
)
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "text/event-stream"])
def test_f10_odd_fields_around_a_good_answer_do_no_harm(server: FaultServer, extra: dict[str, Any], kind: str) -> None:
    choice = {
        "message": {"content": compact(DRAFT), "tool_calls": "none", "audio": 7},
        "finish_reason": None,
        "index": "0",
    }
    server.script(Raw(json.dumps(BODY | {"choices": [choice]} | extra).encode(), kind))
    made = briefed(server).provenance
    assert len(server.requests) == 1
    assert made.usage.prompt_tokens is None


# Answers that were cut or refused


@pytest.mark.parametrize("written", [compact(DRAFT)[:80], compact(DRAFT)], ids=["partial", "whole, it seems"])
def test_f11_a_cut_answer_is_asked_for_once_more_with_room_and_never_shown(server: FaultServer, written: str) -> None:
    server.script(Completion(written, finish_reason="length"))
    error = failed(server, TruncatedError, 2)
    assert [each.body["max_tokens"] for each in server.requests] == [ANSWER_TOKENS, 2 * ANSWER_TOKENS]
    assert [each.completion_tokens for each in error.attempts] == [30, 30]


def test_f11_a_cut_answer_and_then_a_whole_one_give_a_briefing(server: FaultServer) -> None:
    server.script(Completion(compact(DRAFT)[:80], finish_reason="length"), GOOD)
    assert briefed(server).provenance.usage.completion_tokens == 60
    assert len(server.requests) == 2


@pytest.mark.parametrize("content", [None, "", " "])
def test_f11_a_budget_spent_on_reasoning_is_told_as_such(server: FaultServer, content: str | None) -> None:
    server.script(Completion(content, finish_reason="length"))
    error = failed(server, TruncatedError, 2)
    assert content == " " or "reasoning used the whole token budget" in error.message


@pytest.mark.parametrize("content", [None, compact(DRAFT)])
def test_f12_a_content_filter_ends_it_at_once(server: FaultServer, content: str | None) -> None:
    server.script(Completion(content, finish_reason="content_filter"))
    error = failed(server, RefusedError, 1)
    assert error.filtered


def test_f13_a_refusal_ends_it_at_once_and_is_shown_safely(server: FaultServer) -> None:
    server.script(Completion(None, refusal="I can’t help\x1b[2J with\u202e that. " + "No. " * 200))
    error = failed(server, RefusedError, 1)
    assert not error.filtered
    assert "I can’t help\\x1b[2J with\\u202e that." in error.message
    assert len(error.message) < 250


# Answers that are not quite JSON

NESTED = '{"summary": ' + "[" * 1_000 + "]" * 1_000 + "}"


@pytest.mark.parametrize(
    "written",
    [
        f"```json\n{compact(DRAFT)}\n```",
        f"```\n{json.dumps(DRAFT, indent=2)}\n```\n",
        f"Here is the briefing you asked for:\n{compact(DRAFT)}\nI hope this helps!",
        f"\ufeff{compact(DRAFT)}",
        f"\n\n {json.dumps(DRAFT, indent=4)}\n",
        json.dumps(DRAFT, ensure_ascii=True),
        f"[{compact(DRAFT)}]",
    ],
    ids=["fence", "bare fence", "prose", "byte order mark", "blanks", "escapes", "list of one"],
)
def test_f14_the_one_object_in_an_answer_is_taken(server: FaultServer, written: str) -> None:
    server.script(Completion(written))
    assert not briefed(server).rejected
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "written",
    [
        compact(DRAFT)[:-1] + ",}",
        compact(DRAFT)[:-1] + ',"summary":[3]}',
        compact(DRAFT).replace('"s":2', '"s":2,"s":4', 1),
        compact(DRAFT)[:-1] + ',"extra":NaN}',
        compact(DRAFT).replace('"summary":[2]', '"summary":[NaN]'),
        compact(DRAFT).replace('"summary":[2]', '"summary":[Infinity]'),
        compact(DRAFT).replace('"summary":[2]', '"summary":[1e400]'),
        compact(DRAFT).replace('"summary":[2]', f'"summary":[{"9" * 5_000}]'),
        f"{compact(DRAFT)}\n{compact(DRAFT)}",
        f"{compact(DRAFT)}\n{compact(FAILING)}",
        NESTED,
        "{" * 1_000,
        '{"a":' * 3_000 + "1" + "}" * 3_000,
        "I cannot see an article.",
        f"[{compact(DRAFT)},{compact(DRAFT)}]",
        json.dumps(compact(DRAFT)),
        compact(with_event("x")).replace('"x"', '"\\ud800"'),
        compact(with_event("\ud800")),
        "prose \udcff",
        "{}",
        "7",
        "x" * 999_999,
    ],
    ids=[
        "trailing comma", "duplicate key", "duplicate inner key", "NaN", "NaN in a list", "Infinity", "overflow",
        "5,000 digits", "same object twice", "two objects", "nested lists", "open braces", "nested objects", "prose",
        "list of two", "string", "escaped surrogate", "lone surrogate", "lone surrogate in prose", "empty object",
        "number", "long",
    ],
)  # fmt: skip
def test_f14_an_ambiguous_answer_is_asked_for_once_more_and_then_refused(server: FaultServer, written: str) -> None:
    server.script(Completion(written))
    error = failed(server, SchemaError, 2)
    assert error.exit_code == 16
    again = server.requests[1].body["messages"]
    assert again[: len(server.requests[0].body["messages"])] == server.requests[0].body["messages"]


def test_f14_an_answer_of_10_mb_is_refused(server: FaultServer) -> None:
    server.script(Completion(compact(with_event("x" * 10_000_000))))
    assert "10000" in failed(server, BadResponseError, 2).message


# Answers that break the schema


def test_f15_a_broken_schema_is_asked_for_once_more_and_both_are_paid(server: FaultServer) -> None:
    server.script(Completion(UNFIT.content, usage=(100, 7)), Completion(compact(DRAFT), usage=(140, 60)))
    made = briefed(server).provenance
    assert len(server.requests) == 2
    assert [(each.prompt_tokens, each.completion_tokens) for each in made.attempts] == [(100, 7), (140, 60)]
    assert (made.usage.prompt_tokens, made.usage.completion_tokens) == (240, 67)


@pytest.mark.parametrize(
    "wrong",
    [
        {"what": with_event(FROM_ARTICLE * 50)["what"]},
        {"who": [{"name": FROM_ARTICLE, "part": FROM_ARTICLE, "s": FROM_ARTICLE}] * 9},
        {FROM_ARTICLE: 1},
        {"summary": []},
        {"what": [{"event": "x", "status": "rumoured", "s": 0}]},
    ],
    ids=["long", "types", "field", "empty", "rule"],
)
def test_f15_a_schema_broken_for_ever_ends_after_two_requests_without_a_dump(
    server: FaultServer, wrong: dict[str, Any]
) -> None:
    server.script(completion(DRAFT | wrong))
    error = failed(server, SchemaError, 2)
    assert [each.outcome for each in error.attempts] == ["ok", "ok"]


def test_f15_items_that_fail_the_check_are_asked_for_once_more(server: FaultServer) -> None:
    server.script(completion(FAILING), completion(REPAIR))
    briefing = briefed(server)
    assert [each.purpose for each in briefing.provenance.attempts] == ["draft", "repair"]
    assert [each.cause for each in briefing.why] == ["once a crane collapsed and injured two workers"]
    assert not briefing.rejected


def test_f15_a_bug_of_ours_is_not_taken_for_a_broken_schema(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.script(GOOD)
    monkeypatch.setattr("summarizer.model.answer.completion", lambda written: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        briefed(server)


# Usage, models, streams, lengths


@pytest.mark.parametrize("usage", [None, (0, 0)])
def test_f16_missing_usage_is_unknown_and_not_zero(
    server: FaultServer, usage: tuple[int, int] | None, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    server.script(Completion(compact(DRAFT), usage=usage))
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE)
    assert cli.run(["brief", str(article), "--model", MODEL, "--base-url", server.base_url]) == 0
    assert ("unknown tokens read, unknown written" in " ".join(capsys.readouterr().out.split())) is (usage is None)


def test_f16_one_attempt_without_usage_makes_the_total_unknown(server: FaultServer) -> None:
    server.script(UNFIT, Completion(compact(DRAFT), usage=None))
    made = briefed(server).provenance
    assert [each.prompt_tokens for each in made.attempts] == [120, None]
    assert made.usage.prompt_tokens is None


def test_f17_the_model_that_answered_is_recorded(server: FaultServer) -> None:
    server.script(Completion(compact(DRAFT), model="fake-1-2026-11-02\x1b[2J"))
    made = briefed(server).provenance
    assert made.model == MODEL
    assert made.model_reported == "fake-1-2026-11-02\\x1b[2J"
    assert made.attempts[0].model == made.model_reported


CHUNK = (
    b"data: " + json.dumps(BODY | {"choices": [{"index": 0, "delta": {"content": compact(DRAFT)}}]}).encode() + b"\n\n"
)


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (Stream([CHUNK], cut=True), UnreachableError),
        (Stream([CHUNK]), BadResponseError),
        (Stream([CHUNK, b"data: [DONE]\n\n"]), BadResponseError),
        (Stream([CHUNK, b'event: error\ndata: {"error": {"message": "overloaded"}}\n\n']), BadResponseError),
        (Cut(json.dumps(BODY).encode(), declared=5_000), UnreachableError),
    ],
    ids=["cut", "early end", "done", "error event", "short body"],
)
def test_f18_a_stream_that_nobody_asked_for_gives_no_briefing(
    server: FaultServer, quick: None, step: Step, kind: type[ModelError]
) -> None:
    server.script(step)
    failed(server, kind, MAX_TRIES[kind])
    assert not server.requests[0].body.get("stream")


@pytest.mark.parametrize(
    "step",
    [
        Status(400, code="context_length_exceeded", message="At most 8192 tokens, and the messages have 9001."),
        Status(400, message="This model's maximum context length is 8192 tokens; you asked for 9001."),
        Status(413, message="At most 8192 tokens, and the messages have 9001."),
    ],
    ids=["code", "words", "status"],
)
def test_f19_a_context_too_short_is_told_with_its_numbers_and_not_retried(server: FaultServer, step: Step) -> None:
    server.script(step)
    error = failed(server, TooLongError, 1)
    assert error.exit_code == 4
    assert "8192" in error.message
    assert "9001" in error.message


# The bound on everything

FAULTS: list[Step] = [
    Status(429, headers={"retry-after": "0"}),
    Status(429),
    Status(500),
    Status(503),
    Reset(),
    Raw(b"<html>", "text/html"),
    Raw(b"null"),
    Completion(compact(DRAFT)[:50], finish_reason="length"),
    UNFIT,
    Completion("prose"),
    completion(FAILING),
    completion(REPAIR),
]


def in_turn(steps: Iterator[Step]) -> Answer:
    lock = threading.Lock()

    def choose(_: Received) -> Step:
        with lock:
            return next(steps)

    return Answer(choose)


@pytest.mark.parametrize("seed", range(12))
def test_f20_no_mixture_of_faults_makes_more_requests_than_documented(
    server: FaultServer, quick: None, seed: int
) -> None:
    chosen = random.Random(seed)
    server.script(in_turn(chosen.choice(FAULTS) for _ in itertools.count()))
    try:
        attempts = briefed(server).provenance.attempts
    except ModelError as error:
        attempts = list(error.attempts)
        assert_discreet(error)
    assert len(server.requests) == len(attempts) <= MAX_REQUESTS


def test_f20_the_bound_is_reached_and_holds(server: FaultServer, quick: None) -> None:
    """Seven failures, an answer that fits no schema, and the question that would follow is not put."""
    wait, broken, page = Status(429, headers={"retry-after": "0"}), Status(500), Raw(b"<html>")
    server.script(wait, broken, wait, broken, wait, broken, page, UNFIT, GOOD)
    with pytest.raises(ModelError, match=f"in {MAX_REQUESTS} requests") as caught:
        briefed(server)
    assert len(server.requests) == len(caught.value.attempts) == MAX_REQUESTS


def test_f20_alternating_faults_end_at_the_bound(server: FaultServer, quick: None) -> None:
    steps: list[Step] = [Status(500), Reset(), Status(429, headers={"retry-after": "0"}), Raw(b""), UNFIT]
    server.script(in_turn(itertools.cycle(steps)))
    with pytest.raises(ModelError) as caught:
        briefed(server)
    assert len(server.requests) == len(caught.value.attempts) == MAX_REQUESTS


def test_f20_the_client_library_adds_no_request_of_its_own(server: FaultServer, quick: None) -> None:
    """Its own retries would follow this header, whatever the status."""
    server.script(Status(400, headers={"x-should-retry": "true"}, code="context_length_exceeded"))
    failed(server, TooLongError, 1)


# Every way to call, and every way to stop


def test_f06_the_async_way_fails_alike(server: FaultServer, quick: None) -> None:
    server.script(Status(500))
    with pytest.raises(ServerError) as caught:
        asyncio.run(abrief(ARTICLE, model=MODEL, base_url=server.base_url))
    assert len(server.requests) == len(caught.value.attempts) == MAX_TRIES[ServerError]


def test_f06_one_failed_briefing_does_not_harm_the_next(server: FaultServer, quick: None) -> None:
    server.script(Reset(), Reset(), Reset(), Raw(b"null"), Raw(b"null"), GOOD)
    with Summarizer(Settings(model=MODEL, base_url=server.base_url)) as summarizer:
        for kind in (UnreachableError, BadResponseError):
            with pytest.raises(kind):
                summarizer.brief(ARTICLE)
        assert not summarizer.brief(ARTICLE).rejected


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (Status(429, headers={"retry-after": "300"}), 11),
        (Status(429, code="insufficient_quota"), 10),
        (Status(401, message=f"Incorrect API key provided: {KEY}."), 8),
        (Status(404), 9),
        (Raw(b"<html>"), 13),
        (Completion("{", finish_reason="length"), 14),
        (Completion(None, refusal="No."), 15),
        (Completion("prose"), 16),
        (Status(400, code="context_length_exceeded"), 4),
    ],
    ids=lambda given: str(given)[:30],
)
def test_f04_the_command_line_ends_with_the_code_of_the_error_and_two_lines(
    server: FaultServer, step: Step, code: int, tmp_path: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    server.script(step)
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE)
    assert cli.run(["brief", str(article), "--model", MODEL, "--base-url", server.base_url]) == code
    out, err = capfd.readouterr()
    assert out == ""
    assert KEY not in err
    assert FROM_ARTICLE not in err
    lines = [line[:5] for line in err.splitlines()]
    assert lines in (["model", "ERROR", "TIP  "], ["model", "ERROR"])


def test_f13_a_failure_is_told_once(server: FaultServer, program: Callable[..., Ran], tmp_path: Any) -> None:
    """Where nobody set up logging, what libraries log of it would stand on standard error too."""
    server.script(Completion(None, refusal="I will not."))
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE)
    ran = program("brief", str(article), "--model", MODEL, "--base-url", server.base_url)
    assert (ran.returncode, ran.stdout) == (15, b"")
    assert ran.stderr.decode() == f"model: {MODEL} (as asked)\nERROR The model refused: I will not.\n"


def test_f47_an_interrupt_stops_the_program_at_once_and_quietly(server: FaultServer, tmp_path: Any) -> None:
    server.script(Hang(30))
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE)
    command = [sys.executable, "-W", "always::ResourceWarning", "-m", "summarizer", "brief", str(article)]
    with subprocess.Popen(
        [*command, "--model", MODEL, "--base-url", server.base_url],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ),
    ) as process:  # fmt: skip
        wait_until(lambda: len(server.requests) == 1)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert time.monotonic() - began < 5
    assert (process.returncode, out) == (130, b"")
    assert err.decode().split("\n", 1)[1].strip() == "Stopped."


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)
