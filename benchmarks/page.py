"""The page of a briefing: its size, the time to make it, and how soon it answers in a browser.

    python -m benchmarks.page [WORDS ...]

Each article is an example with the others behind it, over and over, until it has so many words. `dense` has, beside
the items of the example, a copy of each of them for every twentieth sentence of the article: far more than briefings
have. Times in the browser are from the start of loading to the first paint and to the end of the script, and from a
click to the next painted frame; they need playwright's package and a Chromium, else they are left out.
"""

from __future__ import annotations

import csv
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from summarizer import Briefing, Settings, Source, Summarizer
from summarizer.document import Document
from summarizer.item import Evidence
from summarizer.report.html import html
from summarizer.verification import verify

ROOT = Path(__file__).parent.parent
EXAMPLE = "resignation"
WORDS = (600, 2_000, 10_000)
RUNS = 5
HEAD = (
    *("words", "items", "KB", "ms to verify", "ms to make, all"),
    *("ms to first paint", "ms to end of script", "ms, click on item", "ms, click on sentence"),
)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FRAME = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
CLICK = (
    f"async what => {{ const at = performance.now(); document.querySelector(what).click(); return await {FRAME} - at }}"
)
LOADED = """() => {
  const [loading] = performance.getEntriesByType("navigation");
  return [performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0, loading.domContentLoadedEventEnd];
}"""


def main(sizes: list[int]) -> None:
    print(f"| {' | '.join(HEAD)} |")
    print("|---" * len(HEAD) + "|")
    with TemporaryDirectory() as folder, _browsing() as measured:
        for words in sizes:
            for dense in (False, True)[: 1 + (words == max(sizes))]:
                print(_row(Path(folder) / "page.html", words, measured, dense=dense), flush=True)


def _row(path: Path, words: int, measured: Callable[[Path], list[float]], *, dense: bool) -> str:
    source, briefing = _example(words)
    if dense:
        briefing = _dense(briefing, source)
    checking = _milliseconds(lambda: verify(briefing, source))
    making = _milliseconds(lambda: html(briefing, source))
    path.write_text(html(briefing, source), encoding="utf-8")
    cells = [
        f"{len(source.text.split()):,}",
        str(len(briefing.items)) + " (dense)" * dense,
        f"{path.stat().st_size / 1000:.0f}",
    ]
    times = [checking, making, *measured(path)]
    return f"| {' | '.join([*cells, *(f'{each:.0f}' for each in times)])} |"


def _example(words: int) -> tuple[Source, Briefing]:
    """An article of about so many words, and what a model said of its beginning."""
    with (ROOT / "examples" / "published.tsv").open(encoding="utf-8") as table:
        published = {
            row["file"].removesuffix(".txt"): row["published"] for row in csv.DictReader(table, delimiter="\t")
        }
    first = Source.read(ROOT / "examples" / f"{EXAMPLE}.txt", published=published[EXAMPLE])
    with Summarizer(Settings(cassette=ROOT / "cassettes" / "briefing@2" / f"{EXAMPLE}.json")) as summarizer:
        briefing = summarizer.brief(first)
    parts = [first.text.strip()]
    for name in cycle(sorted(published)):
        if sum(len(each.split()) for each in parts) >= words:
            break
        parts.append((ROOT / "examples" / f"{name}.txt").read_text(encoding="utf-8").strip())
    source = Source.from_text("\n\n".join(parts), published=first.published)
    record = briefing.source.model_copy(update={"sha256": source.sha256, "characters": len(source.text)})
    return source, briefing.model_copy(update={"source": record})


def _dense(briefing: Briefing, source: Source) -> Briefing:
    """The same with copies of its items all over the article."""
    document = Document.of(source.text)
    places = [
        Evidence(sentence=each.number, start=each.span.start, end=each.span.end, text=document.text_of(each))
        for each in document.sentences[::20]
    ]
    lists = {slot.name: getattr(briefing, slot.name) for slot in briefing.slots() if slot.many}
    copied = {
        name: [*items, *(each.model_copy(update={"evidence": [place]}) for place in places for each in items[:1])]
        for name, items in lists.items()
    }
    return briefing.model_copy(update=copied)


def _milliseconds(call: Callable[[], Any]) -> float:
    spent = []
    for _ in range(RUNS):
        started = time.process_time()
        call()
        spent.append((time.process_time() - started) * 1000)
    return statistics.median(spent)


@contextmanager
def _browsing() -> Iterator[Callable[[Path], list[float]]]:
    """What measures a page in a browser; nothing where there is none."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        yield lambda _: []
        return
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM)
        yield lambda path: _measured(browser, path)
        browser.close()


def _measured(browser: Any, path: Path) -> list[float]:
    rows = []
    for _ in range(RUNS):
        page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        page.goto(path.as_uri())
        page.evaluate(FRAME)
        clicks = [page.evaluate(CLICK, what) for what in ("li.item a.mark", "article .cited a.mark")]
        rows.append([*page.evaluate(LOADED), *clicks])
        page.close()
    return [statistics.median(column) for column in zip(*rows, strict=True)]


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or list(WORDS))
