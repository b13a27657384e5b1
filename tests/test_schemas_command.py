"""`summarizer schemas`: a schema that was released never changes, and a change says what it breaks."""

from __future__ import annotations

import json
from pathlib import Path

import desk
import pytest
from desk import Desk

from summarizer import artifact
from summarizer.cli import run

SHIPPED = artifact.shipped("schemas")
NEXT = ('"merger@1"] = "merger@1"', '"merger@2"] = "merger@2"')
BREAKING = ("    price: Price", "    cost: Price")
WIDENING = ('Literal["cash", "shares"], Cued({', 'Literal["cash", "shares", "debt"], Cued({"debt": ["debt"], ')
RESTATING = ('"""A company that buys another."""', '"""A company that takes over another."""')


@pytest.fixture(name="desk")
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    return desk.make(tmp_path, monkeypatch, capsys)


@pytest.fixture
def released(desk: Desk) -> Desk:
    """The project with its first schemas released."""
    desk.done("schemas", "release")
    return desk


def faults(desk: Desk, *names: str) -> str:
    assert desk.run("schemas", "check", *names) == 5
    return desk.out


# list and show


def test_list_says_what_each_version_is_of(released: Desk) -> None:
    rows = [row.split() for row in released.done("schemas", "list").splitlines()]
    assert ["incident@1", "released", "shipped"] in [row[:3] for row in rows]
    (row,) = [row for row in rows if row[0] == "merger@1"]
    assert " ".join(row[4:]) == "Merger: A company that buys another."


def test_list_as_json_has_all_that_the_table_has(released: Desk) -> None:
    ids = {row.split()[0] for row in released.done("schemas", "list").splitlines()}
    assert {each["id"] for each in json.loads(released.done("schemas", "list", "--format", "json"))} == ids


def test_show_prints_the_text_of_a_version_and_nothing_else(desk: Desk) -> None:
    assert desk.done("schemas", "show", "incident@1") == (SHIPPED / "incident/v1.json").read_text(encoding="utf-8")


# release


def test_release_writes_what_the_classes_give_and_locks_it(desk: Desk) -> None:
    out = desk.done("schemas", "release")
    assert json.loads(desk.read("schemas/merger/v1.json"))["title"] == "Merger"
    assert json.loads(desk.read("schemas/merger-draft/v1.json"))["title"] == "MergerDraft"
    assert json.loads(desk.read("schemas/lock.json")).keys() == {"merger@1", "merger-draft@1"}
    assert "released merger@1" in out


def test_nothing_is_written_for_the_kinds_of_the_package(desk: Desk) -> None:
    desk.done("schemas", "release")
    assert not [name for name in desk.files() if "briefing" in name or "incident" in name]


def test_a_second_release_changes_nothing(released: Desk) -> None:
    before = released.files()
    assert released.done("schemas", "release") == ""
    assert released.files() == before


def test_release_of_one_schema_leaves_the_others(desk: Desk) -> None:
    desk.done("schemas", "release", "merger-draft@1")
    assert json.loads(desk.read("schemas/lock.json")).keys() == {"merger-draft@1"}
    assert "schemas/merger/v1.json" not in desk.files()


@pytest.mark.parametrize("change", [BREAKING, WIDENING, RESTATING])
def test_no_change_is_released_without_a_new_version(released: Desk, change: tuple[str, str]) -> None:
    before = released.files()
    released.change_class(*change)
    assert released.run("schemas", "release") == 5
    assert 'Set in Merger: schema_id: Literal["merger@2"] = "merger@2".' in released.err
    assert released.files() == before


def test_a_breaking_change_is_named_where_it_is_refused(released: Desk) -> None:
    released.change_class(*BREAKING)
    assert released.run("schemas", "release") == 5
    assert "This breaks what was stored under it" in released.err
    assert "breaks: price was removed" in released.err
    assert "breaks: cost is new, and required" in released.err
    assert "Replace Merger.upgrade" in released.err


def test_a_change_that_only_widens_is_named_too(released: Desk) -> None:
    released.change_class(*WIDENING)
    assert released.run("schemas", "release") == 5
    assert "What was stored stays readable" in released.err
    assert 'widens: price.means now takes "debt" too' in released.err
    assert "upgrade" not in released.err


def test_a_new_version_is_released_beside_the_old_one(released: Desk) -> None:
    old = released.read("schemas/merger/v1.json")
    released.change_class(*BREAKING)
    released.change_class(*NEXT)
    released.done("schemas", "release")
    assert "merger@2 breaks what was stored under merger@1: price was removed." in released.err
    assert "Replace Merger.upgrade" in released.err
    assert released.read("schemas/merger/v1.json") == released.done("schemas", "show", "merger@1") == old
    assert "cost" in json.loads(released.done("schemas", "show", "merger"))["properties"]


def test_a_class_that_reads_what_was_stored_is_not_told_to(released: Desk) -> None:
    released.change_class(*BREAKING)
    released.change_class(*NEXT)
    released.change_class(
        "    headline:",
        "    @classmethod\n    def upgrade(cls, stored, version):\n        return stored\n\n    headline:",
    )
    released.done("schemas", "release")
    assert "breaks what was stored" in released.err
    assert "upgrade" not in released.err


def test_a_new_draft_gets_the_next_number_and_the_prompt_is_told(released: Desk) -> None:
    released.change_class(*BREAKING)
    released.change_class(*NEXT)
    released.done("schemas", "release")
    assert "schema: merger-draft@2" in released.err
    assert "cost" in json.loads(released.read("schemas/merger-draft/v2.json"))["properties"]


