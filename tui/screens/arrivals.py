"""The list of the inbox: all that arrived, what waits for a person, or what is held."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import assert_never

from inbox import Came, Held, Waiting
from tui import inflow, sorting, words
from tui.cycling import after
from tui.language import _
from tui.screens import arrival
from tui.screens.keymap import with_keys
from tui.screens.listing import Listing, Row
from tui.screens.text import Part
from tui.session import Session
from workflow import Power

LATEST = 200


class Shelf(StrEnum):
    """Which part of the inbox is listed."""

    ALL = "all"
    WAITING = "waiting"
    HELD = "held"


class ArrivalList(Listing):
    """One shelf at a time. The cursor stays on its arrival whatever comes, unless it is asked to follow."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="arrivals", flexible=3, headings=arrival.headings())
        self._session = session
        self._obligation = cache(session.register.obligation)
        self._intake = inflow.Intake(inflow.Tally(0, 0, 0, 0), (), (), ())
        self._came: Mapping[str, Came] = {}
        self._waiting: Mapping[str, Held] = {}
        self._held: Mapping[str, Waiting] = {}
        self._followed: str | None = None
        self.shelf = Shelf.ALL

    @property
    def tally(self) -> inflow.Tally:
        """How much there is."""
        return self._intake.tally

    @property
    def came(self) -> Came | None:
        """The arrival under the cursor."""
        return None if self.shelf is Shelf.HELD else self._came.get(self.chosen or "")

    @property
    def waiting(self) -> Held | None:
        """The same where it waits for a person."""
        return None if self.shelf is Shelf.HELD else self._waiting.get(self.chosen or "")

    @property
    def held(self) -> Waiting | None:
        """The file under the cursor that is held."""
        return self._held.get(self.chosen or "") if self.shelf is Shelf.HELD else None

    @property
    def next_waiting(self) -> str | None:
        """Where the cursor goes when the one under it waits no more."""
        names = [name for name in self._came if name in self._waiting]
        if self.chosen not in names:
            return None
        place = names.index(self.chosen)
        return next(iter(names[place + 1 :] or names[place - 1 : place]), None)

    @property
    def is_following(self) -> bool:
        """Whether the cursor goes to whatever comes."""
        return self._followed is not None and self._followed == self.chosen

    def reread(self, *, may_follow: bool) -> None:
        """Read what has come, what waits and what is held. `may_follow` says that nobody is in the midst of it."""
        was, is_following = self._newest, self.is_following
        self._intake = inflow.intake(self._session, count=LATEST)
        self._came = {str(one.id): one for one in self._intake.in_order}
        self._waiting = {str(one.id): one for one in self._intake.waiting}
        self._held = {f"{one.root} {one.path.hex()}": one for one in self._intake.held}
        if is_following and may_follow and self._newest != was:
            self._followed = self._newest
            self.refresh_rows(self._newest)
        else:
            self.refresh_rows()

    def refresh_rows(self, chosen: str | None = None) -> None:
        """Show the shelf, the cursor on `chosen` or on what it was on."""
        self.show(self._listed(), chosen)

    def cycle(self) -> None:
        """Show the next shelf."""
        self.shelf = after(Shelf, self.shelf)
        self.refresh_rows()

    def follow(self) -> None:
        """Go to what came last, and on to whatever comes, until the cursor is moved; asked again, stay."""
        if self.is_following:
            self._followed = None
        else:
            self.shelf, self._followed = Shelf.ALL, self._newest
            self.refresh_rows(self._followed)

    def shelves(self) -> list[Part]:
        """All three, and how much is on each."""
        tally = self.tally
        titles = {
            Shelf.ALL: _("arrivals"),
            Shelf.WAITING: _("waiting {n}").format(n=words.number(tally.waiting)),
            Shelf.HELD: _("not taken yet {n}").format(n=words.number(tally.held)),
        }
        return [(f" {title} ", "bold reverse" if one is self.shelf else "") for one, title in titles.items()]

    def today(self) -> str:
        """How much has come today."""
        return inflow.counts(self.tally)

    def emptiness(self) -> str:
        """What is said where the shelf is empty, and what to do next; nothing where it is not."""
        if self._listed():
            return ""
        match self.shelf:
            case Shelf.ALL:
                return inflow.emptiness(self._session)
            case Shelf.WAITING:
                return _("The quarantine is empty: everything that arrived has its place.")
            case Shelf.HELD if self._session.at is not None:
                return _("What lay in the inboxes then is not kept.")
            case Shelf.HELD:
                return _("Nothing is held: whatever lies in the inboxes is taken as soon as it lies still.")
            case _:
                assert_never(self.shelf)

    def what_to_do(self) -> str:
        """What can be done with what is under the cursor, or why nothing can."""
        if self.shelf is Shelf.HELD:
            return _("It is taken by itself as soon as it can be; what keeps it stands below.") if self.held else ""
        if not self.tally.waiting:
            return _("The quarantine is empty: everything that arrived has its place.")
        if reason := sorting.why_not(self._session, Power.PLACE):
            return reason
        if self.waiting is None:
            told = _("{key} opens the document. What is marked ? waits for a person.")
        else:
            told = _("A digit picks a guess; {key} lets you type where it belongs.")
        return with_keys(told, key="list.select")

    @property
    def _newest(self) -> str | None:
        return str(self._intake.arrivals[0].id) if self._intake.arrivals else None

    def _listed(self) -> dict[str, Row]:
        is_wide = not self.screen.has_class("-narrow")
        if self.shelf is Shelf.HELD:
            return {name: arrival.held_row(one, self._session, is_wide=is_wide) for name, one in self._held.items()}
        return {
            name: arrival.row(one, self._session, self._obligation, is_wide=is_wide)
            for name, one in self._came.items()
            if self.shelf is Shelf.ALL or name in self._waiting
        }
