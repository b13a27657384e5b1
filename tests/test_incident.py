"""Incidents: the second kind, on what a real model answered."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from test_examples import PUBLISHED, source

from summarizer import Incident, brief, verify
from summarizer.report.markdown import markdown
from summarizer.report.terminal import terminal
from summarizer.testing import DraftedModel, draft

ROOT = Path(__file__).parent.parent
RECORDED = sorted(path.stem for path in (ROOT / "cassettes" / "incident@1").glob("*.json"))


def replay(name: str) -> Incident:
    return brief(source(name), schema=Incident, cassette=ROOT / "cassettes" / "incident@1" / f"{name}.json")


def test_something_is_recorded() -> None:
    assert RECORDED
    assert set(RECORDED) <= set(PUBLISHED)


@pytest.mark.parametrize("name", RECORDED)
def test_every_piece_of_evidence_is_the_source_and_every_item_holds_when_verified(name: str) -> None:
    made = replay(name)
    assert made.items
    assert all(
        source(name).text[each.start : each.end] == each.text for _, _, item in made.items for each in item.evidence
    )
    assert verify(made, source(name)).failures == ()


@cache
def drafted() -> Incident:
    """A briefing of what a careful model would answer."""
    struck = {"event": "Dovranian warplanes struck a compound outside Hazmet.", "status": "asserted", "s": 2}
    killed = {"claim": "At least 11 people were killed.", "s": 2, "toll": "killed", "count": 11}
    given = draft(Incident, source("strike"), headline="Dovrania bombs compound", what=[struck], casualties=[killed])
    return brief(source("strike"), schema=Incident, model=DraftedModel(given))


def test_a_toll_has_its_number() -> None:
    tolls = [(each.toll, each.count, each.given_by) for each in replay("refinery").casualties]
    assert tolls == [("killed", 3, None), ("wounded", 17, None)]


def test_a_toll_has_who_gives_it() -> None:
    assert ("killed", 11, "officials") in [
        (each.toll, each.count, each.given_by) for each in replay("strike").casualties
    ]
    assert [(each.toll, each.count, each.given_by) for each in drafted().casualties] == [("killed", 11, "officials")]


def test_a_toll_that_was_changed_does_not_hold() -> None:
    made = drafted()
    first = made.casualties[0]
    for change in ({"count": 23}, {"toll": "wounded"}, {"given_by": "Anton Revik"}, {"given_by": None}):
        wrong = made.model_copy(update={"casualties": [first.model_copy(update=change), *made.casualties[1:]]})
        for text in (source("strike"), None):
            failed = {each.path for each in verify(wrong, text).failures}
            assert failed == {"casualties[0]"} or (text is None and "given_by" in change)


def test_what_another_did_is_not_told_of_the_government() -> None:
    """The police closed the road; the model says the government did."""
    made = replay("strike")
    assert not any("government" in each.claim.lower() for each in made.response)
    assert "opposite" in {reason.code for each in made.rejected if each.field == "response" for reason in each.reasons}


def test_reports_show_the_fields_that_a_class_adds() -> None:
    for text in (terminal(drafted(), width=200), markdown(drafted())):
        assert "toll: killed; count: 11" in text
    assert "given by: officials" in terminal(drafted(), width=200)


def test_a_briefing_of_a_kind_is_read_back_as_that_kind() -> None:
    made = replay("strike")
    assert Incident.from_json(made.to_json()) == made
