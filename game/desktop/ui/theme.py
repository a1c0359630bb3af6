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

    ink: Colour = (0x14, 0x21, 0x2E)
    ink2: Colour = (0x44, 0x52, 0x5F)
    ink3: Colour = (0x56, 0x63, 0x6F)
    inv: Colour = (0xF6, 0xF4, 0xEE)
    inv2: Colour = (0xB4, 0xC2, 0xD0)
    navy: Colour = (0x10, 0x24, 0x3A)
    navy2: Colour = (0x1A, 0x34, 0x50)
    navy3: Colour = (0x2A, 0x48, 0x67)
    panel: Colour = (0xFB, 0xFA, 0xF6)
    panel2: Colour = (0xF2, 0xEF, 0xE7)
    desk: Colour = (0xE9, 0xE5, 0xDA)
    track: Colour = (0xE4, 0xDE, 0xD0)
    line: Colour = (0xDD, 0xD8, 0xCB)
    line2: Colour = (0xC6, 0xC0, 0xB1)
    accent: Colour = (0x1C, 0x5D, 0x99)
    accent_soft: Colour = (0xDC, 0xE8, 0xF3)
    accent_mid: Colour = (0x9B, 0xB9, 0xD6)
    amber: Colour = (0xE0, 0xA1, 0x00)
    amber_ink: Colour = (0x3A, 0x2A, 0x00)
    good: Colour = (0x08, 0x6A, 0x65)
    good_soft: Colour = (0xD6, 0xEC, 0xE9)
    good_mid: Colour = (0x8F, 0xC4, 0xBF)
    bad: Colour = (0xB2, 0x3A, 0x08)
    bad_soft: Colour = (0xFB, 0xE3, 0xD6)
    bad_mid: Colour = (0xE9, 0xAE, 0x93)
    warn: Colour = (0x8A, 0x52, 0x00)
    warn_soft: Colour = (0xF8, 0xEB, 0xCB)
    warn_mid: Colour = (0xE6, 0xC4, 0x6E)
    brown: Colour = (0xA5, 0x66, 0x2A)
    good_inv: Colour = (0x7F, 0xD4, 0xCB)
    bad_inv: Colour = (0xF5, 0xA2, 0x7C)
    focus: Colour = (0xE0, 0xA1, 0x00)
    sea_top: Colour = (0xDC, 0xE3, 0xE6)
    sea_bottom: Colour = (0xCB, 0xD5, 0xDA)
    coast_glow: Colour = (0xF0, 0xF4, 0xF5)
    land: Colour = (0xE9, 0xE5, 0xDA)
    land_far: Colour = (0xE6, 0xE3, 0xDB)
    member: Colour = (0x5F, 0x87, 0xAC)
    invited: Colour = (0x86, 0xAE, 0xCD)
    action_plan: Colour = (0xAE, 0xCC, 0xE4)
    dialogue: Colour = (0xCD, 0xBA, 0x88)
    partner: Colour = (0xE7, 0xDA, 0xB4)
    no_relation: Colour = (0xF7, 0xF3, 0xEA)
    t1: Colour = (0xF4, 0xEB, 0xD3)
    t2: Colour = (0xF0, 0xCF, 0x93)
    t3: Colour = (0xE4, 0xA2, 0x5A)
    t4: Colour = (0xC9, 0x68, 0x3A)
    t5: Colour = (0x96, 0x3A, 0x32)

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
    warn_mid=rgb("#BDB199"),
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
        warn_mid=rgb("#C4B3A9"),
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


NAMES: Final = frozenset(field.name for field in fields(Theme))


def colour(theme: Theme, name: str) -> Colour:
    """A colour of the theme by field name."""
    if name not in NAMES:
        raise KeyError(f"no colour {name!r} in the theme")
    value: Colour = getattr(theme, name)
    return value
