"""What the README shows is what the program prints."""

from __future__ import annotations

from pathlib import Path

from summarizer import Settings, Source, Summarizer
from summarizer.report.terminal import terminal

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_briefing_in_the_readme_is_the_one_that_its_command_prints() -> None:
    source = Source.read(ROOT / "examples" / "strike.txt", published="2026-03-11")
    with Summarizer(Settings(cassette=ROOT / "cassettes" / "strike.json")) as summarizer:
        shown = terminal(summarizer.brief(source), width=88)
    indented = "".join(f"    {line}\n" if line else "\n" for line in shown.rstrip("\n").split("\n"))
    assert indented in README


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
