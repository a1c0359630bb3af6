"""Saves of several games beside each other, and the list that one is picked from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pygame

from game.desktop.app import App
from game.desktop.loading import open_save
from game.desktop.ui.ledger import Ledger
from game.rules import Ruleset
from game.scenario import Scenario
from game.session import Game, autosave, backups, headline, load_game, save_game, saved_games
from game.session.saving import MOST_AUTOSAVES, SUFFIX

Tiny = tuple[Scenario, Ruleset]


def begin(tiny: Tiny, seat: str = "arda", seed: int = 3) -> Game:
    return Game.new(tiny[0], [seat], seed=seed, ruleset=tiny[1])


def told(app: App) -> list[str]:
    """Every text of the screen; none lies over another."""
    ledger = Ledger(app.size)
    app.settle(ledger)
    ledger.entries = [entry for entry in ledger.entries if entry.layer >= 0]
    assert ledger.faults() == []
    return [entry.text for entry in ledger.entries]


def test_every_game_has_an_autosave_of_its_own(tiny: Tiny) -> None:
    games = [begin(tiny), begin(tiny), begin(tiny, "belen"), begin(tiny, seed=9)]
    for game in games:
        game.end_turn()
    paths = [autosave(game) for game in games]
    assert len(set(paths)) == 4 and set(saved_games()) == set(paths)
    games[0].end_turn()
    assert autosave(games[0]) == paths[0] and len(backups(paths[0])) == 1
    again = load_game(paths[0])
    again.end_turn()
    assert autosave(again) == paths[0], "a loaded game goes on in its place"
    assert [load_game(path).turn for path in paths] == [4, 2, 2, 2]


def test_keeping_what_is_kept_already_pushes_no_version_out(tiny: Tiny) -> None:
    game = begin(tiny)
    game.end_turn()
    path = autosave(game)
    assert autosave(game) == path and not backups(path)


def test_the_autosaves_of_the_last_games_are_kept(tiny: Tiny) -> None:
    by_hand = begin(tiny)
    save_game(by_hand, saved_path := autosave(by_hand).with_name(f"mine{SUFFIX}"))
    paths = [autosave(begin(tiny, seed=number)) for number in range(MOST_AUTOSAVES + 2)]
    left = saved_games()
    assert saved_path in left and len(left) == MOST_AUTOSAVES + 1
    assert set(paths[-MOST_AUTOSAVES:]) <= set(left)


def test_going_on_from_an_earlier_version_leaves_the_later_one(tiny: Tiny) -> None:
    game = begin(tiny)
    for _turn in range(3):
        game.end_turn()
        path = autosave(game)
    earlier = load_game(backups(path)[1])
    assert earlier.turn == 2
    earlier.end_turn()
    assert autosave(earlier) != path
    assert load_game(path).turn == 4 and len(backups(path)) == 2


def test_saves_of_two_games_lie_beside_each_other(app: App, tiny: Tiny) -> None:
    for _game in range(2):
        app.take_up(begin(tiny))
        app.settle()
        app.act("save")
        app.act("save")
    assert len(saved_games()) == 2


def test_the_list_says_what_a_save_is_of(app: App, tiny: Tiny, click: Callable[[str], None]) -> None:
    game = begin(tiny)
    for _turn in range(3):
        game.end_turn()
        path = autosave(game)
    broken = path.with_name(f"broken{SUFFIX}")
    broken.write_text("{", encoding="utf-8")
    app.open("load")
    texts = told(app)
    title = game.scenario.book.scenario.title
    assert f"{title}: Arda" in texts and "broken" in texts
    assert any("turn 4 of" in text and "luck 3" in text and "score" in text for text in texts)
    click(f"earlier:{path.name}")
    assert sum("turn" in text for text in told(app)) == 3
    click(f"save:{path.name}.2")
    app.settle()
    assert app.desk is not None and app.desk.game.turn == 2


def test_a_save_without_a_headline_is_listed_too(app: App) -> None:
    old = Path(__file__).parents[2] / "data" / "saves" / "schema_1.json"
    found = headline(old).about
    assert found is not None and found.title and found.turn == 8 and found.seed == 8 and found.over
    copy = autosave_folder() / f"autosave-tiny{SUFFIX}"
    copy.write_bytes(old.read_bytes())
    app.open("load")
    assert any(text.startswith(found.title) for text in told(app))
    open_save(app, copy)
    app.settle()
    assert app.desk is not None and app.desk.game.over


def autosave_folder() -> Path:
    from game.session.home import saves_folder

    return saves_folder()


def test_a_headline_cannot_lead_out_of_the_folder(tiny: Tiny) -> None:
    game = begin(tiny)
    path = autosave(game)
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith('"about"'))
    about = json.loads(lines[at].removesuffix(",").partition(": ")[2])
    lines[at] = f'"about": {json.dumps({**about, "begun": "../../x"})},'
    path.write_text("\n".join(lines), encoding="utf-8")
    assert headline(path).about is None


def test_the_list_is_walked_by_keyboard(app: App, tiny: Tiny, press: Callable[..., None]) -> None:
    autosave(begin(tiny))
    app.open("load")
    app.settle()
    press(pygame.K_TAB)
    press(pygame.K_RETURN)
    app.settle()
    assert app.screen.name == "map"
