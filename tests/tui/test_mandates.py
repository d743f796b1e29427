"""Acting officials: in another's place, or in a further role, from the first day until the end of the last."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.tui.conftest import LKJIP, Elsewhere
from tui import session, verbs, workspace
from tui.main import main
from tui.session import Session
from tui.verbs import mandate
from tui.workspace import Workspace
from workflow import Hat, Role

PEOPLE = """
[[person]]
name = "sari"
role = "reviewer"
[[person]]
name = "rini"
role = "reviewer"
[[person]]
name = "lina"
role = "leader"
[[person]]
name = "wati"
role = "administrator"
[[person]]
name = "dina"
role = "office"
unit = "diskes"
[[person]]
name = "yuli"
role = "office"
unit = "diskes"
[[person]]
name = "tono"
role = "office"
unit = "bpbd"
"""
GIVEN = ("--from", "2026-03-10", "--until", "2026-03-12", "--note", "cuti")
GIVEN_ON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
BEFORE = datetime(2026, 3, 9, 16, 59, 59, tzinfo=UTC)  # a second before midnight in Jakarta
FIRST = datetime(2026, 3, 9, 17, 0, tzinfo=UTC)
LAST = datetime(2026, 3, 12, 16, 59, 59, tzinfo=UTC)
AFTER = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
Set = Callable[[datetime], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Set:
    """What time it is, for all that tui hands a clock to."""

    def at(moment: datetime) -> None:
        for module in (workspace, session, verbs, mandate):
            monkeypatch.setattr(module, "now", lambda: moment)

    at(GIVEN_ON)
    return at


@pytest.fixture(autouse=True)
def listed(workspace: Workspace, clock: Set) -> None:
    workspace.people.write_text(PEOPLE, encoding="utf-8")


def run(place: Workspace, *arguments: str) -> int:
    return main(["--lang", "en", "--workspace", str(place.root), *arguments])


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        pytest.param(BEFORE, 1, id="the evening before"),
        pytest.param(FIRST, 0, id="the first moment of the first day"),
        pytest.param(LAST, 0, id="the last second of the last day"),
        pytest.param(AFTER, 1, id="the night after"),
    ],
)
@pytest.mark.parametrize(
    "given",
    [
        pytest.param(("--as", "sari", "delegate", "lina"), id="in another's place"),
        pytest.param(("--as", "wati", "grant", "lina", "--role", "reviewer"), id="in a further role"),
    ],
)
def test_a_mandate_holds_from_its_first_day_until_the_end_of_its_last(
    workspace: Workspace, elsewhere: Elsewhere, clock: Set, given: tuple[str, ...], moment: datetime, code: int
) -> None:
    elsewhere.submit(LKJIP)
    assert run(workspace, *given, *GIVEN) == 0
    clock(moment)

    assert run(workspace, "--as", "lina", "review", LKJIP) == code


def test_the_trail_tells_in_whose_place_it_was_done(
    workspace: Workspace, elsewhere: Elsewhere, clock: Set, capsys: pytest.CaptureFixture[str]
) -> None:
    """And not as of an office that something is filed for."""
    elsewhere.submit(LKJIP)
    run(workspace, "--as", "sari", "delegate", "lina", *GIVEN)
    clock(FIRST)
    run(workspace, "--as", "lina", "review", LKJIP)
    capsys.readouterr()

    assert run(workspace, "log", LKJIP) == 0
    assert "reviewed: lina (reviewer) in the place of sari" in capsys.readouterr().out


@pytest.mark.parametrize("names", [("sari", "lina"), ("lina", "sari")], ids=["the giver", "who acts"])
def test_nobody_decides_with_two_names_on_what_they_sent_with_one(
    workspace: Workspace, elsewhere: Elsewhere, clock: Set, names: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    run(workspace, "--as", "sari", "delegate", "lina", *GIVEN)
    clock(FIRST)
    sender, reader = names
    elsewhere.hold("LKjIP Diskes.pdf", LKJIP)
    assert run(workspace, "--as", sender, "place", "1", LKJIP) == 0
    capsys.readouterr()

    assert run(workspace, "--as", reader, "review", LKJIP) == 1
    assert "rule of other eyes, sari has submitted it" in capsys.readouterr().err


def test_an_offices_person_with_a_mandate_reviews_nothing_of_their_office_and_reads_why(
    workspace: Workspace, elsewhere: Elsewhere, clock: Set, capsys: pytest.CaptureFixture[str]
) -> None:
    """An office's people are given none, but whoever was given one can come to be of an office."""
    as_leader = PEOPLE.replace('"dina"\nrole = "office"\nunit = "diskes"', '"dina"\nrole = "leader"')
    workspace.people.write_text(as_leader, encoding="utf-8")
    assert run(workspace, "--as", "wati", "grant", "dina", "--role", "reviewer", *GIVEN) == 0
    workspace.people.write_text(PEOPLE, encoding="utf-8")
    clock(FIRST)
    elsewhere.hold("LKjIP Diskes.pdf", LKJIP)
    assert run(workspace, "--as", "wati", "place", "1", LKJIP) == 0
    capsys.readouterr()

    assert run(workspace, "--as", "dina", "review", LKJIP) == 1
    assert "rule of other eyes, it is of dina's own office" in capsys.readouterr().err


