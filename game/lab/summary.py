"""A run in figures: how often each rung was reached, wars, incidents, scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from game.lab.record import Record

if TYPE_CHECKING:
    from game.lab.dataset import DataSet


@dataclass
class Summary:
    """Adds up records as they come; keeps no record.

    rungs: in how many games each rung was reached. incidents: mean and variance over the games.
    scores: mean, and the 10th and 90th percentile as low and high.
    """

    games: int = 0
    wars: int = 0
    attacked: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    rungs: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)
    incidents: dict[str, list[int]] = field(default_factory=dict)
    scores: dict[str, Counter[float]] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        self.games += 1
        self.wars += record["war"]
        self.attacked += record["armed_attacks"] > 0
        self.outcomes[record["outcome"]] += 1
        for thing, ladders in record["reached"].items():
            for ladder, rungs in ladders.items():
                self.rungs.setdefault(thing, {}).setdefault(ladder, Counter()).update(rungs.keys())
        for place, count in record["incidents"].items():
            sums = self.incidents.setdefault(place, [0, 0])
            sums[0] += count
            sums[1] += count * count
        for seat, score in record["scores"].items():
            self.scores.setdefault(seat, Counter())[score] += 1

    def add_table(self, table: Any) -> None:
        """Add many rows at once, as a data set's files hold them."""
        self.games += table.num_rows
        self.wars += _counts(table.column("war")).get(True, 0)
        attacks = _counts(table.column("armed_attacks"))
        self.attacked += sum(count for value, count in attacks.items() if value > 0)
        self.outcomes.update(_counts(table.column("outcome")))
        for thing, ladders in _fields(table, "reached"):
            for ladder, rungs in _children(ladders):
                counts = self.rungs.setdefault(thing, {}).setdefault(ladder, Counter())
                reached = {rung: len(months) - months.null_count for rung, months in _children(rungs)}
                counts.update({rung: count for rung, count in reached.items() if count})
        for place, found in _fields(table, "incidents"):
            sums = self.incidents.setdefault(place, [0, 0])
            for value, count in _counts(found).items():
                sums[0] += value * count
                sums[1] += value * value * count
        for seat, found in _fields(table, "scores"):
            self.scores.setdefault(seat, Counter()).update(_counts(found))

    def figures(self) -> dict[str, Any]:
        """`rungs`, `wars`, `incidents` and `scores` as `game run --json` gives them."""
        n = max(self.games, 1)
        return {
            "rungs": {
                thing: {ladder: dict(rungs) for ladder, rungs in ladders.items()}
                for thing, ladders in self.rungs.items()
            },
            "wars": self.wars,
            "incidents": {
                place: {"mean": total / n, "variance": (squares - total * total / n) / n}
                for place, (total, squares) in self.incidents.items()
            },
            "scores": {seat: self._spread(counts) for seat, counts in self.scores.items()},
        }

    def _spread(self, counts: Counter[float]) -> dict[str, float]:
        total = sum(round(score * 100) * count for score, count in counts.items())
        return {
            "mean": total / 100 / max(self.games, 1),
            "low": self._percentile(counts, 10),
            "high": self._percentile(counts, 90),
        }

    def _percentile(self, counts: Counter[float], percent: int) -> float:
        """Between the two scores nearest to it, as reports have it; 0 without a game."""
        if not counts:
            return 0.0
        place, part = divmod(percent * (counts.total() - 1), 100)
        below, above = self._at(counts, place), self._at(counts, place + (part > 0))
        # In hundredths of a point, which scores are counted in, so that nothing is rounded on the way.
        return (round(below * 100) * (100 - part) + round(above * 100) * part) / 10_000

    def _at(self, counts: Counter[float], place: int) -> float:
        """The score at a place among all, the lowest first."""
        for score in sorted(counts):
            if place < counts[score]:
                return score
            place -= counts[score]
        return 0.0


def _fields(table: Any, name: str) -> Iterator[tuple[str, Any]]:
    """The fields of a struct column, chunk by chunk; none where the column is missing."""
    if name in table.column_names:
        for chunk in table.column(name).chunks:
            yield from _children(chunk)


def _counts(column: Any) -> dict[Any, int]:
    """How often each value stands in a column; nothing is written out as Python objects but the values."""
    values, counts = column.value_counts().flatten()
    return dict(zip(values.to_pylist(), counts.to_pylist(), strict=True))


def _children(struct: Any) -> Iterator[tuple[str, Any]]:
    return ((field.name, struct.field(place)) for place, field in enumerate(struct.type))


def summary_of(data: DataSet) -> Summary:
    """The summary of a data set, read a file at a time."""
    summary = Summary()
    columns = ["war", "armed_attacks", "outcome", "reached", "incidents", "scores"]
    for table in data.tables(columns=[name for name in columns if name in data.columns]):
        summary.add_table(table)
    return summary
