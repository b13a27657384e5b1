"""A briefing by plain instructor: the same fields, asked for in one request, with nothing around it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field, create_model

from summarizer.draft import Part, Status

LIMIT = 2000
"""Tokens that an answer may have."""

TIMEOUT = 600
"""Seconds that a briefing may take."""

ASKED = """You brief analysts on a news article. Say only what the article says.
headline: the main event in under 12 words. summary: one to three sentences.
what: the main event first, then at most two other events, each in one short sentence.
who: the people and groups in the main event and those who speak about it, with their titles and parts.
where: the place of the main event. when: its day or time.
why: what led to the main event, as the article reports it.
rationale: who says why it was done, the reason in brief, and the quotation, copied in full."""

# In front, so that the two plain ways share no cached prompt.
QUOTED = f"quote: the exact words of the article that say it, copied.\n{ASKED}"


class Quoted(BaseModel):
    quote: str = Field(description="The exact words of the article that say this.")


def plain_schema(base: type[BaseModel]) -> type[BaseModel]:
    """The fields of a briefing, each item with what `base` adds."""
    event = create_model("Event", __base__=base, claim=(str, ...), status=(Status, ...))
    actor = create_model("Actor", __base__=base, name=(str, ...), title=(str, ...), part=(Part, ...))
    place = create_model("Place", __base__=base, place=(str, ...))
    when = create_model("Time", __base__=base, time=(str, ...))
    cause = create_model("Cause", __base__=base, cause=(str, ...))
    rationale = create_model("Rationale", speaker=(str, ...), reason=(str, ...), quotation=(str, ...))
    return create_model(
        "PlainBriefing",
        headline=(str, ...),
        summary=(str, ...),
        what=(list[event], Field(min_length=1, max_length=3)),  # type: ignore[valid-type]  # made above
        who=(list[actor], Field(min_length=2, max_length=6)),  # type: ignore[valid-type]  # made above
        where=(list[place], Field(max_length=2)),  # type: ignore[valid-type]  # made above
        when=(list[when], Field(max_length=2)),  # type: ignore[valid-type]  # made above
        why=(list[cause], Field(max_length=2)),  # type: ignore[valid-type]  # made above
        rationale=(list[rationale], Field(max_length=3)),  # type: ignore[valid-type]  # made above
    )


def connected(address: str) -> Any:
    """An instructor client for an OpenAI-compatible address."""
    import instructor
    from openai import OpenAI

    client = OpenAI(base_url=address, api_key="none", max_retries=0, timeout=TIMEOUT)
    return instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA)


def ask(client: Any, schema: type[BaseModel], asked: str, text: str) -> tuple[Any, Any]:
    """What the model makes of an article, None where it ran on to the limit; and the completion, which tells what
    it cost."""
    from instructor.core.exceptions import IncompleteOutputException

    try:
        answer, completion = client.chat.completions.create_with_completion(
            model="local",
            temperature=0,
            max_tokens=LIMIT,
            max_retries=0,
            response_model=schema,
            messages=[{"role": "system", "content": asked}, {"role": "user", "content": text}],
        )
    except IncompleteOutputException as error:  # no briefing, but the time was spent
        return None, error.last_completion
    return answer, completion
