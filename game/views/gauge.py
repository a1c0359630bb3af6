"""How a scenario was gauged by many games, for the picker: a seat's own figures, what was missed, the hindcast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from game.lab.cards import card
from game.scenario.language import month_index
from game.text import _, several
from game.views.names import month_name
from game.views.sight import figure


@dataclass(frozen=True)
class GaugeCard:
    """How a scenario was gauged by many games, for a seat or for all.

    lines: (what, figure) as they are shown, with what a fair scenario should show and this one does not; note: how it
    was measured; short: the seat's figures in one line, empty if no seat is asked for.
    """

    title: str
    lines: tuple[tuple[str, str], ...]
    note: str
    short: str = ""


def gauge_card(scenario: str, seat: str = "", names: Mapping[str, str] | None = None) -> GaugeCard | None:
    """The card that says how a scenario was gauged, or None where nobody has.

    It tells what the model gets right and, by name, what it gets wrong. seat: whose figures are shown, those of all if
    empty or not measured; names: seat → its name. A damaged card counts as none: a picker must open all the same.
    """
    held = card(scenario)
    if held is None:
        return None
    try:
        balance, hindcast = held["balance"], held["hindcast"]
        own = balance["seats"].get(seat)
        known = seat if own is not None else ""
        faults: list[str] = balance.get("faults", [])
        lines = [*(_range_lines(balance) if own is None else _seat_lines(own)), *_lead_lines(balance)]
        lines += _missed(faults, known, names or {})
        lines += _hindcast_lines(hindcast) if hindcast else ()
        note = " ".join(_notes(balance, hindcast))
        return GaugeCard(_("How it was gauged"), tuple(lines), note, _short(own, _own(faults, seat)) if own else "")
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _percent(share: float) -> str:
    return _("{share} %").format(share=round(share * 100))


def _signed(number: float) -> str:
    return f"{number:+.2f}".replace("-", "−")


# -- balance -----------------------------------------------------------------------------------------


def _players() -> Iterator[tuple[str, str, str]]:
    """Each kind of player: its key on the card, above par by it, and its name in a short line."""
    yield "planner", _("Above par, looking ahead"), _("looking ahead {share}")
    yield "history", _("Above par by what was done"), ""
    yield "doctrine", _("Above par by doctrine"), _("by doctrine {share}")
    yield "random", _("Above par at random"), _("at random {share}")
    yield "idle", _("Above par without orders"), ""


def _range_lines(balance: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is so over all seats."""
    seats = balance["seats"].values()
    for kind, said, _brief in _players():
        shares = [seat[kind]["beats_par"] for seat in seats if "beats_par" in seat.get(kind, {})]
        if shares:
            low, high = _percent(min(shares)), _percent(max(shares))
            yield said, low if low == high else _("{low} to {high} by seat").format(low=low, high=high)


