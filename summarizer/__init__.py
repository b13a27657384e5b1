"""Briefings of news articles that can be checked.

    from summarizer import brief

    briefing = brief("article.txt", published="2026-03-11")

A class built on `BaseBriefing` makes another kind of briefing; see `summarizer.item` for what its fields may hold.
`verify(briefing, source)` checks it again at any time, with no model and no network; `compare(old, new)` tells what
two briefings say differently; `together(sources)` what several articles say of one event.
Offsets everywhere count code points of the normalised text, start inclusive, end exclusive.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from summarizer.errors import (
    ArtifactError,
    AuthenticationError,
    BadResponseError,
    BatchError,
    BriefingError,
    BudgetError,
    CassetteError,
    DeadlineError,
    DifferenceError,
    FetchError,
    JournalError,
    ModelError,
    OfflineError,
    QuotaError,
    RateLimitError,
    RefusedError,
    SchemaError,
    ServerError,
    SourceError,
    SummarizerError,
    TooLongError,
    TruncatedError,
    UnknownModelError,
    UnreachableError,
    UsageError,
    VerificationError,
    WeightsError,
    WorseError,
)

if TYPE_CHECKING:
    from summarizer.briefing import Asked, BaseBriefing, Briefing
    from summarizer.difference import Difference, compare
    from summarizer.dossier import Dossier
    from summarizer.incident import Incident
    from summarizer.item import (
        Actor,
        Cause,
        Claim,
        Count,
        Cued,
        Event,
        Extract,
        Headline,
        Place,
        Rationale,
        Speaker,
        Time,
        Words,
    )
    from summarizer.settings import Settings
    from summarizer.several import together
    from summarizer.source import Source
    from summarizer.summarize import Summarizer, abrief, brief
    from summarizer.verification import Verification, verify

__version__ = "0.1.0"

__all__ = [
    "Actor",
    "ArtifactError",
    "Asked",
    "AuthenticationError",
    "BadResponseError",
    "BaseBriefing",
    "BatchError",
    "Briefing",
    "BriefingError",
    "BudgetError",
    "CassetteError",
    "Cause",
    "Claim",
    "Count",
    "Cued",
    "DeadlineError",
    "Difference",
    "DifferenceError",
    "Dossier",
    "Event",
    "Extract",
    "FetchError",
    "Headline",
    "Incident",
    "JournalError",
    "ModelError",
    "OfflineError",
    "Place",
    "QuotaError",
    "RateLimitError",
    "Rationale",
    "RefusedError",
    "SchemaError",
    "ServerError",
    "Settings",
    "Source",
    "SourceError",
    "Speaker",
    "Summarizer",
    "SummarizerError",
    "Time",
    "TooLongError",
    "TruncatedError",
    "UnknownModelError",
    "UnreachableError",
    "UsageError",
    "Verification",
    "VerificationError",
    "WeightsError",
    "Words",
    "WorseError",
    "__version__",
    "abrief",
    "brief",
    "compare",
    "together",
    "verify",
]

# Loaded when first used: `summarizer --help` should not wait for pydantic.
_LAZY = {
    "Asked": "summarizer.briefing",
    "BaseBriefing": "summarizer.briefing",
    "Actor": "summarizer.item",
    "Cause": "summarizer.item",
    "Claim": "summarizer.item",
    "Count": "summarizer.item",
    "Cued": "summarizer.item",
    "Event": "summarizer.item",
    "Extract": "summarizer.item",
    "Headline": "summarizer.item",
    "Place": "summarizer.item",
    "Rationale": "summarizer.item",
    "Speaker": "summarizer.item",
    "Time": "summarizer.item",
    "Words": "summarizer.item",
    "Incident": "summarizer.incident",
    "Briefing": "summarizer.briefing",
    "Difference": "summarizer.difference",
    "compare": "summarizer.difference",
    "Dossier": "summarizer.dossier",
    "Source": "summarizer.source",
    "Settings": "summarizer.settings",
    "Summarizer": "summarizer.summarize",
    "abrief": "summarizer.summarize",
    "brief": "summarizer.summarize",
    "together": "summarizer.several",
    "Verification": "summarizer.verification",
    "verify": "summarizer.verification",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
