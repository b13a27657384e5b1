"""Who does what in a sentence: which phrase is the subject of a verb."""

from __future__ import annotations

from summarizer.check.phrases import FINITE, Phrase, Phrases

_LONGEST = 90
"""Words to look back at: no clause is longer, but a text without full stops may be."""


class Clauses(Phrases):
    """The clauses of one sentence."""

    def subject(self, verb: int) -> Phrase | None:
        """The subject before a verb: beside it, or at the beginning of its clause."""
        at = self._before_auxiliaries(verb)
        tag = self.tag(at)
        if tag == "h" or (tag == "d" and at == verb - 1):
            return Phrase(at, at + 1)
        if tag == "w" or (self.word(at) == "that" and self.tag(at - 1) in "nNZ" and self.tag(at) == "s"):
            return self._antecedent(at)
        phrase = self.phrase_before(at + 1)
        if phrase is None:
            return self.main(at + 1)
        return self._as_subject(phrase)

    def _before_auxiliaries(self, verb: int) -> int:
        at = verb - 1
        while at >= 0 and (self.tags[at] in "yab" or (self.tags[at] == "k" and self.tag(at - 1) not in "pd")):
            at -= 1
        return at - 1 if self.word(at).endswith("self") else at

    def _as_subject(self, phrase: Phrase) -> Phrase | None:
        """A phrase beside a verb, if it is no object or place of the words before; else the subject of the clause."""
        whole = self.with_attached(phrase)
        before = self.tag(whole.first - 1)
        if before == "p" or (before in "xjb" and self.word(whole.first - 1) not in self._lexicon.words("thinking")):
            return self.main(whole.first)
        if before == "c":
            return self._joined(whole)
        return (self._beside(whole) if before == "," else None) or whole

    def _beside(self, phrase: Phrase) -> Phrase | None:
        """`Mia Berg` for `the head of the port`, where that follows the name with no comma after it."""
        name = self.phrase_before(phrase.first - 1)
        described = self.tag(phrase.first) == "d" and self.tags[phrase.last - 1] == "n"
        opens = name is not None and self.tag(name.first - 1) in ".:(Q" and self.tags[name.last - 1] == "N"
        return name if described and opens else None

    def _joined(self, phrase: Phrase) -> Phrase:
        """`Mia Berg and Tor Lind` is one subject; in `a pump burned and Tor Lind` there are two."""
        other = self.phrase_before(phrase.first - 1)
        if other and "N" in self.tags[other.first : other.last] and self.tag(other.first - 1) in ".,:(s":
            return Phrase(other.first, phrase.last)
        return phrase

    def _antecedent(self, relative: int) -> Phrase | None:
        """Whom `who` stands for: the name before it, or the one that the phrase before it is set beside."""
        at = relative - 1 if self.tag(relative - 1) in ",(" else relative
        near = self.phrase_before(at)
        if near is None:
            return self.main(relative) if self.word(relative) == "who" else None
        whole = self.with_attached(near)
        beside = self.phrase_before(whole.first - 1) if self.tag(whole.first - 1) == "," else None
        return beside if beside and self.tags[beside.last - 1] == "N" and self.tags[whole.last - 1] != "N" else whole

    def main(self, end: int) -> Phrase | None:
        """The subject of the main clause that the words before `end` belong to."""
        found: Phrase | None = None
        at = max(0, self._clause_start(end))
        while at < end:
            begin = self._subject_start(at, end) if found is None else at
            phrase = self._at(begin, end)
            if phrase and (found is None or self._has_verb(phrase, end)):
                found, begin = phrase, phrase.last - 1
            at = self._next_clause(max(begin, at) + 1, end)
        return found

    def _clause_start(self, end: int) -> int:
        for index in range(end - 1, max(-1, end - _LONGEST), -1):
            if self.tags[index] in ":." and index < end - 1:
                return index + 1
        return end - _LONGEST

    def _subject_start(self, at: int, end: int) -> int:
        """Past the words and phrases that may stand before a subject: `In May, when the port closed,`."""
        while at < end:
            tag = self.tag(at)
            if tag in "pstgixTA" and (comma := self._find(",", at, end)) is not None:
                at = comma + 1
            elif tag in "yck,.(QTxp" or (tag == "#" and self.tag(at + 1) == ","):
                at += 1
            else:
                break
        return at

    def _at(self, at: int, end: int) -> Phrase | None:
        if self.tag(at) == "h":
            return Phrase(at, at + 1)
        phrase = self.phrase_from(at) if at < end else None
        if phrase is None:
            return None
        phrase = Phrase(phrase.first, min(phrase.last, self._full_name_end(at), end))
        return self._past_aside(phrase, end) or phrase

    def _full_name_end(self, at: int) -> int:
        """Where a first and a last name end that begin a clause: what follows is a verb, be it in no list."""
        given = self.word(at) in self._lexicon.words("female_names", "male_names")
        last = at
        while self.tag(last) == "N":
            last += 1
        return last if given and last - at > 1 else len(self.tags)

    def _past_aside(self, phrase: Phrase, end: int) -> Phrase | None:
        """`the port council closed it` after `a long, late meeting,`; the name after `another critic,`."""
        comma = self.past_attached(phrase)
        if self.tag(comma) != ",":
            return None
        other = self.phrase_from(comma + 1)
        if other is None or other.last > end:
            return None
        named = self.tags[other.last - 1] == "N" and self.tag(other.last) == ","
        if named and self.tags[phrase.last - 1] == "n":
            return Phrase(phrase.first, other.last)
        return other if self._has_verb(other, end) else None

    def _has_verb(self, phrase: Phrase, end: int) -> bool:
        after = phrase.last
        while self.tag(after) == "y":
            after += 1
        return after < end and self.tag(after) in FINITE

    def _next_clause(self, at: int, end: int) -> int:
        """Where the next clause may begin: after `and`, `but` or a dash."""
        while at < end and not (self.tag(at - 1) in "c(" and at - 1 >= 0):
            at += 1
        return at

    def _find(self, tag: str, at: int, end: int) -> int | None:
        return next((index for index in range(at, end) if self.tags[index] == tag), None)

    def after(self, verb: int) -> Phrase | None:
        """The subject after a verb: `said Mia Berg, the director`; None if what follows is what is said."""
        at = verb + 1
        while self.tag(at) in "yk":
            at += 1
        if self.tag(at) == "h":
            return Phrase(at, at + 1) if self.tag(at + 1) not in FINITE | set("y") else None
        phrase = self.phrase_from(at)
        if phrase is None:
            return None
        end = self.past_attached(phrase)
        return phrase if self.tag(end) not in FINITE - set("v") and not self._begins_clause(end) else None

    def _begins_clause(self, at: int) -> bool:
        return self.tag(at) in "hT"
