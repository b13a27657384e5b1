"""Who is appointed to what: a kind of briefing of this project's own, and a line for each appointment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from summarizer import brief
from summarizer.briefing import Asked, BaseBriefing
from summarizer.item import Claim, Event, Rationale, Time, Words


class Post(Claim):
    """Somebody gets an office."""

    person: Words
    office: Words
    appointed_by: Words | None


class Appointment(BaseBriefing):
    """An appointment, and why it was made."""

    schema_id: Literal["appointment@1"] = "appointment@1"
    what: Annotated[list[Event], Asked(fewest=1, most=2), Field(title="What was decided")]
    posts: Annotated[list[Post], Asked(fewest=1, most=3), Field(title="Who gets what")]
    starts: Annotated[list[Time], Asked(most=1), Field(title="From when")]
    stated_rationale: Annotated[list[Rationale], Asked(key="rationale", most=1), Field(title="Why, as stated")]


def appointments(article: str | Path, **known: Any) -> list[str]:
    """A line for each appointment that the article bears out: `Lena Orvik: harbour master, from 2026-06-01`.

    Args:
        known: passed to `summarizer.brief`: `published`, `model` and so on.
    """
    briefing = brief(article, schema=Appointment, **known)
    return [f"{post.person}: {post.office}{_from(briefing, post)}" for post in briefing.posts]


def _from(briefing: Appointment, post: Post) -> str:
    """The day on which an office begins, where the sentence says it that tells of the appointment."""
    told = {each.sentence for each in post.evidence}
    days = [each.start for each in briefing.starts if told & {evidence.sentence for evidence in each.evidence}]
    return f", from {days[0]}" if days and days[0] else ""
