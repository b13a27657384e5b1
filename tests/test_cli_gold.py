"""`summarizer gold`: the page on which gold is marked, as it is written, and the check of what was marked."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from drafts import ARTICLE, PUBLISHED, briefed
from golds import LINE, line, only, written

from summarizer import errors
from summarizer.cli import run

Cli = Callable[..., tuple[int, str, str]]
EVIL = "</script><script>evil()</script> ]]> --> {{7*7}} {% x %} <img src=x onerror=evil()> &lt;"
UNSEEN = "\u202e\u2066\u200b"


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs `summarizer gold` in this process: exit code, standard output, standard error."""

    def run_it(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["gold", *map(str, arguments)])
        return code, *capsys.readouterr()

    return run_it


@pytest.fixture
def briefing(tmp_path: Path) -> Path:
    path = tmp_path / "port.json"
    path.write_text(briefed().to_json(), encoding="utf-8")
    return path


def given(page: str) -> dict[str, Any]:
    """What the script of a page is given."""
    found: dict[str, Any] = json.loads(page.partition('id="given">')[2].partition("</script>")[0])
    return found


def fields(page: str) -> list[tuple[str, str]]:
    return re.findall(r'data-name="(\w+)" data-label="[^"]*" data-key="(\w*)"', page)


# The page


def test_a_page_has_the_article_and_a_key_for_each_question(cli: Cli, article: Path) -> None:
    code, out, err = cli("page", article, "--published", PUBLISHED)
    assert (code, err) == (0, "")
    assert out.startswith("<!doctype html>")
    told: dict[str, Any] = {"text": ARTICLE, "published": PUBLISHED, "language": "en", "offered": {}, "day": None}
    assert given(out) == told
    keys = ["who", "what", "where", "when", "why"]
    assert fields(out) == [*((name, str(at)) for at, name in enumerate(keys, start=1)), ("stated_rationale", "r")]
    assert '<input id="identifier" value="port"' in out


def test_a_file_gets_what_standard_output_gets(cli: Cli, article: Path, tmp_path: Path) -> None:
    target = tmp_path / "gold.html"
    assert cli("page", article, "-o", target) == (0, "", "")
    assert target.read_text(encoding="utf-8") == cli("page", article)[1]


def test_a_briefing_of_the_article_is_offered_and_says_when_it_was_published(
    cli: Cli, article: Path, briefing: Path
) -> None:
    found = given(cli("page", article, "--briefing", briefing)[1])
    assert found["published"] == PUBLISHED
    assert found["day"] == "2026-03-09"
    assert found["offered"]["who"][0] == {"words": "port of Halden"}
    assert found["offered"]["stated_rationale"][0]["speaker"] == "Mia Berg"
    assert found["offered"].keys() == {"who", "what", "where", "when", "why", "stated_rationale"}


def test_a_briefing_of_another_text_is_refused(cli: Cli, article: Path, briefing: Path) -> None:
    article.write_text(f"{ARTICLE}\nMore.\n", encoding="utf-8")
    code, out, err = cli("page", article, "--briefing", briefing)
    assert (code, out) == (errors.SourceError.exit_code, "")
    assert "port.txt is another text than the briefing was made of." in err


def test_another_kind_has_other_questions(cli: Cli, article: Path) -> None:
    found = fields(cli("page", article, "--schema", "incident")[1])
    assert [key for _, key in found] == [*map(str, range(1, len(found))), "r"]
    assert [name for name, _ in found][:4] == ["what", "where", "when", "casualties"]


