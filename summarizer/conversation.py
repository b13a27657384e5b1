"""All that a model is asked for one briefing: for drafts, for what of them matters, and again for what failed."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from summarizer import repair
from summarizer.cassette import PostponedError
from summarizer.check import Checker
from summarizer.connection import Connection
from summarizer.document import Document
from summarizer.errors import (
    AuthenticationError,
    ModelError,
    OfflineError,
    QuotaError,
    RateLimitError,
    TruncatedError,
    UnknownModelError,
    UnreachableError,
)
from summarizer.merge import Merge
from summarizer.parts import halves
from summarizer.prompt import Message
from summarizer.recipe import Recipe, Request
from summarizer.record import Attempt, Purpose, Rejected
from summarizer.settings import Watcher
from summarizer.view import View, plain

if TYPE_CHECKING:
    from summarizer.model.client import Budget

LATER = (AuthenticationError, OfflineError, QuotaError, RateLimitError, UnknownModelError, UnreachableError)
"""What says nothing about the question: it was not heard."""

AT_ONCE = 4
"""How many parts of a document a server is asked about at a time. The embedded engine takes one after the other."""


@dataclass
class Conversation:
    """What a model was asked about one document, and may still be.

    Attributes:
        seconds: what the answers for one part may take, all tries included, and then again all others together.
    """

    to: Connection
    recipe: Recipe
    watcher: Watcher
    document: Document
    seconds: float
    _budgets: list[Budget] = field(default_factory=list)

    @property
    def attempts(self) -> list[Attempt]:
        """Every request that was made, those for one part together."""
        return [attempt for budget in self._budgets for attempt in budget.attempts]

    async def draft(self, requests: list[Request], checker: Checker) -> tuple[BaseModel, list[Rejected]]:
        """The draft of the document, and what drafts of its parts propose that does not stand."""
        if len(requests) == 1:
            return await self._drafted(requests[0], "draft", self._budget()), []
        merge, left = Merge(self.recipe.kind, checker), []
        for number, draft in enumerate(await self._drafts(requests, checker)):
            part = checker.anew()
            merge.add(number, part.standing(draft))
            left += part.rejected
        self._budget()
        return merge.draft(await self._picked(merge)), left

    async def repaired(self, failed: list[Rejected], checker: Checker) -> BaseModel:
        """What the model answers when it is shown the items that failed, and why, and the text around them."""
        kind = self.recipe.kind
        published = checker.published if kind.timed else None
        view = repair.view(self.document, failed, checker.main_sentences, published)
        missing = "not found yet" if kind.events else "none is asked for"
        messages = self.recipe.again(
            sentences=view.text(),
            event=checker.main_event.claim if checker.main_event else missing,
            failures=repair.describe(kind, failed),
            hints=repair.hints(kind, failed),
        )
        wanted = repair.answer_to(kind, failed, eventless=checker.main_event is None)
        try:
            answered = await self._ask(messages, wanted, view, "repair", self._budgets[-1])
        except ModelError as error:
            if self._is_asked_later(error):
                raise
            # The briefing is paid for and stands without the repair; its attempts tell what went wrong.
            return kind.draft_of({})
        return view.unmarked(repair.as_draft(kind, answered))

    async def _picked(self, merge: Merge) -> BaseModel | None:
        """What the model picks of what the parts hold; None where there is nothing to choose, or it gives no answer:
        then what most parts have is taken."""
        if not merge.number() or self.recipe.merge is None:
            return None
        first = self.document.sentences[:1]
        messages = self.recipe.merging(title=plain(self.document.text_of(first[0])), items=merge.listed())
        view = View.part(self.document, first)
        try:
            picked: BaseModel = await self._ask(messages, merge.answer(), view, "merge", self._budgets[-1])
            return picked
        except ModelError as error:
            if self._is_asked_later(error):
                raise
            return None

    def _is_asked_later(self, error: ModelError) -> bool:
        """Whether the briefing is made again when it can be asked, with all that was answered so far: on a tape."""
        tape = self.to.client.tape
        return tape is not None and tape.live and isinstance(error, LATER)

    async def _drafts(self, requests: list[Request], checker: Checker) -> list[BaseModel]:
        """The drafts of the parts, in their order.

        Raises:
            ModelError: there is none of one part; the others are given up.
            PostponedError: some are asked for later; the others are asked for all the same.
        """
        gate = asyncio.Semaphore(1 if self.to.engine else AT_ONCE)
        postponed: list[PostponedError] = []

        async def part(number: int, request: Request) -> list[BaseModel]:
            which = f"part {number} of {len(requests)}"
            async with gate:
                try:
                    return await self._part(request, f"draft, {which}", self._budget(), checker)
                except PostponedError as error:
                    postponed.append(error)
                    return []
                except ModelError as error:
                    error.within(which.capitalize())
                    raise

        tasks = [asyncio.create_task(part(number, each)) for number, each in enumerate(requests, start=1)]
        try:
            found = await asyncio.gather(*tasks)
        except BaseException:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            raise
        if postponed:
            raise postponed[0]
        return [draft for drafts in found for draft in drafts]

    async def _part(self, request: Request, shown: str, budget: Budget, checker: Checker) -> list[BaseModel]:
        """The draft of a part; of one whose answer is cut off, those of its halves."""
        try:
            return [await self._drafted(request, shown, budget)]
        except TruncatedError:
            smaller = halves(self.document, request.part)
            if len(smaller) == 1:
                raise
        half = [self.recipe.request(self.document, each, checker.published) for each in smaller]
        return [await self._drafted(each, shown, budget) for each in half]

    async def _drafted(self, request: Request, shown: str, budget: Budget) -> BaseModel:
        wanted = self.recipe.kind.draft
        answered: BaseModel = await self._ask(request.messages, wanted, request.view, "draft", budget, shown)
        return request.view.unmarked(answered)

    async def _ask(
        self,
        messages: list[Message],
        wanted: type[Any],
        view: View,
        purpose: Purpose,
        budget: Budget,
        shown: str | None = None,
    ) -> Any:
        first, started = len(budget.attempts), time.monotonic()
        with self.watcher.asking(shown or purpose, self.to.engine):
            if self.to.engine:
                await asyncio.to_thread(self.to.engine.prepare, messages)
            waited = time.monotonic() - started
            try:
                return await self.to.client.ask(messages, wanted, view=view, purpose=purpose, budget=budget)
            finally:
                if self.to.engine and len(budget.attempts) > first:
                    attempt = budget.attempts[first]
                    attempt.seconds = round(attempt.seconds + waited, 3)

    def _budget(self) -> Budget:
        """A new one, for what is asked next."""
        from summarizer.model.client import Budget

        self._budgets.append(Budget.of(self.seconds))
        return self._budgets[-1]
