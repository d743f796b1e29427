"""What the palette offers: what can be done where one stands, the views, offices, and what they owe."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from tui import words
from tui.language import LANGUAGES, _, speaking
from tui.look import Theme
from tui.screens import keymap
from tui.screens.keys import VIEWS, Key, Words
from tui.screens.palette import Offer
from workflow import Obligation, Office, Unavailable, WorkflowError, plain

if TYPE_CHECKING:
    from tui.screens.view import View

_SHOWN = 40


def here(view: View) -> list[Offer]:
    """What a key does here, those of the key line first, then the themes. A key that only tells of others is none."""
    there = view.help_keys()
    keys = [key for key in dict.fromkeys((*view.line_keys(), *there, *VIEWS)) if key.keys and key.id != "palette"]
    themes = {str(one): partial(_theme, one) for one in Theme}
    said = _in_each_language({key.name: partial(_told, key) for key in keys} | themes)
    return [
        *(
            Offer(key.help(), keymap.shown(key, there), said[key.name], partial(view.perform, key), view.reason(key))
            for key in keys
        ),
        *(Offer(_theme(one), "", said[one], partial(_choose_theme, view, one)) for one in Theme),
    ]


def elsewhere(view: View) -> Callable[[str], Iterator[Offer]]:
    """What gives the offices and obligations that somebody may mean by what they type; asked for when they type."""
    known: list[Office] = []

    def found(typed: str) -> Iterator[Offer]:
        if not typed.strip():
            return
        try:
            known[:] = known or view.session.register.offices()
        except Unavailable as problem:
            view.unreached(problem)
            return
        offices = [one for one in known if all(word in _called(one) for word in typed.casefold().split())]
        for office in offices[:_SHOWN]:
            yield Offer(office.name, office.code, _called(office), partial(_open_office, view, office))
        for o in _obligations(view, typed.strip().casefold()):
            told = f"{o.id} {words.title(o)}"
            yield Offer(told, words.standing(o), told, partial(_open_document, view, o))

    return found


def _in_each_language(those: Mapping[str, Words]) -> dict[str, str]:
    """What each is called: who thinks of it in the other language finds it as well."""
    said = dict.fromkeys(those, "")
    for one in LANGUAGES:
        with speaking(one):
            for name, told in those.items():
                said[name] += f" {told()}"
    return said


def _told(key: Key) -> str:
    return f"{key.label() if key.label else ''} {key.help()}"


def _theme(theme: Theme) -> str:
    return _("the theme {name}").format(name=theme)


def _called(office: Office) -> str:
    return plain(f"{office.name} {office.short} {office.code}").casefold()


def _obligations(view: View, typed: str) -> Iterable[Obligation]:
    """Those whose ids go on from what is typed, once the office is typed."""
    code, slash, _rest = typed.partition("/")
    try:
        owed = view.session.register.obligations(office=code) if slash else []
    except WorkflowError:
        return []
    return [one for one in owed if one.id.startswith(typed)][:_SHOWN]


def _choose_theme(view: View, theme: Theme) -> None:
    from tui.app import PantauApp

    if isinstance(view.app, PantauApp):
        view.app.choose_theme(theme)


def _open_office(view: View, office: Office) -> None:
    from tui.screens.office import OfficeScreen

    view.app.push_screen(OfficeScreen(view.session, office, None))


def _open_document(view: View, o: Obligation) -> None:
    from tui.screens.document import DocumentScreen

    view.app.push_screen(DocumentScreen(view.session, o.id))
