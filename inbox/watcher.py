"""Looks at the inboxes again and again: events only say when to look sooner."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from inbox.hints import Hints
from inbox.leases import ignore_breaks
from inbox.reconcile import Reconcile

# A change that no event told of (a share, an overflow, a stopped process) is seen at the latest after this.
RESCAN_SECONDS = 10.0
# Without a listener, time alone tells.
POLL_SECONDS = 2.0
# Looks are this far apart at least, so that a burst of events costs one look.
_BREATH_SECONDS = 0.1
_BEAT_SECONDS = 5.0


class Watcher:
    """Takes what settles in the inboxes until it is told to stop."""

    def __init__(
        self,
        inboxes: Sequence[Reconcile],
        hints: Hints,
        *,
        beat: Callable[[bool], None],
        idle: Callable[[], bool] = lambda: False,
    ) -> None:
        """`beat` is called after every look and now and then during a long one, with whether events are heard.

        `idle` does a piece of the work that can wait, after every look, and says whether there is more of it.
        """
        self._inboxes = inboxes
        self._hints = hints
        self._beat = beat
        self._idle = idle
        self._is_stopped = False
        self._told = -_BEAT_SECONDS

    def stop(self) -> None:
        """End after the file at hand. May be called from a signal handler."""
        self._is_stopped = True
        self._hints.wake()

    def look_now(self) -> None:
        """Look without waiting for an event. May be called from a signal handler."""
        self._hints.wake()

    def run(self) -> None:
        """Recover, then watch. Returns after `stop`."""
        ignore_breaks()
        for inbox in self._inboxes:
            inbox.recover()
        while not self._is_stopped:
            now = time.monotonic()
            for inbox in self._inboxes:
                inbox.look(now, is_stopped=self._is_over)
            self._tell_alive()
            has_more = not self._is_stopped and self._idle()
            self._hints.wait(0.0 if has_more else self._patience(now))
            if not self._is_stopped:
                time.sleep(_BREATH_SECONDS)
        self._hints.close()

    def _is_over(self) -> bool:
        """Asked between any two files: a burst may take long, and is a sign of life."""
        if time.monotonic() - self._told >= _BEAT_SECONDS:
            self._tell_alive()
        return self._is_stopped

    def _tell_alive(self) -> None:
        self._told = time.monotonic()
        self._beat(self._hints.are_live)

    def _patience(self, looked: float) -> float:
        """How long to wait after the look at that moment: until another file can have settled."""
        longest = RESCAN_SECONDS if self._hints.are_live else POLL_SECONDS
        moments = [ready for inbox in self._inboxes if (ready := inbox.next_ready(looked)) is not None]
        return min(longest, *(max(ready - time.monotonic(), 0.0) for ready in moments)) if moments else longest
