"""From files to a scenario: find, read, merge, check, and say everything that is wrong at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from pathlib import PurePosixPath
from typing import Any

from pydantic import ValidationError

from game import resources
from game.scenario.book import Book, Fault, TooManyFaultsError, merge, read_book
from game.scenario.checks import check_book, check_names
from game.scenario.collector import uncollected
from game.scenario.faults import Mistake, ScenarioError
from game.scenario.finding import (
    chapter_folders,
    chapter_of,
    find,
    folders_in,
    in_order,
    read_bytes,
    rulebook_files,
    rulebook_folder,
)
from game.scenario.language import nearest
from game.scenario.marked import Marked, Path, read_yaml
from game.scenario.models import Rulebook, ScenarioModel
from game.scenario.pledges import origin
from game.scenario.sections import Sections
from game.scenario.wording import read_faults

MAX_TOTAL_BYTES = 2_000_000

_OF_SCENARIO = {"id", "rulebook", "start_date", "turns", "summary", "briefing"}


@dataclass(frozen=True)
class Scenario:
    """A checked scenario.

    path: as it was given. text: the raw bytes of its files, by their names relative to the scenario's
    folder (`ID.yaml`, `RULEBOOK/….yaml`); `load_texts` makes the same scenario of them again.
    """

    id: str
    path: str
    book: Book
    text: Mapping[str, bytes]


@dataclass(frozen=True)
class Files:
    """A scenario's files as they were read, not yet looked into.

    data: bytes by name, as in `Scenario.text`; names: what faults call each; path: as it was given;
    parsed: the scenario's own file, where it has been parsed already.
    """

    data: Mapping[str, bytes]
    names: Mapping[str, str]
    path: str
    parsed: tuple[Any, Marked] | None = None


def read_files(source: str | FilePath) -> Files:
    """The files of a shipped id, or of a path to a scenario's file. Raises ScenarioError."""
    path = find(source)
    name, shown = path.name, str(path)
    data = read_bytes(path, shown)
    files, names = {name: data}, {name: shown}
    parsed = read_yaml(data, shown)
    raw = parsed[0]
    rulebook = raw.get("rulebook") if isinstance(raw, dict) else None
    if isinstance(rulebook, str) and rulebook.isidentifier():
        folder = rulebook_folder(path, rulebook)
        if folder is not None:
            for relative, file in rulebook_files(path, folder, raw.get("chapters")).items():
                files[relative] = read_bytes(file, str(file))
                names[relative] = str(file)
    return Files(files, names, shown, parsed)


def files_of(texts: Mapping[str, bytes], path: str = "") -> Files:
    """The files of an embedded copy, as `Scenario.text` gives it."""
    return Files(dict(texts), {name: name for name in texts}, path)


def load(source: str | FilePath) -> Scenario:
    """The scenario of a shipped id, or of a path to its file. Raises ScenarioError with all faults."""
    return load_files(read_files(source))


def load_texts(texts: Mapping[str, bytes], path: str = "") -> Scenario:
    """The scenario of an embedded copy, as `Scenario.text` gives it. Raises ScenarioError."""
    return load_files(files_of(texts, path))


def load_files(files: Files) -> Scenario:
    """The scenario of files that have been read. Raises ScenarioError with all faults."""
    with uncollected():
        return _assemble(files.data, files.names, files.path, files.parsed)


@dataclass(frozen=True)
class Head:
    """What a list of scenarios says of one without loading it. start_date: `YYYY-MM`; seats: how many can be played."""

    start_date: str
    id: str
    title: str
    turns: int
    turn_months: int
    seats: int


def shipped_heads() -> list[Head]:
    """Every shipped scenario, in the order of their start dates."""
    found = []
    for file in sorted(resources.scenarios().glob("*.yaml")):
        raw, _ = read_yaml(read_bytes(file, str(file)), str(file))
        if isinstance(raw, dict):
            turns, months, seats = raw.get("turns"), raw.get("turn_months"), raw.get("seats")
            found.append(
                Head(
                    str(raw.get("start_date", "")),
                    file.stem,
                    str(raw.get("title", file.stem)),
                    turns if isinstance(turns, int) else 0,
                    months if isinstance(months, int) else 0,
                    len(seats) if isinstance(seats, list) else 0,
                )
            )
    return sorted(found, key=lambda head: (head.start_date, head.id))


def shipped() -> list[tuple[str, str]]:
    """(id, title) of every shipped scenario, in the order of their start dates."""
    return [(head.id, head.title) for head in shipped_heads()]


# -- putting together --------------------------------------------------------------------------------


