"""Write docs/rules/ from the shipped scenarios.

    uv run python scripts/write_rules.py [--check]

With --check nothing is written, and the exit code is 1 if a page is missing, left over or not what it would be.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from game.scenario import load, shipped
from game.views.handbook import pages

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "rules"


def main() -> None:
    parser = argparse.ArgumentParser(description="Write docs/rules/ from the shipped scenarios.")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    written = pages([load(name).book for name, _ in shipped()])
    there = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.md")} if FOLDER.is_dir() else {}
    stale = sorted(name for name in written.keys() | there.keys() if written.get(name) != there.get(name))
    if options.check:
        for name in stale:
            print(f"docs/rules/{name} is not fresh: run scripts/write_rules.py")
        sys.exit(1 if stale else 0)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in stale:
        if name in written:
            (FOLDER / name).write_text(written[name], encoding="utf-8", newline="\n")
        else:
            (FOLDER / name).unlink()


if __name__ == "__main__":
    main()
