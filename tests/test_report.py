"""What people read: nothing of a briefing is missing from it, and nothing in it comes alive."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from drafts import DRAFT, FAILING, NO_REPAIR, briefed
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from summarizer import Briefing
from summarizer.item import Claim, Event, Item, Place, Time
from summarizer.record import ArtifactRecord, Provenance, SourceRecord, Usage
from summarizer.report import FORMATS
from summarizer.report.markdown import escape, markdown
from summarizer.report.terminal import terminal
from summarizer.text import one_line

SECTIONS = [
    "Summary",
    "What",
    "Who",
    "Where",
    "When",
    "Why, as reported",
    "Why, as stated",
    "Not established",
    "Not stated",
    "Rejected by the check",
]
READERS: list[Callable[[Briefing], str]] = [lambda briefing: terminal(briefing, width=2000), markdown]


@pytest.fixture(scope="module")
def whole() -> Briefing:
    """A briefing with something in every section."""
    briefing = briefed(FAILING | {"rationale": []}, NO_REPAIR)
    assert briefing.rejected
    assert (briefing.not_stated, briefing.not_established) == (["stated_rationale"], ["why"])
    return briefing


@pytest.fixture(scope="module")
def good() -> Briefing:
    return briefed(DRAFT)


def items(briefing: Briefing) -> Iterator[Item]:
    for value in dict(briefing).values():
        yield from (each for each in (value if isinstance(value, list) else [value]) if isinstance(each, Item))


def stated(item: Item) -> list[str]:
    """The texts of an item that a reader must see."""
    hidden = {"evidence", "verdict", "quotation", "status", "part", "event", "resolved_from", "within"}
    return [str(value) for key, value in item if key not in hidden and value is not None]


def plain(shown: str) -> str:
    """Markdown without its escapes; other text as it is."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", shown)


# Nothing is missing


@pytest.mark.parametrize("read", READERS, ids=["text", "markdown"])
def test_every_item_is_shown_with_the_sentences_that_it_rests_on(
    good: Briefing, read: Callable[[Briefing], str]
) -> None:
    shown = plain(read(good))
    assert len(list(items(good))) >= 9
    for item in items(good):
        assert [each for each in stated(item) if each not in shown] == []
        assert item is good.headline or all(f"S{each.sentence}" in shown for each in item.evidence)


@pytest.mark.parametrize("read", READERS, ids=["text", "markdown"])
def test_what_an_event_and_an_actor_did_is_shown(good: Briefing, read: Callable[[Briefing], str]) -> None:
    shown = plain(read(good))
    assert "planned (Mia Berg)" in shown
    assert "acted" in shown
    assert "spoke" in shown


@pytest.mark.parametrize("read", READERS, ids=["text", "markdown"])
def test_a_quotation_is_shown_whole(good: Briefing, read: Callable[[Briefing], str]) -> None:
    quotation = good.stated_rationale[0].quotation
    assert quotation
    assert quotation.text in plain(read(good))


@pytest.mark.parametrize("read", READERS, ids=["text", "markdown"])
def test_what_is_rejected_is_shown_with_its_reasons(whole: Briefing, read: Callable[[Briefing], str]) -> None:
    shown = plain(read(whole))
    for rejected in whole.rejected:
        assert f"{rejected.field}: once a crane collapsed and injured three workers" in shown
        assert rejected.verdict in shown
        assert all(reason.explanation in shown for reason in rejected.reasons)


@pytest.mark.parametrize("read", READERS, ids=["text", "markdown"])
def test_what_is_not_stated_is_listed(whole: Briefing, read: Callable[[Briefing], str]) -> None:
    tail = re.split("not stated", read(whole), flags=re.IGNORECASE)[1]
    assert all(question.replace("_", " ") in tail for question in whole.not_stated)


@pytest.mark.parametrize("read", READERS, ids=["text", "markdown"])
def test_the_end_says_what_made_it(good: Briefing, read: Callable[[Briefing], str]) -> None:
    last = plain(read(good)).rstrip().rsplit("\n", 1)[1]
    made = good.provenance
    assert all(each in last for each in (made.model, made.prompts[0].id, made.policy.id, good.source.sha256[:12]))
    assert "120 tokens read, 30 written" in last


def test_a_number_of_tokens_that_nobody_told_is_unknown_and_not_zero(good: Briefing) -> None:
    usage = good.provenance.usage.model_copy(update={"prompt_tokens": None})
    untold = good.model_copy(update={"provenance": good.provenance.model_copy(update={"usage": usage})})
    assert "unknown tokens read, 30 written" in markdown(untold)


def test_markdown_shows_the_text_of_every_sentence_that_is_cited(good: Briefing) -> None:
    evidence = plain(markdown(good)).partition("## Evidence")[2]
    for each in [evidence for item in items(good) for evidence in item.evidence]:
        assert f"- **S{each.sentence}** {each.text}" in evidence


