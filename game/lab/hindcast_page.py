"""The hindcast as a page: what the model gets right, and what it gets wrong."""

from __future__ import annotations

from typing import Any

from game.lab.hindcast import IN, OUT, PARTLY, Hindcast
from game.lab.hindcast_grades import Grade
from game.lab.hindcast_text import changed, cut, when
from game.lab.page import AMBER, BLUE, GREEN, GREY, RED, Page, Section, chart, command, finished, share
from game.lab.record import month_text
from game.lab.targets import Target
from game.scenario import Book

SAMPLES = {
    IN: "in-sample: the rules were tuned on this very window",
    PARTLY: "partly in-sample: the rules were tuned on a part of this window",
    OUT: "on a window not tuned on",
}


def spoken(target: Target, book: Book) -> str:
    """A target in words: `Croatia: Road to NATO, Member`."""
    names = {one.id: one.name for one in book.rulebook.things}
    actor = names.get(target.actor, target.actor)
    if target.rung.startswith("recognised."):
        whom = target.rung.removeprefix("recognised.")
        return f"{actor}: recognises {names.get(whom, whom)}"
    assert book.report is not None
    quantity = next(q for q in book.rulebook.quantities if q.id == book.report.ladders[target.ladder])
    ladder = next(one for one in book.rulebook.ladders if one.id == quantity.unit.removeprefix("ladder:"))
    rung = next(one.title for one in ladder.rungs if one.id == target.rung)
    return f"{actor}: {ladder.title}, {rung}"


def card(result: Hindcast, book: Book) -> dict[str, Any]:
    """The short form shown beside a scenario: skill, what it gets right, and every failure.

    wrong: on which most games disagree with the record; such a one is mostly worse than a simple rival as well.
    """
    found, held = result.figures(), result.calibrated
    keys = ("scenario", "games", "window", "in_sample", "skill", "skill_low", "skill_high", "brier", "crps")
    rivals = ("crps_no_change", "crps_base_rate", "parameters_hash")
    return {
        **{key: found[key] for key in (*keys, *rivals)},
        **({"calibrated_hash": held.hash} if held and not held.changed else {}),
        "targets": len(result.grades),
        "right": sum(one.right for one in result.grades),
        "wrong": [_failure(one, result, book) for one in result.failures if not one.right],
        "worse_than_a_simple_rival": [_failure(one, result, book) for one in result.failures if one.beaten],
    }


def _failure(one: Grade, result: Hindcast, book: Book) -> dict[str, Any]:
    month, happened, later = one.median(result.window), one.target.happened, one.target.later
    return {
        "id": one.target.id,
        "title": spoken(one.target, book),
        "happened": None if happened is None else month_text(happened),
        **({} if later is None else {"happened_later": month_text(later)}),
        "share": round(one.share, 3),
        "in_half_by": None if month is None else month_text(month),
    }


def _around(low: float | None, high: float | None) -> tuple[str, str]:
    if low is None or high is None:
        return "–", "no interval: too few countries tell anything that a draw could change"
    return f"{low:+.2f} to {high:+.2f}", "95 % when countries are drawn anew; descriptive"


def _median(one: Grade, result: Hindcast) -> str:
    month = one.median(result.window)
    return "–" if month is None else month_text(month)


