"""One person at work in one workspace: all that a verb or a screen asks."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from inbox import Arrivals, ContentStore, Quarantine, Receipts, Root, Roots, WatchLock
from tui import people, words
from tui.errors import UsageError
from tui.language import _
from tui.reach import Reach
from tui.versions import versions
from tui.workspace import Workspace, now
from workflow import Digest, Obligation, ObligationId, Personnel, Register, scope

if TYPE_CHECKING:
    from inbox import Fact, Text, Unreadable
    from tui.refusals import People


class Session:
    """The workspace opened by an actor, and shown as far as that one may see. Belongs to one thread.

    `at` is the moment that is looked back to, None for how it is now. `year` is the document year that is shown:
    that of the workspace, until a screen chooses another.
    """

    def __init__(self, workspace: Workspace, name: str | None = None, at: datetime | None = None) -> None:
        self.workspace = workspace
        self.year = workspace.settings.year
        self.at = at
        self._name = name
        self._seen: object = None
        self._owed: tuple[object, Sequence[Obligation]] = None, ()
        self.database = workspace.open_database(at)
        clock = now if at is None else lambda: at
        self.register = Register(self.database, clock)
        # What somebody may see is what they may see today, whatever it was then.
        self._live = self.database if at is None else workspace.open_database()
        self._present = Register(self._live, now)
        self._listed = people.personnel(workspace, self._live, now)
        # Before anybody was recorded, people are those of now: who they were then is not kept.
        self.personnel = (
            self._listed if at is None else Personnel(self.database, clock, workspace.zone, self._listed.actors)
        )
        self.people: People = {}
        self.actor = people.identify(name, self._listed.all(), self._listed.today())
        self.refresh()
        self.contents = ContentStore(workspace.content)
        self.arrivals = Arrivals(self.database)
        self.quarantine = Quarantine(self.database, self.register, clock, workspace.zone)
        self.receipts = Receipts(self.database, self.register, workspace.zone)
        self.watch_lock = WatchLock(workspace.watch_lock)
        self.reach = Reach()

    def refresh(self) -> bool:
        """Be whoever the person is by now, as they are listed and by their mandates. Cheap enough for often.

        True when they are not what they were: what they have open may not be theirs to see any more. Raises
        UsageError where they are not listed any more, or may do nothing any more.
        """
        seen = (people.stamp(self.workspace.people), self._present.version(), self.workspace.today())
        if seen == self._seen:
            return False
        was = (self.actor.role, self.register.within)
        actor = people.identify(self._name, self._listed.all(), self._listed.today())
        if actor.name != actor.unit and any(office.code == actor.name for office in self._present.offices()):
            # The trail could not tell the two, and the rule of other eyes goes by names.
            told = _("{name} is the code of an office; give the person another name in people.toml.")
            raise UsageError(told.format(name=actor.name))
        self.people = self.personnel.present()
        self.actor = self._present.acting(actor._replace(via=people.came_by(os.environ)))
        self.register.within = scope(self.actor)
        self._seen = seen
        return was != (self.actor.role, self.register.within)

    def again(self) -> Session:
        """The same person in the same workspace once more, for another thread."""
        return Session(self.workspace, self._name, self.at)

    @property
    def title(self) -> str:
        """Whose documents are shown, of which year, and as at when where that is not now."""
        within = self.register.within
        shown = f"{self.register.office(within).name if within else self.workspace.settings.region} {self.year}"
        return f"{shown}, {words.as_at(self.at)}" if self.at else shown

    def today(self) -> date:
        """The date in the region, or the day that is looked back to."""
        return self.workspace.today() if self.at is None else self.at.astimezone(self.workspace.zone).date()

    def obligations(self) -> Sequence[Obligation]:
        """Those of the year that is shown. They are read again only after anything was written."""
        # Asked before they are read: what is written meanwhile makes them old at once.
        stamp = (self.database.stamp(), self.year, self.register.within)
        if stamp != self._owed[0]:
            self._owed = stamp, tuple(self.register.obligations(year=self.year))
        return self._owed[1]

    def away(self) -> list[Root]:
        """The inboxes that are not there, or not the folders that they were: nothing is taken from them."""
        known = Roots(self.database)
        return [root for root in self.workspace.roots() if known.is_known(root) and not known.is_there(root)]

    def twins(self, o: Obligation) -> list[Obligation]:
        """The other obligations for which the very same bytes were sent, or which they serve as well."""
        if o.content is None:
            return []
        sent = (self.register.obligation(name) for name in self._elsewhere(o.content, o))
        return list({one.id: one for one in (*sent, *self.register.sharing(o))}.values())

    def versions(self, name: ObligationId) -> list[Digest]:
        """The contents that were sent for an obligation, each once, the oldest first."""
        return [one.content for one in versions(self.register.trail(name))]

    def reading(self, content: Digest) -> Callable[[], Text | Unreadable]:
        """What gives the text of a content: kept, or read when it is called. Any thread may call it."""
        from inbox import Texts, Unreadable, read_text

        kept, path = Texts(self.database).of(content), self.contents.path(content)
        is_whole = isinstance(kept, Unreadable) or (kept is not None and kept.is_whole)
        return lambda: kept if kept is not None and is_whole else read_text(path)

    def precheck(self, o: Obligation, content: Digest) -> Callable[[Text | Unreadable], tuple[Fact, ...]]:
        """What says the facts of a text that came for an obligation. Any thread may call it."""
        from inbox import Expected, Recogniser, Texts, facts_of

        same_bytes = self._elsewhere(content, o)
        alike = Texts(self.database).same_text(content)
        same_text = {other for digest in alike for other in self._elsewhere(digest, o)} - {*same_bytes}
        path, sent = self.contents.path(content), self.register.trail(o.id)
        name = next((one.name for one in reversed(sent) if one.content == content and one.name), "")
        size = path.stat().st_size if path.is_file() else 0
        expected = Expected(o, o.requirement.chapters, tuple(same_bytes), tuple(sorted(same_text)), name, size)
        vocabulary = self.register.vocabulary()
        return lambda text: facts_of(text, expected, Recogniser(vocabulary, lambda _: ()).read)

    def _elsewhere(self, content: Digest, o: Obligation) -> list[ObligationId]:
        return [name for name in self.arrivals.elsewhere(content, o.id) if self.register.sees(name)]

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()
        self._live.close()
