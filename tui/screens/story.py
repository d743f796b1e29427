"""A trail as a story, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import tzinfo

from textual.content import Content

from tui import words
from tui.language import _
from tui.report import remarks
from tui.screens.text import hanging, line, lines
from workflow import AuditRecord, Sighting


def story(
    records: Sequence[AuditRecord],
    zone: tzinfo,
    width: int,
    star: Callable[[AuditRecord], str],
    sightings: Sequence[Sighting],
) -> Content:
    """All that happened, or a word that nothing has: new to the viewer where `star` says so, and seen by whom."""
    if not records:
        return line((_("Nothing has happened yet."), "dim"))
    return lines(row for record in reversed(records) for row in _told(record, zone, width, star(record), sightings))


def sender(record: AuditRecord) -> str:
    """Who did it, in which role and for whom."""
    return f"{record.actor} ({words.role(record.role)}){words.behalf(record)}"


def _told(
    record: AuditRecord, zone: tzinfo, width: int, star: str, sightings: Sequence[Sighting]
) -> Iterator[Content]:
    yield line((f"{star} {words.done(record.action)}".lstrip(), "bold"), f"  {words.moment(record.at, zone)}")
    yield hanging("  ", (sender(record), "dim"), width)
    for said in filter(None, (record.name, *remarks(record))):
        yield hanging("  ", said, width)
    if names := [one.actor for one in sightings if one.seq == record.seq]:
        yield hanging("  ", (_("seen up to here by: {names}").format(names=", ".join(names)), "dim"), width)
