"""True claims: our own articles and their recorded briefings, sets that people annotated, and paraphrases."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from benchmarks import verbs
from benchmarks.article import Article, Claim
from benchmarks.texts import outside_quotations
from summarizer import Briefing, SummarizerError, brief
from summarizer.item import Item

ROOT = Path(__file__).parent.parent
PAIRS = ROOT / "benchmarks" / "pairs"
"""Evidence and honest paraphrases of it, or lies about it, in the order in which they were written. Each set was
written without sight of the check, run once, and only then looked into."""

PARAPHRASED = "paraphrases"
_A_TEXT = 8
_FEWEST, _MOST = 6, 45
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z .'’-]{2,}(?:,[^—–\n]{1,40}?)?(?:\s\([^)]{1,30}\))?"  # KABUL, Afghanistan (Sept. 2) -
    r"|[A-Z][\w ,.'’-]{2,40}\s\([A-Z][^)]{3,12}\d\))\s*(?:—|–|―|--?)\s*"
)
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|said|says|did|does|do)\b")
_NO_SENTENCE = re.compile(
    r"^(?:Image|Photo|File|Read|Follow|Correction|Updated?|Related|Click|Watch|Note)\b|^\w+day,\s\w+\s\d|https?:|@|\n"
)
_OPENING_DATE = re.compile(
    r"^(?:On|In|Last|Late|Early|Earlier)\s(?:[\w.]+\s){0,2}?(?:\w+day|week|month|year|today|(?:19|20)\d\d|[A-Z]\w+\s\d{1,2}),\s"
    r"(?=[\w“])(?!\d{4})"
)
_TRAILING = re.compile(r",\s(?:after|when|which|who|where|while|whose|including)\s[^“”\"]*\.$")
_TOLD = re.compile(r"\b(?:said|says|according|told|report|reported|alleg|added|denied|confirmed|announced)")
_SUBORDINATE = re.compile(
    r"^(?:If|When|While|Although|Though|After|As|Because|Since|Once|Before|Until|Unless|Despite|With|Asked)\b"
)

T = TypeVar("T")


def own() -> Iterator[Claim]:
    """The sentences of examples/, and what the recorded briefings of them say."""
    with (ROOT / "examples" / "published.tsv").open(encoding="utf-8", newline="") as table:
        published = {row["file"]: row["published"] for row in csv.DictReader(table, delimiter="\t")}
    for path in sorted((ROOT / "examples").glob("*.txt")):
        article = Article(path.read_text(encoding="utf-8"), published[path.name])
        yield from _of_sentences(article, "examples", most=1000)
        cassette = ROOT / "cassettes" / "briefing@2" / f"{path.stem}.json"
        try:
            yield from _of_briefing(article, brief(path, cassette=cassette, published=published[path.name]))
        except SummarizerError:  # recorded for another prompt: nothing to replay
            print(f"(no briefing of {path.name}: its cassette does not fit)", file=sys.stderr)


def _of_briefing(article: Article, briefing: Briefing) -> Iterator[Claim]:
    said: list[tuple[str, Item]] = [(each.text, each) for each in briefing.summary]
    said += [(briefing.headline.text, briefing.headline)] if briefing.headline else []
    said += [(each.claim, each) for each in briefing.what] + [(each.cause, each) for each in briefing.why]
    for text, item in dict(said).items():
        yield Claim(text, article, "briefings", item.evidence[0].sentence)
    for each in briefing.stated_rationale:
        if each.quotation:
            words = each.quotation.text.strip("“”\"'")
            yield Claim(words, article, "briefings, quoted", None, quoted=True, speaker=each.speaker)


def gold(folder: Path) -> Iterator[Claim]:
    """The claims of the annotated sets in a folder."""
    for name in ("gum_wikinews", "isaf_press", "polnear_quotes"):
        for row in _read(folder / f"{name}.jsonl"):
            article = Article(row["text"], row["date"])
            yield from _of_sentences(article, name)
            yield from _of_quotations(article, row["gold"].get("quotes", []))
    for row in _read(folder / "cliff.jsonl"):
        if row["gold"]["label"] == 1:
            yield Claim(row["claim"].strip(), Article(row["source"]), "cliff (summaries)")


def paraphrases() -> Iterator[Claim]:
    for path in sorted(PAIRS.glob("paraphrases-*.jsonl")):
        for row in _read(path):
            yield Claim(row["paraphrase"], Article(row["evidence"]), path.stem.replace("-", " "), 1)


def written_lies() -> Iterator[tuple[str, Claim]]:
    """Lies that a person wrote, each with its kind."""
    for row in (row for path in sorted(PAIRS.glob("lies-*.jsonl")) for row in _read(path)):
        yield row["kind"], Claim(row["lie"], Article(row["evidence"]), "written lies", 1)


def _read(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a file, cut at `\\n` alone: texts hold other ends of lines."""
    if path.exists():
        yield from (json.loads(line) for line in path.read_bytes().split(b"\n") if line.strip())


