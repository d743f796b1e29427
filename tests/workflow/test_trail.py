from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256

import pytest

from tests.workflow.conftest import BUDI, DINKES, FIRST_FILE, NEWER_FILE, RINI, SARI, Clock
from workflow import (
    Action,
    AuditRecord,
    Check,
    Database,
    Defect,
    Digest,
    FindingState,
    Mark,
    Obligation,
    ObligationId,
    Refused,
    Register,
    Role,
    Rule,
    State,
    Terms,
)
from workflow.statements import Statement
from workflow.trail import UNDO_FOR, step, undo

NOON = datetime(2026, 2, 2, 12, 0, tzinfo=UTC)
RECORD = AuditRecord(
    obligation=ObligationId("dinkes/lkjip/2025"),
    seq=3,
    at="2026-02-02T12:00:00.000000+00:00",
    actor="sari",
    role=Role.REVIEWER,
    unit="biro-organisasi",
    on_behalf="",
    action=Action.RETURN,
    source=State.SUBMITTED,
    target=State.DRAFT,
    content=Digest("ab" * 32),
    name="LKIP “2025”.pdf",
    note="lihat Bab III",
    findings=(Defect("Tabel 3.1 kosong"), Defect("Capaian > 100 %")),
    due=date(2026, 2, 28),
    cancels=(2,),
)
CANONICAL = (
    '["PREVIOUS","dinkes/lkjip/2025",3,"2026-02-02T12:00:00.000000+00:00","sari","reviewer","biro-organisasi","",'
    '"return","submitted","draft","' + "ab" * 32 + '","LKIP “2025”.pdf","lihat Bab III",'
    '["Tabel 3.1 kosong","Capaian > 100 %"],"2026-02-28",[2]]'
)


@pytest.mark.parametrize("previous", ["", "cd" * 32], ids=["first of all", "after another"])
def test_the_hash_is_taken_over_canonical_json_of_the_hash_before_and_every_field(previous: str) -> None:
    """Written out, so that a trail of today can be proved by any later release, and by hand."""
    assert RECORD.hash_after(previous) == sha256(CANONICAL.replace("PREVIOUS", previous).encode()).hexdigest()


def test_how_old_a_file_was_is_hashed_only_where_that_is_told() -> None:
    """Records from before it could be told keep the hash that they were written with."""
    dated = CANONICAL.replace("PREVIOUS", "").replace(",[2]]", ',[2],"2019-03-04"]')

    assert RECORD._replace(dated=date(2019, 3, 4)).hash_after("") == sha256(dated.encode()).hexdigest()


def test_what_a_record_says_beside_is_hashed_only_where_it_says_something() -> None:
    """So do the records from before there were checklists, holders and terminals."""
    finding = Defect("Tabel 3.1 kosong", "tabel", 12)
    check = Check("tabel", Mark.NOT_FOUND, 12, "kosong")
    said = RECORD._replace(findings=(finding,), about=(1, 2), checks=(check,), holder="sari", via="meja 1")
    beside = ',[2],[[1,2],[["tabel","not found",12,"kosong"]],true,"meja 1","sari"]]'
    written = CANONICAL.replace("PREVIOUS", "").replace(",[2]]", beside)
    coded = '[{"text":"Tabel 3.1 kosong","code":"tabel","page":12}]'
    written = written.replace('["Tabel 3.1 kosong","Capaian > 100 %"]', coded)

    assert said.hash_after("") == sha256(written.encode()).hexdigest()


@pytest.mark.parametrize(
    "changed",
    [
        RECORD._replace(obligation=ObligationId("disdik/lkjip/2025")),
        RECORD._replace(seq=4),
        RECORD._replace(at="2026-02-02T12:00:00.000001+00:00"),
        RECORD._replace(actor="rini"),
        RECORD._replace(role=Role.ADMINISTRATOR),
        RECORD._replace(unit="bappeda"),
        RECORD._replace(on_behalf="dinkes"),
        RECORD._replace(action=Action.WITHDRAW),
        RECORD._replace(source=State.REVIEWED),
        RECORD._replace(target=State.APPROVED),
        RECORD._replace(content=None),
        RECORD._replace(name="LKIP.pdf"),
        RECORD._replace(note=""),
        RECORD._replace(findings=(Defect("Tabel 3.1 kosong"),)),
        RECORD._replace(due=None),
        RECORD._replace(cancels=()),
        RECORD._replace(dated=date(2019, 3, 4)),
        RECORD._replace(terms=Terms(unit="bappeda")),
        RECORD._replace(about=(1,)),
        RECORD._replace(checks=(Check("tabel", Mark.NOT_FOUND, 12, "kosong"),)),
        RECORD._replace(holder=""),
        RECORD._replace(via="ssh-ed25519 sari"),
    ],
    ids=AuditRecord._fields,
)
def test_no_field_can_change_without_changing_the_hash(changed: AuditRecord) -> None:
    assert changed.hash_after("") != RECORD.hash_after("")


