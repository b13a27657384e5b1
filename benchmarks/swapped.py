"""Lies about what was done: a verb in another one's place, in the same form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from random import Random

from benchmarks import verbs
from benchmarks.article import Claim
from benchmarks.texts import one_of, outside_quotations, words


def _fields(text: str) -> dict[str, frozenset[str]]:
    lines = (each.split() for each in re.split(r"[|\n]", text) if each.strip())
    return {line[0]: frozenset(line) for line in lines}


_ONTO = _fields("""
arrest detain capture catch seize jail charge convict kidnap hold|bury kill|buy acquire take obtain secure win get
celebrate mark honor honour welcome commemorate|copy record film|criticize condemn denounce attack accuse blame
describe call portray mention cite outline explain report note discuss show|donate give award grant offer deliver pay
examine inspect study check review investigate test assess search|photograph film record capture show see|paint
finance fund pay back support invest buy|forget ignore neglect miss|protect defend guard patrol secure watch monitor
hide bury conceal cover mask keep|hire recruit employ appoint name elect|insult attack criticize mock condemn denounce
kidnap arrest capture seize take detain hold|measure count calculate estimate assess|wash clean|greet welcome meet thank
praise welcome thank honor honour hail support back celebrate endorse|promote advance support name encourage back boost
publish release issue print reveal announce post write|remember recall mark honor honour celebrate mourn
repair fix rebuild restore renovate improve|rescue save free help protect recover|sell trade offer export supply
steal take seize rob capture|sue charge accuse challenge|thank praise welcome greet congratulate honor honour
visit tour attend see meet enter inspect
""")
_ALONE = _fields("""
burn fire light destroy explode|collapse fall fail break sink drop crash|disappear vanish go leave flee
explode burn erupt detonate fire bomb|retire leave quit resign end step go|shrink fall decline decrease drop lose reduce
sleep rest stay|swim|sing perform play|crash collide hit fall collapse strike|wait stay remain hold
vote elect choose back|testify say tell speak appear state confirm|march walk protest demonstrate rally move go
recover improve rise gain return|resign quit leave retire step go
improve rise grow gain recover increase boost strengthen
""")
"""Verbs to put in another one's place, each with those that say too nearly the same: done to something, and not."""

_KEPT = frozenset(
    words(
        "say tell add be have do make take get give go come put let keep seem become remain include involve use need "
        "want know think mean try help state note claim report argue like look stay happen occur continue begin start "
        "stop"
    )
)
"""Verbs that are left alone: sayings, and those that say little without another word."""
_OBJECT = (
    r"\s(?:(?:the|a|an|his|her|its|their|him|them|it|this|that|these|those|some|several|many|two|three|four|five|"
    r"another|more\sthan|at\sleast|about|nearly|almost)\b|[A-Z“\"]|\$?\d)"
)
_WHEN = one_of("in on at after before when while near during because by last late early from since")
_END = rf"(?:\s(?:{_WHEN})\b|[.,;])"
_BETWEEN = r"(?:\s(?:\w+ly|also|not|never|later|then))?\s$"
_PASSIVE = re.compile(rf"\b(?:was|were|been|being|is|are|be){_BETWEEN}")
_PERFECT = re.compile(rf"\b(?:has|have|had){_BETWEEN}")
_PLAIN = re.compile(rf"\b(?:{one_of('to will would can could may might must should did')})(?:\snot)?\s$")
_OF_NOUN = re.compile(rf"\b(?:{one_of('the a an his her its their our now of and or two three some several')})\s$")
_THIRD = re.compile(r"(?:\b(?:who|which|he|she|it|that)|[A-Z]\w+)\s$")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"(?<=\s)[a-z]{3,}(?=[\s.,;])")


@dataclass(frozen=True)
class Spot:
    """A verb in a text: where it stands, and what gives another verb its form; `onto` where it is done to something."""

    start: int
    end: int
    base: str
    onto: bool
    form: Callable[[str], str]


def swap_verb(claim: Claim, random: Random) -> Claim | None:
    """`failed on Tuesday`: `burned on Tuesday`; `praised the police`: `insulted the police`."""
    spots = list(_spots(claim.text))
    if not spots:
        return None
    spot = random.choice(spots)
    told = set(_LETTERS.findall(f"{claim.text} {_around(claim)}".lower()))
    fields = _ONTO if spot.onto else _ALONE
    far = [each for each, near in fields.items() if spot.base not in near and told.isdisjoint(_forms(near))]
    return (
        claim.saying(claim.text[: spot.start] + spot.form(random.choice(far)) + claim.text[spot.end :]) if far else None
    )


def _around(claim: Claim) -> str:
    """The sentence that a claim cites and the two beside it; the whole article where it cites none."""
    if claim.cited is None:
        return claim.article.text
    near = (each for each in claim.article.document.sentences if abs(each.number - claim.cited) <= 1)
    return " ".join(claim.article.sentence(each.number) for each in near)


def _forms(bases: Iterable[str]) -> set[str]:
    return {form for base in bases for form in (base, verbs.past(base), verbs.participle(base), verbs.third(base))}


def _spots(text: str) -> Iterator[Spot]:
    """The verbs whose form can be told, and whether they are done to something."""
    plain = outside_quotations(text)
    for match in _WORD.finditer(plain):
        before, after = plain[: match.start()], plain[match.end() :]
        onto = re.match(_OBJECT, after) is not None
        read = _read(match[0], before, onto=onto) if onto or re.match(_END, after) else None
        if read is not None and read[0] not in _KEPT:
            yield Spot(match.start(), match.end(), read[0], onto or _PASSIVE.search(before) is not None, read[1])


def _read(word: str, before: str, *, onto: bool) -> tuple[str, Callable[[str], str]] | None:
    """The verb that a word is a form of, with what makes that form of another verb."""
    passive = _PASSIVE.search(before)
    if _PLAIN.search(before):
        return (word, str) if verbs.known(word) else None
    if passive or _PERFECT.search(before):
        base = verbs.of_participle(word)
        return (base, verbs.participle) if base and not (onto and passive) else None
    if base := verbs.of_past(word):
        return (base, verbs.past) if word != base and not _OF_NOUN.search(before) else None
    base = verbs.of_third(word) if onto and _THIRD.search(before) else None
    return (base, verbs.third) if base else None
