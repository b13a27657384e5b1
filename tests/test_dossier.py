"""Dossiers: which items say the same, where sources contradict each other, and that every pointer is right."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from functools import cache
from itertools import permutations
from typing import Any

import ferry
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Briefing, Dossier, Source, UsageError, VerificationError
from summarizer.artifact import registry
from summarizer.assembly import source_record
from summarizer.document import Document
from summarizer.dossier import merge
from summarizer.dossier.record import Contradiction, Pointer
from summarizer.dossier.verification import verify
from summarizer.item import Actor, Event, Evidence, Place, Time
from summarizer.language import times
from summarizer.language.lexicon import lexicon
from summarizer.record import Provenance
from summarizer.verification.result import brief_of

MONDAY = date(2026, 4, 13)


@cache
def made_by() -> Provenance:
    return ferry.briefed(["wire", "morning"])[0].provenance


def reporting(*events: str, published: date | None = MONDAY, name: str = "one", **more: Any) -> Briefing:
    """A briefing of a text of these sentences, each of them an event; `more` are words in them, by field, and
    `status` is that of the events."""
    lines = [each if each.endswith(".") else f"{each}." for each in events]
    text = "\n\n".join([f"A report by {name} with enough words for an article of at least twenty of them.", *lines])
    source = Source.from_text(text, name=name, published=published)
    document = Document.of(source.text)
    spans = {document.text_of(each): each for each in document.sentences}

    def resting(words: str) -> list[Evidence]:
        found = next(each for line, each in spans.items() if words in line)
        return [
            Evidence(sentence=found.number, start=found.span.start, end=found.span.end, text=document.text_of(found))
        ]

    status = more.get("status", {})
    what = [
        Event(
            claim=each, status=status.get(each, "asserted"), attributed_to=None, evidence=resting(each),
            verdict="verbatim",
        )
        for each in lines
    ]  # fmt: skip
    who = [
        Actor(name=words, role=role, part="spoke", evidence=resting(words), verdict="verbatim")
        for words, role in more.get("who", ())
    ]
    where = [
        Place(place=each, within=None, evidence=resting(each), verdict="verbatim") for each in more.get("where", ())
    ]
    when = [_time(each, published, resting(each)) for each in more.get("when", ())]
    return Briefing(
        headline=None, summary=[], what=what, who=who, where=where, when=when, why=[], stated_rationale=[],
        not_stated=[], rejected=[], left_out=[], source=source_record(source), provenance=made_by(),
    )  # fmt: skip


def _time(words: str, published: date | None, evidence: list[Evidence]) -> Time:
    found = times.resolve(words, published, lexicon("en"))
    start, end = (found.start, found.end) if found else (None, None)
    return Time(time=words, start=start, end=end, resolved_from=published, evidence=evidence, verdict="verbatim")


def together(*briefings: Briefing) -> list[list[str]]:
    """The groups with items of several sources, as texts."""
    made = merge(briefings)
    return [[brief_of(made.item(each)) for each in group.items] for group in made.groups if len(group.sources) > 1]


def told(made: Dossier) -> list[tuple[str, list[str]]]:
    return [(each.kind, [side.text for side in each.sides]) for each in made.contradictions]


def disputed(*briefings: Briefing) -> list[tuple[str, list[str]]]:
    return told(merge(briefings))


# Saying the same


def test_the_example_shows_what_all_say() -> None:
    made = ferry.dossier()
    shared = {brief_of(made.item(group.shared)) for group in made.groups if len(group.sources) == 3}
    assert {"Ilse Morven", "Port Tessa"} <= shared


def test_one_that_says_more_stands_with_what_it_says_too() -> None:
    one = reporting("A tram derailed in Port Tessa")
    other = reporting("A tram derailed in Port Tessa, and 40 passengers were hurt", name="other")
    assert together(one, other) == [
        ["A tram derailed in Port Tessa.", "A tram derailed in Port Tessa, and 40 passengers were hurt."]
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Six people were killed in the crash at Port Tessa", "Six people were wounded in the crash at Port Tessa"),
        ("Six people were killed in the crash at Port Tessa", "Four people were killed in the crash at Port Tessa"),
        ("The crash in Port Tessa destroyed 40 homes", "The crash in Port Tessa destroyed 60 homes"),
        ("The terminal in Port Tessa will reopen on Monday", "The terminal in Port Tessa will not reopen on Monday"),
        ("The army of Kalvenia attacked Dovrania on Monday", "The army of Dovrania attacked Kalvenia on Monday"),
        ("Mia Berg praised the harbour council of Port Tessa", "Tor Lind praised the harbour council of Port Tessa"),
    ],
)
def test_what_differs_in_one_point_is_not_the_same(one: str, other: str) -> None:
    assert together(reporting(one), reporting(other, name="other")) == []


def test_what_is_denied_or_planned_does_not_stand_with_what_is_told_as_so() -> None:
    event = "The engines of the Marenka had failed."
    for status in ("denied", "planned"):
        assert together(reporting(event), reporting(event, name="other", status={event: status})) == []


def test_a_last_name_stands_with_the_whole_name() -> None:
    one = reporting("Mia Berg closed the port of Halden", who=[("Mia Berg", None)])
    other = reporting("Berg closed the port of Halden", who=[("Berg", None)], name="other")
    assert ["Berg", "Mia Berg"] in together(one, other)


def test_a_last_name_that_two_people_have_stands_alone() -> None:
    one = reporting("Mia Berg closed the port of Halden", who=[("Mia Berg", None)])
    two = reporting("Tor Berg opened the port of Halden", who=[("Tor Berg", None)], name="two")
    three = reporting("Berg said so at the port of Halden", who=[("Berg", None)], name="three")
    assert not any("Berg" in group for group in together(one, two, three))


def test_a_place_is_not_what_it_lies_in() -> None:
    one = reporting("A tram derailed in Croy, south Velin", where=["Croy, south Velin"])
    other = reporting("A tram derailed in south Velin", where=["south Velin"], name="other")
    third = reporting("A tram derailed in Croy", where=["Croy"], name="third")
    assert ["Croy", "Croy, south Velin"] in together(one, other, third)
    assert not any("south Velin" in group for group in together(one, other, third))


def test_counted_people_are_the_same_by_number_and_fate() -> None:
    one = reporting("Six people were killed at Port Tessa", who=[("Six people", None)])
    same = reporting("The crash at Port Tessa killed six passengers", who=[("six passengers", None)], name="same")
    hurt = reporting("Six people were hurt at Port Tessa", who=[("Six people", None)], name="hurt")
    assert ["Six people", "six passengers"] in together(one, same)
    assert ["Six people", "Six people"] not in together(one, hurt)


# Contradictions


def test_the_example_shows_what_is_disputed() -> None:
    assert [(kind, words) for kind, words in told(ferry.dossier()) if kind != "denial"] == [
        ("count", ["at Least Six", "Four", "Nine people"]),
        ("count", ["31", "31", "44"]),
        ("day", ["on Monday evening", "early on Tuesday", "on Monday evening"]),
        ("place", ["Lower Quay terminal", "North Pier terminal", "Lower Quay terminal"]),
        ("title", ["the harbour superintendent", "the harbour commissioner", "superintendent"]),
    ]


def test_a_toll_is_told_beside_another_with_the_words_of_each() -> None:
    one = reporting("A tram crash in Port Tessa killed at least six people")
    other = reporting("Four people were killed in a tram crash in Port Tessa", name="other")
    assert [(kind, sorted(words)) for kind, words in disputed(one, other)] == [
        ("count", ["Four people", "at least six people"])
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A tram crash in Port Tessa killed six people", "A tram crash in Port Tessa wounded four people"),
        ("A tram crash in Port Tessa hurt more than 50 people", "A tram crash in Port Tessa hurt 51 people"),
        (
            "A tram crash in Port Tessa killed seven people",
            "Six men and a woman were killed in a tram crash in Port Tessa",
        ),
        (
            "A tram crash in Port Tessa killed seven people",
            "Two of the seven people killed in the tram crash in Port Tessa",
        ),
        ("A tram crash in Port Tessa killed seven people", "A fire at a mill in Velin killed two people"),
        (
            "A raid on Port Tessa killed six people",
            "A raid on Port Tessa was ordered in retaliation for an attack that killed 30 people",
        ),
    ],
)
def test_counts_of_other_things_do_not_contradict(one: str, other: str) -> None:
    assert disputed(reporting(one), reporting(other, name="other")) == []


def test_a_later_count_is_later_and_not_only_another() -> None:
    one = reporting("A tram crash in Port Tessa killed six people")
    later = reporting("A tram crash in Port Tessa killed nine people", published=date(2026, 4, 14), name="later")
    same_day = reporting("A tram crash in Port Tessa killed four people", name="same day")
    undated = reporting("A tram crash in Port Tessa killed four people", published=None, name="undated")
    assert [each.later for each in merge([one, later]).contradictions] == [True]
    assert [each.later for each in merge([one, same_day]).contradictions] == [False]
    assert [each.later for each in merge([one, undated]).contradictions] == [False]


def test_the_same_words_for_a_day_on_two_days_are_no_contradiction() -> None:
    event = "A tram derailed in Port Tessa on Sunday"
    one = reporting(event, when=["on Sunday"])
    other = reporting(f"{event}, officials said", when=["on Sunday"], published=date(2026, 4, 21), name="other")
    assert disputed(one, other) == []


def test_a_day_that_another_article_has_too_is_no_contradiction() -> None:
    one = reporting("A tram derailed in Port Tessa on Sunday", when=["on Sunday"])
    both = reporting(
        "A tram derailed in Port Tessa on Saturday", "The tram in Port Tessa was lifted on Sunday",
        when=["on Saturday", "on Sunday"], name="both",
    )  # fmt: skip
    assert disputed(one, both) == []


def test_times_of_day_contradict_unless_one_is_about_the_other() -> None:
    one = reporting("A tram derailed in Port Tessa at 6.10am on Sunday", when=["at 6.10am on Sunday"])
    exact = reporting("A tram derailed in Port Tessa at 7.30am on Sunday", when=["at 7.30am on Sunday"], name="exact")
    loose = reporting("A tram derailed in Port Tessa around 6am on Sunday", when=["around 6am on Sunday"], name="loose")
    assert [kind for kind, _ in disputed(one, exact)] == ["time"]
    assert disputed(one, loose) == []


def test_a_name_spelt_in_two_ways_under_one_office_is_told() -> None:
    one = reporting("Anton Revik closed the port of Halden", who=[("Anton Revik", "the harbour commissioner")])
    other = reporting(
        "Anton Revick shut the port of Halden", who=[("Anton Revick", "the harbour commissioner")], name="other"
    )
    assert ("name", ["Anton Revick", "Anton Revik"]) in [(kind, sorted(words)) for kind, words in disputed(one, other)]


def test_an_office_that_was_held_before_is_no_contradiction() -> None:
    one = reporting("Mia Berg closed the port of Halden", who=[("Mia Berg", "the mayor")])
    other = reporting(
        "Mia Berg closed the port of Halden at noon", who=[("Mia Berg", "the former governor")], name="other"
    )
    assert disputed(one, other) == []


def test_what_one_asserts_and_another_denies_is_told() -> None:
    so = "The engines of the Marenka had failed."
    denied = "Tessa Line denied that the engines of the Marenka had failed."
    made = disputed(reporting(so), reporting(denied, name="other", status={denied: "denied"}))
    assert [(kind, sorted(words)) for kind, words in made] == [("denial", sorted([so, denied]))]


# Events


def test_articles_about_other_events_are_not_put_together() -> None:
    one = reporting("A tram derailed in Port Tessa", who=[("Port Tessa", None)])
    other = reporting("The central bank of Dovrania raised its rate to 5 percent", name="other")
    made = merge([one, other])
    assert made.events == [[0], [1]]
    assert not made.one_event
    assert "one" in made.warnings[0]
    assert all(len(group.sources) == 1 for group in made.groups)


def test_articles_about_one_event_give_no_warning() -> None:
    assert ferry.dossier().warnings == []


# What is refused


def test_one_text_twice_is_refused_by_both_names() -> None:
    one = reporting("A tram derailed in Port Tessa")
    again = one.model_copy(update={"source": one.source.model_copy(update={"name": "again"})})
    with pytest.raises(UsageError, match="one and again are the same text"):
        merge([one, again])


def test_one_briefing_is_refused() -> None:
    with pytest.raises(UsageError, match="only one"):
        merge([reporting("A tram derailed in Port Tessa")])


# Whatever is in them

EVENTS = [
    "A tram derailed in Port Tessa on Sunday",
    "A tram derailed and overturned in Port Tessa on Saturday, killing four people",
    "At least six people were killed when a tram derailed in Port Tessa",
    "Four people were killed and 31 injured in Port Tessa",
    "The driver of the tram was arrested in Port Tessa",
    "The driver of the tram was not arrested in Port Tessa",
    "The tram company denied that the driver had slept",
    "The central bank of Dovrania raised its rate to 5 percent",
    "\u202eA <script>alert(1)</script> derailed\u202c in Port Tessa",
]
DAYS = st.sampled_from([None, MONDAY, date(2026, 4, 14)])
CHOSEN = st.lists(
    st.tuples(st.lists(st.sampled_from(EVENTS), min_size=1, max_size=4, unique=True), DAYS), min_size=2, max_size=4
)
some_briefings = CHOSEN.map(
    lambda chosen: [reporting(*events, published=day, name=f"source {at}") for at, (events, day) in enumerate(chosen)]
)


def content(made: Dossier) -> dict[str, Any]:
    """A dossier without the numbers of its briefings."""

    def key(each: Pointer) -> tuple[str, str, int | None]:
        return made.briefings[each.briefing].source.name, each.field, each.index

    return {
        "groups": sorted((key(group.shared), sorted(map(key, group.items))) for group in made.groups),
        "contradictions": sorted(
            (each.kind, each.later, sorted((key(side.item), side.start, side.end) for side in each.sides))
            for each in made.contradictions
        ),
        "voices": sorted(sorted(map(key, voice.items)) for voice in made.voices),
        "events": sorted(sorted(made.briefings[each].source.name for each in event) for event in made.events),
    }


@given(some_briefings)
@settings(max_examples=25, deadline=None)
def test_a_dossier_does_not_depend_on_the_order_of_its_sources(briefings: list[Briefing]) -> None:
    expected = content(merge(briefings))
    for order in list(permutations(briefings))[1:4]:
        assert content(merge(order)) == expected


@given(some_briefings)
@settings(max_examples=40, deadline=None)
def test_every_item_is_in_just_one_group_and_every_pointer_leads_to_an_item(briefings: list[Briefing]) -> None:
    made = merge(briefings)
    assert Counter(each for group in made.groups for each in group.items) == Counter(made.pointers)
    pointers = [side.item for each in made.contradictions for side in each.sides]
    for each in [*pointers, *(each for voice in made.voices for each in voice.items)]:
        assert made.item(each)


@given(some_briefings)
@settings(max_examples=40, deadline=None)
def test_every_side_of_a_contradiction_is_in_the_evidence_of_its_item(briefings: list[Briefing]) -> None:
    made = merge(briefings)
    for side in (side for each in made.contradictions for side in each.sides):
        pieces = [each for each in made.item(side.item).evidence if each.start <= side.start <= side.end <= each.end]
        assert [each.text[side.start - each.start : side.end - each.start] for each in pieces] == [side.text]


@given(some_briefings)
@settings(max_examples=10, deadline=None)
def test_a_dossier_verifies_as_made(briefings: list[Briefing]) -> None:
    assert verify(merge(briefings)).failures == ()


# Stored


def test_what_is_stored_is_valid_under_its_schema() -> None:
    jsonschema.validate(ferry.stored(ferry.dossier()), json.loads(registry("schemas").load("dossier@1").text))


@pytest.fixture(scope="module")
def whole() -> Dossier:
    return ferry.dossier()


def test_evidence_slices_its_own_source(whole: Dossier) -> None:
    texts = [ferry.source(name).text for name in ferry.NAMES]
    for pointer in whole.pointers:
        for each in whole.item(pointer).evidence:
            assert texts[pointer.briefing][each.start : each.end] == each.text
    for side in (side for each in whole.contradictions for side in each.sides):
        assert texts[side.item.briefing][side.start : side.end] == side.text


def test_a_dossier_holds_against_its_sources(whole: Dossier) -> None:
    found = verify(whole, [ferry.source(name) for name in ferry.NAMES])
    assert found.holds
    assert {each.text for each in found.briefings} == {"same"}


def _moved(made: Dossier) -> Dossier:
    first, *rest = made.groups
    group = first.model_copy(update={"items": first.items[:-1]})
    return made.model_copy(update={"groups": [group, *rest]})


def _nowhere(made: Dossier) -> Dossier:
    first, *rest = made.groups
    lost = Pointer(briefing=0, field="what", index=99)
    return made.model_copy(update={"groups": [first.model_copy(update={"items": [*first.items, lost]}), *rest]})


def _retold(made: Dossier) -> Dossier:
    first, *rest = made.contradictions
    sides = [first.sides[0].model_copy(update={"text": "at least ten"}), *first.sides[1:]]
    return made.model_copy(update={"contradictions": [first.model_copy(update={"sides": sides}), *rest]})


def _silent(made: Dossier) -> Dossier:
    return made.model_copy(update={"contradictions": made.contradictions[1:]})


def _merged(made: Dossier) -> Dossier:
    groups = [each.model_copy(deep=True) for each in made.groups]
    groups[0].items += groups.pop().items
    return made.model_copy(update={"groups": groups})


@pytest.mark.parametrize("tampered", [_moved, _nowhere, _retold, _silent, _merged])
def test_what_was_changed_in_a_dossier_is_found(whole: Dossier, tampered: Any) -> None:
    with pytest.raises(VerificationError):
        verify(tampered(whole)).raise_for_failures()


def test_an_item_changed_in_a_briefing_is_found(whole: Dossier) -> None:
    changed = whole.model_copy(deep=True)
    changed.briefings[1].source.sha256 = "0" * 64
    found = verify(changed, [ferry.source(name) for name in ferry.NAMES])
    assert not found.briefings[1].holds


def test_as_many_sources_as_briefings_are_wanted(whole: Dossier) -> None:
    with pytest.raises(UsageError, match="3 briefings"):
        verify(whole, [ferry.source("wire")])


def test_under_other_rules_the_merge_is_not_judged_but_told(whole: Dossier) -> None:
    old = _silent(whole).model_copy(update={"policy": whole.policy.model_copy(update={"sha256": "0" * 64})})
    found = verify(old)
    assert found.failures == ()
    assert "today's rules" in found.notes[0]


def test_a_contradiction_has_two_sides() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        Contradiction(kind="count", about="killed", later=False, sides=[])
