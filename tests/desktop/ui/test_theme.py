"""Colours: contrast of text, and palettes that stay apart for every colour vision."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import get_args

import pytest

from game.desktop.ui import buttons, meters
from game.desktop.ui.metrics import Metrics
from game.desktop.ui.theme import NAMES, PALETTES, TEXT_PAIRS, Theme, colour, palette
from game.desktop.ui.vision import Deficiency, contrast, distance

RAMP_STEP = 15.0  # Delta E*ab between any two steps of a map ramp; about 2.3 is just visible
STATUS_STEP = 25.0  # between good, doubtful and bad
DEFICIENCIES: tuple[Deficiency, ...] = get_args(Deficiency)


@pytest.mark.parametrize("name", PALETTES)
def test_text_has_contrast(name: str) -> None:
    theme = PALETTES[name]
    ratios = {pair: contrast(colour(theme, pair[0]), colour(theme, pair[1])) for pair in TEXT_PAIRS}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5} == {}


def test_button_and_chip_texts_are_among_the_tested_pairs() -> None:
    looks = [(ink, ground) for ground, _, _, ink in buttons._LOOKS.values() if isinstance(ground, str)]
    looks += [(ink, hover) for _, hover, _, ink in buttons._LOOKS.values() if isinstance(hover, str)]
    looks += [(ink, ground) for ground, ink in (*buttons._OFF.values(), *buttons._CHIPS.values())]
    for ink, ground in looks:
        for theme in PALETTES.values():
            assert contrast(colour(theme, str(ink)), colour(theme, str(ground))) >= 4.5, (ink, ground)
    assert {str(ink) for ink, _ in meters.TONES.values()} <= {text for text, _ in TEXT_PAIRS}


def _ramps(theme: Theme) -> tuple[tuple[tuple[int, int, int], ...], ...]:
    return theme.tension, theme.ladder


@pytest.mark.parametrize("name", ["protan", "deutan", "tritan"])
def test_palette_stays_apart_for_its_deficiency_and_for_none(name: Deficiency) -> None:
    theme = PALETTES[name]
    for seen in (name, "none"):
        for ramp in _ramps(theme):
            assert min(distance(a, b, seen) for a, b in combinations(ramp, 2)) >= RAMP_STEP
        assert min(distance(a, b, seen) for a, b in combinations(theme.status, 2)) >= STATUS_STEP


def test_standard_ramps_rise_in_steps_for_every_vision() -> None:
    for seen in DEFICIENCIES:
        for ramp in _ramps(PALETTES["standard"]):
            assert min(distance(a, b, seen) for a, b in pairwise(ramp)) >= 10


def test_why_there_are_other_palettes() -> None:
    standard = PALETTES["standard"]
    assert distance(standard.warn, standard.bad, "protan") < STATUS_STEP
    assert distance(standard.warn, standard.bad, "deutan") < STATUS_STEP


def test_known_values() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert distance((255, 255, 255), (0, 0, 0)) == pytest.approx(100, abs=0.1)
    for seen in DEFICIENCIES:  # greys look the same to all
        assert distance((120, 120, 120), (200, 200, 200), seen) == pytest.approx(
            distance((120, 120, 120), (200, 200, 200)), abs=0.6
        )


def test_unknown_names_are_refused_with_the_known_ones() -> None:
    with pytest.raises(KeyError, match="protan"):
        palette("sepia")
    with pytest.raises(KeyError, match="sepia"):
        colour(PALETTES["standard"], "sepia")
    assert "ink" in NAMES


@pytest.mark.parametrize(
    ("size", "user", "scale", "compact"),
    [
        ((1920, 1080), 1.0, 1.0, False),
        ((1280, 720), 1.0, 0.85, True),
        ((1280, 720), 0.8, 0.85, True),
        ((3840, 2160), 1.6, 3.2, True),
        ((3840, 2160), 1.0, 2.0, False),
        ((1920, 800), 1.0, 800 / 1080, False),
    ],
)
def test_scale(size: tuple[int, int], user: float, scale: float, compact: bool) -> None:
    metrics = Metrics(size, user)
    assert metrics.s == pytest.approx(scale)
    assert metrics.compact is compact


def test_user_scale_is_bounded() -> None:
    for user in (0.7, 1.7):
        with pytest.raises(ValueError, match="outside"):
            Metrics((1920, 1080), user)


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1440, 900), (1600, 900), (1920, 1080), (3840, 2160)])
def test_every_scale_that_is_offered_makes_a_difference(size: tuple[int, int]) -> None:
    """In a small window as well: there the scale begins at what can be read and ends at what the layouts bear."""
    least, most = Metrics(size).users
    steps = [least + (most - least) * step / 4 for step in range(5)]
    scales = [Metrics(size, user).s for user in steps]
    assert all(after > before * 1.02 for before, after in pairwise(scales))
    assert Metrics(size, most).wide >= 1199 and Metrics(size, most).high >= 674
    assert least <= 1.0 <= most


def test_where_no_scale_makes_a_difference_none_is_offered() -> None:
    assert Metrics((800, 600)).users == (1.0, 1.0)
