"""What is asked and what is answered: lines of JSON, between processes and in the file of results."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel

FieldName = Literal["who", "what", "where", "when", "why", "stated_rationale"]
FIELDS: tuple[FieldName, ...] = get_args(FieldName)


class Asked(BaseModel):
    """An article. `text` is normalised: every offset counts its code points."""

    id: str
    title: str
    text: str
    published: str | None = None


class Article(Asked):
    """An article with what people found in it.

    Attributes:
        cluster: what it is about; articles about the same go right and wrong together.
        answers: for a question, the phrases of which any one is right, none where it does not say. What is left out
            is not scored.
    """

    cluster: str
    answers: dict[str, list[str]] = {}


class Item(BaseModel):
    """What a way states for a question, and the words that it gives as evidence.

    Attributes:
        text: the claim, or the name, place or time.
        start, end: where its evidence stands, if the way tells; else its quotes are looked for.
        speaker: who gives a stated reason, if the way tells.
    """

    field: FieldName
    text: str
    quotes: list[str] = []
    start: int | None = None
    end: int | None = None
    speaker: str | None = None


class Answer(BaseModel):
    """What came of an article, and what it cost; tokens are null where nobody told them.

    Attributes:
        cached_tokens: those of the prompt that the engine did not read again.
        cut: how many replies of the model ran on to the limit.
        left_out: how many items the way itself threw away.
        error: why there is no briefing.
    """

    id: str
    items: list[Item] = []
    seconds: float
    prompt_tokens: int | None = None
    cached_tokens: int | None = None
    completion_tokens: int | None = None
    cut: int = 0
    left_out: int = 0
    error: str | None = None


class Row(Answer):
    """An answer with the way that gave it, and the programs that the way is made of."""

    way: str
    made_by: str


class Results:
    """The file of results: articles and rows, each added as it comes, so that a run goes on where it stopped."""

    def __init__(self, path: Path) -> None:
        """
        Raises:
            ValueError: the file has a line, other than one cut short at its end, that is none of ours.
        """
        self.path = path
        self.articles: dict[str, Article] = {}
        self.rows: list[Row] = []
        whole = _whole_lines(path)
        for number, line in enumerate(whole.split(b"\n"), start=1):
            if line.strip():
                self._take(json.loads(line), f"{path}, line {number}")

    def has(self, article: Article, way: str) -> bool:
        return any(row.id == article.id and row.way == way for row in self.rows)

    def add(self, article: Article, row: Row) -> None:
        known = article.id in self.articles
        self._append(
            [{"row": row.model_dump()}] if known else [{"article": article.model_dump()}, {"row": row.model_dump()}]
        )
        self.articles[article.id] = article
        self.rows.append(row)

    def _take(self, line: dict[str, object], where: str) -> None:
        match line:
            case {"article": found}:
                article = Article.model_validate(found)
                self.articles[article.id] = article
            case {"row": found}:
                self.rows.append(Row.model_validate(found))
            case _:
                raise ValueError(f"{where} holds neither an article nor a row.")

    def _append(self, lines: Iterable[object]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        kept = len(_whole_lines(self.path))
        with self.path.open("ab") as file:
            file.truncate(kept)
            file.write(b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines))


def _whole_lines(path: Path) -> bytes:
    """A file up to its last end of line: what was being written when a run was killed is asked again."""
    raw = path.read_bytes() if path.exists() else b""
    return raw[: raw.rfind(b"\n") + 1]
