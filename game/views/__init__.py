"""What a person may see: pure functions from a game and a seat to rows, labels, reasons and charts' data.

Never how it is drawn: the same views serve the window, the terminal and the classroom.
"""

from game.views.briefing import Briefing, ScenarioCard, SeatCard, briefing, scenario_card
from game.views.cards import Card, ChoiceRow, card
from game.views.causes import Cause, Changed, Why, why
from game.views.charts import Series, series
from game.views.council import CandidateRow, CouncilView, MemberGroup, MemberRow, councils, meeting, member_groups
from game.views.countries import CountryPanel, CountryRow, CountryTable, countries, country
from game.views.dialogue import DialogueView, DossierRow, SideRow, dialogues
from game.views.forecast import ForecastRow, ForecastView, forecast_view
from game.views.names import DESIGNATIONS, Designation, Names, month_name, turn_name
from game.views.news import News, history, news
from game.views.objectives import ObjectiveRow, Objectives, objectives
from game.views.orders import Category, OrderRow, Queue, categories, matter_now, order_row, queue, reason_texts
from game.views.outcome import Outcome, outcome
from game.views.places import PairRow, PlaceRow, hotspots, map_values, missions, pairs
from game.views.report import Report, SeatOrders, report
from game.views.sight import Sight, Value

__all__ = [
    "DESIGNATIONS",
    "Briefing",
    "CandidateRow",
    "Card",
    "Category",
    "Cause",
    "Changed",
    "ChoiceRow",
    "CouncilView",
    "CountryPanel",
    "CountryRow",
    "CountryTable",
    "Designation",
    "DialogueView",
    "DossierRow",
    "ForecastRow",
    "ForecastView",
    "MemberGroup",
    "MemberRow",
    "Names",
    "News",
    "ObjectiveRow",
    "Objectives",
    "OrderRow",
    "Outcome",
    "PairRow",
    "PlaceRow",
    "Queue",
    "Report",
    "ScenarioCard",
    "SeatCard",
    "SeatOrders",
    "Series",
    "SideRow",
    "Sight",
    "Value",
    "Why",
    "briefing",
    "card",
    "categories",
    "councils",
    "countries",
    "country",
    "dialogues",
    "forecast_view",
    "history",
    "hotspots",
    "map_values",
    "matter_now",
    "meeting",
    "member_groups",
    "missions",
    "month_name",
    "news",
    "objectives",
    "order_row",
    "outcome",
    "pairs",
    "queue",
    "reason_texts",
    "report",
    "scenario_card",
    "series",
    "turn_name",
    "why",
]
