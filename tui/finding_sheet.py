"""The file that an office answers findings in: what it says to people, around the fixed words of its format."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import tzinfo

from inbox import ASIDE, Returned, heading
from tui import findings, words
from tui.language import _, many
from workflow import Finding

_WIDTH = 76


def text(one: Returned, zone: tzinfo) -> bytes:
    """In the language that is spoken, so that every Notepad shows it and lets it be written in."""
    return "\r\n".join(_lines(one, zone)).encode("utf-8-sig")


def _lines(one: Returned, zone: tzinfo) -> Iterator[str]:
    yield one.sheet.line
    yield ""
    yield words.title(one.obligation)
    yield _("Returned by {name} on {moment}: {findings}.").format(
        name=one.record.actor,
        moment=words.moment(one.record.at, zone),
        findings=many("{n} finding", "{n} findings", len(one.findings)).format(n=len(one.findings)),
    )
    yield ""
    yield from textwrap.wrap(
        _(
            'Write below each "Answer:" what was done, save the file and leave it here, or drop it into your folder, '
            "with the new version or without it."
        ),
        _WIDTH,
    )
    if any(finding.defect.code for finding in one.findings):
        told = _("A finding of the checklist is told as what the document has to meet, and does not meet yet.")
        yield from textwrap.wrap(told, _WIDTH)
    for finding in one.findings:
        yield ""
        yield heading(_("Finding {n}").format(n=finding.number))
        yield from _aside(finding, one)
        yield _("Answer:")
        yield ""


def _aside(finding: Finding, one: Returned) -> Iterator[str]:
    """What was found and where, on lines that are no part of an answer."""
    code, page = finding.defect.code, finding.defect.page
    said = findings.fault(finding.defect._replace(page=0), one.record.checks)
    group = next((item.group for item in one.obligation.requirement.checklist if item.code == code), "")
    where = (_("page {page}").format(page=page) if page else "", group and words.group(group), code)
    for line in (" · ".join(filter(None, where)), said):
        yield from (f"{ASIDE}{part}" for part in textwrap.wrap(line, _WIDTH - len(ASIDE)))
