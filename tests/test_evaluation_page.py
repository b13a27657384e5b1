"""The page and the tables of an evaluation: what they show, in which order, and that all text in them is text."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from drafts import ARTICLE, DRAFT, MODEL
from fault_server import FaultServer
from golds import LINE, WORSE, by_prompt, by_text, evaluated, gold, line, only, project
from markup import Reader

from summarizer import Settings
from summarizer.evaluation import Evaluation, Row, Run, evaluate, table
from summarizer.evaluation.judge import Judged
from summarizer.evaluation.page import page
from summarizer.evaluation.tally import Counts
from summarizer.record import ArtifactRecord

HOSTILE = "<script>alert(1)</script> ]]> --> {{7*7}} {% x %} <img src=x onerror=y> &amp; '\" | `a` [b](http://c)"
"""What a page must show as it is, and Markdown too."""

UNSEEN = "\u202egnp.exe\u2066\u200b\x1b[2J\x07"
SHOWN = "\\u202egnp.exe\\u2066\\u200b\\x1b[2J\\x07"


def articles(text: str) -> list[str]:
    """The words of each article, in their order."""
    return [Reader(f"<body>{each}</body>").words() for each in re.findall(r"<article .*?</article>", text, re.DOTALL)]


def judged(outcome: Any, question: str = "who", **known: Any) -> Judged:
    given = {"answer": None, "gold": ("the port",), "why": ""} | known
    return Judged(question, outcome=outcome, **given)


def made(*rows: tuple[str, tuple[Judged, ...]], prompt: str = "briefing@1", **known: Any) -> Run:
    told: dict[str, Any] = {"seconds": 2.5, "read": 1200, "written": 300, "error": None}
    told |= {"counts": {"who": Counts(1, 1, 1)}} | known
    every = tuple(Row(id=name, title=f"Title of {name}", cluster="c", judged=each, **told) for name, each in rows)
    return Run((ArtifactRecord(id=prompt, sha256="0123456789abcdef" * 4),), "test/fake", every, ("who", "why"))


def hostile() -> Evaluation:
    """Everything that is not ours is hostile."""
    evil = f"{HOSTILE}{UNSEEN}"
    answers = (judged("wrong", answer=evil, gold=(evil, "a", "b", evil), why=evil), judged("failed", "why"))
    run = made((evil, answers), error=None)
    (row,) = run.rows
    failed = replace(row, id=f"{evil}2", error=evil, title=evil, cluster=evil)
    bad = replace(run, rows=(row, failed), model=evil, prompts=(ArtifactRecord(id=evil, sha256=evil),))
    return Evaluation(evil, bad, bad)


# Safety


def test_hostile_text_is_text_and_nothing_else() -> None:
    text = page(hostile())
    found = Reader(text)
    plain = Reader(
        page(Evaluation("gold.jsonl", *[made(*((each.id, each.judged) for each in hostile().run.rows))] * 2))
    )
    assert {tag for tag, _ in found.elements} <= {tag for tag, _ in plain.elements} | {"p", "strong", "h3"}
    assert not {tag for tag, _ in found.elements} & {"script", "img", "iframe", "object", "link", "form", "svg", "a "}
    assert " ".join(HOSTILE.split()) in found.words()
    assert "49" not in found.words("article")
    assert not [name for _, attributes in found.elements for name in attributes if name.startswith("on")]


def test_nothing_in_it_is_invisible_or_turns_the_direction_of_writing() -> None:
    for text in (page(hostile()), table.text(hostile()), table.markdown(hostile())):
        assert text.replace("\n", "").isprintable()
    assert SHOWN in page(hostile())
    assert SHOWN in table.text(hostile())


def test_a_policy_forbids_all_but_its_own_style() -> None:
    text = page(hostile())
    (policy,) = (each["content"] for each in Reader(text).of("meta") if each.get("http-equiv"))
    style = text.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "style=" not in text
    assert "url(" not in style
    assert "@import" not in style


def test_it_points_nowhere_but_into_itself() -> None:
    found = Reader(page(hostile()))
    targets = {each["id"] for _, each in found.elements if "id" in each}
    links = [each["href"] for each in found.of("a")]
    assert links
    assert all(each.startswith("#") and each[1:] in targets for each in links)
    assert not [each for _, each in found.elements if {"src", "srcset", "action", "data", "background"} & each.keys()]
    assert len(targets) == sum("id" in each for _, each in found.elements), "every id is there once"


def test_markdown_has_no_links_images_or_cells_of_others() -> None:
    text = table.markdown(hostile())
    assert "[b](" not in text
    assert not re.search(r"(?<!\\)<", text)
    rows = [row for row in text.splitlines() if row.startswith("| ")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {9, 4, 6}


# What it shows


def test_it_says_what_was_evaluated_with_the_hashes_of_the_prompts() -> None:
    told = evaluated(LINE, line(id="2")).run
    words = Reader(page(Evaluation("gold.jsonl", told))).words()
    assert "Evaluation of briefing@2" in words
    assert "gold.jsonl : 2 articles in 2 clusters" in words
    assert all(f"{each.id} {each.sha256[:12]}" in words for each in told.prompts)
    assert "test/drafted" in words


def test_it_has_the_figures_that_the_table_has(server: FaultServer, tmp_path: Any) -> None:
    server.script(by_prompt(WORSE, DRAFT))
    asked = Settings(model=MODEL, base_url=server.base_url, prompt="desk@1", project=project(tmp_path))
    found = evaluate([gold(id=each) for each in "abcd"], asked, against="briefing@2")
    cells = re.findall(r"[+-]?\d[^ ]* \(.*?\)", table.text(found))
    assert len(cells) > 20
    words = Reader(page(found)).words()
    assert all(each in words for each in cells)
    assert "worse" in Reader(page(found)).words("td")


def test_each_question_has_its_answer_the_gold_the_outcome_and_why() -> None:
    told = only(answers={"who": ["Mia Berg", "her"], "where": [], "why": ["rain"]}, day="2026-03-10")
    (words,) = articles(page(evaluated(told, draft=DRAFT | {"why": [], "rationale": []})))
    assert "who wrong port of Halden number 2 of its items is right gold: Mia Berg or her" in words
    assert "where unasked Halden in Norway the source does not say gold: the article does not say" in words
    assert "why missed no answer the model did not propose it gold: rain" in words
    assert "day wrong 2026-03-09 “on Monday” is 2026-03-09 gold: 2026-03-10" in words
    assert words.startswith("Halden Port Shuts Terminal halden-1 ; 4 of 4 wrong")


def test_more_phrases_than_three_are_folded_away() -> None:
    text = page(Evaluation("g", made(("a", (judged("wrong", gold=("one", "two", "three", "four", "five")),)))))
    assert text.index("three") < text.index("<summary>or 2 more</summary>") < text.index("four")


def test_an_article_tells_its_counts_tokens_and_seconds() -> None:
    (words,) = articles(page(Evaluation("g", made(("a", (judged("right"),)), counts={"stood": Counts(3, 4, 4)}))))
    assert "stood the check: 3 of 4 given; 2.5 s, 1,200 tokens read, 300 written" in words
    unknown = made(("a", (judged("right"),)), seconds=None, read=None, written=None)
    assert "unknown s, unknown tokens read" in page(Evaluation("g", unknown))


def test_an_article_without_a_briefing_says_why(server: FaultServer) -> None:
    server.script(by_text({"Tolna": "no draft", "": DRAFT}))
    told = [gold(), gold(id="tolna", text=ARTICLE.replace("Halden", "Tolna"))]
    found = evaluate(told, Settings(model=MODEL, base_url=server.base_url))
    first, second = articles(page(found))
    assert first.startswith("Tolna Port Shuts Terminal tolna ; 6 of 6 wrong No briefing by briefing@2: SchemaError: ")
    assert "who failed no answer there is no briefing gold: " in first
    assert "0 of 6 wrong" in second
    assert "briefing@2: no briefing of tolna: SchemaError: " in table.text(found)


def test_the_tables_name_no_more_than_five_failures() -> None:
    run = made(*((str(at), (judged("failed"),)) for at in range(7)), error="TruncatedError: cut")
    for told in (table.text, table.markdown):
        text = told(Evaluation("g", run))
        assert text.count("TruncatedError") == 5
        assert "briefing@1: and no briefing of 2 more" in text


def test_the_articles_with_the_most_wrong_come_first_else_they_stand_as_in_the_gold() -> None:
    right, wrong = judged("right"), judged("wrong", "why")
    run = made(("a", (right,)), ("b", (right, wrong)), ("c", (wrong, wrong)), ("d", (right, wrong)))
    text = page(Evaluation("g", run))
    assert [each.split()[2] for each in articles(text)] == ["c", "b", "d", "a"]
    index = re.findall(r'<li><a href="#a(\d)"><bdi>Title of (.)', text)
    assert index == [("1", "a"), ("2", "b"), ("3", "c"), ("4", "d")]


def test_an_article_with_nothing_to_ask_is_there_too() -> None:
    assert "0 of 0 wrong" in articles(page(evaluated(only(stated_rationale=[]))))[0]


# Two prompts


@pytest.mark.parametrize(
    ("new", "old", "told"),
    [
        ("right", "wrong", "better now"),
        ("abstained", "unasked", "better now"),
        ("missed", "right", "worse now"),
        ("failed", "abstained", "worse now"),
        ("missed", "wrong", "otherwise wrong now"),
        ("wrong", "wrong", ""),
        ("right", "right", ""),
    ],
)
def test_what_changed_is_told(new: str, old: str, told: str) -> None:
    runs = made(("a", (judged(new),)), prompt="briefing@2"), made(("a", (judged(old),)))
    (words,) = articles(page(Evaluation("g", *runs)))
    assert re.search(f"who {told} ?briefing@2 {new} .*briefing@1 {old} ", words)
    assert ("; 1 changed" in words) == bool(told)


def test_both_prompts_are_named_with_their_costs() -> None:
    runs = made(("a", (judged("right"),)), prompt="briefing@2"), made(("a", (judged("right"),)))
    text = page(Evaluation("g", *runs))
    assert "Evaluation of briefing@2 against briefing@1" in Reader(text).words()
    assert articles(text)[0].count("2.5 s, 1,200 tokens read") == 2


# Choosing


def shown(text: str, *chosen: str) -> int:
    """How many articles the style leaves where these are chosen, as a browser would reckon it."""
    rules = re.findall(r"main((?::has\(#pick-[\w-]+:checked\))+) \.article:not\(\.([\w-]+)\) \{ display: none \}", text)
    hiding = [name for where, name in rules if set(re.findall(r"#pick-([\w-]+)", where)) <= set(chosen)]
    classes = [each["class"].split() for each in Reader(text).of("article")]
    return sum(all(name in each for name in hiding) for each in classes)


def test_articles_can_be_chosen_by_question_and_outcome() -> None:
    run = made(
        ("a", (judged("right"), judged("wrong", "why"))),
        ("b", (judged("wrong"), judged("right", "why"))),
        ("c", (judged("missed"),)),
    )
    text = page(Evaluation("g", run))
    assert shown(text) == 3
    assert shown(text, "q1") == 2  # why
    assert shown(text, "wrong") == 2
    assert shown(text, "q0", "wrong") == 1  # who is wrong in one of the two
    assert shown(text, "q1", "missed") == 0


def test_a_choice_is_offered_of_what_there_is() -> None:
    run = made(("a", (judged("right"), judged("missed", "day"))))
    inputs = list(Reader(page(Evaluation("g", run))).of("input"))
    assert [each["id"] for each in inputs] == [
        "pick-all-questions", "pick-q0", "pick-q1", "pick-all-outcomes", "pick-right", "pick-missed",
    ]  # fmt: skip
    assert [each["id"] for each in inputs if "checked" in each] == ["pick-all-questions", "pick-all-outcomes"]


def test_how_often_each_outcome_was_is_counted() -> None:
    run = made(("a", (judged("right"), judged("missed", "why"))), ("b", (judged("wrong"), judged("missed", "why"))))
    words = Reader(page(Evaluation("g", run))).words("table")
    assert "right wrong missed unasked abstained failed" in words
    assert re.search(r"who ?1 ?1 ?0 ?0 ?0 ?0", words)
    assert re.search(r"why ?0 ?0 ?2 ?0 ?0 ?0", words)


def test_500_articles_with_two_prompts_are_a_page_of_few_megabytes() -> None:
    usual = judged("wrong", answer="word " * 20, gold=("phrase " * 10,) * 4, why="reason " * 15)
    run = made(*((str(at), (usual,) * 6) for at in range(500)))
    assert len(page(Evaluation("g", run, run))) < 5_000_000
