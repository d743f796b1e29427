"""One module for each verb of the command line: `run(options)` answers and returns the exit code."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

from tui import as_json, report
from tui.language import _
from tui.session import Session
from tui.workspace import Workspace, find
from workflow import Action, Obligation


def workspace(options: Namespace) -> Workspace:
    """The workspace that the command is about. Raises UsageError."""
    return find(options.workspace, os.environ, Path.cwd())


def session(options: Namespace) -> Session:
    """The workspace, opened by the person who asks."""
    return Session(workspace(options), options.actor)


def answer(asked: Session, moved: Obligation, options: Namespace) -> int:
    """Print where an obligation stands after a move, and return the exit code."""
    if options.json:
        as_json.show(as_json.obligation(moved, asked.today()))
        return 0
    for line in report.obligations([moved], asked.today()):
        print(line)
    served = asked.register.sharing(moved)
    if served:
        print(_("the same file serves: {others}").format(others=report.twins(served)))
    if moved.wanting and moved.last_action is Action.SUBMIT:
        print(_("not approved yet, and should come before it: {names}").format(names=", ".join(moved.wanting)))
    return 0
