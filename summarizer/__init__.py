"""Briefings of news articles that can be checked.

    from summarizer import brief

    briefing = brief("article.txt", published="2026-03-11")

`verify(briefing, source)` checks it again at any time, with no model and no network.
Offsets everywhere count code points of the normalised text, start inclusive, end exclusive.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from summarizer.errors import (
    ArtifactError,
    AuthenticationError,
    BadResponseError,
    BriefingError,
    CassetteError,
    DeadlineError,
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
)

if TYPE_CHECKING:
    from summarizer.briefing import Briefing
    from summarizer.settings import Settings
    from summarizer.source import Source
    from summarizer.summarize import Summarizer, abrief, brief
    from summarizer.verification import Verification, verify

__version__ = "0.1.0"

__all__ = [
    "ArtifactError",
    "AuthenticationError",
    "BadResponseError",
    "Briefing",
    "BriefingError",
    "CassetteError",
    "DeadlineError",
    "ModelError",
    "OfflineError",
    "QuotaError",
    "RateLimitError",
    "RefusedError",
    "SchemaError",
    "ServerError",
    "Settings",
    "Source",
    "SourceError",
    "Summarizer",
    "SummarizerError",
    "TooLongError",
    "TruncatedError",
    "UnknownModelError",
    "UnreachableError",
    "UsageError",
    "Verification",
    "VerificationError",
    "WeightsError",
    "__version__",
    "abrief",
    "brief",
    "verify",
]

# Loaded when first used: `summarizer --help` should not wait for pydantic.
_LAZY = {
    "Briefing": "summarizer.briefing",
    "Source": "summarizer.source",
    "Settings": "summarizer.settings",
    "Summarizer": "summarizer.summarize",
    "abrief": "summarizer.summarize",
    "brief": "summarizer.summarize",
    "Verification": "summarizer.verification",
    "verify": "summarizer.verification",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
