"""Faults 22, 23, 30, 31 and 33: bad pages, from a file to the request that a real server gets."""

from __future__ import annotations

import json
import resource
import time
from pathlib import Path
from typing import Any

import pytest
from drafts import MODEL
from fault_server import Answer, Completion, FaultServer, Received, Step
from pages import LAST, LEAD, PARAGRAPHS, SECRET, TEXT, TITLE, page

from summarizer import Briefing, Settings, Source, SourceError, Summarizer, cli, verify
from summarizer.child import Limits
from summarizer.report.html import html
from summarizer.report.markdown import markdown

DRAFT: dict[str, Any] = {
    "what": [{"event": "A ferry with 214 people on board ran aground off Velmouth.", "status": "asserted", "s": 2}],
    "who": [{"name": "coast guard", "part": "spoke", "s": 2}, {"name": "Jonas Reil", "part": "spoke", "s": 3}],
    "when": [{"s": 2, "time": "on Monday"}],
    "summary": [2],
}


@pytest.fixture
def good(server: FaultServer) -> FaultServer:
    """A server that answers with what stands the check."""

    def choose(received: Received) -> Step:
        wanted = received.body["response_format"]["json_schema"]
        empty: dict[str, Any] = {name: [] for name in wanted["schema"]["properties"]}
        return Completion(json.dumps(empty | (DRAFT if wanted["name"] == "BriefingDraft" else {})))

    server.script(Answer(choose))
    return server


def command(server: FaultServer, source: object, *options: str) -> list[str]:
    return ["brief", str(source), "--model", MODEL, "--base-url", server.base_url, *options]


def saved(folder: Path, html: str | bytes, name: str = "ferry.html") -> Path:
    path = folder / name
    path.write_bytes(html if isinstance(html, bytes) else html.encode())
    return path


def sent(server: FaultServer) -> str:
    return json.dumps([each.body for each in server.requests], ensure_ascii=False)


# from a page to a briefing


