"""What briefings are made with: a kind, a prompt written for it, the prompt that asks again, and their schemas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from pydantic import BaseModel

from summarizer import schema
from summarizer.artifact import registry
from summarizer.briefing import BaseBriefing, version_of
from summarizer.document import Document, Sentence
from summarizer.errors import ArtifactError
from summarizer.kind import Kind, kind_of, load
from summarizer.language.instructions import screened
from summarizer.parts import parts
from summarizer.project import Project
from summarizer.prompt import Message, Prompt
from summarizer.record import ArtifactRecord
from summarizer.source import Source
from summarizer.view import PART, View

ASKING = frozenset({"article", "published"})
"""The inputs that a prompt can have which asks for a draft."""

MERGING = frozenset({"title", "items"})
"""The inputs that a prompt can have which picks from what the parts of a long document hold."""

AGAIN = frozenset({"sentences", "event", "failures", "hints"})
"""The inputs that a prompt can have which asks once more for what failed."""


@dataclass(frozen=True)
class Request:
    """What a model is asked about an article, or about a part of a long one.

    Attributes:
        part: the sentences that it asks about.
        view: what is shown: these, and the title.
        messages: exactly as they are sent.
    """

    part: tuple[Sentence, ...]
    view: View
    messages: list[Message]


@dataclass(frozen=True)
class Recipe:
    """A kind of briefing and what asks for one.

    Attributes:
        prompt: asks for a draft.
        repair: asks once more for what failed the check; None where nothing is asked again.
        merge: picks from what the parts of a long document hold; None where code alone does.
        schemas: of the draft, and of the briefing.
    """

    kind: Kind
    prompt: Prompt
    repair: Prompt | None
    merge: Prompt | None
    schemas: tuple[ArtifactRecord, ArtifactRecord]

    @classmethod
    def of(cls, kind: type[BaseBriefing] | str, prompt: str | None = None, project: Project | None = None) -> Recipe:
        """The recipe for a kind of briefing.

        Args:
            kind: a class, or its name, see `summarizer.kind.load`.
            prompt: `name@version`, or `name` for its newest version; None takes the one called as the kind.

        Raises:
            ArtifactError: there is no such kind or prompt; a release was changed; the prompt was written for
                another kind; or the class is not what the schema of its version says.
        """
        made = load(kind, project) if isinstance(kind, str) else kind_of(kind)
        asking = _prompt(made, prompt, project)
        made = _formed(made, str(asking.schema), project)
        again = Prompt.load(asking.repair, project) if asking.repair else None
        merging = Prompt.load(asking.merge, project) if asking.merge else None
        own = (
            _schema(str(asking.schema), made.draft, project),
            _schema(f"{made.name}@{made.version}", made.cls, project),
        )
        return cls(made, asking, again, merging, own)

    @property
    def prompts(self) -> list[Prompt]:
        """The prompt that asks for a draft, then those that ask something else, if there are any."""
        return [each for each in (self.prompt, self.repair, self.merge) if each]

    def document(self, source: Source) -> Document:
        """The article, with what tells a machine what to write marked as such."""
        return screened(Document.of(source.text, source.language))

    def requests(self, document: Document, published: date | None) -> list[Request]:
        """What a model is asked first about a document: once, or once for each part of a long one.

        Raises:
            ArtifactError: the prompt wants inputs that there are not.
        """
        return [self.request(document, part, published) for part in parts(document, PART)]

    def request(self, document: Document, part: tuple[Sentence, ...], published: date | None) -> Request:
        """What a model is asked first about a part of a document; see `requests`."""
        view = View.part(document, part, published if self.kind.timed else None)
        told = str(published or "unknown")
        return Request(part, view, _rendered(self.prompt, article=view.text(), published=told))

    def merging(self, **told: str) -> list[Message]:
        """What a model is asked to pick from: the title and the items of `told`.

        Raises:
            LookupError: the recipe has no prompt for it.
        """
        if self.merge is None:
            raise LookupError("code alone picks")
        return _rendered(self.merge, **told)

    def again(self, **told: str) -> list[Message]:
        """What a model is asked once more: the sentences, the event, the failures and the hints of `told`.

        Raises:
            LookupError: the recipe has no prompt for it.
        """
        if self.repair is None:
            raise LookupError("nothing is asked again")
        return _rendered(self.repair, **told)


def _prompt(kind: Kind, wanted: str | None, project: Project | None) -> Prompt:
    if wanted is None and not registry("prompts", project).versions(kind.name):
        raise ArtifactError(
            f"There is no prompt for the kind {kind.name}.",
            tip=f"Make one: summarizer prompts new {kind.name}. Or name one by --prompt.",
        )
    prompt = Prompt.load(wanted or kind.name, project)
    if (prompt.schema or "").partition("@")[0] != kind.draft_name:
        raise ArtifactError(
            f"The prompt {prompt.artifact.id} asks for {prompt.schema or 'no draft'}; "
            f"a {kind.name} is made of {kind.draft_name}.",
            tip="Give the kind by --schema, and a prompt for it by --prompt.",
        )
    return prompt


def _formed(kind: Kind, reference: str, project: Project | None) -> Kind:
    """The kind with its drafts in the form that the prompt was written for."""
    known = registry("schemas", project)
    name, version = version_of(reference)
    if version not in known.versions(name):
        return kind
    return schema.formed(kind, known.load(reference).text) or kind


def _schema(reference: str, model: type[BaseModel], project: Project | None) -> ArtifactRecord:
    """The record of a schema. Where there is a file of it, that must be what the class gives."""
    text, known = schema.text(model), registry("schemas", project)
    name, version = version_of(reference)
    if version in known.versions(name) and (written := known.load(reference)).text != text:
        raise ArtifactError(
            f"{model.__name__} is no longer what {written.path} says.",
            tip=f"Take the change back, or make the next version; see summarizer schemas diff {name}",
        )
    return ArtifactRecord(id=reference, sha256=sha256(text.encode()).hexdigest())


def _rendered(prompt: Prompt, **offered: str) -> list[Message]:
    """The messages of a prompt, which takes of what is offered whatever it declares."""
    if unknown := prompt.inputs - offered.keys():
        raise ArtifactError(
            f"The prompt {prompt.artifact.id} wants {', '.join(sorted(unknown))}.",
            tip=f"It can have {', '.join(sorted(offered))}.",
        )
    return prompt.render(**{name: offered[name] for name in prompt.inputs})
