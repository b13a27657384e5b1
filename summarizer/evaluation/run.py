"""Briefings made, or replayed, for every article of the gold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from summarizer.assembly import prompt_record
from summarizer.briefing import BaseBriefing, Briefing
from summarizer.document import Document
from summarizer.errors import (
    AuthenticationError,
    ModelError,
    OfflineError,
    QuotaError,
    TooLongError,
    UnknownModelError,
    UnreachableError,
    UsageError,
)
from summarizer.evaluation.gold import Gold
from summarizer.evaluation.judge import judge
from summarizer.evaluation.result import Evaluation, Row, Run
from summarizer.kind import Kind
from summarizer.recipe import Recipe
from summarizer.record import Attempt
from summarizer.settings import Settings, Watcher
from summarizer.summarize import Summarizer, project_of
from summarizer.text import one_line

FATAL = (AuthenticationError, QuotaError, UnknownModelError, UnreachableError, OfflineError)
"""What ends an evaluation, since the next article would meet it too."""

_PLAIN = re.compile(r"[^\w.-]+", re.ASCII)  # names in ASCII are short and distinct on every file system
_LONGEST = 80

Told = Callable[[str, Row], None]
"""Told of each row as it is made, with the prompt's name."""


def evaluate(
    gold: Sequence[Gold],
    settings: Settings | None = None,
    *,
    name: str = "gold",
    against: str | None = None,
    schema: type[BaseBriefing] | str = Briefing,
    cassettes: str | Path | None = None,
    watcher: Watcher | None = None,
    told: Told | None = None,
) -> Evaluation:
    """Briefs the articles of `gold` and scores what comes of it.

    An article for which the model gives no usable answer, or which is too long for it, has no answers, and a row
    that says why. With two prompts, each article is briefed by one and then by the other, in turn.

    Args:
        settings: how briefings are made. `cassette` is not for here.
        name: of the gold.
        against: the prompt to compare with, `name@version`.
        cassettes: a folder with one cassette for each prompt and article, PROMPT/ID.json. `settings.record` says
            whether they are replayed (`none`), made where they are missing (`once`), or made anew (`all`).

    Raises:
        UsageError: a question of the gold is no field of the kind, or the settings have a cassette.
        SummarizerError: what would be the same for every article: no such prompt, a wrong key, a model that is
            unknown or cannot be reached, a cassette that is missing or stale.
    """
    settings = settings or Settings()
    if settings.cassette is not None:
        raise UsageError("A cassette holds one briefing.", tip="Give a folder: cassettes=DIR, or --cassettes DIR.")
    ways = [_Way(settings, schema, cassettes, watcher)]
    if against is not None:
        ways.append(_Way(replace(settings, prompt=against), schema, cassettes, watcher))
    _refuse_unknown(gold, ways[0].kind)
    rows: list[list[Row]] = [[] for _ in ways]
    try:
        for turn, each in enumerate(gold):
            for index in range(len(ways)) if turn % 2 == 0 else reversed(range(len(ways))):
                row = ways[index].row(each)
                rows[index].append(row)
                if told:
                    told(ways[index].name, row)
    finally:
        for way in ways:
            way.close()
    runs = [way.run(found) for way, found in zip(ways, rows, strict=True)]
    return Evaluation(name, *runs)


class _Way:
    """One prompt, with the model that it is given to."""

    def __init__(
        self,
        settings: Settings,
        schema: type[BaseBriefing] | str,
        cassettes: str | Path | None,
        watcher: Watcher | None,
    ) -> None:
        self._settings, self._schema, self._watcher = settings, schema, watcher
        recipe = Recipe.of(schema, settings.prompt, project_of(settings.project))
        self._prompts = tuple(map(prompt_record, recipe.prompts))
        self.name, self.kind = self._prompts[0].id, recipe.kind
        self._cassettes = Path(cassettes) / self.name if cassettes is not None else None
        self._kept: Summarizer[BaseBriefing] | None = self._summarizer(settings) if cassettes is None else None
        self._model = ""

    def row(self, gold: Gold) -> Row:
        try:
            briefing, error = self._brief(gold), None
        except FATAL:
            raise
        except (ModelError, TooLongError) as failure:
            briefing, error = None, failure
        judgement = judge(gold, briefing)
        made = briefing.provenance if briefing else None
        if made:
            self._model = made.model
        return Row(
            id=gold.id,
            title=_title(gold),
            cluster=gold.about,
            judged=judgement.judged,
            counts=judgement.counts,
            seconds=made.seconds if made else None,
            read=_read(made.attempts) if made else None,
            written=made.usage.completion_tokens if made else None,
            error=f"{type(error).__name__}: {error.message}" if error else None,
        )

    def _brief(self, gold: Gold) -> BaseBriefing:
        if self._kept:
            return self._kept.brief(gold.source)
        cassette = self._cassettes / file_name(gold.id) if self._cassettes else None
        with self._summarizer(replace(self._settings, cassette=cassette)) as summarizer:
            return summarizer.brief(gold.source)

    def _summarizer(self, settings: Settings) -> Summarizer[BaseBriefing]:
        made: Summarizer[BaseBriefing] = Summarizer(settings, schema=self._schema, watcher=self._watcher)
        return made

    def run(self, rows: list[Row]) -> Run:
        return Run(self._prompts, self._model, tuple(rows), tuple(slot.name for slot in self.kind.slots))

    def close(self) -> None:
        if self._kept:
            self._kept.close()


def _refuse_unknown(gold: Sequence[Gold], kind: Kind) -> None:
    """What is asked of a field that there is not would be counted as missed, in every article."""
    fields = [slot.name for slot in kind.slots]
    for each in gold:
        if unknown := next((name for name in each.answers if name not in fields), None):
            raise UsageError(
                f"The gold of {one_line(each.id, 80)!r} has answers to {unknown!r}, which is no field of {kind.name}.",
                tip=f"It has {', '.join(fields)}. Another kind is given by --schema.",
            )


def file_name(identifier: str) -> str:
    """The name of the cassette for an article; no two ids have the same."""
    plain = _PLAIN.sub("_", identifier).strip(".")[:_LONGEST]
    return f"{plain}.json" if plain == identifier else f"{plain}-{sha256(identifier.encode()).hexdigest()[:8]}.json"


def _title(gold: Gold) -> str:
    document = Document.of(gold.text, gold.language)
    return one_line(document.text_of(document.sentences[0]), _LONGEST * 2)


def _read(attempts: Sequence[Attempt]) -> int | None:
    """The tokens that the model had to read: those of the prompt that it did not have already."""
    if any(each.prompt_tokens is None for each in attempts):
        return None
    return sum((each.prompt_tokens or 0) - (each.cached_tokens or 0) for each in attempts)
