"""What models answered, kept for the next time that exactly the same is asked, by whatever process.

    store     the file that they are in
    answers   which answer is one to which request
    size      how much may be kept

An answer is found by the hash of who is asked and of the whole request: model, prompt, article, schema and settings.
What is sent with a request beside its body, such as a key, is kept nowhere.
"""

from __future__ import annotations

from summarizer.cache.answers import Answers, Reused
from summarizer.cache.size import limit
from summarizer.cache.store import Info, Store

__all__ = ["Answers", "Info", "Reused", "Store", "limit"]
