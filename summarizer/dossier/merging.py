"""Several briefings made one dossier: by code alone, with no model and no network."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from summarizer import check
from summarizer.briefing import BaseBriefing
from summarizer.dossier.circumstances import circumstances
from summarizer.dossier.denials import denials
from summarizer.dossier.disputes import Dispute, Told
from summarizer.dossier.entry import Entry, Voiced
from summarizer.dossier.events import events
from summarizer.dossier.grouping import Together, grouped
from summarizer.dossier.people import people
from summarizer.dossier.record import Contradiction, Dossier, Group, Side, Voice
from summarizer.dossier.tolls import things, tolls
from summarizer.dossier.voices import voices
from summarizer.errors import UsageError
from summarizer.record import ArtifactRecord
from summarizer.text import one_line

POLICY = "together@1"
"""The version of the rules for what says the same; changed when their meaning changes."""


def merge(briefings: Sequence[BaseBriefing]) -> Dossier:
    """The dossier of these briefings. What it has does not depend on their order, apart from the numbers they go by.

    Raises:
        UsageError: fewer than two, of different kinds, or two of one text.
    """
    refuse(briefings)
    voiced = [Voiced(number, each) for number, each in enumerate(briefings)]
    about = events(voiced)
    groups: list[Together] = []
    disputes: list[Dispute] = []
    said: list[list[Entry]] = []
    for numbers in about:
        those = [voiced[each] for each in numbers]
        entries = [entry for each in those for entry in each.entries]
        found = grouped(entries)
        groups += found
        said += voices(entries)
        disputes += [*tolls(those), *things(found), *circumstances(found), *people(found), *denials(those)]
    return Dossier(
        events=about,
        groups=[_group(each) for each in groups],
        contradictions=[_contradiction(each) for each in disputes],
        voices=[Voice(items=[entry.pointer for entry in each]) for each in said],
        briefings=list(briefings),
        policy=policy(),
    )


def refuse(briefings: Sequence[BaseBriefing]) -> None:
    """
    Raises:
        UsageError: see `merge`.
    """
    if len(briefings) < 2:
        raise UsageError("There is only one briefing.", tip="Give two or more, of articles about one event.")
    kinds = sorted({one_line(each.schema_id, 80) for each in briefings})
    if len(kinds) > 1:
        raise UsageError(
            f"These are briefings of different kinds: {', '.join(kinds)}.", tip="Brief all with one schema."
        )
    refuse_twice([(each.source.name, each.source.sha256) for each in briefings])


def refuse_twice(texts: Sequence[tuple[str, str]]) -> None:
    """
    Args:
        texts: the name and the hash of each.

    Raises:
        UsageError: two are one text, which would look as if two sources said the same.
    """
    first: dict[str, str] = {}
    for name, sha256 in texts:
        if sha256 in first:
            raise UsageError(
                f"{one_line(first[sha256], 120)} and {one_line(name, 120)} are the same text.",
                tip="One text is one source: leave one of them out.",
            )
        first[sha256] = name


@cache
def policy() -> ArtifactRecord:
    """The version of these rules, and the hash of their code and of the check's, which they use."""
    digest = hashlib.sha256(check.policy().sha256.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return ArtifactRecord(id=POLICY, sha256=digest.hexdigest())


def _group(together: Together) -> Group:
    return Group(shared=together.shared.pointer, items=[each.pointer for each in together.entries])


def _contradiction(dispute: Dispute) -> Contradiction:
    told = sorted(dispute.told, key=_when)
    sides = [Side(item=each.entry.pointer, start=each.start, end=each.end, text=each.text) for each in told]
    return Contradiction(kind=dispute.kind, about=dispute.about, later=dispute.later, sides=sides)


def _when(told: Told) -> tuple[str, str, int]:
    """Sources by their day of publication, those without one last; then by what tells them from others."""
    published = told.entry.of.briefing.source.published
    return str(published) if published else "~", told.entry.of.key, told.start
