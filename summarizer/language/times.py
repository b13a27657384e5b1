"""How a text says when, and which days that can mean, seen from the day of publication."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from summarizer.language.folding import fold
from summarizer.language.lexicon import MOST_WORDS, Lexicon

_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_DAY = re.compile(r"[0-3]?\d(?P<ending>[^\W\d_]*)")
_SHORT = 4
"""Letters of what stands in capitals anywhere: `P.M.`, `NOON`."""
_DATE = re.compile(r"\.?\s\d")
_LISTS = ("weekdays", "months", "times", "units", "anchors", "unanchored", "time_modifiers", "articles", "zones")


@dataclass(frozen=True, slots=True)
class Resolved:
    """First and last day; `anchored` where the day of publication was needed."""

    start: date
    end: date
    anchored: bool


def expressions(text: str, lexicon: Lexicon) -> Iterator[str]:
    """The wordings of time in a text, as long as they go: `late on Tuesday`, `three days earlier`, `in May 2024`.

    Lengths of time (`22 years of service`) are none.
    """
    known = _vocabulary(lexicon)
    run: list[_Wording] = []
    in_capitals = text.isupper()
    for match in known.word.finditer(text):
        plain = known.plain(match[0])
        if plain in known.naming and not in_capitals and match[0].isupper() and len(plain) > _SHORT:
            plain = None  # `USA TODAY` is a name
        if run and (plain is None or _apart(text, run[-1][0], match, known)):
            if found := _trimmed(text, run, known):
                yield found
            run = []
        if plain is not None:
            run.append((match, plain))
    if run and (found := _trimmed(text, run, known)):
        yield found


BEFORE, AFTER = timedelta(6), timedelta(3)
"""How far from its publication a report's news is: a week's edition tells of the week."""


def near(text: str, published: date | None, lexicon: Lexicon) -> bool:
    """Whether a wording of time names a day around that of publication, or a time of day."""
    if any(_is_clock(word, lexicon) for word in _words(text, lexicon)):
        return True
    if published is None:
        return False
    found = (resolve(text, published, lexicon, future=ahead) for ahead in (False, True))
    return any(each and each.start == each.end and -BEFORE <= each.start - published <= AFTER for each in found)


def may_be_near(text: str, published: date | None, lexicon: Lexicon) -> bool:
    """Whether a wording of time is not one of a far day, as far as can be told, and not `since 1908`."""
    words = _words(text, lexicon)
    if set(words) & _open_ended(words, lexicon):
        return False
    return published is None or near(text, published, lexicon) or resolve(text, published, lexicon) is None


def is_time(text: str, lexicon: Lexicon) -> bool:
    """Whether `text` holds a wording of time."""
    return any(expressions(text, lexicon))


_Wording = tuple[re.Match[str], str]
"""A word where it stands, and expanded."""


class _Vocabulary:
    """What a language knows of the words for times, its lists put together once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        # Words, and parts of a time of day with stops in them: `p.m.`
        stopped = (re.escape(word) for word in sorted(lexicon.words("clock")) if "." in word)
        self.word = re.compile("|".join([*stopped, r"[\w:]+(?:[.'’]\w+)*"]))
        self.after_days = lexicon.words("after_days")
        self.months = lexicon.words("months")
        self.weekdays = lexicon.words("weekdays")
        self.zones = lexicon.words("zones")
        self.abbreviations = lexicon.map("abbreviations")
        loose = lexicon.words("time_modifiers", "articles") - lexicon.words("unanchored")
        self.loose_at_end = loose | lexicon.words("left_hanging")
        self.naming = lexicon.words("weekdays", "months", "times")
        self.units = lexicon.words("units")
        self.counting_from = lexicon.words("anchors", "unanchored")
        self.verbs_too = lexicon.words("verbs_too")
        self.day_openers = lexicon.words("day_openers")
        self.counted = lexicon.words("units", "months", "clock")
        self._clock = [re.compile(pattern) for pattern in lexicon.patterns("clock_patterns")]
        self._in_lists = lexicon.words(*_LISTS)
        self._plain: dict[str, str | None] = {}

    def plain(self, word: str) -> str | None:
        """A word as it stands in a text, expanded; None where it can be no part of a wording of time."""
        plain = self._plain.get(word, "")
        if plain == "":  # not looked at yet
            if len(self._plain) >= MOST_WORDS:
                self._plain.clear()
            expanded = _expanded(word, self.lexicon)
            verb = word.islower() and fold(word) in self.verbs_too  # `that may`, `she sat`
            self._plain[word] = plain = expanded if self._belongs(expanded) and not verb else None
        return plain

    def _belongs(self, plain: str) -> bool:
        if plain[:1].isdigit():
            return bool(_YEAR.fullmatch(plain) or self.tells_clock(plain) or self._is_day(plain))
        return plain in self._in_lists or self.lexicon.word(plain).value is not None

    def _is_day(self, word: str) -> bool:
        day = _DAY.fullmatch(word)
        return day is not None and (not day["ending"] or day["ending"] in self.lexicon.words("day_endings"))

    def tells_clock(self, word: str) -> bool:
        """Whether a word is a time of day, or a part of one."""
        return any(pattern.fullmatch(word) for pattern in self._clock)

    def tells_hour(self, word: str) -> bool:
        """Whether a word is a time of day all by itself: `9:50`, `6.10am`."""
        return ":" in word or (self.tells_clock(word) and word[:1].isdigit() and not word[-1:].isdigit())

    def counts(self, word: str) -> bool:
        """Whether a word is a number, and neither a year nor a time of day."""
        return self.lexicon.word(word).value is not None or (
            word[:1].isdigit() and not _YEAR.fullmatch(word) and not self.tells_hour(word)
        )


