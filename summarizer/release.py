"""Locking artifacts: `python -m summarizer.release [--again NAME@N ...]`, for a checkout of this project.

Writes the newest schemas from their models and adds every prompt and schema that is not locked yet to its
lock. A locked file that changed is refused, unless `--again` names it: for versions that were in no release.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from summarizer import artifact, schema
from summarizer.artifact import Kind
from summarizer.files import write_whole


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m summarizer.release")
    parser.add_argument("--again", nargs="*", default=[], metavar="NAME@N", help="lock these anew")
    again = frozenset(parser.parse_args().again)
    kinds: tuple[Kind, ...] = ("prompts", "schemas")
    for kind in kinds:
        kept = {name: sha256 for name, sha256 in artifact.locks(kind).items() if name not in again}
        _write_lock(kind, kept)
    _write_schemas()
    for kind in kinds:
        for name, sha256 in lock(kind).items():
            print(f"{kind[:-1]} {name} {sha256}")


def lock(kind: Kind) -> dict[str, str]:
    """Adds every version of `kind` that is not locked to its lock, and returns the lock.

    Raises:
        ArtifactError: a locked file is missing or was changed.
    """
    names = {path.parent.name for path in artifact.folder(kind).glob("*/v*")}
    found = [artifact.load(kind, f"{name}@{n}") for name in sorted(names) for n in artifact.versions(kind, name)]
    hashes = {each.id: each.sha256 for each in found}
    _write_lock(kind, hashes)
    return hashes


def _write_schemas() -> None:
    """The newest version of each schema, where it is not locked."""
    locked = artifact.locks("schemas")
    for name, model in schema.generated().items():
        version = max(artifact.versions("schemas", name), default=1)
        if f"{name}@{version}" not in locked:
            write_whole(artifact.folder("schemas") / name / f"v{version}.json", schema.text(model))


def _write_lock(kind: Kind, hashes: dict[str, str]) -> None:
    path: Path = artifact.folder(kind) / artifact.LOCK
    write_whole(path, json.dumps(hashes, indent=2) + "\n")


if __name__ == "__main__":
    main()
