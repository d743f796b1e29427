"""The story that `pantau demo` tells: documents arrive, some are doubtful, people decide."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from typing import NamedTuple

from inbox import Arrival
from tui import arriving, cells, happenings, refusals, report, words
from tui.errors import UsageError
from tui.language import _
from tui.samples import sample
from tui.session import Session
from tui.workspace import Workspace
from workflow import Action, Obligation, ObligationId, Refused, verify

_PATIENCE = 60.0
_PAUSE = 6.0

# What arrives while the screens are open must not be there already.
_FED = ("biro-umum", "dkp", "dispora", "disnaker", "disparekraf", "pmdt", "dpsda", "bpsdm", "setwan", "dishut")
_COMES_LATER = frozenset((office, "lkjip") for office in _FED)


class Drop(NamedTuple):
    """A made document: into which folder it is dropped under which name, and what it is about."""

    folder: str
    name: str
    kind: str
    period: str
    edition: int = 1


def _story(year: int) -> tuple[Drop, ...]:
    """What the offices send, the way offices name their files."""
    last = year - 1
    return (
        Drop("diskes", f"LKjIP {last}.pdf", "lkjip", f"{last}"),
        Drop("diskes", f"PK_{year}_ttd.pdf", "pk", f"{year}"),
        Drop("disdikbud", f"1784860767_LAKIP DISDIKBUD {last} fix.pdf", "lkjip", f"{last}"),
        Drop("disdikbud/draft", f"Renja {year}.pdf", "renja", f"{year}"),
        Drop("dishub", f"Pengukuran Kinerja TW I {year}.pdf", "ukur-tw", f"{year}-q1"),
        Drop("bappeda", "scan0024.pdf", "renaksi", f"{year}"),
        Drop("dinsos", f"PK BPBD {year}.pdf", "pk", f"{year}"),
        Drop("dlh", f"Lampiran 2 PK {year}.pdf", "pk", f"{year}"),
    )


def _background(year: int, offices: Sequence[str]) -> tuple[Drop, ...]:
    """What has arrived before the screens open, so that there is something to see: most of it, not all."""
    last = year - 1
    plan = f"{year - year % 5}-{year - year % 5 + 4}"
    kinds = (
        (f"Renstra {plan}.pdf", "renstra", plan),
        (f"Renja {year}.pdf", "renja", f"{year}"),
        (f"PK {year}.pdf", "pk", f"{year}"),
        (f"Rencana Aksi {year}.pdf", "renaksi", f"{year}"),
        (f"Pengukuran Kinerja TW I {year}.pdf", "ukur-tw", f"{year}-q1"),
        (f"Pengukuran Kinerja TW II {year}.pdf", "ukur-tw", f"{year}-q2"),
        (f"LKjIP {last}.pdf", "lkjip", f"{last}"),
        (f"Laporan RB TW I {year}.pdf", "lap-rb-tw", f"{year}-q1"),
    )
    return tuple(
        Drop(office, name, kind, period)
        for i, office in enumerate(offices)
        for j, (name, kind, period) in enumerate(kinds)
        if (3 * i + 5 * j) % 7 and (office, kind) not in _COMES_LATER
    )


class Tour:
    """Walks through the main job on a real workspace, with the real watcher."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._session = Session(workspace)
        self._year = workspace.settings.year

    def prepare(self) -> None:
        """Let documents arrive and people decide, so that every state is on the screen."""
        story = _story(self._year)
        told = {drop.folder.partition("/")[0] for drop in story}
        others = [office.code for office in self._session.register.offices() if office.code not in told]
        self._drop([*_background(self._year, others), *story])
        for i, o in enumerate(o for o in self._all() if o.submitter and o.office.code not in told):
            if i % 11 == 3:
                self._decide("sari", Action.RETURN, o, _("The signature is missing."))
            elif i % 7 != 2:
                reviewed = self._decide("sari", Action.REVIEW, o)
                if i % 5:
                    self._decide("budi", Action.APPROVE, reviewed)

    def tell(self) -> int:
        """The whole story as text. Returns 0 when the trail verifies at the end."""
        self._heading(_("1. A workspace"))
        print(self._workspace.root)
        print(self._summary())
        self._heading(_("2. Offices drop files; the watcher takes each one that lies still"))
        self._tell_arrivals(self._drop(_story(self._year)))
        self._heading(_("3. What it cannot place with confidence waits for a person"))
        self._tell_quarantine()
        self._heading(_("4. Review, approval, and what the rules refuse"))
        self._tell_decisions(ObligationId(f"diskes/lkjip/{self._year - 1}"))
        self._heading(_("5. Where everything stands"))
        return self._tell_end()

    def _tell_arrivals(self, arrivals: Sequence[Arrival]) -> None:
        for arrival in arrivals:
            print(f"{arrival.folder + '/':<18}{happenings.sentence(arrival)}")

    def _tell_quarantine(self) -> None:
        waiting = self._session.quarantine.waiting()
        for line in arriving.quarantine(waiting, self._workspace.zone):
            print(line)
        misnamed = next(held for held in waiting if held.name.startswith("PK"))
        target = self._session.register.obligation(f"dinsos/pk/{self._year}")
        self._session.quarantine.place(misnamed.id, target, self._session.people["rini"])
        print(_("rini opens {name}, sees what it is and places it as {id}.").format(name=misnamed.name, id=target.id))
        placed = self._session.register.obligation(target.id)
        self._try("rini", Action.REVIEW, placed)

    def _tell_decisions(self, name: ObligationId) -> None:
        self._decide("sari", Action.RETURN, self._one(name), _("Chapter III lacks the comparison with last year."))
        office, kind, period = name.split("/")
        self._drop([Drop(office, f"LKjIP {period} revisi.pdf", kind, period, 2)])
        self._decide("sari", Action.REVIEW, self._one(name))
        self._drop([Drop(office, f"LKjIP {period} final ttd.pdf", kind, period, 3)])
        self._try("budi", Action.APPROVE, self._one(name))
        self._decide("sari", Action.REVIEW, self._one(name))
        self._try("sari", Action.APPROVE, self._one(name))
        self._decide("budi", Action.APPROVE, self._one(name))
        print(words.title(self._one(name)))
        for line in report.trail(self._session.register.trail(name), self._workspace.zone):
            print(line)

    def _tell_end(self) -> int:
        print(self._summary())
        for line in report.obligations([o for o in self._all() if not o.is_missing], self._session.today()):
            print(line)
        verdict = verify(self._session.database)
        print(
            _("trail: {records} records, {faults} faults, head {head}").format(
                records=verdict.records, faults=len(verdict.faults), head=verdict.head
            )
        )
        return 1 if verdict.faults else 0

    def _drop(self, drops: Sequence[Drop]) -> list[Arrival]:
        """Write the files and wait until the watcher has recorded every one of them."""
        before = {arrival.id for arrival in self._session.arrivals.latest(1)}
        for drop in drops:
            write(self._session, drop)
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            new = [a for a in self._session.arrivals.latest(len(drops)) if a.id > max(before, default=0)]
            if len(new) == len(drops):
                return new[::-1]
            time.sleep(0.1)
        raise UsageError(_("The watcher did not take the files within {n} seconds.").format(n=int(_PATIENCE)))

    def _decide(self, who: str, action: Action, o: Obligation, *findings: str) -> Obligation:
        return self._session.register.perform(action, o, self._session.people[who], findings=findings)

    def _try(self, who: str, action: Action, o: Obligation) -> None:
        try:
            self._decide(who, action, o)
        except Refused as refusal:
            print(refusals.error(refusal, self._session.people))

    def _one(self, name: ObligationId) -> Obligation:
        return self._session.register.obligation(name)

    def _all(self) -> list[Obligation]:
        return self._session.register.obligations(year=self._year)

    def _summary(self) -> str:
        settings = self._workspace.settings
        return report.summary(f"{settings.region} {settings.year}", cells.count(self._all(), self._session.today()))

    def _heading(self, text: str) -> None:
        print(f"\n{text}")


def write(session: Session, drop: Drop) -> None:
    """Drop one made document."""
    office = session.register.office(drop.folder.partition("/")[0]).name
    region = session.workspace.settings.region
    content = sample(drop.kind, office, drop.period, region=region, edition=drop.edition)
    folder = session.workspace.inbox / drop.folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / drop.name).write_bytes(content)


@contextmanager
def feed(workspace: Workspace) -> Iterator[None]:
    """Let a document arrive every few seconds while the screens are open."""
    last = workspace.settings.year - 1
    drops = [Drop(office, f"LKjIP {last}.pdf", "lkjip", f"{last}") for office in _FED]
    ended = Event()

    def drop_them() -> None:
        session = Session(workspace)
        for drop in drops:
            if ended.wait(_PAUSE):
                break
            write(session, drop)
        session.close()

    thread = Thread(target=drop_them, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
