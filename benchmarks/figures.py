"""Lies about numbers and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from benchmarks.article import Claim
from benchmarks.texts import words

_WORDS = words("two three four five six seven eight nine ten eleven twelve")
_TENS = words("twenty thirty forty fifty sixty seventy eighty ninety")
MONTHS = words("January February March April May June July August September October November December")
_SHORT = words("Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.")
WEEKDAYS = words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")

_DIGITS = re.compile(r"(?<![\w.,:/#@’'–+-])[$€£]?\d+(?:,\d{3})*(?:\.\d+)?(?![\w:/’'–]|[.,]\d|-\d|(?:-|\s)[A-Z0-9])")
_MEASURES = "year|years|day|days|month|months|week|weeks|hour|hours|minute|minutes|mile|miles|member|point|foot|man"
_WORD_NUMBER = re.compile(rf"\b(?:{'|'.join([*_WORDS, *_TENS])})\b(?!-(?!(?:{_MEASURES})\b))", re.IGNORECASE)
_MONTH = rf"(?:{'|'.join([*MONTHS, *(each.replace('.', '[.]') for each in _SHORT if '.' in each)])})"
_LOWER_BOUND = re.compile(
    r"\b(?:more than|at least|over|above|exceed\w*|no fewer than|minimum of|as many as)\s\S{0,2}$", re.IGNORECASE
)
_UPPER_BOUND = re.compile(
    r"\b(?:up to|at most|less than|fewer than|under|below|nearly|almost|as few as|close to|within)\s\S{0,2}$",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:about|some|around|approximately|roughly|estimated|an average of|between)\s\S{0,2}$", re.IGNORECASE
)


def digit(claim: Claim, random: Random) -> Claim | None:
    """One number changed, enough that no "about" or "at least" covers both."""
    found = [(match, other) for match in _numbers(claim.text) if (other := _other_number(claim.text, match, random))]
    found = [(match, other) for match, other in found if not _has(claim.evidence, other)]
    if not found:
        return None
    match, other = random.choice(found)
    return claim.saying(claim.text[: match.start()] + other + claim.text[match.end() :])


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """The numbers that count or date something: no part of a name like Route 66, none of `eight to 12`."""
    for match in (*_DIGITS.finditer(text), *_WORD_NUMBER.finditer(text)):
        before, after = text[: match.start()], text[match.end() :]
        ranged = re.match(r"\s(?:to|or)\s(?:\d|[a-z]+ty\b)", after) or re.search(r"\d\s(?:to|or)\s$", before)
        terror = re.search(r"Sept(?:ember|\.)\s$", before) and match[0] == "11"
        if not (_in_name(before, after) or ranged or terror or match[0].lstrip("$€£") in ("0", "1")):
            yield match


def _in_name(before: str, after: str) -> bool:
    """Whether a capitalised word stands beside a number, and is no month and does not open the sentence."""
    last = before.split()[-1:]
    opens = len(before.split()) == 1 and last[0] in ("About", "Some", "In", "Over", "Only")
    if last and last[0][0].isupper() and not opens and not re.fullmatch(rf"{_MONTH},?", last[0]):
        return True
    follows = re.match(r"[\s-](?:percent )?[A-Z]|-\w+-|(?:st|nd|rd|th)\b", after)
    return bool(follows) and not re.match(rf"\s(?:{_MONTH}|Afghan|U\.S\.|American)", after)


def _other_number(text: str, match: re.Match[str], random: Random) -> str | None:
    before, number = text[: match.start()], match[0]
    if not number[-1].isdigit():
        return _other_word(before, number, random)
    if re.search(rf"{_MONTH}\s$", before) and len(number) <= 2:
        return random.choice([str(day) for day in range(2, 29) if abs(day - int(number)) > 1])
    if re.fullmatch(r"(?:19|20)\d\d", number) and not re.search(r"\b(?:about|some|than|least|over)\s$", before):
        return random.choice([str(int(number) + step) for step in (-4, -3, -2, 2, 3)])
    bound = _bound(before)
    places = [index for index, each in enumerate(number) if each.isdigit()]
    at = places[0] if bound else random.choice([index for index in places if number[index] != "0"] or places)
    fitting = [each for each in _fitting(int(number[at]), bound) if each or at != places[0]]
    return number[:at] + str(random.choice(fitting)) + number[at + 1 :] if fitting else None


def _bound(before: str) -> str:
    """Which way a number may not go, or else it would still be true: `at least 12` holds where `at least 13` does."""
    for name, pattern in (("lower", _LOWER_BOUND), ("upper", _UPPER_BOUND), ("vague", _VAGUE)):
        if pattern.search(before):
            return name
    return ""


def _fitting(digit: int, bound: str) -> list[int]:
    if bound == "lower":
        return [each for each in range(10) if each > digit]
    if bound == "upper":
        return [each for each in range(10) if each < digit]
    return [each for each in range(10) if each != digit and (not bound or abs(each - digit) > 1)]


def _other_word(before: str, number: str, random: Random) -> str | None:
    series = _WORDS if number.lower() in _WORDS else _TENS
    at, bound = series.index(number.lower()), _bound(before)
    if bound == "vague" or before.endswith("-"):
        return None
    near = [each for each in range(len(series)) if each != at and abs(each - at) <= 4]
    near = [each for each in near if (bound != "lower" or each > at) and (bound != "upper" or each < at)]
    if not near:
        return None
    other = series[random.choice(near)]
    return other.capitalize() if number[0].isupper() else other


_UP = {
    "million": "billion",
    "billion": "trillion",
    "thousand": "million",
    "hundreds": "thousands",
    "dozens": "hundreds",
}
_UP |= {
    "thousands": "millions",
    "tens of thousands": "tens of millions",
    "hundreds of thousands": "hundreds of millions",
}
_DOWN = {"billion": "million", "million": "thousand", "trillion": "billion"}
_MAGNITUDE = re.compile(
    r"\b(?:(?:tens|hundreds) of thousands|million|billion|trillion|thousand|hundreds|dozens|thousands)\b(?!s)"
)


def magnitude(claim: Claim, random: Random) -> Claim | None:
    """A million for a billion, or ten times as many."""
    found = [
        (match.span(), other)
        for match in _MAGNITUDE.finditer(claim.text)
        if (other := _other_magnitude(claim.text, match))
    ]
    found += [(match.span(), other) for match in _counts(claim.text) if (other := _tenfold(match[0]))]
    found = [(span, other) for span, other in found if not _has(claim.evidence, other)]
    if not found:
        return None
    (start, end), other = random.choice(found)
    return claim.saying(claim.text[:start] + other + claim.text[end:])


def _other_magnitude(text: str, match: re.Match[str]) -> str | None:
    before = text[: match.start()]
    counted = re.search(
        r"(?:\d|\b(?:a|few|several|half a|one|two|three|four|five|six|seven|eight|nine|ten|twenty))\s$", before
    )
    if match[0].endswith(("s", "ands")):
        return _UP.get(match[0]) if re.match(r"\s(?:of|more)\b", text[match.end() :]) and not counted else None
    amount = " ".join(before.split()[-1:])
    if not counted or re.search(r"[,-]$", amount):
        return None
    bound = _bound(before[: before.rstrip().rfind(" ") + 1])
    if bound == "upper":
        return _DOWN.get(match[0])
    return _UP.get(match[0]) if bound == "lower" or match[0] == "thousand" else _DOWN.get(match[0])


def _counts(text: str) -> Iterator[re.Match[str]]:
    """Whole numbers of things: no dates, no years, no shares of a hundred, no millions."""
    for match in _numbers(text):
        whole = re.fullmatch(r"[$€£]?(?:\d{2,3}|\d{1,3}(?:,\d{3})+)", match[0])
        after, before = text[match.end() :], text[: match.start()]
        dated = re.search(rf"(?:{_MONTH}|\b(?:age|aged|of))\s$", before)
        thing = re.match(r"\s[a-z]{3,}s\b|\s(?:people|men|women|children)\b", after) if match[0][0].isdigit() else True
        unit = re.match(r"\s?(?:%|percent|per cent|million|billion|trillion|degrees|years? old)|-year-old", after)
        if whole and thing and not dated and not unit and _bound(before) != "upper":
            yield match


def _tenfold(number: str) -> str | None:
    mark, digits = re.match(r"([$€£]?)(.*)", number).groups()  # type: ignore[union-attr]  # matches anything
    tenfold = int(digits.replace(",", "")) * 10
    return f"{mark}{tenfold:,}" if tenfold >= 1000 else f"{mark}{tenfold}"


_DATE_BEFORE = (
    r"(?:[Ii]n|[Ss]ince|[Uu]ntil|last|next|this|[Ee]arly|[Ll]ate|mid|[Bb]y|from|of|through|and|[Dd]uring|[Bb]etween|to)"
)


def month(claim: Claim, random: Random) -> Claim | None:
    """Another month; a "May" or a "March" only where it stands as a date."""
    dated = rf"(?:\b{_DATE_BEFORE}[\s-])?(?P<month>\b{_MONTH})(?P<after>\s\d{{1,2}}\b|,?\s\d{{4}}\b)?(?!\w)"
    found = [match for match in re.finditer(dated, claim.text) if _is_month(match)]
    if not found:
        return None
    match = random.choice(found)
    start, end = match.span("month")
    series = _SHORT if match["month"].endswith(".") else MONTHS
    late = int((match["after"] or "0").strip(", ")) in (29, 30, 31)
    others = [each for each in series if not (late and each[:3] in ("Feb", "Apr", "Jun", "Sep", "Nov"))]
    others = [each for each in others if not _has(claim.evidence, each.rstrip("."))]
    return claim.saying(claim.text[:start] + random.choice(others) + claim.text[end:])


def _is_month(match: re.Match[str]) -> bool:
    terror = match["month"].startswith("Sept") and (match["after"] or "").strip() == "11"
    return not terror and bool(match["after"] or match.start("month") > match.start())


def weekday(claim: Claim, random: Random) -> Claim | None:
    """Another day of the week; not in names like Black Friday."""
    days = "|".join(WEEKDAYS)
    usual = (
        r"(?:[Oo]n|[Ll]ast|[Nn]ext|[Ll]ate|[Ee]arly|[Bb]y|[Ss]ince|[Uu]ntil|[Tt]his|[Ff]rom|[Oo]f|said|and|or|through)"
    )
    found = [
        match
        for match in re.finditer(
            rf"\b(?P<before>[\w’'.-]+\s|^)(?P<day>{days})\b(?!\w|\s+[A-Z][a-z]+\s[A-Z])", claim.text
        )
        if re.fullmatch(usual, match["before"].strip()) or not match["before"][:1].isupper()
    ]
    if not found:
        return None
    match = random.choice(found)
    others = [each for each in WEEKDAYS if not _has(claim.evidence, each)]
    return claim.saying(claim.text[: match.start("day")] + random.choice(others) + claim.text[match.end("day") :])


def _has(text: str, words: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(words)}(?![\w])", text, re.IGNORECASE) is not None
