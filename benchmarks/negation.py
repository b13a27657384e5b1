"""Lies about whether it was done: a "not" too few or too many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from benchmarks import verbs
from benchmarks.article import Claim
from benchmarks.roles import NOUN
from benchmarks.texts import one_of, outside_quotations, words

_AUXILIARY = one_of("is are was were has have had will would can could should did does do may might must")
_NEGATED = re.compile(
    rf"\b(?P<verb>(?i:{_AUXILIARY}))(?:\snot|n[’']t)\s(?P<next>[a-z-]+)"
    r"|\b(?P<can>can)(?:not|[’']t)\s|\b(?P<will>wo)n[’']t\s"
)
_HELD_BY_NOT = re.compile(
    rf"\b(?:{one_of('any anyone anything anybody ever either yet at_all until nor whatsoever longer but even much')})\b"
)
_STAYS = frozenset(words("only just necessarily least yet even any so to the much"))
_WHETHER = re.compile(r"\b(?:whether|[Ii]f|unless|until|how|wonder)\b")


def drop_not(claim: Claim, random: Random) -> Claim | None:
    """`did not resign`: `resigned`; `nobody was hurt`: `somebody was hurt`."""
    made = [*_without_not(claim.text), *_with_somebody(claim.text), *_with_some(claim.text)]
    return claim.saying(random.choice(made)) if made else None


def _without_not(text: str) -> Iterator[str]:
    for match in _NEGATED.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        following = match["next"] or after.split(" ")[0]
        clause = re.split(r"[.;:](?:\s[A-Z“\"]|$)", after)[0]
        held = _HELD_BY_NOT.search(clause) or _WHETHER.search(before) or following in _STAYS
        if held or not before:  # "Don't forget": no statement
            continue
        if match["verb"]:
            yield before + _affirmed(match["verb"], match["next"]) + after
        else:
            yield f"{before}{match['can'] or 'will'} {after}"


def _affirmed(auxiliary: str, following: str) -> str:
    """`did`, `resign`: `resigned`; `was`, `arrested`: `was arrested`."""
    if verbs.known(following):
        if auxiliary == "did":
            return verbs.past(following)
        if auxiliary in ("do", "does"):
            return verbs.third(following) if auxiliary == "does" else following
    return f"{auxiliary} {following}"


def _with_somebody(text: str) -> Iterator[str]:
    for match in re.finditer(r"\b(?P<no>[Nn])(?:obody|o one)\s(?=(?:was|has|had|is|will|in|who|at|knew)\b)", text):
        if not _HELD_BY_NOT.search(text[match.end() :]):
            yield f"{text[: match.start()]}{'S' if match['no'] == 'N' else 's'}omebody {text[match.end() :]}"


def _with_some(text: str) -> Iterator[str]:
    """`has no plans`: `has plans`."""
    for match in re.finditer(r"\b(?P<has>has|have|had) no (?P<what>plans|intention|reason|doubt|evidence)\b", text):
        article = {"intention": "an ", "reason": "a "}.get(match["what"], "")
        yield f"{text[: match.start()]}{match['has']} {article}{match['what']}{text[match.end() :]}"


_NEVER_NEGATED = frozenset(
    words(
        "no not never hardly nothing none only just also even already still yet ever next to being so the case at "
        "least more some both all each neither either likely about mostly largely increasingly too always often "
        "probably allegedly reportedly better among part unlikely unable unclear"
    )
)
_NEGATIVE = re.compile(r"\b(?:no|nobody|none|neither|nothing|nor|not|never|few|little|only|\w+n[’']t)\b", re.IGNORECASE)


def add_not(claim: Claim, random: Random) -> Claim | None:
    """`was arrested`: `was not arrested`; `resigned`: `did not resign`."""
    made = [*_negated_auxiliary(claim.text)] or [*_negated_past(claim.text)]
    return claim.saying(random.choice(made[:2])) if made else None


def _negated_auxiliary(text: str) -> Iterator[str]:
    plain = outside_quotations(text)
    for match in re.finditer(r"\b(?P<verb>is|are|was|were|has|have|had|will|would|can)\s(?=(?P<next>[a-z]+)\b)", plain):
        before, verb, following = plain[: match.start()], match["verb"], match["next"]
        negative = _NEGATIVE.search(" ".join(plain[match.end() :].split()[:3]))
        if negative or not _negatable(verb, following) or not _plain_clause(before) or "\x00" in before[-3:]:
            continue
        at = match.end() - 1 if verb == "can" else match.end()  # `cannot`
        yield f"{text[:at]}not {text[match.end() :]}"


def _negatable(verb: str, following: str) -> bool:
    """Whether this is an auxiliary, or a form of `be`, and "not" may stand after it."""
    if following in _NEVER_NEGATED:
        return False
    if verb in ("has", "have", "had"):
        return verbs.is_participle(following)
    return verb not in ("will", "would", "can") or verbs.known(following) or following == "be"


def _plain_clause(before: str) -> bool:
    """Whether what stands before a verb makes no question, no comparison and no negation of it."""
    clause = re.split(r"[,.;:]", before)[-1]
    return not (
        _WHETHER.search(before) or _NEGATIVE.search(clause) or re.search(r"\b(?:the|a|as|than)(?:\s\w+)?\s$", before)
    )


def _negated_past(text: str) -> Iterator[str]:
    plain = outside_quotations(text)
    subject = rf"(?:^|,\s|\bthat\s)(?P<subject>{NOUN}|(?i:he|she|it|they|we|who)|I)\s"
    for match in re.finditer(rf"{subject}(?P<verb>[a-z]+)\s(?P<next>\S+)", plain):
        base = verbs.of_past(match["verb"])
        if base is None or base == match["verb"] or _WHETHER.search(plain[: match.start()]):
            continue
        if not _passive(base, match["next"]) and _is_main(match["subject"], plain[match.end("verb") :]):
            yield f"{text[: match.start('verb')]}did not {base}{text[match.end('verb') :]}"


def _passive(base: str, following: str) -> bool:
    """Whether a past form may be a participle, or part of a longer form."""
    joined = following in ("by", "and", "or", "not") or following.startswith("no") or verbs.of_past(following)
    return bool(joined) or (base == "have" and following.endswith(("ed", "en")))


def _is_main(subject: str, after: str) -> bool:
    """Whether it is the verb of the sentence; not so in `The men arrested in May were freed`."""
    if subject.lower() in words("he she it they we i who") or re.match(r"\s(?:that|the|a|it|he|she|they)\b", after):
        return True
    return not re.match(r"[^,.;]*?\b(?:is|are|was|were|has|have|had|said|says|will)\b", after)
