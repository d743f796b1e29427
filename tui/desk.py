"""Where one person searches: everything that a search needs, in one thread."""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter
from typing import NamedTuple

from inbox import Behind, Found, Index, Indexer, Searcher
from tui.session import Session
from workflow import Names, Query, Unavailable, read_query


class Answer(NamedTuple):
    """What was asked and found, in how many seconds, and what cannot be found yet: None without an index."""

    query: Query
    found: Found
    seconds: float
    behind: Behind | None


class Desk:
    """Searches for the person of a session, and keeps the index level where no watcher does. Of one thread."""

    def __init__(self, session: Session) -> None:
        self._session = session
        # What is looked back to is searched with the index of today, which is kept from what there is today.
        self._live = session.workspace.open_database()
        self._index = Index(session.workspace.search)
        self._indexer = Indexer(self._live, self._index)
        self._searcher = Searcher(session.database, session.register, self._index)

    def names(self) -> Names:
        """What offices and documents are called, for what is typed."""
        return self._searcher.names()

    def ask(self, line: str, *, shown: int, length: int, is_typing: bool = False) -> Answer:
        """Search for what was typed. Raises UsageError for who is not listed any more, Unavailable."""
        self._session.refresh()
        begin = perf_counter()
        query = read_query(line, self._searcher.names(), is_typing=is_typing)
        found = self._searcher.search(query, self._session.actor, self._session.today(), shown=shown, length=length)
        took = perf_counter() - begin
        return Answer(query, found, took, self.behind())

    def count(self, lines: Iterable[str]) -> list[Found]:
        """How much is found by each."""
        return [self.ask(line, shown=0, length=0).found for line in lines]

    def behind(self) -> Behind | None:
        """What cannot be found yet; None where there is no index that can be used."""
        try:
            return self._indexer.behind()
        except Unavailable:
            return None

    def step(self) -> bool:
        """Take a little more into the index, unless a watcher does that. Whether there may be more."""
        return self._session.watch_lock.holder() is None and self._indexer.step()

    def close(self) -> None:
        """Let go of everything."""
        self._index.close()
        self._live.close()
        self._session.close()
