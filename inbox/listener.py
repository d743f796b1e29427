"""The process that reads the events of the inboxes, and does nothing else.

Whatever else a process does, hashing, parsing or a regular expression, can keep it from reading until the kernel's
queue overflows. On standard output it writes one byte when there is something to look at: `.` for events, `!` when
some were lost.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

_BREATH = 0.05
_CHECK = 1.0


class News:
    """What has happened since it was last told."""

    def __init__(self) -> None:
        self.seen = True  # what came before there was anybody to listen
        self.lost = False

    def tell(self) -> bytes:
        """The byte to write, if any; begins anew."""
        if self.lost:
            self.lost = False
            return b"!"
        if self.seen:
            self.seen = False
            return b"."
        return b""


class _Overflow(logging.Handler):
    """watchdog says in its log, and nowhere else, that the kernel's queue has overflowed."""

    def __init__(self, news: News) -> None:
        super().__init__(logging.WARNING)
        self._news = news

    def emit(self, record: logging.LogRecord) -> None:
        if "overflow" in record.getMessage().casefold():
            self._news.lost = True


def main(roots: Sequence[str]) -> int:
    """Listen until nobody reads any more: 0. What keeps it from listening is said on standard error: 1."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # It warns with its whole table of watches when a tree comes and goes quickly.
    warnings.filterwarnings("ignore", module="watchdog")
    os.set_blocking(sys.stdout.fileno(), False)
    news = News()
    logging.getLogger("watchdog.observers.inotify_c").addHandler(_Overflow(news))
    try:
        observer = _observer(roots, news)
    except OSError as error:
        sys.stderr.write(f"{error.strerror}\n")
        return 1
    return _listen(observer, news)


def _listen(observer: BaseObserver, news: News) -> int:
    parent, checked = os.getppid(), time.monotonic()
    while True:
        time.sleep(_BREATH)
        told = news.tell()
        if told and not _write(told):
            return 0
        if time.monotonic() - checked > _CHECK:
            checked = time.monotonic()
            if os.getppid() != parent:
                return 0
            # The observer lives on when a root is gone; only its emitter tells.
            if not all(emitter.is_alive() for emitter in observer.emitters):
                return 1


def _write(told: bytes) -> bool:
    try:
        os.write(sys.stdout.fileno(), told)
    except BlockingIOError:
        return True  # what was written before has not been read yet, and means the same
    except BrokenPipeError:
        return False
    return True


def _observer(roots: Sequence[str], news: News) -> BaseObserver:
    from watchdog import events
    from watchdog.observers import Observer

    class Handler(events.FileSystemEventHandler):
        def on_any_event(self, event: events.FileSystemEvent) -> None:  # noqa: ARG002  # that it happened is all
            news.seen = True

    # Not the opening and closing of files: our own reading would wake us for ever.
    kinds = [
        *(events.FileCreatedEvent, events.FileModifiedEvent, events.FileAttribEvent, events.FileMovedEvent),
        *(events.FileClosedEvent, events.DirCreatedEvent, events.DirMovedEvent, events.DirDeletedEvent),
    ]
    observer = Observer()
    for root in roots:
        observer.schedule(Handler(), root, recursive=True, event_filter=kinds)
    observer.start()
    return observer


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
