"""The sentences and names that a person reads, made from the values of the core."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from typing import assert_never

from inbox import Hold, Lesson, Reason, Scan, Unproved, Verdict
from tui.language import _, language
from workflow import (
    EVER,
    POWERS,
    TRANSITIONS,
    Action,
    Actor,
    AlreadyMeans,
    AuditRecord,
    CatalogueError,
    CheckItem,
    Defect,
    Duty,
    FindingState,
    Forbidden,
    InThePast,
    Mark,
    NotOurs,
    NoYear,
    Obligation,
    Period,
    Power,
    Queue,
    Refusal,
    Refused,
    Requirement,
    Role,
    Rule,
    Spelled,
    Stale,
    State,
    Unavailable,
    Unknown,
    Unwarranted,
    WorkflowError,
    plain,
)

People = Mapping[str, Actor]
NOBODY: People = {}

_OF_OFFICES = frozenset(row.action for row in TRANSITIONS if row.roles == (Role.OFFICE,))

_MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_SHORT_MONTHS = {
    "id": "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split(),
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
}
_QUARTERS = {"id": "TW {}", "en": "Q{}"}
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}


def day(when: date) -> str:
    """`5 Maret 2026`."""
    return f"{when.day} {_MONTHS[language()][when.month - 1]} {when.year}"


def short_day(when: date) -> str:
    """` 5 Mar`, always six columns wide."""
    return f"{when.day:2} {_SHORT_MONTHS[language()][when.month - 1]}"


def moment(at: str, zone: tzinfo) -> str:
    """`5 Mar 2026 09.14` on the region's clock, from a UTC time of the trail."""
    local = datetime.fromisoformat(at).astimezone(zone)
    point = "." if language() == "id" else ":"
    return f"{short_day(local).strip()} {local.year} {local:%H}{point}{local:%M}"


def as_at(at: datetime) -> str:
    """That it is not how it is now."""
    return _("as at {moment}").format(moment=moment(at.isoformat(), at.tzinfo or UTC))


def number(value: float, digits: int = 0) -> str:
    """`1.234,5` in Indonesian, `1,234.5` in English."""
    text = f"{value:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if language() == "id" else text


def size(count: int) -> str:
    """`1,2 MB`."""
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if count >= step:
            return f"{number(count / step, 1)} {unit}"
    return f"{count} B"


def period(value: Period) -> str:
    """`2026`, `2025-2029`, `TW I 2026`, `Juli 2026`."""
    if value == EVER:
        return _("once")
    return f"{part_of_year(value.part)} {value.first_year}" if value.part else str(value)


def part_of_year(part: str) -> str:
    """`TW I`, `semester II`, `Juli`."""
    match part[0]:
        case "q":
            return _QUARTERS[language()].format(part[1] if language() == "en" else _ROMAN[part[1]])
        case "m":
            return _MONTHS[language()][int(part[1:]) - 1]
        case _:
            return _("semester {part}").format(part=_ROMAN[part[1]])


def document(requirement: Requirement) -> str:
    """The name of a kind of document."""
    return requirement.name if language() == "id" else requirement.name_en


def check_item(item: CheckItem) -> str:
    """What a reviewer looks at, with the group that it belongs to: `Format: Menyajikan target kinerja`."""
    text = item.text if language() == "id" else item.text_en or item.text
    return f"{group(item.group)}: {text}" if item.group else text


def group(name: str) -> str:
    """A group of the shipped lists in the language that is spoken; a region's own as the region has written it."""
    return {
        "Umum": _("General"),
        "Kelengkapan": _("Completeness"),
        "Mekanisme": _("Mechanism"),
        "Perubahan": _("Revision"),
        "Substansi": _("Substance"),
    }.get(name, name)


def title(obligation: Obligation) -> str:
    """`Perjanjian Kinerja (PK) 2026, Dinas Kesehatan`."""
    return f"{document(obligation.requirement)} {period(obligation.period)}, {obligation.office.name}"


