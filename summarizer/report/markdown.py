"""A briefing as Markdown (CommonMark)."""

from __future__ import annotations

import re

from summarizer.briefing import BaseBriefing
from summarizer.report import outline
from summarizer.report.citation import cite, joined
from summarizer.text import one_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_LEADING = re.compile(r"^(\s*)(\d+)([.)])|^(\s*)([-+=])")


def markdown(briefing: BaseBriefing) -> str:
    """The briefing with its evidence as footnote-like references to the sentences at its end.

    Text of the article or the model is escaped: it cannot make links, images, HTML or headings.
    """
    parts = [f"# {escape(outline.headline(briefing))}"]
    for section in outline.sections(briefing):
        parts.append(f"## {section.title}")
        parts.append("\n".join(_item(line) for line in section.lines))
    if cited := evidence(briefing):
        parts += ["## Evidence", cited]
    parts.append(f"*{escape(outline.provenance(briefing))}*")
    return "\n\n".join(parts) + "\n"


def evidence(briefing: BaseBriefing) -> str:
    """The sentences that items rest on, as a list."""
    pages = briefing.source.pages
    cited = {cite(each, pages): one_line(each.text) for _, _, item in briefing.items for each in item.evidence}
    return "\n".join(f"- **{number}** {escape(text)}" for number, text in sorted(cited.items()))


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    escaped = _SPECIAL.sub(r"\\\1", text)
    escaped = re.sub(r"(?i)\b(https?|ftp|mailto|www)([:.])", r"\1\\\2", escaped)
    return _LEADING.sub(
        lambda match: f"{match[1]}{match[2]}\\{match[3]}" if match[2] else f"{match[4]}\\{match[5]}", escaped
    )


def _item(line: outline.Line) -> str:
    note = f" — {escape(line.note)}" if line.note else ""
    sentences = f" [{joined(line.cited)}]" if line.cited else ""
    quotation = f"\n  > {escape(line.quotation)}" if line.quotation else ""
    return f"- {escape(line.text)}{note}{sentences}{quotation}"
