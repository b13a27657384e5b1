"""Pages: what of them is the text, what they say of themselves, and what they hide."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pages import LAST, LEAD, PARAGRAPHS, QUOTED, SECRET, TEXT, TITLE, TOLD, page

from summarizer import Source, SourceError
from summarizer.page.extraction import extract
from summarizer.summarize import as_source


def read(html: str, **known: Any) -> Source:
    """In this process: what a child does to a page, without the time that it takes to start one."""
    found = extract(html.encode(), known.pop("url", None))
    return Source.from_text(
        found["text"],
        title=found["title"],
        author=found["author"],
        published=found["published"],
        language=found["language"],
        url=found["url"],
    )


def hidden(html: str) -> tuple[int, int]:
    found = extract(html.encode())
    characters, places = found["hidden"]
    return characters, places


# the way in


def test_an_html_file_is_read_as_its_article(tmp_path: Path) -> None:
    path = tmp_path / "ferry.html"
    path.write_text(page(), encoding="utf-8")
    source = Source.read(path)
    assert source.text == TEXT
    assert source.media_type == "text/html"
    assert source.name == str(path)
    assert source.encoding == "utf-8"


@pytest.mark.parametrize(
    "start", ["", "\n  ", "\ufeff", "<!-- saved -->\n", '<?xml version="1.0" encoding="utf-8"?>\n']
)
def test_a_page_is_known_by_how_it_begins_whatever_it_is_called(tmp_path: Path, start: str) -> None:
    path = tmp_path / "ferry"
    path.write_text(start + page(), encoding="utf-8")
    assert Source.read(path).text == TEXT


def test_a_page_in_a_string_is_a_page_and_a_text_on_pages_is_a_text() -> None:
    assert as_source(page()).text == TEXT
    assert as_source(page().replace("<body>", "<body>\n")).text == TEXT
    text = f"The tag\n<html> begins a page, says a handbook. {LEAD}"
    assert as_source(text).text == text


def test_a_text_file_about_markup_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(f"{LEAD} <p hidden>{SECRET}</p>", encoding="utf-8")
    assert SECRET in Source.read(path).text


# what it says of itself


def test_structured_data_fills_what_the_caller_did_not_give() -> None:
    source = Source.from_html(page(head='<link rel="canonical" href="/ferry">'), address="https://quay.example/x?utm=1")
    assert source.title == TITLE
    assert source.author == "Ina Holt, Per Ask"
    assert source.published == date(2026, 3, 10)
    assert source.language == "en"
    assert source.url == "https://quay.example/ferry"


def test_the_caller_wins() -> None:
    source = Source.from_html(
        page(), title="Another", author="Ed Itor", published="2026-03-12", language="de", url="https://x.example/"
    )
    told = (source.title, source.author, source.published, source.language, source.url)
    assert told == ("Another", "Ed Itor", date(2026, 3, 12), "de", "https://x.example/")


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta property="article:published_time" content="2026-03-09T23:30:00-05:00">', date(2026, 3, 9)),
        ('<meta name="date" content="20260309">', date(2026, 3, 9)),
        ('<meta itemprop="datePublished" content="2026-03-09">', date(2026, 3, 9)),
    ],
)
def test_a_day_is_taken_as_it_stands_there(head: str, day: date) -> None:
    assert read(page(told=None, head=head)).published == day


@pytest.mark.parametrize(
    "line", ['<p class="date">Written: 2026-03-09 15:03</p>', '<time datetime="2026-03-09">Monday</time>']
)
def test_a_day_that_readers_are_shown_is_read(line: str) -> None:
    assert read(page(line, told=None)).published == date(2026, 3, 9)


def test_structured_data_counts_before_meta_elements() -> None:
    head = '<meta property="article:published_time" content="2020-01-01"><meta name="author" content="Site Editor">'
    source = read(page(head=head, more="<p>By Ina Holt and Per Ask</p>"))
    assert (source.published, source.author) == (date(2026, 3, 10), "Ina Holt, Per Ask")


def test_authors_whom_readers_are_shown_count_before_whoever_filed_it() -> None:
    told = TOLD | {"author": {"@type": "Person", "name": "Uplo Ader"}}
    head = '<meta name="author" content="Ina Holt">'
    assert read(page(told=told, head=head, more='<p class="byline">By Ina Holt</p>')).author == "Ina Holt"


def test_an_author_told_by_reference_is_found() -> None:
    person = {"@type": "Person", "@id": "#ina", "name": "Ina Holt"}
    told = {"@graph": [TOLD | {"author": {"@id": "#ina"}}, person]}
    assert read(page(told=told)).author == "Ina Holt"


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ('<p class="byline">By Ina Holt</p>', "Ina Holt"),
        ('<a rel="author" href="/ina">Ina Holt</a>', "Ina Holt"),
        ('<div class="author-name">Ina Holt and Per Ask</div>', "Ina Holt, Per Ask"),
        ("<address>By <b>Ina Holt</b></address>", "Ina Holt"),
        ('<div class="comment"><a rel="author" href="/t">Troll Ett</a></div>', None),
        ('<p class="byline">By admin</p>', None),
    ],
)
def test_a_byline_is_read_and_readers_are_no_authors(byline: str, author: str | None) -> None:
    assert read(page(byline, told=None)).author == author


@pytest.mark.parametrize(
    "broken", ["{", "[]", "null", '{"@type": 3}', "[" * 5_000, '{"@type": "NewsArticle", "author": [[1]]}']
)
def test_structured_data_that_is_none_costs_nothing(broken: str) -> None:
    source = read(page(told=None, head=f'<script type="application/ld+json">{broken}</script>'))
    assert source.text == TEXT


def test_the_title_is_the_heading_that_the_page_speaks_of() -> None:
    body = f"<h1>The Quay</h1><article><h1>{TITLE}</h1>{''.join(f'<p>{each}</p>' for each in PARAGRAPHS)}</article>"
    source = read(page(body=body, head='<meta property="og:site_name" content="The Quay">'))
    assert source.title == TITLE
    assert source.text.startswith(f"{TITLE}\n\n{LEAD}")


def test_a_title_that_no_reader_sees_is_no_line_of_the_text() -> None:
    """A headline for machines alone would be evidence that nobody can look up."""
    told = TOLD | {"headline": SECRET}
    body = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
    source = read(page(body=f"<article>{body}</article>", told=told))
    assert SECRET not in source.text
    assert source.text.endswith("\n\n".join(PARAGRAPHS))


def test_a_site_behind_a_title_is_left_off() -> None:
    body = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
    assert read(page(body=f"<article>{body}</article>", told=None)).title == TITLE


@pytest.mark.parametrize(("lang", "code"), [("de-AT", "de"), ("FR", "fr"), ("", "en"), ("deutsch", "en")])
def test_the_language_is_the_page_s_else_english(lang: str, code: str) -> None:
    assert read(page(told=TOLD | {"inLanguage": None}, lang=lang)).language == code


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "ftp://x.example/", "https://user:pw@x.example/", "//", "http://["]
)
def test_an_address_that_is_none_of_the_web_is_not_taken(link: str) -> None:
    assert read(page(head=f'<link rel="canonical" href="{link}">'), url="https://quay.example/f").url == (
        "https://quay.example/f"
    )


# what is not shown

HIDDEN = {
    "attribute": f"<p hidden>{SECRET}</p>",
    "display": f'<p style="display:none">{SECRET}</p>',
    "important": f'<p style="DISPLAY : None !important;">{SECRET}</p>',
    "comment in css": f'<p style="dis/**/play:none;display/* x */:/* y */none">{SECRET}</p>',
    "escape in css": f'<p style="d\\69splay:n\\6f ne">{SECRET}</p>',
    "visibility": f'<div style="visibility:hidden"><p>{SECRET}</p></div>',
    "opacity": f'<p style="opacity:0.0">{SECRET}</p>',
    "small": f'<span style="font-size:0">{SECRET}</span>',
    "tiny": f'<span style="font-size:1px">{SECRET}</span>',
    "short font": f'<span style="font:0/0 serif">{SECRET}</span>',
    "off to the left": f'<div style="position:absolute;left:-9999px">{SECRET}</div>',
    "indented away": f'<p style="text-indent:-9999px">{SECRET}</p>',
    "clipped": f'<span style="position:absolute;clip:rect(0 0 0 0)">{SECRET}</span>',
    "clipped path": f'<span style="clip-path:inset(50%)">{SECRET}</span>',
    "scaled": f'<p style="transform:scale(0)">{SECRET}</p>',
    "no height": f'<div style="height:0;overflow:hidden">{SECRET}</div>',
    "white": f'<p style="color:#fff">{SECRET}</p>',
    "white on white": f'<div style="background:#ffffff"><p style="color:rgb(254, 254, 254)">{SECRET}</p></div>',
    "black on black": f'<div style="background-color:#111"><p style="color:black">{SECRET}</p></div>',
    "transparent": f'<p style="color:transparent">{SECRET}</p>',
    "font element": f'<font color="white">{SECRET}</font>',
    "template": f"<template><p>{SECRET}</p></template>",
    "noscript": f"<noscript><p>{SECRET}</p></noscript>",
    "dialog": f"<dialog><p>{SECRET}</p></dialog>",
    "comment": f"<!-- {SECRET} -->",
    "markup in a comment": f"<!-- <p>{SECRET}</p> -->",
    "alt": f'<img src="x.jpg" alt="{SECRET}">',
    "title": f'<a href="/x" title="{SECRET}"></a>',
    "class": f"<style>.x9 {{ display: none }}</style><p class='y x9'>{SECRET}</p>",
    "id": f"<style>p#away{{visibility:hidden}}</style><p id=away>{SECRET}</p>",
    "nested selector": f"<style>article > div.box p {{ opacity: 0 }}</style><div class=box><p>{SECRET}</p></div>",
    "screen": f"<style>@media screen {{ .x9 {{ font-size: 0px }} }}</style><p class=x9>{SECRET}</p>",
    "class in white": f"<style>.x9{{color:white}}</style><p class=x9>{SECRET}</p>",
    "list of selectors": f"<style>h9, .x9, b{{left:-5000px;position:fixed}}</style><p class=x9>{SECRET}</p>",
}


@pytest.mark.parametrize("carrier", HIDDEN.values(), ids=HIDDEN)
def test_f22_what_readers_do_not_see_is_left_out_and_counted(carrier: str) -> None:
    found = extract(page(carrier).encode())
    assert found["text"] == TEXT
    assert found["hidden"] == (len(SECRET), 1)


SHOWN = {
    "plain": f"<p>{SECRET}</p>",
    "won by a later rule": f"<style>.a{{display:none}} .a.b{{display:block}}</style><p class='a b'>{SECRET}</p>",
    "won by an attribute": f"<style>.a{{display:none}}</style><p class=a style='display:block'>{SECRET}</p>",
    "won by importance": f"<style>.a{{display:block!important}}</style><p class=a style='display:none'>{SECRET}</p>",
    "hidden on paper": f"<style>@media print {{ .a {{ display:none }} }}</style><p class=a>{SECRET}</p>",
    "hidden on phones": f"<style>@media (max-width: 600px) {{ .a{{display:none}} }}</style><p class=a>{SECRET}</p>",
    "an animation's start": f"<style>@keyframes in {{ from {{ opacity: 0 }} }}</style><p class=from>{SECRET}</p>",
    "another class": f"<style>.b{{display:none}}</style><p class=a>{SECRET}</p>",
    "a pseudo-element": f"<style>.a::before{{display:none}}</style><p class=a>{SECRET}</p>",
    "white on black": f'<div style="background:black"><p style="color:white">{SECRET}</p></div>',
    "white on a picture": f'<div style="background:url(x.jpg)"><p style="color:white">{SECRET}</p></div>',
    "half transparent": f'<p style="opacity:.6">{SECRET}</p>',
    "room for an anchor": f'<h2 style="margin-top:-150px;padding-top:150px">{SECRET}</h2>',
    "a column of a layout": f'<div style="float:left;margin-left:-100%"><p>{SECRET}</p></div>',
    "centred": f'<div style="position:absolute;top:50%;transform:translate(-50%,-100%)"><p>{SECRET}</p></div>',
    "a little to the left": f'<p style="margin-left:-12px">{SECRET}</p>',
    "left without a place": f'<p style="left:-9999px">{SECRET}</p>',
    "small height that shows": f'<p style="height:0">{SECRET}</p>',
    "aria-hidden": f'<p aria-hidden="true">{SECRET}</p>',
}


@pytest.mark.parametrize("carrier", SHOWN.values(), ids=SHOWN)
def test_what_readers_do_see_stays(carrier: str) -> None:
    found = extract(page(carrier).encode())
    assert SECRET in found["text"]
    assert found["hidden"] == (0, 0)


def test_what_is_hidden_within_something_hidden_counts_once() -> None:
    assert hidden(page(f'<div hidden>{SECRET}<p style="display:none">{SECRET}</p></div>')) == (2 * len(SECRET) + 1, 1)


def test_places_are_counted_one_by_one_and_a_few_words_are_not() -> None:
    assert hidden(page(f"<p hidden>{SECRET}</p><!-- {SECRET} --><span hidden>Menu</span>")) == (2 * len(SECRET), 2)


def test_script_and_style_are_no_text() -> None:
    script = f"<script>let secret = '{SECRET}'</script><style>/* {SECRET} */</style>"
    assert hidden(page(f"<div hidden>{script}</div>{script}")) == (0, 0)


def test_letters_that_no_font_shows_are_left_out_and_flags_stay() -> None:
    smuggled = "".join(chr(0xE0000 + ord(letter)) for letter in "obey")
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    found = extract(
        page(f"<p>The mate wore {flag} on his cap that day{smuggled}, which the crew took for luck.</p>").encode()
    )
    assert f"wore {flag} on his cap that day, which" in found["text"]
    assert found["hidden"] == (4, 1)


def test_words_on_both_sides_of_something_hidden_do_not_grow_together() -> None:
    more = f"<p>The mate saw<span hidden>{SECRET}</span>nothing of the pier before the ferry was upon it, he said.</p>"
    assert "The mate saw nothing of the pier" in extract(page(more).encode())["text"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([each for name, each in HIDDEN.items() if name != "nested selector"]),
    st.sampled_from(["div", "section", "span", "b"]),
    st.integers(1, 6),
)
def test_no_wrapping_brings_hidden_text_back(carrier: str, tag: str, depth: int) -> None:
    wrapped = f"<{tag}>" * depth + carrier + f"</{tag}>" * depth
    assert SECRET not in extract(page(wrapped).encode())["text"]


# what is around an article


@pytest.mark.parametrize(
    "furniture",
    [
        "<p>Image caption The ferry at its pier</p>",
        "<figure><img src=x.jpg><figcaption>Getty Images</figcaption></figure>",
        "<p>Getty Images</p>",
        "<p>Jo Lens/Reuters</p>",
        "<p>Share this article</p>",
        "<p>Sign up for our newsletter and get the news of the sea every day.</p>",
        "<p>Read more: Five ferries that came back</p>",
        "<p>Related: Five ferries that came back</p>",
        "<p>Advertisement</p>",
        "<p>Follow us on every network that there is</p>",
        '<div class="comments"><h3>Comments</h3><p>I was on board of this ferry and it was a scandal, I tell you.</p></div>',
        '<ul class="share-buttons"><li>Facebook</li><li>Twitter</li></ul>',
    ],
)
def test_furniture_is_no_text(furniture: str) -> None:
    assert read(page(furniture)).text == TEXT


@pytest.mark.parametrize(
    "sentence",
    [
        "Related charges against the owner of the ferry were dropped by the court in Velmouth a year ago.",
        "Images of the light, taken on Friday by a fisherman, show that it was out, the harbour board said.",
        "Reuters first reported on Sunday that the cable had been cut by the storm and not been mended.",
        "Share prices of the company that owns the ferry fell by a tenth on Tuesday, to 14 crowns.",
        "Watch officers on the pier had gone home by then, according to two of them, who gave no names.",
    ],
)
def test_a_sentence_that_begins_like_furniture_is_text(sentence: str) -> None:
    assert sentence in read(page(f"<p>{sentence}</p>")).text


def test_paragraphs_lists_tables_and_line_breaks_are_lines_of_their_own() -> None:
    more = (
        "<ul><li>The ferry sailed at nine in the evening, an hour late.</li><li>It struck the bank at ten.</li></ul>"
        "<p>The mate wrote this in the log:<br>No light seen from the bridge at ten.</p>"
    )
    text = read(page(more)).text
    assert "an hour late.\n\nIt struck the bank at ten.\n\nThe mate wrote this in the log:\nNo light seen" in text


def test_entities_are_characters() -> None:
    assert "Müller & Söhne <said> “no”\u00a0" not in read(page()).text
    more = "<p>M&uuml;ller &amp; S&#246;hne, who built the ferry in 1998, said &ldquo;no&rdquo; to every question on it.</p>"
    assert "Müller & Söhne, who built the ferry in 1998, said “no” to every question on it." in read(page(more)).text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.text(
            st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="<>&"),
            max_size=60,
        ),
        max_size=6,
    )
)
def test_every_text_of_a_page_is_a_source_and_stays_the_same_when_read_again(parts: list[str]) -> None:
    text = extract(page("".join(f"<p>The mate said {each}, and no more.</p>" for each in parts)).encode())["text"]
    source = Source.from_text(text)
    assert Source.from_text(source.text).sha256 == source.sha256
    assert LEAD in source.text
    assert LAST in source.text
    assert not re.search(r"\n{3,}|[ \t]\n|\n[ \t]", source.text)


# little and nothing


def test_f30_a_page_of_navigation_is_an_error() -> None:
    links = "".join(f'<li><a href="/{at}">Section {at} of the paper</a></li>' for at in range(200))
    with pytest.raises(SourceError, match="too little for a briefing") as caught:
        Source.from_html(page(body=f"<ul>{links}</ul>", told=None))
    assert caught.value.tip


@pytest.mark.parametrize(
    "body", ["", "<p>Port shuts.</p>", f"<p hidden>{SECRET * 9}</p>", "<script>document.write('x')</script>"]
)
def test_f30_a_page_without_an_article_is_an_error(body: str) -> None:
    with pytest.raises(SourceError, match="too little"):
        Source.from_html(page(body=body, told=None))


def test_f30_an_error_tells_what_is_hidden() -> None:
    with pytest.raises(SourceError, match=f"{len(SECRET)} more are hidden"):
        Source.from_html(page(body=f"<p hidden>{SECRET}</p>", told=None))


@pytest.mark.parametrize("html", ["", " ", "\ufeff", "<html></html>", "<!doctype html>"])
def test_f30_an_empty_page_is_an_error(html: str) -> None:
    with pytest.raises(SourceError):
        Source.from_html(html)


def test_f33_text_that_the_extraction_loses_is_brought_back() -> None:
    """Many short boxes with a paragraph each look like teasers; together they are what the page has."""
    boxes = [
        f"In the {at}th hour the tug Vik pulled at the stern, and the ferry moved by {at} metres, the log says."
        for at in range(1, 41)
    ]
    html = page(
        body="".join(
            f'<div class="teaser"><a href="/{at}"><img></a><p>{each}</p></div>' for at, each in enumerate(boxes)
        ),
        told=None,
    )
    text = read(html).text
    assert sum(each in text for each in boxes) >= 30


@pytest.mark.parametrize("paragraph", [LEAD, QUOTED])
def test_f33_repeated_paragraphs_do_not_silence_a_page(paragraph: str) -> None:
    assert paragraph in read(page(f"<p>{paragraph}</p>" * 30)).text


def test_the_record_of_a_page_is_the_same_in_a_child(tmp_path: Path) -> None:
    path = tmp_path / "ferry.html"
    path.write_text(page(f"<p hidden>{SECRET}</p>"), encoding="utf-8")
    source, known = Source.read(path), extract(page(f"<p hidden>{SECRET}</p>").encode())
    assert (source.text, source.hidden_characters, source.hidden_places) == (known["text"], len(SECRET), 1)
    assert json.dumps(known)
