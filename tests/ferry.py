"""Three articles of `examples/together/` on one event, with drafts that a model could answer, and what comes of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from drafts import MODEL, by_article
from fault_server import FaultServer

from summarizer import Dossier, Source, Summarizer
from summarizer.briefing import Briefing
from summarizer.dossier import merge
from summarizer.settings import Settings
from summarizer.several import briefings
from summarizer.testing import draft

FOLDER = Path(__file__).parent.parent / "examples/together"
DAYS = {"wire": "2026-04-14", "morning": "2026-04-14", "followup": "2026-04-15"}
NAMES = tuple(DAYS)

DRAFTS: dict[str, dict[str, Any]] = {
    "wire": draft(
        what=[
            {"event": "The ferry Marenka rammed the Lower Quay terminal in Port Tessa.", "status": "asserted", "s": 2},
            {"event": "At least six people were killed and 31 injured.", "status": "attributed", "s": 2},
            {"event": "Tessa Line denied that the engines of the Marenka had failed.", "status": "denied", "s": 5},
        ],
        who=[
            {"name": "Marenka", "part": "acted", "s": 2},
            {"name": "Ilse Morven", "part": "spoke", "s": 3},
            {"name": "Tessa Line", "part": "spoke", "s": 5},
        ],
        where=[{"s": 2, "place": "Lower Quay terminal in Port Tessa"}],
        when=[{"s": 2, "time": "on Monday evening"}],
        rationale=[
            {"q": 1, "s": None, "speaker": "Ilse Morven", "reason": "because two hulls were adrift in the channel"}
        ],
        summary=[2],
    ),
    "morning": draft(
        what=[
            {"event": "A passenger ferry rammed the North Pier terminal in Port Tessa.", "status": "asserted", "s": 2},
            {"event": "Four people were killed and 31 injured.", "status": "attributed", "s": 2},
            {"event": "The engines of the Marenka had failed.", "status": "attributed", "s": 3},
        ],
        who=[
            {"name": "crew member", "part": "spoke", "s": 3},
            {"name": "Ilse Morven", "part": "spoke", "s": 5},
        ],
        where=[{"s": 2, "place": "North Pier terminal in Port Tessa"}],
        when=[{"s": 2, "time": "early on Tuesday"}],
        rationale=[
            {"q": None, "s": 5, "speaker": "Ilse Morven", "reason": "because two hulls were adrift in the channel"}
        ],
        summary=[2],
    ),
    "followup": draft(
        what=[
            {"event": "The ferry Marenka rammed the Lower Quay terminal in Port Tessa.", "status": "asserted", "s": 2},
            {"event": "Nine people were killed and 44 injured.", "status": "attributed", "s": 2},
            {"event": "The transport ministry ordered an inquiry.", "status": "asserted", "s": 4},
        ],
        who=[
            {"name": "Marenka", "part": "acted", "s": 2},
            {"name": "Ilse Morven", "part": "spoke", "s": 3},
            {"name": "Pavel Orsk", "part": "spoke", "s": 5},
        ],
        where=[{"s": 2, "place": "Lower Quay terminal in Port Tessa"}],
        when=[{"s": 2, "time": "on Monday evening"}],
        rationale=[
            {"q": 1, "s": None, "speaker": "Ilse Morven", "reason": "because two hulls were adrift in the channel"}
        ],
        summary=[2],
    ),
}
_KEYS = {"wire": "Tessa Line, which owns", "morning": "Schools along", "followup": "Pavel Orsk"}


def source(name: str) -> Source:
    return Source.read(FOLDER / f"{name}.txt", published=DAYS[name])


def answering(server: FaultServer, **more: dict[str, Any]) -> str:
    """The address of a server that answers each article with its draft; `more` by words of other articles."""
    answers: dict[str, object] = {key: DRAFTS[name] for name, key in _KEYS.items()}
    server.script(by_article(answers | more))
    return server.base_url


def briefed(names: Sequence[str] = NAMES) -> list[Briefing]:
    with FaultServer() as server:
        settings = Settings(model=MODEL, base_url=answering(server))
        return [each for each in briefings([*map(source, names)], settings) if isinstance(each, Briefing)]


def alone(article: Source, answer: dict[str, Any]) -> Briefing:
    """The briefing of an article of a test's own."""
    with FaultServer() as server:
        server.script(by_article({"": answer}))
        with Summarizer(Settings(model=MODEL, base_url=server.base_url)) as summarizer:
            return summarizer.brief(article)


def dossier(names: Sequence[str] = NAMES) -> Dossier:
    return merge(briefed(names))


def stored(made: Dossier) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(made.to_json())
    return found
