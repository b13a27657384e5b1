"""Whether words give a reason or a purpose."""

from __future__ import annotations

from summarizer.language.folding import fold
from summarizer.language.lexicon import Lexicon


def gives_reason(text: str, lexicon: Lexicon) -> bool:
    """Whether `text` has a cue: `because`, `in response to`, `must`, `to prevent`. A language without a list of
    cues gives the benefit of the doubt."""
    cues = lexicon.compiled("reasons")
    folded = fold(text)
    return not cues or any(cue.search(folded) for cue in cues)
