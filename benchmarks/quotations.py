"""Quotations and who speaks them, held against people's marks.

    python -m benchmarks.quotations --data FILE_OR_FOLDER [--show N]

The data are lines of JSON with `text` and `gold.quotes`, each of which has `pieces`, `speaker`, `speaker_type`,
`quote_type` and `offset`: PolNeAR in that form, `polnear_quotes.jsonl` in a folder. A piece is found if it stands
within a quotation of ours, case aside. Its speaker is right if the last name is, be it in the name as the sentence
has it or in the fullest one; whom a pronoun stands for is not marked, so there only the share answered is given.
Beside ours: a plain pattern.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.check.speaker import Speakers
from summarizer.document import Document, Quotation
from summarizer.language.folding import fold
from summarizer.language.lexicon import lexicon

FILE = "polnear_quotes.jsonl"
TITLES = frozenset(("mr", "mrs", "ms", "dr", "jr", "sr", "ii", "iii"))
ASIDE = re.compile(r"\s*[(\[].*?[)\]]|[\"“”]")
NAME_END = re.compile(r"\s(?:who|which|and|of|at|in|on|from|for|by|with|as|to|that|[a-z]+ed)\s")
Speaker = tuple[str, ...]
"""The wordings of one speaker; none where there is no answer."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A marked piece of a quotation, and what is answered for it."""

    text: str
    gold: dict[str, Any]
    place: str
    ours: Speaker
    plain: Speaker

    def verdict(self, answer: Speaker) -> str:
        if not answer:
            return "none"
        return "right" if last_name(self.gold["speaker"]) in map(last_name, answer) else "wrong"


def last_name(speaker: str) -> str:
    """The last word of the first part that ends like a name, without possessive, titles and asides; folded."""
    parts = [NAME_END.split(part.strip(), maxsplit=1)[0] for part in ASIDE.sub("", speaker).split(",")]
    words = [[word.strip(".;:'’") for word in part.split()] for part in parts]
    words = [[word for word in part if fold(word) not in TITLES] or [""] for part in words]
    last = next((part[-1] for part in words if part[-1][:1].isupper()), words[0][-1])
    return fold(last).removesuffix("'s").rstrip("'")


def pieces(row: dict[str, Any]) -> Iterator[Piece | None]:
    """Each marked piece of an article; None for one that is in no quotation of ours."""
    document = Document.of(row["text"])
    speakers = Speakers(document, lexicon(document.language))
    folded = [fold(document.text_of(quotation)) for quotation in document.quotations]
    for gold in row["gold"]["quotes"]:
        for text in gold["pieces"]:
            holding = [q for q, words in zip(document.quotations, folded, strict=True) if fold(text) in words]
            if not holding:
                yield None
                continue
            quotation = min(holding, key=lambda each: (abs(each.span.start - gold["offset"]) > 2000, len(each.span)))
            said = speakers.of(quotation)
            ours = (said.full, said.name) if said else ()
            yield Piece(text, gold, place(document, quotation, gold["speaker"]), ours, plain(document.text, quotation))


def place(document: Document, quotation: Quotation, speaker: str) -> str:
    """Where the nearest mention of the speaker's last name outside the quotation stands."""
    first, last = quotation.sentences[0], quotation.sentences[-1]
    start, end = document.sentence(first).span.start, document.sentence(last).span.end
    text, name = document.text, last_name(speaker)
    if name in fold(text[start : quotation.span.start] + " " + text[quotation.span.end : end]):
        return "sentence"
    start, end = text.rfind("\n\n", 0, start) + 1, text.find("\n\n", end)
    around = text[start : quotation.span.start] + " " + text[quotation.span.end : end if end > 0 else len(text)]
    return "paragraph" if name in fold(around) else "beyond"


SAID = r"(?:said|says|told|added|wrote|asked|called|tweeted|argued|noted|explained|continued|recalled)"
NAMED = r"(?:[A-Z][\w.’'-]*\s)*[A-Z][\w’'-]*"
AFTER = re.compile(rf"[,.]?\s*(?:{SAID}\s(?P<after>{NAMED})|(?P<before>{NAMED})(?:,[^,]*,)?\s{SAID})")
BEFORE = re.compile(rf"(?P<name>{NAMED})(?:,[^,.]*,)?\s(?:\w+\s)?{SAID}[^.“”\"]{{0,60}}$")


def plain(text: str, quotation: Quotation) -> Speaker:
    """The baseline: a name beside a verb of saying, right after the quotation or else right before it."""
    after = AFTER.match(text[quotation.span.end : quotation.span.end + 150])
    before = BEFORE.search(text[max(quotation.span.start - 150, 0) : quotation.span.start])
    name = (after["after"] or after["before"]) if after else before["name"] if before else None
    return (name,) if name else ()


def table(title: str, found: Iterable[Piece], group: Callable[[Piece], str]) -> None:
    rows: dict[str, list[Piece]] = {}
    for piece in found:
        rows.setdefault(group(piece), []).append(piece)
    print(f"\n| {title} | pieces | right | wrong | no answer | plain: right | wrong | no answer |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for name, row in sorted(rows.items()):
        ours, other = ([piece.verdict(piece.ours) for piece in row], [piece.verdict(piece.plain) for piece in row])
        shares = [f"{count.count(key) / len(row):.1%}" for count in (ours, other) for key in ("right", "wrong", "none")]
        print(f"| {name} | {len(row)} | {' | '.join(shares)} |")


def main(data: Path, show: int) -> None:
    path = data / FILE if data.is_dir() else data
    rows = [json.loads(line) for line in path.read_bytes().split(b"\n") if line.strip()]
    started = time.perf_counter()
    marked = [piece for row in rows for piece in pieces(row)]
    seconds = time.perf_counter() - started
    found = [piece for piece in marked if piece is not None]
    named = [piece for piece in found if piece.gold["speaker_type"] == "named"]
    print(f"{len(rows)} articles; pieces found: {len(found)} of {len(marked)}, {len(found) / len(marked):.1%}")
    table("named speakers", named, lambda _: "all")
    table("named, by kind", named, lambda piece: piece.gold["quote_type"])
    table("named, by where the name stands", named, lambda piece: piece.place)
    others = [piece for piece in found if piece.gold["speaker_type"] != "named"]
    print("\n| other speakers | pieces | answered | plain: answered |\n|---|---:|---:|---:|")
    for name in sorted({piece.gold["speaker_type"] for piece in others}):
        row = [piece for piece in others if piece.gold["speaker_type"] == name]
        answered = (sum(map(bool, answers)) for answers in ([p.ours for p in row], [p.plain for p in row]))
        print(f"| {name} | {len(row)} | {' | '.join(f'{count / len(row):.1%}' for count in answered)} |")
    for piece in [each for each in named if each.verdict(each.ours) != "right"][:show]:
        print(f"\n{piece.gold['speaker']!r} ({piece.gold['cue']!r}), ours {piece.ours}\n    {piece.text[:200]}")
    print(f"\n{1000 * seconds / len(rows):.1f} ms an article", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the file of marked articles, or its folder")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N that are not right")
    given = parser.parse_args()
    main(given.data, given.show)
