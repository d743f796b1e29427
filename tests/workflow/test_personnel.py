"""Who there is, who may act on a day, by which keys they come, and every change of that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.workflow.conftest import ANI, SARI, WATI, Clock, by_hand, open_region
from tests.workflow.keys import key
from workflow import (
    Actor,
    Database,
    Enrolment,
    Forbidden,
    Integrity,
    InThePast,
    Misfit,
    Past,
    Personnel,
    Presence,
    Role,
    Unknown,
    Unsuitable,
    verify,
)

LAMPUNG = timezone(timedelta(hours=7))
JOKO = Actor("joko", Role.LEADER)
DINA = Actor("dina", Role.OFFICE, "dinkes")
TODAY = date(2026, 1, 5)


@pytest.fixture
def those(database: Database, clock: Clock) -> Personnel:
    """Wati, the administrator, and Sari are listed in the file; the region is seven hours ahead of the clock."""
    open_region(database, clock)
    return Personnel(database, clock, LAMPUNG, lambda: (WATI, SARI))


@pytest.fixture
def recorded(those: Personnel) -> Personnel:
    """Joko was added, so that everybody is recorded; he has the first key."""
    those.add(WATI, JOKO, key(1))
    return those


def misfit(change: Callable[[], object]) -> Misfit:
    with pytest.raises(Unsuitable) as refused:
        change()
    return refused.value.misfit


def test_as_long_as_nobody_is_recorded_the_file_says_who_there_is(those: Personnel) -> None:
    assert not those.is_recorded
    assert those.present() == {"wati": WATI, "sari": SARI}
    assert those.admitted() == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda p: p.add(WATI, JOKO), id="somebody new"),
        pytest.param(lambda p: p.change(WATI, "sari", unit="bappeda"), id="another unit"),
        pytest.param(lambda p: p.suspend(WATI, "sari", "cuti"), id="suspended"),
        pytest.param(lambda p: p.give_key(WATI, "sari", key(1)), id="a key"),
    ],
)
def test_the_first_change_records_everybody_and_the_file_counts_no_more(
    those: Personnel, database: Database, clock: Clock, change: Callable[[Personnel], object]
) -> None:
    change(those)

    assert those.is_recorded
    now = Personnel(database, clock, LAMPUNG, lambda: pytest.fail("the file is not read any more"))
    assert {"wati", "sari"} <= {one.name for one in now.all()}
    assert now.changes("sari")[0]._replace(number=0, at="") == Enrolment(
        0, "", "wati", "", "sari", Role.REVIEWER, "biro-organisasi", note="people.toml"
    )
    assert verify(database).faults == ()


def test_whoever_is_enrolled_can_act_and_it_is_known_who_said_so_when_and_why(recorded: Personnel) -> None:
    by = WATI._replace(via="pts/1 key:abc")

    one = recorded.add(by, DINA, begins=date(2026, 1, 1), ends=date(2026, 6, 30), note="SK 12/2026")

    assert (one.actor, one.via, one.note) == ("wati", "pts/1 key:abc", "SK 12/2026")
    assert (one.begins, one.ends) == (date(2026, 1, 1), date(2026, 6, 30))
    assert datetime.fromisoformat(one.at).tzinfo == UTC
    assert recorded.present()["dina"] == DINA


@pytest.mark.parametrize(
    ("one", "presence"),
    [
        pytest.param({}, Presence.ACTIVE, id="always"),
        pytest.param({"begins": TODAY, "ends": TODAY}, Presence.ACTIVE, id="first and last day are within"),
        pytest.param({"begins": TODAY + timedelta(1)}, Presence.NOT_BEGUN, id="from tomorrow"),
        pytest.param({"ends": TODAY - timedelta(1)}, Presence.ENDED, id="until yesterday"),
        pytest.param({"is_suspended": True}, Presence.SUSPENDED, id="suspended"),
        pytest.param({"is_suspended": True, "ends": TODAY - timedelta(1)}, Presence.ENDED, id="suspended, and over"),
        pytest.param(
            {"is_suspended": True, "begins": TODAY + timedelta(1)}, Presence.SUSPENDED, id="before it began"
        ),
    ],
)
def test_a_person_may_act_on_the_days_that_were_said_and_unless_suspended(
    one: dict[str, object], presence: Presence
) -> None:
    assert Enrolment.of(JOKO)._replace(**one).presence(TODAY) is presence  # type: ignore[arg-type]


def test_a_day_is_over_by_the_clock_of_the_region(recorded: Personnel, clock: Clock) -> None:
    recorded.end(WATI, "joko", "pindah", TODAY)
    clock.now = datetime(2026, 1, 5, 16, 59, 50, tzinfo=UTC)
    assert "joko" in recorded.present()

    clock.now = datetime(2026, 1, 5, 17, 0, tzinfo=UTC)
    assert "joko" not in recorded.present()
    assert recorded.admitted() == []


def test_whoever_ends_without_a_day_is_out_at_once_and_today_was_the_last(recorded: Personnel) -> None:
    one = recorded.end(WATI, "joko", "pindah")

    assert (one.ends, one.presence(TODAY), one.presence(TODAY + timedelta(1))) == (
        TODAY,
        Presence.SUSPENDED,
        Presence.ENDED,
    )
    assert recorded.holder(key(1)) is None


def test_a_suspended_person_is_out_until_resumed(recorded: Personnel) -> None:
    recorded.suspend(WATI, "joko", "cuti panjang")
    assert ("joko" in recorded.present(), recorded.holder(key(1)), recorded.admitted()) == (False, None, [])

    one = recorded.resume(WATI, "joko")
    assert recorded.holder(key(1)) == one
    assert recorded.admitted() == [(one, key(1))]
    assert [(it.is_suspended, it.note) for it in recorded.changes("joko")] == [
        (False, ""),
        (True, "cuti panjang"),
        (False, ""),
    ]


@pytest.mark.parametrize(
    ("person", "why"),
    [
        pytest.param(Actor("", Role.LEADER), Misfit.NAME, id="none"),
        pytest.param(Actor(" joni", Role.LEADER), Misfit.NAME, id="a blank before it"),
        pytest.param(Actor("joni\n", Role.LEADER), Misfit.NAME, id="a line end"),
        pytest.param(Actor("jo\x1bni", Role.LEADER), Misfit.NAME, id="an escape"),
        pytest.param(Actor("jo\u202eni", Role.LEADER), Misfit.NAME, id="turned round"),
        pytest.param(Actor("--help", Role.LEADER), Misfit.NAME, id="an option"),
        pytest.param(Actor("j" * 65, Role.LEADER), Misfit.NAME, id="endless"),
        pytest.param(Actor("joko", Role.LEADER), Misfit.NAME_TAKEN, id="once more"),
        pytest.param(Actor("SARI", Role.APPROVER), Misfit.NAME_TAKEN, id="shouted"),
        pytest.param(Actor("ｓａｒｉ", Role.APPROVER), Misfit.NAME_TAKEN, id="in wide letters"),
        pytest.param(Actor("Disdik", Role.LEADER), Misfit.NAME_OF_OFFICE, id="an office"),
        pytest.param(Actor("disdik", Role.OFFICE, "dinkes"), Misfit.NAME_OF_OFFICE, id="another office"),
        pytest.param(Actor("deni", Role.OFFICE, "dinkess"), Misfit.NO_OFFICE, id="of no office"),
        pytest.param(Actor("deni", Role.OFFICE), Misfit.NO_OFFICE, id="of none at all"),
        pytest.param(Actor("deni", Role.REVIEWER, "a\tb"), Misfit.NO_OFFICE, id="a unit of two columns"),
    ],
)
def test_a_name_is_one_persons_and_can_be_put_into_a_command(recorded: Personnel, person: Actor, why: Misfit) -> None:
    before = recorded.all()

    assert misfit(lambda: recorded.add(WATI, person)) is why
    assert recorded.all() == before


def test_the_people_of_the_file_are_held_to_the_same(database: Database, clock: Clock) -> None:
    open_region(database, clock)
    those = Personnel(database, clock, LAMPUNG, lambda: (WATI, Actor("-x", Role.LEADER)))

    assert misfit(lambda: those.add(WATI, JOKO)) is Misfit.NAME
    assert not those.is_recorded


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param(lambda p: p.add(WATI, DINA, begins=TODAY, ends=date(2026, 1, 4)), Misfit.DAYS, id="days"),
        pytest.param(lambda p: p.suspend(WATI, "joko", " "), Misfit.NOTE_REQUIRED, id="suspended without a word"),
        pytest.param(lambda p: p.end(WATI, "joko", ""), Misfit.NOTE_REQUIRED, id="ended without a word"),
        pytest.param(lambda p: p.revoke_key(WATI, "joko", "", "\t"), Misfit.NOTE_REQUIRED, id="shut out without one"),
        pytest.param(lambda p: p.resume(WATI, "joko"), Misfit.SAME, id="who was not suspended"),
        pytest.param(lambda p: p.change(WATI, "joko", role=Role.LEADER), Misfit.SAME, id="what he is"),
        pytest.param(lambda p: p.change(WATI, "joko", role=Role.OFFICE), Misfit.NO_OFFICE, id="of no office"),
        pytest.param(lambda p: p.give_key(WATI, "joko", key(1)), Misfit.SAME, id="the key that he has"),
        pytest.param(lambda p: p.give_key(WATI, "sari", key(1)), Misfit.KEY_TAKEN, id="another's key"),
        pytest.param(lambda p: p.add(WATI, DINA, key(1)), Misfit.KEY_TAKEN, id="another's key to begin with"),
        pytest.param(lambda p: p.replace_key(WATI, "sari", key(2)), Misfit.NO_KEY, id="for none"),
        pytest.param(lambda p: p.revoke_key(WATI, "joko", "zzzz", "x"), Misfit.NO_KEY, id="not one of his"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    recorded: Personnel, database: Database, change: Callable[[Personnel], object], why: Misfit
) -> None:
    before = (recorded.all(), recorded.keys(), verify(database).head)

    assert misfit(lambda: change(recorded)) is why
    assert (recorded.all(), recorded.keys(), verify(database).head) == before


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda p: p.add(ANI, DINA), id="add"),
        pytest.param(lambda p: p.suspend(ANI, "joko", "x"), id="suspend"),
        pytest.param(lambda p: p.change(SARI, "sari", role=Role.ADMINISTRATOR), id="oneself"),
        pytest.param(lambda p: p.give_key(SARI, "sari", key(2)), id="one's own key"),
        pytest.param(lambda p: p.revoke_key(ANI, "joko", "", "x"), id="another's key"),
    ],
)
def test_only_an_administrator_changes_who_there_is(
    recorded: Personnel, change: Callable[[Personnel], object]
) -> None:
    before = (recorded.all(), recorded.keys())

    with pytest.raises(Forbidden):
        change(recorded)

    assert (recorded.all(), recorded.keys()) == before


def test_a_person_whom_nobody_knows_is_named_with_the_nearest(recorded: Personnel) -> None:
    with pytest.raises(Unknown) as unknown:
        recorded.suspend(WATI, "jokko", "x")

    assert (unknown.value.what, unknown.value.nearest) == ("person", ("joko",))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda p: p.suspend(WATI, "wati", "x"), id="suspended"),
        pytest.param(lambda p: p.change(WATI, "wati", role=Role.LEADER), id="another role"),
        pytest.param(lambda p: p.change(WATI, "wati", begins=date(2026, 2, 1)), id="begins later"),
        pytest.param(lambda p: p.end(WATI, "wati", "x"), id="ended"),
        pytest.param(lambda p: p.end(WATI, "wati", "x", date(2026, 12, 31)), id="ends some day"),
    ],
)
def test_the_last_administrator_stays_until_there_is_another(
    recorded: Personnel, change: Callable[[Personnel], object]
) -> None:
    assert misfit(lambda: change(recorded)) is Misfit.LAST_ADMINISTRATOR

    second = Actor("tuti", Role.ADMINISTRATOR)
    recorded.add(WATI, second, ends=date(2026, 3, 31))
    assert misfit(lambda: change(recorded)) is Misfit.LAST_ADMINISTRATOR  # who goes earlier

    recorded.change(WATI, "tuti", ends=None)
    change(recorded)
    assert recorded.present()["tuti"] == second


def test_where_there_was_no_administrator_nobody_has_to_be_one(database: Database, clock: Clock) -> None:
    """The account of the workspace is one all the same, and is listed nowhere."""
    open_region(database, clock)
    those = Personnel(database, clock, LAMPUNG, lambda: (SARI,))

    assert those.add(Actor("root", Role.ADMINISTRATOR), JOKO).name == "joko"


def test_a_key_is_replaced_and_revoked_and_what_was_is_kept(recorded: Personnel, clock: Clock) -> None:
    recorded.replace_key(WATI, "joko", key(2), note="laptop baru")
    assert (recorded.holder(key(1)), recorded.holder(key(2))) == (None, recorded.person("joko"))
    recorded.give_key(WATI, "joko", key(3))
    assert misfit(lambda: recorded.replace_key(WATI, "joko", key(4))) is Misfit.WHICH_KEY

    recorded.revoke_key(WATI, "joko", key(2).fingerprint[:16], "hilang")

    assert [(one.key, one.is_in_use, one.revoked_why) for one in recorded.keys("joko")] == [
        (key(1), False, "laptop baru"),
        (key(2), False, "hilang"),
        (key(3), True, None),
    ]
    assert recorded.admitted() == [(recorded.person("joko"), key(3))]


def test_a_key_that_was_revoked_is_its_own_persons_again_or_nobodys(recorded: Personnel) -> None:
    recorded.revoke_key(WATI, "joko", "", "hilang")
    assert misfit(lambda: recorded.give_key(WATI, "sari", key(1))) is Misfit.KEY_TAKEN

    recorded.give_key(WATI, "joko", key(1), "ditemukan")
    assert recorded.holder(key(1)) == recorded.person("joko")


def test_a_key_with_a_made_up_type_is_nobodys(recorded: Personnel) -> None:
    assert recorded.holder(key(1)._replace(type="ssh-rsa")) is None
    assert recorded.holder(key(9)) is None


@pytest.mark.parametrize("table", ["enrolment", "public_key"])
def test_what_was_recorded_stays(recorded: Personnel, path: Path, table: str) -> None:
    assert "append-only" in by_hand(path, f"UPDATE {table} SET note = 'x'")
    assert "append-only" in by_hand(path, f"DELETE FROM {table}")
    assert by_hand(path, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}") != ""


@pytest.mark.parametrize(
    ("person", "change", "number"),
    [
        pytest.param("sari", "added", 1, id="another's"),
        pytest.param("joko", "added", 1, id="in use"),
        pytest.param("joko", "revoked", 2, id="never given"),
        pytest.param("siapa", "added", 2, id="nobody's"),
    ],
)
def test_not_even_the_tables_take_one_key_for_two(
    recorded: Personnel, database: Database, person: str, change: str, number: int
) -> None:
    one = key(number)
    values = (2, "", "wati", "", person, change, one.type, one.blob, one.fingerprint, "", "")

    with pytest.raises(Integrity, match="of one person"):
        database.run(f"INSERT INTO public_key VALUES ({', '.join('?' * len(values))})", *values)


def test_people_and_keys_can_be_asked_for_as_at_a_moment(recorded: Personnel, clock: Clock, path: Path) -> None:
    then = clock.now
    said = (recorded.all(), recorded.keys())
    recorded.suspend(WATI, "joko", "cuti")
    recorded.revoke_key(WATI, "joko", "", "hilang")
    past = Past(path, then)
    back = Personnel(past, lambda: then, LAMPUNG)

    assert (back.all(), back.keys()) == said
    assert back.present().keys() == {"wati", "sari", "joko"}
    with pytest.raises(InThePast):
        back.resume(WATI, "joko")
    past.close()


def test_before_anybody_was_recorded_there_is_whoever_else_is_named(
    those: Personnel, clock: Clock, path: Path
) -> None:
    then = clock()
    those.add(WATI, JOKO)
    past = Past(path, then)

    back = Personnel(past, lambda: then, LAMPUNG, those.actors)
    assert (back.is_recorded, [one.name for one in back.all()]) == (False, ["wati", "sari", "joko"])
    past.close()
