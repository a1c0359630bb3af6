"""Where the files of a scenario and of its rulebook lie: among the shipped, or beside the scenario."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path as FilePath
from pathlib import PurePosixPath
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
    """The folder of a rulebook, the one beside the scenario first. One with folders only holds chapters at most."""
    for folder in (scenario.parent / name, resources.scenarios() / name):
        if _has_files(folder):
            return folder
    return None


def chapter_folders(scenario: FilePath, rulebook: FilePath, chapter: str) -> tuple[FilePath, ...]:
    """Where a chapter is looked for, the rulebook's own first. None of it leaves these two folders."""
    if not chapter.isidentifier():
        return ()
    beside = scenario.parent / chapter
    return (rulebook / chapter,) if beside == rulebook else (rulebook / chapter, beside)


def rulebook_files(scenario: FilePath, folder: FilePath, chapters: Any) -> dict[str, FilePath]:
    """The rulebook's files, and those of the chapters that the scenario names, by their names in an embedded copy.

    A chapter is a folder below the rulebook's, or one beside the scenario where the rulebook has none of that name.
    """
    folders = {folder.name: folder}
    for chapter in chapters if isinstance(chapters, list) else ():
        for place in chapter_folders(scenario, folder, chapter) if isinstance(chapter, str) else ():
            if _has_files(place):
                folders[f"{folder.name}/{chapter}" if place.parent == folder else chapter] = place
                break
    files = {f"{name}/{file.name}": file for name, one in folders.items() for file in sorted(one.glob("*.yaml"))}
    misnamed = [file for one in folders.values() for file in _files(one)]
    if misnamed := sorted(set(misnamed) - set(files.values())):
        message = "files of a rulebook end in .yaml; this one would not be read"
        raise ScenarioError([Mistake(str(file), 1, 1, message) for file in misnamed])
    if len(files) > MAX_FILES:
        raise ScenarioError([Mistake(str(folder), 1, 1, f"a rulebook has at most {MAX_FILES} files")])
    return files


def in_order(names: Iterable[str], rulebook: Any, chapters: Any) -> list[str]:
    """An embedded copy's files as they are read: the rulebook's, then those of the chapters as these are listed."""
    listed = list(chapters) if isinstance(chapters, list) else []
    place: dict[str | None, int] = {name: at for at, name in enumerate(listed) if isinstance(name, str)}
    place[None] = -1
    return sorted(names, key=lambda name: place.get(chapter_of(name, rulebook), len(listed)))


def chapter_of(name: str, rulebook: Any) -> str | None:
    """The chapter to which a file of an embedded copy belongs; None for the rulebook's own."""
    first, *others = PurePosixPath(name).parts
    if first != rulebook:
        return first
    return others[0] if len(others) > 1 else None


def _files(folder: FilePath) -> list[FilePath]:
    """What might be files of a rulebook, misnamed ones among them."""
    return [file for file in folder.glob("*") if file.suffix.lower() in (".yml", ".yaml")]


def _has_files(folder: FilePath) -> bool:
    return folder.is_dir() and bool(_files(folder))


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
