"""Which keys are pressed in the same place, and what each place and each group of keys is called.

In one place no two actions have the same key. A view has its own, those of what it shows, and those of all views.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tui.language import _
from tui.screens.keys import (
    ABOUT_DIALOG,
    BACK,
    CALENDAR,
    CATALOGUE,
    DIALOG,
    DOCUMENT,
    DUE,
    FETCH,
    HELP,
    INBOX,
    LIST,
    MAGNIFIER,
    MARKED,
    MARKING,
    MATRIX,
    MOVING,
    OFFICE,
    OVERVIEW,
    PALETTE,
    PANES,
    PEOPLE,
    PERSON,
    READING,
    REMARK,
    REVIEW,
    SEARCH,
    SUMMARY,
    UNDO,
    VIEWS,
    WAITING,
    Key,
    Words,
)


class Place(NamedTuple):
    """What can be pressed there. `about` says what a view is for; where one types, no character is a key."""

    keys: tuple[Key, ...]
    about: Words | None = None
    is_typed: bool = False


_ALWAYS = (*VIEWS, *UNDO, *BACK)
PLACES: Mapping[str, Place] = {
    "overview": Place(
        (*OVERVIEW, *MARKING, *MARKED, *MATRIX, *_ALWAYS),
        lambda: _("Where every document of every office stands, and whose turn it is."),
    ),
    "waiting": Place(
        (*WAITING, *MARKING, *MARKED, *LIST, *_ALWAYS),
        lambda: _("What waits for a decision, queue by queue, the most pressing first."),
    ),
    "inbox": Place(
        (*INBOX, *LIST, *_ALWAYS),
        lambda: _("What arrives, what waits until somebody says where it belongs, and what is not taken yet."),
    ),
    "office": Place(
        (*OFFICE, *LIST, *_ALWAYS),
        lambda: _("All documents of one office, and what happened to each."),
    ),
    "catalogue": Place(
        (*CATALOGUE, *LIST, *_ALWAYS),
        lambda: _("What is asked of whom in this year, by when, and by which rule."),
    ),
    "review": Place(
        (*REVIEW, *PANES, *READING, *_ALWAYS),
        lambda: _("Go through one document and decide on it; then the next opens by itself."),
    ),
    "document": Place(
        (*DOCUMENT, *READING, *MOVING, *_ALWAYS),
        lambda: _("Read one document: its text, its versions, and what is known of it."),
    ),
    "calendar": Place(
        (*CALENDAR, *LIST, *_ALWAYS),
        lambda: _("What is due when, how much of it has come, and how much is late."),
    ),
    "due": Place(
        (*DUE, *LIST, *_ALWAYS),
        lambda: _("All who owe one document on one day, and how it stands with each."),
    ),
    "people": Place(
        (*PEOPLE, *LIST, *_ALWAYS),
        lambda: _("Who does what, how much each holds and has done, and who acts for whom."),
    ),
    "person": Place(
        (*PERSON, *LIST, *_ALWAYS),
        lambda: _("What one person holds, their mandates, and what they have done last."),
    ),
    "search": Place(
        (*SEARCH, *LIST, *_ALWAYS),
        lambda: _("Find anything: documents, the text of every page, notes, findings and file names."),
    ),
    "told": Place(ABOUT_DIALOG),
    "magnifier": Place(MAGNIFIER),
    "fetch": Place(FETCH),
    "remark": Place(REMARK, is_typed=True),
    "dialog": Place((*DIALOG, *LIST)),
    "summary": Place(SUMMARY),
    "help": Place(HELP),
    "palette": Place(PALETTE, is_typed=True),
}

# In the order of reading: what is the same everywhere, then each view followed by what it shows.
HEADINGS: Mapping[str, Words] = {
    "everywhere": lambda: _("Everywhere"),
    "views": lambda: _("The views"),
    "overview": lambda: _("The overview"),
    "matrix": lambda: _("Moving in the matrix"),
    "waiting": lambda: _("The queues"),
    "marking": lambda: _("Taking, giving and marking"),
    "marked": lambda: _("What is marked"),
    "review": lambda: _("A review"),
    "panes": lambda: _("Document, checklist and what is known"),
    "document": lambda: _("A document"),
    "reading": lambda: _("Reading"),
    "moving": lambda: _("Moving in a text"),
    "magnifier": lambda: _("The page as a picture"),
    "fetch": lambda: _("Fetching the file"),
    "inbox": lambda: _("The inbox"),
    "office": lambda: _("An office"),
    "catalogue": lambda: _("The catalogue"),
    "calendar": lambda: _("The calendar"),
    "due": lambda: _("A due date"),
    "people": lambda: _("The people"),
    "person": lambda: _("A person"),
    "search": lambda: _("The search"),
    "about": lambda: _("All about an obligation"),
    "told": lambda: _("What is told of it"),
    "list": lambda: _("Lists"),
    "palette": lambda: _("Going anywhere by words"),
    "help": lambda: _("This help"),
    "dialog": lambda: _("Dialogs"),
    "summary": lambda: _("A summary"),
    "remark": lambda: _("Writing a line"),
}


def keys(scope: str) -> tuple[Key, ...]:
    """The keys of a scope, in the order of the table."""
    return tuple(dict.fromkeys(key for place in PLACES.values() for key in place.keys if key.scope == scope))


def actions() -> dict[str, Key]:
    """Every action that a key can be chosen for, by its name."""
    return {key.name: key for scope in HEADINGS for key in keys(scope) if key.keys}
