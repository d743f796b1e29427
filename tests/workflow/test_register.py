from __future__ import annotations

import pytest

from tests.workflow.conftest import (
    ANI,
    BUDI,
    DINKES,
    FIRST_FILE,
    NEWER_FILE,
    OFFICES,
    RINI,
    SARI,
    WATI,
    small_catalogue,
)
from workflow import (
    Action,
    Actor,
    Defect,
    Obligation,
    Office,
    Refused,
    Register,
    Role,
    Rule,
    State,
    Unknown,
    Vocabulary,
)


def test_offices_and_requirements_come_in_the_order_of_the_catalogue(register: Register) -> None:
    assert [office.code for office in register.offices()] == ["dinkes", "disdik", "dukcapil"]
    assert [one.key for one in register.requirements()] == ["lkjip", "pk", "pk+perubahan", "ukur-tw", "dpa"]


def test_the_order_follows_the_catalogue_when_it_changes(register: Register) -> None:
    blocks = OFFICES.split("\n\n")
    turned = "\n\n".join([blocks[0], *reversed(blocks[1:])])

    register.open_year(small_catalogue(offices=turned), 2026)

    assert [office.code for office in register.offices()] == ["dukcapil", "disdik", "dinkes"]
    assert register.obligations()[0].id == "dukcapil/lkjip/2025"


def test_the_obligations_of_one_office_are_found(register: Register) -> None:
    found = register.obligations(office="disdik")

    assert len(found) == 8
    assert {one.office.code for one in found} == {"disdik"}


def test_an_office_that_owes_nothing_in_a_year_has_an_empty_list(register: Register) -> None:
    assert register.obligations(year=2027, office="dinkes") == []


def test_the_vocabulary_says_what_each_phrase_means(register: Register) -> None:
    assert register.vocabulary() == Vocabulary(
        offices={
            "dinkes": "dinkes",
            "dinas kesehatan": "dinkes",
            "diskes": "dinkes",
            "disdik": "disdik",
            "dinas pendidikan": "disdik",
            "dukcapil": "dukcapil",
            "dinas kependudukan dan pencatatan sipil": "dukcapil",
            "disdukcapil": "dukcapil",
            "catatan sipil": "dukcapil",
        },
        requirements={
            "lkjip": ("lkjip",),
            "lkip": ("lkjip",),
            "lakip": ("lkjip",),
            "pk": ("pk", "pk+perubahan"),
            "perjanjian kinerja": ("pk", "pk+perubahan"),
            "ukur tw": ("ukur-tw",),
            "dpa": ("dpa",),
        },
        lookalikes=frozenset({"lkpj", "pk gubernur"}),
        region="kabupaten contoh",
        region_office="pemda",
    )


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        pytest.param("dinkes/lkjp/2025", "dinkes/lkjip/2025", id="a letter left out"),
        pytest.param("dinkes/pk/2026-perubahan", "dinkes/pk/2026+perubahan", id="minus for plus"),
        pytest.param("dinkes/ukur-tw/2026-q5", "dinkes/ukur-tw/2026-q4", id="a quarter too many"),
        pytest.param("dinkse/lkjip/2025", "dinkes", id="the office misspelled"),
    ],
)
def test_an_unknown_obligation_is_answered_with_the_nearest(register: Register, name: str, nearest: str) -> None:
    with pytest.raises(Unknown) as unknown:
        register.obligation(name)

    assert (unknown.value.what, unknown.value.name) == ("obligation", name)
    assert nearest in unknown.value.nearest


def test_an_unknown_office_is_answered_with_the_nearest(register: Register) -> None:
    with pytest.raises(Unknown) as unknown:
        register.office("dukcpil")

    assert (unknown.value.what, unknown.value.nearest) == ("office", ("dukcapil",))


def test_what_is_like_nothing_has_no_nearest(register: Register) -> None:
    with pytest.raises(Unknown) as unknown:
        register.office("zzzz")

    assert unknown.value.nearest == ()


def test_an_office_is_found_by_its_code(register: Register) -> None:
    assert register.office("disdik") == Office("disdik", "Dinas Pendidikan", "DISDIK")


def test_a_document_goes_from_missing_to_approved(register: Register, approved: Obligation) -> None:
    assert (approved.state, approved.seq, approved.round) == (State.APPROVED, 3, 1)
    assert (approved.content, approved.submitter, approved.reviewer) == (FIRST_FILE, "dinkes", "sari")
    assert [(one.seq, one.action, one.actor, one.source, one.target) for one in register.trail(approved.id)] == [
        (1, Action.SUBMIT, "dinkes", State.DRAFT, State.SUBMITTED),
        (2, Action.REVIEW, "sari", State.SUBMITTED, State.REVIEWED),
        (3, Action.APPROVE, "budi", State.REVIEWED, State.APPROVED),
    ]


def test_what_a_move_returns_is_what_is_read_afterwards(register: Register, approved: Obligation) -> None:
    assert register.obligation(approved.id) == approved
    assert approved in register.obligations()


def test_a_move_of_one_obligation_leaves_all_others_alone(register: Register, missing: Obligation) -> None:
    before = register.obligations()

    register.perform(Action.SUBMIT, missing, DINKES, content=FIRST_FILE)

    assert [one.id for one in before if register.obligation(one.id) != one] == [missing.id]


def test_a_document_that_needs_no_review_is_approved_at_once(register: Register) -> None:
    budget = register.obligation("dinkes/dpa/2026")
    submitted = register.perform(Action.SUBMIT, budget, DINKES, content=FIRST_FILE)

    approved = register.perform(Action.APPROVE, submitted, BUDI)

    assert (approved.state, approved.reviewer) == (State.APPROVED, None)


