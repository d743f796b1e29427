"""Why something was not done, in one sentence: what was asked, why not, and what could be done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import assert_never

from tui import words
from tui.language import _
from workflow import (
    POWERS,
    Action,
    Actor,
    AlreadyMeans,
    AuditRecord,
    CatalogueError,
    FindingState,
    Forbidden,
    InThePast,
    NotOurs,
    NoYear,
    Obligation,
    OnlyACopy,
    Outgrown,
    Power,
    Refusal,
    Refused,
    Role,
    Rule,
    Stale,
    Unavailable,
    Unfit,
    Unknown,
    Unsuitable,
    Unwarranted,
    WorkflowError,
    plain,
)

People = Mapping[str, Actor]
NOBODY: People = {}


def error(problem: WorkflowError, people: People = NOBODY) -> str:
    """One sentence: what was asked, why not, and what could be done."""
    match problem:
        case Refused(refusal=refusal):
            return refused(refusal, people)
        case Stale(now=now, by=AuditRecord() as by):
            moved = _("{title} has moved since you saw it: {action} by {actor}. Nothing was changed; look again.")
            return moved.format(title=words.title(now), action=words.done(by.action), actor=by.actor)
        case Stale(now=now):
            return _("{title} is not as you saw it. Nothing was changed; look again.").format(title=words.title(now))
        case Unknown(what=what, name=name, nearest=nearest):
            known = _(" Did you mean {names}?").format(names=", ".join(nearest)) if nearest else ""
            return _("There is no {what} {name!r}.").format(what=_kind(what), name=name) + known
        case Forbidden(actor=actor, power=needed, rule=rule):
            return forbidden(actor, needed, rule)
        case Unwarranted(actor=actor, rule=rule):
            return _("{actor} cannot give or end that mandate: ").format(actor=actor.name) + _unwarranted(rule)
        case InThePast(at=at):
            told = _("This is how it was on {moment}: it can be looked at, not changed. Leave --as-at out for that.")
            return told.format(moment=words.moment(at.isoformat(), at.tzinfo or UTC))
        case Unsuitable():
            from tui import enrolling

            return enrolling.misfit(problem)
        case Unfit(flaw=flaw):
            from tui import enrolling

            return enrolling.flaw(flaw)
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
        case Outgrown():
            return _("Pantau was upgraded while this was open. Nothing was changed; start it again.")
        case OnlyACopy(version=0):
            return _("This is a copy that may only be read: nothing can be changed in it. Ask the server itself.")
        case OnlyACopy(version=version):
            told = _("This copy is of an older version ({version}), and cannot be brought up to date where it lies.")
            return told.format(version=version)
        case NotOurs(path=path, version=0):
            return _("{path} is not a Pantau database.").format(path=path)
        case NotOurs(path=path):
            return _("{path} was written by a newer Pantau. Upgrade this one first.").format(path=path)
        case _:
            return str(problem)


def not_undone(problem: WorkflowError, people: People = NOBODY) -> str:
    """Why a decision cannot be taken back, with what came after it."""
    match problem:
        case Stale(now=now, by=AuditRecord() as by):
            told = _("{title}: your decision cannot be undone any more. After it came: {done}, by {actor}.")
            return told.format(title=words.title(now), done=words.done(by.action), actor=by.actor)
        case _:
            return error(problem, people)


def forbidden(actor: Actor, needed: Power, rule: Rule) -> str:
    """Why somebody may not do something: the same sentence before it is tried and after."""
    if rule is Rule.OTHER_OFFICE:
        return _("An office sees and does only what is its own: this is not of {office}.").format(office=actor.unit)
    who = ", ".join(words.role(one) for one in Role if one in POWERS[needed])
    told = _("{actor} cannot {what} with the role of {role}. Who could: {roles}.")
    return told.format(actor=actor.name, what=power(needed), role=words.role(actor.role), roles=who)


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
        case Power.ENROL:
            return _("enrol people, or give them keys")
        case Power.KNOW_KEYS:
            return _("see the keys of others")
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
    actor, title = refusal.actor.name, words.title(refusal.obligation)
    told = _asked(refusal.action).format(actor=actor, action=words.action(refusal.action), title=title)
    return told + why(refusal, people)


def _asked(action: Action) -> str:
    """What is done to a finding, or said, is not done to the document."""
    match action:
        case Action.ANSWER:
            return _("{actor} cannot answer a finding of {title}: ")
        case Action.ACCEPT:
            return _("{actor} cannot accept a repair of {title}: ")
        case Action.OPEN_AGAIN:
            return _("{actor} cannot open a finding of {title} again: ")
        case Action.COMMENT:
            return _("{actor} cannot comment on {title}: ")
        case _:
            return _("{actor} cannot {action} {title}: ")


def why(refusal: Refusal, people: People) -> str:
    """The second half of `refused`, for where the first is in view."""
    obligation, actor = refusal.obligation, refusal.actor
    match refusal.rule:
        case Rule.NOT_FROM_HERE if refusal.action is Action.DECLARE and obligation.is_owed:
            return _("it is owed already. ") + _allowed(refusal)
        case Rule.NOT_FROM_HERE:
            return _("it is {standing}. ").format(standing=words.standing(obligation)) + _allowed(refusal)
        case Rule.NOT_YET_REVIEWED:
            return _("it has not been reviewed yet. ") + _could(refusal, people, Role.REVIEWER)
        case Rule.WRONG_ROLE:
            return _("not with the role of {role}. ").format(role=words.role(actor.role)) + _could(refusal, people)
        case Rule.OTHER_OFFICE:
            return _("an office acts for itself only.")
        case Rule.OTHER_UNIT:
            return _("{unit} reviews it. ").format(unit=obligation.unit) + _could(refusal, people)
        case Rule.OTHER_EYES:
            return _whose(obligation, actor) + _could(refusal, people)
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
        case Rule.NOTHING_TO_UNDO if obligation.last_action and obligation.last_actor == actor.name:
            told = _(
                "what you did to it last, “{done}”, cannot be undone: only a review, an approval or a return can."
            )
            return told.format(done=words.done(obligation.last_action))
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
        return _("Whose turn it is: {turn}.").format(turn=words.turn(refusal.obligation))
    return _("What you may do: {actions}.").format(actions=", ".join(map(words.action, refusal.allowed)))


def _whose(obligation: Obligation, actor: Actor) -> str:
    """By whose hand it is: the actor's, that of whose place they take, or their office's."""
    eyes = {eye for one in actor.each() for eye in one.eyes}
    for names, done in ((obligation.hands, _("submitted")), (obligation.readers, _("reviewed"))):
        if whose := next((name for name in names if name in eyes), ""):
            return _("rule of other eyes, {actor} has {done} it. ").format(actor=whose, done=done)
    return _("rule of other eyes, it is of {actor}'s own office. ").format(actor=actor.name)


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
        return _("Who could: {names} ({role}).").format(names=", ".join(sorted(names)), role=words.role(needed))
    return _("Another {role} could; none is listed.").format(role=words.role(needed))


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
        "person": _("person"),
        "unit": _("unit that reviews"),
        "receipt": _("receipt"),
        "head": _("head in this trail"),
        "search": _("saved search"),
    }[what]


def exit_code(problem: WorkflowError) -> int:
    """1 when the rules said no, 2 when the question itself was wrong."""
    return 1 if isinstance(problem, Refused | Stale | Forbidden | Unwarranted | Unsuitable | InThePast) else 2
