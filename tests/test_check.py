"""What stands the check and what does not. Each guard is shown to fail."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from drafts import Draft
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.check import Checked, checker, policy
from summarizer.document import Document
from summarizer.item import Item
from summarizer.source import Source

ARTICLE = """Ferry Minister Stays in Office

PORT MIREL — Ferry Minister Daniel Ostrey did not resign on Tuesday, after the State Audit Office (SAO) found that 12 of 40 ferries had no valid papers.

"I am staying because the fleet must be repaired first," Ostrey told reporters in Port Mirel. "Nobody else knows the ships."

The audit was ordered after a fire on the ferry Halmora killed three people in May. It cost $4.2 million.

Opposition leader Agnes Dray said Ostrey had broken the law. He denied that he had signed the papers.

Parliament will vote on the minister's future on Sept. 24, the speaker's office said.
"""
S2 = "Ferry Minister Daniel Ostrey did not resign on Tuesday"


def check(**proposed: Any) -> Checked:
    """The check of a draft with a right main event and what is given."""
    draft: dict[str, Any] = {
        "headline": "Ferry Minister Daniel Ostrey did not resign",
        "what": [{"event": S2, "status": "asserted", "s": 2}],
        "who": [],
        "where": [],
        "when": [],
        "why": [],
        "rationale": [],
        "summary": [2],
    }
    source = Source.from_text(ARTICLE, published="2026-09-16")
    made = Draft.model_construct(None, **(draft | _typed({"what": draft["what"]} | proposed)))
    return checker(Document.of(source.text), source).check(made)


def _typed(proposed: dict[str, Any]) -> dict[str, Any]:
    fields = Draft.model_fields
    kinds = {name: fields[name].annotation.__args__[0] for name in proposed if name != "headline"}  # type: ignore[union-attr]  # lists
    return {
        name: value if name == "headline" else [kinds[name].model_validate(each) for each in value]
        for name, value in proposed.items()
    }


def event(claim: str, s: int = 2, status: str = "asserted") -> Checked:
    return check(what=[{"event": claim, "status": status, "s": s}])


def codes(checked: Checked) -> set[str]:
    return {reason.code for each in checked.rejected for reason in each.reasons}


def test_a_claim_in_the_words_of_the_source_is_verbatim() -> None:
    found = event(S2)["what"][0]
    assert (found.verdict, [each.sentence for each in found.evidence]) == ("verbatim", [2])


def test_a_claim_in_other_words_is_supported() -> None:
    found = event("The State Audit Office found that 12 ferries had no valid papers")["what"][0]
    assert found.verdict == "supported"


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        ("Ferry Minister Daniel Ostrey did resign on Tuesday", "polarity"),
        ("Ferry Minister Daniel Ostrey resigned on Tuesday", "polarity"),
        ("The audit office found that 14 of 40 ferries had no valid papers", "number"),
        ("The audit office found that 12 of 400 ferries had no valid papers", "number"),
        ("Ferry Minister Agnes Dray did not resign on Tuesday", "other_name"),
        ("Ferry Minister Daniel Ostrey did not resign on Friday", "time"),
        ("Ferry Minister Daniel Ostrey is to leave office on Tuesday", "polarity"),
        ("A volcano erupted near the harbour and buried two villages", "words"),
        ("He signed the papers", "polarity"),
    ],
)
def test_a_claim_that_the_source_does_not_make_is_rejected_with_its_reason(claim: str, code: str) -> None:
    checked = event(claim)
    assert claim not in [each.claim for each in checked["what"]]
    assert code in codes(checked)


@pytest.mark.parametrize(
    "claim",
    [
        "The SAO found that 12 of 40 ferries had no valid papers",
        "The State Audit Office found that twelve of 40 ferries had no valid papers",
        "The audit cost $4.2 million",
        "A fire on the ferry Halmora killed 3 people in May",
        "Parliament will vote on the minister's future on Sept. 24",
        "Parliament will vote on the minister's future on September 24",
    ],
)
def test_acronyms_numbers_and_dates_may_be_written_another_way(claim: str) -> None:
    assert event(claim, s=2)["what"], codes(event(claim, s=2))


def test_a_wrong_citation_gives_way_to_the_sentence_that_says_it() -> None:
    found = event("A fire on the ferry Halmora killed three people in May", s=2)["what"][0]
    assert [each.sentence for each in found.evidence] == [5]


def test_a_citation_that_does_not_exist_is_mended() -> None:
    assert event(S2, s=99)["what"][0].evidence[0].sentence == 2


def test_what_somebody_says_is_attributed_and_what_is_planned_is_planned() -> None:
    said = event("Ostrey had broken the law", s=7)["what"][0]
    assert (said.status, said.attributed_to) == ("attributed", "Agnes Dray")
    planned = event("Parliament will vote on the minister's future on Sept. 24", s=9)["what"][0]
    assert planned.status == "planned"


def test_only_the_part_that_somebody_says_is_attributed() -> None:
    text = ARTICLE.replace(
        "It cost $4.2 million.", "A pump burned out on the pier and investigators said they had found a leak."
    )
    source = Source.from_text(text)
    statuses = []
    for claim in ("A pump burned out on the pier", "Investigators found a leak"):
        proposed = _typed({"what": [{"event": claim, "status": "asserted", "s": 6}]})
        empty = {"headline": S2, "who": [], "where": [], "when": [], "why": [], "rationale": [], "summary": []}
        checked = checker(Document.of(source.text), source).check(Draft.model_construct(None, **(empty | proposed)))
        statuses += [(each.status, each.attributed_to) for each in checked["what"]]
    assert statuses == [("asserted", None), ("attributed", "investigators")]


def test_a_quotation_is_whole_and_under_its_speaker_whoever_was_proposed() -> None:
    checked = check(
        rationale=[{"q": 1, "s": None, "speaker": "Agnes Dray", "reason": "the fleet must be repaired first"}]
    )
    (found,) = checked["stated_rationale"]
    assert (found.speaker, found.speaker_role) == ("Daniel Ostrey", "Ferry Minister")
    assert found.quotation is not None
    assert found.quotation.text == '"I am staying because the fleet must be repaired first,"'
    assert ARTICLE[found.quotation.start : found.quotation.end] == found.quotation.text


def test_who_gives_a_reason_is_one_of_the_people() -> None:
    checked = check(rationale=[{"q": 1, "s": None, "speaker": "Ostrey", "reason": "the fleet must be repaired first"}])
    assert [(each.name, each.part) for each in checked["who"]] == [("Daniel Ostrey", "spoke")]


@pytest.mark.parametrize(
    ("rationale", "code"),
    [
        ({"q": 1, "s": None, "speaker": "Ostrey", "reason": "the fleet was sold to a bank in Sorvik"}, "words"),
        ({"q": 2, "s": None, "speaker": "Ostrey", "reason": "Nobody else knows the ships"}, "reason"),
        ({"q": None, "s": None, "speaker": "Ostrey", "reason": "the fleet must be repaired first"}, "evidence"),
        ({"q": 77, "s": None, "speaker": "Ostrey", "reason": "the fleet must be repaired first"}, "evidence"),
    ],
)
def test_a_reason_that_nobody_gives_is_rejected(rationale: dict[str, Any], code: str) -> None:
    checked = check(rationale=[rationale])
    assert not checked["stated_rationale"]
    assert code in codes(checked)


def test_a_cause_is_what_the_source_reports_and_no_quotation() -> None:
    assert check(why=[{"cause": "The audit office found that 12 ferries had no valid papers", "s": 2}])["why"]
    stated = check(why=[{"cause": "The fleet must be repaired first", "s": 3}])
    assert not stated["why"]
    assert codes(stated) == {"stated"}


def test_the_event_is_not_its_own_cause() -> None:
    assert codes(check(why=[{"cause": S2 + ".", "s": 2}])) == {"circular"}


def test_actors_get_their_full_name_role_and_a_part_that_the_source_shows() -> None:
    checked = check(
        who=[
            {"name": "Ostrey", "title": "", "part": "acted", "s": 2},
            {"name": "Agnes Dray", "title": "", "part": "spoke", "s": 7},
            {"name": "Halmora", "title": "", "part": "spoke", "s": 5},
            {"name": "Mia Berg", "title": "", "part": "spoke", "s": 5},
        ]
    )
    shown = [(each.name, each.role, each.part) for each in checked["who"]]
    assert shown[:2] == [("Daniel Ostrey", "Ferry Minister", "acted"), ("Agnes Dray", "Opposition leader", "spoke")]
    assert shown[2][2] == "mentioned"
    assert [each.proposed["name"] for each in checked.rejected] == ["Mia Berg"]


def test_a_time_is_resolved_against_the_day_of_publication() -> None:
    (when,) = check(when=[{"time": "on Tuesday", "s": 2}])["when"]
    assert (when.time, when.start, when.end, when.resolved_from) == (
        "on Tuesday",
        date(2026, 9, 15),
        date(2026, 9, 15),
        date(2026, 9, 16),
    )


def test_a_time_of_another_event_is_rejected() -> None:
    checked = check(when=[{"time": "in May", "s": 5}, {"time": "first", "s": 3}])
    assert not checked["when"]
    assert codes(checked) == {"time"}


def test_the_dateline_is_no_place_of_the_event() -> None:
    assert codes(check(where=[{"s": 2, "place": "PORT MIREL"}])) == {"place"}


def test_a_place_ends_where_its_name_ends() -> None:
    text = ARTICLE.replace(
        "did not resign on Tuesday", "did not resign in eastern Halden in answer to calls from Sorvik"
    )
    source = Source.from_text(text)
    draft = Draft.model_construct(
        None, headline="x", what=[], who=[], where=[], when=[], why=[], rationale=[], summary=[]
    ).model_copy(
        update=_typed(
            {
                "what": [{"event": "Ferry Minister Daniel Ostrey did not resign", "status": "asserted", "s": 2}],
                "where": [{"s": 2, "place": "eastern Halden in answer to calls from Sorvik"}],
            }
        )
    )
    assert [each.place for each in checker(Document.of(source.text), source).check(draft)["where"]] == [
        "eastern Halden"
    ]


def test_a_headline_that_fails_gives_way_to_the_main_event() -> None:
    checked = check(headline="Minister jailed for fraud in Sorvik")
    assert [each.text for each in checked["headline"]] == [S2]
    assert [each.field for each in checked.rejected] == ["headline"]


def test_a_main_event_that_fails_gives_way_to_the_headline() -> None:
    checked = event("Ferry Minister Daniel Ostrey resigned on Tuesday")
    assert [each.claim for each in checked["what"]] == ["Ferry Minister Daniel Ostrey did not resign"]
    assert "polarity" in codes(checked)


def test_the_same_item_is_kept_once() -> None:
    assert len(check(what=[{"event": S2, "status": "asserted", "s": 2}] * 3)["what"]) == 1


def test_a_repair_takes_the_place_of_what_failed() -> None:
    source = Source.from_text(ARTICLE, published="2026-09-16")
    ours = checker(Document.of(source.text), source)
    bad = _typed({"what": [{"event": "Daniel Ostrey resigned on Tuesday", "status": "asserted", "s": 2}]})
    empty = {
        "headline": "Minister jailed",
        "who": [],
        "where": [],
        "when": [],
        "why": [],
        "rationale": [],
        "summary": [],
    }
    checked = ours.check(Draft.model_construct(None, **(empty | bad)))
    failed = [each for each in checked.rejected if each.field == "what"]
    good = _typed({"what": [{"event": S2, "status": "asserted", "s": 2}]})
    checked = ours.mend(failed, Draft.model_construct(None, **(empty | good)))
    assert [each.claim for each in checked["what"]] == [S2]
    assert [each.text for each in checked["headline"]] == [S2]
    assert [each.field for each in checked.rejected] == ["headline"]


def test_a_repair_that_fails_too_leaves_both_rejected() -> None:
    source = Source.from_text(ARTICLE)
    ours = checker(Document.of(source.text), source)
    empty = {
        "headline": "Minister jailed",
        "who": [],
        "where": [],
        "when": [],
        "why": [],
        "rationale": [],
        "summary": [],
    }
    claims = ["Daniel Ostrey resigned on Tuesday", "Daniel Ostrey did resign on Tuesday"]
    drafts = [
        Draft.model_construct(None, **(empty | _typed({"what": [{"event": each, "status": "asserted", "s": 2}]})))
        for each in claims
    ]
    checked = ours.check(drafts[0])
    checked = ours.mend(list(checked.rejected), drafts[1])
    assert not checked["what"]
    assert [each.proposed["event"] for each in checked.rejected if each.field == "what"] == claims


EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))


@settings(deadline=None)
@given(st.data())
def test_no_draft_makes_the_check_raise_and_all_evidence_slices_back(data: st.DataObject) -> None:
    text = EXAMPLES[0].read_text(encoding="utf-8")
    source = Source.from_text(text, published="2026-03-11")
    words = st.sampled_from(text.split()).flatmap(lambda word: st.just(word) | st.text(max_size=30).map(word.__add__))
    phrases = st.lists(words, min_size=1, max_size=12).map(" ".join)
    number = st.integers(1, 60)
    draft = Draft.model_construct(
        None,
        headline=data.draw(phrases),
        **_typed(
            {
                "what": [{"event": data.draw(phrases)[:240], "status": "denied", "s": data.draw(number)}],
                "who": [{"name": data.draw(phrases)[:160], "title": "", "part": "acted", "s": data.draw(number)}],
                "where": [{"s": data.draw(number), "place": data.draw(phrases)[:160]}],
                "when": [{"time": data.draw(phrases)[:160], "s": data.draw(number)}],
                "why": [{"cause": data.draw(phrases)[:240], "s": data.draw(number)}],
                "rationale": [{"q": data.draw(number), "s": None, "speaker": "x", "reason": data.draw(phrases)[:300]}],
            }
        ),
        summary=[data.draw(number)],
    )
    checked = checker(Document.of(source.text), source).check(draft)
    items: list[Item] = [
        *checked["what"],
        *checked["who"],
        *checked["where"],
        *checked["when"],
        *checked["why"],
        *checked["stated_rationale"],
    ]
    cited = [each.evidence for each in [*items, *checked["summary"]]] + [each.evidence for each in checked.rejected]
    for evidence in [each for several in cited for each in several]:
        assert source.text[evidence.start : evidence.end] == evidence.text


def test_the_policy_names_its_version_and_the_hash_of_its_rules() -> None:
    assert policy().id == "check@1"
    assert len(policy().sha256) == 64
