"""The fixtures of an app without a window."""

from __future__ import annotations

from app_fixtures import app, bucharest, click, display, game, home, playing, press, tiny

__all__ = ["app", "bucharest", "click", "display", "game", "home", "playing", "press", "tiny"]
