"""A request without a recorded answer: which recorded one comes nearest, and what to do."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from summarizer import __version__
from summarizer.cassette.contrast import SHOWN, shared
from summarizer.cassette.difference import ASKED, Difference, Pair, differences, policies
from summarizer.cassette.recording import Origin, Recording, Request
from summarizer.cassette.turns import Purpose, Turns, purpose, purposes
from summarizer.errors import CassetteError
from summarizer.text import one_line


def error(path: Path, request: Request, recording: Recording, left: Sequence[int], now: Origin | None) -> CassetteError:
    """
    Args:
        left: the numbers, from 1, of the exchanges whose answers are not used yet.
        now: what the request was made of.
    """
    every = recording.interactions
    used = [Turns.of(each.request) for number, each in enumerate(every, start=1) if number not in left]
    asked = purpose(Turns.of(request), used)
    again = f"Record again: {refreshing(path, recording.origin)}"
    number = _nearest(request, recording, left, asked)
    if number is None or any(each.request == request for each in every):
        return CassetteError(
            f"{one_line(str(path))} has no answer to this request, a {asked}: {_none(request, recording, left, now)}.",
            tip=f"{again}.",
        )
    found = list(differences(Pair(every[number - 1].request, request, recording.origin, now, asked)))
    stale = {"prompt", "schema"} & {each.what for each in found}
    return CassetteError(
        f"{one_line(str(path))} {'is stale: it ' if stale else ''}has no answer to this request, a {asked}. "
        f"The nearest recorded one, exchange {number} of {len(every)}, differs in {_told(found)}"
        f"{_tools(recording, found)}.",
        tip=f"{again}{_instead(found, recording.origin)}.",
    )


def refreshing(path: Path | str, origin: Origin | None) -> str:
    """The command that records a cassette again."""
    return f"summarizer cassettes refresh {one_line(shlex.quote(str(path)))}{'' if origin else ' --source ARTICLE'}"


def _none(request: Request, recording: Recording, left: Sequence[int], now: Origin | None) -> str:
    """Why no recorded request of the same purpose is left."""
    if any(each.request == request for each in recording.interactions):
        return "every recorded answer to it was already used"
    why = policies(Pair(request, request, recording.origin, now, "repair"))
    return ("no such request was recorded" if left else "every recorded answer was already used") + (
        f"; {why}" if why else ""
    )


def _nearest(request: Request, recording: Recording, left: Sequence[int], asked: Purpose) -> int | None:
    """The number of the exchange of the same purpose whose request is most like this one."""
    told = purposes(recording.interactions)
    same = [number for number in left if told[number - 1] == asked]
    return max(same, key=lambda number: _likeness(recording.interactions[number - 1].request, request), default=None)


def _likeness(old: Request, new: Request) -> float:
    """How much of two requests is the same; the article weighs most, being what a cassette is of."""
    pair = Pair(old, new)
    (before, after), (had, has) = pair.turns, pair.bodies
    same = [before.system == after.system, before.before == after.before]
    same += [had.get(key) == has.get(key) for key in ASKED]
    return sum(same) / len(same) + 2 * _alike(before.last, after.last)


def _alike(old: str, new: str) -> float:
    begin = shared(old, new)
    end = shared(old[begin:][::-1], new[begin:][::-1])
    return (begin + end) / (max(len(old), len(new)) or 1)


def _told(found: Sequence[Difference]) -> str:
    """All that differs; in detail the first two."""
    parts = [f"the {each.what} ({each.detail})" if at < 2 else f"the {each.what}" for at, each in enumerate(found)]
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def _tools(recording: Recording, found: Sequence[Difference]) -> str:
    """Another version of this program may ask in another way, where nothing else explains it."""
    tool = f"summarizer {__version__}"
    explained = {"article", "model", "prompt"} & {each.what for each in found}
    return "" if explained or recording.tool == tool else f"; recorded by {one_line(recording.tool, SHOWN)}, now {tool}"


def _instead(found: Sequence[Difference], origin: Origin | None) -> str:
    """What can be done in place of recording again."""
    match found[0].what:
        case "article":
            return ", or record this article to a file of its own: --cassette FILE --record once"
        case "model":
            return ", or leave out --model: a replay takes the recorded one"
        case "prompt" if origin:
            return f", or restore the prompt, or ask with --prompt {one_line(origin.prompts[0].id, SHOWN)}"
        case "prompt" | "schema":
            return f", or restore the {found[0].what}"
    return ""