def test_what_is_marked_as_a_draft_is_kept_and_not_submitted(register: Register, missing: Obligation) -> None:
    saved = register.perform(Action.SAVE, missing, DINKES, content=FIRST_FILE, name="LKIP draf.pdf")

    assert (saved.state, saved.content, saved.submitter, saved.round) == (State.DRAFT, FIRST_FILE, None, 0)


def test_a_kept_draft_is_submitted_as_it_is(register: Register, missing: Obligation) -> None:
    saved = register.perform(Action.SAVE, missing, DINKES, content=FIRST_FILE)

    assert register.perform(Action.SUBMIT, saved, DINKES).content == FIRST_FILE


def test_each_submission_after_a_decision_begins_a_round(register: Register, submitted: Obligation) -> None:
    newer = register.perform(Action.SUBMIT, submitted, DINKES, content=NEWER_FILE)
    returned = register.perform(Action.RETURN, newer, SARI, findings=["Tabel 3.1 kosong"])
    repaired = register.perform(Action.SUBMIT, returned, DINKES, content=FIRST_FILE)

    assert [one.round for one in (submitted, newer, returned, repaired)] == [1, 1, 1, 2]


def test_a_newer_file_cancels_the_review_and_says_which(register: Register, reviewed: Obligation) -> None:
    newer = register.perform(Action.SUBMIT, reviewed, DINKES, content=NEWER_FILE)

    assert (newer.state, newer.content) == (State.SUBMITTED, NEWER_FILE)
    assert (newer.reviewer, newer.review_seq) == (None, None)
    assert register.trail(newer.id)[-1].cancels == (reviewed.seq,)
    with pytest.raises(Refused) as refused:
        register.perform(Action.APPROVE, newer, BUDI)
    assert refused.value.refusal.rule is Rule.NOT_YET_REVIEWED


def test_whose_review_fell_may_review_the_newer_file_too(register: Register, reviewed: Obligation) -> None:
    newer = register.perform(Action.SUBMIT, reviewed, DINKES, content=NEWER_FILE)

    again = register.perform(Action.REVIEW, newer, SARI)

    assert (again.state, again.reviewer, again.review_seq) == (State.REVIEWED, "sari", again.seq)


def test_a_review_that_fell_does_not_stand_on_what_was_approved_without_one(register: Register) -> None:
    budget = register.obligation("dinkes/dpa/2026")
    submitted = register.perform(Action.SUBMIT, budget, DINKES, content=FIRST_FILE)
    reviewed = register.perform(Action.REVIEW, submitted, WATI)
    newer = register.perform(Action.SUBMIT, reviewed, DINKES, content=NEWER_FILE)

    assert register.perform(Action.APPROVE, newer, BUDI).reviewer is None


def test_a_reopened_document_needs_a_new_submission_and_a_new_review(
    register: Register, approved: Obligation
) -> None:
    reopened = register.perform(Action.REOPEN, approved, BUDI, note="angka capaian salah")
    again = register.perform(Action.SUBMIT, reopened, DINKES, content=NEWER_FILE)

    assert (reopened.state, reopened.reviewer) == (State.DRAFT, None)
    assert (again.state, again.round) == (State.SUBMITTED, 2)
    assert not again.is_missing


def test_what_the_bureau_files_for_an_office_names_both(register: Register, missing: Obligation) -> None:
    filed = register.perform(Action.SUBMIT, missing, ANI, content=FIRST_FILE, on_behalf="dinkes")
    entry = register.trail(filed.id)[-1]

    assert (entry.actor, entry.role, entry.on_behalf) == ("ani", Role.BUREAU, "dinkes")
    assert filed.submitter == "ani"


def test_who_filed_for_an_office_cannot_review_it(register: Register, missing: Obligation) -> None:
    filed = register.perform(Action.SUBMIT, missing, SARI, content=FIRST_FILE, on_behalf="dinkes")

    with pytest.raises(Refused) as refused:
        register.perform(Action.REVIEW, filed, SARI)

    assert refused.value.refusal.rule is Rule.OTHER_EYES
    assert register.perform(Action.REVIEW, filed, RINI).reviewer == "rini"


def test_nobody_approves_what_they_reviewed_though_their_role_has_changed(
    register: Register, reviewed: Obligation
) -> None:
    with pytest.raises(Refused) as refused:
        register.perform(Action.APPROVE, reviewed, Actor("sari", Role.APPROVER))

    assert refused.value.refusal.rule is Rule.OTHER_EYES


def test_words_from_outside_are_recorded_harmless(register: Register, submitted: Obligation) -> None:
    findings = ["  Tabel \x1b[31m3.1\x07 kosong ", "\t", "baris\nkedua"]
    register.perform(Action.RETURN, submitted, SARI, note=" lihat\u202e Bab III ", findings=findings)
    entry = register.trail(submitted.id)[-1]

    assert entry.note == "lihat\ufffd Bab III"
    assert entry.findings == (Defect("Tabel \ufffd[31m3.1\ufffd kosong"), Defect("baris kedua"))


def test_the_name_of_a_file_is_recorded_harmless(register: Register, missing: Obligation) -> None:
    register.perform(Action.SUBMIT, missing, DINKES, content=FIRST_FILE, name="LKIP\x1b]0;disetujui\x07.pdf")

    assert register.trail(missing.id)[-1].name == "LKIP\ufffd]0;disetujui\ufffd.pdf"


def test_the_trail_tells_when_each_move_happened(register: Register, approved: Obligation) -> None:
    times = [one.happened for one in register.trail(approved.id)]

    assert times == sorted(set(times))
    assert approved.last_at == times[-1].isoformat(timespec="microseconds")
