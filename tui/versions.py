"""The versions of a document: the contents that were sent for it, each once, in their order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tui.errors import UsageError
from tui.language import _
from workflow import Action, AuditRecord, Digest

SENDING = (Action.SAVE, Action.SUBMIT)


class Version(NamedTuple):
    """A content, and the record of how it came first; the first is version 1."""

    number: int
    content: Digest
    sent: AuditRecord


def versions(records: Iterable[AuditRecord]) -> list[Version]:
    """All versions of a trail, the oldest first."""
    found: dict[Digest, AuditRecord] = {}
    for one in records:
        if one.action in SENDING and one.content:
            found.setdefault(one.content, one)
    return [Version(number, content, sent) for number, (content, sent) in enumerate(found.items(), start=1)]


def version(records: Iterable[AuditRecord], content: Digest | None, number: int | None) -> Version:
    """The version of this number, or else the present content. Raises UsageError."""
    every = versions(records)
    if not every:
        raise UsageError(_("Nothing has arrived yet."))
    wanted = next(
        (one for one in every if (one.content == content if number is None else one.number == number)), None
    )
    if wanted is None:
        told = _("There is no version {n}; there are {count}.")
        raise UsageError(told.format(n=number or "-", count=len(every)))
    return wanted
