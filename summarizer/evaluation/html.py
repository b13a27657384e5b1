"""Pages of HTML: a file each, with a policy that lets nothing in but what is in it."""

from __future__ import annotations

import base64
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.evaluation import cells
from summarizer.text import one_line

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).parent
_LONGEST = 400


def rendered(template: str, *, style: str, script: str = "", **told: Any) -> str:
    """The template, given `told`, with a style sheet and at most one script.

    What is told is text: escaped, whatever it holds. Through the filter `plain` it is one line in which nothing is
    invisible or turns the direction of writing. `style` and `script` are ours, and go in as they are.
    """
    allowed = [f"style-src '{_digest(style)}'", *([f"script-src '{_digest(script)}'"] if script else [])]
    policy = "; ".join(["default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"])
    page = _environment().from_string(part(template))
    return page.render(policy=policy, style=style, script=script, **told)


def part(name: str) -> str:
    """One of the files that pages are made of."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"


@cache
def _environment() -> Environment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    made = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {
        "plain": lambda text: one_line(str(text), _LONGEST),
        "label": cells.label,
        "number": cells.number,
        "amount": cells.amount,
    }
    return made
