"""An evaluation as a page: what was wrong in which article, and why."""

from __future__ import annotations

import base64
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.evaluation import cells, listing
from summarizer.evaluation.listing import Article
from summarizer.evaluation.result import Evaluation, Row
from summarizer.text import one_line

if TYPE_CHECKING:
    from jinja2 import Template

_FOLDER = Path(__file__).parent
_LONGEST = 400
_SAID = {"better": "better now", "worse": "worse now", "other": "otherwise wrong now"}


def page(evaluation: Evaluation) -> str:
    """One HTML file that needs no other and runs no script.

    Everything in it that an article, a model or the gold says is text: escaped, and with nothing in it that is
    invisible or turns the direction of writing. A policy in the page forbids whatever is not its own style.
    """
    every, questions = listing.articles(evaluation), listing.questions(evaluation)
    outcomes = {mark for article in every for each in article.asked for mark in each.marks}
    marks = [each for each in (*listing.OUTCOMES, "changed", *listing.CHANGES) if each in outcomes]
    style = _style(len(questions), marks)
    return _template().render(
        evaluation=evaluation,
        subject=cells.subject(evaluation),
        tables=list(cells.tables(evaluation)),
        outcomes=list(listing.outcomes(evaluation)),
        articles=every,
        questions=questions,
        marks=marks,
        said=_SAID,
        style=style,
        policy=_hash(style),
    )


def _style(questions: int, marks: list[str]) -> str:
    """The style sheet, with a rule for each choice of a question and an outcome, which hides all that is not of it."""
    asked = [f"q{at}" for at in range(questions)]
    rules = [_hiding([name], [".asked", ".article"]) for name in asked + marks]
    rules += [_hiding([one, other], [".article"]) for one in asked for other in marks]
    return "\n".join([(_FOLDER / "page.css").read_text(encoding="utf-8"), *rules, ""])


def _hiding(chosen: list[str], what: list[str]) -> str:
    where, name = "".join(f":has(#pick-{each}:checked)" for each in chosen), "-".join(chosen)
    return ", ".join(f"main{where} {each}:not(.{name})" for each in what) + " { display: none }"


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"


@cache
def _template() -> Template:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    made = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {
        "plain": lambda text: one_line(str(text), _LONGEST),
        "label": cells.label,
        "number": cells.number,
        "amount": cells.amount,
        "classes": _classes,
        "counted": _counted,
    }
    return made.from_string((_FOLDER / "page.html").read_text(encoding="utf-8"))


def _classes(article: Article, questions: list[str]) -> str:
    """What the rules of `_style` know an article by: its questions, their outcomes, and which goes with which."""
    found: dict[str, None] = {}
    for each in article.asked:
        name = f"q{questions.index(each.question)}"
        found |= dict.fromkeys([name, *each.marks, *(f"{name}-{mark}" for mark in each.marks)])
    return " ".join(found)


def _counted(row: Row) -> list[tuple[str, Any]]:
    """What of a row is counted without being a question."""
    asked = {each.question for each in row.judged} | {"abstention"}
    return [(name, each) for name, each in row.counts.items() if name not in asked and not name.startswith("any ")]
