"""Tests of the fault server itself, seen through real clients."""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import openai
import pytest
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

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


@pytest.fixture
def client(server: FaultServer) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=server.base_url, api_key="key", max_retries=0, timeout=10) as client:
        yield client


def ask(client: openai.OpenAI, text: str = "Hi") -> Any:
    return client.chat.completions.create(model="fake-1", messages=[{"role": "user", "content": text}])


def post(server: FaultServer, body: Any = None, timeout: float = 10) -> httpx2.Response:
    return httpx2.post(f"{server.base_url}/chat/completions", json=body, timeout=timeout)


def raw_request(server: FaultServer) -> socket.socket:
    """Send a request by hand and return the socket it went through."""
    connection = socket.create_connection(("127.0.0.1", server.server_port), timeout=10)
    connection.sendall(b"POST /v1/x HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}")
    return connection


def wait_for_requests(server: FaultServer, count: int) -> None:
    limit = time.monotonic() + 10
    while len(server.requests) < count and time.monotonic() < limit:
        time.sleep(0.005)
    assert len(server.requests) == count


def test_completion_is_well_formed(server: FaultServer, client: openai.OpenAI) -> None:
    server.script(Completion("Hello", finish_reason="length", usage=(7, 5), model="other"))
    answer = ask(client)
    assert answer.choices[0].message.content == "Hello"
    assert answer.choices[0].finish_reason == "length"
    assert answer.model == "other"
    usage = answer.usage
    assert (usage.prompt_tokens, usage.completion_tokens, usage.total_tokens) == (7, 5, 12)


def test_completion_can_lack_usage_and_carry_other_fields(server: FaultServer, client: openai.OpenAI) -> None:
    server.script(Completion(None, usage=None, refusal="No.", extra={"reasoning": "Hm."}))
    answer = ask(client)
    assert answer.usage is None
    message = answer.choices[0].message
    assert (message.content, message.refusal, message.reasoning) == (None, "No.", "Hm.")


def test_steps_come_in_order_and_the_last_repeats(server: FaultServer) -> None:
    server.script(Status(500), Status(503), Completion("done"))
    assert [post(server).status_code for _ in range(5)] == [500, 503, 200, 200, 200]


def test_an_unscripted_request_is_refused(server: FaultServer, client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError, match="scripted no step"):
        ask(client)


def test_requests_are_kept(server: FaultServer, client: openai.OpenAI) -> None:
    server.script(Completion("Hello"))
    before = time.monotonic()
    ask(client, "Grüße")
    (request,) = server.requests
    assert (request.method, request.path) == ("POST", "/v1/chat/completions")
    assert request.headers["authorization"] == "Bearer key"
    assert request.body["messages"] == [{"role": "user", "content": "Grüße"}]
    assert before <= request.at <= time.monotonic()


def test_a_body_that_is_not_json_is_none(server: FaultServer) -> None:
    server.script(Completion("Hello"))
    httpx2.post(server.base_url, content=b"\xff not json")
    assert server.requests[0].body is None


def test_concurrent_requests_are_all_kept(server: FaultServer) -> None:
    server.script(Completion("Hello"))
    with ThreadPoolExecutor(40) as pool:
        list(pool.map(lambda number: post(server, number), range(40)))
    assert sorted(request.body for request in server.requests) == list(range(40))


