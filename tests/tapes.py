"""Cassettes for tests: recording them from a server on loopback, replaying them, changing what they hold."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from drafts import ARTICLE, MODEL, PUBLISHED, serving

from summarizer import Briefing, CassetteError, brief
from summarizer.cassette import Record

NOWHERE = "http://127.0.0.1:9/v1"
SECRET = re.compile(r"sk-[A-Za-z0-9_*-]{8,}|org-[A-Za-z0-9]{8,}|Bearer |(?i:set-cookie|authorization|api-key)")
COMMITTED = Path(__file__).parents[1] / "cassettes"


def briefing(tape: Path, record: Record, address: str = NOWHERE, article: Any = ARTICLE, **settings: Any) -> Briefing:
    made: Briefing = brief(
        article, published=PUBLISHED, base_url=address, cassette=tape, record=record, **{"model": MODEL, **settings}
    )
    return made


def recorded(tape: Path, *answers: object, record: Record = "all", article: Any = ARTICLE) -> Briefing:
    """Records a briefing that gets these answers; without any, the right one."""
    with serving(*answers) as server:
        return briefing(tape, record, server.base_url, article)


def content(tape: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(tape.read_text(encoding="utf-8"))
    return found


def interactions(tape: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = content(tape)["interactions"]
    return found


def changed(tape: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Writes the file again after `change` was made to what it holds."""
    held = content(tape)
    change(held)
    tape.write_text(json.dumps(held), encoding="utf-8")


def refused(tape: Path, record: Record = "none", **settings: Any) -> CassetteError:
    with pytest.raises(CassetteError) as raised:
        briefing(tape, record, **settings)
    return raised.value
