"""What the pages of balance and hindcast say: names that can be told apart, forms of one and of many."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("altair")

from game import lab
from game.lab.balance import Balance
from game.lab.balance_page import _matrix, _strategies
from game.lab.criteria import _variety
from game.lab.hindcast import Hindcast, hindcast
from game.lab.hindcast_grades import grade
from game.lab.hindcast_page import page
from game.lab.page import html
from game.lab.targets import Target, Targets, month


def test_one_is_not_many() -> None:
    one = {"order": "north.hold", "rate": 0.001, "certain": True}
    orders = {"dominant": [], "neglected": [one]}
    said = [found.text for found in _variety("north", orders, {"within_five_points": 1})]
    assert said[1] == "1 action is picked in under 0.5 % of the turns in which it is legal: north.hold"
    assert said[2].startswith("1 strategy comes within five points")
    orders = {"dominant": [], "neglected": [one, one]}
    said = [found.text for found in _variety("north", orders, {"within_five_points": 2})]
    assert said[0] == "0 actions are picked in over 60 % of the turns in which they are legal"
    assert said[1].startswith("2 actions are picked") and said[2].startswith("2 strategies come")


def test_strategies_of_a_seat_can_be_told_apart() -> None:
    group = {"share": 0.5, "score": 3.0, "error": 0.1}
    ways = [{**group, "mostly": mostly} for mostly in (["a", "b"], ["b", "a"], ["a", "b"])]
    figures = {"strategies": {"north": {"clusters": ways, "within_five_points": 3}}}
    rows = _strategies(Balance("tiny", "Tiny", figures), {"north": "The North"})
    assert [row[1] for row in rows] == ["a and b (1 of 2)", "b and a", "a and b (2 of 2)"]


def test_strengths_are_a_matrix_of_seats_and_kinds() -> None:
    def held(mean: float) -> dict[str, Any]:
        return {"mean": mean, "low": mean - 1, "high": mean + 1, "objectives": {}}

    north = {"par": 3, **{kind: held(mean) for kind, mean in (("doctrine", 4), ("idle", -2.5), ("planner", 9))}}
    south = {"par": None, "idle": held(1.0), "doctrine": held(0.5)}
    result = Balance("tiny", "Tiny", {"seats": {"north": north, "south": south}})
    assert _matrix(result, {"north": "The North"}) == {
        "heads": ["Seat", "idle", "doctrine", "planner"],
        "rows": [
            ["The North", ("−2.5", "n"), ("4.0", "n"), ("9.0", "n good")],
            ["south", ("1.0", "n good"), ("0.5", "n"), ("–", "n")],
            ["Seats where it is best", ("1", "n"), ("0", "n"), ("1", "n")],
        ],
    }


def test_the_page_of_a_hindcast_has_the_title_and_room_for_marks_and_legend(tmp_path: Path) -> None:
    data = lab.run("bucharest_2008", tmp_path / "run", games=4, seed=2, workers=0)
    made = page(hindcast(data))
    assert made.title == "Hindcast of Bucharest 2008"
    chart = json.dumps(next(one for one in made.sections if one.title == "Recorded and modelled").chart.to_dict())
    assert '"labelPadding": 9' in chart and '"legend": {"columns": 1}' in chart


@pytest.mark.slow
def test_what_a_model_gets_wrong_fits_a_phone(tmp_path: Path) -> None:
    """No part of the page has to be moved sideways, and the last column is not hidden."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    first = month("2008-01")
    names = ("kosovo.eu.saa_or_europe_agreement", "north_macedonia.eu.negotiations", "bosnia.nato.intensified_dialogue")
    targets = tuple(Target(name, name.partition(".")[0], "eu", "member", "member", None) for name in names)
    window = Targets(first, first + 83, targets)
    grades = tuple(grade(one, np.full(50, first + 40), window, 0.001) for one in targets)
    result = Hindcast("tiny", 50, 0, ("doctrine",), window, "in", grades, {}, "0")
    report = page(result)
    wrong = next(one for one in report.sections if one.title == "What it gets wrong")
    assert len(wrong.rows) == 3
    file = tmp_path / "hindcast.html"
    file.write_text(html(report), "utf-8")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            shown = browser.new_page(viewport={"width": 390, "height": 844})
            shown.goto(file.as_uri())
            section = shown.locator("section", has_text="What it gets wrong")
            wide, room = section.evaluate("one => [one.scrollWidth, one.clientWidth]")
        finally:
            browser.close()
    assert wide <= room
