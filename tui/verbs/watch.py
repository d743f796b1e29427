"""`pantau watch`: take what arrives in the inbox, until stopped."""

from __future__ import annotations

import signal
import socket
import sys
from argparse import Namespace
from datetime import datetime
from threading import Thread

from inbox import Arrival, ContentStore, Intake, Problem, Taken, Watcher, WatchLock
from tui import report, words
from tui.language import _
from tui.verbs import workspace
from tui.workspace import Workspace, now


def run(options: Namespace) -> int:
    """Watch under the lock; a second watcher says who holds it and ends with 1."""
    place = workspace(options)
    lock = WatchLock(place.watch_lock)
    try:
        lock.acquire(host=socket.gethostname(), since=now().isoformat(timespec="seconds"))
    except Taken as taken:
        print(_taken(taken, place), file=sys.stderr)
        return 1
    watcher = _watcher(place)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: watcher.stop())
    if options.beside:
        Thread(target=_stop_at_end_of_input, args=[watcher], daemon=True).start()
    _log(_("watching {folder}").format(folder=place.inbox))
    watcher.run()
    _log(_("stopped"))
    lock.release()
    return 0


def _watcher(place: Workspace) -> Watcher:
    intake = Intake(place.inbox, ContentStore(place.content), place.open_database(), now)

    def tell(happening: Arrival | Problem) -> None:
        _log(report.happening(happening))

    return Watcher(place.inbox, intake, quiet=place.settings.settle, report=tell)


def _taken(taken: Taken, place: Workspace) -> str:
    holder = taken.holder
    if holder is None:
        return _("Another watcher runs on this workspace.")
    since = words.moment(holder.since, place.zone) if holder.since else "?"
    return _("This workspace is watched already: process {pid} on {host}, since {since}.").format(
        pid=holder.pid, host=holder.host, since=since
    )


def _stop_at_end_of_input(watcher: Watcher) -> None:
    sys.stdin.buffer.read()
    watcher.stop()


def _log(line: str) -> None:
    print(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S} {line}", file=sys.stderr, flush=True)
