"""Many articles: briefed with one configuration, in a run that can be stopped at any moment and goes on.

    from summarizer import Settings
    from summarizer.batch import brief_all

    outcome = brief_all(["articles/"], "RUN", Settings(model="openai/gpt-5-mini"))
    outcome.raise_for_failures()

A run is a folder. Its journal has every article, every answer and every briefing; what is written beside it is made
from that.

    inputs, table, entry     what is named, one article after the other; `reading` reads it, `feeds` those of a feed
    journal, items           what is known of each, on the disk before anything is paid for
    run, pace, purse, tape   asking, many at a time, as fast as the server lets us, for no more than may be spent
    breaker                  what failures mean for all others
    workers, worker, wire    the processes of a long run, and what they and the run tell each other
    remote, batches, requests, line   asking by a provider's batches instead
    output, cells, outcome   the briefings, the failures, and how the run stands
    forecast                 what it would cost, without a call
    rebuild                  the briefings once more, from the answers of then
    watch                    round after round, what is new in feeds (`polling`) and folders (`settling`)
"""

from __future__ import annotations

from summarizer.batch.brief import brief_all, run_state
from summarizer.batch.cancel import cancel
from summarizer.batch.folder import runs
from summarizer.batch.forecast import Forecast, forecast
from summarizer.batch.inputs import Inputs
from summarizer.batch.outcome import Failed, Outcome, State
from summarizer.batch.rebuild import Rebuilt, rebuild
from summarizer.batch.requests import Limits
from summarizer.batch.run import Told
from summarizer.batch.table import Columns
from summarizer.batch.watch import Round, watch

__all__ = [
    "Columns",
    "Failed",
    "Forecast",
    "Inputs",
    "Limits",
    "Outcome",
    "Rebuilt",
    "Round",
    "State",
    "Told",
    "brief_all",
    "cancel",
    "forecast",
    "rebuild",
    "run_state",
    "runs",
    "watch",
]
