"""Runs of `summarizer batch --engine ray` on a cluster of two nodes, each with a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import conftest
import pytest
from batches import GOOD, NUMBER, asked, by_number, run, text, wait_until
from conftest import Cli
from drafts import FAILING, MODEL, REPAIR, completion
from fault_server import Answer, FaultServer, Received, Status, Step

from summarizer import AuthenticationError, JournalError, RateLimitError, Settings, UsageError
from summarizer.batch import Inputs, Outcome
from summarizer.errors import BatchError, QuotaError

ray = pytest.importorskip("ray")
pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

pytestmark = [
    pytest.mark.filterwarnings("default"),  # Ray leaves sockets and files open, and warns of its own ways
    pytest.mark.xdist_group("cluster"),  # there is one
]

AT_ONCE = 4


class Slow:
    """An answer after a while."""

    def __init__(self, step: Step = GOOD, seconds: float = 0.5) -> None:
        self._step, self._seconds = step, seconds

    def send(self, to: Any) -> None:
        time.sleep(self._seconds)
        self._step.send(to)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Two nodes of one core; the driver is on the first."""
    from ray.cluster_utils import Cluster

    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patched.setenv("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        patched.setenv("PYTHONPATH", str(Path(__file__).parent.parent))
        patched.setenv("SUMMARIZER_CACHE", str(tmp_path_factory.mktemp("cache")))
        made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
        made.add_node(num_cpus=1)
        try:
            yield made
        finally:
            made.shutdown()


@pytest.fixture(autouse=True)
def own_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ray takes an address of this machine that others could reach; what goes there does not leave it either."""
    own, loopback = ray.util.get_node_ip_address(), conftest._is_loopback
    monkeypatch.setattr(conftest, "_is_loopback", lambda host: host == own or loopback(host))


@pytest.fixture
def driver(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process is a driver of the cluster."""
    monkeypatch.setenv("RAY_ADDRESS", cluster.address)


def table(path: Path, count: int, **more: Any) -> Path:
    rows = {"id": [f"n{number}" for number in range(1, count + 1)]}
    rows["text"] = [text(number) for number in range(1, count + 1)]
    pq.write_table(pa.table(rows | more), path, row_group_size=max(count // 3, 1))
    return path


def brief(server: FaultServer, given: Any, folder: Any, **options: Any) -> Outcome[str]:
    from summarizer.cluster import brief_tables

    settings = Settings(**({"model": MODEL, "base_url": server.base_url} | options.pop("settings", {})))
    inputs = given if isinstance(given, list) else [given]
    return brief_tables(inputs, folder, settings, **({"concurrency": AT_ONCE} | options))


def rows(folder: Path) -> list[dict[str, Any]]:
    """What the run left, in the order of its inputs."""
    found = [row for part in folder.glob("part-*.parquet") for row in pq.ParquetFile(part).read().to_pylist()]
    return sorted(found, key=lambda row: row["number"])


def untimed(briefing: str) -> str:
    """A briefing without the seconds that a server took, and nothing else changed."""
    made = json.loads(briefing)
    for timed in (made["provenance"], *made["provenance"]["attempts"]):
        timed["seconds"] = 0
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


class Command:
    """`summarizer batch --engine ray` as a process of its own, on a cluster that is there."""

    def __init__(self, server: FaultServer, given: Path, folder: Path, *options: str) -> None:
        command = [sys.executable, "-m", "summarizer", "batch", str(given), "-o", str(folder), "--engine", "ray"]
        command += ["--model", MODEL, "--base-url", server.base_url, "--concurrency", str(AT_ONCE), *options]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ)
        )

    def ended(self) -> tuple[int, str, str]:
        out, err = self.process.communicate(timeout=180)
        return self.process.returncode, out, err


def workers() -> list[int]:
    """The processes that brief."""
    found = []
    for each in Path("/proc").iterdir():
        try:
            if each.name.isdigit() and b"MapWorker(MapBatches(Worker))" in (each / "cmdline").read_bytes():
                found.append(int(each.name))
        except OSError:
            continue
    return found


@pytest.mark.usefixtures("driver")
def test_the_briefings_are_those_of_a_run_on_one_machine(server: FaultServer, tmp_path: Path) -> None:
    """Byte for byte but for the seconds; a failed row is a row, a repair is asked for, a duplicate is briefed once."""

    def answer(received: Received) -> Step:
        found = NUMBER.search(json.dumps(received.body["messages"]))
        if not found:
            return completion(REPAIR)
        steps: dict[str, Step] = {"3": Status(400, message="no"), "4": completion(FAILING)}
        return steps.get(found[1], GOOD)

    server.script(Answer(answer))
    count = 9
    table(tmp_path / "in.parquet", count, published=["2026-03-11"] * count)
    once_more = {"id": ["n1", "n2", None], "text": [text(1), "Another text.", "Short."]}
    pq.write_table(pa.table(once_more | {"published": ["2026-03-11"] * 3}), tmp_path / "more.parquet")
    given = [tmp_path / "in.parquet", tmp_path / "more.parquet"]
    lines = [json.dumps(row) for each in given for row in pq.read_table(each).to_pylist()]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))

    priced = {"model": "openai/gpt-5-mini"}
    local = run(server, Inputs([tmp_path / "in.jsonl"]), tmp_path / "local", settings=priced)
    outcome = brief(server, given, tmp_path / "out", settings=priced)
    with pytest.raises(BatchError, match="3 of 11 articles got no briefing"):
        outcome.raise_for_failures()

    made = rows(tmp_path / "out")
    there = [untimed(row["briefing"]) for row in made if row["briefing"]]
    here = (tmp_path / "local" / "briefings.jsonl").read_text(encoding="utf-8").splitlines()
    assert [untimed(line) for line in here] == there
    failed = [json.loads(line) for line in (tmp_path / "local" / "failures.jsonl").read_text().splitlines()]
    mine = [row for row in made if row["kind"]]
    named = {"in.jsonl, line 11": "more.parquet, row 2", "in.jsonl, line 12": "more.parquet, row 3"}

    def told(text: str) -> str:
        for before, after in named.items():
            text = text.replace(before, after)
        return text.replace("in.jsonl, line 2", "in.parquet, row 2")

    assert [(row["id"], row["kind"], row["message"], row["attempts"]) for row in mine] == [
        (each["id"], each["kind"], told(each["message"]), each["attempts"]) for each in failed
    ]
    assert (outcome.state.done, outcome.state.duplicates) == (local.state.done, local.state.duplicates) == (8, 1)
    assert (outcome.state.requests, outcome.state.read) == (local.state.requests, local.state.read)
    assert (outcome.state.untold, outcome.state.unsure) == (local.state.untold, local.state.unsure) == (0, 0)
    assert local.state.dollars
    assert outcome.state.dollars == pytest.approx(local.state.dollars)
    assert list((tmp_path / "out" / "answers").glob("*")) == []


