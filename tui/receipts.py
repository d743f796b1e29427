"""What a receipt says, and its text; the PDF says the same words in the same order."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import NamedTuple
from unicodedata import normalize

from inbox import Receipt
from tui import report, words
from tui.language import _, language
from workflow import Period, Register

WIDTH = 72
_LABEL = 20
_LONGEST = 180
_RULE = "─" * WIDTH
_CRITERION = re.compile(r"\d[a-c]\.\d+\Z")
# What a report on performance is evidence for by being there: its receipt shows when it came.
_REPORT, _SENT = "3a.1", ("3a.5", "3a.6")
# What the fonts of the PDF have in each of their faces, and a terminal shows as one column.
_SHOWN = re.compile("[ -~\u00a1-\u00ac\u00ae-\u017f\u2013\u2014\u2018-\u201e\u2022\u2026\u20ac]")


class Field(NamedTuple):
    """One thing that a receipt says. A hash stands on a line of its own."""

    label: str
    value: str
    is_hash: bool = False


class Sheet(NamedTuple):
    """All that stands on a receipt, in one language."""

    language: str
    title: str
    number: str
    region: str
    fields: tuple[Field, ...]
    remarks: tuple[str, ...]
    at: datetime

    def strings(self) -> Iterator[str]:
        """All of it, in the order of the page."""
        yield from (self.title, self.number, self.region)
        for field in self.fields:
            yield from (field.label, field.value)
        yield from self.remarks


def sheet(receipt: Receipt, register: Register, region: str, zone: tzinfo) -> Sheet:
    """A receipt in the language that is spoken, on the region's clock; the same words each time."""
    at = datetime.fromisoformat(receipt.at)
    return Sheet(
        language=language(),
        title=_("RECEIPT"),
        number=receipt.number,
        region=shown(region),
        fields=tuple(_fields(receipt, at, _evidence(receipt, register, at), zone)),
        remarks=(
            _("This receipt proves that the file with this SHA-256 was received and recorded. It does not judge it."),
            _("To check it: pantau receipt verify {number}").format(number=receipt.number),
            _("To check the file: its SHA-256 (sha256sum, certutil -hashfile) has to be the one above."),
        ),
        at=at,
    )


def text(one: Sheet) -> str:
    """The sheet as lines of at most `WIDTH` columns."""
    return "\n".join((one.title, one.number, one.region, _RULE, *_lines(one), _RULE, *_remarks(one))) + "\n"


def shown(value: str) -> str:
    """A name from outside as it can be printed anywhere: `<U+1F600>` for what cannot, its middle left out if long."""
    harmless = "".join(
        character if _SHOWN.match(character) else f"<U+{ord(character):04X}>" for character in normalize("NFC", value)
    )
    return report.shortened(harmless, _LONGEST)


def _fields(receipt: Receipt, at: datetime, evidence: str, zone: tzinfo) -> Iterator[Field]:
    placed = _moment(at, zone)
    received = _moment(datetime.fromisoformat(receipt.came), zone) if receipt.came else placed
    yield Field(_("Office"), f"{shown(receipt.office_name)} ({receipt.office})")
    name = shown(receipt.document)
    told = _("answers to findings: {document}").format(document=name) if receipt.is_of_answers else name
    yield Field(_("Document"), told)
    yield Field(_("Period"), words.period(Period.parse(receipt.period)))
    yield Field(_("Obligation"), _("{id}, record {seq}").format(id=receipt.obligation, seq=receipt.seq))
    yield Field(_("Received"), received)
    if placed != received:
        yield Field(_("Placed"), placed)
    yield Field(_("File name"), shown(receipt.name))
    yield Field(_("Size"), _("{n} bytes").format(n=words.number(receipt.size)))
    yield Field(_("Pages"), _("not counted") if receipt.pages is None else words.number(receipt.pages))
    yield Field("SHA-256", receipt.digest, is_hash=True)
    yield Field(_("Sender"), _sender(receipt))
    yield Field(_("State then"), words.state(receipt.state) if receipt.state else "-")
    if evidence:
        yield Field(_("Evidence for"), evidence)
    yield Field(_("Head of the trail"), receipt.head, is_hash=True)


def _sender(receipt: Receipt) -> str:
    if receipt.sender == receipt.office:
        return receipt.office
    return _("{name}, for {office}").format(name=shown(receipt.sender), office=receipt.office)


def _evidence(receipt: Receipt, register: Register, at: datetime) -> str:
    """The criteria of PermenPAN-RB 88/2021 that the document counts for, and those that the receipt itself does."""
    if receipt.is_of_answers:
        return ""
    named = register.as_it_was(receipt.obligation, at).requirement.evidence
    criteria = [one for one in named if _CRITERION.match(one)]
    if not criteria:
        return ""
    document = _("PermenPAN-RB 88/2021: {criteria}").format(criteria=", ".join(criteria))
    if _REPORT not in criteria:
        return document
    return document + _("; this receipt: {criteria}").format(criteria=", ".join(_SENT))


def _moment(at: datetime, zone: tzinfo) -> str:
    """`5 Maret 2026, 09.14.05 WIB (UTC+07:00)`."""
    local = at.astimezone(zone)
    clock = f"{local:%H.%M.%S}" if language() == "id" else f"{local:%H:%M:%S}"
    return f"{words.day(local)}, {clock} {local:%Z} (UTC{local.isoformat()[-6:]})"


def _lines(one: Sheet) -> Iterator[str]:
    for label, value, is_hash in one.fields:
        if is_hash:
            yield from (label, f"    {value}")
        else:
            first, *more = _wrapped(value, WIDTH - _LABEL)
            yield f"{label:<{_LABEL}}{first}"
            yield from (f"{'':<{_LABEL}}{line}" for line in more)


def _remarks(one: Sheet) -> Iterator[str]:
    for remark in one.remarks:
        yield from _wrapped(remark, WIDTH)


def _wrapped(value: str, width: int) -> list[str]:
    return textwrap.wrap(value, width, break_on_hyphens=False) or [""]
