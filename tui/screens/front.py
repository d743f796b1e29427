"""The first page of a file that came in, as text: kept with it, or read beside the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual import on, work
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from inbox import Depth, Scan, Text, Texts, Unreadable, Verdict
from tui.language import _
from tui.leaves import unreadable
from tui.screens.text import NOTHING, line, lines
from tui.session import Session
from workflow import Digest, plain_lines

_BEGINNING = 4000  # letters: more than anybody reads here


class Front(Static):
    """Shows how a content begins, why that cannot be shown, or that it is still being read."""

    @dataclass
    class Known(Message):
        """What was asked for has been read, or given up."""

        digest: Digest
        text: Text | Unreadable

    def __init__(self, session: Session, *, is_headed: bool = True) -> None:
        super().__init__(NOTHING, id="front")
        self._session, self._is_headed = session, is_headed
        self._asked: Digest | None = None
        self._read: dict[Digest, Text | Unreadable] = {}

    def open(self, digest: Digest | None, scan: Scan) -> None:
        """Show this content; what the scanner has found something in is not opened."""
        if scan.verdict is Verdict.INFECTED:
            self._show(line(_("It is not opened: the scanner has found something in it.")))
            digest = None
        elif digest is None:
            self.update(NOTHING)
        elif digest != self._asked:
            text = self._read.get(digest) or Texts(self._session.database).of(digest)
            self._show(lines(_said(text)) if text else line(_("reading…")))
            if text is None:
                self._look(digest)
        self._asked = digest

    @work(thread=True, exclusive=True, group="front")
    def _look(self, digest: Digest) -> None:
        from inbox import read_text

        self.post_message(self.Known(digest, read_text(self._session.contents.path(digest), Depth.FRONT)))

    @on(Known)
    def _take(self, known: Known) -> None:
        known.stop()
        self._read[known.digest] = known.text
        if known.digest == self._asked:
            self._show(lines(_said(known.text)))

    def _show(self, said: Content) -> None:
        head = [line(), line((_("Its first page"), "dim"))] if self._is_headed else []
        self.update(lines([*head, said]))


def _said(text: Text | Unreadable) -> Iterator[Content]:
    if isinstance(text, Unreadable):
        yield line(unreadable(text.why))
        return
    page = next(iter(text.pages), "").strip()[:_BEGINNING]
    said = plain_lines(page) if page else _("No text on this page: a scan or a picture.")
    yield from (line(one) for one in said.split("\n"))
