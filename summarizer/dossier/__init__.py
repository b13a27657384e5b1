"""Articles about one event, put together: what all say, what one says alone, and where they contradict each other.

    dossier = merge([brief("one.txt"), brief("other.txt")])

The merge writes nothing: it points at items of the briefings, which the dossier holds whole.
"""

from __future__ import annotations

from summarizer.dossier.merging import merge
from summarizer.dossier.record import Contradiction, Dossier, Group, Pointer, Side, Voice

__all__ = ["Contradiction", "Dossier", "Group", "Pointer", "Side", "Voice", "merge"]
