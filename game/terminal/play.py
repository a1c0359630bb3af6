"""The game in words: read a line, do it, say what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from game.session import (
    Forecaster,
    Game,
    GameStoppedError,
    IllegalOrderError,
    Known,
    SaveError,
    UnknownNameError,
    autosave,
    load_game,
    nearest_names,
    save_game,
)
from game.session.adviser import advise
from game.session.logs import open_log
from game.terminal import turn as turn_screens
from game.terminal import world as world_screens
from game.terminal.advice import advice_screen
from game.terminal.speaker import Line, Part, Speaker
from game.terminal.words import find_order, find_row, find_thing, find_word, split, vocabulary
from game.text import _
from game.views import (
    Designation,
    OrderRow,
    Sight,
    card,
    categories,
    forecast_view,
    matter_now,
    order_row,
    reason_texts,
)
from game.views.advice import advice_view

FEW = 12
"""Lists of at most so many orders tell what each does."""


class Play:
    """One game at a terminal. `do(line)` is everything a person can say; False means: leave."""

    def __init__(self, game: Game, speaker: Speaker, designation: Designation = "period") -> None:
        self.game, self.speaker, self.designation = game, speaker, designation
        self.seat: str | None = game.people[0] if game.people else None
        self.listed: list[int] = []
        self.forecaster: Forecaster | None = None
        self.left = False
        self.words: Mapping[str, Callable[[str], Iterator[Part]]] = {
            "briefing": lambda rest: turn_screens.briefing_screen(self.sight),
            "countries": lambda rest: world_screens.countries_screen(self.sight),
            "country": self._country,
            "relations": lambda rest: world_screens.pairs_screen(self.sight),
            "hotspots": lambda rest: world_screens.places_screen(self.sight, "hotspots"),
            "missions": lambda rest: world_screens.places_screen(self.sight, "missions"),
            "council": self._council,
            "talks": lambda rest: world_screens.talks_screen(self.sight),
            "orders": self._orders,
            "order": self._order,
            "choose": self._choose,
            "undo": self._undo,
            "queue": lambda rest: turn_screens.queue_screen(self.sight),
            "forecast": self._forecast,
            "adviser": self._adviser,
            "why": self._why,
            "news": lambda rest: turn_screens.news_screen(self.sight),
            "history": lambda rest: turn_screens.history_screen(self.sight),
            "report": lambda rest: turn_screens.report_screen(self.sight, 12),
            "deeds": lambda rest: turn_screens.deeds_screen(self.sight),
            "objectives": lambda rest: turn_screens.objectives_screen(self.sight, terms=True),
            "end": self._end,
            "save": self._save,
            "load": self._load,
            "help": lambda rest: self._help(),
            "quit": self._quit,
        }

    @property
    def sight(self) -> Sight:
        return Sight(self.game, self.seat, self.designation)

    # -- the loop ----------------------------------------------------------------------------------

    def run(self, lines: Iterable[str]) -> None:
        """Play until the lines end or somebody leaves."""
        self.greet()
        for line in lines:
            if not self.do(line):
                return

    def greet(self) -> None:
        """The briefing in the first turn, else the news; then the head of the turn."""
        if not self.game.steps:
            self.speaker.say(turn_screens.briefing_screen(self.sight))
        self._open_turn()
        self.speaker.say([Line(_("Say 'orders' for what you can do, 'help' for all words."), "dim")])

    def do(self, line: str) -> bool:
        """Do what one line says; an unknown one says what is near it and changes nothing."""
        if not line.strip() or line.lstrip().startswith("#"):
            return True
        word, rest = split(line)
        try:
            self.speaker.say(self.words[find_word(word)](rest))
        except UnknownNameError as fault:
            self.speaker.say([Line(str(fault), "warning")])
        except IllegalOrderError as fault:
            self.speaker.say(self._refusal(fault))
        except (SaveError, GameStoppedError) as fault:
            self.speaker.say([Line(_ended(str(fault)), "warning")])
        return not self.left

    def _refusal(self, fault: IllegalOrderError) -> Iterator[Part]:
        yield Line(_("The order {id} is not possible:").format(id=fault.text), "warning")
        for reason in reason_texts(self.sight, fault.reasons):
            yield Line(reason, indent=1)

    def _player(self) -> str:
        """The seat that orders now. Raises GameStoppedError where nobody plays."""
        if self.seat is None:
            raise GameStoppedError(_("You only look on; start with --as SEAT to play."))
        return self.seat

    # -- words -------------------------------------------------------------------------------------

    def _help(self) -> Iterator[Part]:
        yield Line(_("Words"), "heading")
        for word in vocabulary():
            yield Line(_("{word}: {help}.").format(word=f"{word.name} {word.takes}".strip(), help=word.help), indent=1)

    def _country(self, rest: str) -> Iterator[Part]:
        thing = find_thing(self.sight, rest or self.seat or "")
        yield from world_screens.country_screen(self.sight, thing)

    def _council(self, rest: str) -> Iterator[Part]:
        about = rest.lower() if rest.lower() in ("", "all") else find_thing(self.sight, rest)
        yield from world_screens.council_screen(self.sight, about)

    def _orders(self, rest: str) -> Iterator[Part]:
        sight = self.sight
        self._player()
        if not rest:
            rows = matter_now(sight)
            yield from self._list(rows, _("Orders that matter now; 'orders all' for the rest"))
            return
        found = [row for group in categories(sight) for row in group.orders]
        if rest.lower() != "all":
            wanted = rest.lower()
            groups = {group.id: group for group in categories(sight)}
            chosen = groups.get(wanted) or next((g for g in groups.values() if g.title.lower() == wanted), None)
            near = [row for row in found if wanted in row.text or wanted in row.title.lower()]
            found = list(chosen.orders) if chosen is not None else near
            if not found:
                raise UnknownNameError(rest, nearest_names(wanted, [*groups, *(row.action for row in found)]))
            yield from self._list(found, _("Orders with '{word}'").format(word=rest))
            return
        self.listed = []
        for group in categories(sight):
            yield from turn_screens.orders_screen(group.orders, group.title, len(self.listed) + 1, effects=False)
            self.listed += [row.order for row in group.orders]

    def _list(self, rows: Iterable[OrderRow], heading: str) -> Iterator[Part]:
        shown = list(rows)
        self.listed = [row.order for row in shown]
        yield from turn_screens.orders_screen(shown, heading, effects=len(shown) <= FEW)

    def _order(self, rest: str) -> Iterator[Part]:
        seat = self._player()
        order = find_order(self.game, seat, rest, self.listed)
        self.game.submit(seat, order)
        yield Line(_("Ordered: {order}.").format(order=order_row(self.sight, order).title), "good")
        yield from turn_screens.queue_screen(self.sight)

    def _choose(self, rest: str) -> Iterator[Part]:
        seat = self._player()
        open_card = card(self.sight)
        if open_card is None:
            yield Line(_("No decision is waiting."), "warning")
            return
        answers = {row.id: row for row in open_card.choices}
        if not rest:
            yield Line(_("Which answer? Say 'choose' and one of {ids}.").format(ids=", ".join(answers)), "warning")
            return
        wanted = rest.lower()
        if wanted not in answers:
            raise UnknownNameError(rest, nearest_names(wanted, answers))
        order = answers[wanted].order.order
        if open_card.answered is not None and open_card.answered != wanted:
            self.game.replace(seat, answers[open_card.answered].order.order, order)
        else:
            self.game.submit(seat, order)
        yield Line(_("Answered: {answer}.").format(answer=answers[wanted].order.title), "good")

    def _undo(self, rest: str) -> Iterator[Part]:
        order = self.game.undo(self._player())
        if order is None:
            yield Line(_("There is nothing to take back."))
            return
        yield Line(_("Taken back: {order}.").format(order=order_row(self.sight, order).title))
        yield from turn_screens.queue_screen(self.sight)

    def _forecast(self, rest: str) -> Iterator[Part]:
        seat = self._player()
        if rest:
            order = find_order(self.game, seat, rest, self.listed)
            if order not in self.game.queue(seat):
                why_not = self.game.verify(seat, order)
                if why_not:
                    raise IllegalOrderError(self.game.ruleset.catalogue.texts[order], why_not)
            orders = [order]
            row = order_row(self.sight, order)
            title = row.title
        else:
            orders, row = list(self.game.queue(seat)), None
            title = _("everything ordered so far")
            if not orders:
                text = _("Nothing is ordered yet. Say 'orders' for a list, then 'forecast 1' for the first of it.")
                yield Line(text, "warning")
                return
        if self.forecaster is None or self.forecaster.game is not self.game:
            self.forecaster = Forecaster(self.game)
        found = self.forecaster.forecast(seat, orders)
        if found is not None:
            yield from turn_screens.forecast_screen(forecast_view(self.sight, found), title, row)

    def _adviser(self, rest: str) -> Iterator[Part]:
        seat = self._player()
        if self.game.over:
            raise GameStoppedError(_("The game is over."))
        found = advise(self.game, seat)
        if found is not None:
            yield from advice_screen(advice_view(self.sight, found))

    def _why(self, rest: str) -> Iterator[Part]:
        if not rest:
            yield Line(_("Which quantity? Say for instance 'why score'."), "warning")
            return
        yield from turn_screens.why_screen(self.sight, find_row(self.sight, rest))

    def _end(self, rest: str) -> Iterator[Part]:
        if self.game.over:
            raise GameStoppedError(_("The game is over."))
        people = self.game.people
        if self.seat is not None and not self.game.hand_in(self.seat):
            waiting = next(seat for seat in people if seat not in self.game.handed_in)
            self.seat, self.listed = waiting, []
            self.speaker.clear()
            yield Line(_("Hand over to {seat}.").format(seat=self.sight.names.label(waiting)), "title")
            yield from turn_screens.opening_screen(self.sight)
            return
        self.game.end_turn()
        self.seat, self.listed = (people[0] if people else None), []
        if len(people) > 1:
            self.speaker.clear()
        self._keep()
        yield from turn_screens.news_screen(self.sight)
        yield from turn_screens.report_screen(self.sight)
        if self.game.over:
            yield from turn_screens.outcome_screen(self.sight)
        else:
            yield from turn_screens.opening_screen(self.sight)

    def _keep(self) -> None:
        """The autosave; a disk that is full costs the autosave, not the game."""
        try:
            autosave(self.game)
        except SaveError as fault:
            open_log().warning("autosave: %s", fault)
            self.speaker.say([Line(_("No autosave: {fault}.").format(fault=fault), "warning")])

    def _save(self, rest: str) -> Iterator[Part]:
        if not rest:
            raise SaveError(_("Name the file, e.g. save my game.json"))
        save_game(self.game, Path(rest))
        yield Line(_("Saved to {file}.").format(file=rest), "good")

    def _load(self, rest: str) -> Iterator[Part]:
        if not rest:
            raise SaveError(_("Name the file, e.g. load my game.json"))
        self.game = load_game(Path(rest), Known(self.game.scenario, self.game.ruleset))
        self.seat = self.game.people[0] if self.game.people else None
        self.listed, self.forecaster = [], None
        yield Line(_("Loaded {file}.").format(file=rest), "good")
        if self.game.over:
            yield from turn_screens.outcome_screen(self.sight)
        else:
            yield from turn_screens.opening_screen(self.sight)
            if self.seat is not None:
                yield from turn_screens.queue_screen(self.sight)

    def _quit(self, rest: str) -> Iterator[Part]:
        self.left = True
        yield Line(_("Goodbye."))

    def _open_turn(self) -> None:
        if self.game.over:
            self.speaker.say(turn_screens.outcome_screen(self.sight))
        else:
            self.speaker.say(turn_screens.opening_screen(self.sight))


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