@cache
def _vocabulary(lexicon: Lexicon) -> _Vocabulary:
    return _Vocabulary(lexicon)


def _apart(text: str, last: re.Match[str], match: re.Match[str], known: _Vocabulary) -> bool:
    """Whether more than a blank, the comma of a date or the stop of `Jan.` or `14. Mai` lies between two words."""
    between = text[last.end() : match.start()].strip()
    if between == ",":
        return not (match[0][:1].isdigit() or _names_month_after_day(text, last, match, known))
    if between in known.after_days and _DAY.fullmatch(last[0]):
        return _expanded(match[0], known.lexicon) not in known.months
    return between != "" and not (between == "." and fold(last[0]) in known.abbreviations)


def _names_month_after_day(text: str, last: re.Match[str], match: re.Match[str], known: _Vocabulary) -> bool:
    """The comma of `Sunday, Nov. 13`."""
    day = _expanded(last[0], known.lexicon) in known.weekdays
    return day and _expanded(match[0], known.lexicon) in known.months and bool(_DATE.match(text, match.end()))


def _trimmed(text: str, run: list[_Wording], known: _Vocabulary) -> str | None:
    """A run of words that says when, without what hangs loose at its ends; None where it says no time."""
    while run and run[-1][1] in known.loose_at_end:
        run = run[:-1]
    while len(run) > 1 and known.counts(run[0][1]) and not (run[1][1] in known.counted or known.counts(run[1][1])):
        run = run[1:]
    while len(run) > 2 and run[0][1] in known.units and run[1][1] in known.day_openers:  # `rush hour on Tuesday`
        run = run[1:]
    while run and run[0][1] in known.zones:
        run = run[1:]
    words = [plain for _, plain in run]
    named = not known.naming.isdisjoint(words)
    counted = not (known.units.isdisjoint(words) or known.counting_from.isdisjoint(words))
    dated = any(_YEAR.fullmatch(word) or known.tells_hour(word) for word in words)
    if not (named or counted or dated) or known.verbs_too.issuperset(words):
        return None
    if not fold(run[-1][0][0]).endswith("'s"):
        return text[run[0][0].start() : run[-1][0].end()]
    while len(run) > 1 and run[0][1] in known.loose_at_end:  # `in Sunday's race` is not in Sunday
        run = run[1:]
    return text[run[0][0].start() : run[-1][0].end() - 2]


def _is_clock(word: str, lexicon: Lexicon) -> bool:
    return _vocabulary(lexicon).tells_hour(word) or word in lexicon.words("clock")


