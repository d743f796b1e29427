"""Documents as they can stand, in a real database, and people as they can stand to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import partial
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.workflow.conftest import FIRST_FILE, Clock, open_region, small_catalogue
from workflow import Action, Actor, Database, Mandates, Obligation, Register, Role, Terms
from workflow.windows import Window, Windows

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
LATER = date(2030, 1, 1)
_LAST_YEAR = Window(NOW - timedelta(days=365), NOW - timedelta(days=300))
_REQUIREMENT = """
[[requirement]]
code = "{code}"
short = "{short}"
name = "{code}"
family = "SAKIP"
period = "{period}"
due = {{ anchor = "period-end", days = 10 }}
reviewer = "biro-organisasi"
{more}
"""
_MORE = {
    "laporan": ("LA", "month", ""),
    "langsung": ("DA", "year", "review = false"),
    "awal": ("AW", "year", ""),
    "penutup": ("PE", "year", ""),
    "ulang": ("UL", "year", ""),
    "akhir": ("AK", "year", 'wants = ["awal"]\nwants_enforced = true'),
    "seketika": ("SE", "year", 'review = false\nwants = ["awal"]\nwants_enforced = true'),
    "syarat": ("SY", "semester", 'ask = "declared"'),
}
REQUIREMENTS = "".join(
    _REQUIREMENT.format(code=code, short=short, period=period, more=more)
    for code, (short, period, more) in _MORE.items()
)


class Hands(Enum):
    """How a person stands to a document: what the documentation calls it."""

    OWN_UNIT = "own unit"
    OTHER_UNIT = "other unit"
    NO_UNIT = "no unit"
    SUBMITTED = "submitted it"
    REVIEWED = "reviewed it"
    BOTH = "did both"
    FOR_SUBMITTER = "acts for who submitted"
    FOR_REVIEWER = "acts for who reviewed"
    DECIDED = "decided last"
    HOLDS = "holds it"
    FILES = "files for the office"
    FILES_WRONGLY = "files for another office"

    def actor(self, role: Role) -> Actor:
        """The person of this role who stands so."""
        name = _NAMES.get(self, "joko")
        if self.acts_for:  # as an auditor, who may do nothing but what the mandate says
            return Actor(f"wakil {name} {role}", Role.AUDITOR)
        return Actor(name, role, self.unit(role))

    def unit(self, role: Role) -> str:
        """The office of an office's people, the unit of all others."""
        own, other = ("dinkes", "disdik") if role is Role.OFFICE else ("biro-organisasi", "bappeda")
        return {Hands.OTHER_UNIT: other, Hands.NO_UNIT: ""}.get(self, own)

    @property
    def acts_for(self) -> str:
        """The person whose place is taken."""
        return _NAMES[self] if self in (Hands.FOR_SUBMITTER, Hands.FOR_REVIEWER) else ""

    @property
    def on_behalf(self) -> str:
        """The office that is filed for."""
        return {Hands.FILES: "dinkes", Hands.FILES_WRONGLY: "disdik"}.get(self, "")


_NAMES = {
    **dict.fromkeys((Hands.SUBMITTED, Hands.FOR_SUBMITTER), "tono"),
    **dict.fromkeys((Hands.REVIEWED, Hands.FOR_REVIEWER), "sari"),
    Hands.BOTH: "rini",
    Hands.DECIDED: "hadi",
    Hands.HOLDS: "hana",
}


class Document(NamedTuple):
    """How one stands. `finding` is how its only finding does, `last` the role in which the last decision was made.

    Whoever has sent it back holds it when it comes again.
    """

    title: str
    id: str
    state: str
    duty: str = "owed"
    needs_review: bool = True
    finding: str = ""
    holder: Hands | None = None
    is_wanting: bool = False
    is_closed: bool = False
    last: Role | None = None


