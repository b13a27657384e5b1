"""Lies about who did it and to whom it was done."""

from __future__ import annotations

import re
from random import Random

from benchmarks import verbs
from benchmarks.article import Claim
from benchmarks.figures import MONTHS
from benchmarks.texts import one_of, words

_ON_SOMEBODY = frozenset(
    words(
        "accuse arrest attack back beat blame capture challenge charge convict criticize criticise defeat denounce "
        "detain endorse expel fire fine follow hire interview invite kidnap kill lead murder nominate oppose order "
        "praise promote protect question reassure recruit rescue replace shoot succeed sue support threaten tell ask "
        "urge warn welcome wound advise appoint assist condemn confront congratulate contact defend describe help "
        "injure instruct mock overthrow persuade pursue recall represent save strike thank assassinate address brief "
        "elect engage greet harm ignore invade bomb target trust visit acquire buy treat"
    )
)
"""What one can do to the other and both could do: no `meet`, which both do at once."""
_THINGS = one_of(
    "attack strike airstrike blast explosion bomb bombing fire storm quake earthquake report news crash accident law "
    "decision vote poll document letter study statement operation search cold heat virus disease move deal year it "
    "weapon case problem issue idea plan policy bill question role call way day city compound building area act "
    "campaign center house"
)
_NOBODY = re.compile(rf"\b(?:{_THINGS})s?$|\b(?:{'|'.join(MONTHS)}|\w+day)\b", re.IGNORECASE)
_DETERMINERS = one_of("the a an his her their its this that several many some two three four five six other police one")
_NO_NOUN = one_of(
    "who which that of in on at after before by for from with to as and or but when while because was were is are also "
    "then later never not had has have will would could first again repeatedly only more than"
)
_NO_NAME = one_of("As After When While If Before But And For In On At By What Who How That This It")
_CAPITAL = rf"(?!(?:{_NO_NAME})\b)(?:[A-Z][\w’'.-]*\w)"
_WORD = rf"(?:(?!(?:{_NO_NOUN}|\w+ly)\b)[a-z][a-z-]+|{_CAPITAL})"
NOUN = rf"(?:(?i:{_DETERMINERS})(?:\s{_WORD}){{1,4}}|(?:[Tt]he\s)?{_CAPITAL}(?:\s{_CAPITAL}){{0,3}})"
"""A noun phrase: a name, or a few words after an article or a number."""
_JOINED = rf"(?:[Aa]n?|[Tt]he)\s{_WORD}\sand(?:\s{_WORD}){{1,3}}"  # an Afghan and coalition force
_SUBJECT = (
    r"(?:^|^[A-Z][^,]{2,40},\s|\b(?:said|says|said that)\s)"
    rf"(?P<subject>{_JOINED}|{NOUN}|(?i:he|she|they))(?=\s[a-z]+$)"
)
_END = one_of(
    "in on at after during near before because when who while and_then last over with for under against since outside "
    r"as through from yesterday today \w+day"
)
_FOLLOWING = {
    "accuse": "of",
    "blame": "for",
    "ask": "to|whether",
    "urge": "to",
    "tell": "that|to",
    "warn": "that|of|about",
}
_AS_OBJECT = {"he": "him", "she": "her", "they": "them"}


def reverse_roles(claim: Claim, random: Random) -> Claim | None:
    """Who did it and to whom it was done, the other way round."""
    del random
    made = _reverse_active(claim.text, claim.article.text) or _reverse_passive(claim.text, claim.article.text)
    return claim.saying(made) if made else None


def _reverse_active(text: str, article: str) -> str | None:
    for match in re.finditer(r"(?<=\s)(?P<verb>[a-z]{3,})\s", text[:120]):
        base = verbs.of_past(match["verb"])
        if base is None or base not in _ON_SOMEBODY:
            continue
        subject = re.search(_SUBJECT, text[: match.end("verb")])
        end = rf"(?=\s(?:{_END}|{_FOLLOWING.get(base, 'in')})\b|[.,;])"
        other = re.match(rf"(?P<object>{NOUN}){end}", text[match.end() :])
        if subject and other and _both_somebody(subject["subject"], other["object"]):
            start, rest = subject.start("subject"), text[match.end() + other.end() :]
            one = _as_object(subject["subject"], article, first=start == 0)
            return f"{text[:start]}{_as_subject(other['object'], first=start == 0)} {match['verb']} {one}{rest}"
    return None


def _reverse_passive(text: str, article: str) -> str | None:
    """`Roe was arrested by Berg`: not by `the police`, since `the police was` would be wrong."""
    found = re.match(
        rf"(?P<subject>{NOUN})\swas\s(?P<verb>[a-z]+)\sby\s(?P<object>{NOUN})(?=\s(?:{_END})\b|[.,;])", text
    )
    if found is None or verbs.of_past(found["verb"]) not in _ON_SOMEBODY:
        return None
    one, other = found["subject"], found["object"]
    if not _both_somebody(one, other) or other.endswith(("s", "olice")):
        return None
    agent = _as_object(one, article, first=True)
    return f"{_as_subject(other, first=True)} was {found['verb']} by {agent}{text[found.end() :]}"


def _both_somebody(one: str, other: str) -> bool:
    verbal = any(verbs.of_past(word) or word.endswith("ing") for word in f"{one} {other}".split())
    return not (verbal or _NOBODY.search(one) or _NOBODY.search(other))


def _as_object(phrase: str, article: str, *, first: bool) -> str:
    """As an object, and no longer at the head of the sentence: `Poachers` turns to `poachers`."""
    if phrase.lower() in _AS_OBJECT:
        return _AS_OBJECT[phrase.lower()]
    common = re.match(rf"(?i:{_DETERMINERS})\b", phrase) or re.search(rf"\b{re.escape(phrase.lower())}\b", article)
    return phrase[0].lower() + phrase[1:] if first and common else phrase


def _as_subject(phrase: str, *, first: bool) -> str:
    return phrase[0].upper() + phrase[1:] if first else phrase
