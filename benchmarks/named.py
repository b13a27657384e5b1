"""Lies about names and places, sentences made up, and sentences cited in place of others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from random import Random

from benchmarks.article import Claim, content, shares_words
from benchmarks.names import Names, aliases, parts, place_mentions
from benchmarks.texts import words
from benchmarks.wordlists import TITLES

_EDGE = r"[\w@#/’'-]"
_BEFORE_NAMES = frozenset(
    words("The A According And But When While After Before As If For Since In On At By With To From")
)


def name(claim: Claim, random: Random) -> Claim | None:
    """A person or an organisation put in another's place; half of the time, if it can be, one of the same sentence."""
    names = claim.article.names
    found = [(start, end, others) for start, end, others in _mentions(claim, names) if others]
    if not found:
        return None
    start, end, others = random.choice(found)
    near = [each for each in others if each in claim.evidence]
    far = [each for each in others if each not in claim.evidence]
    other = random.choice((near or far) if random.random() < 0.5 else (far or near))
    return claim.saying(claim.text[:start] + other + claim.text[end:])


def _mentions(claim: Claim, names: Names) -> Iterator[tuple[int, int, list[str]]]:
    """Where the claim names somebody, and which other names could stand there."""
    for person in names.people:
        last = person.split()[-1]
        for form, match in _alone(claim.text, (person, last)):
            others = [each if form == person else each.split()[-1] for each in _others(claim, person, names.people)]
            yield match.start(), match.end(), [each for each in others if each not in claim.text]
    for organisation in names.organisations:
        the = names.takes_the(organisation)
        for _, match in _alone(claim.text, (organisation,)):
            others = _others(claim, organisation, names.organisations)
            if the == bool(re.search(r"\b[Tt]he\s$", claim.text[: match.start()])):
                yield match.start(), match.end(), [each for each in others if names.takes_the(each) == the]


def _others(claim: Claim, this: str, names: Sequence[str]) -> list[str]:
    """Names that are not in the claim and cannot be other names of the same."""
    words = {word.strip(".,;:’'\"”“()").removesuffix("’s").removesuffix("'s").lower() for word in claim.text.split()}
    known = [this, *(each for each in names if each in claim.text)]
    return [each for each in names if not parts(each) & words and not any(aliases(each, other) for other in known)]


def _alone(text: str, forms: Sequence[str]) -> Iterator[tuple[str, re.Match[str]]]:
    """The mention in the first of these forms that occurs, if it is the only one and no part of a longer name."""
    for form in forms:
        if text.count(form.split()[-1]) != 1:
            return
        match = re.search(rf"(?<![(])(?<!{_EDGE}){re.escape(form)}(?![\w@#/-]|\s(?:[A-Z]|and\s[A-Z]))", text)
        if match:
            if _begins_name(text[: match.start()]):
                yield form, match
            return


def _begins_name(before: str) -> bool:
    """Whether what stands before a name is no part of it."""
    last = before.split()[-1:]
    if not last:
        return True
    if re.search(r"[A-Z]\w*\s(?:and|&|for)\s$", before):  # part of a longer name, or one of a pair
        return False
    titled = last[0].strip("“\"'(").rstrip(".").lower() in TITLES
    return titled or not last[0][0].isupper() or last[0] in _BEFORE_NAMES or last[0][-1] in ",.:;"


def place(claim: Claim, random: Random) -> Claim | None:
    """A place put for another of the same level that the cited sentence does not have."""
    level = {each.name: each.level for each in claim.article.names.places}
    swaps: list[tuple[re.Match[str], list[str]]] = []
    for match in place_mentions(claim.text):
        this = match["place"]
        others = [each for each, at in level.items() if at == level.get(this) and not _alike(this, each)]
        others = [each for each in others if each not in claim.evidence and each not in claim.text]
        if others and claim.text.count(this) == 1:
            swaps.append((match, others))
    if not swaps:
        return None
    match, others = random.choice(swaps)
    start, end = match.span("place")
    return claim.saying(claim.text[:start] + random.choice(others) + claim.text[end:])


def _alike(one: str, other: str) -> bool:
    """Whether two names may be spellings of one: `Sayed Abad`, `Sayyidabad`."""
    plain, same = (name.lower().replace(" ", "") for name in (one, other))
    return aliases(one, other) or SequenceMatcher(None, plain, same).ratio() > 0.6


_OF_PEOPLE = (
    "{} bought a vineyard on the coast with two former classmates.",
    "{} withdrew the remarks in a letter to the archbishop.",
    "{} spent eleven days in hospital after a fall from a horse.",
    "{} sold a private collection of maps to pay for the campaign.",
    "{} asked a tribunal in Geneva to seal the recordings.",
    "{} wept when the verdict was read out.",
    "{} had warned shareholders of the fraud in a memo.",
    "{} will leave the post at the end of the year to teach music.",
)
_OF_ORGANISATIONS = (
    "The {} closed its archive after a burst pipe flooded the cellar.",
    "The {} fired four accountants over forged receipts.",
    "The {} moved its headquarters to a converted brewery.",
    "Hackers stole payroll records from the {}.",
    "The {} paid for a statue that was never delivered.",
)
_OF_PLACES = (
    "A landslide buried the main bridge in {}.",
    "Teachers in {} went on strike over unpaid pensions.",
    "Customs officers in {} seized a shipment of counterfeit medicine.",
    "An earthquake cut off the water supply in {}.",
)


def invent(claim: Claim, random: Random) -> Claim | None:
    """A sentence that the article says nothing of, about somebody or some place that it names."""
    names = claim.article.names
    made = [template.format(each) for each in names.people for template in _OF_PEOPLE]
    made += [
        template.format(each) for each in names.organisations if names.takes_the(each) for template in _OF_ORGANISATIONS
    ]
    made += [template.format(each.name) for each in names.places for template in _OF_PLACES]
    return claim.saying(random.choice(made)) if made else None


def other_sentence(claim: Claim, random: Random) -> Claim | None:
    """The claim as it is, citing a sentence near the right one that says something else."""
    if claim.cited is None or len(claim.article.document.sentences) < 5:  # in a short text all of it may be evidence
        return None
    near = [
        each.number
        for each in claim.article.document.sentences
        if 1 <= abs(each.number - claim.cited) <= 4
        and not each.title
        and len(content(claim.article.sentence(each.number))) >= 4
        and not shares_words(claim, each.number)
    ]
    return replace(claim, cited=random.choice(near)) if near else None
