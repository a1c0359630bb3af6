"""The game on the desk: whose turn it is, what the seat sees, forecasts, the turn's end.

Views are derived once for each state of the game and kept until it moves on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from game.desktop.oracle import Oracle
from game.desktop.work import SOON, URGENT, Job, Work
from game.session import PERSON, Game, SaveError, Step, autosave
from game.views import Designation, ForecastView, Sight, forecast_view, matter_now
from game.views.advice import AdviceView, advice_view
from game.views.ahead import Ahead, look_ahead
from game.views.palette import category_rows

T = TypeVar("T")
MOST_ROWS = 60


@dataclass
class Outlooks:
    """Forecasts of one turn by the orders they are of; `asked` is the one being computed."""

    known: dict[tuple[int, ...], ForecastView] = field(default_factory=dict)
    asked: tuple[int, ...] | None = None
    job: Job | None = None


class Desk:
    """One game in progress. `version` grows with every change; `busy` while a turn is being resolved."""

    def __init__(self, game: Game, work: Work, designation: Designation = "period") -> None:
        self.game, self.work, self.designation = game, work, designation
        self.version = 0
        self.busy: Job | None = None
        self.guided: set[str] = set()  # steps of the guide that the player has done
        self.forecast_shown = False
        self._told: set[tuple[int, str | None]] = set()  # by how many steps and which seat a report was opened
        self.seat = self.due()
        self.saved_at: int | None = None
        self.ahead: Ahead | None = None
        self._ahead_job: Job | None = None
        self._views: dict[Any, Any] = {}
        self._sight: Sight | None = None
        self._outlooks = Outlooks()
        self.oracle = Oracle(game, apart=work.threaded)

    # -- what the seat sees ------------------------------------------------------------------------

    @property
    def sight(self) -> Sight:
        """The game through the eyes of the seat whose turn it is (of nobody in particular while watching)."""
        if self._sight is None:
            self._sight = Sight(self.game, self.seat, self.designation)
        return self._sight

    def view(self, make: Callable[..., T], *what: Any) -> T:
        """`make(sight, *what)`, derived once for the present state."""
        key = (make, what)
        if key not in self._views:
            self._views[key] = make(self.sight, *what)
        found: T = self._views[key]
        return found

    def changed(self, turn: bool = False) -> None:
        """The game or the seat is another one; with `turn` forecasts and advice are of the past too."""
        self.version += 1
        self._views.clear()
        self._sight = None
        if turn:
            self.stop_forecast()
            self._outlooks = Outlooks()
            self.ahead = None
            if self._ahead_job is not None:
                self._ahead_job.cancel()
                self._ahead_job = None

    def prepare(self, done: Callable[[], None]) -> None:
        """Derive what takes longer (advice, councils) off the frames, once a turn."""
        if self.ahead is not None or self._ahead_job is not None:
            return
        sight, version = Sight(self.game, self.seat, self.designation), self.version

        def run(job: Job) -> Ahead:
            self.oracle.start()
            return look_ahead(sight, matter_now)

        def take(found: Ahead) -> None:
            self.ahead, self._ahead_job = found, None
            if self.version == version:
                for category, rows in found.rows.items():
                    self._views.setdefault((category_rows, (category,)), rows)
            done()

        self._ahead_job = self.work.submit("ahead", run, take, urgency=SOON)

    # -- orders ------------------------------------------------------------------------------------

    @property
    def may_order(self) -> bool:
        """Whether the seat can give orders now."""
        return self.seat is not None and self.busy is None and not self.game.over

    def submit(self, order: int) -> None:
        """Queue an order. Raises IllegalOrderError."""
        assert self.seat is not None
        self.game.submit(self.seat, order)
        self.changed()

    def withdraw(self, order: int) -> bool:
        """Take an order out of the queue again."""
        done = self.seat is not None and self.game.withdraw(self.seat, order)
        self.changed()
        return done

    def undo(self) -> int | None:
        """Take back the last order; which it was."""
        order = self.game.undo(self.seat) if self.seat is not None else None
        self.changed()
        return order

    # -- forecasts ---------------------------------------------------------------------------------

    def forecast(self, orders: Sequence[int], done: Callable[[], None]) -> ForecastView | None:
        """The forecast of these orders if it is known; else it is asked for, and `done` called when it is there."""
        key = tuple(orders)
        found = self._outlooks.known.get(key)
        self.forecast_shown = self.forecast_shown or found is not None
        if found is not None or self.seat is None or self.game.over:
            return found
        if self._outlooks.asked == key:
            return None
        self.stop_forecast()
        outlooks, seat, sight = self._outlooks, self.seat, self.sight

        column = self.game.column

        def run(job: Job) -> ForecastView | None:
            found = self.oracle.forecast(seat, column, key, job.cancelled)
            return None if found is None else forecast_view(sight, found, MOST_ROWS)

        def take(forecast: ForecastView | None) -> None:
            outlooks.asked = outlooks.job = None
            if forecast is not None:
                outlooks.known[key] = forecast
                self.forecast_shown = True
                done()

        outlooks.asked = key
        outlooks.job = self.work.submit("forecast", run, take, urgency=SOON)
        return None

    def known_forecast(self, orders: Sequence[int]) -> ForecastView | None:
        """A forecast that has been computed already."""
        return self._outlooks.known.get(tuple(orders))

    @property
    def forecasting(self) -> tuple[int, ...] | None:
        """The orders whose forecast is being computed."""
        return self._outlooks.asked

    def stop_forecast(self) -> None:
        """The pointer has left: the forecast under way is not wanted any more."""
        if self._outlooks.job is not None:
            self._outlooks.job.cancel()
        self._outlooks.asked = self._outlooks.job = None

    # -- the turn's end ----------------------------------------------------------------------------

    def due(self) -> str | None:
        """The seat whose person is to give orders next: the first that has not handed in."""
        people = self.game.people
        return next((seat for seat in people if seat not in self.game.handed_in), people[0] if people else None)

    @property
    def begun(self) -> bool:
        """Whether anything was done yet that is worth keeping."""
        game = self.game
        return bool(game.log or game.handed_in or any(game.queues.values()))

    def hand_in(self) -> str | None:
        """The seat has finished. The next person's seat, or None when the turn can be resolved."""
        if self.seat is None or self.game.hand_in(self.seat):
            return None
        return self.due()

    def tell(self) -> bool:
        """Whether the report is to be opened for the person who has taken the seat; True once a turn and seat."""
        key = (len(self.game.steps), self.seat)
        if len(self.game.people) < 2 or not self.game.steps or key in self._told:
            return False
        self._told.add(key)
        return True

    def sit(self, seat: str | None) -> None:
        """Another person takes the chair."""
        self.seat = seat
        self.changed(turn=True)

    def end_turn(self, done: Callable[[Step, str], None], save: bool = True) -> Job:
        """Resolve the turn off the frames; `done` gets the step and "" or why the autosave failed."""
        self.stop_forecast()
        game = self.game

        def run(job: Job) -> tuple[Step, str]:
            job.progress(0.1)
            step = self._resolve(job)
            job.progress(0.8)
            return step, keep(game) if save else ""

        def take(found: tuple[Step, str]) -> None:
            self.busy = None
            if self.seat is not None:
                self.seat = self.due() or self.seat
            self.changed(turn=True)
            done(*found)

        self.busy = self.work.submit("turn", run, take, urgency=URGENT)
        return self.busy

    def _resolve(self, job: Job) -> Step:
        """Resolve the turn; players that look ahead decide in the process of the oracle."""
        game = self.game
        if not game.looks_ahead or game.over:
            return game.end_turn()
        decided = self.oracle.decisions(game.column, lambda share: job.progress(0.1 + 0.6 * share))
        queues = {seat: list(game.queue(seat)) for seat in game.people}
        return game.play({seat: queues.get(seat, decided[seat]) for seat in game.ruleset.seats})

    # -- the adviser -------------------------------------------------------------------------------

    def advise(self, done: Callable[[AdviceView | None], None]) -> Job:
        """Ask what the planner would do, off the frames; `done` gets its answer. The job can be cancelled."""
        assert self.seat is not None
        seat, sight, column = self.seat, self.sight, self.game.column

        def run(job: Job) -> AdviceView | None:
            found = self.oracle.advice(seat, column, job.cancelled, job.progress)
            return None if found is None else advice_view(sight, found)

        return self.work.submit("adviser", run, done, urgency=SOON)

    def close(self) -> None:
        """The game leaves the desk."""
        self.stop_forecast()
        self.oracle.close()

    def hand_over(self, seat: str, holder: str = PERSON) -> None:
        """Give a seat to a person or to a kind of computer player."""
        self.game.hand_over(seat, holder)
        self.changed(turn=True)


def keep(game: Game) -> str:
    """Autosave; "" or the sentence that says why not."""
    try:
        autosave(game)
    except SaveError as fault:
        return str(fault)
    return ""
