"""A worker process: reads units from standard input, writes results to standard output, ends with its pipe."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from contextlib import suppress
from importlib import import_module


def main() -> None:
    """Serve until standard input is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything prints must not get between the answers

    def answer(message: object) -> None:
        pickle.dump(message, answers, protocol=pickle.HIGHEST_PROTOCOL)
        answers.flush()

    with suppress(ImportError):  # said when the work is known
        import_module("game.lab.unit")  # while the work is still being prepared
    try:
        work, common = pickle.load(sys.stdin.buffer)
        module, _, name = work.partition(":")
        function = getattr(import_module(module), name)
    except EOFError:
        return
    except Exception as fault:
        answer(f"{type(fault).__name__}: {fault}")
        return
    answer("ready")
    while True:
        try:
            unit = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        try:
            result = function(common, unit)
        except Exception as fault:
            answer(("failed", f"{type(fault).__name__}: {fault}"))
        else:
            answer(("done", result))


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        os._exit(1)
