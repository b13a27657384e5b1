"""Lies that say for certain what the article says with care."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from benchmarks import verbs
from benchmarks.article import Claim
from benchmarks.texts import one_of, words

_POSSIBLE = frozenset(
    words("be face lead become cost affect take mean cause result help make happen lose rise fall reach increase")
)
"""With these `could` says what may happen, with others often what somebody was able to do."""
_CONDITIONAL = re.compile(r"\b(?:[Ii]f|so|whether|what|unless|how)\b")
_ADVERB = one_of("allegedly reportedly possibly probably apparently presumably supposedly")
_DETERMINED = one_of("a an the two three four five six several of and other many few killed detained captured by")
_APPEARANCE = {
    "appeared to have": "had",
    "appears to have": "has",
    "appear to have": "have",
    "seemed to have": "had",
    "seems to have": "has",
    "appeared to be": "proved to be",
    "appears to be": "is",
    "appear to be": "are",
    "seems to be": "is",
} | {
    f"{be} {verb} to {infinitive}": form
    for be, has in (("is", "has"), ("are", "have"), ("was", "had"), ("were", "had"))
    for verb in ("believed", "thought")
    for infinitive, form in (("be", be), ("have", has))
}


def drop_hedge(claim: Claim, random: Random) -> Claim | None:
    """What may be so, said as if it were so."""
    ways = (_sure_modals, _sure_adverbs, _sure_likelihood, _sure_adjectives, _sure_appearance)
    made = [each for way in ways for each in way(claim.text)]
    return claim.saying(random.choice(made)) if made else None


def _sure_modals(text: str) -> Iterator[str]:
    """`may have fled`: `had fled`; `might sue`: `will sue`."""
    for match in re.finditer(r"\b(?P<modal>may|might|could)\s(?P<verb>[a-z]+)\s", text):
        before, verb, after = text[: match.start()], match["verb"], text[match.end() :]
        if verb == "have":
            if verbs.is_participle(after.split(" ")[0].strip(".,")) and not re.search(r"\b[Bb]y \d{4}", text):
                yield f"{before}had {after}"
            continue
        possible = verb in _POSSIBLE if match["modal"] == "could" else verbs.known(verb) or verb == "be"
        if possible and not _CONDITIONAL.search(text) and not before.endswith("as "):
            yield f"{before}will {verb} {after}"


def _sure_adverbs(text: str) -> Iterator[str]:
    if re.search(r"\b(?:[Aa]ccording to|reports?|reported)\b", text):
        return
    for match in re.finditer(rf"(?P<comma>,?)\s(?:{_ADVERB})\b(?P<close>,?)", text):
        before, after = text[: match.start()], text[match.end() :]
        joined = re.search(r"\b(?:more|most|and|not|only|but|are|or)$", before)
        if not joined and not re.match(r"\s(?:and|or|but|because)\b", after):
            yield before + (match["comma"] if not match["close"] else "") + after


def _sure_likelihood(text: str) -> Iterator[str]:
    match = re.search(r"\b(?P<be>is|are) likely to (?=[a-z])", text)
    if match and not re.search(r"\b(?:more|less|most)\b", text):
        yield f"{text[: match.start()]}{match['be']} certain to {text[match.end() :]}"


def _sure_adjectives(text: str) -> Iterator[str]:
    """`a suspected arsonist`: `an arsonist`."""
    pattern = rf"\b(?P<before>(?i:{_DETERMINED})|\d+)\s(?:suspected|alleged)\s(?P<next>[\w-]+)"
    for match in re.finditer(pattern, text):
        before, following = match["before"], match["next"]
        if following in words("of that in to by a the he they and as"):
            continue
        if before.lower() in ("a", "an"):
            before = before[0] + ("n" if following[0].lower() in "aeiou" else "")
        yield f"{text[: match.start()]}{before} {following}{text[match.end() :]}"


def _sure_appearance(text: str) -> Iterator[str]:
    free = "".join(f"(?<!{word} )" for word in words("can may might not to would could will"))
    for match in re.finditer(rf"{free}\b(?:{'|'.join(_APPEARANCE)})\b", text):
        yield text[: match.start()] + _APPEARANCE[match[0]] + text[match.end() :]
    for match in re.finditer(r"\b(?:appeared|seemed) to (?P<base>[a-z]+)\b", text):
        if verbs.known(match["base"]) and match["base"] != "have":
            yield text[: match.start()] + verbs.past(match["base"]) + text[match.end() :]