def test_who_acts_for_a_person_has_the_powers_of_their_role_and_of_no_other(
    workspace: Workspace, clock: Set, capsys: pytest.CaptureFixture[str]
) -> None:
    run(workspace, "--as", "sari", "delegate", "lina", *GIVEN)
    clock(FIRST)

    assert Session(workspace, "lina").actor.hats == (Hat(Role.REVIEWER, "", "sari"),)
    assert run(workspace, "--as", "lina", "retry") == 0
    assert run(workspace, "--as", "lina", "open-year", "2026") == 1
    assert run(workspace, "--as", "lina", "grant", "rini", "--role", "approver", *GIVEN) == 1


def test_what_was_delegated_is_not_delegated_on(workspace: Workspace, clock: Set) -> None:
    run(workspace, "--as", "sari", "delegate", "lina", *GIVEN)
    clock(FIRST)

    assert run(workspace, "--as", "lina", "delegate", "rini", *GIVEN) == 0
    assert Session(workspace, "rini").actor.hats == (Hat(Role.LEADER, "", "lina"),)


def test_a_mandate_is_ended_by_its_giver_or_an_administrator_and_by_nobody_else(
    workspace: Workspace, clock: Set, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere.submit(LKJIP)
    run(workspace, "--as", "sari", "delegate", "lina", *GIVEN)
    clock(FIRST)
    assert run(workspace, "--as", "lina", "revoke", "1", "--note", "saya saja") == 1
    assert run(workspace, "--as", "sari", "revoke", "1", "--note", " ") == 1
    assert run(workspace, "--as", "sari", "revoke", "1", "--note", "sudah pulang") == 0
    clock(FIRST.replace(minute=1))

    assert run(workspace, "--as", "lina", "review", LKJIP) == 1
    assert run(workspace, "--as", "wati", "revoke", "1", "--note", "lagi") == 2


@pytest.mark.parametrize(
    ("moment", "standing"),
    [(GIVEN_ON, "not yet"), (FIRST, "in force"), (LAST, "in force"), (AFTER, "over")],
    ids=["before", "first", "last", "after"],
)
def test_all_mandates_are_listed_with_what_is_in_force(
    workspace: Workspace, clock: Set, moment: datetime, standing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(workspace, "--as", "sari", "delegate", "lina", *GIVEN)
    clock(moment)
    capsys.readouterr()

    assert run(workspace, "--as", "rini", "mandates") == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"   1  lina (reviewer) in the place of sari  10 March 2026 - 12 March 2026  {standing}"
    assert second == "      given by sari: cuti"
    assert run(workspace, "--as", "rini", "mandates", "--json") == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["in_force"] == (standing == "in force")
    assert (told["begins"], told["ends"]) == ("2026-03-09T17:00:00.000000+00:00", "2026-03-12T17:00:00.000000+00:00")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("delegate siapa", "There is no person 'siapa'", id="who is not listed"),
        pytest.param("delegate sari", "nobody gives a mandate to themselves", id="oneself"),
        pytest.param("delegate dina", "an office's people act for their own office only", id="somebody of an office"),
        pytest.param("grant lina --role approver", "Who could: administrator", id="not one's to grant"),
    ],
)
def test_a_mandate_that_cannot_be_given_is_refused_in_one_sentence(
    workspace: Workspace, line: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, "--as", "sari", *line.split(), *GIVEN) != 0
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert len(err.splitlines()) == 1
    assert run(workspace, "mandates") == 0
    assert capsys.readouterr().out == "Nobody acts for anybody else.\n"


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        pytest.param("2026-03-01", "2026-03-12", 2, id="begins yesterday"),
        pytest.param("2026-03-12", "2026-03-10", 1, id="ends before it begins"),
        pytest.param("besok", "2026-03-10", 2, id="no day"),
        pytest.param("2026-03-02", "2026-03-02", 0, id="for today alone"),
    ],
)
def test_its_days_have_to_be_days_to_come(workspace: Workspace, first: str, last: str, code: int) -> None:
    assert run(workspace, "--as", "sari", "delegate", "lina", "--from", first, "--until", last, "--note", "x") == code


