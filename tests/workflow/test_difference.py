"""A year that is open is frozen: an edited catalogue changes it on word only, and by records."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workflow.conftest import (
    ANI,
    BUDI,
    CALENDAR,
    DINKES,
    FIRST_FILE,
    NEWER_FILE,
    OFFICES,
    REQUIREMENTS,
    SARI,
    WATI,
    Clock,
    everything,
    open_region,
    small_catalogue,
)
from workflow import (
    Action,
    Database,
    Duty,
    Obligation,
    Refused,
    Register,
    Rule,
    State,
    Terms,
    asked_in,
    read_catalogue,
    verify,
)

TODAY = date(2026, 1, 5)
LATER = REQUIREMENTS.replace("months = 2", "months = 3").replace('name_en = "Annual', 'name_en = "The annual')
MERGED = (
    OFFICES.replace('name = "Dinas Kesehatan"', 'name = "Dinas Kesehatan"\nvalid_to = 2026-06-30')
    + """
[[office]]
code = "dinkesos"
name = "Dinas Kesehatan dan Sosial"
follows = ["dinkes"]
valid_from = 2026-07-01
"""
)


def test_what_the_catalogue_says_of_an_open_year_is_only_shown(register: Register, missing: Obligation) -> None:
    found = register.difference(small_catalogue(requirements=LATER), 2026, TODAY)

    assert found.added == ()
    assert [(change.obligation.id, change.action, change.due) for change in found.changes] == [
        (f"{office}/lkjip/2025", Action.AMEND, date(2026, 3, 31)) for office in ("dinkes", "disdik", "dukcapil")
    ]
    assert register.obligation(missing.id) == missing


def test_an_edited_name_never_reaches_what_is_open_by_opening_again(register: Register, missing: Obligation) -> None:
    register.open_year(small_catalogue(requirements=LATER), 2026)

    assert register.obligation(missing.id) == missing
    assert register.obligation(missing.id).requirement.name_en == "Annual performance report"


def test_applied_on_word_each_change_is_a_record_and_nothing_is_left_to_change(
    database: Database, register: Register, missing: Obligation
) -> None:
    catalogue = small_catalogue(requirements=LATER)

    register.apply(catalogue, register.difference(catalogue, 2026, TODAY), ANI, "SE 5/2026")

    now, (record,) = register.obligation(missing.id), register.trail(missing.id)
    assert (now.due, now.ruled, now.requirement.name_en) == (
        *(date(2026, 3, 31), date(2026, 3, 31)),
        "The annual performance report",
    )
    assert (record.action, record.actor, record.note) == (Action.AMEND, "ani", "SE 5/2026")
    assert register.difference(catalogue, 2026, TODAY).changes == ()
    assert verify(database).faults == ()


def test_without_the_right_or_a_reason_nothing_of_it_is_applied(database: Database, register: Register) -> None:
    catalogue = small_catalogue(requirements=LATER)
    found, before = register.difference(catalogue, 2026, TODAY), everything(database)

    for actor, note, rule in ((SARI, "SE 5/2026", Rule.WRONG_ROLE), (ANI, "", Rule.NOTE_REQUIRED)):
        with pytest.raises(Refused) as refused:
            register.apply(catalogue, found, actor, note)
        assert refused.value.refusal.rule is rule
        assert everything(database) == before


def test_what_is_approved_stays_as_it_was_approved(register: Register, approved: Obligation) -> None:
    found = register.difference(small_catalogue(requirements=LATER), 2026, TODAY)

    assert approved.id not in [change.obligation.id for change in found.changes]


def test_more_time_that_was_granted_is_not_taken_away(register: Register, missing: Obligation) -> None:
    register.perform(Action.EXTEND, missing, ANI, note="banjir", due=date(2026, 4, 15))
    catalogue = small_catalogue(requirements=LATER)

    register.apply(catalogue, register.difference(catalogue, 2026, TODAY), ANI, "SE 5/2026")

    now = register.obligation(missing.id)
    assert (now.due, now.ruled, now.is_extended) == (date(2026, 4, 15), date(2026, 3, 31), True)


def test_what_is_not_asked_for_any_more_is_waived_and_what_was_sent_is_left(
    register: Register, submitted: Obligation
) -> None:
    without = small_catalogue(
        requirements=REQUIREMENTS.replace('name_en = "Annual', 'ask = "never"\nname_en = "Annual')
    )
    found = register.difference(without, 2026, TODAY)

    assert [(change.obligation.id, change.action) for change in found.changes] == [
        ("disdik/lkjip/2025", Action.WAIVE),
        ("dukcapil/lkjip/2025", Action.WAIVE),
    ]
    assert [one.id for one in found.left] == [submitted.id]


def test_what_was_waived_is_told_when_it_is_asked_for_again(register: Register) -> None:
    without = small_catalogue(
        requirements=REQUIREMENTS.replace('name_en = "Annual', 'ask = "never"\nname_en = "Annual')
    )
    register.apply(without, register.difference(without, 2026, TODAY), ANI, "SE 5/2026")
    assert register.difference(without, 2026, TODAY).waived == ()

    found = register.difference(small_catalogue(), 2026, TODAY)

    assert (found.added, found.changes) == ((), ())
    assert [one.id for one in found.waived] == [f"{name}/lkjip/2025" for name in ("dinkes", "disdik", "dukcapil")]


# --- what is owed, and what is not ---


def test_what_waits_for_a_cause_is_owed_once_it_is_declared_and_no_more_when_that_is_taken_back(
    register: Register,
) -> None:
    change = register.obligation("dinkes/pk/2026+perubahan")
    declared = register.perform(Action.DECLARE, change, ANI, note="P53 I.E: mutasi kepala dinas")
    back = register.perform(Action.REINSTATE, declared, ANI, note="batal")

    assert [one.duty for one in (change, declared, back)] == [Duty.CONDITIONAL, Duty.DECLARED, Duty.CONDITIONAL]
    assert [one.is_owed for one in (change, declared, back)] == [False, True, False]
    assert declared.is_overdue(date(2027, 1, 1))


def test_what_does_not_apply_is_waived_with_author_and_reason_and_counts_again_when_something_is_sent(
    database: Database, register: Register, missing: Obligation
) -> None:
    waived = register.perform(Action.WAIVE, missing, ANI, note="dibentuk tahun ini")
    sent = register.perform(Action.SUBMIT, waived, DINKES, content=FIRST_FILE)

    assert (waived.is_owed, waived.is_overdue(date(2027, 1, 1)), sent.is_owed) == (False, False, True)
    assert [(one.actor, one.note) for one in register.trail(missing.id)[:1]] == [("ani", "dibentuk tahun ini")]
    assert verify(database).faults == ()


def test_a_record_on_the_side_does_not_hide_what_happened_last(register: Register, submitted: Obligation) -> None:
    returned = register.perform(Action.RETURN, submitted, SARI, findings=["Tabel 3.1 kosong"])

    assert register.perform(Action.ADMIT, returned, ANI, note="SE 5/2026").is_returned


def test_nobody_amends_what_the_catalogue_did_not_decide_with_another_move(
    register: Register, missing: Obligation
) -> None:
    sent = register.perform(
        Action.SUBMIT, missing, DINKES, content=FIRST_FILE, terms=Terms(needs_review=False, office="disdik", unit="")
    )

    assert (sent.needs_review, sent.office.code, sent.unit) == (True, "dinkes", "biro-organisasi")


# --- plans, prerequisites, windows, one file for several ---


PLANS = """
[[requirement]]
code = "renstra"
short = "RS"
name = "Rencana Strategis"
family = "SAKIP"
period = "five-years"
due = { anchor = "rpjmd", months = 1 }

