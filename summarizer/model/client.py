"""Asking a model: openai underneath, one owner of retries, instructor on top.

    ask → instructor (validates, re-asks once) → _create (tenacity: retries) → _attempt (one request)

The openai client's own retries are off and instructor's are at one, so a request is sent again for one
reason at a time and the numbers below are the truth.
"""

from __future__ import annotations

import copy
import logging
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Self, TypeVar

import httpx2
import openai
from instructor import Mode, openai_schema, patch
from instructor.core.exceptions import InstructorError
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type
from tenacity.wait import wait_exponential, wait_random

from summarizer.cache import Answers, Reused
from summarizer.cassette import Cassette, Response, Tape, secret
from summarizer.cassette.transport import SECONDS, CassetteTransport, recorded, replayed
from summarizer.errors import (
    AuthenticationError,
    BadResponseError,
    CassetteError,
    DeadlineError,
    ModelError,
    QuotaError,
    RateLimitError,
    SchemaError,
    ServerError,
    SummarizerError,
    TooLongError,
    TruncatedError,
    UnknownModelError,
    UnreachableError,
)
from summarizer.model import answer
from summarizer.model.provider import ModelName
from summarizer.offline import require_online
from summarizer.prompt import Message
from summarizer.record import CACHED, Attempt, Purpose
from summarizer.text import one_line
from summarizer.view import View

T = TypeVar("T", bound=BaseModel)

# It logs failures that we raise; without a handler of the caller's they would go to standard error.
logging.getLogger("instructor").addHandler(logging.NullHandler())

MAX_REQUESTS = 8
"""The most requests about one article, all retries and the repair included; of a long one, about each part."""

MAX_TRIES: dict[type[ModelError], int] = {
    RateLimitError: 4,
    ServerError: 4,
    UnreachableError: 3,
    BadResponseError: 2,
    TruncatedError: 2,
}
"""How often one question is put when it fails in this way; 1 for every other way."""

LONGEST_WAIT = 60.0
"""Seconds: told to wait longer, we stop and say so."""

ANSWER_TOKENS = 1500
"""The cap on an answer; doubled once where an answer is cut."""


@dataclass
class Budget:
    """What may still be spent on one article, or one part of a long one, and what has been spent."""

    deadline: float
    attempts: list[Attempt] = field(default_factory=list)

    @classmethod
    def of(cls, seconds: float) -> Budget:
        return cls(deadline=time.monotonic() + seconds)

    def seconds(self) -> float:
        """The seconds left; negative when the deadline has passed."""
        return self.deadline - time.monotonic()

    def spend(self) -> float:
        """Before a request: the seconds left for it.

        Raises:
            DeadlineError: none are left.
            ModelError: every request that one briefing may make was made.
        """
        if len(self.attempts) >= MAX_REQUESTS:
            raise ModelError(
                f"No usable answer in {MAX_REQUESTS} requests, the most that one briefing makes; "
                f"the last one: {self.attempts[-1].outcome}.",
                tip="Try again later, or another model.",
            )
        seconds = self.seconds()
        if seconds <= 0:
            raise DeadlineError("The deadline passed before the model answered.", tip="Allow more by --timeout.")
        return seconds


_answering: ContextVar[httpx2.AsyncBaseTransport | None] = ContextVar("answering", default=None)
"""What answers the task at hand in place of the network: its cassette, or drafts."""


