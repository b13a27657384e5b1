"""A long PDF to a Document: seconds, and memory of the child that parses it and of the process that asks.

    python -m benchmarks.documents [PAGES]

The file is set by fpdf2 in two columns with heads and numbers of pages, from words of its own. Each run is a process
of its own.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from fpdf import FPDF

from benchmarks.texts import words

RUNS = 5
WORDS = words(
    "the a port ferry harbour crew captain island anchor steering inspector burst examined opened closed said reported "
    "of in on at northern hydraulic passengers authority operator lifeboats maritime"
)

RUN = """
import resource, sys, time
started = time.perf_counter()
from summarizer import Source
from summarizer.document import Document
source = Source.read(sys.argv[1])
document = Document.of(source.text)
seconds = time.perf_counter() - started
unit = 1_000_000 if sys.platform == "darwin" else 1_000
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
spent = sum(each.ru_utime + each.ru_stime for each in used)
print(seconds, spent, *(each.ru_maxrss / unit for each in used), len(source.text), len(document.sentences))
"""


class Report(FPDF):
    """Pages with a head and a number at the foot."""

    def header(self) -> None:
        self.set_font("Times", size=8)
        self.text(20, 10, "The Halden Report")

    def footer(self) -> None:
        self.set_font("Times", size=8)
        self.text(100, 290, str(self.page_no()))


def report(pages: int) -> bytes:
    """A report of so many pages, two columns of five paragraphs each."""
    chosen = random.Random(1)
    made = Report(format="A4")
    made.set_auto_page_break(auto=False)
    for _ in range(pages):
        made.add_page()
        made.set_font("Times", size=10)
        for left in (15, 110):
            made.set_y(20)
            for _ in range(5):
                made.set_x(left)
                made.multi_cell(85, 4.5, " ".join(chosen.choices(WORDS, k=65)).capitalize() + ".", align="J")
                made.ln(2)
    return bytes(made.output())


def main(pages: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        path.write_bytes(report(pages))
        command = [sys.executable, "-c", RUN, str(path)]
        runs = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(RUNS)]
        rows = [[float(figure) for figure in each.split()] for each in runs]
        size = path.stat().st_size / 1_000_000
    seconds, spent, parent, child, characters, sentences = (statistics.median(each) for each in zip(*rows, strict=True))
    print(
        "| a PDF to a Document | MB | characters | sentences | seconds | of processor time | MB, child | MB, parent |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    print(
        f"| {pages} pages in two columns | {size:.1f} | {characters:,.0f} | {sentences:,.0f} | {seconds:.1f} "
        f"| {spent:.1f} | {child:.0f} | {parent:.0f} |"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
