"""The lab in Python: an argument that makes no sense is named, and nothing is begun."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")

from game import lab
from game.lab.hindcast import hindcast

TINY = str(Path(__file__).parent.parent / "data" / "tiny.yaml")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"turns": "no"}, "turns: 'no' is not True or False"),
        ({"games": True}, "games: True is not a whole number"),
        ({"seed": None}, "seed: None is not a whole number"),
        ({"done": None}, "done: None cannot be called"),
        ({"dask": True}, "dask: True is not 'local' or the address"),
        ({"scenario": None}, "scenario: None is not the id of a scenario"),
        ({"scenario": 3}, "scenario: 3 is not"),
        ({"out": None}, "out: None is not the name of a folder"),
    ],
)
def test_what_is_of_a_wrong_kind_is_named(tmp_path: Path, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(TypeError, match=said):
        lab.run(**{"scenario": TINY, "out": tmp_path / "run", "games": 2, "workers": 0, **wrong})
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"seed": -1}, "^seed: a run's seed is at least 0, not -1$"),
        ({"games": 0}, "^games: a run has at least one game, not 0$"),
        ({"batch": 0}, "^batch: a batch is at least 1 game, not 0$"),
        ({"workers": -2}, "^workers: there are at least 0 processes, not -2$"),
    ],
)
def test_a_number_out_of_range_is_named_alone(tmp_path: Path, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        lab.run(**{"scenario": TINY, "out": tmp_path / "run", "games": 4, "workers": 0, **wrong})
    assert not list(tmp_path.iterdir())


def test_a_hindcast_is_of_a_data_set() -> None:
    with pytest.raises(TypeError, match=r"data: 'folder' is not a data set, which `lab.run` gives"):
        hindcast("folder")  # type: ignore[arg-type]
