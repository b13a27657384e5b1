"""For the tests of projects that use summarizer: replays, a model that answers from drafts, and no network.

    DraftedModel     a model that answers from a draft:  brief(article, model=DraftedModel(DRAFT))
    draft            a draft written by hand, checked against the kind of briefing
    numbered         an article as a model is shown it, with the numbers that a draft cites
    replaying        each briefing made inside gets a cassette; for tests that do not run under pytest
    network_blocked  connections lead nowhere but to loopback

pytest finds `summarizer.testing.plugin` by itself; see docs/testing.md.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarizer.model.drafted import DraftedModel
    from summarizer.testing.drafting import draft, numbered
    from summarizer.testing.network import NetworkBlockedError, network_blocked
    from summarizer.testing.replay import Summarize, replaying

__all__ = [
    "DraftedModel",
    "NetworkBlockedError",
    "Summarize",
    "draft",
    "network_blocked",
    "numbered",
    "replaying",
]

# Loaded when first used: pytest imports this package at every start.
_LAZY = {
    "DraftedModel": "summarizer.model.drafted",
    "NetworkBlockedError": "summarizer.testing.network",
    "Summarize": "summarizer.testing.replay",
    "draft": "summarizer.testing.drafting",
    "network_blocked": "summarizer.testing.network",
    "numbered": "summarizer.testing.drafting",
    "replaying": "summarizer.testing.replay",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
