"""One person at work in one workspace: all that a verb or a screen asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from inbox import Arrivals, ContentStore, Quarantine, Root, Roots, WatchLock
from tui import people
from tui.workspace import Workspace, now
from workflow import Digest, Obligation, Register

if TYPE_CHECKING:
    from inbox import Fact, Text, Unreadable


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

    def reading(self, content: Digest) -> Callable[[], Text | Unreadable]:
        """What gives the text of a content: kept, or read when it is called. Any thread may call it."""
        from inbox import Texts, Unreadable, read_text

        kept, path = Texts(self.database).of(content), self.contents.path(content)
        is_whole = isinstance(kept, Unreadable) or (kept is not None and kept.is_whole)
        return lambda: kept if kept is not None and is_whole else read_text(path)

    def precheck(self, o: Obligation, content: Digest) -> Callable[[Text | Unreadable], tuple[Fact, ...]]:
        """What says the facts of a text that came for an obligation. Any thread may call it."""
        from inbox import Expected, Recogniser, Texts, facts_of

        same_bytes = self.arrivals.elsewhere(content, o.id)
        alike = Texts(self.database).same_text(content)
        same_text = {other for digest in alike for other in self.arrivals.elsewhere(digest, o.id)} - {*same_bytes}
        path, sent = self.contents.path(content), self.register.trail(o.id)
        name = next((one.name for one in reversed(sent) if one.content == content and one.name), "")
        size = path.stat().st_size if path.is_file() else 0
        expected = Expected(o, o.requirement.chapters, tuple(same_bytes), tuple(sorted(same_text)), name, size)
        vocabulary = self.register.vocabulary()
        return lambda text: facts_of(text, expected, Recogniser(vocabulary, lambda _: ()).read)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()
