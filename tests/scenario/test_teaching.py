"""The section for teachers: read as written, and every fault named at its line."""

from __future__ import annotations

import textwrap

from game.scenario import load_texts
from scenario.tiny import changed, mistakes, place

TEACHING = textwrap.dedent("""\
    teaching:
      age: [14, 18]
      minutes: 45
      turns: 2
      goals: [Say why a council of all may decide nothing.]
      care:
        - {seat: belen, why: Some pupils have family there.}
      checks:
        - seat: belen
          questions:
            - {ask: What do you want?, answers: [In, Out], right: 1}
            - {ask: Who may object?, answers: [Nobody, Any member], right: 2}
            - {ask: What helps?, answers: [Threats, A treaty], right: 2}
    sources:""")


def with_teaching(old: str = "", new: str = "") -> dict[str, bytes]:
    assert old in TEACHING
    return changed("tiny.yaml", "sources:", TEACHING.replace(old, new, 1) if old else TEACHING)


def test_a_lesson_is_read() -> None:
    teaching = load_texts(with_teaching()).book.scenario.teaching
    assert teaching is not None
    assert (teaching.minutes, teaching.turns, teaching.care[0].seat) == (45, 2, "belen")
    assert teaching.checks[0].questions[1].answers[teaching.checks[0].questions[1].right - 1] == "Any member"


def test_seats_must_be_playable() -> None:
    files = with_teaching("- seat: belen", "- seat: belem")
    where = place(files, "tiny.yaml", "belem")
    assert mistakes(files) == [f"{where}: 'belem' is not a playable seat (did you mean 'belen'?)"]


def test_the_right_answer_must_be_there() -> None:
    files = with_teaching("[Threats, A treaty], right: 2", "[Threats, A treaty], right: 3")
    where = place(files, "tiny.yaml", "3}")
    assert mistakes(files) == [f"{where}: there are only 2 answers"]


def test_ages_turns_and_repeated_answers() -> None:
    files = with_teaching("age: [14, 18]", "age: [18, 14]")
    assert "the age is written [youngest, oldest]" in mistakes(files)[0]
    files = with_teaching("turns: 2", "turns: 99")
    assert "the class cannot play more turns" in mistakes(files)[0]
    files = with_teaching("[In, Out]", "[In, In]")
    assert "an answer is given twice" in mistakes(files)[0]