def state(value: State) -> str:
    """The name of a state."""
    match value:
        case State.DRAFT:
            return _("draft")
        case State.SUBMITTED:
            return _("submitted")
        case State.REVIEWED:
            return _("reviewed")
        case State.APPROVED:
            return _("approved")
        case _:
            assert_never(value)


def standing(obligation: Obligation) -> str:
    """The state as people say it: missing and returned are kinds of draft that they tell apart."""
    if not obligation.is_owed:
        return _("waived") if obligation.duty is Duty.WAIVED else _("not owed yet")
    if obligation.is_missing:
        return _("missing")
    return _("returned") if obligation.is_returned else state(obligation.state)


def defect(value: Defect) -> str:
    """What is to be repaired, and where."""
    return _("{text} (p. {page})").format(text=value.text, page=value.page) if value.page else value.text


def finding_state(value: FindingState) -> str:
    """Where a finding stands."""
    match value:
        case FindingState.OPEN:
            return _("still open")
        case FindingState.ANSWERED:
            return _("answered")
        case FindingState.ACCEPTED:
            return _("accepted")
        case FindingState.FALLEN:
            return _("fallen")
        case _:
            assert_never(value)


def mark(value: Mark) -> str:
    """What a reviewer says of an item of the checklist."""
    match value:
        case Mark.MEETS:
            return _("meets")
        case Mark.NEEDS_REPAIR:
            return _("needs repair")
        case Mark.NOT_FOUND:
            return _("not found")
        case Mark.NOT_APPLICABLE:
            return _("not applicable")
        case _:
            assert_never(value)


def queue(value: Queue) -> str:
    """What waits in it."""
    match value:
        case Queue.MINE:
            return _("mine")
        case Queue.UNIT:
            return _("my unit's")
        case Queue.NOBODY:
            return _("nobody's")
        case Queue.OVERDUE:
            return _("overdue")
        case Queue.REVISED:
            return _("revised")
        case _:
            assert_never(value)


def action(value: Action) -> str:
    """What one does: `review`."""
    match value:
        case Action.SAVE:
            return _("save a draft")
        case Action.SUBMIT:
            return _("submit")
        case Action.WITHDRAW:
            return _("withdraw")
        case Action.REVIEW:
            return _("review")
        case Action.APPROVE:
            return _("approve")
        case Action.RETURN:
            return _("return")
        case Action.REOPEN:
            return _("reopen")
        case Action.EXTEND:
            return _("extend")
        case Action.UNDO:
            return _("undo")
        case Action.DECLARE:
            return _("declare owed")
        case Action.WAIVE:
            return _("waive")
        case Action.REINSTATE:
            return _("reinstate")
        case Action.ADMIT:
            return _("admit outside its window")
        case Action.AMEND:
            return _("amend from the catalogue")
        case Action.HAND_OVER:
            return _("hand over")
        case Action.TAKE:
            return _("take")
        case Action.ASSIGN:
            return _("assign")
        case Action.COMMENT:
            return _("comment")
        case Action.ANSWER:
            return _("answer a finding")
        case Action.ACCEPT:
            return _("accept a repair")
        case Action.OPEN_AGAIN:
            return _("open a finding again")
        case _:
            assert_never(value)


def done(value: Action) -> str:
    """What was done: `reviewed`."""
    match value:
        case Action.SAVE:
            return _("saved as a draft")
        case Action.SUBMIT:
            return _("submitted")
        case Action.WITHDRAW:
            return _("withdrawn")
        case Action.REVIEW:
            return _("reviewed")
        case Action.APPROVE:
            return _("approved")
        case Action.RETURN:
            return _("returned")
        case Action.REOPEN:
            return _("reopened")
        case Action.EXTEND:
            return _("extended")
        case Action.UNDO:
            return _("undone")
        case Action.DECLARE:
            return _("declared owed")
        case Action.WAIVE:
            return _("waived")
        case Action.REINSTATE:
            return _("reinstated")
        case Action.ADMIT:
            return _("admitted outside its window")
        case Action.AMEND:
            return _("amended from the catalogue")
        case Action.HAND_OVER:
            return _("handed over")
        case Action.TAKE:
            return _("taken")
        case Action.ASSIGN:
            return _("assigned")
        case Action.COMMENT:
            return _("comment")
        case Action.ANSWER:
            return _("finding answered")
        case Action.ACCEPT:
            return _("repair accepted")
        case Action.OPEN_AGAIN:
            return _("finding opened again")
        case _:
            assert_never(value)


