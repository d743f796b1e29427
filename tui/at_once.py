"""`pantau status`, and what sshd asks, without waiting for all of Pantau to be imported: what is asked most, plainly.

Whatever is not plain, in what was typed, in the settings or in who asks, is left to `tui.running`, which answers the
same and tells what is wrong.
"""

from __future__ import annotations

import os
import pwd
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, timezone

from inbox import is_away, is_on_share, is_watched, to_place
from tui import key_lines, language, layout, plain_toml, settings, standing
from tui.plain_toml import NotPlain
from tui.sight import within
from workflow import Database, WorkflowError

TYPE_CHECKING = False  # as in workflow.counting
if TYPE_CHECKING:
    from typing import Any

_VALUED = ("--workspace", "--as", "--lang")
_PLAIN_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


class _Asked:
    """What was typed: the options with a value, those without, and the office."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self.values: dict[str, str] = {}
        self.flags: set[str] = set()
        words, left = list[str](), iter(arguments)
        for word in left:
            option, sign, value = word.partition("=")
            if option in _VALUED and option not in self.values:
                self.values[option] = value if sign else next(left, "")
                if not self.values[option] or self.values[option].startswith("-"):
                    raise NotPlain
            elif word == "--json" or (words and word in ("--late", "--exit-code")):
                self.flags.add(word)
            elif not word or word.startswith("-"):
                raise NotPlain
            else:
                words.append(word)
        if words[:1] != ["status"] or len(words) > 2:
            raise NotPlain
        self.office = words[1] if words[1:] else None


def answer(arguments: Sequence[str]) -> int | None:
    """Print the answer and return the exit code; None where nothing was printed, as it is not plainly a status."""
    try:
        told, code = _answer(arguments, os.environ)
    except (NotPlain, WorkflowError, OSError, UnicodeDecodeError):
        return None
    except KeyboardInterrupt:
        return 130
    try:
        print(told, end="\n" if told else "", flush=True)
    except BrokenPipeError:
        # The reader of a pipe has seen enough; the interpreter must not try to flush into it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _answer(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[str, int]:
    if len(arguments) == 5 and (arguments[0], arguments[2]) == ("--workspace", "authorized-keys"):
        return _line_of_key(_root(arguments[1]), arguments[3], arguments[4]), 0
    typed = _typed(arguments, environment)
    if "status" not in typed:
        raise NotPlain
    asked = _Asked(typed)
    # What comes with the connection of a key is not for choosing a language or a workspace.
    around = environment if typed is arguments else {}
    root = _root(asked.values.get("--workspace") or around.get("PANTAU_WORKSPACE"))
    said = _settings(root)
    language.use(_language(asked, around, said))
    database = _database(root)
    try:
        view = _view(database, root, said, asked.values.get("--as"))
        told = _told(view, asked)
    finally:
        database.close()
    code = 1 if "--exit-code" in asked.flags and told.is_late else 0
    if "--json" in asked.flags:
        from tui.json_text import written

        return written(told.known), code
    return "\n".join(told.lines(layout.terminal_columns())), code


def _line_of_key(root: str, type_: str, blob: str) -> str:
    """What sshd asks for at each connection, as long as it is the account of the workspace that it asks as."""
    said, command = _settings(root), os.path.join(os.path.dirname(sys.executable), "pantau")
    if not os.path.isfile(command) or not (root + command).isprintable() or type_.startswith("-"):
        raise NotPlain
    database = _database(root)
    try:
        if database.row("SELECT 1 FROM enrolment WHERE name = ?", pwd.getpwuid(os.geteuid()).pw_name):
            raise NotPlain
        return key_lines.asked(database, type_, blob, _today(said), command, root)
    finally:
        database.close()


def _told(view: standing.View, asked: _Asked) -> standing.Told:
    is_late = "--late" in asked.flags
    if asked.office is None:
        return standing.region(view, is_late=is_late)
    is_there = view.database.row("SELECT 1 FROM office WHERE code = ?", asked.office) is not None
    if not is_there or view.within not in (None, asked.office) or ("--json" in asked.flags and not is_late):
        raise NotPlain  # unknown, forbidden, or with all that is known of each document
    return standing.office(view, asked.office, is_late=is_late)


def _typed(arguments: Sequence[str], environment: Mapping[str, str]) -> Sequence[str]:
    """What was typed, or what came over SSH in place of the `serve` of a key."""
    if len(arguments) != 5 or arguments[4] != "serve" or {*arguments[0:4:2]} != {"--workspace", "--as"}:
        return arguments
    words = environment.get("SSH_ORIGINAL_COMMAND", "").split(" ")
    words = words[1:] if words[0] == "pantau" else words
    if words in ([], [""]) and not (sys.stdin.isatty() and sys.stdout.isatty()):
        words = ["status"]
    if words[:1] != ["status"] or not all(word and set(word) <= _PLAIN_WORD for word in words):
        raise NotPlain
    return [*arguments[:4], *words]


def _root(named: str | None) -> str:
    if named:
        root = os.path.realpath(named)
        if named.startswith("~") or not os.path.isfile(os.path.join(root, settings.SETTINGS)):
            raise NotPlain
        return root
    root = os.getcwd()
    while not os.path.isfile(os.path.join(root, settings.SETTINGS)):
        if root == os.path.dirname(root):
            raise NotPlain
        root = os.path.dirname(root)
    return root


def _settings(root: str) -> dict[str, Any]:
    table = plain_toml.read_file(os.path.join(root, settings.SETTINGS))
    if settings.wrong(table) or not table.keys() >= {*settings.NEEDED} or table["timezone"] not in settings.ZONES:
        raise NotPlain
    return table


def _language(asked: _Asked, environment: Mapping[str, str], said: Mapping[str, Any]) -> str:
    option = asked.values.get("--lang")
    if option not in (None, *language.LANGUAGES):
        raise NotPlain
    return language.choose(option, environment, said["lang"])


def _database(root: str) -> Database:
    path = os.path.join(root, "pantau.db")
    is_ours = os.access(path, os.R_OK | os.W_OK) and os.access(root, os.W_OK)
    if not is_ours or is_on_share(root):
        raise NotPlain
    return Database(path)


def _view(database: Database, root: str, said: Mapping[str, Any], name: str | None) -> standing.View:
    today = _today(said)
    only = within(database, root, name, today)
    inboxes = [("", os.path.join(root, "inbox")), *_further(root, said.get("inbox", []))]

    def known() -> standing.Inboxes:
        away = [name for name, folder in inboxes if is_away(database, name, folder)]
        watched = is_watched(os.path.join(root, "watch.lock"))
        return standing.Inboxes(to_place(database, only), watched, away)

    return standing.View(database, said["region"], said["year"], today, only, known)


def _today(said: Mapping[str, Any]) -> date:
    return datetime.now(timezone(timedelta(hours=settings.ZONES[said["timezone"]]))).date()


def _further(root: str, entries: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    found = []
    for entry in entries:
        name, path, settle = entry.get("name", ""), entry.get("path", "~"), entry.get("settle", 2.0)
        is_plain = isinstance(name, str) and isinstance(path, str) and isinstance(settle, float)
        # What is only read is known by its file system, and one at home by whose home it is.
        if not is_plain or not name or path.startswith("~") or entry.get("read_only", False) is not False:
            raise NotPlain
        found.append((name, os.path.join(root, path)))
    return found
