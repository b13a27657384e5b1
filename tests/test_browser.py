"""The pages in a real browser: gold is marked by key and button, and articles are chosen without a script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import browsing, opened, select
from drafts import ARTICLE, DRAFT, PUBLISHED, briefed
from golds import LINE, evaluated, only

from summarizer import Briefing, Source
from summarizer.evaluation import Gold, read
from summarizer.evaluation.annotation import annotation
from summarizer.evaluation.page import page as evaluation_page
from summarizer.kind import kind_of

REASON = "nobody should work under a crane"
EVIL = "</script><script>window.evil = 1</script> ]]> {{7*7}} <img src=x onerror='window.evil = 1'> &lt;"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with browsing() as found:
        yield found


def marking(folder: Path, text: str = ARTICLE, briefing: Briefing | None = None) -> Path:
    path = folder / "gold.html"
    source = Source.from_text(text, published=PUBLISHED)
    path.write_text(annotation(source, kind_of(Briefing), briefing, identifier="halden-1"), encoding="utf-8")
    return path


def line(page: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.get_by_label("Gold").input_value())
    return found


def test_words_are_given_to_questions_by_keys(browser: Any, tmp_path: Path) -> None:
    answers: dict[str, str] = {
        "who": "The port of Halden", "what": "closed its north terminal", "where": "Norway",
        "when": "on Monday", "why": "a crane collapsed",
    }  # fmt: skip
    with opened(browser, marking(tmp_path)) as page:
        for key, words in enumerate(answers.values(), start=1):
            select(page, words)
            page.keyboard.press(str(key))
        told = line(page)
        assert sorted(page.locator("mark").all_inner_texts()) == sorted(answers.values())
    assert told == {"schema": "gold@1", "id": "halden-1", "published": PUBLISHED, "language": "en", "text": ARTICLE} | {
        "answers": {name: [words] for name, words in answers.items()}
    }
    assert Gold.model_validate(told).source.text == ARTICLE


def test_marks_may_overlap(browser: Any, tmp_path: Path) -> None:
    with opened(browser, marking(tmp_path)) as page:
        for key, words in (("1", "The port of Halden"), ("3", "Halden in Norway"), ("1", "Halden")):
            select(page, words)
            page.keyboard.press(key)
        assert line(page)["answers"] == {"who": ["The port of Halden", "Halden"], "where": ["Halden in Norway"]}
        assert page.locator("mark").all_inner_texts() == ["Halden", "The port of ", "Halden", " in Norway"]
        assert [each.get_attribute("title") for each in page.locator("mark").all()] == [
            "who", "who", "who, where", "where",
        ]  # fmt: skip


def test_a_stated_reason_gets_its_speaker_and_keys_are_letters_there(browser: Any, tmp_path: Path) -> None:
    with opened(browser, marking(tmp_path)) as page:
        select(page, REASON)
        page.keyboard.press("r")
        page.keyboard.type("Mia Berg 1r")
        assert page.get_by_label(f"speaker of {REASON}").input_value() == "Mia Berg 1r"
        assert line(page)["stated_rationale"] == [{"reason": REASON, "speaker": "Mia Berg 1r"}]
        assert "answers" not in line(page)


def test_words_can_be_written_and_given_by_button(browser: Any, tmp_path: Path) -> None:
    with opened(browser, marking(tmp_path)) as page:
        page.get_by_label("Words").fill("  Halden   in Norway ")
        page.get_by_role("button", name="where", exact=False).first.click()
        page.get_by_label("Words").fill("the harbour")
        page.get_by_role("button", name="where", exact=False).first.click()
        assert line(page)["answers"] == {"where": ["Halden in Norway", "the harbour"]}
        assert page.get_by_role("status").inner_text() == "where: the harbour (not in the article in these words)"
        assert page.locator("mark").all_inner_texts() == ["Halden in Norway"]


def test_that_the_article_does_not_say_is_an_answer(browser: Any, tmp_path: Path) -> None:
    with opened(browser, marking(tmp_path)) as page:
        assert page.get_by_text("Nothing is marked yet.").is_visible()
        assert page.get_by_role("button", name="Copy").is_disabled()
        page.locator(".field[data-name=why]").get_by_label("the article does not say").check()
        page.get_by_label("nobody gives one").check()
        page.locator("#dayless").check()
        told = line(page)
        assert (told["answers"], told["stated_rationale"], told["day"]) == ({"why": []}, [], None)
        select(page, "a crane collapsed")
        page.keyboard.press("5")
        assert line(page)["answers"] == {"why": ["a crane collapsed"]}


def test_a_mark_can_be_removed(browser: Any, tmp_path: Path) -> None:
    with opened(browser, marking(tmp_path)) as page:
        for words in ("on Monday", "in June"):
            select(page, words)
            page.keyboard.press("4")
        page.get_by_role("button", name="remove on Monday").click()
        assert line(page)["answers"] == {"when": ["in June"]}
        page.get_by_role("button", name="remove in June").click()
        assert page.get_by_label("Gold").input_value() == ""
        assert page.locator("mark").count() == 0


def test_what_a_briefing_says_counts_when_it_is_kept(browser: Any, tmp_path: Path) -> None:
    with opened(browser, marking(tmp_path, briefing=briefed())) as page:
        assert page.get_by_label("Gold").input_value() == ""
        page.get_by_role("button", name="keep port of Halden").click()
        page.get_by_role("button", name=f"keep {DRAFT['rationale'][0]['reason']}").click()
        page.get_by_role("button", name="keep 2026-03-09").click()
        told = line(page)
        assert told["answers"] == {"who": ["port of Halden"]}
        assert told["stated_rationale"] == [{"reason": DRAFT["rationale"][0]["reason"], "speaker": "Mia Berg"}]
        assert told["day"] == "2026-03-09"


def test_the_line_is_downloaded_and_copied_as_it_is_shown(browser: Any, tmp_path: Path) -> None:
    with opened(browser, marking(tmp_path), permissions=["clipboard-read", "clipboard-write"]) as page:
        select(page, "on Monday")
        page.keyboard.press("4")
        page.get_by_label("id").fill("halden/2")
        page.get_by_label("cluster").fill("halden")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download").click()
        saved = tmp_path / "saved.jsonl"
        download.value.save_as(saved)
        page.get_by_role("button", name="Copy").click()
        page.get_by_text("Copied.").wait_for()
        shown, copied = page.get_by_label("Gold").input_value(), page.evaluate("navigator.clipboard.readText()")
    assert download.value.suggested_filename == "halden_2.jsonl"
    (found,) = read(saved)
    assert (found.id, found.cluster, found.answers) == ("halden/2", "halden", {"when": ["on Monday"]})
    assert copied == f"{shown}\n" == saved.read_text(encoding="utf-8")


def test_hostile_text_runs_nothing_and_reaches_the_gold_unchanged(browser: Any, tmp_path: Path) -> None:
    text = f"{EVIL}\n\nThe \u202eport\u2066 of \U0001f6a2 Halden\u200b in Norway.\n\n{ARTICLE}"
    with opened(browser, marking(tmp_path, text)) as page:
        assert page.evaluate("window.evil") is None
        assert page.locator("script").count() == 2
        shown = page.locator("#article").inner_text()
        assert EVIL in shown
        assert "The \ufffdport\ufffd of \U0001f6a2 Halden\ufffd in Norway." in shown
        select(page, "\ufffdport\ufffd of \U0001f6a2 Halden\ufffd")
        page.keyboard.press("1")
        written = page.get_by_label("Gold").input_value()
    assert written.isprintable()
    assert json.loads(written)["answers"] == {"who": ["\u202eport\u2066 of \U0001f6a2 Halden\u200b"]}
    assert json.loads(written)["text"] == text


def test_the_policy_is_obeyed(browser: Any, tmp_path: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(marking(tmp_path).as_uri())
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.evil = 1";
          document.body.append(script);
        }"""
    )
    assert page.evaluate("window.evil") is None
    assert page.evaluate("fetch('data:,x').then(() => 'loaded', () => 'refused')") == "refused"
    context.close()


