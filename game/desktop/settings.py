"""What a person has set: kept as JSON in the game's own folder, checked when read.

A file that cannot be read is named with its fault and left as it is: until somebody mends or removes it,
settings hold for this run only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, get_args

from game.desktop.bindings import DEFAULTS
from game.desktop.ui.keys import Keys
from game.desktop.ui.metrics import MAX_USER, MIN_USER
from game.desktop.ui.theme import PALETTES
from game.session.home import settings_file
from game.session.store import write_atomically
from game.text import _, languages
from game.views import Designation

DESIGNATIONS: tuple[str, ...] = get_args(Designation)


@dataclass(frozen=True)
class Settings:
    """scale: of the interface, 0.8 to 1.6. patterns: textures beside the map's colours. calm: no motion.

    volume: 0 to 1. designation: how a contested name is footnoted. guided: scenarios whose guide was finished or
    skipped. keys: action to key.
    """

    language: str = "en"
    scale: float = 1.0
    palette: str = "standard"
    patterns: bool = True
    calm: bool = False
    sound: bool = True
    volume: float = 0.6
    designation: Designation = "period"
    fullscreen: bool = False
    guided: Sequence[str] = ()
    keys: Mapping[str, str] = field(default_factory=lambda: dict(DEFAULTS))

    @property
    def bindings(self) -> Keys:
        return Keys.of(self.keys)

    def but(self, **changes: Any) -> Settings:
        """The same settings with some changed. Raises ValueError that names every fault."""
        changed = replace(self, **changes)
        faults = faults_of(asdict(changed))
        if faults:
            raise ValueError("; ".join(faults))
        return changed


def faults_of(raw: Mapping[str, Any]) -> list[str]:
    """Everything wrong with settings as they stand in a file."""
    kinds: dict[str, type | tuple[type, ...]] = {
        "language": str,
        "scale": (int, float),
        "palette": str,
        "patterns": bool,
        "calm": bool,
        "sound": bool,
        "volume": (int, float),
        "designation": str,
        "fullscreen": bool,
        "guided": (list, tuple),
        "keys": dict,
    }
    faults = [_("there is no setting '{name}'").format(name=name) for name in raw if name not in kinds]
    for name, kind in kinds.items():
        value = raw.get(name)
        if name in raw and (not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)):
            faults.append(_("'{name}' cannot be {value!r}").format(name=name, value=value))
    if faults:
        return faults
    chances = (("language", languages()), ("palette", list(PALETTES)), ("designation", list(DESIGNATIONS)))
    for name, known in chances:
        if name in raw and raw[name] not in known:
            there = _("'{name}' is '{value}'; there are {known}")
            faults.append(there.format(name=name, value=raw[name], known=", ".join(known)))
    for name, low, high in (("scale", MIN_USER, MAX_USER), ("volume", 0.0, 1.0)):
        if name in raw and not low <= raw[name] <= high:
            faults.append(
                _("'{name}' is {value}; it goes from {low} to {high}").format(
                    name=name, value=raw[name], low=low, high=high
                )
            )
    if any(not isinstance(one, str) for one in raw.get("guided", ())):
        faults.append(_("'guided' lists ids of scenarios"))
    faults += _key_faults(raw.get("keys", {}))
    return faults


def _key_faults(keys: Mapping[str, Any]) -> list[str]:
    unknown = [action for action in keys if action not in DEFAULTS]
    if unknown:
        return [_("'keys' has no action '{action}'").format(action=action) for action in unknown]
    try:
        Keys.of({action: str(key) for action, key in {**DEFAULTS, **keys}.items()})
    except ValueError as fault:
        return [_("'keys': {fault}").format(fault=fault)]
    return []


class Store:
    """The settings file. `fault` says what is wrong with it; then it is never written."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or settings_file()
        self.fault = ""
        self.settings = self._read()

    def _read(self) -> Settings:
        try:
            raw = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Settings()
        except OSError as fault:
            return self._broken(fault.strerror or str(fault))
        except ValueError as fault:
            return self._broken(_("it is not JSON: {fault}").format(fault=fault))
        if not isinstance(raw, dict):
            return self._broken(_("it is not a table of settings"))
        faults = faults_of(raw)
        if faults:
            return self._broken("; ".join(faults))
        known = {one.name for one in fields(Settings)}
        return Settings(**{name: value for name, value in raw.items() if name in known} | self._keys(raw))

    @staticmethod
    def _keys(raw: Mapping[str, Any]) -> dict[str, Any]:
        return {"keys": {**DEFAULTS, **raw.get("keys", {})}}

    def _broken(self, fault: str) -> Settings:
        self.fault = _("{path} cannot be used: {fault}. It is left as it is.").format(path=self.path, fault=fault)
        return Settings()

    def save(self, settings: Settings) -> str:
        """Keep settings; "" or the sentence that says why they are not kept."""
        self.settings = settings
        if self.fault:
            return self.fault
        shown = asdict(settings)
        shown["keys"] = {action: key for action, key in settings.keys.items() if DEFAULTS[action] != key}
        try:
            text = json.dumps(shown, ensure_ascii=False, indent=2, sort_keys=True)
            write_atomically(self.path, f"{text}\n".encode())
        except OSError as fault:
            return _("{path} could not be written: {fault}.").format(path=self.path, fault=fault.strerror or fault)
        return ""
