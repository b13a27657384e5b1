"""The embedded engine: llama.cpp inside this process, spoken to like any other server.

One engine a weights file, started on first use and kept for the life of the process: loading takes seconds,
and what the last prompt shared with the next is not read again.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.errors import TooLongError, UsageError, WeightsError
from summarizer.model import prefix
from summarizer.model.weights import cache_dir
from summarizer.offline import require_online
from summarizer.prompt import Message
from summarizer.text import one_line

CONTEXT = 16_384
"""Tokens of prompt and answer together."""

PROMPT_CACHE_MIB = 192
"""What earlier prompts may keep in memory. The fixed part of a prompt takes about 20."""

_engines: dict[Path, Engine] = {}
_starting = threading.Lock()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the engine is with its current request."""

    to_read: int
    written: int


class Engine:
    """A running engine.

    Attributes:
        address: an OpenAI-compatible base URL on loopback.
        prepared: the fixed part of a prompt that the engine has in memory, as far as is known. None where others may
            have asked it since: the next request then puts it back.
    """

    def __init__(self, weights: Path, alias: str) -> None:
        folder = cache_dir() / prefix.FOLDER
        self._prefixes = prefix.Prefixes(folder, weights)
        self._server = _start(weights, alias, folder)
        self._root: str = self._server.listening_address
        self.address = f"{self._root}/v1"
        self.prepared: str | None = None
        self._preparing = threading.Lock()

    def prepare(self, messages: list[Message]) -> None:
        """Makes a request begin where the fixed part of its prompt ends (see `prefix`), if the last one had another."""
        with self._preparing:
            text = prefix.fixed(self, messages)
            if text != self.prepared:
                self._prefixes.put_in(self, text)
                self.prepared = text

    def rendered(self, messages: list[Message]) -> str:
        """The messages as the model gets them."""
        text: str = self._post("/apply-template", {"messages": messages})["prompt"]
        return text

    def read(self, text: str) -> None:
        """Reads a text, and writes nothing."""
        self._keep("/completion", {"prompt": text, "n_predict": 0, "cache_prompt": True, "id_slot": 0})

    def save(self, name: str) -> None:
        """Writes the state of the slot to a file in the folder of `prefix`."""
        self._keep("/slots/0?action=save", {"filename": name})

    def restore(self, name: str) -> None:
        """The state from such a file."""
        self._keep("/slots/0?action=restore", {"filename": name})

    def check_length(self, messages: list[Message], answer: int) -> None:
        """Refuses what the context cannot hold, before anything is read.

        Raises:
            TooLongError: the messages and `answer` tokens are more than the context; the text says how many.
            OfflineError: `SUMMARIZER_OFFLINE` was set since the engine started.
        """
        require_online("asking the embedded engine")
        tokens = self.tokens(messages)
        if tokens + answer > CONTEXT:
            raise TooLongError(
                f"The prompt has {tokens} tokens and the answer may take {answer}; "
                f"the embedded model's context holds {CONTEXT}.",
                tip="Give a shorter article, or a model with a longer context by --model.",
            )

    def tokens(self, messages: list[Message]) -> int:
        """How many tokens the messages are for this model, its chat template included."""
        content = {"content": self.rendered(messages), "parse_special": True}
        return len(self._post("/tokenize", content)["tokens"])

    def progress(self) -> Progress | None:
        """How far the current request is; None where nothing runs or the engine is busy."""
        import httpx2

        try:
            slot = httpx2.get(f"{self._root}/slots", timeout=5).json()[0]
        except (httpx2.HTTPError, ValueError, LookupError):
            return None
        if not isinstance(slot, dict) or not slot.get("is_processing"):
            return None
        return Progress(
            to_read=slot.get("n_prompt_tokens", 0),
            written=(slot.get("next_token") or [{}])[0].get("n_decoded", 0),
        )

    def _keep(self, path: str, body: dict[str, Any]) -> None:
        import httpx2

        try:
            self._post(path, body, timeout=600)
        except httpx2.HTTPError as error:
            raise OSError(f"the engine could not do {path}") from error

    def _post(self, path: str, body: dict[str, Any], timeout: float = 60) -> dict[str, Any]:
        import httpx2

        reply = httpx2.post(f"{self._root}{path}", json=body, timeout=timeout).raise_for_status()
        answered: dict[str, Any] = reply.json()
        return answered


def engine(weights: Path, alias: str) -> Engine:
    """The engine that runs `weights`; started at the first call, which takes seconds.

    Raises:
        OfflineError: `SUMMARIZER_OFFLINE` is set.
        UsageError: the extra `local` is not installed.
        WeightsError: the file is missing, or llama.cpp cannot load it.
    """
    require_online("asking the embedded engine")
    with _starting:
        path = weights.resolve()
        if path not in _engines:
            _engines[path] = Engine(path, alias)
        return _engines[path]


def _start(weights: Path, alias: str, states: Path) -> Any:
    try:
        import llguidance  # noqa: F401 (checks the grammar of each request)
        import xllamacpp
    except ImportError as error:
        raise UsageError(
            "The embedded model needs the engine, which is not installed.",
            tip="pip install 'summarizer[local]', or name another model by --model.",
        ) from error
    if not weights.is_file():
        raise WeightsError(f"There is no file {one_line(str(weights))}.", tip="summarizer models pull")
    with weights.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise WeightsError(f"{one_line(str(weights))} is no GGUF file.", tip="Give a model in GGUF format.")
    try:
        return xllamacpp.Server(_parameters(xllamacpp, weights, alias, states))
    except RuntimeError as error:
        raise WeightsError(
            f"llama.cpp cannot load {one_line(str(weights))}: {one_line(str(error), 200)}",
            tip="summarizer models remove, then summarizer models pull",
        ) from error


def _parameters(xllamacpp: Any, weights: Path, alias: str, states: Path) -> Any:
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(weights)
    parameters.model_alias = type(parameters.model_alias)([alias])
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.n_ctx = CONTEXT
    parameters.n_parallel = 1
    parameters.cache_ram_mib = PROMPT_CACHE_MIB
    parameters.endpoint_slots = True
    parameters.slot_save_path = f"{states}{os.sep}"
    parameters.ui = False
    parameters.verbosity = -1
    threads = _cores()
    parameters.cpuparams.n_threads = threads
    parameters.cpuparams_batch.n_threads = threads
    return parameters


def _cores() -> int:
    """Physical cores where that can be told; more threads than those slow llama.cpp down."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, usable if usable <= 4 else usable // 2)
