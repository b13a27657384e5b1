"""What two briefings say differently: what is paired, what is told, and that it does not matter which is called old."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from drafts import ARTICLE, DRAFT, FAILING, NO_REPAIR, briefed
from hypothesis import given, settings
from hypothesis import strategies as st
from test_examples import PUBLISHED as EXAMPLES
from test_examples import replay
from test_examples import source as example

from summarizer import Briefing, Difference, DifferenceError, Source, SourceError, UsageError, compare
from summarizer.difference import FieldDifference, ItemDifference
from summarizer.difference.pairing import matched
from summarizer.difference.wording import Wording
from summarizer.item import Claim
from summarizer.language.lexicon import lexicon
from summarizer.report import compared

Plain = dict[str, Any]
Change = Callable[[Plain], object]

ITEMS = ("summary", "who", "what", "where", "when", "why", "stated_rationale")
SOURCE = Source.from_text(ARTICLE)
SWAPPED = {"added": "gone", "gone": "added", "accepted": "rejected", "rejected": "accepted"}


@cache
def halden() -> Briefing:
    return briefed()


@cache
def failing() -> Briefing:
    """The same with the cause rejected."""
    return briefed(FAILING, NO_REPAIR)


@cache
def story(name: str) -> Briefing:
    return replay(name)


def edited(briefing: Briefing, *changes: Change) -> Briefing:
    plain = json.loads(briefing.to_json())
    for change in changes:
        change(plain)
    return Briefing.from_json(json.dumps(plain))


def put(where: str, **values: Any) -> Change:
    """Puts values into what stands at a path such as `what.0`."""

    def change(plain: Any) -> None:
        for key in where.split("."):
            plain = plain[int(key) if key.isdigit() else key]
        plain.update(values)

    return change


def told(difference: Difference) -> list[tuple[str, str]]:
    """Each item that differs: its kind and its place, in the old briefing where the new one has not got it."""
    sides = [(field.field, each, each.new or each.old) for field in difference.fields for each in field.differences]
    return [(each.kind, f"{field}[{side.index}]") for field, each, side in sides if side]


def only(difference: Difference) -> ItemDifference:
    (found,) = difference.items
    return found


def told_again(article: str, **draft: Any) -> Briefing:
    """The draft's briefing of another text of the story."""
    return briefed(DRAFT | draft, article=article)


# Nothing differs


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_briefing_does_not_differ_from_itself(name: str) -> None:
    found = compare(story(name), story(name))
    assert found.empty
    assert not found.made
    assert sum(each.unchanged for each in found.fields) == len(story(name).items)


def test_time_tokens_and_the_name_of_the_file_are_no_difference() -> None:
    other = edited(
        halden(),
        put("provenance", seconds=99.0, usage={"prompt_tokens": 7, "completion_tokens": 7}, attempts=[]),
        put("source", name="elsewhere.txt", url="https://example.org"),
    )
    found = compare(halden(), other)
    assert found.empty
    assert not found.made


def test_the_order_of_a_list_is_no_difference_but_for_the_main_event() -> None:
    found = compare(story("rates"), edited(story("rates"), lambda plain: plain["who"].reverse()))
    assert found.empty
    found = compare(halden(), edited(halden(), lambda plain: plain["what"].reverse()))
    assert not list(found.items)
    assert not found.empty
    assert found.main_event
    assert found.main_event.old
    assert found.main_event.new
    assert (found.main_event.old.said, found.main_event.new.said) == (halden().what[0].claim, halden().what[1].claim)


def test_what_made_them_is_told_and_is_no_difference() -> None:
    prompt, policy = {"id": "briefing@2", "sha256": "1" * 64}, {"id": "policy@2", "sha256": "2" * 64}
    other = edited(
        halden(),
        put("provenance", prompts=[prompt], policy=policy, model="other/one"),
        put("source", title="Crane falls", published="2026-03-12"),
    )
    found = compare(halden(), other)
    assert found.empty
    made = {each.attribute: each.new for each in found.made}
    assert made == {
        "source.title": "Crane falls", "source.published": "2026-03-12", "provenance.model": "other/one",
        "provenance.prompts": [prompt], "provenance.policy": policy,
    }  # fmt: skip


