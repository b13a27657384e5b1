"""docs/evaluation.md: what it shows is what the program prints, and its example is gold."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from golds import written

from summarizer.cli import run
from summarizer.evaluation import Gold, read

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")
GOLD = ROOT / "examples" / "gold.jsonl"
EVERY = read(GOLD)


@pytest.mark.parametrize("command", re.findall(r"^    \$ summarizer (.*)$", TEXT, re.MULTILINE))
def test_what_the_document_shows_is_what_its_command_prints(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SUMMARIZER_OFFLINE", "1")
    assert run(command.split()) == 0
    shown = "".join(f"    {line}\n" if line else "\n" for line in capsys.readouterr().out.splitlines())
    assert f"    $ summarizer {command}\n{shown}" in TEXT


def test_the_example_in_the_document_is_gold(tmp_path: Path) -> None:
    block = TEXT.partition("```json\n")[2].partition("```")[0]
    (found,) = read(written(tmp_path / "gold.jsonl", json.loads(block)))
    told = TEXT.partition("| key | what it holds |")[2].partition("\n\n")[0]
    keys = set(re.findall(r"`(\w+)`", "".join(row.partition("|")[2].partition("|")[0] for row in told.splitlines())))
    assert keys | {"schema"} == {info.alias or name for name, info in Gold.model_fields.items()}
    assert {info.alias or name for name, info in Gold.model_fields.items()} == json.loads(block).keys()
    assert found.answers["why"] == []


def test_the_python_in_the_document_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    block = TEXT.partition("```python\n")[2].partition("```")[0]
    made: dict[str, Any] = {}
    exec(compile(block, "evaluation.md", "exec", dont_inherit=True), made)
    assert "strike why wrong" in capsys.readouterr().out
    assert made["found"].differences == {}


def test_every_set_that_is_read_is_in_the_document() -> None:
    from summarizer.evaluation import sets

    keys = re.findall(r"^\| [^|]+ \| [^|]+ \| ([^|]+) \| [^|]+ \|$", TEXT, re.MULTILINE)
    assert all(any(f"`{key}`" in told for told in keys) for key in sets._BY_KEY)


@pytest.mark.parametrize("gold", EVERY, ids=lambda gold: gold.id)
def test_the_gold_of_the_examples_is_about_the_examples(gold: Gold) -> None:
    assert gold.text == (ROOT / "examples" / f"{gold.id}.txt").read_text(encoding="utf-8")
    with (ROOT / "examples" / "published.tsv").open(encoding="utf-8") as table:
        published = {row["file"]: row["published"] for row in csv.DictReader(table, delimiter="\t")}
    assert str(gold.published) == published[f"{gold.id}.txt"]


@pytest.mark.parametrize("gold", EVERY, ids=lambda gold: gold.id)
def test_what_it_says_is_quoted_or_given_as_reason_stands_in_the_text(gold: Gold) -> None:
    pieces = [piece for each in gold.quotations or () for piece in each.pieces]
    reasons = [each.reason for each in gold.stated_rationale or ()]
    assert pieces
    assert reasons
    assert all(each in gold.text for each in pieces + reasons)
    speakers = {each.speaker for each in [*(gold.quotations or ()), *(gold.stated_rationale or ())]}
    assert all(each in gold.text for each in speakers if each)
