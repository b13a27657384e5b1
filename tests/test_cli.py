"""The command line: what goes where, with which exit code, and what is left of a run that failed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Cli
from drafts import ARTICLE, MODEL, PUBLISHED, completion, serving
from fault_server import FaultServer, Status

from summarizer import Briefing, OfflineError, __version__, errors
from summarizer.cli import BUG
from summarizer.model.weights import EMBEDDED

Result = tuple[int, str, str]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def answering() -> Iterator[FaultServer]:
    with serving() as server:
        yield server


@pytest.fixture
def at(answering: FaultServer) -> list[str]:
    """The options that lead to a server with the right answer."""
    return ["--model", MODEL, "--base-url", answering.base_url, "--published", PUBLISHED]


# brief


def test_text_is_what_comes_without_a_format(cli: Cli, article: Path, at: list[str]) -> None:
    code, out, _ = cli("brief", article, *at)
    assert code == 0
    assert out.startswith("Halden Port Shuts Terminal\n\nSUMMARY\n")
    named = cli("brief", article, *at, "--format", "text")[1]
    assert named.rpartition("\n\n")[0] == out.rpartition("\n\n")[0] != ""


def test_markdown(cli: Cli, article: Path, at: list[str]) -> None:
    code, out, _ = cli("brief", article, *at, "-f", "markdown")
    assert code == 0
    assert out.startswith("# Halden Port Shuts Terminal\n\n## Summary\n")


def test_json_is_a_briefing_and_nothing_else(cli: Cli, article: Path, at: list[str]) -> None:
    code, out, _ = cli("brief", article, *at, "-f", "json")
    briefing = Briefing.from_json(out)
    assert code == 0
    assert out == briefing.to_json()
    assert briefing.source.name == str(article)
    assert str(briefing.source.published) == PUBLISHED


def test_another_format_lists_the_formats(cli: Cli, article: Path) -> None:
    code, out, err = cli("brief", article, "-f", "pdf")
    assert (code, out) == (2, "")
    assert all(each in err for each in ("text", "markdown", "html", "json"))


def test_what_is_known_of_the_article_gets_into_the_briefing(cli: Cli, article: Path, at: list[str]) -> None:
    known = ["--title", "Port shuts", "--author", "A. Writer", "--url", "https://example.org/a"]
    source = Briefing.from_json(cli("brief", article, *at, "-f", "json", *known)[1]).source
    assert (source.title, source.author, source.url) == ("Port shuts", "A. Writer", "https://example.org/a")


def test_results_go_to_standard_output_and_the_rest_to_standard_error(cli: Cli, article: Path, at: list[str]) -> None:
    _, out, err = cli("brief", article, *at, "-f", "json")
    assert out[0] == "{"
    assert out[-2:] == "}\n"
    assert err == f"model: {MODEL} (as asked)\n"


@pytest.mark.parametrize(
    ("environment", "options", "said"),
    [
        ({}, ["--model", MODEL], "test/fake-1 (as asked)"),
        ({"SUMMARIZER_MODEL": MODEL}, [], "test/fake-1 (SUMMARIZER_MODEL says so)"),
        ({"SUMMARIZER_MODEL": "test/other"}, ["--model", MODEL], "test/fake-1 (as asked)"),
    ],
)
def test_one_line_says_which_model_and_why(
    cli: Cli,
    article: Path,
    answering: FaultServer,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    options: list[str],
    said: str,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert cli("brief", article, "--base-url", answering.base_url, *options)[2] == f"model: {said}\n"


def test_without_a_model_a_key_or_a_setting_it_is_the_embedded_one(
    cli: Cli, article: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("SUMMARIZER_MODEL", raising=False)
    monkeypatch.setenv("SUMMARIZER_CACHE", str(tmp_path))
    monkeypatch.setenv("SUMMARIZER_OFFLINE", "1")
    code, out, err = cli("brief", article)
    assert (code, out) == (OfflineError.exit_code, "")
    assert err.startswith(f"model: local/{EMBEDDED.name} (the embedded model: no other is set)\nERROR ")


# --output


@pytest.mark.parametrize(
    ("form", "begins"),
    [("text", "Halden Port"), ("markdown", "# Halden Port"), ("html", "<!doctype html>"), ("json", "{\n")],
)
def test_a_file_gets_what_the_terminal_would(
    cli: Cli, article: Path, at: list[str], tmp_path: Path, form: str, begins: str
) -> None:
    target = tmp_path / "new" / "folder" / "briefing"
    code, out, _ = cli("brief", article, *at, "-f", form, "-o", target)
    assert (code, out) == (0, "")
    text = target.read_text(encoding="utf-8")
    assert text.startswith(begins)
    assert text.endswith("\n")


def test_a_briefing_that_fails_leaves_the_old_file(
    cli: Cli, article: Path, at: list[str], answering: FaultServer, tmp_path: Path
) -> None:
    target = tmp_path / "out" / "briefing.json"
    target.parent.mkdir()
    target.write_text("old")
    answering.script(Status(401))
    assert cli("brief", article, *at, "-o", target)[0] == errors.AuthenticationError.exit_code
    assert target.read_text() == "old"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_a_file_is_written_whole_or_not_at_all(
    cli: Cli, article: Path, at: list[str], tmp_path: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out" / "briefing.txt"
    target.parent.mkdir()
    target.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    code, out, err = cli("brief", article, *at, "-o", target)
    assert (code, out) == (2, "")
    assert f"ERROR Cannot write {target}: No space left on device." in err
    assert target.read_text() == "old"
    assert list(target.parent.iterdir()) == [target]


def test_a_folder_is_no_file_to_write(cli: Cli, article: Path, tmp_path: Path) -> None:
    assert cli("brief", article, "-o", tmp_path)[0] == 2


def test_a_link_is_followed_and_stays_a_link(cli: Cli, article: Path, at: list[str], tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    assert cli("brief", article, *at, "-o", tmp_path / "link.txt")[0] == 0
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text(encoding="utf-8").startswith("Halden Port")


def test_a_device_is_written_to_and_stays_a_device(cli: Cli, article: Path, at: list[str], tmp_path: Path) -> None:
    """`-o /dev/null`, run by root, must not put a file in its place."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert cli("brief", article, *at, "-o", pipe)[0] == 0
        assert os.read(reader, 11) == b"Halden Port"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


