"""Feeds: what is read of them, and batches of what they name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from batches import GOOD, articles, asked, briefings, failures, run, text
from conftest import Cli
from drafts import MODEL
from fault_server import FaultServer, Raw, Status
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import Site, article, atom, json_feed, rss, site

from summarizer import Settings, SourceError, feed
from summarizer.batch import Inputs, forecast
from summarizer.batch.entry import Entry

ADDRESS = "https://quay.example/news/feed"
BODY = "".join(f"<p>{each}</p>" for each in text(9).splitlines() if each)
PRIVATE = {"allow_private": True}


@pytest.fixture
def quay() -> Iterator[Site]:
    with site() as made:
        yield made


def posts(raw: bytes, address: str | None = ADDRESS) -> list[feed.Post]:
    return feed.read(raw, "the feed", address)


def of(*feeds: str | Path) -> Inputs:
    return Inputs(feeds=feeds)


# what is read


def test_rss_gives_its_entries_with_what_it_says_of_them() -> None:
    raw = rss(
        "<item><title>Port &amp;amp; &lt;b&gt;pier&lt;/b&gt; shut</title><link>/1?utm_source=rss&amp;id=3&amp;UTM_Campaign=x#top</link>"
        "<author>ina@quay.example (Ina Holt)</author><pubDate>Mon, 09 Mar 2026 23:30:00 -0500</pubDate>"
        "<guid isPermaLink='false'>q-1</guid></item>",
        "<item><link>https://other.example/2</link></item>",
        head="<language>en-GB</language>",
    )
    known = {"title": "Port & pier shut", "author": "Ina Holt", "published": "2026-03-09", "language": "en"}
    assert posts(raw) == [
        feed.Post(1, "q-1", "https://quay.example/1?id=3", "", known),
        feed.Post(2, None, "https://other.example/2", "", {"language": "en"}),
    ]


def test_rdf_gives_its_entries() -> None:
    raw = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>The Quay</title></channel>'
        b"<item><title>Port shuts</title><link>https://quay.example/1</link><dc:date>2026-03-10</dc:date>"
        b"<dc:creator>Ina Holt</dc:creator></item></rdf:RDF>"
    )
    known = {"title": "Port shuts", "author": "Ina Holt", "published": "2026-03-10"}
    assert posts(raw) == [feed.Post(1, None, "https://quay.example/1", "", known)]


def test_atom_gives_its_entries() -> None:
    raw = atom(
        '<entry><id>tag:1</id><title type="html">Port &lt;i&gt;shuts&lt;/i&gt;</title><link rel="enclosure" href="/a.mp3"/>'
        '<link href="../1"/><author><name>Ina Holt</name></author><author><name>Per Ask</name></author>'
        "<updated>2026-03-12T00:00:00Z</updated><published>2026-03-10T23:15:00-05:00</published></entry>",
        "<entry><id>tag:2</id><title>Bare</title><updated>2026-03-11T00:00:00Z</updated></entry>",
    )
    raw = raw.replace(b"<feed ", b'<feed xml:lang="de-CH" ')
    known = {"title": "Port shuts", "author": "Ina Holt, Per Ask", "published": "2026-03-10", "language": "de"}
    bare = {"title": "Bare", "published": "2026-03-11", "language": "de"}
    assert posts(raw) == [
        feed.Post(1, "tag:1", "https://quay.example/1", "", known), feed.Post(2, "tag:2", None, "", bare)
    ]  # fmt: skip


def test_a_json_feed_gives_its_entries() -> None:
    raw = json_feed(
        {"id": 7, "url": "1", "title": "Port shuts", "authors": [{"name": "Ina Holt"}], "date_published": "2026-03-10T23:15:00-05:00"},
        {"external_url": "https://other.example/2", "author": {"name": "Per Ask"}, "language": "fr"},
        {"id": "8", "title": "Told", "content_text": "All of it."},
        "none",  # type: ignore[arg-type]
        language="en-GB",
    )  # fmt: skip
    known = {"title": "Port shuts", "author": "Ina Holt", "published": "2026-03-10", "language": "en"}
    assert posts(b"\xef\xbb\xbf" + raw) == [
        feed.Post(1, "7", "https://quay.example/news/1", "", known),
        feed.Post(2, None, "https://other.example/2", "", {"author": "Per Ask", "language": "fr"}),
        feed.Post(3, "8", None, "Told\n\nAll of it.", {"title": "Told", "language": "en"}),
        feed.Post(4, None, None, "", {"language": "en"}),
    ]


@pytest.mark.parametrize("day", ["2026-13-40", "0000-00-00", "2026년 03월 10일", "10.03.2026", "soon"])
def test_what_is_no_day_is_none(day: str) -> None:
    assert posts(rss(f"<item><link>/1</link><pubDate>{day}</pubDate></item>"))[0].known == {}


@pytest.mark.parametrize("link", ["file:///etc/hosts", "javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "http://", "//[", "/etc/hosts"])  # fmt: skip
def test_what_is_no_address_of_the_web_is_no_link(link: str) -> None:
    assert posts(rss(link), None)[0].link is None


def test_a_feed_that_breaks_a_rule_of_xml_is_read_and_one_that_is_cut_is_not() -> None:
    whole = rss("<item><title>Port&nbsp;shuts</title><link>/1</link></item>")
    assert [(each.link, each.known) for each in posts(whole)] == [("https://quay.example/1", {"title": "Port shuts"})]
    with pytest.raises(SourceError, match="the feed: it is cut off or broken: "):
        posts(whole[: whole.index(b"/1</link>") + 1])


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"<!doctype html><html><body><p>The Quay</p></body></html>", "it is no feed"),
        (b"The port is shut.", "it is no feed"),
        (b"", "it is no feed"),
        (b"<note><a/></note>", "it is no feed"),
        (b"\x89PNG\r\n\x1a\n\0\0", "it is no feed"),
        (b'{"items": []}', "it is JSON, and no JSON Feed"),
        (json_feed()[:-2], "it is broken JSON"),
        (json_feed(items="none"), "it is JSON, and no JSON Feed"),
        (b'{"a":' * 100_000, "is nested too deeply"),
        (b" " * 10_000_001, "is larger than 10 MB"),
    ],
    ids=["page", "text", "nothing", "xml", "picture", "json", "cut", "other", "nested", "large"],
)
def test_what_is_no_feed_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(SourceError, match=f"the feed:? {why}"):
        posts(raw)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_that_declares_entities_is_refused(encoding: str) -> None:
    names = "abcdefghij"
    bomb = "".join(f'<!ENTITY {name} "{f"&{last};" * 10}">' for last, name in pairwise(names))
    head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">{bomb}]>'
    with pytest.raises(SourceError, match="it declares entities"):
        posts((head + "<rss version='2.0'><channel><title>&j;</title></channel></rss>").encode(encoding))
    secret = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hosts">]>'
    with pytest.raises(SourceError, match="it declares entities"):
        posts((secret + "<rss version='2.0'><channel><title>&a;</title></channel></rss>").encode(encoding))


def test_an_article_about_entities_is_none() -> None:
    (post,) = posts(rss("<item><title><![CDATA[What <!ENTITY means]]></title><link>/1</link></item>"))
    assert post.link == "https://quay.example/1"


@settings(max_examples=8)
@given(st.lists(st.tuples(st.sampled_from(["/1", "/2", "1?a=b", "?utm_x=1", "//o.example/a#b"]), st.text("ab&<", max_size=5)), max_size=4))  # fmt: skip
def test_links_are_whole_and_marks_gone(given: list[tuple[str, str]]) -> None:
    raw = json_feed(*({"url": link, "title": title} for link, title in given))
    found = posts(raw)
    assert len(found) == len(given)
    for each in found:
        assert each.link
        assert each.link.startswith("https://")
        assert not {"#", "utm_"} & {part for part in ("#", "utm_") if part in each.link}


# batches


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_the_entries_of_a_feed_are_briefed(server: FaultServer, quay: Site, tmp_path: Path, form: str) -> None:
    server.script(GOOD)
    made = {
        "rss": rss("/1", "/2"),
        "atom": atom('<entry><link href="/1"/></entry>', '<entry><link href="/2"/></entry>'),
        "json": json_feed({"url": "/1"}, {"url": "/2"}),
    }
    quay.publishes(made[form])
    outcome = run(server, of(quay.feed), tmp_path / "run", settings=PRIVATE)
    outcome.raise_for_failures()
    assert quay.received()[0].headers["accept"].startswith("application/rss+xml, ")
    assert quay.received("/1")[0].headers["accept"].startswith("text/html, ")
    assert [each["source"]["url"] for each in briefings(tmp_path / "run")] == [f"{quay.address}/1", f"{quay.address}/2"]
    assert set(asked(server)) == {1, 2}


def test_an_article_is_briefed_once_whichever_feed_and_mark_it_comes_with(
    server: FaultServer, quay: Site, tmp_path: Path
) -> None:
    server.script(GOOD)
    quay.publishes(rss("/1?utm_source=a", "/1#top", "/1"))
    quay.pages["/other"] = Raw(json_feed({"url": "/1?utm_medium=b"}), "application/feed+json")
    outcome = run(server, of(quay.feed, f"{quay.address}/other"), tmp_path / "run", settings=PRIVATE)
    assert (outcome.state.done, outcome.state.duplicates, quay.asked["/1"]) == (1, 3, 1)


def test_what_a_feed_says_counts_where_the_page_does_not(server: FaultServer, quay: Site, tmp_path: Path) -> None:
    server.script(GOOD)
    told = "<title>Otherwise</title><author>Ina Holt</author><pubDate>Mon, 09 Mar 2026 23:30:00 -0500</pubDate>"
    quay.pages["/2"] = Raw(article(2).body.replace(b' lang="en"', b""), "text/html")
    quay.publishes(
        rss(*(f"<item>{told}<link>/{number}</link></item>" for number in (1, 2)), head="<language>de</language>")
    )
    run(server, of(quay.feed), tmp_path / "run", settings=PRIVATE, known={"published": "2020-01-01", "language": "fr"})
    one, two = (each["source"] for each in briefings(tmp_path / "run"))
    assert (one["title"], one["published"]) == ("Halden Port Shuts Terminal", "2026-03-09")
    assert (one["language"], two["language"]) == ("en", "de")


def test_an_entry_without_a_link_is_briefed_from_its_content(server: FaultServer, tmp_path: Path) -> None:
    server.script(GOOD)
    full = f"<item><title>Halden Port</title><guid isPermaLink='false'>q-9</guid><content:encoded><![CDATA[{BODY}]]></content:encoded></item>"
    path = tmp_path / "feed.xml"
    for changed, name in (("", path), ("<p>Corrected at noon.</p>", tmp_path / "run" / ".." / "feed.xml")):
        path.write_bytes(rss(full.replace("]]>", changed + "]]>"), "<item><title>Bare</title></item>"))
        outcome = run(server, of(name), tmp_path / "run")
    assert (outcome.state.done, asked(server)) == (1, {9: 1})
    (made,) = briefings(tmp_path / "run")
    assert (made["source"]["title"], made["source"]["name"]) == ("Halden Port", f"{path}, entry 1")
    assert [each["message"] for each in failures(tmp_path / "run")] == ["The entry has no link and no content."]


def test_a_feed_that_fails_is_told_and_the_rest_goes_on(server: FaultServer, quay: Site, tmp_path: Path) -> None:
    server.script(GOOD)
    quay.pages["/feed"] = [Status(500), Raw(rss("/7"), "text/xml")]
    quay.pages["/empty"] = Raw(rss(), "text/xml")
    given = Inputs([articles(tmp_path / "in", 1)], feeds=(quay.feed, f"{quay.address}/empty", tmp_path / "none.xml"))
    outcome = run(server, given, tmp_path / "run", settings=PRIVATE)
    assert (outcome.state.done, outcome.state.failures) == (1, 3)
    said = [each["message"] for each in failures(tmp_path / "run")]
    assert said[0] == f"{quay.feed} answers 500 (Internal Server Error). Try again later."
    assert said[1] == f"The feed {quay.address}/empty has no entry."
    assert said[2].startswith(f"Cannot read {tmp_path}/none.xml: No such file")
    again = run(server, given, tmp_path / "run", settings=PRIVATE)
    assert (again.state.done, again.state.failures) == (2, 2)


def test_a_feed_of_a_private_address_is_refused(server: FaultServer, quay: Site, tmp_path: Path, cli: Cli) -> None:
    quay.publishes(rss("/1"))
    options = ("-o", tmp_path / "run", "--model", MODEL, "--base-url", server.base_url)
    code, out, _ = cli("batch", "--feed", quay.feed, *options)
    assert (code, quay.asked) == (26, {})
    assert "failed      1 source, such as " in out
    assert "127.0.0.1 is not on the public internet. For a page of your own network: --allow-private" in out


def test_links_of_a_feed_lead_to_no_private_address_either(server: FaultServer, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(rss("http://localhost:9/1", "http://127.0.0.1:9/1"))
    assert run(server, of(path), tmp_path / "run").state.failures == 2
    assert {each["kind"] for each in failures(tmp_path / "run")} == {"fetch"}
    assert not server.requests


def test_a_batch_of_a_feed_from_the_command_line(server: FaultServer, quay: Site, tmp_path: Path, cli: Cli) -> None:
    server.script(GOOD)
    quay.publishes(rss("/1", "/2"))
    options = ("-o", tmp_path / "run", "--model", MODEL, "--base-url", server.base_url, "--allow-private")
    assert "articles    2, 2 of them links" in cli("batch", "--feed", quay.feed, *options, "--dry-run")[1]
    code, out, _ = cli("batch", "--feed", quay.feed, *options)
    assert (code, out.splitlines()[0]) == (0, "done        2 of 2")


def test_a_forecast_knows_what_was_done(server: FaultServer, quay: Site, tmp_path: Path) -> None:
    server.script(GOOD)
    quay.publishes(rss("/1"))
    asking = Settings(model=MODEL, base_url=server.base_url, allow_private=True)
    run(server, of(quay.feed), tmp_path / "run", settings=PRIVATE)
    quay.publishes(rss("/2", "/1"))
    found = forecast(of(quay.feed), tmp_path / "run", asking)
    assert (found.articles, found.done, found.links) == (1, 1, 1)


def test_a_feed_is_not_fetched_offline(
    server: FaultServer, quay: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    monkeypatch.setenv("SUMMARIZER_OFFLINE", "1")
    options = ("-o", tmp_path / "run", "--model", MODEL, "--base-url", server.base_url, "--allow-private")
    assert cli("batch", "--feed", quay.feed, *options)[0] == 23
    assert not quay.asked


def test_an_entry_of_a_link_is_where_the_link_is() -> None:
    """So that a link that is named by itself as well is one article."""
    assert Entry.at("https://quay.example/1").place == "address:https://quay.example/1"
