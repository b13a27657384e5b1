"""What is asked for once more."""

from __future__ import annotations

import pytest

from summarizer import Briefing, repair
from summarizer.kind import kind_of
from summarizer.record import Reason, Rejected

KIND = kind_of(Briefing)


def rejected(field: str, code: str) -> Rejected:
    reasons = [Reason(code=code, explanation="It does not stand.")]
    return Rejected(field=field, proposed={}, verdict="not enough information", reasons=reasons, evidence=[])


@pytest.mark.parametrize("field", ["what", "who", "where", "when", "why", "stated_rationale"])
def test_whatever_fails_in_a_list_is_asked_for_again(field: str) -> None:
    for code in ("name", "place", "time", "subject"):
        assert repair.failures(KIND, [rejected(field, code)])


def test_a_place_given_as_an_actor_is_not() -> None:
    assert not repair.failures(KIND, [rejected("who", "actor")])


def test_an_event_must_be_found_where_none_stands() -> None:
    failed = [rejected("what", "name")]
    needed = repair.answer_to(KIND, failed, eventless=True).model_json_schema()["properties"]["what"]
    optional = repair.answer_to(KIND, failed, eventless=False).model_json_schema()["properties"]["what"]
    assert (needed["minItems"], optional["minItems"]) == (1, 0)