def test_text_cannot_be_moved_from_one_finding_to_the_next() -> None:
    joined = RECORD._replace(findings=(Defect('Tabel 3.1 kosong","Capaian > 100 %'),))

    assert joined.hash_after("") != RECORD.hash_after("")


def test_each_record_is_chained_to_the_one_before_across_all_obligations(
    register: Register, database: Database, missing: Obligation
) -> None:
    before = register.head()
    first = register.perform(Action.SUBMIT, missing, DINKES, content=FIRST_FILE)
    register.perform(Action.SUBMIT, register.obligation("dinkes/pk/2026"), DINKES, content=NEWER_FILE)
    register.perform(Action.REVIEW, first, SARI, note="“sesuai”")

    one, three = register.trail(missing.id)
    (two,) = register.trail(ObligationId("dinkes/pk/2026"))
    after_one = one.hash_after(before)
    after_two = two.hash_after(after_one)

    hashes = [row[0] for row in database.rows("SELECT hash FROM audit ORDER BY number")]
    assert hashes == [after_one, after_two, three.hash_after(after_two)]
    assert register.head() == hashes[-1]


def test_before_anything_is_opened_there_is_no_head(database: Database, clock: Clock) -> None:
    assert Register(database, clock).head() == ""


def test_the_head_is_that_of_the_last_seal_where_nothing_has_moved(database: Database, register: Register) -> None:
    assert register.head() == database.rows("SELECT hash FROM seal ORDER BY number DESC LIMIT 1")[0][0]


def test_deciding_on_a_move_makes_the_record_and_changes_nothing(register: Register, missing: Obligation) -> None:
    statement = Statement(content=FIRST_FILE, name="LKIP Dinkes.pdf")

    assert step(missing, Action.SUBMIT, DINKES, statement, at=NOON) == AuditRecord(
        obligation=missing.id,
        seq=1,
        at="2026-02-02T12:00:00.000000+00:00",
        actor="dinkes",
        role=Role.OFFICE,
        unit="dinkes",
        on_behalf="",
        action=Action.SUBMIT,
        source=State.DRAFT,
        target=State.SUBMITTED,
        content=FIRST_FILE,
        name="LKIP Dinkes.pdf",
        note="",
        findings=(),
        due=None,
        cancels=(),
        via="inbox",
    )
    assert register.obligation(missing.id) == missing


def test_how_old_a_file_was_is_told_of_the_record_that_brought_it_alone(
    register: Register, missing: Obligation
) -> None:
    old = date(2019, 3, 4)
    submitted = register.perform(Action.SUBMIT, missing, DINKES, content=FIRST_FILE, dated=old)
    register.perform(Action.REVIEW, submitted, SARI, dated=old)

    assert [record.dated for record in register.trail(missing.id)] == [old, None]


def test_a_record_tells_the_time_in_utc_wherever_the_clock_stands(missing: Obligation) -> None:
    in_lampung = datetime(2026, 2, 2, 19, 0, tzinfo=timezone(timedelta(hours=7)))

    new = step(missing, Action.SUBMIT, DINKES, Statement(content=FIRST_FILE), at=in_lampung)

    assert new.at == "2026-02-02T12:00:00.000000+00:00"
    assert new.happened == in_lampung


def test_a_decision_names_the_content_that_it_was_made_on_and_cancels_nothing(
    approved: Obligation, register: Register
) -> None:
    decisions = register.trail(approved.id)[1:]

    assert [(one.action, one.content, one.cancels) for one in decisions] == [
        (Action.REVIEW, FIRST_FILE, ()),
        (Action.APPROVE, FIRST_FILE, ()),
    ]


def test_a_newer_file_names_the_review_that_falls_with_it(reviewed: Obligation) -> None:
    newer = step(reviewed, Action.SUBMIT, DINKES, Statement(content=NEWER_FILE), at=NOON)

    assert newer.cancels == (reviewed.seq,)


