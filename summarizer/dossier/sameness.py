"""Whether one item says what another says.

A wrong "yes" is worse than a wrong "no": two items that are shown apart can still be read, and two that are shown as
one hide what is different about them.
"""

from __future__ import annotations

from summarizer.difference.wording import Wording
from summarizer.dossier.entry import Entry
from summarizer.dossier.likeness import near, paraphrases, states
from summarizer.dossier.naming import same_name, same_people
from summarizer.dossier.places import same_place
from summarizer.dossier.times import same_time
from summarizer.item import Actor, Cause, Place, Rationale, Time
from summarizer.language.folding import fold

_FEWEST = 3
"""So many words a statement must share with one that says all it says: two are said of too much."""
_APART = ("denied", "planned")


def comparable(one: Entry, other: Entry) -> bool:
    """Whether two items can say the same at all."""
    return one.sort == other.sort and one.of.lexicon is other.of.lexicon


def says(one: Entry, other: Entry) -> bool:
    """Whether `one` says all that `other` says, and may say more; of names, places and times, whether they are the
    same."""
    if not comparable(one, other):
        return False
    match one.item, other.item:
        case Actor(), Actor():
            return same_people(one, other)
        case Place(), Place():
            return same_place(one.item.statement, other.item.statement, one.of.lexicon)
        case Time() as mine, Time() as theirs:
            return same_time(mine, theirs)
        case Rationale() as mine, Rationale() as theirs:
            return _same_reason(one, mine, other, theirs)
        case Cause(), Cause():
            return states(one, other, fewest=2) or paraphrases(one, other)
    if any((one.status == each) != (other.status == each) for each in _APART):
        return False
    return one.facts.folded == other.facts.folded or states(one, other, _FEWEST) or paraphrases(one, other)


def _same_reason(one: Entry, mine: Rationale, other: Entry, theirs: Rationale) -> bool:
    """The same speaker, with the same words or the same reason."""
    lexicon = one.of.lexicon
    if not same_name(Wording(mine.speaker, lexicon), Wording(theirs.speaker, lexicon), lexicon):
        return False
    if mine.quotation and theirs.quotation:
        said = [fold(each.text).strip(" .,!?\"'") for each in (mine.quotation, theirs.quotation)]
        if min(said, key=len) in max(said, key=len):
            return True
    return states(one, other, fewest=2) or near(one, other)
