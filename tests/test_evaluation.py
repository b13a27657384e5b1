"""Evaluations: what is read as gold, what counts as right, and what is made of the counts."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from drafts import ARTICLE, DRAFT, FAILING, MODEL, PUBLISHED, completion
from fault_server import FaultServer, Status
from golds import LINE, REASON, WORSE, answer, by_prompt, by_text, evaluated, gold, line, only, project, row, written
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import AuthenticationError, Incident, Settings, SourceError, UsageError, WorseError
from summarizer.evaluation import Difference, Evaluation, Gold, Row, Run, evaluate, read
from summarizer.evaluation.phrase import right
from summarizer.evaluation.run import file_name
from summarizer.evaluation.tally import Counts, Estimate, Sample
from summarizer.record import ArtifactRecord
from summarizer.testing import DraftedModel

TITLE = "Halden Port Shuts Terminal"
OTHER = ARTICLE.replace("Halden", "Tolna")
UNDATED = ARTICLE.replace(" on Monday", "")
"""Without a day that code could find where no model does."""


# What is read


def refused(path: Path, kind: type[Exception] = UsageError) -> str:
    with pytest.raises(kind) as raised:
        read(path)
    return str(raised.value)


def test_a_line_is_an_article_and_what_is_right_about_it(tmp_path: Path) -> None:
    (found,) = read(written(tmp_path / "gold.jsonl", LINE))
    assert found == Gold.model_validate(LINE)
    assert (found.source.text, found.source.name, str(found.source.published)) == (ARTICLE, "halden-1", PUBLISHED)


def test_blank_lines_are_no_articles_and_a_line_separator_ends_none(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    told = json.dumps(line(id="a\u2028b"), ensure_ascii=False)
    path.write_text(f"\n{told}\r\n\n  \n{json.dumps(LINE)}", encoding="utf-8")
    assert [each.id for each in read(path)] == ["a\u2028b", "halden-1"]


def test_a_limit_takes_the_first_lines_and_does_not_look_at_the_next(tmp_path: Path) -> None:
    path = written(tmp_path / "gold.jsonl", LINE, line(id="2"))
    path.write_text(path.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")
    assert [each.id for each in read(path, limit=2)] == ["halden-1", "2"]
    assert "line 3, is no JSON" in refused(path)


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ("{", "line 2, is no JSON: "),
        ('"text"', "line 2, is no JSON object."),
        ("[" * 100_000, "line 2, is no JSON: "),
        ({"id": "x"}, "line 2 is of no format that is known."),
        (line(schema="gold@2"), "line 2: schema: Input should be 'gold@1'."),
        (line(id=""), "line 2: id: String should have at least 1 character."),
        (line(answer={}), "line 2: answer: Extra inputs are not permitted."),
        (line(answers={"who": [""]}), "line 2: answers.who.0: String should have at least 1 character."),
        (line(answers={"who": "the port"}), "line 2: answers.who: Input should be a valid list."),
        (line(answers={"day": ["Monday"]}), "line 2: answers: 'day' is no question; "),
        (line(answers={"stated_rationale": []}), "line 2: answers: 'stated_rationale' is no question; "),
        (line(answers={"who\x1b[2J": []}), "[2J' is no question; "),
        (line(day="9 March"), "line 2: day: "),
        (line(stated_rationale=[{"speaker": "Mia Berg"}]), "line 2: stated_rationale.0.reason: Field required."),
        (line(quotations=[{"pieces": []}]), "line 2: quotations.0.pieces: List should have at least 1 item"),
        (only(), "line 2: it says nothing about the article, so there is nothing to score."),
        (only(answers={}), "line 2: it says nothing about the article"),
        (LINE, "line 2: there is another 'halden-1' before it."),
    ],
)
def test_what_is_no_gold_is_told_with_its_line(tmp_path: Path, told: object, message: str) -> None:
    path = written(tmp_path / "gold.jsonl", LINE)
    second = told if isinstance(told, str) else json.dumps(told)
    path.write_text(path.read_text(encoding="utf-8") + second, encoding="utf-8")
    found = refused(path)
    assert message in found
    assert found.isprintable()


@pytest.mark.parametrize(
    ("changed", "message"),
    [({"text": "Too short."}, "line 1: halden-1 has 2 words"), ({"language": "english"}, "is no language code")],
)
def test_a_text_that_is_no_article_is_told_with_its_line(tmp_path: Path, changed: dict[str, Any], message: str) -> None:
    assert message in refused(written(tmp_path / "gold.jsonl", line(**changed)), SourceError)


def test_a_file_without_gold_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    assert "Cannot read" in refused(path)
    path.write_bytes(b"\n")
    assert "holds no gold" in refused(path)


# The sets of others, by invented lines in their shape


def of_set(folder: Path, told: dict[str, Any], **changed: Any) -> Gold:
    title, _, text = ARTICLE.partition("\n\n")
    common = {"id": 7, "title": title, "text": text, "date": f"{PUBLISHED}T08:00:00"}
    (found,) = read(written(folder / "set.jsonl", common | {"gold": told} | changed))
    return found


def coded(*answers: tuple[str, int], none: int = 0) -> dict[str, Any]:
    return {"answers": [{"text": text, "coders": coders} for text, coders in answers], "coders_saying_none": none}


FIVE = {
    "who": coded(("the port", 3), ("Mia Berg", 1)),
    "what": coded(("closed", 2)),
    "where": coded(("Norway", 1)),
    "when": coded(none=2),
    "why": coded(("a crane", 1), none=2),
}


def test_giveme5w1h_counts_what_two_of_the_three_coders_say(tmp_path: Path) -> None:
    found = of_set(tmp_path, FIVE, event_cluster="halden", lead="The port closed.")
    assert (found.id, found.cluster, str(found.published)) == ("7", "halden", PUBLISHED)
    assert found.answers == {"who": ["the port"], "what": ["closed"], "when": [], "why": []}
    assert not found.dated


def test_an_article_has_title_lead_and_text_each_once(tmp_path: Path) -> None:
    found = of_set(tmp_path, FIVE, event_cluster="halden", lead="A crane  fell.")
    assert found.text.startswith(f"{TITLE}\n\nA crane fell.\n\nThe port of Halden")
    again = of_set(tmp_path, FIVE, event_cluster="halden", lead=TITLE, text=found.text)
    assert again.text == found.text.strip()


def test_polnear_gives_quotations_and_the_speakers_that_it_names(tmp_path: Path) -> None:
    quotes = [
        {"pieces": ["We closed it"], "speaker": "Mia Berg", "speaker_type": "named"},
        {"pieces": ["a", "b"], "speaker": "she", "speaker_type": "pronoun"},
        {"pieces": [], "speaker": "Mia Berg", "speaker_type": "named"},
    ]
    found = of_set(tmp_path, {"quotes": quotes}).quotations or []
    assert [(each.pieces, each.speaker) for each in found] == [(["We closed it"], "Mia Berg"), (["a", "b"], None)]


def test_isaf_gives_the_day(tmp_path: Path) -> None:
    found = of_set(tmp_path, {"start_date": "2026-03-09"}, date=None)
    assert (str(found.day), found.dated, found.published, found.answers) == ("2026-03-09", True, None, {})


def test_gum_gives_what_is_quoted(tmp_path: Path) -> None:
    said = [{"nucleus": each, "satellite": "she said"} for each in ('"We closed it today', "it would reopen", '"No no')]
    found = of_set(tmp_path, {"attributions": said}).quotations or []
    assert [each.pieces for each in found] == [['"We closed it today']]


def test_muc4_gives_who_and_where_of_what_is_not_optional(tmp_path: Path) -> None:
    event = {
        "optional": False,
        "perp_individual": [{"alternatives": ["TWO MEN", "THE MEN"]}],
        "perp_org": [],
        "victim_name": [{"value": "MIA BERG"}],
        "location": [{"value": "HALDEN", "path": [["NORWAY"], ["HALDEN", "THE PORT"]]}],
    }
    found = of_set(tmp_path, {"templates": [event, event | {"optional": True, "victim_name": [{"value": "X"}]}]})
    assert found.answers == {"who": ["TWO MEN", "THE MEN", "MIA BERG"], "where": ["NORWAY", "HALDEN", "THE PORT"]}


def test_articles_about_which_a_set_says_nothing_are_left_out(tmp_path: Path) -> None:
    nothing = [{"quotes": []}, {"templates": [{"optional": True}]}, {"attributions": []}, {"start_date": ""}]
    lines = [{"id": str(at), "text": ARTICLE, "gold": each} for at, each in enumerate(nothing)]
    assert [each.id for each in read(written(tmp_path / "set.jsonl", *lines, LINE))] == ["halden-1"]


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"who": FIVE["who"]}, "line 1 is not as its set has them: KeyError at 'what'."),
        ({"quotes": [{"pieces": ["a"]}]}, "KeyError at 'speaker_type'."),
        ({"start_date": "March"}, "ValueError at Invalid isoformat string: 'March'."),
        (
            {"quotes": [{"pieces": [""], "speaker": "x", "speaker_type": "named"}]},
            "quotations.0.pieces.0: String should",
        ),
        ({"how": 1}, "is of no format that is known."),
        ([], "is of no format that is known."),
    ],
)
def test_a_line_that_is_not_as_its_set_has_them_is_told(tmp_path: Path, told: Any, message: str) -> None:
    path = written(tmp_path / "set.jsonl", {"id": 1, "text": ARTICLE, "gold": told, "event_cluster": "x"})
    assert message in refused(path)


# What is right


def test_an_answer_is_right_where_it_has_half_of_the_content_words_of_a_phrase() -> None:
    assert answer("who", ["port authority of Halden, director"]).outcome == "right"  # two of four
    assert answer("who", ["port authority, harbour director"]).outcome == "wrong"  # one of four
    assert answer("who", ["the harbour director", "the port of Halden"]).outcome == "right"  # of any phrase


def test_words_are_compared_without_case_marks_and_genitives() -> None:
    assert answer("who", ["HALDEN'S Port"]).outcome == "right"


def test_an_answer_has_at_most_25_words() -> None:
    assert right("crane " * 25, ["crane"])
    assert not right("crane " * 26, ["crane"])


def test_a_right_answer_that_is_too_long_is_told_as_such() -> None:
    long = (
        "On Monday the port of Halden in Norway closed its old north terminal to all ships after a tall crane "
        "fell on it and injured two men who were at work by it."
    )
    told = only(text=f"{long}\n", answers={"what": ["closed its old north terminal"]})
    (found,) = row(told, what=[{"event": long, "status": "asserted", "s": 1}]).judged
    assert (found.answer, found.outcome, found.why) == (long, "wrong", "right, but longer than 25 words")


def test_the_first_item_of_a_field_is_the_answer_and_a_later_one_counts_for_the_figure_of_any() -> None:
    found = row(only(answers={"who": ["Mia Berg"]}))
    assert found.judged[0].answer == "port of Halden"
    assert (found.judged[0].outcome, found.judged[0].why) == ("wrong", "number 2 of its items is right")
    assert found.counts["who"] == Counts(0, 1, 1)
    assert found.counts["any who"] == Counts(1, 1, 1)


def test_no_answer_is_right_where_the_article_does_not_say() -> None:
    told = only(answers={"why": []})
    found = row(told, why=[], rationale=[])
    assert found.judged[0].outcome == "abstained"
    assert (found.counts["abstention"], found.counts.get("why")) == (Counts(1, 1, 1), None)
    found = row(told)
    assert (found.judged[0].outcome, found.judged[0].why) == ("unasked", "the source does not say")
    assert (found.counts["abstention"], found.counts["why"]) == (Counts(0, 0, 1), Counts(0, 1, 0))


def test_no_answer_is_missed_where_the_article_says() -> None:
    found = row(only(answers={"why": ["a crane collapsed"]}), why=[], rationale=[])
    assert (found.judged[0].outcome, found.judged[0].why) == ("missed", "the model did not propose it")
    assert (found.counts["why"], found.counts["abstention"]) == (Counts(0, 0, 1), Counts(0, 1, 0))


def test_a_reason_that_somebody_states_answers_why_where_nothing_else_does() -> None:
    assert answer("why", ["nobody should work under a crane"]).outcome == "wrong"
    found = answer("why", ["nobody should work under a crane"], why=[])
    assert (found.outcome, found.answer) == ("right", DRAFT["rationale"][0]["reason"])
    assert answer("why", [], why=[]).outcome == "unasked"
    assert answer("why", [], why=[], rationale=[]).outcome == "abstained"


def test_what_the_check_refused_is_told_with_its_reason() -> None:
    refused: dict[str, Any] = {"why": FAILING["why"], "rationale": []}
    found = answer("why", ["three workers"], **refused)
    assert found.outcome == "missed"
    assert found.why.startswith("the check refused it: “once a crane collapsed and injured three workers”: ")
    found = answer("why", ["a storm"], **refused)
    assert found.why.startswith("what was proposed was refused: “once a crane collapsed and injured three workers”: ")


def test_what_is_left_out_of_the_gold_is_not_scored() -> None:
    found = row(only(answers={"who": ["the port of Halden"]}))
    assert set(found.counts) == {"who", "any who", "holds", "stood"}
    assert [each.question for each in found.judged] == ["who"]


@pytest.mark.parametrize(
    ("day", "published", "when", "outcome", "why"),
    [
        ("2026-03-09", PUBLISHED, "on Monday", "right", ""),
        ("2026-03-10", PUBLISHED, "on Monday", "wrong", "“on Monday” is 2026-03-09"),
        (None, PUBLISHED, "on Monday", "unasked", "“on Monday” is 2026-03-09"),
        ("2026-03-09", None, "on Monday", "missed", "“on Monday” is not resolved"),
        ("2026-03-09", PUBLISHED, None, "missed", "the model did not propose it"),
        (None, PUBLISHED, None, "abstained", ""),
    ],
)
def test_the_day_is_that_of_the_first_time_that_is_one(
    day: str | None, published: str | None, when: str | None, outcome: str, why: str
) -> None:
    times = [{"s": 2, "time": when}] if when else []
    text = ARTICLE if when else UNDATED
    (found,) = row(only(day=day, published=published, text=text), when=times).judged
    assert (found.question, found.outcome, found.why) == ("day", outcome, why)


MONTH = f"""{TITLE}

