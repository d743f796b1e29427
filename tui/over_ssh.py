"""What somebody typed behind `ssh`: its words, and whether they may come that way."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Callable
from typing import NamedTuple

from tui.commands import OVER_SSH
from tui.errors import UsageError
from tui.language import _
from workflow import plain

LONGEST = 4096  # bytes; a note to an office is a few hundred
_LONGEST_NAME = 40
# Quotes hold words together, and what a shell would act on stands for itself within them. Outside it is refused, not
# passed on: whoever typed it meant a shell to do something, and there is none.
_PIECE = re.compile(r""" +|'(?P<single>[^']*)'|"(?P<double>(?:[^"\\]|\\.)*)"|(?P<bare>[^ '"\\;&|<>()$`]+)""")
_ESCAPED = re.compile(r'\\(["\\])')
_FILE_PROGRAMS = frozenset({"internal-sftp", "rsync", "scp", "sftp", "sftp-server"})


class _File(NamedTuple):
    """An argument that would name a file of the server: what it may say all the same.

    `what` is the first word behind the verb, where only that makes it a file.
    """

    verb: str
    option: str
    what: str
    may_say: Callable[[str], bool]


def _is_output(text: str) -> bool:
    return text == "-"


def _is_receipt(text: str) -> bool:
    from inbox import numbered

    return numbered(text) is not None


_FILES = (
    _File("calendar", "ics", "", _is_output),
    _File("fetch", "output", "", lambda _: False),
    _File("people", "key", "", _is_output),
    _File("receipt", "held", "", _is_receipt),
    _File("receipt", "pdf", "", _is_output),
    _File("trail", "name", "export", _is_output),
)


def words(command: str) -> list[str]:
    """The words of a line, as a shell would part them but without its doing anything; a `pantau` before them falls.

    Raises UsageError, in one sentence, for whatever is no line of Pantau's.
    """
    if len(command.encode(errors="surrogateescape")) > LONGEST:
        raise UsageError(_("The command is longer than {n} bytes.").format(n=LONGEST))
    if not command.isprintable():
        raise UsageError(_("The command is not one line of readable text."))
    found = _parted(command)
    typed = found[1:] if found[:1] == ["pantau"] else found
    if typed and not typed[0].startswith("-") and typed[0] not in OVER_SSH:
        raise UsageError(_why_not(typed[0]))
    if any(word.partition("=")[0] in ("--as", "--workspace") for word in typed):
        raise UsageError(_("Who somebody is, and where, their key says: --as and --workspace are not for typing."))
    return typed


def check(options: Namespace) -> None:
    """Let nothing through that is for the server itself, or names a file there. Raises UsageError."""
    if options.verb not in OVER_SSH:
        raise UsageError(_why_not(options.verb))
    for one in _FILES:
        said = getattr(options, one.option, None) if one.verb == options.verb else None
        if said is not None and (not one.what or options.what == one.what) and not one.may_say(said):
            told = _("{file} would be a file of the server. What is asked for over SSH goes to the output only.")
            raise UsageError(told.format(file=plain(said)))


def _parted(command: str) -> list[str]:
    found: list[str] = []
    place, is_within = 0, False
    while place < len(command):
        piece = _PIECE.match(command, place)
        if piece is None:
            raise UsageError(_unparted(command[place]))
        place, kind = piece.end(), piece.lastgroup
        if kind is None:
            is_within = False
            continue
        text = _ESCAPED.sub(r"\1", piece[kind]) if kind == "double" else piece[kind]
        if is_within:
            found[-1] += text
        else:
            found.append(text)
        is_within = True
    return found


def _unparted(sign: str) -> str:
    if sign in "'\"":
        return _("A quotation mark is not closed.")
    told = _("There is no shell here that {sign} would mean something to; within quotes it stands for itself.")
    return told.format(sign=sign)


def _why_not(word: str) -> str:
    if word.rpartition("/")[2] in _FILE_PROGRAMS:
        return _(
            "Files do not go this way: offices deliver into their own folders, and a document is fetched with: "
            "ssh HOST fetch ID > FILE"
        )
    told = _("{word} is nothing that can be asked for over SSH. What can be: ssh HOST pantau --help")
    return told.format(word=plain(word[:_LONGEST_NAME]))
