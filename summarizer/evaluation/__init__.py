"""How good briefings are: held against gold, articles in which people marked what is right.

gold → run → judge → tally → result → table, page
"""

from __future__ import annotations

from summarizer.evaluation.gold import Gold, read
from summarizer.evaluation.result import Difference, Evaluation, Row, Run
from summarizer.evaluation.run import evaluate

__all__ = ["Difference", "Evaluation", "Gold", "Row", "Run", "evaluate", "read"]
