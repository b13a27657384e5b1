"""Gold for the article of `drafts`, and evaluations of drafts against it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from drafts import ARTICLE, DRAFT, PUBLISHED, completion
from fault_server import Answer, Received, Step

from summarizer import Settings
from summarizer.evaluation import Evaluation, Gold, Row, evaluate
from summarizer.evaluation.judge import Judged
from summarizer.testing import DraftedModel

REASON = {"reason": "nobody should work under a crane", "speaker": "Mia Berg"}
LINE: dict[str, Any] = {
    "schema": "gold@1",
    "id": "halden-1",
    "published": PUBLISHED,
    "text": ARTICLE,
    "answers": {
        "who": ["the port of Halden"],
        "what": ["closed its north terminal"],
        "where": ["Halden"],
        "when": ["on Monday"],
        "why": ["a crane collapsed"],
    },
    "day": "2026-03-09",
    "stated_rationale": [REASON],
    "quotations": [{"pieces": ["We closed it because nobody should work"], "speaker": "Mia Berg"}],
}
"""All of it is right in `DRAFT`."""


def line(**changed: Any) -> dict[str, Any]:
    return LINE | changed


def only(**told: Any) -> dict[str, Any]:
    """A line that says this alone about the article."""
    return {key: LINE[key] for key in ("schema", "id", "published", "text")} | told


def gold(**changed: Any) -> Gold:
    return Gold.model_validate(line(**changed))


def written(path: Path, *lines: object) -> Path:
    path.write_text("".join(f"{json.dumps(each)}\n" for each in lines), encoding="utf-8")
    return path


def evaluated(*lines: dict[str, Any], draft: Any = DRAFT, **known: Any) -> Evaluation:
    """What comes of a model that answers with this draft."""
    every = [Gold.model_validate(each) for each in lines or [LINE]]
    return evaluate(every, Settings(model=DraftedModel(draft)), **known)


def row(told: dict[str, Any], **changed: Any) -> Row:
    """The row of one article, of whose draft some fields are otherwise."""
    (found,) = evaluated(told, draft=DRAFT | changed).run.rows
    return found


def answer(question: str, phrases: list[str], **changed: Any) -> Judged:
    """What becomes of one question to which one of these phrases is right."""
    (found,) = row(only(answers={question: phrases}), **changed).judged
    return found


WORSE = DRAFT | {"what": DRAFT["what"][1:], "why": [], "rationale": []}
"""A draft with less that is right: it lacks what code does not find itself."""

PROMPT = """---
name: desk
version: 1
description: Ours.
schema: briefing-draft@2
inputs: [article]
---
=== user ===
DESK {{ article }}
"""


def project(folder: Path) -> Path:
    """A project with a prompt of its own, `desk@1`."""
    (folder / "prompts" / "desk").mkdir(parents=True)
    (folder / "pyproject.toml").write_text("[tool.summarizer]\n", encoding="utf-8")
    (folder / "prompts" / "lock.json").write_text("{}\n", encoding="utf-8")
    (folder / "prompts" / "desk" / "v1.md").write_text(PROMPT, encoding="utf-8")
    return folder


def by_prompt(desk: object, shipped: object) -> Step:
    """Each of the two prompts, `desk@1` and the one that comes with the package, gets an answer of its own."""

    return by_text({"DESK ": desk, "": shipped})


def by_text(answers: dict[str, object]) -> Step:
    """Each request gets the answer of the first key that stands in any of its turns."""

    def choose(received: Received) -> Step:
        asked = "".join(each["content"] for each in received.body["messages"])
        return completion(next(value for key, value in answers.items() if key in asked))

    return Answer(choose)
