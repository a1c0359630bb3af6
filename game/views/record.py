"""What an event's text tells of the record, set apart where it lies ahead of the game's date.

Texts of events end with what really happened: when and where, as a precedent. In a game that has not come so far it
would read as something that everybody knows.
"""

from __future__ import annotations

import re

from game.text import _

SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\Wa-z\d_])")
"""Between two sentences: the next begins with a letter that is not a small Latin one."""
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def told(text: str, month: int) -> str:
    """A text as it can be told in `month` (since year 0): sentences that name a later year follow as the record."""
    now: list[str] = []
    ahead: list[str] = []
    for sentence in SENTENCE.split(text):
        years = [int(year) for year in YEAR.findall(sentence)]
        (ahead if years and max(years) > month // 12 else now).append(sentence)
    if not ahead:
        return text
    record = _("From the record: {text}").format(text=" ".join(ahead))
    return " ".join([*now, record])
