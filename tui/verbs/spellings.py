"""`pantau spellings`, `remember` and `forget`: what people have said that words in file names mean."""

from __future__ import annotations

from argparse import Namespace

from tui import arriving, as_json, words
from tui.language import _
from tui.session import Session
from tui.verbs import session
from tui.workspace import now
from workflow import Spelled, Spelling, Spellings


def run(options: Namespace) -> int:
    """List them, add one, or take one back."""
    asked = session(options)
    spellings = Spellings(asked.database, now)
    match options.verb:
        case "remember":
            told = spellings.remember(Spelled(options.kind), options.words, options.code, asked.actor)
            return _show(asked, [told], options)
        case "forget":
            spellings.forget(options.number, asked.actor)
    return _show(asked, spellings.all(), options)


def _show(asked: Session, told: list[Spelling], options: Namespace) -> int:
    if options.json:
        as_json.show(as_json.spellings(told))
        return 0
    for one in told:
        when = words.moment(one.at, asked.workspace.zone)
        print(f"{one.id:>4}  {one.words} = {one.means} ({arriving.spelled(one.kind)})  {one.actor}, {when}")
    if not told:
        print(_("No spelling has been added to those of the catalogue."))
    return 0
