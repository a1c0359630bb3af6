"""The game in words: scriptable, plain when piped, honest about what it does not know."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from game.rules import Ruleset
from game.scenario import Scenario, load, shipped
from game.session import Game, load_game, saved_games
from game.terminal import PlainSpeaker, Play, RichSpeaker, speaker_for
from game.terminal.words import vocabulary
from game.views import Sight, categories


class Terminal:
    """A game and what it says."""

    def __init__(self, game: Game) -> None:
        self.out = io.StringIO()
        self.play = Play(game, PlainSpeaker(self.out))

    @property
    def game(self) -> Game:
        return self.play.game

    def say(self, *lines: str) -> str:
        """What the game answers to some lines."""
        place = self.out.tell()
        for line in lines:
            self.play.do(line)
        return self.out.getvalue()[place:]


@pytest.fixture
def terminal(tiny: Scenario, tiny_rules: Ruleset) -> Terminal:
    return Terminal(Game.new(tiny, ["arda"], seed=3, ruleset=tiny_rules))


def test_it_opens_with_the_briefing_and_the_turn(terminal: Terminal) -> None:
    terminal.play.greet()
    told = terminal.out.getvalue()
    assert "What you want: Keep the shore quiet" in told
    assert "Turn 1 of 8: January to March 2001." in told
    assert "political capital 5, 2 orders left" in told


def test_who_holds_no_seat_is_not_told_of_this_seat(tiny: Scenario, tiny_rules: Ruleset) -> None:
    watching = Terminal(Game.new(tiny, [], seed=3, ruleset=tiny_rules))
    for word in ("briefing", "objectives"):
        told = watching.say(word)
        assert "You hold no seat" in told and "This seat" not in told


def test_a_whole_game_is_played_by_words_alone(terminal: Terminal) -> None:
    terminal.play.run(["orders", "order 1", "forecast", *["end"] * 8, "deeds", "history", "quit"])
    told = terminal.out.getvalue()
    assert terminal.game.over
    assert "The game is over: " in told
    assert "Your decisions" in told
    assert told.rstrip().endswith("Goodbye.")
    assert "\x1b" not in told


@pytest.mark.parametrize("word", [word.name for word in vocabulary() if word.name not in ("load", "save", "quit")])
def test_every_word_says_something(terminal: Terminal, word: str) -> None:
    terminal.say("end")
    assert terminal.say(word).strip()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("orders reform", "There is no '99'. The list has one order, 1."),
        ("orders abroad", "There is no '99'. The list goes from 1 to 12."),
        ("help", "There is no '99'. Say 'orders' first, since numbers mean the list read last."),
    ],
)
def test_a_number_beyond_the_list_is_told_the_numbers(terminal: Terminal, words: str, answer: str) -> None:
    terminal.say(words)
    assert terminal.say("order 99").strip() == answer


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("order", "Which order? Say 'orders' for a list, then 'order 1' for the first of it."),
        ("forecast", "Nothing is ordered yet. Say 'orders' for a list, then 'forecast 1' for the first of it."),
        ("why", "Which quantity? Say for instance 'why score'."),
    ],
)
def test_a_word_alone_is_asked_what_it_means(terminal: Terminal, line: str, answer: str) -> None:
    assert terminal.say(line).strip() == answer


def test_a_forecast_of_one_order_begins_with_what_it_declares(tiny: Scenario, tiny_rules: Ruleset) -> None:
    game = Game.new(tiny, ["arda"], seed=3, ruleset=tiny_rules)
    game.end_turn()
    terminal, sight = Terminal(game), Sight(game, "arda")
    seen = 0
    for category in categories(sight):
        for order in [row for row in category.orders if row.legal]:
            lines = [line.strip() for line in terminal.say(f"forecast {order.text}").splitlines()[1:]]
            heads = [line.split(":")[0] for line in lines]
            declared = [any(effect.startswith(f"{head} ") for effect in order.effects) for head in heads]
            assert declared == sorted(declared, reverse=True), lines
            seen += any(declared)
    assert seen


def test_a_line_is_whole_and_no_placeholder_is_left(terminal: Terminal) -> None:
    told = terminal.say("briefing", "countries", "council all", "talks", "orders all", "end", "report", "news", "help")
    assert "{" not in told and "None" not in told.replace("Promised deed: None", "")
    assert all(line.strip() for line in told.splitlines())


def test_a_forecast_begins_with_what_the_order_declares(terminal: Terminal) -> None:
    """It says how far it looks; what it does not declare may change more and comes later."""
    lines = terminal.say("forecast arda.arm").splitlines()
    assert lines[0].startswith("Forecast in 12 months: ")
    assert [line.strip().partition(":")[0] for line in lines[1:4]] == [
        "Prosperity, Arda",
        "Strength, Arda",
        "Weariness, Arda",
    ]


# -- what it does not know -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "near"),
    [
        ("ordr arda.reform", "order"),
        ("order arda.gestur.belen", "arda.gesture.belen"),
        ("order 77", "The list goes from 1 to "),
        ("order league.call_summit", "another seat"),
        ("why tenson arda belen", "tension[arda, belen]"),
        ("country beln", "belen"),
        ("orders zzz", "nearest"),
        ("choose protest", "No decision"),
        ("forecast arda.refrom", "arda.reform"),
        ("order arda.do_deed.fishing", "Nothing is promised"),
        ("forecast arda.do_deed.fishing", "Nothing is promised"),
        ("save", "Name the file"),
        ("load", "Name the file"),
        ("load nowhere.json", "nowhere.json could not be read"),
    ],
)
def test_what_cannot_be_done_is_explained_and_changes_nothing(terminal: Terminal, line: str, near: str) -> None:
    terminal.say("orders")
    before = (terminal.game.fingerprint, terminal.game.queue("arda"), terminal.game.turn)
    assert near in terminal.say(line)
    assert (terminal.game.fingerprint, terminal.game.queue("arda"), terminal.game.turn) == before


def test_blank_lines_and_remarks_are_passed_over(terminal: Terminal) -> None:
    assert terminal.say("", "   ", "# a remark") == ""


# -- orders ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["arda.gesture.belen", "gesture.belen", "gesture belen", "GESTURE.BELEN"])
def test_an_order_may_be_written_without_its_seat(terminal: Terminal, form: str) -> None:
    assert "Ordered: Make a friendly gesture: Old Belen." in terminal.say(f"order {form}")
    assert "Taken back" in terminal.say("undo")
    assert "nothing to take back" in terminal.say("undo")


def test_numbers_mean_the_list_that_was_read_last(terminal: Terminal) -> None:
    told = terminal.say("orders all").splitlines()
    third = next(line for line in told if line.strip().startswith("3. "))
    terminal.say("order 3")
    (order,) = terminal.game.queue("arda")
    assert f"[{terminal.game.ruleset.catalogue.texts[order]}]" in third


def test_a_decision_left_open_takes_its_default(tiny: Scenario, tiny_rules: Ruleset) -> None:
    for seed in range(40):
        terminal = Terminal(Game.new(tiny, ["arda"], seed=seed, ruleset=tiny_rules))
        if "A decision is waiting" in terminal.say("end"):
            break
    told = terminal.say("why tension arda belen", "end", "why tension arda belen")
    assert "in answer to:" in told, "the default acted"
    again = Terminal(Game.new(tiny, ["arda"], seed=seed, ruleset=tiny_rules))
    again.say("end")
    assert "Answered: Apologise." in again.say("choose apologise")
    assert "Answered: Protest." in again.say("choose protest"), "an answer may be changed until the turn ends"
    again.say("end")
    assert again.game.fingerprint == terminal.game.fingerprint, "protest is the default"


def test_every_answer_says_what_it_does_at_once(tiny: Scenario, tiny_rules: Ruleset) -> None:
    told = Terminal(Game.new(tiny, ["belen"], seed=0, ruleset=tiny_rules)).say("end")
    after = told[told.index("A decision is waiting") :]
    answers = [line for line in after.splitlines() if "(cost " in line]
    assert answers and after.count("At once: ") == len(answers)
    assert "At once: Political capital −2; Tension" in after


def test_an_answer_stays_given_when_another_is_refused(tiny: Scenario, tiny_rules: Ruleset) -> None:
    terminal = Terminal(Game.new(tiny, ["belen"], seed=0, ruleset=tiny_rules))
    terminal.say("end", "choose apologise")
    assert "Old Belen is not strong enough." in terminal.say("choose retaliate")
    texts = terminal.game.ruleset.catalogue.texts
    assert [texts[order] for order in terminal.game.queue("belen")] == ["belen.respond.clash.belen.arda.apologise"]


def test_why_names_the_causes_with_their_amounts(terminal: Terminal) -> None:
    terminal.say("order gesture.belen", "end")
    told = terminal.say("why tension[arda, belen]")
    assert "Arda: Make a friendly gesture (Old Belen)" in told or "Arda: Make a friendly gesture (Belen)" in told
    assert terminal.say("why tension belen") == told
    assert terminal.say("why Tension, arda, old belen" if "Old" in told else "why Tension, arda, belen") == told


# -- saves -----------------------------------------------------------------------------------------------


def test_a_game_is_saved_to_exactly_that_file_and_goes_on(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "moja igra č.json"
    terminal.say("order gesture.belen", f"save {path}")
    assert path.is_file()
    there = terminal.game.fingerprint
    terminal.say("end", "end")
    told = terminal.say(f"load {path}")
    assert terminal.game.fingerprint == there
    assert "Ordered: Make a friendly gesture: Old Belen." in told


def test_every_turn_is_kept_as_an_autosave(terminal: Terminal) -> None:
    terminal.say("end")
    (path,) = saved_games()
    assert load_game(path).fingerprint == terminal.game.fingerprint


def test_a_disk_that_is_full_costs_the_autosave_not_the_game(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    told = terminal.say("end")
    assert "No autosave" in told and "No space left" in told
    assert terminal.game.turn == 2


# -- several persons, and none ---------------------------------------------------------------------------


def test_hotseat_hands_over_without_showing_the_other_seats_orders(tiny: Scenario, tiny_rules: Ruleset) -> None:
    terminal = Terminal(Game.new(tiny, ["arda", "belen"], ruleset=tiny_rules))
    terminal.say("order arda.arm")
    told = terminal.say("end")
    assert "Hand over to Old Belen." in told
    assert terminal.game.turn == 1
    assert "arms" not in terminal.say("queue", "orders")[:0] + told
    assert "Nothing is ordered yet" in terminal.say("queue")
    told = terminal.say("end")
    assert terminal.game.turn == 2
    assert "arda.arm" in str(terminal.game.log[0])


def test_who_looks_on_sees_all_and_orders_nothing(tiny: Scenario, tiny_rules: Ruleset) -> None:
    terminal = Terminal(Game.new(tiny, ruleset=tiny_rules))
    assert "only look on" in terminal.say("order arda.reform")
    assert "Support" in terminal.say("country belen")
    terminal.say(*["end"] * 8)
    assert terminal.game.over


# -- how it is shown -------------------------------------------------------------------------------------


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_pipe_gets_plain_text_and_a_terminal_colours() -> None:
    assert isinstance(speaker_for(io.StringIO()), PlainSpeaker)
    assert isinstance(speaker_for(Screen()), RichSpeaker)
    assert isinstance(speaker_for(Screen(), plain=True), PlainSpeaker)


def test_the_coloured_terminal_says_the_same_words(tiny: Scenario, tiny_rules: Ruleset) -> None:
    screen = Screen()
    play = Play(Game.new(tiny, ["arda"], seed=3, ruleset=tiny_rules), RichSpeaker(screen))
    play.run(["countries", "orders", "council", "end", "[bold]", "quit"])
    told = screen.getvalue()
    for word in ("Old Belen", "Prosperity", "Sign the treaty", "[arda.sign_treaty.water_treaty]", "[bold]"):
        assert word in told


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name in ("tutorial", "floods_2014") else pytest.mark.slow)
        for name, _title in shipped()
    ],
)
def test_every_shipped_scenario_is_played_to_its_end_by_words(name: str) -> None:
    """Every screen in every turn, the first orders that matter given: no gap, no placeholder, an end with a name."""
    scenario = load(name)
    terminal = Terminal(Game.new(scenario, [scenario.book.scenario.seats[0].seat], seed=11))
    told = ""
    while not terminal.game.over:
        screens = [word.name for word in vocabulary() if not word.takes and word.name not in ("end", "quit", "undo")]
        if terminal.game.turn > 1:
            screens = [word for word in screens if word != "adviser"]  # it plays hundreds of futures
        told += terminal.say(*(screens if terminal.game.turn % 3 == 1 else []), "orders", "order 1", "order 2")
        told += terminal.say(*(["council all", "forecast"] if terminal.game.turn % 6 == 0 else []), "end")
    assert "The game is over: " in told
    assert "What you want" in told and "Ordered: " in told
    assert "{" not in told
    assert not [line for line in told.splitlines() if not line.strip() or line.rstrip().endswith((" .", ". ."))]


def test_a_dossier_that_is_over_tells_its_state_alone() -> None:
    scenario = load("kosovo_2023")
    told = Terminal(Game.new(scenario, ["kosovo"], seed=3)).say("talks")
    assert "The name issue: Carried out.\n" in told
    assert "Association of Serb-majority municipalities: Open; progress" in told
