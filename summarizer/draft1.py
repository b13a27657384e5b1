"""The first form of what a model writes: drafts that were released in it are asked for in it for ever.

Since then (`summarizer.draft`) no headline is asked for, since an article has one; no titles of people, which the text
tells; and places and causes are picked out of the wordings that a sentence has for them.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from summarizer.draft import Claim, Part, Pointed, Sentence, Wire, Words

Headline = Annotated[str, Field(min_length=1, max_length=160)]


class DraftActor(Wire):
    name: Words
    title: Annotated[str, Field(max_length=160, json_schema_extra={"x-words": "article"})]
    part: Part
    s: Sentence


class DraftPlace(Wire):
    s: Sentence
    place: Pointed


class DraftCause(Wire):
    cause: Claim
    s: Sentence
