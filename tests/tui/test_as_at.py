"""How it was: `--as-at` for verbs and screens, and `changes`, `trail`, `verify --head` and `log --all`."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from tests.tui.screens import LARGE, seen, until_seen, until_told
from tui import language, moments
from tui.app import PantauApp
from tui.errors import UsageError
from tui.main import main
from tui.screens.review import ReviewScreen
from tui.session import Session
from tui.workspace import Workspace, create
from workflow import Action, Actor, Database, Digest, Refused, Register, Role, head_at, seal

LKJIP = "diskes/lkjip/2025"
PEOPLE = """
[[person]]
name = "sari"
role = "reviewer"
[[person]]
name = "budi"
role = "approver"
[[person]]
name = "tono"
role = "auditor"
"""
CONTENT = Digest(sha256(b"isi").hexdigest())


class Calendar:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 5, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Opened in January; the LKjIP of Dinas Kesehatan is submitted on 10 March and reviewed on 2 April."""
    language.use("en")
    place = create(tmp_path_factory.mktemp("as-at") / "ws", "Provinsi Lampung", 2026, "en")
    place.people.write_text(PEOPLE, encoding="utf-8")
    settings = place.root / "pantau.toml"
    settings.write_text(settings.read_text().replace('watch = "beside"', 'watch = "service"'), encoding="utf-8")
    (place.content / CONTENT[:2]).mkdir(parents=True)
    (place.content / CONTENT[:2] / CONTENT).write_bytes(b"isi")
    database, clock = Database(place.database), Calendar()
    register = Register(database, clock)
    register.open_year(place.read_catalogue(), 2026)
    clock.now = datetime(2026, 3, 10, 2, tzinfo=UTC)
    database.run("INSERT INTO content VALUES (?, 3)", CONTENT)
    seal(database, "content", [CONTENT], clock().isoformat(timespec="microseconds"))
    sent = register.obligation(LKJIP)
    sent = register.perform(Action.SUBMIT, sent, Actor.office("diskes"), content=CONTENT, name="LKjIP.pdf")
    with pytest.raises(Refused):
        register.perform(Action.APPROVE, sent, Actor("budi", Role.APPROVER))
    clock.now = datetime(2026, 4, 2, 2, tzinfo=UTC)
    register.perform(Action.REVIEW, sent, Actor("sari", Role.REVIEWER))
    database.close()
    return place.root


@pytest.fixture
def place(template: Path, tmp_path: Path) -> Workspace:
    return Workspace(Path(shutil.copytree(template, tmp_path / "ws")))


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    language.use("en")
    yield
    language.use("en")


def ask(place: Workspace, *arguments: str, person: str = "tono") -> int:
    return main(["--workspace", str(place.root), "--as", person, *arguments])


@pytest.mark.parametrize(
    ("at", "state"),
    [
        pytest.param("2026-03-09", "missing", id="the day before it came"),
        pytest.param("2026-03-10", "submitted", id="the day itself, at its end"),
        pytest.param("2026-03-10T08:59", "missing", id="a moment on the region's clock"),
        pytest.param("2026-03-10T02:01+00:00", "submitted", id="a moment with its zone"),
        pytest.param("2026-04-02", "reviewed", id="after the review"),
    ],
)
def test_a_document_is_shown_as_it_stood(
    place: Workspace, capsys: pytest.CaptureFixture[str], at: str, state: str
) -> None:
    assert ask(place, "show", LKJIP, "--as-at", at) == 0

    told = capsys.readouterr().out
    assert f"state: {state}" in told
    assert "can be looked at, not changed" in told