def behalf(record: AuditRecord) -> str:
    """For which office it was done, or in whose place: ` for diskes`, ` in the place of sari`."""
    if not record.on_behalf:
        return ""
    # An office has nobody to file for; whoever has done for an office what only offices do has said for which.
    if record.action in _OF_OFFICES and record.role is not Role.OFFICE:
        return _(" for {office}").format(office=record.on_behalf)
    return _(" in the place of {name}").format(name=record.on_behalf)


def role(value: Role) -> str:
    """The name of a role."""
    match value:
        case Role.OFFICE:
            return _("office")
        case Role.REVIEWER:
            return _("reviewer")
        case Role.APPROVER:
            return _("approver")
        case Role.BUREAU:
            return _("bureau")
        case Role.LEADER:
            return _("leader")
        case Role.AUDITOR:
            return _("auditor")
        case Role.ADMINISTRATOR:
            return _("administrator")
        case _:
            assert_never(value)


def turn(obligation: Obligation) -> str:
    """Who has to act next."""
    return role(obligation.turn) if obligation.turn else _("nobody, it is done")


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


def error(problem: WorkflowError, people: People = NOBODY) -> str:
    """One sentence: what was asked, why not, and what could be done."""
    match problem:
        case Refused(refusal=refusal):
            return refused(refusal, people)
        case Stale(now=now, by=AuditRecord() as by):
            moved = _("{title} has moved since you saw it: {action} by {actor}. Nothing was changed; look again.")
            return moved.format(title=title(now), action=done(by.action), actor=by.actor)
        case Stale(now=now):
            return _("{title} is not as you saw it. Nothing was changed; look again.").format(title=title(now))
        case Unknown(what=what, name=name, nearest=nearest):
            known = _(" Did you mean {names}?").format(names=", ".join(nearest)) if nearest else ""
            return _("There is no {what} {name!r}.").format(what=_kind(what), name=name) + known
        case Forbidden(actor=actor, power=needed, rule=rule):
            return forbidden(actor, needed, rule)
        case Unwarranted(actor=actor, rule=rule):
            return _("{actor} cannot give or end that mandate: ").format(actor=actor.name) + _unwarranted(rule)
        case InThePast(at=at):
            told = _("This is how it was on {moment}: it can be looked at, not changed. Leave --as-at out for that.")
            return told.format(moment=moment(at.isoformat(), at.tzinfo or UTC))
        case AlreadyMeans(words=told, means=means):
            return _("“{words}” means {means} in this region already. Nothing was changed.").format(
                words=told, means=means
            )
        case Unavailable():
            return _("The database cannot be reached just now: {problem}. Try again.").format(problem=problem)
        case CatalogueError():
            return _("The catalogue cannot be used: {what}").format(what=mistake(problem))
        case NoYear(year=year):
            return _("calendar.toml has no section [{year}]. Add its dates and try again.").format(year=year)
        case NotOurs(path=path, version=0):
            return _("{path} is not a Pantau database.").format(path=path)
        case NotOurs(path=path):
            return _("{path} was written by a newer Pantau. Upgrade this one first.").format(path=path)
        case _:
            return str(problem)


