"""What is typed after `pantau people` and `pantau authorized-keys`."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

from tui.language import _
from workflow import Role

_Add = Callable[[str, str], ArgumentParser]


def add(add_verb: _Add, common: Callable[[], ArgumentParser]) -> None:
    """Add both verbs; `common` makes what each of them takes besides."""
    people = add_verb("people", _("who does what and holds how much; who there is, and by which keys they come"))
    those = people.add_subparsers(dest="what", metavar=_("WHAT"))
    people.set_defaults(what="list")

    def one(what: str, help_: str) -> ArgumentParser:
        return those.add_parser(what, help=help_, description=help_, parents=[common()], add_help=False)

    one("list", _("everybody"))
    show = one("show", _("one of them, with documents, mandates, keys and last records"))
    show.add_argument("name", nargs="?", metavar=_("NAME"))
    _add_persons(one)
    _add_keys(one("key", _("give somebody a key, another one, or none any more")), common)
    told = add_verb("authorized-keys", _("what sshd is told of people's keys: of all, or of one that it asks about"))
    told.add_argument("type", nargs="?", metavar=_("TYPE"), help=_("for example ssh-ed25519; sshd says it as %%t"))
    told.add_argument("blob", nargs="?", metavar=_("KEY"), help=_("the key itself; sshd says it as %%k"))
    told.add_argument("--command", metavar=_("PATH"), help=_("the program that a key runs; else this very one"))
    told.add_argument("--write", metavar=_("FILE"), help=_("into a file, for a server that cannot ask"))


def _add_persons(one: _Add) -> None:
    enrol = one("add", _("enrol somebody; the first time everybody of people.toml too, which then counts no more"))
    change = one("change", _("give somebody another role, unit or days"))
    roles = [str(role) for role in Role]
    for either in (enrol, change):
        either.add_argument("name", metavar=_("NAME"))
        role = {"choices": roles, "metavar": _("ROLE"), "help": ", ".join(roles)}
        either.add_argument("--role", required=either is enrol, **role)  # type: ignore[arg-type]
        either.add_argument("--unit", metavar=_("UNIT"), help=_("of the bureau, for example of a reviewer"))
        either.add_argument("--office", metavar=_("OFFICE"), help=_("the office of an office's people, by its code"))
        either.add_argument("--from", metavar=_("DATE"), dest="begins", help=_("the first day; - is none"))
        either.add_argument("--until", metavar=_("DATE"), dest="ends", help=_("the last day; - is none"))
        _add_note(either, is_needed=False)
    enrol.add_argument("--key", metavar=_("FILE"), help=_("the file that ends in .pub; - is the input"))
    for what, help_, is_needed in (
        ("suspend", _("let somebody do nothing from this moment on, until they are resumed"), True),
        ("resume", _("let somebody act again who was suspended"), False),
        ("end", _("let today be somebody's last day, and this moment the end of it"), True),
    ):
        person = one(what, help_)
        person.add_argument("name", metavar=_("NAME"))
        _add_note(person, is_needed=is_needed)
        if what == "end":
            until = _("another last day, to the end of which they may act")
            person.add_argument("--until", metavar=_("DATE"), dest="ends", help=until)


def _add_keys(key: ArgumentParser, common: Callable[[], ArgumentParser]) -> None:
    those = key.add_subparsers(dest="how", metavar=_("HOW"), required=True)
    old = _("which one, by the beginning of its fingerprint, where there are several")
    for how, help_ in (
        ("add", _("one more")),
        ("replace", _("another in the place of one")),
        ("revoke", _("let nobody in by it any more")),
    ):
        one = those.add_parser(how, help=help_, description=help_, parents=[common()], add_help=False)
        one.add_argument("name", metavar=_("NAME"))
        if how == "revoke":
            one.add_argument("old", nargs="?", default="", metavar=_("FINGERPRINT"), help=old)
        else:
            one.add_argument("key", metavar=_("FILE"), help=_("the file that ends in .pub; - is the input"))
        if how == "replace":
            one.add_argument("--old", default="", metavar=_("FINGERPRINT"), help=old)
        _add_note(one, is_needed=how == "revoke")


def _add_note(one: ArgumentParser, *, is_needed: bool) -> None:
    one.add_argument("--note", default="", required=is_needed, metavar=_("TEXT"), help=_("why, for the record"))
