"""docs/tutorial.md, followed to the letter: outside this repository, with the package installed from its wheel."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DESK = ROOT / "examples" / "desk"
TEXT = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
STEP = re.compile(
    r"^`(?P<file>[\w./-]+)`:\n\n```\w+\n(?P<text>.*?)^```$|^```console\n(?P<run>.*?)^```$", re.MULTILINE | re.DOTALL
)
FAILS = "  # fails"
RECORDED = "cassettes/tests/test_appointments"


@dataclass(frozen=True)
class Command:
    line: str
    shown: list[str]


def commands(block: str) -> list[Command]:
    """The commands of a block, each with the lines that are shown below it."""
    found: list[Command] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(Command(line[2:], []))
        else:
            found[-1].shown.append(line)
    return found


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package in it, as its wheel installs it; what it needs comes from where the tests run."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(folder / "site"),
    ]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    return folder / "site"


@pytest.fixture
def environment(installed: Path, tmp_path: Path) -> dict[str, str]:
    tools = tmp_path / "bin"
    tools.mkdir()
    script = f'#!/bin/sh\nexec "{sys.executable}" -m summarizer "$@"\n'
    (tools / "summarizer").write_text(script)
    (tools / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    for tool in tools.iterdir():
        tool.chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {"PYTHONPATH": str(installed), "PATH": path, "SUMMARIZER_OFFLINE": "1", "COLUMNS": "200"}


def test_every_step_does_what_is_shown(environment: dict[str, str], tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    # What a model answered is recorded already, so that the command that records it replays it.
    shutil.copytree(DESK / RECORDED, desk / RECORDED)
    for step in STEP.finditer(TEXT):
        if step["file"]:
            path = desk / step["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step["text"], encoding="utf-8")
            continue
        for command in commands(step["run"]):
            follow(command, desk, environment)


def follow(command: Command, desk: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        ["sh", "-c", command.line], cwd=desk, env=environment, capture_output=True, text=True, check=False
    )
    said = done.stdout + done.stderr
    assert (done.returncode != 0) == command.line.endswith(FAILS), f"{command.line}\n{said}"
    at = 0
    for line in command.shown:
        at = said.find(line, at)
        assert at >= 0, f"{command.line} does not say {line!r}:\n{said}"


def test_the_package_that_is_used_is_the_installed_one(environment: dict[str, str], tmp_path: Path) -> None:
    """Or the test above would prove nothing about the wheel."""
    code = "import summarizer; print(summarizer.__file__)"
    done = subprocess.run(["python", "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.stdout.startswith(environment["PYTHONPATH"])


def test_every_file_of_the_tutorial_is_the_one_of_the_example() -> None:
    shown = {step["file"]: step["text"] for step in STEP.finditer(TEXT) if step["file"]}
    assert len(shown) == 5
    for name, text in shown.items():
        assert (DESK / name).read_text(encoding="utf-8").rstrip("\n") == text.rstrip("\n"), name


def test_the_tests_of_the_example_pass_as_it_stands(environment: dict[str, str], tmp_path: Path) -> None:
    copied = shutil.copytree(DESK, tmp_path / "desk", ignore=shutil.ignore_patterns("__pycache__", ".pytest_cache"))
    done = subprocess.run(
        ["python", "-m", "pytest", "--quiet"], cwd=copied, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "5 passed" in done.stdout
