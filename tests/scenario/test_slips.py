"""Slips of people who know other languages get an answer in the words of this one."""

from __future__ import annotations

import pytest

from game.scenario import load_texts
from game.scenario.effect import read_effect
from game.scenario.language import LanguageError, Reader
from tests.scenario.tiny import changed, mistakes, place, texts

BOOK = load_texts(texts()).book
READER = Reader(BOOK.vocabulary, {"a": "states", "b": "states"})
HERE = "is not part of the rule language"


@pytest.mark.parametrize(
    ("text", "piece", "message"),
    [
        ("turn = 4", "=", "'=' changes a value and compares none; write '=='"),
        ("1 if turn = 4 else 0", "=", "'=' changes a value and compares none; write '=='"),
        ("any(prosperity[s] = 4 for s in states)", "=", "'=' changes a value and compares none; write '=='"),
        ("turn => 4", "=>", f"'=>' {HERE}; write '>='"),
        ("turn =< 4", "=<", f"'=<' {HERE}; write '<='"),
        ("turn ≥ 4", "≥", f"'≥' {HERE}; write '>='"),
        ("turn <> 4", "<>", f"'<>' {HERE}; write '!='"),
        ("turn === 4", "===", f"'===' {HERE}; write '==' or '!='"),
        ("!happened(storm)", "!", f"'!' {HERE}; write 'not'"),
        ("turn > 4 && turn < 6", "&&", f"'&&' {HERE}; write 'and'"),
        ("turn > 4 || turn < 6", "||", f"'||' {HERE}; write 'or'"),
        ("turn > 4 AND turn < 6", "AND", f"'AND' {HERE}; write 'and'"),
        ("NOT happened(storm)", "NOT", f"'NOT' {HERE}; write 'not'"),
        ("NOT(happened(storm))", "NOT", "unknown function 'NOT'; write 'not'"),
        ("MAX(turn, 3)", "MAX", "unknown function 'MAX'; write 'max'"),
        ("if(turn > 3, 1, 0)", "if", f"'if' {HERE}; write 'a if condition else b'"),
        ("turn > 3 ? 1 : 0", "?", f"'?' {HERE}; write 'a if condition else b'"),
        ("2 × turn", "×", f"'×' {HERE}; write '*'"),
        ("since(2024-08)", "2024-08", "a month stands in quotes: '2024-08'"),
        ("since(2024-11)", "since", "'since' takes a month in quotes, like since('2008-04')"),
        ("turn * 2,5", "turn", "a comma stands where one number is expected; write decimals with a point"),
        ("any([turn > s for s in states])", "[", "no brackets but ( ) stand around what a function runs over"),
        (
            "bound(4, 1)",
            "bound",
            "'bound' is called with the wrong arguments; it is written like 'bound(a, low, high)'",
        ),
        ("bound(turn, 4, 1)", "bound", "'bound' has its higher bound first; write 'bound(a, low, high)'"),
        ("divide(4, turn)", "divide", "'divide' is called with the wrong arguments; it is written like"),
        ("2 per quarter", "per", f"'per quarter' {HERE}; only an effect has a rate, and only 'per quarter'"),
        ("(turn + 3", "(", "'(turn + 3' is not an expression: '(' was never closed"),
        ("1 if turn > 3", None, "'1 if turn > 3' is not an expression: an 'if' needs an 'else'"),
        (
            "status[a] == 'member'",
            "'",
            "'member' is neither a number nor true or false; a rung and a name stand without",
        ),
        ("turn turn", None, "'turn turn' is not an expression: it does not read on here"),
        ("turn % 3", "%", f"'%' {HERE}"),
    ],
)
def test_an_expression(text: str, piece: str | None, message: str) -> None:
    with pytest.raises(LanguageError) as caught:
        READER.expression(text)
    assert caught.value.message.startswith(message)
    if piece is not None:
        assert caught.value.column == text.index(piece)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("attention += 2,5", "a comma stands where one number is expected; write decimals with a point"),
        ("attention += 2.5 per month", "'per month' is not a rate; only 'per quarter' is"),
        ("attention += 2.5 each turn", "'each turn' is not a rate; only 'per quarter' is"),
        ("attention += 3 after 3 quarters", "'after 3 quarters' is not a delay; only 'after N months' is"),
        ("attention += 3 after a year", "'after a year' is not a delay; only 'after N months' is"),
        ("attention == 3", "'attention == 3' is not an effect; '==' compares; to set a value write '='"),
        ("attention =+ 3", "'attention =+ 3' is not an effect; there is no '=+'; write '+=', '-=' or '='"),
        ("attention => 3", "'attention => 3' is not an effect; there is no '=>'; write '+=', '-=' or '='"),
        ("attention *= 3", "'attention *= 3' is not an effect; there is no '*='; write '+=', '-=' or '='"),
        ("attention += 1 if turn = 3 else 2", "'=' changes a value and compares none; write '=='"),
    ],
)
def test_an_effect(text: str, message: str) -> None:
    with pytest.raises(LanguageError) as caught:
        read_effect(READER, text)
    assert caught.value.message == message


@pytest.mark.parametrize(
    "text",
    [
        "attention = -3",
        "attention =-3",
        "attention = +3",
        "attention += 2 per quarter after 6 months",
        "attention -= -1",
    ],
)
def test_what_is_right_is_read(text: str) -> None:
    assert read_effect(READER, text).quantity == "attention"


def test_short_games_share_their_rules_with_long_ones() -> None:
    assert mistakes(changed("tiny/actions.yaml", "after 6 months", "after 36 months")) == []


@pytest.mark.parametrize("months", [37, 500, 5000])
def test_no_effect_comes_long_after_the_game(months: int) -> None:
    file = "tiny/actions.yaml"
    files = changed(file, "after 6 months", f"after {months} months")
    at = place(files, file, "strength[actor] += 0.5 after")
    assert mistakes(files) == [f"{at}: after {months} months the game is over; it lasts 24"]
