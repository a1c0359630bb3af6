"""What an event's author tells of the real history, set apart from what happens in the game."""

from __future__ import annotations

from collections.abc import Mapping

from game.text import _
from game.views.sight import Sight


def recorded(sight: Sight, event: str, slots: Mapping[str, str]) -> str:
    """The record of an event as a screen shows it below the text; "" where there is none."""
    record = sight.text("events", event, "record")
    if not record:
        return ""
    return _("From the record: {text}").format(text=sight.names.fill(record, slots))
