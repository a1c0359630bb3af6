"""How a run's games end and score so far, read from the files that are finished, for the terminal."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from game.lab.extras import need
from game.lab.files import GAMES
from game.text import _

EVERY = 0.5
"""Seconds between two looks at the folder."""
BUDGET = 0.01
"""Seconds after which a look begins no further file; the next look goes on."""
LISTED = 8


class SoFar:
    """Endings and mean scores of the games in a folder's finished files. Every file is read once."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.folder, self.clock = folder / GAMES, clock
        self.seen: set[str] = set()
        self.games = 0
        self.endings: Counter[str] = Counter()
        self.scores: Counter[str] = Counter()

    def look(self) -> None:
        """Read files that are new; one that cannot be read is computed again by the run, and left out here."""
        began = self.clock()
        for path in sorted(self.folder.glob("*.parquet")):
            if path.name in self.seen:
                continue
            if self.clock() - began > BUDGET:
                return
            self.seen.add(path.name)
            try:
                self._add(path)
            except Exception:  # whatever it is: it must not end a run
                continue

    def _add(self, path: Path) -> None:
        compute, parquet = need("pyarrow.compute", "lab"), need("pyarrow.parquet", "lab")
        table = parquet.ParquetFile(path).read(columns=["outcome", "scores"], use_threads=False)
        endings = {one["values"]: one["counts"] for one in compute.value_counts(table.column("outcome")).to_pylist()}
        scores = table.column("scores").combine_chunks()
        sums = {one.name: compute.sum(scores.field(one.name)).as_py() or 0 for one in scores.type}
        self.endings.update(endings)
        self.scores.update(sums)
        self.games += table.num_rows

    def table(self) -> Any:
        """Both beside one another, for rich; None where there is nothing yet."""
        from rich.table import Table

        if not self.games:
            return None
        endings = Table(box=None)
        endings.add_column(_("Endings of {games} games").format(games=f"{self.games:,}"), no_wrap=True)
        endings.add_column(justify="right")
        for name, count in self.endings.most_common(LISTED):
            endings.add_row(name, _("{share} %").format(share=f"{count * 100 / self.games:.1f}"))
        scores = Table(box=None)
        for head in (_("Mean scores"), ""):
            scores.add_column(head, no_wrap=True)
            scores.add_column(justify="right")
        cells = [(seat, f"{total / self.games:.1f}") for seat, total in self.scores.items()]
        half = -(-len(cells) // 2)
        for place in range(half):
            other = cells[half + place] if half + place < len(cells) else ("", "")
            scores.add_row(*cells[place], *other)
        both = Table.grid(padding=(0, 4))
        both.add_row(endings, scores)
        return both
