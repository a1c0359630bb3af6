"""One whole game through a real window: a virtual screen, a keyboard, and the save that it leaves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from game.session import load_game

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed, so there is no virtual screen"),
    pytest.mark.skipif(shutil.which("xdotool") is None, reason="xdotool is not installed, so nobody can press keys"),
]

SECONDS = 120
END_TURN, YES = (1202, 24), (771, 408)
"""Where the button and the answer of its question stand at 1280×720."""


@pytest.fixture
def display() -> Iterator[str]:
    """A virtual screen of 1280×720 on a free number. It must not start anew whenever a client of it ends."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x720x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader, encoding="ascii") as numbers:
        yield f":{numbers.readline().strip()}"
    server.terminate()
    server.wait(10)


def until(holds: Callable[[], bool], what: str, seconds: float = SECONDS) -> None:
    """Wait for something, with a limit."""
    limit = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < limit, f"{what} did not come within {seconds} seconds"
        time.sleep(0.1)


def test_a_whole_game_through_a_window(display: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    environment = {**os.environ, "DISPLAY": display, "OPEN_DOOR_HOME": str(home)}
    for name in ("SDL_VIDEODRIVER", "SDL_AUDIODRIVER"):
        environment.pop(name, None)
    environment["SDL_AUDIODRIVER"] = "dummy"
    scenario = Path(__file__).parent.parent / "data" / "tiny.yaml"
    log = (tmp_path / "window.log").open("w", encoding="utf-8")
    command = [sys.executable, "-m", "game.cli", "play", str(scenario), "--as", "arda", "--seed", "3"]
    window = subprocess.Popen(command, env=environment, stdout=log, stderr=log)

    def press(*keys: str) -> None:
        subprocess.run(["xdotool", "key", "--delay", "60", *keys], env=environment, check=True)

    def click(x: int, y: int) -> None:
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], env=environment, check=True)

    def saved_turn() -> int:
        """The turn of the newest automatic save; 0 before the first, a large number when the game is over."""
        saves = sorted(home.glob("saves/*.json"), key=lambda path: path.stat().st_mtime)
        if not saves:
            return 0
        game = load_game(saves[-1])
        return 1_000 if game.over else game.turn

    def shows_a_window() -> bool:
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--class", "."], env=environment, capture_output=True, check=False
        )
        return bool(found.stdout.strip())

    try:
        until(lambda: window.poll() is not None or shows_a_window(), "a window")
        assert window.poll() is None, (tmp_path / "window.log").read_text(encoding="utf-8")
        time.sleep(3)
        turn = 0
        for _ in range(40):
            if turn >= 1_000:
                break
            before = turn
            for attempt in range(4):
                if attempt:
                    # Something has to be decided first: the button has opened the card, 1 marks and gives an answer.
                    press("1", "1")
                    time.sleep(0.5)
                click(*END_TURN)
                time.sleep(0.8)
                click(*YES)  # where orders are left the game asks first
                limit = time.monotonic() + 4
                while (turn := saved_turn()) <= before and time.monotonic() < limit:
                    time.sleep(0.1)
                if turn > before:
                    break
            time.sleep(1)
            press("Escape")  # from the report back to the map
            time.sleep(0.5)
            assert turn > before, f"turn {before} does not end"
        assert turn >= 1_000
        assert window.poll() is None
    finally:
        window.terminate()
        code = window.wait(20)
        log.close()
    text = (tmp_path / "window.log").read_text(encoding="utf-8")
    assert "stopped" not in text, text
    assert code in (0, -15), text
