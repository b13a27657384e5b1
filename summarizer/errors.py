"""Every error this package raises on purpose.

    SummarizerError                    1  base class, never raised itself
    ├── UsageError                     2  a wrong argument, option or setting
    ├── SourceError                    3  the source cannot be read, or holds no article
    │   ├── TooLongError               4  the source does not fit the model's context
    │   └── FetchError                25  an address may not be fetched, or gives no page
    ├── ArtifactError                  5  a prompt or schema is missing, changed or invalid
    ├── ModelError                     6  the model cannot be had or gave no usable answer
    │   ├── UnreachableError           7  no connection to the model's address
    │   ├── AuthenticationError        8  the key is missing, wrong or not allowed
    │   ├── UnknownModelError          9  the address does not know the model
    │   ├── QuotaError                10  the account has no quota left
    │   ├── RateLimitError            11  told to wait longer than we are willing to
    │   ├── DeadlineError             12  the deadline passed before the answer came
    │   ├── BadResponseError          13  the answer is not what the protocol promises
    │   ├── TruncatedError            14  the answer was cut at the token limit
    │   ├── RefusedError              15  the model or its filter refused
    │   ├── SchemaError               16  the answer does not fit the schema, asked twice
    │   ├── ServerError               17  the server failed, attempt after attempt
    │   └── OfflineError              23  a live call, and SUMMARIZER_OFFLINE forbids those
    ├── WeightsError                  18  the embedded model's file cannot be fetched or trusted
    ├── CassetteError                 19  a cassette is damaged, stale or lacks an exchange
    ├── BriefingError                 20  a file is no briefing: not JSON, or not of the schema
    ├── VerificationError             21  something that a briefing states does not hold
    ├── DifferenceError               22  two briefings differ, and --exit-code asked to be told
    ├── WorseError                    24  a prompt does worse than the one it is compared with
    ├── BatchError                    26  some of a batch's articles got no briefing
    ├── JournalError                  27  a run's journal is damaged, full, in use, or of other settings
    └── BudgetError                   28  a run's next request might cost more than is left of its budget

The number is the exit code of the command line. Exit code 70 means a bug in this package.
Messages are plain text that may quote untrusted input; every character that could drive a terminal is
made visible before it gets into one (see `summarizer.text.visible`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summarizer.record import Attempt


class SummarizerError(Exception):
    """What happened, with the value, and where.

    Attributes:
        message: one or two sentences.
        tip: what to do next, naming the flag, file or command; may be empty.
        kind: the machine-readable name of the failure.
        exit_code: what the command line exits with.
    """

    kind: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, tip: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.tip = tip

    def within(self, where: str) -> None:
        """Says first where it happened, such as `Part 3 of 9`."""
        self.message = f"{where}: {self.message}"
        self.args = (self.message,)


class UsageError(SummarizerError):
    kind, exit_code = "usage", 2


class SourceError(SummarizerError):
    kind, exit_code = "source", 3


class TooLongError(SourceError):
    kind, exit_code = "too_long", 4


class FetchError(SourceError):
    """Attributes: retry_after: the seconds that the server asked for, or None."""

    kind, exit_code = "fetch", 25

    def __init__(self, message: str, *, tip: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, tip=tip)
        self.retry_after = retry_after


class ArtifactError(SummarizerError):
    kind, exit_code = "artifact", 5


class ModelError(SummarizerError):
    """The model gave no usable answer.

    Attributes:
        attempts: every request that was made, with its usage where the server told it. An attempt
            without usage may have been billed all the same.
    """

    kind, exit_code = "model", 6

    def __init__(self, message: str, *, tip: str = "") -> None:
        super().__init__(message, tip=tip)
        self.attempts: Sequence[Attempt] = ()


class UnreachableError(ModelError):
    kind, exit_code = "unreachable", 7


class AuthenticationError(ModelError):
    kind, exit_code = "authentication", 8


class UnknownModelError(ModelError):
    kind, exit_code = "unknown_model", 9


class QuotaError(ModelError):
    kind, exit_code = "quota", 10


class RateLimitError(ModelError):
    """Attributes: retry_after: the seconds that the server asked for, or None."""

    kind, exit_code = "rate_limited", 11

    def __init__(self, message: str, *, tip: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, tip=tip)
        self.retry_after = retry_after


class DeadlineError(ModelError):
    kind, exit_code = "deadline", 12


class BadResponseError(ModelError):
    kind, exit_code = "bad_response", 13


class TruncatedError(ModelError):
    kind, exit_code = "truncated", 14


class RefusedError(ModelError):
    """Attributes: filtered: True where a content filter stepped in, False where the model declined."""

    kind, exit_code = "refused", 15

    def __init__(self, message: str, *, tip: str = "", filtered: bool = False) -> None:
        super().__init__(message, tip=tip)
        self.filtered = filtered


class SchemaError(ModelError):
    kind, exit_code = "schema", 16


class ServerError(ModelError):
    kind, exit_code = "server_error", 17


class OfflineError(ModelError):
    kind, exit_code = "offline", 23


class WeightsError(SummarizerError):
    kind, exit_code = "weights", 18


class CassetteError(SummarizerError):
    kind, exit_code = "cassette", 19


class BriefingError(SummarizerError):
    kind, exit_code = "briefing", 20


class VerificationError(SummarizerError):
    kind, exit_code = "verification", 21


class DifferenceError(SummarizerError):
    kind, exit_code = "difference", 22


class WorseError(SummarizerError):
    kind, exit_code = "worse", 24


class BatchError(SummarizerError):
    kind, exit_code = "batch", 26


class JournalError(SummarizerError):
    kind, exit_code = "journal", 27


class BudgetError(SummarizerError):
    kind, exit_code = "budget", 28