@pytest.mark.parametrize(
    ("giver", "line", "code"),
    [
        pytest.param("dina", "delegate yuli", 0, id="a colleague"),
        pytest.param("dina", "delegate tono", 2, id="another office"),
        pytest.param("dina", "delegate sari", 2, id="a reviewer"),
        pytest.param("wati", "grant dina --role reviewer", 2, id="to review what one's own office sends"),
        pytest.param("wati", "grant dina --role office --unit bpbd", 2, id="to act for a second office"),
        pytest.param("wati", "grant sari --role office --unit bpbd", 2, id="to send what one reviews"),
    ],
)
def test_the_people_of_an_office_act_for_it_alone(workspace: Workspace, giver: str, line: str, code: int) -> None:
    assert run(workspace, "--as", giver, *line.split(), *GIVEN) == code


def test_an_office_is_told_of_its_own_mandates_only(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(workspace, "--as", "sari", "delegate", "lina", *GIVEN) == 0
    assert run(workspace, "--as", "dina", "delegate", "yuli", *GIVEN) == 0
    capsys.readouterr()

    for name, persons in (("yuli", ["yuli"]), ("tono", []), ("lina", ["lina", "yuli"])):
        assert run(workspace, "--as", name, "mandates", "--json") == 0
        assert [one["person"] for one in json.loads(capsys.readouterr().out)] == persons


def test_a_mandate_that_is_over_was_in_force_when_it_was(
    workspace: Workspace, clock: Set, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, "--as", "sari", "delegate", "lina", *GIVEN) == 0
    clock(AFTER)
    capsys.readouterr()

    for day, said, is_in_force in (("2026-03-08", "not yet", False), ("2026-03-11", "in force", True)):
        assert run(workspace, "mandates", "--as-at", day) == 0
        assert said in capsys.readouterr().out
        assert run(workspace, "mandates", "--as-at", day, "--json") == 0
        assert [one["in_force"] for one in json.loads(capsys.readouterr().out)] == [is_in_force]
    assert run(workspace, "mandates") == 0
    assert "over" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        pytest.param('role = "reviewer"', 2, id="a person"),
        pytest.param('role = "office"\nunit = "bpbd"', 2, id="a person of another office"),
        pytest.param('role = "office"\nunit = "diskes"', 0, id="the office itself"),
    ],
)
def test_nobody_bears_the_code_of_an_office(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], entry: str, code: int
) -> None:
    """The trail could not tell the person from the drop folder."""
    workspace.people.write_text(f'[[person]]\nname = "diskes"\n{entry}\n', encoding="utf-8")

    assert main(["--workspace", str(workspace.root), "--lang", "en", "--as", "diskes", "status"]) == code
    assert ("diskes is the code of an office" in capsys.readouterr().err) is bool(code)
