"""Where the shipped data is: `scenarios/` and `assets/`, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path


def _folder(name: str) -> Path:
    package = Path(__file__).resolve().parent
    for folder in (package / "data" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the folder '{name}' is neither in the package nor beside it")


def scenarios() -> Path:
    """The folder of shipped scenarios and rulebooks. Raises FileNotFoundError if it is missing."""
    return _folder("scenarios")


def balance() -> Path:
    """The folder of the shipped scenarios' balance and hindcast cards. Raises FileNotFoundError if it is missing."""
    package = Path(__file__).resolve().parent
    for folder in (package / "data" / "balance", package.parent / "docs" / "balance"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("the folder 'balance' is neither in the package nor in the documents")


def calibration() -> Path:
    """The file of the calibrated numbers. Raises FileNotFoundError if it is missing."""
    package = Path(__file__).resolve().parent
    for file in (package / "data" / "calibration.json", package.parent / "docs" / "calibration.json"):
        if file.is_file():
            return file
    raise FileNotFoundError("the file 'calibration.json' is neither in the package nor in the documents")


def assets() -> Path:
    """The folder of shipped maps, icons, flags and sounds. Raises FileNotFoundError if it is missing."""
    return _folder("assets")
