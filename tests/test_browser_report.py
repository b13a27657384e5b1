"""The page of a briefing in a real browser: from item to evidence and back, by hand and by key, with a script and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from browser import browsing, opened
from drafts import ARTICLE, DRAFT, FAILING, NO_REPAIR, PUBLISHED, briefed
from test_report_html import EVIL, hostile

from summarizer import Briefing, Source
from summarizer.report.html import html

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 720}, "reduced_motion": "reduce"}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 640}, "reduced_motion": "reduce", "has_touch": True}
BEFORE = "\n\n".join(f"Paragraph {number} tells of the weather over the fjord, which was fair." for number in range(40))
LONG = f"Halden Port Shuts Terminal\n\n{BEFORE}\n\n{ARTICLE.partition(chr(10))[2].strip()}\n\n{BEFORE}\n"
"""The same article with so much around it that its news are out of sight."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with browsing() as found:
        yield found


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a long article."""
    path = tmp_path_factory.mktemp("long") / "report.html"
    moved = {2: 42, 3: 43, 4: 44}
    draft = {key: [_moved(each, moved) for each in value] for key, value in DRAFT.items()}
    path.write_text(html(briefed(draft, article=LONG), Source.from_text(LONG, published=PUBLISHED)), encoding="utf-8")
    return path


def _moved(item: Any, numbers: dict[int, int]) -> Any:
    if isinstance(item, dict):
        return item | {"s": numbers.get(item["s"], item["s"])}
    return numbers[item]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a short article, with something rejected and something not stated."""
    return written(tmp_path_factory.mktemp("short"), briefed(FAILING | {"rationale": []}, NO_REPAIR))


def written(folder: Path, briefing: Briefing, source: Source | None = None) -> Path:
    path = folder / "report.html"
    path.write_text(html(briefing, source or Source.from_text(ARTICLE, published=PUBLISHED)), encoding="utf-8")
    return path


def in_view(page: Any, selector: str) -> bool:
    """Whether a reader sees it: it is on the screen, and nothing covers it."""
    return bool(
        page.evaluate(
            """selector => {
              const element = document.querySelector(selector);
              const { left, top, bottom } = element.getClientRects()[0];
              const there = top >= 0 && bottom <= innerHeight && document.elementFromPoint(left + 3, (top + bottom) / 2);
              return Boolean(there) && (element.contains(there) || there.contains(element));
            }""",
            selector,
        )
    )


def item(page: Any, words: str) -> Any:
    """An item by its words."""
    return page.locator("main .item").filter(has=page.locator(".text", has_text=re.compile(f"^{re.escape(words)}$")))


def touch(page: Any, selector: str) -> None:
    """A click on the first words of what may go over several lines."""
    x, y = page.evaluate(
        """selector => {
          const { left, top, height } = document.querySelector(selector).getClientRects()[0];
          return [left + 10, top + height / 2];
        }""",
        selector,
    )
    page.mouse.click(x, y)


def background(page: Any, selector: str) -> str:
    return str(page.locator(selector).first.evaluate("element => getComputedStyle(element).backgroundColor"))


# By hand


def test_a_click_on_an_item_brings_its_evidence_into_view_and_marks_it(browser: Any, long: Path) -> None:
    with opened(browser, long, **DESK) as page:
        assert not in_view(page, "#s42")
        item(page, "Halden in Norway").click()
        assert in_view(page, "#s42")
        assert page.locator("article .cited.lit").count() == 1
        assert "".join(page.locator(".exact.lit").all_inner_texts()) == "Halden in Norway"
        assert background(page, "#s42") not in (background(page, "#s43"), "rgba(0, 0, 0, 0)")
        assert background(page, ".exact.lit") != background(page, "#s42")
        assert page.get_by_role("status").inner_text() == "Evidence of “Halden in Norway”. Escape leads back."
        assert page.evaluate("scrollY") == 0  # the briefing stays where it is


def test_a_quotation_is_marked_to_the_character(browser: Any, long: Path) -> None:
    with opened(browser, long, **DESK) as page:
        page.locator("blockquote").click()
        marked = "".join(page.locator(".exact.lit").all_inner_texts())
        assert marked == '"We closed it because nobody should work under a crane that we have not inspected,"'