The port of Halden in Norway closed its north terminal on Tuesday, and closed it in February 2026, and closed its \
north terminal on 9 March 2026 once a crane collapsed and injured two workers.
"""


def test_a_time_that_is_no_one_day_is_passed_over_and_told_where_there_is_no_other() -> None:
    times = [{"s": 2, "time": each} for each in ("on Tuesday", "in February 2026", "on 9 March 2026")]
    told = only(day="2026-03-09", published=None, text=MONTH)
    port, norway = ({"name": each, "part": "acted", "s": 2} for each in ("port of Halden", "Norway"))
    changed: dict[str, Any] = {"who": [port, norway], "rationale": [], "what": DRAFT["what"][:1]}
    (found,) = row(told, **changed, when=[times[0], times[2]]).judged
    assert (found.outcome, found.answer) == ("right", "2026-03-09")
    (found,) = row(told, **changed, when=times[1:2]).judged
    assert (found.outcome, found.why) == ("missed", "“in February 2026” is 2026-02-01 to 2026-02-28")


def test_a_missed_day_tells_what_the_check_refused() -> None:
    friday = {"s": 2, "time": "on Friday"}
    (found,) = row(only(day="2026-03-06", text=UNDATED), when=[friday]).judged
    assert found.why.startswith("what was proposed was refused: “on Friday”: ")


def test_the_reasons_that_people_state_are_counted() -> None:
    other = {"reason": "the harvest failed", "speaker": None}
    assert row(only(stated_rationale=[REASON])).counts["stated_rationale"] == Counts(1, 1, 1)
    assert row(only(stated_rationale=[REASON, other])).counts["stated_rationale"] == Counts(1, 1, 2)
    assert row(only(stated_rationale=[other])).counts["stated_rationale"] == Counts(0, 1, 1)
    assert row(only(stated_rationale=[])).counts["stated_rationale"] == Counts(0, 1, 0)
    assert "stated_rationale" not in row(only(day=None)).counts


def test_two_reasons_in_one_item_are_one_that_was_given() -> None:
    twice = [REASON, REASON | {"reason": "a crane that we have not inspected"}]
    assert row(only(stated_rationale=twice)).counts["stated_rationale"] == Counts(1, 1, 2)


@pytest.mark.parametrize(
    ("speaker", "counted"), [("Berg", Counts(1, 1, 1)), ("Anna Lund", Counts(0, 1, 1)), (None, None)]
)
def test_speakers_are_compared_by_their_last_names_where_the_gold_names_them(
    speaker: str | None, counted: Counts | None
) -> None:
    assert row(only(stated_rationale=[REASON | {"speaker": speaker}])).counts.get("speakers") == counted
    quotation = {"pieces": ["We closed it because"], "speaker": speaker}
    assert row(only(quotations=[quotation])).counts.get("speakers") == counted


@pytest.mark.parametrize(
    ("pieces", "hit"),
    [
        (["We closed it because"], 1),
        (["as she put it", "under a crane"], 1),
        (["We closed it, she went on, and more than that"], 0),
        (["not inspect"], 0),  # words match whole
        (["..."], 0),  # what has no words matches nothing
    ],
)
def test_a_quotation_is_real_where_the_gold_has_its_words_in_a_row(pieces: list[str], hit: int) -> None:
    found = row(only(quotations=[{"pieces": pieces, "speaker": None}]))
    assert found.counts["quotations"] == Counts(hit, 1, 1)


def test_an_empty_list_of_quotations_says_that_there_are_none() -> None:
    assert row(only(quotations=[])).counts["quotations"] == Counts(0, 1, 1)


def test_what_holds_and_what_stood_is_counted_and_is_no_part_of_the_overall_figure() -> None:
    found = evaluated(only(answers={"who": ["Mia Berg"]}), draft=FAILING).run
    assert found.rows[0].counts["stood"] == Counts(9, 10, 10)
    assert found.rows[0].counts["holds"].precision == 1
    assert found.sample.estimate(lambda totals: totals["who"].f1) == Estimate(0)
    assert (
        json.loads(evaluated(only(answers={"who": ["Mia Berg"]})).to_json())["runs"][0]["figures"]["overall"]["value"]
        == 0
    )


def test_what_is_right_throughout_has_the_figure_1() -> None:
    figures = json.loads(evaluated().to_json())["runs"][0]["figures"]
    assert {name: each["value"] for name, each in figures.items()} == dict.fromkeys(figures, 1)


PHRASES = st.sampled_from(["the port of Halden", "Mia Berg", "Halden", "a crane collapsed", "on Monday", "x", "—"])


@settings(max_examples=20)
@given(
    st.dictionaries(st.sampled_from(["who", "what", "where", "when", "why"]), st.lists(PHRASES, max_size=3)),
    st.lists(st.tuples(PHRASES, st.none() | PHRASES), max_size=3),
    st.lists(st.tuples(PHRASES, st.none() | PHRASES), max_size=3),
    st.sampled_from([DRAFT, FAILING, DRAFT | {"why": []}, {}]),
)
def test_no_more_is_right_than_was_given_and_than_was_wanted(
    answers: dict[str, list[str]], reasons: list[Any], quotations: list[Any], draft: dict[str, Any]
) -> None:
    told = only(
        answers=answers,
        day=None,
        stated_rationale=[{"reason": reason, "speaker": speaker} for reason, speaker in reasons],
        quotations=[{"pieces": [piece], "speaker": speaker} for piece, speaker in quotations],
    )
    for counts in evaluated(told, draft=draft).run.rows[0].counts.values():
        assert 0 <= counts.hit <= min(counts.given, counts.wanted)


# How it runs


def live(server: FaultServer, **known: Any) -> Settings:
    return Settings(model=MODEL, base_url=server.base_url, **known)


def test_an_article_without_a_usable_answer_has_failed_and_the_rest_goes_on(server: FaultServer) -> None:
    server.script(by_text({"Tolna": "no draft", "Halden": DRAFT}))
    told = [gold(), gold(id="tolna", text=OTHER, answers=LINE["answers"] | {"why": []}, cluster="t"), gold(id="3")]
    run = evaluate(told, live(server)).run
    assert [each.error is None for each in run.rows] == [True, False, True]
    (failed,) = run.failed
    assert (failed.error or "").startswith("SchemaError: ")
    assert (failed.seconds, failed.read, failed.written) == (None, None, None)
    assert {(each.outcome, each.answer, each.why) for each in failed.judged} == {
        ("failed", None, "there is no briefing")
    }
    assert failed.counts["who"] == Counts(0, 0, 1)
    assert failed.counts["abstention"] == Counts(0, 0, 1), "what could not be made abstains from nothing"
    assert failed.counts["stated_rationale"] == Counts(0, 0, 1)
    assert "stood" not in failed.counts


@pytest.mark.parametrize("turns", [1, 3])
def test_what_every_article_would_meet_ends_the_run(server: FaultServer, turns: int) -> None:
    server.script(*[completion()] * (turns - 1), Status(401))
    told: list[Row] = []
    with pytest.raises(AuthenticationError):
        evaluate([gold(id=str(each)) for each in range(9)], live(server), told=lambda _, row: told.append(row))
    assert len(server.requests) == turns
    assert len(told) == turns - 1


def test_each_row_is_told_as_it_is_made() -> None:
    told: list[tuple[str, str]] = []
    evaluated(line(id="a"), line(id="b"), told=lambda prompt, row: told.append((prompt, row.id)))
    assert told == [("briefing@2", "a"), ("briefing@2", "b")]


def test_a_row_tells_its_title_cluster_tokens_and_seconds(server: FaultServer) -> None:
    server.script(completion())
    (one, other) = evaluate([gold(cluster="port"), gold(id="2")], live(server)).run.rows
    assert (one.title, one.cluster, other.cluster) == (TITLE, "port", "article 2")
    assert (one.read, one.written) == (120, 30)
    assert one.seconds is not None
    assert one.seconds >= 0


def test_a_question_that_the_kind_has_not_is_refused_before_anything_is_asked(server: FaultServer) -> None:
    with pytest.raises(UsageError, match="has answers to 'whoo', which is no field of briefing") as raised:
        evaluate([gold(answers={"whoo": ["the port"]})], live(server))
    assert "It has headline, summary, what, who, where" in raised.value.tip
    with pytest.raises(UsageError, match="'who', which is no field of incident"):
        evaluate([gold()], live(server), schema=Incident)
    assert not server.requests


def test_a_cassette_in_the_settings_is_refused(tape: Path) -> None:
    with pytest.raises(UsageError, match="A cassette holds one briefing"):
        evaluate([gold()], Settings(cassette=tape))


def test_no_two_articles_have_the_same_cassette() -> None:
    names = ["a", "A b", "A_b", "a/b", "../a", "a.json", ".a", "...", "é", "e", "x" * 300, "x" * 301, "a\n", "CON "]
    files = [file_name(each) for each in names]
    assert len(set(files)) == len(files)
    assert all(each.isascii() and "/" not in each and not each.startswith(".") and len(each) < 110 for each in files)
    assert (file_name("a"), file_name("halden-1.2")) == ("a.json", "halden-1.2.json")


# Two prompts


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return project(tmp_path)


def compared(server: FaultServer, desk: Path, answer: Any, clusters: int = 4) -> Evaluation:
    server.script(by_prompt(answer, DRAFT))
    told = [gold(id=str(each), cluster=f"c{each % clusters}") for each in range(4)]
    return evaluate(told, live(server, prompt="desk@1", project=desk), against="briefing@2")


def test_a_prompt_that_is_worse_on_every_cluster_is_significantly_worse(server: FaultServer, desk: Path) -> None:
    found = compared(server, desk, WORSE)
    overall = found.differences["overall"]
    assert overall.estimate.value < 0
    assert (overall.worse, overall.better) == (True, False)
    assert found.differences["what"].estimate.value == -1
    with pytest.raises(WorseError, match=r"desk@1 is worse than briefing@2 on gold: overall by 0\.\d+ \(95% between"):
        found.raise_for_worse()


def test_with_one_cluster_nothing_is_significant(server: FaultServer, desk: Path) -> None:
    found = compared(server, desk, WORSE, clusters=1)
    assert found.differences["overall"].estimate.low is None
    assert not found.differences["overall"].worse
    found.raise_for_worse()


def test_prompts_that_do_the_same_differ_by_nothing(server: FaultServer, desk: Path) -> None:
    found = compared(server, desk, DRAFT)
    assert {each.estimate for each in found.differences.values()} == {Estimate(0, 0, 0)}
    assert {"overall", "who", "day", "holds"} <= set(found.differences)
    found.raise_for_worse()


def test_the_prompts_take_turns_and_their_rows_stand_in_the_order_of_the_gold(server: FaultServer, desk: Path) -> None:
    found = compared(server, desk, DRAFT)
    first = ["DESK " in each.body["messages"][-1]["content"] for each in server.requests]
    assert first == [True, False, False, True, True, False, False, True]
    assert [[row.id for row in run.rows] for run in found.runs] == [list("0123")] * 2
    assert [run.name for run in found.runs] == ["desk@1", "briefing@2"]


# What the counts say


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    given, wanted = draw(st.integers(0, 4)), draw(st.integers(0, 4))
    return Counts(draw(st.integers(0, min(given, wanted))), given, wanted)


NAMES = ["who", "why", "abstention", "speakers", "holds"]
ROWS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.fixed_dictionaries(dict.fromkeys(NAMES, counts()))), min_size=1, max_size=8
)


def run_of(rows: list[Any]) -> Run:
    record = ArtifactRecord(id="briefing@1", sha256="0" * 64)
    made = [
        Row(str(at), "", cluster, (), told, seconds=None, read=None, written=None, error=None)
        for at, (cluster, told) in enumerate(rows)
    ]
    return Run((record,), "test/fake", tuple(made))


def figures(rows: list[Any]) -> Any:
    return json.loads(Evaluation("gold", run_of(rows)).to_json())["runs"][0]["figures"]


@settings(max_examples=15)
@given(ROWS, st.randoms(use_true_random=False))
def test_figures_do_not_depend_on_chance_or_on_the_order_of_the_articles(
    rows: list[Any], chance: random.Random
) -> None:
    shuffled = chance.sample(rows, len(rows))
    assert figures(rows) == figures(rows) == figures(shuffled)


@settings(max_examples=15)
@given(ROWS)
def test_figures_and_their_intervals_are_shares(rows: list[Any]) -> None:
    clusters = {cluster for cluster, _ in rows}
    for each in figures(rows).values():
        if each["value"] is None:
            continue
        assert 0 <= each["value"] <= 1
        if len(clusters) == 1:
            assert each["low"] is each["high"] is None
        else:
            assert 0 <= each["low"] <= each["high"] <= 1


@settings(max_examples=15)
@given(st.fixed_dictionaries(dict.fromkeys(NAMES, counts())), st.integers(2, 5))
def test_where_all_clusters_count_alike_the_interval_has_no_width(told: dict[str, Counts], clusters: int) -> None:
    for each in figures([(str(at), told) for at in range(clusters)]).values():
        assert each["value"] is None or each["low"] == each["value"] == each["high"]


@settings(max_examples=15)
@given(ROWS)
def test_a_run_differs_from_itself_by_nothing(rows: list[Any]) -> None:
    found = Evaluation("gold", run_of(rows), run_of(rows))
    clusters = {cluster for cluster, _ in rows}
    nothing = Estimate(0) if len(clusters) == 1 else Estimate(0, 0, 0)
    assert {each.estimate for each in found.differences.values()} <= {nothing}
    found.raise_for_worse()


GIVEN = st.fixed_dictionaries(dict.fromkeys(NAMES, st.integers(0, 3).map(lambda hit: Counts(hit, 3, 3))))


@settings(max_examples=15)
@given(st.lists(st.tuples(st.sampled_from("abcd"), GIVEN, GIVEN), min_size=1, max_size=6))
def test_what_is_better_one_way_is_worse_the_other_way(pairs: list[Any]) -> None:
    new, old = ([(cluster, each[side]) for cluster, *each in pairs] for side in (0, 1))
    there, back = (
        Evaluation("gold", run_of(one), run_of(other)).differences for one, other in ((new, old), (old, new))
    )
    for name, found in there.items():
        other = back[name]
        assert found.estimate.value == pytest.approx(-other.estimate.value)
        assert (found.worse, found.better) == (other.better, other.worse)


def test_articles_of_one_cluster_are_drawn_together() -> None:
    rows = [(str(at % 2), {"who": Counts(at % 2, 1, 1)}) for at in range(40)]
    assert Sample(rows).estimate(lambda totals: totals["who"].f1) == Estimate(0.5, 0, 1)


def test_a_difference_is_worse_where_its_whole_interval_lies_below_nought() -> None:
    told = {(-0.2, -0.1): "worse", (-0.2, 0.0): "", (-0.1, 0.1): "", (0.1, 0.2): "better"}
    for (low, high), word in told.items():
        found = Difference("who", Estimate(0, low, high))
        assert (found.worse, found.better) == (word == "worse", word == "better")


def test_json_has_the_figures_and_every_row_and_gives_the_same_bytes_every_time() -> None:
    found = evaluated(LINE, line(id="2", cluster="x"))
    plain = json.loads(found.to_json())
    assert (plain["gold"], plain["articles"], plain["clusters"]) == ("gold", 2, 2)
    (run,) = plain["runs"]
    assert [each["id"] for each in run["prompts"]] == ["briefing@2", "repair@2", "merge@1"]
    assert run["figures"]["who"] == {
        "value": 1, "low": 1, "high": 1, "precision": 1, "recall": 1, "hit": 2, "given": 2, "wanted": 2, "any": 1,
    }  # fmt: skip
    assert [each["id"] for each in run["rows"]] == ["halden-1", "2"]
    assert run["rows"][0]["judged"][0] == {
        "question": "who", "answer": "port of Halden", "gold": ["the port of Halden"], "outcome": "right", "why": "",
    }  # fmt: skip
    assert found.to_json() == evaluated(LINE, line(id="2", cluster="x")).to_json()
    assert json.dumps(plain, ensure_ascii=False, indent=2) + "\n" == found.to_json()


def test_figures_stand_in_the_order_of_the_briefing_whatever_the_gold_has_first() -> None:
    told = only(id="0", answers={"why": ["a crane collapsed"]})
    found = evaluated(told, line(answers=dict(reversed(LINE["answers"].items()))))
    assert found.run.names == [
        "what", "who", "where", "when", "why", "stated_rationale", "day", "speakers", "quotations", "holds", "stood",
    ]  # fmt: skip


def test_the_same_model_answers_through_the_package() -> None:
    assert evaluate([gold()], Settings(model=DraftedModel(DRAFT))).run.rows == evaluated().run.rows
