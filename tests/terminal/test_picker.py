"""Choosing a scenario and a seat in words."""

from __future__ import annotations

import io

import pytest

from game.scenario import shipped
from game.terminal import PlainSpeaker
from game.terminal.picker import pick


def test_by_id_and_by_number_after_a_mistake() -> None:
    out = io.StringIO()
    found = pick(PlainSpeaker(out), iter(["tutorail\n", "\n", "tutorial\n", "1\n"]))
    assert found is not None
    assert (found[0].id, found[1]) == ("tutorial", "croatia")
    said = out.getvalue()
    assert "There is no 'tutorail'; nearest: tutorial" in said
    assert all(ident in said for ident, _title in shipped())


@pytest.mark.parametrize("lines", [["quit"], [], ["tutorial", "quit"], ["tutorial"]])
def test_leaving_is_always_possible(lines: list[str]) -> None:
    assert pick(PlainSpeaker(io.StringIO()), iter(lines)) is None
