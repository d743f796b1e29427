"""Everything that a person may see is searched: the register itself, and what the index has of texts and remarks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from inbox.index import KINDS, Entry, Index
from inbox.sight import Sight
from workflow import (
    Actor,
    Database,
    Digest,
    Kind,
    Names,
    Obligation,
    Query,
    Register,
    Span,
    Unavailable,
    excerpt,
    lets_through,
    standing_in,
)

# Nobody reads more than so many of a kind: of what is on every page, the pages that came last are looked at.
MOST = 200
# Documents that have the words in their names stand before what says them, and leave room for that.
_BEFORE = 5


class Hit(NamedTuple):
    """Something that was found. It is of no obligation where it waits in quarantine.

    `version` of `versions` is which of the contents that came for it; 0 where it is on none. `seq` is the record that
    says it, `number` the finding, `page` the page; `actor` said it, `at` this moment (UTC), as far as it is shown.
    `said` is an excerpt with the words that were asked for.
    """

    kind: Kind
    obligation: Obligation | None
    text: str = ""
    said: Sequence[Span] = ()
    content: Digest | None = None
    version: int = 0
    versions: int = 0
    seq: int = 0
    number: int = 0
    page: int = 0
    actor: str = ""
    at: str = ""

    @property
    def is_current(self) -> bool:
        """Whether it is said where the obligation stands now."""
        return self.obligation is not None and self.content in (None, self.obligation.content)


class Found(NamedTuple):
    """What was found of each kind, as far as it is shown, and how much that is.

    Of a kind in `more` there is more than was counted. Where there is no index, documents alone were looked for.
    """

    hits: Mapping[Kind, Sequence[Hit]]
    counts: Mapping[Kind, int]
    more: frozenset[Kind] = frozenset()
    has_index: bool = True

    @property
    def total(self) -> int:
        """How much was found; at least so much where there is more."""
        return sum(self.counts.values())


class _Fit(NamedTuple):
    """What the filters of a query let through, and the sources that may be searched then: None for all."""

    obligations: Mapping[str, Obligation]
    sources: frozenset[str] | None


class Searcher:
    """Searches for one person. Not for use by several threads."""

    def __init__(self, database: Database, register: Register, index: Index | None) -> None:
        """`register` shows what the person may see: nothing else is found, or counted. No index finds documents."""
        self._database = database
        self._register = register
        self._index = index
        self._seen: tuple[object, Sight] | None = None
        self._fit: tuple[object, _Fit] | None = None

    def names(self) -> Names:
        """What offices and documents are called here: queries are read by it."""
        return self._sight().names

    def search(self, query: Query, actor: Actor, today: date, *, shown: int, length: int) -> Found:
        """What is asked for, `shown` of each kind with about so many letters of what they say, what matters first."""
        if query.is_void:
            return Found({}, {}, has_index=self._index is not None)
        sight = self._sight()
        fit = self._fitting(sight, query, actor, today)
        hits, counts = dict[Kind, Sequence[Hit]](), dict[Kind, int]()
        if query.has(Kind.DOCUMENT):
            names = standing_in(sight.called, query.terms)
            there = [fit.obligations[name] for name in names if name in fit.obligations]
            hits[Kind.DOCUMENT] = [Hit(Kind.DOCUMENT, o) for o in there[:shown]]
            counts[Kind.DOCUMENT] = len(there)
        found = Found(hits, counts)
        try:
            return self._in_index(found, query, sight, fit, shown, length)
        except Unavailable:
            return found._replace(has_index=False)

    def _in_index(self, found: Found, query: Query, sight: Sight, fit: _Fit, shown: int, length: int) -> Found:
        if self._index is None:
            return found._replace(has_index=False)
        self._index.renew()
        hits, counts, more = {**found.hits}, {**found.counts}, set[Kind]()
        for kind in KINDS:
            # Without words there is nothing to look for in texts, unless one asks for them.
            if not query.has(kind) or not (query.wanted or query.asks_for(kind)):
                continue
            those = self._index.found(kind, query, MOST + 1, fit.sources)
            more |= {kind} if len(those) > MOST else set()
            seen = [(hit, one.id) for one in those[:MOST] if (hit := _hit(one, sight, fit.obligations))]
            seen.sort(key=lambda one: not one[0].is_current)
            counts[kind] = len(seen)
            texts = self._index.texts([id_ for _hit, id_ in seen[:shown]])
            told = (self._told(hit)._replace(text=texts.get(id_, "")) for hit, id_ in seen[:shown])
            hits[kind] = [one._replace(said=excerpt(one.text, query.terms, length)) for one in told]
        if any(counts[kind] for kind in counts if kind is not Kind.DOCUMENT) and not query.asks_for(Kind.DOCUMENT):
            hits[Kind.DOCUMENT] = hits.get(Kind.DOCUMENT, ())[:_BEFORE]
        return Found(hits, counts, frozenset(more))

    def _told(self, hit: Hit) -> Hit:
        """With who said it and when."""
        if not hit.seq or hit.obligation is None:
            return hit
        query = "SELECT actor, at FROM audit WHERE obligation = ? AND seq = ?"
        row = self._database.row(query, hit.obligation.id, hit.seq)
        return hit._replace(actor=row["actor"], at=row["at"]) if row else hit

    def _fitting(self, sight: Sight, query: Query, actor: Actor, today: date) -> _Fit:
        """What the filters let through: the same while one types words, as long as nothing moves."""
        key = (query.filters, actor, today)
        if self._fit is None or self._fit[0] != key:
            fit = {name: o for name, o in sight.obligations.items() if lets_through(query, o, actor, today)}
            is_all = not query.narrows and self._register.within is None and not self._database.is_past
            sources = None if is_all else sight.sources(fit, with_held=not query.narrows)
            self._fit = key, _Fit(fit, sources)
        return self._fit[1]

    def _sight(self) -> Sight:
        key = (self._register.version(), self._register.within)
        if self._seen is None or self._seen[0] != key:
            self._seen, self._fit = (key, Sight.of(self._database, self._register)), None
        return self._seen[1]


def _hit(said: Entry, sight: Sight, fit: Mapping[str, Obligation]) -> Hit | None:
    """What was found, as what is seen; None where it is not, or was said after the moment that is looked back to."""
    name = next(_bearing(said, sight, fit), None)
    if name is None:
        is_held = said.source in sight.held or sight.files.get(said.source, "") is None
        return Hit(said.kind, None, page=said.page) if is_held else None
    o = fit[name]
    if said.seq > o.seq:
        return None
    hit = Hit(said.kind, o, seq=said.seq, number=said.number, page=said.page)
    if said.kind is not Kind.PAGE:
        return hit
    digest, versions = Digest(said.source), sight.versions[name]
    return hit._replace(content=digest, version=versions.index(digest) + 1, versions=len(versions))


def _bearing(said: Entry, sight: Sight, fit: Mapping[str, Obligation]) -> Iterator[str]:
    """The obligations that it is of, first one that stands on it now."""
    match said.kind:
        case Kind.PAGE:
            those = [name for name in sight.bearers.get(said.source, ()) if name in fit]
            yield from sorted(those, key=lambda name: fit[name].content != said.source)
        case Kind.FILE:
            name = sight.files.get(said.source)
            yield from [name] if name and name in fit else []
        case _:
            yield from [said.source] if said.source in fit else []