# What is told


@pytest.mark.parametrize("name", ["headline", *ITEMS])
def test_an_item_that_one_briefing_alone_has_is_added_or_gone(name: str) -> None:
    less = edited(halden(), lambda plain: plain.update({name: None if name == "headline" else plain[name][1:]}))
    place = f"{name}[{None if name == 'headline' else 0}]"
    assert told(compare(halden(), less)) == [("gone", place)]
    assert told(compare(less, halden())) == [("added", place)]


@pytest.mark.parametrize(
    ("where", "values"),
    [
        ("headline", {"text": "Union strikes"}),
        ("headline", {"verdict": "supported"}),
        ("what.0", {"claim": "The port of Halden did not close its north terminal."}),
        ("what.0", {"claim": "The port of Halden closed its north terminal and its south terminal."}),
        ("what.1", {"status": "asserted"}),
        ("what.1", {"attributed_to": "Tor Lind"}),
        ("who.0", {"part": "spoke"}),
        ("who.1", {"role": None}),
        ("who.1", {"name": "Berg"}),
        ("who.1", {"name": "harbour director Mia Berg"}),
        ("where.0", {"within": "Norway"}),
        ("where.0", {"place": "Halden"}),
        ("when.0", {"start": "2026-03-08"}),
        ("when.0", {"time": "last Monday morning"}),
        ("when.0", {"time": "two days ago"}),
        ("why.0", {"event": "The terminal would reopen in June."}),
        ("why.0", {"cause": "once a crane collapsed and injured three workers"}),
        ("stated_rationale.0", {"speaker": "Tor Lind"}),
        ("stated_rationale.0", {"reason": "nobody should work under a crane"}),
        ("stated_rationale.0", {"quotation": None}),
    ],
)
def test_an_attribute_with_another_value_is_a_change_of_the_same_item(where: str, values: Plain) -> None:
    found = only(compare(halden(), edited(halden(), put(where, **values))))
    assert (found.kind, {each.attribute: each.new for each in found.changes}) == ("changed", values)
    name, _, index = where.partition(".")
    assert found.old
    assert {each.attribute: each.old for each in found.changes}.keys() == values.keys()
    assert found.old.index == (int(index) if index else None)
    assert found.old.item == (getattr(halden(), name)[int(index)] if index else halden().headline)


@pytest.mark.parametrize(
    ("where", "values"),
    [
        ("what.0", {"claim": "Engineers from abroad inspected the crane."}),
        ("who.1", {"name": "Tor Berg"}),
        ("who.1", {"name": "Berg’s brother"}),
        ("where.0", {"place": "Bergen"}),
        ("when.0", {"time": "on Friday", "start": "2026-03-13"}),
        ("why.0", {"cause": "The union went on strike."}),
        ("stated_rationale.0", {"reason": "the union asked for higher wages", "quotation": None}),
        (
            "stated_rationale.0",
            {"speaker": "Tor Lind", "reason": "the crane had not been inspected for years", "quotation": None},
        ),
    ],
)
def test_another_item_is_no_change_of_the_first(where: str, values: Plain) -> None:
    found = compare(halden(), edited(halden(), put(where, **values)))
    assert sorted(each.kind for each in found.items) == ["added", "gone"]


def test_of_statements_with_half_their_words_in_common_those_on_one_sentence_are_the_same_item() -> None:
    claim = {"claim": "The north terminal at Halden shut after an accident hurt many."}
    elsewhere = {"evidence": [halden().what[1].evidence[0].model_dump()]}
    assert only(compare(halden(), edited(halden(), put("what.0", **claim)))).kind == "changed"
    found = compare(halden(), edited(halden(), put("what.0", **claim, **elsewhere)))
    assert {each.kind for each in found.items} == {"added", "gone"}