# Cassettes


def test_recording_without_a_file_is_a_usage_error(
    cli: Cli, article: Path, at: list[str], answering: FaultServer
) -> None:
    for record in ("once", "all"):
        code, out, err = cli("brief", article, *at, "--record", record)
        assert (code, out) == (2, "")
        assert "TIP   Add --cassette FILE." in err
    assert answering.requests == []


def test_what_was_recorded_is_replayed_to_the_same_bytes(
    cli: Cli, article: Path, at: list[str], answering: FaultServer, tmp_path: Path
) -> None:
    options = [*at, "-f", "json", "--cassette", tmp_path / "tape.json"]
    code, live, _ = cli("brief", article, *options, "--record", "once")
    assert code == 0
    assert cli("brief", article, *options)[:2] == (0, live)
    assert cli("brief", article, *options, "--record", "once")[:2] == (0, live)
    assert len(answering.requests) == 1


def test_a_missing_cassette_is_its_own_exit_code(cli: Cli, article: Path, at: list[str], tmp_path: Path) -> None:
    code, out, err = cli("brief", article, *at, "--cassette", tmp_path / "tape.json")
    assert (code, out) == (errors.CassetteError.exit_code, "")
    assert "--record once" in err


# Usage


@pytest.mark.parametrize(
    "arguments",
    [
        ["brief", "a.txt", "--shout"],
        ["shout"],
        ["brief"],
        ["brief", "a.txt", "--timeout", "soon"],
        ["brief", "a.txt", "--timeout", "0"],
        ["brief", "a.txt", "--record", "twice"],
        ["verify"],
        ["view"],
        ["verify", "a.json", "b.json"],
        ["verify", "a.json", "--format", "markdown"],
        ["models", "shout"],
        ["models", "pull", "now"],
    ],
)
def test_a_wrong_command_line_exits_with_2_and_a_tip(cli: Cli, arguments: list[str]) -> None:
    code, out, err = cli(*arguments)
    assert (code, out) == (2, "")
    lines = err.splitlines()
    assert lines[0].startswith("ERROR ")
    assert lines[-1] == "TIP   summarizer --help"
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "timeout",
    ["-1", "0", "", "nan"],
)
def test_a_timeout_is_a_number_of_seconds(cli: Cli, article: Path, at: list[str], timeout: str) -> None:
    assert cli("brief", article, *at, "--timeout", timeout)[0] == 2


