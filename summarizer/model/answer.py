"""What came back, classified: a usable answer, or the one error that says why not."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from summarizer.errors import BadResponseError, RefusedError, TruncatedError
from summarizer.text import one_line

if TYPE_CHECKING:  # openai takes most of a second to import, and much of a run needs none of it
    from openai.types.chat import ChatCompletion

MAX_CONTENT = 1_000_000
MOST_TOKENS = 10**12
_FENCED = re.compile(r"```(?:json)?\s*\n(.*?)\n?```", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the server reports them; None where it does not say."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    cached_tokens: int | None = None


def parse_body(body: bytes) -> dict[str, Any]:
    """The JSON object in the body of an answer with status 200.

    Raises:
        BadResponseError: no JSON, no object, an error in place of an answer, or no choices.
    """
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _bad("is not JSON", body) from error
    if not isinstance(data, dict):
        raise _bad("is no JSON object", body)
    if data.get("error"):
        raise _bad("is an error with status 200", body)
    choices = data.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise _bad("holds no choices", body)
    if not isinstance(choices[0].get("message"), dict):
        raise _bad("holds no message", body)
    return data


def usage(data: dict[str, Any]) -> Usage:
    """The tokens that `data` reports; booleans, negative and other nonsense count as not reported."""
    reported = data.get("usage")
    if not isinstance(reported, dict):
        return Usage()
    details = reported.get("prompt_tokens_details")
    return Usage(
        _count(reported.get("prompt_tokens")),
        _count(reported.get("completion_tokens")),
        _count(details.get("cached_tokens")) if isinstance(details, dict) else None,
    )


def content(data: dict[str, Any]) -> str:
    """The text that the model wrote, as JSON where it is JSON without doubt.

    Raises:
        RefusedError, TruncatedError, BadResponseError: there is no whole answer.
    """
    choice = data["choices"][0]
    message, reason = choice["message"], choice.get("finish_reason")
    written = message.get("content")
    if refusal := message.get("refusal"):
        raise RefusedError(f"The model refused: {one_line(str(refusal), 200)}")
    if reason == "content_filter":
        raise RefusedError("The provider's content filter stopped the answer.", filtered=True)
    if reason == "length":
        raise TruncatedError(
            "The answer was cut at the token limit."
            if written
            else "The model's reasoning used the whole token budget before it wrote anything.",
            tip="Give a shorter article, or a model that writes less before it answers.",
        )
    if not isinstance(written, str) or not written.strip():
        raise _bad("holds no text", json.dumps(message).encode())
    if len(written) > MAX_CONTENT:
        raise BadResponseError(f"The answer has {len(written)} characters; {MAX_CONTENT} are the most we take.")
    return unambiguous(written)


def completion(written: str) -> ChatCompletion:
    """What instructor gets to validate: the text and nothing else of what the server sent.

    Its other fields may hold anything, and instructor counts with some of them.
    """
    from openai.types.chat import ChatCompletion, ChatCompletionMessage
    from openai.types.chat.chat_completion import Choice

    message = ChatCompletionMessage(role="assistant", content=written)
    choice = Choice(index=0, finish_reason="stop", message=message)
    return ChatCompletion(id="", object="chat.completion", created=0, model="", choices=[choice])


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that an answer with these headers asks to wait; None where it does not say, or says nonsense."""
    for name, unit in (("retry-after-ms", 1000), ("retry-after", 1)):
        try:
            seconds = float(headers.get(name, "")) / unit
        except ValueError:
            continue
        if 0 <= seconds < float("inf"):
            return seconds
    return None


def unambiguous(written: str) -> str:
    """The one JSON object in `written`, compact; where there is none or more than one, a JSON string of it.

    Takes a byte order mark, a code fence and prose around the object. Does not take duplicate keys, NaN,
    trailing commas, lone surrogates or nesting that exhausts the parser: pydantic would take some of them, so
    what remains becomes a string, which fails validation and is asked for once more.
    """
    stripped = written.strip("\ufeff \t\r\n")
    fenced = _FENCED.findall(stripped)
    candidates = [stripped, *(fenced if len(fenced) == 1 else ())]
    begin, end = stripped.find("{"), stripped.rfind("}")
    if 0 <= begin < end:
        candidates.append(stripped[begin : end + 1])
    for candidate in candidates:
        try:
            parsed = json.loads(candidate, object_pairs_hook=_unique, parse_constant=_refuse)
            compact = json.dumps(parsed, ensure_ascii=False)
            compact.encode()  # a lone surrogate fails here, and not only when it is sent or written
        except (ValueError, RecursionError):
            continue
        if isinstance(parsed, dict):
            return compact
    return json.dumps(written.encode(errors="backslashreplace").decode(), ensure_ascii=False)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = dict(pairs)
    if len(keys) != len(pairs):
        raise ValueError("duplicate keys")
    return keys


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MOST_TOKENS else None


def _bad(what: str, body: bytes) -> BadResponseError:
    shown = one_line(body[:800].decode("utf-8", "replace"), 200) or "nothing"
    return BadResponseError(
        f"The server's answer {what}: {shown}", tip="Is the address an OpenAI-compatible API? It ends in /v1."
    )
