"""Sentences that report nothing: they tell a machine what to write, or stand where no reader sees them.

What an article orders is no evidence, even though its text has the words; what it reports about orders is. So
the form counts: an imperative about the answer, an address to a machine, a mark that a chat template or a
page's code would have. What people are quoted with is theirs, unless the quotation itself turns to the
machine that reads it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache

from summarizer.document import Document, Quotation, Span
from summarizer.language.folding import fold
from summarizer.language.lexicon import Lexicon, lexicon

_LINE = r"(?:(?<=\n)|\A)[^\S\n]*[\"'“”]?"
_ENDED = r"(?<=[.!?:\"”])\s?"
_ROLE = r"(?:system|user|assistant|developer|instructions?|inst|sys|tool|prompt|admin)"
_MARK = re.compile(
    rf"(?:{_LINE}|{_ENDED})(?:<\|\s*\w+\s*\|>|\[/?INST\]|<</?SYS>>)"
    rf"|{_LINE}[\[<{{(]+\s*[/#]?{_ROLE}(?:[ _-](?:prompt|message|note|override|instructions?))?\s*[\]>}})]+"
    rf"|{_LINE}</?(?:article|document|text|input|data|context|query|untrusted)>"
    rf"|{_LINE}\s?[}}\]][ }}\],]*[}}\]]",
    re.IGNORECASE,
)
"""What would end the article or open a turn, if a program read the text as its own."""

_TAG = re.compile(
    r"(?P<comment><!--)|(?P<over>-->)|[<\[](?P<end>/?)(?P<name>[A-Za-z][\w-]{0,30})(?P<rest>[^<>\[\]]{0,500})[>\]]"
)
_UNSEEN = frozenset({"script", "style", "template", "noscript", "object", "iframe"})
_STYLED_AWAY = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*0(?![.\d]*[1-9])"
    r"|\bhidden\b|aria-hidden\s*=\s*.?true",
    re.IGNORECASE,
)

Finder = Callable[[str], re.Match[str] | None]

_FARTHEST = 3000
"""What tags enclose is an instruction up to this length; beyond it, it is the article, and must not be lost."""
_READ = 1000
"""Characters of a sentence that are looked at: an order comes first, and no text may cost more than its length."""


def instructions(document: Document, lexicon: Lexicon) -> frozenset[int]:
    """The numbers of the sentences that instruct the machine that reads them, or that a reader does not see.

    In a language without lists only marks and hidden text are found. Takes time linear in the text.
    """
    told = set(_worded(document, lexicon))
    for span in _unquoted(document, (Span(*match.span()) for match in _MARK.finditer(document.text))):
        told |= _sentences(document, span)
    for span, hidden in _elements(document.text):
        inside = _sentences(document, span)
        if hidden or inside & told:
            told |= inside
    return frozenset(told)


def screened(document: Document) -> Document:
    """The document with its instructing sentences marked as such; itself where that has been done."""
    if document.screened:
        return document
    told = instructions(document, lexicon(document.language))
    sentences = tuple(replace(each, instructs=each.number in told) for each in document.sentences)
    return replace(document, sentences=sentences if told else document.sentences, screened=True)


def _worded(document: Document, lexicon: Lexicon) -> Iterator[int]:
    """The sentences that instruct by their words: their own, or those of a quotation that turns to a machine."""
    orders, addresses = _compiled(lexicon)
    quoted: dict[int, list[Quotation]] = defaultdict(list)
    for each in document.quotations:
        for number in each.sentences if each.parent is None else ():
            quoted[number].append(each)
    for sentence in document.sentences:
        own, others = _parts(document, sentence.span, quoted[sentence.number])
        if _any(orders, [own]) or _any(addresses, [own, *others]):
            yield sentence.number


def _parts(document: Document, span: Span, quotations: Iterable[Quotation]) -> tuple[str, list[str]]:
    """A sentence with a mere pair of marks for each of its quotations, and the quotations; folded."""
    own, others, at = "", [], span.start
    for each in quotations:
        inner = Span(max(each.inner.start, span.start), min(each.inner.end, span.end))
        own += document.text[at : max(each.span.start, span.start)] + '""'
        others.append(fold(inner.of(document.text)[:_READ]))
        at = min(each.span.end, span.end)
    return fold((own + document.text[at : span.end])[:_READ]), others


def _any(finders: Iterable[Finder], texts: Iterable[str]) -> bool:
    return any(find(text) for text in texts for find in finders)


def _elements(text: str) -> Iterator[tuple[Span, bool]]:
    """What stands between a tag and its end, and the tags that have none; and whether a page would hide it."""
    opened: dict[str, re.Match[str]] = {}
    for match in _TAG.finditer(text):
        name = "!--" if match["comment"] or match["over"] else match["name"].lower()
        if not (match["end"] or match["over"]):
            opened[name] = match
        elif (start := opened.pop(name, None)) and match.end() - start.start() <= _FARTHEST:
            yield Span(start.start(), match.end()), _hides(start)
        elif start:
            opened[f"{name} {start.start()}"] = start
    yield from ((Span(*start.span()), True) for start in opened.values() if _hides(start))


def _hides(tag: re.Match[str]) -> bool:
    if tag["comment"]:
        return True
    return tag[0][0] == "<" and (tag["name"].lower() in _UNSEEN or bool(_STYLED_AWAY.search(tag["rest"])))


def _unquoted(document: Document, spans: Iterable[Span]) -> Iterator[Span]:
    """Those that nobody is quoted with."""
    outermost = [each.span for each in document.quotations if each.parent is None]
    for span in spans:
        before = bisect_right(outermost, span) - 1
        if before < 0 or not outermost[before].contains(span):
            yield span


def _sentences(document: Document, span: Span) -> set[int]:
    """The numbers of the sentences that a span has characters of."""
    first = bisect_right(document.sentences, span.start, key=lambda each: each.span.end)
    last = bisect_right(document.sentences, span.end - 1, key=lambda each: each.span.start)
    return set(range(first + 1, last + 1))


@cache
def _compiled(lexicon: Lexicon) -> tuple[list[Finder], list[Finder]]:
    """What finds the patterns of a language: for what nobody is quoted with, and for quotations too."""
    parts = lexicon.map("instruction_parts")

    def filled(pattern: str) -> Finder:
        compiled = re.compile(re.sub(r"\{(\w*[a-z]\w*)\}", lambda slot: f"(?:{parts[slot[1]]})", pattern))
        return compiled.match if _is_for_start(pattern) else compiled.search

    return [*map(filled, lexicon.patterns("instructions"))], [*map(filled, lexicon.patterns("addresses"))]


def _is_for_start(pattern: str) -> bool:
    """Whether a pattern can only be found where a text begins: none of its alternatives is without the `^`."""
    depth = 0
    for part in re.findall(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", pattern):
        depth += (part == "(") - (part == ")")
        if part == "|" and depth == 0:
            return False
    return pattern.startswith("^")
