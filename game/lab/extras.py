"""Libraries that only the lab needs: named in one sentence where they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from game.text import _


class MissingExtraError(Exception):
    """A library of an extra is not installed; the text says how to get it."""


def need(module: str, extra: str) -> Any:
    """An optional module. Raises MissingExtraError where it is not installed; what is broken in it says so itself."""
    try:
        return import_module(module)
    except ModuleNotFoundError as fault:
        if not _within(module, fault.name):
            raise
        sentence = _(
            "This needs the extra '{extra}': install it with `uv sync --extra {extra}`, "
            "or with `pip install '.[{extra}]'` in the checkout."
        )
        raise MissingExtraError(sentence.format(extra=extra)) from None


def _within(module: str, missing: str | None) -> bool:
    """Whether what is missing is the module, or a package that it is a part of."""
    return missing is not None and f"{module}.".startswith(f"{missing}.")