def forbidden(actor: Actor, needed: Power, rule: Rule) -> str:
    """Why somebody may not do something: the same sentence before it is tried and after."""
    if rule is Rule.OTHER_OFFICE:
        return _("An office sees and does only what is its own: this is not of {office}.").format(office=actor.unit)
    who = ", ".join(role(one) for one in Role if one in POWERS[needed])
    told = _("{actor} cannot {what} with the role of {role}. Who could: {roles}.")
    return told.format(actor=actor.name, what=power(needed), role=role(actor.role), roles=who)


def power(value: Power) -> str:
    """What one may do with it."""
    match value:
        case Power.SEE:
            return _("see where documents stand")
        case Power.DECIDE:
            return _("decide on documents")
        case Power.PLACE:
            return _("place what waits in quarantine")
        case Power.SORT:
            return _("say where the files of offices belong")
        case Power.REMEMBER:
            return _("say what words in file names mean")
        case Power.OPEN_YEAR:
            return _("open a year")
        case Power.AMEND:
            return _("apply the catalogue to an open year")
        case Power.SET_UP:
            return _("set up a workspace")
        case Power.WATCH:
            return _("watch the inbox")
        case Power.CHECK:
            return _("check the workspace")
        case Power.VERIFY:
            return _("verify the trail")
        case Power.EXPORT:
            return _("export the trail")
        case Power.DELEGATE:
            return _("let somebody act in their place")
        case Power.GRANT:
            return _("let somebody act in a further role")
        case _:
            assert_never(value)


def _unwarranted(rule: Rule) -> str:
    match rule:
        case Rule.OWN_MANDATE:
            return _("nobody gives a mandate to themselves.")
        case Rule.NOTE_REQUIRED:
            return _("a note is needed: --note TEXT.")
        case Rule.DATE_NOT_LATER:
            return _("it has to end after it begins, and after now.")
        case _:
            return _("it is not theirs to give; an administrator could.")


def mistake(problem: CatalogueError) -> str:
    """Where in a catalogue file, what, and what it should be: `requirements.toml, line 199: rpjmd, anchor: …`."""
    where = _("{file}, line {line}").format(file=problem.file, line=problem.line) if problem.line else problem.file
    what = ", ".join(filter(None, (problem.entry, problem.key if problem.key != problem.entry else "")))
    return plain(": ".join(filter(None, (where, what, problem.hint))))


def refused(refusal: Refusal, people: People) -> str:
    """Which rule refused what, and who or what could."""
    what = _("{actor} cannot {action} {title}: ").format(
        actor=refusal.actor.name, action=action(refusal.action), title=title(refusal.obligation)
    )
    return what + why(refusal, people)


