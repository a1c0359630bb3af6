"""What `game check --coverage` says of mechanisms, orders and events."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from game.cli import app
from game.lab.coverage import Coverage
from game.rules import compile_rules
from game.scenario import load


def _played(scenario: str, games: int) -> Coverage:
    coverage = Coverage()
    coverage.play(compile_rules(load(scenario).book), games)
    return coverage


def test_a_rule_takes_part_only_where_it_changes_something() -> None:
    coverage = _played("tutorial", 4)
    ruleset = compile_rules(load("tutorial").book)
    assert coverage.part["reform_moves"] == 4 * ruleset.turns
    assert coverage.given <= set(coverage.orders)
    assert coverage.fired <= set(coverage.events)


def test_sleeping_mechanisms_twins_and_crowded_rules_are_faults() -> None:
    coverage = Coverage()
    coverage.titles = {"m1": (1, "One"), "m2": (2, "Two"), "m3": (3, "Three"), "m4": (4, "Four")}
    for name in ("m1", "m2", "m3", "m4"):
        coverage.carried[name]["shared"] = None
    coverage.carried["m3"]["own"] = None
    coverage.carried["m4"] = {"asleep": None, "shared": None}
    coverage.part["shared"] = 3
    coverage.orders = dict.fromkeys(f"order{i}" for i in range(50))
    coverage.given = set(list(coverage.orders)[:48])
    faults = coverage.faults()
    assert "mechanism 2 has the same rules as mechanism 1" in faults
    assert "'shared' carries 4 mechanisms; at most 3" in faults
    assert any("2 of 50" in fault for fault in faults)
    coverage.part["shared"] = 0
    assert "mechanism 1, One: none of its rules took part" in coverage.faults()


def test_the_command_prints_the_keys_that_scripts_read() -> None:
    result = CliRunner().invoke(app, ["check", "tutorial", "--coverage", "--games", "2", "--json"])
    answer = json.loads(result.stdout)
    assert set(answer) == {"mechanisms", "orders_never", "events_never", "orders", "events"}
    assert set(answer["mechanisms"]) == {str(number) for number in range(1, 61)}
    assert set(answer["mechanisms"]["27"]) == {"title", "rules", "took_part"}
    asleep = [row for row in answer["mechanisms"].values() if not row["took_part"]]
    assert result.exit_code == (1 if asleep or answer["orders_never"] or answer["events_never"] else 0)
