"""An incident or an attack that a rule brought is in the news, once: by an event that tells of it, or by itself."""

from __future__ import annotations

from game.rules import compile_rules
from game.scenario import load_texts
from game.session import Game
from game.terminal.turn import history_screen
from game.views import Sight, history, news
from tests.scenario.tiny import texts

RULE = """
  - id: ambush
    title: Ambush
    phase: drift
    over: {place: hotspots}
    when: ["turn == 1"]
    effects: ["clashes[place] += 1", "heat[place] += 12"]
    help: Shots out of the reeds. Nobody owns up.
"""
EVENT = """
  - id: told
    title: Told
    headline: Shots were heard at {place}
    text: They were.
    kind: state
    slots: {place: hotspots}
    when: ["clashes[place] >= 1"]
    news: 5
    source: Invented for the tests.
"""


def _played(event: str = "") -> Game:
    files = texts()
    files["tiny/drift.yaml"] = files["tiny/drift.yaml"].rstrip() + RULE.encode()
    files["tiny/events.yaml"] = files["tiny/events.yaml"].rstrip() + event.encode()
    if event:
        files["tiny.yaml"] = files["tiny.yaml"].replace(b"poor_catch, festival]", b"poor_catch, festival, told]")
    scenario = load_texts(files)
    game = Game.new(scenario, ["arda"], seed=3, ruleset=compile_rules(scenario.book))
    game.end_turn()
    return game


def test_an_attack_of_which_no_event_tells_is_news_of_its_own() -> None:
    sight = Sight(_played(), "arda")
    (item,) = [one for one in news(sight) if "Ambush" in one.headline]
    assert item.headline == "Ambush in The eastern shore" and item.things == ("east_shore",) and item.weight >= 6
    assert item.text == "Shots out of the reeds. It changed: Heat, The eastern shore +12."
    assert item in history(sight)
    assert any("Ambush in The eastern shore" in getattr(part, "text", "") for part in history_screen(sight))


def test_an_event_that_asks_for_it_tells_of_it_alone() -> None:
    headlines = [one.headline for one in history(Sight(_played(EVENT), "arda"))]
    assert not [one for one in headlines if "Ambush" in one]
    assert [one for one in headlines if one.startswith("Shots were heard")]
