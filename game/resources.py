"""Where the shipped data is: `scenarios/` and `assets/`, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str, *, beside: str = "") -> Path:
    """A folder or file in the package's data, or in a checkout in a folder beside the package."""
    for path in (PACKAGE / "data" / name, PACKAGE.parent / beside / name):
        if path.exists():
            return path
    raise FileNotFoundError(f"'{name}' is neither in the package nor in '{beside or '.'}' beside it")


def scenarios() -> Path:
    """The folder of shipped scenarios and rulebooks. Raises FileNotFoundError if it is missing."""
    return _shipped("scenarios")


def balance() -> Path:
    """The folder of the shipped scenarios' balance and hindcast cards. Raises FileNotFoundError if it is missing."""
    return _shipped("balance", beside="docs")


def calibration() -> Path:
    """The file of the calibrated numbers. Raises FileNotFoundError if it is missing."""
    return _shipped("calibration.json", beside="docs")


def assets() -> Path:
    """The folder of shipped maps, icons, flags and sounds. Raises FileNotFoundError if it is missing."""
    return _shipped("assets")
