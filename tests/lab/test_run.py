"""Runs of many games: one line a game, the same in any batch, whole or not at all."""

from __future__ import annotations

import json
import multiprocessing
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from game.cli import app
from game.lab import Record, Runner, Summary, plan_of, players_of, seeds, write_run
from game.lab.bounds import LAST_SEED
from game.lab.record import fingerprints as fingerprints_of
from game.rules import CHUNK, Ruleset, advance, compile_rules, fingerprint, no_orders, start
from game.scenario import Scenario, load
from game.session import Game, UnknownNameError

TINY = str(Path(__file__).parent.parent / "data" / "tiny.yaml")
KEYS = [
    "game",
    "seed",
    "turns",
    "outcome",
    "scores",
    "status",
    "reached",
    "recognised",
    "incidents",
    "armed_attacks",
    "war",
    "fingerprint",
]


def records(rules: Ruleset, games: int, kind: str = "doctrine", batch: int = 256, **some: str) -> list[dict[str, Any]]:
    return list(Runner(rules, players_of(rules, kind, some), 4, batch).records(games))


def test_a_line_holds_what_is_promised_in_its_order(tiny_rules: Ruleset) -> None:
    for place, record in enumerate(records(tiny_rules, 20)):
        assert list(record) == KEYS
        assert (record["game"], record["seed"]) == (place, 4_000_000 + place)
        assert set(record["status"]) == set(record["reached"]) == {"arda", "belen", "corva"}
        assert record["outcome"] in {ending.id for ending in tiny_rules.book.endings}
        assert len(record["fingerprint"]) == 32
        json.dumps(record)


@pytest.mark.parametrize("kind", ["doctrine", "random"])
def test_the_size_of_a_batch_changes_nothing(tiny_rules: Ruleset, kind: str) -> None:
    whole = records(tiny_rules, 40, kind)
    assert records(tiny_rules, 40, kind, batch=7) == whole
    assert records(tiny_rules, 40, kind, batch=1)[:3] == whole[:3]


@pytest.mark.parametrize("kind", ["doctrine", "random", "idle"])
def test_every_line_opens_as_a_game(tiny: Scenario, tiny_rules: Ruleset, kind: str) -> None:
    """A game of the session with the line's seed and players ends in the line's fingerprint."""
    for record in records(tiny_rules, 4, kind):
        game = Game.new(tiny, seed=record["seed"], computers=dict.fromkeys(tiny_rules.seats, kind), ruleset=tiny_rules)
        while not game.over:
            game.end_turn()
        assert game.fingerprint == record["fingerprint"]
        assert game.turn == record["turns"]


def fingerprints(path: str) -> list[str]:
    """What a process of its own computes."""
    rules = compile_rules(load(path).book)
    return [record["fingerprint"] for record in records(rules, 5)]


def test_a_process_that_is_spawned_computes_the_same(tiny_rules: Ruleset) -> None:
    path = str(Path(__file__).parent.parent / "data" / "tiny.yaml")
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        (found,) = pool.map(fingerprints, [path])
    assert found == [record["fingerprint"] for record in records(tiny_rules, 5)]


def test_rungs_are_dated_by_the_turn_that_brought_them(tiny: Scenario, tiny_rules: Ruleset) -> None:
    climbed = [record for record in records(tiny_rules, 60) if record["reached"]["belen"]["league"]]
    assert climbed
    for record in climbed[:5]:
        reached = record["reached"]["belen"]["league"]
        assert "partner" not in reached, "a rung held at the start is left out"
        assert list(reached.values()) == sorted(reached.values())
        game = Game.new(tiny, seed=record["seed"], ruleset=tiny_rules)
        while not game.over:
            before, month = game.value("status[belen]"), game.value("date")
            game.end_turn()
            after = game.value("status[belen]")
            if after != before:
                rung = tiny.book.vocabulary.ladders["membership"][after]
                assert reached[rung] <= f"{month // 12:04d}-{month % 12 + 1:02d}"


def test_incidents_and_attacks_are_what_the_rulebook_declares(tiny_rules: Ruleset) -> None:
    for record in records(tiny_rules, 20):
        assert set(record["incidents"]) == {"east_shore"}
        assert record["armed_attacks"] == record["incidents"]["east_shore"]


def test_one_seat_may_have_another_player(tiny_rules: Ruleset) -> None:
    usual = records(tiny_rules, 30)
    assert records(tiny_rules, 30, belen="idle") != usual
    with pytest.raises(UnknownNameError, match="belen"):
        players_of(tiny_rules, "doctrine", {"belem": "idle"})
    with pytest.raises(ValueError, match="doctrine"):
        players_of(tiny_rules, "doctrin", {})


def test_seeds_are_a_block_for_each_run() -> None:
    assert seeds(3, 5, 2).tolist() == [3_000_005, 3_000_006]


