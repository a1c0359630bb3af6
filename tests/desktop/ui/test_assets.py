"""Icons, flags and sounds: all load, tint without dark fringes, and are reproduced by their script."""

from __future__ import annotations

import importlib.util
import wave
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pygame
import pytest

from game.desktop.ui.assets import Pictures, assets_folder
from game.desktop.ui.fonts import _FILES, Fonts
from game.desktop.ui.sound import CUES, Sounds

PICTURES = Pictures()
FLAGS = {
    *("albania", "bosnia", "bulgaria", "croatia", "greece", "hungary", "kosovo", "montenegro", "north_macedonia"),
    *("romania", "serbia", "slovenia", "turkey", "republika_srpska", "nato", "eu", "united_states", "russia"),
    *("high_representative", "germany", "france", "italy", "spain", "slovakia", "cyprus", "united_kingdom", "ukraine"),
    *("georgia", "poland", "netherlands", "canada", "czechia", "portugal", "norway", "denmark", "belgium"),
}


@pytest.mark.parametrize("size", [16, 25])
def test_all_icons_load_and_take_their_colour(size: int) -> None:
    ink = (178, 58, 8)
    names = PICTURES.names("icons")
    assert len(names) >= 50
    for name in names:
        icon = PICTURES.icon(name, size, ink)
        assert icon.get_size() == (size, size)
        seen = [icon.get_at((x, y)) for x in range(size) for y in range(size) if icon.get_at((x, y)).a > 8]
        assert len(seen) > size // 2, name
        assert all(max(abs(p[i] - ink[i]) for i in range(3)) <= 3 for p in seen), f"{name} has a fringe"


def test_icons_are_drawn_with_one_stroke() -> None:
    for path in (assets_folder() / "icons").glob("*.svg"):
        root = ElementTree.parse(path).getroot()
        assert root.get("viewBox") == "0 0 24 24", path.name
        groups = [g for g in root.iter() if g.get("stroke-width")]
        assert [g.get("stroke-width") for g in groups] == ["1.7"], path.name


def test_all_flags_load() -> None:
    names = PICTURES.names("flags")
    assert set(names) >= FLAGS
    looks = set()
    for name in names:
        flag = PICTURES.flag(name, 24, 3)
        assert flag.get_size() == (36, 24)
        assert flag.get_at((18, 12)).a >= 250 and flag.get_at((0, 0)).a < 128, name
        looks.add(pygame.image.tobytes(flag, "RGBA"))
    assert len(looks) == len(names)


def test_unknown_picture_names_the_known_ones() -> None:
    with pytest.raises(KeyError, match="albania"):
        PICTURES.flag("atlantis", 20)


def test_fonts_hold_the_languages() -> None:
    fonts = Fonts()
    for role in _FILES:
        letters = "čćžšđëçăâîșțğış" + ("" if role == "serif_italic" else "ЂђЉљЊњЋћЏџЃѓЌќЅѕ→")
        metrics = fonts.get(role, 20).metrics(letters)  # type: ignore[arg-type]
        assert all(m is not None for m in metrics), role
    assert fonts.get("ui", 15) is fonts.get("ui", 15)


def test_sound_script_reproduces_the_committed_bytes(tmp_path: Path) -> None:
    folder = assets_folder() / "sounds"
    spec = importlib.util.spec_from_file_location("build_sounds", folder / "build.py")
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    made = script.build(tmp_path)
    assert {path.stem for path in made} == set(CUES)
    assert sum(path.stat().st_size for path in made) < 300_000
    for path in made:
        assert path.read_bytes() == (folder / path.name).read_bytes(), path.name
        with wave.open(str(path)) as sound:
            frames = memoryview(sound.readframes(sound.getnframes())).cast("h")
        assert 500 < max(frames) < 32_767 // 4, f"{path.name} is not quiet"


def test_sounds_never_raise(tmp_path: Path) -> None:
    assert Sounds(on=False).play("select") is False
    broken = Sounds(on=True, folder=tmp_path)
    assert broken.play("select") is False
    assert Sounds(on=True).play("no such cue") is False
    Sounds(on=True).play("select")
