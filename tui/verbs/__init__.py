"""One module for each verb of the command line: `run(options)` answers and returns the exit code."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

from tui.session import Session
from tui.workspace import Workspace, find


def workspace(options: Namespace) -> Workspace:
    """The workspace that the command is about. Raises UsageError."""
    return find(options.workspace, os.environ, Path.cwd())


def session(options: Namespace) -> Session:
    """The workspace, opened by the person who asks."""
    return Session(workspace(options), options.actor)
