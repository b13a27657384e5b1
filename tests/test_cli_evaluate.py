"""`summarizer evaluate`: what it reads, records, writes, and with which exit code."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from drafts import ARTICLE, DRAFT, MODEL, completion
from fault_server import FaultServer, Status
from golds import LINE, WORSE, by_prompt, by_text, line, project, written

from summarizer import WorseError, errors
from summarizer.cli import run
from summarizer.cli.output import READER_GONE

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs `summarizer evaluate` in this process: exit code, standard output, standard error."""

    def run_it(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["evaluate", *map(str, arguments)])
        return code, *capsys.readouterr()

    return run_it


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Four articles, each about something else."""
    return written(tmp_path / "gold.jsonl", *(line(id=each) for each in "abcd"))


@pytest.fixture
def at(server: FaultServer) -> list[str]:
    """The options that name a server, which answers with the right draft."""
    server.script(completion())
    return ["-m", MODEL, "--base-url", server.base_url]


TABLE = """gold.jsonl: 4 articles in 4 clusters; briefing@2; test/fake-1

briefing@2                figure, 95% interval  precision  recall  any item  right  given  wanted
overall                   1.000 (1.00 to 1.00)
what                      1.000 (1.00 to 1.00)       1.00    1.00      1.00      4      4       4
who                       1.000 (1.00 to 1.00)       1.00    1.00      1.00      4      4       4
where                     1.000 (1.00 to 1.00)       1.00    1.00      1.00      4      4       4
when                      1.000 (1.00 to 1.00)       1.00    1.00      1.00      4      4       4
why                       1.000 (1.00 to 1.00)       1.00    1.00      1.00      4      4       4
stated rationale          1.000 (1.00 to 1.00)       1.00    1.00                4      4       4
day                       1.000 (1.00 to 1.00)       1.00    1.00                4      4       4
speakers, right           1.000 (1.00 to 1.00)                                   4      4
quotations, real          1.000 (1.00 to 1.00)                                   4      4
holds when checked again  1.000 (1.00 to 1.00)                                  52     52
stood the check           1.000 (1.00 to 1.00)                                  40     40

