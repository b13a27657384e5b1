"""The briefings of a run as pages, and the index that leads to them, in a file and in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from batches import GOOD, articles, asked
from browser import browsing, opened
from drafts import MODEL
from fault_server import FaultServer

from summarizer import Settings
from summarizer.batch import brief_all
from summarizer.report.index import Entry, Missing, index

EVIL = "</title><script>alert(1)</script><img src=x onerror=alert(2)>\u202eevil\x1b[31m"
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 720}}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 640}}


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        server.script(GOOD)
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with browsing() as found:
        yield found


def visible(page: Any) -> int:
    return int(page.locator("#entries > li:visible").count())


def entry(number: int, **told: Any) -> Entry:
    given: dict[str, Any] = {
        "page": f"briefings/{number:06}.html",
        "headline": f"Halden Port Shuts Terminal {number}",
        "name": f"in/{number:04}.txt",
        "published": date(2026, 3, 1 + number % 28),
        "names": ("Mia Berg", "Zürich" if number % 2 else "Sorvik"),
        "items": 9,
        "rejected": number % 3,
        "open": ("why",) if number % 2 else (),
    }
    return Entry(**(given | told))


def test_a_run_becomes_pages_and_an_index_that_leads_to_each(server: FaultServer, tmp_path: Path) -> None:
    given = articles(tmp_path / "in", 3)
    (given / "short.txt").write_text("Too short.", encoding="utf-8")
    settings = Settings(model=MODEL, base_url=server.base_url)
    outcome = brief_all([given], tmp_path / "run", settings, form="html")
    assert outcome.briefings == tmp_path / "run" / "index.html"
    page = outcome.briefings.read_text(encoding="utf-8")
    links = re.findall(r'<a href="(briefings/[^"]+)">', page)
    assert links == [f"briefings/{n:06}-{n:04}.html" for n in (1, 2, 3)]
    for number, link in enumerate(links, 1):
        assert f"It was number {number}." in (tmp_path / "run" / link).read_text(encoding="utf-8")
    assert "1 article without a briefing" in page
    assert "short.txt" in page


def test_only_pages_that_changed_are_made_anew_and_those_without_a_briefing_are_removed(
    server: FaultServer, tmp_path: Path
) -> None:
    given, folder = articles(tmp_path / "in", 3), tmp_path / "run"
    settings = Settings(model=MODEL, base_url=server.base_url)
    brief_all([given], folder, settings, form="html")
    pages = sorted((folder / "briefings").glob("*.html"))
    pages[0].write_text("changed by hand", encoding="utf-8")
    pages[1].unlink()
    (folder / "briefings" / ".pages.json").write_text(
        (folder / "briefings" / ".pages.json").read_text().replace(pages[2].name, "000009-gone.html"), encoding="utf-8"
    )
    (folder / "briefings" / "000009-gone.html").write_text("of an article that is gone", encoding="utf-8")
    brief_all([given], folder, settings, form="html")
    assert pages[0].read_text(encoding="utf-8") == "changed by hand"
    assert "It was number 2." in pages[1].read_text(encoding="utf-8")
    assert sorted((folder / "briefings").glob("*.html")) == pages
    (folder / "briefings" / ".pages.json").write_text("[", encoding="utf-8")
    brief_all([given], folder, settings, form="html")
    assert "It was number 1." in pages[0].read_text(encoding="utf-8")
    assert sum(asked(server).values()) == 3


def test_what_articles_and_errors_say_is_text() -> None:
    page = index([entry(1, headline=EVIL, name=EVIL, names=(EVIL,), open=(EVIL,))], [Missing(EVIL, "source", EVIL)])
    assert page.count("<script>") == 1
    assert "<img" not in page
    assert "\x1b" not in page
    assert "\u202e" not in page
    policy = unescape(page.partition('http-equiv="Content-Security-Policy" content="')[2].partition('"')[0])
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert re.search(r"script-src 'sha256-[^']+'; base-uri 'none'", policy)


def test_the_search_box_shows_what_has_all_words_whatever_their_case_and_accents(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    path.write_text(index([entry(n) for n in range(1, 61)], [Missing("a.txt", "source", "It is empty.")]), "utf-8")
    with opened(browser, path, **DESK) as page:
        assert visible(page) == 60
        assert not page.get_by_text("It is empty.").is_visible()
        page.get_by_role("searchbox").fill("zurich TERMINAL")
        page.get_by_text("30 of 60 shown", exact=True).wait_for()
        assert visible(page) == 30
        page.get_by_role("searchbox").fill("nothing has this")
        page.get_by_text("0 of 60 shown", exact=True).wait_for()
        assert visible(page) == 0
        page.get_by_role("searchbox").fill("")
        page.wait_for_function("() => !document.querySelector('#entries > li[hidden]')")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") in ("A", "SUMMARY")
        page.get_by_text("1 article without a briefing").click()
        assert page.get_by_text("It is empty.").is_visible()


def test_without_a_script_all_are_there_and_no_search_box(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    path.write_text(index([entry(n) for n in range(1, 4)], []), "utf-8")
    with opened(browser, path, java_script_enabled=False, **DESK) as page:
        assert page.locator("#entries > li").count() == 3
        assert not page.locator("#search").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(browser: Any, tmp_path: Path, scheme: str) -> None:
    path = tmp_path / "index.html"
    long = entry(1, name="https://quay.example/" + "a" * 300, headline="W" * 200)
    path.write_text(index([long, *(entry(n) for n in range(2, 9))], []), "utf-8")
    with opened(browser, path, color_scheme=scheme, **PHONE) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_five_thousand_are_searched_while_one_types(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    path.write_text(index([entry(n) for n in range(1, 5001)], []), "utf-8")
    assert path.stat().st_size < 4_000_000
    with opened(browser, path, **DESK) as page:
        page.get_by_role("searchbox").fill("terminal 4999")
        page.get_by_text("1 of 5,000 shown", exact=True).wait_for()
        assert page.locator("#entries > li:visible").count() == 1
