"""Writing files so that a reader never sees half of one."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes `content`, text as UTF-8, to a new file beside `path`, then puts that in its place. Links are followed.

    Raises:
        OSError: it could not be written, or `path` is a folder or a device; it is as it was.
    """
    with replacing(path) as file:
        file.write(content.encode() if isinstance(content, str) else content)


def put(path: Path, content: bytes) -> None:
    """`write_whole` of what can be made again at any time: it is not waited for until the disk has it. For one writer;
    a link is replaced, and not followed.

    Raises:
        OSError: it could not be written.
    """
    new = path.parent / f".{path.name}.new"
    new.write_bytes(content)
    new.replace(path)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A new file beside `path`, which is put in its place when the block is left without an error. Links are followed.

    Raises:
        OSError: see `write_whole`.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not a regular file")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        new = Path(file.name)
        try:
            yield file.file
            file.flush()
            os.fsync(file.fileno())
            new.chmod(0o666 & ~_umask())
            new.replace(path)
        except BaseException:
            new.unlink()
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
