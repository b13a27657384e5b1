"""What stands the check and what does not. Each guard is shown to fail."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from summarizer import Briefing
from summarizer.check import Checked, Checker, checker, events, policy
from summarizer.document import Document
from summarizer.item import Event, Item
from summarizer.kind import Kind, kind_of
from summarizer.source import Source

ARTICLE = """Ferry Minister Stays in Office

PORT MIREL — Ferry Minister Daniel Ostrey did not resign on Tuesday, after the State Audit Office (SAO) found that 12 of 40 ferries had no valid papers.

"I am staying because the fleet must be repaired first," Ostrey told reporters in Port Mirel. "Nobody else knows the ships."

The audit was ordered after a fire on the ferry Halmora killed three people in May. It cost $4.2 million.

Opposition leader Agnes Dray said Ostrey had broken the law. He denied that he had signed the papers.

Parliament will vote on the minister's future on Sept. 24, the speaker's office said.
"""
UNTITLED = ARTICLE.partition("\n\n")[2].replace("\n\n", " ", 1)
S2 = "Ferry Minister Daniel Ostrey did not resign on Tuesday"
FORMS = [kind_of(Briefing), kind_of(Briefing, 1)]
FIRST = FORMS[1]


def check(text: str = ARTICLE, kind: Kind = FORMS[0], **proposed: Any) -> Checked:
    """The check of a draft with a right main event and what is given."""
    return _checker(text, kind).check(_draft(kind, **({"what": [S2_EVENT], "summary": [2]} | proposed)))


def _checker(text: str, kind: Kind = FORMS[0]) -> Checker:
    source = Source.from_text(text, published="2026-09-16")
    return checker(Document.of(source.text), source, kind)


S2_EVENT = {"event": S2, "status": "asserted", "s": 2}


def _draft(kind: Kind = FORMS[0], **proposed: Any) -> BaseModel:
    """A draft that proposes this and nothing else."""
    fields = kind.draft.model_fields
    plain = {name: value for name, value in proposed.items() if name in ("headline", "summary")}
    wires = {name: fields[name].annotation.__args__[0] for name in proposed if name not in plain}  # type: ignore[union-attr]  # lists
    typed = {name: [wire.model_validate(each) for each in proposed[name]] for name, wire in wires.items()}
    return kind.draft_of(plain | typed)


def told(checked: Checked, claim: str) -> Event:
    """The event that makes this claim."""
    (found,) = [each for each in checked.all(Event) if each.claim == claim]
    return found


def event(claim: str, s: int = 2, status: str = "asserted") -> Checked:
    return check(what=[{"event": claim, "status": status, "s": s}])


def codes(checked: Checked) -> set[str]:
    return {reason.code for each in checked.rejected for reason in each.reasons}


def test_a_claim_in_the_words_of_the_source_is_verbatim() -> None:
    found = event(S2)["what"][0]
    assert (found.verdict, [each.sentence for each in found.evidence]) == ("verbatim", [2])


def test_a_claim_in_other_words_is_supported() -> None:
    claim = "The State Audit Office found that 12 ferries had no valid papers"
    found = told(event(claim), claim)
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
    assert claim in [each.claim for each in event(claim, s=2)["what"]], codes(event(claim, s=2))


def test_a_wrong_citation_gives_way_to_the_sentence_that_says_it() -> None:
    claim = "A fire on the ferry Halmora killed three people in May"
    found = told(event(claim, s=2), claim)
    assert [each.sentence for each in found.evidence] == [5]


def test_a_citation_that_does_not_exist_is_mended() -> None:
    assert told(event(S2, s=99), S2).evidence[0].sentence == 2


def test_what_somebody_says_is_attributed_and_what_is_planned_is_planned() -> None:
    law, vote = "Ostrey had broken the law", "Parliament will vote on the minister's future on Sept. 24"
    said = told(event(law, s=7), law)
    assert (said.status, said.attributed_to) == ("attributed", "Agnes Dray")
    assert told(event(vote, s=9), vote).status == "planned"


def test_only_the_part_that_somebody_says_is_attributed() -> None:
    text = ARTICLE.replace(
        "It cost $4.2 million.", "A pump burned out on the pier and investigators said they had found a leak."
    )
    claims = ("A pump burned out on the pier", "Investigators found a leak")
    found = [told(check(text, what=[{"event": claim, "status": "asserted", "s": 6}]), claim) for claim in claims]
    assert [(each.status, each.attributed_to) for each in found] == [
        ("asserted", None),
        ("attributed", "investigators"),
    ]


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
    assert codes(stated) == {"stated"}
    found = "after the State Audit Office (SAO) found that 12 of 40 ferries had no valid papers"
    assert [each.cause for each in stated["why"]] == [found]  # which the text itself says


def test_the_event_is_not_its_own_cause() -> None:
    assert codes(check(why=[{"cause": S2 + ".", "s": 2}])) == {"circular"}


def test_actors_get_their_full_name_role_and_a_part_that_the_source_shows() -> None:
    checked = check(
        who=[
            {"name": "Ostrey", "part": "acted", "s": 2},
            {"name": "Agnes Dray", "part": "spoke", "s": 7},
            {"name": "Halmora", "part": "spoke", "s": 5},
            {"name": "Mia Berg", "part": "spoke", "s": 5},
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
    assert [each.proposed["time"] for each in checked.rejected] == ["in May", "first"]
    assert codes(checked) == {"time"}
    assert [each.time for each in checked["when"]] == ["on Tuesday"]  # which the text itself says


def test_the_dateline_is_no_place_of_the_event() -> None:
    text = ARTICLE.replace("told reporters in Port Mirel", "told reporters")
    checked = check(text, where=[{"s": 2, "place": "PORT MIREL"}])
    assert not checked["where"]
    assert codes(checked) == {"place"}


def test_a_place_ends_where_its_name_ends() -> None:
    text = ARTICLE.replace(
        "did not resign on Tuesday", "did not resign in eastern Halden in answer to calls from Sorvik"
    )
    main = {"event": "Ferry Minister Daniel Ostrey did not resign", "status": "asserted", "s": 2}
    place = {"s": 2, "place": "eastern Halden in answer to calls from Sorvik"}
    assert [each.place for each in check(text, what=[main], where=[place])["where"]] == ["eastern Halden"]


def test_the_headline_is_the_title_word_for_word_whatever_the_model_wrote() -> None:
    for kind, wrote in ((FORMS[0], {}), (FIRST, {"headline": "Minister jailed for fraud in Sorvik"})):
        (found,) = check(kind=kind, **wrote)["headline"]
        assert (found.text, found.verdict) == ("Ferry Minister Stays in Office", "verbatim")
        assert [each.sentence for each in found.evidence] == [1]


@pytest.mark.parametrize(
    "title", ["Why I Stayed in Office", "Will the Ferry Minister Stay in Office?", "“Will the Ferry Minister Stay?”"]
)
def test_a_title_that_speaks_of_itself_or_asks_is_no_headline_and_no_event(title: str) -> None:
    checked = check(ARTICLE.replace("Ferry Minister Stays in Office", title))
    assert [each.text for each in checked["headline"]] == [S2]
    assert title not in [each.claim for each in checked["what"]]


def test_without_a_title_and_a_headline_of_the_models_the_main_event_is_the_headline() -> None:
    assert [each.text for each in check(UNTITLED, what=[S2_EVENT | {"s": 1}])["headline"]] == [S2]


def test_without_a_title_a_headline_that_stands_is_the_models() -> None:
    wrote = "Ferry Minister Daniel Ostrey did not resign"
    checked = check(UNTITLED, FIRST, headline=wrote, what=[S2_EVENT | {"s": 1}])
    assert [each.text for each in checked["headline"]] == [wrote]


def test_a_headline_that_fails_gives_way_to_the_main_event() -> None:
    wrote = "Minister jailed for fraud in Sorvik"
    checked = check(UNTITLED, FIRST, headline=wrote, what=[S2_EVENT | {"s": 1}])
    assert [each.text for each in checked["headline"]] == [S2]
    assert [each.field for each in checked.rejected] == ["headline"]


def test_a_main_event_that_fails_gives_way_to_the_headline() -> None:
    wrong = {"event": "Ferry Minister Daniel Ostrey resigned on Tuesday", "status": "asserted", "s": 1}
    wrote = "Ferry Minister Daniel Ostrey did not resign"
    checked = check(UNTITLED, FIRST, headline=wrote, what=[wrong])
    assert [each.claim for each in checked["what"]] == [wrote]
    assert "polarity" in codes(checked)


def test_a_main_event_that_fails_gives_way_to_the_title() -> None:
    checked = event("Ferry Minister Daniel Ostrey resigned on Tuesday")
    assert [each.claim for each in checked["what"]] == ["Ferry Minister Stays in Office"]
    assert "polarity" in codes(checked)


FIRE = {"event": "A fire on the ferry Halmora killed three people in May.", "status": "asserted", "s": 5}


def test_the_main_event_is_the_first_that_tells_what_the_title_tells() -> None:
    assert [each.claim for each in check(what=[FIRE, S2_EVENT])["what"]] == [S2, FIRE["event"]]


def test_where_none_does_or_it_takes_too_many_words_the_title_is_the_main_event() -> None:
    title = "Ferry Minister Stays in Office"
    assert [each.claim for each in check(what=[FIRE])["what"]] == [title, FIRE["event"]]
    text = ARTICLE.replace("had no valid papers", "had no valid papers at all")
    long = text.split("— ")[1].partition("\n")[0]
    assert len(long.split()) == events.LONGEST + 2
    assert [each.claim for each in check(text, what=[S2_EVENT | {"event": long}])["what"]] == [title, long]


def test_the_same_item_is_kept_once() -> None:
    assert len(check(what=[{"event": S2, "status": "asserted", "s": 2}] * 3)["what"]) == 1


def test_a_repair_takes_the_place_of_what_failed() -> None:
    ours = _checker(UNTITLED, FIRST)
    bad = {"event": "Daniel Ostrey resigned on Tuesday", "status": "asserted", "s": 1}
    checked = ours.check(_draft(FIRST, headline="Minister jailed", what=[bad]))
    assert not checked["what"]
    failed = [each for each in checked.rejected if each.field == "what"]
    checked = ours.mend(failed, _draft(FIRST, what=[S2_EVENT | {"s": 1}]))
    assert [each.claim for each in checked["what"]] == [S2]
    assert [each.text for each in checked["headline"]] == [S2]
    assert [each.field for each in checked.rejected] == ["headline"]


def test_around_a_main_event_that_the_repair_gave_the_text_is_looked_through() -> None:
    ours = _checker(UNTITLED)
    checked = ours.check(_draft(what=[{"event": "Daniel Ostrey resigned on Tuesday", "status": "asserted", "s": 1}]))
    assert not checked["when"]
    checked = ours.mend(list(checked.rejected), _draft(what=[S2_EVENT | {"s": 1}]))
    assert [each.time for each in checked["when"]] == ["on Tuesday"]


def test_a_repair_that_fails_too_leaves_both_rejected() -> None:
    ours = _checker(UNTITLED)
    claims = ["Daniel Ostrey resigned on Tuesday", "Daniel Ostrey did resign on Tuesday"]
    drafts = [_draft(what=[{"event": each, "status": "asserted", "s": 1}]) for each in claims]
    checked = ours.check(drafts[0])
    checked = ours.mend(list(checked.rejected), drafts[1])
    assert not checked["what"]
    assert [each.proposed["event"] for each in checked.rejected if each.field == "what"] == claims


EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))


@pytest.mark.parametrize("kind", FORMS, ids=["today's form", "first form"])
@given(st.data())
def test_no_draft_makes_the_check_raise_and_all_evidence_slices_back(kind: Kind, data: st.DataObject) -> None:
    text = EXAMPLES[0].read_text(encoding="utf-8")
    source = Source.from_text(text, published="2026-03-11")
    words = st.sampled_from(text.split()).flatmap(lambda word: st.just(word) | st.text(max_size=30).map(word.__add__))
    phrases = st.lists(words, min_size=1, max_size=12).map(" ".join)
    number = st.integers(1, 60)
    first = {"title": data.draw(phrases)[:160]} if kind.form else {}
    draft = _draft(
        kind,
        **({"headline": data.draw(phrases)} if kind.form else {}),
        what=[{"event": data.draw(phrases)[:240], "status": "denied", "s": data.draw(number)}],
        who=[{"name": data.draw(phrases)[:160], "part": "acted", "s": data.draw(number)} | first],
        where=[{"s": data.draw(number), "place": data.draw(phrases)[:160]}],
        when=[{"time": data.draw(phrases)[:160], "s": data.draw(number)}],
        why=[{"cause": data.draw(phrases)[:240], "s": data.draw(number)}],
        rationale=[{"q": data.draw(number), "s": None, "speaker": "x", "reason": data.draw(phrases)[:300]}],
        summary=[data.draw(number)],
    )
    checked = checker(Document.of(source.text), source, kind).check(draft)
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
    assert policy().id == "check@3"
    assert len(policy().sha256) == 64


def test_the_place_of_a_cause_is_not_taken_for_that_of_the_event() -> None:
    text = (
        "Warplanes Strike Camp\n\nWarplanes struck a camp in eastern Tolmar after an attack in the city of Sorvik.\n\n"
        "The army said that the camp was empty and that nobody had been hurt there."
    )
    main = {"event": "Warplanes struck a camp.", "status": "asserted", "s": 2}
    checked = check(text, what=[main], where=[{"s": 2, "place": "eastern Tolmar"}])
    assert [each.place for each in checked["where"]] == ["eastern Tolmar"]


def test_a_place_where_somebody_spoke_is_not_taken_for_that_of_the_event() -> None:
    assert not check()["where"]  # `told reporters in Port Mirel`
    assert [each.place for each in check(ARTICLE.replace("Ostrey told reporters", "Ostrey sat"))["where"]] == [
        "Port Mirel"
    ]


def test_of_places_the_one_that_the_text_says_most_of_comes_first() -> None:
    text = (
        "Fire Destroys Mill\n\nA fire destroyed a mill in Tolmar on Monday.\n\nIt broke out near the border town of Sorvik, "
        "where forty people worked. Nobody was hurt, and the owner wants to build it again."
    )
    main = {"event": "A fire destroyed a mill.", "status": "asserted", "s": 2}
    checked = check(text, what=[main], where=[{"s": 2, "place": "Tolmar"}])
    assert [each.place for each in checked["where"]] == ["border town of Sorvik", "Tolmar"]


def test_the_place_that_a_title_names_is_the_place() -> None:
    text = (
        "Halden ferry fire: Captain arrested\n\nThe captain of a ferry was arrested on Monday after a fire on board.\n\n"
        "Among the passengers was Mia Berg, 62, of Halden, who was not hurt and walked home from the harbour."
    )
    main = {"event": "The captain of a ferry was arrested.", "status": "asserted", "s": 2}
    assert [each.place for each in check(text, what=[main])["where"]] == ["Halden"]
    assert not check(text.replace(", 62, of Halden", ""), what=[main])["where"]


def test_those_who_died_are_counted_among_the_people() -> None:
    text = (
        "Seven killed in Halden mill fire\n\nAt least seven workers were killed in a fire at a mill in Halden on Monday.\n\n"
        "The owner, Mia Berg, said that the cause was not known and that the mill would stay shut this week."
    )
    main = {"event": "Seven workers were killed in a fire.", "status": "asserted", "s": 2}
    checked = check(text, what=[main], who=[{"name": "workers", "part": "affected", "s": 2}])
    assert [(each.name, each.part) for each in checked["who"]][:1] == [("At least seven workers", "affected")]


def test_a_number_alone_is_nobody() -> None:
    checked = check(who=[{"name": "12", "part": "affected", "s": 2}])
    assert codes(checked) == {"name"}
    assert "12" not in [each.name for each in checked["who"]]


def test_a_circumstance_is_a_cause_only_in_a_sentence_that_tells_the_event() -> None:
    text = ARTICLE + "\nThe minister was seen at a party after a ship of another line sank near Sorvik.\n"
    checked = check(text, why=[{"cause": "after a ship of another line sank near Sorvik", "s": 9}])
    assert "unrelated" in codes(checked)


def test_of_two_places_one_in_the_words_of_the_other_the_fuller_one_is_taken() -> None:
    text = (
        "Warplanes hit the Sorvik border\n\nWarplanes struck near the Sorvik border on Monday.\n\n"
        "A camp in the Sorvik border town of Hazmet burned down, and forty people had to be taken to hospital."
    )
    main = {"event": "Warplanes struck near the border.", "status": "asserted", "s": 2}
    assert [each.place for each in check(text, what=[main])["where"]] == ["Sorvik border town of Hazmet"]


@pytest.mark.parametrize(
    ("sentence", "stands"),
    [
        ("Minister Ostrey did not resign on Tuesday, he said in the town of Sorvik.", True),
        ("Minister Ostrey spent the week in the town of Sorvik.", False),
    ],
)
def test_far_down_a_place_stands_only_in_a_sentence_that_tells_the_event(sentence: str, stands: bool) -> None:
    text = ARTICLE + "\n" + "Nothing else was known that day.\n" * 4 + sentence + "\n"
    number = Document.of(text).sentences[-1].number
    checked = check(text, where=[{"s": number, "place": "Sorvik"}])
    assert ("Sorvik" in [each.place for each in checked["where"]]) is stands
    assert ("place" in codes(checked)) is not stands


MILL = "Fire Destroys Mill Near Sorvik\n\nA fire destroyed a mill near Sorvik, and forty people lost their work.\n\n"
MILL_EVENT = {"event": "A fire destroyed a mill near Sorvik.", "status": "asserted", "s": 2}


@pytest.mark.parametrize(
    ("sentence", "times"),
    [
        ("Most of them were at home when the accident happened at 6.10am on Tuesday.", ["at 6.10am on Tuesday"]),
        ("Most of them were at home when the owner rang at 6.10am on Tuesday.", []),
    ],
)
def test_far_down_a_time_stands_where_an_event_is_said_to_have_happened(sentence: str, times: list[str]) -> None:
    text = MILL + "Nobody in the town knew more.\n" * 12 + sentence + "\n"
    assert [each.time for each in check(text, what=[MILL_EVENT])["when"]] == times


def test_when_a_toll_rose_is_not_when_the_event_was() -> None:
    text = (
        MILL
        + "The toll of the fire at the mill rose to six on Tuesday.\n\nThe fire at the mill broke out late on Monday."
    )
    assert [each.time for each in check(text, what=[MILL_EVENT])["when"]] == ["late on Monday"]
    found = check(text.replace("The toll", "The damage"), what=[MILL_EVENT])["when"]
    assert [each.time for each in found] == ["on Tuesday"]


def test_what_a_title_has_after_as_is_no_cause() -> None:
    text = "Mill Near Sorvik Burns as Crowd Watches\n\nA mill near Sorvik burned, and forty people lost their work.\n\nNobody knows why."
    main = {"event": "A mill near Sorvik burned.", "status": "asserted", "s": 2}
    checked = check(text, what=[main], why=[{"s": 1, "cause": "as Crowd Watches"}])
    assert not checked["why"]
    assert "cause" in codes(checked)
    told = text.replace("Burns as Crowd Watches", "Burns after Lightning Strikes")
    assert check(told, what=[main], why=[{"s": 1, "cause": "after Lightning Strikes"}])["why"]


def test_what_somebody_is_called_before_the_name_is_nobody_else() -> None:
    text = MILL + "Mill owner Mia Berg wept, and the mill owner of the next valley lent her a lorry and his men."
    who = [{"name": "Mill owner", "part": "affected", "s": 3}, {"name": "Mia Berg", "part": "affected", "s": 3}]
    assert [each.name for each in check(text, what=[MILL_EVENT], who=who)["who"]] == ["Mia Berg"]
    apart = text.replace("Mill owner Mia Berg", "Mia Berg, the mill owner,")
    assert len(check(apart, what=[MILL_EVENT], who=who)["who"]) == 2


CLEARED = (
    "Odo Kell: Captain Mia Berg cleared\n\nA court cleared captain Mia Berg on Monday, to the anger of Odo Kell.\n\n"
    "Halden had asked for a fine of two million, and its mayor said that the town would pay the costs itself."
)
CLEARING = {"event": "A court cleared captain Mia Berg.", "status": "asserted", "s": 2}
BERG = {"name": "Mia Berg", "part": "affected", "s": 2}


def test_whom_a_title_has_before_a_colon_it_does_not_tell_of() -> None:
    checked = check(CLEARED, what=[CLEARING], who=[{"name": "Odo Kell", "part": "affected", "s": 2}, BERG])
    assert [each.name for each in checked["who"]] == ["Mia Berg", "Odo Kell"]


def test_whom_a_title_has_before_a_noun_it_does_not_name() -> None:
    text = CLEARED.replace("Odo Kell: Captain Mia Berg cleared", "Halden ferry case ends and captain is cleared")
    checked = check(text, what=[CLEARING], who=[{"name": "Halden", "part": "mentioned", "s": 3}, BERG])
    assert [each.name for each in checked["who"]] == ["Mia Berg", "Halden"]


ANSWERED = (
    "Tolmar Bombs Camps in Dovrania\n\nTolmar bombed camps in eastern Dovrania in retaliation for a rocket attack.\n\n"
    "The rocket attack killed a baker in the northern city of Velin on Sunday, and nobody said who was behind it."
)


def test_where_what_an_event_answers_was_is_not_where_the_event_was() -> None:
    main = {"event": "Tolmar bombed camps in eastern Dovrania.", "status": "asserted", "s": 2}
    velin = {"s": 3, "place": "northern city of Velin"}
    checked = check(ANSWERED, what=[main], where=[velin])
    assert [each.place for each in checked["where"]] == ["eastern Dovrania"]
    assert codes(checked) == {"place"}
    other = ANSWERED.replace("in retaliation for a rocket attack", "on Sunday").replace(
        "The rocket attack", "The bombs"
    )
    assert "northern city of Velin" in [each.place for each in check(other, what=[main], where=[velin])["where"]]


@pytest.mark.parametrize(
    ("clause", "stands"),
    [
        ("as it hit a parked truck", True),
        ("as prices for timber rise", True),
        ("as police spoke of arson", False),
        ("as Mia Berg", False),
        ("after the party", False),
        ("after the party was moved indoors", True),
        ("after a flood of the river", True),
        ("after 3 of 40 shifts", False),
    ],
)
def test_a_clause_says_why_only_where_it_tells_something_that_was_done(clause: str, stands: bool) -> None:
    told = f"A mill near Sorvik burned on Monday {clause}, and forty people lost their work."
    main = {"event": "A mill near Sorvik burned on Monday.", "status": "asserted", "s": 2}
    checked = check(
        f"Mill Near Sorvik Burns\n\n{told}\n\nNobody was hurt.", what=[main], why=[{"s": 2, "cause": clause}]
    )
    assert [each.cause for each in checked["why"]] == ([clause] if stands else [])


@pytest.mark.parametrize(
    ("quoted", "speaker", "stands"),
    [
        ("We have to close the mill to protect the river", "Mia Berg, the mill’s director", True),
        ("We have to close the mill to protect the river", "Rolf Tane", False),
        ("I moved here because the river was clean once", "Rolf Tane", True),
        ("How many times do we have to ask them to protect the river?", "Mia Berg, the mill’s director", False),
    ],
)
def test_what_somebody_has_to_do_is_a_reason_only_of_one_who_has_a_part(
    quoted: str, speaker: str, stands: bool
) -> None:
    text = (
        f"Mill Near Sorvik Closes\n\nA mill near Sorvik closed on Monday.\n\n“{quoted},” said {speaker}, on Tuesday.\n"
    )
    main = {"event": "A mill near Sorvik closed on Monday.", "status": "asserted", "s": 2}
    reason = {"q": 1, "s": None, "speaker": speaker, "reason": quoted}
    checked = check(text.replace("?,”", "?”"), what=[main], rationale=[reason])
    assert bool(checked["stated_rationale"]) is stands
    assert ("reason" in codes(checked)) is not stands


def test_a_thing_gives_no_reason() -> None:
    text = MILL + "The photo said that the mill was closed because the river had been poisoned.\n"
    checked = check(
        text,
        what=[MILL_EVENT],
        rationale=[{"q": None, "s": 3, "speaker": "The photo", "reason": "because the river had been poisoned"}],
    )
    assert codes(checked) == {"speaker"}


def test_a_note_that_says_something_is_not_who_is_named_before_it() -> None:
    text = MILL + "The ruling followed a note, seen by reporters, that said the owner had been warned.\n"
    checked = check(text, what=[MILL_EVENT, {"event": "The owner had been warned.", "status": "asserted", "s": 3}])
    assert "The ruling" not in [each.attributed_to for each in checked["what"]]


def test_a_place_in_and_around_which_something_was_did_nothing() -> None:
    text = "Fire Destroys Mill\n\nA fire destroyed a mill, and forty people in and around Sorvik lost the work of their lives.\n"
    main = {"event": "A fire destroyed a mill.", "status": "asserted", "s": 2}
    checked = check(text, what=[main], who=[{"name": "Sorvik", "part": "acted", "s": 2}])
    assert codes(checked) == {"actor"}


@pytest.mark.parametrize(
    ("claim", "stands"),
    [
        ("The coast guard said the mill was closed.", False),
        ("The owner said the mill was closed.", True),
        ("Officials said the mill was closed.", True),
        ("The mayor said the mill was closed.", True),
        ("Mia Berg said the mill was closed.", True),
    ],
)
@pytest.mark.parametrize("who", ["Mia Berg", "She"])
def test_what_a_person_says_nobody_else_is_said_to_say(claim: str, who: str, stands: bool) -> None:
    text = MILL + "Mia Berg, the owner, wept.\n\nThe coast guard came.\n\nBerg has been the mayor since May.\n\n"
    said = text + f"{who} said that the mill was closed for a year.\n"
    checked = check(said, what=[MILL_EVENT, {"event": claim, "status": "attributed", "s": 6}])
    assert (claim in [each.claim for each in checked["what"]]) is stands
    assert ("speaker" in codes(checked)) is not stands


def test_who_cries_says_nothing_unless_words_are_quoted() -> None:
    text = MILL + "Owner Mia Berg cries because the mill burned down.\n"
    checked = check(text, what=[MILL_EVENT], why=[{"s": 3, "cause": "because the mill burned down"}])
    assert not checked["stated_rationale"]


QUAY = "Port Police Close Quay in Sorvik\n\nThe Sorvik Port Police closed a quay in Sorvik on Monday, and arrested Rolf Tane.\n\n"
QUAY_EVENT = {"event": "The Sorvik Port Police closed a quay in Sorvik on Monday.", "status": "asserted", "s": 2}


def parts(text: str, *who: dict[str, Any]) -> dict[str, str]:
    checked = check(QUAY + text, what=[QUAY_EVENT], who=list(who))
    return {each.name: each.part for each in checked["who"]}


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("Mia Berg shut the gates of the quay.", "acted"),
        ("Mia Berg, who runs the quay, shut the gates.", "acted"),
        ("The gates of the quay were shut by Mia Berg.", "acted"),
        ("Mia Berg was seen leaving the quay.", "acted"),
        ("Mia Berg and Odo Kell shut the gates of the quay.", "acted"),
        ("Mia Berg is set to shut the gates of the quay.", "acted"),
        ("Mia Berg on Monday shut the gates of the quay.", "acted"),
        ("Mia Berg earlier this evening searched the quay.", "acted"),
        ("Mia Berg last month was led out of the quay.", "affected"),
        ("Mia Berg was led out of the quay.", "affected"),
        ("Mia Berg died on the quay.", "affected"),
        ("A crane on the quay hit Mia Berg.", "affected"),
        ("On the quay, left to right: Odo Kell, Mia Berg and a crane.", "mentioned"),
        ("The quay lies behind the house of Mia Berg.", "mentioned"),
    ],
)
@pytest.mark.parametrize("proposed", ["acted", "affected"])
def test_who_acted_and_who_was_affected_is_as_the_words_beside_the_name_say(
    sentence: str, part: str, proposed: str
) -> None:
    found = parts(f"{sentence}\n", {"name": "Mia Berg", "part": proposed, "s": 3})
    assert found["Mia Berg"] == part


def test_a_group_has_its_whole_name() -> None:
    assert "Sorvik Port Police" in parts(
        "Sorvik Port Police said nothing more.\n", {"name": "Port Police", "part": "acted", "s": 2}
    )


def test_a_description_before_a_name_is_the_person_who_is_named() -> None:
    text = "“We had to,” local port chief Mia Berg said of the quay in Sorvik, where she works.\n"
    assert parts(text, {"name": "local port chief", "part": "spoke", "s": 3}).get("Mia Berg") == "spoke"


def test_a_namesake_who_speaks_is_somebody_else() -> None:
    text = "On the quay stood Mark Berg. His cousin Mary Berg said that it was late.\n"
    found = parts(text, {"name": "Mark Berg", "part": "spoke", "s": 3})
    assert found["Mark Berg"] == "mentioned"


@pytest.mark.parametrize(
    ("claim", "speaker"),
    [
        ("Smoke over the quay was reported.", None),
        ("The quay was closed, say passengers.", "passengers"),
        ("The quay is safe, a report said.", "report"),
    ],
)
def test_an_event_is_attributed_to_somebody_or_to_what_can_be_read(claim: str, speaker: str | None) -> None:
    text = "Smoke over the quay was reported. The quay was closed, say passengers. The quay is safe, a report said.\n"
    checked = check(QUAY + text, what=[QUAY_EVENT, {"event": claim, "status": "asserted", "s": 3}])
    found = [each.attributed_to for each in checked["what"] if each.claim == claim]
    assert [each and each.split()[-1] for each in found] == [speaker]


def test_words_from_all_over_a_sentence_that_runs_on_say_nothing() -> None:
    caption = " Picture Rolf Tane walks by a crane and looks at the water with his dog and two friends of the house" * 4
    text = MILL + f"Mia Berg was the last owner{caption} when the river rose and Odo Kell was drowned in it.\n"
    claim = "Mia Berg the last owner was drowned when the river rose"
    assert "spread" in codes(check(text, what=[MILL_EVENT, {"event": claim, "status": "asserted", "s": 3}]))
    near = "Odo Kell was drowned when the river rose"
    found = check(text, what=[MILL_EVENT, {"event": near, "status": "asserted", "s": 3}])
    assert near in [each.claim for each in found["what"]]
    below = (
        MILL
        + "Nobody was at work.\n" * 3
        + text.removeprefix(MILL).replace("the river rose", "the river rose in Halden")
    )
    far = check(below, what=[MILL_EVENT], where=[{"s": 6, "place": "Halden"}])
    assert "Halden" not in [each.place for each in far["where"]]


def test_a_cause_ends_where_another_sentence_begins_whose_stop_was_lost() -> None:
    text = "Mill Near Sorvik Burns\n\nA mill near Sorvik burned because a lamp fell over The owner Mia Berg was away at the time.\n"
    main = {"event": "A mill near Sorvik burned.", "status": "asserted", "s": 2}
    assert [each.cause for each in check(text, what=[main])["why"]] == ["because a lamp fell over"]


@pytest.mark.parametrize("before", ["outside the", "at the", "in", "near the"])
def test_a_place_beside_which_something_was_did_nothing(before: str) -> None:
    text = (
        f"Bang in Sorvik\n\nA bang {before} Halden Consulate in Sorvik hurt two people on Monday, and a dog ran away.\n"
    )
    main = {"event": "A bang hurt two people on Monday.", "status": "asserted", "s": 2}
    assert "actor" in codes(check(text, what=[main], who=[{"name": "Halden Consulate", "part": "acted", "s": 2}]))


def test_a_sentence_is_not_cut_before_its_verb() -> None:
    text = (
        MILL
        + "The owner said the fire at the mill, which began at noon, was put out by her sons. It had been dry, and was hot.\n"
    )
    cut = {"event": "The owner said the fire at the mill, which began at noon.", "status": "attributed", "s": 3}
    assert codes(check(text, what=[MILL_EVENT, cut])) == {"cut"}
    whole = {"event": "It had been dry.", "status": "asserted", "s": 4}
    assert not codes(check(text, what=[MILL_EVENT, whole]))


@pytest.mark.parametrize(
    ("sentence", "claim", "stands"),
    [
        ("The mill has to close in May.", "The mill closes in May.", False),
        ("The mill must close in May.", "The mill closed in May.", False),
        ("The mill must close in May.", "The mill has to close in May.", True),
        ("The mill should be sold in May.", "The mill was sold in May.", False),
        ("The mill had to close in May.", "The mill closed in May.", True),
        ("The mill has managed to close in May.", "The mill closed in May.", True),
    ],
)
def test_what_must_be_done_is_not_done(sentence: str, claim: str, stands: bool) -> None:
    checked = check(MILL + sentence + "\n", what=[MILL_EVENT, {"event": claim, "status": "asserted", "s": 3}])
    assert (claim in [each.claim for each in checked["what"]]) is stands


def test_a_relative_in_a_row_is_nobodys_role() -> None:
    text = MILL + "She was met by her mother Mia Berg, her son Mika, and a crowd.\n"
    checked = check(text, what=[MILL_EVENT], who=[{"name": "Mia Berg", "part": "mentioned", "s": 3}])
    assert [each.role for each in checked["who"] if each.name == "Mia Berg"] == [None]


def test_what_a_part_of_a_group_says_the_group_did_not_say() -> None:
    text = MILL + "A member of the Red Row crew said that it was late. A spokesman for the Blue Row crew said so too.\n"
    checked = check(
        text, what=[MILL_EVENT], who=[{"name": name, "part": "spoke", "s": 3} for name in ("Red Row", "Blue Row")]
    )
    parts = {each.name: each.part for each in checked["who"]}
    assert (parts["Red Row"], parts["Blue Row"]) == ("mentioned", "spoke")


def test_what_another_group_says_a_group_did_not_say() -> None:
    text = MILL + "The Sorvik and Velin river guards said that it was late. Halden fire guards stood by.\n"
    checked = check(text, what=[MILL_EVENT], who=[{"name": "Halden fire guards", "part": "spoke", "s": 4}])
    assert {each.name: each.part for each in checked["who"]}["Halden fire guards"] == "mentioned"


def test_who_acted_is_told_by_the_first_sentence_too_where_the_title_is_the_main_event() -> None:
    text = (
        "Berg Orders Sorvik Quay Closed After Fire\n\n"
        "Harbour director Mia Berg has ordered a quay in Sorvik closed after a fire on Monday. "
        "Since then Berg has signalled that more may close.\n"
    )
    main = {"event": "A fire closed Sorvik.", "status": "asserted", "s": 2}
    checked = check(text, what=[main], who=[{"name": "Mia Berg", "part": "spoke", "s": 3}])
    found = next(each for each in checked["who"] if each.name == "Mia Berg")
    assert (found.part, [each.sentence for each in found.evidence]) == ("acted", [2])


def test_who_acted_is_told_by_a_quotation_too() -> None:
    text = MILL + "“After the fire, river guards searched the mill,” said the mill’s owner, Mia Berg.\n"
    checked = check(text, what=[MILL_EVENT], who=[{"name": "river guards", "part": "acted", "s": 3}])
    assert {each.name: each.part for each in checked["who"]}["river guards"] == "acted"


def test_a_reason_out_of_a_quotation_has_all_of_the_words_that_make_it_one() -> None:
    text = MILL + "“The mill was closed in response to a report on its old boilers,” said its owner, Mia Berg.\n"
    reason = {"q": 1, "s": None, "speaker": "Mia Berg", "reason": "to a report on its old boilers"}
    (found,) = check(text, what=[MILL_EVENT], rationale=[reason])["stated_rationale"]
    assert found.reason == "in response to a report on its old boilers"


def test_a_title_that_ends_a_sentence_is_no_role_of_whoever_begins_the_next() -> None:
    text = MILL + "“It was late,” said the mill’s spokesman. The Red Row called it a shame for the town.\n"
    checked = check(text, what=[MILL_EVENT], who=[{"name": "Red Row", "part": "spoke", "s": 4}])
    assert [each.role for each in checked["who"] if "Red Row" in each.name] == [None]


def test_where_somebody_is_from_is_nobody() -> None:
    text = MILL + "A man from Halden wept. The bus went from Halden to Velmouth, and Mia Berg wrote to Kell.\n"
    checked = check(
        text,
        what=[MILL_EVENT],
        who=[{"name": name, "part": "mentioned", "s": 3} for name in ("Halden", "Velmouth", "Mia Berg")],
    )
    names = {each.name for each in checked["who"]}
    assert "Mia Berg" in names
    assert names.isdisjoint({"Halden", "Velmouth"})


def test_whom_the_main_event_has_as_its_subject_acted_whatever_else_they_did() -> None:
    text = "Rebels Strike Town\n\nThe Red Row attacked a town on Monday, and said that it would come back. Nobody was hurt in it.\n"
    main = {"event": "The Red Row attacked a town on Monday.", "status": "asserted", "s": 2}
    checked = check(
        text,
        what=[main],
        who=[{"name": "Red Row", "part": "spoke", "s": 2}, {"name": "Rebels", "part": "mentioned", "s": 1}],
    )
    assert {each.part for each in checked["who"] if "Red Row" in each.name} == {"acted"}


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ("because The Guardian wrote of it", "because The Guardian wrote of it"),
        ("because of hepatitis A in the water", "because of hepatitis A in the water"),
        ("because a lamp fell over The owner was away", "because a lamp fell over"),
    ],
)
def test_a_name_with_an_article_begins_no_sentence(clause: str, told: str) -> None:
    text = f"Mill Near Sorvik Closes\n\nA mill near Sorvik closed on Monday {clause}.\n\nNobody was hurt at the mill.\n"
    main = {"event": "A mill near Sorvik closed on Monday.", "status": "asserted", "s": 2}
    assert [each.cause for each in check(text, what=[main])["why"]] == [told]


@pytest.mark.parametrize(
    ("beside", "role"),
    [
        ("mayor of Sorvik,", "mayor of Sorvik"),
        ("the mayor of Sorvik,", "the mayor of Sorvik"),
        ("director for Velmouth,", "director for Velmouth"),
        ("her son Mika,", None),
    ],
)
def test_what_stands_behind_a_name_is_a_role_unless_it_is_somebody_else(beside: str, role: str | None) -> None:
    text = MILL + f"Mia Berg, {beside} came to the mill with a crowd of friends.\n"
    checked = check(text, what=[MILL_EVENT], who=[{"name": "Mia Berg", "part": "acted", "s": 3}])
    assert [each.role for each in checked["who"] if each.name == "Mia Berg"] == [role]


def test_somebody_whose_name_is_a_word_for_people_keeps_it() -> None:
    text = MILL + "Writer Cherry Priest came to the mill, and Cherry Priest wept.\n"
    checked = check(text, what=[MILL_EVENT], who=[{"name": "Cherry Priest", "part": "acted", "s": 3}])
    assert "Cherry Priest" in [each.name for each in checked["who"]]
