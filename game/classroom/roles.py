"""The role card of a seat and the three questions that show whether it was read."""

from __future__ import annotations

from dataclasses import dataclass

from game.scenario import Scenario
from game.text import _, keyed
from game.views import scenario_card
from game.views.briefing import SeatCard


@dataclass(frozen=True)
class Question:
    """right: which answer is, counted from 0."""

    ask: str
    answers: tuple[str, ...]
    right: int


def questions(scenario: Scenario, seat: str) -> tuple[Question, ...]:
    """The scenario's own three questions, else three made from the role cards."""
    teaching = scenario.book.scenario.teaching
    for check in teaching.checks if teaching else ():
        if check.seat == seat:
            key = f"scenario.{scenario.id}.teaching.{seat}"
            return tuple(
                Question(
                    keyed(f"{key}.{n}.ask", one.ask),
                    tuple(keyed(f"{key}.{n}.{i}", text) for i, text in enumerate(one.answers)),
                    one.right - 1,
                )
                for n, one in enumerate(check.questions)
            )
    return _made(scenario, seat)


def care(scenario: Scenario, seat: str) -> str:
    """Why a seat should be given with care, or ""."""
    teaching = scenario.book.scenario.teaching
    found = next((one.why for one in teaching.care if one.seat == seat), "") if teaching else ""
    return keyed(f"scenario.{scenario.id}.care.{seat}", found) if found else ""


def class_turns(scenario: Scenario) -> int:
    """Turns that the class plays; the computer plays the rest."""
    teaching = scenario.book.scenario.teaching
    return (teaching.turns if teaching else None) or scenario.book.scenario.turns


def _made(scenario: Scenario, seat: str) -> tuple[Question, ...]:
    cards = scenario_card(scenario).seats
    mine = next(card for card in cards if card.seat == seat)
    others = [card for card in cards if card.seat != seat]
    place = cards.index(mine)
    helps = {title for card in cards for title in card.helps} - set(mine.helps)
    all_titles = [keyed(f"actions.{action.id}.title", action.title) for action in scenario.book.rulebook.actions]
    strange = [title for title in all_titles if title not in mine.helps and (not helps or title in helps)]
    hurdles = [card.objections for card in _next(others, place + 1)]
    return (
        _ask(_("What is your goal?"), mine.goal, [card.goal for card in _next(others, place)], place),
        _ask(_("What stands in your way?"), mine.objections, hurdles, place + 1),
        _ask(_("Which of these orders helps you most?"), mine.helps[0], strange[place : place + 2], place + 2),
    )


def _next(cards: list[SeatCard], place: int) -> list[SeatCard]:
    return [cards[(place + step) % len(cards)] for step in range(min(2, len(cards)))] if cards else []


def _ask(ask: str, right: str, wrong: list[str], turn: int) -> Question:
    fillers = [_("To wait until the others have decided."), _("Nothing of the kind.")]
    answers = list(dict.fromkeys([*(text for text in wrong if text != right), *fillers]))[:2]
    at = turn % (len(answers) + 1)
    answers.insert(at, right)
    return Question(ask, tuple(answers), at)