def test_a_field_of_its_own_in_a_class_of_items_is_compared_too() -> None:
    class Toll(Claim):
        killed: int

    first = halden().summary[0]
    one, other = (
        halden().model_copy(update={"summary": [Toll(**first.model_dump(), killed=killed)]}) for killed in (3, 4)
    )
    assert [(each.attribute, each.old, each.new) for each in only(compare(one, other)).changes] == [("killed", 3, 4)]
    assert [(each.attribute, each.old) for each in only(compare(halden(), one)).changes] == [("killed", None)]


def test_the_same_statement_at_another_place_has_moved() -> None:
    found = compare(halden(), told_again("Port News\n\n" + ARTICLE.partition("\n\n")[2]))
    who = next(each for each in found.fields if each.field == "who")
    assert [each.kind for each in who.differences] == ["moved", "moved"]
    assert not who.differences[1].changes


def test_the_same_statement_on_another_sentence_has_moved_and_says_which() -> None:
    other = halden().what[1].evidence[0].model_dump()
    found = only(compare(halden(), edited(halden(), put("who.1", evidence=[other]))))
    assert found.kind == "moved"
    assert [(each.attribute, each.new) for each in found.changes] == [("evidence", [other["text"]])]


def test_an_item_that_the_check_rejects_now_is_told_with_its_reasons() -> None:
    found = only(compare(halden(), _other_cause()))
    assert (found.kind, found.new) == ("gone", None)  # another cause was proposed: nobody rejected this one
    now, before = only(compare(halden(), failing())), only(compare(failing(), halden()))
    assert (now.kind, now.new, before.kind, before.old) == ("rejected", None, "accepted", None)
    assert [each.code for each in now.reasons] == [each.code for each in before.reasons] == ["number"]
    assert now.old
    assert now.old.said == "once a crane collapsed and injured two workers"


def _other_cause() -> Briefing:
    proposed = put("rejected.0.proposed", cause="because the union went on strike")
    return edited(failing(), proposed)


def test_what_was_rejected_in_another_field_is_another_item() -> None:
    elsewhere = edited(failing(), put("rejected.0", field="where"))
    assert only(compare(halden(), elsewhere)).kind == "gone"


def test_questions_not_stated_are_told() -> None:
    found = compare(halden(), _not_stated("why"))
    assert (found.no_longer_stated, found.now_stated, found.empty) == (("why",), (), False)
    assert compare(_not_stated("why"), _not_stated("where")).now_stated == ("why",)


def _not_stated(*questions: str) -> Briefing:
    return edited(halden(), lambda plain: plain.update(not_stated=list(questions)))


def test_of_two_items_alike_the_one_that_is_the_same_is_paired_first() -> None:
    berg, lind = {"name": "Mia Berg"}, {"name": "Berg"}
    actor = halden().who[1].model_dump(mode="json")
    old = edited(halden(), lambda plain: plain.update(who=[actor | berg, actor | lind]))
    new = edited(halden(), lambda plain: plain.update(who=[actor | lind]))
    assert told(compare(old, new)) == [("gone", "who[0]")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mia Berg", "Berg"),
        ("harbour director Mia Berg", "Mia Berg"),
        ("Northern Liberation Front (NLF)", "NLF"),
        ("Northern Liberation Front", "NLF"),
        ("the National Bank of Halmora", "National Bank"),
        ("the U.S. Navy", "US Navy"),
        ("Corvane Energy", "Corvane"),
        ("Ostrey’s", "Ostrey"),
    ],
)
def test_a_shorter_form_is_the_same_name(one: str, other: str) -> None:
    first, second = (Wording(each, lexicon("en")) for each in (one, other))
    assert first.named(second) == second.named(first) > 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mia Berg", "Tor Berg"),
        ("National Bank of Halmora", "Halmora"),
        ("Bank of Halmora", "Bank"),
        ("Ostrey’s brother-in-law", "Ostrey"),
        ("Corvane", "Corvane Energy’s refinery"),
        ("", "Berg"),
        ("—", "—"),
    ],
)
def test_other_names_are_not(one: str, other: str) -> None:
    first, second = (Wording(each, lexicon("en")) for each in (one, other))
    assert first.named(second) == second.named(first) == 0.0