def _seat_lines(seat: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A seat's own figures."""
    if seat["par"] is not None:
        yield _("Par of this seat"), figure(seat["par"], 1)
    for kind, said, _brief in _players():
        if kind not in seat:
            continue
        mean = figure(seat[kind]["mean"], 1)
        if "beats_par" in seat[kind]:
            share = _percent(seat[kind]["beats_par"])
            yield said, _("{share} of games; mean score {mean}").format(share=share, mean=mean)
        else:
            yield said, _("mean score {mean}").format(mean=mean)


def _own(faults: list[str], seat: str) -> list[str]:
    """What is missed for a seat."""
    return [fault.removeprefix(f"{seat}: ") for fault in faults if fault.startswith(f"{seat}: ")]


def _short(seat: Mapping[str, Any], faults: list[str]) -> str:
    shares = [
        brief.format(share=_percent(seat[kind]["beats_par"]))
        for kind, _said, brief in _players()
        if brief and "beats_par" in seat.get(kind, {})
    ]
    if not shares:
        return ""
    missed = several("{count} criterion missed", "{count} criteria missed", len(faults)) if faults else ""
    said = _("Games above par: {shares}").format(shares=", ".join(shares))
    return f"{said}; {missed}" if missed else said


def _lead_lines(balance: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if len(balance["seats"]) > 1:  # one seat alone is always in the lead
        turns = round(balance["turns"]["mean"])
        yield (
            _("Changes of the lead"),
            _("{count} in {turns} turns").format(count=round(balance["lead_changes"], 1), turns=turns),
        )


def _missed(faults: list[str], seat: str, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is missed, of a seat in full and of the others in numbers; without a seat all in full."""
    if not seat:
        for fault in faults:
            whose, _colon, text = fault.partition(": ")
            yield _("Missed for {seat}").format(seat=names.get(whose, whose)), text
        return
    own = _own(faults, seat)
    for text in own or [_("nothing that was measured")]:
        yield _("Missed for this seat"), text
    others = Counter(fault.partition(": ")[0] for fault in faults if not fault.startswith(f"{seat}: "))
    if others:
        counts = ", ".join(f"{names.get(whose, whose)} {count}" for whose, count in others.items())
        yield _("Criteria missed for other seats"), counts


def _notes(balance: Mapping[str, Any], hindcast: Mapping[str, Any] | None) -> Iterator[str]:
    """How many games the figures are from, and that no hindcast could be made."""
    games, planner = balance["games"], balance.get("planner_games", 0)
    if planner:
        yield _("Balance: {games} games for each kind of player, {planner} for each seat that looks ahead.").format(
            games=games, planner=planner
        )
    else:
        yield _("Balance: {games} games for each kind of player; looking ahead was not measured.").format(games=games)
    if hindcast:
        first, last = (_spoken(month) for month in hindcast["window"])
        yield _("Record: {games} games, {first} to {last}, every seat played by the computer.").format(
            games=hindcast["games"], first=first, last=last
        )
        if hindcast["in_sample"]:
            yield _("The rules were tuned on the recorded years, so the skill is in-sample.")
    else:
        yield _("Too little is recorded for these months to grade this scenario against history.")


# -- hindcast ----------------------------------------------------------------------------------------


def _spoken(month: str | None) -> str:
    """`2008-04` in words."""
    return month_name(month_index(month)) if month else ""


def _hindcast_lines(hindcast: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if hindcast["skill"] is not None:
        shown = _signed(hindcast["skill"])
        low, high = hindcast.get("skill_low"), hindcast.get("skill_high")
        if low is not None and high is not None:
            shown = _("{skill} ({low} to {high})").format(skill=shown, low=_bare(low), high=_bare(high))
        yield _("Skill against the record"), shown
    yield (
        _("Recorded milestones that most games match"),
        _("{right} of {targets}").format(right=hindcast["right"], targets=hindcast["targets"]),
    )
    last = hindcast["window"][1]
    for wrong in hindcast["wrong"]:
        yield _("It gets wrong: {target}").format(target=wrong["title"]), _often(wrong, last)
    wrong_ones = {wrong["id"] for wrong in hindcast["wrong"]}
    for beaten in hindcast["worse_than_a_simple_rival"]:
        if beaten["id"] in wrong_ones:
            continue
        if beaten["happened"] is None:
            yield _("It reaches too often: {target}").format(target=beaten["title"]), _often(beaten, last)
            continue
        shown = _("in {share} of games, half of them by {month} instead of {happened}")
        yield (
            _("It gets the time wrong: {target}").format(target=beaten["title"]),
            shown.format(
                share=_percent(beaten["share"]),
                month=_spoken(beaten["in_half_by"]),
                happened=_spoken(beaten["happened"]),
            ),
        )


def _often(one: Mapping[str, Any], last: str) -> str:
    """In how many games a milestone came, and what is recorded of it; the games may end before it came."""
    if one["happened"] is not None:
        happened = _("it happened")
    elif one.get("happened_later"):
        happened = _("it happened in {month}, after the last month of the games")
        happened = happened.format(month=_spoken(one["happened_later"]))
    else:
        happened = _("it had not happened by {month}").format(month=_spoken(last))
    return _("in {share} of games; {happened}").format(share=_percent(one["share"]), happened=happened)


def _bare(number: float) -> str:
    """A number with a sign only where it is below zero."""
    return f"{number:.2f}".replace("-", "−")
