"""The verbs of the command line, what each takes, and where it lives."""

from __future__ import annotations

import sys
from argparse import SUPPRESS, ArgumentParser, HelpFormatter, Namespace, _ArgumentGroup
from collections.abc import Callable
from importlib import import_module
from typing import Any, NoReturn

from tui import usage
from tui.language import LANGUAGES, _

# A verb's module is imported only when it is asked for: `status` must not pay for the screens.
_MODULES = {
    None: "screens",
    "init": "init",
    "open-year": "open_year",
    "catalogue": "catalogue",
    "calendar": "calendar",
    "watch": "watch",
    "status": "status",
    "show": "show",
    "log": "log",
    "review": "decide",
    "approve": "decide",
    "return": "decide",
    "withdraw": "decide",
    "reopen": "decide",
    "extend": "decide",
    "declare": "decide",
    "waive": "decide",
    "reinstate": "decide",
    "admit": "decide",
    "undo": "decide",
    "quarantine": "quarantine",
    "place": "quarantine",
    "turn-away": "quarantine",
    "retry": "quarantine",
    "adopt": "adopt",
    "recognise": "recognise",
    "spellings": "spellings",
    "remember": "spellings",
    "forget": "spellings",
    "verify": "verify",
    "doctor": "doctor",
    "demo": "demo",
}


def verb(options: Namespace) -> Callable[[Namespace], int]:
    """The function that carries the command out."""
    module = import_module(f"tui.verbs.{_MODULES[options.verb]}")
    run: Callable[[Namespace], int] = module.run
    return run


