"""What the engine keeps itself cannot be changed, and a government is one of the seat's doctrines."""

from __future__ import annotations

import pytest

from tests.scenario.tiny import changed, mistakes, place

D, E, S = "tiny/drift.yaml", "tiny/events.yaml", "tiny.yaml"


@pytest.mark.parametrize(
    ("effect", "name"),
    [
        ("turn = 1", "turn"),
        ("date += 1", "date"),
        ("ending = 1", "ending"),
        ("score[arda] += 100", "score"),
        ("card[arda] = 0", "card"),
        ("score[s] += 100 for s in governments", "score"),
    ],
)
@pytest.mark.parametrize(
    ("file", "old"), [(S, '"prosperity[state] -= 0.5"'), (E, '"tension[a, b] += 1"'), (S, '"summit = 1"')]
)
def test_no_effect_changes_what_the_engine_keeps(file: str, old: str, effect: str, name: str) -> None:
    files = changed(file, old, f'"{effect}"')
    at = place(files, file, f'{effect}"')
    assert f"{at}: '{name}' is the engine's own and cannot be changed" in mistakes(files)


@pytest.mark.parametrize(
    ("effect", "message"),
    [
        ("government[arda] = 2", "'government' cannot be 2; it lies between 0 and 1"),
        ("government[arda] = -1", "'government' cannot be -1; it lies between 0 and 1"),
        ("government[belen] = 1", "'government' cannot be 1; there is one doctrine only, number 0"),
        ("government[s] = 5 for s in governments", "'government' cannot be 5; it lies between 0 and 1"),
    ],
)
def test_a_government_is_one_of_the_doctrines(effect: str, message: str) -> None:
    files = changed(E, "government[arda] = 0", effect)
    assert mistakes(files) == [f"{place(files, E, chr(34) + effect)}: {message}"]
    files = changed(S, '"summit = 1"', f'"{effect}"')
    assert f"{place(files, S, chr(34) + effect)}: {message}" in mistakes(files)


@pytest.mark.parametrize("effect", ["government[arda] = 1", "government[arda] = 1 - government[arda]"])
def test_other_changes_stand(effect: str) -> None:
    files = changed(E, "government[arda] = 0", effect)
    assert [line for line in mistakes(files) if "government" in line or "engine" in line] == []
