"""Where a report keeps its games: a folder of its own for each run, so that no report stands in another's way."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from game.lab.bounds import is_lines, is_other_file
from game.lab.files import DataSetError
from game.lab.folder import RUN, read_plan
from game.lab.plan import Plan
from game.text import _


def report_folder(out: Path | None, kind: str, scenario: str) -> Path:
    """Where a report of a kind is written: `KIND/SCENARIO` if nothing was asked for.

    Raises ValueError for what is a file, or has the name of one.
    """
    if out is None:
        return Path(kind) / scenario
    if out.is_file() or ((is_lines(out) or is_other_file(out)) and not out.is_dir()):
        stem = out.stem if out.suffix else f"{out.name}-report"
        said = _("'{file}' is the name of a file; a report is a folder: name one, like '{folder}'.")
        raise ValueError(said.format(file=out, folder=stem))
    return out


def run_folder(report: Path, plan: Plan) -> Path:
    """The folder in a report's that holds a run, or will: `run` for the first, and further ones with a hash behind it.

    A run of fewer games than are there already is one of its own too: a report is of the games that were asked for.
    Raises OSError.
    """
    digest = blake2b(plan.key + str(plan.seed).encode(), digest_size=4).hexdigest()
    names = ("run", f"run-{digest}", f"run-{digest}-{plan.games}")
    return next((report / name for name in names if _free(report / name, plan)), report / names[-1])


def _free(folder: Path, plan: Plan) -> bool:
    """Whether a run can be begun in a folder or gone on with; what is damaged is for the run itself to say."""
    if not (folder / RUN).is_file():
        return True
    try:
        held = read_plan(folder)
    except DataSetError:
        return True
    return replace(held, games=plan.games) == plan and held.games <= plan.games
