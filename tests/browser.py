"""A real browser for tests of pages, where there is one: playwright's Python package and a Chromium of the system."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)

SELECT = """words => {
  const article = document.getElementById("article");
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = "";
  while (walker.nextNode()) { nodes.push([walker.currentNode, text.length]); text += walker.currentNode.data; }
  const start = text.indexOf(words);
  if (start < 0) throw new Error(`not in the article: ${words}`);
  const at = place => { const [node, from] = nodes.filter(each => each[1] <= place).pop(); return [node, place - from]; };
  const range = document.createRange();
  range.setStart(...at(start));
  range.setEnd(...at(start + words.length));
  document.getSelection().removeAllRanges();
  document.getSelection().addRange(range);
}"""


@contextmanager
def browsing() -> Iterator[Any]:
    """A browser without a window."""
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install 'summarizer[browser]'")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Any, path: Path, **known: Any) -> Iterator[Any]:
    """A page from a file, in which nothing may go wrong and from which nothing may be loaded."""
    context = browser.new_context(**known)
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: wrong.append(request.url))
    page.goto(path.as_uri())
    assert wrong.pop(0) == path.as_uri()
    yield page
    assert wrong == []
    context.close()


def select(page: Any, words: str) -> None:
    """Selects words in the article, as a hand would."""
    page.evaluate(SELECT, words)
    page.wait_for_function("words => document.getElementById('chosen').value === words", arg=" ".join(words.split()))
