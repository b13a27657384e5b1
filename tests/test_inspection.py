"""Inspecting cassettes: what is told of one, and what makes it stale, unsafe or damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from drafts import ARTICLE, DRAFT, FAILING, REPAIR, completion
from fault_server import FaultServer, Status
from tapes import COMMITTED, briefing, changed, recorded

from summarizer import UsageError
from summarizer.cassette.inspection import Inspection, files, folder, inspect
from summarizer.project import Project
from summarizer.versions.release import every, lock

pytestmark = pytest.mark.usefixtures("live_key")

PROMPT = """---
name: desk
version: {version}
description: Ours.
schema: briefing-draft@1
inputs: [article]
---
=== user ===
{{{{ article }}}}
"""


@pytest.fixture
def taped(tape: Path, article: Path) -> Path:
    """A cassette of the article beside it."""
    recorded(tape, FAILING, REPAIR, article=article)
    return tape


def edited(taped: Path, change: Callable[[dict[str, Any]], object]) -> Inspection:
    changed(taped, change)
    return inspect(taped)


def test_a_fresh_recording_is_ok_and_nothing_is_to_be_said_of_it(taped: Path) -> None:
    found = inspect(taped)
    assert (found.state, found.bad, found.reasons, found.notes) == ("ok", False, [], [])


def test_each_exchange_is_told_with_its_purpose_tokens_and_seconds(taped: Path) -> None:
    first, second = inspect(taped).exchanges
    assert (first.number, first.purpose, first.status) == (1, "draft", 200)
    assert (second.number, second.purpose) == (2, "repair")
    assert first.prompt_tokens
    assert first.completion_tokens
    assert first.seconds >= 0


def test_an_answer_that_is_asked_for_again_and_one_that_fails_are_told(tape: Path, article: Path) -> None:
    with FaultServer() as server:
        server.script(Status(429, headers={"retry-after-ms": "1"}), completion({"headline": "x"}), completion(DRAFT))
        briefing(tape, "all", server.base_url, article)
    found = inspect(tape).exchanges
    assert [(each.purpose, each.status) for each in found] == [("draft", 429), ("draft", 200), ("draft again", 200)]
    assert found[0].prompt_tokens is None


@pytest.mark.parametrize("usage", [None, [], {"prompt_tokens": "many"}, {"prompt_tokens": True}, {"prompt_tokens": -1}])
def test_tokens_that_a_server_does_not_tell_are_unknown(taped: Path, usage: object) -> None:
    found = edited(taped, lambda held: held["interactions"][0]["response"]["body"].update(usage=usage))
    assert found.exchanges[0].prompt_tokens is None


@pytest.mark.parametrize("sort", ["prompts", "schemas"])
@pytest.mark.parametrize("at", [0, 1])
def test_another_hash_of_a_prompt_or_schema_is_stale_and_both_are_named(taped: Path, sort: str, at: int) -> None:
    found = edited(taped, lambda held: held["origin"][sort][at].update(sha256="0" * 64))
    assert (found.state, found.bad) == ("stale", True)
    (reason,) = found.reasons
    assert reason.startswith(f"the {sort[:-1]} ")
    assert "was 000000000000 when this was recorded and is " in reason


@pytest.mark.parametrize("gone", ["briefing@99", "nothing@1", "../x@1", "", "\x1b[2J"])
def test_a_prompt_that_is_gone_is_stale(taped: Path, gone: str) -> None:
    found = edited(taped, lambda held: held["origin"]["prompts"][0].update(id=gone))
    assert found.state == "stale"
    assert "cannot be had any more" in found.reasons[0]
    assert found.reasons[0].isprintable()


def test_a_schema_that_is_in_no_file_is_a_note(taped: Path) -> None:
    """That of a class of the user's own, which nobody has released."""
    found = edited(taped, lambda held: held["origin"]["schemas"][1].update(id="mine@1"))
    assert (found.state, found.notes) == ("ok", ["the schema mine@1 is in no file, so it is not compared"])


def test_an_article_that_is_another_text_now_is_stale(taped: Path, article: Path) -> None:
    article.write_text(ARTICLE.replace("Monday", "Friday"), encoding="utf-8")
    found = inspect(taped)
    assert (found.state, found.reasons) == ("stale", ["its article port.txt is another text now"])


def test_an_article_whose_bytes_alone_changed_is_the_same_text(taped: Path, article: Path) -> None:
    article.write_bytes(b"\xef\xbb\xbf" + ARTICLE.replace("\n", "\r\n").encode())
    assert inspect(taped).state == "ok"