NAMES = st.lists(
    st.sampled_from(["Mia", "Berg", "Berg’s", "of", "the", "National", "Bank", "(NB)", "NB", "U.S.", "port", "—"]),
    max_size=4,
).map(" ".join)


@given(NAMES, NAMES)
def test_likeness_does_not_depend_on_which_comes_first(one: str, other: str) -> None:
    first, second = (Wording(each, lexicon("en")) for each in (one, other))
    assert first.named(second) == second.named(first)
    assert first.share(second) == second.share(first)
    assert first.named(first) == float(bool(first.forms))


@given(st.lists(st.lists(st.sampled_from([None, (0.6,), (0.8,), (1.0,)]), min_size=4, max_size=4), max_size=4))
def test_pairing_does_not_depend_on_which_comes_first(scores: list[list[tuple[float, ...] | None]]) -> None:
    rows, columns = range(len(scores)), range(4)
    there = matched(rows, columns, lambda row, column: scores[row][column])
    back = matched(columns, rows, lambda column, row: scores[row][column])
    assert sorted(there) == sorted((row, column) for column, row in back)
    best = max((each for row in scores for each in row if each), default=None)
    assert not there if best is None else best in [scores[row][column] for row, column in there]


# Because of the text, or of its reading


NEWER = ARTICLE.replace("two workers", "three workers")
ABOVE = ARTICLE.replace("The port of", "It rained. The port of", 1)


def because(difference: Difference, field: str) -> set[tuple[str, str]]:
    return {
        (each.kind, each.because) for found in difference.fields if found.field == field for each in found.differences
    }


def test_of_one_text_only_the_reading_can_change_whether_it_is_given_or_not() -> None:
    other = edited(halden(), put("who.1", role=None), lambda plain: plain["why"].clear())
    for sources in ((), (SOURCE, SOURCE)):
        found = compare(halden(), other, *sources)
        assert found.same_text
        assert {each.because for each in found.items} == {"reading"}


def test_without_the_texts_it_is_not_known() -> None:
    found = compare(halden(), _newer())
    assert not found.same_text
    assert {each.because for each in found.items} == {"unknown"}


def _newer() -> Briefing:
    cause = {"s": 2, "cause": "once a crane collapsed and injured three workers"}
    return told_again(NEWER, why=[cause], who=[DRAFT["who"][0], DRAFT["who"][1] | {"part": "acted"}])


def test_with_both_texts_each_difference_says_what_changed() -> None:
    newer = edited(_newer(), put("who.1", part="mentioned"), lambda plain: plain["stated_rationale"].clear())
    found = compare(halden(), newer, SOURCE, Source.from_text(NEWER))
    assert because(found, "why") == {("changed", "text")}
    assert ("changed", "reading") in because(found, "who")
    assert because(found, "stated_rationale") == {("gone", "reading")}
    assert because(compare(newer, halden(), Source.from_text(NEWER), SOURCE), "stated_rationale") == {
        ("added", "reading")
    }


def test_what_rests_on_a_sentence_that_the_other_text_lacks_differs_by_the_text() -> None:
    shorter = ARTICLE.replace("She said the terminal would reopen in June.", "It rained.")
    less = told_again(shorter, what=DRAFT["what"][:1])
    found = compare(halden(), less, SOURCE, Source.from_text(shorter))
    assert ("gone", "text") in because(found, "what")
    assert ("added", "text") in because(compare(less, halden(), Source.from_text(shorter), SOURCE), "what")


def test_one_text_tells_where_it_lacks_the_sentence_and_no_more() -> None:
    newer = edited(_newer(), put("who.1", role=None))
    found = compare(halden(), newer, new_source=Source.from_text(NEWER))
    assert because(found, "why") == {("changed", "text")}
    assert {each.because for each in found.items} == {"text", "unknown"}


def test_what_the_text_moved_has_moved_by_the_text() -> None:
    moved = told_again(ABOVE, **{key: _later(DRAFT[key]) for key in ("what", "who", "where", "when", "why")})
    found = compare(halden(), moved, SOURCE, Source.from_text(ABOVE))
    assert because(found, "stated_rationale") == {("moved", "text")}


