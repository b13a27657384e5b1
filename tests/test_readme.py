"""What the README shows is what the program prints."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any

import pytest

from summarizer import Settings, Source, Summarizer
from summarizer.cli import run
from summarizer.kind import kind_of, wire_of
from summarizer.report.terminal import terminal

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_briefing_in_the_readme_is_the_one_that_its_command_prints() -> None:
    source = Source.read(ROOT / "examples" / "strike.txt", published="2026-03-11")
    with Summarizer(Settings(cassette=ROOT / "cassettes" / "briefing@2" / "strike.json")) as summarizer:
        shown = terminal(summarizer.brief(source), width=88)
    indented = "".join(f"    {line}\n" if line else "\n" for line in shown.rstrip("\n").split("\n"))
    assert indented in README


def test_the_dossier_in_the_readme_is_made_of_what_its_command_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "88")
    shown = README.partition("three invented reports:\n\n")[2].partition("\n## ")[0]
    articles = [str(ROOT / "examples" / "together" / f"{name}.txt") for name in ("wire", "morning", "followup")]
    days = [each for day in ("2026-04-14", "2026-04-14", "2026-04-15") for each in ("--published", day)]
    cassette = ROOT / "cassettes" / "together" / "ferry.json"
    assert run(["brief", *articles, "--together", *days, "--cassette", str(cassette)]) == 0
    printed = capsys.readouterr().out
    parts = [textwrap.dedent(part) for part in re.split(r"\n\n(?=    WHAT ALL)", shown.rstrip("\n"))]
    assert len(parts) == 2
    assert all(part in printed for part in parts)


def test_the_list_of_prompts_in_the_readme_is_the_one_that_its_command_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert run(["prompts", "list"]) == 0
    assert "".join(f"    {line}\n" for line in capsys.readouterr().out.splitlines()) in README


def test_the_class_in_the_readme_is_a_kind_of_briefing() -> None:
    block = README.partition("A kind of your own")[2].partition("```python\n")[2].partition("```")[0]
    made: dict[str, Any] = {"__name__": "readme"}
    exec(compile(block, "README.md", "exec", dont_inherit=True), made)
    kind = kind_of(made["Merger"])
    assert [slot.name for slot in kind.slots] == ["deal", "price"]
    assert list(wire_of(made["Price"]).model_fields) == ["s", "claim", "amount", "currency"]


@pytest.mark.parametrize("command", re.findall(r"`summarizer ((?:prompts|schemas|cassettes|diff)[ a-z]*)", README))
def test_every_command_in_the_readme_is_there(command: str) -> None:
    words = command.split()
    known = next(at for at in (2, 1) if run([*words[:at], "--help"]) == 0)
    assert known


def test_the_exit_codes_in_the_readme_are_the_ones_of_the_errors() -> None:
    from summarizer import errors

    told = README.partition("## Exit codes")[2]
    for error, word in [
        (errors.UsageError, "usage"),
        (errors.SourceError, "source"),
        (errors.QuotaError, "quota"),
        (errors.RateLimitError, "rate limit"),
        (errors.DeadlineError, "deadline"),
        (errors.SchemaError, "schema"),
    ]:
        assert f"{error.exit_code} {word}" in told
