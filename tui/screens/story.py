"""A trail as a story, the newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from textual.content import Content

from tui import words
from tui.language import _
from tui.report import remarks
from tui.screens.text import hanging, line, lines
from workflow import AuditRecord


def story(records: Sequence[AuditRecord], zone: tzinfo, width: int) -> Content:
    """All that happened, or a word that nothing has."""
    if not records:
        return line((_("Nothing has happened yet."), "dim"))
    return lines(row for record in reversed(records) for row in _told(record, zone, width))


def sender(record: AuditRecord) -> str:
    """Who did it, in which role and for whom."""
    on_behalf = _(" for {office}").format(office=record.on_behalf) if record.on_behalf else ""
    return f"{record.actor} ({words.role(record.role)}){on_behalf}"


def _told(record: AuditRecord, zone: tzinfo, width: int) -> Iterator[Content]:
    yield line((words.done(record.action), "bold"), f"  {words.moment(record.at, zone)}")
    yield hanging("  ", (sender(record), "dim"), width)
    for said in filter(None, (record.name, *remarks(record))):
        yield hanging("  ", said, width)