DOCUMENTS = (
    Document("missing", "laporan/2026-m01", "draft"),
    Document(
        "draft, sent back", "laporan/2026-m02", "draft", "owed", True, "open", Hands.DECIDED, last=Role.REVIEWER
    ),
    Document("draft, its window closed", "laporan/2026-m03", "draft", is_closed=True),
    Document("missing, owed only with a cause", "syarat/2026-s1", "draft", "conditional"),
    Document("missing, declared", "syarat/2026-s2", "draft", "declared"),
    Document("missing, waived", "laporan/2026-m04", "draft", "waived"),
    Document("submitted", "laporan/2026-m05", "submitted"),
    Document("submitted, held", "laporan/2026-m06", "submitted", holder=Hands.HOLDS),
    Document("submitted, a finding open", "laporan/2026-m07", "submitted", finding="open", holder=Hands.DECIDED),
    Document(
        "submitted, a finding answered", "laporan/2026-m08", "submitted", finding="answered", holder=Hands.DECIDED
    ),
    Document("submitted, the window closed", "laporan/2026-m09", "submitted", is_closed=True),
    Document("submitted, no review needed", "langsung/2026", "submitted", needs_review=False),
    Document(
        "submitted, no review needed, what comes before not approved",
        *("seketika/2026", "submitted"),
        needs_review=False,
        is_wanting=True,
    ),
    Document("reviewed", "laporan/2026-m10", "reviewed", last=Role.REVIEWER),
    Document("reviewed, held", "laporan/2026-m11", "reviewed", holder=Hands.HOLDS, last=Role.REVIEWER),
    Document("reviewed, a repair accepted", "ulang/2026", "reviewed", finding="accepted", last=Role.REVIEWER),
    Document("reviewed, a finding open again", "laporan/2026-m12", "reviewed", finding="open", last=Role.REVIEWER),
    Document(
        "reviewed, what comes before not approved", "akhir/2026", "reviewed", is_wanting=True, last=Role.REVIEWER
    ),
    Document("approved", "penutup/2026", "approved", last=Role.APPROVER),
)


class World(NamedTuple):
    """All of them, and everybody, with mandates from those for whom they act."""

    register: Register
    obligations: Mapping[Document, Obligation]
    people: Mapping[tuple[Role, Hands], Actor]


@contextmanager
def world() -> Iterator[World]:
    """In a database of its own; it is eight o'clock and stays so."""
    with TemporaryDirectory() as folder:
        database = Database.create(Path(folder) / "pantau.db")
        open_region(database, Clock(), small_catalogue(requirements=REQUIREMENTS))
        register, mandates = Register(database, lambda: NOW), Mandates(database, lambda: NOW)
        for document in DOCUMENTS:
            _bring(register, document)
        people = {one: one[1].actor(one[0]) for one in product(Role, Hands)}
        for (role, hands), actor in people.items():
            if hands.acts_for:
                giver = Actor(hands.acts_for, role, hands.unit(role))
                mandates.delegate(giver, actor.name, NOW, NOW + timedelta(days=1), "cuti")
        obligations = {document: register.obligation(f"dinkes/{document.id}") for document in DOCUMENTS}
        yield World(register, obligations, {one: register.acting(actor) for one, actor in people.items()})
        database.close()


def _bring(register: Register, document: Document) -> None:
    """To where it stands, so that Tono has submitted it, Sari reviewed it, and Rini both, at one time or another."""

    def do(action: Action, name: str, role: Role, **said: object) -> None:
        perform = partial(register.perform, action, register.obligation(f"dinkes/{document.id}"))
        perform(Actor(name, role, "dinkes" if role is Role.OFFICE else ""), **said)  # type: ignore[arg-type]

    send = partial(do, Action.SUBMIT, role=Role.BUREAU, content=FIRST_FILE, on_behalf="dinkes")
    if document.duty == "declared":
        do(Action.DECLARE, "ani", Role.BUREAU, note="ada sebabnya")
    if document.duty == "waived":
        do(Action.WAIVE, "ani", Role.BUREAU, note="tidak berlaku")
    if document.state != "draft" or document.finding:
        send(name="tono")
        do(Action.REVIEW, "rini", Role.REVIEWER)
        send(name="rini")
        do(Action.REVIEW, "sari", Role.REVIEWER)
        send(name="tono")
    if document.finding:
        do(Action.RETURN, "hadi", Role.REVIEWER, findings=["Tabel 3.1 kosong"])
        if document.state != "draft":
            send(name="tono")
        if document.finding == "answered" or document.state == "reviewed":
            do(Action.ANSWER, "dinkes", Role.OFFICE, about=[1], note="sudah diisi")
    if document.state in ("reviewed", "approved"):
        do(Action.REVIEW, "hadi" if document.state == "reviewed" else "lina", Role.REVIEWER)
    if document.state == "reviewed" and document.finding == "open":
        do(Action.OPEN_AGAIN, "lina", Role.APPROVER, about=[1], note="masih kosong")
    if document.state == "approved":
        do(Action.APPROVE, "hadi", Role.APPROVER)
    if document.holder is Hands.HOLDS:
        do(Action.ASSIGN, "ani", Role.BUREAU, holder="hana")
    if document.is_closed:
        closed = Terms(windows=Windows(_LAST_YEAR, _LAST_YEAR).packed())
        do(Action.AMEND, "ani", Role.BUREAU, note="jendela", terms=closed)
