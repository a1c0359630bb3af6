"""Which screens there are, by the names that `Go` uses."""

from __future__ import annotations

from typing import Final

from game.desktop.screen import Screen
from game.desktop.screens.adviser import AdviserScreen
from game.desktop.screens.charts import ChartsScreen
from game.desktop.screens.classroom import ClassroomScreen
from game.desktop.screens.council import CouncilScreen
from game.desktop.screens.debrief import DebriefScreen
from game.desktop.screens.dialogue import DialogueScreen
from game.desktop.screens.handover import HandoverScreen
from game.desktop.screens.library import LibraryScreen
from game.desktop.screens.load import LoadScreen
from game.desktop.screens.menu import MenuScreen
from game.desktop.screens.news import NewsScreen
from game.desktop.screens.objectives import ObjectivesScreen
from game.desktop.screens.play import PlayScreen
from game.desktop.screens.report import ReportScreen
from game.desktop.screens.settings import SettingsScreen
from game.desktop.screens.setup import SetupScreen

_SCREENS: Final[tuple[type[Screen], ...]] = (
    MenuScreen,
    SetupScreen,
    LoadScreen,
    PlayScreen,
    HandoverScreen,
    CouncilScreen,
    DialogueScreen,
    ReportScreen,
    NewsScreen,
    ObjectivesScreen,
    ChartsScreen,
    AdviserScreen,
    LibraryScreen,
    DebriefScreen,
    SettingsScreen,
    ClassroomScreen,
)
ROUTES: Final[dict[str, type[Screen]]] = {screen.name: screen for screen in _SCREENS}
