"""The comparison with other ways to brief: its file of results, its judgement of evidence, its figures, its marks."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from fault_server import Completion, FaultServer, Hang

from benchmarks.beside import example, gold, reading, ways
from benchmarks.beside.__main__ import main
from benchmarks.beside.children.shape import items
from benchmarks.beside.judgement import Judge
from benchmarks.beside.record import Answer, Article, Asked, Item, Results, Row
from benchmarks.beside.run import fill, turns
from benchmarks.beside.score import ABSTENTION, lead, scores
from benchmarks.environment import Environment
from summarizer.evaluation.tally import Counts

ROOT = Path(__file__).parents[1]
ARTICLE = Article(
    id="halden",
    title="Halden Port Shuts Terminal",
    text=example.TEXT,
    published="2026-03-11",
    cluster="halden",
    answers={"who": ["port of Halden"], "what": ["closed its north terminal"], "why": []},
)
CLOSED = "The port of Halden closed its north terminal."
REASON = "nobody should work under a crane that we have not inspected"
QUOTE = "closed its north terminal on Monday"


def row(way: str = "summarizer", *given: Item, id: str = "halden", **more: object) -> Row:  # noqa: A002 (as the field)
    return Row.model_validate({"id": id, "way": way, "made_by": f"{way} 1", "seconds": 2.0, "items": given} | more)


class Told:
    """A way that says what it is told to."""

    made_by = "told 1"

    def __init__(self, name: str) -> None:
        self.name = name
        self.asked: list[str] = []

    def brief(self, asked: Asked) -> Answer:
        self.asked.append(asked.id)
        return Answer(id=asked.id, seconds=1.0, items=[Item(field="what", text=CLOSED, quotes=[QUOTE])])

    def close(self) -> None: ...


class Failing(Told):
    """A way that gives no briefing."""

    def brief(self, asked: Asked) -> Answer:
        return Answer(id=asked.id, seconds=600, error="no answer within 600 s")


class Here(Environment):
    """The environment of the tests: it needs no other."""

    @property
    def python(self) -> Path:
        return Path(sys.executable)


@pytest.fixture
def results(tmp_path: Path) -> Results:
    return Results(tmp_path / "results.jsonl")


# the file of results


def test_a_run_goes_on_where_it_stopped(results: Results) -> None:
    first, second = Told("first"), Told("second")
    other = ARTICLE.model_copy(update={"id": "other"})
    fill([ARTICLE], [first], results)
    again = Results(results.path)
    fill([ARTICLE, other], [first, second], again)
    assert first.asked == ["halden", "other"]
    assert second.asked == ["halden", "other"]
    assert [(each.id, each.way) for each in Results(results.path).rows] == [(each.id, each.way) for each in again.rows]


def test_a_row_that_was_cut_short_is_asked_again(results: Results) -> None:
    results.add(ARTICLE, row("first"))
    results.add(ARTICLE, row("second"))
    results.path.write_bytes(results.path.read_bytes()[:-20])
    read = Results(results.path)
    assert [each.way for each in read.rows] == ["first"]
    read.add(ARTICLE, row("second"))
    assert [each.way for each in Results(results.path).rows] == ["first", "second"]


def test_a_failure_is_a_row_and_the_engine_is_let_settle_before_the_next_way(results: Results) -> None:
    settled: list[int] = []
    ways_in_turn = [Failing("failing"), Told("told")]
    fill([ARTICLE], ways_in_turn, results, settle=lambda: settled.append(len(results.rows)))
    assert [(each.way, each.error, len(each.items)) for each in results.rows] == [
        ("failing", "no answer within 600 s", 0),
        ("told", None, 1),
    ]
    assert settled == [1]


def test_a_file_of_something_else_is_refused(results: Results) -> None:
    results.path.write_text('{"headline": "Halden"}\n')
    with pytest.raises(ValueError, match="line 1 holds neither"):
        Results(results.path)


def test_each_article_begins_with_another_way() -> None:
    told = [Told("a"), Told("b"), Told("c")]
    articles = [ARTICLE.model_copy(update={"id": str(each)}) for each in range(3)]
    order = [(article.id, way.name) for article, way in turns(articles, told)]
    assert order == [*zip("000", "abc", strict=True), *zip("111", "bca", strict=True), *zip("222", "cab", strict=True)]


# what comes from outside


def test_a_limit_takes_articles_from_all_over_a_set(tmp_path: Path) -> None:
    line = {"schema": "gold@1", "text": example.TEXT, "published": "2026-03-11", "answers": ARTICLE.answers}
    lines = [json.dumps(line | {"id": str(each)}) for each in range(6)]
    (tmp_path / "set.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = gold.articles(tmp_path / "set.jsonl", 3)
    assert [each.id for each in found] == ["0", "2", "4"]
    assert found[0] == ARTICLE.model_copy(update={"id": "0", "cluster": "article 0"})


def test_what_nothing_held_to_a_schema_is_read_in_any_shape() -> None:
    written = '{"who": [{"text": "Berg", "quote": "Mia Berg"}, "the port"], "what": "It closed.", "rationale": {"quote": "q"}}'
    found = [(each.field, each.text, each.quotes) for each in items(written)]
    assert found == [
        ("who", "Berg", ["Mia Berg"]),
        ("who", "the port", []),
        ("what", "It closed.", []),
        ("stated_rationale", "q", ["q"]),
    ]


@pytest.mark.parametrize("written", ["[]", "Here is", '"text"'])
def test_what_is_no_json_object_is_no_briefing(written: str) -> None:
    with pytest.raises(ValueError, match=r"Expecting|no JSON object"):
        items(written)


def test_the_example_for_langextract_is_the_article_of_our_prompt_in_its_order() -> None:
    prompt = (ROOT / "prompts" / "briefing" / "v2.md").read_text(encoding="utf-8")
    assert all(each in prompt for each in example.TEXT.split("\n\n"))
    at = 0
    for _, words, _ in example.EXTRACTIONS:
        at = example.TEXT.index(words, at) + len(words)


def test_a_program_that_does_not_answer_in_time_is_ended_and_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ways, "TIMEOUT", 0.3)
    monkeypatch.setattr(ways, "_GRACE", 0)
    with FaultServer() as server:
        child = ways.Child(
            "prompt alone", Here(()), "benchmarks.beside.children.with_openai", server.base_url, tmp_path / "log"
        )
        server.script(Hang(1))
        failed = child.brief(ARTICLE)
        monkeypatch.setattr(ways, "TIMEOUT", 20)
        server.script(Completion('{"who": [{"text": "the port", "quote": "The port"}]}'))
        answered = child.brief(ARTICLE)
        child.close()
    assert failed.error == "no answer within 0.3 s"
    assert answered.items == [Item(field="who", text="the port", quotes=["The port"])]
    assert (answered.prompt_tokens, answered.completion_tokens, answered.error) == (120, 30, None)


# what evidence is worth


@pytest.mark.parametrize(
    ("quotes", "verbatim", "found"),
    [
        ([QUOTE], True, True),
        ([f"{QUOTE} "], True, True),
        (["“We closed it because nobody should work"], False, True),
        (["CLOSED ITS NORTH\nTERMINAL"], False, True),
        (["closed its south terminal"], False, False),
        ([QUOTE, "closed its south terminal"], False, False),
        ([], False, False),
    ],
)
def test_a_quote_is_verbatim_where_the_article_has_it_character_for_character(
    quotes: list[str], verbatim: bool, found: bool
) -> None:
    item, judge = Item(field="what", text=CLOSED, quotes=quotes), Judge(ARTICLE)
    assert (judge.verbatim(item), judge.found(item)) == (verbatim, found)


@pytest.mark.parametrize(
    ("field", "text", "quote", "speaker", "stands"),
    [
        ("what", CLOSED, QUOTE, None, True),
        ("what", "The port of Halden closed its south terminal.", QUOTE, None, False),
        ("what", CLOSED, "She said the terminal would reopen in June", None, False),
        ("what", CLOSED, "The port shut a terminal", None, False),
        ("what", CLOSED, "", None, False),
        ("why", "A crane collapsed and injured two workers.", "a crane collapsed", None, True),
        ("why", "A crane collapsed and injured five workers.", "a crane collapsed", None, False),
        ("who", "Mia Berg", "harbour director Mia Berg said", None, True),
        ("who", "Mia Berg", QUOTE, None, False),
        ("where", "Halden in Norway", "Halden in Norway", None, True),
        ("when", "on Tuesday", "on Monday", None, False),
        ("stated_rationale", REASON, REASON, "Mia Berg", True),
        ("stated_rationale", REASON, REASON, "Jon Dahl", False),
    ],
)
def test_a_claim_is_supported_where_the_sentence_with_its_quote_says_it(
    field: str, text: str, quote: str, speaker: str | None, stands: bool
) -> None:
    told = {"field": field, "text": text, "quotes": [quote] if quote else [], "speaker": speaker}
    assert Judge(ARTICLE).supported(Item.model_validate(told)) is stands


def test_the_place_that_a_way_tells_counts_before_its_quote() -> None:
    start = ARTICLE.text.index("She said")
    item = Item(field="what", text=CLOSED, quotes=[QUOTE], start=start, end=start + 8)
    assert not Judge(ARTICLE).supported(item)


# the figures


def test_the_first_item_is_the_answer_and_a_way_that_failed_has_said_nothing() -> None:
    told = {"halden": ARTICLE}
    wrong_first = [Item(field="who", text="Mia Berg"), Item(field="who", text="the port of Halden")]
    found = scores([row("a", *wrong_first, Item(field="when", text="Monday"))], told).total
    assert (found["who"], found["what"]) == (Counts(0, 1, 1), Counts(0, 0, 1))
    assert "when" not in found
    assert found[ABSTENTION] == Counts(1, 2, 1)
    assert scores([row("a", error="no answer")], told).total[ABSTENTION] == Counts(0, 0, 1)


def test_a_lead_is_the_difference_of_the_means_over_the_same_articles() -> None:
    right, wrong = (Item(field="what", text=text) for text in ("closed its terminal", "a fire"))
    articles = {name: ARTICLE.model_copy(update={"id": name, "cluster": name}) for name in "ab"}
    good, bad = ({name: row("x", item, id=name) for name in articles} for item in (right, wrong))
    found = lead(good, bad, articles)
    assert found is not None
    assert (found.value, found.low, found.high) == (0.5, 0.5, 0.5)  # one of two questions; nobody is named by either


def test_the_tables_compare_the_articles_that_every_way_has(
    results: Results, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = Item(field="what", text=CLOSED, quotes=[QUOTE])
    results.add(ARTICLE, row("summarizer", answer, prompt_tokens=900, cached_tokens=400, completion_tokens=80))
    results.add(ARTICLE, row("instructor", Item(field="what", text="It burned.", quotes=["fire"]), seconds=4.0))
    results.add(ARTICLE.model_copy(update={"id": "other"}), row("summarizer", id="other"))
    main(["--report", str(results.path)])
    told = capsys.readouterr().out
    assert told.startswith("1 articles")
    assert "| summarizer | 0.00 | 1.00 | – | – | – | 0.50 | – | 0.67 | 0 |" in told
    assert "| instructor | 0.00 | 0.00 | – | – | – | 0.00 | 0.50 | 0.67 | 0 |" in told
    assert "| summarizer | 1 | 1 / 1 = 100% | 1 / 1 = 100% | 0 / 1 = 0% | 0 |" in told
    assert "| instructor | 1 | 0 / 1 = 0% | 0 / 1 = 0% | 0 / 1 = 0% | 0 |" in told
    assert "| instructor | 0 / 1 = 0% | – | – | 0 / 1 = 0% |" in told
    assert "| summarizer | 2.0 | 0.50 | 500 | 400 | 80 | 0 |" in told


# reading by hand


def test_a_sample_is_the_same_at_every_run_and_does_not_tell_whose_an_item_is(results: Results, tmp_path: Path) -> None:
    for way in ("summarizer", "instructor"):
        results.add(ARTICLE, row(way, *(Item(field="what", text=f"{CLOSED} {at}", quotes=[QUOTE]) for at in range(9))))
    reading.write(results, 3, tmp_path / "a.md")
    reading.write(Results(results.path), 3, tmp_path / "b.md")
    written = (tmp_path / "a.md").read_text(encoding="utf-8")
    assert written == (tmp_path / "b.md").read_text(encoding="utf-8")
    assert written.count("- [ ] yes") == 6
    assert "instructor" not in written
    assert "> The port of Halden in Norway closed its north terminal on Monday" in written


def test_marks_are_counted_by_way_beside_what_our_check_says(
    results: Results, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "sample.md"
    results.add(ARTICLE, row("summarizer", Item(field="what", text=CLOSED, quotes=[QUOTE])))
    results.add(ARTICLE, row("instructor", Item(field="what", text=CLOSED, quotes=["The port shut a terminal"])))
    reading.write(results, 5, file)
    file.write_text(file.read_text(encoding="utf-8").replace("[ ] yes", "[x] yes"), encoding="utf-8")
    main(["--report", str(results.path), "--marks", str(file)])
    told = capsys.readouterr().out
    assert "| summarizer | 1 | 1 = 100% | 1 | 0 |" in told
    assert "| instructor | 1 | 1 = 100% | 0 | 0 |" in told


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("[ ]", "[x]", "is marked twice"), ("## ", "## 0000000000\n\n- [x] yes\n\n## ", "are not of")],
)
def test_marks_that_cannot_be_counted_are_refused(
    results: Results, tmp_path: Path, old: str, new: str, said: str
) -> None:
    file = tmp_path / "sample.md"
    results.add(ARTICLE, row("summarizer", Item(field="what", text=CLOSED, quotes=[QUOTE])))
    reading.write(results, 1, file)
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        reading.report(results, file)


def test_every_way_has_a_name_of_its_own() -> None:
    assert len(set(ways.NAMES)) == len(ways.NAMES) == len(ways.others("http://127.0.0.1/v1", Path("log"))) + 1
