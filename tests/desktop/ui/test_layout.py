"""The gallery's layout at every size, and that the ledger finds what it must."""

from __future__ import annotations

import hashlib

import pygame
import pytest

from game.desktop.ui.gallery import Gallery, main, sheets
from game.desktop.ui.kit import Kit
from game.desktop.ui.ledger import Entry, Ledger
from game.desktop.ui.paint import Painter
from game.desktop.ui.text import Style, plain, rich
from game.desktop.ui.theme import PALETTES

SIZES = [(1280, 720), (1920, 1080), (3840, 2160)]


@pytest.mark.parametrize("user", [0.8, 1.0, 1.6])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_gallery_has_no_layout_faults(size: tuple[int, int], user: float) -> None:
    ledgers = [ledger for _, ledger in sheets(Kit(size, user))]
    assert [fault for ledger in ledgers for fault in ledger.faults()] == []
    assert sum(len(ledger.entries) for ledger in ledgers) > 150


def test_text_is_never_under_twelve_pixels() -> None:
    for size in SIZES:
        for user in (0.8, 1.0, 1.6):
            assert Kit(size, user).text_px(1) == 12


def test_same_bytes_for_same_arguments() -> None:
    def digest() -> list[str]:
        images = sheets(Kit((1280, 720), theme=PALETTES["deutan"]))
        return [hashlib.sha256(pygame.image.tobytes(image, "RGB")).hexdigest() for image, _ in images]

    assert digest() == digest()


def test_partial_redraw_equals_whole_redraw() -> None:
    gallery = Gallery(Kit((1280, 720)))
    partial = gallery.draw()
    for key in ("mode:tension", "indicator0", "top:News", "option:hold"):
        node = gallery.ui.node(key)
        assert node is not None or key == "option:hold"
        if node is None:
            continue
        at = node.rect.center
        gallery.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)), 1.0)
        rects = gallery.ui.draw(partial, 1.0)
        assert sum(r.w * r.h for r in rects) < 1280 * 720 / 2
        assert not gallery.ui.needs_draw
        assert gallery.ui.draw(partial, 1.0) == []
        assert pygame.image.tobytes(partial, "RGB") == pygame.image.tobytes(gallery.draw(), "RGB")


def test_main_writes_the_sheets(tmp_path, capsys) -> None:  # type: ignore[no-untyped-def]
    assert main(["--size", "1280x720", "--scale", "1.2", "--look", "tritan", "--out", str(tmp_path / "g.png")]) == 0
    assert "0 faults" in capsys.readouterr().out
    assert len(list(tmp_path.glob("g*.png"))) >= 3


def _entry(text: str, rect: tuple[int, int, int, int], parent: tuple[int, int, int, int], layer: int = 0) -> Entry:
    screen = pygame.Rect(0, 0, 200, 100)
    return Entry(text, pygame.Rect(rect), pygame.Rect(parent), screen, layer)


def test_ledger_finds_overlap_in_one_layer_only() -> None:
    ledger = Ledger((200, 100))
    for layer in (0, 0, 1):
        ledger.record(_entry(f"t{len(ledger.entries)}", (10, 10, 50, 20), (0, 0, 200, 100), layer))
    assert len(ledger.faults()) == 1
    assert "'t0'" in ledger.faults()[0] and "'t1'" in ledger.faults()[0]


def test_ledger_finds_text_leaving_parent_and_screen() -> None:
    ledger = Ledger((200, 100))
    ledger.record(_entry("out", (10, 10, 50, 20), (0, 0, 40, 100)))
    ledger.record(_entry("off", (170, 60, 50, 20), (0, 0, 300, 100)))
    faults = ledger.faults()
    assert any("leaves its parent" in f and "'out'" in f for f in faults)
    assert any("leaves the screen" in f and "'off'" in f for f in faults)


def test_ledger_forgives_what_is_scrolled_but_not_what_is_too_wide() -> None:
    pane = pygame.Rect(0, 20, 100, 60)
    ledger = Ledger((200, 100))
    ledger.record(Entry("half", pygame.Rect(5, 12, 40, 16), pygame.Rect(0, 10, 100, 20), pane))
    ledger.record(Entry("gone", pygame.Rect(5, -30, 40, 16), pygame.Rect(0, -30, 100, 20), pane))
    assert ledger.faults() == []
    ledger.record(Entry("wide", pygame.Rect(5, 40, 140, 16), pygame.Rect(0, 40, 200, 20), pane))
    assert len(ledger.faults()) == 1


def test_painter_records_what_it_draws_and_shortens() -> None:
    kit = Kit((1920, 1080))
    ledger = Ledger((1920, 1080))
    painter = Painter(pygame.Surface((1920, 1080)), kit, ledger)
    box = pygame.Rect(10, 10, 80, 24)
    with painter.inside(box):
        drawn = painter.text("A sentence that is far too long for its box", box)
    assert drawn.w <= box.w
    assert ledger.entries[0].shortened and ledger.entries[0].text.endswith("…")
    assert ledger.faults() == []


@pytest.mark.parametrize(
    "text", ["Кратка реч о савезу и његовим вратима", "Një fjali e gjatë për derën e hapur", "ß ğ ț ă ž"]
)
def test_wrapping_keeps_every_word_and_the_width(text: str) -> None:
    kit = Kit((1920, 1080))
    for width in (100, 140, 400):
        laid = kit.layout(text, Style(), width, None)
        assert " ".join(line.text for line in laid.lines).split() == text.split()
        assert all(line.width <= width or len(line.text.split()) == 1 for line in laid.lines)
        assert laid.height == laid.line_height * len(laid.lines)


def test_rich_text() -> None:
    spans = rich("An **ally** [[consensus]] and [[map|the plan]].")
    assert plain(spans) == "An ally consensus and the plan."
    assert [span.link for span in spans if span.link] == ["consensus", "map"]
    assert [span.text for span in spans if span.bold] == ["ally"]
    laid = Kit((1920, 1080)).layout(spans, Style(), 90, 2)
    assert len(laid.lines) == 2 and laid.lines[-1].shortened
