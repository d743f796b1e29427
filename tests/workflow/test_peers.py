"""Twenty-three faults that applications of this kind have, each tried at the door where it would happen."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from inbox import Arrival
from tests.inbox.conftest import Place, place, template
from tests.tui.conftest import LKJIP, Elsewhere, elsewhere, filled, workspace
from tests.workflow.conftest import (
    ANI,
    BUDI,
    DINKES,
    FIRST_FILE,
    NEWER_FILE,
    REQUIREMENTS,
    RINI,
    SARI,
    WATI,
    Clock,
    by_hand,
    small_catalogue,
)
from tui.main import main
from tui.workspace import Workspace
from workflow import (
    Action,
    Actor,
    Database,
    FindingState,
    Mandates,
    Obligation,
    ObligationId,
    Refused,
    Register,
    Role,
    Rule,
    Stale,
    State,
    kept_refusals,
    verify,
)
from workflow.seals import NEXT

# The workspaces of the other rooms, for the faults that come in through their doors.
__all__ = ["elsewhere", "filled", "place", "template", "workspace"]

LAST_YEAR, REPORT = ObligationId("dinkes/lkjip/2025"), "dinkes/LKjIP 2025.pdf"


def pantau(workspace: Workspace, name: str, *arguments: str) -> int:
    """What somebody types, and its exit code."""
    return main(["--workspace", str(workspace.root), "--as", name, "--lang", "en", *arguments])


def rule_of(
    register: Register,
    action: Action,
    seen: Obligation,
    actor: Actor,
    *,
    note: str = "",
    findings: tuple[str, ...] = (),
) -> Rule:
    """The rule that refuses it."""
    with pytest.raises(Refused) as refused:
        register.perform(action, seen, actor, note=note, findings=findings)
    return refused.value.refusal.rule


# --- who says where it stands ---


@pytest.mark.parametrize("word", ["DISETUJUI", "approved", "Terverifikasi"])
def test_1_the_uploader_chooses_the_status(place: Place, word: str) -> None:
    """Fault: a form field, or a word in the file's name, sets the status. Here it is what the table of moves says."""
    place.drop(f"dinkes/LKjIP 2025 {word}.pdf", b"sudah disetujui, status: approved")
    place.take()

    now = place.obligation(LAST_YEAR)
    assert now.state in (State.DRAFT, State.SUBMITTED)
    assert [one.action for one in place.register.trail(now.id)] in ([], [Action.SUBMIT])