def test_a_page_is_briefed_and_its_briefing_verified(
    good: FaultServer, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path, kept = saved(tmp_path, page(f"<p hidden>{SECRET}</p>")), tmp_path / "ferry.txt"
    assert cli.run(command(good, path, "--format", "json", "--keep", str(kept))) == 0
    out, err = capfd.readouterr()
    made = Briefing.from_json(out)
    assert made.source.media_type == "text/html"
    assert (made.source.title, made.source.author) == (TITLE, "Ina Holt, Per Ask")
    assert str(made.source.published) == "2026-03-10"
    assert str(made.when[0].start) == "2026-03-09"
    assert f"hidden text left out: {len(SECRET)} characters in 1 place\n" in err
    assert made.what[0].evidence[0].text == LEAD
    for source in (Source.read(path), Source.read(kept)):
        found = verify(made, source)
        assert found.text == "same"
        found.raise_for_failures()


def test_what_the_caller_says_wins_over_the_page(
    good: FaultServer, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    options = ["--published", "2026-03-12", "--title", "Another", "--author", "Ed Itor", "--format", "json"]
    assert cli.run(command(good, saved(tmp_path, page()), *options)) == 0
    told = Briefing.from_json(capfd.readouterr().out).source
    assert (str(told.published), told.title, told.author) == ("2026-03-12", "Another", "Ed Itor")


def test_a_page_on_standard_input_is_a_page(good: FaultServer, program: Any) -> None:
    ran = program(*command(good, "-", "--format", "json"), input=page().encode())
    assert ran.returncode == 0
    assert Briefing.from_json(ran.stdout).source.media_type == "text/html"


def test_nothing_is_said_of_hidden_text_where_there_is_none(
    good: FaultServer, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(command(good, saved(tmp_path, page()))) == 0
    assert "hidden" not in capfd.readouterr().err


# 22, 23: what a page hides, and marks that a model obeys


def test_f22_what_a_page_hides_is_in_no_request(good: FaultServer, tmp_path: Path) -> None:
    with Summarizer(Settings(model=MODEL, base_url=good.base_url)) as summarizer:
        summarizer.brief(
            saved(tmp_path, page(f'<p style="font-size:0">{SECRET}</p><!-- {SECRET} --><img alt="{SECRET}">'))
        )
        assert "Odo Kell" not in sent(good)
        summarizer.brief(saved(tmp_path, page("<p>The ferry is now owned by Odo Kell, the board said.</p>")))
    assert "Odo Kell" in sent(good)


def test_f22_a_briefing_says_how_much_of_its_page_was_hidden(good: FaultServer, tmp_path: Path) -> None:
    path = saved(tmp_path, page(f"<p hidden>{SECRET}</p>"))
    with Summarizer(Settings(model=MODEL, base_url=good.base_url)) as summarizer:
        made = summarizer.brief(path)
    assert (made.source.hidden_characters, made.source.hidden_places) == (len(SECRET), 1)
    told = f"{len(SECRET)} characters that readers do not see were left out"
    assert told in markdown(made)
    assert f"and {len(SECRET)} that readers do not see" in html(made, Source.read(path))


@pytest.mark.parametrize("mark", ["<|im_start|>system", "[INST]", "</s>"])
def test_f23_a_mark_written_in_entities_is_defused_too(good: FaultServer, tmp_path: Path, mark: str) -> None:
    written = mark.replace("<", "&lt;").replace(">", "&gt;")
    with Summarizer(Settings(model=MODEL, base_url=good.base_url)) as summarizer:
        made = summarizer.brief(
            saved(tmp_path, page(f"<p>On the pier somebody had written {written} in red paint that day.</p>"))
        )
    assert mark in Source.read(made.source.name).text
    asked = good.requests[0].body["messages"][-1]["content"]
    assert "somebody had written" in asked
    assert mark not in asked.partition("somebody had written")[2]


# 30: nothing to brief


def test_f30_a_page_of_links_costs_no_request(
    good: FaultServer, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    links = "".join(f'<li><a href="/{at}">Section {at}</a></li>' for at in range(100))
    assert cli.run(command(good, saved(tmp_path, page(body=f"<ul>{links}</ul>", told=None)))) == 3
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("ERROR ")
    assert "too little for a briefing" in err
    assert "\nTIP " in err
    assert good.requests == []


# 31: bytes and what they mean

WIDE = page("<p>Zoë Bergström, a “mate” on the ferry for 14 years, said it cost 5 € to look at the light.</p>")


@pytest.mark.parametrize(
    ("encoding", "said", "found"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("utf-8-sig", "utf-8", "utf-8"),
        ("utf-8", "iso-8859-1", "utf-8"),
        ("utf-8", "no-such-thing", "utf-8"),
        ("cp1252", "utf-8", "cp1252"),
        ("cp1252", "iso-8859-1", "cp1252"),
        ("cp1252", "windows-1252", "cp1252"),
        ("iso8859-15", "iso-8859-15", "iso8859-15"),
        ("utf-16", "utf-16", "utf-16"),
        ("utf-16-le", "utf-8", "utf-16-le"),
        ("utf-32", "utf-8", "utf-32"),
    ],
)
def test_f31_a_page_is_the_same_in_every_encoding_and_under_a_wrong_label(
    tmp_path: Path, encoding: str, said: str, found: str
) -> None:
    html = WIDE.replace('charset="utf-8"', f'charset="{said}"')
    if encoding == "iso8859-15":
        html = html.replace("“", '"').replace("”", '"').replace("—", "-")
    source = Source.read(saved(tmp_path, html.encode(encoding)))
    assert "Zoë Bergström" in source.text
    assert "5 €" in source.text
    assert source.encoding == found


@pytest.mark.parametrize(
    ("encoding", "word"),
    [("shift_jis", "フェリー"), ("gb18030", "渡轮"), ("windows-1251", "паром"), ("iso2022_jp", "フェリー")],
)
def test_f31_a_page_says_its_encoding_and_so_may_its_server(encoding: str, word: str) -> None:
    html = page(f"<p>The word for it is {word}, the mate said to the men of the coast guard who asked.</p>").replace(
        "—", "-"
    )
    labelled = html.replace('charset="utf-8"', f'charset="{encoding}"').encode(encoding)
    bare = html.replace('<meta charset="utf-8">', "").encode(encoding)
    assert word in Source.from_html(labelled).text
    assert word in Source.from_html(bare, charset=encoding).text


def test_f31_a_damaged_byte_is_shown_and_costs_nothing_else(tmp_path: Path) -> None:
    source = Source.read(saved(tmp_path, WIDE.encode().replace(b" guard", b" gu\xffard")))
    assert "gu\ufffdard" in source.text
    assert "Zoë Bergström" in source.text
    assert LAST in source.text


@pytest.mark.parametrize(
    "raw",
    [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 50, page().encode() + b"\x00"],
    ids=["PNG", "NUL"],
)
def test_f31_a_binary_file_called_a_page_is_refused(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(SourceError, match="binary file"):
        Source.read(saved(tmp_path, raw))


def test_f31_control_characters_of_a_page_do_not_reach_the_text(tmp_path: Path) -> None:
    source = Source.read(
        saved(
            tmp_path,
            page("<p>The mate\x1b[2J\x08 said &#27;[31m that the light was out, and \x7fno more than that.</p>"),
        )
    )
    assert not [each for each in source.text if not each.isprintable() and each != "\n"]
    assert LAST in source.text


def test_f31_lone_surrogates_in_a_string_cost_nothing_else() -> None:
    assert (
        LAST
        in Source.from_html(page("<p>The mate \ud800 said that the light on the pier was out that night.</p>")).text
    )


# 33: bounded in time and memory

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(12))
    + "]>"
)


def tried(path: Path) -> tuple[str, str]:
    """What is said against a page, and its text; one of them is empty."""
    try:
        return "", Source.read(path).text
    except SourceError as error:
        assert error.tip  # noqa: PT017
        return error.message, ""


def peak() -> int:
    """The most memory that a child of this process ever had, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def test_f33_a_bomb_of_entities_does_not_go_off(tmp_path: Path) -> None:
    html = page("<p>&m; the mate said of the light on the pier, and went to bed again without a word.</p>")
    started = time.monotonic()
    source = Source.read(saved(tmp_path, html.replace("<!doctype html>", BOMB)))
    assert time.monotonic() - started < 30
    assert len(source.text) < 2_000


def test_f33_no_file_is_read_for_an_entity(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the password is heron")
    address = (tmp_path / "secret.txt").as_uri()
    kind = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{address}"><!ENTITY % y SYSTEM "{address}">%y;]>'
    more = f'<p>&x; the mate said of the light.</p><xi:include href="{address}" parse="text"/><iframe src="{address}"></iframe>'
    for start in (kind, f'<?xml version="1.0"?><?xml-stylesheet href="{address}"?>{kind}'):
        source = Source.read(saved(tmp_path, page(more).replace("<!doctype html>", start), "ferry.xhtml"))
        assert "heron" not in source.text
        assert LAST in source.text


@pytest.mark.parametrize("tag", ["div", "b", "table", "p"])
def test_f33_a_hundred_thousand_nested_elements_are_an_error_soon(tmp_path: Path, tag: str) -> None:
    before = f"<{tag}>" * 100_000
    started = time.monotonic()
    said, text = tried(saved(tmp_path, page(before=before)))
    assert "nested too deeply" in said or LEAD in text  # a `p` ends the one before, and nothing is nested
    assert bool(text) == (tag == "p")
    assert time.monotonic() - started < 60


@pytest.mark.parametrize("depth", [100, 400, 1_500])
def test_f33_what_is_nested_less_deeply_is_read_whole_or_refused(tmp_path: Path, depth: int) -> None:
    html = page(before="<div>" * depth)
    said, text = tried(saved(tmp_path, html))
    assert text == TEXT or (depth > 1_000 and "nested" in said)


@pytest.mark.parametrize(
    "filling",
    [
        "<p>The tug Vik pulled at the stern of the ferry for an hour, and the ferry did not move, says the log.</p>",
        '<span class="a1 b2">x</span>',
        "<!-- x -->",
        "<style>.a1{display:none}.b2{color:#fff}</style>",
    ],
    ids=["paragraphs", "elements", "comments", "style sheets"],
)
def test_f33_ten_megabytes_are_read_or_refused_within_the_limits(
    tmp_path: Path, filling: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.page.LIMITS", Limits(seconds=10, megabytes=1_500))
    html = page(filling * (10_000_000 // len(filling)))
    started = time.monotonic()
    said, text = tried(saved(tmp_path, html))
    assert LEAD in text or "more than" in said or "yields" in said
    assert time.monotonic() - started < 40
    assert peak() < 1_700_000


def test_f33_a_style_sheet_of_many_selectors_is_read_in_time(tmp_path: Path) -> None:
    rules = "".join(f".a{at % 50} .a{at % 49} > .a{at % 47}, #x{at} {{ display: none }}" for at in range(2_000))
    more = "".join(f'<i class="a{at % 50}"></i>' for at in range(5_000))
    started = time.monotonic()
    source = Source.read(saved(tmp_path, page(more, head=f"<style>{rules}</style>")))
    assert time.monotonic() - started < 30
    assert source.text.endswith("\n\n".join(PARAGRAPHS[1:]))
