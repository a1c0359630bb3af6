"""A worker process: reads units, writes results, ends with its pipe; or the nursery that forks such workers."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO

from game.lab.nursery import FORK, NUMBER, Source

Work = Callable[[Any, Any], Any]


def main(words: list[str]) -> None:
    """With words, be the nursery of the socket of that number; else serve standard input until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # What is made until the work begins is kept; looking through it takes longer than making it.
    if words:
        os.dup2(2, 1)
        _nurse(socket.socket(fileno=int(words[0])))
        return
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything prints must not get between the answers
    _make_ready(1, None)
    found = _prepared(sys.stdin.buffer, answers)
    if found is not None:
        _serve(*found, sys.stdin.buffer, answers)


def _answer(file: BinaryIO, message: object) -> None:
    pickle.dump(message, file, protocol=pickle.HIGHEST_PROTOCOL)
    file.flush()


def _make_ready(games: int, source: Source) -> None:
    """Import, and compile if the scenario is known, what a run needs while its work is still being prepared."""
    with suppress(ImportError):  # said when the work is known
        import_module("game.lab.unit")
        if source is not None:
            import_module("game.lab.texts").compile_ahead(source)
        fast = import_module("game.rules.fast")
        if fast.worth_loading(games):
            fast.load()


def _prepared(asked: BinaryIO, answers: BinaryIO) -> tuple[Work, Any] | None:
    """The work and what is common to its units; None if there is nothing to do."""
    try:
        work, common = pickle.load(asked)
        name, _, function = work.partition(":")
        module = import_module(name)
        found: Work = getattr(module, function)
        if hasattr(module, "prepare"):
            module.prepare(common)
    except EOFError:
        return None
    except Exception as fault:
        _answer(answers, f"{type(fault).__name__}: {fault}")
        return None
    finally:
        gc.freeze()
        gc.enable()
    _answer(answers, "ready")
    return found, common


def _serve(function: Work, common: Any, asked: BinaryIO, answers: BinaryIO) -> None:
    """Compute units until there are no more."""
    while True:
        try:
            unit = pickle.load(asked)
        except EOFError:
            return
        try:
            result = function(common, unit)
        except Exception as fault:
            _answer(answers, ("failed", f"{type(fault).__name__}: {fault}"))
        else:
            _answer(answers, ("done", result))


def _nurse(control: socket.socket) -> None:
    """Make ready, then fork workers and tell how they ended, until the socket is closed."""
    import_module("game.rules.fast").stay_single()
    with control.makefile("rb") as asked, control.makefile("wb") as answers:
        try:
            _make_ready(*pickle.load(asked))
        except EOFError:
            return
        found = _prepared(asked, answers)
    if found is None:
        return
    try:
        while True:
            command, sockets, _flags, _sender = socket.recv_fds(control, 1, 1)
            if not command:
                break
            if command == FORK:
                pid = os.fork()
                if not pid:
                    control.close()
                    _work(*found, socket.socket(fileno=sockets[0]))
                os.close(sockets[0])
                control.sendall(NUMBER.pack(pid))
            else:
                pid = NUMBER.unpack(control.recv(NUMBER.size, socket.MSG_WAITALL))[0]
                _pid, status = os.waitpid(pid, 0)
                control.sendall(NUMBER.pack(os.waitstatus_to_exitcode(status)))
    except OSError:
        pass  # Whoever asked has gone, which ends the nursery as a closed socket does.
    os.killpg(0, signal.SIGKILL)


def _work(function: Work, common: Any, own: socket.socket) -> None:
    """Be a worker, and nothing of the nursery: end without cleaning up what belongs to it."""
    status = 1
    try:
        with own.makefile("rb") as asked, own.makefile("wb") as answers:
            _serve(function, common, asked, answers)
        status = 0
    except (BrokenPipeError, ConnectionResetError):
        pass  # Nobody waits for the answer any more.
    finally:
        os._exit(status)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except BrokenPipeError:
        os._exit(1)