def _later(proposals: list[Plain]) -> list[Plain]:
    return [each | {"s": each["s"] + 1} for each in proposals]


def test_of_a_sentence_that_both_texts_have_twice_the_reading_chose_the_other() -> None:
    text = (
        "It rained in Halden for the whole of Monday.\n\n" * 2 + "The port of Halden stayed open all the same, it said."
    )
    one, other = text + "\n\nMore.", text + "\n\nLess."
    piece = {"sentence": 1, "start": 0, "end": 44, "text": text[:44]}
    again = {"sentence": 2, "start": 46, "end": 90, "text": text[46:90]}
    assert piece["text"] == again["text"]
    sides = [Source.from_text(each) for each in (one, other)]
    old, new = (
        edited(_bare(), put("source", sha256=side.sha256), put("headline", evidence=[evidence]))
        for side, evidence in zip(sides, (piece, again), strict=True)
    )
    found = only(compare(old, new, *sides))
    assert (found.kind, found.because) == ("moved", "reading")


def _bare() -> Briefing:
    return edited(halden(), lambda plain: plain.update({name: [] for name in ITEMS}))


@pytest.mark.parametrize("sources", [(SOURCE, None), (None, Source.from_text(NEWER))])
def test_a_source_that_is_not_its_briefings_is_refused(sources: tuple[Source | None, Source | None]) -> None:
    with pytest.raises(SourceError, match="another text than the briefing was made of"):
        compare(_newer(), halden(), *sources)


# Kinds


def test_briefings_of_two_kinds_are_refused() -> None:
    other = halden().model_copy(update={"schema_id": "incident@1"})
    with pytest.raises(UsageError, match="kind briefing cannot be compared with one of the kind incident"):
        compare(halden(), other)


def test_two_versions_of_one_kind_are_compared() -> None:
    found = compare(halden(), halden().model_copy(update={"schema_id": "briefing@2"}))
    assert found.empty
    assert [(each.attribute, each.old, each.new) for each in found.made] == [("schema", "briefing@1", "briefing@2")]


# Whatever is compared


@st.composite
def briefings(draw: st.DrawFn, base: str = "strike", second: str = "resignation") -> Briefing:
    """Items of two stories run together: some left out, some there twice, some changed, some rejected."""
    plain, more = (json.loads(story(name).to_json()) for name in (base, second))
    for name in ITEMS:
        pool = st.sampled_from([*plain[name][-2:], *more[name][:2]])
        plain[name] = [draw(changed(each)) for each in draw(st.lists(pool, max_size=3))]
        plain["rejected"] += [rejected(name, each) for each in draw(st.lists(pool, max_size=1))]
    plain["headline"] = draw(st.sampled_from([plain["headline"], more["headline"], None]))
    plain["not_stated"] = draw(st.lists(st.sampled_from(["who", "why", "where"]), unique=True))
    plain["source"]["language"] = draw(st.sampled_from(["en", "de", "xx"]))
    return Briefing.from_json(json.dumps(plain))


@st.composite
def changed(draw: st.DrawFn, item: Plain) -> Plain:
    """Mostly with other words: some of them, none, none that say anything; its evidence may stand elsewhere."""
    key = next(key for key in ("text", "name", "claim", "place", "time", "cause", "reason") if key in item)
    words = item[key].split()
    first = draw(st.integers(0, len(words) - 1))
    said = draw(st.sampled_from([item[key], " ".join(words[first:]), " ".join(words[: first + 1]), "", "the", "—"]))
    piece = item["evidence"][0] | {"start": draw(st.sampled_from([item["evidence"][0]["start"], 5]))}
    return item | {key: said, "evidence": [piece, *item["evidence"][1:]]}


def rejected(name: str, item: Plain) -> Plain:
    said = {key: value for key, value in item.items() if isinstance(value, str) and key != "verdict"}
    reasons = [{"code": "words", "explanation": "It does not say so."}]
    return {"field": name, "proposed": said, "verdict": "refuted", "reasons": reasons, "evidence": item["evidence"]}


