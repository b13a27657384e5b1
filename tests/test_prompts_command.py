"""`summarizer prompts`: which prompts there are, what they send, what a new version changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import desk
import pytest
from desk import Desk
from drafts import ARTICLE, DRAFT, FIRST_DRAFT, MODEL, PUBLISHED, serving

from summarizer import artifact
from summarizer.cli import run

SHIPPED = artifact.shipped("prompts")
FRONT = (
    "---\nname: {name}\nversion: {version}\ndescription: A trial.\nschema: briefing-draft@2\ninputs: [{inputs}]\n---\n"
)


def prompt(name: str, version: int = 1, body: str = "=== user ===\n{{ article }}\n", inputs: str = "article") -> str:
    return FRONT.format(name=name, version=version, inputs=inputs) + body


@pytest.fixture(name="desk")
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    made = desk.make(tmp_path, monkeypatch, capsys)
    made.write("article.txt", ARTICLE)
    return made


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is in no project."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


# list and show


def test_list_says_of_each_version_whether_it_is_released_and_whose_it_is(desk: Desk) -> None:
    desk.done("prompts", "new", "own", "--from", "briefing")
    rows = desk.done("prompts", "list").splitlines()
    sha256 = artifact.registry("prompts").load("briefing@1").sha256
    assert any(row.split()[:4] == ["briefing@1", "released", "shipped", sha256[:12]] for row in rows)
    assert any(row.split()[:4] == ["own@1", "not", "released", "own"] for row in rows)


def test_list_as_json_has_the_whole_hash_and_the_path(desk: Desk) -> None:
    path = desk.write("prompts/own/v1.md", prompt("own"))
    desk.write("prompts/lock.json", "{}")
    (found,) = [each for each in json.loads(desk.done("prompts", "list", "-f", "json")) if each["id"] == "own@1"]
    assert found == {
        "id": "own@1",
        "state": "not released",
        "about": "A trial.",
        "sha256": artifact.read("prompts", desk.root / "prompts", "own", 1).sha256,
        "origin": "own",
        "path": str(path),
    }


def test_list_shows_what_is_broken_beside_the_rest(desk: Desk) -> None:
    desk.write("prompts/own/v1.md", "no prompt")
    desk.write("prompts/lock.json", json.dumps({"own@2": "0"}))
    out = desk.done("prompts", "list")
    assert "own@1       broken" in out
    assert "own@2       broken" in out
    assert "briefing@1" in out


def test_versions_are_listed_in_the_order_of_their_numbers(desk: Desk) -> None:
    desk.write("prompts/lock.json", "{}")
    for version in (10, 9, 1):
        desk.write(f"prompts/own/v{version}.md", prompt("own", version))
    rows = [row.split()[0] for row in desk.done("prompts", "list").splitlines()]
    assert [row for row in rows if row.startswith("own")] == ["own@1", "own@9", "own@10"]


def test_show_prints_the_text_of_a_version_and_nothing_else(desk: Desk) -> None:
    assert desk.done("prompts", "show", "briefing@1") == (SHIPPED / "briefing/v1.md").read_text(encoding="utf-8")
    assert desk.err == ""


def test_show_prints_nothing_that_could_drive_a_terminal(desk: Desk) -> None:
    desk.write("prompts/lock.json", "{}")
    desk.write("prompts/own/v1.md", prompt("own", body="=== user ===\n\x1b[2J{{ article }}\n"))
    assert "\x1b" not in desk.done("prompts", "show", "own")


def test_show_refuses_a_release_that_was_changed(desk: Desk) -> None:
    path = desk.write("prompts/own/v1.md", prompt("own"))
    desk.write("prompts/lock.json", json.dumps({"own@1": "0" * 64}))
    assert desk.run("prompts", "show", "own") == 5
    assert f"{path} was changed after its release" in desk.err


# render


def sent(desk: Desk, *arguments: str, answer: object = DRAFT) -> list[dict[str, str]]:
    with serving(answer) as server:
        settings = ("--model", MODEL, "--base-url", server.base_url, "--published", PUBLISHED, "-o", "out.json")
        desk.done("brief", "article.txt", *settings, *arguments)
        found: list[dict[str, str]] = server.requests[0].body["messages"]
        return found


def test_render_as_json_is_what_is_sent(desk: Desk, key: str) -> None:
    out = desk.done("prompts", "render", "briefing@2", "article.txt", "--published", PUBLISHED, "-f", "json")
    assert json.loads(out) == sent(desk)


def test_render_of_an_older_version_is_what_is_sent_when_it_is_asked_for(desk: Desk, key: str) -> None:
    out = desk.done("prompts", "render", "briefing@1", "article.txt", "--published", PUBLISHED, "-f", "json")
    assert json.loads(out) == sent(desk, "--prompt", "briefing@1", answer=FIRST_DRAFT) != sent(desk)


def test_render_takes_what_is_known_of_the_article_as_brief_does(desk: Desk, key: str) -> None:
    desk.write("prompts/lock.json", "{}")
    body = "=== user ===\n{{ published }}\n{{ article }}\n"
    desk.write("prompts/own/v1.md", prompt("own", body=body, inputs="article, published"))
    known = ("--prompt", "own", "--title", "A Port Shuts", "--language", "de", "--published", PUBLISHED)
    out = desk.done("prompts", "render", "article.txt", *known, "-f", "json")
    assert PUBLISHED in out
    assert json.loads(out) == sent(desk, *known[:-2])


def test_render_shows_the_turns_under_their_roles(desk: Desk) -> None:
    out = desk.done("prompts", "render", "article.txt")
    assert [line for line in out.splitlines() if line.startswith("===")] == [
        "=== system ===",
        "=== user ===",
        "=== assistant ===",
        "=== user ===",
    ]
    assert "S2 The port of Halden" in out


def test_render_prints_nothing_that_could_drive_a_terminal(desk: Desk) -> None:
    desk.write("article.txt", ARTICLE.replace("port of", "port \u202eof"))
    for form in ("text", "json"):
        out = desk.done("prompts", "render", "article.txt", "-f", form)
        assert "port " in out
        assert "\u202e" not in out


def test_render_takes_the_kind_that_the_prompt_was_written_for(desk: Desk) -> None:
    desk.done("prompts", "new", "merger")
    assert "a company that buys another" in desk.done("prompts", "render", "merger@1", "article.txt")


def test_render_refuses_a_prompt_of_another_kind_than_is_wanted(desk: Desk) -> None:
    assert desk.run("prompts", "render", "briefing@1", "article.txt", "--schema", "incident") == 5
    assert "a incident is made of incident-draft" in desk.err


@pytest.mark.parametrize("given", [("briefing@1", "article.txt", "--prompt", "briefing@1"), ("a", "b", "c")])
def test_render_refuses_two_prompts(desk: Desk, given: tuple[str, ...]) -> None:
    assert desk.run("prompts", "render", *given) == 2


def test_render_refuses_a_prompt_that_asks_for_no_draft(desk: Desk) -> None:
    assert desk.run("prompts", "render", "repair@2", "article.txt") == 5
    assert "asks for no draft" in desk.err


# new


def test_new_copies_the_newest_version_into_the_next(desk: Desk) -> None:
    desk.write("prompts/lock.json", "{}")
    desk.write("prompts/own/v9.md", prompt("own", 9))
    desk.write("prompts/own/v10.md", prompt("own", 10, body="=== user ===\nten {{ article }}\n"))
    out = desk.done("prompts", "new", "own")
    assert str(desk.root / "prompts/own/v11.md") in out
    assert desk.read("prompts/own/v11.md") == desk.read("prompts/own/v10.md").replace("version: 10", "version: 11")
    assert "summarizer prompts release own@11" in out


def test_new_from_a_shipped_prompt_changes_its_name_and_nothing_else(desk: Desk) -> None:
    desk.done("prompts", "new", "own", "--from", "briefing@2")
    shipped = (SHIPPED / "briefing/v2.md").read_text(encoding="utf-8")
    renamed = shipped.replace("name: briefing\nversion: 2\n", "name: own\nversion: 1\n")
    assert desk.read("prompts/own/v1.md") == renamed != shipped


def test_new_from_a_prompt_of_the_first_form_asks_for_that_form_as_it_did(desk: Desk, key: str) -> None:
    out = desk.done("prompts", "new", "own", "--from", "briefing@1")
    assert "Its schema is the newest" not in out
    assert "It says nothing of" not in out
    assert "schema: briefing-draft@1\n" in desk.read("prompts/own/v1.md")
    assert sent(desk, "--prompt", "own", answer=FIRST_DRAFT) == sent(desk, "--prompt", "briefing@1", answer=FIRST_DRAFT)


def test_a_first_prompt_asks_for_the_form_of_its_schema(desk: Desk) -> None:
    """The newest prompt of an incident asks for the first form, which has a headline; that of a briefing has none, and
    no titles of people."""
    for kind in ("incident", "briefing"):
        desk.done("prompts", "new", kind[0], "--schema", kind)
    first, second = (desk.read(f"prompts/{kind}/v1.md") for kind in "ib")
    assert "schema: incident-draft@1\n" in first
    assert "\nheadline: " in first
    assert "schema: briefing-draft@2\n" in second
    assert "\nheadline: " not in second
    assert "title: " not in second


def test_new_makes_the_first_prompt_of_a_kind_from_its_class(desk: Desk) -> None:
    desk.done("prompts", "new", "merger")
    text = desk.read("prompts/merger/v1.md")
    lines = text.splitlines()
    assert {"name: merger", "version: 1", "schema: merger-draft@1", "repair: repair@2", "inputs: [article]"} <= set(
        lines
    )
    assert "You brief analysts on a news article: a company that buys another." in lines
    assert "a number that the sentence has, null if it has none" in text
    assert "currency: the currency; as the sentence has it, empty if it does not say" in text
    assert "means: cash or shares" in text
    assert "at most 1. What is paid" in text
    assert text.endswith("=== user ===\n{{ article }}\n")


def test_the_fields_of_a_first_prompt_are_in_the_order_of_the_draft(desk: Desk) -> None:
    desk.done("prompts", "new", "own", "--schema", "briefing")
    keys = [line.partition(":")[0] for line in desk.read("prompts/own/v1.md").partition("=== system")[2].splitlines()]
    wanted = ["what", "who", "where", "when", "why", "rationale", "summary"]
    assert [key for key in keys if key in [*wanted, "headline"]] == wanted


def test_no_model_is_asked_who_says_it(desk: Desk) -> None:
    desk.done("prompts", "new", "merger")
    assert "said_by" not in desk.read("prompts/merger/v1.md")


def test_what_a_class_says_is_never_taken_for_a_template(desk: Desk) -> None:
    desk.done("prompts", "new", "merger")
    assert "Who buys, { { and }} why" in desk.done("prompts", "render", "merger", "article.txt")


def test_new_gives_a_folder_without_a_lock_an_empty_one(desk: Desk) -> None:
    desk.done("prompts", "new", "merger")
    assert desk.read("prompts/lock.json") == "{}\n"


def test_new_leaves_what_is_there_as_it_is(desk: Desk) -> None:
    desk.done("prompts", "new", "merger")
    desk.done("schemas", "release")
    desk.done("prompts", "release")
    before = desk.files()
    desk.done("prompts", "new", "merger")
    assert {name: text for name, text in desk.files().items() if name != "prompts/merger/v2.md"} == before


def test_new_counts_a_locked_version_whose_file_is_gone(desk: Desk) -> None:
    desk.write("prompts/own/v1.md", prompt("own"))
    desk.write("prompts/lock.json", json.dumps({"own@2": "0" * 64}))
    desk.done("prompts", "new", "own", "--from", "briefing")
    assert not (desk.root / "prompts/own/v2.md").exists()
    assert (desk.root / "prompts/own/v3.md").exists()


def test_new_names_the_schema_that_the_class_gives_now_and_what_the_text_lacks(desk: Desk) -> None:
    desk.done("prompts", "new", "merger")
    desk.done("schemas", "release")
    desk.change_class('"merger@1"] = "merger@1"', '"merger@2"] = "merger@2"')
    desk.change_class("    price: Price", "    cost: Price")
    desk.done("schemas", "release")
    assert "It says nothing of cost." in desk.done("prompts", "new", "merger")
    assert "schema: merger-draft@2\n" in desk.read("prompts/merger/v2.md")


def test_new_from_a_class_makes_the_next_version_too(desk: Desk) -> None:
    desk.done("prompts", "new", "merger")
    desk.done("prompts", "new", "merger", "--schema", "merger")
    assert "version: 2\n" in desk.read("prompts/merger/v2.md")


def test_a_shipped_name_is_not_for_a_prompt_of_ones_own(desk: Desk) -> None:
    assert desk.run("prompts", "new", "briefing") == 2
    assert "summarizer prompts new my-briefing --from briefing" in desk.err
    assert desk.files() == {}


@pytest.mark.parametrize("name", ["Own", "own@2", "../own", "", "1st", "o" * 65])
def test_new_refuses_what_is_no_name(desk: Desk, name: str) -> None:
    assert desk.run("prompts", "new", name, "--from", "briefing") == 2
    assert desk.files() == {}


def test_new_says_how_to_begin_where_there_is_nothing_of_that_name(desk: Desk) -> None:
    assert desk.run("prompts", "new", "nothing") == 2
    assert "--from briefing@1" in desk.err
    assert "--schema KIND" in desk.err


def test_new_refuses_two_origins(desk: Desk) -> None:
    assert desk.run("prompts", "new", "own", "--from", "briefing", "--schema", "merger") == 2


@pytest.mark.parametrize("command", ["new", "release"])
def test_without_a_project_nothing_is_written_and_the_tip_says_what_makes_one(
    nowhere: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert run(["prompts", command, "own"]) == 2
    assert '[tool.summarizer]\nprompts = "prompts"\n' in capsys.readouterr().err


def test_a_project_elsewhere_is_named_by_its_folder(desk: Desk, nowhere: Path) -> None:
    desk.done("prompts", "new", "merger", "--project", str(desk.root))
    assert (desk.root / "prompts/merger/v1.md").exists()


def test_a_prompt_made_from_a_class_briefs_an_article(desk: Desk, key: str) -> None:
    desk.done("prompts", "new", "own", "--schema", "briefing")
    assert sent(desk, "--prompt", "own")[0]["content"].startswith("You brief analysts")


# diff


@pytest.fixture
def two(desk: Desk) -> Desk:
    desk.write("prompts/lock.json", "{}")
    desk.write("prompts/own/v1.md", prompt("own", 1, "=== system ===\nBe brief.\n=== user ===\n{{ article }}\n"))
    desk.write("prompts/own/v2.md", prompt("own", 2, "=== system ===\nBe very brief.\n=== user ===\n{{ article }}\n"))
    return desk


def test_diff_shows_the_lines_that_changed(two: Desk) -> None:
    lines = two.done("prompts", "diff", "own@1", "own@2").splitlines()
    assert {"--- own@1", "+++ own@2", "-version: 1", "+version: 2", "-Be brief.", "+Be very brief."} <= set(lines)


def test_diff_with_an_article_shows_what_is_sent_and_how_much_it_is(two: Desk) -> None:
    out = two.done("prompts", "diff", "own@1", "own@2", "article.txt")
    sent = out.partition("+++ own@2 as sent")[2]
    assert "-Be brief." in sent
    rows = {line.split()[0]: line.split()[1:] for line in sent.splitlines() if line}
    assert rows["words"][2] == "+1"
    assert rows["characters"][2] == "+5"
    assert "Tokens are not counted" in out
    assert "tokens" not in rows


def test_diff_of_a_version_with_itself_says_that_it_is_the_same(two: Desk) -> None:
    out = two.done("prompts", "diff", "own@1", "own@1", "article.txt")
    assert "The texts are the same." in out
    assert "What is sent is the same." in out


def test_diff_with_run_shows_what_the_briefings_say_differently(two: Desk, key: str) -> None:
    with serving(DRAFT, DRAFT | {"why": []}) as server:
        settings = ("--model", MODEL, "--base-url", server.base_url, "--published", PUBLISHED)
        out = two.done("prompts", "diff", "own@1", "own@2", "article.txt", "--run", *settings)
    assert len(server.requests) == 2
    assert any(line.startswith("  - ") and "once a crane collapsed" in line for line in out.splitlines())


@pytest.mark.parametrize("option", [["--run"], ["--model", "local"]])
def test_diff_runs_nothing_without_an_article(two: Desk, option: list[str]) -> None:
    assert two.run("prompts", "diff", "own@1", "own@2", *option) == 2


# check


def faults(desk: Desk, *names: str) -> str:
    assert desk.run("prompts", "check", *names) == 5
    return desk.out


def test_check_of_what_is_shipped_finds_nothing(desk: Desk) -> None:
    assert "all of them are in order" in desk.done("prompts", "check")


def test_check_names_what_is_not_released_and_passes(desk: Desk) -> None:
    desk.done("prompts", "new", "own", "--from", "briefing")
    assert "NOTE  own@1 is not released." in desk.done("prompts", "check")


def test_check_lists_all_that_is_wrong(desk: Desk) -> None:
    for name in ("changed", "fine"):
        desk.done("prompts", "new", name, "--from", "briefing")
    desk.done("prompts", "release")
    desk.write("prompts/changed/v1.md", prompt("changed") + " ")
    desk.write("prompts/lock.json", json.dumps(json.loads(desk.read("prompts/lock.json")) | {"gone@1": "0" * 64}))
    desk.write("prompts/broken/v1.md", "no prompt")
    desk.write(
        "prompts/wishful/v1.md",
        prompt("wishful", body="=== user ===\n{{ weather }}{{ article }}\n", inputs="article, weather"),
    )
    desk.write("prompts/blind/v1.md", prompt("blind", body="=== user ===\nBrief.\n", inputs=""))
    desk.write("prompts/lost/v1.md", prompt("lost").replace("briefing-draft@2", "briefing-draft@7"))
    desk.write("prompts/vague/v1.md", prompt("vague").replace("briefing-draft@2", "briefing-draft"))
    desk.write("prompts/mended/v1.md", prompt("mended").replace("inputs", "repair: again@9\ninputs"))
    desk.write("prompts/circle/v1.md", prompt("circle").replace("inputs", "repair: circle@1\ninputs"))
    desk.write("prompts/stray/v01.md", prompt("stray"))
    desk.write("prompts/stray/V1.md", prompt("stray"))
    desk.write("prompts/fine/notes.txt", "notes")
    desk.write("prompts/My Prompt/v1.md", prompt("mine"))
    shutil.copytree(SHIPPED / "repair", desk.root / "prompts/repair")
    out = faults(desk)
    for said in (
        "changed/v1.md was changed after its release",
        "gone/v1.md cannot be read",
        "broken@1 has no front matter",
        "wishful@1 wants weather",
        "blind@1 does not show the article",
        "There is no schema briefing-draft@7",
        "vague@1 names the schema briefing-draft without a version",
        "There is no prompt again@9",
        "circle@1 repairs by circle@1, which asks for something else",
        "stray/v01.md is no version",
        "stray/V1.md is no version",
        "fine/notes.txt is no version",
        "My Prompt/v1.md is no version",
        "The prompt repair is defined twice",
    ):
        assert said in out, said
    assert out.count("FAULT") == 14
    assert "14 faults" in desk.err


def test_check_reports_a_lock_that_cannot_be_read_once(desk: Desk) -> None:
    desk.write("prompts/own/v1.md", prompt("own"))
    desk.write("prompts/lock.json", "{")
    assert faults(desk).count("Cannot read the lock") == 1


def test_check_of_some_names_looks_at_no_others(desk: Desk) -> None:
    desk.write("prompts/lock.json", "{}")
    desk.write("prompts/broken/v1.md", "no prompt")
    assert "2 prompts, 2 of them" in desk.done("prompts", "check", "briefing")
    assert "broken@1" in faults(desk, "broken")


def test_check_of_a_name_that_there_is_not_is_an_error(desk: Desk) -> None:
    assert desk.run("prompts", "check", "nothing") == 5
    assert "There is no prompt nothing." in desk.err


def test_check_lets_readmes_and_hidden_files_be(desk: Desk) -> None:
    desk.write("prompts/README.md", "Our prompts.")
    desk.write("prompts/.gitkeep", "")
    desk.write("prompts/lock.json", "{}")
    desk.done("prompts", "check")


def test_a_released_prompt_whose_schema_is_not_released_is_a_fault(desk: Desk) -> None:
    desk.done("prompts", "new", "merger")
    desk.done("schemas", "release")
    desk.done("prompts", "release")
    desk.write("schemas/lock.json", "{}")
    assert "merger@1 names merger-draft@1, which is not released" in faults(desk)


def test_check_finds_a_prompt_that_its_class_has_left_behind(desk: Desk) -> None:
    desk.done("prompts", "new", "merger")
    desk.done("schemas", "release")
    desk.change_class('"merger@1"] = "merger@1"', '"merger@2"] = "merger@2"')
    desk.change_class("    price: Price", "    cost: Price")
    desk.done("schemas", "release")
    assert "merger@1 asks for merger-draft@1, and its class gives merger-draft@2" in faults(desk)
    assert "summarizer prompts new merger" in desk.out


def test_check_finds_a_kind_that_cannot_be_imported(desk: Desk) -> None:
    desk.write("pyproject.toml", '[tool.summarizer.kinds]\nmerger = "nowhere:Merger"\n')
    desk.done("prompts", "check")
    desk.write("prompts/lock.json", "{}")
    desk.write("prompts/merger/v1.md", prompt("merger").replace("briefing-draft", "merger-draft"))
    assert "Cannot import nowhere:Merger" in faults(desk)


# release


def test_release_locks_what_is_new_and_says_so(desk: Desk) -> None:
    desk.done("prompts", "new", "own", "--from", "briefing")
    out = desk.done("prompts", "release")
    sha256 = artifact.read("prompts", desk.root / "prompts", "own", 1).sha256
    assert out.startswith(f"released own@1  {sha256}")
    assert json.loads(desk.read("prompts/lock.json")) == {"own@1": sha256}


def test_release_of_one_version_leaves_the_others(two: Desk) -> None:
    two.done("prompts", "release", "own@1")
    assert json.loads(two.read("prompts/lock.json")).keys() == {"own@1"}


def test_release_of_a_name_means_its_newest_version(two: Desk) -> None:
    two.done("prompts", "release", "own")
    assert json.loads(two.read("prompts/lock.json")).keys() == {"own@2"}


def test_a_second_release_changes_nothing(two: Desk) -> None:
    two.done("prompts", "release")
    before = two.files()
    assert two.done("prompts", "release") == ""
    assert "nothing to release" in two.err
    two.done("prompts", "release", "own@1")
    assert "own@1 was released before" in two.err
    assert two.files() == before


def test_a_released_prompt_stays_loadable_beside_a_newer_one(two: Desk) -> None:
    two.done("prompts", "release")
    assert "Be brief." in two.done("prompts", "render", "own@1", "article.txt")


def test_a_release_that_was_changed_is_refused_with_both_ways_out(two: Desk) -> None:
    two.done("prompts", "release", "own@1")
    before = two.read("prompts/lock.json")
    two.write("prompts/own/v1.md", prompt("own"))
    assert two.run("prompts", "release") == 5
    assert "was changed after its release" in two.err
    assert "make the next version" in two.err
    assert two.read("prompts/lock.json") == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no prompt", "has no front matter"),
        (prompt("own").replace("briefing-draft@2", "nothing-draft@1"), "There is no schema nothing-draft@1"),
        (prompt("own").replace("briefing-draft@2", "merger-draft@1"), "summarizer schemas release merger-draft@1"),
        (prompt("own", body="=== user ===\n{{ hints }}\n", inputs="hints"), None),
    ],
)
def test_what_breaks_the_rules_is_not_released(desk: Desk, text: str, said: str | None) -> None:
    desk.write("prompts/lock.json", "{}")
    desk.write("prompts/own/v1.md", text)
    assert desk.run("prompts", "release") == (5 if said else 0)
    assert (said or "") in desk.err
    assert json.loads(desk.read("prompts/lock.json")).keys() == (set() if said else {"own@1"})


def test_a_prompt_and_the_one_that_repairs_it_are_released_together(desk: Desk) -> None:
    desk.write("prompts/lock.json", "{}")
    desk.write("prompts/again/v1.md", prompt("again", body="=== user ===\n{{ hints }}\n", inputs="hints"))
    desk.write("prompts/own/v1.md", prompt("own").replace("inputs", "repair: again@1\ninputs"))
    assert desk.run("prompts", "release", "own") == 5
    assert "again@1, which is not released" in desk.err
    desk.done("prompts", "release")


def test_a_name_that_the_package_has_is_not_released(desk: Desk) -> None:
    desk.write("prompts/lock.json", "{}")
    desk.write("prompts/briefing/v2.md", prompt("briefing", 2))
    assert desk.run("prompts", "release") == 5
    assert "is defined twice" in desk.err


def test_release_of_what_there_is_not_lists_what_there_is(two: Desk) -> None:
    assert two.run("prompts", "release", "briefing@1") == 5
    assert "There are: own@1, own@2." in two.err


def test_a_lock_that_was_not_there_is_begun_and_said(desk: Desk) -> None:
    desk.write("prompts/own/v1.md", prompt("own"))
    assert desk.run("prompts", "check") == 5
    assert "If nothing was released yet: summarizer prompts release" in desk.out
    desk.done("prompts", "release")
    assert "taken as never released" in desk.err
