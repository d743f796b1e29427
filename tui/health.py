"""Whether what lies in the inboxes is taken: who watches, which of them are away, how much is left to do."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import tzinfo
from pathlib import Path
from typing import Any, NamedTuple

from inbox import Holder, Texts, WatchLock, check_access, check_watcher, lying
from tui import advice, words
from tui.language import _, many
from tui.workspace import Workspace, now
from workflow import Checked, ReadOnly, Severity, plain

_TAIL = 4096  # bytes of a log


class Health(NamedTuple):
    """The watcher that runs, what was looked at, how much is left to do, and the end of the watcher's own log."""

    holder: Holder | None
    checks: Sequence[Checked]
    lying: int
    unread: int
    last_word: str


def look(place: Workspace) -> Health:
    """How it is now. Any thread may call it: a share that hangs keeps only that one waiting.

    Raises OSError or Unavailable where the database cannot be read.
    """
    lock, roots = WatchLock(place.watch_lock), place.roots()
    database = ReadOnly(place.database)
    try:
        # Without roots: whether events are heard is asked of who watches, without waiting for it.
        watcher = list(check_watcher(lock, (), now, is_expected=True, cookie_in=None))
        checks = (*watcher, *check_access(roots, database))
        return Health(
            lock.holder(),
            checks,
            lying(roots, database),
            Texts(database).count_missing(),
            _last_line(place.root / "watch.log"),
        )
    finally:
        database.close()


def lines(health: Health, zone: tzinfo) -> Iterator[str]:
    """Who watches, what has to be mended, what is left to do."""
    holder = health.holder
    if holder is not None and holder.since:
        told = _("Process {pid} on {host} watches, since {since}.")
        yield told.format(pid=holder.pid, host=plain(holder.host), since=words.moment(holder.since, zone))
        heard = _("It hears of what comes.") if holder.is_live else _("It looks by the clock.")
        looked = words.moment(holder.looked or holder.since, zone)
        yield _("It last looked {moment}.").format(moment=looked) + " " + heard
    yield from (advice.line(one, zone) for one in health.checks if one.severity is not Severity.OK)
    if health.lying:
        told = many(
            "{n} file lies there and is not taken yet.", "{n} files lie there and are not taken yet.", health.lying
        )
        yield told.format(n=words.number(health.lying))
    if health.unread:
        told = many(
            "The text of {n} file is still to be read.", "The text of {n} files is still to be read.", health.unread
        )
        yield told.format(n=words.number(health.unread))
    if health.last_word and holder is None:
        yield _("The end of watch.log: {line}").format(line=health.last_word)


def data(health: Health) -> dict[str, Any]:
    """The same for `--json`."""
    checks = [{"check": one.check, "severity": one.severity, "facts": one.facts} for one in health.checks]
    holder = health.holder._asdict() if health.holder else None
    return {"watcher": holder, "checks": checks, "lying": health.lying, "unread": health.unread}


def _last_line(log: Path) -> str:
    """What a watcher beside the screens said last; there is no such file where a service watches."""
    with suppress(OSError), log.open("rb") as file:
        file.seek(max(os.fstat(file.fileno()).st_size - _TAIL, 0))
        said = file.read().decode(errors="replace").strip().splitlines()
        return plain(said[-1]) if said else ""
    return ""