def mirrored(difference: Plain) -> Plain:
    """The same as JSON with old and new exchanged."""
    other = {key: mirrored(each) if isinstance(each, dict) else each for key, each in difference.items()}
    other = {SWAPPED.get(key, key): each for key, each in other.items()}
    if {"old", "new"} <= other.keys():
        other |= {"old": other["new"], "new": other["old"]}
    for key, each in other.items():
        if isinstance(each, list):
            other[key] = [mirrored(one) if isinstance(one, dict) else one for one in each]
    return other


def unordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: unordered(each) for key, each in value.items()}
    return sorted(map(unordered, value), key=repr) if isinstance(value, list) else value


@settings(max_examples=30)
@given(briefings())
def test_nothing_differs_from_itself(briefing: Briefing) -> None:
    found = compare(briefing, briefing)
    assert found.empty
    assert not found.made


@settings(max_examples=50)
@given(briefings(), briefings())
def test_old_and_new_exchanged_give_the_mirror_image(one: Briefing, other: Briefing) -> None:
    there, back = (json.loads(compare(*pair).to_json()) for pair in ((one, other), (other, one)))
    assert unordered(there["fields"]) == unordered(mirrored(back)["fields"])
    assert unordered(there) == unordered(mirrored(back))


@settings(max_examples=30)
@given(briefings(), briefings())
def test_every_item_of_both_is_told_of_once(one: Briefing, other: Briefing) -> None:
    found = compare(one, other)
    for field in found.fields:
        olds, news = ([each for each in side.items if each[0] == field.field] for side in (one, other))
        assert len(olds) == field.unchanged + len([each for each in field.differences if each.old])
        assert len(news) == field.unchanged + len([each for each in field.differences if each.new])
        assert _places(field, "old") <= {index for _, index, _ in olds}
    assert {each.field for each in found.fields} == {name for side in (one, other) for name, _, _ in side.items}


def _places(field: FieldDifference, side: str) -> set[int | None]:
    stated = [getattr(each, side) for each in field.differences]
    places = [each.index for each in stated if each]
    assert len(places) == len(set(places))
    return set(places)


@settings(max_examples=15)
@given(briefings(), briefings())
def test_every_report_is_written_and_is_the_same_every_time(one: Briefing, other: Briefing) -> None:
    for report in (compared.terminal, compared.markdown, compared.as_json):
        first, again = (report(compare(one, other)) for _ in range(2))
        assert first == again
        assert first.replace("\n", "").isprintable()


# Reports


def test_the_terminal_tells_each_difference_by_field_with_its_mark() -> None:
    newer = edited(_newer(), lambda plain: plain["where"].clear(), put("who.1", name="Berg"))
    shown = compared.terminal(compare(halden(), newer, SOURCE, Source.from_text(NEWER)), width=2000)
    lines = shown.splitlines()
    assert lines[0].endswith(": 3 changed, 1 gone, 5 moved")
    assert "  - Halden in Norway [S2] — the text changed" in lines
    assert "  ~ once a crane collapsed and injured three workers [S2] — the text changed" in lines
    assert "      name: “Mia Berg” → “Berg”" in lines
    assert any(line.startswith("  → on Monday [S2] — on another sentence; the text changed") for line in lines)
    assert "MADE DIFFERENTLY" in lines


def test_what_a_long_text_has_in_common_is_cut() -> None:
    found = compare(halden(), _newer())
    shown = compared.terminal(found, width=2000)
    assert "text: “… collapsed and injured two workers.” → “… collapsed and injured three workers.”" in shown
    cut = "“… collapsed and injured two workers.” → “… collapsed and injured three workers.”"
    assert shown.count(cut) == 1  # many items rest on it
    old, new = (edited(each, lambda plain: plain["summary"].clear()) for each in (halden(), _newer()))
    assert compared.terminal(compare(old, new), width=2000).count(f"evidence: {cut}") == 1


def test_without_the_texts_the_report_says_what_is_not_known() -> None:
    assert "it is not known whether the text or only the reading changed" in compared.markdown(
        compare(halden(), _newer())
    )


