"""Pages of HTML: a file each, with a policy that lets nothing in but what is in it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


class Templates:
    """The templates, styles and scripts in a folder, and the filters that the templates use."""

    def __init__(self, folder: Path, **filters: Callable[..., str]) -> None:
        self._folder = folder
        self._filters = filters

    def part(self, name: str) -> str:
        """One of the files that pages are made of."""
        return (self._folder / name).read_text(encoding="utf-8")

    def rendered(self, template: str, *, style: str, script: str = "", **told: Any) -> str:
        """The template, given `told`, with a style sheet and at most one script.

        What is told is text: escaped, whatever it holds. `style` and `script` are ours, and go in as they are.
        """
        allowed = [f"style-src '{_digest(style)}'", *([f"script-src '{_digest(script)}'"] if script else [])]
        policy = "; ".join(["default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"])
        page = self._environment.from_string(self.part(template))
        return page.render(policy=policy, style=style, script=script, **told)

    @cached_property
    def _environment(self) -> Environment:
        from jinja2 import StrictUndefined
        from jinja2.sandbox import SandboxedEnvironment

        made = SandboxedEnvironment(
            autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
        )
        made.filters |= self._filters
        return made


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"
