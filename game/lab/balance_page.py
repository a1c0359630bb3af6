"""The balance report as a page, and as the few figures that are shown beside a scenario."""

from __future__ import annotations

from typing import Any

from game.lab.balance import Balance
from game.lab.criteria import best_repeated, dominant_actions, faults
from game.lab.deeds import LEAST_LEGAL
from game.lab.page import AMBER, BLUE, GREEN, GREY, RED, Page, Section, chart, command, finished, interval, share
from game.scenario.spelled import RESPOND

PLAYERS = {"idle": RED, "random": GREY, "doctrine": BLUE, "history": AMBER, "planner": GREEN}
"""The kinds of players that can be measured, weakest first."""
ON_CARD = ("random", "doctrine", "planner")
LISTED = 12
ANSWER = f"{RESPOND}."
"""How the names of answers begin among those of actions."""


def card(result: Balance) -> dict[str, Any]:
    """The short form: each seat's par, scores and chances, and what was found wanting."""
    figures = result.figures
    seats = {}
    for seat, entry in figures["seats"].items():
        seats[seat] = {"par": entry["par"]}
        for kind in ON_CARD:
            if kind in entry:
                held = {"mean": round(entry[kind]["mean"], 1)}
                if "beats_par" in entry[kind]:
                    held["beats_par"] = round(entry[kind]["beats_par"]["share"], 3)
                seats[seat][kind] = held
    keys = ("scenario", "games", "planner_games", "endings", "turns", "lead_changes", "events_never_fired")
    return {**{key: figures[key] for key in keys}, "seats": seats, "faults": faults(figures)}


def page(result: Balance, names: dict[str, str], folder: str = "") -> Page:
    """The whole report. names: seat → its name; folder: of a run, for the commands that open a game."""
    figures = result.figures
    wanting = faults(figures)
    measured = figures["planner_games"] > 0
    planned = f"{figures['planner_games']} games a seat for the planner" if measured else "the planner was left out"
    report = Page(
        f"Balance of {result.title}",
        f"{figures['games']:,} games with every seat on doctrine; each seat in turn is given to other players, others "
        f"stay on doctrine; {planned}.",
        foot=f"Seed {figures['seed']}. Intervals of shares are Wilson's, at 95 %; balance.json has all of them.",
    )
    turns, silent = figures["turns"], len(figures["events_never_fired"])
    numbers = [
        (
            str(len(wanting)),
            ("finding" if len(wanting) == 1 else "findings")
            + ("" if measured else "; the planner's criteria were not measured"),
        ),
        (f"{turns['mean']:.1f}", f"turns a game ({turns['low']} to {turns['high']})"),
        (f"{figures['lead_changes']:.1f}", "changes of the lead a game"),
        (str(silent), "event that never fired" if silent == 1 else "events that never fired"),
    ]
    ends = [[name, share(part, digits=1)] for name, part in figures["endings"].items()]
    report.sections.append(Section("At a glance", "", numbers, _strengths(result, names)))
    if wanting:
        report.sections.append(Section("Findings", "", heads=["What is wanting"], rows=[[one] for one in wanting]))
    report.sections.append(
        Section("Seats", "Share of games above par, with its 95 % interval.", **_seats(result, names))
    )
    report.sections.append(
        Section(
            "Strengths of players",
            "Mean score of each seat with each kind of player, the others on doctrine; the best of a seat stands out.",
            **_matrix(result, names),
        )
    )
    report.sections.append(
        Section("Objectives", "In which share of games each is met.", chart=_objectives(result, names))
    )
    report.sections.append(Section("Endings", "", heads=["Ending", "Share"], rows=ends))
    report.sections.append(
        Section(
            "Orders",
            "How often an action is given when it can be, by the strongest player that was measured: of those legal "
            f"in at least {LEAST_LEGAL * 100:.0f} of 100 turns the {LISTED} that a seat gives most.",
            heads=["Seat", "Action", "Legal in 100 turns", "Picked of these"],
            rows=_orders(result, names),
        )
    )
    if answers := _answers(result, names):
        text = "How often each answer is given when it can be, by the same player: the cards that a seat gets most."
        heads = ["Seat", "Card", "In 100 turns", "Answers"]
        report.sections.append(Section("Answers to cards", text, heads=heads, rows=answers))
    report.sections.append(
        Section(
            "Strategies",
            "Games of a seat grouped by the kinds of orders it gave; good balance has several near the best. A number "
            "tells groups apart that have the same two kinds on top and differ in how much of each.",
            heads=["Seat", "Mostly", "Share of games", "Mean score"],
            rows=_strategies(result, names),
        )
    )
    if "spam" in figures:
        report.sections.append(_spam(result, names))
    if "ablation" in figures:
        report.sections.append(_ablation(result, names))
    if figures["events_never_fired"]:
        rows = [[one] for one in figures["events_never_fired"]]
        report.sections.append(Section("Events that never fired", "", heads=["Event"], rows=rows))
    if folder:
        text = f"Any game can be opened and played on: `{command(folder)}`."
        report.sections.append(Section("Open a game", text))
    return report