def test_a_click_on_a_sentence_lists_and_marks_the_items_that_rest_on_it(browser: Any, long: Path) -> None:
    with opened(browser, long, **DESK) as page:
        page.locator("#s44").scroll_into_view_if_needed()
        touch(page, "#s44")
        assert page.locator("#told").inner_text() == "1 item rests on this sentence"
        touch(page, "#s42")
        resting = page.locator("main .item.lit")
        assert page.locator("#told").inner_text() == f"{resting.count()} items rest on this sentence"
        assert [each.split("\n")[-1] for each in page.locator("#found li").all_inner_texts()] == [
            each.strip() for each in page.locator("main .item.lit .text").all_inner_texts()
        ]
        assert "port of Halden" in resting.locator(".text").all_inner_texts()
        assert all(in_view(page, f"#found li:nth-child({at}) a") for at in (1, 2, resting.count()))
        touch(page, "#s42")
        assert page.locator(".lit, .chosen").count() == 0
        assert not page.locator("#dock").is_visible()


@pytest.mark.parametrize("shape", [DESK | {"viewport": {"width": 1280, "height": 300}}, PHONE])
def test_the_list_does_not_cover_the_sentence_that_it_is_about(
    browser: Any, report: Path, shape: dict[str, Any]
) -> None:
    with opened(browser, report, **shape) as page:
        last = page.locator("article .cited").last
        last.evaluate("each => each.scrollIntoView({ block: 'end' })")
        last.locator("a.mark").click()
        assert in_view(page, "#found a")
        bottom = last.evaluate("each => each.getBoundingClientRect().bottom")
        assert bottom < page.locator("#dock").bounding_box()["y"]


def test_an_item_in_the_list_leads_to_the_item(browser: Any, long: Path) -> None:
    with opened(browser, long, **DESK | {"viewport": {"width": 1280, "height": 400}}) as page:
        page.locator("#s43").scroll_into_view_if_needed()
        page.locator("#s43 a.mark").click()
        page.locator("#found").get_by_text("Mia Berg (director):").click()
        assert in_view(page, ".item:target")
        assert page.locator(".item:target blockquote").count() == 1


def test_a_sentence_number_in_another_list_leads_to_the_evidence_too(browser: Any, long: Path) -> None:
    with opened(browser, long, **DESK) as page:
        for words, where in (("Mia Berg", ".voices"), ("on Monday", ".days")):
            mark = page.locator(f"{where} a.mark").first
            mark.scroll_into_view_if_needed()
            before = page.evaluate("scrollY")
            mark.click()
            assert in_view(page, "article .cited.lit")
            assert words in page.locator("main .item.chosen").inner_text()
            assert page.evaluate("scrollY") == before
        page.get_by_text("What rests on which sentence").click()
        page.locator("#r43 > a.mark").click()
        assert in_view(page, "#s43")
        assert page.locator(".lit, .chosen").count() == 0


def test_what_printing_unfolds_is_folded_again(browser: Any, report: Path) -> None:
    with opened(browser, report, **DESK) as page:
        for event, shut in (("beforeprint", 0), ("afterprint", 2)):
            page.evaluate("event => window.dispatchEvent(new Event(event))", event)
            assert page.locator("details:not([open])").count() == shut


def test_words_can_be_selected_to_be_copied(browser: Any, report: Path) -> None:
    with opened(browser, report, **DESK) as page:
        page.locator("#s2").dblclick(position={"x": 20, "y": 8})
        page.locator("#s2").dblclick(position={"x": 20, "y": 8})
        assert page.evaluate("String(document.getSelection()).trim()")


def test_what_was_rejected_is_folded_away_until_it_is_asked_for(browser: Any, report: Path) -> None:
    with opened(browser, report, **DESK) as page:
        refused = page.locator("#x1")
        assert not refused.is_visible()
        page.get_by_text("Rejected by the check (1)").click()
        assert refused.is_visible()
        refused.locator(".text").click()
        assert page.locator("article .lit").count() == 1


def test_the_way_back_of_the_browser_leads_to_the_item(browser: Any, long: Path) -> None:
    with opened(browser, long, **PHONE) as page:
        item(page, "on Monday").click()
        assert in_view(page, "#s42")
        page.go_back()
        page.wait_for_function("scrollY < 2000")
        assert not page.locator("#dock").is_visible()
        assert page.locator(".lit, .chosen").count() == 0


# By key


