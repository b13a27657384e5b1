"""The ways to brief an article: ours, and the others, each in a child process with an environment of its own."""

from __future__ import annotations

import os
import queue
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError

import summarizer
from benchmarks.beside.children import READY
from benchmarks.beside.record import FIELDS, Answer, Asked, FieldName, Item
from benchmarks.environment import Environment
from benchmarks.plain import TIMEOUT
from summarizer import Briefing, ModelError, Settings, Source, Summarizer, TooLongError, TruncatedError
from summarizer import item as items
from summarizer.model.engine import Engine
from summarizer.model.provider import EMBEDDED

OURS = "summarizer"
PLAIN = "instructor"
ROOT = Path(__file__).parents[2]
_LOADING = 120
_GRACE = 5
_OTHERS = (
    (PLAIN, ("instructor==1.17.0", "openai==3.3.0"), "with_instructor"),
    ("langextract", ("langextract==1.7.1", "openai==3.3.0"), "with_langextract"),
    ("prompt alone", ("openai==3.3.0",), "with_openai"),
)
NAMES = (OURS, *(name for name, _, _ in _OTHERS))


class Way(Protocol):
    """Something that briefs; `made_by` names the programs that it is made of."""

    @property
    def name(self) -> str: ...
    @property
    def made_by(self) -> str: ...
    def brief(self, asked: Asked) -> Answer: ...
    def close(self) -> None: ...


class Ours:
    """The summarizer with its current prompt, on the embedded engine of this process, which the others use as well."""

    name = OURS

    def __init__(self, running: Engine) -> None:
        self._running = running
        self._summarizer = Summarizer(Settings(model=EMBEDDED, timeout=TIMEOUT))
        self.made_by = f"summarizer=={summarizer.__version__}"

    def brief(self, asked: Asked) -> Answer:
        started = time.monotonic()
        self._running.prepared = None  # the others have asked since
        try:
            source = Source.from_text(asked.text, name=asked.id, published=asked.published)
            briefing = self._summarizer.brief(source)
        except (ModelError, TooLongError) as raised:
            attempts = raised.attempts if isinstance(raised, ModelError) else ()
            answer = Answer(id=asked.id, seconds=0, error=f"{type(raised).__name__}: {raised.message}")
        else:
            attempts = tuple(briefing.provenance.attempts)
            answer = Answer(id=asked.id, seconds=0, items=of_briefing(briefing), left_out=len(briefing.rejected))
            self.made_by = _made_by(briefing)
        spent = {
            "seconds": round(time.monotonic() - started, 3),
            "prompt_tokens": sum(each.prompt_tokens or 0 for each in attempts),
            "cached_tokens": sum(each.cached_tokens or 0 for each in attempts),
            "completion_tokens": sum(each.completion_tokens or 0 for each in attempts),
            "cut": sum(each.outcome == TruncatedError.kind for each in attempts),
        }
        return answer.model_copy(update=spent)

    def close(self) -> None:
        self._summarizer.close()


def _made_by(briefing: Briefing) -> str:
    made = briefing.provenance
    return ", ".join([made.tool, *(each.id for each in made.prompts), made.policy.id])


def of_briefing(briefing: Briefing) -> list[Item]:
    """The items of a briefing that answer a question, each with its evidence as quotes."""
    return [_item(field, each) for field in FIELDS for each in getattr(briefing, field)]


def _item(field: FieldName, item: items.Item) -> Item:
    reason = item if isinstance(item, items.Rationale) else None
    quoted = [reason.quotation] if reason and reason.quotation else item.evidence
    one = quoted[0] if len(quoted) == 1 else None
    return Item(
        field=field,
        text=item.statement,
        quotes=[each.text for each in quoted],
        start=one.start if one else None,
        end=one.end if one else None,
        speaker=reason.speaker if reason else None,
    )


@dataclass
class Child:
    """A program that briefs in a process of its own, begun when first asked, and again where it had to be ended.

    Attributes:
        module: what it runs, with the engine's address.
        log: the file that gets what it prints beside its answers.
    """

    name: str
    environment: Environment
    module: str
    address: str
    log: Path
    _process: subprocess.Popen[str] | None = None
    _lines: queue.Queue[str | None] = field(default_factory=queue.Queue)

    @property
    def made_by(self) -> str:
        return ", ".join(self.environment.packages)

    def brief(self, asked: Asked) -> Answer:
        process = self._running()
        assert process.stdin
        started = time.monotonic()
        try:
            process.stdin.write(asked.model_dump_json(include=set(Asked.model_fields)) + "\n")
            process.stdin.flush()
            return Answer.model_validate_json(self._line(TIMEOUT + _GRACE))
        except (OSError, ValidationError) as error:  # no answer in time, or none that can be read
            self.close()
            said = str(error) if isinstance(error, OSError) else "it wrote what is no answer"
            return Answer(id=asked.id, seconds=round(time.monotonic() - started, 3), error=said)

    def close(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream:
                    stream.close()
        self._process = None

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._lines = queue.Queue()
            self._process = process = self._begun()
            threading.Thread(target=_pass_on, args=(process, self._lines), daemon=True).start()
            if self._line(_LOADING).strip() != READY:
                raise ChildProcessError(f"{self.name} did not begin; see {self.log}")
        return self._process

    def _begun(self) -> subprocess.Popen[str]:
        command = [str(self.environment.python), "-m", self.module, self.address]
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("a") as log:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=os.environ | {"PYTHONUTF8": "1", "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                encoding="utf-8",
            )

    def _line(self, seconds: float) -> str:
        """The next line that it writes.

        Raises:
            TimeoutError: there was none within so many seconds.
            ChildProcessError: it ended.
        """
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError(f"no answer within {TIMEOUT} s") from None
        if line is None:
            raise ChildProcessError(f"it ended; see {self.log}")
        return line


def _pass_on(process: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
    """Hands on what a child writes, and None when it ends."""
    assert process.stdout
    try:
        for line in process.stdout:
            lines.put(line)
    except ValueError:  # closed while it was read
        pass
    lines.put(None)


def others(address: str, log: Path) -> list[Child]:
    """The ways that are not ours, on the engine at this address."""
    return [
        Child(name, Environment(packages), f"benchmarks.beside.children.{module}", address, log)
        for name, packages, module in _OTHERS
    ]
