"""Saving a search under a name, and removing one that was saved."""

from __future__ import annotations

from tui import saved_searches
from tui.language import _
from tui.saved_searches import Saved
from tui.screens.keys import SEARCH
from tui.screens.remark import Remark, Said
from tui.screens.view import View
from tui.session import Session
from workflow import Preferences


class SavingView(View):
    """A view of something that was searched for."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._dropping: str | None = None

    @property
    def line(self) -> str:
        """What is searched for, as it was typed."""
        raise NotImplementedError

    @property
    def kept(self) -> Saved | None:
        """The saved search under the cursor."""
        raise NotImplementedError

    def action_save(self) -> None:
        """Ask for a name, and save this search under it."""
        if reason := self._why_not("save"):
            self.say(reason, is_warning=True)
        else:
            self.app.push_screen(Remark(_("Save this search as"), self.line), self._save)

    def _save(self, said: Said | None) -> None:
        if said and said.text:
            saved_searches.save(Preferences(self.session.database), self.session.actor, said.text, self.line.strip())
            self.say(_("“{name}” is saved. It is listed while nothing is typed.").format(name=said.text))
            self.reread()

    def action_drop(self) -> None:
        """Remove the saved search under the cursor, when asked twice."""
        kept = self.kept
        if kept is None or (reason := self._why_not("drop")):
            self.say(reason if kept else _("There is no search of yours under the cursor."), is_warning=True)
        elif self._dropping != kept.name:
            self._dropping = kept.name
            self.say(_("Remove “{name}”? The same key once more removes it.").format(name=kept.name))
        else:
            saved_searches.drop(Preferences(self.session.database), self.session.actor, kept.name)
            self.say(_("“{name}” is removed.").format(name=kept.name))
            self.reread()

    def _why_not(self, name: str) -> str:
        return self.reason(next(key for key in SEARCH if key.id == name))
