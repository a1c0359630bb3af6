"""What a list of saves says of each: read off a save's first lines, without checking or loading it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from game.scenario import Book
from game.scenario.called import called, holds
from game.session.game import Game
from game.session.records import PERSON
from game.session.save import About
from game.session.store import LARGEST
from game.text import keyed

FIRST_LINES, LONGEST = 5, 20_000


@dataclass(frozen=True)
class Headline:
    """A save file, when it was written (seconds since 1970), and what it says of itself: nothing where it is broken."""

    path: Path
    written: float
    about: About | None


def about_of(game: Game) -> About:
    """What a list says of a game as it stands."""
    book, layout = game.ruleset.book, game.ruleset.layout
    month, people = game.value("date"), game.people
    return About(
        title=book.scenario.title,
        begun=game.begun or None,
        seed=game.seed,
        people={seat: _called(game, book, seat, month) for seat in people},
        turn=game.turn,
        turns=book.scenario.turns,
        month=month,
        months=game.ruleset.turn_months,
        score={seat: int(game.column[layout.row(f"score[{seat}]")]) for seat in people} if game.turn > 1 else {},
        over=game.over,
    )


def _called(game: Game, book: Book, seat: str, month: int) -> str:
    """What a seat is called at the moment, as a heading."""
    layout = game.ruleset.layout

    def value(quantity: str, args: tuple[str, ...]) -> Fraction:
        row = layout.find(quantity, args)
        assert row is not None, quantity
        return Fraction(int(game.column[row]), layout.scale(row))

    thing = next((thing for thing in book.rulebook.things if thing.id == seat), None)
    if thing is None:
        return seat
    conditions = book.name_conditions.get(seat, {})
    name = keyed(*called(thing, month, lambda place: place in conditions and holds(conditions[place], value)))
    return name[:1].upper() + name[1:]


def headline(path: Path) -> Headline:
    """The headline of a file, which need not be a save. Raises nothing."""
    try:
        return Headline(path, path.stat().st_mtime, _read(path))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Headline(path, 0.0, None)


def _read(path: Path) -> About | None:
    with path.open("rb") as file:
        for _line in range(FIRST_LINES):
            line = file.readline(LONGEST)
            if line.startswith(b'"about": '):
                try:
                    return About.model_validate(json.loads(line.decode("utf-8").strip().removesuffix(",")[9:]))
                except ValidationError:
                    return None
        file.seek(0)
        return _of_old(json.loads(file.read(LARGEST)))


def _of_old(content: dict[str, Any]) -> About:
    """A save from before there were headlines: what can be told from its whole content."""
    scenario, world = content["scenario"], content["world"]
    text = str(scenario["files"].get(str(scenario["path"]), {}).get("text", ""))
    found = {key: re.search(rf"^{key}: *['\"]?(.+?)['\"]? *$", text, re.MULTILINE) for key in ("title", "turns")}
    title, turns = found["title"], found["turns"]
    turn = int(str(world["turn"]))
    people = [seat for seat, holder in content["seats"].items() if str(holder) == PERSON]
    return About(
        title=title.group(1) if title else str(scenario["id"]),
        seed=int(str(content["seed"])),
        people={seat: seat.replace("_", " ").title() for seat in people},
        turn=turn,
        turns=int(turns.group(1)) if turns and turns.group(1).isdigit() else 0,
        month=int(str(world["date"])),
        months=1,
        score={seat: int(str(world[f"score[{seat}]"])) for seat in people} if turn > 1 else {},
        over=str(world["ending"]) != "0",
    )