def _kinds(result: Balance) -> list[str]:
    """What was measured of any seat, weakest first."""
    seats = result.figures["seats"].values()
    return [kind for kind in PLAYERS if any(kind in entry for entry in seats)]


def _strengths(result: Balance, names: dict[str, str]) -> Any:
    rows = [
        {"seat": names.get(seat, seat), "player": kind, "score": entry[kind]["mean"], "low": entry[kind]["low"],
         "high": entry[kind]["high"]}
        for seat, entry in result.figures["seats"].items()
        for kind in _kinds(result) if kind in entry
    ]  # fmt: skip
    pars = [
        {"seat": names.get(seat, seat), "par": entry["par"]}
        for seat, entry in result.figures["seats"].items()
        if entry["par"] is not None
    ]
    kinds = _kinds(result)
    seats = list(dict.fromkeys(row["seat"] for row in rows))
    y = {"field": "seat", "type": "nominal", "title": None, "sort": seats}
    scale = {"domain": kinds, "range": [PLAYERS[kind] for kind in kinds]}
    colour = {"field": "player", "type": "nominal", "scale": scale, "legend": {"columns": 3}}
    base = chart(rows)
    x = {"field": "score", "type": "quantitative", "title": "Score: mean, 10th to 90th percentile, par (line)"}
    offset = {"field": "player", "sort": kinds}
    spread = base.mark_rule(strokeWidth=3, opacity=0.3).encode(
        x={"field": "low", "type": "quantitative"}, x2={"field": "high"}, y=y, yOffset=offset, color=colour
    )
    dots = base.mark_circle(size=70, opacity=1).encode(x=x, y=y, yOffset=offset, color=colour)
    par = chart(pars).mark_tick(color="#1d2733", thickness=2, size=26)
    par = par.encode(x={"field": "par", "type": "quantitative"}, y=y)
    return finished((spread + dots + par).properties(height={"step": 15}))


def _seats(result: Balance, names: dict[str, str]) -> dict[str, Any]:
    kinds = _kinds(result)
    rows = []
    for seat, entry in result.figures["seats"].items():
        row: list[Any] = [names.get(seat, seat), entry["par"]]
        for kind in kinds:
            above = entry.get(kind, {}).get("beats_par")
            row.append(("–", "n") if above is None else interval(**above))
        rows.append(row)
    return {"heads": ["Seat", "Par", *(f"{kind} above par" for kind in kinds)], "rows": rows}


def _matrix(result: Balance, names: dict[str, str]) -> dict[str, Any]:
    """Seats × kinds of players, with how often each kind is the best."""
    kinds = _kinds(result)
    rows: list[list[Any]] = []
    wins = dict.fromkeys(kinds, 0)
    for seat, entry in result.figures["seats"].items():
        means = {kind: entry[kind]["mean"] for kind in kinds if kind in entry}
        best = max(means, key=lambda kind: means[kind])
        wins[best] += 1
        row: list[Any] = [names.get(seat, seat)]
        for kind in kinds:
            shown = f"{means[kind]:,.1f}".replace("-", "−") if kind in means else "–"
            row.append((shown, "n good" if kind == best else "n"))
        rows.append(row)
    rows.append(["Seats where it is best", *((str(wins[kind]), "n") for kind in kinds)])
    return {"heads": ["Seat", *kinds], "rows": rows}


def _objectives(result: Balance, names: dict[str, str]) -> Any:
    kind = _kinds(result)[-1]
    rows = []
    for seat, entry in result.figures["seats"].items():
        for goal, hits in entry.get(kind, {"objectives": {}})["objectives"].items():
            good = 0.1 <= hits["share"] <= 0.9
            label = f"{names.get(seat, seat)}: {goal}"
            rows.append({"goal": label, **hits, "within": "10 to 90 %" if good else "outside"})
    y = {"field": "goal", "type": "nominal", "sort": [row["goal"] for row in rows], "title": None}
    scale = {"domain": ["10 to 90 %", "outside"], "range": [GREEN, RED]}
    colour = {"field": "within", "type": "nominal", "scale": scale}
    axis = {"field": "share", "type": "quantitative", "axis": {"format": "%"}, "scale": {"domain": [0, 1]}}
    bars = (
        chart(rows)
        .mark_bar(height=9, opacity=0.8)
        .encode(x={**axis, "title": f"Share of games with the {kind} player"}, y=y, color=colour)
    )
    rule = (
        chart(rows)
        .mark_rule(color="#1d2733")
        .encode(x={"field": "low", "type": "quantitative"}, x2={"field": "high"}, y=y)
    )
    return finished((bars + rule).properties(height={"step": 16}))


