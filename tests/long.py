"""A long report on an invented inquiry, and a server that reads each part of it as a small model would."""

from __future__ import annotations

import re
from typing import Any

from drafts import completion
from fault_server import Answer, Completion, Received

TITLE = "Inquiry Finds Pumps Failed Before Velin Flood"
_VALLEYS = [
    "Arvel",
    "Bress",
    "Corval",
    "Drone",
    "Estrel",
    "Faron",
    "Gessel",
    "Harlow",
    "Istrel",
    "Jorvik",
    "Kessel",
    "Lorne",
]
_FILLER = (
    "The committee read the papers of the station over several weeks.",
    "Its members walked along the bank and looked at the marks on the walls.",
    "Engineers of the region described how water is led away in spring.",
    "Residents sent letters, and some of them came to the hearings.",
    "The chapter ends with a list of the papers that were read.",
)
SHOWN = re.compile(r"^(?:S(\d+)|(Title):) (.*)$", re.MULTILINE)


def report(chapters: int = 12, filler: int = 60) -> str:
    """A report of some 2,000 to 4,000 characters a chapter, in whose every chapter one pump station fails and an
    engineer is named. Mayor Ada Norn turns up in all of them."""
    return f"{TITLE}\n\n" + "\n\n".join(_chapter(number, filler) for number in range(chapters))


def _chapter(number: int, filler: int) -> str:
    valley = _VALLEYS[number % len(_VALLEYS)]
    lines = [f"The pump station of {valley} failed on Tuesday because a valve had rusted."]
    lines += [_FILLER[(number + step) % len(_FILLER)] for step in range(filler)]
    lines.insert(len(lines) // 2, f"Mayor Ada Norn of Velin visited {valley} after the flood.")
    lines.append(f"Engineer Tom {valley}sen repaired the station of {valley}.")
    return "\n\n".join(" ".join(lines[at : at + 6]) for at in range(0, len(lines), 6))


def draft_of(shown: str) -> dict[str, Any]:
    """What a model that sees this much of the report proposes: at most three events and five people."""
    lines = [(int(number), text) for number, title, text in SHOWN.findall(shown) if not title]
    failed = [(number, text) for number, text in lines if "pump station of" in text][:3]
    names = [(number, name) for number, text in lines for name in re.findall(r"Ada Norn|Tom \w+", text)]
    people = {name: number for number, name in reversed(names)}
    first = failed[:1]
    return {
        "what": [{"event": _event(text), "status": "asserted", "s": number} for number, text in failed],
        "who": [{"name": name, "part": "mentioned", "s": people[name]} for name in list(people)[::-1][:5]],
        "where": [],
        "when": [{"time": "on Tuesday", "s": number} for number, _ in first],
        "why": [{"s": number, "cause": "because a valve had rusted"} for number, _ in first],
        "rationale": [],
        "summary": [number for number, _ in first],
    }


def _event(text: str) -> str:
    return text.partition(" because")[0] + "."


def is_draft(received: Received) -> bool:
    return "Merge" != name(received) != "Repair"


def name(received: Received) -> str:
    """The name of the schema that is asked for."""
    return str(received.body["response_format"]["json_schema"]["name"])


def asked(received: Received) -> str:
    return str(received.body["messages"][-1]["content"])


def reading(picks: dict[str, list[int]] | None = None) -> Answer:
    """Drafts for parts; for what is to be picked, these numbers; for repairs, nothing."""

    def choose(received: Received) -> Completion:
        if is_draft(received):
            return completion(draft_of(asked(received)))
        fields = received.body["response_format"]["json_schema"]["schema"]["properties"]
        return completion({key: (picks or {}).get(key, []) for key in fields})

    return Answer(choose)
