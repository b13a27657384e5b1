"""An evaluation as a page: what was wrong in which article, and why."""

from __future__ import annotations

from summarizer.evaluation import cells, listing
from summarizer.evaluation.html import part, rendered
from summarizer.evaluation.listing import Article
from summarizer.evaluation.result import Evaluation, Row
from summarizer.evaluation.tally import Counts

_SAID = {"better": "better now", "worse": "worse now", "other": "otherwise wrong now"}


def page(evaluation: Evaluation) -> str:
    """One HTML file that needs no other and runs no script. All that articles, models and gold say in it is text, see
    `summarizer.evaluation.html`."""
    every, questions = listing.articles(evaluation), listing.questions(evaluation)
    found = {mark for article in every for each in article.asked for mark in each.marks}
    marks = [each for each in (*listing.OUTCOMES, "changed", *listing.CHANGES) if each in found]
    return rendered(
        "page.html",
        style=_style(len(questions), marks),
        evaluation=evaluation,
        subject=cells.subject(evaluation),
        tables=list(cells.tables(evaluation)),
        outcomes=list(listing.outcomes(evaluation)),
        articles=every,
        questions=questions,
        marks=marks,
        said=_SAID,
        classes=_classes,
        counted=_counted,
    )


def _style(questions: int, marks: list[str]) -> str:
    """The style sheet, with a rule for each choice of a question and an outcome, which hides all that is not of it."""
    asked = [f"q{at}" for at in range(questions)]
    rules = [_hiding([name], [".asked", ".article"]) for name in asked + marks]
    rules += [_hiding([one, other], [".article"]) for one in asked for other in marks]
    return "\n".join([part("shared.css") + part("page.css"), *rules, ""])


def _hiding(chosen: list[str], what: list[str]) -> str:
    where, name = "".join(f":has(#pick-{each}:checked)" for each in chosen), "-".join(chosen)
    return ", ".join(f"main{where} {each}:not(.{name})" for each in what) + " { display: none }"


def _classes(article: Article, questions: list[str]) -> str:
    """What the rules of `_style` know an article by: its questions, their outcomes, and which goes with which."""
    found: dict[str, None] = {}
    for each in article.asked:
        name = f"q{questions.index(each.question)}"
        found |= dict.fromkeys([name, *each.marks, *(f"{name}-{mark}" for mark in each.marks)])
    return " ".join(found)


def _counted(row: Row) -> list[tuple[str, Counts]]:
    """What of a row is counted without being a question."""
    asked = {each.question for each in row.judged} | {"abstention"}
    return [(name, each) for name, each in row.counts.items() if name not in asked and not name.startswith("any ")]
