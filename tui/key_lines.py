"""What sshd is told of a key: the one command that it runs, and until when."""

from __future__ import annotations

from datetime import date, timedelta

from workflow import key_holder

# Not `shlex`, `pathlib` or `typing`: sshd asks for a line at each connection, and somebody waits for it.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from workflow import Database

_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-")
OURS = 'restrict,pty,command="PANTAU_KEY='


def line(key: tuple[str, str], fingerprint: str, name: str, ends: date | None, command: str, workspace: str) -> str:
    """A line of authorized_keys: sshd takes it apart first, and then the login shell of the account.

    `key` is its type and its blob. With their last day a person's key stops by the clock of the server; Pantau itself
    goes by that of the region.
    """
    words = (command, "--workspace", workspace, "--as", name, "serve")
    run = f"{quoted(fingerprint)} {' '.join(map(quoted, words))}"
    # Within its own quotation marks sshd reads \" as one of them, and every other backslash as it stands.
    options = OURS + run.replace('"', '\\"') + '"'
    if ends and ends < date.max:
        options += f',expiry-time="{ends + timedelta(days=1):%Y%m%d}"'
    return " ".join((options, *key))


def quoted(word: str) -> str:
    """A word as a shell reads it back."""
    return word if word and _SAFE.issuperset(word) else "'" + word.replace("'", "'\"'\"'") + "'"


def asked(database: Database, type_: str, blob: str, today: date, command: str, workspace: str) -> str:
    """The line of a key that is in use and whose person may act on that day; nothing for all others."""
    found = key_holder(database, type_, blob, today)
    if found is None:
        return ""
    ends = date.fromisoformat(found["ends"]) if found["ends"] else None
    return line((type_, blob), found["fingerprint"], found["name"], ends, command, workspace)
