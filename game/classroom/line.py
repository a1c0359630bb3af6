"""One open socket: what waits to be sent on it."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Literal

MOST_WAITING = 64
Kind = Literal["pupil", "teacher", "projector"]


def text_of(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


class Line:
    """A bounded queue of messages for one socket. One that does not read is let go: it will come again."""

    def __init__(self, kind: Kind, person: int = 0) -> None:
        self.kind, self.person = kind, person
        self.waiting: asyncio.Queue[str] = asyncio.Queue(MOST_WAITING)
        self.closed = asyncio.Event()
        self.reason = 1000

    def put(self, text: str) -> None:
        try:
            self.waiting.put_nowait(text)
        except asyncio.QueueFull:
            self.close(1013)

    def close(self, reason: int) -> None:
        """End the line after what is being sent. reason: a WebSocket close code."""
        self.reason = reason
        self.closed.set()
