"""`summarizer cassettes`: what is printed, and with which code it exits."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from drafts import ARTICLE, DRAFT, FAILING, MODEL, PUBLISHED, REPAIR, completion, serving
from fault_server import FaultServer, Status
from tapes import changed, content, recorded

from summarizer import errors
from summarizer.cli import run

Result = tuple[int, str, str]
Cli = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("live_key")

OTHER = DRAFT | {"what": [DRAFT["what"][0] | {"event": "The port closed its north terminal."}]}
HOSTILE = "\x1b]52;c;eA==\x07\u202e\x9b2J\r\n"


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs the command line in this process: exit code, standard output, standard error."""

    def run_it(*arguments: object) -> Result:
        capsys.readouterr()
        code = run(["cassettes", *map(str, arguments)])
        return code, *capsys.readouterr()

    return run_it


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with an article and its cassette."""
    monkeypatch.chdir(tmp_path)
    Path("port.txt").write_text(ARTICLE, encoding="utf-8")
    recorded(Path("cassettes", "port.json"), FAILING, REPAIR, article=Path("port.txt"))
    return tmp_path


@pytest.fixture
def port(here: Path) -> Path:
    return Path("cassettes", "port.json")


@pytest.fixture
def answering() -> Iterator[FaultServer]:
    with serving(OTHER) as server:
        yield server


def stale(path: Path) -> None:
    """As if it had been recorded from an older prompt."""

    def older(held: dict[str, Any]) -> None:
        held["origin"]["prompts"][0]["sha256"] = "0" * 64
        held["interactions"][0]["request"]["body"]["messages"][0]["content"] = "Brief this."

    changed(path, older)


def copied(port: Path, name: str) -> Path:
    path = port.with_name(name)
    path.write_bytes(port.read_bytes())
    return path


# list and show


def test_list_shows_a_line_for_each_in_columns(cli: Cli, port: Path) -> None:
    stale(copied(port, "old.json"))
    port.with_name("bad.json").write_bytes(b"")
    code, out, err = cli("list")
    day = content(port)["origin"]["recorded"]
    assert (code, err) == (0, "")
    assert [line.split() for line in out.splitlines()] == [
        ["FILE", "EXCHANGES", "PROMPT", "MODEL", "RECORDED", "STATE"],
        ["cassettes/bad.json", "-", "-", "-", "-", "damaged"],
        ["cassettes/old.json", "2", "briefing@2", MODEL, day, "stale"],
        ["cassettes/port.json", "2", "briefing@2", MODEL, day, "ok"],
    ]
    assert (
        len(
            {line.index(word) for line, word in zip(out.splitlines(), ("STATE", "damaged", "stale", "ok"), strict=True)}
        )
        == 1
    )


def test_list_takes_files_and_folders_each_once(cli: Cli, port: Path) -> None:
    other = copied(port, "a.json")
    assert [line.split()[0] for line in cli("list", port, "cassettes")[1].splitlines()[1:]] == [str(port), str(other)]


def test_list_of_an_empty_folder_says_so(cli: Cli, tmp_path: Path) -> None:
    assert cli("list", tmp_path)[:2] == (0, "no cassettes\n")


def test_without_a_folder_the_user_is_told_to_name_one(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = cli("list")
    assert (code, out) == (errors.UsageError.exit_code, "")
    assert "no folder cassettes" in err


@pytest.mark.parametrize("command", ["list", "check"])
def test_json_tells_the_same_and_more(cli: Cli, port: Path, command: str) -> None:
    code, out, _ = cli(command, "-f", "json")
    (found,) = json.loads(out)
    assert code == 0
    assert (found["file"], found["state"], found["model"]) == (str(port), "ok", MODEL)
    assert found["origin"] == content(port)["origin"]
    assert [each["purpose"] for each in found["exchanges"]] == ["draft", "repair"]


def test_show_tells_all_about_one(cli: Cli, port: Path) -> None:
    code, out, err = cli("show", port)
    origin = content(port)["origin"]
    assert (code, err) == (0, "")
    for each in [*origin["prompts"], *origin["schemas"], origin["policy"]]:
        assert f"{each['id']} {each['sha256']}" in out
    assert f"article    ../port.txt {origin['source']['sha256']}" in out
    assert f"published  {PUBLISHED}" in out
    assert "  1  draft         status 200  " in out
    assert "  2  repair        status 200  " in out


def test_show_as_json_is_the_one_object(cli: Cli, port: Path) -> None:
    assert json.loads(cli("show", port, "-f", "json")[1])["origin"] == content(port)["origin"]


def test_show_of_a_damaged_file_is_the_error(cli: Cli, port: Path) -> None:
    port.write_bytes(b"{")
    code, out, err = cli("show", port)
    assert (code, out) == (errors.CassetteError.exit_code, "")
    assert f"{port} is no cassette" in err


@pytest.mark.parametrize("arguments", [["list"], ["check"], ["show", "cassettes/port.json"]])
@pytest.mark.parametrize("form", ["text", "json"])
def test_nothing_in_a_cassette_can_drive_the_terminal(cli: Cli, port: Path, arguments: list[str], form: str) -> None:
    def hostile(held: dict[str, Any]) -> None:
        held["model"] = held["tool"] = HOSTILE
        held["origin"]["prompt"] = HOSTILE
        held["origin"]["source"] |= {"name": HOSTILE, "title": HOSTILE, "author": HOSTILE, "url": HOSTILE}
        held["origin"]["schemas"][0] |= {"id": HOSTILE, "sha256": HOSTILE}
        held["origin"]["prompts"][0] |= {"id": HOSTILE, "sha256": HOSTILE}

    changed(port, hostile)
    _, out, err = cli(*arguments, "-f", form)
    assert all(line.isprintable() for line in (out + err).split("\n"))
    assert form == "text" or json.loads(out)


# check


def test_check_of_good_ones_exits_with_0(cli: Cli, port: Path) -> None:
    assert cli("check") == (0, f"ok       {port}\n", "")


def test_check_names_all_that_are_bad_and_why(cli: Cli, port: Path) -> None:
    stale(copied(port, "old.json"))
    changed(copied(port, "leak.json"), lambda held: held.update(model="test/sk-proj-abcdefgh12345678"))
    copied(port, "bad.json").write_bytes(port.read_bytes()[:-9])
    code, out, err = cli("check")
    assert code == errors.CassetteError.exit_code
    assert "stale    cassettes/old.json\n         the prompt briefing@2 was 000000000000 when" in out
    assert "unsafe   cassettes/leak.json\n         it seems to hold a key\n" in out
    assert "damaged  cassettes/bad.json\n" in out
    assert "ok       cassettes/port.json\n" in out
    assert "3 of 4 cassettes are not good: " in err
    assert all(each in err for each in ("bad.json (damaged)", "leak.json (unsafe)", "old.json (stale)"))
    assert "summarizer cassettes refresh --stale" in err
    assert "abcdefgh" not in out + err


def test_check_of_an_article_that_changed(cli: Cli, port: Path) -> None:
    Path("port.txt").write_text(ARTICLE.replace("Monday", "Friday"), encoding="utf-8")
    code, out, _ = cli("check", port)
    assert code == errors.CassetteError.exit_code
    assert "its article ../port.txt is another text now" in out


def test_check_of_a_recording_without_an_origin_is_a_note(cli: Cli, port: Path) -> None:
    changed(port, lambda held: held.pop("origin"))
    code, out, _ = cli("check")
    assert code == 0
    assert "unknown  cassettes/port.json\n         note: it was recorded before origins were kept" in out


def test_check_of_a_file_that_is_not_there(cli: Cli, here: Path) -> None:
    code, out, _ = cli("check", "nowhere.json")
    assert code == errors.CassetteError.exit_code
    assert "There is no cassette nowhere.json" in out


# refresh


def at(server: FaultServer) -> list[str]:
    return ["--base-url", server.base_url]


def test_refresh_shows_what_changes_in_the_briefing(cli: Cli, port: Path, answering: FaultServer) -> None:
    code, out, err = cli("refresh", port, *at(answering))
    assert code == 0
    assert out.splitlines()[0] == f"{port}: 1 exchange, {MODEL}, briefing@2"
    assert "The port of Halden closed its north terminal" in out
    assert "The port closed its north terminal" in out
    assert "Mia Berg" not in out
    assert f"recording {port}" in err
    assert cli("check")[0] == 0


def test_refresh_says_that_nothing_changes(cli: Cli, port: Path) -> None:
    with serving(FAILING, REPAIR) as server:
        assert "The two briefings state the same." in cli("refresh", port, *at(server))[1]


def test_refresh_of_the_stale_ones_takes_no_other(cli: Cli, port: Path, answering: FaultServer) -> None:
    old, good = copied(port, "old.json"), port.read_bytes()
    stale(old)
    port.with_name("bad.json").write_bytes(b"")
    code, out, _ = cli("refresh", "--stale", *at(answering))
    assert code == 0
    assert "cassettes/old.json: " in out
    assert port.read_bytes() == good
    assert port.with_name("bad.json").read_bytes() == b""
    assert len(answering.requests) == 1
    assert cli("refresh", "--stale", *at(answering))[:2] == (0, "nothing is stale\n")


def test_refresh_tells_where_the_old_answers_give_nothing(cli: Cli, port: Path, answering: FaultServer) -> None:
    changed(port, lambda held: held["interactions"][0]["response"]["body"].update(choices=[]))
    assert "the old answers give no briefing any more: " in cli("refresh", port, *at(answering))[1]


def test_refresh_of_a_recording_without_an_origin_takes_what_is_given(
    cli: Cli, port: Path, answering: FaultServer
) -> None:
    changed(port, lambda held: held.pop("origin"))
    code, _, err = cli("refresh", port, *at(answering))
    assert code == errors.CassetteError.exit_code
    assert "--source ARTICLE" in err
    assert cli("refresh", port, "--source", "port.txt", "--published", PUBLISHED, *at(answering))[0] == 0
    assert content(port)["origin"]["source"]["name"] == "../port.txt"


def test_a_refresh_that_fails_exits_as_the_failure_does_and_keeps_the_file(cli: Cli, port: Path) -> None:
    whole = port.read_bytes()
    with FaultServer() as server:
        server.script(completion(FAILING), Status(401))
        code, out, err = cli("refresh", port, *at(server))
    assert (code, out) == (errors.CassetteError.exit_code, "")
    assert "stays as it was" in err
    assert port.read_bytes() == whole


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "nothing to refresh"),
        (["cassettes"], "is a folder"),
        (["a.json", "b.json", "--source", "port.txt"], "several cassettes"),
        (["a.json", "--timeout", "nan"], "is no number"),
    ],
)
def test_what_cannot_be_refreshed_is_an_error_of_usage(cli: Cli, here: Path, arguments: list[str], said: str) -> None:
    code, out, err = cli("refresh", *arguments)
    assert (code, out) == (errors.UsageError.exit_code, "")
    assert said in err


def test_nothing_is_asked_for_where_standard_output_is_closed(
    port: Path, answering: FaultServer, program: Callable[..., Any]
) -> None:
    ran = program("cassettes", "refresh", port, *at(answering), redirect=">&-", environment=dict(os.environ))
    assert ran.returncode == errors.UsageError.exit_code
    assert answering.requests == []
