"""Whether two wordings of time mean the same day, and the same time of day."""

from __future__ import annotations

import re

from summarizer.item import Time
from summarizer.language.folding import fold

_CLOCK = re.compile(r"\b([0-2]?\d)(?:[.:h]([0-5]\d))?\s*(?:([ap])\.?m\b\.?|(?<=[.:h]\d\d)(?!\d))", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|some|approximately|close to|nearly|almost|shortly|just|before|after|by)\b"
)
_CLOSE = 30  # minutes


def same_time(one: Time, other: Time) -> bool:
    """The same days, with no two times of day that cannot be one; without days, the same words."""
    if one.start is None or other.start is None:
        return one.start == other.start and fold(one.time) == fold(other.time)
    return (one.start, one.end) == (other.start, other.end) and not other_clock(one, other)


def other_clock(one: Time, other: Time) -> bool:
    """Whether both have a time of day, and they cannot be the same one."""
    mine, theirs = minutes(one.time), minutes(other.time)
    if mine is None or theirs is None:
        return False
    loose = any(_ABOUT.search(fold(each.time)) for each in (one, other))
    return abs(mine - theirs) > (_CLOSE if loose else 0)


def minutes(text: str) -> int | None:
    """The minute of the day that a text has, `6.10am`, `23:30`; None where it has none, or several."""
    found = list(_CLOCK.finditer(text))
    if len(found) != 1:
        return None
    hour, minute = int(found[0][1]), int(found[0][2] or 0)
    if half := found[0][3]:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return hour * 60 + minute if hour < 24 else None
