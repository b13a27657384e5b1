"""What a run and the processes that work for it tell each other, over a socket that nobody else has."""

from __future__ import annotations

import asyncio
import pickle
import socket
import struct
from typing import Any

_LENGTH = struct.Struct("!I")


class Wire:
    """One end of it. Messages are Python's own objects: both ends are this program."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def of(cls, end: socket.socket) -> Wire:
        end.setblocking(False)  # noqa: FBT003 (its own name for it)
        return cls(*await asyncio.open_connection(sock=end))

    def tell(self, *message: Any) -> None:
        """Sends a message, unless the other end is gone: then that is met where one is awaited."""
        told = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        if not self._writer.is_closing():
            self._writer.write(_LENGTH.pack(len(told)) + told)

    async def told(self) -> tuple[Any, ...]:
        """The next message.

        Raises:
            EOFError: the other end is gone.
        """
        try:
            length = _LENGTH.unpack(await self._reader.readexactly(_LENGTH.size))[0]
            message: tuple[Any, ...] = pickle.loads(await self._reader.readexactly(length))  # noqa: S301 (our own)
        except (asyncio.IncompleteReadError, OSError) as error:
            raise EOFError("the other end is gone") from error
        return message

    def close(self) -> None:
        self._writer.close()
