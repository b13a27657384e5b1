"""Items to be read by hand, without being told whose they are, and the marks of whoever read them."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.beside.judgement import Judge
from benchmarks.beside.record import Article, Item, Results
from benchmarks.beside.table import common

SEED = 20_260_311
_HEAD = """# Does the evidence say it?

Put an x into one box of each. Yes: whoever has only the evidence, and the article's title to know what it is about,
would say the same. Of which way an item is, is not told; `--marks` counts.
"""
_BLOCK = re.compile(r"^## (?P<key>[0-9a-f]{10})$(?P<body>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_MARK = re.compile(r"^- \[[xX]\] (?P<said>yes|no)\s*$", re.MULTILINE)

Known = dict[str, tuple[str, str, Item]]
"""Items by their key, each with its way and the id of its article."""


def write(results: Results, count: int, path: Path) -> None:
    """So many items of each way, the same at every run with the same results, in an order that tells nothing."""
    known = _known(results)
    chosen: list[str] = []
    for way in dict.fromkeys(way for way, _, _ in known.values()):
        keys = sorted(key for key, (of, _, _) in known.items() if of == way)
        chosen += random.Random(SEED).sample(keys, min(count, len(keys)))
    blocks = [
        _block(results.articles[article], key, item) for key in sorted(chosen) for _, article, item in [known[key]]
    ]
    path.write_text("\n".join([_HEAD, *blocks]), encoding="utf-8")


def report(results: Results, path: Path) -> None:
    """Prints what was marked, by way, and how often our check says the same.

    Raises:
        ValueError: an item has both marks, or is not of these results.
    """
    known, marks = _known(results), _marks(path.read_text(encoding="utf-8"))
    if unknown := [key for key in marks if key not in known]:
        raise ValueError(f"{path} has items that are not of {results.path}: {', '.join(unknown[:3])}.")
    print("\n| by a reader | marked | evidence says it | our check agrees | not marked |\n|---|---|---|---|---|")
    for way in dict.fromkeys(known[key][0] for key in marks):
        own = {key: said for key, said in marks.items() if known[key][0] == way}
        marked = {key: said for key, said in own.items() if said is not None}
        agreed = sum(_judge(results, known[key]) is said for key, said in marked.items())
        share = f"{sum(marked.values()) / len(marked):.0%}" if marked else "–"
        cells = [len(marked), f"{sum(marked.values())} = {share}", agreed, len(own) - len(marked)]
        print(f"| {way} | {' | '.join(map(str, cells))} |")


def _judge(results: Results, known: tuple[str, str, Item]) -> bool:
    _, article, item = known
    return Judge(results.articles[article]).supported(item)


def _known(results: Results) -> Known:
    known: Known = {}
    for way, rows in common(results).items():
        for article, row in rows.items():
            for index, item in enumerate(row.items):
                key = hashlib.sha256(f"{way}\0{article}\0{index}".encode()).hexdigest()[:10]
                known[key] = way, article, item
    return known


def _block(article: Article, key: str, item: Item) -> str:
    speaker = f" (said by {item.speaker})" if item.speaker else ""
    lines = [
        f"## {key}",
        "",
        f"Article: {article.title}",
        "",
        f"**{item.field.replace('_', ' ')}**: {item.text}{speaker}",
    ]
    lines += ["", *_evidence(Judge(article), item), "", "- [ ] yes", "- [ ] no", ""]
    return "\n".join(lines)


def _evidence(judge: Judge, item: Item) -> Iterator[str]:
    if not item.quotes:
        yield "> (none)"
    elif not (sentences := judge.sentences(item)):
        yield f"> (not in the article: {' / '.join(' '.join(each.split()) for each in item.quotes)})"
    else:
        yield "\n>\n".join(f"> {' '.join(each.split())}" for each in sentences)


def _marks(text: str) -> dict[str, bool | None]:
    """What was marked of each item; None where nothing was."""
    marks: dict[str, bool | None] = {}
    for block in _BLOCK.finditer(text):
        said = [mark["said"] for mark in _MARK.finditer(block["body"])]
        if len(said) > 1:
            raise ValueError(f"{block['key']} is marked twice.")
        marks[block["key"]] = said[0] == "yes" if said else None
    return marks