def page(result: Hindcast, folder: str = "") -> Page:
    """The whole report. folder: of the run's rows, for the commands that open one."""
    found = result.figures()
    low, high = found["skill_low"], found["skill_high"]
    agree = sum(one.right for one in result.grades)
    beaten = sum(one.right and one.beaten for one in result.grades)
    listed = " The list of targets was fixed before any game was played." if result.shipped else ""
    figures = [
        ("–" if found["skill"] is None else f"{found['skill']:+.2f}", f"skill, {SAMPLES[result.sample]}"),
        _around(low, high),
        (f"{found['brier']:.3f}", "Brier score at the ends of years"),
        (
            f"{agree} of {len(result.grades)}",
            "targets on which most games agree" + (f"; on {beaten} of them a simple rival is closer" if beaten else ""),
        ),
    ]
    report = Page(
        f"Hindcast of {result.title or result.scenario}",
        f"{result.games:,} games with every seat played by the computer, held against what is recorded for "
        f"{found['window'][0]} to {found['window'][1]}.{listed} {cut(result.window)}".rstrip(),
        foot=_foot(result),
    )
    text = (
        "Skill is 1 less the model's mean score over that of the better of two simple rivals: nothing changes, and "
        "a constant rate for each milestone. Above 0, the ensemble is closer to the record than both. "
        "So few countries bear no stronger claim."
    )
    report.sections.append(Section("How close it comes", text, figures, _rivals(result)))
    failures = [
        [
            one.target.id,
            when(one.target, result.window),
            share(one.share, "" if one.right else "bad"),
            (_median(one, result), "n"),
            one.crps,
            min(one.no_change, one.base_rate),
        ]
        for one in result.failures
    ]
    heads = ["Target", "Recorded", "Share of games", "In half by", "Score", "Rival"]
    said = "Most games agree throughout, and none of the simple rivals comes closer."
    if failures:
        said = (
            "Where most games disagree with the record, or reach a milestone at so wrong a time, or too often, that "
            "one of the simple rivals comes closer; the worst first. Scores, and the better rival's, are in months."
        )
    report.sections.append(Section("What it gets wrong", said, heads=heads, rows=failures))
    report.sections.append(Section("Recorded and modelled", _explained(), chart=_dots(result)))
    groups = [
        [group, held["targets"], held["crps"], held["crps_no_change"], held["crps_base_rate"],
         ("–" if held["skill"] is None else f"{held['skill']:+.2f}", "n")]
        for group, held in found["groups"].items()
    ]  # fmt: skip
    report.sections.append(
        Section(
            "By kind of target",
            "Conditional: the record itself had a condition. Contested: the status of a state is disputed.",
            heads=["Kind", "Targets", "Model", "No change", "Base rate", "Skill"],
            rows=groups,
        )
    )
    rows = [
        [one.target.id, when(one.target, result.window), share(one.share), one.crps, one.no_change, one.base_rate]
        for one in result.grades
    ]
    heads = ["Target", "Recorded", "Share of games", "Model", "No change", "Base rate"]
    report.sections.append(Section("Every target", "Scores in months; less is better.", heads=heads, rows=rows))
    if folder:
        text = f"Any game of this ensemble can be opened and played on: `{command(folder)}`."
        report.sections.append(Section("Open a game", text))
    return report


def _foot(result: Hindcast) -> str:
    """How the ensemble can be made again."""
    said = f"Seed {result.seed}; players {', '.join(result.players)}; "
    said += f"hash of all {len(result.parameters)} named numbers {result.parameters_hash}."
    if (held := result.calibrated) is None:
        return said
    if held.changed:
        return (
            f"{said} Changed from the calibrated numbers, which are frozen with the hash {held.hash}: {changed(held)}."
        )
    names = ", ".join(f"{name} {value:g}" for name, value in held.parameters.items())
    return f"{said} Calibrated: {names}; frozen with the hash {held.hash}."


def _explained() -> str:
    return (
        "The bar is the share of games in which a milestone was reached within the window; the mark is at the right "
        "where it was reached in fact, and at the left where it was not. What happens in a turn carries its first "
        "month: where a turn is a quarter, a model that is right to the quarter still pays up to two months."
    )


def _rivals(result: Hindcast) -> Any:
    found = result.figures()
    names = {"Model": "crps", "No change": "crps_no_change", "Base rate": "crps_base_rate"}
    rows = [{"who": who, "score": found[key]} for who, key in names.items()]
    colour = {"domain": list(names), "range": [BLUE, GREY, GREY]}
    return finished(
        chart(rows)
        .mark_bar(height=18)
        .encode(
            x={"field": "score", "type": "quantitative", "title": "Mean score in months; less is better"},
            y={"field": "who", "type": "nominal", "sort": list(names), "title": None},
            color={"field": "who", "type": "nominal", "scale": colour, "legend": None},
        )
        .properties(height={"step": 28})
    )


def _dots(result: Hindcast) -> Any:
    altair_rows = [
        {
            "target": one.target.id,
            "share": one.share,
            "fact": float(one.target.happened is not None),
            "agrees": "disagrees" if not one.right else "a rival is closer" if one.beaten else "agrees",
        }
        for one in result.grades
    ]
    order = [row["target"] for row in altair_rows]
    # A mark at 0 reaches to the left of its place, where the names end.
    y = {"field": "target", "type": "nominal", "sort": order, "title": None, "axis": {"labelPadding": 9}}
    kinds = {"agrees": GREEN, "a rival is closer": AMBER, "disagrees": RED}
    # One below the other: on a narrow page there is no room beside one another.
    colour = {"field": "agrees", "type": "nominal", "scale": {"domain": [*kinds], "range": [*kinds.values()]},
              "legend": {"columns": 1}}  # fmt: skip
    x = {"field": "share", "type": "quantitative", "axis": {"format": "%"}, "title": "Share of games",
         "scale": {"domain": [0, 1]}}  # fmt: skip
    bars = chart(altair_rows).mark_bar(height=9, opacity=0.75).encode(x=x, y=y, color=colour)
    fact = {"field": "fact", "type": "quantitative"}
    marks = chart(altair_rows).mark_point(shape="diamond", filled=True, size=70, color=BLUE, opacity=1)
    return finished((bars + marks.encode(x=fact, y=y)).properties(height={"step": 17}))
