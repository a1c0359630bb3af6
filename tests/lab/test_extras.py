"""Libraries of an extra that are missing, or broken."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from game.lab import MissingExtraError
from game.lab.extras import need


def test_a_library_that_is_not_there_is_one_of_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("no_such_library", "no_such_library.part"):
        with pytest.raises(MissingExtraError, match="extra 'lab'"):
            need(module, "lab")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "pyarrow.parquet", raising=False)
    with pytest.raises(MissingExtraError):
        need("pyarrow.parquet", "lab")


@pytest.mark.parametrize("text", ["import no_such_library", "from sys import no_such_name", "raise ImportError('no')"])
def test_a_library_that_is_broken_says_what_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    (tmp_path / "broken_library.py").write_text(text, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ImportError, match="no"):
        need("broken_library", "lab")