def test_an_article_that_cannot_be_read_any_more_is_stale(taped: Path, article: Path) -> None:
    article.write_bytes(b"\0\1\2")
    assert "cannot be read any more" in inspect(taped).reasons[0]


def test_an_article_that_is_not_here_is_no_fault(taped: Path, article: Path) -> None:
    article.unlink()
    found = inspect(taped)
    assert (found.state, found.notes) == ("ok", ["its article, port.txt, is not here to compare"])


@pytest.mark.parametrize(
    "name",
    [".netrc", "a/.ssh/id", "/etc/hostname", "../outside.txt", "link.txt", "\\\\server\\x", "C:\\x", "a\0b", "-"],
)
def test_a_cassette_leads_to_no_file_outside_its_project(
    taped: Path, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "outside.txt"
    outside.write_text("Another text. " * 20, encoding="utf-8")
    (taped.parent / "link.txt").symlink_to(outside)
    for inside in (".netrc", "a/.ssh/id", "../outside.txt"):
        path = taped.parent / inside
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Another text. " * 20, encoding="utf-8")
    found = edited(taped, lambda held: held["origin"]["source"].update(name=name))
    assert found.state == "ok"
    assert "is not here to compare" in found.notes[0]


def test_a_newer_version_of_a_prompt_is_a_note(taped: Path, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.summarizer]\n", encoding="utf-8")
    (tmp_path / "prompts" / "desk").mkdir(parents=True)
    for version in (1, 2):
        (tmp_path / "prompts" / "desk" / f"v{version}.md").write_text(PROMPT.format(version=version), encoding="utf-8")
    (tmp_path / "prompts" / "lock.json").write_text("{}", encoding="utf-8")
    ours = every("prompts", tmp_path / "prompts")
    lock(tmp_path / "prompts", ours)
    changed(taped, lambda held: held["origin"]["prompts"][0].update(id="desk@1", sha256=ours[0].sha256))
    found = inspect(taped, Project.at(tmp_path))
    assert (found.state, found.notes) == (
        "ok",
        ["there is a newer prompt, desk@2; to replay this, ask for desk@1"],
    )
    assert inspect(taped).state == "stale"


def test_a_recording_without_an_origin_is_unknown_and_no_fault(taped: Path) -> None:
    found = edited(taped, lambda held: held.pop("origin"))
    assert (found.state, found.bad) == ("unknown", False)
    assert "before origins were kept" in found.notes[0]


def test_what_looks_like_a_secret_is_unsafe_and_not_repeated(taped: Path) -> None:
    secret = "sk-proj-abcdefgh12345678"
    found = edited(taped, lambda held: held["interactions"][0]["response"]["body"].update(id=secret))
    assert (found.state, found.reasons) == ("unsafe", ["it seems to hold a key"])
    assert secret not in found.model_dump_json()


def test_the_live_key_is_looked_for_even_where_it_looks_like_nothing(
    taped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "harbour director")
    assert inspect(taped).reasons == ["it seems to hold the live key"]


@pytest.mark.parametrize("raw", [b"", b"{}", b"- yaml", b"\xff"])
def test_a_file_that_is_no_cassette_is_damaged(tape: Path, raw: bytes) -> None:
    tape.write_bytes(raw)
    found = inspect(tape)
    assert (found.state, found.bad, found.exchanges) == ("damaged", True, [])
    assert str(tape) in found.reasons[0]


def test_a_file_that_is_not_there_is_damaged(tape: Path) -> None:
    assert "There is no cassette" in inspect(tape).reasons[0]


def test_a_folder_is_searched_to_its_depth_and_nothing_hidden_is_found(tmp_path: Path) -> None:
    for name in ("b.json", "a/c.json", ".hidden.json", ".git/d.json", "notes.txt", "a/.x/e.json"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.touch()
    assert files(tmp_path) == [tmp_path / "a" / "c.json", tmp_path / "b.json"]
    assert files(tmp_path / ".hidden.json") == [tmp_path / ".hidden.json"]


def test_the_folder_is_the_projects_or_the_one_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="no folder cassettes"):
        folder(None)
    (tmp_path / "cassettes").mkdir()
    assert folder(None) == Path("cassettes")
    (tmp_path / "pyproject.toml").write_text('[tool.summarizer]\ncassettes = "tapes"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="tapes"):
        folder(Project.around())
    (tmp_path / "tapes").mkdir()
    assert folder(Project.around()) == Path("tapes")


@pytest.mark.parametrize("path", files(COMMITTED), ids=lambda path: path.name)
def test_no_committed_cassette_is_bad(path: Path) -> None:
    found = inspect(path)
    assert not found.bad, found.reasons
