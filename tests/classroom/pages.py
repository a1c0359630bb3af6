"""The pages in Chromium, as tests use them. A module that imports this is skipped where no browser can be driven."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from classroom.served import Served

from game.classroom.roles import questions
from game.scenario import load

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if CHROMIUM is None:
    pytest.skip("Chromium is not installed", allow_module_level=True)
sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1366, "height": 768}
PATIENCE = 60_000
GRAVE = ("serious", "critical")


class Faults(list[str]):
    """What a page complained of, but for lines that broke because a test broke them."""

    def watch(self, page: Any, name: str) -> Any:
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda fault: self.append(f"{name}: {fault}"))
        page.on("console", lambda said: self._said(name, said))
        return page

    def _said(self, name: str, said: Any) -> None:
        broken = "WebSocket" in said.text or "ERR_CONNECTION" in said.text or "ERR_INTERNET" in said.text
        if said.type == "error" and not broken:
            self.append(f"{name}: {said.text}")


def no_grave_fault(page: Any, where: str) -> None:
    # What is still fading in has too little contrast for a moment.
    page.evaluate("Promise.allSettled(document.getAnimations().map((one) => one.finished))")
    found = axe.Axe().run(page).response["violations"]
    grave = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in GRAVE]
    assert not grave, f"{where}: {grave}"


def fits(page: Any, where: str) -> None:
    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1], f"{where} is wider than the screen: {wide}"


def join(page: Any, served: Served, name: str, seat: str) -> None:
    page.goto(f"{served.base}/")
    page.fill("#pin", served.pin)
    page.fill("#name", name)
    page.click("#join-send")
    page.get_by_role("button", name=f"Take this seat: {seat}").click()
    page.get_by_text("The lesson begins soon").wait_for()


def pass_check(page: Any, seat: str) -> None:
    page.wait_for_selector(".check")
    for n, question in enumerate(questions(load("bucharest_lesson"), seat)):
        page.check(f"#q{n}-{question.right}")
    page.get_by_role("button", name="Check my answers").click()
    page.wait_for_selector(".check", state="detached")


def give_first_order(page: Any, why: str) -> str:
    page.click("#tab-desk")
    page.wait_for_selector(".order:not(.locked):not(.queued) .order-head")
    row = page.locator(".order:not(.locked):not(.queued) .order-head").first
    title = str(row.locator(".order-title").inner_text())
    row.click()
    body = page.locator(".order-body").first
    body.locator("input.why, .give input").first.fill(why)
    body.get_by_role("button", name="Give this order").click()
    page.locator(".queue li", has_text=title).wait_for()
    return title