@pytest.mark.usefixtures("driver")
def test_the_same_command_goes_on_and_what_failed_is_tried_again_when_asked(
    server: FaultServer, tmp_path: Path
) -> None:
    given = table(tmp_path / "in.parquet", 4)
    server.script(by_number({2: Status(400, message="no")}))
    assert brief(server, given, tmp_path / "out").state.failures == 1
    before = len(server.requests)
    server.script(GOOD)
    assert brief(server, given, tmp_path / "out").state.failures == 1
    assert len(server.requests) == before
    assert brief(server, given, tmp_path / "out", retry_failed=True).state.done == 4
    assert len(server.requests) == before + 1
    assert [row["id"] for row in rows(tmp_path / "out")] == ["n1", "n2", "n3", "n4"]


@pytest.mark.usefixtures("driver")
def test_what_the_cache_answers_is_neither_asked_nor_paid_for(server: FaultServer, tmp_path: Path) -> None:
    server.script(GOOD)
    given = table(tmp_path / "in.parquet", 4)
    settings = {"model": "openai/gpt-5-mini", "cache": True}
    first = brief(server, given, tmp_path / "one", settings=settings).state
    assert (first.cached, first.requests, len(server.requests)) == (0, 4, 4)
    assert first.dollars
    again = brief(server, given, tmp_path / "other", settings=settings).state
    assert (again.done, again.cached, again.requests, again.read, again.dollars) == (4, 4, 0, 0, 0)
    assert len(server.requests) == 4
    assert list((tmp_path / "other" / "answers").glob("*")) == []


@pytest.mark.parametrize(
    "more",
    [("--list", "l.txt"), ("--feed", "f.xml"), ("--format", "csv"), ("--budget", "0"), ("--dry-run",)],
    ids=lambda more: more[0],
)
def test_what_a_cluster_does_not_do_is_refused(cli: Cli, tmp_path: Path, more: tuple[str, ...]) -> None:
    given = table(tmp_path / "in.parquet", 1)
    code, _, err = cli("batch", given, "-o", tmp_path / "out", "--engine", "ray", "--model", MODEL, *more)
    assert code == UsageError.exit_code
    assert f"--engine ray has no {more[0]}." in err
    assert not (tmp_path / "out").exists()


