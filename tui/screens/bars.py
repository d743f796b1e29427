"""The one-line bars above and below a view."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual.content import Content
from textual.widgets import Static

from tui.cells import Count
from tui.language import _
from tui.screens.keys import Key
from tui.screens.text import NOTHING, Part, line
from tui.session import Session
from tui.words import as_at, role

DISABLED, KEYCAP = "dim", "bold"


class Bar(Static):
    """One line, drawn again only when it says something else."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's own word
        super().__init__(NOTHING, id=id)
        self._shown = NOTHING

    def show(self, content: Content) -> None:
        """Say this."""
        if not content.is_same(self._shown):
            self._shown = content
            self.update(content, layout=False)


def situation(session: Session, *, is_counted: bool) -> list[Part]:
    """Where one is, as whom, and whether anybody watches the inbox; what matters least comes first.

    `is_counted` says that the other end of the bar has counted the quarantine already.
    """
    settings = session.workspace.settings
    is_other = session.year != settings.year
    parts: list[Part] = [
        f"{settings.region} ",
        "" if is_other else f"{session.year} · ",
        "" if is_counted else _("quarantine") + f" {session.quarantine.count()} · ",
        f"{session.actor.name}, {role(session.actor.role)} · ",
        (str(session.year), "bold reverse") if is_other else "",
        " · " if is_other else "",
        _watched(session),
    ]
    return [*parts, "  ", ("[" + _("TRAINING") + "]", "bold reverse")] if settings.training else parts


def _watched(session: Session) -> Part:
    """Whether what comes is taken; where one looks back, nothing comes."""
    if session.at is not None:
        return (as_at(session.at), "bold reverse")
    return _("watching") if session.watch_lock.holder() is not None else (_("nobody watches"), "bold")


def tally(count: Count) -> str:
    """How much is done, ours and late."""
    told = _("{approved}/{owed} approved ({percent}%) · {ours} our turn · {late} late")
    return told.format(**count._asdict(), percent=count.percent)


def key_line(
    keys: Sequence[Key], tail: Iterable[Key], is_open: Callable[[Key], bool], shown: Callable[[Key], str], width: int
) -> Content:
    """As many keys as fit, those of the tail always; a key that does nothing now is grey."""
    end = [_keycap(key, shown(key), is_open=True) for key in tail if key.label]
    room = width - sum(cap.cell_length + 2 for cap in end)
    start: list[Content] = []
    for cap in (_keycap(key, shown(key), is_open=is_open(key)) for key in keys if key.label):
        room -= cap.cell_length + 2
        if room < 0:
            break
        start.append(cap)
    return Content(" ") + Content("  ").join([*start, *end])


def _keycap(key: Key, shown: str, *, is_open: bool) -> Content:
    label = key.label() if key.label else ""
    return line((shown, KEYCAP if is_open else DISABLED), " ", (label, "" if is_open else DISABLED))
