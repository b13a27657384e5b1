"""Two ways to test what is built on summarizer, both without a model and without a network."""

from __future__ import annotations

from pathlib import Path

import pytest
from appointments import Appointment, appointments

from summarizer import brief
from summarizer.testing import DraftedModel, Summarize, draft

HARBOUR = Path(__file__).parents[1] / "articles" / "harbour.txt"
PUBLISHED = "2026-04-14"

# `python -c "from summarizer.testing import numbered; print(numbered('articles/harbour.txt'))"` shows the numbers.
COUNCIL = {"event": "The city council of Tolna appointed a harbour master.", "status": "asserted", "s": 2}
ORVIK = {
    "claim": "Lena Orvik was appointed as harbour master.",
    "s": 2,
    "person": "Lena Orvik",
    "office": "harbour master",
    "appointed_by": "city council of Tolna",
}
AALBERG = {
    "claim": "Piet Aalberg was named as deputy harbour master.",
    "s": 6,
    "person": "Piet Aalberg",
    "office": "deputy harbour master",
}
FELD = ORVIK | {"claim": "Jonas Feld was appointed as harbour master.", "s": 3, "person": "Jonas Feld"}
JUNE = {"time": "from June 1, 2026", "s": 2}

# Drafts: what becomes of an answer that we write ourselves.


def test_each_appointment_is_a_line_with_the_day_it_begins() -> None:
    model = DraftedModel(draft(Appointment, HARBOUR, what=[COUNCIL], posts=[ORVIK, AALBERG], starts=[JUNE]))
    assert appointments(HARBOUR, published=PUBLISHED, model=model) == [
        "Lena Orvik: harbour master, from 2026-06-01",
        "Piet Aalberg: deputy harbour master",
    ]


def test_an_appointment_that_the_article_does_not_bear_out_is_no_line() -> None:
    model = DraftedModel(draft(Appointment, HARBOUR, what=[COUNCIL], posts=[FELD]))
    assert appointments(HARBOUR, published=PUBLISHED, model=model) == []
    (rejected,) = brief(HARBOUR, schema=Appointment, published=PUBLISHED, model=model).rejected
    assert rejected.proposed["person"] == "Jonas Feld"


def test_the_model_may_mend_it_when_it_is_asked_once_more() -> None:
    model = DraftedModel(draft(Appointment, HARBOUR, what=[COUNCIL], posts=[FELD]), repair={"posts": [ORVIK]})
    assert appointments(HARBOUR, published=PUBLISHED, model=model) == ["Lena Orvik: harbour master"]


# Replays: what a real model answered, recorded by `pytest --summarizer-record=once`.


@pytest.mark.cassette("harbour")
def test_the_model_finds_the_new_harbour_master() -> None:
    assert any(line.startswith("Lena Orvik: ") for line in appointments(HARBOUR, published=PUBLISHED))


@pytest.mark.cassette("harbour")
def test_what_the_model_found_stands_in_the_article(summarize: Summarize) -> None:
    briefing = summarize(HARBOUR, schema=Appointment, published=PUBLISHED)
    article = HARBOUR.read_text(encoding="utf-8")
    evidence = [each for _, _, item in briefing.items for each in item.evidence]
    assert evidence
    assert all(article[each.start : each.end] == each.text for each in evidence)