def _orders(result: Balance, names: dict[str, str]) -> list[list[Any]]:
    """What a seat gives most often; what is rarely legal tells nothing of its play, unless it is found wanting."""
    rows = []
    for seat, entry in result.figures["orders"].items():
        dominant = dominant_actions(entry)
        often = [one for one in entry["actions"] if not _is_answer(one) and one["legal"] >= LEAST_LEGAL]
        often.sort(key=lambda one: -one["legal"] * one["rate"])
        for place, one in enumerate(often):
            bad = one["action"] in dominant
            if place < LISTED or bad:
                legal = f"{one['legal'] * 100:.0f}", "n"
                rows.append([names.get(seat, seat), one["action"], legal, share(one["rate"], "bad" if bad else "")])
    return rows


def _is_answer(one: dict[str, Any]) -> bool:
    return str(one["action"]).startswith(ANSWER)


def _answers(result: Balance, names: dict[str, str]) -> list[list[Any]]:
    """One row a card of a seat, the most frequent first, with all its answers."""
    rows = []
    for seat, entry in result.figures["orders"].items():
        dominant = dominant_actions(entry)
        cards: dict[str, list[dict[str, Any]]] = {}
        for one in entry["actions"]:
            if _is_answer(one):
                cards.setdefault(one["action"].split(".")[1], []).append(one)
        # Not every answer is legal whenever its card is there.
        shown = {card: max(one["legal"] for one in found) for card, found in cards.items()}
        for place, card in enumerate(sorted(cards, key=lambda card: -shown[card])):
            bad = any(one["action"] in dominant for one in cards[card])
            if place < LISTED or bad:
                told = ", ".join(f"{one['action'].split('.')[-1]} {one['rate']:.0%}" for one in cards[card])
                legal = f"{shown[card] * 100:.1f}", "n"
                rows.append([names.get(seat, seat), card, legal, (told.replace("%", "\u202f%"), "bad" if bad else "")])
    return rows


def _strategies(result: Balance, names: dict[str, str]) -> list[list[Any]]:
    """One row a strategy; those of a seat that have the same kinds of orders on top are numbered."""
    rows = []
    for seat, entry in result.figures["strategies"].items():
        called = [" and ".join(one["mostly"]) for one in entry["clusters"]]
        for place, one in enumerate(entry["clusters"]):
            alike = called.count(called[place])
            which = f" ({called[: place + 1].count(called[place])} of {alike})" if alike > 1 else ""
            rows.append([names.get(seat, seat), called[place] + which, share(one["share"]), one["score"]])
    return rows


def _spam(result: Balance, names: dict[str, str]) -> Section:
    """A gain is no finding, and is not painted as one: means of other games do not tell it from luck."""
    rows = [
        [names.get(seat, seat), best, score, usual, (f"{score - usual:+.1f}", "n" if score > usual else "n good")]
        for seat, (best, score, usual) in best_repeated(result.figures).items()
    ]
    text = (
        "The best a seat does by giving one action turn after turn. It should do worse than its doctrine; whether it "
        "does is not among the findings: `scripts/gauge.py` judges it, on the same luck."
    )
    return Section("One order again and again", text, heads=["Seat", "Order", "Score", "Doctrine", "Gain"], rows=rows)


def _ablation(result: Balance, names: dict[str, str]) -> Section:
    rows = []
    for action, changes in result.figures["ablation"].items():
        if changes:
            seat = max(changes, key=lambda one: abs(changes[one]))
            mean = sum(abs(change) for change in changes.values()) / len(changes)
            rows.append([action, mean, names.get(seat, seat), (f"{changes[seat]:+.1f}", "n")])
    rows.sort(key=lambda row: -row[1])
    text = "How scores change when nobody may give an action: what moves nothing could be left out of the game."
    heads = ["Action", "Mean change", "Most moved", "By"]
    return Section("Without each action", text, heads=heads, rows=rows)
