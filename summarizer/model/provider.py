"""Which model is asked, where it is, and how a request must look there: one table."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from summarizer.errors import AuthenticationError, UsageError
from summarizer.model.strict import strict
from summarizer.text import one_line
from summarizer.view import View

Request = dict[str, Any]
Lower = Callable[[Request, View, bool], Request]

EMBEDDED = "local/qwen2.5-coder-1.5b-instruct"
OPENAI_DEFAULT = "openai/gpt-5-mini"


@dataclass(frozen=True, slots=True)
class Provider:
    """A row of the table.

    Attributes:
        address: the base URL; None where it is made when the engine starts.
        key: the environment variable that holds the key; None where none is sent.
        key_needed: whether there is no use in asking without one.
        limit: the request parameter that caps the tokens of an answer.
        settings: further parameters of every request.
        lower: turns `response_format` into what the provider takes best; its third argument says whether a model
            will write under it, and not only a recorded request be compared.
    """

    name: str
    address: str | None
    key: str | None
    key_needed: bool
    limit: Literal["max_tokens", "max_completion_tokens"]
    settings: Request
    lower: Lower


def _strict(request: Request, view: View, decoded: bool) -> Request:  # noqa: ARG001, FBT001 (a Lower)
    asked = request["response_format"]["json_schema"]
    lowered = {"name": asked["name"], "schema": strict(asked["schema"]), "strict": True}
    return request | {"response_format": {"type": "json_schema", "json_schema": lowered}}


def _grammar(request: Request, view: View, decoded: bool) -> Request:  # noqa: FBT001 (a Lower)
    from summarizer.model import grammar

    lowered = {key: value for key, value in request.items() if key != "response_format"}
    schema = request["response_format"]["json_schema"]["schema"]
    return lowered | {"grammar": grammar.lower(schema, view, decoded=decoded), "cache_prompt": True}


PROVIDERS = {
    provider.name: provider
    for provider in (
        # Reasoning models refuse any temperature but their own, so none is sent.
        Provider("openai", "https://api.openai.com/v1", "OPENAI_API_KEY", True, "max_completion_tokens", {}, _strict),
        Provider("ollama", "http://127.0.0.1:11434/v1", None, False, "max_tokens", {"temperature": 0}, _strict),
        Provider("local", None, None, False, "max_tokens", {"temperature": 0}, _grammar),
    )
}
_COMPATIBLE = Provider("compatible", None, "OPENAI_API_KEY", False, "max_tokens", {"temperature": 0}, _strict)


@dataclass(frozen=True, slots=True)
class ModelName:
    """`provider/model`, resolved against the table.

    Attributes:
        address: the base URL; None for the embedded engine.
        why: how this model came to be chosen, for the line on standard error.
    """

    provider: Provider
    model: str
    address: str | None
    why: str

    def __str__(self) -> str:
        return f"{self.provider.name}/{self.model}"

    @property
    def embedded(self) -> bool:
        return self.address is None

    def api_key(self) -> str:
        """The key for this address.

        Raises:
            AuthenticationError: the provider needs a key and the environment has none.
        """
        key = os.environ.get(self.provider.key or "", "").strip()
        if self.provider.key_needed and not key:
            raise AuthenticationError(
                f"{self} needs a key and the environment variable {self.provider.key} is empty.",
                tip=f"Set {self.provider.key}, or use the embedded model: --model {EMBEDDED}",
            )
        return key or "none"


def choose(name: str | None, base_url: str | None) -> ModelName:
    """The model to ask: `name`, else SUMMARIZER_MODEL, else OpenAI where its key is set, else the embedded one.

    With `base_url` any provider name is taken and the address counts; without it, the provider must be in
    the table.

    Raises:
        UsageError: the name is not `provider/model`, or the provider is unknown, or there is an address and
            no name.
    """
    wanted, why = _wanted(name, base_url)
    provider_name, slash, model = wanted.partition("/")
    if not slash or not provider_name or not model or not wanted.isprintable():
        raise UsageError(
            f"{one_line(wanted, 80)!r} names no model.", tip=f"Write it as PROVIDER/MODEL, such as {EMBEDDED}."
        )
    if base_url:
        return ModelName(_at(provider_name), model, _checked(base_url), why)
    if provider_name not in PROVIDERS:
        raise UsageError(
            f"There is no provider {one_line(provider_name, 40)!r}.",
            tip=f"There are {', '.join(PROVIDERS)}; any other takes its OpenAI-compatible address by --base-url.",
        )
    provider = PROVIDERS[provider_name]
    return ModelName(provider, model, provider.address, why)


def known(name: str) -> bool:
    """Whether the provider of `provider/model` is in the table."""
    return name.partition("/")[0] in PROVIDERS


def _wanted(name: str | None, base_url: str | None) -> tuple[str, str]:
    if name:
        return name, "as asked"
    if name := os.environ.get("SUMMARIZER_MODEL"):
        return name, "SUMMARIZER_MODEL says so"
    if base_url:
        raise UsageError("There is an address and no model.", tip="Add --model PROVIDER/MODEL.")
    if os.environ.get("OPENAI_API_KEY"):
        return OPENAI_DEFAULT, "OPENAI_API_KEY is set"
    return EMBEDDED, "the embedded model: no other is set"


def _at(name: str) -> Provider:
    """The provider of this name at an address of the user's own, which may want a key or not."""
    known = PROVIDERS[name] if name == "openai" else _COMPATIBLE
    return replace(known, name=name, key_needed=False)


def _checked(base_url: str) -> str:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(base_url)
        usable = parts.scheme in ("http", "https") and parts.hostname and not parts.username and parts.port != 0
    except ValueError:  # brackets that do not close, a port that is no number
        usable = False
    if not usable:
        raise UsageError(
            f"{one_line(base_url, 80)!r} is no address of a server.",
            tip="Write it as http://HOST:PORT/v1, the key in OPENAI_API_KEY.",
        )
    return base_url
