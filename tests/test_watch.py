"""Watching feeds and folders: what is new is briefed, once; servers are asked politely; nothing ends it but what must."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
from batches import GOOD, articles, asked, briefings, by_number, failures, number_of, table, text, wait_until
from conftest import Cli
from drafts import MODEL
from fault_server import Answer, FaultServer, Hang, Raw, Received, Status, Step
from sites import Site, item, rss, site

from summarizer import AuthenticationError, Settings, UsageError
from summarizer.batch import Round, run_state, watch

ETAG = {"etag": '"one"', "last-modified": "Mon, 09 Mar 2026 10:00:00 GMT"}


@pytest.fixture
def quay() -> Iterator[Site]:
    with site() as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a run can be."""
    return tmp_path / "run"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Feeds may be asked at once again."""
    monkeypatch.setattr("summarizer.batch.polling.SOONEST", 0.0)


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files stand still for a moment only, but in processes of their own."""
    monkeypatch.setattr("summarizer.batch.settling.SECONDS", 0.05)


Rounds = Callable[..., Iterator[Round]]
Begun = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def rounds(server: FaultServer, folder: Path) -> Rounds:
    """What the rounds of watching these places give."""
    server.script(GOOD)

    def begin(*places: str | Path, **options: Any) -> Iterator[Round]:
        settings = Settings(model=MODEL, base_url=server.base_url, allow_private=True)
        return watch(places, folder, settings, every=options.pop("every", 0.01), **options)

    return begin


def names(found: Round) -> list[str]:
    return [each.made.named.rpartition("/")[2] for each in found.made]


def let_feeds_be_asked(folder: Path) -> None:
    """As if an hour had passed."""
    path = folder / "journal.feeds.json"
    kept = json.loads(path.read_text())
    path.write_text(json.dumps({name: each | {"due": each["due"] - 3600} for name, each in kept.items()}))


# feeds


@pytest.mark.usefixtures("quick")
def test_what_is_new_is_briefed_and_what_is_known_is_not_read_again(
    server: FaultServer, quay: Site, folder: Path, rounds: Rounds
) -> None:
    quay.publishes(rss("/1", "/2"))
    going = rounds(quay.feed)
    assert names(next(going)) == ["1", "2"]
    assert next(going).outcome is None
    quay.publishes(rss("/3", "/1"))
    assert names(next(going)) == ["3"]
    assert next(going).made == ()
    assert (quay.asked["/feed"], quay.asked["/1"], asked(server)) == (4, 1, {1: 1, 2: 1, 3: 1})
    assert len(briefings(folder)) == 3


@pytest.mark.usefixtures("quick")
def test_an_article_that_changes_at_its_link_is_briefed_once(server: FaultServer, quay: Site, rounds: Rounds) -> None:
    quay.publishes(rss("/1"))
    going = rounds(quay.feed)
    next(going)
    quay.publishes(rss(item("/1").replace("Port shuts", "Corrected: port shuts")))
    assert next(going).made == ()
    assert asked(server) == {1: 1}


@pytest.mark.usefixtures("quick")
def test_a_feed_that_did_not_change_is_not_sent_again(quay: Site, folder: Path, rounds: Rounds) -> None:
    quay.pages["/feed"] = [Status(200, body=rss("/1"), headers=ETAG), Status(304, body="")]
    going = rounds(quay.feed)
    assert [names(next(going)) for _ in range(2)] == [["1"], []]
    again = next(rounds(quay.feed, once=True))  # another process, later
    assert (again.made, again.errors) == ((), ())
    first, *others = quay.received()
    assert not {"if-none-match", "if-modified-since"} & set(first.headers)
    for each in others:
        assert each.headers["if-none-match"] == '"one"'
        assert each.headers["if-modified-since"] == "Mon, 09 Mar 2026 10:00:00 GMT"
    assert len(briefings(folder)) == 1


def test_a_feed_is_asked_once_a_minute_at_most(quay: Site, folder: Path, rounds: Rounds) -> None:
    quay.publishes(rss("/1"))
    going = rounds(quay.feed)
    assert [names(next(going)) for _ in range(3)] == [["1"], [], []]
    said: list[str] = []
    assert next(rounds(quay.feed, once=True, said=said.append)).made == ()
    assert quay.asked["/feed"] == 1
    assert said[0].startswith(f"{quay.feed} is left alone for ")
    let_feeds_be_asked(folder)
    next(rounds(quay.feed, once=True))
    assert quay.asked["/feed"] == 2


