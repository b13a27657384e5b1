"""The grammar for the embedded engine: what a model that is held to it can write, and what it cannot."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from drafts import ARTICLE as PLAIN
from drafts import DRAFT as ANSWER
from drafts import FIRST_DRAFT, Draft, compact, view
from drafts import WITHOUT_QUOTATIONS as SILENT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer import Briefing, Incident
from summarizer.document import Document
from summarizer.errors import SchemaError
from summarizer.kind import kind_of
from summarizer.model import grammar
from summarizer.record import Reason, Rejected
from summarizer.repair import answer_to
from summarizer.view import View

llguidance = pytest.importorskip("llguidance")

ARTICLE, WITHOUT_QUOTATIONS = (each.replace("once a crane", "after a crane") for each in (PLAIN, SILENT))
DRAFT = ANSWER | {"why": [{"s": 2, "cause": "after a crane collapsed and injured two workers"}]}

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.txt"))
Change = Callable[[dict[str, Any]], object]


@cache
def lowered(article: str = ARTICLE) -> str:
    return grammar.lower(Draft.model_json_schema(), view(article))


@cache
def tokenizer() -> Any:
    """A token a byte."""
    return llguidance.LLTokenizer("byte")


def rest(text: str, of: str) -> str:
    """What of `text` the grammar does not let a model write; empty where it takes it as a whole answer."""
    matcher = llguidance.LLMatcher(tokenizer(), llguidance.LLMatcher.grammar_from_lark(of), log_level=0)
    tokens = tokenizer().tokenize_bytes(text.encode())
    taken = matcher.try_consume_tokens(tokens)
    assert not matcher.get_error(), matcher.get_error()
    if taken < len(tokens):
        return text.encode()[taken:].decode(errors="replace")
    return "" if matcher.is_accepting() else "(the end)"


def writes(change: Change = lambda draft: None, article: str = ARTICLE) -> str:
    """What is left of the right draft, changed by `change`, when the grammar refuses to go on."""
    draft = copy.deepcopy(DRAFT)
    change(draft)
    return rest(compact(draft), lowered(article))


def test_the_right_draft_can_be_written() -> None:
    assert writes() == ""


def test_half_an_answer_is_none() -> None:
    assert rest(compact(DRAFT)[:-1], lowered()) == "(the end)"


def test_nothing_follows_an_answer() -> None:
    assert rest(compact(DRAFT) + "}", lowered()) == "}"


@pytest.mark.parametrize(
    "text", [json.dumps(DRAFT), json.dumps(DRAFT, indent=1), " " + compact(DRAFT), compact(DRAFT) + "\n"]
)
def test_white_space_between_values_cannot_be_written(text: str) -> None:
    assert rest(text, lowered())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_grammar_of_an_article_is_valid_and_takes_its_own_words(path: Path) -> None:
    shown = view(path.read_text(encoding="utf-8"))
    made = grammar.lower(Draft.model_json_schema(), shown)
    assert made.startswith(grammar.HEADER)
    number = next(each.number for each in shown.sentences if shown.times(each))
    words = shown.document.text_of(shown.document.sentence(number)).split()[0]
    draft = {
        **DRAFT,
        "what": [{"event": "It was so.", "status": "asserted", "s": number}],
        "who": [{"name": words, "part": "acted", "s": number}] * 2,
        "where": [],
        "when": [_ordered("when", s=number, time=shown.times(shown.document.sentence(number))[0])],
        "why": [],
        "rationale": [],
        "summary": [number],
    }
    assert rest(compact(draft), made) == ""


_SHORT: dict[str, Any] = {"what": DRAFT["what"][:1], "who": DRAFT["who"][:1] * 2}
"""What the article without quotations has too."""


REASONED = ARTICLE.replace("overloaded the crane", "overloaded the crane because it was new")


def _ordered(field: str, **values: Any) -> dict[str, Any]:
    """The values of one item in the order of the wire."""
    return {name: values[name] for name in DRAFT[field][0]}


# Pointers


@pytest.mark.parametrize("number", [0, 7, 22, -2])
@pytest.mark.parametrize("field", ["what", "who", "where", "when", "why"])
def test_only_sentences_that_exist_can_be_cited(field: str, number: int) -> None:
    assert writes(lambda draft: draft[field][0].update(s=number))


@pytest.mark.parametrize("number", [0, 7, 22])
def test_only_such_sentences_can_be_in_the_summary(number: int) -> None:
    assert writes(lambda draft: draft.update(summary=[number]))
    assert writes(lambda draft: draft.update(summary=[2, number]))


def test_a_number_is_no_string_and_no_fraction() -> None:
    for number in ("2", 2.0, None, True):
        assert writes(lambda draft, wrong=number: draft["what"][0].update(s=wrong))  # type: ignore[misc]


def test_only_quotations_that_exist_can_be_cited() -> None:
    for number in (0, 2, 11):
        assert writes(lambda draft, wrong=number: draft["rationale"][0].update(q=wrong))  # type: ignore[misc]


def test_a_rationale_points_to_no_sentence_that_gives_no_reason() -> None:
    reason = {"s": 5, "reason": "its members had overloaded the crane"}
    assert writes(lambda draft: draft["rationale"][0].update(q=None, **reason))


def test_a_rationale_points_to_a_quotation_or_to_a_sentence() -> None:
    reason = {"s": 5, "reason": "it was new"}
    assert writes(lambda draft: draft["rationale"][0].update(q=None, **reason), REASONED) == ""
    assert writes(lambda draft: draft["rationale"][0].update(q=None, s=None))
    assert writes(lambda draft: draft["rationale"][0].update(q=1, s=3))


# Words


@pytest.mark.parametrize(
    "name", ["Mia", "Dock Workers' Union", "Workers' Union denied", "port", "The port of Halden", "U.S. maker"]
)
def test_a_name_is_a_run_of_words_of_the_article(name: str) -> None:
    assert writes(lambda draft: draft["who"][0].update(name=name)) == ""


@pytest.mark.parametrize(
    "name", ["Maria Berg", "mia berg", "Berg Mia", "Mi", "ia Berg", "Halden port", "Mia  Berg", "Mia Berg,", "North"]
)
def test_a_name_that_the_article_does_not_have_cannot_be_written(name: str) -> None:
    assert writes(lambda draft: draft["who"][0].update(name=name))


def test_speakers_are_words_of_the_article_too() -> None:
    assert writes(lambda draft: draft["rationale"][0].update(speaker="harbour director Mia Berg")) == ""
    assert writes(lambda draft: draft["rationale"][0].update(speaker="minister"))


@pytest.mark.parametrize(
    ("field", "key"), [("who", "name"), ("where", "place"), ("rationale", "speaker"), ("rationale", "reason")]
)
def test_what_the_schema_wants_filled_cannot_be_empty(field: str, key: str) -> None:
    assert writes(lambda draft: draft[field][0].update({key: ""}))


@pytest.mark.parametrize("place", ["Halden", "Norway", "north terminal", "Norway closed it", "Monday", ""])
def test_a_place_is_a_whole_wording_of_the_sentence_that_it_points_to(place: str) -> None:
    assert writes(lambda draft: draft["where"][0].update(place=place))
    assert writes(lambda draft: draft["where"][0].update(s=4))


@pytest.mark.parametrize("cause", ["a crane collapsed", "after a crane collapsed", "on Monday", ""])
def test_a_cause_is_a_whole_wording_of_the_sentence_that_it_points_to(cause: str) -> None:
    assert writes(lambda draft: draft["why"][0].update(cause=cause))
    assert writes(lambda draft: draft["why"][0].update(s=4))


def test_a_language_without_words_for_places_and_causes_has_those_of_the_sentence() -> None:
    text = "Hafen zu\n\nDer Hafen Halden schloss am Montag in Tolmar sein Terminal, weil ein Kran umgefallen war.\n"
    made = grammar.lower(Draft.model_json_schema(), View.of(Document.of(text, "de")))
    draft = {
        "what": [{"event": "Der Hafen schloss.", "status": "asserted", "s": 2}],
        "who": [{"name": "Hafen Halden", "part": "acted", "s": 2}] * 2,
        "where": [{"s": 2, "place": "Tolmar"}],
        "when": [],
        "why": [{"s": 2, "cause": "weil ein Kran umgefallen war"}],
        "rationale": [],
        "summary": [2],
    }
    assert rest(compact(draft), made) == ""


def test_the_first_form_of_drafts_is_held_to_words_of_the_article_too() -> None:
    draft = FIRST_DRAFT
    made = grammar.lower(kind_of(Briefing, 1).draft.model_json_schema(), view(ARTICLE))
    assert rest(compact(draft), made) == ""
    assert rest(compact(draft | {"headline": ""}), made)
    assert rest(compact(draft | {"where": [{"s": 2, "place": "north terminal"}]}), made) == ""
    assert rest(compact(draft | {"where": [{"s": 2, "place": "Norway closed it"}]}), made)


@pytest.mark.parametrize("time", ["Monday", "on Friday", "on", "June", "on Monday after", ""])
def test_a_time_is_a_whole_wording_of_the_sentence_that_it_points_to(time: str) -> None:
    assert writes(lambda draft: draft["when"][0].update(time=time))


def test_a_time_points_to_a_sentence_that_has_one() -> None:
    assert writes(lambda draft: draft["when"][0].update(s=4, time="in June")) == ""
    assert writes(lambda draft: draft["when"][0].update(s=4))
    assert writes(lambda draft: draft["when"][0].update(s=5))


def test_a_reason_is_in_the_quotation_that_it_points_to() -> None:
    assert writes(lambda draft: draft["rationale"][0].update(reason="nobody should work under a crane")) == ""
    assert writes(lambda draft: draft["rationale"][0].update(reason="a crane collapsed"))
    assert writes(lambda draft: draft["rationale"][0].update(reason="harbour director"))


@pytest.mark.parametrize(
    "change",
    [lambda draft, text: draft["what"][0].update(event=text), lambda draft, text: draft["who"][0].update(name=text)],
)
def test_initials_stay_in_one_piece(change: Callable[[dict[str, Any], str], object]) -> None:
    assert writes(lambda draft: change(draft, "The U.S. maker")) == ""
    assert writes(lambda draft: change(draft, "The U. S. maker"))
    assert writes(lambda draft: change(draft, "The U."))


def test_free_text_has_no_marks_that_would_end_it() -> None:
    for text in ('a "b"', "a\\b", "a\nb", "a\x7fb", "a\u2028b"):
        assert writes(lambda draft, wrong=text: draft["what"][0].update(event=wrong))  # type: ignore[misc]


def test_free_text_has_an_end() -> None:
    assert writes(lambda draft: draft["what"][0].update(event="x" * 240)) == ""
    assert writes(lambda draft: draft["what"][0].update(event="x" * 241))
    assert writes(lambda draft: draft["what"][0].update(event=""))


# Lists


@pytest.mark.parametrize(
    ("field", "most"),
    [("what", 3), ("who", 6), ("where", 2), ("when", 2), ("why", 2), ("rationale", 3), ("summary", 3)],
)
def test_lists_have_an_end(field: str, most: int) -> None:
    one = DRAFT[field][:1]
    assert writes(lambda draft: draft.update({field: one * most})) == ""
    assert writes(lambda draft: draft.update({field: one * (most + 1)}))


@pytest.mark.parametrize(
    ("field", "fewest"),
    [("what", 1), ("who", 2), ("where", 0), ("when", 0), ("why", 0), ("rationale", 0), ("summary", 1)],
)
def test_lists_have_a_beginning(field: str, fewest: int) -> None:
    one = DRAFT[field][:1]
    assert writes(lambda draft: draft.update({field: one * fewest})) == ""
    if fewest:
        assert writes(lambda draft: draft.update({field: one * (fewest - 1)}))


def test_keys_come_in_the_order_of_the_schema() -> None:
    assert rest(compact(dict(reversed(DRAFT.items()))), lowered())
    assert writes(lambda draft: draft.update(more=1))


def test_an_article_without_quotations_has_none_to_point_to() -> None:
    article = WITHOUT_QUOTATIONS.replace("overloaded the crane", "overloaded the crane because it was new")
    reason = {"speaker": "Union", "reason": "it was new"}
    indirect, quoted = (_ordered("rationale", **reason, **at) for at in ({"q": None, "s": 3}, {"q": 1, "s": None}))
    assert "[Q" not in view(WITHOUT_QUOTATIONS).text()
    assert writes(lambda draft: draft.update(_SHORT, rationale=[]), WITHOUT_QUOTATIONS) == ""
    assert writes(lambda draft: draft.update(_SHORT, rationale=[indirect]), article) == ""
    assert writes(lambda draft: draft.update(_SHORT, rationale=[quoted]), article)


def test_an_article_without_times_leaves_the_list_empty() -> None:
    timeless = ARTICLE.replace(" on Monday", "").replace(" in June", "")
    assert writes(lambda draft: draft.update(when=[]), timeless) == ""
    assert writes(article=timeless)


# Any text


def test_a_repair_is_held_to_its_own_part() -> None:
    failed = Rejected(
        field="when", proposed={}, verdict="refuted", reasons=[Reason(code="time", explanation="")], evidence=[]
    )
    shown = View.around(Document.of(ARTICLE), [2])
    made = grammar.lower(answer_to(kind_of(Briefing), [failed], eventless=False).model_json_schema(), shown)
    right = _ordered("when", s=2, time="on Monday")
    assert rest(compact({"when": [right]}), made) == ""
    assert rest(compact({"when": []}), made) == ""
    assert rest(compact({"when": [right, right]}), made)
    assert rest(compact({"when": [_ordered("when", s=4, time="in June")]}), made)


@pytest.mark.parametrize(
    "text",
    [
        'He said "it\\" was so" on Monday.',
        "A\\B\\n on Monday \\u0041.",
        "bell \x07 and \x0b tab \x0c on Monday \x7f.",
        "שלום עולם ביום שני. مرحبا بالعالم.",
        "🚀 flew 👩‍👩‍👧 on Monday 🇳🇴.",
        '"',
        '"""',
        "\\",
        "A.B. C.D. U.S.A. on Monday. U.",
        "%llguidance {} start: | // # /x/",
        "e\u0301 \u200b \ufeff \U0010ffff.",
        "一个句子。两个句子。",
    ],
)
def test_odd_marks_do_not_break_the_grammar(text: str) -> None:
    lowered(text)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=200))
