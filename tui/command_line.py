"""What is typed after `pantau`: the verbs, what each takes, and what its help says."""

from __future__ import annotations

import sys
from argparse import SUPPRESS, ArgumentParser, HelpFormatter, _ArgumentGroup
from collections.abc import Callable
from typing import Any, NoReturn

from tui import people_line, usage
from tui.language import LANGUAGES, _
from tui.look import Signs, Theme
from workflow import Family, Queue, Role

_MARKS = "meets, needs-repair, not-found, not-applicable, sesuai, perlu-perbaikan, tidak-ditemukan, tidak-berlaku, -"


class _Help(HelpFormatter):
    """Help whose first word is in the language that is spoken."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)


class _Parser(ArgumentParser):
    """A parser whose headings are in the language that is spoken."""

    def __init__(self, **settings: Any) -> None:
        # Not by their first letters: who may be named once only must be known by the whole word.
        super().__init__(formatter_class=_Help, allow_abbrev=False, **settings)

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
    main.set_defaults(verb=None, workspace=None, lang=None, actor=None, as_at=None, json=False)
    main.add_argument(
        "--theme", choices=list(Theme), help=_("the colours of the screens this time, from: pantau theme")
    )
    main.add_argument("--ascii", action="store_true", help=_("the screens with signs of ASCII only"))
    verbs = main.add_subparsers(dest="verb", metavar=_("VERB"), title=_("verbs"), parser_class=_Parser)
    common = _common()

    def add(name: str, help_: str) -> ArgumentParser:
        return verbs.add_parser(name, help=help_, description=help_, parents=[common], add_help=False)

    _add_workspace_verbs(add)
    _add_questions(add)
    _add_decisions(add)
    _add_mandates(add)
    people_line.add(add, _common)
    return main


_Add = Callable[[str, str], ArgumentParser]


def _common() -> _Parser:
    """The options that may stand before or after the verb. Not the same for both: defaults are set in the first."""
    # SUPPRESS, so that an option before the verb is not overwritten by its absence after it.
    common = _Parser(add_help=False, argument_default=SUPPRESS)
    common.add_argument("-h", "--help", action="help", help=_("show this help"))
    common.add_argument("--workspace", metavar=_("FOLDER"), help=_("the workspace; else PANTAU_WORKSPACE, else here"))
    common.add_argument("--as", dest="actor", metavar=_("NAME"), help=_("act as a person who is listed"))
    common.add_argument("--lang", choices=LANGUAGES, help=_("Bahasa Indonesia or English"))
    common.add_argument("--as-at", metavar=_("DATE"), help=_("how it was at the end of a day, or at a moment"))
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
    offices = add("offices", _("the accounts through which offices deliver by SFTP"))
    what = _("accounts: commands that make them; folders: give them theirs; keys: what sshd asks for")
    offices.add_argument("what", choices=("accounts", "folders", "keys"), help=what)
    offices.add_argument("account", nargs="?", metavar=_("ACCOUNT"), help=_("keys: for example opd-diskes"))
    watch = add("watch", _("take what arrives in the inbox, until stopped"))
    watch.add_argument("--beside", action="store_true", help=SUPPRESS)
    adopt = add("adopt", _("take over the files of past years: write a table to look through, then apply it"))
    adopt.add_argument("folder", metavar=_("FOLDER"), help=_("the files; nothing is written there"))
    table = adopt.add_mutually_exclusive_group()
    table.add_argument("--table", metavar=_("FILE"), help=_("the new table, .csv or .xlsx"))
    table.add_argument("--apply", metavar=_("FILE"), help=_("take what this table says to take"))
    adopt.add_argument("--open-years", action="store_true", help=_("open the years that the table speaks of"))
    verify = add("verify", _("prove that the trail is whole and every state is what its trail says"))
    verify.add_argument(
        "--head", action="append", default=[], metavar=_("HEAD"), dest="heads", help=_("a head that was noted before")
    )
    trail = add("trail", _("the whole trail as a file; its head; whether a head that was noted is still in it"))
    trail.add_argument("what", choices=("export", "head", "compare"))
    trail.add_argument("name", nargs="?", metavar=_("FILE|HEAD"), help=_("export: a new file; compare: a head"))
    trail.add_argument("--format", choices=("jsonl", "csv"), help=_("export: what is written where that is not told"))
    doctor = add("doctor", _("check that everything is in order, and say what to do where it is not"))
    doctor.add_argument("--quick", action="store_true", help=_("without the watcher's cookie and without hashing"))
    keys = add("keys", _("the keys of all screens; choose another for oneself"))
    keys.add_argument("name", nargs="?", metavar=_("NAME"), help=_("an action, for example overview.next"))
    keys.add_argument("key", nargs="?", metavar=_("KEY"), help=_("one or several, for example x or x,tab"))
    keys.add_argument("--default", action="store_true", help=_("what was chosen for it, or for all, counts no more"))
    theme = add("theme", _("the colours of the screens; choose others for oneself"))
    theme.add_argument("name", nargs="?", choices=list(Theme))
    theme.add_argument(
        "--signs", choices=[Signs.ALL, Signs.ASCII], help=_("draw lines with all signs, or with ASCII")
    )
    theme.add_argument("--default", action="store_true", help=_("what was chosen counts no more"))
    backup = add(
        "backup", _("keep all of the workspace elsewhere, while it is worked in; only what is new is copied")
    )
    backup.add_argument("folder", metavar=_("FOLDER"), help=_("the backups, on another disk"))
    backup.add_argument("--keep", type=int, metavar=_("NUMBER"), help=_("let go of all but so many, the newest"))
    restore = add("restore", _("bring a backup back into an empty place, and prove that it is whole"))
    restore.add_argument("source", metavar=_("FOLDER"), help=_("the backups"))
    restore.add_argument("folder", metavar=_("NEW-FOLDER"), help=_("where to; it must be new or empty"))
    restore.add_argument("--backup", metavar=_("NAME"), help=_("which, by the name of its folder; else the newest"))
    rehearse = add("rehearse", _("bring the newest backup back for a try, prove it, and say so in one line"))
    rehearse.add_argument("folder", metavar=_("FOLDER"), help=_("the backups"))
    install = add("install", _("what is missing on this machine for a server, and the next step for each"))
    install.add_argument("--check", action="store_true", help=_("only look; nothing is changed"))
    install.set_defaults(folder=None)
    demo = add("demo", _("try everything on a made workspace"))
    demo.add_argument("folder", nargs="?", metavar=_("FOLDER"))


def _add_questions(add: _Add) -> None:
    status = add("status", _("the truth in one line; with an office, its documents too"))
    status.add_argument("office", nargs="?", metavar=_("OFFICE"))
    status.add_argument("--late", action="store_true", help=_("what is late, the longest first"))
    status.add_argument("--watch", action="store_true", help=_("and again whenever it changes, until stopped"))
    status.add_argument(
        "--exit-code", action="store_true", help=_("0 all in order, 1 something is late, 2 no answer")
    )
    due = add("due", _("what is due soon, office by office, and how many days are left"))
    due.add_argument("--within", default="14d", metavar=_("DAYS"), help=_("for example 14d or 2w"))
    matrix = add("matrix", _("where every document of every office stands, or some of them"))
    matrix.add_argument("office", nargs="?", metavar=_("OFFICE"), help=_("only offices with this in their name"))
    matrix.add_argument("--year", type=int, metavar=_("YEAR"), help=_("another document year that is open"))
    matrix.add_argument("--family", choices=[str(one) for one in Family])
    matrix.add_argument("--period", metavar=_("PERIOD"), help=_("annual, s1, q1 or m01, and what is in that"))
    components = ("planning", "measuring", "reporting", "evaluation")
    matrix.add_argument("--component", choices=components, help=_("only what is evidence for it"))
    matrix.add_argument("--unit", metavar=_("UNIT"), help=_("only what this unit reviews"))
    matrix.add_argument("--sort", choices=("catalogue", "late", "incomplete", "name"), default="catalogue")
    which = matrix.add_mutually_exclusive_group()
    which.add_argument(
        "--late", action="store_const", const="late", dest="only", help=_("only offices with something late")
    )
    which.add_argument("--ours", action="store_const", const="ours", dest="only", help=_("only where it is our turn"))
    add("show", _("where a document stands, who sent it, and what may be done")).add_argument(
        "id", metavar="ID", help=_("for example diskes/lkjip/2025")
    )
    text = add("text", _("what a document says, page by page"))
    text.add_argument("--page", type=int, metavar=_("PAGE"), help=_("only this page"))
    difference = add("difference", _("what has changed in a document since the version before"))
    difference.add_argument("--all", action="store_true", help=_("the lines that have not changed too"))
    fetch = add("fetch", _("the file of a document, as it was sent"))
    fetch.add_argument("--output", metavar=_("FILE"), help=_("a new file; else it goes to the output"))
    for one in (text, difference, fetch):
        one.add_argument("id", metavar="ID", help=_("for example diskes/lkjip/2025"))
        one.add_argument("--version", type=int, metavar=_("NUMBER"), help=_("1 is the first; else the newest"))
    log = add("log", _("everything that happened to a document"))
    log.add_argument("id", metavar="ID", help=_("for example diskes/lkjip/2025"))
    log.add_argument("--all", action="store_true", help=_("and what was refused, and to whom"))
    about = add("about", _("by which rule a document is owed, when it is due, and why then"))
    about.add_argument("id", metavar="ID", help=_("for example diskes/lkjip/2025"))
    changes = add("changes", _("what has moved since a day, a moment or a head of the trail"))
    changes.add_argument("--since", required=True, metavar=_("DATE|HEAD"), help=_("from the start of that day on"))
    changes.add_argument("--office", metavar=_("OFFICE"), help=_("only what is about this office"))
    changes.add_argument("--all", action="store_true", help=_("each record, and all that came beside"))
    receipt = add("receipt", _("the receipts of what was filed; whether one holds, or a file has one"))
    receipt.add_argument("name", metavar=_("NUMBER|ID|verify"), help=_("for example TT/SAKIP/2026/000123"))
    receipt.add_argument("held", nargs="?", metavar=_("FILE-OR-NUMBER"), help=_("verify: what is to be checked"))
    receipt.add_argument("--pdf", metavar=_("FILE"), help=_("write it as PDF; - is the output"))
    inbox = add("inbox", _("what arrives, what waits in quarantine, what is not taken yet, and who watches"))
    which = inbox.add_mutually_exclusive_group()
    which.add_argument("--today", action="store_true", help=_("what came today, and what waits"))
    which.add_argument("--all", action="store_true", help=_("all that ever arrived"))
    add("quarantine", _("what a person must place, and why"))
    recognise = add("recognise", _("whose a file is, what and for when, and which words say so; moves nothing"))
    recognise.add_argument("files", nargs="+", metavar=_("FILE"))
    add("spellings", _("what people have said that words in file names mean"))
    queue = add("queue", _("what waits for whom: mine, unit, nobody, overdue, revised"))
    queue.add_argument("queue", nargs="?", choices=[str(one) for one in Queue], default=str(Queue.UNIT))
    queue.add_argument("--unit", default="", metavar=_("UNIT"), help=_("as this unit has it"))
    add("load", _("how much each person holds, and since when"))
    search = add("search", _("find documents, pages, notes, findings and file names"))
    what = _('words, "phrases" and filters such as office:diskes or is:late; what begins with - after --')
    search.add_argument("words", nargs="*", metavar=_("WORDS"), help=what)
    search.add_argument("--limit", type=int, default=10, metavar=_("NUMBER"), help=_("how many of each kind"))
    kept = _("a search that was saved; without a name, all of them with how much each finds")
    search.add_argument("--saved", nargs="?", const="", metavar=_("NAME"), help=kept)
    findings = add("findings", _("what was found, and how it stands"))
    findings.add_argument("name", nargs="?", metavar=_("OFFICE|ID"))
    findings.add_argument("--state", choices=("open", "answered", "accepted"))
    defects = add("defects", _("the commonest defects of a year"))
    defects.add_argument("--year", type=int, metavar=_("YEAR"))
    defects.add_argument("--family", choices=[str(one) for one in Family])
    defects.add_argument("--top", type=int, default=10, metavar=_("NUMBER"), help=_("how many of them"))
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
        ("review", _("pass submitted documents on to approval")),
        ("approve", _("approve reviewed documents")),
        ("return", _("send documents back with what was found, in the checklist too")),
        ("withdraw", _("take submissions back")),
        ("reopen", _("open approved documents again")),
        ("extend", _("give documents a later due date")),
        ("declare", _("declare that documents are owed, with the cause")),
        ("waive", _("waive documents that do not apply, with the reason")),
        ("reinstate", _("take back declarations or waivers")),
        ("admit", _("let documents in outside their windows, with the reason")),
        ("undo", _("take back one's own last decision, within five minutes")),
        ("take", _("take documents, to decide them oneself")),
        ("release", _("give documents back, so that nobody holds them")),
        ("assign", _("give documents to somebody, one's own too")),
    ):
        decision = _add_decision(add, name, help_)
        decision.add_argument("ids", nargs="+", metavar="ID", help=_("one or several, each judged by itself"))
        decision.add_argument("--note", metavar=_("TEXT"))
        decision.add_argument("--content", metavar="SHA256", help=_("only if the newest file begins so"))
        if name == "return":
            finding = _("TEXT, or CODE:TEXT of an item of the checklist; @PAGE at its end says where")
            decision.add_argument("--finding", action="append", metavar=_("TEXT"), dest="findings", help=finding)
            decision.add_argument("--without-checklist", action="store_true", help=_("only what --finding says"))
        if name == "extend":
            decision.add_argument("--due", metavar=_("DATE"), help=_("for example 2026-03-31"))
        if name == "assign":
            decision.add_argument("--to", metavar=_("NAME"), help=_("a person who is listed"))
        if name == "release":
            decision.set_defaults(to="")
    for name, help_ in (
        ("comment", _("say something of a document, or of its findings")),
        ("answer", _("say how findings were repaired, for the office")),
        ("accept", _("accept that findings were repaired")),
        ("open-again", _("open findings again that are not repaired")),
    ):
        remark = _add_decision(add, name, help_)
        remark.add_argument("ids", nargs=1, metavar="ID")
        if name == "comment":
            remark.add_argument("note", metavar=_("TEXT"))
        else:
            remark.add_argument("--note", metavar=_("TEXT"))
        numbers = _("the numbers of the findings, from: pantau show ID")
        remark.add_argument("--about", nargs="+", action="extend", type=int, metavar=_("NUMBER"), help=numbers)
    check = add("check", _("the checklist of a document with one's own ticks; tick an item"))
    check.add_argument("id", metavar="ID")
    check.add_argument("code", nargs="?", metavar=_("CODE"), help=_("of the item"))
    check.add_argument("mark", nargs="?", metavar=_("MARK"), help=_MARKS)
    check.add_argument("--page", type=int, default=0, metavar=_("PAGE"))
    check.add_argument("--note", default="", metavar=_("TEXT"))


def _add_decision(add: _Add, name: str, help_: str) -> ArgumentParser:
    """A verb that performs an action, with what it may say left unsaid."""
    decision = add(name, help_)
    decision.set_defaults(note="", content="", findings=[], without_checklist=False, due=None, about=[], to=None)
    return decision


def _add_mandates(add: _Add) -> None:
    delegate = add("delegate", _("let somebody act in one's own place for some days"))
    grant = add("grant", _("let somebody act in a further role for some days"))
    for one in (delegate, grant):
        one.add_argument("name", metavar=_("NAME"), help=_("a person who is listed"))
        one.add_argument("--from", required=True, metavar=_("DATE"), dest="begins", help=_("the first day"))
        one.add_argument("--until", required=True, metavar=_("DATE"), dest="ends", help=_("the last day"))
        one.add_argument("--note", required=True, metavar=_("TEXT"), help=_("why, for the record"))
    grant.add_argument("--role", required=True, choices=[str(role) for role in Role], metavar=_("ROLE"))
    grant.add_argument("--unit", default="", metavar=_("UNIT"), help=_("the unit of a reviewer"))
    add("mandates", _("who may act for whom, or in which further role, and when"))
    revoke = add("revoke", _("end a mandate now"))
    revoke.add_argument("number", type=int, metavar=_("NUMBER"), help=_("its number, from: pantau mandates"))
    revoke.add_argument("--note", required=True, metavar=_("TEXT"), help=_("why, for the record"))
