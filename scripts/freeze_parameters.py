"""Freeze the parameters that were calibrated on recorded outcomes, with their hash.

    uv run python scripts/freeze_parameters.py [--check]

Calibrated are the named numbers that `open_door` sets itself: at most eight, fitted on the targets of 2008 to 2014
alone; `game hindcast` tells them and their hash from the same place (`game.lab.hindcast_parameters`). Writes
docs/calibration.json; with --check nothing is written, and the exit code is 1 if the file and the scenario differ, so
that nobody turns a number unnoticed after the hindcast was made.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from game.lab.hindcast_parameters import MOST, calibration
from game.lab.targets import read_targets
from game.scenario import load

FILE = Path(__file__).resolve().parent.parent / "docs" / "calibration.json"


def frozen() -> dict[str, object]:
    """What the file must hold. Raises ValueError where too many numbers are calibrated."""
    fitted = read_targets()
    found = calibration(load(fitted.calibrated).book, fitted)
    assert found is not None
    if len(found.parameters) > MOST:
        raise ValueError(f"{len(found.parameters)} parameters are calibrated; at most {MOST} are allowed")
    return found.figures()


def main() -> None:
    parser = argparse.ArgumentParser(description="Freeze the calibrated parameters.")
    parser.add_argument("--check", action="store_true")
    held = frozen()
    text = json.dumps(held, indent=2) + "\n"
    if parser.parse_args().check:
        if not FILE.is_file() or FILE.read_text(encoding="utf-8") != text:
            said = f"{FILE.name} is not what {held['scenario']} says"
            print(f"{said}: run scripts/freeze_parameters.py and the hindcast anew")
            sys.exit(1)
        return
    FILE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