def test_what_got_no_answer_or_no_tokens_counts_as_the_most_that_it_may_cost() -> None:
    from summarizer.cassette import Response
    from summarizer.cluster.spent import Spent
    from summarizer.model.provider import choose
    from summarizer.prices import Tariff

    tariff = Tariff.of(choose("openai/gpt-5-mini", "http://127.0.0.1/v1"))
    assert tariff
    spent, body = Spent(tariff, []), {"messages": [], tariff.limit: 100}
    spent.asking(body)
    spent.over(body)
    spent.asking(body)
    spent.answered(body, Response(status=200, headers={}, body={}, seconds=0))
    spent.over(body)
    spent.asking(body)
    spent.answered(body, Response(status=500, headers={}, body={}, seconds=0))
    found = spent.columns
    assert (found["attempts"], found["untold"], found["cached"]) == (3, 2, 0)
    assert found["dollars"] == found["unsure"] == pytest.approx(2 * tariff.most(body))
    unknown = Spent(None, [])
    unknown.asking(body)
    unknown.over(body)
    assert unknown.columns["dollars"] is None


@pytest.mark.usefixtures("driver")
def test_a_wrong_key_is_told_once_and_stops_the_run(server: FaultServer, tmp_path: Path) -> None:
    server.script(Slow(Status(401), 0.3))
    outcome = brief(server, table(tmp_path / "in.parquet", 20), tmp_path / "out")
    with pytest.raises(AuthenticationError):
        outcome.raise_for_failures()
    assert (len(server.requests), outcome.state.pending) == (1, 20)
    server.script(GOOD)
    assert brief(server, tmp_path / "in.parquet", tmp_path / "out").state.done == 20


@pytest.mark.usefixtures("driver")
def test_told_to_wait_all_workers_wait(server: FaultServer, tmp_path: Path) -> None:
    """From the refusal on, nothing more is sent for as long as the server asks, by whichever worker."""
    refused: list[float] = []
    lock = threading.Lock()

    def answer(received: Received) -> Step:
        with lock:
            if len(server.requests) >= 12 and not refused:
                refused.append(time.monotonic())
                return Status(429, headers={"retry-after": "3"})
        return Slow()

    server.script(Answer(answer))
    outcome = brief(server, table(tmp_path / "in.parquet", 40), tmp_path / "out")
    assert outcome.state.done == 40
    assert not [each.at for each in server.requests if refused[0] + 0.3 < each.at < refused[0] + 2.9]
    assert len(server.requests) == 41


@pytest.mark.usefixtures("driver")
def test_a_worker_that_is_killed_costs_at_most_the_calls_in_flight(server: FaultServer, tmp_path: Path) -> None:
    server.script(Slow())
    given = table(tmp_path / "in.parquet", 60)
    ended: list[Outcome[str]] = []
    thread = threading.Thread(target=lambda: ended.append(brief(server, given, tmp_path / "out")))
    thread.start()
    wait_until(lambda: len(server.requests) > 20, 120)
    os.kill(workers()[0], signal.SIGKILL)
    thread.join(180)
    assert ended[0].state.done == 60
    assert set(asked(server)) == set(range(1, 61))
    assert len(server.requests) <= 60 + AT_ONCE


