"""Lies about what was said and what was planned: denied for said, done for planned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from benchmarks import verbs
from benchmarks.article import Claim
from benchmarks.texts import one_of, outside_quotations, words

_CONFIRMED = {"denied": "confirmed", "denies": "confirms", "deny": "confirm", "denying": "confirming"}
_ADMITTED = {"denied": "admitted", "denies": "admits", "deny": "admit", "denying": "admitting"}
_DENIED = dict.fromkeys(words("said confirmed acknowledged admitted announced"), "denied") | {"says": "denies"}
_ACCUSATION = "reports?|claims?|allegations?|accusations?|charges?"
_WHAT = rf"that|having|involvement|responsibility|(?:the\s)?(?:{_ACCUSATION})|these|those|it|[a-z]+ing"
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|has|have|had|not|n[’']t)\s$")
_CLAUSE = rf"(?:{one_of('the a an he she it they his her their its there this these we no two three')}|[A-Z]\w+|\d+)\s"


def swap_denial(claim: Claim, random: Random) -> Claim | None:
    """`denied that`: `confirmed that`; `said that`: `denied that`."""
    made = [*_confirmed(claim.text), *_upheld(claim.text)] or [*_denied(claim.text)]
    return claim.saying(random.choice(made)) if made else None


def _confirmed(text: str) -> Iterator[str]:
    for match in re.finditer(rf"\b(?P<verb>{'|'.join(_CONFIRMED)})\s(?:any\s)?(?P<what>{_WHAT})\b", text):
        if not _PASSIVE.search(text[: match.start()]):
            verb = (_ADMITTED if match["what"].endswith("ing") else _CONFIRMED)[match["verb"]]
            yield f"{text[: match.start()]}{verb} {match['what']}{text[match.end() :]}"


def _upheld(text: str) -> Iterator[str]:
    pattern = rf"\b(?:rejected|dismissed|disputed)\s(?=(?:the|these|those) (?:{_ACCUSATION})\b)"
    for match in re.finditer(pattern, text):
        if not _PASSIVE.search(text[: match.start()]):
            yield f"{text[: match.start()]}confirmed {text[match.end() :]}"


def _denied(text: str) -> Iterator[str]:
    plain = outside_quotations(text)
    for match in re.finditer(rf"(?<=[\w’'.)])\s(?P<verb>{'|'.join(_DENIED)})\s(?P<that>that\s)?(?={_CLAUSE})", plain):
        before, after = plain[: match.start()].split(), plain[match.end() :]
        governs = match["that"] or (match["verb"] in ("said", "says") and not _names_speaker(after))
        if governs and _follows_speaker(before):
            yield f"{text[: match.start()]} {_DENIED[match['verb']]} that {text[match.end() :]}"


def _follows_speaker(before: list[str]) -> bool:
    """Not after a quotation, where the speaker comes next, and not in `is said`."""
    return bool(before) and "\x00" not in before[-1] and before[-1] not in words("be been not is was are were to")


def _names_speaker(after: str) -> bool:
    """Whether what follows `said` is the speaker alone: `…, said the minister.`"""
    phrase = re.match(r"(?:[A-Z][\w’'.-]+|the|a|an|his|her)(?:\s[^\s,]+){0,5}?[.,](?:\s|$)", after)
    said = phrase[0].rstrip(" .,").split() if phrase else []
    return bool(phrase) and not any(word in _BE or verbs.of_past(word) for word in said)


_BE = frozenset(words("is are was were has have had will would can could may might"))
_LASTING = frozenset(
    words(
        "continue remain keep stay need depend like know want have be do go seek not also never soon now then only "
        "likely still once again first come try hope feel see allow let get"
    )
)
"""Verbs, and words before verbs, with which a plan and a deed are too much alike, or no clear sentence comes out."""
_COMING = re.compile(
    r"\b(?:tomorrow|next|coming|later|soon|upcoming|[Ii]f|[Ww]hen|[Oo]nce|unless|until|whether|in the future|"
    r"shortly|within|by (?:the|\d{4}|early|late|\w+day|[A-Z]\w+)|eventually|as long as|ever|how|[Pp]erhaps|[Mm]aybe|"
    r"(?:forecast|expect|predict|project|believe|hope)\w*)\b"
)
_NO_VERB = "".join(
    f"(?<!{word} )" for word in words("no in of with the has have had any and a his her its their about")
)
_AHEAD = "(?:expected|set|scheduled|due|planning|preparing) to"
_PLANS = {
    rf"{_NO_VERB}(?<!s )\b(?:plans|intends|hopes|aims) to": "has {participle}",
    rf"{_NO_VERB}\b(?:plan|intend|hope) to": "have {participle}",
    r"(?<!had )(?<!was )(?<!has )(?<!have )\b(?:planned|intended|vowed|promised|pledged|threatened) to": "{past}",
    rf"\bis {_AHEAD}": "has {participle}",
    rf"\bare {_AHEAD}": "have {participle}",
    rf"\b(?:was|were) {_AHEAD}": "{past}",
    r"(?<!the )(?<!a )(?<!his )\bwill": "{past}",
    r"(?:(?<=\bhe )|(?<=\bit )|(?<=\bshe )|(?<=\bthey ))would": "had {participle}",
}


def plan_as_deed(claim: Claim, random: Random) -> Claim | None:
    """`plans to build`: `has built`; `will vote`: `voted`; `said it would close`: `said it had closed`."""
    made = [each for cue, form in _PLANS.items() for each in _done(claim.text, cue, form)]
    return claim.saying(random.choice(made)) if made else None


def _done(text: str, cue: str, form: str) -> Iterator[str]:
    for match in re.finditer(rf"{cue} (?P<base>[a-z]+)\b", text):
        before, after = text[: match.start()], text[match.end() :]
        conditional = form.startswith("had") and "said" not in before
        if not conditional and not _COMING.search(before + after) and (done := _deed(match["base"], form, before)):
            yield before + done + after


def _deed(base: str, form: str, before: str) -> str | None:
    if base == "be":
        return _been(form, before.split())
    if base in _LASTING or not verbs.known(base):
        return None
    return form.format(past=verbs.past(base), participle=verbs.participle(base))


def _been(form: str, before: list[str]) -> str | None:
    """`was` or `were`, where the words before leave no doubt which."""
    near = [word for word in before[-6:] if re.search(r"[a-z]{3}s$", word) and not word.endswith(("ss", "us", "is"))]
    plural = before[-1:] == near[-1:] or before[-1] in ("they", "people", "children") if before else False
    if near and not plural:
        return None
    return form.format(participle="been", past="were" if plural else "was")
