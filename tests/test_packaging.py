"""What is shipped: nothing that the program reads at run time is missing from the wheel."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import summarizer

pytest.importorskip("hatchling", reason="the wheel is built without isolation, by the hatchling that is installed")
pytest.importorskip("build")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as pip would lay it out."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def files(folder: str, at: str = "") -> set[str]:
    """The files of a folder of the checkout, as paths below `at`."""
    found = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {(Path(at or folder) / path.relative_to(ROOT / folder)).as_posix() for path in found}


def names(wheel: Path) -> set[str]:
    return set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_has_every_file_of_the_package_and_no_other(wheel: Path) -> None:
    wanted = (
        files("summarizer")
        | files("prompts", "summarizer/_data/prompts")
        | files("schemas", "summarizer/_data/schemas")
    )
    assert {name for name in names(wheel) if ".dist-info/" not in name} == wanted


def test_among_them_are_locks_prompts_schemas_and_word_lists(wheel: Path) -> None:
    """Said by name, should the folders above ever be empty."""
    below = {name.removeprefix("summarizer/") for name in names(wheel)}
    data = {
        "_data/prompts/lock.json",
        "_data/prompts/briefing/v1.md",
        "_data/schemas/lock.json",
        "_data/schemas/briefing-draft/v1.json",
    }
    assert data | {"__init__.py", "cli/brief.py", "model/client.py", "language/words/en/time.json"} <= below


def test_the_wheel_has_the_same_bytes_as_the_checkout(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for kind in ("prompts", "schemas"):
            for name in files(kind):
                assert archive.read(f"summarizer/_data/{name}") == (ROOT / name).read_bytes()


def test_the_wheel_has_its_licence_its_version_its_command_and_its_plugin(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (info,) = {name.partition("/")[0] for name in archive.namelist() if ".dist-info/" in name}
        metadata = archive.read(f"{info}/METADATA").decode()
        entries = archive.read(f"{info}/entry_points.txt").decode()
        assert "[console_scripts]\nsummarizer = summarizer.cli:main" in entries
        assert "[pytest11]\nsummarizer.testing.plugin = summarizer.testing.plugin" in entries
        assert f"{info}/licenses/LICENSE" in archive.namelist()
    assert f"\nVersion: {summarizer.__version__}\n" in metadata
    assert "Requires-Python: >=3.11" in metadata


def test_the_wheel_says_that_it_is_typed(wheel: Path) -> None:
    assert "summarizer/py.typed" in names(wheel)


def test_the_sdist_has_what_it_takes_to_test_it(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        below = {name.partition("/")[2] for name in archive.getnames()}
    tests = {name for name in files("tests") if name.endswith(".py")}
    assert tests | files("summarizer") | files("prompts") | files("schemas") | files("examples") <= below
    assert {"pyproject.toml", "LICENSE", "README.md", "Makefile"} <= below


RUN = """
import json
from summarizer import artifact
from summarizer.check import policy
from summarizer.language.lexicon import lexicon
from summarizer.prompt import Prompt
prompts = [Prompt.load(reference) for reference in artifact.registry("prompts").locked()]
print(json.dumps({
    "folders": [str(artifact.shipped(kind)) for kind in ("prompts", "schemas")],
    "prompts": {each.artifact.id: each.artifact.released for each in prompts},
    "schemas": {each: artifact.registry("schemas").load(each).released for each in artifact.registry("schemas").locked()},
    "turns": len(Prompt.load("briefing").render(article="x")),
    "weekdays": len(lexicon("en").words("weekdays")),
    "policy": policy().sha256,
}))
"""


def test_what_is_unpacked_finds_its_own_prompts_schemas_and_words(unpacked: Path, tmp_path: Path) -> None:
    # -I keeps the checkout out; the other packages come from where they are.
    code = f"import sys; sys.path.insert(0, {str(unpacked)!r})\n{RUN}"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["folders"] == [str(unpacked / "summarizer" / "_data" / kind) for kind in ("prompts", "schemas")]
    assert found["prompts"].items() >= {"briefing@1": True, "repair@1": True}.items()
    assert found["schemas"].items() >= {"briefing@1": True, "briefing-draft@1": True}.items()
    assert found["turns"] > 1
    assert found["weekdays"] >= 7


def test_the_policy_has_the_same_hash_in_the_wheel_and_in_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    """Or a briefing could not be compared with one that was made elsewhere."""
    code = "import sys; sys.path.insert(0, {!r})\nfrom summarizer.check import policy\nprint(policy().sha256)"
    hashes = [
        subprocess.run(
            [sys.executable, "-I", "-c", code.format(str(at))], capture_output=True, text=True, check=True
        ).stdout
        for at in (unpacked, ROOT)
    ]
    assert hashes[0] == hashes[1] != ""
