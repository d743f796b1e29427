"""Looks at the inbox again and again: events only say when to look sooner."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from inbox.arrivals import Arrival
from inbox.folders import RETIRED, files
from inbox.intake import Intake, Problem
from inbox.settling import Settling

# A change that no event told of (a share, an overflow, a stopped process) is seen at the latest after this.
RESCAN_SECONDS = 10.0
# Looks that events ask for are this far apart at least, so that a burst costs one look.
BREATH_SECONDS = 0.1

Report = Callable[[Arrival | Problem], None]


class Watcher:
    """Takes what settles in the inbox until it is told to stop."""

    def __init__(self, inbox: Path, intake: Intake, *, quiet: float, report: Report) -> None:
        self._inbox = inbox
        self._intake = intake
        self._settling = Settling(quiet)
        self._report = report
        self._problems: dict[bytes, str] = {}
        self._wake = Event()
        self._stopped = False

    def stop(self) -> None:
        """End after the file at hand. May be called from a signal handler."""
        self._stopped = True
        self._wake.set()

    def run(self) -> None:
        """Recover, then watch. Returns after `stop`."""
        self._intake.recover()
        with _hints(self._inbox, self._wake.set):
            while not self._stopped:
                now = time.monotonic()
                self.look(now)
                self._wake.wait(self._patience(now))
                self._wake.clear()
                if not self._stopped:
                    time.sleep(BREATH_SECONDS)

    def look(self, now: float) -> None:
        """One scan: notice what lies there and take what has lain still long enough."""
        seen = []
        for found in files(self._inbox):
            seen.append(found.path)
            if self._settling.notice(found.path, found.footprint, now) and not self._stopped:
                self._tell(found.path, self._intake.take(found))
        self._settling.keep_only(seen)

    def _patience(self, looked: float) -> float:
        """How long to wait after the look at that moment: until another file can have settled."""
        ready = self._settling.next_ready(looked)
        if ready is None:
            return RESCAN_SECONDS
        return min(max(ready - time.monotonic(), 0.0), RESCAN_SECONDS)

    def _tell(self, path: bytes, outcome: Arrival | Problem | None) -> None:
        """Report what happened; the same problem with the same file is reported once."""
        if isinstance(outcome, Problem):
            if self._problems.get(path) == str(outcome.error):
                return
            self._problems[path] = str(outcome.error)
        else:
            self._problems.pop(path, None)
        if outcome is not None:
            self._report(outcome)


@contextmanager
def _hints(inbox: Path, hint: Callable[[], None]) -> Iterator[None]:
    """Call `hint` on every event that can mean a new or changed file."""
    from watchdog import events
    from watchdog.observers import Observer

    retired = os.fsdecode(os.path.join(os.fsencode(inbox), RETIRED))

    class Handler(events.FileSystemEventHandler):
        def on_any_event(self, event: events.FileSystemEvent) -> None:
            if not os.fsdecode(event.src_path).startswith(retired):
                hint()

    kinds = [
        *(events.FileCreatedEvent, events.FileModifiedEvent, events.FileMovedEvent, events.FileClosedEvent),
        *(events.DirCreatedEvent, events.DirMovedEvent),
    ]
    observer = Observer()
    observer.schedule(Handler(), str(inbox), recursive=True, event_filter=kinds)
    observer.start()
    try:
        yield
    finally:
        observer.stop()
        observer.join()