def test_counts_and_the_matrix_are_those_of_that_day(place: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(place, "--as-at", "2026-03-09", "--json") == 0
    then = {one["id"]: one for one in json.loads(capsys.readouterr().out)}
    assert ask(place, "--json") == 0
    now = {one["id"]: one for one in json.loads(capsys.readouterr().out)}

    assert then.keys() == now.keys()
    assert {name for name in then if then[name]["state"] != now[name]["state"]} == {LKJIP}
    assert not then["diskes/pk/2026"]["late"] or then["diskes/pk/2026"]["due"] < "2026-03-09"
    assert ask(place, "status", "--as-at", "2026-01-01") == 0
    assert "as at 1 Jan 2026 23:59: nothing is owed" in capsys.readouterr().out


def test_the_log_ends_at_that_day(place: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(place, "log", LKJIP, "--as-at", "2026-03-31", "--all", "--json") == 0
    then = json.loads(capsys.readouterr().out)

    assert [one.get("refused", one["action"]) for one in then] == ["submit", "not yet reviewed"]


@pytest.mark.parametrize("verb", ["review", "waive"])
def test_a_decision_in_the_past_is_refused_with_one_sentence(
    place: Workspace, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    assert ask(place, verb, LKJIP, "--as-at", "2026-03-31", "--note", "x", person="sari") == 1

    told = capsys.readouterr()
    assert told.err.splitlines() == [
        "This is how it was on 31 Mar 2026 23:59: it can be looked at, not changed. Leave --as-at out for that."
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["status", "--as-at", "2199-01-01"], id="the future"),
        pytest.param(["status", "--as-at", "31-3-2026"], id="no date"),
        pytest.param(["verify", "--as-at", "2026-03-31"], id="of now only"),
        pytest.param(["trail", "export", "x.csv", "--as-at", "2026-03-31"], id="an export of then"),
        pytest.param(["trail", "compare"], id="compared with nothing"),
        pytest.param(["trail", "export", "x.txt"], id="no such form"),
        pytest.param(["changes", "--since", "kemarin"], id="since no day"),
        pytest.param(["changes", "--since", "0" * 64], id="since no head"),
        pytest.param(["verify", "--head", "x"], id="no head"),
    ],
)
def test_what_cannot_be_answered_says_so_in_one_line(
    place: Workspace, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert ask(place, *arguments) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1


def test_what_somebody_may_see_is_what_they_may_see_today(place: Workspace) -> None:
    """A mandate that has ended opens nothing, though it was in force at the moment that is looked back to."""
    database = Database(place.database)
    query = "INSERT INTO mandate VALUES (1, ?, 'ani', 'sari', 'approver', '', '', ?, ?, 'x', NULL, NULL, NULL)"
    database.run(query, "2026-03-01T00:00:00+00:00", "2026-03-01T00:00:00+00:00", "2026-03-20T00:00:00+00:00")
    database.close()

    session = Session(place, "sari", datetime(2026, 3, 15, tzinfo=UTC))

    assert session.actor.hats == ()
    session.close()


def test_what_has_moved_since_a_day_a_moment_or_a_head(place: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    database = Database(place.database)
    noted = head_at(database, datetime(2026, 3, 31, tzinfo=UTC)).hash
    database.close()
    for since in ("2026-04-02", "2026-03-10T09:01+07:00", noted):
        assert ask(place, "changes", "--since", since) == 0
        told = capsys.readouterr().out.splitlines()
        assert told[0].split("  ")[:2] == [LKJIP, "submitted → reviewed"]
        assert "sari · 2 Apr 2026 09:00 · 1 record" in told[0]
    assert ask(place, "changes", "--since", "2026-03-10", "--all") == 0
    whole = capsys.readouterr().out
    assert "missing → reviewed" in whole
    assert f"refused: approve {LKJIP}, budi (approver): not reviewed yet" in whole
    assert whole.splitlines()[-1].startswith("1 document has moved · 2 records · 0 arrivals · 0 receipts · 1 refusal")
    assert ask(place, "changes", "--since", "2026-03-10", "--office", "disdikbud", "--json") == 0
    assert json.loads(capsys.readouterr().out)["moved"] == []


def test_what_was_refused_stands_between_the_records(place: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(place, "log", LKJIP, "--all") == 0

    lines = [line.strip() for line in capsys.readouterr().out.splitlines()[1:]]
    assert [line.partition("  ")[2].partition(":")[0] for line in lines if "2026" in line[:20]] == [
        *("submitted", "refused", "reviewed"),
    ]
    assert ask(place, "log", LKJIP) == 0
    assert "refused" not in capsys.readouterr().out


def test_a_head_can_be_printed_and_compared_a_month_later(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(place, "trail", "head", "--as-at", "2026-03-31") == 0
    printed = capsys.readouterr().out.strip()
    assert len(printed.splitlines()) == 1

    assert ask(place, "trail", "compare", printed) == 0
    assert "since then came 1 record and 0 seals" in capsys.readouterr().out
    assert ask(place, "verify", "--head", printed) == 0
    capsys.readouterr()

    database = Database(place.database)
    database.run("DROP TRIGGER seal_keeps")
    database.run("UPDATE seal SET hash = 'x' WHERE number = (SELECT max(number) FROM seal)")
    database.close()
    assert ask(place, "trail", "compare", printed) == 1
    assert "never had the head" in capsys.readouterr().out
    assert ask(place, "verify", "--head", printed, "--json") == 1
    assert "head" in {one["what"] for one in json.loads(capsys.readouterr().out)["faults"]}


def test_the_first_record_that_does_not_fit_is_the_first_line(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    database = Database(place.database)
    database.run("DROP TRIGGER audit_keeps")
    database.run("UPDATE audit SET actor = 'budi' WHERE seq = 2")
    database.close()

    assert ask(place, "verify") == 1
    assert capsys.readouterr().out.splitlines()[0] == (
        f"record 2 of {LKJIP}: its hash is not the one of what it says and what came before"
    )


def test_a_receipt_whose_content_or_head_is_gone_is_named(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    database = Database(place.database)
    database.run("PRAGMA foreign_keys = OFF")
    for number, head in ((1, "h"), (2, Register(database, Calendar()).head())):
        said = "'diskes Dinas Kesehatan', 'SAKIP lkjip LKjIP', '2025', 'a.pdf', 3, NULL"
        values = (number, number, LKJIP, CONTENT, head)
        statement = f"INSERT INTO receipt VALUES (2026, ?, '2026-03-10', ?, ?, 1, {said}, ?, 'diskes', ?)"
        database.run(statement, *values)
        seal(database, "receipt", [f"2026/{number}"], "2026-03-10")
    database.close()

    assert ask(place, "verify", "--json") == 1
    assert json.loads(capsys.readouterr().out)["receipts"] == ["TT/SAKIP/2026/000001"]
    (place.content / CONTENT[:2] / CONTENT).write_bytes(b"lain")
    assert ask(place, "verify", "--json") == 1
    assert len(json.loads(capsys.readouterr().out)["receipts"]) == 2


def test_an_export_overwrites_nothing_and_ends_with_the_head(
    place: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "jejak.jsonl"
    assert ask(place, "trail", "export", str(file)) == 0
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert ask(place, "trail", "head", "--json") == 0
    assert json.loads(capsys.readouterr().out)["hash"] == lines[-1]["hash"] == lines[-2]["hash"]

    assert ask(place, "trail", "export", str(file)) == 2
    assert "is not written over" in capsys.readouterr().err


def test_no_cell_of_the_csv_is_calculated_by_a_spreadsheet(
    place: Workspace, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    database = Database(place.database)
    register = Register(database, Calendar())
    seen = register.obligation(LKJIP)
    register.perform(Action.COMMENT, seen, Actor("sari", Role.REVIEWER), note="=HYPERLINK(1)")
    database.close()

    assert ask(place, "trail", "export", "-", "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode("utf-8-sig"), newline="")))
    assert [row["note"] for row in rows if row["action"] == "comment"] == ["'=HYPERLINK(1)"]
    assert not [cell for row in rows for cell in row.values() if cell[:1] in {"=", "+", "-", "@"}]
    assert rows[-1]["kind"] == "head"


def test_a_reviewer_may_not_export_the_trail(place: Workspace, tmp_path: Path) -> None:
    assert ask(place, "trail", "export", str(tmp_path / "x.csv"), person="sari") == 1
    assert not (tmp_path / "x.csv").exists()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        pytest.param("2026-03-30", datetime(2026, 3, 30, 16, 59, 59, 999999, UTC), id="the end of a day"),
        pytest.param("2026-03-31", datetime(2026, 3, 31, 5, tzinfo=UTC), id="today is until now"),
        pytest.param("2026-03-31 11:00", datetime(2026, 3, 31, 4, tzinfo=UTC), id="the region's clock"),
        pytest.param("2026-03-31T04:00Z", datetime(2026, 3, 31, 4, tzinfo=UTC), id="a zone of its own"),
    ],
)
def test_a_day_means_its_end_in_the_region(place: Workspace, text: str, moment: datetime) -> None:
    assert moments.end_of(text, place.zone, datetime(2026, 3, 31, 5, tzinfo=UTC)) == moment


@pytest.mark.parametrize("text", ["2026-04-01", "2026-03-31T12:01", "2026-02-30", "", "besok"])
def test_what_is_no_moment_of_the_past_is_said(place: Workspace, text: str) -> None:
    with pytest.raises(UsageError):
        moments.end_of(text, place.zone, datetime(2026, 3, 31, 5, tzinfo=UTC))


async def test_the_screens_show_the_past_say_so_and_decide_nothing(place: Workspace) -> None:
    session = Session(place, "sari", datetime(2026, 3, 31, 5, tzinfo=UTC))
    app = PantauApp(session)
    async with app.run_test(size=LARGE) as pilot:
        await until_seen(pilot, "as at 31 Mar 2026")
        assert "nobody watches" not in seen(app)
        app.push_screen(ReviewScreen(session, session.register.obligation(LKJIP).id))
        await until_seen(pilot, "LKjIP.pdf")
        await pilot.press("t")
        await until_told(pilot, "it can be looked at, not changed")
    assert session.register.obligation(LKJIP).state == "submitted"
    session.close()
