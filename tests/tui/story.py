"""A made region on the morning of 12 March 2026, the same to the last byte whenever it is made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import time_machine

from inbox import ContentStore, Holding, Intake, Reconcile, Roots
from tui.samples import sample
from tui.workspace import Workspace, create, now
from workflow import Action, Actor, Register, Role

REGION = "Provinsi Lampung"
NOW = "2026-03-12T09:20:00+07:00"
PEOPLE = """
[[person]]
name = "sari"
role = "reviewer"
unit = "biro-organisasi"

[[person]]
name = "rini"
role = "reviewer"
unit = "bappeda"

[[person]]
name = "budi"
role = "approver"

[[person]]
name = "ani"
role = "bureau"

[[person]]
name = "lina"
role = "leader"

[[person]]
name = "dwi"
role = "office"
unit = "diskes"
"""
_SARI, _RINI = Actor("sari", Role.REVIEWER, "biro-organisasi"), Actor("rini", Role.REVIEWER, "bappeda")
_BUDI, _DWI = Actor("budi", Role.APPROVER), Actor("dwi", Role.OFFICE, "diskes")
_OFFICES = ("dinsos", "dishub", "bappeda", "diskes", "inspektorat", "bkd", "disdikbud", "dlh")
_KINDS = (
    ("Renja 2026.pdf", "renja", "2026"),
    ("PK 2026.pdf", "pk", "2026"),
    ("Rencana Aksi 2026.pdf", "renaksi", "2026"),
    ("LKjIP 2025.pdf", "lkjip", "2025"),
)


def make(root: Path) -> Workspace:
    """Documents in every state, findings and answers, names that nobody can place."""
    with at("2026-01-05T09:00:00+07:00"):
        place = create(root, REGION, 2026, "id")
        place.open_year(2026)
        place.people.write_text(PEOPLE, encoding="utf-8")
        settings = root / "pantau.toml"
        settings.write_text(settings.read_text().replace('"beside"', '"service"'), encoding="utf-8")
        place = Workspace(root)
    database = place.open_database()
    register = Register(database, now)
    with at("2026-02-20T10:15:00+07:00"):
        for number, office in enumerate(_OFFICES):
            for kind in _KINDS[: len(_KINDS) - number % 3]:
                _drop(place, office, *kind)
        _take(place)
    with at("2026-02-24T14:00:00+07:00"):
        for office in _OFFICES[:4]:
            register.perform(Action.REVIEW, register.obligation(f"{office}/pk/2026"), _SARI)
            register.perform(Action.REVIEW, register.obligation(f"{office}/renja/2026"), _RINI)
    with at("2026-02-26T09:30:00+07:00"):
        for office in _OFFICES[:3]:
            register.perform(Action.APPROVE, register.obligation(f"{office}/renja/2026"), _BUDI)
    with at("2026-03-02T11:05:00+07:00"):
        sent = register.obligation("diskes/lkjip/2025")
        found = ["Tabel capaian pada bab III kosong", "Belum ditandatangani [kepala dinas]"]
        register.perform(Action.RETURN, sent, _SARI, findings=found)
        register.perform(
            Action.RETURN, register.obligation("dinsos/lkjip/2025"), _SARI, findings=["Belum ditandatangani"]
        )
    with at("2026-03-09T08:31:00+07:00"):
        note = "Bab III sudah dilengkapi, mohon diperiksa"
        register.perform(Action.ANSWER, register.obligation("diskes/lkjip/2025"), _DWI, note=note, about=[1])
        _drop(place, "diskes", "LKjIP 2025 perbaikan.pdf", "lkjip", "2025", edition=2)
        _take(place)
    with at("2026-03-12T08:47:00+07:00"):
        _drop(place, "dishub", "scan0024.pdf", "lkjip", "2025", edition=3)
        _drop(place, "dlh", "PK Dinas Sosial [final] 2026.pdf", "pk", "2026", edition=2)
        _take(place)
        register.perform(Action.TAKE, register.obligation("disdikbud/lkjip/2025"), _SARI)
    database.close()
    return place


@contextmanager
def at(moment: str) -> Iterator[None]:
    """Only the date is made up: what waits and what is measured goes by a clock that runs."""
    with time_machine.travel(datetime.fromisoformat(moment), tick=False):
        yield


def _drop(place: Workspace, office: str, name: str, kind: str, period: str, *, edition: int = 1) -> None:
    document = sample(kind, office.capitalize(), period, region=REGION, edition=edition)
    (place.inbox / office / name).write_bytes(document)


def _take(place: Workspace) -> None:
    """As a watcher does that has waited long enough."""
    database, (root, *_) = place.open_database(), place.roots()
    intake = Intake(root, ContentStore(place.content), database, now, zone=place.zone)
    reconcile = Reconcile(root, intake, Roots(database), Holding(database, root.name), now, lambda _: None)
    reconcile.look(0.0)
    reconcile.look(1000.0)
    database.close()
