"""Many articles: briefed with one configuration, in a run that can be stopped at any moment and goes on.

    from summarizer import Settings
    from summarizer.batch import brief_all

    outcome = brief_all(["articles/"], "RUN", Settings(model="openai/gpt-5-mini"))
    outcome.raise_for_failures()

A run is a folder. Its journal has every article, every answer and every briefing; what is written beside it is made
from that.

    inputs, table, entry     what is named, one article after the other; `reading` reads it
    journal, items           what is known of each, on the disk before anything is paid for
    run, pace, tape          asking, many at a time, as fast as the server lets us
    breaker                  what failures mean for all others
    output, cells, outcome   the briefings, the failures, and how the run stands
    rebuild                  the briefings once more, from the answers of then
"""

from __future__ import annotations

from summarizer.batch.brief import brief_all, run_state
from summarizer.batch.folder import runs
from summarizer.batch.inputs import Inputs
from summarizer.batch.outcome import Failed, Outcome, State
from summarizer.batch.rebuild import Rebuilt, rebuild
from summarizer.batch.run import Told
from summarizer.batch.table import Columns

__all__ = [
    "Columns",
    "Failed",
    "Inputs",
    "Outcome",
    "Rebuilt",
    "State",
    "Told",
    "brief_all",
    "rebuild",
    "run_state",
    "runs",
]