def test_a_draft_that_is_as_before_keeps_its_number(released: Desk) -> None:
    released.change_class(*RESTATING)
    released.change_class(*NEXT)
    released.done("schemas", "release")
    assert json.loads(released.read("schemas/lock.json")).keys() == {"merger@1", "merger@2", "merger-draft@1"}


def test_an_unreleased_version_is_written_anew(desk: Desk) -> None:
    desk.write("schemas/lock.json", "{}")
    desk.write("schemas/merger/v1.json", "{}")
    desk.done("schemas", "release")
    assert json.loads(desk.read("schemas/merger/v1.json"))["title"] == "Merger"


def test_a_version_older_than_the_newest_release_is_refused(released: Desk) -> None:
    released.change_class(*NEXT)
    released.done("schemas", "release")
    released.change_class(NEXT[1], NEXT[0])
    released.change_class(*BREAKING)
    assert released.run("schemas", "release") == 5
    assert '"merger@3"' in released.err


def test_a_release_that_was_changed_is_refused(released: Desk) -> None:
    released.write("schemas/merger/v1.json", "{}")
    assert released.run("schemas", "release") == 5
    assert "was changed after its release" in released.err


def test_a_name_that_no_file_could_have_is_refused(desk: Desk) -> None:
    desk.change_class('"merger@1"] = "merger@1"', '"../merger@1"] = "../merger@1"')
    desk.write("pyproject.toml", desk.read("pyproject.toml").replace("merger =", '"../merger" ='))
    assert desk.run("schemas", "release") == 5
    assert "no file could be called" in desk.err
    assert not list(desk.root.parent.glob("merger*"))


def test_without_a_project_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["schemas", "release"]) == 2
    assert '[tool.summarizer]\nschemas = "schemas"\n' in capsys.readouterr().err


# check


def test_check_of_what_is_released_finds_nothing(released: Desk) -> None:
    assert "8 schemas, 8 of them released: all of them are in order." in released.done("schemas", "check")


def test_check_names_what_has_no_file_yet_and_passes(desk: Desk) -> None:
    out = desk.done("schemas", "check")
    assert "merger@1 has no file yet: summarizer schemas release merger@1" in out
    assert desk.done("schemas", "check", "merger") != out


def test_check_says_whether_a_change_of_a_class_breaks(released: Desk) -> None:
    released.change_class(*BREAKING)
    out = faults(released, "merger")
    assert "breaks: price was removed" in out
    assert '"merger@2"' in out
    assert "merger-draft" not in out


def test_check_says_that_a_change_only_widens(released: Desk) -> None:
    released.change_class(*WIDENING)
    out = faults(released)
    assert 'widens: price.means now takes "debt" too' in out
    assert "breaks" not in out
    assert "summarizer schemas release merger-draft@2" in out


def test_check_says_that_a_change_restates(released: Desk) -> None:
    released.change_class(*RESTATING)
    assert "restates: all of it has another description" in faults(released)


def test_check_passes_once_the_new_version_is_released(released: Desk) -> None:
    released.change_class(*BREAKING)
    released.change_class(*NEXT)
    faults(released)
    released.done("schemas", "release")
    released.done("schemas", "check")


def test_check_lists_all_that_is_wrong(released: Desk) -> None:
    released.change_class(*BREAKING)
    released.write("schemas/other/v1.json", "[]")
    released.write("schemas/other/v2.json", "{")
    released.write("schemas/other/v3.yaml", "{}")
    released.write("schemas/incident/v2.json", "{}")
    released.write("schemas/merger-draft/v1.json", "{}")
    out = faults(released)
    for said in (
        "other/v1.json: A schema is no JSON object",
        "other/v2.json: A schema is no JSON",
        "other/v3.yaml is no version",
        "The schema incident is defined twice",
        "merger-draft/v1.json was changed after its release",
    ):
        assert said in out, said


def test_check_finds_an_unreleased_file_that_is_not_what_the_class_gives(released: Desk) -> None:
    released.change_class(*NEXT)
    released.write("schemas/merger/v2.json", "{}")
    assert "merger/v2.json is not what Merger gives" in faults(released)


def test_check_finds_a_kind_that_cannot_be_imported(released: Desk) -> None:
    released.write("pyproject.toml", '[tool.summarizer.kinds]\nmerger = "nowhere:Merger"\n')
    assert "Cannot import nowhere:Merger" in faults(released)


# diff


def test_diff_of_two_versions_tells_what_changed_and_what_it_breaks(released: Desk) -> None:
    released.change_class(*BREAKING)
    released.change_class(*WIDENING)
    released.change_class(*NEXT)
    released.done("schemas", "release")
    lines = released.done("schemas", "diff", "merger@1", "merger@2").splitlines()
    assert "breaks  price was removed" in lines
    assert "breaks  cost is new, and required" in lines
    assert "breaks  price is new, and required" in released.done("schemas", "diff", "merger@2", "merger@1")


def test_diff_of_a_name_compares_its_release_with_the_class(released: Desk) -> None:
    assert released.done("schemas", "diff", "merger") == "No difference.\n"
    released.change_class(*WIDENING)
    assert 'widens    price.means now takes "debt" too' in released.done("schemas", "diff", "merger")


def test_diff_of_a_name_that_no_class_gives_wants_two_versions(released: Desk) -> None:
    assert released.run("schemas", "diff", "nothing") == 2
    assert "summarizer schemas diff OLD NEW" in released.err


def test_diff_of_a_name_without_a_release_says_how_to_get_one(desk: Desk) -> None:
    assert desk.run("schemas", "diff", "merger") == 5
    assert "summarizer schemas release merger@1" in desk.err
