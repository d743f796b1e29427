"""What a status says, to whom, how wide, with which exit code, and that both ways to it say the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.tui.conftest import LKJIP, Elsewhere
from tests.tui.wire import AtTerminal
from tui import at_once, language, layout, running, sight, standing
from tui.look import Theme
from tui.main import main
from tui.settings import THEMES, ZONES
from tui.workspace import Workspace, now
from workflow import Action, Actor, Database, Family, Register, Role

PEOPLE = """
[[person]]
name = "sari"
role = "reviewer"
unit = "biro-organisasi"
[[person]]
name = "dina"
role = "office"
unit = "diskes"
[[person]]
name = "bpbd"
role = "leader"
"""
PHONE = 40
HOME = b"\x1b[H"


@pytest.fixture
def place(workspace: Workspace, elsewhere: Elsewhere) -> Workspace:
    """Two documents wait, one in each office, and one arrival."""
    elsewhere.submit(LKJIP)
    elsewhere.submit("bpbd/lkjip/2025")
    elsewhere.hold("surat.pdf")
    workspace.people.write_text(PEOPLE, encoding="utf-8")
    return workspace


def both(place: Workspace, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> int | None:
    """Ask both ways; whatever is answered at once is what the whole command line answers. Returns the exit code."""
    capsys.readouterr()
    at_first = at_once.answer(arguments)
    quick = capsys.readouterr()
    if at_first is None:
        assert quick == ("", "")
        return None
    assert (at_first, quick) == (running.run(arguments), capsys.readouterr())
    return at_first


WORDS = st.sampled_from(
    ["diskes", "bpbd", "tidak-ada", "--late", "--json", "--exit-code", "--late", "--watch-not", "-x", "--", ""]
)
OWN = st.sampled_from(
    [
        *(
            [],
            ["--as", "sari"],
            ["--as", "dina"],
            ["--as=bpbd"],
            ["--as", "siapa"],
            ["--as"],
            ["--as", "sari", "--as=dina"],
        ),
        *(["--lang", "id"], ["--lang=en"], ["--lang", "xx"], ["--json"], ["--as-at", "2026-03-01"], ["--late"]),
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(OWN, max_size=2), after=st.lists(st.one_of(WORDS.map(lambda w: [w]), OWN), max_size=4))
@example([], [])
@example([["--as", "dina"]], [["diskes"], ["--late"], ["--json"]])
@example([["--as", "dina"]], [["bpbd"]])
def test_whatever_is_typed_both_ways_say_the_same(
    place: Workspace, capsys: pytest.CaptureFixture[str], before: list[list[str]], after: list[list[str]]
) -> None:
    typed = [*chain(*before), "status", *chain(*after)]
    arguments = ["--workspace", str(place.root), *typed]
    try:
        both(place, capsys, arguments)
    except SystemExit:
        pytest.fail(f"answered at once, and refused by the whole: {typed}")


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(["status"], id="the region"),
        pytest.param(["status", "diskes"], id="an office"),
        pytest.param(["status", "--late"], id="what is late"),
        pytest.param(["status", "--late", "diskes", "--json"], id="what is late of an office, as JSON"),
        pytest.param(["status", "--json", "--lang", "id"], id="JSON"),
        pytest.param(["--as", "dina", "status", "--exit-code"], id="somebody of an office"),
        pytest.param(["--as", "dina", "status", "diskes"], id="their own office"),
        pytest.param(["--lang=id", "status", "bpbd", "--exit-code"], id="in Indonesian"),
    ],
)
def test_what_is_asked_every_day_is_answered_at_once(
    place: Workspace, capsys: pytest.CaptureFixture[str], typed: list[str]
) -> None:
    assert both(place, capsys, ["--workspace", str(place.root), *typed]) is not None


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(["status", "--as-at", "2026-03-01"], id="a day of the past"),
        pytest.param(["status", "diskes", "--json"], id="all that is known of each document"),
        pytest.param(["status", "tidak-ada"], id="an office that is not there"),
        pytest.param(["--as", "dina", "status", "bpbd"], id="another's office"),
        pytest.param(["--as", "siapa", "status"], id="nobody"),
        pytest.param(["--as", "bpbd", "status"], id="a person called like an office"),
        pytest.param(["status", "--watch"], id="one that goes on"),
        pytest.param(["status", "--help"], id="help"),
        pytest.param(["matrix"], id="another verb"),
        pytest.param([], id="no verb"),
    ],
)
def test_all_else_is_left_to_the_whole_command_line(
    place: Workspace, capsys: pytest.CaptureFixture[str], typed: list[str]
) -> None:
    assert both(place, capsys, ["--workspace", str(place.root), *typed]) is None


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param('[[person]]\nname = "sari"\nrole = "king"\n', id="a role that is none"),
        pytest.param(
            '[[person]]\nname = "sari"\nrole = "reviewer"\n[[person]]\nname = "Sari"\nrole = "leader"\n', id="twice"
        ),
        pytest.param("[[person]]\nname = 'sari'\nrole = 'reviewer'\n", id="other quotation marks"),
        pytest.param('[[person]]\nname = "sari"\nrole = "office"\n', id="of no office"),
    ],
)
def test_a_list_of_people_that_is_not_plain_is_left_to_the_whole(
    place: Workspace, capsys: pytest.CaptureFixture[str], odd: str
) -> None:
    place.people.write_text(odd, encoding="utf-8")
    assert both(place, capsys, ["--workspace", str(place.root), "--as", "sari", "status"]) is None


def test_whoever_acts_for_others_is_looked_up_by_the_whole(
    place: Workspace, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody of an office who reviews for a time sees all, and is told so."""
    from workflow import Mandates

    database, later = Database(place.database), now() + timedelta(days=2)
    root = Actor("root", Role.ADMINISTRATOR)
    Mandates(database, now).grant(root, "dina", Role.REVIEWER, "", now(), later, "tugas")
    database.close()

    assert both(place, capsys, ["--workspace", str(place.root), "--as", "dina", "status"]) is None
    assert main(["--workspace", str(place.root), "--as", "dina", "status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ours"] == 2


def test_people_who_are_enrolled_are_asked_for_there(place: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    place.people.write_text(PEOPLE.partition('[[person]]\nname = "bpbd"')[0], encoding="utf-8")
    root = ["--workspace", str(place.root)]
    assert main([*root, "people", "add", "rini", "--role", "office", "--office", "diskes", "--note", "baru"]) == 0
    capsys.readouterr()

    assert both(place, capsys, [*root, "--as", "rini", "status"]) == 0
    assert main([*root, "--as", "rini", "status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ours"] == 1
    assert main([*root, "people", "suspend", "rini", "--note", "cuti"]) == 0
    assert both(place, capsys, [*root, "--as", "rini", "status"]) is None
    assert main([*root, "--as", "rini", "status"]) == 2


def test_an_answer_of_a_key_is_the_same_at_once(
    place: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = ["--workspace", str(place.root), "--as", "dina"]
    for typed in ("status", "pantau status diskes", "status --late --exit-code"):
        monkeypatch.setenv("SSH_ORIGINAL_COMMAND", typed)
        words = typed.removeprefix("pantau ").split()
        capsys.readouterr()
        code = at_once.answer([*own, "serve"])
        assert (code, capsys.readouterr()) == (running.run([*own, *words]), capsys.readouterr())
        assert code is not None


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "status; id",
            "status\nid",
            "status --workspace /",
            "status --as sari",
            "status $HOME",
            "status  ",
            "-t sh",
        ),
        *("status 'diskes'", "status --watch", "statuss", "review x", "status --lang id"),
    ],
)
def test_whatever_else_a_key_types_is_for_the_whole(
    place: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setenv("SSH_ORIGINAL_COMMAND", typed)

    answered = at_once.answer(["--workspace", str(place.root), "--as", "dina", "serve"])

    if typed == "status --lang id":
        assert answered == 0
    else:
        assert (answered, capsys.readouterr()) == (None, ("", ""))


def test_a_status_imports_little_and_asks_little(place: Workspace) -> None:
    """Counts and not times, so that it holds on every machine."""
    program = """
import sys
from tui.main import main
from workflow import Database
asked, rows = [], Database.rows
Database.rows = lambda self, query, *values: asked.append(query) or rows(self, query, *values)
code = main(sys.argv[1:])
ours = [m for m in sys.modules if m.partition('.')[0] in ('tui', 'inbox', 'workflow')]
print(code, len(asked), len(ours), *sorted(sys.modules), file=sys.stderr)
"""
    for typed, at_most in (([], 6), (["diskes"], 7), (["--late"], 7), (["--as", "dina"], 8)):
        command = [
            sys.executable,
            "-I",
            "-c",
            program.replace("import sys", f"import sys; sys.path.insert(0, {str(ROOT)!r})", 1),
        ]
        done = subprocess.run(
            [*command, "--workspace", str(place.root), "status", *typed], capture_output=True, text=True, check=True
        )
        code, asked, ours, *modules = done.stderr.split()
        assert (int(code), int(asked) <= at_most, int(ours) <= 22) == (0, True, True), (asked, ours)
        heavy = {
            "argparse",
            "typing",
            "enum",
            "re",
            "pathlib",
            "json",
            "tomllib",
            "gettext",
            "zoneinfo",
            "dataclasses",
        }
        assert not {*modules} & {*heavy, "inspect", "logging", "textual", "rich", "sqlite_utils", "workflow.register"}


ROOT = Path(__file__).parents[2]


def test_the_truth_says_how_far_each_family_is_and_who_is_waited_for(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--workspace", str(place.root), "status", "--lang", "en"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    parts = line.split(" · ")

    assert parts[1] == "2 wait for the bureau (biro-organisasi 2)"
    assert parts[2].endswith(" wait for their offices")
    assert parts[3].endswith(" late")
    assert parts[4].startswith("SAKIP 0%, RB 0%")
    assert parts[5:] == ["1 arrival to place", "no watcher runs"]


def test_the_json_has_the_keys_that_the_page_lists(place: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "status.md").read_text(encoding="utf-8")
    first = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    listed = {key for key in first if not key.startswith("pantau ")}
    root = ["--workspace", str(place.root)]
    keys: set[str] = set()
    for typed in (["status", "--late"], ["status", "diskes", "--late"], ["due", "--within", "400d"]):
        assert main([*root, *typed, "--json"]) == 0
        keys |= {*names(json.loads(capsys.readouterr().out))}

    assert keys <= listed
    assert listed - keys <= {"obligations"}


def names(value: object) -> Iterator[str]:
    """Every key, but for those that are names of families and units."""
    if isinstance(value, list):
        for one in value:
            yield from names(one)
    if isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from names(list(one.values()) if key == "families" else [] if key == "units" else one)


def test_the_exit_code_says_whether_anything_is_late(place: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    root = ["--workspace", str(place.root)]
    assert main([*root, "status", "--json"]) == 0
    late = json.loads(capsys.readouterr().out)["late"]
    assert main([*root, "status", "--exit-code"]) == (1 if late else 0)
    database = Database(place.database)
    register = Register(database, now)
    bureau = Actor("wati", Role.ADMINISTRATOR)
    for one in register.obligations(year=2026):
        if one.is_overdue(place.today()):
            register.perform(Action.EXTEND, one, bureau, note="ya", due=place.today() + timedelta(days=3))
    database.close()
    assert late
    assert main([*root, "status", "--exit-code"]) == 0
    assert main([*root, "--as", "dina", "status", "bpbd", "--exit-code"]) == 2
    assert main([*root, "status", "tidak-ada", "--exit-code"]) == 2


def test_what_is_late_is_listed_the_longest_first(place: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--workspace", str(place.root), "status", "--late", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    days = [one["days"] for one in answer["overdue"]]

    assert len(days) == answer["late"] > 10
    assert days == sorted(days, reverse=True)
    assert days[-1] > 0


def test_what_is_due_is_told_office_by_office_with_the_days_that_are_left(
    place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    root = ["--workspace", str(place.root), "--lang", "en"]
    database = Database(place.database)
    register = Register(database, now)
    for days, name in ((3, "diskes/pk/2026"), (0, "bpbd/pk/2026"), (20, "bappeda/pk/2026")):
        one = register.obligation(name)
        due = place.today() + timedelta(days=days)
        register.perform(Action.EXTEND, one, Actor("wati", Role.ADMINISTRATOR), note="ya", due=due)
    expected = {o.id for o in register.obligations() if o.is_due_soon(place.today())}
    database.close()

    assert main([*root, "due", "--within", "2w", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["days"] == 14
    assert {one["id"] for office in answer["offices"] for one in office["documents"]} == expected
    assert {"diskes/pk/2026", "bpbd/pk/2026"} <= expected
    assert main([*root, "due"]) == 0
    told = capsys.readouterr().out
    assert "3 days left" in told
    assert "due today" in told
    assert main([*root, "--as", "dina", "due", "--json"]) == 0
    assert {one["office"] for one in json.loads(capsys.readouterr().out)["offices"]} <= {"diskes"}
    assert main([*root, "due", "--within", "0d"]) == 0
    assert main([*root, "due", "--within", "soon"]) == 2
    assert main([*root, "due", "--within", "-3"]) == 2


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize(
    "typed",
    [["status"], ["status", "--late"], ["status", "diskes"], ["due", "--within", "400d"], ["queue"]],
    ids=" ".join,
)
def test_on_a_telephone_no_line_is_wider_than_it(place: Workspace, spoken: str, typed: list[str]) -> None:
    asked = [sys.executable, "-m", "tui", "--workspace", str(place.root), "--lang", spoken, *typed]
    with AtTerminal(["sh", "-c", f'stty cols {PHONE}; cd {ROOT}; exec "$@"', "sh", *asked]) as terminal:
        code = terminal.exit_code()
    lines = terminal.words.replace("\r", "").splitlines()

    assert code == 0
    assert len(lines) > 2
    assert [line for line in lines if len(line) > PHONE] == []


@given(st.text(st.characters(categories=["L", "Nd", "Zs"]), max_size=120), st.integers(0, 4), st.integers(8, 40))
def test_what_is_folded_loses_nothing_but_blanks(text: str, indent: int, width: int) -> None:
    text = " ".join(text.split())
    lines = list(layout.folded(text, indent, width))

    assert max(map(len, lines)) <= width
    assert "".join(line.replace(" ", "") for line in lines) == text.replace(" ", "")


def test_a_pipe_gets_one_line_however_narrow_its_environment_says_it_is(place: Workspace) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui", "--workspace", str(place.root), "status"],
        env={**os.environ, "COLUMNS": "20"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(done.stdout.splitlines()) == 1


def watching(place: Workspace, *typed: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tui", "--workspace", str(place.root), "status", "--watch", *typed]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_watched_status_is_told_again_when_it_has_changed_and_ends_with_its_reader(
    place: Workspace, elsewhere: Elsewhere
) -> None:
    with watching(place) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        elsewhere.decide(Action.REVIEW, LKJIP, Actor("sari", Role.REVIEWER))
        second = process.stdout.readline()
        process.stdout.close()
        assert process.wait(30) == 0
    assert "biro-organisasi 2" in first
    assert "biro-organisasi 1" in second


def test_on_a_terminal_a_watched_status_stays_in_its_place_and_is_drawn_when_it_has_changed(
    place: Workspace, elsewhere: Elsewhere
) -> None:
    asked = [sys.executable, "-m", "tui", "--workspace", str(place.root), "--lang", "en", "status", "--watch"]
    with AtTerminal(["sh", "-c", f'stty cols 100 rows 30; cd {ROOT}; exec "$@"', "sh", *asked]) as terminal:
        terminal.until("biro-organisasi 2")
        terminal.read(patience=3)
        assert terminal.sent.count(HOME) == 1
        elsewhere.decide(Action.TAKE, LKJIP, Actor("sari", Role.REVIEWER))
        terminal.read(patience=3)
        assert terminal.sent.count(HOME) == 1
        elsewhere.decide(Action.REVIEW, LKJIP, Actor("sari", Role.REVIEWER))
        terminal.until("biro-organisasi 1")
        assert terminal.sent.count(HOME) == 2
        terminal.press("\x03")
        assert terminal.exit_code() == 130


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGHUP, -signal.SIGHUP)])
def test_a_watched_status_ends_when_it_is_told_to(place: Workspace, sent: signal.Signals, code: int) -> None:
    with watching(place) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(sent)
        assert process.wait(30) == code


def test_the_zones_that_are_known_by_heart_are_those_of_the_tables() -> None:
    for name, hours in ZONES.items():
        for month in range(1, 13):
            there = datetime(2026, month, 15, tzinfo=ZoneInfo(name))
            assert there.utcoffset() == timedelta(hours=hours)


def test_what_is_written_out_is_what_the_types_say() -> None:
    assert list(THEMES) == list(Theme)
    assert tuple(Family) == standing._FAMILIES
    assert frozenset(Role) == sight._ROLES
