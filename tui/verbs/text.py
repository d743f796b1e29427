"""`pantau text` and `pantau difference`: what a document says, and what has changed in it."""

from __future__ import annotations

from argparse import Namespace

from inbox import Text, Unreadable
from tui import as_json, words
from tui.errors import UsageError
from tui.language import _
from tui.leaves import heading, leaves, unreadable
from tui.session import Session
from tui.verbs import session
from tui.versions import Version, version, versions
from workflow import Obligation


def run(options: Namespace) -> int:
    """Print the text of a version by page, or what has changed in it since the version before."""
    asked = session(options)
    o = asked.register.obligation(options.id)
    shown = version(asked.register.trail(o.id), o.content, options.version)
    return (_text if options.verb == "text" else _difference)(asked, o, shown, options)


def _text(asked: Session, o: Obligation, shown: Version, options: Namespace) -> int:
    text = _read(asked, shown)
    pages = [one for one in leaves(text) if options.page in (None, one.number)]
    if options.page is not None and not pages:
        raise UsageError(
            _("There is no page {n}; it has {count}.").format(n=options.page, count=words.number(text.total))
        )
    if options.json:
        said = {one.number: [line.text for line in one.lines if line.picture is None] for one in pages}
        told = [{"page": number, "lines": those} for number, those in said.items()]
        pictures = [one._asdict() for one in text.pictures if options.page in (None, one.page)]
        as_json.show({**_known(o, shown), "total": text.total, "pages": told, "pictures": pictures})
        return 0
    for one in pages:
        print(_above(one.number, text))
        print("\n".join(line.text for line in one.lines) or _("No text on this page: a scan or a picture."))
    return 0


def _difference(asked: Session, o: Obligation, shown: Version, options: Namespace) -> int:
    # Not at the top: `pantau text` compares nothing.
    from tui.difference import compared, is_changed, shortened

    every = versions(asked.register.trail(o.id))
    if shown.number == 1:
        raise UsageError(_("This is the first version: there is none to compare it with."))
    before, text = every[shown.number - 2], _read(asked, shown)
    changes = compared(_read(asked, before), text)
    if options.json:
        told = [
            {"sign": one.sign, "page": one.page, "text": one.text, "words": one.words}
            for one in changes
            if options.all or one.sign.strip()
        ]
        as_json.show({**_known(o, shown), "before": before.number, "lines": told})
        return 0
    if not is_changed(changes):
        print(_("Word for word the same as the version before, in other bytes."))
        return 0
    page = 0
    for one in changes if options.all else shortened(changes):
        if one is None:
            print("···")
            continue
        if one.page != page and one.sign != "-":
            page = one.page
            print(_above(page, text))
        print(f"{one.sign} {one.text}".rstrip())
    return 0


def _above(page: int, text: Text) -> str:
    return f"── {heading(page, text.total)} ──"


def _read(asked: Session, shown: Version) -> Text:
    text = asked.reading(shown.content)()
    if isinstance(text, Unreadable):
        raise UsageError(unreadable(text.why))
    return text


def _known(o: Obligation, shown: Version) -> dict[str, object]:
    return {"id": o.id, "version": shown.number, "digest": shown.content, "name": shown.sent.name}
