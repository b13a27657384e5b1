"""The examples, replayed from exchanges with the embedded model, network blocked: articles to briefings."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from summarizer import Briefing, Source, brief

ROOT = Path(__file__).parent.parent
with (ROOT / "examples" / "published.tsv").open(encoding="utf-8") as table:
    PUBLISHED = {row["file"].removesuffix(".txt"): row["published"] for row in csv.DictReader(table, delimiter="\t")}


def source(name: str) -> Source:
    return Source.read(ROOT / "examples" / f"{name}.txt", published=PUBLISHED[name])


def replay(name: str) -> Briefing:
    return brief(source(name), cassette=ROOT / "cassettes" / "briefing@2" / f"{name}.json")


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_replay_gives_the_same_bytes_every_time(name: str) -> None:
    assert replay(name).to_json() == replay(name).to_json()


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_briefing_can_be_read_back(name: str) -> None:
    made = replay(name)
    assert Briefing.from_json(made.to_json()) == made


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_piece_of_evidence_and_every_quotation_is_the_source_character_for_character(name: str) -> None:
    made, text = replay(name), source(name).text
    items = [*made.summary, *made.who, *made.what, *made.where, *made.when, *made.why, *made.stated_rationale]
    pieces = [(each.start, each.end, each.text) for item in items for each in item.evidence]
    pieces += [(each.start, each.end, each.text) for rejected in made.rejected for each in rejected.evidence]
    quotes = [each.quotation for each in made.stated_rationale if each.quotation]
    pieces += [(each.start, each.end, each.text) for each in quotes]
    assert pieces
    assert all(text[start:end] == piece for start, end, piece in pieces)


@pytest.mark.parametrize(
    ("name", "event", "place", "day"),
    [
        ("strike", "bombs compound", "Ashkarani border town of Hazmet", date(2026, 3, 10)),
        ("refinery", "killed three workers", "Corvane Energy’s refinery in Port Ansley", date(2026, 5, 19)),
        ("rates", "raises key rate", "Halmora", date(2026, 6, 4)),
        ("resignation", "refused to quit", "Saravel", date(2026, 9, 15)),
        ("outbreak", "Schools to close", "Alcorda province", date(2026, 1, 9)),
    ],
)
def test_the_main_event_its_place_and_its_day(name: str, event: str, place: str, day: date) -> None:
    made = replay(name)
    assert event in made.what[0].claim
    assert place in [each.place for each in made.where]
    assert day in [each.start for each in made.when]


@pytest.mark.parametrize(
    ("name", "speaker", "words"),
    [
        ("strike", "Anton Revik", "We acted to prevent a rocket attack"),
        ("rates", "Henrik Aldane", "because wages are growing faster"),
        ("resignation", "Daniel Ostrey", "I am staying because"),
        ("outbreak", "Ramon Iturbe", "We are closing the schools so that"),
    ],
)
def test_a_stated_rationale_is_verbatim_under_its_true_speaker(name: str, speaker: str, words: str) -> None:
    given = [(each.speaker, each.quotation.text) for each in replay(name).stated_rationale if each.quotation]
    assert any(words in quoted for by, quoted in given if by == speaker)


def test_the_reason_that_somebody_states_is_not_the_cause_that_is_reported() -> None:
    """Both reasons are what somebody says; what the model takes for the cause is what another government urges."""
    made = replay("strike")
    assert not made.why
    assert made.not_established == ["why"]
    assert "why" not in made.not_stated
    assert [each.reasons[0].code for each in made.rejected if each.field == "why"] == ["modality"]


def test_what_stays_open_is_asked_for_once_more_and_that_alone() -> None:
    """The model took what another government urges for the cause."""
    made = replay("strike")
    assert [each.purpose for each in made.provenance.attempts] == ["draft", "repair"]
    tape = json.loads((ROOT / "cassettes" / "briefing@2" / "strike.json").read_text(encoding="utf-8"))
    asked_again = tape["interactions"][1]["response"]["body"]["choices"][0]["message"]["content"]
    assert set(json.loads(asked_again)) == {"why"}


def test_a_reason_that_nobody_is_quoted_with_is_stated_by_who_gives_it() -> None:
    (officials,) = (each for each in replay("strike").stated_rationale if each.quotation is None)
    assert officials.speaker == "two Dovranian security officials"
    assert officials.reason.startswith("in response to an ambush three days earlier")


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_briefing_says_what_made_it(name: str) -> None:
    made = replay(name)
    assert made.source.sha256 == source(name).sha256
    assert made.provenance.model == "local/qwen2.5-coder-1.5b-instruct"
    assert [each.id for each in made.provenance.schemas] == ["briefing-draft@2", "briefing@1"]
    assert made.provenance.usage.completion_tokens == sum(
        each.completion_tokens or 0 for each in made.provenance.attempts
    )
