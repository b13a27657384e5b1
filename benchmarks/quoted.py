"""Lies about quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from benchmarks.article import Claim
from benchmarks.names import aliases

_ENOUGH = 6
_TURNS = re.compile(r"(?:,?\s(?:but|unless|until|except)|\sif(?! not))\s")
_NO_TURN = re.compile(
    r"\b(?:as|even|and|or|only|that|because|cause|what|than|nothing|anything|all|everything|not|no|but|know|see|ask|wonder|tell|wait|like)$"
)
_NEGATION = re.compile(r"\b(?:not|never|n[’']t)\s|\b\w+n[’']t\s")


def splice(claim: Claim, random: Random) -> Claim | None:
    """Pieces of two quotations, or of one with words left out between them, as one."""
    spliced = [*_joined(claim), *_gapped(claim)]
    text = claim.article.text
    spliced = [each for each in spliced if _plain(each) not in _plain(text)]
    return claim.saying(random.choice(spliced)) if spliced else None


def _joined(claim: Claim) -> Iterator[str]:
    """This quotation and one that does not follow on it, as if they were one."""
    quotations = [each for each in claim.article.quotations if len(each.split()) >= _ENOUGH]
    here = [index for index, each in enumerate(quotations) if claim.text in each or each in claim.text]
    for index, other in enumerate(quotations):
        far = all(abs(index - each) > 1 for each in here)
        one, two = _sentence(claim.text), _sentence(other)
        if here and far and two[0].isupper() and not re.search(r"[’'”\"][.?!]$", one) and len(one.split()) >= 4:
            yield f"{one} {two}"


def _sentence(words: str) -> str:
    """The first sentence of a quotation, closed with a full stop."""
    first = re.split(r"(?<=[a-z]{2}[.!?])\s", words.strip())[0]
    return first.rstrip(" ,.;:—–-") + "." if first[-1:] not in "!?" else first


def _gapped(claim: Claim) -> Iterator[str]:
    """The quotation without a sentence, or a part between commas, out of its middle."""
    for mark in (r"(?<=[a-z]{2}[.!?])\s", r"(?<=[a-z],)\s"):
        pieces = re.split(mark, claim.text)
        for at in range(1, len(pieces) - 1):
            rest = [*pieces[:at], *pieces[at + 1 :]]
            if len(pieces[at].split()) >= 3 and len(" ".join(rest).split()) >= _ENOUGH:
                yield " ".join(rest)


def cut(claim: Claim, random: Random) -> Claim | None:
    """The quotation before its "but", or after its "not"."""
    ways = [each for each in (*_cut_before(claim.text), *_cut_after(claim.text)) if len(each.split()) >= _ENOUGH]
    whole = _plain(claim.article.text)
    ways = [each for each in ways if whole.count(_plain(each)) == 1]
    return claim.saying(random.choice(ways)) if ways else None


def _cut_before(words: str) -> Iterator[str]:
    for match in _TURNS.finditer(words):
        before = re.split(r"(?<=[.!?])\s", words[: match.start()])[-1]
        apart = before[-1:] not in ".!?:," and not re.search(
            r"\b(?:not (?:only|just)|whether|nobody|no one)\b", before, re.IGNORECASE
        )
        if apart and not _NO_TURN.search(before) and not re.match(r"\s\w+[.?!]", words[match.end() - 1 :]):
            yield before.rstrip(" ,;:—–-")


def _cut_after(words: str) -> Iterator[str]:
    for match in _NEGATION.finditer(words):
        after = re.split(r"(?<=[.!?])\s", words[match.end() :])[0]
        before = re.split(r"(?<=[.!?])\s", words[: match.start()])[-1]
        asked = after.endswith("?") or re.search(r"\b(?:if|with|when|unless)\b", before, re.IGNORECASE)
        if not asked and not re.match(r"(?:only|just|even|to|that|a|an|the|so|really|all|about|yet|any)\b", after):
            yield after.rstrip(" ,.;:—–-")


def wrong_speaker(claim: Claim, random: Random) -> Claim | None:
    """The quotation given to somebody else whom the article names."""
    if claim.speaker is None:
        return None
    speaker = re.sub(r"[’']s\b", "", claim.speaker)
    others = [each for each in claim.article.names.people if not aliases(each, speaker)]
    return replace(claim, speaker=random.choice(others)) if others else None


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.lower()))
