"""The pages in Chromium: a lesson with faults, at a phone's and a laptop's width; accessibility; a slow line."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from classroom.pages import LAPTOP, PHONE, Faults, fits, give_first_order, join, no_grave_fault, pass_check
from classroom.served import Served

from game.scenario import load

pytestmark = pytest.mark.slow


def test_three_pupils_and_a_teacher_through_faults(browser: Any, tmp_path: Path) -> None:
    """Three turns, with a dropped connection and a server killed; no serious accessibility fault on the way."""
    served = Served(tmp_path / "home", "bucharest_lesson")
    faults = Faults()
    contexts = [browser.new_context(viewport=size) for size in (LAPTOP, PHONE, LAPTOP, PHONE)]
    try:
        teacher, ana, ben, cem = (faults.watch(context.new_page(), f"page {n}") for n, context in enumerate(contexts))
        dropped: list[Any] = []
        ben.route_web_socket("**/ws", lambda line: dropped.append((line, line.connect_to_server())))
        teacher.goto(served.console)
        teacher.wait_for_selector("#stage-lobby")
        assert served.token not in teacher.url, "the token leaves the address at once"
        ana.goto(f"{served.base}/")
        ana.wait_for_selector("#pin")
        no_grave_fault(ana, "joining")
        for page, name, seat in ((ana, "Ana", "Croatia"), (ben, "Ben", "Greece"), (cem, "Cem", "Albania")):
            join(page, served, name, seat)
        no_grave_fault(teacher, "the console")
        teacher.click("#stage-roles")
        ana.wait_for_selector(".check")
        no_grave_fault(ana, "the role card on a phone")
        for page, seat in ((ana, "croatia"), (ben, "greece"), (cem, "albania")):
            pass_check(page, seat)
        teacher.click("#stage-play")

        # First turn: orders with reasons, a forecast, every tab.
        title = give_first_order(ana, "We want to be ready.")
        for page, who in ((ana, "phone"), (ben, "laptop")):
            for tab in ("desk", "map", "councils", "talks", "report", "channel", "role"):
                page.click(f"#tab-{tab}")
                page.wait_for_timeout(300)
                fits(page, f"{tab} on the {who}")
                no_grave_fault(page, f"{tab} on the {who}")
        assert ana.locator("#main").count() == 1
        for page in (ana, ben, cem):
            page.click("#tab-desk")
            page.click("#hand-in")
        ana.get_by_text("Turn 2 of 5").wait_for()
        ana.locator(".news").first.wait_for()
        assert title.split(":")[0] in ana.locator("#main").inner_text()

        # Second turn: one connection drops while an order is given, and comes back.
        assert len(dropped) == 1
        ben.click("#tab-desk")
        for side in dropped[0]:
            side.close()
        ben.get_by_text("Reconnecting").first.wait_for()
        title = give_first_order(ben, "After the break.")
        assert len(dropped) == 2, "the page has come back by itself"
        ben.locator("#line.open").wait_for(state="attached")
        assert ben.locator(".queue li", has_text=title).count() == 1
        give_first_order(cem, "So that it is kept.")
        kept = cem.locator(".queue").inner_text()
        served.kill()
        cem.get_by_text("Reconnecting").first.wait_for()
        served.again()
        cem.locator("#line.open").wait_for(state="attached")
        assert cem.locator(".queue").inner_text().splitlines()[:3] == kept.splitlines()[:3]
        for page in (ana, ben, cem):
            page.locator("#line.open").wait_for(state="attached")
            page.click("#tab-desk")
            page.click("#hand-in")
        ana.get_by_text("Turn 3 of 5").wait_for()

        # Third turn: the teacher ends it; then the debrief.
        teacher.locator("#line", has_text="Reconnecting").wait_for(state="detached")
        teacher.click("#end-turn")
        ana.get_by_text("Turn 4 of 5").wait_for()
        for tab in ("people", "map", "channels", "tools", "debrief"):
            teacher.click(f"#tab-{tab}")
            teacher.wait_for_timeout(800)
            no_grave_fault(teacher, f"the console's {tab}")
            fits(teacher, f"the console's {tab}")
        teacher.once("dialog", lambda dialog: dialog.accept())
        teacher.click("#stage-debrief")
        ana.get_by_text("Questions to talk about").wait_for()
        fits(ana, "the debrief on a phone")
        no_grave_fault(ana, "the debrief on a phone")
        teacher.click("#part-timeline")
        teacher.get_by_text("We want to be ready.").first.wait_for()
        teacher.click("#part-fork")
        teacher.wait_for_selector("#pick-0")
        teacher.get_by_role("button", name="Show both futures").click()
        teacher.get_by_text("Scores at the end").wait_for()
        teacher.set_viewport_size(PHONE)
        fits(teacher, "the console on a phone")
        assert not faults, faults
    finally:
        for context in contexts:
            context.close()
        served.stop()


def test_by_keyboard_alone(browser: Any, served: Served) -> None:
    """From the address to the seat without a pointer."""
    context = browser.new_context(viewport=LAPTOP)
    page = Faults().watch(context.new_page(), "keyboard")
    page.goto(f"{served.base}/")
    page.wait_for_selector("#pin")

    def to(selector: str) -> None:
        for _n in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("(s) => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"{selector} is not reached by Tab")

    to("#pin")
    page.keyboard.type(served.pin)
    to("#name")
    page.keyboard.type("Key")
    page.keyboard.press("Enter")
    page.wait_for_selector(".seats")
    to(".seat .button")
    page.keyboard.press("Enter")
    page.get_by_text("The lesson begins soon").wait_for()
    context.close()


def test_a_late_comer_looks_on_without_the_teacher(browser: Any, fresh: Served) -> None:
    faults = Faults()
    contexts = [browser.new_context(viewport=PHONE), browser.new_context(viewport=LAPTOP)]
    page, console = (faults.watch(context.new_page(), "watching") for context in contexts)
    console.goto(fresh.console)
    console.click("#stage-play")
    page.goto(f"{fresh.base}/")
    page.fill("#pin", fresh.pin)
    page.fill("#name", "Dora")
    page.click("#join-send")
    page.get_by_role("button", name="Look on").click()
    page.wait_for_selector("#tab-map")
    console.get_by_text("Looking on (1)").wait_for()
    assert console.get_by_text("Without a seat").count() == 0
    page.click("#tab-report")
    page.get_by_role("button", name="Choose a seat after all").click()
    no_grave_fault(page, "choosing after all")
    page.get_by_role("button", name="Look on").click()
    page.get_by_role("button", name="Choose a seat after all").click()
    page.get_by_role("button", name="Take this seat: Greece").click()
    page.wait_for_selector(".check")
    console.get_by_text("Looking on").wait_for(state="detached")
    assert not faults, faults
    for context in contexts:
        context.close()


def test_projector_and_handouts(browser: Any, served: Served) -> None:
    faults = Faults()
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    teacher = served.teacher()
    teacher.ok("link", person=0)
    page = faults.watch(context.new_page(), "projector")
    page.goto(served.base + teacher.last["link"]["link"])
    page.get_by_text(served.pin).wait_for()
    no_grave_fault(page, "the projector")
    sheets = faults.watch(context.new_page(), "print")
    sheets.goto(f"{served.base}/print#t={served.token}")
    sheets.get_by_text("For the teacher").wait_for()
    seats = len(load("bucharest_lesson").book.scenario.seats)
    assert sheets.locator(".sheet").count() == seats + 4
    assert sheets.locator(".boxes").first.inner_text().splitlines()[1].startswith("b ☐ "), "the key names letters"
    no_grave_fault(sheets, "the handouts")
    sheets.emulate_media(media="print")
    assert not sheets.locator("header").is_visible()
    assert not faults, faults
    teacher.close()
    context.close()


def test_the_first_load_on_a_slow_line(browser: Any, served: Served) -> None:
    """Under 300 kB compressed; usable within ten seconds at 400 kbit/s with a quarter of the processor."""
    context = browser.new_context(viewport=PHONE)
    page = Faults().watch(context.new_page(), "slow")
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 100, "downloadThroughput": 50_000, "uploadThroughput": 50_000},
    )
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    wire.on("Network.webSocketFrameReceived", lambda event: sizes.append(len(event["response"]["payloadData"]) / 3))
    began = time.monotonic()
    page.goto(f"{served.base}/")
    page.fill("#pin", served.pin)
    page.fill("#name", "Slow")
    page.click("#join-send")
    page.locator(".seats .button").first.wait_for()
    seconds = time.monotonic() - began
    page.get_by_role("button", name="Take this seat: Russia").click()
    page.get_by_text("The lesson begins soon").wait_for()
    page.evaluate(
        "() => Promise.all(['/map.svg', '/map.json', '/a/map.js'].map((one) => fetch(one).then((r) => r.text())))"
    )
    page.wait_for_timeout(500)
    assert sum(sizes) < 300_000, sizes
    assert seconds < 10, f"usable after {seconds:.1f} s"
    print(f"first load {sum(sizes) / 1000:.0f} kB, usable after {seconds:.1f} s")
    context.close()