def _assemble(
    files: Mapping[str, bytes], names: Mapping[str, str], path: str, parsed: tuple[Any, Marked] | None = None
) -> Scenario:
    """A scenario of its file (the one without a folder) and the files of its rulebook.

    parsed: the scenario's file, where it has been read already.
    """
    mistakes: list[Mistake] = []
    tops = [name for name in files if len(PurePosixPath(name).parts) == 1]
    if len(tops) != 1:
        raise ScenarioError([Mistake(path or "scenario", 1, 1, "there must be exactly one scenario file")])
    top = tops[0]
    if sum(len(data) for data in files.values()) > MAX_TOTAL_BYTES:
        raise ScenarioError([Mistake(names[top], 1, 1, f"the files are larger than {MAX_TOTAL_BYTES:,} bytes")])
    raw, marked = parsed or read_yaml(files[top], names[top])
    sections = Sections()
    named = raw if isinstance(raw, dict) else {}
    rulebook = named.get("rulebook")
    parts = in_order((name for name in files if name != top), rulebook, named.get("chapters"))
    for name in parts:
        try:
            sections.add(*read_yaml(files[name], names[name]), chapter=chapter_of(name, rulebook) is not None)
        except ScenarioError as fault:
            mistakes += fault.mistakes
    sections.settle()
    if isinstance(raw, dict):
        if not _OF_SCENARIO & raw.keys() and raw.keys() & Rulebook.model_fields.keys():
            message = "this is a file of a rulebook; name the file of a scenario, which says 'rulebook: …'"
            raise ScenarioError([Mistake(names[top], 1, 1, message)])
        mistakes += _missing_rulebook(raw, marked, parts, FilePath(path or names[top]))
        raw, marked = sections.with_changes(raw, marked)
        rules, rules_marks = raw.get("rules"), marked.child("rules")
        base = Marked(marked.start, dict(sections.marks), sections.keys)
        mistakes += sections.mistakes
        sections.mistakes = []
        model = _validate(Rulebook, sections.raw, base, mistakes)
        if isinstance(rules, dict) and rules_marks is not None:
            sections.index(rules, rules_marks, replaces=True)
            mistakes += sections.mistakes
    else:
        model = None
    scenario = _validate(ScenarioModel, raw, marked, mistakes)
    if mistakes or model is None or scenario is None:
        raise ScenarioError(mistakes)
    try:
        book, faults = read_book(merge(model, scenario.rules), scenario)
        faults = [*faults, *check_names(book)] if faults else check_book(book)
    except TooManyFaultsError as stop:
        faults = list(stop.faults)
    except RecursionError:
        raise ScenarioError([Mistake(names[top], 1, 1, "something is nested too deeply")]) from None
    if faults:
        sources = {names[name]: data.decode("utf-8-sig").splitlines() for name, data in files.items()}
        raise ScenarioError(_place(fault, sections, marked, sources.__getitem__) for fault in faults)
    return Scenario(scenario.id, path or names[top], book, dict(files))


def _missing_rulebook(
    raw: Mapping[str, Any], marked: Marked, parts: Sequence[str], scenario: FilePath
) -> Iterator[Mistake]:
    name, chapters = raw.get("rulebook"), raw.get("chapters")
    if not isinstance(name, str) or not name.isidentifier():
        return  # its own fault says so
    if not any(chapter_of(part, name) is None for part in parts):
        near = nearest(name, [*folders_in(scenario.parent), *folders_in(resources.scenarios())])
        message = f"there is no rulebook '{name}' beside the scenario or among the shipped{near}"
        yield marked.mistake(("rulebook",), message)
    elif isinstance(chapters, list):
        found = {chapter_of(part, name) for part in parts}
        for place, chapter in enumerate(chapters):
            if isinstance(chapter, str) and chapter not in found:
                folder = rulebook_folder(scenario, name)
                known = [*(folders_in(folder) if folder else ()), *folders_in(scenario.parent)]
                near = nearest(chapter, [one for one in known if one != name])
                message = f"the rulebook '{name}' has no folder '{chapter}' with files, and none is beside the scenario"
                if folder is not None and (searched := chapter_folders(scenario, folder, chapter)):
                    near += f"; searched: {', '.join(map(str, searched))}"
                message += near
                yield marked.mistake(("chapters", place), message)


def _validate(model: Any, raw: Any, marked: Marked, mistakes: list[Mistake]) -> Any:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        for path, message, on_key in read_faults(model, error):
            mistakes.append(marked.mistake(path, message, on_key))
        return None


def _place(fault: Fault, sections: Sections, scenario: Marked, lines: Callable[[str], Sequence[str]]) -> Mistake:
    """A fault of the book at its line: in the scenario, or at the item of a section by its id."""
    place = _place_of(fault, sections, scenario)
    if fault.first is not None:
        first = _place_of(Fault(fault.first, ""), sections, scenario)
        place = replace(place, message=place.message.replace("{line}", str(first.line)))
    if fault.column is not None and fault.text is not None:
        line = lines(place.path)[place.line - 1 :][:1]
        start = place.column - 1
        for quote in (0, 1):
            if line and line[0][start + quote :].startswith(fault.text[: fault.column + 1]):
                return replace(place, column=place.column + quote + fault.column)
    return place


def _place_of(fault: Fault, sections: Sections, scenario: Marked) -> Mistake:
    path = origin(fault.path, [name for section, name in sections.items if section == "pledges"])
    if path[:1] == ("scenario",):
        return scenario.mistake(path[1:], fault.message)
    if path[0] == "additions" and len(path) > 1:
        return _place_of_addition(path, sections, scenario, fault.message)
    section, name = str(path[0]), str(path[1]) if len(path) > 1 else ""
    own = scenario.child("rules")
    if (
        not name
        and own is not None
        and (said := own.child(section)) is not None
        and not isinstance(said.children, list)
    ):
        return said.mistake(path[2:], fault.message)  # what is no list of items replaces the rulebook's
    item = sections.items.get((section, name))
    if item is not None:
        return item.mistake(path[2:], fault.message)
    whole = sections.items.get((section, "")) or sections.marks.get(section)
    if whole is not None:
        return whole.mistake(path[1:], fault.message)
    return scenario.mistake(("rules", *path), fault.message)


def _place_of_addition(path: Path, sections: Sections, scenario: Marked, message: str) -> Mistake:
    """Additions are counted through: the rulebook's first, then the scenario's."""
    number, base = int(path[1]), sections.marks.get("additions")
    theirs = len(base.children) if base is not None and isinstance(base.children, list) else 0
    if base is not None and number < theirs:
        return base.mistake(path[1:], message)
    return scenario.mistake(("rules", "additions", number - theirs, *path[2:]), message)