def test_2_the_caller_chooses_the_role(
    workspace: Workspace, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fault: the role comes with the request. Here a key says who and people.toml as what, for good."""
    elsewhere.submit(LKJIP)

    assert pantau(workspace, "sari", "review", LKJIP, "--as", "budi") == 2
    assert pantau(workspace, "sari", "approve", LKJIP) == 1
    assert pantau(workspace, "sari (approver)", "approve", LKJIP) == 2
    assert elsewhere.register.obligation(LKJIP).state is State.SUBMITTED


# --- what a decision stands on ---


def test_3_an_approval_survives_a_new_file(place: Place) -> None:
    """Fault: the file behind an approval is exchanged. Here the newer one waits, and cancels a review."""
    place.submit(REPORT, b"the first")
    reviewed = place.register.perform(Action.REVIEW, place.obligation(LAST_YEAR), SARI)
    place.submit(REPORT, b"the second")
    assert (place.obligation(LAST_YEAR).state, place.obligation(LAST_YEAR).reviewer) == (State.SUBMITTED, None)
    assert place.register.trail(LAST_YEAR)[-1].cancels == (reviewed.seq,)
    approved = place.approve(LAST_YEAR)

    arrival = place.submit(REPORT, b"the third")

    assert place.obligation(LAST_YEAR) == approved
    assert [held.id for held in place.quarantine.waiting()] == [arrival.id]


def test_4_somebody_approves_their_own_work(register: Register, missing: Obligation) -> None:
    """Fault: the operator uploads and approves. Here neither who filed it nor who reviewed it passes it on."""
    filed = register.perform(Action.SUBMIT, missing, SARI, content=FIRST_FILE, on_behalf="dinkes")
    assert rule_of(register, Action.REVIEW, filed, SARI) is Rule.OTHER_EYES

    reviewed = register.perform(Action.REVIEW, filed, RINI)

    for name in ("sari", "rini"):
        assert rule_of(register, Action.APPROVE, reviewed, Actor(name, Role.APPROVER)) is Rule.OTHER_EYES


def test_5_a_delegate_approves_what_is_theirs_or_whose_place_they_take(
    database: Database, register: Register, clock: Clock, reviewed: Obligation
) -> None:
    """Fault: an acting official has only the eyes of the office that they hold. Here both pairs count."""
    mandates, until = Mandates(database, clock), clock.now + timedelta(days=7)
    mandates.delegate(BUDI, "sari", clock.now, until, "cuti")
    assert rule_of(register, Action.APPROVE, reviewed, SARI) is Rule.OTHER_EYES

    mandates.delegate(Actor("sari", Role.APPROVER), "rini", clock.now, until, "cuti")
    assert rule_of(register, Action.APPROVE, reviewed, RINI) is Rule.OTHER_EYES

    mandates.delegate(BUDI, "joko", clock.now, until, "cuti")
    approved = register.perform(Action.APPROVE, reviewed, Actor("joko", Role.LEADER))
    last = register.trail(approved.id)[-1]
    assert (last.actor, last.role, last.on_behalf) == ("joko", Role.APPROVER, "budi")


def test_6_the_administrator_is_exempt(register: Register, missing: Obligation) -> None:
    """Fault: whoever runs it may do everything. Here the rule of other eyes has no exception, nor has the order."""
    own = register.perform(Action.SUBMIT, missing, WATI, content=FIRST_FILE, on_behalf="dinkes")

    assert rule_of(register, Action.REVIEW, own, WATI) is Rule.OTHER_EYES
    assert rule_of(register, Action.APPROVE, own, WATI) is Rule.NOT_YET_REVIEWED
    assert rule_of(register, Action.APPROVE, register.perform(Action.REVIEW, own, SARI), WATI) is Rule.OTHER_EYES


# --- what is kept ---


@pytest.mark.parametrize("table", ["audit", "seal", "refusal"])
def test_7_the_log_can_be_emptied(
    path: Path, database: Database, register: Register, reviewed: Obligation, table: str
) -> None:
    """Fault: `TRUNCATE log`, or a button for it. Here the database refuses, and the chain shows it."""
    rule_of(register, Action.APPROVE, reviewed, SARI)
    head = register.head()
    assert "append-only" in by_hand(path, f"DELETE FROM {table}")
    assert by_hand(path, f"DROP TRIGGER {table}_stays", f"DELETE FROM {table}") == ""

    faults = {fault.what for fault in verify(database, [head]).faults}

    assert faults & {"standing", "row", "head"}


def test_8_replaced_evidence_is_destroyed(place: Place) -> None:
    """Fault: the newer upload has the path of the older one. Here each version is kept under its own hash."""
    versions = [place.drop(REPORT, b"the first")]
    place.take()
    place.send_back(LAST_YEAR, "Tabel 3.1 kosong")
    versions.append(place.drop(REPORT, b"the second"))
    place.take()

    kept = [one.content for one in place.register.trail(LAST_YEAR) if one.action is Action.SUBMIT]
    assert kept == versions
    assert [place.store.path(digest).read_bytes() for digest in versions] == [b"the first", b"the second"]


def test_9_a_reminder_depends_on_a_job_that_never_runs(register: Register, missing: Obligation) -> None:
    """Fault: `status = late` is written at night by cron, or not. Here it follows from the calendar."""
    assert missing.due == date(2026, 2, 28)
    assert [missing.is_overdue(day) for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 12, 31))] == [
        False,
        True,
        True,
    ]
    assert register.obligation(missing.id) == missing  # nothing was written for it


def test_10_a_failure_looks_like_zero(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """Fault: what cannot be read counts as none. Here there is no number but an error, on the other stream."""
    workspace.database.write_bytes(b"not a database" * 100)

    assert pantau(workspace, "sari", "status", "--json") == 2
    told = capsys.readouterr()
    assert (told.out, told.err != "") == ("", True)


def test_11_one_field_of_notes_is_overwritten_by_the_next_action(register: Register, submitted: Obligation) -> None:
    """Fault: `catatan` holds the last word only. Here each action has its own, and each finding its own story."""
    returned = register.perform(Action.RETURN, submitted, SARI, note="lihat Bab III", findings=["Tabel 3.1 kosong"])
    said = register.perform(Action.COMMENT, returned, DINKES, note="tabelnya di lampiran", about=[1])
    again = register.perform(Action.SUBMIT, said, DINKES, content=NEWER_FILE, note="sudah diperbaiki")
    register.perform(Action.OPEN_AGAIN, again, RINI, note="lampiran 2 belum", about=[1])

    notes = [one.note for one in register.trail(submitted.id)]
    assert notes == ["", "lihat Bab III", "tabelnya di lampiran", "sudah diperbaiki", "lampiran 2 belum"]
    assert register.findings(submitted)[0].defect.text == "Tabel 3.1 kosong"


def test_12_a_deleted_user_takes_the_history_along(
    workspace: Workspace, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fault: the log joins the table of users. Here a record holds name, role and unit as they were then."""
    elsewhere.submit(LKJIP)
    assert pantau(workspace, "sari", "review", LKJIP) == 0
    workspace.people.write_text('[[person]]\nname = "budi"\nrole = "approver"\n', encoding="utf-8")
    capsys.readouterr()

    assert pantau(workspace, "budi", "log", LKJIP, "--json") == 0

    last = json.loads(capsys.readouterr().out)[-1]
    assert (last["actor"], last["role"], last["action"]) == ("sari", "reviewer", "review")


# --- how it is decided ---


def test_13_it_is_sent_back_without_a_reason(database: Database, register: Register, submitted: Obligation) -> None:
    """Fault: *Ditolak*, and that is all. Here nothing goes back without a word, and blanks are none."""
    assert rule_of(register, Action.RETURN, submitted, SARI, note="tidak sesuai") is Rule.FINDINGS_REQUIRED
    assert rule_of(register, Action.RETURN, submitted, SARI, findings=(" ", "\t")) is Rule.FINDINGS_REQUIRED
    assert rule_of(register, Action.WITHDRAW, submitted, DINKES, note=" ") is Rule.NOTE_REQUIRED
    assert [one.rule for one in kept_refusals(database)] == ["findings required"] * 2 + ["note required"]


def test_14_two_reviewers_overwrite_each_other(register: Register, submitted: Obligation) -> None:
    """Fault: the last to press wins, silently. Here the second is told by whom it has moved."""
    register.perform(Action.RETURN, submitted, SARI, findings=["Tabel 3.1 kosong"])

    with pytest.raises(Stale) as stale:
        register.perform(Action.REVIEW, submitted, RINI)

    assert stale.value.by is not None
    assert (stale.value.by.actor, stale.value.by.action) == ("sari", Action.RETURN)
    assert register.obligation(submitted.id).is_returned


def test_15_pressed_twice_it_is_done_twice(register: Register, submitted: Obligation) -> None:
    """Fault: a link that decides, opened again by a preview or a second press. Here that changes nothing."""
    register.perform(Action.REVIEW, submitted, SARI)

    for _ in range(3):
        with pytest.raises(Stale):
            register.perform(Action.REVIEW, submitted, SARI)

    assert [one.action for one in register.trail(submitted.id)] == [Action.SUBMIT, Action.REVIEW]


def test_16_the_lock_is_in_the_screen_alone(path: Path, register: Register, approved: Obligation) -> None:
    """Fault: the button is hidden, the address still works. Here the one door refuses, and the table behind it."""
    assert rule_of(register, Action.SUBMIT, approved, DINKES) is Rule.NOT_FROM_HERE
    assert rule_of(register, Action.RETURN, approved, BUDI, findings=("x",)) is Rule.NOT_FROM_HERE

    columns = "at, actor, role, unit, on_behalf, 'submit', 'draft', 'submitted', content, name, note, findings, due"
    beside = "cancels, hash, dated, terms, about, checks, holder, via"
    inserted = f"INSERT INTO audit SELECT ({NEXT}), obligation, 4, {columns}, {beside} FROM audit WHERE seq = 1"
    assert "append-only" in by_hand(path, inserted)
    assert register.obligation(approved.id) == approved


def test_17_undoing_erases(register: Register, database: Database, reviewed: Obligation) -> None:
    """Fault: *Batal* deletes the row. Here it is one more record, and who had reviewed it is still known to have."""
    undone = register.perform(Action.UNDO, reviewed, SARI)

    assert [(one.action, one.cancels) for one in register.trail(undone.id)[1:]] == [
        (Action.REVIEW, ()),
        (Action.UNDO, (reviewed.seq,)),
    ]
    assert undone.readers == ("sari",)
    assert verify(database).faults == ()


# --- rounds ---


def test_18_an_upload_resets_the_history(register: Register, submitted: Obligation) -> None:
    """Fault: revision means a new row, and the old one is gone. Here rounds are counted, and each can be read."""
    now = submitted
    for content in (NEWER_FILE, FIRST_FILE):
        returned = register.perform(Action.RETURN, now, SARI, findings=["belum"])
        now = register.perform(Action.SUBMIT, returned, DINKES, content=content)

    assert now.round == 3
    contents = [one.content for one in register.trail(now.id) if one.action is Action.SUBMIT]
    assert contents == [FIRST_FILE, NEWER_FILE, FIRST_FILE]
    assert now.hands == ("dinkes",)


def test_19_what_was_found_is_lost_at_the_next_submission(register: Register, submitted: Obligation) -> None:
    """Fault: sent again, it looks new. Here each finding is followed, and the very same bytes answer none."""
    returned = register.perform(Action.RETURN, submitted, SARI, findings=["Tabel 3.1 kosong", "Bab IV hilang"])
    same = register.perform(Action.SUBMIT, returned, DINKES, content=FIRST_FILE)
    assert rule_of(register, Action.REVIEW, same, RINI) is Rule.FINDINGS_OPEN

    repaired = register.perform(Action.SUBMIT, same, DINKES, content=NEWER_FILE)
    half = register.perform(Action.OPEN_AGAIN, repaired, RINI, note="Bab IV tetap hilang", about=[2])

    assert half.findings == (FindingState.ANSWERED, FindingState.OPEN)
    assert rule_of(register, Action.REVIEW, half, RINI) is Rule.FINDINGS_OPEN


# --- what is shown, and by which time ---


def status(workspace: Workspace, capsys: pytest.CaptureFixture[str], *office: str) -> Any:
    capsys.readouterr()
    assert pantau(workspace, "sari", "status", *office, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_20_what_was_never_submitted_is_not_in_the_list(
    workspace: Workspace, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fault: the list joins the uploads, so who sent nothing is not there. Here it is the list of what is owed."""
    elsewhere.submit(LKJIP)

    shown = status(workspace, capsys, "diskes")["obligations"]

    assert [one["id"] for one in shown] == [
        one.id for one in elsewhere.register.obligations(year=2026, office="diskes")
    ]
    assert sum(one["missing"] for one in shown) == len(shown) - 1


def test_21_per_cents_are_of_what_was_uploaded(
    workspace: Workspace, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fault: one of one is 100 %. Here it is one of all that is owed."""
    elsewhere.submit(LKJIP)
    elsewhere.decide(Action.REVIEW, LKJIP, Actor("sari", Role.REVIEWER))
    elsewhere.decide(Action.APPROVE, LKJIP, Actor("budi", Role.APPROVER))

    shown = status(workspace, capsys, "diskes")

    owed = [one for one in elsewhere.register.obligations(year=2026, office="diskes") if one.is_owed]
    assert (shown["approved"], shown["owed"], shown["percent"]) == (1, len(owed), 100 // len(owed))
    assert shown["percent"] < 10


def test_22_a_due_date_is_moved_silently(register: Register, missing: Obligation) -> None:
    """Fault: edit the row. Here more time is a record with a reason, and an edited file moves nothing."""
    register.open_year(small_catalogue(requirements=REQUIREMENTS.replace("months = 2", "months = 9")), 2026)
    assert register.obligation(missing.id).due == missing.due
    later = date(2026, 4, 30)
    for actor, note, rule in ((DINKES, "banjir", Rule.WRONG_ROLE), (ANI, "", Rule.NOTE_REQUIRED)):
        with pytest.raises(Refused) as refused:
            register.perform(Action.EXTEND, missing, actor, note=note, due=later)
        assert refused.value.refusal.rule is rule

    extended = register.perform(Action.EXTEND, missing, ANI, note="banjir", due=later)

    assert (extended.due, extended.ruled, extended.is_extended) == (later, missing.due, True)
    assert [(one.actor, one.note, one.due) for one in register.trail(missing.id)] == [("ani", "banjir", later)]


def test_23_the_time_is_the_senders(place: Place) -> None:
    """Fault: the clock of the client, or the date of the file, says it was in time. Here the server's does."""
    place.drop(REPORT, b"made long ago")
    long_ago = datetime(2020, 1, 1, tzinfo=UTC).timestamp()
    os.utime(place.inbox / REPORT, (long_ago, long_ago))
    before = place.clock.now

    (arrival,) = place.take()

    assert isinstance(arrival, Arrival)
    (record,) = place.register.trail(LAST_YEAR)
    assert before < record.happened <= place.clock.now
    assert (record.dated, record.via) == (None, "inbox")
