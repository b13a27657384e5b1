"""Sets of others, as gold: known by what their lines hold. None of them comes with this package.

giveme5w1h   who, what, where, when, why, as marked by three coders (Hamborg et al., Giveme5W1H). A phrase counts
             where two of them marked it; a question has no answer where two say so. The others are not scored.
polnear      quotations and their speakers (Newell et al., PolNeAR)
isaf         the day of press releases of ISAF (A. Strick van Linschoten)
gum          what is said by whom, in the news of GUM (A. Zeldes): taken as quotations where it is quoted
muc4         perpetrators, victims, places of the main event (MUC-4, as of X. Du); articles without one are left out
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from pydantic import ValidationError

from summarizer.errors import UsageError
from summarizer.evaluation.gold import Gold, fault
from summarizer.text import one_line

AGREED = 2
"""How many coders make a phrase, or its absence, count."""

QUESTIONS = ("who", "what", "where", "when", "why")

Row = dict[str, Any]


def gold_of(row: Row, where: str) -> Gold | None:
    """The gold of a line; None where the set says nothing about that article.

    Raises:
        UsageError: the line is of no set that is known.
    """
    told = row.get("gold")
    reader = next((read for key, read in _BY_KEY.items() if isinstance(told, dict) and key in told), None)
    if reader is None or not isinstance(told, dict):
        raise UsageError(
            f"{where} is of no format that is known.",
            tip='Lines of your own name theirs: "schema": "gold@1"; see docs/evaluation.md.',
        )
    try:
        known = reader(row, told)
        if known is None:
            return None
        return Gold.model_validate(
            {"schema": "gold@1", "id": str(row["id"]), "text": _text(row), "published": _day(row.get("date"))} | known
        )
    except ValidationError as error:
        raise UsageError(f"{where} is not as its set has them: {fault(error)}.") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        what = one_line(str(error), 80)
        raise UsageError(f"{where} is not as its set has them: {type(error).__name__} at {what}.") from error


def _giveme5w1h(row: Row, told: Row) -> Row | None:
    answers: dict[str, list[str]] = {}
    for question in QUESTIONS:
        agreed = [each["text"] for each in told[question]["answers"] if each["coders"] >= AGREED]
        if agreed or told[question]["coders_saying_none"] >= AGREED:
            answers[question] = agreed
    return {"cluster": row["event_cluster"], "answers": answers} if answers else None


def _polnear(_row: Row, told: Row) -> Row | None:
    quotations = [
        {"pieces": each["pieces"], "speaker": each["speaker"] if each["speaker_type"] == "named" else None}
        for each in told["quotes"]
        if each["pieces"]
    ]
    return {"quotations": quotations} if quotations else None


def _isaf(_row: Row, told: Row) -> Row | None:
    return {"day": _day(told["start_date"])} if told["start_date"] else None


def _gum(_row: Row, told: Row) -> Row | None:
    quotations = [
        {"pieces": [piece], "speaker": None}
        for each in told["attributions"]
        if (piece := each["nucleus"].strip()).startswith(('"', "“")) and len(piece.split()) > AGREED
    ]
    return {"quotations": quotations} if quotations else None


def _muc4(_row: Row, told: Row) -> Row | None:
    templates = [each for each in told["templates"] if not each["optional"]]
    if not templates:
        return None
    who = [
        name for key in ("perp_individual", "perp_org", "victim_name", "victim_desc") for name in _fills(templates, key)
    ]
    where = [step for each in _places(templates) for step in each]
    return (
        {"answers": {key: found for key, found in {"who": who, "where": where}.items() if found}}
        if who or where
        else None
    )


def _fills(templates: list[Row], key: str) -> Iterator[str]:
    for template in templates:
        for fill in template.get(key) or ():
            yield from fill.get("alternatives") or [fill["value"]]


def _places(templates: list[Row]) -> Iterator[list[str]]:
    for template in templates:
        for fill in template.get("location") or ():
            yield from fill.get("path") or [[fill["value"]]]


def _text(row: Row) -> str:
    """Title, lead and text as paragraphs, none of them twice."""
    text = row["text"].strip()
    parts: list[str] = []
    for part in (row.get("title"), row.get("lead")):
        part = " ".join((part or "").split())
        if part and part[:60] not in " ".join(text.split()) and part not in parts:
            parts.append(part)
    return "\n\n".join([*parts, text])


def _day(told: str | None) -> str | None:
    return date.fromisoformat(told[:10]).isoformat() if told and told != "None" else None


_BY_KEY: dict[str, Callable[[Row, Row], Row | None]] = {
    "who": _giveme5w1h,
    "quotes": _polnear,
    "start_date": _isaf,
    "attributions": _gum,
    "templates": _muc4,
}
