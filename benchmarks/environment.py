"""Virtual environments for other programs, since what they depend on does not go together with what we do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

CACHE = user_cache_path("summarizer-benchmarks")


@dataclass(frozen=True)
class Environment:
    """One with these packages, which are pinned; it is kept under the user's cache."""

    packages: tuple[str, ...]

    @property
    def home(self) -> Path:
        pins = "_".join(each.replace("==", "-") for each in self.packages)
        return CACHE / f"{pins}-py{sys.version_info[0]}.{sys.version_info[1]}"

    @property
    def python(self) -> Path:
        return self.home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    def install(self) -> None:
        """Makes it, once.

        Raises:
            OSError, subprocess.SubprocessError: it cannot be made; `reason` says why.
        """
        done = self.home / "installed"
        if done.exists():
            return
        print(f"(installing {', '.join(self.packages)} under {self.home.parent})", file=sys.stderr)
        _run([sys.executable, "-m", "venv", "--clear", str(self.home)])
        _run([str(self.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *self.packages])
        done.touch()


def reason(error: Exception) -> str:
    """The last line of what a failed command said."""
    said = str(getattr(error, "stderr", "") or error).strip().splitlines()
    return said[-1] if said else type(error).__name__


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=600)
