"""Lines from a pipe, and from a person with a prompt."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from game.terminal.lines import typed_lines


def test_a_pipe_gives_its_lines() -> None:
    assert list(typed_lines(io.StringIO("orders\nend\n"))) == ["orders\n", "end\n"]


@pytest.mark.parametrize("end", [EOFError, KeyboardInterrupt])
def test_a_person_is_asked_until_the_input_ends(
    end: type[BaseException], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said: Iterator[str] = iter(["orders", "end"])

    def ask(prompt: str) -> str:
        assert prompt == "> "
        try:
            return next(said)
        except StopIteration:
            raise end from None

    class Keyboard(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("builtins.input", ask)
    assert list(typed_lines(Keyboard())) == ["orders", "end"]
    assert capsys.readouterr().out == "\n"