@pytest.mark.usefixtures("quick")
def test_a_feed_that_fails_is_told_and_asked_again_and_the_others_go_on(quay: Site, rounds: Rounds) -> None:
    quay.pages["/feed"] = [Status(500), Raw(rss("/1")[:-9]), Raw(rss("/1"))]
    quay.pages["/other"] = Raw(rss("/2"))
    said: list[str] = []
    going = rounds(quay.feed, f"{quay.address}/other", said=said.append)
    first, second, third = (next(going) for _ in range(3))
    assert (names(first), names(second), names(third)) == (["2"], [], ["1"])
    assert ([len(each.errors) for each in (first, second, third)], len(said)) == ([1, 1, 0], 2)
    assert said[0] == f"{quay.feed} answers 500 (Internal Server Error). Try again later. It is left alone for 0 s."
    assert said[1].startswith(f"{quay.feed}: it is cut off or broken: ")


@pytest.mark.parametrize(
    ("status", "wait"),
    [
        (Status(503, headers={"retry-after": "7200"}), 7200),
        (Status(429, headers={"retry-after": formatdate(time.time() + 7200, usegmt=True)}), 7200),
        (Status(503, headers={"retry-after": "1"}), 60),
        (Status(503, headers={"retry-after": "999999999"}), 86_400),
        (Status(503, headers={"retry-after": "soon"}), 60),
        (Status(404), 60),
    ],
    ids=["seconds", "time", "short", "long", "nonsense", "none"],
)
def test_a_server_says_when_it_is_asked_again(
    quay: Site, folder: Path, rounds: Rounds, tmp_path: Path, status: Status, wait: float
) -> None:
    quay.pages["/feed"] = status
    next(rounds(quay.feed, articles(tmp_path / "in", 1), once=True))
    kept = json.loads((folder / "journal.feeds.json").read_text())[quay.feed]
    assert kept["due"] - time.time() == pytest.approx(wait, abs=30)


def test_a_feed_is_left_alone_for_longer_after_each_failure(
    quay: Site, folder: Path, rounds: Rounds, tmp_path: Path
) -> None:
    quay.pages["/feed"] = Status(500)
    waits = []
    articles(tmp_path / "in", 1)
    for _ in range(4):
        next(rounds(quay.feed, tmp_path / "in", once=True))
        waits.append(json.loads((folder / "journal.feeds.json").read_text())[quay.feed]["due"] - time.time())
        let_feeds_be_asked(folder)
    assert waits == pytest.approx([60, 120, 240, 480], abs=30)
    quay.publishes(rss("/7"))
    assert names(next(rounds(quay.feed, once=True))) == ["7"]
    assert json.loads((folder / "journal.feeds.json").read_text())[quay.feed]["failures"] == 0


