"""Freeze the parameters that were calibrated on recorded outcomes, with their hash.

    uv run python scripts/freeze_parameters.py [--check]

Calibrated are the named numbers that `open_door` sets itself: at most eight, fitted on the targets of 2008 to 2014
alone. Writes docs/calibration.json; with --check nothing is written, and the exit code is 1 if the file and the
scenario differ, so that nobody turns a number unnoticed after the hindcast was made.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

from game.scenario import load

SCENARIO = "open_door"
MOST = 8
FILE = Path(__file__).resolve().parent.parent / "docs" / "calibration.json"


def frozen() -> dict[str, object]:
    """What the file must hold. Raises ValueError where too many numbers are calibrated."""
    values = {one.id: one.value for one in load(SCENARIO).book.scenario.rules.parameters}
    if len(values) > MOST:
        raise ValueError(f"{len(values)} parameters are calibrated; at most {MOST} are allowed")
    text = json.dumps(values, sort_keys=True, separators=(",", ":"))
    digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
    return {"scenario": SCENARIO, "window": ["2008-01", "2014-12"], "parameters": values, "hash": digest}


def main() -> None:
    parser = argparse.ArgumentParser(description="Freeze the calibrated parameters.")
    parser.add_argument("--check", action="store_true")
    text = json.dumps(frozen(), indent=2) + "\n"
    if parser.parse_args().check:
        if not FILE.is_file() or FILE.read_text(encoding="utf-8") != text:
            print(f"{FILE.name} is not what {SCENARIO} says: run scripts/freeze_parameters.py and the hindcast anew")
            sys.exit(1)
        return
    FILE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
