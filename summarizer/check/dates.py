"""Which days a wording of time can mean, seen from the day of publication."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from summarizer.check.folding import fold
from summarizer.check.lexicon import Lexicon

_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_CLOCK = re.compile(r"\d{1,2}([:.]\d\d)?|[ap]\.?m\.?|noon|midnight")
_AGO = re.compile(r"\b(?P<unit>month|year)s? ago\b")


@dataclass(frozen=True, slots=True)
class Resolved:
    """First and last day; `anchored` where the day of publication was needed."""

    start: date
    end: date
    anchored: bool


def is_time(text: str, lexicon: Lexicon) -> bool:
    """Whether `text` says when: a weekday, month, year, or a word such as `yesterday`."""
    words = _words(text, lexicon)
    named = lexicon.words("weekdays") | lexicon.words("months") | lexicon.words("times")
    return any(word in named or _YEAR.fullmatch(word) for word in words)


def resolve(text: str, published: date | None, lexicon: Lexicon, *, future: bool = False) -> Resolved | None:
    """The days that `text` means, or None where that cannot be told for certain.

    A weekday is the last one up to the day of publication, or the next one after it where `future`, as news
    agencies write. Anything else is left to dateparser, which also says whether a month or a year is meant.
    """
    words = _words(text, lexicon)
    weekdays = [word for word in words if word in lexicon.words("weekdays")]
    if len(weekdays) == 1 and not any(character.isdigit() for word in words for character in word if ":" not in word):
        return _weekday(weekdays[0], published, lexicon, future) if published and not _qualified(words) else None
    if _unanchored(words, lexicon):
        return None
    bare = [word for word in words if word not in lexicon.words("time_modifiers")]
    return _parsed(" ".join(bare), published, lexicon, future)


def _unanchored(words: list[str], lexicon: Lexicon) -> bool:
    """`three days earlier` counts from another event, `three years` is a length, `9:50 p.m.` a time of any day."""
    known = set(words)
    if known & lexicon.words("units"):
        return not known & lexicon.words("anchors") or bool(known & lexicon.words("unanchored"))
    return all(_CLOCK.fullmatch(word) or word in lexicon.words("time_modifiers") for word in words)


def _qualified(words: list[str]) -> bool:
    """`last Tuesday`, `Tuesday of next week`: agencies differ in what they mean."""
    return bool({"last", "next"} & set(words))


def _weekday(name: str, published: date, lexicon: Lexicon, future: bool) -> Resolved:
    index = [fold(day) for day in calendar.day_name].index(name)
    if future:
        day = published + timedelta(days=(index - published.weekday() - 1) % 7 + 1)
    else:
        day = published - timedelta(days=(published.weekday() - index) % 7)
    return Resolved(day, day, anchored=True)


def _parsed(text: str, published: date | None, lexicon: Lexicon, future: bool) -> Resolved | None:
    from datetime import datetime

    from dateparser.date import DateDataParser

    base = datetime.combine(published or date(2000, 1, 1), datetime.min.time())
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "future" if future else "past"}
    parser = DateDataParser(languages=[lexicon.language], settings=settings, use_given_order=True)
    data = parser.get_date_data(text)
    if data.date_obj is None:
        return None
    anchored = not _YEAR.search(text)
    if anchored and published is None:
        return None
    vague = _AGO.search(text)
    return _interval(data.date_obj.date(), vague["unit"] if vague else data.period, anchored)


def _interval(day: date, period: str, anchored: bool) -> Resolved | None:
    match period:
        case "day" | "time":
            return Resolved(day, day, anchored)
        case "week":
            monday = day - timedelta(days=day.weekday())
            return Resolved(monday, monday + timedelta(days=6), anchored)
        case "month":
            last = calendar.monthrange(day.year, day.month)[1]
            return Resolved(day.replace(day=1), day.replace(day=last), anchored)
        case "year":
            return Resolved(date(day.year, 1, 1), date(day.year, 12, 31), anchored)
    return None


def _words(text: str, lexicon: Lexicon) -> list[str]:
    short = lexicon.map("abbreviations")
    words = re.findall(r"[\w.:']+", fold(text))
    return [short.get(word.rstrip("."), word.rstrip(".,") if word not in ("a.m.", "p.m.") else word) for word in words]