def test_no_run_shares_games_with_another(tiny: Scenario) -> None:
    """Beyond 64 bits seeds began again at those of seed 0, and a file of lines went on into the next seed's games."""
    last = LAST_SEED
    assert seeds(last, 0, 551_616)[-1] == 2**64 - 1, "what has a seed of its own is played"
    assert plan_of(tiny, games=551_616, seed=last).seed_of(551_615) == 2**64 - 1
    for seed, games in ((last, 551_617), (last + 1, 1), (0, 1_000_001)):
        with pytest.raises(ValueError, match="games"):
            plan_of(tiny, games=games, seed=seed)
    with pytest.raises(ValueError, match="has no game 551616"):
        seeds(last, 551_616, 1)


@pytest.mark.parametrize("name", ["run", "compare", "ladder", "hindcast", "balance", "sensitivity"])
@pytest.mark.parametrize("option", [("--seed", str(LAST_SEED + 1)), ("--games", "1000001")])
def test_every_command_refuses_seeds_and_games_that_no_run_has(name: str, option: tuple[str, str]) -> None:
    words = [name, TINY, *([TINY] if name == "compare" else ()), *(["--out", "x.jsonl"] if name == "run" else ())]
    result = CliRunner().invoke(app, [*words, *option])
    assert result.exit_code == 2 and f"Invalid value for '{option[0]}'" in result.stderr


def test_the_last_seed_has_fewer_games(tmp_path: Path) -> None:
    out = tmp_path / "games.jsonl"
    words = ["run", TINY, "--seed", str(LAST_SEED), "--players", "idle", "--out", str(out)]
    assert CliRunner().invoke(app, [*words, "--games", "2"]).exit_code == 0
    first = json.loads(out.read_text("utf-8").splitlines()[0])
    assert first["seed"] == LAST_SEED * 1_000_000
    result = CliRunner().invoke(app, [*words, "--games", "600000"])
    assert result.exit_code == 1 and f"the largest seed with 1,000,000 games is {LAST_SEED - 1}" in result.stderr


def test_a_run_appears_whole_or_not_at_all(tiny_rules: Ruleset, tmp_path: Path) -> None:
    out = tmp_path / "nova mapa" / "igre č.jsonl"
    runner = Runner(tiny_rules, players_of(tiny_rules, "doctrine", {}), 1, 8)
    seen: list[Record] = []
    write_run(runner, 20, out, seen.append)
    lines = out.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == seen
    good = out.read_bytes()

    def stops(record: Record) -> None:
        if record["game"] == 11:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_run(runner, 20, out, stops)
    assert out.read_bytes() == good
    assert list(out.parent.iterdir()) == [out]


def test_a_summary_counts_rungs_and_spreads(tiny_rules: Ruleset) -> None:
    found = records(tiny_rules, 50)
    summary = Summary()
    for record in found:
        summary.add(record)
    figures = summary.figures()
    members = sum("member" in record["reached"]["belen"]["league"] for record in found)
    assert figures["rungs"]["belen"]["league"]["member"] == members
    assert figures["wars"] == sum(record["war"] for record in found)
    counts = [record["incidents"]["east_shore"] for record in found]
    mean = sum(counts) / len(counts)
    assert figures["incidents"]["east_shore"]["mean"] == pytest.approx(mean)
    variance = sum((count - mean) ** 2 for count in counts) / len(counts)
    assert figures["incidents"]["east_shore"]["variance"] == pytest.approx(variance)
    scores = sorted(record["scores"]["arda"] for record in found)
    spread = figures["scores"]["arda"]
    assert spread["mean"] == pytest.approx(sum(scores) / 50)
    assert (spread["low"], spread["high"]) == pytest.approx(np.percentile(scores, [10, 90]))


@pytest.mark.parametrize(
    ("scores", "low", "high"), [([], 0, 0), ([5.25], 5.25, 5.25), ([73.1, 77.5], 73.54, 77.06), ([-1, -1, 3], -1, 2.2)]
)
def test_percentiles_of_few_games_are_not_below_the_mean(scores: list[float], low: float, high: float) -> None:
    spread = Summary(games=len(scores))._spread(Counter(scores))
    assert (spread["low"], spread["high"]) == (low, high)


@pytest.mark.parametrize("games", [CHUNK, CHUNK + 3])
def test_a_turn_of_any_size_leaves_the_old_world_alone(tiny_rules: Ruleset, games: int) -> None:
    world = start(tiny_rules, seeds(1, 0, games))
    before = world.state.copy()
    after = advance(tiny_rules, world, no_orders(tiny_rules, games)).world
    assert (world.state == before).all()
    assert (after.state[tiny_rules.layout.row("turn")] == 2).all()


def test_fingerprints_of_many_games_are_those_of_each(tiny_rules: Ruleset) -> None:
    world = start(tiny_rules, seeds(1, 0, 130))
    world = advance(tiny_rules, world, no_orders(tiny_rules, 130)).world
    many = fingerprints_of(world)
    assert many == [fingerprint(world, game) for game in range(130)]
    assert len(set(many)) > 1