class _Unsent(httpx2.AsyncBaseTransport):
    """Hands each request to what answers the task that makes it."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        answering = _answering.get()
        if answering is None:
            raise RuntimeError("nothing answers in place of the network")
        return await answering.handle_async_request(request)


class _Kept(httpx2.AsyncBaseTransport):
    """Gives one answer that was kept."""

    def __init__(self, response: Response) -> None:
        self._response = response

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        return replayed(self._response, request)


@lru_cache(maxsize=8)
def _unsent(address: str) -> openai.AsyncOpenAI:
    """The one client of all that sends nothing: to make one costs more than to ask it. It is never closed, and holds
    nothing open."""
    return _opened(address, "replay", _Unsent())


def _opened(address: str, key: str, transport: httpx2.AsyncBaseTransport | None) -> openai.AsyncOpenAI:
    http = openai.DefaultAsyncHttpxClient(transport=transport) if transport else None
    return openai.AsyncOpenAI(api_key=key, base_url=address, max_retries=0, http_client=http)


class Client:
    """One model at one address, ready to be asked. Safe to share among tasks of one event loop."""

    def __init__(
        self,
        name: ModelName,
        address: str,
        cassette: Cassette | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        answers: Answers | None = None,
        *,
        live: bool,
    ) -> None:
        """
        Args:
            transport: what answers in place of the network; without a cassette.
            answers: those that are kept for all that is asked, and what is answered now is added to.
            live: whether anything is sent; where not, it is a cassette, a transport or a tape that answers.

        Raises:
            AuthenticationError: the provider needs a key and there is none, or what there is cannot be sent;
                only a live call needs one.
            OfflineError: there would be live calls, and `SUMMARIZER_OFFLINE` is set.
        """
        self.tape: Tape | None = None
        self.answers = answers
        self._live = live
        self._name, self._address = name, address
        self.address = address
        self._require_online()
        self._key = _sendable(name) if self._live else "replay"
        self._transport = CassetteTransport(cassette, str(name), self._key) if cassette else transport
        self._openai = _opened(address, self._key, self._transport) if self._live else _unsent(address)

    async def close(self) -> None:
        if self._live:
            await self._openai.close()

    def taped(self, tape: Tape) -> Self:
        """The same, by the same connections, for one briefing whose exchanges are kept on `tape`."""
        made = copy.copy(self)
        made.tape = tape
        return made

    @asynccontextmanager
    async def calling(self) -> AsyncIterator[openai.AsyncOpenAI]:
        """The client of openai, for what is no question to a model; its errors come out as ours."""
        self._require_online()
        try:
            yield self._openai
        except (openai.APIError, httpx2.HTTPError) as error:
            mapped = self._mapped(error)
            raise mapped from (None if isinstance(mapped, AuthenticationError) else error)

    async def ask(
        self,
        messages: Sequence[Message],
        wanted: type[T],
        *,
        view: View,
        purpose: Purpose,
        budget: Budget,
    ) -> T:
        """The model's answer to `messages`, valid as `wanted`.

        Every request is added to `budget.attempts`, whatever comes of it.

        Raises:
            ModelError: one of its kinds, its `attempts` filled in.
            TooLongError: the server says that the messages do not fit the model's context.
            CassetteError: a replay has no answer to the request.
        """
        question = _Question(self, view, purpose, budget)
        create = patch(create=question.create, mode=Mode.JSON_SCHEMA)
        try:
            answered: T = await create(
                response_model=_prepared(wanted), max_retries=1, messages=list(messages), model=self._name.model
            )
            await question.keep()
            return answered
        except InstructorError as error:
            # Not from this error, nor from pydantic's: they repeat the article and what the model wrote.
            own = _own(error)
            if isinstance(own, SchemaError):
                await question.forget()
            raise _with_attempts(own, budget) from own.__cause__

    async def send(
        self, request: dict[str, Any], seconds: float, attempt: Attempt, kept: Response | None = None
    ) -> tuple[dict[str, Any], Response | None]:
        """One request that may take so many seconds: the answer's JSON, and what may be kept of it. `attempt` gets the
        seconds it took, or took when it was recorded. `kept` is an answer of before, and then nothing is sent.

        Raises:
            ModelError, TooLongError, CassetteError: mapped from what openai raises.
            SummarizerError: the tape cannot keep the answer.
        """
        started = time.monotonic()
        _answering.set(_Kept(kept) if kept else self._transport)
        asked = _unsent(self._address) if kept else self._openai
        try:
            # All of it as `extra_body`: openai walks through what it is given otherwise, and changes nothing in it.
            raw = await asked.chat.completions.with_raw_response.create(
                model=request["model"], messages=(), extra_body=request, timeout=seconds
            )
        except (openai.APIError, httpx2.HTTPError) as error:
            response = error.response if isinstance(error, openai.APIStatusError) else None
            attempt.seconds = _seconds(response.headers if response else {}, started)
            if response is not None and not kept:
                await self._keep(request, response, attempt)
            mapped = self._mapped(error)
            raise mapped from (None if isinstance(mapped, AuthenticationError) else error)
        attempt.seconds = _seconds(raw.headers, started)
        if not kept:
            kept = await self._keep(request, raw.http_response, attempt)
        return answer.parse_body(self._without_key(raw.content)), kept

    async def _keep(self, request: dict[str, Any], response: httpx2.Response, attempt: Attempt) -> Response | None:
        """Puts an answer on the tape, before anybody reads it, and returns what may be kept of it elsewhere."""
        if self.tape is None and self.answers is None:
            return None
        try:
            kept = self.kept(response, attempt.seconds)
        except CassetteError:
            if self.tape is None:
                return None
            raise
        if self.tape:
            await self.tape.keep(request, kept)
        return kept

    def kept(self, response: httpx2.Response, seconds: float) -> Response:
        """What is kept of an answer.

        Raises:
            CassetteError: the live key occurs in it.
        """
        kept = recorded(response, self._without_key(response.content), seconds)
        if secret.stands_in(self._key, kept.model_dump_json()):
            raise CassetteError(
                "The live key occurs in an answer, which was not kept.", tip="Do not trust the server that sent it."
            )
        return kept

    def _require_online(self) -> None:
        if self._live:
            require_online(f"asking {self._name} at {self._address}")

    def _without_key(self, content: bytes) -> bytes:
        """What a server sent, without the key that some repeat. Placeholders such as `none` are too short."""
        return content.replace(self._key.encode(), b"...") if len(self._key) >= 8 else content

    def _mapped(self, error: Exception) -> SummarizerError:
        for cause in _chain(error):
            if isinstance(cause, SummarizerError):
                return cause
        match error:
            case openai.APITimeoutError():
                return DeadlineError(
                    f"{self._address} did not answer before the deadline.", tip="Allow more by --timeout."
                )
            case openai.APIStatusError():
                return self._by_status(error)
            case openai.APIConnectionError() if isinstance(error.__cause__, httpx2.DecodingError):
                return BadResponseError(f"{self._address} sent an answer that cannot be decompressed.")
            case openai.APIConnectionError() | httpx2.HTTPError():
                return self._unreachable(error)
        return BadResponseError(f"The server's answer is not understood: {one_line(str(error), 200)}")

    def _unreachable(self, error: Exception) -> UnreachableError:
        url = httpx2.URL(self._address)
        port = url.port or (443 if url.scheme == "https" else 80)
        reasons = [each.strerror for each in _chain(error) if isinstance(each, OSError) and each.strerror]
        reason = f": {one_line(reasons[-1], 80)}" if reasons else ""
        return UnreachableError(
            f"Cannot reach {url.host}:{port}{reason}.", tip="Check the network, and the address in --base-url."
        )

    def _by_status(self, error: openai.APIStatusError) -> SummarizerError:
        status, code = error.status_code, str(error.code or "")
        said = one_line(self._without_key(_message(error).encode("utf-8", "replace")).decode(), 200)
        if status in (401, 403):
            # The server's own text repeats parts of the key, so it is not shown.
            return AuthenticationError(
                f"{self._address} did not accept the key (status {status}).",
                tip=f"Check {self._name.provider.key or 'the key'} and what the key may use.",
            )
        if status == 404:
            return UnknownModelError(
                f"{self._address} does not know the model {one_line(self._name.model, 80)}.",
                tip="Check --model and --base-url.",
            )
        if status == 429:
            return self._told_to_wait(error, code, said)
        if status == 408 or status == 409 or status >= 500:
            return ServerError(f"{self._address} failed (status {status}): {said}", tip="Try again later.")
        if status == 413 or code == "context_length_exceeded" or ("context" in said and "token" in said):
            return TooLongError(f"The article does not fit the model: {said}", tip="Give a shorter article.")
        return BadResponseError(f"{self._address} refused the request (status {status}): {said}")

    def _told_to_wait(self, error: openai.APIStatusError, code: str, said: str) -> SummarizerError:
        if code == "insufficient_quota":
            return QuotaError(f"The account's quota is used up: {said}", tip="Top up the account, then run again.")
        seconds = answer.retry_after(error.response.headers)
        wait = f" for {seconds:g} s" if seconds else ""
        return RateLimitError(
            f"{self._address} asks us to wait{wait} (status 429).", tip="Try again then.", retry_after=seconds
        )


@dataclass
class _Question:
    """One question and its tries. `create` stands where instructor expects openai's.

    Attributes:
        past: whether the last answer was one of before: then what it wants to be waited for is over.
        fresh: what the cache calls the requests that were sent and got a whole answer, and those.
        reused: what it calls those whose answers it had.
    """

    client: Client
    view: View
    purpose: Purpose
    budget: Budget
    limit: int = ANSWER_TOKENS
    past: bool = False
    fresh: list[tuple[str, Response]] = field(default_factory=list)
    reused: list[str] = field(default_factory=list)

    async def create(self, **request: Any) -> Any:
        self.limit = ANSWER_TOKENS
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(tuple(MAX_TRIES)),
            stop=self._stop,
            wait=lambda state: 0.0 if self.past else _wait(state),
            before_sleep=self._prepare,
            reraise=True,
        )
        return await retrying(self._attempt, request)

    async def _attempt(self, request: dict[str, Any]) -> Any:
        provider = self.client._name.provider
        decoded = self.client._live
        lowered = provider.lower(request, self.view, decoded) | provider.settings | {provider.limit: self.limit}
        kept = await self._kept(lowered, provider.limit)
        self.past = kept is not None
        if kept is not None:
            return await self._answered(lowered, kept)
        await self._ready(lowered)
        try:
            return await self._answered(lowered)
        finally:
            if self.client.tape:
                self.client.tape.ended(lowered)

    async def _answered(self, lowered: dict[str, Any], kept: Response | None = None) -> Any:
        left = self.budget.spend()
        started = time.monotonic()
        attempt = Attempt(purpose=self.purpose, outcome="deadline", seconds=0)
        self.budget.attempts.append(attempt)
        try:
            data, given = await _within(left, self.client.send(lowered, left, attempt, kept))
            _note(attempt, data)
            completion = answer.completion(answer.content(data))
            attempt.outcome = "ok"
            if isinstance(kept, Reused):
                _note_reused(attempt)
            elif given and self.client.answers:
                self.fresh.append((self.client.answers.key(lowered), given))  # instructor adds to the messages later
        except SummarizerError as error:
            attempt.outcome = error.kind
            attempt.seconds = attempt.seconds or round(time.monotonic() - started, 3)
            raise
        return completion

    async def _kept(self, lowered: dict[str, Any], limit: str) -> Response | None:
        """The answer to a request that need not be sent: the tape's, else one of the cache, which goes on the tape."""
        tape, answers = self.client.tape, self.client.answers
        if tape and (kept := tape.recorded(lowered)):
            return kept
        if answers is None:
            return None
        for most in (self.limit, 2 * self.limit):  # what was cut off at the first is kept with the second alone
            key = answers.key(lowered | {limit: most})
            if found := await answers.find(key):
                self.reused.append(key)
                if tape:
                    await tape.keep(lowered, found)
                return found
        return None

    async def keep(self) -> None:
        """Puts what was answered into the cache: the question has come to a good end."""
        if answers := self.client.answers:
            for key, response in self.fresh:
                await answers.keep(key, response)

    async def forget(self) -> None:
        """Takes out of the cache what was no good this time."""
        if answers := self.client.answers:
            await answers.forget(self.reused)

    async def _ready(self, lowered: dict[str, Any]) -> None:
        """Returns when a request may be sent; the deadline is put off for as long as that took."""
        self.client._require_online()
        if self.client.tape:
            started = time.monotonic()
            await self.client.tape.ready(lowered)
            self.budget.deadline += time.monotonic() - started

    def _stop(self, state: RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        if not isinstance(error, ModelError) or len(self.budget.attempts) >= MAX_REQUESTS:
            return True
        if isinstance(error, RateLimitError) and (error.retry_after or 0) > LONGEST_WAIT:
            return True
        if state.upcoming_sleep >= self.budget.seconds():
            return True
        most = next((tries for kind, tries in MAX_TRIES.items() if isinstance(error, kind)), 1)
        return sum(each.outcome == error.kind for each in self.budget.attempts[-state.attempt_number :]) >= most

    def _prepare(self, state: RetryCallState) -> None:
        if state.outcome and isinstance(state.outcome.exception(), TruncatedError):
            self.limit *= 2


@lru_cache(maxsize=64)
def _prepared(wanted: type[T]) -> type[T]:
    """`wanted` as instructor prepares a model anew at every call, its JSON schema generated once."""
    prepared: type[T] = openai_schema(wanted)
    schema = prepared.model_json_schema()
    prepared.model_json_schema = lambda *_, **__: schema  # type: ignore[method-assign]  # instructor asks it every time
    return prepared


def _sendable(name: ModelName) -> str:
    key = name.api_key()
    if not (key.isascii() and key.isprintable()):
        raise AuthenticationError(
            f"{name.provider.key} holds a character that no key has.", tip="Set it again, on one line and in ASCII."
        )
    return key


def _seconds(headers: Mapping[str, str], started: float) -> float:
    return round(float(headers.get(SECONDS, time.monotonic() - started)), 3)


def _note(attempt: Attempt, data: dict[str, Any]) -> None:
    """The figures of an attempt, copied before instructor adds the usage of several up in place."""
    used = answer.usage(data)
    attempt.prompt_tokens, attempt.completion_tokens = used.prompt_tokens, used.completion_tokens
    attempt.cached_tokens = used.cached_tokens
    attempt.model = one_line(str(data.get("model")), 120) if data.get("model") else None


def _note_reused(attempt: Attempt) -> None:
    """What the cache answers takes no time and no tokens, this time."""
    attempt.outcome, attempt.seconds = CACHED, 0.0
    attempt.prompt_tokens = attempt.completion_tokens = 0
    attempt.cached_tokens = None


_BACKOFF = wait_exponential(multiplier=0.5, max=8) + wait_random(0, 0.5)


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, RateLimitError) and error.retry_after is not None:
        return error.retry_after
    return 0.0 if isinstance(error, TruncatedError | BadResponseError) else _BACKOFF(state)


