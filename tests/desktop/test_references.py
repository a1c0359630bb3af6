"""The pictures of the documents are what the program draws now: references for every kind of screen.

After a wanted change of the look or the rules run `uv run python docs/pictures/make.py`, and look at the pictures.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pygame
import pytest

from game.scenario import Scenario, load

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parent.parent.parent / "docs" / "pictures"
specification = importlib.util.spec_from_file_location("make_pictures", FOLDER / "make.py")
assert specification is not None
assert specification.loader is not None
make = importlib.util.module_from_spec(specification)
sys.modules["make_pictures"] = make
specification.loader.exec_module(make)

MOST_DIFFERENT = 0.001
"""The share of pixels that may differ by more than 24 of 255."""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load(make.SCENARIO)


@pytest.mark.parametrize("name", list(make.PICTURES))
def test_the_picture_is_what_is_drawn(name: str, scenario: Scenario) -> None:
    reference = FOLDER / f"{name}.png"
    assert reference.exists(), f"{name} has no picture"
    drawn = pygame.surfarray.array3d(make.picture(name, scenario)).astype(int)
    kept = pygame.surfarray.array3d(pygame.image.load(str(reference))).astype(int)
    assert drawn.shape == kept.shape
    assert (np.abs(drawn - kept).max(axis=2) > 24).mean() <= MOST_DIFFERENT
