"""What a bureau asks of the catalogue and the calendar at the command line, and what runs meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.tui.screens import seen, until
from tui import words
from tui.app import PantauApp
from tui.main import main
from tui.samples import sample
from tui.screens.catalogue import CatalogueScreen
from tui.screens.overview import OverviewScreen
from tui.workspace import Workspace, create
from workflow import FILES, CheckItem

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(workspace: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setenv("PANTAU_WORKSPACE", str(workspace.root))

    def asked(*arguments: str) -> tuple[int, str, str]:
        code = main(["--lang", "en", *arguments])
        return code, *capsys.readouterr()

    return asked


def edit(workspace: Workspace, file: str, found: str, put: str) -> None:
    path = workspace.catalogue / file
    text = path.read_text(encoding="utf-8")
    assert found in text
    path.write_text(text.replace(found, put, 1), encoding="utf-8")


LKJIP_RULE = 'code = "lkjip"'


def later(workspace: Workspace) -> None:
    """LKjIP of an office a month later."""
    path = workspace.catalogue / "requirements.toml"
    before, _, after = path.read_text(encoding="utf-8").partition(LKJIP_RULE + "\n")
    path.write_text(before + LKJIP_RULE + "\n" + after.replace("months = 2", "months = 3", 1), encoding="utf-8")


def test_the_catalogue_says_what_is_asked_of_whom_by_which_rule(ask: Ask) -> None:
    code, told, _ = ask("catalogue", "show", "lkjip")

    assert code == 0
    assert "2 months after the end of the period" in told
    assert "PermenPAN-RB 53/2014" in told
    assert json.loads(ask("catalogue", "show", "lkjip", "--json")[1])["due"]["months"] == 2
    assert "lkjip" in ask("catalogue")[1]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        pytest.param("en", "Completeness: Signed by the first party: the head of the office · ", id="English"),
        pytest.param("id", "Kelengkapan: Ditandatangani pihak pertama: kepala perangkat daerah · ", id="Indonesian"),
    ],
)
def test_what_a_reviewer_looks_at_is_said_in_the_language_that_is_spoken(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], language: str, told: str
) -> None:
    assert main(["--workspace", str(workspace.root), "--lang", language, "catalogue", "show", "pk"]) == 0
    assert told in capsys.readouterr().out


def test_an_item_without_group_or_english_words_is_told_as_it_stands(ask: Ask, workspace: Workspace) -> None:
    edit(workspace, "requirements.toml", 'checklists = ["pk"]', 'checklist = ["Bertanggal"]')

    assert " · Bertanggal\n" in ask("catalogue", "show", "pk")[1]


def test_every_group_of_the_shipped_lists_has_a_name_in_english(ask: Ask) -> None:
    entries = json.loads(ask("catalogue", "--json")[1])
    groups = {item["group"]: CheckItem("a", "", "", item["group"]) for one in entries for item in one["checklist"]}

    assert groups.pop("Format")  # the same in both
    assert [name for name, item in groups.items() if name in words.check_item(item)] == []


def test_a_year_that_was_opened_with_items_without_codes_shows_them_and_what_has_changed(
    ask: Ask, workspace: Workspace
) -> None:
    edit(workspace, "requirements.toml", 'checklists = ["pk"]', 'checklist = ["Bertanggal", "Ditandatangani"]')
    assert ask("catalogue", "diff", "--apply", "--note", "seperti dahulu")[0] == 0
    assert json.loads(ask("catalogue", "diff", "--json")[1])["changes"] == []
    edit(workspace, "requirements.toml", 'checklist = ["Bertanggal", "Ditandatangani"]', 'checklists = ["pk"]')

    code, told, _ = ask("catalogue", "diff")

    assert code == 0
    assert "~ diskes/pk/2026  worded anew" in told


def test_a_document_that_is_not_in_it_is_answered_with_the_nearest(ask: Ask) -> None:
    code, _, told = ask("catalogue", "show", "lkjp")

    assert code == 2
    assert "lkjip" in told


def test_two_time_zones_are_told(ask: Ask, workspace: Workspace) -> None:
    assert ask("catalogue", "check")[2] == ""
    edit(workspace, "offices.toml", "Asia/Jakarta", "Asia/Makassar")

    assert "offices.toml says Asia/Makassar, pantau.toml Asia/Jakarta" in ask("catalogue", "check")[2]


def test_a_mistake_is_one_line_with_file_and_line(ask: Ask, workspace: Workspace) -> None:
    assert ask("catalogue", "check")[0] == 0
    edit(workspace, "requirements.toml", 'anchor = "dppa"', 'anchor = "dpaa"')

    code, _, told = ask("catalogue", "check")

    line = (workspace.catalogue / "requirements.toml").read_text(encoding="utf-8").partition("dpaa")[0].count(
        "\n"
    ) + 1
    assert code == 2
    assert f"requirements.toml, line {line}: " in told
    assert "dpaa → dpa" in told
    assert told.count("\n") == 1


def test_what_runs_keeps_the_last_good_catalogue(ask: Ask, workspace: Workspace) -> None:
    before = ask("status", "diskes", "--json")
    for name in FILES:
        (workspace.catalogue / name).write_text("ini [ bukan TOML\n", encoding="utf-8")

    assert ask("status", "diskes", "--json") == before
    assert ask("show", "diskes/lkjip/2025")[0] == 0
    assert ask("open-year", "2026")[0] == 2


def test_a_running_watcher_takes_no_notice_of_broken_files(workspace: Workspace, ask: Ask) -> None:
    command = [sys.executable, "-m", "tui", "--workspace", str(workspace.root), "watch"]
    watcher = subprocess.Popen(command, cwd=Path(__file__).parents[2], stderr=subprocess.PIPE, text=True)
    assert watcher.stderr is not None
    try:
        assert "diskes" not in watcher.stderr.readline()  # it watches
        for name in FILES:
            (workspace.catalogue / name).write_text("ini [ bukan TOML\n", encoding="utf-8")
        document = sample("lkjip", "Dinas Kesehatan", "2025", region="Provinsi Lampung")
        (workspace.inbox / "diskes" / "LKjIP 2025.pdf").write_bytes(document)

        assert any("diskes/lkjip/2025" in line for line in watcher.stderr)
        assert watcher.poll() is None
    finally:
        watcher.terminate()
        watcher.communicate()
    assert json.loads(ask("show", "diskes/lkjip/2025", "--json")[1])["state"] == "submitted"


def test_a_year_is_previewed_and_nothing_is_added(ask: Ask) -> None:
    code, told, _ = ask("open-year", "2027", "--dry-run")

    assert code == 0
    assert "+ diskes/lkjip/2026  28 February 2027" in told
    assert ask("open-year", "2027", "--dry-run")[1] == told
    added = json.loads(ask("open-year", "2027", "--json")[1])
    assert f"2027: {len(added)} new" in told


def test_a_year_that_is_open_is_changed_on_word_and_the_trail_says_so(ask: Ask, workspace: Workspace) -> None:
    later(workspace)

    code, told, hint = ask("catalogue", "diff")
    assert code == 0
    assert "~ diskes/lkjip/2025  28 February 2026 → 31 March 2026" in told
    assert "Nothing was changed" in hint
    assert ask("catalogue", "diff", "--apply")[0] == 1
    assert "28 February 2026" in ask("show", "diskes/lkjip/2025")[1]

    assert ask("catalogue", "diff", "--apply", "--note", "SE 5/2026")[0] == 0
    shown = ask("show", "diskes/lkjip/2025")[1]
    assert "3 months after 31 December 2025" in shown
    assert "SE 5/2026" in ask("log", "diskes/lkjip/2025")[1]
    assert json.loads(ask("catalogue", "diff", "--json")[1])["changes"] == []


def test_a_document_is_declared_and_waived_and_reinstated(ask: Ask) -> None:
    name = "diskes/pk/2026+perubahan"

    assert ask("declare", name)[0] == 1
    assert ask("declare", name, "--note", "P53 I.E: mutasi")[0] == 0
    assert json.loads(ask("show", name, "--json")[1])["owed"] is True
    assert "waived" in ask("waive", name, "--note", "batal")[1]
    assert json.loads(ask("reinstate", name, "--note", "batal", "--json")[1])["duty"] == "conditional"


def test_the_calendar_of_an_office_goes_into_peoples_own(ask: Ask, workspace: Workspace, tmp_path: Path) -> None:
    """Nothing in it is named as in the calendar of another region."""
    file, place = tmp_path / "diskes.ics", f"{workspace.settings.region.replace(' ', '-').lower()}.pantau"

    assert ask("calendar", "diskes", "--ics", str(file))[0] == 0

    events = {str(event["uid"]): event for event in Calendar.from_ical(file.read_bytes()).walk("VEVENT")}
    lkjip = events[f"diskes/lkjip/2025@{place}"]
    assert lkjip.decoded("dtstart") == date(2026, 2, 28)
    assert "2 months after 31 December 2025" in str(lkjip["description"])
    assert f"diskes/pk/2026+perubahan@{place}" not in events
    before = file.read_bytes()
    assert ask("calendar", "diskes", "--ics", str(file))[0] == 0
    assert file.read_bytes() == before


def test_the_calendar_is_told_in_order_for_one_and_for_all(ask: Ask) -> None:
    due = [one["due"] for one in json.loads(ask("calendar", "--json")[1])]

    assert due == sorted(due)
    assert "28 February 2026" in ask("calendar", "diskes")[1]
    assert "49 offices" in ask("calendar")[1]
    assert ask("calendar", "diskes", "--ics", os.devnull + "/x")[0] == 2


def test_of_what_has_changed_over_the_years_the_year_on_screen_counts(ask: Ask, workspace: Workspace) -> None:
    assert "in the years: 2025 …\n" in ask("catalogue", "show", "renstra")[1]
    settings = workspace.root / "pantau.toml"
    settings.write_text(settings.read_text().replace("year = 2026", "year = 2024"), encoding="utf-8")

    assert "in the years: … 2024\n" in ask("catalogue", "show", "renstra")[1]
    both = [line for line in ask("catalogue")[1].splitlines() if line.startswith("RS ")]
    assert [line.split("  ")[-1].strip() for line in both] == ["2025 …", "… 2024"]


def test_a_calendar_that_was_written_is_told_beside_the_answer(ask: Ask, tmp_path: Path) -> None:
    _, answer, remark = ask("calendar", "diskes", "--ics", str(tmp_path / "dinas.ics"))

    assert answer == ""
    assert "dinas.ics is written" in remark


def test_what_is_owed_already_is_not_declared_and_that_is_the_reason(ask: Ask) -> None:
    code, _, told = ask("declare", "diskes/pk/2026", "--note", "pergeseran anggaran")

    assert code == 1
    assert "it is owed already" in told


@pytest.mark.parametrize("region", ["Kota Metro", "Kabupaten Baru"])
def test_a_year_opened_twice_adds_nothing(region: str, tmp_path: Path) -> None:
    workspace = create(tmp_path / "ws", region, 2026, "id")

    assert workspace.open_year(2026) != []
    assert workspace.open_year(2026) == []
    assert workspace.open_year(2027) != []
    assert workspace.open_year(2026) == []


@pytest.mark.parametrize("size", [(80, 24), (140, 50)])
async def test_the_catalogue_screen_says_by_when_and_from_which_rule(
    app: PantauApp, workspace: Workspace, size: tuple[int, int], spoken: str
) -> None:
    """What is shown is what the year was opened with: files that are broken meanwhile do not matter."""
    (workspace.catalogue / "requirements.toml").write_text("ini [ bukan TOML\n", encoding="utf-8")
    async with app.run_test(size=size) as pilot:
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, CatalogueScreen))
        await until(pilot, lambda: {"id": "diminta dari", "en": "asked of"}[spoken] in seen(app))
        assert {"id": "seberapa sering", "en": "how often"}[spoken] in seen(app)
        await pilot.press("j")
        await until(pilot, lambda: {"id": "belum ada yang wajib", "en": "nobody owes it yet"}[spoken] in seen(app))
        assert "100%" not in seen(app)
        await pilot.press("G", "J", "K", "g", "q")
        await until(pilot, lambda: isinstance(app.screen, OverviewScreen))