def resolve(text: str, published: date | None, lexicon: Lexicon, *, future: bool = False) -> Resolved | None:
    """The days that `text` means, or None where that cannot be told for certain.

    A weekday is the last one up to the day of publication, or the next one after it where `future`, as news
    agencies write. Anything else is left to dateparser, which also says whether a month or a year is meant.
    """
    words = [word for word in _words(text, lexicon) if not _is_clock(word, lexicon)]
    if set(words) & _open_ended(words, lexicon):
        return None
    weekdays = [word for word in words if word in lexicon.words("weekdays")]
    if len(weekdays) == 1 and not any(_YEAR.fullmatch(word) or word in lexicon.words("months") for word in words):
        index = lexicon.ordered("weekdays").index(weekdays[0])
        return _weekday(index, published, future=future) if published and not _qualified(words, lexicon) else None
    if _unanchored(words, lexicon):
        return None
    bare = [word for word in words if word not in lexicon.words("time_modifiers")]
    return _parsed(" ".join(_plain(word, bare, lexicon) for word in bare), published, lexicon, future=future)


def _plain(word: str, words: list[str], lexicon: Lexicon) -> str:
    """A word as dateparser knows it: a number before a unit in digits."""
    counted = not lexicon.words("units").isdisjoint(words)
    value = lexicon.word(word).value if counted else None
    plain: str = lexicon.map("parsed_as").get(word, word)
    return f"{value:.0f}" if value is not None and value.is_integer() and word.isalpha() else plain


def _open_ended(words: list[str], lexicon: Lexicon) -> frozenset[str]:
    """The words for `since` and `until`; beside a unit not those that say `ago` there: `vor zwei Jahren`."""
    counted = lexicon.words("anchors") if set(words) & lexicon.words("units") else frozenset()
    return lexicon.words("open_ended") - counted


def _unanchored(words: list[str], lexicon: Lexicon) -> bool:
    """`three days earlier` counts from another event, `three years` is a length, `9:50 p.m.` a time of any day."""
    known = set(words)
    if known & lexicon.words("units"):
        return not known & lexicon.words("anchors") or bool(known & lexicon.words("unanchored"))
    return all(_vocabulary(lexicon).tells_clock(word) or word in lexicon.words("time_modifiers") for word in words)


def _qualified(words: list[str], lexicon: Lexicon) -> bool:
    """`last Tuesday`, `Tuesday of next week`: agencies differ in what they mean."""
    return not lexicon.words("qualifying").isdisjoint(words)


def _weekday(index: int, published: date, *, future: bool) -> Resolved | None:
    """`index` counts from Monday, 0. None beyond either end of the calendar."""
    ahead = (index - published.weekday() - 1) % 7 + 1 if future else -((published.weekday() - index) % 7)
    try:
        day = published + timedelta(days=ahead)
    except OverflowError:
        return None
    return Resolved(day, day, anchored=True)


@lru_cache(maxsize=1024)
def _parsed(text: str, published: date | None, lexicon: Lexicon, *, future: bool) -> Resolved | None:
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
    vague = (unit for unit, pattern in lexicon.map("ago").items() if re.search(pattern, text))
    return _interval(data.date_obj.date(), next(vague, str(data.period)), anchored=anchored)


def _interval(day: date, period: str, *, anchored: bool) -> Resolved | None:
    match period:
        case "day" | "time":
            return Resolved(day, day, anchored)
        case "week":
            monday = day.toordinal() - day.weekday()
            if monday + 6 > date.max.toordinal():
                return None
            return Resolved(date.fromordinal(monday), date.fromordinal(monday + 6), anchored)
        case "month":
            last = calendar.monthrange(day.year, day.month)[1]
            return Resolved(day.replace(day=1), day.replace(day=last), anchored)
        case "year":
            return Resolved(date(day.year, 1, 1), date(day.year, 12, 31), anchored)
    return None


def _words(text: str, lexicon: Lexicon) -> list[str]:
    return [_expanded(match[0], lexicon) for match in _vocabulary(lexicon).word.finditer(text)]


def _expanded(word: str, lexicon: Lexicon) -> str:
    """A word folded, abbreviations of days and months written out."""
    folded = fold(word).removesuffix("'s")
    bare = folded if folded in lexicon.words("clock") else folded.rstrip(".,")
    long: str = lexicon.map("abbreviations").get(bare, bare)
    return long