async def _within(seconds: float, answering: Any) -> Any:
    """A read timeout does not bound an answer that drips in; this does."""
    import asyncio

    try:
        async with asyncio.timeout(seconds):
            return await answering
    except TimeoutError as error:
        raise DeadlineError(
            f"The model did not answer within {seconds:.0f} s.", tip="Allow more by --timeout."
        ) from error


def _message(error: openai.APIStatusError) -> str:
    if isinstance(error.body, dict) and isinstance(error.body.get("message"), str):
        return str(error.body["message"])
    return error.response.text[:800]


def _own(error: Exception) -> BaseException:
    """What lies under instructor's wrapping: our own error, an answer that does not fit the schema, or a bug."""
    for cause in _chain(error):
        if isinstance(cause, SummarizerError):
            return cause
    for cause in _chain(error):
        if isinstance(cause, ValidationError):
            return SchemaError(_places(cause), tip="Try another model, or a newer prompt.")
    return error.__cause__ or error


def _places(error: ValidationError) -> str:
    """Where the answer breaks the schema: field names and rules, never what the model wrote."""
    found = error.errors(include_url=False, include_input=False, include_context=False)
    shown = "; ".join(f"{one_line(_place(each), 40) or 'answer'}: {each['type']}" for each in found[:4])
    return f"The model's answer, asked for twice, does not fit the schema ({len(found)} places): {shown}."


def _place(found: ErrorDetails) -> str:
    """The last step to a field that the schema lacks is the model's own word for it."""
    steps = found["loc"][:-1] if found["type"] == "extra_forbidden" else found["loc"]
    return ".".join(map(str, steps))


def _chain(error: BaseException | None) -> list[BaseException]:
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        error = error.__cause__ or error.__context__
    return seen


def _with_attempts(error: BaseException, budget: Budget) -> BaseException:
    if isinstance(error, ModelError):
        error.attempts = tuple(budget.attempts)
    return error
