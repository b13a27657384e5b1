"""What runs cost, what they may cost, and what they would cost."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from batches import Command, articles, asked, briefings, by_number, run, table, wait_until
from conftest import Cli
from drafts import DRAFT, FAILING, REPAIR, compact, completion
from fault_server import Answer, Completion, FaultServer, Hang, Received, Status, Step
from hypothesis import given
from hypothesis import strategies as st

from summarizer import BudgetError, RateLimitError, Settings, UsageError
from summarizer.batch import Inputs, forecast, rebuild, run_state
from summarizer.batch.forecast import AGAIN_READ, CHARACTERS
from summarizer.batch.purse import Purse
from summarizer.cassette.recording import read
from summarizer.draft import REPAIR as REPAIR_NAME
from summarizer.model.answer import MOST_TOKENS, Usage
from summarizer.model.provider import choose
from summarizer.prices import Tariff

PRICED = "openai/gpt-5-mini"
ROOT = Path(__file__).parent.parent


def costing(read_tokens: int, written: int) -> Completion:
    return Completion(compact(DRAFT), usage=(read_tokens, written))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a run can be."""
    return tmp_path / "run"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.model.client._BACKOFF", lambda state: 0.01)


def tariff() -> Tariff:
    found = Tariff.of(choose(PRICED, "http://127.0.0.1/v1"))
    assert found
    return found


def priced(server: FaultServer, given: Any, folder: Path, **options: Any) -> Any:
    return run(server, given, folder, settings={"model": PRICED}, **options)


# Prices


@pytest.mark.parametrize(
    ("name", "address", "known"),
    [
        ("openai/gpt-5-mini", None, True),
        ("openai/gpt-5-mini", "http://127.0.0.1:1/v1", True),
        ("mine/gpt-5-mini", "https://api.openai.com/v1", True),
        ("mine/gpt-5-mini", "http://127.0.0.1:1/v1", False),
        ("openai/no-such-model", None, False),
        ("test/fake-1", "http://127.0.0.1:1/v1", False),
        ("ollama/llama3", None, False),
        ("local/qwen2.5-coder-1.5b-instruct", None, False),
    ],
)
def test_a_price_is_known_or_it_is_not(name: str, address: str | None, known: bool) -> None:
    assert (Tariff.of(choose(name, address)) is not None) == known


def test_tokens_are_paid_for_by_what_they_are() -> None:
    one_dollar = {"read": tariff().cost(Usage(1000, 0)), "written": tariff().cost(Usage(0, 1000))}
    both = tariff().cost(Usage(1000, 1000))
    assert one_dollar["read"]
    assert one_dollar["written"]
    assert both
    assert both == pytest.approx(one_dollar["read"] + one_dollar["written"])
    reread = tariff().cost(Usage(1000, 0, 1000))
    assert reread is not None
    assert 0 < reread < one_dollar["read"] < one_dollar["written"]
    assert tariff().cost(Usage(None, 5)) is None
    assert tariff().cost(Usage(10, 0, 99)) == tariff().cost(Usage(10, 0, 10))


@given(st.text(max_size=200))
def test_the_most_that_a_request_can_cost_is_more_than_its_bytes_cost(text: str) -> None:
    body = {"messages": [{"role": "user", "content": text}], tariff().limit: 1500}
    actual = tariff().cost(Usage(len(text.encode("utf-8", "surrogatepass")), 1500))
    assert actual is not None
    assert tariff().most(body) >= actual


@given(st.integers(0, MOST_TOKENS), st.integers(0, MOST_TOKENS), st.none() | st.integers(0, MOST_TOKENS))
def test_whatever_a_server_counts_has_a_price(read_tokens: int, written: int, reread: int | None) -> None:
    found = tariff().cost(Usage(read_tokens, written, reread))
    assert found is not None
    assert 0 <= found < float("inf")


# What a run cost


