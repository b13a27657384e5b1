"""`summarizer view`, and `brief --format html`: where the page goes, whether it is opened, and what is refused."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Cli
from drafts import ARTICLE, MODEL, PUBLISHED, briefed, serving
from fault_server import FaultServer
from markup import Reader

from summarizer import Briefing, Source, errors
from summarizer.cli import run
from summarizer.report.html import html


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the browser was asked to open."""
    asked: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: not asked.append(address))  # type: ignore[func-returns-value]
    return asked


@pytest.fixture
def stored(article: Path, tmp_path: Path) -> Path:
    """A briefing that names its article."""
    path = tmp_path / "port.json"
    briefing = briefed()
    record = briefing.source.model_copy(update={"name": str(article)})
    path.write_text(briefing.model_copy(update={"source": record}).to_json(), encoding="utf-8")
    return path


# brief


def test_brief_makes_the_page_of_its_article(cli: Cli, article: Path, tmp_path: Path) -> None:
    with serving() as server:
        at = ["--model", MODEL, "--base-url", server.base_url, "--published", PUBLISHED, "--format", "html"]
        code, out, _ = cli("brief", article, *at)
        assert cli("brief", article, *at, "-o", tmp_path / "report.html")[:2] == (0, "")
    written = (tmp_path / "report.html").read_text(encoding="utf-8")
    for page in (out, written):
        assert code == 0
        assert page.startswith("<!doctype html>\n")
        assert page.endswith("</html>\n")
        assert "Halden Port Shuts Terminal" in page


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_the_page_is_the_same_whatever_the_terminal_writes(
    article: Path, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    article.write_text(f"{ARTICLE}\nDer Hafen schließt – “für immer” 🏗.\n", encoding="utf-8")
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding=encoding))
    with serving() as server:
        assert run(["brief", str(article), "--model", MODEL, "--base-url", server.base_url, "--format", "html"]) == 0
    page = out.getvalue().decode()  # as it says of itself
    assert "Der Hafen schließt – “für immer” 🏗." in Reader(page).words("article")
    script = page.rpartition("<script>")[2].rpartition("</script>")[0]
    assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in page.partition("<style>")[0]


def test_brief_explains_in_text_alone(cli: Cli, article: Path) -> None:
    code, out, err = cli("brief", article, "--format", "html", "--explain")
    assert (code, out) == (errors.UsageError.exit_code, "")
    assert "--explain does not go with --format html" in err


# view


def test_a_page_is_kept_in_the_cache_and_opened(cli: Cli, stored: Path, article: Path, opened: list[str]) -> None:
    code, out, err = cli("view", stored)
    path = Path(out.rstrip("\n"))
    assert (code, err, opened) == (0, "", [path.as_uri()])
    assert path.name.startswith("port-")
    assert path.suffix == ".html"
    assert path.read_text(encoding="utf-8") == html(
        Briefing.from_json(stored.read_text(encoding="utf-8")), Source.read(article)
    )


def test_the_same_page_is_kept_once(cli: Cli, stored: Path) -> None:
    path = Path(cli("view", stored)[1].rstrip("\n"))
    assert cli("view", stored)[1] == f"{path}\n"
    assert list(path.parent.iterdir()) == [path]


def test_a_page_that_is_given_a_place_is_not_opened(
    cli: Cli, stored: Path, tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli("view", stored, "-o", "page.html")[:2] == (0, f"{tmp_path / 'page.html'}\n")
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert opened == []
    cli("view", stored, "-o", "page.html", "--open")
    assert opened == [(tmp_path / "page.html").as_uri()]


def test_no_browser_is_needed_where_none_is_wanted(cli: Cli, stored: Path, opened: list[str]) -> None:
    code, out, _ = cli("view", stored, "--no-open")
    assert (code, opened) == (0, [])
    assert Path(out.rstrip("\n")).is_file()


def _fails(_: str) -> bool:
    raise webbrowser.Error("could not locate runnable browser")


@pytest.mark.parametrize("browser", [lambda _: False, _fails])
def test_a_machine_without_a_browser_says_so_and_keeps_the_page(
    cli: Cli, stored: Path, browser: Callable[[str], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webbrowser, "open", browser)
    code, out, err = cli("view", stored)
    assert code == errors.UsageError.exit_code
    assert Path(out.rstrip("\n")).is_file()
    assert "TIP   Open the file yourself, or say --no-open." in err


def test_the_article_can_be_named(cli: Cli, stored: Path, article: Path, tmp_path: Path) -> None:
    moved = article.rename(tmp_path / "elsewhere.txt")
    assert cli("view", stored, "--source", moved)[0] == 0


def test_an_article_that_is_gone_is_told(cli: Cli, stored: Path, article: Path, opened: list[str]) -> None:
    article.unlink()
    code, out, err = cli("view", stored)
    assert (code, out, opened) == (errors.SourceError.exit_code, "", [])
    assert "port.txt is not here, or is another text" in err
    assert "TIP   Name the article of the briefing with --source FILE." in err


def test_another_article_is_refused_as_verify_refuses_it(
    cli: Cli, stored: Path, tmp_path: Path, opened: list[str]
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(ARTICLE.replace("Norway", "Sweden"), encoding="utf-8")
    code, out, err = cli("view", stored, "--source", other, "-o", tmp_path / "page.html")
    assert (code, out, opened) == (errors.VerificationError.exit_code, "", [])
    assert "other.txt is another text than the briefing was made of" in err
    assert not (tmp_path / "page.html").exists()
    assert cli("verify", stored, "--source", other)[0] == code


def test_what_does_not_hold_is_on_the_page(cli: Cli, stored: Path, tmp_path: Path) -> None:
    told = json.loads(stored.read_text(encoding="utf-8"))
    told["where"][0]["place"] = "Bergen"
    stored.write_text(json.dumps(told), encoding="utf-8")
    assert cli("view", stored, "-o", tmp_path / "page.html")[0] == 0
    assert "Does not hold" in (tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["no briefing", "{}"])
def test_a_file_that_is_no_briefing_is_refused(cli: Cli, tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    assert cli("view", path)[:2] == (errors.BriefingError.exit_code, "")


def test_only_one_of_the_files_is_standard_input(cli: Cli) -> None:
    assert cli("view", "-", "--source", "-")[0] == errors.UsageError.exit_code


@pytest.mark.parametrize("name", ["..", "a b\u202e", "x" * 200, "-", "con"])
def test_the_name_of_a_kept_page_stays_in_its_folder(cli: Cli, stored: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / "in" / f"{name}.json"
    path.parent.mkdir()
    stored.rename(path)
    kept = Path(cli("view", path)[1].rstrip("\n"))
    assert kept.parent.name == "pages"
    assert kept.name.isprintable()
    assert len(kept.name) < 100
    assert kept.is_file()


def test_a_place_that_cannot_be_written_is_an_error(cli: Cli, stored: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, _, err = cli("view", stored, "-o", tmp_path / "file" / "page.html")
    assert code == errors.UsageError.exit_code
    assert "Cannot write" in err


def test_nothing_is_asked_of_a_model(cli: Cli, stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_OFFLINE", "1")
    with FaultServer() as server:
        assert cli("view", stored, "--no-open")[0] == 0
        assert server.requests == []
