"""Every sentence a person reads, through gettext.

Sentences in code: `_("The turn is over.")`, always whole, with named placeholders filled by `.format`.
Texts of scenarios and rulebooks: `rulebook(book, kind, id, field)`, whose catalogue key is `kind.id.field`;
where a catalogue has no such key the text of the YAML file stands.
"""

from __future__ import annotations

import gettext
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.scenario.book import Book

DOMAIN = "open_door"
LOCALES = Path(__file__).parent / "locale"
PARTS = ("choices", "rungs", "terms", "conditions")

_catalogue: ContextVar[gettext.NullTranslations | None] = ContextVar("catalogue", default=None)


def set_language(language: str | None, folder: Path = LOCALES) -> None:
    """Choose the language of what follows in this context (English where there is no catalogue)."""
    if language is None:
        _catalogue.set(None)
    else:
        _catalogue.set(gettext.translation(DOMAIN, folder, languages=[language], fallback=True))


def languages(folder: Path = LOCALES) -> list[str]:
    """Languages that have a catalogue, and English."""
    return sorted({"en", *(path.parent.parent.name for path in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))})


def _(message: str) -> str:
    """The sentence in the chosen language."""
    catalogue = _catalogue.get()
    return message if catalogue is None or not message else catalogue.gettext(message)


def several(one: str, many: str, count: int) -> str:
    """The form of a sentence for a count, with `{count}` filled in."""
    catalogue = _catalogue.get()
    text = (one if count == 1 else many) if catalogue is None else catalogue.ngettext(one, many, count)
    return text.format(count=count)


def keyed(key: str, text: str) -> str:
    """The catalogue's entry for a key, else the text itself."""
    catalogue = _catalogue.get()
    if catalogue is None:
        return text
    found = catalogue.gettext(key)
    return text if found == key else found


def rulebook(book: Book, kind: str, item: str, field: str) -> str:
    """A text of the rulebook, e.g. `rulebook(book, "actions", "gesture", "title")`; "" where there is none.

    A part of an item is named with dots: `rulebook(book, "events", "clash.protest", "title")`.
    """
    first, _dot, part = item.partition(".")
    model = next((model for model in getattr(book.rulebook, kind) if model.id == first), None)
    if part:
        parts = [p for name in PARTS for p in getattr(model, name, ())]
        model = next((p for p in parts if p.id == part), None)
    text = getattr(model, field, None)
    return keyed(f"{kind}.{item}.{field}", str(text)) if text else ""


def scenario(book: Book, field: str, text: str | None) -> str:
    """A text of the scenario's own file, keyed `scenario.ID.field`."""
    return keyed(f"scenario.{book.scenario.id}.{field}", text) if text else ""
