"""Who may do what at each entry: every verb by every role, one's own office, and who somebody is."""

from __future__ import annotations

import argparse
import json
import os
import pwd
import re
import shutil
from pathlib import Path

import pytest

from inbox import ContentStore, Holding, Intake, Reconcile, Roots
from tests.tui.conftest import LKJIP, Elsewhere
from tui import people, refusals, verbs
from tui.command_line import parser
from tui.commands import _OPTIONS, _VERBS
from tui.main import main
from tui.session import Session
from tui.workspace import Workspace, now
from workflow import POWERS, Action, Actor, Database, Forbidden, Power, Role, Rule, State, plain

NAMES = {
    Role.OFFICE: "dina",
    Role.REVIEWER: "sari",
    Role.APPROVER: "budi",
    Role.BUREAU: "ani",
    Role.LEADER: "lina",
    Role.AUDITOR: "tuti",
    Role.ADMINISTRATOR: "wati",
}
EVERYBODY = "office reviewer approver bureau leader auditor administrator"
# Stated here once more: who is not everybody. A verb that is not named is for all, and is judged by what it does.
ONLY = {
    "init": "bureau administrator",
    "demo": "bureau administrator",
    "open-year": "bureau administrator",
    "catalogue apply": "bureau administrator",
    "adopt open_years": "bureau administrator",
    "watch": "reviewer approver bureau administrator",
    "check": "reviewer approver administrator",
    "place": "office reviewer bureau administrator",
    "place remember": "reviewer bureau administrator",
    "turn-away": "reviewer bureau administrator",
    "retry": "reviewer bureau administrator",
    "adopt": "reviewer bureau administrator",
    "recognise": "reviewer bureau administrator",
    "remember": "reviewer bureau administrator",
    "forget": "reviewer bureau administrator",
    "verify": "reviewer approver bureau leader auditor administrator",
    "trail": "reviewer approver bureau leader auditor administrator",
    "backup": "bureau administrator",
    "restore": "bureau administrator",
    "rehearse": "bureau auditor administrator",
    "install": "bureau auditor administrator",
    "doctor": "bureau auditor administrator",
    "grant": "administrator",
    "authorized-keys": "administrator",
    "offices": "bureau administrator",
}
README = Path(__file__).parents[2] / "README.md"
THEIRS, NOT_THERE = "bpbd/lkjip/2025", "bpbd/lkjip/1999"


@pytest.fixture(scope="module")
def staffed(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """One person of each role, Dina of Dinas Kesehatan. For questions, and for what is refused."""
    entries = [f'[[person]]\nname = "{name}"\nrole = "{role}"\n' for role, name in NAMES.items()]
    entries[0] += 'unit = "diskes"\n'
    root = Path(shutil.copytree(filled, tmp_path_factory.mktemp("staffed") / "ws"))
    (root / "catalogue" / "people.toml").write_text("".join(entries), encoding="utf-8")
    return Workspace(root)


@pytest.fixture
def workspace(staffed: Workspace, tmp_path: Path) -> Workspace:
    """The same, to write in."""
    return Workspace(Path(shutil.copytree(staffed.root, tmp_path / "ws")))


def run(workspace: Workspace, *arguments: str) -> int:
    return main(["--lang", "en", "--workspace", str(workspace.root), *arguments])


def arguments(verb: str) -> list[argparse.Action]:
    """What a verb takes."""
    found: dict[str, argparse.ArgumentParser] = parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr,assignment]
    return found[verb]._actions


def typed(verb: str, workspace: Workspace, about: str = LKJIP) -> list[str]:
    """The verb with all that it has to be given."""
    line = [verb]
    for one in arguments(verb):
        if one.required or one.dest == "folder":
            known = {
                "folder": str(workspace.root),
                "id": about,
                "ids": about,
                "begins": "2099-01-01",
                "ends": "2099-01-01",
            }
            dummy = str(next(iter(one.choices))) if one.choices else "1" if one.type is int else "2026-03-01"
            line += [*one.option_strings[:1], known.get(one.dest, dummy)]
    return line


