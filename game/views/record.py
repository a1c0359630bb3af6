"""What an event's author tells of the real history, set apart from what happens in the game, and never ahead of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from game.text import _
from game.views.sight import Sight

_YEAR = re.compile(r"(?<![\w/])(?:19|20)\d\d(?!\w)")
# A day's number may carry a full stop: `am 17. Juni`.
_SENTENCE = re.compile(r"(?<=[.!?])(?<!\b\d\.)(?<!\b\d\d\.)\s+(?=\W*[A-ZÀ-ÞĀ-Ž])")


def recorded(sight: Sight, event: str, slots: Mapping[str, str]) -> str:
    """The record of an event as a screen shows it below the text; "" where there is none, or where it is to come."""
    record = sight.text("events", event, "record")
    if not record or foretells(sight, record):
        return ""
    return _("From the record: {text}").format(text=sight.names.fill(record, slots))


def foretells(sight: Sight, text: str) -> bool:
    """Whether a text names a later year than the game's, while the game goes on; nothing is to come once it is over."""
    if sight.game.over:
        return False
    year = sight.month // 12
    return any(int(found) > year for found in _YEAR.findall(text))


def until_now(sight: Sight, text: str) -> tuple[str, str]:
    """A text up to the first sentence that names a later year than the game's, and the rest."""
    if not foretells(sight, text):
        return text, ""
    parts = sentences(text)
    at = next((at for at, part in enumerate(parts) if foretells(sight, part)), 0)
    return " ".join(parts[:at]), " ".join(parts[at:])


def sentences(text: str) -> list[str]:
    """A text cut after each sentence; none of an empty one."""
    return _SENTENCE.split(text) if text else []
