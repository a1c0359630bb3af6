"""Balance, quick checks, sensitivity: what they count, and what they find in a scenario that is made wrong."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from game.cli import app
from game.lab import Runner, players_of
from game.lab.balance import Balance, Without, ablation, balance
from game.lab.balance_page import _answers, _orders, _seats, page
from game.lab.criteria import criteria, dominant_actions, faults
from game.lab.deeds import clusters, picks, play
from game.lab.ladder import wilson
from game.lab.page import _table, command, share
from game.lab.playcheck import play_check
from game.lab.tasks import Task, _close, tasks_figures
from game.players import make_player
from game.rules import Ruleset, compile_rules, start
from game.scenario import Scenario, load_texts

DATA = Path(__file__).parent.parent / "data"
TINY = str(DATA / "tiny.yaml")


def changed(old: str, new: str) -> Ruleset:
    """The tiny scenario with something else in one of its files."""
    files = {"tiny.yaml": (DATA / "tiny.yaml").read_bytes()}
    files |= {f"tiny/{file.name}": file.read_bytes() for file in sorted((DATA / "tiny").glob("*.yaml"))}
    found = [name for name, data in files.items() if old.encode() in data]
    assert found, old
    files[found[0]] = files[found[0]].replace(old.encode(), new.encode(), 1)
    return compile_rules(load_texts(files).book)


def test_an_interval_of_a_share_is_wilsons() -> None:
    low, high = wilson(8, 10)
    assert (low, high) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 0) == (0, 1)


def test_picks_are_counted_out_of_legal_turns(tiny_rules: Ruleset) -> None:
    played = play(Runner(tiny_rules, players_of(tiny_rules, "doctrine", {}), 1), 60)
    found = picks(played.deeds)
    assert all(0 <= one.picked <= one.legal <= one.turns for one in found)
    assert any(one.picked for one in found)
    by_memory = int(played.deeds.kinds.sum())
    actions = {action.id for action in tiny_rules.book.rulebook.actions}
    assert by_memory == sum(one.picked for one in found if one.order.split(".")[1] in actions)
    idle = play(Runner(tiny_rules, players_of(tiny_rules, "idle", {}), 1), 20)
    assert not any(one.picked for one in picks(idle.deeds))


def test_alike_rows_are_one_cluster() -> None:
    rows = np.array([[1.0, 0.0]] * 4 + [[0.0, 1.0]] * 3 + [[0.5, 0.5]] * 2)
    groups = clusters(rows, 3)
    assert len({*groups[:4]}) == len({*groups[4:7]}) == len({*groups[7:]}) == 1
    assert len(set(groups.tolist())) == 3


def test_a_forbidden_action_is_never_given(tiny_rules: Ruleset) -> None:
    world = start(tiny_rules, np.arange(40, dtype=np.uint64))
    seats = range(len(tiny_rules.seats))
    template = np.array([*tiny_rules.catalogue.template, ""])
    usual = make_player("doctrine", tiny_rules).decide(tiny_rules, world, seats)
    given = {*template[usual[usual >= 0]]}
    action = next(a.id for a in tiny_rules.book.rulebook.actions if a.id in given)
    without = Without(tiny_rules, action).decide(tiny_rules, world, seats)
    assert action not in {*template[without[without >= 0]]}
    played = play(Runner(tiny_rules, players_of(tiny_rules, "doctrine", {}), 1), 40)
    assert any(ablation(tiny_rules, 1, 40, played)[action].values())


def test_balance_has_every_seat_and_says_what_is_wanting(tiny: Scenario, tiny_rules: Ruleset) -> None:
    found = balance(tiny, tiny_rules, games=40, planner_games=4, kinds=("random", "doctrine"), thorough=False).figures
    assert set(found["seats"]) == {one.seat for one in tiny.book.scenario.seats}
    assert found["seats"]["arda"]["random"]["beats_par"]["share"] > 0.25
    assert any("random orders beat par" in one for one in faults(found))
    assert sum(found["endings"].values()) == pytest.approx(1)


def test_criteria_are_judged_at_their_bounds() -> None:
    def judged(
        planner: float, random: float, met: float, near: int, rates: tuple[float, ...] = (), certain: bool = True
    ) -> list[bool]:
        orders = {
            "player": "planner",
            "dominant": [{"order": "a.b", "rate": rate, "certain": certain} for rate in rates if rate > 0.6],
            "neglected": [{"order": "a.c", "rate": rate, "certain": certain} for rate in rates if rate < 0.005],
        }
        entry = {
            "planner": {"beats_par": {"share": planner}, "objectives": {"goal": {"share": met}}},
            "random": {"beats_par": {"share": random}, "objectives": {}},
        }
        figures = {
            "seats": {"arda": entry},
            "orders": {"arda": orders},
            "strategies": {"arda": {"within_five_points": near}},
        }
        found = criteria(figures)
        assert faults(figures) == [f"arda: {one.text}" for one in found if not one.good]
        return [one.good for one in found]

    assert judged(0.6, 0.25, 0.1, 3) == judged(0.9, 0.0, 0.9, 4) == [True] * 6
    assert judged(0.59, 0.26, 0.09, 2, (0.61, 0.0)) == [False] * 6
    assert judged(0.91, 0.0, 0.91, 3, (0.7, 0.8)) == [False, True, False, False, True, True]
    assert judged(0.7, 0.0, 0.5, 3, (0.7, 0.0), certain=False) == [True] * 6


def test_a_strategy_is_behind_where_chance_does_not_explain_it() -> None:
    best = {"score": 50.0, "error": 1.0}
    assert _close({"score": 45.0, "error": 0.0}, best)
    assert _close({"score": 42.0, "error": 2.0}, best)
    assert not _close({"score": 42.0, "error": 0.5}, best)


def test_a_report_goes_on_from_what_is_kept(tiny: Scenario, tiny_rules: Ruleset, tmp_path: Path) -> None:
    said: list[str] = []
    tasks = [Task(one.seat, kind, 6, 0) for one in tiny.book.scenario.seats for kind in ("random", "planner:24x2")]
    first = tasks_figures(tiny, tiny_rules, tasks[:2], folder=tmp_path)
    whole = tasks_figures(tiny, tiny_rules, tasks, folder=tmp_path, said=said.append)
    assert len(said) == len(tasks) - 2
    assert {task: whole[task] for task in first} == first
    assert tasks_figures(tiny, tiny_rules, tasks) == whole
    damaged = next(tmp_path.glob(f"*/{tasks[0].seat}-random-*.json"))
    damaged.write_text("{", "utf-8")
    said.clear()
    assert tasks_figures(tiny, tiny_rules, tasks, folder=tmp_path, said=said.append) == whole
    assert said == [f"{tasks[0].seat}: random"]


@pytest.mark.slow
def test_processes_give_the_same_report(tiny: Scenario, tiny_rules: Ruleset) -> None:
    tasks = [Task(one.seat, "planner:24x2", 6, 0) for one in tiny.book.scenario.seats]
    assert tasks_figures(tiny, tiny_rules, tasks, workers=2) == tasks_figures(tiny, tiny_rules, tasks)


def test_a_quick_check_finds_what_is_made_wrong(tiny_rules: Ruleset) -> None:
    assert play_check(tiny_rules, 80) == []
    strict = changed("prosperity[actor] >= 20", "prosperity[actor] >= 100")
    assert "dead_action" in {one.kind for one in play_check(strict, 80)}


def test_the_commands_report(tmp_path: Path) -> None:
    for library in ("pyarrow", "altair", "vl_convert"):
        pytest.importorskip(library)
    out = tmp_path / "report"
    words = ["balance", TINY, "--games", "40", "--planner-games", "2", "--out", str(out), "--json"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    assert json.loads((out / "balance.json").read_text("utf-8")) == json.loads(result.stdout)
    page = (out / "balance.html").read_text("utf-8")
    assert "Balance of" in page and "vegaEmbed" in page and 'src="http' not in page
    result = CliRunner().invoke(app, ["check", TINY, "--play", "--games", "40", "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["scenarios"][0]["games"] == 40


def with_two_numbers(tiny: Scenario) -> Scenario:
    """The tiny scenario with two parameters to vary: one that matters, one that nothing reads."""
    from dataclasses import replace

    from game.scenario.models import ParameterModel

    rulebook = tiny.book.rulebook
    numbers = [
        one.model_copy(update={"low": 0.0, "high": 0.3}) if one.id == "calming" else one for one in rulebook.parameters
    ]
    numbers.append(ParameterModel(id="nothing", title="Nothing reads it", value=1, low=0, high=2))
    changed = rulebook.model_copy(update={"parameters": numbers})
    return replace(tiny, book=replace(tiny.book, rulebook=changed, whole=changed))


def test_screening_ranks_the_numbers(tiny: Scenario) -> None:
    pytest.importorskip("SALib")
    from game.lab.sensitivity import figures, lines, screen

    with pytest.raises(ValueError, match="fewer than two"):
        screen(tiny)
    wider = with_two_numbers(tiny)
    effects = screen(wider, trajectories=2, games=32, measures=["score.arda"])
    assert [one.parameter for one in effects] == ["calming", "nothing"]
    assert effects[0].mu_star > 1 and effects[1].mu_star == 0
    assert (effects[0].certain, effects[1].certain, effects[1].chance) == (True, False, 1)
    told = list(lines(effects))
    assert len(told) == 2 and "calming" in told[1], "what changes nothing is not ranked"
    assert list(lines(effects[1:])) == ["score.arda", "  no parameter changes it"]
    found = figures(wider, effects, trajectories=2, games=32, seed=0)
    assert {key: found[key] for key in ("trajectories", "games", "seed", "settings")} == {
        "trajectories": 2, "games": 32, "seed": 0, "settings": 6,
    }  # fmt: skip
    json.dumps(found, allow_nan=False)


def test_screening_is_the_same_in_any_number_of_processes(tiny: Scenario) -> None:
    pytest.importorskip("SALib")
    from game.lab.sensitivity import screen

    done: list[int] = []
    wider = with_two_numbers(tiny)
    alone = screen(wider, trajectories=2, games=16)
    assert screen(wider, trajectories=2, games=16, workers=2, done=done.append) == alone
    assert sum(done) == 6


def test_an_effect_by_luck_alone_is_told_from_one_that_is_there() -> None:
    """Of 300 screenings of noise few find an effect in it, whatever its mean size; a shift is found."""
    pytest.importorskip("scipy")
    from game.lab.sensitivity import MOST_CHANCE, chances

    steps = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
    points = np.concatenate([steps] * 6)
    noise = np.random.default_rng(1)
    wrong = 0
    for _ in range(300):
        wrong += bool((chances(points, noise.normal(size=(len(points), 32))) < MOST_CHANCE / 2).any())
    assert wrong <= 30
    values = noise.normal(size=(len(points), 128)) + 0.5 * points[:, :1]
    first, second = chances(points, values)
    assert first < 1e-6 < 0.025 < second
    assert chances(points, values[:, :1]).tolist() == [1, 1], "one game tells nothing"
    # The same in every game: certain.
    assert chances(points, np.tile(points[:, 1:], 4))[1] < 1e-9


def test_the_progress_of_a_screening_counts_settings(capsys: pytest.CaptureFixture[str]) -> None:
    from game.lab.progress import progress

    for settings, said in ((True, "4 of 4 settings\n"), (False, "4 of 4 games\n")):
        with progress(4, settings=settings) as step:
            step(4)
        assert capsys.readouterr().err == said


def test_a_folder_that_cannot_be_used_is_found_before_anything_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    from game.lab import balance as home

    def measured(*_: object, **__: object) -> None:
        raise AssertionError("measured")

    monkeypatch.setattr(home, "balance", measured)
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "letter.txt").write_text("Dear", "utf-8")
    result = CliRunner().invoke(app, ["balance", TINY, "--games", "8", "--out", str(tmp_path)])
    assert result.exit_code == 1 and "letter.txt" in result.stderr


def test_the_report_is_the_same_in_any_number_of_processes(tmp_path: Path) -> None:
    for library in ("pyarrow", "altair", "vl_convert"):
        pytest.importorskip(library)
    words = ["balance", TINY, "--games", "16", "--planner-games", "0", "--quick", "--json"]
    alone, two = (
        CliRunner().invoke(app, [*words, "--workers", count, "--out", str(tmp_path / count)]) for count in ("0", "2")
    )
    assert alone.exit_code == two.exit_code == 0
    assert alone.stdout == two.stdout


def test_what_was_not_measured_is_not_called_well(tmp_path: Path) -> None:
    for library in ("pyarrow", "altair", "vl_convert"):
        pytest.importorskip(library)
    out = tmp_path / "sp ace"
    words = ["balance", TINY, "--games", "8", "--planner-games", "0", "--quick", "--out", str(out)]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0
    assert "Nothing is wanting." not in result.stdout and "planner's criteria were not" in result.stdout
    text = (out / "balance.html").read_text("utf-8")
    assert "the planner&#x27;s criteria were not measured" in text
    assert f"game play --from &#x27;{out / 'run'}&#x27; --game 0" in text, "it can be pasted"


def test_only_what_is_judged_dominant_is_painted() -> None:
    def one(order: str, certain: bool) -> dict[str, object]:
        return {"order": order, "rate": 0.9, "certain": certain}

    orders = {
        "player": "planner",
        "dominant": [one("arda.reform", True), one("arda.respond.card.yes", True), one("arda.rest", False)],
        "actions": [
            {"action": name, "legal": 0.5, "rate": 0.9} for name in ("reform", "respond.card.yes", "rest", "rarely")
        ],
    }
    assert dominant_actions(orders) == {"reform", "respond.card.yes"}
    result = Balance("tiny", "Tiny", {"orders": {"arda": orders}})
    rows = _orders(result, {}) + _answers(result, {})
    painted = {row[1] for row in rows if "bad" in row[3][1].split()}
    assert painted == {"reform", "card"}
    assert dominant_actions({**orders, "player": "doctrine"}) == set(), "nobody judges it"


def test_orders_are_what_a_seat_gives_and_answers_stand_by_themselves() -> None:
    """A list of the highest rates was one of answers to rare cards, which a fixed player gives in 100 %."""
    actions = [{"action": f"respond.card_{i}.yes", "legal": 0.001 * i, "rate": 1.0} for i in range(1, 15)]
    actions += [{"action": f"order_{i}", "legal": 1.0, "rate": 0.02 * i} for i in range(1, 15)]
    actions += [{"action": "respond.card_14.no", "legal": 0.002, "rate": 0.0}]
    actions += [{"action": "rare", "legal": 0.049, "rate": 1.0}, {"action": "often", "legal": 0.5, "rate": 0.3}]
    actions += [{"action": "steady", "legal": 0.06, "rate": 0.7}]
    dominant = [{"order": "arda.steady", "rate": 0.7, "certain": True}]
    orders = {"arda": {"player": "planner", "dominant": dominant, "actions": actions}}
    result = Balance("tiny", "Tiny", {"orders": orders})
    named = [row[1] for row in _orders(result, {"arda": "Arda"})]
    assert named[:3] == ["order_14", "order_13", "order_12"] and named.index("often") == 7
    assert named[-1] == "steady" and len(named) == 13, "what is found wanting is shown"
    rows = _answers(result, {"arda": "Arda"})
    assert [row[1] for row in rows] == [f"card_{i}" for i in range(14, 2, -1)]
    assert rows[0][:3] == ["Arda", "card_14", ("1.4", "n")] and rows[0][3][0] == "yes 100\u202f%, no 0\u202f%"


def test_shares_are_shown_with_their_intervals(tiny: Scenario, tiny_rules: Ruleset) -> None:
    pytest.importorskip("altair")
    found = balance(tiny, tiny_rules, games=40, planner_games=0, kinds=("random", "doctrine"), thorough=False)
    held = found.figures["seats"]["arda"]["random"]["beats_par"]
    text, kind = next(row[2] for row in _seats(found, {})["rows"] if row[0] == "arda")
    low, high = (f"{held[end] * 100:.0f}" for end in ("low", "high"))
    assert text.replace("\xa0", " ").replace("\u2060", "") == f"{held['share'] * 100:.0f} % ({low}–{high})"
    assert kind == "n wrap" and low != high


def test_charts_are_as_wide_as_there_is_room(tiny: Scenario, tiny_rules: Ruleset) -> None:
    pytest.importorskip("altair")
    found = balance(tiny, tiny_rules, games=8, planner_games=0, kinds=("random", "doctrine"), thorough=False)
    charts = [one.chart.to_dict() for one in page(found, {}).sections if one.chart is not None]
    assert charts
    for spec in charts:
        assert spec["width"] == "container" and spec["autosize"]["type"] == "fit-x"
        assert "labelLimit" in spec["config"]["axis"], "what a narrow page changes"


def test_tables_keep_numbers_at_the_right_and_let_long_names_break() -> None:
    rows = [["bosnia.nato.intensified_dialogue", ("–", "n"), "a_b c"], ["x", share(0.5, "bad"), "–"]]
    text = _table(["Target", "Share", "Said"], rows)
    assert '<th class="n">Share</th>' in text and '<td class="n bad">50 %</td>' in text
    assert "bosnia.<wbr>nato.<wbr>intensified_<wbr>dialogue" in text and "a_b c" in text
    assert command("a") == "game play --from a --game 0 --turn 1"


def test_an_order_that_gains_is_no_finding_and_both_reports_say_where_it_is_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page had it in red, and its findings passed over it."""
    for library in ("pyarrow", "altair", "vl_convert"):
        pytest.importorskip(library)
    from game.lab import balance as home

    monkeypatch.setattr(home, "spam", lambda *_: {"reform": 1000.0, "rest": 0.0})
    out = tmp_path / "report"
    words = ["balance", TINY, "--games", "8", "--planner-games", "0", "--workers", "0", "--out", str(out)]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    assert "arda.reform" in result.stdout and "scripts/gauge.py" in result.stdout
    text = (out / "balance.html").read_text("utf-8")
    section = text[text.index("One order again and again") :]
    section = section[: section.index("</section>")]
    assert "scripts/gauge.py" in section and "reform" in section
    assert ' bad"' not in section, "what is painted as wanting is among the findings"


def test_a_miss_is_not_rounded_onto_its_bound() -> None:
    doctrine, random = {"objectives": {"early": {"share": 0.095}}}, {"beats_par": {"share": 0.254}}
    said = faults({"seats": {"croatia": {"doctrine": doctrine, "random": random}}, "orders": {}})
    assert any("25.4 % of games; at most 25 %" in one for one in said)
    assert any("9.5 % of games; 10 to 90 %" in one for one in said)