def test_models_are_listed_but_not_kept(server: FaultServer, client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["fake-1"]
    assert server.requests == []


def test_models_can_be_scripted() -> None:
    with FaultServer(models=None) as server:
        server.script(Status(404))
        assert httpx2.get(f"{server.base_url}/models").status_code == 404
        assert len(server.requests) == 1


def test_status_is_an_openai_error(server: FaultServer, client: openai.OpenAI) -> None:
    server.script(Status(429, headers={"Retry-After": "1"}, code="insufficient_quota"))
    with pytest.raises(openai.RateLimitError) as caught:
        ask(client)
    assert caught.value.code == "insufficient_quota"
    assert caught.value.response.headers["retry-after"] == "1"


@pytest.mark.parametrize(
    ("body", "text", "content_type"),
    [
        ({"detail": "no"}, '{"detail": "no"}', "application/json"),
        ("Bad gateway", "Bad gateway", "text/plain; charset=utf-8"),
        (b"<html>", "<html>", "text/plain; charset=utf-8"),
        ("", "", "text/plain; charset=utf-8"),
    ],
)
def test_status_takes_any_body(
    server: FaultServer, body: dict[str, Any] | str | bytes, text: str, content_type: str
) -> None:
    server.script(Status(502, body))
    response = post(server)
    assert (response.status_code, response.text) == (502, text)
    assert response.headers["content-type"] == content_type


def test_status_headers_win(server: FaultServer) -> None:
    server.script(Status(502, "<html>", headers={"Content-Type": "text/html"}))
    assert post(server).headers.get_list("content-type") == ["text/html"]


@pytest.mark.parametrize("body", [b"", b"null", b'{"choices": [', b"<html></html>"])
def test_raw_is_sent_as_given(server: FaultServer, body: bytes) -> None:
    server.script(Raw(body, content_type="text/html", status=203))
    response = post(server)
    assert (response.status_code, response.content) == (203, body)
    assert response.headers["content-type"] == "text/html"
    assert response.headers["content-length"] == str(len(body))


def test_hang_outlasts_the_client(server: FaultServer) -> None:
    server.script(Hang(60))
    with pytest.raises(httpx2.ReadTimeout):
        post(server, timeout=0.1)
    wait_for_requests(server, 1)


def test_hang_ends_without_an_answer(server: FaultServer) -> None:
    server.script(Hang(0.1))
    start = time.monotonic()
    with raw_request(server) as connection:
        assert connection.recv(100) == b""
    assert time.monotonic() - start >= 0.1


@pytest.mark.parametrize("step", [Hang(60), Drip(b"slow", 60), Completion("kept alive")])
def test_closing_waits_for_nothing(step: Step) -> None:
    with FaultServer() as server:
        server.script(step)
        connection = raw_request(server)
        wait_for_requests(server, 1)
        start = time.monotonic()
    assert time.monotonic() - start < 2
    with connection:
        while connection.recv(1000):
            pass  # ends only when the server has closed its side


def test_reset_is_a_tcp_reset(server: FaultServer) -> None:
    server.script(Reset())
    with raw_request(server) as connection, pytest.raises(ConnectionResetError):
        connection.recv(100)


def test_reset_is_followed_by_the_next_step(server: FaultServer, client: openai.OpenAI) -> None:
    server.script(Reset(), Completion("back"))
    with pytest.raises(openai.APIConnectionError):
        ask(client)
    assert ask(client).choices[0].message.content == "back"


def read_incomplete(server: FaultServer) -> http.client.IncompleteRead:
    """Send a request and return the error of reading its unfinished answer."""
    with raw_request(server) as connection, http.client.HTTPResponse(connection) as response:
        response.begin()
        with pytest.raises(http.client.IncompleteRead) as caught:
            response.read()
    return caught.value


def test_cut_sends_less_than_declared(server: FaultServer) -> None:
    server.script(Cut(b'{"id"', declared=100))
    error = read_incomplete(server)
    assert (error.partial, error.expected) == (b'{"id"', 95)


def test_drip_is_slow_but_whole(server: FaultServer) -> None:
    server.script(Drip(b"drip", every=0.05))
    start = time.monotonic()
    assert post(server).content == b"drip"
    assert time.monotonic() - start >= 0.2


def test_drip_keeps_a_read_timeout_from_firing(server: FaultServer) -> None:
    server.script(Drip(b"x" * 10, every=0.1))
    assert post(server, timeout=0.7).content == b"x" * 10


def events(*words: str) -> list[bytes]:
    """Completion chunks as server-sent events."""
    common = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "fake-1"}
    deltas = [{"index": 0, "delta": {"content": word}, "finish_reason": None} for word in words]
    return [f"data: {json.dumps({**common, 'choices': [delta]})}\n\n".encode() for delta in deltas]


def test_stream_reaches_its_end(server: FaultServer, client: openai.OpenAI) -> None:
    server.script(Stream([*events("Hel", "lo"), b"", b"data: [DONE]\n\n"]))
    with client.chat.completions.create(
        model="fake-1", messages=[{"role": "user", "content": "Hi"}], stream=True
    ) as stream:
        assert [chunk.choices[0].delta.content for chunk in stream] == ["Hel", "lo"]


def test_stream_can_be_cut(server: FaultServer) -> None:
    server.script(Stream([b"data: 1\n\n"], cut=True))
    assert read_incomplete(server).partial == b"data: 1\n\n"


def test_a_cut_stream_is_an_error_to_the_client(server: FaultServer) -> None:
    server.script(Stream([b"data: 1\n\n"], cut=True))
    with pytest.raises(httpx2.RemoteProtocolError):
        post(server)


def test_answer_obeys_the_request(server: FaultServer, client: openai.OpenAI) -> None:
    def echo(request: Received) -> Step:
        return Completion(request.body["messages"][-1]["content"].upper())

    server.script(Answer(echo))
    replies = [ask(client, text).choices[0].message.content for text in ("one", "two")]
    assert replies == ["ONE", "TWO"]


def test_what_an_answer_raises_comes_out_on_closing() -> None:
    def fail(_: Received) -> Step:
        raise LookupError("a bug in the test")

    with pytest.raises(LookupError, match="a bug in the test"), FaultServer() as server:
        server.script(Answer(fail))
        with pytest.raises(httpx2.RemoteProtocolError):
            post(server)


def test_a_connection_is_kept_alive(server: FaultServer) -> None:
    server.script(Status(500), Stream([b"data: 1\n\n"]), Drip(b"x", 0), Completion("Hello"))
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    sockets = []
    for _ in range(4):
        connection.request("POST", "/v1/chat/completions", body=b"x" * 100_000)
        with connection.getresponse() as response:
            response.read()
        sockets.append(connection.sock)
    connection.close()
    assert sockets[0] is not None
    assert all(each is sockets[0] for each in sockets)


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    with FaultServer() as server:
        server.script(Drip(b"x" * 1000, every=0.001), Reset(), Status(500))
        for count in (1, 2, 3):
            raw_request(server).close()  # the answer meets a closed connection
            wait_for_requests(server, count)
        time.sleep(0.05)
    assert capfd.readouterr() == ("", "")
