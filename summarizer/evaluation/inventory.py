"""What a file of gold holds, in numbers, and what in it can never be found right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.evaluation import phrase
from summarizer.evaluation.cells import Table, label
from summarizer.evaluation.gold import Gold
from summarizer.text import one_line

HEAD = ("", "articles", "with answers", "without", "in all")


def inventory(gold: Sequence[Gold]) -> Table:
    """For each question: the articles that it is scored in, those with an answer, those in which the article does not
    say, and how many phrases, reasons or quotations there are in all."""
    names = list(dict.fromkeys(name for each in gold for name in each.answers))
    lines = [_line(label(name), [each.answers[name] for each in gold if name in each.answers]) for name in names]
    told: dict[str, list[Sequence[object]]] = {
        "day": [[each.day] if each.day else [] for each in gold if each.dated],
        "stated rationale": [each.stated_rationale for each in gold if each.stated_rationale is not None],
        "quotations": [each.quotations for each in gold if each.quotations is not None],
    }
    return Table(HEAD, (*lines, *(_line(name, lists) for name, lists in told.items() if lists)))


def doubts(gold: Sequence[Gold]) -> Iterator[str]:
    """What no briefing can be right about, and so is likely to be a slip: a line each, safe to print."""
    for each in gold:
        for what, text in _hopeless(each):
            yield f"{one_line(each.id, 80)}: {what}: “{one_line(text, 120)}”"


def _hopeless(gold: Gold) -> Iterator[tuple[str, str]]:
    text = f" {' '.join(phrase.words(gold.text))} "
    for name, phrases in gold.answers.items():
        yield from ((f"an answer to {label(name)} has no words", one) for one in phrases if not phrase.words(one))
    for reason in gold.stated_rationale or ():
        if not phrase.words(reason.reason):
            yield "a reason has no words", reason.reason
    for quotation in gold.quotations or ():
        for piece in quotation.pieces:
            if f" {' '.join(phrase.words(piece))} " not in text:
                yield "a quotation does not stand in the text", piece


def _line(name: str, lists: Sequence[Sequence[object]]) -> tuple[str, ...]:
    answered = sum(bool(each) for each in lists)
    return (name, *map(str, (len(lists), answered, len(lists) - answered, sum(map(len, lists)))))
