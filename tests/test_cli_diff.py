"""`summarizer diff`: what it reads, what it writes, and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Cli
from drafts import ARTICLE, DRAFT, MODEL, PUBLISHED, serving

from summarizer import Briefing, DifferenceError, brief, errors

NEWER = ARTICLE.replace("two workers", "three workers")


def stored(folder: Path, name: str, article: str) -> Path:
    """A briefing of an article, beside it, as `brief --output` leaves it."""
    text, path = folder / f"{name}.txt", folder / f"{name}.json"
    text.write_text(article, encoding="utf-8")
    cause = [each | {"cause": "once a crane collapsed and injured three workers"} for each in DRAFT["why"]]
    with serving(DRAFT if article == ARTICLE else DRAFT | {"why": cause}) as server:
        made = brief(text, published=PUBLISHED, model=MODEL, base_url=server.base_url)
    path.write_text(made.to_json(), encoding="utf-8")
    return path


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return stored(tmp_path, "old", ARTICLE)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return stored(tmp_path, "new", NEWER)


def test_the_sources_are_the_files_that_the_briefings_name(cli: Cli, old: Path, new: Path) -> None:
    code, out, err = cli("diff", old, new)
    assert (code, err) == (0, "")
    assert "  ~ once a crane collapsed and injured three workers [S2] — the text changed\n" in out
    assert "it is not known whether" not in " ".join(out.split())


def test_a_source_that_is_elsewhere_can_be_named(cli: Cli, old: Path, new: Path) -> None:
    for path in (old, new):
        path.with_suffix(".txt").rename(path.with_suffix(".moved"))
    assert "it is not known whether" in " ".join(cli("diff", old, new)[1].split())
    moved = ["--source", old.with_suffix(".moved"), "--source", new.with_suffix(".moved")]
    code, out, _ = cli("diff", old, new, *moved)
    assert code == 0
    assert "— the text changed" in out


def test_sources_in_the_wrong_order_are_refused(cli: Cli, old: Path, new: Path) -> None:
    code, out, err = cli("diff", old, new, "--source", new.with_suffix(".txt"), "--source", old.with_suffix(".txt"))
    assert (code, out) == (errors.SourceError.exit_code, "")
    assert "is another text than the briefing was made of" in err
    assert "the old one first" in err


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_a_file_gets_what_standard_output_gets(cli: Cli, old: Path, new: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / "out"
    assert cli("diff", old, new, "-f", form, "-o", target) == (0, "", "")
    assert target.read_text(encoding="utf-8") == cli("diff", old, new, "-f", form)[1] != ""


def test_json_is_what_differs_and_nothing_else(cli: Cli, old: Path, new: Path) -> None:
    plain = json.loads(cli("diff", old, new, "-f", "json")[1])
    assert plain["empty"] is False
    assert plain["fields"]["why"]["changed"][0]["because"] == "text"
    assert plain["fields"]["why"]["unchanged"] == 0


def test_markdown_has_a_heading_for_each_field(cli: Cli, old: Path, new: Path) -> None:
    out = cli("diff", old, new, "-f", "markdown")[1]
    assert out.startswith("# ")
    assert (
        "\n\n## Why\n\n- `~` once a crane collapsed and injured three workers [S2] — the text changed\n  - cause: "
        in out
    )


def test_the_exit_code_tells_whether_they_differ_where_that_is_wanted(cli: Cli, old: Path, new: Path) -> None:
    code, out, err = cli("diff", old, new, "--exit-code")
    assert code == DifferenceError.exit_code == 22
    assert "once a crane collapsed and injured three workers" in out
    assert err.startswith("ERROR The two briefings differ: ")
    assert "TIP   Leave out --exit-code" in err
    code, out, err = cli("diff", old, old, "--exit-code")
    assert (code, err) == (0, "")
    assert out.startswith("The two briefings state the same.\n")


def test_what_made_them_does_not_change_the_exit_code(cli: Cli, old: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(old.read_text(encoding="utf-8").replace(MODEL, "test/other"), encoding="utf-8")
    code, out, _ = cli("diff", old, other, "--exit-code")
    assert code == 0
    assert "model: “test/fake-1” → “test/other”" in out


@pytest.mark.parametrize("piped", ["old", "new"])
def test_one_of_the_two_comes_from_a_pipe(
    cli: Cli, old: Path, new: Path, monkeypatch: pytest.MonkeyPatch, piped: str
) -> None:
    whole = cli("diff", old, new)
    with (old if piped == "old" else new).open(encoding="utf-8") as pipe:
        monkeypatch.setattr("sys.stdin", pipe)
        assert cli("diff", *(["-", new] if piped == "old" else [old, "-"])) == whole


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["-", "-"], 2, "Only one of the files can be standard input."),
        (["OLD", "-", "--source", "-", "--source", "TEXT"], 2, "Only one of the files can be standard input."),
        (["OLD", "NEW", "--source", "TEXT"], 2, "--source was given once"),
        (["OLD", "NEW", *["--source", "TEXT"] * 3], 2, "--source was given 3 times"),
        (["OLD", "NEW", "--source", "missing.txt", "--source", "TEXT"], 3, "missing.txt"),
        (["OLD", "missing.json"], 20, "missing.json"),
        (["TEXT", "NEW"], 20, "is no briefing"),
        (["OLD", "NEW", "-f", "html"], 2, "html"),
        (["OLD"], 2, "NEW.json"),
    ],
)
def test_a_mistake_has_its_exit_code_and_a_tip(
    cli: Cli, old: Path, new: Path, arguments: list[str], code: int, told: str
) -> None:
    files = {"OLD": old, "NEW": new, "TEXT": old.with_suffix(".txt")}
    done = cli("diff", *(files.get(each, each) for each in arguments))
    assert done[:2] == (code, "")
    assert told in done[2]
    assert "\nTIP   " in done[2]


def test_nothing_of_a_briefing_drives_a_terminal(cli: Cli, old: Path, new: Path) -> None:
    plain = json.loads(new.read_text(encoding="utf-8"))
    plain["where"][0]["place"] = "\x1b]52;c;x\x07\x9b2J\u202eHalden in Norway"
    plain["source"]["name"] = "\x1b[2J.txt"
    new.write_text(json.dumps(plain), encoding="utf-8")
    for form in ("text", "markdown", "json"):
        code, out, err = cli("diff", old, new, "-f", form, "--exit-code")
        assert code == 22
        assert "Norway" in out
        assert (out + err).replace("\n", "").isprintable()


def test_the_package_compares_as_the_command_does(cli: Cli, old: Path, new: Path) -> None:
    import summarizer

    one, other = (Briefing.from_json(path.read_text(encoding="utf-8")) for path in (old, new))
    sources = [summarizer.Source.read(path.with_suffix(".txt")) for path in (old, new)]
    found = summarizer.compare(one, other, *sources)
    assert isinstance(found, summarizer.Difference)
    assert found.to_json() == cli("diff", old, new, "-f", "json")[1]
