"""Everything that is not the model: start-up against bare Python, and a briefing's own work by step.

python -m benchmarks.overhead [ARTICLE PUBLISHED CASSETTE]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from summarizer import Settings, Source, Summarizer
from summarizer.briefing import Briefing
from summarizer.check import checker
from summarizer.document import Document
from summarizer.kind import kind_of
from summarizer.model import grammar
from summarizer.prompt import Prompt
from summarizer.report import FORMATS
from summarizer.view import View

ROOT = Path(__file__).parent.parent


def main(article: Path, published: str, cassette: Path) -> None:
    _start_up()
    _steps(article, published, cassette)
    _replay(article, published, cassette)


def _start_up() -> None:
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "summarizer --version": [sys.executable, "-m", "summarizer", "--version"],
        "summarizer --help": [sys.executable, "-m", "summarizer", "--help"],
        "summarizer brief --help": [sys.executable, "-m", "summarizer", "brief", "--help"],
    }
    print("| command | ms | times bare Python |\n|---|---|---|")
    rows: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(15):
        for name, command in commands.items():
            rows[name].append(_timed(partial(subprocess.run, command, check=True, capture_output=True)))
    bare = rows["python -c pass"]
    for name, seconds in rows.items():
        ratio = statistics.median(mine / other for mine, other in zip(seconds, bare, strict=True))
        print(f"| {name} | {statistics.median(seconds) * 1000:.0f} | {ratio:.1f} |")


def _steps(article: Path, published: str, cassette: Path) -> None:
    """The work of one briefing, step by step, on what the cassette holds of the model."""
    source = Source.read(article, published=published)
    with Summarizer(Settings(cassette=cassette)) as summarizer:
        briefing = summarizer.brief(source)
    document = Document.of(source.text)
    prompt = Prompt.load("briefing")
    schema = kind_of(Briefing).draft.model_json_schema()
    draft = _recorded_draft(cassette)
    steps: dict[str, Callable[[], Any]] = {
        "source": lambda: Source.read(article),
        "document": lambda: Document.of(source.text),
        "prompt": lambda: prompt.render(article=View.of(document).text()),
        "grammar": lambda: grammar.lower(schema, View.of(document, source.published)),
        "check": lambda: checker(document, source).check(draft),
        "report, text": lambda: FORMATS["text"](briefing),
        "report, json": lambda: FORMATS["json"](briefing),
    }
    print(f"\n{article.name}: {article.stat().st_size} bytes\n\n| step | ms, first | ms, median |\n|---|---|---|")
    totals = [0.0, 0.0]
    for name, step in steps.items():
        runs = [_timed(step) * 1000 for _ in range(15)]
        totals = [totals[0] + runs[0], totals[1] + statistics.median(runs)]
        print(f"| {name} | {runs[0]:.1f} | {statistics.median(runs):.1f} |")
    print(f"| all | {totals[0]:.1f} | {totals[1]:.1f} |")


def _replay(article: Path, published: str, cassette: Path) -> None:
    command = [sys.executable, "-m", "summarizer", "brief", str(article), "--published", published]
    command += ["--cassette", str(cassette), "-f", "json"]
    seconds = [_timed(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(5)]
    print(f"\na whole run from a cassette, process start included: {statistics.median(seconds):.2f} s")


def _recorded_draft(cassette: Path) -> BaseModel:
    from summarizer import cassette as cassettes

    first = cassettes.read(cassette).interactions[0].response.body
    return kind_of(Briefing).draft.model_validate_json(first["choices"][0]["message"]["content"])


def _timed(call: Callable[[], Any]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


if __name__ == "__main__":
    article, published, cassette = sys.argv[1:] or [
        str(ROOT / "examples" / "strike.txt"),
        "2026-03-11",
        str(ROOT / "cassettes" / "briefing@2" / "strike.json"),
    ]
    main(Path(article), published, Path(cassette))
