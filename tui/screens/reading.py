"""What can be done, by key, with the document that a view shows."""

from __future__ import annotations

import os

from inbox import Text
from tui import fetching, words
from tui.language import _, many
from tui.screens.fetch import Fetch
from tui.screens.find import Find
from tui.screens.keys import READING, bindings
from tui.screens.magnifier import Magnifier
from tui.screens.reader import Reader
from tui.screens.rows import Showing
from tui.screens.view import View
from tui.versions import versions


class Reading(View):
    """A view with a reader in it."""

    BINDINGS = bindings(READING)

    def turn_to_document(self) -> None:
        """Have the document in view: something is done with it now."""

    def action_compare(self) -> None:
        """Show what has changed since the version before, or the text again."""
        self._compare(Showing.COMPARED)

    def action_changes_only(self) -> None:
        """Show only what has changed, or the text again."""
        self._compare(Showing.CHANGES)

    def action_picture(self) -> None:
        """Look at the page: at the picture whose mark is in view, else at its top."""
        reader = self.query_one(Reader)
        if reader.content is None or not isinstance(reader.document, Text):
            self.say(_("There is no page to look at."), is_warning=True)
            return
        path = self.session.contents.path(reader.content)
        self.app.push_screen(Magnifier(path, reader.title, reader.page or 1, reader.picture))

    def action_fetch(self) -> None:
        """Say how to fetch the file."""
        reader, settings = self.query_one(Reader), self.session.workspace.settings
        o = self.session.register.obligation(reader.subject) if reader.subject else None
        sent = versions(self.session.register.trail(o.id)) if o else []
        shown = next((one for one in sent if one.content == reader.content), None)
        if o is None or shown is None:
            self.say(_("There is no file to fetch: nothing has arrived yet."), is_warning=True)
            return
        about = f"{words.title(o)} · " + _("version {n}").format(n=shown.number) + f" · {shown.sent.name}"
        line = fetching.command(o.id, shown, os.environ, self.session.workspace.root, settings.ssh)
        self.app.push_screen(Fetch(about, line, is_remote=line.startswith("ssh")))

    def action_turn_page(self, step: int) -> None:
        """To the page before, or the next."""
        self.turn_to_document()
        self.query_one(Reader).turn_page(step)

    def action_find(self) -> None:
        """Ask for words, and go to where they stand."""
        self.app.push_screen(Find(self.query_one(Reader).found), self._find)

    def action_next_hit(self) -> None:
        """To the next place where the words stand."""
        self.turn_to_document()
        if self.query_one(Reader).found:
            self.query_one(Reader).next_hit()

    def _find(self, wanted: str | None) -> None:
        if wanted is None:
            return
        self.turn_to_document()
        count = self.query_one(Reader).find(wanted)
        if count:
            self.say(many("found in {n} line", "found in {n} lines", count).format(n=words.number(count)))
        elif wanted:
            self.say(_("“{words}” is not found in this document.").format(words=wanted), is_warning=True)

    def _compare(self, wanted: Showing) -> None:
        self.turn_to_document()
        if reason := self.query_one(Reader).compare(wanted):
            self.say(reason, is_warning=True)
