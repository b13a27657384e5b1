"""An article, a draft of it that stands the check, and a server that answers with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fault_server import Answer, Completion, FaultServer, Received

from summarizer import Briefing, brief
from summarizer.document import Document
from summarizer.kind import kind_of
from summarizer.view import View

Draft = kind_of(Briefing).draft
MODEL = "test/fake-1"
PUBLISHED = "2026-03-11"

ARTICLE = """Halden Port Shuts Terminal

The port of Halden in Norway closed its north terminal on Monday once a crane collapsed and injured two workers.

"We closed it because nobody should work under a crane that we have not inspected," harbour director Mia Berg said. \
She said the terminal would reopen in June.

The Dock Workers' Union denied that its members had overloaded the crane. The U.S. maker of the crane sent engineers.
"""

WITHOUT_QUOTATIONS = "\n".join(line for line in ARTICLE.splitlines() if not line.startswith('"'))

_DRAFT = {
    "what": [
        {"event": "The port of Halden closed its north terminal.", "status": "asserted", "s": 2},
        {"event": "The terminal would reopen in June.", "status": "planned", "s": 4},
    ],
    "who": [
        {"name": "port of Halden", "part": "acted", "s": 2},
        {"name": "Mia Berg", "part": "spoke", "s": 3},
    ],
    "where": [{"s": 2, "place": "Halden in Norway"}],
    "when": [{"s": 2, "time": "on Monday"}],
    "why": [{"s": 2, "cause": "once a crane collapsed and injured two workers"}],
    "rationale": [
        {
            "q": 1,
            "s": None,
            "speaker": "Mia Berg",
            "reason": "nobody should work under a crane that we have not inspected",
        }
    ],
    "summary": [2],
}
DRAFT: dict[str, Any] = Draft.model_validate(_DRAFT).model_dump()
"""In the order of the wire format, which a grammar holds a model to."""

FIRST_DRAFT: dict[str, Any] = {
    "headline": "The port of Halden closed its north terminal",
    "what": _DRAFT["what"],
    "who": [
        {"name": "port of Halden", "title": "", "part": "acted", "s": 2},
        {"name": "Mia Berg", "title": "harbour director", "part": "spoke", "s": 3},
    ],
    "where": _DRAFT["where"],
    "when": [{"time": "on Monday", "s": 2}],
    "why": [{"cause": "A crane collapsed and injured two workers.", "s": 2}],
    "rationale": _DRAFT["rationale"],
    "summary": [2],
}
"""The same in the first form that drafts had, which `briefing@1` asks for."""

FAILING = DRAFT | {"why": [{"s": 2, "cause": "once a crane collapsed and injured three workers"}]}
"""A draft with one item that the check refuses, so that a repair is asked for."""

REPAIR = {"why": DRAFT["why"]}
NO_REPAIR = {"why": FAILING["why"]}


def compact(value: object) -> str:
    """JSON as the embedded engine writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def completion(value: object = DRAFT) -> Completion:
    return Completion(compact(value))


@contextmanager
def serving(*values: object) -> Iterator[FaultServer]:
    """A server that gives these answers in turn, the last one for ever; without any, the right draft."""
    with FaultServer() as server:
        server.script(*map(completion, values or (DRAFT,)))
        yield server


def by_article(answers: dict[str, object]) -> Answer:
    """Each request gets the answer of the first key that stands in its last turn."""

    def choose(received: Received) -> Completion:
        asked = received.body["messages"][-1]["content"]
        return completion(next(value for key, value in answers.items() if key in asked))

    return Answer(choose)


def briefed(*values: object, article: str = ARTICLE) -> Briefing:
    """The briefing that comes of these answers."""
    with serving(*values) as server:
        return brief(article, published=PUBLISHED, model=MODEL, base_url=server.base_url)


def view(article: str = ARTICLE) -> View:
    return View.of(Document.of(article))
