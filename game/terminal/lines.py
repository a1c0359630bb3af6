"""Lines a person types: with a prompt at a terminal, silently from a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from typing import TextIO


def typed_lines(source: TextIO | None = None, prompt: str = "> ") -> Iterator[str]:
    """Lines until the input ends; the end of input and Ctrl-C both simply end them."""
    source = source or sys.stdin
    if not source.isatty():
        yield from source
        return
    with suppress(ImportError):
        # Line editing and history, where the system has them.
        import_module("readline")
    while True:
        try:
            yield input(prompt)
        except (EOFError, KeyboardInterrupt):
            sys.stdout.write("\n")
            return