@pytest.mark.usefixtures("quick")
def test_a_feed_is_not_marked_as_read_before_the_journal_has_its_entries(
    quay: Site, folder: Path, rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    quay.pages["/feed"] = Status(200, body=rss("/1"), headers=ETAG)
    with monkeypatch.context() as patched:
        patched.setattr("summarizer.batch.items.register", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            next(rounds(quay.feed))
    assert names(next(rounds(quay.feed))) == ["1"]
    assert "if-none-match" not in quay.received()[1].headers


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("damage", ["{", "[]", '{"x": {"due": "soon"}}'])
def test_damaged_notes_on_feeds_are_told_and_made_anew(quay: Site, folder: Path, rounds: Rounds, damage: str) -> None:
    quay.publishes(rss("/1"))
    next(rounds(quay.feed, once=True))
    (folder / "journal.feeds.json").write_text(damage)
    said: list[str] = []
    next(rounds(quay.feed, once=True, said=said.append))
    assert said == [f"{folder}/journal.feeds.json cannot be read: it is damaged. All feeds are read anew."]
    assert quay.feed in json.loads((folder / "journal.feeds.json").read_text())


@pytest.mark.usefixtures("quick")
def test_a_journal_that_was_deleted_takes_the_marks_with_it(quay: Site, folder: Path, rounds: Rounds) -> None:
    quay.pages["/feed"] = Status(200, body=rss("/1"), headers=ETAG)
    next(rounds(quay.feed, once=True))
    for each in folder.iterdir():
        if each.name != "journal.feeds.json":
            each.unlink()
    assert names(next(rounds(quay.feed, once=True))) == ["1"]
    assert "if-none-match" not in quay.received()[1].headers


# folders


@pytest.mark.usefixtures("quick")
def test_new_files_of_a_folder_are_briefed(server: FaultServer, tmp_path: Path, rounds: Rounds, folder: Path) -> None:
    given = articles(tmp_path / "in", 1)
    going = rounds(given)
    assert names(next(going)) == ["0001.txt"]
    table(given / "more.jsonl", 3)
    (given / ".hidden.txt").write_text(text(8))
    (given / "empty.txt").touch()
    assert names(next(going)) == ["more.jsonl, line 1", "more.jsonl, line 2", "more.jsonl, line 3"]
    table(given / "more.jsonl", 4)
    (given / "broken.parquet").write_bytes(b"PAR1 no table")
    found = next(going)
    assert names(found) == ["more.jsonl, line 4"]
    assert [each.named for each in found.failed] == [str(given / "broken.parquet")]
    (given / "0001.txt").write_text(text(5))
    assert next(going).made == ()
    assert asked(server) == {1: 2, 2: 1, 3: 1, 4: 1}


def test_a_file_that_is_being_written_waits(tmp_path: Path, rounds: Rounds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.batch.settling.SECONDS", 0.3)
    given = articles(tmp_path / "in", 1)
    growing, ended = given / "0002.txt", threading.Event()

    def write() -> None:
        with growing.open("a") as file:
            while not ended.wait(0.02):
                file.write(text(2)[:40])
                file.flush()

    thread = threading.Thread(target=write)
    thread.start()
    wait_until(growing.exists)
    going = rounds(given)
    assert names(next(going)) == ["0001.txt"]
    ended.set()
    thread.join()
    growing.write_text(text(2))
    assert names(next(going)) == ["0002.txt"]


@pytest.mark.usefixtures("quick")
def test_a_folder_that_is_gone_is_told_and_looked_for_again(tmp_path: Path, rounds: Rounds) -> None:
    given = articles(tmp_path / "in", 1)
    said: list[str] = []
    going = rounds(given, said=said.append)
    next(going)
    given.rename(tmp_path / "away")
    assert next(going).made == ()
    assert said == [f"The folder {given} is not there."]
    (tmp_path / "away").rename(given)
    (given / "0002.txt").write_text(text(2))
    assert names(next(going)) == ["0002.txt"]


# what ends a round, and what ends it all


@pytest.mark.usefixtures("quick")
def test_a_model_that_is_not_there_is_asked_again_in_the_next_round(
    tmp_path: Path, rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = articles(tmp_path / "in", 6)
    from summarizer.errors import UnreachableError

    async def gone(*_: Any) -> None:
        raise UnreachableError("Nobody is there.")

    with monkeypatch.context() as patched:
        patched.setattr("summarizer.summarize.Summarizer.taped", gone)
        going = rounds(given)
        first = next(going)
    assert first.passing
    assert (first.made, first.failed) == ((), ())
    assert len(next(going).made) == 6


@pytest.mark.usefixtures("quick")
def test_a_wrong_key_ends_it(server: FaultServer, tmp_path: Path, rounds: Rounds) -> None:
    going = rounds(articles(tmp_path / "in", 2))
    server.script(Status(401))
    assert isinstance(next(going).stopped, AuthenticationError)
    with pytest.raises(AuthenticationError):
        next(going)


def test_what_is_neither_feed_nor_folder_is_refused(rounds: Rounds, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no feed and no folder"):
        next(rounds(tmp_path / "none"))
    with pytest.raises(UsageError, match="nothing to watch"):
        next(rounds())


# the command


@pytest.fixture
def command(server: FaultServer, folder: Path) -> list[str]:
    server.script(GOOD)
    return ["-o", str(folder), "--model", MODEL, "--base-url", server.base_url, "--allow-private"]


@pytest.mark.usefixtures("quick")
def test_once_tells_each_new_briefing_in_a_line_and_then_nothing(
    quay: Site, folder: Path, cli: Cli, command: list[str]
) -> None:
    quay.pages["/1"] = Raw(b"<!doctype html><html lang='en'><body><article><h1>Halden Port\xe2\x80\xae</h1>" + "".join(
        f"<p>{each}</p>" for each in text(1).splitlines()[2:] if each).encode() + b"</article></body></html>", "text/html; charset=utf-8")  # fmt: skip
    quay.publishes(rss("/1", "/2"))
    code, out, err = cli("watch", quay.feed, *command, "--once", "--format", "files")
    assert code == 0, err
    first, second = out.splitlines()
    assert second == f"Halden Port Shuts Terminal  {quay.address}/2  {folder}/briefings/000002-2.json"
    assert "Halden" in first
    assert not {"\x1b", "\u202e"} & set(out)
    assert len(list((folder / "briefings").iterdir())) == 2
    assert cli("watch", quay.feed, *command, "--once", "--format", "files")[:2] == (0, "")


@pytest.mark.usefixtures("quick")
def test_once_exits_with_what_went_wrong_this_time(
    server: FaultServer, quay: Site, folder: Path, cli: Cli, command: list[str]
) -> None:
    quay.publishes(rss("/1", "/404"))
    quay.pages["/404"] = Status(404)
    code, out, err = cli("watch", quay.feed, *command, "--once")
    assert (code, out) == (26, f"Halden Port Shuts Terminal  {quay.address}/1\n")
    assert f"no briefing (fetch): {quay.address}/404 answers 404 (Not Found)." in err
    assert cli("watch", quay.feed, *command, "--once")[0] == 0
    quay.pages.pop("/404")
    quay.publishes(rss("/1", "/404"))
    assert cli("watch", quay.feed, *command, "--once", "--retry-failed")[:2] == (
        0, f"Halden Port Shuts Terminal  {quay.address}/404\n",
    )  # fmt: skip
    quay.pages["/feed"] = Status(500)
    code, _, err = cli("watch", quay.feed, *command, "--once")
    assert (code, "answers 500" in err) == (25, True)
    assert failures(folder) == []


@pytest.mark.parametrize(("every", "fine"), [("90", True), ("1s", True), ("2h", True), ("0", False), ("soon", False)])
def test_times_are_seconds_minutes_or_hours(
    cli: Cli, command: list[str], tmp_path: Path, every: str, fine: bool
) -> None:
    code, _, err = cli("watch", tmp_path / "none", *command, "--every", every)
    assert code == 2
    assert ("There is no feed and no folder" in err) is fine


@pytest.fixture
def begun() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """`summarizer watch` as a process of its own, which the test does not leave behind."""
    with ExitStack() as processes:

        def begin(*arguments: object) -> subprocess.Popen[str]:
            command = [sys.executable, "-m", "summarizer", "watch", *map(str, arguments)]
            pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
            process: subprocess.Popen[str] = subprocess.Popen(command, env=dict(os.environ), **pipes)
            processes.enter_context(process)
            processes.callback(process.kill)
            return process

        yield begin


def test_a_process_goes_on_until_it_is_interrupted_and_another_takes_over(
    server: FaultServer, tmp_path: Path, folder: Path, command: list[str], begun: Begun
) -> None:
    given = articles(tmp_path / "in", 1)
    process = begun(given, *command, "--every", "1s")
    assert process.stdout
    line = process.stdout.readline()
    assert line == f"Halden Port Shuts Terminal  {given}/0001.txt\n"
    assert len(briefings(folder)) == 1
    (given / "0002.txt").write_text(text(2))
    assert process.stdout.readline().endswith("/0002.txt\n")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err.splitlines()[-1]) == (130, "", "Stopped.")
    assert "Traceback" not in err
    (given / "0003.txt").write_text(text(3))
    later = begun(given, *command, "--once")
    out, _ = later.communicate(timeout=60)
    assert (later.returncode, out) == (0, f"Halden Port Shuts Terminal  {given}/0003.txt\n")
    assert asked(server) == {1: 1, 2: 1, 3: 1}


def test_ctrl_c_in_a_round_ends_what_was_begun_and_tells_it(
    server: FaultServer, tmp_path: Path, folder: Path, command: list[str], begun: Begun
) -> None:
    def slowly(received: Received) -> Step:
        if number_of(received) == 2:
            server.closing.wait(2)
        return GOOD

    server.script(Answer(slowly))
    process = begun(articles(tmp_path / "in", 2), *command)
    wait_until(lambda: len(server.requests) == 2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert [line.rpartition("/")[2] for line in out.splitlines()] == ["0001.txt", "0002.txt"]
    assert len(briefings(folder)) == 2


def test_a_process_that_was_killed_in_a_round_is_gone_on_with(
    server: FaultServer, quay: Site, folder: Path, command: list[str], begun: Begun
) -> None:
    quay.pages["/feed"] = Status(200, body=rss("/1", "/2"), headers=ETAG)
    server.script(by_number({2: Hang(60)}))
    process = begun(quay.feed, *command)
    wait_until(lambda: len(server.requests) == 2 and run_state(folder).done == 1)
    process.kill()
    process.communicate()
    server.script(GOOD)
    later = begun(quay.feed, *command, "--once")
    out, _ = later.communicate(timeout=60)
    assert (later.returncode, len(briefings(folder))) == (0, 2)
    assert out.endswith("/2\n")
    assert asked(server) == {1: 1, 2: 2}
