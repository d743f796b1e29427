"""One person at work in one workspace: all that a verb or a screen asks."""

from __future__ import annotations

from datetime import date

from inbox import Arrivals, ContentStore, Quarantine, Root, Roots, WatchLock
from tui import people
from tui.workspace import Workspace, now
from workflow import Obligation, Register


class Session:
    """The workspace opened by an actor. Belongs to one thread."""

    def __init__(self, workspace: Workspace, name: str | None = None) -> None:
        self.workspace = workspace
        self.people = people.read_people(workspace.people)
        self.actor = people.identify(name, self.people)
        self.database = workspace.open_database()
        self.register = Register(self.database, now)
        self.contents = ContentStore(workspace.content)
        self.arrivals = Arrivals(self.database)
        self.quarantine = Quarantine(self.database, self.register, now)
        self.watch_lock = WatchLock(workspace.watch_lock)

    @property
    def year(self) -> int:
        """The document year that is shown."""
        return self.workspace.settings.year

    def today(self) -> date:
        """The date in the region."""
        return self.workspace.today()

    def away(self) -> list[Root]:
        """The inboxes that are not there, or not the folders that they were: nothing is taken from them."""
        known = Roots(self.database)
        return [root for root in self.workspace.roots() if known.is_known(root) and not known.is_there(root)]

    def twins(self, o: Obligation) -> list[Obligation]:
        """The other obligations for which the very same bytes were sent, or which they serve as well."""
        if o.content is None:
            return []
        sent = (self.register.obligation(name) for name in self.arrivals.elsewhere(o.content, o.id))
        return list({one.id: one for one in (*sent, *self.register.sharing(o))}.values())

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()