def test_everything_is_reached_and_done_by_key(browser: Any, report: Path) -> None:
    with opened(browser, report, **DESK) as page:
        press, focused = page.keyboard.press, "document.activeElement.getAttribute('href')"
        press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        press("Tab")
        assert page.evaluate(focused) == "#s1"
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        press("Tab")
        press("Enter")
        assert page.evaluate("document.activeElement.id") == "s2"
        assert page.locator("#s2.lit").count() == 1
        press("Tab")
        assert page.evaluate(focused) == "#r2"
        press("Space")
        mark = page.locator("#s2 > a.mark")
        assert (mark.get_attribute("aria-expanded"), mark.get_attribute("aria-controls")) == ("true", "dock")
        assert re.fullmatch(
            r"\d items rest on this sentence. Escape leads back.", page.get_by_role("status").inner_text()
        )
        assert page.evaluate("document.activeElement.closest('#found') !== null")
        press("Escape")
        assert page.evaluate(focused) == "#r2"
        assert mark.get_attribute("aria-expanded") == "false"
        assert page.locator(".lit, .chosen").count() == 0


def test_escape_leads_from_evidence_back_to_the_item(browser: Any, long: Path) -> None:
    with opened(browser, long, **PHONE) as page:
        link = item(page, "Halden in Norway").locator("a.mark")
        link.focus()
        page.keyboard.press("Space")
        assert in_view(page, "#s42")
        page.keyboard.press("Escape")
        assert (
            page.evaluate("document.activeElement.closest('.item').querySelector('.text').textContent")
            == "Halden in Norway"
        )
        assert item(page, "Halden in Norway").locator("a.mark").evaluate("each => each.getBoundingClientRect().top > 0")


