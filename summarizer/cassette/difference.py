"""What differs between two requests, in the words of a person: the prompt, the article, the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from summarizer.cassette.contrast import SHOWN, contrast, first, values
from summarizer.cassette.recording import Origin, Request
from summarizer.cassette.turns import Purpose, Turns
from summarizer.record import ArtifactRecord
from summarizer.text import one_line

What = Literal[
    "model", "prompt", "article", "way the article is shown", "items to mend", "question put again", "schema",
    "parameters", "address",
]  # fmt: skip
_SCHEMA = ("response_format", "grammar")
ASKED = ("model", *_SCHEMA)
"""The keys of a body that hold what is asked of whom, beside the messages."""


@dataclass(frozen=True, slots=True)
class Difference:
    what: What
    detail: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A recorded request and the one that came, and what each was made of where that is known."""

    old: Request
    new: Request
    recorded: Origin | None = None
    now: Origin | None = None
    purpose: Purpose = "draft"

    @property
    def bodies(self) -> tuple[dict[str, Any], dict[str, Any]]:
        return _body(self.old), _body(self.new)

    @property
    def turns(self) -> tuple[Turns, Turns]:
        return Turns.of(self.old), Turns.of(self.new)

    @property
    def origins(self) -> tuple[Origin, Origin] | None:
        return (self.recorded, self.now) if self.recorded and self.now else None


def differences(pair: Pair) -> Iterator[Difference]:
    """What differs, the plainest cause first."""
    for kind in (_model, _prompt, _last, _schema, _parameters, _address):
        if found := kind(pair):
            yield found


def _model(pair: Pair) -> Difference | None:
    old, new = (body.get("model") for body in pair.bodies)
    return None if old == new else Difference("model", values(old, new))


def _prompt(pair: Pair) -> Difference | None:
    old, new = pair.turns
    if pair.purpose.endswith("again") or (old.before, old.last) == (new.before, new.last):
        return None
    if changed := _changed(pair, "prompts"):
        return Difference("prompt", changed)
    if old.before == new.before:
        return None
    if len(old.before) != len(new.before):
        return Difference("prompt", f"recorded {len(old.before) + 1} turns, now {len(new.before) + 1}")
    at = next(at for at, turn in enumerate(old.before) if turn != new.before[at])
    return Difference("prompt", f"turn {at + 1}, {contrast(' '.join(old.before[at]), ' '.join(new.before[at]))}")


def _last(pair: Pair) -> Difference | None:
    old, new = (each.last for each in pair.turns)
    if old == new:
        return None
    if pair.purpose.endswith("again"):
        return Difference("question put again", contrast(old, new))
    if pair.purpose == "repair":
        return Difference("items to mend", "; ".join(filter(None, [policies(pair), contrast(old, new)])))
    if not pair.origins or pair.origins[0].source.sha256 != pair.origins[1].source.sha256:
        return Difference("article", _names(pair) + contrast(old, new))
    return None if _changed(pair, "prompts") else Difference("way the article is shown", contrast(old, new))


def _schema(pair: Pair) -> Difference | None:
    old, new = ({key: body.get(key) for key in _SCHEMA} for body in pair.bodies)
    if old == new:
        return None
    if changed := _changed(pair, "schemas"):
        return Difference("schema", changed)
    grammars = old["grammar"] and new["grammar"]
    if grammars and pair.turns[0].last != pair.turns[1].last:
        return None  # a grammar holds words of the article
    return Difference("schema", first(old, new))


def _parameters(pair: Pair) -> Difference | None:
    old, new = ({key: body[key] for key in body if key not in ("messages", *ASKED)} for body in pair.bodies)
    return None if old == new else Difference("parameters", first(old, new))


def _address(pair: Pair) -> Difference | None:
    old, new = (f"{each.method} {each.path}" for each in (pair.old, pair.new))
    return None if old == new else Difference("address", values(old, new))


def _changed(pair: Pair, sort: Literal["prompts", "schemas"]) -> str:
    """The artifacts that are not those of the recording, as far as it tells. The first prompt is the one that asks
    for a draft, the others ask for repairs."""
    if not pair.origins:
        return ""
    old, new = (getattr(each, sort) for each in pair.origins)
    if sort == "prompts":
        old, new = (each[:1] if pair.purpose == "draft" else each[1:] for each in (old, new))
    lost = [_short(each) for each in old if each not in new]
    came = [_short(each) for each in new if each not in old]
    told = [f"recorded {', '.join(lost)}"] if lost else []
    return ", ".join([*told, *([f"now {', '.join(came)}"] if came else [])])


def policies(pair: Pair) -> str:
    """The rules of the check where they are others than at the recording; else nothing."""
    if not pair.origins or pair.origins[0].policy.sha256 == pair.origins[1].policy.sha256:
        return ""
    old, new = (_short(each.policy) for each in pair.origins)
    return f"the check changed: recorded {old}, now {new}"


def _names(pair: Pair) -> str:
    if not pair.origins:
        return ""
    old, new = (one_line(Path(each.source.name).name, SHOWN) for each in pair.origins)
    return "" if old == new else f"recorded {old}, now {new}; "


def _short(artifact: ArtifactRecord) -> str:
    return one_line(f"{artifact.id} {artifact.sha256[:12]}", SHOWN)


def _body(request: Request) -> dict[str, Any]:
    return request.body if isinstance(request.body, dict) else {"body": request.body}
