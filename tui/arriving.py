"""What is said of files that came in: why they wait, what was found in them, what could be learned of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, assert_never

from inbox import Hold, Lesson, Reason, Scan, Unproved, Verdict
from tui import words
from tui.language import _
from workflow import Spelled

if TYPE_CHECKING:
    from inbox import Held, Waiting


def quarantine(items: Sequence[Held], zone: tzinfo) -> Iterator[str]:
    """What waits: number, name, why, and the likeliest obligations."""
    for one in items:
        folder = f" ({one.folder})" if one.folder else ""
        yield f"{one.id:4}  {one.name}{folder} · {words.moment(one.at, zone)} · {words.size(one.size)}"
        yield f"      {reason(one.reason)}"
        if one.guesses:
            yield "      " + _("perhaps: {guesses}").format(guesses=", ".join(one.guesses[:3]))


def held(items: Sequence[Waiting], zone: tzinfo) -> Iterator[str]:
    """What lies in an inbox and is not taken yet, and why."""
    for one in items:
        folder = f" ({one.folder})" if one.folder else ""
        yield f"   -  {one.name}{folder} · {words.moment(one.since, zone)}"
        yield f"      {hold(one.reason)}"


def reason(value: Reason) -> str:
    """Why an arrival waits in quarantine."""
    match value:
        case Reason.NO_OFFICE:
            return _("neither folder, name nor text says which office")
        case Reason.NO_REQUIREMENT:
            return _("neither name nor text says which document")
        case Reason.SEVERAL_OFFICES:
            return _("it speaks of several offices")
        case Reason.SEVERAL_REQUIREMENTS:
            return _("it speaks of several documents")
        case Reason.NO_PERIOD:
            return _("neither name nor text says for which period")
        case Reason.SEVERAL_PERIODS:
            return _("it speaks of several periods")
        case Reason.NOT_OWED:
            return _("the office does not owe this document for this period")
        case Reason.PART:
            return _("it is a part of a document, not the whole")
        case Reason.OFFICIAL:
            return _("it belongs to an official below the head of the office")
        case Reason.UNSURE_VERSION:
            return _("the name says reviu: a newer version or another document")
        case Reason.ARCHIVE:
            return _("it is an archive with other files in it")
        case Reason.CONTRADICTION:
            return _("folder or name say one thing, the document itself another")
        case Reason.UNSURE:
            return _("what is known of it is not sure enough")
        case Reason.ALREADY_APPROVED:
            return _("the document is approved already; reopen it first or leave the file here")
        case Reason.OLDER:
            return _("a newer file stands there by now")
        case Reason.ANSWER_MANGLED:
            return _("it answers findings, and cannot be read for certain: its marked lines were changed")
        case Reason.ANSWER_EMPTY:
            return _("it is a file of findings without any answer")
        case Reason.ANSWER_OF_ANOTHER:
            return _("it answers findings of another office")
        case Reason.ANSWER_TO_OLDER:
            return _("it answers findings of an older round")
        case Reason.ANSWER_TOO_LATE:
            return _("it answers findings that are settled already")
        case Reason.INFECTED:
            return _("the virus scanner has found something in it")
        case Reason.DRAFT_TOO_LATE:
            return _("a draft came for a document that has been submitted already")
        case Reason.OUTSIDE_WINDOW:
            return _("it came outside the days in which the document may be submitted")
        case _:
            assert_never(value)


def spelled(value: Spelled) -> str:
    """What a spelling is one of."""
    return _("office") if value is Spelled.OFFICE else _("document")


def remember_command(learned: Lesson) -> str:
    """What to type so that a word is known next time."""
    return f'pantau remember {learned.kind} "{learned.words}" {learned.means}'


def scan(value: Scan) -> str:
    """What the virus scanner said of a content."""
    match value.verdict:
        case Verdict.CLEAN:
            return _("clean")
        case Verdict.INFECTED:
            return _("infected: {name}").format(name=value.detail)
        case Verdict.NOT_SCANNED:
            return _("not scanned")
        case _:
            assert_never(value.verdict)


def unproved(value: Unproved) -> str:
    """What does not bear out a receipt."""
    match value:
        case Unproved.CONTENT:
            return _("its content is missing or not what its SHA-256 says")
        case Unproved.ARRIVAL:
            return _("the file that it is for is not recorded so")
        case Unproved.RECORD:
            return _("the trail has no such record by this sender on this content")
        case Unproved.HEAD:
            return _("the trail never had this head")
        case Unproved.TRAIL:
            return _("the trail is not whole, and pantau verify says where")
        case _:
            assert_never(value)


def hold(value: Hold) -> str:
    """Why a file in an inbox is not taken yet."""
    match value:
        case Hold.BEING_WRITTEN:
            return _("it is still being written")
        case Hold.OPEN_IN_EDITOR:
            return _("it is open in an office program; close it there")
        case Hold.EMPTY:
            return _("it is empty; send it again")
        case Hold.EMPTY_HEAD | Hold.PDF_END | Hold.ZIP_END | Hold.OLE_END:
            return _("it is not complete; send it again")
        case Hold.TOO_LARGE:
            return _("it is larger than 2 GB")
        case Hold.TOO_DEEP:
            return _("the folder lies deeper than 50 folders")
        case Hold.NOT_A_FILE:
            return _("it is a link or a device, not a file")
        case Hold.PASSING:
            return _("its name is that of a temporary file; rename it if it is a document")
        case Hold.UNREADABLE:
            return _("it may not be read; ask its owner or the administrator")
        case Hold.NOT_PUT_AWAY:
            return _("it is recorded and safe, but may not be moved out of the folder")
        case Hold.DISK:
            return _("the disk is full or broken")
        case Hold.BUSY:
            return _("the system is busy; it is tried again")
        case _:
            assert_never(value)
