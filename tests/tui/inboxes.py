"""Offices that put files into the inbox of a workspace, and a watcher that takes them."""

from __future__ import annotations

import os

from inbox import ContentStore, Holding, Intake, Reconcile, Root, Roots
from tui import samples
from tui.workspace import Workspace, now
from workflow import Database

DINA = '[[person]]\nname = "dina"\nrole = "office"\nunit = "diskes"\n'


class Inbox:
    """Drop folders, and a watcher with a connection of its own that has always waited long enough."""

    def __init__(self, workspace: Workspace) -> None:
        self.folder = workspace.inbox
        self.database = Database(workspace.database)
        root, store, known = Root("", workspace.inbox, 1.0), ContentStore(workspace.content), Roots(self.database)
        if not known.is_known(root):
            known.adopt(root)
        intake = Intake(root, store, self.database, now)
        self._reconcile = Reconcile(root, intake, known, Holding(self.database, ""), now, lambda _happening: None)
        self._moment = 0.0

    def drop(self, path: str | bytes, content: bytes) -> None:
        """A file comes and is taken, or said to wait."""
        target = self.folder / os.fsdecode(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        self.look()

    def look(self) -> None:
        """Two looks, long after one another."""
        for _ in range(2):
            self._moment += 1_000_000.0
            self._reconcile.look(self._moment)


def document(kind: str, office: str, period: str) -> bytes:
    return samples.sample(kind, office, period, region="Lampung")
