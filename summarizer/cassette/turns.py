"""The turns of a request: what of it is the prompt, what the article, and what it was for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from summarizer.cassette.recording import Interaction, Request

Purpose = Literal["draft", "draft again", "merge", "merge again", "repair", "repair again"]


@dataclass(frozen=True, slots=True)
class Turns:
    """
    Attributes:
        system: the instructions, which are the same in all requests of one prompt.
        before: all turns but the last, as (role, text).
        last: the last turn: the article, unless the same thing is asked again.
    """

    system: tuple[str, ...]
    before: tuple[tuple[str, str], ...]
    last: str

    @classmethod
    def of(cls, request: Request) -> Turns:
        """The turns of any request; a body that is no conversation has none."""
        found = request.body.get("messages") if isinstance(request.body, dict) else None
        told = [_turn(each) for each in found] if isinstance(found, list) else []
        system = tuple(text for role, text in told if role == "system") or tuple(text for _, text in told[:1])
        return cls(system, tuple(told[:-1]), told[-1][1] if told else "")

    def continues(self, other: Turns) -> bool:
        """Whether these are the other's turns and more: an answer, and that it will not do."""
        mine, others = (*self.before, ("", self.last)), (*other.before, ("", other.last))
        return len(mine) > len(others) and [text for _, text in mine[: len(others)]] == [text for _, text in others]


def purposes(interactions: Sequence[Interaction]) -> list[Purpose]:
    """What each exchange of one briefing was for."""
    turns = [Turns.of(each.request) for each in interactions]
    return [purpose(each, turns[:at]) for at, each in enumerate(turns)]


def purpose(asked: Turns, earlier: Sequence[Turns]) -> Purpose:
    """What a request is for, told by those before it: the first ones are for drafts. Where there were several, of
    parts, what comes next picks from them."""
    again = any(asked.continues(each) for each in earlier)
    if not earlier or asked.system == earlier[0].system:
        return "draft again" if again else "draft"
    drafts = [each for each in earlier if each.system == earlier[0].system]
    parts = [each for each in drafts if not any(map(each.continues, drafts))]
    first = next((each.system for each in earlier if each not in drafts), asked.system)
    if len(parts) > 1 and asked.system == first:
        return "merge again" if again else "merge"
    return "repair again" if again else "repair"


def _turn(message: Any) -> tuple[str, str]:
    if not isinstance(message, dict):
        return "", str(message)
    return str(message.get("role")), str(message.get("content"))
