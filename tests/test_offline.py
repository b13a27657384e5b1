"""SUMMARIZER_OFFLINE: no live call, wherever it would go; what makes none works as ever."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from drafts import ARTICLE, DRAFT, MODEL, PUBLISHED, serving
from fault_server import FaultServer

from summarizer import CassetteError, OfflineError, Settings, Summarizer, UnreachableError, brief
from summarizer.cassette import Record
from summarizer.cli import run
from summarizer.model import engine, weights
from summarizer.testing import DraftedModel


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_OFFLINE", "1")


@pytest.fixture
def no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection fails, which is no OfflineError."""

    def refuse(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize("value", ["1", "true", "yes", " 2 ", "off"])
def test_a_server_on_this_machine_is_a_live_call_too(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_OFFLINE", value)
    with serving() as server:
        with pytest.raises(OfflineError, match=f"asking {MODEL} at {server.base_url}") as raised:
            brief(ARTICLE, model=MODEL, base_url=server.base_url)
        assert server.requests == []
    assert raised.value.attempts == ()
    assert "Unset SUMMARIZER_OFFLINE" in raised.value.tip
    assert "--cassette" in raised.value.tip


@pytest.mark.parametrize("value", ["", "0", " "])
def test_nothing_and_0_switch_nothing_off(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_OFFLINE", value)
    with serving() as server:
        assert brief(ARTICLE, model=MODEL, base_url=server.base_url).what


@pytest.mark.parametrize("model", ["openai/gpt-5-mini", "ollama/llama"])
def test_the_error_comes_before_a_key_is_missed_or_a_socket_opened(model: str, offline: None, no_socket: None) -> None:
    with pytest.raises(OfflineError, match=model):
        brief(ARTICLE, model=model)


def test_without_the_switch_the_socket_is_reached(no_socket: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the test above would show nothing."""
    monkeypatch.setattr("summarizer.model.client.MAX_TRIES", {})
    with pytest.raises(UnreachableError):
        brief(ARTICLE, model="ollama/llama")


def test_the_switch_reaches_a_summarizer_that_has_its_connection_already(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as server, Summarizer(Settings(model=MODEL, base_url=server.base_url)) as shared:
        shared.brief(ARTICLE)
        monkeypatch.setenv("SUMMARIZER_OFFLINE", "1")
        with pytest.raises(OfflineError):
            shared.brief(ARTICLE)
        assert len(server.requests) == 1


@pytest.mark.parametrize("record", ["once", "all"])
def test_recording_is_a_live_call(record: Record, tmp_path: Path, offline: None) -> None:
    with serving() as server:
        with pytest.raises(OfflineError):
            brief(ARTICLE, model=MODEL, base_url=server.base_url, cassette=tmp_path / "tape.json", record=record)
        assert server.requests == []
    assert list(tmp_path.iterdir()) == []


def test_a_replay_is_none_and_a_miss_stays_a_miss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tape = tmp_path / "tape.json"
    with serving() as server:
        live = brief(ARTICLE, model=MODEL, base_url=server.base_url, cassette=tape, record="all")
    monkeypatch.setenv("SUMMARIZER_OFFLINE", "1")
    assert brief(ARTICLE, cassette=tape) == live
    assert brief(ARTICLE, cassette=tape, record="once") == live
    with pytest.raises(CassetteError):
        brief(ARTICLE + "\nOne sentence more than before.\n", cassette=tape)


def test_answers_from_drafts_are_none(offline: None) -> None:
    assert brief(ARTICLE, published=PUBLISHED, model=DraftedModel(DRAFT)).what


def test_the_embedded_engine_is_not_started(tmp_path: Path, offline: None) -> None:
    file = tmp_path / "model.gguf"
    with pytest.raises(OfflineError, match="embedded engine"):
        engine.engine(file, "model")
    with pytest.raises(OfflineError, match="embedded engine"):
        brief(ARTICLE, model=f"local/{file}")


def test_weights_are_not_fetched(offline: None) -> None:
    with pytest.raises(OfflineError, match=f"fetching {weights.EMBEDDED.name}"):
        brief(ARTICLE, model=f"local/{weights.EMBEDDED.name}")
    assert not weights.path(weights.EMBEDDED).parent.exists()


def test_the_command_says_so_with_a_code_of_its_own(
    tmp_path: Path, offline: None, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    with FaultServer() as server:
        assert run(["brief", str(article), "--model", MODEL, "--base-url", server.base_url]) == 23
        assert server.requests == []
    shown = capsys.readouterr().err
    assert "ERROR SUMMARIZER_OFFLINE forbids every live call" in " ".join(shown.split())
    assert "TIP" in shown