def test_a_newer_file_before_any_review_cancels_nothing(submitted: Obligation) -> None:
    newer = step(submitted, Action.SUBMIT, DINKES, Statement(content=NEWER_FILE), at=NOON)

    assert newer.cancels == ()


def test_what_lacks_a_note_is_refused_with_the_same_action_as_the_way_out(submitted: Obligation) -> None:
    with pytest.raises(Refused) as refused:
        step(submitted, Action.WITHDRAW, DINKES, Statement(), at=NOON)

    assert refused.value.refusal.rule is Rule.NOTE_REQUIRED
    assert refused.value.refusal.allowed == (Action.WITHDRAW,)


@pytest.mark.parametrize(
    ("role", "made"),
    [
        pytest.param("reviewer", Action.REVIEW, id="a review"),
        pytest.param("reviewer", Action.RETURN, id="a return"),
        pytest.param("approver", Action.APPROVE, id="an approval"),
        pytest.param("approver", Action.RETURN, id="a return after the review"),
    ],
)
def test_who_has_just_decided_may_take_it_back(
    register: Register, submitted: Obligation, role: str, made: Action
) -> None:
    before, actor = submitted, SARI
    if role == "approver":
        before, actor = register.perform(Action.REVIEW, submitted, SARI), BUDI
    decided = register.perform(made, before, actor, findings=["Tabel 3.1 kosong"])

    undone = register.perform(Action.UNDO, decided, actor)

    is_return = made is Action.RETURN
    assert undone == before._replace(
        seq=undone.seq,
        holder=actor.name,
        findings=(FindingState.FALLEN,) * is_return,
        last_action=Action.UNDO,
        last_actor=actor.name,
        last_at=undone.last_at,
        readers=undone.readers,  # who has reviewed it has seen it, undone or not
    )
    assert register.trail(undone.id)[-1].cancels == (decided.seq,)


@pytest.mark.parametrize("after", [timedelta(seconds=1), UNDO_FOR], ids=["at once", "at the last moment"])
def test_a_decision_can_be_taken_back_for_five_minutes(
    register: Register, reviewed: Obligation, after: timedelta
) -> None:
    last = register.trail(reviewed.id)[-1]

    assert timedelta(minutes=5) == UNDO_FOR
    assert undo(reviewed, last, SARI, at=last.happened + after).target is State.SUBMITTED


@pytest.mark.parametrize("after", [UNDO_FOR + timedelta(microseconds=1), timedelta(days=1)])
def test_a_decision_stands_after_five_minutes(register: Register, reviewed: Obligation, after: timedelta) -> None:
    last = register.trail(reviewed.id)[-1]

    with pytest.raises(Refused) as refused:
        undo(reviewed, last, SARI, at=last.happened + after)

    assert refused.value.refusal.rule is Rule.TOO_LATE_TO_UNDO


def test_nobody_takes_back_the_decision_of_another(register: Register, reviewed: Obligation) -> None:
    with pytest.raises(Refused) as refused:
        register.perform(Action.UNDO, reviewed, RINI)

    assert refused.value.refusal.rule is Rule.NOTHING_TO_UNDO


def test_a_submission_is_withdrawn_and_not_undone(register: Register, submitted: Obligation) -> None:
    with pytest.raises(Refused) as refused:
        register.perform(Action.UNDO, submitted, DINKES)

    assert refused.value.refusal.rule is Rule.NOTHING_TO_UNDO


def test_where_nothing_happened_there_is_nothing_to_undo(register: Register, missing: Obligation) -> None:
    with pytest.raises(Refused) as refused:
        register.perform(Action.UNDO, missing, SARI)

    assert refused.value.refusal.rule is Rule.NOTHING_TO_UNDO


def test_what_was_undone_cannot_be_undone_again(register: Register, reviewed: Obligation) -> None:
    undone = register.perform(Action.UNDO, reviewed, SARI)

    with pytest.raises(Refused) as refused:
        register.perform(Action.UNDO, undone, SARI)

    assert refused.value.refusal.rule is Rule.NOTHING_TO_UNDO


def test_what_came_in_between_cannot_be_undone_over(register: Register, reviewed: Obligation, clock: Clock) -> None:
    newer = register.perform(Action.SUBMIT, reviewed, DINKES, content=NEWER_FILE)

    with pytest.raises(Refused) as refused:
        register.perform(Action.UNDO, newer, SARI)

    assert refused.value.refusal.rule is Rule.NOTHING_TO_UNDO
