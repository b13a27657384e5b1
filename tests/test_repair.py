"""What is asked for once more."""

from __future__ import annotations

import pytest

from summarizer import Briefing, repair
from summarizer.check import Checked
from summarizer.item import Place
from summarizer.kind import kind_of
from summarizer.record import Reason, Rejected

KIND = kind_of(Briefing)


def rejected(field: str, code: str) -> Rejected:
    reasons = [Reason(code=code, explanation="It does not stand.")]
    return Rejected(field=field, proposed={}, verdict="not enough information", reasons=reasons, evidence=[])


def checked(*refused: Rejected) -> Checked:
    found = Checked.of(KIND)
    found.rejected = list(refused)
    return found


@pytest.mark.parametrize("field", ["what", "who", "where", "when", "why", "stated_rationale"])
def test_what_fails_is_asked_for_again_where_nothing_stands(field: str) -> None:
    for code in ("name", "number", "subject"):
        assert repair.failures(KIND, checked(rejected(field, code)))


def test_a_question_that_is_answered_is_not_asked_again() -> None:
    found = checked(rejected("where", "name"))
    found["where"].append(Place.model_construct(place="Halden"))
    assert not repair.failures(KIND, found)


@pytest.mark.parametrize(
    ("field", "code"), [("who", "actor"), ("where", "place"), ("when", "time"), ("stated_rationale", "reason")]
)
def test_what_is_not_there_to_be_found_is_not_asked_for_again(field: str, code: str) -> None:
    assert not repair.failures(KIND, checked(rejected(field, code)))


def test_an_event_must_be_found_where_none_stands() -> None:
    failed = [rejected("what", "name")]
    needed = repair.answer_to(KIND, failed, eventless=True).model_json_schema()["properties"]["what"]
    optional = repair.answer_to(KIND, failed, eventless=False).model_json_schema()["properties"]["what"]
    assert (needed["minItems"], optional["minItems"]) == (1, 0)
