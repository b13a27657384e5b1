"""How good briefings are: held against gold, articles in which people marked what is right.

gold → run → judge → tally → result → table, page

`annotation` is where gold comes from: a page on which a person marks an article.
"""

from __future__ import annotations

from summarizer.evaluation.gold import Gold, read
from summarizer.evaluation.result import Difference, Evaluation, Row, Run
from summarizer.evaluation.run import evaluate

__all__ = ["Difference", "Evaluation", "Gold", "Row", "Run", "evaluate", "read"]
