"""Cassettes: exchanges with a model, recorded once and replayed without a network.

A cassette sits in the HTTP client's transport, below every retry, so that one briefing's exchanges never
mix with those of another thread or task. It is one JSON file, see `recording`. Requests are matched on
method, path and body; headers, host and port are neither stored nor compared.
"""

from __future__ import annotations

from summarizer.cassette.cassette import Cassette, Record
from summarizer.cassette.recording import FORMAT, Interaction, Origin, Recording, Request, Response, read
from summarizer.cassette.tape import PostponedError, Tape

__all__ = [
    "FORMAT",
    "Cassette",
    "Interaction",
    "Origin",
    "PostponedError",
    "Record",
    "Recording",
    "Request",
    "Response",
    "Tape",
    "read",
]