@pytest.mark.parametrize("option", ["--help", "-h"])
@pytest.mark.parametrize("command", [[], ["brief"], ["view"], ["verify"], ["models"], ["models", "pull"]])
def test_help_goes_to_standard_output(cli: Cli, command: list[str], option: str) -> None:
    code, out, err = cli(*command, option)
    assert (code, err) == (0, "")
    assert out.startswith("Usage: summarizer")


def test_help_names_every_command(cli: Cli) -> None:
    assert all(f"\n  {each} " in cli("--help")[1] for each in ("brief", "view", "verify", "models"))
    assert all(f"\n  {each} " in cli("models", "--help")[1] for each in ("list", "pull", "path", "remove"))


@pytest.mark.parametrize("arguments", [[], ["models"]])
def test_a_command_that_is_missing_shows_the_help_and_exits_with_2(cli: Cli, arguments: list[str]) -> None:
    code, out, err = cli(*arguments)
    assert (code, out) == (2, "")
    assert "Usage: summarizer" in err


def test_the_help_is_no_error_message(cli: Cli) -> None:
    assert cli()[2].startswith("Usage: ")


def test_the_version(cli: Cli) -> None:
    assert cli("--version") == (0, f"summarizer, version {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["brief", "missing.txt"], errors.SourceError),
        (["brief", "ARTICLE", "--published", "yesterday"], errors.SourceError),
        (["brief", "ARTICLE", "--explain", "--format", "json"], errors.UsageError),
        (["verify", "missing.json"], errors.BriefingError),
        (["verify", "ARTICLE"], errors.BriefingError),
        (["view", "missing.json"], errors.BriefingError),
        (["brief", "ARTICLE", "--prompt", "nothing"], errors.ArtifactError),
        (["brief", "ARTICLE", "--model", "nothing"], errors.UsageError),
        (["brief", "ARTICLE", "--model", "nobody/x"], errors.UsageError),
        (["brief", "ARTICLE", "--model", "openai/x", "--base-url", "ftp://x"], errors.UsageError),
        (["brief", "ARTICLE", "--model", "openai/x"], errors.AuthenticationError),
    ],
)
def test_a_mistake_of_the_user_is_an_error_with_a_tip_and_no_traceback(
    cli: Cli, article: Path, arguments: list[str], error: type[errors.SummarizerError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    code, out, err = cli(*(str(article) if each == "ARTICLE" else each for each in arguments))
    assert (code, out) == (error.exit_code, "")
    assert "\nTIP   " in err
    assert "Traceback" not in err


def test_an_error_shows_no_control_characters(cli: Cli) -> None:
    err = cli("brief", "\x1b]52;c;x\x07\x9b2J\u202egone.txt")[2]
    assert "gone.txt" in err
    assert err.replace("\n", "").isprintable()


# A bug


def test_a_bug_is_not_taken_for_a_mistake_of_the_user(cli: Cli, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("summarizer.summarize.Summarizer.brief", broken)
    code, out, err = cli("brief", article)
    assert (code, out) == (BUG, "")
    assert err.startswith("Traceback (most recent call last):\n")
    assert err.rstrip().endswith("RuntimeError: broken")
    assert "ERROR" not in err


def test_a_bug_exits_with_70_and_shows_where_it_is(article: Path) -> None:
    code = "from summarizer import cli, source; source.Source.read = None; cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "brief", str(article)], capture_output=True, text=True, check=False
    )
    assert "Traceback (most recent call last)" in done.stderr
    assert "'NoneType' object is not callable" in done.stderr
    assert (done.returncode, done.stdout) == (BUG, "")


def test_ctrl_c_is_no_bug(cli: Cli, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("summarizer.summarize.Summarizer.brief", stopped)
    code, out, err = cli("brief", article)
    assert (code, out, err.strip()) == (130, "", "Stopped.")


# models


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the model would be; nothing is there yet."""
    monkeypatch.setenv("SUMMARIZER_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("SUMMARIZER_OFFLINE", "1")
    return tmp_path / "cache" / "models" / EMBEDDED.file


def put(path: Path) -> None:
    """A file of the right size that takes no room."""
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        file.truncate(EMBEDDED.size)


def test_models_path_prints_the_path_alone(cli: Cli, installed: Path) -> None:
    assert cli("models", "path") == (0, f"{installed}\n", "")


def test_models_list_says_what_is_installed(cli: Cli, installed: Path) -> None:
    code, out, err = cli("models", "list")
    assert (code, err) == (0, "")
    assert all(each in out for each in (f"local/{EMBEDDED.name}", "Apache-2.0", "not installed", str(installed)))
    put(installed)
    assert "not installed" not in cli("models", "list")[1]
    assert "installed" in cli("models", "list")[1]


def test_models_remove_deletes_it_once(cli: Cli, installed: Path) -> None:
    put(installed)
    assert cli("models", "remove") == (0, f"removed {installed}\n", "")
    assert not installed.exists()
    assert cli("models", "remove") == (0, "nothing to remove\n", "")


def test_models_remove_without_a_cache_makes_none(cli: Cli, installed: Path) -> None:
    assert cli("models", "remove") == (0, "nothing to remove\n", "")
    assert not installed.parent.exists()


def test_models_pull_offline_fetches_nothing_and_says_so(cli: Cli, installed: Path) -> None:
    code, out, err = cli("models", "pull")
    assert (code, out) == (OfflineError.exit_code, "")
    assert "SUMMARIZER_OFFLINE" in err
    assert not installed.exists()


def test_models_pull_of_what_is_installed_prints_where_it_is(cli: Cli, installed: Path) -> None:
    put(installed)
    assert cli("models", "pull") == (0, f"{installed}\n", "")


# As a program


def test_a_pipe_gets_no_escape_codes_and_a_quiet_standard_error(article: Path, at: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "summarizer", "brief", str(article), *at],
        capture_output=True, text=True, check=True, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1", "FORCE_COLOR": "1"},
    )  # fmt: skip
    assert done.stdout.startswith("Halden Port Shuts Terminal")
    assert "\x1b" not in done.stdout
    assert done.stderr == f"model: {MODEL} (as asked)\n"


def test_standard_input_is_an_article_too(at: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "summarizer", "brief", "-", *at, "-f", "json"],
        input=ARTICLE.encode(),
        capture_output=True,
        check=True,
    )
    assert Briefing.from_json(done.stdout).source.name == "-"


def test_a_repair_is_not_told_to_a_pipe(cli: Cli, article: Path, at: list[str], answering: FaultServer) -> None:
    answering.script(completion({"headline": "x"}), completion())
    assert cli("brief", article, *at)[2] == f"model: {MODEL} (as asked)\n"
