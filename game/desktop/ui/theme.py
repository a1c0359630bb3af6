"""Colours of the interface and of the map, in four palettes; spacing, radii and type sizes in design pixels."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Final, Literal

from .vision import Colour

PaletteName = Literal["standard", "protan", "deutan", "tritan"]


def rgb(text: str) -> Colour:
    """`#RRGGBB` as three integers 0 to 255."""
    value = int(text.removeprefix("#"), 16)
    return value >> 16, value >> 8 & 255, value & 255


@dataclass(frozen=True)
class Theme:
    """One palette. `*_soft` are grounds for the text colour of the same stem; `t1`..`t5` rise with tension."""

    ink: Colour = rgb("#14212E")
    ink2: Colour = rgb("#44525F")
    ink3: Colour = rgb("#56636F")
    inv: Colour = rgb("#F6F4EE")
    inv2: Colour = rgb("#B4C2D0")
    navy: Colour = rgb("#10243A")
    navy2: Colour = rgb("#1A3450")
    navy3: Colour = rgb("#2A4867")
    panel: Colour = rgb("#FBFAF6")
    panel2: Colour = rgb("#F2EFE7")
    desk: Colour = rgb("#E9E5DA")
    track: Colour = rgb("#E4DED0")
    line: Colour = rgb("#DDD8CB")
    line2: Colour = rgb("#C6C0B1")
    accent: Colour = rgb("#1C5D99")
    accent_soft: Colour = rgb("#DCE8F3")
    accent_mid: Colour = rgb("#9BB9D6")
    amber: Colour = rgb("#E0A100")
    amber_ink: Colour = rgb("#3A2A00")
    good: Colour = rgb("#086A65")
    good_soft: Colour = rgb("#D6ECE9")
    good_mid: Colour = rgb("#8FC4BF")
    bad: Colour = rgb("#B23A08")
    bad_soft: Colour = rgb("#FBE3D6")
    bad_mid: Colour = rgb("#E9AE93")
    warn: Colour = rgb("#8A5200")
    warn_soft: Colour = rgb("#F8EBCB")
    brown: Colour = rgb("#A5662A")
    good_inv: Colour = rgb("#7FD4CB")
    bad_inv: Colour = rgb("#F5A27C")
    focus: Colour = rgb("#E0A100")
    sea_top: Colour = rgb("#DCE3E6")
    sea_bottom: Colour = rgb("#CBD5DA")
    coast_glow: Colour = rgb("#F0F4F5")
    land: Colour = rgb("#E9E5DA")
    land_far: Colour = rgb("#E6E3DB")
    member: Colour = rgb("#5F87AC")
    invited: Colour = rgb("#86AECD")
    action_plan: Colour = rgb("#AECCE4")
    dialogue: Colour = rgb("#CDBA88")
    partner: Colour = rgb("#E7DAB4")
    no_relation: Colour = rgb("#F7F3EA")
    t1: Colour = rgb("#F4EBD3")
    t2: Colour = rgb("#F0CF93")
    t3: Colour = rgb("#E4A25A")
    t4: Colour = rgb("#C9683A")
    t5: Colour = rgb("#963A32")

    @property
    def tension(self) -> tuple[Colour, ...]:
        """Map steps for 0-19, 20-39, 40-59, 60-79, 80-100."""
        return self.t1, self.t2, self.t3, self.t4, self.t5

    @property
    def ladder(self) -> tuple[Colour, ...]:
        """Map steps from no relation to member."""
        return self.no_relation, self.partner, self.dialogue, self.action_plan, self.invited, self.member

    @property
    def status(self) -> tuple[Colour, ...]:
        """The three colours that tell good from doubtful from bad."""
        return self.good, self.warn, self.bad


STANDARD: Final = Theme()
_BLUE_ORANGE = replace(
    STANDARD,
    good=rgb("#0B4F8F"),
    good_soft=rgb("#D7E6F5"),
    good_mid=rgb("#8DB4DB"),
    good_inv=rgb("#8CC8FF"),
    warn=rgb("#665C4A"),
    warn_soft=rgb("#EFE9DC"),
    bad=rgb("#A04000"),
    bad_inv=rgb("#FFB27A"),
)
PALETTES: Final[dict[str, Theme]] = {
    "standard": STANDARD,
    "protan": replace(
        _BLUE_ORANGE,
        t1=rgb("#FBF3D0"),
        t2=rgb("#EBCB78"),
        t3=rgb("#C29A3A"),
        t4=rgb("#7F6A3C"),
        t5=rgb("#27365E"),
        member=rgb("#3F6FA5"),
        invited=rgb("#6F9CCB"),
        action_plan=rgb("#A9CBEA"),
        dialogue=rgb("#B79B4E"),
        partner=rgb("#E6D08A"),
    ),
    "deutan": replace(
        _BLUE_ORANGE,
        t1=rgb("#FBF3D0"),
        t2=rgb("#F0C46C"),
        t3=rgb("#CC9238"),
        t4=rgb("#87633C"),
        t5=rgb("#2B3160"),
        member=rgb("#3F6FA5"),
        invited=rgb("#6F9CCB"),
        action_plan=rgb("#A9CBEA"),
        dialogue=rgb("#B89548"),
        partner=rgb("#E8CC86"),
    ),
    "tritan": replace(
        STANDARD,
        good=rgb("#00645F"),
        warn=rgb("#6B5A50"),
        warn_soft=rgb("#EEE7E2"),
        bad=rgb("#B01030"),
        bad_soft=rgb("#FBE1E4"),
        bad_mid=rgb("#E7A3AE"),
        bad_inv=rgb("#FF9FAE"),
        t1=rgb("#F8EEEA"),
        t2=rgb("#F0C4BC"),
        t3=rgb("#E08C86"),
        t4=rgb("#B9474F"),
        t5=rgb("#6D1230"),
        member=rgb("#2F7078"),
        invited=rgb("#65A3A8"),
        action_plan=rgb("#A8D5D6"),
        dialogue=rgb("#C48F8A"),
        partner=rgb("#EBC5BD"),
    ),
}

# Text colour and ground, by field name: every pair the toolkit draws. Tests hold each to 4.5:1.
TEXT_PAIRS: Final[tuple[tuple[str, str], ...]] = (
    *((text, ground) for text in ("ink", "ink2", "ink3", "accent") for ground in ("panel", "panel2")),
    *((text, ground) for text in ("good", "bad", "warn") for ground in ("panel", "panel2")),
    ("ink", "desk"),
    ("ink2", "desk"),
    ("ink3", "desk"),
    ("ink", "accent_soft"),
    ("accent", "accent_soft"),
    ("good", "good_soft"),
    ("bad", "bad_soft"),
    ("warn", "warn_soft"),
    *((text, ground) for text in ("inv", "inv2", "good_inv", "bad_inv") for ground in ("navy", "navy2")),
    ("inv", "navy3"),
    ("inv2", "navy3"),
    ("inv", "accent"),
    ("inv", "bad"),
    ("amber_ink", "amber"),
    ("ink", "t1"),
    ("ink", "amber"),
)

SPACE: Final = (4, 8, 12, 16, 22, 32)
RADIUS_CHIP: Final = 13
RADIUS_BUTTON: Final = 8
RADIUS_TILE: Final = 9
RADIUS_CARD: Final = 12
RADIUS_MODAL: Final = 14
LINE_HEIGHT: Final = 1.4

DISPLAY, H1, H2, H3, TITLE, BODY, SMALL, CAPTION, MINIMUM, OVERLINE = 46, 30, 22, 19, 17, 15, 14, 13, 12.5, 12


def palette(name: str) -> Theme:
    """The palette called `name`; KeyError naming the known ones otherwise."""
    try:
        return PALETTES[name]
    except KeyError:
        raise KeyError(f"no palette {name!r}; there are {', '.join(PALETTES)}") from None


def colour(theme: Theme, name: str) -> Colour:
    """A colour of the theme by field name."""
    if name not in {field.name for field in fields(theme)}:
        raise KeyError(f"no colour {name!r} in the theme")
    value: Colour = getattr(theme, name)
    return value
