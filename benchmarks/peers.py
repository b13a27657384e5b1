"""Other programs that ground a model's quotations, asked about the same claims and lies as ours.

Each runs as a child process in a virtual environment of its own, made when first needed. Each is used as its
documentation says. They look whether words stand in a text: which sentence is cited, and who is said to speak, they
cannot be asked.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.environment import Environment, reason

if TYPE_CHECKING:
    from benchmarks.mutations import Item, Judge

_MINUTES = 20
_CANNOT_BE_ASKED = ("wrong speaker", "other sentence")

_LOOP = """
import json, sys
for line in sys.stdin:
    row = json.loads(line)
    print(json.dumps(stands(row["words"], row["source"])), flush=True)
"""

_LANGEXTRACT = """
import logging
logging.disable(logging.CRITICAL)
from langextract.core.data import Extraction
from langextract.resolver import Resolver
resolver = Resolver()
def stands(words, source):
    extraction = Extraction(extraction_class="claim", extraction_text=words)
    aligned = resolver.align([extraction], source, token_offset=0, char_offset=0)
    return any(each.char_interval for each in aligned)
"""

_CITATION = """
from instructor import CitationMixin
class Claim(CitationMixin):
    pass
def stands(words, source):
    claim = Claim.model_validate({"substring_quotes": [words]}, context={"context": source})
    return bool(claim.substring_quotes)
"""

_GTREX = """
from gtrex import Policy, Verifier
def stands(words, source):
    return Verifier(source, Policy()).verify(words).grounded
"""


@dataclass(frozen=True)
class Peer:
    """`script` defines `stands(words, source)`."""

    name: str
    environment: Environment
    script: str

    @property
    def packages(self) -> str:
        return ", ".join(self.environment.packages)


PEERS = (
    Peer("langextract", Environment(("langextract==1.7.1",)), _LANGEXTRACT),
    Peer("CitationMixin", Environment(("instructor==1.17.0", "openai==3.3.0", "regex==2026.11.15")), _CITATION),
    Peer("gtrex", Environment(("gtrex==1.1.0",)), _GTREX),
)


def judges(notes: list[str]) -> dict[str, Judge]:
    """A judge for each peer that can be had; `notes` is told what they are, and why others are missing."""
    found: dict[str, Judge] = {}
    for peer in PEERS:
        try:
            peer.environment.install()
        except (OSError, subprocess.SubprocessError) as error:
            notes.append(f"{peer.name} is left out: {reason(error)}")
            continue
        found[peer.name] = partial(_judge, peer, notes)
        notes.append(f"{peer.name}: {peer.packages}; asked whether the words stand in the article.")
    notes.append("They look for the article's very words: an honest paraphrase fails with them much as a lie does.")
    notes.append("–: a peer has no place for a cited sentence or a speaker, so it cannot be asked.")
    return found


def _judge(peer: Peer, notes: list[str], items: list[Item]) -> list[bool | None]:
    asked = [item for item in items if item.row not in _CANNOT_BE_ASKED]
    try:
        answers = iter(ask(peer, [(item.claim.text, item.claim.article.text) for item in asked]))
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        notes.append(f"{peer.name} could not be used: {reason(error)}")
        return [None for _ in items]
    return [None if item.row in _CANNOT_BE_ASKED else next(answers) for item in items]


def ask(peer: Peer, pairs: Sequence[tuple[str, str]]) -> list[bool]:
    """For each pair of words and source, whether the peer grounds the words in the source.

    Raises:
        ValueError: fewer answers than questions.
    """
    lines = "".join(json.dumps({"words": words, "source": source}) + "\n" for words, source in pairs)
    command = [str(peer.environment.python), "-c", peer.script + _LOOP]
    run = subprocess.run(command, input=lines, check=True, capture_output=True, text=True, timeout=60 * _MINUTES)
    answers = [bool(json.loads(line)) for line in run.stdout.splitlines()]
    if len(answers) != len(pairs):
        raise ValueError(f"{len(answers)} answers to {len(pairs)} questions")
    return answers
