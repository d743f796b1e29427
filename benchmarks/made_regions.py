"""Workspaces of made regions, as large as a measurement needs, with documents in every state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from itertools import cycle, product
from pathlib import Path

from tui.workspace import Workspace, create
from workflow import Action, Actor, Database, Digest, Obligation, Register, Role, seal, utc

YEAR = 2026
_AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
_SARI, _BUDI = Actor("sari", Role.REVIEWER, "biro-organisasi"), Actor("budi", Role.APPROVER)
_PEOPLE = """
[[person]]
name = "sari"
role = "reviewer"
unit = "biro-organisasi"

[[person]]
name = "budi"
role = "approver"
"""
_REQUIREMENT = """
[[requirement]]
code = "dok-{number:02}"
short = "{short}"
name = "Dokumen {number:02}"
name_en = "Document {number:02}"
family = "{family}"
period = "year"
due = {{ anchor = "fixed", date = "{due}" }}
reviewer = "biro-organisasi"
"""
_OFFICE = """
[[office]]
code = "dinas-{number:03}"
name = "Dinas {number:03} Kabupaten Contoh"
"""
# How far each document gets, one after the other.
_FATES = (
    (Action.SUBMIT, Action.REVIEW, Action.APPROVE),
    (Action.SUBMIT, Action.REVIEW),
    (),
    (Action.SUBMIT,),
    (Action.SUBMIT, Action.RETURN),
    (Action.SUBMIT, Action.REVIEW, Action.APPROVE),
    (),
)


def make(root: Path, offices: int, requirements: int, *, moved: int = 600) -> Workspace:
    """So many offices that owe so many documents each, the first `moved` of which are in every state by turns.

    Nobody watches its inbox: a process beside the one that is measured would be measured too.
    """
    workspace = create(root, "Kabupaten Contoh", YEAR, "id")
    catalogue, settings = root / "catalogue", root / "pantau.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"beside"', '"service"'), encoding="utf-8")
    units = "".join(_OFFICE.format(number=number) for number in range(1, offices + 1))
    (catalogue / "offices.toml").write_text(f'region = "Kabupaten Contoh"\n{units}', encoding="utf-8")
    (catalogue / "requirements.toml").write_text("".join(_requirements(requirements)), encoding="utf-8")
    (catalogue / "people.toml").write_text(_PEOPLE, encoding="utf-8")
    workspace = Workspace(root)
    workspace.open_year(YEAR)
    _move(workspace, moved)
    return workspace


def _requirements(count: int) -> Iterator[str]:
    shorts = ("".join(pair) for pair in product("ABCDEFGHIJ", "ABCDEFGHIJ"))
    families, days = cycle(("SAKIP", "RB", "ZI")), cycle(("01-31", "12-31", "12-30", "12-29"))
    for number, short, family, due in zip(range(1, count + 1), shorts, families, days, strict=False):
        yield _REQUIREMENT.format(number=number, short=short, family=family, due=due)


def _move(workspace: Workspace, count: int) -> None:
    database = workspace.open_database()
    register = Register(database, lambda: _AT)
    fates = cycle(_FATES)
    for one in register.obligations(year=YEAR)[:count]:
        content, standing = _content(database, one), one
        for action in next(fates):
            standing = _moved(register, action, standing, content)
    database.close()


def _content(database: Database, o: Obligation) -> Digest:
    digest = Digest(sha256(o.id.encode()).hexdigest())
    database.run("INSERT INTO content VALUES (?, 14)", digest)
    seal(database, "content", [digest], utc(_AT))
    return digest


def _moved(register: Register, action: Action, o: Obligation, content: Digest) -> Obligation:
    office = Actor(o.office.code, Role.OFFICE, o.office.code)
    match action:
        case Action.SUBMIT:
            return register.perform(action, o, office, content=content, name=f"{o.requirement.name}.pdf")
        case Action.RETURN:
            return register.perform(action, o, _SARI, findings=["belum ditandatangani"])
        case _:
            return register.perform(action, o, _BUDI if action is Action.APPROVE else _SARI)
