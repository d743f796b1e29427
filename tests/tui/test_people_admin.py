"""Who there is and by which keys they come, as an administrator changes it and everybody else is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from tests.tui.conftest import LKJIP, PEOPLE, SARI, Elsewhere
from tests.tui.screens import LARGE, seen, until, until_seen
from tests.workflow.keys import key, rsa, written
from tui import enrolling
from tui.app import PantauApp
from tui.main import main
from tui.people import personnel
from tui.session import Session
from tui.workspace import Workspace, now
from workflow import Action, Actor, Flaw, Misfit, Personnel, Presence, Role, Unsuitable

WATI = Actor("wati", Role.ADMINISTRATOR)
DAY = timedelta(days=1)
LISTED = PEOPLE + '[[person]]\nname = "wati"\nrole = "administrator"\n'


@pytest.fixture
def place(workspace: Workspace) -> Workspace:
    workspace.people.write_text(LISTED, encoding="utf-8")
    return workspace


@pytest.fixture
def known(place: Workspace) -> Iterator[Personnel]:
    """As another process has it."""
    database = place.open_database()
    yield personnel(place, database, now)
    database.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "id_ed25519.pub"
    path.write_text(written(1, "laptop") + "\n", encoding="utf-8")
    return path


def run(place: Workspace, who: str, *arguments: str) -> int:
    return main(["--lang", "en", "--workspace", str(place.root), "--as", who, *arguments])


def asked(place: Workspace, capsys: pytest.CaptureFixture[str], who: str, *arguments: str) -> Any:
    capsys.readouterr()
    assert run(place, who, "people", *arguments, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_somebody_is_enrolled_with_a_key_and_the_file_counts_no_more(
    place: Workspace, known: Personnel, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ["people", "add", "dina", "--role", "office", "--office", "diskes", "--until", "2099-12-31"]
    assert run(place, "wati", *told, "--key", str(file), "--note", "SK 3/2026") == 0

    out, err = capsys.readouterr()
    assert out.split("\n")[0] == "dina  office  diskes  last day 31 December 2099: SK 3/2026 (wati)"
    assert f"key {key(1).fingerprint}  since " in out
    assert out.endswith("  laptop\n")
    assert err == "4 people of people.toml are recorded now; the file is not read any more, and can go.\n"
    place.people.write_text("not even [[ in order", encoding="utf-8")
    assert run(place, "dina", "status") == 0
    assert known.person("sari").role is Role.REVIEWER
    assert run(place, "wati", "people", "suspend", "sari", "--note", "cuti") == 0
    assert "people.toml" not in capsys.readouterr().err


def test_a_key_comes_from_the_input_too(place: Workspace, known: Personnel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(written(4).encode())))

    assert run(place, "wati", "people", "key", "add", "sari", "-") == 0

    assert known.admitted() == [(known.person("sari"), key(4))]


def test_keys_are_replaced_and_revoked(place: Workspace, known: Personnel, file: Path) -> None:
    assert run(place, "wati", "people", "key", "add", "sari", str(file)) == 0
    file.write_text(written(2))
    assert run(place, "wati", "people", "key", "replace", "sari", str(file), "--note", "laptop baru") == 0
    assert [one.is_in_use for one in known.keys("sari")] == [False, True]
    file.write_text(written(3))
    assert run(place, "wati", "people", "key", "add", "sari", str(file)) == 0

    assert run(place, "wati", "people", "key", "revoke", "sari", "--note", "hilang") == 1  # which one?
    assert run(place, "wati", "people", "key", "revoke", "sari", key(2).fingerprint, "--note", "hilang") == 0
    assert [one for _, one in known.admitted()] == [key(3)]


@pytest.mark.parametrize("who", ["sari", "budi", "lina"])
@pytest.mark.parametrize(
    "change",
    [
        ["add", "joko", "--role", "leader"],
        ["change", "sari", "--role", "administrator"],
        ["suspend", "wati", "--note", "x"],
        ["resume", "sari"],
        ["end", "wati", "--note", "x"],
        ["key", "revoke", "wati", "--note", "x"],
    ],
    ids=" ".join,
)
def test_nobody_else_changes_who_there_is(
    place: Workspace, known: Personnel, who: str, change: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(place, who, "people", *change) == 1

    assert "cannot enrol people, or give them keys with the role of" in capsys.readouterr().err
    assert not known.is_recorded


def test_nobody_else_gives_a_key_even_to_themselves(place: Workspace, known: Personnel, file: Path) -> None:
    assert run(place, "sari", "people", "key", "add", "sari", str(file)) == 1
    assert not known.is_recorded


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [
        pytest.param("add Sari --role leader", 1, "too much like sari", id="name taken"),
        pytest.param("add diskes --role leader", 1, "the code of an office", id="an office"),
        pytest.param("add dina --role office --office disks", 2, "Did you mean diskes", id="no office"),
        pytest.param("add dina --role office", 1, "--office CODE", id="of no office"),
        pytest.param("add dina --role office --unit diskes", 2, "of an --office", id="an office is no unit"),
        pytest.param("add dina --role leader --office diskes", 2, "of an --office", id="nor a unit an office"),
        pytest.param("add dina --role raja", 2, "", id="no role"),
        pytest.param("add dina --role leader --until besok", 2, "besok is not a date", id="no day"),
        pytest.param("add dina --role leader --key nowhere.pub", 2, "nowhere.pub cannot be read", id="no file"),
        pytest.param("suspend wati --note x", 1, "last administrator", id="the last administrator"),
        pytest.param("suspend siapa --note x", 2, "There is no person 'siapa'", id="nobody"),
        pytest.param("suspend sari", 2, "missing: --note", id="without a word"),
        pytest.param("change sari --role reviewer", 1, "That is so of sari already", id="as it is"),
        pytest.param("key", 2, "missing: HOW", id="what of the key"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    place: Workspace,
    known: Personnel,
    change: str,
    code: int,
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    try:
        found = run(place, "wati", "people", *change.split())
    except SystemExit as stop:
        found = int(str(stop.code))

    assert found == code
    out, err = capsys.readouterr()
    assert (out, told in err) == ("", True)
    assert not known.is_recorded


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(rsa(2048), "shorter than 3072 bits", id="short"),
        pytest.param("-----BEGIN OPENSSH PRIVATE KEY-----\n", "This is a private key", id="private"),
        pytest.param(f'command="sh" {written(1)}', "options before the key", id="options"),
    ],
)
def test_what_is_no_key_is_told_in_a_sentence_and_enrols_nobody(
    place: Workspace, known: Personnel, file: Path, text: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(text)

    assert run(place, "wati", "people", "add", "joko", "--role", "leader", "--key", str(file)) == 2
    assert told in capsys.readouterr().err
    assert not known.is_recorded


def test_whoever_goes_over_to_an_office_leaves_their_unit_behind(place: Workspace, known: Personnel) -> None:
    assert run(place, "wati", "people", "change", "sari", "--unit", "bappeda", "--until", "2099-01-31") == 0
    assert run(place, "wati", "people", "change", "sari", "--role", "office") == 1
    assert run(place, "wati", "people", "change", "sari", "--role", "office", "--office", "diskes") == 0
    assert run(place, "wati", "people", "change", "sari", "--role", "leader", "--until", "-") == 0

    assert [(one.role, one.unit, one.ends is None) for one in known.changes("sari")[1:]] == [
        (Role.REVIEWER, "bappeda", False),
        (Role.OFFICE, "diskes", False),
        (Role.LEADER, "", True),
    ]


def test_keys_are_for_the_bureau_and_for_whoever_has_them(
    place: Workspace, known: Personnel, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    known.give_key(WATI, "sari", key(1, "laptop"))
    via = f"pts/1 key:{key(1).fingerprint[7:19]}"
    elsewhere.submit(LKJIP)
    elsewhere.decide(Action.TAKE, LKJIP, SARI._replace(via=via))

    for who, may_know in (("wati", True), ("sari", True), ("budi", False), ("lina", False)):
        keys = asked(place, capsys, who, "show", "sari")["keys"]
        assert (keys is not None) is may_know
        assert run(place, who, "people", "show", "sari") == 0
        assert (key(1).fingerprint in capsys.readouterr().out) is may_know
    (one,) = asked(place, capsys, "sari", "show", "sari")["keys"]
    assert (one["fingerprint"], one["comment"], one["by"]) == (key(1).fingerprint, "laptop", "wati")
    record = elsewhere.register.trail(elsewhere.register.obligation(LKJIP).id)[-1]
    assert one["last_used"] == record.at


def test_everybody_is_listed_with_how_they_stand_and_who_has_gone_is_the_last(
    place: Workspace, known: Personnel, capsys: pytest.CaptureFixture[str]
) -> None:
    known.suspend(WATI, "sari", "cuti panjang")
    known.end(WATI, "budi", "pensiun", known.today() - timedelta(days=1))

    found = asked(place, capsys, "lina")
    assert [(one["name"], one["presence"]) for one in found][-1] == ("budi", Presence.ENDED)
    assert {one["name"]: one["presence"] for one in found}["sari"] == Presence.SUSPENDED
    assert run(place, "lina", "people") == 0
    assert "sari  reviewer (suspended)" in capsys.readouterr().out
    assert run(place, "lina", "people", "show", "sari") == 0
    assert "suspended: cuti panjang (wati)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(lambda p: p.suspend(WATI, "sari", "x"), "is suspended; ask the administrator.", id="suspended"),
        pytest.param(lambda p: p.end(WATI, "sari", "x", p.today() - DAY), "is not at work here any more.", id="gone"),
        pytest.param(lambda p: p.change(WATI, "sari", begins=p.today() + DAY), "has not begun here yet.", id="new"),
    ],
)
async def test_whoever_may_do_nothing_is_let_out_of_open_screens_and_not_in_again(
    place: Workspace, known: Personnel, change: Any, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    session = Session(place, "sari")
    app = PantauApp(session)
    async with app.run_test(size=LARGE) as pilot:
        await until_seen(pilot, "BPBD")
        change(known)
        await until(pilot, lambda: app.return_code == 2)
    session.close()
    assert told in capsys.readouterr().err

    assert run(place, "sari", "status") == 2
    assert capsys.readouterr() == ("", f"sari {told}\n")


async def test_the_screens_tell_of_keys_and_of_who_is_suspended(place: Workspace, known: Personnel) -> None:
    known.give_key(WATI, "sari", key(1))
    known.suspend(WATI, "budi", "cuti panjang")
    session = Session(place, "wati")
    app = PantauApp(session)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("6")
        await until_seen(pilot, "budi")
        assert "approver (suspended)" in seen(app)
    session.close()


def test_who_is_suspended_is_given_nothing_to_do(
    place: Workspace, known: Personnel, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere.submit(LKJIP)
    known.suspend(WATI, "sari", "cuti")

    assert run(place, "wati", "assign", LKJIP, "--to", "sari") == 2
    assert "There is no person 'sari'" in capsys.readouterr().err
    assert run(place, "lina", "review", LKJIP) == 1
    assert "sari" not in capsys.readouterr().err


def test_people_are_shown_as_they_were(
    place: Workspace, known: Personnel, capsys: pytest.CaptureFixture[str]
) -> None:
    known.change(WATI, "sari", unit="bappeda")
    then = now().isoformat()
    known.suspend(WATI, "sari", "cuti")

    (one,) = (it for it in asked(place, capsys, "lina", "--as-at", then) if it["name"] == "sari")
    assert (one["unit"], one["presence"]) == ("bappeda", Presence.ACTIVE)
    assert run(place, "sari", "people", "--as-at", then) == 2  # who may see is said by today
    assert run(place, "wati", "people", "resume", "sari", "--as-at", then) == 1


def test_doctor_says_that_the_file_is_still_there(
    place: Workspace, known: Personnel, capsys: pytest.CaptureFixture[str]
) -> None:
    run(place, "wati", "doctor", "--quick")
    assert "still lists people" not in capsys.readouterr().out
    known.change(WATI, "sari", unit="bappeda")

    run(place, "wati", "doctor", "--quick")
    assert "people.toml still lists people, and is not read any more: sari, budi, lina, wati." in (
        capsys.readouterr().out
    )


def test_every_reason_has_a_sentence_of_its_own() -> None:
    assert len({enrolling.misfit(Unsuitable(one, "sari", "budi")) for one in Misfit}) == len(Misfit)
    assert len({enrolling.flaw(one) for one in Flaw}) == len(Flaw)
    assert len({enrolling.presence(one) for one in Presence}) == len(Presence)
