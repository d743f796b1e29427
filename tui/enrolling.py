"""People and their keys in words: how they stand, and why something cannot be so of them."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import Any, assert_never

from tui import people, words
from tui.language import _
from workflow import Database, Enrolment, Flaw, GivenKey, Misfit, Presence, Unsuitable, last_came_by


def presence(value: Presence) -> str:
    """The name of a presence."""
    match value:
        case Presence.ACTIVE:
            return _("at work")
        case Presence.NOT_BEGUN:
            return _("not at work yet")
        case Presence.ENDED:
            return _("not at work any more")
        case Presence.SUSPENDED:
            return _("suspended")
        case _:
            assert_never(value)


def standing(one: Enrolment, today: date) -> str:
    """`suspended, last day 30 June 2026: pindah (wati)`; nothing of whoever is simply at work."""
    now = one.presence(today)
    said = [presence(now)] if now is not Presence.ACTIVE else []
    if one.begins and today < one.begins:
        said.append(_("first day {day}").format(day=words.day(one.begins)))
    if one.ends:
        said.append(_("last day {day}").format(day=words.day(one.ends)))
    why = f": {one.note} ({one.actor})" if said and one.note else ""
    return ", ".join(said) + why


def key(one: GivenKey, used: str, zone: tzinfo) -> str:
    """The fingerprint of a key, since when it is in use or not any more, and when something was done by it last."""
    parts = [_("key {fingerprint}").format(fingerprint=one.key.fingerprint)]
    if one.revoked_at:
        told = _("revoked {moment} by {name}: {note}")
        when = words.moment(one.revoked_at, zone)
        parts.append(told.format(moment=when, name=one.revoked_by, note=one.revoked_why or "-"))
    else:
        parts.append(_("since {day}").format(day=words.moment(one.at, zone)))
    if used:
        parts.append(_("last used {moment}").format(moment=words.moment(used, zone)))
    return "  ".join([*parts, *([one.key.comment] if one.key.comment else [])])


def last_use(database: Database, one: GivenKey) -> str:
    """When its person last did something by it that is in the trail; looking alone leaves no mark there."""
    return last_came_by(database, one.person, people.mark(one.key.fingerprint))


def as_data(one: Enrolment | None, today: date) -> dict[str, Any]:
    """How a person stands, as data."""
    if one is None:
        return {"presence": None, "begins": None, "ends": None}
    return {"presence": one.presence(today), "begins": one.begins, "ends": one.ends}


def key_data(one: GivenKey, used: str) -> dict[str, Any]:
    """A key as data."""
    known = {"fingerprint": one.key.fingerprint, **one.key._asdict(), "at": one.at, "by": one.actor}
    ended = {"revoked_at": one.revoked_at, "revoked_by": one.revoked_by, "revoked_why": one.revoked_why}
    return {**known, **ended, "last_used": used or None}


def misfit(problem: Unsuitable) -> str:
    """What cannot be so of a person, and what could."""
    name, about = problem.name, problem.about
    match problem.misfit:
        case Misfit.NAME:
            told = _("{name} cannot be a name: give up to 64 letters, and neither a blank nor a - to begin with.")
        case Misfit.NAME_TAKEN:
            told = _("{name} is too much like {about}, who is listed; give this person another name.")
        case Misfit.NAME_OF_OFFICE:
            told = _("{name} is the code of an office; give the person another name.")
        case Misfit.NO_OFFICE:
            told = _("{name}: there is no office {about}; an office's people are of one: --office CODE.")
        case Misfit.DAYS:
            told = _("{name} cannot end before they have begun.")
        case Misfit.SAME:
            told = _("That is so of {name} already. Nothing was changed.")
        case Misfit.NOTE_REQUIRED:
            told = _("{name}: a note is needed: --note TEXT.")
        case Misfit.LAST_ADMINISTRATOR:
            told = _("{name} is the last administrator: let somebody else be one first. Nothing was changed.")
        case Misfit.KEY_TAKEN:
            told = _("This key is, or was, {about}'s; a key is one person's only. {name} needs one of their own.")
        case Misfit.NO_KEY:
            told = _("{name} has no key in use whose fingerprint begins so: pantau people show NAME")
        case Misfit.WHICH_KEY:
            told = _("{name} has several keys in use; say which by the beginning of its fingerprint.")
        case _:
            assert_never(problem.misfit)
    return told.format(name=name, about=about or "?")


def flaw(value: Flaw) -> str:
    """Why a text is no key that is taken, and which one would be."""
    match value:
        case Flaw.EMPTY:
            return _("There is no key in it.")
        case Flaw.PRIVATE:
            return _(
                "This is a private key, which nobody but its owner may have: give the file that ends in .pub, and if "
                "the private one has left its owner's machine, make a new pair."
            )
        case Flaw.OTHER_FORM:
            return _(
                "This is a key in another program's form: in PuTTYgen copy the text below “Public key for pasting”, "
                "or run: ssh-keygen -i -f FILE"
            )
        case Flaw.SEVERAL_LINES:
            return _("There is more than one line in it; give one key, on one line.")
        case Flaw.CONTROL:
            return _("There are signs in it that no key has.")
        case Flaw.OPTIONS:
            return _("There are options before the key; give the key alone, what it may do Pantau says.")
        case Flaw.CERTIFICATE:
            return _("This is a certificate; give the public key itself.")
        case Flaw.DSA:
            return _("This is a DSA key, which is not safe any more; make another: ssh-keygen -t ed25519")
        case Flaw.UNKNOWN_TYPE:
            return _("This is no public key of OpenSSH: one begins with ssh-ed25519, for example.")
        case Flaw.SHORT:
            return _("This RSA key is shorter than 3072 bits; make another: ssh-keygen -t ed25519")
        case Flaw.BROKEN:
            return _("This key is damaged: it is not whole, or something was added to it.")
        case _:
            assert_never(value)
