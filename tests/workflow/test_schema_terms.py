"""A database of before there were terms is brought up to date with all that it holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlite_utils import Database as Utilities

from tests.workflow.conftest import ANI, DINKES, FIRST_FILE, Clock, by_hand
from workflow import Action, Database, Duty, Register, Role, State, verify
from workflow.database import connect
from workflow.obligations import ObligationId
from workflow.schema import MIGRATIONS, _statements
from workflow.trail import AuditRecord

AT = "2026-01-05T08:00:01.000000+00:00"
SENT = AuditRecord(
    *(ObligationId("dinkes/renstra/2025-2029"), 1, AT, "dinkes", Role.OFFICE, "dinkes", "", Action.SUBMIT),
    *(State.DRAFT, State.SUBMITTED, FIRST_FILE, "Renstra.pdf", "", (), None, ()),
)
HELD = f"""
PRAGMA application_id = 1346457172;
PRAGMA user_version = 1;
INSERT INTO office VALUES ('dinkes', 0, 'Dinas Kesehatan', 'Dinkes');
INSERT INTO requirement VALUES ('renstra', 0, 'renstra', '', 'RS', 'Rencana Strategis', 'Strategic plan', 'SAKIP');
INSERT INTO requirement VALUES ('pk+perubahan', 1, 'pk', 'perubahan', 'P+', 'PK Perubahan', 'Revised', 'SAKIP');
INSERT INTO obligation VALUES
    ('dinkes/renstra/2025-2029', 'dinkes', 'renstra', '2025-2029', 2026, 'bappeda', 1, 0, '2025-09-20');
INSERT INTO obligation VALUES
    ('dinkes/pk/2026+perubahan', 'dinkes', 'pk+perubahan', '2026', 2026, '', 0, 1, '2026-11-01');
INSERT INTO spelling VALUES ('office', 'diskes', 'dinkes');
INSERT INTO content VALUES ('{FIRST_FILE}', 14);
INSERT INTO audit VALUES (1, 'dinkes/renstra/2025-2029', 1, '{AT}', 'dinkes', 'office', 'dinkes', '', 'submit',
    'draft', 'submitted', '{FIRST_FILE}', 'Renstra.pdf', '', '[]', NULL, '[]', '{SENT.hash_after("")}');
"""


def test_what_was_opened_and_recorded_before_stands_as_it_stood(path: Path) -> None:
    connection = connect(path)
    MIGRATIONS.apply(Utilities(connection), stop_before="second")
    connection.close()
    assert by_hand(path, *_statements(HELD)) == ""

    database = Database(path)
    register = Register(database, Clock())

    plan, change = register.obligation(SENT.obligation), register.obligation("dinkes/pk/2026+perubahan")
    assert verify(database).faults == ()
    assert register.trail(plan.id) == [SENT]
    assert (plan.unit, plan.needs_review, plan.due, plan.state) == ("bappeda", True, date(2025, 9, 20), "submitted")
    assert (plan.requirement.name, plan.requirement.name_en) == ("Rencana Strategis", "Strategic plan")
    assert (change.duty, change.needs_review, change.is_owed) == (Duty.CONDITIONAL, False, False)
    assert [one.id for one in register.obligations(year=2029)] == [plan.id]
    assert register.vocabulary().offices == {"diskes": "dinkes"}
    register.perform(Action.DECLARE, change, ANI, note="mutasi")
    register.perform(Action.WITHDRAW, plan, DINKES, note="salah berkas")
    assert verify(database).faults == ()
    database.close()
