"""A folder on this machine or on any storage that pyarrow or fsspec knows by its address, such as `s3://desk/run`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pyarrow.fs
from pyarrow.fs import FileSelector, FileSystem, FileType

from summarizer.errors import JournalError, UsageError
from summarizer.files import write_whole
from summarizer.text import one_line
from summarizer.web import is_address

_WHOLE = ("s3", "gcs", "abfs")
"""Storage that shows an object when all of it is there, and never before."""


def located(where: str) -> tuple[FileSystem, str]:
    """The filesystem of a path or an address, and the path there.

    Raises:
        UsageError: no such storage is known, or what reads it is not installed.
    """
    if not is_address(where):
        return pyarrow.fs.LocalFileSystem(), os.path.realpath(where)
    try:
        return FileSystem.from_uri(where)  # type: ignore[no-any-return]
    except (pyarrow.ArrowInvalid, pyarrow.ArrowNotImplementedError):
        pass
    except OSError as error:
        raise UsageError(f"Cannot open {one_line(where, 200)}: {one_line(str(error), 200)}.") from error
    try:
        from fsspec.core import url_to_fs

        filesystem, path = url_to_fs(where)
    except (ImportError, ValueError, OSError) as error:
        raise UsageError(
            f"Cannot open {one_line(where, 200)}: {one_line(str(error), 200)}.",
            tip="It is an address that pyarrow reads, or fsspec with what it needs for it installed.",
        ) from error
    return pyarrow.fs.PyFileSystem(pyarrow.fs.FSSpecHandler(filesystem)), path


@dataclass(frozen=True)
class Folder:
    """
    Attributes:
        shown: how it was named.
    """

    filesystem: FileSystem
    path: str
    shown: str

    @classmethod
    def at(cls, where: str) -> Folder:
        """
        Raises:
            UsageError: see `located`.
        """
        filesystem, path = located(where)
        return cls(filesystem, path.rstrip("/"), where)

    @property
    def local(self) -> Path | None:
        """Where it is on this machine, if it is."""
        return Path(self.path) if self.filesystem.type_name == "local" else None

    def names(self) -> list[str]:
        """The files that are right in it, sorted.

        Raises:
            JournalError: it cannot be read.
        """
        with self.told():
            found = self.filesystem.get_file_info(FileSelector(self.path, allow_not_found=True))
        return sorted(each.base_name for each in found if each.type == FileType.File)

    def having(self, names: list[str]) -> list[str]:
        """Those of `names` that there are."""
        with self.told():
            found = self.filesystem.get_file_info([f"{self.path}/{name}" for name in names])
        return [name for name, each in zip(names, found, strict=True) if each.type == FileType.File]

    def read(self, name: str) -> bytes:
        with self.told(), self.filesystem.open_input_stream(f"{self.path}/{name}") as file:
            return bytes(file.read())

    def write(self, name: str, content: bytes) -> None:
        """Writes a file whole or not at all, in the place of what is called so.

        Raises:
            JournalError: it cannot be written.
        """
        path = f"{self.path}/{name}"
        with self.told():
            if self.local:
                write_whole(Path(path), content)
            elif self.filesystem.type_name in _WHOLE:
                self._put(path, content)
            else:
                self.filesystem.create_dir(path.rpartition("/")[0], recursive=True)
                new = f"{path}.{uuid4().hex}.new"
                self._put(new, content)
                self.filesystem.move(new, path)

    def delete(self, name: str) -> None:
        """Takes a file away; where there is none, nothing."""
        with self.told(), suppress(FileNotFoundError):
            self.filesystem.delete_file(f"{self.path}/{name}")

    def below(self, name: str) -> Folder:
        return Folder(self.filesystem, f"{self.path}/{name}", f"{self.shown.rstrip('/')}/{name}")

    @contextmanager
    def told(self) -> Iterator[None]:
        """Errors of storage as ours."""
        try:
            yield
        except OSError as error:
            raise JournalError(
                f"Cannot work in {one_line(self.shown, 200)}: {one_line(error.strerror or str(error), 200)}.",
                tip="See to the storage, then run the same command again; what was answered is kept there.",
            ) from error

    def _put(self, path: str, content: bytes) -> None:
        with self.filesystem.open_output_stream(path) as file:
            file.write(content)