def test_id_and_cluster_can_be_given_and_standard_input_is_read(
    cli: Cli, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with article.open(encoding="utf-8") as pipe:
        monkeypatch.setattr("sys.stdin", pipe)
        out = cli("page", "-", "--id", 'a"b', "--cluster", "<c>")[1]
    assert 'id="identifier" value="a&#34;b"' in out
    assert 'id="cluster" value="&lt;c&gt;"' in out
    assert given(out)["text"] == ARTICLE


def test_hostile_text_stays_text(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "evil<b>.txt"
    text = f"{EVIL}{UNSEEN}\n\n{ARTICLE}"
    path.write_text(text, encoding="utf-8")
    out = cli("page", path, "--cluster", f"{EVIL}{UNSEEN}")[1]
    assert given(out)["text"] == text
    assert out.count("<script") == out.count("</script>") == 2
    assert "<img" not in out
    assert "<b>" not in out
    assert out.replace("\n", "").isprintable()


def test_a_policy_forbids_all_but_its_own_style_and_script(cli: Cli, article: Path) -> None:
    out = cli("page", article)[1]
    style = out.partition("<style>")[2].partition("</style>")[0]
    script = out.rpartition("<script>")[2].partition("</script>")[0]
    hashes = ["sha256-" + base64.b64encode(sha256(each.encode()).digest()).decode() for each in (style, script)]
    policy = out.partition('Policy" content="')[2].partition('"')[0].replace("&#39;", "'")
    assert policy == (
        f"default-src 'none'; style-src '{hashes[0]}'; script-src '{hashes[1]}'; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"https?:|src=|href=|url\(|innerHTML|eval\(|fetch\(|\son\w+=", out.replace(ARTICLE, ""))


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["page"], 2, "ARTICLE"),
        (["page", "missing.txt"], 3, "missing.txt"),
        (["page", "ARTICLE", "--briefing", "ARTICLE"], 20, "is no briefing"),
        (["page", "ARTICLE", "--schema", "novel"], 5, "novel"),
        (["page", "ARTICLE", "--published", "monday"], 3, "monday"),
        (["page", "ARTICLE", "--language", "english"], 3, "english"),
        (["check"], 2, "FILE.jsonl"),
        (["check", "missing.jsonl"], 2, "missing.jsonl"),
        (["check", "ARTICLE"], 2, "line 1, is no JSON"),
    ],
)
def test_a_mistake_has_its_exit_code(cli: Cli, article: Path, arguments: list[str], code: int, told: str) -> None:
    done = cli(*(article if each == "ARTICLE" else each for each in arguments))
    assert done[:2] == (code, "")
    assert told in done[2]


# The check

COUNTED = """gold.jsonl: 3 articles in 2 clusters

                  articles  with answers  without  in all
who                      2             2        0       2
what                     2             2        0       2
where                    2             2        0       2
when                     2             2        0       2
why                      2             1        1       1
day                      3             2        1       2
stated rationale         2             2        0       2
quotations               2             2        0       2
"""


def test_the_check_tells_what_there_is(cli: Cli, tmp_path: Path) -> None:
    silent = line(id="b", cluster="x", answers=LINE["answers"] | {"why": []})
    path = written(tmp_path / "gold.jsonl", line(cluster="x"), silent, only(id="c", day=None))
    assert cli("check", path) == (0, COUNTED, "")


def test_the_check_tells_what_can_never_be_found_right(cli: Cli, tmp_path: Path) -> None:
    bad = only(
        answers={"who": ["—", "the port"]},
        stated_rationale=[{"reason": "…"}],
        quotations=[{"pieces": ["We closed it because nobody\nshould", "We shut it"]}],
    )
    code, out, _ = cli("check", written(tmp_path / "gold.jsonl", bad))
    assert code == 0
    assert out.partition("\n\n")[2].splitlines()[4:] == [
        "",
        "halden-1: an answer to who has no words: “—”",
        "",
        "halden-1: a reason has no words: “…”",
        "",
        "halden-1: a quotation does not stand in the text: “We shut it”",
    ]


def test_a_line_that_is_no_gold_is_told(cli: Cli, tmp_path: Path) -> None:
    code, out, err = cli("check", written(tmp_path / "gold.jsonl", LINE, line(id="2", day="soon")))
    assert (code, out) == (2, "")
    assert "gold.jsonl, line 2: day: " in err


def test_nothing_of_the_gold_drives_a_terminal(cli: Cli, tmp_path: Path) -> None:
    evil = f"\x1b[2J{UNSEEN}"
    bad = line(id=evil, quotations=[{"pieces": [f"{evil}x"]}])
    out = "".join(map(str, cli("check", written(tmp_path / f"{evil}.jsonl", bad))))
    assert "a quotation does not stand in the text" in out
    assert out.replace("\n", "").isprintable()
