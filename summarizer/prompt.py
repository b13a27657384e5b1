"""Step three: a released prompt version and what it is given become messages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypedDict, cast

from summarizer.artifact import Artifact, registry
from summarizer.errors import ArtifactError
from summarizer.project import Project

Role = Literal["system", "user", "assistant"]


class Message(TypedDict):
    role: Role
    content: str


_FRONT_MATTER = re.compile(r"---\n(?P<head>.*?)\n---\n(?P<body>.*)", re.DOTALL)
_ROLE = re.compile(r"^=== (system|user|assistant) ===\n", re.MULTILINE)
_KEYS = frozenset({"name", "version", "description", "inputs"})
_MAY_HAVE = frozenset({"schema", "repair", "merge"})


@dataclass(frozen=True)
class Prompt:
    """One version of a prompt: YAML front matter, then a Jinja2 template a turn.

    Turns begin at lines of the form `=== role ===`. They are split before rendering, so that no text
    of an article can start one. A text is taken apart once in a process, whoever loads it.
    """

    artifact: Artifact

    @classmethod
    def load(cls, reference: str, project: Project | None = None) -> Prompt:
        """The prompt that `reference` names, `name@version` or `name`: one of the package's, or of `project`.

        Raises:
            ArtifactError: no such version, a changed release, or a file that breaks the rules above.
        """
        return cls.of(registry("prompts", project).load(reference))

    @classmethod
    def of(cls, artifact: Artifact) -> Prompt:
        """The prompt in a file.

        Raises:
            ArtifactError: the file breaks the rules above.
        """
        _check(artifact)
        return cls(artifact)

    @property
    def schema(self) -> str | None:
        """The `name@version` of the schema that the answer has; None where the answer is a part of any draft, as
        that of a repair is."""
        schema = _parts(self.artifact)[0].get("schema")
        return str(schema) if schema else None

    @property
    def description(self) -> str:
        return str(_parts(self.artifact)[0]["description"])

    @property
    def repair(self) -> str | None:
        """The `name@version` of the prompt that asks once more for what failed; None where nothing is asked."""
        repair = _parts(self.artifact)[0].get("repair")
        return str(repair) if repair else None

    @property
    def merge(self) -> str | None:
        """The `name@version` of the prompt that picks from what the parts of a long document hold; None where code
        alone does."""
        merge = _parts(self.artifact)[0].get("merge")
        return str(merge) if merge else None

    @property
    def inputs(self) -> frozenset[str]:
        """What `render` must be given."""
        return frozenset(_parts(self.artifact)[0]["inputs"])

    def render(self, **inputs: str) -> list[Message]:
        """The messages. `inputs` are the ones declared; their text goes in byte for byte."""
        turns = _templates(self.artifact)
        return [Message(role=cast("Role", role), content=template.render(inputs)) for role, template in turns]


@cache
def _parts(artifact: Artifact) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The front matter, and the turns with their roles."""
    import yaml

    match = _FRONT_MATTER.fullmatch(artifact.text)
    if match is None:
        raise _broken(artifact, "has no front matter between two lines of ---")
    try:
        head = yaml.safe_load(match["head"])
    except yaml.YAMLError as error:
        raise _broken(artifact, f"has front matter that is not YAML: {error}") from error
    pieces = _ROLE.split(match["body"])
    if not isinstance(head, dict) or pieces[0].strip():
        raise _broken(artifact, "has text outside the turns, or front matter that is no map")
    if len(pieces) == 1:
        raise _broken(artifact, "has no turns")
    return head, [(role, body.strip("\n")) for role, body in zip(pieces[1::2], pieces[2::2], strict=True)]


@cache
def _templates(artifact: Artifact) -> list[tuple[str, Any]]:
    environment = _environment()
    return [(role, environment.from_string(body)) for role, body in _parts(artifact)[1]]


@cache
def _check(artifact: Artifact) -> None:
    from jinja2 import TemplateError, meta

    head, turns = _parts(artifact)
    if not _KEYS <= set(head) <= _KEYS | _MAY_HAVE:
        has = ", ".join(sorted(map(str, head)))
        raise _broken(
            artifact,
            f"must have the keys {', '.join(sorted(_KEYS))}, may have {', '.join(sorted(_MAY_HAVE))}, and has {has}",
        )
    if f"{head['name']}@{head['version']}" != artifact.id:
        raise _broken(artifact, f"calls itself {head['name']}@{head['version']}")
    inputs = head["inputs"]
    if not isinstance(inputs, list) or not all(isinstance(each, str) for each in inputs):
        raise _broken(artifact, "has inputs that are no list of names")
    try:
        used = {name for _, body in turns for name in meta.find_undeclared_variables(_environment().parse(body))}
    except TemplateError as error:
        raise _broken(artifact, f"is no valid template: {error}") from error
    if used != set(inputs):
        raise _broken(artifact, f"declares the inputs {sorted(inputs)} and uses {sorted(used)}")


def _broken(artifact: Artifact, what: str) -> ArtifactError:
    return ArtifactError(f"The prompt {artifact.id} {what}.", tip="Mend the file, or use another version.")


@cache
def _environment() -> Any:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