def test_any_article_has_a_valid_grammar(text: str) -> None:
    document = Document.of(text)
    if document.sentences:
        made = grammar.lower(Draft.model_json_schema(), View.of(document))
        assert rest('{"what":[{"event":"x"', made) == "(the end)"


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(alphabet='ABUS. "\\\n“”,Monday on2026-', min_size=1, max_size=120), seed=st.integers(0, 2**32))
def test_whatever_it_lets_a_model_write_fits_the_schema(text: str, seed: int) -> None:
    document = Document.of(text)
    if any(map(str.isalnum, text)) and document.sentences:
        for draft in (Draft, kind_of(Incident).draft):
            written = walk(grammar.lower(draft.model_json_schema(), View.of(document)), Random(seed))
            draft.model_validate_json(written)


def walk(of: str, chance: Random) -> bytes:
    """An answer that a model without any sense writes, one allowed byte after the other."""
    matcher = llguidance.LLMatcher(tokenizer(), llguidance.LLMatcher.grammar_from_lark(of), log_level=0)
    written = bytearray()
    while not matcher.is_accepting():
        bias = matcher.compute_logit_bias()
        allowed = [byte for byte in range(256) if bias[byte]]
        byte = chance.choice(allowed) if ord('"') not in allowed or chance.random() < 0.8 else ord('"')
        assert matcher.consume_token(byte)
        written.append(byte)
    return bytes(written)