def test_a_driver_that_is_killed_goes_on_by_the_same_command(
    server: FaultServer, tmp_path: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAY_ADDRESS", cluster.address)
    server.script(Slow())
    given = table(tmp_path / "in.parquet", 60)
    first = Command(server, given, tmp_path / "out")
    wait_until(lambda: len(server.requests) > 20, 120)
    first.process.kill()
    first.process.communicate()
    wait_until(lambda: not workers())  # Ray ends them
    code, out, err = Command(server, given, tmp_path / "out").ended()
    assert code == 0, err
    assert [line for line in err.splitlines() if " a minute, " not in line] == []  # nothing of Ray's
    assert "done        60 of 60" in out
    assert len(server.requests) <= 60 + 2 * AT_ONCE
    assert len({row["key"] for row in rows(tmp_path / "out")}) == 60 == len(rows(tmp_path / "out"))


@pytest.mark.usefixtures("driver")
def test_tables_and_run_may_be_addresses(server: FaultServer, tmp_path: Path) -> None:
    """`file://` is read by pyarrow, `local://` by fsspec; paths in a table are seen from it, wherever that is."""
    server.script(GOOD)
    for number in (1, 2):
        (tmp_path / f"{number}.txt").write_text(text(number))
    pq.write_table(pa.table({"path": ["1.txt", "2.txt", "3.txt"]}), tmp_path / "in.parquet")
    for scheme in ("file", "local"):
        given, folder = f"{scheme}://{tmp_path}/in.parquet", f"{scheme}://{tmp_path}/{scheme}"
        outcome = brief(server, given, folder)
        assert (outcome.state.done, outcome.state.failures) == (2, 1)
        made = rows(tmp_path / scheme)
        assert json.loads(made[0]["briefing"])["source"]["name"] == f"{scheme}://{tmp_path}/1.txt"
        assert made[2]["kind"] == "source"
        assert brief(server, given, folder).state.done == 2
    assert len(server.requests) == 4


@pytest.mark.usefixtures("driver")
def test_a_run_of_another_model_is_refused_and_a_folder_with_something_else_too(
    server: FaultServer, tmp_path: Path
) -> None:
    server.script(GOOD)
    given = table(tmp_path / "in.parquet", 1)
    brief(server, given, tmp_path / "out")
    with pytest.raises(JournalError, match=r"was begun otherwise\. prompts"):
        brief(server, given, tmp_path / "out", settings={"prompt": "briefing@1"})
    with pytest.raises(JournalError, match=r"has no run\.json, but has in\.parquet"):
        brief(server, given, tmp_path)


def test_what_is_no_table_is_told(server: FaultServer, tmp_path: Path) -> None:
    (tmp_path / "in.parquet").write_text("no")
    with pytest.raises(UsageError, match="Cannot read"):
        brief(server, tmp_path / "in.parquet", tmp_path / "out")
    pq.write_table(pa.table({"body": ["no"]}), tmp_path / "in.parquet")
    with pytest.raises(UsageError, match="has no column 'text', 'path' or 'url'"):
        brief(server, tmp_path / "in.parquet", tmp_path / "out")


@pytest.mark.parametrize(
    "error",
    [
        AuthenticationError("no key", tip="set it"),
        RateLimitError("wait", tip="then", retry_after=3.0),
        QuotaError("used up", tip="top up"),
    ],
)
def test_errors_reach_the_gate_whole(error: Any) -> None:
    import pickle

    found = pickle.loads(pickle.dumps(error))
    assert vars(found) == vars(error)
    assert type(found) is type(error)


def test_a_project_is_sent_by_value(tmp_path: Path) -> None:
    from summarizer.cluster.parcel import Parcel
    from summarizer.project import Project

    (tmp_path / "pyproject.toml").write_text('[tool.summarizer.kinds]\nmerger = "desk:Merger"\n')
    for name, content in {"prompts/own/v1.md": "hello", "schemas/own/v1.json": "{}", "desk.py": "x = 1"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    (tmp_path / ".env").write_text("SECRET=1")
    there = Parcel.of(Project.at(tmp_path)).unpacked()
    assert there.root != tmp_path
    assert (there.prompts / "own" / "v1.md").read_text() == "hello"
    assert (there.schemas / "own" / "v1.json").read_text() == "{}"
    assert (there.root / "desk.py").read_text() == "x = 1"
    assert there.kinds == (("merger", "desk:Merger"),)
    assert not (there.root / ".env").exists()


def test_without_a_project_no_worker_looks_for_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from summarizer.cluster.parcel import Parcel

    there = Parcel.of(None).unpacked()
    assert not there.prompts.exists()
    assert not there.kinds


def test_a_node_that_is_killed_costs_at_most_the_calls_in_flight(
    server: FaultServer, tmp_path: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last of these tests: the cluster has one node afterwards."""
    monkeypatch.setenv("RAY_ADDRESS", cluster.address)
    server.script(Slow())
    given = table(tmp_path / "in.parquet", 60)
    command = Command(server, given, tmp_path / "out")
    wait_until(lambda: len(server.requests) > 20, 120)
    cluster.remove_node(next(iter(cluster.worker_nodes)), allow_graceful=False)
    code, out, _ = command.ended()
    assert code == 0
    assert "done        60 of 60" in out
    assert len(server.requests) <= 60 + 2 * AT_ONCE
