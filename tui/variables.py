"""The variables that a process over SSH keeps of those that came with the connection."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PATH = "/usr/bin:/bin"
_LOCALE, _ADDRESS = r"[A-Za-z0-9_.@-]{1,40}", r"[0-9A-Za-z.:%]{1,60} [0-9]{1,5}"
# A name, and what it may say: how the terminal is, and where somebody came from. Whatever could choose a program,
# change the interpreter or the screens, or name a workspace is not among them.
_KEPT = {
    r"TERM": r"[A-Za-z0-9][A-Za-z0-9+._-]{0,39}",
    r"COLORTERM": r"[A-Za-z0-9-]{1,20}",
    r"NO_COLOR": r"[ -~]{0,20}",
    r"LANG|LC_[A-Z]{1,20}": _LOCALE,
    r"COLUMNS|LINES": r"[1-9][0-9]{0,3}",
    r"SSH_CONNECTION": f"{_ADDRESS} {_ADDRESS}",
    r"SSH_TTY": r"/dev/[a-z]{1,10}/?[0-9]{1,6}",
    r"PANTAU_KEY": r"[A-Za-z0-9:+/=]{1,80}",
}


def kept(environment: Mapping[str, str]) -> dict[str, str]:
    """What is kept, and a search path that nobody else has chosen."""
    return {name: value for name, value in environment.items() if _is_kept(name, value)} | {"PATH": _PATH}


def _is_kept(name: str, value: str) -> bool:
    return any(re.fullmatch(one, name) and re.fullmatch(said, value) for one, said in _KEPT.items())
