"""Parsers in a child: what they give, what they may not do, and what becomes of one that goes wrong."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from fault_server import FaultServer

from summarizer import SourceError
from summarizer.child import Limits, confined

BRIEF = Limits(seconds=1, megabytes=500)


def ran(name: str, raw: bytes = b"abc", limits: Limits | None = None, **known: object) -> object:
    return confined(f"misbehaving:{name}", raw, "file.bin", limits, **known)


def test_a_function_gets_bytes_and_keywords_and_its_result_comes_back() -> None:
    made = ran("count", b"\x00\xff\n" * 1_000_000, times=2)
    assert isinstance(made, dict)
    assert made["bytes"] == 6_000_000


def test_a_child_imports_next_to_nothing_of_ours() -> None:
    made = ran("count")
    assert isinstance(made, dict)
    assert made["modules"] == ["summarizer", "summarizer.errors"]


def test_what_a_parser_refuses_is_refused_with_the_name_and_the_tip() -> None:
    with pytest.raises(SourceError, match=r"^file\.bin: the file is no good\.$") as caught:
        ran("refuse")
    assert caught.value.tip == "Give another."


@pytest.mark.parametrize("name", ["spin", "sleep"])
def test_f33_a_parser_that_does_not_end_is_ended(name: str) -> None:
    started = time.monotonic()
    with pytest.raises(SourceError, match="more than 1 s") as caught:
        ran(name, limits=BRIEF)
    assert time.monotonic() - started < 20
    assert caught.value.tip


def test_f33_a_parser_that_swells_is_ended() -> None:
    with pytest.raises(SourceError, match="more than 500 MB"):
        ran("swell", limits=Limits(seconds=20, megabytes=500))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("dive", "nested too deeply"),
        ("crash", "ended with exit status -11"),
        ("blunder", "a bug of a parser"),
        ("leave", "nothing was said"),
    ],
)
def test_f33_a_parser_that_fails_is_an_error_and_this_process_lives(name: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        ran(name)


def test_a_child_has_no_keys_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-x")
    told = ran("environment")
    assert isinstance(told, list)
    assert set(told) <= {"LC_ALL", "LC_CTYPE", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"}


def test_a_child_may_not_connect(server: FaultServer) -> None:
    assert ran("connect", str(server.server_port).encode()) == "PermissionError"
    assert server.requests == []


def test_a_child_may_not_start_a_program() -> None:
    assert ran("run") == "PermissionError"


def test_a_child_may_not_write(tmp_path: Path) -> None:
    path = tmp_path / "written"
    assert ran("write", str(path).encode()) == "OSError"
    assert not path.exists() or path.read_text() == ""


def test_the_parsers_of_these_tests_could_do_all_that(server: FaultServer, tmp_path: Path) -> None:
    """Else the tests above would show nothing."""
    import misbehaving

    assert misbehaving.connect(str(server.server_port).encode()) == "done"
    assert misbehaving.run(b"") == "done"
    assert misbehaving.write(str(tmp_path / "written").encode()) == "done"