def _of_sentences(article: Article, group: str, most: int = _A_TEXT) -> Iterator[Claim]:
    """Sentences of the article spread over it, each whole, or without what can be left out where that is safe."""
    fit = [
        each.number for each in article.document.sentences if not each.title and declares(article.sentence(each.number))
    ]
    for number in _spread(fit, most):
        sentence = _DATELINE.sub("", article.sentence(number))
        yield Claim(sentence, article, group, number)
        if (short := shortened(sentence)) != sentence:
            yield Claim(short, article, f"{group}, shortened", number)


def declares(sentence: str) -> bool:
    """Whether a sentence is a whole one that says that something is so."""
    words = sentence.split()
    plain = outside_quotations(sentence)
    whole = sentence[0].isupper() or sentence[0] in '“"'
    balanced = (
        sentence.count("“") == sentence.count("”")
        and sentence.count('"') % 2 == 0
        and sentence.count("(") == sentence.count(")")
    )
    verb = _AUXILIARY.search(plain) or any(verbs.of_past(word.strip(",.")) for word in plain.split())
    usual = _FEWEST <= len(words) <= _MOST and re.search(r"[a-z\d%)](?:\.|\.[”\"])$", sentence)
    return bool(whole and balanced and verb and usual) and not _NO_SENTENCE.search(sentence)


def shortened(sentence: str) -> str:
    """The sentence without its opening date and without a last clause, where what is left is whole and still true."""
    short = _OPENING_DATE.sub("", sentence, count=1)
    short = short[:1].upper() + short[1:]
    trailing = _TRAILING.search(short)
    if trailing and not _SUBORDINATE.match(short) and not _TOLD.search(trailing[0]):
        main = short[: trailing.start()] + "."
        commas = "," in main or "," in trailing[0][1:]  # the clause may end before the sentence does
        short = main if not commas and declares(main) and not re.search(r"\bif\b", trailing[0]) else short
    return short


def _of_quotations(article: Article, quotations: Sequence[dict[str, Any]]) -> Iterator[Claim]:
    pieces = [
        (piece, speaker)
        for quotation in quotations
        if quotation["speaker_type"] == "named" and (speaker := _name(quotation["speaker"]))
        for piece in quotation["pieces"]
        if len(piece.split()) >= 4 and "\n" not in piece
    ]
    for words, speaker in _spread(pieces, _A_TEXT):
        yield Claim(words, article, "polnear, quoted", None, quoted=True, speaker=speaker)


def _name(speaker: str) -> str:
    """The name in what people marked as the speaker: `Tor Lind, a baker who saw it`, `Rep. Mia Berg (R-Fla.)`."""
    name = re.split(r",|\s\(|\s(?:who|which|and|of|from)\s|[’']s\b(?!\s[A-Z])", speaker)[0].strip()
    return name if name.split()[-1:] and name.split()[-1][0].isupper() else ""


def _spread(things: Sequence[T], most: int) -> list[T]:
    if len(things) <= most:
        return list(things)
    return [things[index * len(things) // most] for index in range(most)]
