"""`pantau receipt`: print the receipt of a file that was filed, or check one that somebody holds."""

from __future__ import annotations

import hashlib
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from inbox import Receipt, numbered, unproved
from tui import arriving, as_json, receipts, words
from tui.errors import UsageError
from tui.language import _
from tui.session import Session
from tui.verbs import session, write
from workflow import Digest, Period, Unknown, plain


def run(options: Namespace) -> int:
    """Print the receipts that were asked for: 0. Or check one: 0 when it holds, 1 when it does not."""
    asked = session(options)
    if options.name == "verify":
        return _verify(asked, options)
    if options.held is not None:
        raise UsageError(_("One receipt is asked for at a time, not {name} too.").format(name=plain(options.held)))
    if numbered(options.name):
        found = [asked.receipts.receipt(options.name)]
    else:
        found = asked.receipts.of(asked.register.obligation(options.name).id)
    if options.pdf:
        return _write(asked, found, options.pdf)
    if options.json:
        as_json.show(as_json.receipts(found))
        return 0
    print("\n".join(receipts.text(_sheet(asked, one)) for one in found) or _("no receipt was issued for it"))
    return 0


def _write(asked: Session, found: Sequence[Receipt], name: str) -> int:
    if len(found) != 1:
        numbers = ", ".join(one.number for one in found) or "-"
        raise UsageError(_("Only one receipt is written at a time: {numbers}").format(numbers=numbers))
    from tui import receipt_pdf

    if write(receipt_pdf.pdf(_sheet(asked, found[0])), name, asked.workspace):
        print(_("{file} is written.").format(file=name), file=sys.stderr)
    return 0


def _sheet(asked: Session, receipt: Receipt) -> receipts.Sheet:
    return receipts.sheet(receipt, asked.register, asked.workspace.settings.region, asked.workspace.zone)


class _Answer(NamedTuple):
    """Whether it holds, in one sentence, and the same as data."""

    holds: bool
    sentence: str
    data: dict[str, Any]


def _verify(asked: Session, options: Namespace) -> int:
    if options.held is None:
        raise UsageError(_("What is to be checked? pantau receipt verify FILE-OR-NUMBER"))
    answer = _of_file(asked, Path(options.held)) if Path(options.held).is_file() else _of_number(asked, options.held)
    if options.json:
        as_json.show({"holds": answer.holds, **answer.data})
    else:
        print(answer.sentence)
    return 0 if answer.holds else 1


def _of_number(asked: Session, number: str) -> _Answer:
    if not numbered(number):
        raise UsageError(_("{name} is neither a file nor the number of a receipt.").format(name=plain(number)))
    try:
        receipt = asked.receipts.receipt(number)
    except Unknown as unknown:
        sentence = _("No receipt was ever issued with the number {number}.").format(number=plain(unknown.name))
        return _Answer(False, sentence, {"number": unknown.name, "unknown": True})
    good = _("{number} holds: content, arrival and trail bear it out.").format(number=receipt.number)
    return _borne_out(asked, receipt, good)


def _of_file(asked: Session, path: Path) -> _Answer:
    # Most that print a receipt read none.
    from tui import receipt_reading

    held = receipt_reading.held(path)
    if held is None:
        return _of_document(asked, path)
    file = plain(path.name)
    try:
        receipt = asked.receipts.receipt(held.number)
    except Unknown:
        told = _("{file} gives the number {number}, which no receipt was ever issued with.")
        return _Answer(False, told.format(file=file, number=held.number), {"number": held.number, "unknown": True})
    differing = receipt_reading.differing(held, lambda: _sheet(asked, receipt))
    if differing:
        told = _("{file} is not receipt {number} as it was issued, it differs in: {what}.")
        sentence = told.format(file=file, number=receipt.number, what=", ".join(differing))
        return _Answer(False, sentence, {"number": receipt.number, "differs": differing})
    good = _("{file} is receipt {number} as it was issued; content, arrival and trail bear it out.")
    return _borne_out(asked, receipt, good.format(file=file, number=receipt.number))


def _of_document(asked: Session, path: Path) -> _Answer:
    with path.open("rb") as file:
        digest = Digest(hashlib.file_digest(file, "sha256").hexdigest())
    found = asked.receipts.of_content(digest)
    if not found:
        told = _("No receipt was ever issued for {file}, whose SHA-256 is {digest}.")
        return _Answer(False, told.format(file=plain(path.name), digest=digest), {"digest": digest, "unknown": True})
    receipt = found[-1]
    told = _("{file} is the file of receipt {number}: {document} {period}, {office}, {moment}.")
    good = told.format(
        file=plain(path.name),
        number=receipt.number,
        document=receipt.document,
        period=words.period(Period.parse(receipt.period)),
        office=receipt.office_name,
        moment=words.moment(receipt.came or receipt.at, asked.workspace.zone),
    )
    return _borne_out(asked, receipt, good)


def _borne_out(asked: Session, receipt: Receipt, good: str) -> _Answer:
    wrong = unproved(receipt, asked.database, asked.contents)
    data = {"number": receipt.number, "digest": receipt.digest, "unproved": wrong}
    if not wrong:
        return _Answer(True, good, data)
    why = "; ".join(map(arriving.unproved, wrong))
    return _Answer(False, _("{number} does not hold: {why}.").format(number=receipt.number, why=why), data)
