"""A display without a window and the map file, loaded once."""

from __future__ import annotations

import os
from collections.abc import Iterator

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"

import pygame
import pytest

from game.desktop.map.geometry import MapData, load_map
from tests.desktop.map.samples import ASSETS


@pytest.fixture(scope="session", autouse=True)
def display() -> Iterator[None]:
    pygame.display.init()
    pygame.font.init()
    pygame.display.set_mode((64, 64))
    yield


@pytest.fixture(scope="session")
def data() -> MapData:
    return load_map(ASSETS)