def test_sections_come_in_one_order_and_empty_ones_not_at_all(whole: Briefing, good: Briefing) -> None:
    titles = [re.findall(r"^## (.*)$", markdown(each), re.MULTILINE) for each in (whole, good)]
    empty = ("Why, as reported", "Why, as stated")
    assert titles[0] == [each for each in SECTIONS if each not in empty] + ["Evidence"]
    assert titles[1] == [
        each for each in SECTIONS if each not in ("Not established", "Not stated", "Rejected by the check")
    ] + ["Evidence"]


def test_a_briefing_without_anything_says_so(good: Briefing) -> None:
    lists: dict[str, list[Any]] = {key: [] for key, value in good if isinstance(value, list)}
    empty = good.model_copy(update={**lists, "headline": None})
    for form in FORMATS.values():
        assert form(empty).endswith("\n")
    assert terminal(empty).startswith("No headline stood the check\n")
    assert "## Evidence" not in markdown(empty)


def test_a_day_that_is_not_resolved_says_so(good: Briefing) -> None:
    def days(start: date | None, end: date | None) -> str:
        time = Time(
            time="in May", start=start, end=end, resolved_from=None, evidence=good.what[0].evidence, verdict="verbatim"
        )
        return markdown(good.model_copy(update={"when": [time]}))

    assert "in May — day not resolved \\[" not in days(None, None)
    assert "- in May — day not resolved [S2]" in days(None, None)
    assert "- in May — 2026-05-01 to 2026-05-31 [S2]" in plain(days(date(2026, 5, 1), date(2026, 5, 31)))
    assert "- in May — 2026-05-01 [S2]" in plain(days(date(2026, 5, 1), date(2026, 5, 1)))


def test_text_keeps_to_the_width_that_it_is_given(whole: Briefing) -> None:
    for width in (40, 80):
        assert max(map(len, terminal(whole, width=width).splitlines())) <= width


def test_text_has_no_escape_codes_unless_colour_is_asked_for(good: Briefing) -> None:
    assert "\x1b" not in terminal(good)
    coloured = terminal(good, color=True, width=2000)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == terminal(good, width=2000)


# Nothing comes alive

BLANK = Briefing.model_construct(
    headline=None,
    summary=[],
    who=[],
    what=[],
    where=[],
    when=[],
    why=[],
    stated_rationale=[],
    not_stated=[],
    rejected=[],
    left_out=[],
    source=SourceRecord(
        sha256="0" * 64, name="", title=None, published=None, author=None, url=None, media_type="text/plain",
        language="en", characters=0,
    ),
    provenance=Provenance(
        tool="", model="m", model_reported=None, weights_sha256=None, prompts=[ArtifactRecord(id="p@1", sha256="")],
        schemas=[], policy=ArtifactRecord(id="check@1", sha256=""), attempts=[], usage=Usage.of([]), seconds=0,
    ),
)  # fmt: skip

HOSTILE = [
    "[click](http://evil.example)",
    "![x](http://evil.example/x.png)",
    "[x]: http://evil.example",
    "[S2]: http://evil.example",
    "[S2](http://evil.example)",
    "<http://evil.example>",
    "<a@evil.example>",
    "http://evil.example www.evil.example",
    "<script>alert(1)</script>",
    "<!-- x",
    "<img src=x onerror=alert(1)>",
    "&lt;script&gt; &#60;b&#62; &copy;",
    "# heading",
    "heading\n===",
    "heading\n---",
    "===",
    "---",
    "***",
    "___",
    "- item\n- item",
    "+ item",
    "* item",
    "1. item",
    "1) item",
    "> quoted",
    "```\ncode\n```",
    "~~~",
    "    code",
    "\tcode",
    "`code`",
    "**bold** _it_ ~~gone~~",
    "| a | b |\n|---|---|",
    "a\\",
    "a  \nb",
    "\\[click](http://evil.example)",
    "$x$",
    "\x1b]52;c;x\x07\x1b[2J\x9b2J\r\u202e\u2066\u200b\x00\x7f\u2028\U000e0041",
    "[bold]x[/bold] [link=http://evil.example]x[/link] [/foo] :smile:",
    "",
    " ",
]
OURS = {
    *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "softbreak"),
    *(
        "bullet_list_open",
        "bullet_list_close",
        "list_item_open",
        "list_item_close",
        "blockquote_open",
        "blockquote_close",
    ),
    *("strong_open", "strong_close", "em_open", "em_close"),
}


