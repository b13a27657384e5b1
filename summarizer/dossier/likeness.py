"""How much two statements have in common, and whether one says all that the other says."""

from __future__ import annotations

from functools import lru_cache

from summarizer.check.facts import Facts, Token
from summarizer.dossier.entry import Entry
from summarizer.language.lexicon import Lexicon

Word = tuple[str, str]

_COVERED = 0.75
_LONGEST = 40
"""Words of a sentence that says one thing. What runs on, as captions and links do between paragraphs, has all words."""
_ALIKE = 0.6
_ACTS = 0.4
_NEAR = 0.35
_FEWEST = 3
_DONE = 2
_BOTH = frozenset({"no_number", "other_name"})
"""What is an addition where one of two texts has it, and a contradiction where both have."""

ADDED = frozenset({"words", "name", "other_name", "no_number", "place", "other_place", "attribution"})
"""What the rules of the check object to where a text only tells more than another, or tells it in other words."""


def states(one: Entry, other: Entry, fewest: int) -> bool:
    """Whether `one` says all that `other` says: the rules of the check let `other` stand on it, and it has three
    quarters of its words, and at least `fewest`."""
    mine, theirs = words(one.facts), words(other.facts)
    shared = common(theirs, mine, one.of.lexicon)
    runs_on = len(mine) > _LONGEST
    return not runs_on and shared >= max(fewest, _COVERED * len(theirs)) and not objections(other, one)


def paraphrases(one: Entry, other: Entry) -> bool:
    """Whether two statements are alike, in what is done as in who and where, nothing in them contradicts, and `one` has
    every number of `other`, and three quarters of its names."""
    mine, theirs = words(one.facts), words(other.facts)
    if likeness(mine, theirs, one.of.lexicon) < _ALIKE:
        return False
    if likeness(_acts(mine), _acts(theirs), one.of.lexicon) < _ACTS:
        return False
    names = frozenset(each for each in theirs if each[0] == "name")
    named = common(names, mine, one.of.lexicon) >= _COVERED * len(names)
    return named and "no_number" not in objections(other, one) and not contradicting(one, other)


def same_act(one: Entry, other: Entry) -> bool:
    """Whether two events are the same thing done, by their words apart from names and numbers, with a name in common;
    where and when may be told otherwise."""
    if one.of.lexicon is not other.of.lexicon:
        return False
    mine, theirs = words(one.facts), words(other.facts)
    acts, others = _acts(mine), _acts(theirs)
    named = sum(each[0] == "name" for each in mine & theirs)
    done = min(common(acts, others, one.of.lexicon), common(others, acts, one.of.lexicon))
    enough = named >= 1 and done >= _DONE and named + done > _FEWEST
    return enough and likeness(acts, others, one.of.lexicon) >= _ALIKE


def near(one: Entry, other: Entry) -> bool:
    """Whether two statements on one thing have enough words in common to be one statement, and nothing in them
    contradicts."""
    mine, theirs = words(one.facts), words(other.facts)
    enough = common(mine, theirs, one.of.lexicon) >= _FEWEST
    return enough and likeness(mine, theirs, one.of.lexicon) >= _NEAR and not contradicting(one, other)


def contradicting(one: Entry, other: Entry) -> frozenset[str]:
    """The codes of what the rules of the check find in one of two statements that is not so by the other, apart from
    what one of them merely adds."""
    both = objections(one, other), objections(other, one)
    return (both[0] | both[1]) - ADDED | (both[0] & both[1] & _BOTH)


def objections(claim: Entry, evidence: Entry) -> frozenset[str]:
    """The codes of what the rules of the check object to, with one statement as a claim and another as its evidence."""
    support = claim.of.support
    return frozenset(each.code for each in support.objections(claim.facts.text, evidence.facts.text))


def likeness(mine: frozenset[Word], theirs: frozenset[Word], lexicon: Lexicon) -> float:
    """How much of their words two texts share, from 0 to 1."""
    return (common(mine, theirs, lexicon) + common(theirs, mine, lexicon)) / max(len(mine) + len(theirs), 1)


def common(mine: frozenset[Word], theirs: frozenset[Word], lexicon: Lexicon) -> int:
    """How many of `mine` are among `theirs`, as they stand or as a word of like meaning."""
    return sum(each in theirs or any(_same(each, other, lexicon) for other in theirs) for each in mine)


def _acts(told: frozenset[Word]) -> frozenset[Word]:
    """The words that are neither names nor numbers."""
    return frozenset(each for each in told if each[0] in ("word", "fate"))


@lru_cache(maxsize=4096)
def words(facts: Facts) -> frozenset[Word]:
    """What a text says something with: numbers by their value, words for death and injury by which of the two it is,
    names apart from other words, by their stems."""
    return frozenset(_word(each, facts) for each in facts.content)


def _word(token: Token, facts: Facts) -> Word:
    if token.number is not None:
        return "number", str(token.number)
    if token.word.text in (fates := facts.lexicon.map("fates")):
        return "fate", fates[token.word.text]
    following = facts.after(token)
    begins = token.first and not (following is not None and following.name)
    return "name" if token.name and not begins else "word", token.word.stem


def _same(one: Word, other: Word, lexicon: Lexicon) -> bool:
    if "number" in (one[0], other[0]) or "fate" in (one[0], other[0]):
        return False
    meaning = lexicon.meaning
    return meaning.same(one[1], other[1]) or meaning.same(other[1], one[1])
