"""The verbs of the command line: where each lives, and which power it needs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from importlib import import_module

from workflow import Power

# A verb's module is imported only when it is asked for: `status` must not pay for the screens.
# Whoever may see may try to decide: what is allowed then, the table of moves says, and a refusal is kept.
_VERBS: Mapping[str | None, tuple[str, Power]] = {
    None: ("screens", Power.SEE),
    "init": ("init", Power.SET_UP),
    "open-year": ("open_year", Power.OPEN_YEAR),
    "offices": ("offices", Power.SET_UP),
    "catalogue": ("catalogue", Power.SEE),
    "calendar": ("calendar", Power.SEE),
    "watch": ("watch", Power.WATCH),
    "status": ("status", Power.SEE),
    "due": ("status", Power.SEE),
    "matrix": ("matrix", Power.SEE),
    "show": ("show", Power.SEE),
    "about": ("about", Power.SEE),
    "text": ("text", Power.SEE),
    "difference": ("text", Power.SEE),
    "fetch": ("fetch", Power.SEE),
    "log": ("log", Power.SEE),
    "review": ("decide", Power.SEE),
    "approve": ("decide", Power.SEE),
    "return": ("decide", Power.SEE),
    "withdraw": ("decide", Power.SEE),
    "reopen": ("decide", Power.SEE),
    "extend": ("decide", Power.SEE),
    "declare": ("decide", Power.SEE),
    "waive": ("decide", Power.SEE),
    "reinstate": ("decide", Power.SEE),
    "admit": ("decide", Power.SEE),
    "undo": ("decide", Power.SEE),
    "take": ("decide", Power.SEE),
    "release": ("decide", Power.SEE),
    "assign": ("decide", Power.SEE),
    "comment": ("decide", Power.SEE),
    "answer": ("decide", Power.SEE),
    "accept": ("decide", Power.SEE),
    "open-again": ("decide", Power.SEE),
    "check": ("checklist", Power.DECIDE),
    "queue": ("queue", Power.SEE),
    "load": ("queue", Power.SEE),
    "people": ("people", Power.SEE),
    "authorized-keys": ("authorized_keys", Power.ENROL),
    "search": ("search", Power.SEE),
    "findings": ("findings", Power.SEE),
    "defects": ("findings", Power.SEE),
    "inbox": ("inbox", Power.SEE),
    "quarantine": ("quarantine", Power.SEE),
    "place": ("quarantine", Power.PLACE),
    "turn-away": ("quarantine", Power.SORT),
    "retry": ("quarantine", Power.SORT),
    "adopt": ("adopt", Power.SORT),
    "recognise": ("recognise", Power.SORT),
    "spellings": ("spellings", Power.SEE),
    "remember": ("spellings", Power.REMEMBER),
    "forget": ("spellings", Power.REMEMBER),
    "receipt": ("receipt", Power.SEE),
    "delegate": ("mandate", Power.DELEGATE),
    "grant": ("mandate", Power.GRANT),
    "mandates": ("mandate", Power.SEE),
    "revoke": ("mandate", Power.DELEGATE),
    "changes": ("changes", Power.SEE),
    "trail": ("trail", Power.VERIFY),
    "verify": ("verify", Power.VERIFY),
    "keys": ("keys", Power.SEE),
    "doctor": ("doctor", Power.CHECK),
    "theme": ("theme", Power.SEE),
    "demo": ("demo", Power.SET_UP),
    "backup": ("backup", Power.SET_UP),
    "restore": ("backup", Power.SET_UP),
    "rehearse": ("backup", Power.CHECK),
    "install": ("install", Power.CHECK),
}
# They make a workspace, or complete one.
MAKING = frozenset({"init", "demo", "restore", "install"})
# What they answer is of now, or not of the register at all.
ABOUT_NOW = MAKING | {"open-year", "catalogue", "watch", "adopt", "recognise", "receipt", "verify", "doctor", "keys"}
ABOUT_NOW |= {"backup", "rehearse", "offices", "authorized-keys"}
# What a key may run; the rest is for whoever sits at the server, or would read and write its files.
OVER_SSH = frozenset(
    {
        *(
            None,
            "status",
            "due",
            "matrix",
            "show",
            "about",
            "log",
            "text",
            "difference",
            "fetch",
            "queue",
            "load",
            "search",
        ),
        *("findings", "defects", "people", "calendar", "catalogue", "changes", "receipt", "inbox", "quarantine"),
        *("review", "approve", "return", "withdraw", "reopen", "extend", "declare", "waive", "reinstate", "admit"),
        *("undo", "take", "release", "assign", "comment", "answer", "accept", "open-again", "check", "place"),
        *("turn-away", "retry", "spellings", "remember", "forget", "delegate", "grant", "mandates", "revoke"),
        *("trail", "verify", "doctor", "open-year", "keys", "theme"),
    }
)
# What an option of a verb needs besides.
_OPTIONS: Mapping[tuple[str, str], Power] = {
    ("catalogue", "apply"): Power.AMEND,
    ("place", "remember"): Power.REMEMBER,
    ("adopt", "open_years"): Power.OPEN_YEAR,
}


def verb(options: Namespace) -> Callable[[Namespace], int]:
    """The function that carries the command out."""
    module = import_module(f"tui.verbs.{_VERBS[options.verb][0]}")
    run: Callable[[Namespace], int] = module.run
    return run


def powers(options: Namespace) -> tuple[Power, ...]:
    """What the person who asks for it has to have."""
    asked = (power for (verb, option), power in _OPTIONS.items() if verb == options.verb and vars(options)[option])
    return (_VERBS[options.verb][1], *asked)
