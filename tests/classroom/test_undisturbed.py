"""Whoever uses a page is not disturbed by what comes in meanwhile: focus, open lists, folds, what is read out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from classroom.pages import LAPTOP, PHONE, Faults, join, pass_check
from classroom.served import Client, Served

from game.classroom.roles import questions
from game.scenario import load

pytestmark = pytest.mark.slow
FOCUSED = "(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent)"


@pytest.fixture
def pages(browser: Any, fresh: Served) -> Iterator[Any]:
    """Opens pages of one class; afterwards none has complained."""
    faults = Faults()
    contexts = []

    def opened(address: str, size: dict[str, int]) -> Any:
        contexts.append(browser.new_context(viewport=size))
        page = faults.watch(contexts[-1].new_page(), address)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, faults


def comes(served: Served, name: str, seat: str = "") -> Client:
    found = served.join(name)
    found.wait("me")
    if seat:
        found.ok("take", seat=seat)
    return found


def test_a_pupil_chooses_a_seat_by_keyboard_while_others_join(pages: Any, fresh: Served) -> None:
    page = pages(f"{fresh.base}/", PHONE)
    page.fill("#pin", fresh.pin)
    page.fill("#name", "Key")
    page.click("#join-send")
    page.get_by_role("button", name="Take this seat: NATO").focus()
    comes(fresh, "Bob", "greece")
    page.locator(".seat", has_text="Greece").get_by_text("1 place free").wait_for()
    assert page.evaluate(FOCUSED) == "Take this seat: NATO"
    page.keyboard.press("Enter")
    page.get_by_text("The lesson begins soon").wait_for()
    fold = page.locator("details", has_text="I would rather not play this role")
    fold.locator("summary").click()
    comes(fresh, "Cem", "nato")
    page.get_by_text("With you: Cem").wait_for()
    assert fold.get_by_role("button", name="Give this role back").is_visible()


def test_a_pupil_writes_an_order_while_messages_and_hand_ins_come(pages: Any, fresh: Served) -> None:
    page = pages(f"{fresh.base}/", PHONE)
    join(page, fresh, "Ana", "Croatia")
    ben = comes(fresh, "Ben", "greece")
    teacher = fresh.teacher()
    teacher.wait("monitor")
    teacher.ok("settings", auto=False)
    teacher.ok("stage", stage="play")
    pass_check(page, "croatia")
    ben.ok("check", answers=[one.right for one in questions(load("bucharest_lesson"), "greece")])
    page.locator(".order:not(.locked):not(.queued) .order-head").first.click()
    page.locator(".order-body input.why").type("Half a rea")
    ben.ok("say", to="croatia", text="Hello")
    page.locator("#tab-channel .badge").wait_for()
    page.keyboard.type("son")
    assert page.locator(".order-body input.why").input_value() == "Half a reason"
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Give this order"
    ben.ok("done", done=True)
    ben.ok("say", to="croatia", text="Are you there?")
    page.locator("#tab-channel .badge", has_text="2").wait_for()
    assert page.evaluate(FOCUSED) == "Give this order"
    page.keyboard.press("Enter")
    page.locator(".queue li", has_text="Half a reason").wait_for()
    # Only what is new is added to the list that is read out.
    page.click("#tab-channel")
    page.evaluate("document.querySelector('.said li').before_the_next = true")
    ben.ok("say", to="croatia", text="And now?")
    page.locator(".said", has_text="And now?").wait_for()
    assert page.evaluate("document.querySelector('.said li').before_the_next")


def test_the_teacher_moves_a_pupil_while_others_join(pages: Any, fresh: Served) -> None:
    comes(fresh, "Ana", "croatia")
    console = pages(fresh.console, LAPTOP)
    console.click("#tab-people")
    seat = console.get_by_label("Seat of Ana")
    seat.focus()
    console.keyboard.press("Alt+ArrowDown")
    seat.evaluate("(node) => { node.is_the_one = true; }")
    comes(fresh, "Aaron")
    console.get_by_label("Seat of Aaron").wait_for()
    assert seat.evaluate("(node) => node.is_the_one && node === document.activeElement")
    assert console.evaluate("!CSS.supports('selector(select:open)') || !!document.querySelector('select:open')")
    console.keyboard.press("Escape")
    seat.select_option(label="Albania")
    console.click("#tab-monitor")
    console.locator("tr", has_text="Albania").get_by_text("Ana").wait_for()


def test_a_long_message_covers_no_phone(pages: Any, fresh: Served) -> None:
    page = pages(f"{fresh.base}/", PHONE)
    join(page, fresh, "Ana", "Croatia")
    ben = comes(fresh, "Ben", "greece")
    ben.ok("say", to="croatia", text="SPAM " * 199)
    toast = page.locator("#toast.show", has_text="SPAM")
    toast.wait_for()
    assert toast.bounding_box()["height"] < 140
    toast.click()
    toast.wait_for(state="detached")
    told = [ben.ask("say", to="croatia", text=f"{n}") for n in range(6)]
    assert any(one["is"] == "no" and "Wait" in one["why"][0] for one in told)


def test_every_tab_of_the_debrief_is_on_a_narrow_phone(pages: Any, fresh: Served) -> None:
    page = pages(f"{fresh.base}/", {"width": 390, "height": 844})
    join(page, fresh, "Ana", "Croatia")
    teacher = fresh.teacher()
    teacher.wait("monitor")
    teacher.ok("settings", check=False)
    teacher.ok("stage", stage="debrief")
    page.wait_for_selector("#tab-debrief")
    last = page.locator("nav .tab").last.bounding_box()
    assert last["x"] + last["width"] <= 390


def test_pupils_are_told_that_a_turn_was_taken_back(pages: Any, fresh: Served) -> None:
    page = pages(f"{fresh.base}/", PHONE)
    join(page, fresh, "Ana", "Croatia")
    teacher = fresh.teacher()
    teacher.wait("monitor")
    teacher.ok("settings", check=False)
    teacher.ok("stage", stage="play")
    page.locator(".order").first.wait_for()
    for turn in (2, 3):
        teacher.ok("end_turn")
        page.get_by_text(f"Turn {turn} of 5").wait_for()
        page.locator("#tab-report[aria-current]").wait_for()
        page.click("#tab-desk")
    teacher.ok("undo", world=1)
    page.get_by_text("Turn 2 of 5").wait_for()
    page.wait_for_timeout(1500)
    assert "Your teacher has taken the last turn back." in page.locator("#toast").inner_text()
    assert page.locator("#tab-desk[aria-current]").count(), "an old report is no news"