def test_a_main_event_that_is_another_one_comes_first() -> None:
    shown = compared.terminal(compare(halden(), edited(halden(), lambda plain: plain["what"].reverse())), width=200)
    assert shown.split("\n")[2:5] == [
        "MAIN EVENT",
        "  - it was: The port of Halden closed its north terminal. [S2]",
        "  + it is: The terminal would reopen in June. [S4]",
    ]
    bare = edited(halden(), lambda plain: plain["what"].clear())
    assert "it is: none" in compared.terminal(compare(halden(), bare))


def test_what_is_rejected_now_says_by_which_rule() -> None:
    cause = "once a crane collapsed and injured two workers [S2]"
    shown = compared.terminal(compare(halden(), failing()), width=200)
    assert f"  - {cause} — now rejected\n      number: " in shown
    assert f"  + {cause} — rejected before\n" in compared.terminal(compare(failing(), halden()), width=200)


def test_an_empty_difference_says_so_in_every_format() -> None:
    found = compare(halden(), halden())
    assert compared.terminal(found).startswith("The two briefings state the same.\n")
    assert compared.markdown(found).startswith("# The two briefings state the same.\n")
    assert json.loads(compared.as_json(found))["empty"] is True


def test_questions_and_schemas_are_told_too() -> None:
    shown = compared.markdown(compare(_not_stated("why"), _not_stated("stated_rationale")))
    assert "## Not stated\n\n- `+` stated rationale\n- `-` why\n" in shown
    assert shown.startswith("# The items are the same\n")


def test_json_has_every_difference_whole() -> None:
    plain = json.loads(compare(halden(), _newer(), SOURCE, Source.from_text(NEWER)).to_json())
    (change,) = plain["fields"]["why"]["changed"]
    assert change["because"] == "text"
    assert [each["attribute"] for each in change["changes"]] == ["cause", "evidence"]
    assert change["old"] == {
        "index": 0, "said": halden().why[0].cause, "item": halden().why[0].model_dump(mode="json"),
    }  # fmt: skip
    assert plain["made_differently"][0]["attribute"] == "source.sha256"


HOSTILE = "\x1b]52;c;x\x07\x9b2J\u202eBergen [a](http://b.example) <img src=x> # *x*\n\n# y"


def test_nothing_of_a_briefing_drives_a_terminal_or_makes_markdown() -> None:
    bad = edited(
        halden(),
        put("where.0", place=HOSTILE), put("who.1", role=HOSTILE), put("source", title=HOSTILE, name=HOSTILE),
        put("provenance.policy", id=HOSTILE), put("headline.evidence.0", text=HOSTILE),
        lambda plain: plain["when"].clear(),
        lambda plain: plain["rejected"].append(
            {"field": "when", "proposed": {"time": "on Monday"}, "verdict": "refuted",
             "reasons": [{"code": HOSTILE, "explanation": HOSTILE}], "evidence": []}),
    )  # fmt: skip
    found = compare(halden(), bad)
    assert {each.kind for each in found.items} >= {"added", "gone", "changed", "moved", "rejected"}
    for report in (compared.terminal, compared.markdown, compared.as_json):
        shown = report(found)
        assert "Bergen" in shown
        assert shown.replace("\n", "").isprintable()
    shown = compared.markdown(found)
    assert not re.search(r"(?<!\\)(\]\(|<img|https?:)", shown)
    assert "\n# y" not in shown


def test_a_terminal_gets_colours_and_a_file_gets_none() -> None:
    found = compare(halden(), failing())
    assert "\x1b[" in compared.terminal(found, color=True)
    assert "\x1b" not in compared.terminal(found)


def test_a_difference_can_be_raised() -> None:
    compare(halden(), halden()).raise_for_difference()
    with pytest.raises(DifferenceError, match=r"^The two briefings differ: 1 rejected\.$"):
        compare(halden(), failing()).raise_for_difference()


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_and_another_have_nothing_in_common_by_the_text(name: str) -> None:
    other = "rates" if name != "rates" else "strike"
    found = compare(story(name), story(other), example(name), example(other))
    assert {each.because for each in found.items} == {"text"}
    assert not found.counts.keys() & {"moved", "accepted", "rejected"}
