"""`pantau recognise`: whose a file is, what it is and for when, and which words say so. Moves nothing."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from inbox import Depth, Known, Reading, Recognised, Recogniser, Text, Unrecognised, read_text
from tui import arriving, as_json, explaining, words
from tui.errors import UsageError
from tui.language import _
from tui.session import Session
from tui.verbs import session
from workflow import plain


def run(options: Namespace) -> int:
    """Explain each of the files, those of a folder one by one."""
    asked, files = session(options), list(_files(options.files))
    recogniser = Recogniser(
        asked.register.vocabulary(),
        lambda office: asked.register.obligations(office=office),
        asked.workspace.settings.confidence,
    )
    names = explaining.names(asked.register)
    answers = []
    for path in files:
        known = _known(path, asked)
        answer = recogniser.recognise(known)
        if options.json:
            answers.append(_json(path, recogniser.read(known), answer))
            continue
        for line in _report(path, answer, names):
            print(line)
    if options.json:
        as_json.show(answers)
    return 0


def _files(given: Sequence[str]) -> Iterator[Path]:
    for path in map(Path, given):
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*") if one.is_file() and not one.is_symlink())
        elif path.is_file():
            yield path
        else:
            raise UsageError(_("There is no file {path}.").format(path=path))


def _known(path: Path, asked: Session) -> Known:
    """The folders below the inbox where it lies in one, else as they are typed."""
    whole = path.parent.resolve() / path.name
    roots = [root.path.resolve() for root in asked.workspace.roots()]
    root = next((root for root in roots if whole.is_relative_to(root)), None)
    folders = whole.relative_to(root).parent.parts if root else path.parent.parts
    text = read_text(path, Depth.FRONT)
    pages, title = (text.pages, text.title) if isinstance(text, Text) else ((), "")
    return Known(tuple(part for part in folders if part not in (os.sep, "..")), path.name, pages, title)


def _report(path: Path, answer: Recognised | Unrecognised, names: explaining.Names) -> Iterator[str]:
    yield plain(str(path))
    if isinstance(answer, Recognised):
        sure = words.number(answer.sure * 100, 1)
        draft = ", " + _("as a draft") if answer.is_draft else ""
        yield "  " + _("would be filed as {id} (sure: {sure}%)").format(id=answer.obligation.id, sure=sure) + draft
    else:
        yield "  " + _("a person must place it: {reason}").format(reason=arriving.reason(answer.reason))
    rows = list(explaining.lines(answer.evidence, names))
    width = max((len(row.part) for row in rows), default=0)
    for row in rows:
        mark = "-" if row.is_against else "+"
        yield f"  {mark} {row.part:<{width}}  {row.value}{': ' if row.value else ''}{plain(row.words)}"
    if isinstance(answer, Unrecognised):
        for number, guess in enumerate(answer.guesses, start=1):
            yield f"    {number} {guess}"
    yield ""


def _json(path: Path, reading: Reading, answer: Recognised | Unrecognised) -> dict[str, Any]:
    """Where a file would be filed, or why not, and all that speaks for and against."""
    filed: dict[str, Any] = {"obligation": None, "sure": None}
    asked: dict[str, Any] = {"reason": None, "guesses": []}
    if isinstance(answer, Recognised):
        filed = {"obligation": answer.obligation.id, "sure": round(answer.sure, 4)}
    else:
        asked = {"reason": answer.reason, "guesses": answer.guesses}
    return {
        "file": str(path),
        **filed,
        **asked,
        "draft": answer.is_draft,
        "office": reading.office._asdict(),
        "requirement": reading.requirement._asdict(),
        "years": reading.years._asdict(),
        "part": reading.part._asdict(),
        "variant": reading.variant._asdict(),
        "evidence": [one._asdict() for one in reading.evidence],
    }
