"""Libraries that only the lab needs: named in one sentence where they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from game.text import _


class MissingExtraError(Exception):
    """A library of an extra is not installed; the text says how to get it."""


def need(module: str, extra: str) -> Any:
    """An optional module. Raises MissingExtraError where it is not installed."""
    try:
        return import_module(module)
    except ImportError:
        sentence = _(
            "This needs the extra '{extra}': install it with `uv sync --extra {extra}`, "
            "or with `pip install '.[{extra}]'` in the checkout."
        )
        raise MissingExtraError(sentence.format(extra=extra)) from None
