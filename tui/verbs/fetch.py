"""`pantau fetch`: the file of a document, as it was sent."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from inbox import Verdict
from tui import troubles
from tui.errors import UsageError
from tui.language import _
from tui.session import Session
from tui.verbs import session, target
from tui.versions import Version, version
from workflow import plain


def run(options: Namespace) -> int:
    """Hand out the bytes: 0. Or 1 where they are not what was sent any more."""
    asked = session(options)
    o = asked.register.obligation(options.id)
    shown = version(asked.register.trail(o.id), o.content, options.version)
    if asked.arrivals.scan(shown.content).verdict is Verdict.INFECTED:
        raise UsageError(_("It is not handed out: the scanner has found something in it."))
    try:
        is_whole = _hand_out(asked, shown, options.output)
    except FileNotFoundError:
        raise UsageError(_("The file is not in the store any more; pantau doctor says more.")) from None
    if not is_whole:
        told = _(
            "This is not the file that was sent: its SHA-256 is not {digest} any more. Tell whoever keeps Pantau."
        )
        print(told.format(digest=shown.content), file=sys.stderr)
        return 1
    return 0


def _hand_out(asked: Session, shown: Version, output: str | None) -> bool:
    if output is not None:
        return _written(asked, shown, target(output, asked.workspace))
    if sys.stdout.isatty():
        raise UsageError(_("A file is nothing for a terminal: say --output FILE, or send it on with > FILE."))
    sys.stdout.flush()
    return asked.contents.copy(shown.content, sys.stdout.fileno())


def _written(asked: Session, shown: Version, path: Path) -> bool:
    """Whether it is whole. What is there already stays, and what is not whole does not."""
    name = plain(str(path))
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
    except FileExistsError:
        raise UsageError(_("{file} is there already and is not written over.").format(file=name)) from None
    except OSError as problem:
        told = _("{file} cannot be written: {problem}")
        raise UsageError(told.format(file=name, problem=troubles.why(problem))) from None
    is_whole = False
    try:
        is_whole = asked.contents.copy(shown.content, file)
    finally:
        os.close(file)
        if not is_whole:
            with suppress(OSError):
                path.unlink()
    if is_whole:
        print(_("{file} is written.").format(file=name), file=sys.stderr)
    return is_whole
