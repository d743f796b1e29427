"""The queue that a review goes through: beside it where there is room, else the neighbours as one line above."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from tui import queues, words
from tui.cells import Column
from tui.language import _
from tui.report import office_name
from tui.screens import facts
from tui.screens.keymap import press
from tui.screens.queue import finished_today, following, in_place, preceding
from tui.screens.submission import DECISIONS
from tui.screens.text import NOTHING, Part, fitted, line, lines
from tui.session import Session
from workflow import AuditRecord, Obligation, ObligationId, Queue

_KEYS = {action: name for name, action in DECISIONS}
# Of what is finished so many are told, the latest; an office in the line above takes so much.
_LATEST, _SHORT = 6, 12


class Lineup(Static):
    """What waits in one queue, in the order in which one goes through it, and what is finished today."""

    def __init__(self, session: Session, queue: Queue) -> None:
        super().__init__(NOTHING, id="queue")
        self._session, self._queue = session, queue
        self._order: Sequence[ObligationId] = ()
        self._known: Mapping[ObligationId, Obligation] = {}
        self._finished: Sequence[AuditRecord] = ()
        self._subject = ObligationId("")
        self._drawn = NOTHING

    def read(self, everything: Sequence[Obligation], subject: ObligationId) -> None:
        """Take in what waits now; what one is at keeps its place when it waits no longer."""
        asked, today = self._session, self._session.today()
        self._known = {one.id: one for one in everything}
        waiting = queues.queues(everything, asked.actor, today)[self._queue]
        order = in_place([one.id for one in waiting], self._order, subject)
        self._order = [one for one in order if one in self._known]
        self._subject = subject
        self._finished = queues.finished(asked.database, asked.actor, today, asked.workspace.zone)
        self.draw()

    @property
    def following(self) -> ObligationId | None:
        """The one behind what one is at, coming round; never that itself."""
        return following(self._order, self._subject)

    @property
    def preceding(self) -> ObligationId | None:
        """The one before, coming round."""
        return preceding(self._order, self._subject)

    def way(self, o: Obligation, width: int) -> list[Part]:
        """How far one is in the queue, who has taken it, and what it is: between its neighbours where they fit."""
        held = " · " + _("held by {name}").format(name=o.holder) if o.holder else ""
        way = [_("Document"), held]
        if o.id in self._order:
            called, place = queues.name(self._queue, self._session.actor), self._order.index(o.id) + 1
            way = [" ".join((_("Queue"), called, f"{place}/{len(self._order)}")), held]
            if not self.display:
                return [*way, "  ", *self._neighbours(o.id, width - cell_len("".join(way)) - 4)]
        return [*way, " › ", (facts.name(o), "bold")]

    def _neighbours(self, here: ObligationId, room: int) -> Sequence[Part]:
        """`‹ PK Sekwan · RA 2026 Disdik · LK Dinkes ›`: as many of the three as fit, what one is at always."""
        at, order = self._order.index(here), self._order
        before, behind = order[max(at - 1, 0) : at], order[at + 1 : at + 2]
        attempts = ([*before, here, *behind], [here, *behind], [here])
        drawn = [self._drawn_line(those) for those in attempts]
        return next((one for one in drawn if sum(cell_len(text) for text, _style in one) <= room), drawn[-1])

    def draw(self) -> None:
        """Draw it for the room that there is; a hidden one is not drawn."""
        width, height = self.content_size
        if self.display and width:
            waiting = _("{n} waiting").format(n=words.number(len(self._order)))
            self.border_title = line(f"{queues.name(self._queue, self._session.actor)}: {waiting}")
            finished = list(self._told_finished(width, height))
            room = max(height - len(finished), 3)
            drawn = lines([*self._rows(width, room), *finished])
            if not drawn.is_same(self._drawn):
                self._drawn = drawn
                self.update(drawn, layout=False)

    def on_resize(self) -> None:
        """Draw it for the new room."""
        self.draw()

    def _rows(self, width: int, room: int) -> Iterator[Content]:
        """As many as there is room for, with what one is at in the middle of them."""
        today, office = self._session.today(), width - 12
        days, name = _("days"), fitted(_("office"), office)
        yield line((f"   {days:>4} {name}", "dim"))
        at = self._order.index(self._subject) if self._subject in self._order else 0
        first = min(max(at - room // 2, 0), max(len(self._order) - room + 1, 0))
        shown = [self._known[one] for one in self._order[first : first + room - 1]]
        for one in shown:
            is_here = one.id == self._subject
            yield line((_row(one, today, office, is_here=is_here), "bold reverse" if is_here else ""))
        if not shown:
            yield line((_("Nothing waits."), "dim"))
        for _blank in range(room - 1 - max(len(shown), 1) if self._finished else 0):
            yield NOTHING

    def _told_finished(self, width: int, height: int) -> Iterator[Content]:
        latest = self._finished[-min(_LATEST, max(height // 3, 1)) :]
        if not latest:
            return
        yield NOTHING
        yield line(" ", (finished_today(len(self._finished)), "bold"))
        for one in latest:
            clock = words.clock(one.at, self._session.workspace.zone)
            known = self._known.get(one.obligation)
            what = _called(known, width - 12) if known else one.obligation
            yield line(f" {press(_KEYS[one.action])} {fitted(what, width - 9)} {clock}")

    def _drawn_line(self, those: Sequence[ObligationId]) -> list[tuple[str, str]]:
        parts = [("‹ ", "dim")]
        for name in those:
            one = self._known[name]
            if name == self._subject:
                parts += [(f"{words.short_title(one)} {office_name(one.office, _SHORT)}", "bold"), (" · ", "dim")]
            else:
                parts += [(_called(one, _SHORT), ""), (" · ", "dim")]
        return [*parts[:-1], (" ›", "dim")]


def _row(o: Obligation, today: date, room: int, *, is_here: bool) -> str:
    """`> ! -12 Dinkes        IK+`: late, the days that are left, office, document, and whether it came again."""
    days = f"{(o.due - today).days}" if o.due else ""
    late, again = "!" if o.is_overdue(today) else " ", "+" if o.round > 1 else " "
    return f"{'>' if is_here else ' '}{late}{days:>5} {fitted(office_name(o.office, room), room)} {_column(o)}{again}"


def _called(o: Obligation, room: int) -> str:
    return f"{_column(o)} {office_name(o.office, room)}"


def _column(o: Obligation) -> str:
    """As in the overview: `PK`, `T1`."""
    return Column.of(o).heading
