"""What stands around something that was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from inbox import Hit
from tui import searches, words
from tui.language import _
from tui.screens import panel
from tui.screens.results import HIT
from tui.screens.text import NOTHING, Part, hanging, line, lines
from tui.screens.view import View
from tui.session import Session
from workflow import Kind, Obligation, Term, marked, plain_lines


def of(hit: Hit, terms: Sequence[Term], session: Session, width: int) -> tuple[Content, int]:
    """All of it, and in which row of so many columns stands the first of what was asked for."""
    today, zone = session.today(), session.workspace.zone
    if hit.kind is Kind.DOCUMENT or (hit.kind is Kind.FILE and hit.obligation):
        said = panel.chosen(hit.obligation, today, zone, width)
        return (lines([*_said(hit, terms, width), line(), said]) if hit.text else said), 0
    rows = list(_said(hit, terms, width))
    at = next((place for place, row in enumerate(rows) if row.spans), 0)
    return lines([line((_head(hit, session), "bold")), *rows]), at


def opened(hit: Hit, o: Obligation, session: Session) -> View:
    """Where it is read: a remark beside its document, anything else in the document, at its page."""
    # Not at the top: whoever searches has opened nothing yet.
    if hit.kind in (Kind.NOTE, Kind.FINDING):
        from tui.screens.review import ReviewScreen

        return ReviewScreen(session, o.id)
    from tui.screens.document import DocumentScreen

    found = next((span.text for span in hit.said if span.is_hit), "")
    return DocumentScreen(session, o.id, hit.content, page=hit.page, found=found)


def ways(width: int) -> Iterator[Content]:
    """What can be typed, and what it means."""
    for typed, means in searches.help_lines():
        yield hanging((f" {typed:<24} ", "bold"), (means, "dim"), width)


def _head(hit: Hit, session: Session) -> str:
    """Where it stands: the document, its version and page, or who said it and when."""
    title = words.title(hit.obligation) if hit.obligation else _("in quarantine")
    match hit.kind:
        case Kind.PAGE:
            version = _("version {n} of {count}").format(n=hit.version, count=hit.versions) if hit.version else ""
            return " · ".join(filter(None, (title, version, _("p. {numbers}").format(numbers=hit.page))))
        case Kind.NOTE | Kind.FINDING if hit.at:
            return f"{title} · {hit.actor}, {words.moment(hit.at, session.workspace.zone)}"
        case _:
            return title


def _said(hit: Hit, terms: Sequence[Term], width: int) -> Iterator[Content]:
    """Its text row by row."""
    parts: list[Part] = []
    for span in marked(plain_lines(hit.text), terms):
        for number, text in enumerate(span.text.split("\n")):
            if number:
                yield from _wrapped(parts, width)
                parts = []
            parts.append((text, HIT if span.is_hit else ""))
    yield from _wrapped(parts, width)


def _wrapped(parts: Sequence[Part], width: int) -> list[Content]:
    return list(line(*parts).wrap(max(width, 10))) or [NOTHING]