def test_the_tab_key_goes_through_the_page_in_the_order_that_it_is_read(browser: Any, report: Path) -> None:
    with opened(browser, report, **DESK) as page:
        seen = []
        while True:
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break
            seen.append(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
            assert len(seen) < 100
        assert seen == sorted(seen)
        assert len(seen) > 15


# For a screen reader


def test_parts_are_landmarks_and_headings(browser: Any, report: Path) -> None:
    with opened(browser, report, **DESK) as page:
        assert page.get_by_role("main").count() == 1
        assert page.get_by_role("region", name="Article").count() == 1
        assert page.get_by_role("region", name="Who said what").count() == 1
        assert page.get_by_role("heading", level=1).count() == 1
        levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3')].map(each => Number(each.tagName[1]))")
        assert all(after - before <= 1 for before, after in pairwise(levels))
        marks = page.locator("article a.mark")
        assert marks.count() == page.get_by_role("region", name="Article").get_by_role("button").count()
        assert marks.nth(1).get_attribute("aria-label") == "2: 5 items rest on this sentence"


# Without a script


def test_without_a_script_links_lead_to_the_evidence_and_back(browser: Any, long: Path) -> None:
    for shape in (DESK, PHONE):
        with opened(browser, long, java_script_enabled=False, **shape) as page:
            item(page, "Halden in Norway").locator("a.mark").click()
            page.wait_for_url("**#s42")
            box = page.locator("#s42:target").bounding_box()
            assert 0 <= box["y"] <= shape["viewport"]["height"] - 20
            assert background(page, "#s42") != background(page, "#s43")
            page.locator("#s42 > a.mark").click()
            resting = page.locator("#r42")
            assert resting.is_visible()  # the browser unfolds what a link leads into
            resting.get_by_text("on Monday", exact=True).click()
            target = page.locator(".item:target")
            assert target.locator(".text").inner_text() == "on Monday"
            assert 0 <= target.bounding_box()["y"] <= shape["viewport"]["height"]
            assert not page.locator("#dock").is_visible()


# On a phone, in the dark, on paper


def test_on_a_phone_a_button_leads_back_to_the_item(browser: Any, long: Path) -> None:
    with opened(browser, long, **PHONE) as page:
        item(page, "on Monday").tap()
        assert in_view(page, "#s42")
        page.get_by_role("link", name="Back to item").tap()
        assert in_view(page, ".item:target")
        assert page.locator(".item:target .text").inner_text() == "on Monday"
        assert not page.locator("#dock").is_visible()


@pytest.mark.parametrize("width", [320, 360, 800, 1000, 1600])
def test_nothing_is_wider_than_the_screen(browser: Any, tmp_path: Path, width: int) -> None:
    text = f"{'w' * 300} {ARTICLE}"
    source = Source.from_text(
        text, published=PUBLISHED, title="t" * 300, url=f"https://{'u' * 300}.example", author="a" * 300
    )
    briefing = briefed(article=text)
    record = briefing.source.model_copy(update={"title": source.title, "url": source.url, "author": source.author})
    path = written(tmp_path, briefing.model_copy(update={"source": record}), source)
    with opened(browser, path, **DESK | {"viewport": {"width": width, "height": 800}}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.getElementById('article').scrollWidth") <= width
        item(page, "on Monday").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


CONTRAST = """() => {
  const channel = value => (value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
  const behind = element => {
    for (let each = element; each; each = each.parentElement) {
      const colour = numbers(getComputedStyle(each).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
  };
  return [...document.querySelectorAll("body *")]
    .filter(each => each.checkVisibility() && [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .map(each => {
      const [one, other] = [light(numbers(getComputedStyle(each).color)), light(behind(each))].sort((a, b) => b - a);
      return [(one + 0.05) / (other + 0.05), each.className || each.tagName];
    })
    .filter(([ratio]) => ratio < 4.5);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_what_is_behind_it(browser: Any, tmp_path: Path, scheme: str) -> None:
    briefing = briefed(FAILING, NO_REPAIR)
    wrong = briefing.model_copy(update={"where": [briefing.where[0].model_copy(update={"place": "Bergen"})]})
    with opened(browser, written(tmp_path, wrong), color_scheme=scheme, **DESK) as page:
        page.get_by_text("Rejected by the check").click()
        page.get_by_text("What rests on which sentence").click()
        for name in ("on Monday", "The terminal would reopen in June."):
            item(page, name).click()
            assert page.evaluate(CONTRAST) == []
        page.locator("#s2 > a.mark").click()
        assert page.evaluate(CONTRAST) == []


def test_it_is_dark_where_the_reader_wants_that(browser: Any, report: Path) -> None:
    def light(scheme: str) -> int:
        with opened(browser, report, color_scheme=scheme, **DESK) as page:
            return sum(map(int, re.findall(r"\d+", background(page, "body"))[:3]))

    assert light("light") > 700 > 100 > light("dark")


@pytest.mark.parametrize("scripts", [True, False])
def test_on_paper_everything_is_unfolded_and_evidence_is_numbered(browser: Any, report: Path, *, scripts: bool) -> None:
    with opened(browser, report, java_script_enabled=scripts, **DESK) as page:
        if scripts:
            item(page, "on Monday").click()
        page.emulate_media(media="print")
        assert page.locator("#x1").is_visible()
        assert page.locator("#x1").bounding_box()["height"] > 10
        assert page.locator("#r2").bounding_box()["height"] > 10
        assert not page.locator("#dock").is_visible()
        assert page.locator("article .mark").first.inner_text() == "1"
        assert item(page, "on Monday").locator(".mark").inner_text() == "S2"
        inside = "element => element.scrollHeight <= element.clientHeight + 1"
        assert page.locator("#article").evaluate(inside)  # nothing of the article is cut off
        assert page.evaluate(
            "document.querySelector('main').getBoundingClientRect().bottom <= document.getElementById('article').getBoundingClientRect().top"
        )


# Hostile text


def test_hostile_text_runs_nothing_and_is_shown(browser: Any, tmp_path: Path) -> None:
    briefing, source = hostile(briefed(DRAFT))
    with opened(browser, written(tmp_path, briefing, source), **DESK) as page:
        assert page.evaluate("typeof evil") == "undefined"
        assert page.locator("script").count() == 1
        assert page.locator("img, iframe, object, embed, link, form, base").count() == 0
        assert page.locator("a:not([href^='#'])").count() == 0
        assert EVIL in page.locator("article").inner_text()
        assert page.evaluate(
            "[...document.querySelectorAll('*')].every(e => [...e.attributes].every(a => !a.name.startsWith('on')))"
        )
        page.locator("main .item").nth(1).click()


def test_the_policy_is_obeyed(browser: Any, report: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(report.as_uri())
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.evil = 1";
          document.body.append(script);
          document.body.setAttribute("style", "margin: 77px");
        }"""
    )
    assert page.evaluate("window.evil") is None
    assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"
    assert page.evaluate("fetch('data:,x').then(() => 'loaded', () => 'refused')") == "refused"
    context.close()
