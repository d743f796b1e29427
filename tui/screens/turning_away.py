"""Asking why a file is turned away: its sender reads the answer beside it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.language import _
from tui.screens.decision import Confirm
from tui.screens.text import Part, line, lines
from tui.screens.writing import Lines


class Note(ModalScreen[str]):
    """A note, from a list of the commonest reasons or in own words; an empty answer is none.

    A digit takes a reason, Tab goes to the text and back, and only `y` turns away.
    """

    def __init__(self, name: str, where: str) -> None:
        super().__init__()
        self._file, self._where = name, where

    def compose(self) -> ComposeResult:
        """What it is about, the reasons, room for a note, and the two answers."""
        with Vertical(id="dialog") as dialog:
            dialog.border_title = line(_("Turn away?"))
            dialog.border_subtitle = line(_("Enter does nothing"))
            yield Static(lines([line((self._file, "bold")), line(self._where), line()]))
            numbered = enumerate(reasons(), start=1)
            yield Static(lines([line((f"{number} ", "bold"), one) for number, one in numbered]))
            yield Lines("", id="note", compact=True)
            yield _Answers(id="answers")

    def on_mount(self) -> None:
        """Listen only when the question can be read: a held key must not answer it."""
        self.set_focus(None)
        self.set_timer(Confirm.DEAF, self.query_one(_Answers).focus)

    def on_key(self, event: Key) -> None:
        """Keep every key that the text does not take, and answer where the answers have the focus."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self._step_back()
        elif self.focused is None:
            return
        elif event.key in ("tab", "shift+tab"):
            self.focus_next()
        elif isinstance(self.focused, _Answers):
            self._answer(event.key)

    def _answer(self, key: str) -> None:
        if key == "y":
            self._turn_away()
        elif key in ("n", "q"):
            self.dismiss("")
        elif key.isdecimal() and 0 < int(key) <= len(reasons()):
            text, reason = self.query_one(Lines), reasons()[int(key) - 1]
            if reason not in text.text:
                text.text = "\n".join(filter(None, (text.text.rstrip(), reason)))

    def _step_back(self) -> None:
        """Out of the text first, so that one Escape too many does not lose what was typed."""
        if isinstance(self.focused, Lines):
            self.query_one(_Answers).focus()
        else:
            self.dismiss("")

    def _turn_away(self) -> None:
        note = self.query_one(Lines).text.strip()
        if note:
            self.dismiss(note)
        else:
            self.notify(_("Write a note first, so that the sender knows what to do."), markup=False)


class _Answers(Static, can_focus=True):
    """The two answers; the keys count only here."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's own word
        yes, reason, note = "  " + _("yes, turn away"), "  " + _("a reason"), "  " + _("the note")
        keys: list[Part] = [("y", "bold"), yes, "   ", ("1-5", "bold"), reason, "   ", ("Tab", "bold"), note, "   "]
        super().__init__(line(*keys, " Esc  " + _("cancel") + " "), id=id)


def reasons() -> tuple[str, ...]:
    """Why files are turned away most often, and what their senders can do."""
    return (
        _("This is not a document that is collected here."),
        _("It cannot be read. Please scan it again, all pages, and send it anew."),
        _("It is only a part. Please send the whole document as one file."),
        _("It is locked with a password. Please send it without one."),
        _("Please write office, document and year into its name and send it anew."),
    )