def test_nonsense_is_no_usage(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(Completion(compact(DRAFT), usage=(10**30, 10**400)))
    outcome = priced(server, articles(tmp_path / "in", 2), folder)
    outcome.raise_for_failures()
    assert (outcome.state.untold, outcome.state.read) == (2, 0)
    assert outcome.state.unsure == outcome.state.dollars


def test_a_run_says_what_it_cost(server: FaultServer, tmp_path: Path, folder: Path, cli: Cli) -> None:
    server.script(costing(1000, 200))
    outcome = priced(server, articles(tmp_path / "in", 3), folder)
    assert outcome.state.dollars == pytest.approx(3 * (tariff().cost(Usage(1000, 200)) or 0))
    assert outcome.state.unsure == 0
    shown = cli("runs", "show", folder)[1]
    assert f"dollars     {outcome.state.dollars:.4f}\n" in shown
    assert json.loads(cli("runs", "show", folder, "-f", "json")[1])["dollars"] == outcome.state.dollars


def test_of_a_model_without_a_price_the_cost_is_unknown(
    server: FaultServer, tmp_path: Path, folder: Path, cli: Cli
) -> None:
    server.script(completion())
    assert run(server, articles(tmp_path / "in", 1), folder).state.dollars is None
    assert "dollars     unknown\n" in cli("runs", "show", folder)[1]


def test_each_attempt_is_in_the_journal_with_its_usage_and_its_cost(
    server: FaultServer, tmp_path: Path, folder: Path, quick: None
) -> None:
    server.script(Status(500), costing(1000, 200), Completion(compact(DRAFT), usage=None))
    priced(server, articles(tmp_path / "in", 2), folder, concurrency=1)
    with sqlite3.connect(folder / "journal.sqlite") as connection:
        rows = connection.execute("SELECT number, status, read, written, dollars FROM request ORDER BY at").fetchall()
    connection.close()
    failed, told, untold = rows
    assert failed == (1, 500, None, None, 0.0)
    assert told == (1, 200, 1000, 200, pytest.approx(tariff().cost(Usage(1000, 200))))
    assert untold[:4] == (2, 200, None, None)
    assert untold[4] >= tariff().most({tariff().limit: 1500})
    state = run_state(folder)
    assert (state.requests, state.untold) == (3, 1)
    assert state.unsure == untold[4]


def test_what_was_on_its_way_when_the_process_died_may_have_cost_the_most(
    server: FaultServer, tmp_path: Path, folder: Path
) -> None:
    server.script(costing(100, 10), Hang(60))
    given = articles(tmp_path / "in", 3)
    command = Command(server, given, folder, "--model", PRICED, "--concurrency", "1")
    wait_until(lambda: len(server.requests) == 2)
    command.kill()
    state = run_state(folder)
    assert (state.requests, state.untold, state.done) == (2, 1, 1)
    assert state.dollars is not None
    assert state.dollars - state.unsure == pytest.approx(tariff().cost(Usage(100, 10)))


# Budgets


def test_a_budget_is_never_passed_and_stops_the_run(
    server: FaultServer, tmp_path: Path, folder: Path, cli: Cli
) -> None:
    """Each answer costs nearly the most that it can."""
    server.script(costing(1500, 1499))
    given = articles(tmp_path / "in", 40)
    command = ["batch", given, "-o", folder, "-m", PRICED, "--base-url", server.base_url, "--concurrency", 10]
    code, out, err = cli(*command, "--budget", "0.05")
    assert code == BudgetError.exit_code == 28
    assert "The budget of $0.05 has no room for another request" in err
    assert "--budget" in err
    state = run_state(folder)
    assert state.dollars is not None
    assert 0.04 < state.dollars <= 0.05
    assert (state.failures, state.done, state.pending) == (0, len(server.requests), 40 - len(server.requests))
    assert f"dollars     {state.dollars:.4f}" in out


def test_a_resumed_run_counts_what_was_spent_before(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(costing(1500, 1499))
    given = articles(tmp_path / "in", 30)
    first = priced(server, given, folder, budget=0.03)
    assert isinstance(first.stopped, BudgetError)
    before = len(server.requests)
    assert isinstance(priced(server, given, folder, budget=0.03).stopped, BudgetError)
    assert len(server.requests) == before
    second = priced(server, given, folder, budget=0.06)
    assert before < len(server.requests) < 30
    assert second.state.dollars <= 0.06
    assert priced(server, given, folder, budget=5.0).state.done == 30
    assert sum(asked(server).values()) == 30


def test_kills_do_not_make_a_run_pass_its_budget(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    """What the server would bill, for the requests too whose answers nobody heard."""

    def slowly(received: Received) -> Step:
        server.closing.wait(0.3)
        return costing(1500, 1499)

    server.script(Answer(slowly))
    given, budget = table(tmp_path / "in.jsonl", 60), 0.06
    options = ["--model", PRICED, "--concurrency", "4", "--budget", str(budget), "--no-cache"]
    for _ in range(3):
        before = len(server.requests)
        command = Command(server, given, folder, *options)
        wait_until(partial(_moved, server, before, command))
        time.sleep(0.1)
        command.kill()
    code, _, err = Command(server, given, folder, *options).ended()
    assert code == BudgetError.exit_code, err
    billed = len(server.requests) * (tariff().cost(Usage(1500, 1499)) or 0)
    assert 0.03 < billed <= budget


def _moved(server: FaultServer, before: int, command: Command) -> bool:
    return len(server.requests) > before or command.process.poll() is not None


def test_a_budget_that_suffices_changes_nothing(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(costing(1500, 300))
    outcome = priced(server, articles(tmp_path / "in", 20), folder, budget=1.0, concurrency=10)
    outcome.raise_for_failures()
    assert (outcome.state.done, len(server.requests)) == (20, 20)


def test_near_the_end_of_a_budget_requests_wait_for_each_other(
    server: FaultServer, tmp_path: Path, folder: Path
) -> None:
    """There is room for the most that two can cost, and for what all really cost."""
    now, most = 0, 0

    def slowly(received: Received) -> Step:
        nonlocal now, most
        now += 1
        most = max(most, now)
        server.closing.wait(0.1)
        now -= 1
        return costing(100, 10)

    server.script(Answer(slowly))
    given = articles(tmp_path / "in", 12)
    at_most = run_state_most(server, tmp_path)
    server.script(Answer(slowly))
    now = most = 0
    outcome = priced(server, given, folder, budget=2.5 * at_most, concurrency=8)
    outcome.raise_for_failures()
    assert (outcome.state.done, most) == (12, 2)


def run_state_most(server: FaultServer, tmp_path: Path) -> float:
    """The most that a request about one of these articles can cost."""
    server.script(Completion(compact(DRAFT), usage=None))
    found = priced(server, articles(tmp_path / "one", 1), tmp_path / "probe").state.dollars
    assert found
    return float(found)


def test_what_gets_no_answer_is_spent(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    at_most = run_state_most(server, tmp_path)
    server.script(by_number({1: Hang(60)}, costing(100, 10)))
    outcome = run(
        server, articles(tmp_path / "in", 3), folder, budget=2.2 * at_most, concurrency=1,
        settings={"model": PRICED, "timeout": 1.5},
    )  # fmt: skip
    assert outcome.stopped is None
    assert (outcome.state.done, outcome.state.failures, outcome.state.untold) == (2, 1, 1)
    assert outcome.state.unsure == pytest.approx(at_most, rel=0.01)


def test_answers_that_do_not_tell_their_tokens_may_have_cost_the_most(
    server: FaultServer, tmp_path: Path, folder: Path
) -> None:
    at_most = run_state_most(server, tmp_path)
    outcome = priced(server, articles(tmp_path / "in", 10), folder, budget=3.5 * at_most)
    assert isinstance(outcome.stopped, BudgetError)
    assert (outcome.state.done, len(server.requests)) == (3, 1 + 3)


@pytest.mark.parametrize("options", [{}, {"settings": {"cache": True}}])
def test_a_budget_for_a_model_without_a_price_is_refused_before_anything(
    server: FaultServer, tmp_path: Path, folder: Path, options: dict[str, Any]
) -> None:
    with pytest.raises(UsageError, match="Nobody knows what test/fake-1 costs"):
        run(server, articles(tmp_path / "in", 1), folder, budget=5.0, **options)
    assert (server.requests, folder.exists()) == ([], False)


@pytest.mark.parametrize("budget", [-1.0, float("nan"), float("inf")])
def test_a_budget_that_is_no_sum_is_refused(server: FaultServer, tmp_path: Path, folder: Path, budget: float) -> None:
    with pytest.raises(UsageError, match="A budget of"):
        priced(server, articles(tmp_path / "in", 1), folder, budget=budget)


def test_what_the_cache_has_fits_any_budget(server: FaultServer, tmp_path: Path, folder: Path) -> None:
    server.script(costing(1000, 200))
    given = articles(tmp_path / "in", 3)
    settings = {"model": PRICED, "cache": True}
    run(server, given, tmp_path / "first", settings=dict(settings))
    outcome = run(server, given, folder, budget=0.0, settings=dict(settings))
    outcome.raise_for_failures()
    assert (outcome.state.dollars, len(server.requests)) == (0.0, 3)


@given(
    budget=st.floats(0, 1),
    costs=st.lists(st.tuples(st.floats(0, 0.1), st.floats(0, 1) | st.none()), max_size=30),
    order=st.randoms(use_true_random=False),
)
def test_however_requests_come_and_go_the_budget_is_not_passed(
    budget: float, costs: list[tuple[float, float | None]], order: Any
) -> None:
    """Each costs some share of the most that it can, or nobody says what."""
    purse = Purse(tariff(), budget)
    open_: list[tuple[int, float | None]] = []
    for most, share in costs:
        try:
            number = purse.put_aside(most)
        except BudgetError:
            assert not open_
            break
        if number is not None:
            open_.append((number, None if share is None else most * share))
        while open_ and (number is None or order.random() < 0.4):
            over, cost = open_.pop(order.randrange(len(open_)))
            purse.over(over, cost)
            number = 0
        assert purse.spent <= budget + 1e-9
    for over, cost in open_:
        purse.over(over, cost)
    assert purse.spent <= budget + 1e-9


# Forecasts


def test_a_dry_run_asks_nothing_and_writes_nothing(server: FaultServer, tmp_path: Path, folder: Path, cli: Cli) -> None:
    given = articles(tmp_path / "in", 10)
    (given / "empty.txt").touch()
    command = ["batch", given, given / "0001.txt", "-o", folder, "-m", PRICED, "--base-url", server.base_url]
    code, out, _ = cli(*command, "--dry-run")
    assert (code, server.requests, folder.exists()) == (0, [], False)
    told = {name: rest for name, _, rest in (line.partition(" ") for line in out.splitlines())}
    assert told["articles"].strip() == "11"
    assert told["duplicates"].strip() == "1"
    assert told["unreadable"].strip() == "1"
    assert told["calls"].strip() == "about 15"
    assert told["dollars"].strip().startswith("about 0.0")


def test_a_dry_run_knows_what_the_cache_and_the_run_have(
    server: FaultServer, tmp_path: Path, folder: Path, quick: None
) -> None:
    server.script(by_number({2: Status(500)}, costing(1000, 200)))
    given, settings = articles(tmp_path / "in", 4), {"model": PRICED, "cache": True}
    run(server, given, folder, settings=dict(settings))
    articles(tmp_path / "in", 6)
    asking = Settings(base_url=server.base_url, **settings)  # type: ignore[arg-type]  # of two types
    before = len(server.requests)
    again = forecast(Inputs([given]), folder, asking)
    assert (again.articles, again.done, again.cached, again.calls) == (2, 4, 0, 3)
    assert forecast(Inputs([given]), folder, asking, retry_failed=True).articles == 3
    other = forecast(Inputs([given]), tmp_path / "other", asking)
    assert (other.articles, other.done, other.cached, other.calls) == (6, 0, 3, 4)
    assert len(server.requests) == before


def test_links_are_not_fetched_for_a_dry_run(tmp_path: Path, folder: Path) -> None:
    given = articles(tmp_path / "in", 2)
    settings = Settings(model=PRICED)
    without = forecast(Inputs([given]), folder, settings)
    found = forecast(Inputs([given, "https://quay.example/1", "https://quay.example/2"]), folder, settings)
    assert (found.articles, found.links) == (4, 2)
    assert (without.read, without.dollars, found.read, found.dollars) != (None,) * 4
    assert found.read == pytest.approx(2 * (without.read or 0), abs=1)
    alone = forecast(Inputs(["https://quay.example/1"]), folder, settings)
    assert (alone.articles, alone.calls, alone.read, alone.dollars) == (1, None, None, None)


def test_the_price_of_a_dry_run_may_be_unknown(tmp_path: Path, folder: Path) -> None:
    settings = Settings(model="test/fake-1", base_url="http://127.0.0.1:1/v1")
    found = forecast(Inputs([articles(tmp_path / "in", 1)]), folder, settings)
    assert (found.dollars, found.calls) == (None, 2)


def recordings() -> Iterator[tuple[str, int, int]]:
    """Recorded requests about articles of the usual length: what each is for, its characters, and its tokens."""
    for path in sorted((ROOT / "cassettes").glob("*@*/*.json")):
        for at, each in enumerate(read(path).interactions):
            characters = sum(len(turn["content"]) for turn in each.request.body["messages"])
            yield ("again" if at else "draft"), characters, each.response.body["usage"]["prompt_tokens"]


def test_tokens_are_estimated_as_exactly_as_is_said() -> None:
    found = list(recordings())
    assert len(found) >= 10
    for _, characters, tokens in found:
        assert characters / CHARACTERS == pytest.approx(tokens, rel=0.07)
    again = [tokens for purpose, _, tokens in found if purpose == "again"]
    assert sum(again) / len(again) == pytest.approx(AGAIN_READ, rel=0.1)


# A rate limit that is met later than at the first request


def _limited_repairs(limited: dict[str, int], seconds: str, times: int) -> Answer:
    def answer(received: Received) -> Step:
        if received.body["response_format"]["json_schema"]["name"] != REPAIR_NAME:
            return completion(FAILING)
        key = compact(received.body["messages"])
        limited[key] = limited.get(key, 0) + 1
        return Status(429, headers={"retry-after": seconds}) if limited[key] <= times else completion(REPAIR)

    return Answer(answer)


def test_a_rate_limit_at_a_repair_pauses_the_run_which_then_goes_on_with_the_repair(
    server: FaultServer, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told to wait for longer than a briefing waits by itself."""
    monkeypatch.setattr("summarizer.model.client.LONGEST_WAIT", 0.5)
    server.script(_limited_repairs({}, "1", 1))
    outcome = run(server, articles(tmp_path / "in", 2), folder, concurrency=1)
    outcome.raise_for_failures()
    made = briefings(folder)
    assert [len(each["why"]) for each in made] == [1, 1]
    assert outcome.state.done == 2
    drafts = [each for each in server.requests if each.body["response_format"]["json_schema"]["name"] != REPAIR_NAME]
    assert len(drafts) == 2  # none is paid for again
    rebuilt = rebuild(folder)
    assert (rebuilt.made, rebuilt.changed) == (2, 0)


def test_a_rate_limit_at_a_repair_that_is_too_long_stops_the_run(
    server: FaultServer, tmp_path: Path, folder: Path
) -> None:
    server.script(_limited_repairs({}, "7200", 99))
    given = articles(tmp_path / "in", 3)
    outcome = run(server, given, folder, concurrency=1)
    assert isinstance(outcome.stopped, RateLimitError)
    assert (outcome.state.done, outcome.state.failures, outcome.state.pending) == (0, 0, 3)
    server.script(_limited_repairs({}, "1", 0))
    assert run(server, given, folder, concurrency=1).state.done == 3
    assert len(server.requests) == 2 + 1 + 2 * 2


def test_the_line_of_progress_says_what_was_spent(
    server: FaultServer, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(received: Received) -> Step:
        time.sleep(0.4)
        return costing(100_000, 1000)

    server.script(Answer(slowly))
    from summarizer.cli.progress import Progress

    said: list[str] = []
    with Progress(folder) as progress:
        monkeypatch.setattr(progress, "_say", said.append)
        progress._said = 0.0
        priced(server, table(tmp_path / "in.jsonl", 1), folder, told=progress)
    assert any(", $0.03" in line for line in said), said