a briefing, median  seconds  tokens read  tokens written  failed
"""


def test_it_prints_the_figures_and_tells_of_each_article(cli: Cli, gold: Path, at: list[str]) -> None:
    code, out, err = cli(gold, *at)
    assert code == 0
    assert out.startswith(TABLE)
    assert err.splitlines() == [
        "model: test/fake-1 (as asked)",
        *(f"{number}/4 briefing@2 {each}: 6 of 6 right" for number, each in enumerate("abcd", start=1)),
    ]


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_a_file_gets_what_standard_output_gets(cli: Cli, gold: Path, at: list[str], tmp_path: Path, form: str) -> None:
    tapes = ["--cassettes", tmp_path / "tapes"]
    assert cli(gold, *at, *tapes, "--record", "once")[0] == 0
    target = tmp_path / "out"
    assert cli(gold, *tapes, "-f", form, "-o", target)[:2] == (0, "")
    assert target.read_text(encoding="utf-8") == cli(gold, *tapes, "-f", form)[1] != ""


def test_json_can_be_read_back_and_has_every_row(cli: Cli, gold: Path, at: list[str]) -> None:
    plain = json.loads(cli(gold, *at, "-f", "json")[1])
    assert (plain["gold"], plain["articles"], plain["clusters"]) == ("gold.jsonl", 4, 4)
    (run,) = plain["runs"]
    assert run["figures"]["overall"] == {"value": 1, "low": 1, "high": 1}
    assert [each["id"] for each in run["rows"]] == list("abcd")
    assert (run["rows"][0]["read"], run["failed"], plain["differences"]) == (120, 0, {})


def test_markdown_has_the_same_cells(cli: Cli, gold: Path, at: list[str]) -> None:
    out = cli(gold, *at, "-f", "markdown")[1]
    assert "| briefing@2 | figure, 95% interval | precision |" in out
    assert "| stated rationale | 1.000 (1.00 to 1.00) | 1.00 | 1.00 |  | 4 | 4 | 4 |" in out


def test_a_page_is_written_beside_the_table(cli: Cli, gold: Path, at: list[str], tmp_path: Path) -> None:
    target = tmp_path / "new" / "page.html"
    assert cli(gold, *at, "--page", target)[1].startswith(TABLE)
    text = target.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert text.count("<article ") == 4


def test_where_the_page_cannot_be_written_the_figures_are(cli: Cli, gold: Path, at: list[str], tmp_path: Path) -> None:
    code, out, err = cli(gold, *at, "--page", gold / "page.html")
    assert code == errors.UsageError.exit_code
    assert out.startswith(TABLE)
    assert "Cannot write" in err


def test_where_nobody_reads_the_figures_the_page_is_written(
    program: Callable[..., Any], gold: Path, at: list[str], tmp_path: Path
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = program("evaluate", gold, *at, "--page", tmp_path / "page.html", stdout=writing)
    os.close(writing)
    assert ran.returncode == READER_GONE
    assert (tmp_path / "page.html").exists()


def test_a_limit_takes_the_first_articles(cli: Cli, gold: Path, at: list[str], server: FaultServer) -> None:
    assert "gold.jsonl: 2 articles in 2 clusters" in cli(gold, *at, "--limit", 2)[1]
    assert len(server.requests) == 2


# Cassettes


def test_what_was_recorded_is_replayed_without_a_server(
    cli: Cli, gold: Path, at: list[str], tmp_path: Path, server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    tapes = tmp_path / "tapes"
    live = cli(gold, *at, "--cassettes", tapes, "--record", "once")
    assert live[0] == 0
    assert sorted(path.relative_to(tapes).as_posix() for path in tapes.rglob("*.json")) == [
        f"briefing@2/{each}.json" for each in "abcd"
    ]
    sent = len(server.requests)
    monkeypatch.setenv("SUMMARIZER_OFFLINE", "1")
    monkeypatch.delenv("OPENAI_API_KEY")
    assert cli(gold, "--cassettes", tapes)[:2] == live[:2]
    assert len(server.requests) == sent


def test_once_records_what_is_missing_and_all_records_anew(
    cli: Cli, gold: Path, at: list[str], tmp_path: Path, server: FaultServer
) -> None:
    tapes = [*at, "--cassettes", tmp_path / "tapes"]
    assert cli(gold, *tapes, "--record", "once", "--limit", 3)[0] == 0
    assert cli(gold, *tapes, "--record", "once")[0] == 0
    assert len(server.requests) == 4
    assert cli(gold, *tapes, "--record", "all")[0] == 0
    assert len(server.requests) == 8


def test_a_failed_article_is_replayed_as_a_failure(
    cli: Cli, gold: Path, at: list[str], tmp_path: Path, server: FaultServer
) -> None:
    server.script(*[completion("no draft")] * 2, completion())
    tapes = ["--cassettes", tmp_path / "tapes"]
    live = cli(gold, *at, *tapes, "--record", "once")
    assert "1/4 briefing@2 a: SchemaError: " in live[2]
    assert "\nbriefing@2: no briefing of a: SchemaError: " in live[1]
    assert cli(gold, *tapes)[:2] == live[:2]


def test_a_missing_and_a_stale_cassette_end_it(cli: Cli, gold: Path, at: list[str], tmp_path: Path) -> None:
    tapes = ["--cassettes", tmp_path / "tapes"]
    code, out, err = cli(gold, *tapes)
    assert (code, out) == (errors.CassetteError.exit_code, "")
    assert "There is no cassette" in err
    assert "--record once" in err
    cli(gold, *at, *tapes, "--record", "once")
    written(gold, line(id="a", text=ARTICLE.replace("Halden", "Tolna")))
    code, out, err = cli(gold, *tapes)
    assert (code, out) == (errors.CassetteError.exit_code, "")
    assert "differs in the article" in err


# Two prompts


@pytest.fixture
def against(at: list[str], tmp_path: Path) -> list[object]:
    """The options that compare a prompt of a project with the shipped one."""
    return [*at, "--project", project(tmp_path / "project"), "--prompt", "desk@1", "--against", "briefing@2"]


def test_a_prompt_that_is_significantly_worse_exits_with_24(
    cli: Cli, gold: Path, against: list[object], server: FaultServer, tmp_path: Path
) -> None:
    server.script(by_prompt(WORSE, DRAFT))
    code, out, err = cli(gold, *against, "--page", tmp_path / "page.html")
    assert code == WorseError.exit_code == 24
    assert "gold.jsonl: 4 articles in 4 clusters; desk@1 against briefing@2; test/fake-1" in out
    assert "\noverall                   -0." in out
    assert out.count(" worse\n") >= 3
    assert "8/8 desk@1 d: 4 of 6 right" in err
    assert "ERROR desk@1 is worse than briefing@2 on gold.jsonl: overall by 0." in err
    assert "TIP   See which answers went wrong: add --page FILE." in err
    assert "worse now" in (tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("desk", [DRAFT, "better"])
def test_one_that_is_not_exits_with_0(
    cli: Cli, gold: Path, against: list[object], server: FaultServer, desk: object
) -> None:
    server.script(by_prompt(DRAFT, DRAFT if desk == DRAFT else WORSE))
    code, out, err = cli(gold, *against)
    assert (code, "ERROR" in err) == (0, False)
    assert ("overall                   +0.000 (+0.00 to +0.00)" in out) == (desk == DRAFT)
    assert (" better\n" in out) == (desk == "better")


def test_one_that_is_worse_on_few_articles_exits_with_0(
    cli: Cli, gold: Path, against: list[object], server: FaultServer
) -> None:
    """One article in four: by chance, another four would have had none."""
    written(gold, *(line(id=each) for each in "abc"), line(id="d", text=ARTICLE.replace("Halden Port", "Tolna Port")))
    server.script(by_text({"DESK Title: Tolna": WORSE, "": DRAFT}))
    code, out, _ = cli(gold, *against)
    assert code == 0
    assert "\noverall                   -0." in out


def test_both_prompts_have_folders_of_cassettes(
    cli: Cli, gold: Path, against: list[object], tmp_path: Path, server: FaultServer
) -> None:
    server.script(by_prompt(WORSE, DRAFT))
    tapes = tmp_path / "tapes"
    live = cli(gold, *against, "--cassettes", tapes, "--record", "all")
    assert sorted(path.name for path in tapes.iterdir()) == ["briefing@2", "desk@1"]
    assert cli(gold, *against, "--cassettes", tapes)[:2] == live[:2] == (24, live[1])


# Mistakes, and what is unsafe


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ([], 2, "GOLD.jsonl"),
        (["missing.jsonl"], 2, "Cannot read missing.jsonl"),
        (["GOLD", "--record", "once"], 2, "There is no folder to record to."),
        (["GOLD", "--limit", "0"], 2, "0"),
        (["GOLD", "-f", "html"], 2, "html"),
        (["GOLD", "--prompt", "nothing@1"], 5, "nothing"),
        (["GOLD", "--against", "nothing@1"], 5, "nothing"),
        (["GOLD", "--schema", "incident"], 2, "no field of incident"),
        (["TEXT"], 2, "line 1, is no JSON"),
    ],
)
def test_a_mistake_has_its_exit_code_and_costs_nothing(
    cli: Cli, gold: Path, at: list[str], server: FaultServer, arguments: list[str], code: int, told: str
) -> None:
    text = gold.with_suffix(".txt")
    text.write_text(ARTICLE, encoding="utf-8")
    files = {"GOLD": gold, "TEXT": text}
    done = cli(*(files.get(each, each) for each in arguments), *(at if arguments else ()))
    assert done[:2] == (code, "")
    assert told in done[2]
    assert not server.requests


def test_what_every_article_would_meet_ends_it(cli: Cli, gold: Path, at: list[str], server: FaultServer) -> None:
    server.script(completion(), Status(401))
    code, out, err = cli(gold, *at)
    assert (code, out) == (errors.AuthenticationError.exit_code, "")
    assert "1/4 briefing@2 a: 6 of 6 right" in err
    assert len(server.requests) == 2


def test_a_closed_standard_output_is_an_error_before_anything_is_asked(
    program: Callable[..., Any], gold: Path, at: list[str], server: FaultServer
) -> None:
    ran = program("evaluate", gold, *at, redirect=">&-")
    assert ran.returncode == errors.UsageError.exit_code
    assert not server.requests


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_nothing_of_gold_or_model_drives_a_terminal(
    cli: Cli, gold: Path, at: list[str], server: FaultServer, form: str, tmp_path: Path
) -> None:
    evil = "\x1b]52;c;x\x07\x9b2J\u202eHalden"
    answers = LINE["answers"] | {"who": [evil], "where": [evil]}
    told = line(id=evil, cluster=evil, answers=answers, text=f"\u202e\u009b2J{ARTICLE}")
    bad = gold.rename(tmp_path / "\x1b[2Jgold.jsonl")
    written(bad, told, line(id=f"{evil}2"), line(id="3"))
    server.script(completion(), *[completion(f"{evil} no draft")] * 2, completion())
    code, out, err = cli(bad, *at, "-f", form, "--page", tmp_path / "page.html")
    assert code == 0
    assert "SchemaError" in err
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert (out + err + page).replace("\n", "").isprintable()
    if form == "json":
        assert json.loads(out)["runs"][0]["rows"][0]["id"] == evil
