"""A dossier as Markdown (CommonMark)."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.dossier.record import Dossier
from summarizer.report.dossier import outline
from summarizer.report.markdown import escape, evidence
from summarizer.text import one_line


def markdown(dossier: Dossier) -> str:
    """The dossier, with the sentences that its items rest on by source at its end.

    Text of the articles or the model is escaped: it cannot make links, images, HTML or headings.
    """
    named = [f"{at + 1}. {escape(outline.source(dossier, at))}" for at in range(len(dossier.briefings))]
    parts = [f"# {outline.title(dossier)}", "\n".join(named)]
    parts += [f"**{escape(one_line(each))}**" for each in dossier.warnings]
    parts += _disputes(dossier)
    for part in outline.parts(dossier):
        parts += [f"## {escape(part.title)}", "\n".join(map(_same, part.same))]
    parts += [*_speakers(dossier), *_evidence(dossier), f"*{escape(outline.foot(dossier))}*"]
    return "\n\n".join(parts) + "\n"


def _disputes(dossier: Dossier) -> Iterator[str]:
    found = list(outline.disputes(dossier))
    if found:
        yield "## Where they contradict each other"
        yield "\n".join(row for each in found for row in _dispute(each))


def _dispute(dispute: outline.Dispute) -> Iterator[str]:
    yield f"- **{escape(dispute.about)}**" + (f" — {escape(dispute.note)}" if dispute.note else "")
    for each in dispute.told:
        sentence = f"{each.cited}: {escape(one_line(each.sentence.text))}"
        yield f"  - \\[{each.source}\\] “{escape(each.words)}” — {sentence}"


def _same(same: outline.Same) -> str:
    note = "; ".join(filter(None, [same.shared.title.lower(), same.shared.line.note]))
    rows = [f"- {escape(same.shared.line.text)} — {escape(note)} \\[{same.marks}\\]"]
    rows += [f"  > {escape(same.shared.line.quotation)}"] if same.shared.line.quotation else []
    rows += [f"  - \\[{each.source}\\] {escape(each.line.text)}" for each in same.others]
    return "\n".join(rows)


def _speakers(dossier: Dossier) -> Iterator[str]:
    found = list(outline.speakers(dossier))
    if found:
        yield "## Who is quoted where"
        yield "\n".join(row for each in found for row in _speaker(each))


def _speaker(speaker: outline.Speaker) -> Iterator[str]:
    yield f"- {escape(speaker.name)}"
    for said in speaker.said:
        yield f"  - \\[{said.source}\\] {said.how}: {escape(said.words)} \\[{said.cited}\\]"


def _evidence(dossier: Dossier) -> Iterator[str]:
    for number, briefing in enumerate(dossier.briefings, start=1):
        yield f"## Evidence in [{number}]".replace("[", "\\[").replace("]", "\\]")
        yield evidence(briefing)