[[requirement]]
code = "sop-data"
short = "SD"
name = "SOP Pengumpulan Data"
family = "SAKIP"
period = "once"
due = { anchor = "dpa", months = 6 }

[[requirement]]
code = "akuntabilitas-zi"
short = "ZA"
name = "Akuntabilitas ZI"
family = "ZI"
level = "zi-unit"
period = "year"
due = { anchor = "period-end" }
reviewer = "inspektorat"
"""
WANTING = REQUIREMENTS.replace(
    'due = { anchor = "dpa", months = 1 }\nreviewer = "biro-organisasi"',
    'due = { anchor = "dpa", months = 1 }\nreviewer = "biro-organisasi"\nwants = ["renstra"]\n'
    'wants_enforced = true\nserves = ["akuntabilitas-zi"]',
)
YEARS = CALENDAR + CALENDAR.replace("[2026]", "[2027]").replace("2026-", "2027-")
ASSIGNED = {"unit": [{"zi": ["dinkes"], "from": 2026}]}


@pytest.fixture
def planned(database: Database, clock: Clock) -> Register:
    """The small region with plans, a document of ZI, and 2026 and 2027 open."""
    offices, requirements, calendar = (tomllib.loads(text) for text in (OFFICES, WANTING + PLANS, YEARS))
    catalogue = read_catalogue(offices, requirements, calendar, ASSIGNED)
    register = open_region(database, clock, catalogue)
    assert "dinkes/renstra/2025-2029" not in register.open_year(catalogue, 2027)
    assert register.difference(catalogue, 2027, TODAY).changes == ()
    return register


@pytest.mark.parametrize("year", [2025, 2026, 2027, 2029])
def test_a_plan_is_listed_once_in_each_year_that_it_covers(planned: Register, year: int) -> None:
    plans = [one.id for one in planned.obligations(year=year, office="dinkes") if one.period.is_plan]

    assert plans == ["dinkes/renstra/2025-2029", "dinkes/sop-data/once"]


def test_after_its_years_it_is_not_listed(planned: Register) -> None:
    listed = [one.id for one in planned.obligations(year=2030, office="dinkes")]

    assert listed == ["dinkes/sop-data/once"]


def test_a_plan_is_not_waived_in_the_year_in_which_it_ends_and_the_next_begins(
    database: Database, clock: Clock
) -> None:
    long = PLANS.replace('"five-years"', '"twenty-years"')
    begins = small_catalogue(
        requirements=REQUIREMENTS + long,
        calendar=YEARS.replace("[2027]", '[2025]\nlong_plan = "2006-2026"').replace("2027-", "2025-"),
    )
    register = Register(database, clock)
    for year in (2026, 2025):
        register.open_year(begins, year)

    plans = {one.id for one in register.obligations(year=2026, office="dinkes") if one.requirement.code == "renstra"}
    assert plans == {"dinkes/renstra/2006-2026", "dinkes/renstra/2025-2045"}
    assert [register.difference(begins, year, TODAY).changes for year in (2025, 2026)] == [(), ()]


def test_zi_is_owed_by_the_units_that_were_designated(planned: Register) -> None:
    assert [one.id for one in planned.obligations(year=2026) if one.requirement.level == "zi-unit"] == [
        "dinkes/akuntabilitas-zi/2026"
    ]


def test_what_has_to_come_before_is_told_at_submission_and_enforced_at_approval(planned: Register) -> None:
    sent = planned.perform(Action.SUBMIT, planned.obligation("dinkes/pk/2026"), DINKES, content=FIRST_FILE)
    reviewed = planned.perform(Action.REVIEW, sent, SARI)

    assert sent.wanting == ("dinkes/renstra/2025-2029",)
    with pytest.raises(Refused) as refused:
        planned.perform(Action.APPROVE, reviewed, BUDI)
    assert refused.value.refusal.rule is Rule.PREREQUISITE

    plan = planned.perform(Action.SUBMIT, planned.obligation(sent.wanting[0]), DINKES, content=FIRST_FILE)
    planned.perform(Action.APPROVE, planned.perform(Action.REVIEW, plan, SARI), BUDI)
    assert planned.perform(Action.APPROVE, planned.obligation(reviewed.id), BUDI).wanting == ()


def test_a_unit_of_zi_does_not_wait_for_the_documents_of_another(database: Database, clock: Clock) -> None:
    later = PLANS.replace("akuntabilitas-zi", "lke-zi").replace('"ZA"', '"ZL"').partition('code = "lke-zi"')
    requirements = f'{REQUIREMENTS}{PLANS}[[requirement]]\nwants = ["akuntabilitas-zi"]\n{"".join(later[1:])}'
    offices, read, calendar = (tomllib.loads(text) for text in (OFFICES, requirements, CALENDAR))
    designated = {"unit": [{"zi": ["dinkes", "disdik"], "from": 2026}]}
    register = open_region(database, clock, read_catalogue(offices, read, calendar, designated))

    assert register.obligation("dinkes/lke-zi/2026").wanting == ("dinkes/akuntabilitas-zi/2026",)


def test_one_file_is_submitted_for_all_that_it_serves(database: Database, planned: Register) -> None:
    sent = planned.perform(Action.SUBMIT, planned.obligation("dinkes/pk/2026"), DINKES, content=FIRST_FILE)

    (served,) = planned.sharing(sent)
    assert (served.id, served.state, served.content) == ("dinkes/akuntabilitas-zi/2026", sent.state, FIRST_FILE)
    assert planned.trail(served.id)[-1].terms.by == sent.id

    planned.perform(Action.WITHDRAW, sent, DINKES, note="salah berkas")
    assert planned.obligation(served.id).state == "draft"
    assert verify(database).faults == ()


def test_a_document_with_a_file_of_its_own_keeps_it(planned: Register) -> None:
    own = planned.perform(
        Action.SUBMIT, planned.obligation("dinkes/akuntabilitas-zi/2026"), DINKES, content=FIRST_FILE
    )
    planned.perform(Action.SUBMIT, planned.obligation("dinkes/pk/2026"), DINKES, content=NEWER_FILE)

    assert planned.obligation(own.id) == own

    returned = planned.perform(Action.RETURN, own, WATI, findings=["Tabel kosong"])
    pk = planned.perform(Action.SUBMIT, planned.obligation("dinkes/pk/2026"), DINKES, content=FIRST_FILE)
    assert planned.obligation(own.id) == returned
    planned.perform(Action.WITHDRAW, pk, DINKES, note="salah berkas")
    assert planned.obligation(own.id) == returned


def test_outside_its_window_it_is_refused_until_the_bureau_lets_it_in(database: Database, clock: Clock) -> None:
    """The clock of the test stands on 5 January 2026, 15.00 in Jakarta."""
    windows = (
        CALENDAR + "windows.period-end = { submit = [2026-01-06, 2026-02-28], review = [2026-03-01, 2026-03-31] }\n"
    )
    register = open_region(database, clock, small_catalogue(calendar=windows))
    early = register.obligation("dinkes/lkjip/2025")

    with pytest.raises(Refused) as refused:
        register.perform(Action.SUBMIT, early, DINKES, content=FIRST_FILE)
    assert refused.value.refusal.rule is Rule.OUTSIDE_WINDOW

    clock.now = clock.now.replace(hour=17)  # 6 January in Jakarta
    sent = register.perform(Action.SUBMIT, early, DINKES, content=FIRST_FILE)
    with pytest.raises(Refused):
        register.perform(Action.REVIEW, sent, SARI)
    admitted = register.perform(Action.ADMIT, sent, ANI, note="diminta gubernur")
    assert register.perform(Action.REVIEW, admitted, SARI).state == "reviewed"
    assert verify(database).faults == ()


# --- offices over time ---


def test_an_office_that_has_ended_hands_over_what_is_open_and_keeps_what_it_did(
    database: Database, register: Register, approved: Obligation, clock: Clock
) -> None:
    catalogue, before = small_catalogue(offices=MERGED), clock.now
    assert register.difference(catalogue, 2026, date(2026, 6, 30)).changes == ()

    clock.now = clock.now.replace(month=7)
    found = register.difference(catalogue, 2026, date(2026, 7, 1))
    register.apply(catalogue, found, ANI, "Perda 3/2026")

    moved, kept = register.obligation("dinkes/pk/2026"), register.obligation(approved.id)
    assert (moved.office.name, kept.office.name) == ("Dinas Kesehatan dan Sosial", "Dinas Kesehatan")
    assert register.as_it_was(moved.id, before).office.name == "Dinas Kesehatan"
    assert register.trail(moved.id)[-1].action is Action.HAND_OVER
    assert register.vocabulary().offices["diskes"] == "dinkesos"
    assert register.difference(catalogue, 2026, date(2026, 7, 1)).changes == ()
    assert verify(database).faults == ()


def test_the_heir_does_not_owe_again_what_it_has_taken_over(register: Register) -> None:
    found = register.difference(small_catalogue(offices=MERGED), 2026, date(2026, 7, 1))

    assert {one.id for one in found.added} == {"dinkesos/ukur-tw/2026-q3", "dinkesos/ukur-tw/2026-q4"} - {
        one.id.replace("dinkes/", "dinkesos/") for one in register.obligations(office="dinkes")
    }
    assert len([one for one in found.changes if one.action is Action.HAND_OVER]) == 8


@pytest.mark.parametrize("since", ["", "valid_from = 2020-01-01\n"])
def test_an_office_that_takes_another_in_owes_what_it_owed_and_what_comes_to_it(
    register: Register, since: str
) -> None:
    own = {one.id for one in register.obligations(office="disdik")}
    ended = OFFICES.replace('name = "Dinas Kesehatan"', 'name = "Dinas Kesehatan"\nvalid_to = 2026-06-30')
    taking = ended.replace('code = "disdik"', f'{since}code = "disdik"\nfollows = ["dinkes"]')
    catalogue = small_catalogue(offices=taking)

    found = register.difference(catalogue, 2026, date(2026, 7, 1))
    assert (found.added, {change.action for change in found.changes}) == ((), {Action.HAND_OVER})

    register.apply(catalogue, found, ANI, "Perda 3/2026")
    theirs = {one.id: one for one in register.obligations(office="disdik")}
    assert theirs.keys() > own
    assert Duty.WAIVED not in {one.duty for one in theirs.values()}
    assert own <= {one.id for one in asked_in(catalogue, 2026)}


def test_an_office_renamed_twice_holds_a_plan_once_and_its_first_name_leads_to_it(
    database: Database, clock: Clock
) -> None:
    calendar = CALENDAR + CALENDAR.replace("[2026]", "[2027]").replace("2026-", "2027-")
    first = small_catalogue(requirements=REQUIREMENTS + PLANS, calendar=calendar)
    register = open_region(database, clock, first)
    thrice = MERGED.replace("valid_from = 2026-07-01", "valid_from = 2026-07-01\nvalid_to = 2026-12-31") + (
        '[[office]]\ncode = "dinsoskes"\nname = "Dinas Sosial dan Kesehatan"\nfollows = ["dinkesos"]\n'
        "valid_from = 2027-01-01\n"
    )
    for offices, today in ((MERGED, date(2026, 7, 1)), (thrice, date(2027, 1, 2))):
        catalogue = small_catalogue(offices=offices, requirements=REQUIREMENTS + PLANS, calendar=calendar)
        register.apply(catalogue, register.difference(catalogue, 2026, today), ANI, "Perda 3/2026")
    register.open_year(catalogue, 2027)

    plans = [one.id for one in register.obligations(office="dinsoskes") if one.requirement.code == "renstra"]
    assert plans == ["dinkes/renstra/2025-2029"]
    assert register.vocabulary().offices["diskes"] == "dinsoskes"


def test_as_it_was_tells_the_state_of_then(register: Register, clock: Clock, submitted: Obligation) -> None:
    then = clock.now
    register.perform(Action.REVIEW, submitted, SARI)

    assert register.as_it_was(submitted.id, then) == submitted


# --- the law ---

EDITS = st.lists(
    st.sampled_from(
        [
            ("requirements", "months = 2", "months = 3"),
            ("requirements", "months = 1", "days = 20"),
            ("requirements", "working_days = 10", "days = 5"),
            ("requirements", "biro-organisasi", "bappeda"),
            ("requirements", "review = false", "review = true"),
            ("requirements", 'ask = "declared"', 'ask = "all"'),
            ("requirements", 'name = "Perjanjian Kinerja"', 'name = "Perkin"\nask = "never"'),
            ("requirements", 'code = "dpa"', 'code = "rka"'),
            ("requirements", 'period = "quarter"', 'period = "semester"'),
            ("requirements", "year = -1", "year = 0"),
            ("offices", 'code = "disdik"', 'code = "dikbud"'),
            ("offices", 'name = "Dinas Kesehatan"', 'name = "Dinkes"\nvalid_to = 2025-12-31'),
            ("offices", 'name = "Dinas Pendidikan"', 'name = "Disdik"\nfollows = ["dinkes"]'),
            ("calendar", "dpa = 2026-01-02", "dpa = 2026-01-12"),
            ("calendar", 'plan = "2025-2029"', 'plan = "2026-2030"'),
        ]
    ),
    max_size=5,
)
QUICK = REQUIREMENTS.replace("working_days = 10", "days = 14")


Edits = list[list[tuple[str, str, str]]]
TWENTY = {
    "edits": st.lists(EDITS, min_size=20, max_size=20),
    "applies": st.lists(st.booleans(), min_size=20, max_size=20),
}
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@given(**TWENTY)
@settings(CALM, max_examples=5)
def test_no_edit_and_no_opening_changes_or_loses_what_has_moved(edits: Edits, applies: list[bool]) -> None:
    edit_and_open(edits, applies)


@pytest.mark.torture
@given(**TWENTY)
@settings(CALM, max_examples=50)
def test_a_thousand_edits_and_openings_change_and_lose_nothing_either(edits: Edits, applies: list[bool]) -> None:
    edit_and_open(edits, applies)


def edit_and_open(edits: Edits, applies: list[bool]) -> None:
    """Opening changes nothing that is there; applying changes nothing that is approved, and no state and content."""
    with TemporaryDirectory() as folder:
        database = Database.create(Path(folder) / "pantau.db")
        register = open_region(database, Clock(), small_catalogue(requirements=QUICK))
        sent = register.perform(Action.SUBMIT, register.obligation("dinkes/pk/2026"), DINKES, content=FIRST_FILE)
        lkjip = register.perform(Action.SUBMIT, register.obligation("dinkes/lkjip/2025"), DINKES, content=FIRST_FILE)
        done = register.perform(Action.APPROVE, register.perform(Action.REVIEW, lkjip, SARI), BUDI)
        for some, is_applied in zip(edits, applies, strict=True):
            texts = {"offices": OFFICES, "requirements": QUICK, "calendar": CALENDAR}
            for file, found, put in some:
                texts[file] = texts[file].replace(found, put, 1)
            catalogue = small_catalogue(**texts)
            before = {one.id: one for one in register.obligations()}
            register.open_year(catalogue, 2026)
            after = {one.id: one for one in register.obligations()}
            assert {name: after[name]._replace(office=one.office) for name, one in before.items()} == before
            if is_applied:
                register.apply(catalogue, register.difference(catalogue, 2026, TODAY), ANI, "SE 5/2026")
            now = {one.id: one for one in register.obligations()}
            assert now.keys() >= after.keys()
            assert now[done.id]._replace(office=done.office) == done
            assert (now[sent.id].state, now[sent.id].content, now[sent.id].submitter) == (
                *(State.SUBMITTED, FIRST_FILE, "dinkes"),
            )
        assert verify(database).faults == ()
        database.close()