def head(workspace: Workspace) -> str:
    """What moves whenever anything that is evidence is written."""
    session = Session(workspace)
    found = session.register.head()
    session.close()
    return found


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("verb", [verb for verb in _VERBS if verb])
def test_a_verb_is_for_those_who_have_its_power(
    staffed: Workspace, verb: str, role: Role, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever may not is told why, and the same before anything is read as after."""
    line, power = ["--as", NAMES[role], *typed(verb, staffed)], _VERBS[verb][1]
    if role in ONLY.get(verb, EVERYBODY).split():
        options = parser().parse_args(["--workspace", str(staffed.root), *line])
        verbs.check(options)
        return
    before = head(staffed)

    assert run(staffed, *line) == 1
    told = refusals.error(Forbidden(Actor(NAMES[role], role), power, Rule.WRONG_ROLE))
    assert capsys.readouterr() == ("", f"{told}\n")
    assert head(staffed) == before


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("asked", [f"{verb} {option}" for verb, option in _OPTIONS])
def test_an_option_may_need_more_than_its_verb(staffed: Workspace, asked: str, role: Role) -> None:
    verb, option = asked.split()
    line = ["--workspace", str(staffed.root), "--as", NAMES[role], *typed(verb, staffed)]
    options = parser().parse_args(line)
    setattr(options, option, True)

    if role in set(ONLY[asked].split()) & set(ONLY.get(verb, EVERYBODY).split()):
        verbs.check(options)
    else:
        with pytest.raises(Forbidden):
            verbs.check(options)


def test_every_power_is_somebodys_and_has_a_name() -> None:
    assert POWERS.keys() == {*Power}
    assert all(POWERS.values())
    assert len({refusals.power(one) for one in Power}) == len(Power)


def test_the_powers_of_the_readme_are_those_of_the_code() -> None:
    text = README.read_text(encoding="utf-8")
    begin, end = text.index("<!-- powers -->"), text.index("<!-- /powers -->")
    printed = [line for line in text[begin:end].splitlines() if line.startswith("| ")]

    assert printed[1:] == [
        f"| {power} | {', '.join(one for one in Role if one in POWERS[power])} |" for power in Power
    ]


OF_A_DOCUMENT = [verb for verb in _VERBS if verb and {"id", "ids"} & {one.dest for one in arguments(verb)}]


@pytest.mark.parametrize("verb", sorted({*OF_A_DOCUMENT} - {*ONLY}))
def test_an_office_gets_the_same_answer_for_what_is_anothers_and_for_what_is_not_there(
    staffed: Workspace, verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """And that answer is no hint: it names no document, and is not that of the office's own mistyped ones."""
    answers = []
    for about in (THEIRS, NOT_THERE):
        assert run(staffed, "--as", "dina", *typed(verb, staffed, about)) == 1
        answers.append(capsys.readouterr())

    assert answers[0] == answers[1]
    assert answers[0] == ("", "An office sees and does only what is its own: this is not of diskes.\n")


@pytest.mark.parametrize(
    "question", [["status", "bpbd"], ["status", "bpb"], ["calendar", "bpbd"], ["findings", "bpbd"]]
)
def test_an_office_is_not_told_of_another_by_its_code(staffed: Workspace, question: list[str]) -> None:
    assert run(staffed, "--as", "dina", *question) == 1


@pytest.mark.parametrize(
    "question",
    [
        *(
            ["status"],
            ["calendar"],
            ["quarantine"],
            ["queue"],
            ["queue", "nobody"],
            ["load"],
            ["findings"],
            ["defects"],
        ),
        *(["changes", "--since", "2020-01-01", "--all"], ["show", LKJIP], ["log", LKJIP], []),
    ],
    ids=" ".join,
)
def test_nothing_that_an_office_is_told_names_another(
    workspace: Workspace, elsewhere: Elsewhere, question: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Not even where both have sent the very same bytes, and one of them had a finding."""
    same = b"%PDF-1.4 one for all"
    for name in (LKJIP, THEIRS):
        elsewhere.submit(name, content=same)
    reviewer = Actor("sari", Role.REVIEWER)
    elsewhere.decide(Action.RETURN, THEIRS, reviewer, "Tabel milik BPBD")
    elsewhere.hold("LKjIP BPBD 2025.pdf", THEIRS)

    assert run(workspace, "--as", "dina", *question, "--json") == 0
    answer = capsys.readouterr().out
    assert json.loads(answer) is not None
    assert "bpbd" not in answer.casefold()
    if question in (["calendar"], ["quarantine"], ["findings"], []):
        assert run(workspace, "--as", "lina", *question, "--json") == 0
        assert "bpbd" in capsys.readouterr().out.casefold()


def test_an_office_sees_its_own_summary_under_its_own_name(
    staffed: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(staffed, "--as", "dina", "status") == 0
    assert capsys.readouterr().out.startswith("Dinas Kesehatan 2026: 0 of ")


def test_an_office_places_what_came_through_its_own_folder_and_finds_nothing_else(
    workspace: Workspace, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    dropped(workspace, "diskes/surat.pdf", "bpbd/surat.pdf")
    assert run(workspace, "--as", "dina", "quarantine", "--json") == 0
    (own,) = json.loads(capsys.readouterr().out)["quarantine"]
    assert own["folder"] == "diskes"
    other = next(one.id for one in Session(workspace).quarantine.waiting() if one.folder == "bpbd")

    assert run(workspace, "--as", "dina", "place", str(other), LKJIP) == 2
    assert run(workspace, "--as", "dina", "place", str(own["id"]), THEIRS) == 1
    assert run(workspace, "--as", "dina", "place", "99", LKJIP) == 2
    errors = capsys.readouterr().err.splitlines()
    assert errors[0].replace(str(other), "99") == errors[2]
    assert run(workspace, "--as", "dina", "place", str(own["id"]), LKJIP) == 0
    assert elsewhere.register.obligation(LKJIP).submitter == "dina"


def dropped(workspace: Workspace, *paths: str) -> None:
    """Files come through drop folders, and are taken by a watcher that has waited long enough."""
    database = Database(workspace.database)
    root, store = workspace.roots()[0], ContentStore(workspace.content)
    for path in paths:
        (workspace.inbox / path).write_bytes(f"tidak terbaca: {path}".encode())
    intake = Intake(root, store, database, now)
    reconcile = Reconcile(root, intake, Roots(database), Holding(database, ""), now, lambda _: None)
    reconcile.look(0.0)
    reconcile.look(1_000_000.0)
    database.close()


def test_a_drop_folder_acts_for_its_own_office_whatever_the_name_of_a_file_says(
    workspace: Workspace, elsewhere: Elsewhere
) -> None:
    dropped(workspace, "diskes/LKjIP 2025 BPBD.pdf", "diskes/bpbd lkjip 2025.pdf", "diskes/LKjIP 2025.pdf")

    assert elsewhere.register.obligation(THEIRS).state is State.DRAFT
    moved = [o for o in elsewhere.register.obligations() if o.submitter]
    assert {(o.office.code, o.submitter) for o in moved} <= {("diskes", "diskes")}
    assert moved


def test_what_is_refused_is_told_before_it_is_tried_in_the_very_same_words(
    workspace: Workspace, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere.submit(LKJIP)
    for name in NAMES.values():
        assert run(workspace, "--as", name, "show", LKJIP) == 0
        before = dict(re.findall(r"^you may not (\w+): (.*)$", capsys.readouterr().out, re.MULTILINE))
        assert before
        for verb, why in before.items():
            if verb == "submit":  # by a file alone
                continue
            line = ["--as", name, verb, LKJIP, "--note", "sebab"]
            assert run(workspace, *line, *(["--finding", "Tabel kosong"] if verb == "return" else [])) == 1
            assert capsys.readouterr().err.endswith(f": {why}\n")


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            " ",
            "siapa",
            "Sari",
            "SARI",
            "sari ",
            " sari",
            "sari\n",
            "sari\x00",
            "sari\u200b",
            "s\u0430ri",
            "*",
            "%",
        ),
        *("administrator", "root", "../sari", "sari,wati", "--as", "\x1b]0;wati\x07", "a" * 10_000, "\udcff"),
    ],
    ids=ascii,
)
def test_nobody_is_somebody_by_a_name_that_is_not_listed(
    staffed: Workspace, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = head(staffed)

    assert run(staffed, f"--as={name}", "reopen", LKJIP, "--note", "x") == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert plain(told.err.removesuffix("\n")) == told.err.removesuffix("\n")
    assert head(staffed) == before


@pytest.mark.parametrize(
    "line",
    [
        ["--as", "dina", "--as", "wati", "status"],
        ["--as", "dina", "status", "--as", "wati"],
        ["--as=dina", "status", "--as=wati"],
        ["status", "--as=dina", "--as=wati"],
    ],
    ids=" ".join,
)
def test_who_was_named_first_is_not_named_anew(
    staffed: Workspace, line: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A forced command names the person before what they have typed."""
    assert run(staffed, *line) == 2
    assert capsys.readouterr() == ("", "--as may be given once only.\n")


@pytest.mark.parametrize("again", ["--workspace=elsewhere", "--workspac=elsewhere", "--w=elsewhere"])
def test_nobody_is_led_from_the_workspace_that_was_named_first_into_one_where_they_are_more(
    staffed: Workspace, again: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An office can write a workspace of its own into its drop folder, with whom it likes as the administrator."""
    monkeypatch.chdir(tmp_path)
    other = Path(shutil.copytree(staffed.root, tmp_path / "elsewhere"))
    (other / "catalogue" / "people.toml").write_text('[[person]]\nname = "dina"\nrole = "administrator"\n')
    line = ["--workspace", str(staffed.root), "--as", "dina", "grant", "sari", "--role", "bureau", "--note", "x"]
    days = ["--from", "2099-01-01", "--until", "2099-01-01"]

    try:
        code = main([*line, *days, again])
    except SystemExit as stop:
        code = int(str(stop.code))
    assert code == 2


def test_the_environment_does_not_say_who_somebody_is(
    workspace: Workspace, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = pwd.getpwuid(os.geteuid()).pw_name
    for name in (
        "USER",
        "LOGNAME",
        "USERNAME",
        "SUDO_USER",
        "PANTAU_AS",
        "PANTAU_ACTOR",
        "PANTAU_USER",
        "PANTAU_ROLE",
    ):
        monkeypatch.setenv(name, "budi")
    monkeypatch.setenv("PANTAU_KEY", "budi")
    monkeypatch.setenv("SSH_CONNECTION", "budi budi budi budi")

    assert Session(workspace).actor[:3] == (mine, Role.ADMINISTRATOR, "")
    assert Session(workspace, "dina").actor[:3] == ("dina", Role.OFFICE, "diskes")


def test_the_trail_remarks_where_somebody_came_from(
    workspace: Workspace, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere.submit(LKJIP)
    monkeypatch.setenv("SSH_CONNECTION", "2001:db8::7 50000 192.0.2.1 22")
    monkeypatch.setenv("PANTAU_KEY", "SHA256:Yd3kq0cF2mZxWcXPqvRr1kq4bFkLw0x9mVt7uGh2JsA")

    assert run(workspace, "--as", "sari", "review", LKJIP) == 0
    assert elsewhere.register.trail(elsewhere.register.obligation(LKJIP).id)[-1].via.endswith(
        "2001:db8::7 key:Yd3kq0cF2mZx"
    )


def test_what_the_environment_remarks_is_short_and_harmless() -> None:
    told = people.came_by({"SSH_CONNECTION": "\x1b[2J" + "9" * 999, "PANTAU_KEY": "\u202e" + "k" * 999})

    assert len(told) <= 80
    assert plain(told) == told


@pytest.mark.parametrize("unit", ["", 'unit = ""', 'unit = " "', 'unit = "\\u001b[2Jdiskes"'])
def test_a_person_of_no_office_is_not_read(
    workspace: Workspace, unit: str, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace.people.write_text(f'[[person]]\nname = "dina"\nrole = "office"\n{unit}\n', encoding="utf-8")

    assert run(workspace, "--as", "dina", "status") == 2
    assert "people.toml cannot be used: dina: unit = " in capsys.readouterr().err


def test_a_person_of_an_office_that_is_not_there_is_told_by_the_check(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace.people.write_text('[[person]]\nname = "dina"\nrole = "office"\nunit = "diskess"\n', encoding="utf-8")

    assert run(workspace, "catalogue", "check") == 2
    assert "There is no office 'diskess'. Did you mean diskes" in capsys.readouterr().err


WRITING = (["calendar", "--ics"], ["trail", "export"], ["adopt", "{folder}", "--table"])


@pytest.mark.parametrize("verb", WRITING, ids=lambda line: line[0])
@pytest.mark.parametrize(
    "place", ["inbox/bpbd/LKjIP 2025.csv", "content/x.csv", "catalogue/x.csv", "inbox/../inbox/x.csv"]
)
def test_a_file_that_is_asked_for_is_never_written_among_those_of_others(
    staffed: Workspace, verb: list[str], place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would be written by the account that may write everywhere: into another office's drop folder, too."""
    line = [word.format(folder=tmp_path) for word in verb]

    assert run(staffed, "--as", "ani", *line, str(staffed.root / place)) == 2
    assert "Write it somewhere else." in capsys.readouterr().err
    assert not (staffed.root / place).exists()


def test_a_file_that_is_asked_for_takes_the_place_of_none_of_another_kind(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = workspace.database.read_bytes()
    for path in (workspace.database, workspace.root / "pantau.toml"):
        assert run(workspace, "--as", "dina", "calendar", "--ics", str(path)) == 2
        assert "is there already" in capsys.readouterr().err
    assert workspace.database.read_bytes() == before
    assert Workspace(workspace.root).settings == workspace.settings
