"""A process that makes everything ready once and forks the workers from it, where the system can.

Rules and accelerator are loaded once instead of in every worker, the workers share that memory, and one that dies is
replaced at once. The nursery reads commands from a socket and ends, with all its workers, when that is closed, so
none outlives the run, however that ends.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

FORKS = sys.platform == "linux"
"""Elsewhere there is no fork, or system libraries do not survive it."""
FORK, STATUS = b"f", b"s"
NUMBER = struct.Struct("<q")
WORKER = [sys.executable, "-P", "-m", "game.lab.worker"]
"""-P: what this process imports, and nothing of the same name in the folder it stands in."""


Source = str | Path | Mapping[str, bytes] | None
"""A scenario by its id, by its path, or by its texts; None: not known yet."""


class NurseryDiedError(Exception):
    """The nursery has ended; workers that it forked may still be at work."""


class Nursery:
    """The process as its user sees it. Calls from several threads wait for one another."""

    def __init__(self, environment: Mapping[str, str], games: int = 1, source: Source = None) -> None:
        """games: how many the run has, which tells whether the accelerator will be worth its loading; source: what
        they are likely to play."""
        self.socket, theirs = socket.socketpair()
        self.lock = threading.Lock()
        with theirs:
            self.process = subprocess.Popen(
                [*WORKER, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env=dict(environment),
                start_new_session=True,
            )
        with suppress(OSError), self.socket.makefile("wb") as file:
            # One that has died already is found out when it is asked for something.
            pickle.dump((games, source), file, protocol=pickle.HIGHEST_PROTOCOL)

    def prepare(self, work: str, common: object) -> str:
        """Have it load what all workers need; "ready" or what went wrong. Raises NurseryDiedError."""
        try:
            with self.lock, self.socket.makefile("rwb") as file:
                pickle.dump((work, common), file, protocol=pickle.HIGHEST_PROTOCOL)
                file.flush()
                return str(pickle.load(file))
        except (EOFError, OSError, pickle.UnpicklingError):
            raise NurseryDiedError from None

    def fork(self) -> ForkedWorker:
        """A new worker. Raises NurseryDiedError."""
        ours, theirs = socket.socketpair()
        try:
            with theirs, self.lock:
                socket.send_fds(self.socket, [FORK], [theirs.fileno()])
                number = self._number()
        except (NurseryDiedError, OSError):
            ours.close()
            raise NurseryDiedError from None
        return ForkedWorker(self, number, ours)

    def status(self, pid: int) -> int | None:
        """With what status a worker that has died ended; None where that is not known."""
        try:
            with self.lock:
                self.socket.sendall(STATUS + NUMBER.pack(pid))
                return self._number()
        except (NurseryDiedError, OSError):
            return None

    def _number(self) -> int:
        data = self.socket.recv(NUMBER.size, socket.MSG_WAITALL)
        if len(data) < NUMBER.size:
            raise NurseryDiedError
        return int(NUMBER.unpack(data)[0])

    def stop(self) -> None:
        """End it and all its workers."""
        self.kill()
        self.process.wait()
        self.socket.close()

    def kill(self) -> None:
        """The same without waiting for it; whoever waits for an answer gets none."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


class ForkedWorker:
    """One worker of a nursery."""

    def __init__(self, nursery: Nursery, pid: int, own: socket.socket) -> None:
        self.nursery, self.pid = nursery, pid
        self.file = own.makefile("rwb")
        own.close()  # The file keeps it open.

    def send(self, message: object) -> None:
        """Raises OSError where it has died."""
        pickle.dump(message, self.file, protocol=pickle.HIGHEST_PROTOCOL)
        self.file.flush()

    def receive(self) -> Any:
        """Raises EOFError where it has died."""
        try:
            return pickle.load(self.file)
        except (pickle.UnpicklingError, OSError):
            raise EOFError from None

    def kill(self) -> None:
        """End it, whatever it does."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def stop(self) -> int | None:
        """End it and give its exit status."""
        self.kill()
        with suppress(OSError):
            self.file.close()
        return self.nursery.status(self.pid)


class OwnWorker:
    """A worker that is a process of its own and makes everything ready itself."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            WORKER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(environment), start_new_session=True
        )

    def prepare(self, work: str, common: object) -> str:
        """Have it load what it needs; "ready" or what went wrong. Raises EOFError, OSError where it has died."""
        self.send((work, common))
        return str(self.receive())

    def send(self, message: object) -> None:
        """Raises OSError where it has died."""
        assert self.process.stdin is not None
        pickle.dump(message, self.process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
        self.process.stdin.flush()

    def receive(self) -> Any:
        """Raises EOFError where it has died."""
        assert self.process.stdout is not None
        try:
            return pickle.load(self.process.stdout)
        except pickle.UnpicklingError:
            raise EOFError from None

    def kill(self) -> None:
        """End it, whatever it does."""
        self.process.kill()

    def stop(self) -> int | None:
        """End it and give its exit status."""
        self.process.kill()
        status = self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with suppress(OSError):
                pipe.close()
        return status


def environment(changes: Mapping[str, str]) -> dict[str, str]:
    """The environment of a process that imports what this one can import."""
    path = os.pathsep.join(part or str(Path.cwd()) for part in sys.path)
    return {**os.environ, **changes, "PYTHONPATH": path}
