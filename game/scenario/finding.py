"""Where the files of a scenario and of its rulebook lie: among the shipped, or beside the scenario."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Any

from game import resources
from game.scenario.faults import Mistake, ScenarioError
from game.scenario.language import nearest
from game.scenario.marked import MAX_BYTES

MAX_FILES = 64


def find(source: str | FilePath) -> FilePath:
    """The file of a shipped id, or the path as it was given. Raises ScenarioError for an id that is no file either."""
    if isinstance(source, str) and source.isidentifier():
        file = _shipped_file(source)
        if file.is_file():
            return file
        if not FilePath(source).exists():
            ids = [file.stem for file in resources.scenarios().glob("*.yaml")]
            message = f"there is no shipped scenario '{source}'{nearest(source, ids)}"
            raise ScenarioError([Mistake(source, 1, 1, message)])
    return FilePath(source)


def _shipped_file(name: str) -> FilePath:
    return resources.scenarios() / f"{name}.yaml"


def rulebook_folder(scenario: FilePath, name: str) -> FilePath | None:
    """The folder of a rulebook, the one beside the scenario first."""
    for folder in (scenario.parent / name, resources.scenarios() / name):
        if folder.is_dir():
            return folder
    return None


def rulebook_files(folder: FilePath, chapters: Any) -> list[FilePath]:
    """The rulebook's files, and those of the chapters (folders below it) that the scenario names."""
    folders = [folder]
    for chapter in chapters if isinstance(chapters, list) else ():
        if isinstance(chapter, str) and chapter.isidentifier() and (folder / chapter).is_dir():
            folders.append(folder / chapter)
    files = [file for one in folders for file in sorted(one.glob("*.yaml"))]
    misnamed = [file for one in folders for file in one.glob("*") if file.suffix.lower() in (".yml", ".yaml")]
    if misnamed := sorted(set(misnamed) - set(files)):
        message = "files of a rulebook end in .yaml; this one would not be read"
        raise ScenarioError([Mistake(str(file), 1, 1, message) for file in misnamed])
    if len(files) > MAX_FILES:
        raise ScenarioError([Mistake(str(folder), 1, 1, f"a rulebook has at most {MAX_FILES} files")])
    return files


def read_bytes(file: FilePath, shown: str) -> bytes:
    """A file's bytes, one more than are allowed at most. shown: its name in messages. Raises ScenarioError."""
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as fault:
        reason = (fault.strerror or "it cannot be read").lower()
        if isinstance(fault, FileNotFoundError):
            reason += nearest(file.name, [one.name for one in file.parent.glob("*.yaml")])
        elif isinstance(fault, IsADirectoryError):
            reason += "; name the file of a scenario"
        raise ScenarioError([Mistake(shown, 1, 1, f"the file cannot be read: {reason}")]) from None


def folders_in(where: FilePath) -> list[str]:
    """The folders in which files of a rulebook lie, by name."""
    return sorted({file.parent.name for file in where.glob("*/*.yaml")})