# What it refuses to make


def test_a_grammar_that_the_engine_would_drop_is_an_error() -> None:
    with pytest.raises(SchemaError, match="grammar is not valid"):
        grammar._validate(grammar.HEADER + "start: nowhere")


def test_what_an_engine_will_decode_under_is_tried_first_and_what_is_only_compared_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    schema = Draft.model_json_schema()
    made = lowered()
    monkeypatch.setattr(llguidance.LLMatcher, "validate_grammar", lambda grammar: "refused")
    assert grammar.lower(schema, view(ARTICLE), decoded=False) == made
    with pytest.raises(SchemaError, match="grammar is not valid"):
        grammar.lower(schema, view(ARTICLE))


@pytest.mark.parametrize(
    "part",
    [
        {"type": "number"},
        {"type": "boolean"},
        {},
        {"anyOf": [{"type": "string"}, {"type": "null"}]},
        {"type": "object", "properties": {"x": {"type": "integer"}}},
    ],
)
def test_what_the_engine_cannot_be_held_to_is_an_error(part: dict[str, Any]) -> None:
    wanted = {"type": "object", "properties": {"part": part}, "required": ["part"]}
    with pytest.raises(SchemaError, match="cannot be held"):
        grammar.lower(wanted, view())


def test_the_message_about_it_is_short() -> None:
    with pytest.raises(SchemaError) as raised:
        grammar.lower({"type": "number", "description": "x" * 10_000}, view())
    assert len(raised.value.message) < 500