def with_text(briefing: Briefing, text: str) -> Briefing:
    """The briefing with `text` wherever text of an article, a model or a server stands."""

    def changed(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: changed(each, name) for name, each in value.items()}
        if isinstance(value, list):
            return [changed(each, key) for each in value]
        kept = {
            "verdict",
            "status",
            "part",
            "field",
            "not_stated",
            "code",
            "start",
            "end",
            "schema",
            "purpose",
            "outcome",
            "sha256",
            "id",
        }
        return (
            text
            if isinstance(value, str) and key not in kept and not re.fullmatch(r"\d{4}-\d\d-\d\d", value)
            else value
        )

    return Briefing.model_validate(changed(briefing.model_dump(mode="json", by_alias=True)))


def tokens(shown: str, preset: str = "commonmark") -> list[Token]:
    parser = MarkdownIt(preset).enable(["table", "strikethrough"])
    found = parser.parse(shown)
    return [inner for each in found for inner in (each, *(each.children or ()))]


def shape(shown: str) -> list[tuple[str, str]]:
    """What a Markdown document is made of, but for its text."""
    return [(each.type, each.tag) for each in tokens(shown) if each.type not in ("text", "text_special", "entity")]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_changes_what_a_markdown_document_is_made_of(whole: Briefing, good: Briefing, text: str) -> None:
    for briefing in (whole, good):
        shown = markdown(with_text(briefing, text))
        assert {each.type for each in tokens(shown)} - {"text_special"} <= OURS
        assert shape(shown) == shape(markdown(with_text(briefing, "word"))) or not text.strip()


@pytest.mark.parametrize("text", [each for each in HOSTILE if one_line(each)])
def test_markdown_shows_the_text_as_it_is(text: str) -> None:
    inline = next(
        each for each in MarkdownIt("commonmark").parse(f"- {escape(one_line(text))}") if each.type == "inline"
    )
    assert "".join(each.content for each in inline.children or ()) == one_line(text)


MARKS = st.sampled_from("[]()<>!#*_-+=`~|\\&:;./1) \"'@wh\n")


@given(
    text=st.text(alphabet=MARKS | st.characters(exclude_categories=["Cs"]), max_size=40),
    around=st.sampled_from(["- {}", "# {}", "- x\n  > {}", "- **S1** {}", "*x {} x*"]),
)
def test_any_text_is_only_text_in_markdown(text: str, around: str) -> None:
    assert shape(around.format(escape(one_line(text) or "x"))) == shape(around.format("x"))


@pytest.mark.parametrize(
    "address", ["http://evil.example", "HTTPS://evil.example", "ftp://evil.example", "www.evil.example"]
)
def test_a_bare_address_is_no_link_where_markdown_makes_links_of_them(good: Briefing, address: str) -> None:
    """GitHub does, beyond CommonMark."""
    linked = re.compile(r"(?:https?|ftp)://\w|www\.\w", re.IGNORECASE)
    assert linked.search(address)
    assert not linked.search(markdown(with_text(good, f"see {address} now")))


def test_the_checks_above_can_fail(good: Briefing) -> None:
    alive = "# x\n\n[a](http://b) ![i](http://j) <b> <http://c>\n\n---\n\n```\ncode\n```\n"
    assert {"link_open", "image", "html_inline", "hr", "fence"} <= {each.type for each in tokens(alive)}
    assert shape(markdown(good)) != shape(markdown(good) + "## More\n")


def control(shown: str) -> list[str]:
    return [each for each in shown if not each.isprintable() and each != "\n"]


@pytest.mark.parametrize("form", ["text", "markdown"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_control_character_gets_into_what_people_read(whole: Briefing, form: str, text: str) -> None:
    assert control(FORMATS[form](with_text(whole, text))) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_the_colours_of_a_terminal_are_all_that_it_is_told(whole: Briefing, text: str) -> None:
    shown = terminal(with_text(whole, text), color=True)
    assert control(re.sub(r"\x1b\[[0-9;]*m", "", shown)) == []


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=60))
def test_no_text_at_all_gets_a_control_character_into_a_terminal(text: str) -> None:
    claim = Claim.model_construct(text=text, evidence=[], verdict="verbatim")
    event = Event.model_construct(claim=text, status="alleged", attributed_to=text, evidence=[], verdict="verbatim")
    place = Place.model_construct(place=text, within=text, evidence=[], verdict="verbatim")
    briefing = BLANK.model_copy(update={"headline": claim, "summary": [claim], "what": [event], "where": [place]})
    for shown in (terminal(briefing), markdown(briefing)):
        assert control(shown) == []


def test_markup_of_the_terminal_library_is_shown_as_text(good: Briefing) -> None:
    shown = terminal(with_text(good, "[bold]x[/bold] [/foo] :smile:"), width=2000)
    assert "• [bold]x[/bold] [/foo] :smile: [S2]" in shown