@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_is_wider_than_the_screen(browser: Any, tmp_path: Path, width: int) -> None:
    wide = only(id="x" * 300, answers={"who": ["w" * 300]})
    evaluation = tmp_path / "evaluation.html"
    evaluation.write_text(evaluation_page(evaluated(wide)), encoding="utf-8")
    for path in (evaluation, marking(tmp_path, f"{'w' * 300} {ARTICLE}")):
        with opened(browser, path, viewport={"width": width, "height": 800}) as page:
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_articles_are_chosen_by_question_and_outcome(browser: Any, tmp_path: Path) -> None:
    lines = [
        LINE,
        LINE | {"id": "2", "answers": {"who": ["Mia Berg"], "why": ["rain"]}},
        LINE | {"id": "3", "answers": {"who": ["the port of Halden"], "why": ["rain"]}},
    ]
    path = tmp_path / "evaluation.html"
    path.write_text(evaluation_page(evaluated(*lines)), encoding="utf-8")
    with opened(browser, path, java_script_enabled=False) as page:
        shown = page.locator("article:visible")
        assert shown.count() == 3
        page.get_by_role("radio", name="wrong").check()
        assert shown.count() == 2
        assert set(page.locator(".asked:visible strong").all_inner_texts()) == {"wrong"}
        page.get_by_role("radio", name="who").check()
        assert shown.count() == 1
        assert page.locator(".asked:visible dt").all_inner_texts() == ["who"]
        page.get_by_text("All articles, in the order of the gold").click()
        assert page.locator(".index a").count() == 3
