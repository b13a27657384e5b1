"""Step six: what a draft proposes is held against the document, by code alone."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from summarizer.check.case import Checked
from summarizer.check.checker import Checker, Standing
from summarizer.document import Document
from summarizer.item import Evidence
from summarizer.kind import Kind
from summarizer.language.instructions import screened
from summarizer.language.lexicon import lexicon
from summarizer.record import ArtifactRecord
from summarizer.source import Source

__all__ = ["POLICY", "Checked", "Checker", "Standing", "checker", "left_out", "policy"]

POLICY = "check@3"
"""The version of the rules; changed when a rule's meaning changes."""


def checker(document: Document, source: Source, kind: Kind | None = None) -> Checker:
    """What holds drafts of a kind against this document; by default, of `Briefing`."""
    return Checker(document, lexicon(document.language), source.published, kind)


def left_out(document: Document) -> list[Evidence]:
    """The sentences of a document that instruct a machine, and are evidence of nothing."""
    told = (each for each in screened(document).sentences if each.instructs)
    return [
        Evidence(sentence=each.number, start=each.span.start, end=each.span.end, text=document.text_of(each))
        for each in told
    ]


@cache
def policy() -> ArtifactRecord:
    """The version of the rules and the hash of their code and word lists."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in sorted(
        [*package.glob("check/**/*.py"), *package.glob("language/*.py"), *package.glob("language/words/**/*.json")]
    ):
        digest.update(
            path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0"
        )
    return ArtifactRecord(id=POLICY, sha256=digest.hexdigest())
