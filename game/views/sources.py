"""Sources as a reader sees them: the keys of `docs/sources.md` spelled out."""

from __future__ import annotations

import re

from game.text import _

# A key by itself; not where it stands in brackets behind its own name already.
_KEY = re.compile(r"(?<![\w(])S([1-5])(?!\w)")


def spelled(text: str) -> str:
    """A source with its keys spelled out: `S2; NATO` names the document behind S2."""
    keys = (
        _("RUSI seminar in Timișoara, 2008: NATO in South Eastern Europe (S1)"),
        _("Delegation of Romania to NATO: Romania and the Alliance in the Western Balkans (S2)"),
        _("News article: Leaders of the Western Balkans in Skopje (S3)"),
        _("Belgrade Centre for Security Policy: NATO in the Balkans, the Balkans in NATO (S4)"),
        _("Analysis of 2025: NATO's commitment to stability in the Western Balkans (S5)"),
    )
    return _KEY.sub(lambda found: keys[int(found[1]) - 1], text)