def why(refusal: Refusal, people: People) -> str:
    """The second half of `refused`, for where the first is in view."""
    obligation, actor = refusal.obligation, refusal.actor
    match refusal.rule:
        case Rule.NOT_FROM_HERE if refusal.action is Action.DECLARE and obligation.is_owed:
            return _("it is owed already. ") + _allowed(refusal)
        case Rule.NOT_FROM_HERE:
            return _("it is {standing}. ").format(standing=standing(obligation)) + _allowed(refusal)
        case Rule.NOT_YET_REVIEWED:
            return _("it has not been reviewed yet. ") + _could(refusal, people, Role.REVIEWER)
        case Rule.WRONG_ROLE:
            return _("not with the role of {role}. ").format(role=role(actor.role)) + _could(refusal, people)
        case Rule.OTHER_OFFICE:
            return _("an office acts for itself only.")
        case Rule.OTHER_UNIT:
            return _("{unit} reviews it. ").format(unit=obligation.unit) + _could(refusal, people)
        case Rule.OTHER_EYES:
            mine = _("submitted") if actor.name == obligation.submitter else _("reviewed")
            eyes = _("rule of other eyes, {actor} has {done} it. ").format(actor=actor.name, done=mine)
            return eyes + _could(refusal, people)
        case Rule.CONTENT_REQUIRED:
            return _("no file has arrived yet.")
        case Rule.NOTE_REQUIRED:
            return _("a note is needed: --note TEXT.")
        case Rule.FINDINGS_REQUIRED:
            return _("at least one finding is needed, so that the office knows what to repair.")
        case Rule.DATE_REQUIRED:
            return _("the new due date is needed: --due DATE.")
        case Rule.DATE_NOT_LATER:
            return _("the new due date has to be later than the present one.")
        case Rule.HOLDER_REQUIRED:
            return _("it has to be said to whom: --to NAME.")
        case Rule.HELD_BY_ANOTHER:
            return _("{name} has taken it; the bureau can assign it to somebody else.").format(name=obligation.holder)
        case Rule.FINDING_REQUIRED:
            return _("it has to be said which findings: --about NUMBER.")
        case Rule.NO_SUCH_FINDING:
            return _("it has no finding of which that could be said.")
        case Rule.FINDINGS_OPEN:
            return _open_findings(obligation)
        case Rule.CHECKS_FAIL:
            return _("your checklist says that something is to be repaired; send it back, or mend the checklist.")
        case Rule.OWN_MANDATE:
            return _("nobody gives a mandate to themselves.")
        case Rule.TERMS_REQUIRED:
            return _("the catalogue says nothing else than what stands already.")
        case Rule.OUTSIDE_WINDOW:
            return _("the window for it is closed. ") + _could(refusal, people)
        case Rule.PREREQUISITE:
            names = ", ".join(obligation.wanting)
            return _("what comes before it is not approved yet: {names}.").format(names=names)
        case Rule.NOTHING_TO_UNDO:
            return _("the last thing that happened to it is not a decision of {actor}.").format(actor=actor.name)
        case Rule.TOO_LATE_TO_UNDO:
            return _("a decision can be undone for five minutes only.")
        case Rule.LONG_PAST:
            return _("this is how it was; it can be looked at, not changed.")
        case _:
            assert_never(refusal.rule)


def _open_findings(obligation: Obligation) -> str:
    states = enumerate(obligation.findings, start=1)
    numbers = ", ".join(str(number) for number, state in states if state is FindingState.OPEN)
    return _("findings are open: {numbers}. Accept their repair, or send it back.").format(numbers=numbers)


def _allowed(refusal: Refusal) -> str:
    if not refusal.allowed:
        return _("Whose turn it is: {turn}.").format(turn=turn(refusal.obligation))
    return _("What you may do: {actions}.").format(actions=", ".join(map(action, refusal.allowed)))


def _could(refusal: Refusal, people: People, needed: Role | None = None) -> str:
    needed = needed or refusal.could
    if needed is None:
        return _allowed(refusal)
    if needed is Role.OFFICE:
        return _("{office} could.").format(office=refusal.obligation.office.name)
    barred = {refusal.obligation.submitter}
    if refusal.rule is not Rule.NOT_YET_REVIEWED:
        barred.add(refusal.actor.name)
    if needed is Role.APPROVER:
        barred.add(refusal.obligation.reviewer)
    unit = refusal.obligation.unit if needed is Role.REVIEWER else ""
    names = [
        one.name
        for one in people.values()
        if one.may_act_as(needed) and one.name not in barred and (not unit or one.unit in ("", unit))
    ]
    if names:
        return _("Who could: {names} ({role}).").format(names=", ".join(sorted(names)), role=role(needed))
    return _("Another {role} could; none is listed in people.toml.").format(role=role(needed))


def _kind(what: str) -> str:
    """The name of what was not found."""
    return {
        "office": _("office"),
        "requirement": _("requirement"),
        "obligation": _("obligation"),
        "arrival": _("arrival"),
        "spelling": _("spelling"),
        "mandate": _("mandate"),
        "check": _("item of the checklist"),
        "person": _("person in people.toml"),
        "unit": _("unit that reviews"),
        "receipt": _("receipt"),
        "head": _("head in this trail"),
    }[what]


def exit_code(problem: WorkflowError) -> int:
    """1 when the rules said no, 2 when the question itself was wrong."""
    return 1 if isinstance(problem, Refused | Stale | Forbidden | Unwarranted | InThePast) else 2
