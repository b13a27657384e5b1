"""The articles of a set, with the phrases that people agreed on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.beside.record import QUESTIONS, Article
from summarizer import Source

AGREED = 2
"""How many coders make a phrase, or its absence, count."""


def articles(path: Path, limit: int | None = None) -> list[Article]:
    """The articles of a file; with a limit, so many of them, spread over it."""
    rows = [json.loads(line) for line in path.read_bytes().split(b"\n") if line.strip()]
    if limit and limit < len(rows):
        rows = [rows[index * len(rows) // limit] for index in range(limit)]
    return [_article(row) for row in rows]


def _article(row: dict[str, Any]) -> Article:
    return Article(
        id=row["id"],
        title=row.get("title") or "",
        text=Source.from_text(_text(row)).text,
        published=(row.get("date") or "")[:10] or None,
        answers=_answers(row["gold"]),
    )


def _text(row: dict[str, Any]) -> str:
    """Title, lead and text as paragraphs, none of them twice."""
    text, parts = row["text"].strip(), list[str]()
    for part in (" ".join((row.get(key) or "").split()) for key in ("title", "lead")):
        if part and part[:60] not in " ".join(text.split()) and part not in parts:
            parts.append(part)
    return "\n\n".join([*parts, text])


def _answers(gold: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for question in QUESTIONS:
        told = gold.get(question)
        if isinstance(told, dict):
            agreed = [each["text"] for each in told["answers"] if each["coders"] >= AGREED]
            if agreed or told["coders_saying_none"] >= AGREED:
                found[question] = agreed
    return found
