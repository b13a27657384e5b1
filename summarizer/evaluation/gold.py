"""Gold: articles with what people found in them, one JSON object a line.

    {"schema": "gold@1", "id": "halden-1", "cluster": "halden", "published": "2026-03-11",
     "text": "Halden Port Shuts Terminal\\n\\nThe port of ...",
     "answers": {"who": ["the port of Halden"], "where": ["Halden in Norway"], "why": []},
     "stated_rationale": [{"speaker": "Mia Berg", "reason": "nobody should work under a crane"}],
     "quotations": [{"pieces": ["We closed it because"], "speaker": "Mia Berg"}]}

What is left out is not scored. The sets of others are read by `summarizer.evaluation.sets`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, ValidationError, field_validator, model_validator

from summarizer.errors import SourceError, UsageError
from summarizer.item import Strict
from summarizer.source import Source
from summarizer.text import one_line

Phrase = Annotated[str, Field(min_length=1)]

OWN = frozenset({"overall", "day", "stated_rationale", "abstention", "speakers", "quotations", "holds", "stood"})
"""What is counted under its own name, so that no question among the answers may be called so."""


class GoldReason(Strict):
    reason: Phrase
    speaker: str | None = None


class GoldQuotation(Strict):
    """`pieces` are unbroken runs of the text, in its order; `speaker` is null where none is named."""

    pieces: Annotated[list[Phrase], Field(min_length=1)]
    speaker: str | None = None


class Gold(Strict):
    """An article, and what is right about it.

    Attributes:
        id: no two of a file have the same.
        cluster: what it is about, where several articles are about the same: their errors go together, and so
            intervals are drawn over clusters. By default each article is one of its own.
        text: the article, its title first, as a paragraph of its own.
        answers: for a question, which is a field of the briefing, the phrases of which any one is right; none where
            the article does not say.
        day: the day of the main event; null where the article does not say. Left out, it is not scored.
        stated_rationale: who gives which reason. An empty list says that nobody gives one.
        quotations: what stands between quotation marks, and who says it. An empty list says that nothing does.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_id: Literal["gold@1"] = Field(alias="schema")
    id: Annotated[str, Field(min_length=1)]
    cluster: str | None = None
    text: Phrase
    published: date | None = None
    language: str = "en"
    answers: dict[str, list[Phrase]] = Field(default_factory=dict)
    day: date | None = None
    stated_rationale: list[GoldReason] | None = None
    quotations: list[GoldQuotation] | None = None

    @model_validator(mode="after")
    def _scores_something(self) -> Gold:
        lists = (self.stated_rationale, self.quotations)
        if not (self.answers or self.dated or any(each is not None for each in lists)):
            raise ValueError("it says nothing about the article, so there is nothing to score")
        return self

    @field_validator("answers")
    @classmethod
    def _asks_for_fields(cls, answers: dict[str, list[str]]) -> dict[str, list[str]]:
        for name in answers:
            if name in OWN or not name.isidentifier():
                raise ValueError(f"{one_line(name, 40)!r} is no question; a question is a field of the briefing")
        return answers

    @property
    def about(self) -> str:
        """Its cluster; where it is one of its own, a name that no other has."""
        return self.cluster or f"article {self.id}"

    @property
    def dated(self) -> bool:
        """Whether the day is scored."""
        return "day" in self.model_fields_set

    @property
    def source(self) -> Source:
        """The article as a source.

        Raises:
            SourceError: there is no article in it, or the language is no code.
        """
        return Source.from_text(self.text, name=self.id, published=self.published, language=self.language)


def read(path: str | Path, limit: int | None = None) -> list[Gold]:
    """The gold of a JSON Lines file: `gold@1`, or one of the sets that `sets` reads.

    Args:
        limit: how many to take from the top.

    Raises:
        UsageError: the file cannot be read or is empty, a line is no gold, or two have the same id.
        SourceError: the text of a line is no article.
    """
    from summarizer.evaluation import sets

    found: dict[str, Gold] = {}
    for number, row in _rows(Path(path)):
        where = f"{one_line(str(path))}, line {number}"
        gold = _own(row, where) if "schema" in row else sets.gold_of(row, where)
        if gold is None:
            continue
        if gold.id in found:
            raise UsageError(f"{where}: there is another {one_line(gold.id, 80)!r} before it.")
        try:
            gold.source  # noqa: B018 (raises)
        except SourceError as error:
            raise SourceError(f"{where}: {error.message}", tip=error.tip) from error
        found[gold.id] = gold
        if len(found) == limit:
            break
    if not found:
        raise UsageError(f"{one_line(str(path))} holds no gold.", tip="See docs/evaluation.md for the format.")
    return list(found.values())


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(f"Cannot read {one_line(str(path))}: {error.strerror}.") from error
    for number, line in enumerate(raw.split(b"\n"), start=1):  # not splitlines: U+2028 is no end of a record
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UsageError(
                f"{one_line(str(path))}, line {number}, is no JSON: {one_line(str(error), 100)}."
            ) from error
        if not isinstance(row, dict):
            raise UsageError(f"{one_line(str(path))}, line {number}, is no JSON object.")
        yield number, row


def _own(row: dict[str, Any], where: str) -> Gold:
    try:
        return Gold.model_validate(row)
    except ValidationError as error:
        raise UsageError(f"{where}: {fault(error)}.", tip="See docs/evaluation.md for the format.") from error


def fault(error: ValidationError) -> str:
    """The first thing that is wrong, and where it stands, in one line that is safe to print."""
    first = error.errors(include_url=False, include_input=False)[0]
    at = ".".join(map(str, first["loc"]))
    return one_line(f"{at}{': ' if at else ''}{first['msg'].removeprefix('Value error, ')}", 240)
