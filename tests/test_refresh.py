"""Refreshing cassettes: recorded again from what they were recorded from, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from drafts import ARTICLE, DRAFT, FAILING, FIRST_DRAFT, MODEL, NO_REPAIR, PUBLISHED, REPAIR, completion, serving
from fault_server import FaultServer, Status
from tapes import briefing, changed, content, recorded

from summarizer import ArtifactError, Briefing, CassetteError, ModelError, SourceError, UsageError
from summarizer.cassette import read
from summarizer.cassette.inspection import inspect
from summarizer.refresh import Overrides, refresh

pytestmark = pytest.mark.usefixtures("live_key")

OTHER = DRAFT | {"what": [DRAFT["what"][0] | {"event": "The port closed its north terminal."}]}


@pytest.fixture
def taped(tape: Path, article: Path) -> Path:
    recorded(tape, article=article)
    return tape


class Done(NamedTuple):
    before: Briefing | None
    after: Briefing
    lost: str


def refreshed(taped: Path, *answers: object, **wanted: Any) -> Done:
    with serving(*answers) as server:
        done = refresh(taped, Overrides(base_url=server.base_url, **wanted))
    assert isinstance(done.after, Briefing)
    assert done.before is None or isinstance(done.before, Briefing)
    return Done(done.before, done.after, done.lost)


def without_origin(held: dict[str, Any]) -> None:
    del held["origin"]
    held["format"] = "summarizer-cassette@1"


def stale(held: dict[str, Any]) -> None:
    """As if it had been recorded from an older prompt."""
    held["origin"]["prompts"][0]["sha256"] = "0" * 64
    held["interactions"][0]["request"]["body"]["messages"][0]["content"] = "Brief this."


def test_a_stale_one_is_recorded_again_from_its_own_article_and_settings(taped: Path, article: Path) -> None:
    changed(taped, stale)
    assert inspect(taped).state == "stale"
    done = refreshed(taped, OTHER)
    assert done.after.what[0].claim == "The port closed its north terminal."
    assert str(done.after.source.published) == PUBLISHED
    assert done.after.provenance.model == MODEL
    assert inspect(taped).state == "ok"
    assert (
        briefing(taped, "none", article=article, model=None).to_json()
        == done.after.model_copy(
            update={"source": done.after.source.model_copy(update={"name": str(article)})}
        ).to_json()
    )


def test_the_briefing_before_is_what_the_old_answers_give(taped: Path, article: Path) -> None:
    old = briefing(taped, "none", article=article)
    changed(taped, stale)
    done = refreshed(taped, OTHER)
    assert done.before is not None
    assert done.before.what == old.what != done.after.what
    assert done.before.who == old.who == done.after.who


def test_old_answers_to_an_article_that_changed_are_held_against_the_new_one(taped: Path, article: Path) -> None:
    article.write_text(ARTICLE.replace("two workers", "three workers"), encoding="utf-8")
    done = refreshed(taped, FAILING)
    assert done.before is not None
    assert [each.cause for each in done.before.why] == []
    assert [each.cause for each in done.after.why] == ["once a crane collapsed and injured three workers"]


def test_old_answers_with_a_retry_and_a_repair_give_their_briefing(tape: Path, article: Path) -> None:
    with FaultServer() as server:
        server.script(Status(429, headers={"retry-after-ms": "1"}), completion(FAILING), completion(REPAIR))
        old = briefing(tape, "all", server.base_url, article)
    done = refreshed(tape)
    assert done.before is not None
    assert done.before.why == old.why != []


def test_a_repair_that_the_old_recording_lacks_costs_the_old_briefing_nothing(tape: Path, article: Path) -> None:
    recorded(tape, FAILING, REPAIR, article=article)
    changed(tape, lambda held: held["interactions"].pop())
    done = refreshed(tape)
    assert done.before is not None
    assert done.before.why == []
    assert done.before.what == done.after.what


def test_old_answers_that_give_nothing_any_more_are_told_and_do_not_matter(taped: Path) -> None:
    changed(taped, lambda held: held["interactions"][0]["response"]["body"].update(choices=[]))
    done = refreshed(taped)
    assert done.before is None
    assert done.lost == "No recorded answer makes a draft by the schema of today."
    assert done.after.headline


def test_another_model_can_record_it(taped: Path) -> None:
    refreshed(taped, model="test/fake-2")
    assert read(taped).model == "test/fake-2"
    assert content(taped)["interactions"][0]["request"]["body"]["model"] == "fake-2"


def test_what_is_known_of_the_article_stays_unless_it_is_given(taped: Path) -> None:
    refreshed(taped, title="Port shuts", language="de")
    refreshed(taped, published="2026-03-12")
    origin = read(taped).origin
    assert origin is not None
    assert (origin.source.title, origin.source.language, str(origin.source.published)) == (
        "Port shuts",
        "de",
        "2026-03-12",
    )


def test_a_prompt_is_asked_for_as_before_unless_it_is_given(taped: Path) -> None:
    refreshed(taped, FIRST_DRAFT, prompt="briefing@1")
    refreshed(taped, FIRST_DRAFT)
    origin = read(taped).origin
    assert origin is not None
    assert origin.prompt == "briefing@1"
    with pytest.raises(ArtifactError):
        refreshed(taped, prompt="nothing")


def test_the_kind_is_the_recorded_one_unless_it_is_given(taped: Path) -> None:
    changed(taped, lambda held: held["origin"].update(kind="nothing"))
    with pytest.raises(ArtifactError, match="no kind of briefing 'nothing'"):
        refreshed(taped)
    refreshed(taped, schema="briefing")
    assert content(taped)["origin"]["kind"] == "briefing"


def test_a_cassette_imports_nothing(taped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (taped.parent / "evil.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    monkeypatch.chdir(taped.parent)
    changed(taped, lambda held: held["origin"].update(kind="evil:Kind"))
    with pytest.raises(CassetteError, match=r"origin\.kind"):
        refreshed(taped)


def test_a_recording_of_format_1_needs_to_be_told_its_article_and_gets_an_origin(taped: Path, article: Path) -> None:
    changed(taped, without_origin)
    with pytest.raises(CassetteError, match="does not tell its article") as raised:
        refreshed(taped)
    assert "--source ARTICLE" in raised.value.tip
    refreshed(taped, source=str(article), published=PUBLISHED)
    found = read(taped)
    assert found.format == "summarizer-cassette@2"
    assert found.origin is not None
    assert (found.origin.source.name, str(found.origin.source.published)) == ("port.txt", PUBLISHED)


@pytest.mark.parametrize("name", ["gone.txt", "text", "-", "/etc/hostname", "../outside.txt"])
def test_an_article_that_is_not_here_is_asked_for_and_nothing_is_sent(taped: Path, name: str) -> None:
    """A cassette may come from anybody: it must not choose which file is sent to a model."""
    (taped.parent.parent / "outside.txt").write_text(ARTICLE, encoding="utf-8")
    changed(taped, lambda held: held["origin"]["source"].update(name=name))
    with serving() as server:
        with pytest.raises(CassetteError, match="is not here") as raised:
            refresh(taped, Overrides(base_url=server.base_url))
        assert server.requests == []
    assert "--source ARTICLE" in raised.value.tip


def test_a_source_that_cannot_be_read_is_an_error(taped: Path) -> None:
    with pytest.raises(SourceError):
        refreshed(taped, source="nowhere.txt")


def test_an_unknown_provider_wants_its_address(taped: Path) -> None:
    with pytest.raises(UsageError) as raised:
        refresh(taped)
    assert "--base-url" in raised.value.tip


def test_a_damaged_one_is_an_error_and_stays(tape: Path) -> None:
    tape.write_bytes(b"{")
    with pytest.raises(CassetteError):
        refreshed(tape)
    assert tape.read_bytes() == b"{"


# Whole or not at all


def test_a_briefing_that_fails_leaves_the_old_recording_and_nothing_else(taped: Path) -> None:
    whole, there = taped.read_bytes(), sorted(taped.parent.iterdir())
    with FaultServer() as server:
        server.script(Status(401))
        with pytest.raises(ModelError):
            refresh(taped, Overrides(base_url=server.base_url))
    assert taped.read_bytes() == whole
    assert sorted(taped.parent.iterdir()) == there


def test_a_repair_that_fails_leaves_the_old_recording_and_nothing_else(taped: Path) -> None:
    whole, there = taped.read_bytes(), sorted(taped.parent.iterdir())
    with FaultServer() as server:
        server.script(completion(FAILING), Status(401))
        with pytest.raises(CassetteError, match=r"The repair failed \(authentication\), so .* stays as it was"):
            refresh(taped, Overrides(base_url=server.base_url))
    assert taped.read_bytes() == whole
    assert sorted(taped.parent.iterdir()) == there


def test_a_repair_that_mends_nothing_is_complete(taped: Path) -> None:
    done = refreshed(taped, FAILING, NO_REPAIR)
    assert done.after.rejected
    assert len(read(taped).interactions) == 2


def test_the_live_key_in_an_answer_leaves_the_old_recording(taped: Path, live_key: str) -> None:
    whole = taped.read_bytes()
    with pytest.raises(CassetteError, match="live key"):
        refreshed(taped, DRAFT | {"what": [DRAFT["what"][0] | {"event": live_key}]})
    assert taped.read_bytes() == whole


def test_a_link_stays_a_link(taped: Path) -> None:
    link = taped.with_name("link.json")
    link.symlink_to(taped.name)
    whole = taped.read_bytes()
    refreshed(link, OTHER)
    assert link.is_symlink()
    assert taped.read_bytes() != whole


def test_what_a_briefing_costs_is_asked_for_once(taped: Path) -> None:
    with serving(FAILING, REPAIR) as server:
        refresh(taped, Overrides(base_url=server.base_url))
        assert len(server.requests) == 2