class _Help(HelpFormatter):
    """Help whose first word is in the language that is spoken."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)


class _Parser(ArgumentParser):
    """A parser whose headings are in the language that is spoken."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=_Help, **settings)

    def add_argument_group(self, *titles: Any, **settings: Any) -> _ArgumentGroup:
        """A group of arguments; argparse names its own two in English."""
        own = {"positional arguments": _("arguments"), "options": _("options")}
        return super().add_argument_group(*(own.get(title, title) for title in titles), **settings)

    def error(self, message: str) -> NoReturn:
        """How it is called, and what is wrong with what was typed."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {usage.told(message)}\n")


def parser() -> ArgumentParser:
    """The command line, in the language that is spoken."""
    main = _Parser(
        prog="pantau",
        parents=[_common()],
        add_help=False,
        description=_("Who owes which SAKIP or RB document, where each one stands, and who has to act next."),
        epilog=_("Without a verb: the screens, or the whole matrix as text where there is no terminal."),
    )
    main.set_defaults(verb=None, workspace=None, lang=None, actor=None, json=False)
    verbs = main.add_subparsers(dest="verb", metavar=_("VERB"), title=_("verbs"), parser_class=_Parser)

    def add(name: str, help_: str) -> ArgumentParser:
        return verbs.add_parser(name, help=help_, description=help_, parents=[_common()], add_help=False)

    _add_workspace_verbs(add)
    _add_questions(add)
    _add_decisions(add)
    return main


_Add = Callable[[str, str], ArgumentParser]


def _common() -> _Parser:
    """The options that may stand before or after the verb; made anew for each parser, as defaults are set in them."""
    # SUPPRESS, so that an option before the verb is not overwritten by its absence after it.
    common = _Parser(add_help=False, argument_default=SUPPRESS)
    common.add_argument("-h", "--help", action="help", help=_("show this help"))
    common.add_argument("--workspace", metavar=_("FOLDER"), help=_("the workspace; else PANTAU_WORKSPACE, else here"))
    common.add_argument("--as", dest="actor", metavar=_("NAME"), help=_("act as a person listed in people.toml"))
    common.add_argument("--lang", choices=LANGUAGES, help=_("Bahasa Indonesia or English"))
    common.add_argument("--json", action="store_true", help=_("answer as JSON"))
    return common


def _add_workspace_verbs(add: _Add) -> None:
    init = add("init", _("make a workspace"))
    init.add_argument("folder", metavar=_("FOLDER"))
    init.add_argument("--region", required=True, metavar=_("NAME"), help=_('for example "Provinsi Lampung"'))
    init.add_argument("--year", required=True, type=int, metavar=_("YEAR"), help=_("the document year"))
    open_year = add("open-year", _("add what is owed for a year, from the catalogue files; twice adds nothing"))
    open_year.add_argument("year", type=int, metavar=_("YEAR"))
    open_year.add_argument("--dry-run", action="store_true", help=_("only say what would be added"))
    catalogue = add("catalogue", _("what is asked of whom; whether the files can be used; what they would change"))
    catalogue.add_argument("what", nargs="?", choices=("list", "show", "check", "diff"), default="list")
    catalogue.add_argument("name", nargs="?", metavar=_("NAME"), help=_("show: a document; diff: a year"))
    catalogue.add_argument("--apply", action="store_true", help=_("change what is open as the difference says"))
    catalogue.add_argument("--note", default="", metavar=_("TEXT"), help=_("why, for the trail"))
    watch = add("watch", _("take what arrives in the inbox, until stopped"))
    watch.add_argument("--beside", action="store_true", help=SUPPRESS)
    adopt = add("adopt", _("take over the files of past years: write a table to look through, then apply it"))
    adopt.add_argument("folder", metavar=_("FOLDER"), help=_("the files; nothing is written there"))
    table = adopt.add_mutually_exclusive_group()
    table.add_argument("--table", metavar=_("FILE"), help=_("the new table, .csv or .xlsx"))
    table.add_argument("--apply", metavar=_("FILE"), help=_("take what this table says to take"))
    adopt.add_argument("--open-years", action="store_true", help=_("open the years that the table speaks of"))
    add("verify", _("prove that the trail is whole and every state is what its trail says"))
    doctor = add("doctor", _("check that everything is in order, and say what to do where it is not"))
    doctor.add_argument("--quick", action="store_true", help=_("without the watcher's cookie and without hashing"))
    demo = add("demo", _("try everything on a made workspace"))
    demo.add_argument("folder", nargs="?", metavar=_("FOLDER"))


def _add_questions(add: _Add) -> None:
    status = add("status", _("the truth in one line; with an office, its documents too"))
    status.add_argument("office", nargs="?", metavar=_("OFFICE"))
    for name, help_ in (
        ("show", _("where a document stands, who sent it, and what may be done")),
        ("log", _("everything that happened to a document")),
    ):
        add(name, help_).add_argument("id", metavar="ID", help=_("for example diskes/lkjip/2025"))
    add("quarantine", _("what a person must place, and why"))
    recognise = add("recognise", _("whose a file is, what and for when, and which words say so; moves nothing"))
    recognise.add_argument("files", nargs="+", metavar=_("FILE"))
    add("spellings", _("what people have said that words in file names mean"))
    calendar = add("calendar", _("what is due when"))
    calendar.add_argument("office", nargs="?", metavar=_("OFFICE"))
    calendar.add_argument("--ics", metavar=_("FILE"), help=_("write it for people's own calendars; - is the output"))


def _add_decisions(add: _Add) -> None:
    place = add("place", _("file what waits in quarantine"))
    place.add_argument("arrival", type=int, metavar=_("NUMBER"), help=_("its number, from: pantau quarantine"))
    place.add_argument("id", metavar="ID")
    place.add_argument("--remember", action="store_true", help=_("and learn the word in its name that nobody knew"))
    remember = add("remember", _("say what a word in file names means from now on"))
    remember.add_argument("kind", choices=("office", "requirement"), metavar=_("KIND"), help="office, requirement")
    remember.add_argument("words", metavar=_("WORDS"), help=_("as they stand in file names"))
    remember.add_argument("code", metavar=_("CODE"), help=_("of the office or the document"))
    forget = add("forget", _("take back what was said that a word means"))
    forget.add_argument("number", type=int, metavar=_("NUMBER"), help=_("its number, from: pantau spellings"))
    turn_away = add("turn-away", _("send what waits in quarantine back to its office, with a note"))
    turn_away.add_argument("arrival", type=int, metavar=_("NUMBER"), help=_("its number, from: pantau quarantine"))
    turn_away.add_argument("--note", required=True, metavar=_("TEXT"), help=_("what the office should do"))
    add("retry", _("ask again where everything in quarantine belongs, after a change of the catalogue"))
    for name, help_ in (
        ("review", _("pass a submitted document on to approval")),
        ("approve", _("approve a reviewed document")),
        ("return", _("send a document back with findings")),
        ("withdraw", _("take a submission back")),
        ("reopen", _("open an approved document again")),
        ("extend", _("give a document a later due date")),
        ("declare", _("declare that a document is owed, with the cause")),
        ("waive", _("waive a document that does not apply, with the reason")),
        ("reinstate", _("take back a declaration or a waiver")),
        ("admit", _("let a document in outside its window, with the reason")),
        ("undo", _("take back one's own last decision, within five minutes")),
    ):
        decision = add(name, help_)
        decision.add_argument("id", metavar="ID")
        decision.add_argument("--note", default="", metavar=_("TEXT"))
        decision.add_argument("--content", default="", metavar="SHA256", help=_("only if the newest file begins so"))
        if name == "return":
            decision.add_argument("--finding", action="append", default=[], metavar=_("TEXT"), dest="findings")
        if name == "extend":
            decision.add_argument("--due", metavar=_("DATE"), help=_("for example 2026-03-31"))
