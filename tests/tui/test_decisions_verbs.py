"""Deciding at the command line: one document or several, with a checklist, and what is said of findings."""

from __future__ import annotations

import json
from typing import Any

import pytest

from inbox import Text, Texts
from tui.main import main
from tui.workspace import Workspace, now
from workflow import Action, Actor, Checklists, FindingState, Mark, Role, Rule, State, kept_refusals

from .conftest import BUDI, LKJIP, SARI, Elsewhere

PEOPLE = """
[[person]]
name = "sari"
role = "reviewer"
unit = "biro-organisasi"
[[person]]
name = "rini"
role = "reviewer"
[[person]]
name = "dewi"
role = "reviewer"
unit = "bappeda"
[[person]]
name = "budi"
role = "approver"
[[person]]
name = "ani"
role = "bureau"
[[person]]
name = "dinkes"
role = "office"
unit = "diskes"
"""
PK, OTHER = "diskes/pk/2026", "bpbd/lkjip/2025"


@pytest.fixture(autouse=True)
def people(workspace: Workspace) -> None:
    workspace.people.write_text(PEOPLE, encoding="utf-8")


class Typing:
    """What a person types, and what is answered."""

    def __init__(self, workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
        self._root, self._capsys = str(workspace.root), capsys

    def __call__(self, name: str, *arguments: str, code: int = 0) -> str:
        """The answer, or what was said instead of one."""
        assert main(["--workspace", self._root, "--as", name, "--lang", "en", *arguments]) == code
        said = self._capsys.readouterr()
        return said.out + said.err

    def data(self, name: str, *arguments: str, code: int = 0) -> Any:
        return json.loads(self(name, *arguments, "--json", code=code))


@pytest.fixture
def typed(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> Typing:
    return Typing(workspace, capsys)


@pytest.fixture
def sent(elsewhere: Elsewhere) -> Elsewhere:
    """Two documents of one office and one of another have come."""
    for name in (LKJIP, PK, OTHER):
        elsewhere.submit(name, content=name.encode())
    return elsewhere


def stands(sent: Elsewhere, name: str) -> tuple[State, str | None]:
    found = sent.register.obligation(name)
    return found.state, found.holder


def test_each_of_several_is_judged_by_itself_and_told_in_one_summary(sent: Elsewhere, typed: Typing) -> None:
    sent.decide(Action.REVIEW, PK, SARI)

    said = typed("sari", "review", LKJIP, PK, "diskess/lkjip/2025", OTHER, code=1).splitlines()

    assert [line.split()[0] for line in said] == ["T!", "T!", "-", "-", "2"]
    assert "sari cannot review Performance agreement 2026, Dinas Kesehatan: it is reviewed." in said[2]
    assert "There is no obligation 'diskess/lkjip/2025'. Did you mean diskes" in said[3]
    assert said[-1] == "2 done, 2 refused."
    assert {stands(sent, name)[0] for name in (LKJIP, PK, OTHER)} == {State.REVIEWED}


def test_the_same_as_data(sent: Elsewhere, typed: Typing) -> None:
    sent.decide(Action.REVIEW, PK, SARI)

    told = typed.data("sari", "review", LKJIP, PK, "diskes/lkjip/1999", code=1)

    assert [one["id"] for one in told["done"]] == [LKJIP]
    assert [(one["id"], one["rule"]) for one in told["refused"]] == [
        (PK, "not from here"),
        ("diskes/lkjip/1999", "unknown"),
    ]
    assert all(one["why"] for one in told["refused"])


def test_all_done_is_zero_and_twice_named_is_once_done(sent: Elsewhere, typed: Typing) -> None:
    assert typed("sari", "review", LKJIP, PK, LKJIP).splitlines()[-1] == "2 done, 0 refused."


def test_one_alone_is_answered_as_ever(sent: Elsewhere, typed: Typing) -> None:
    assert typed.data("sari", "review", LKJIP)["state"] == "reviewed"
    assert "not with the role of reviewer" in typed("sari", "approve", LKJIP, code=1)


def test_a_content_is_that_of_one_document(sent: Elsewhere, typed: Typing) -> None:
    assert "--content is about one document" in typed("sari", "review", LKJIP, PK, "--content", "aa", code=2)
    assert stands(sent, LKJIP)[0] is State.SUBMITTED


@pytest.mark.parametrize(
    ("verb", "arguments", "who"),
    [
        pytest.param("approve", [], "budi", id="approve"),
        pytest.param("return", ["--finding", "kurang"], "sari", id="return"),
        pytest.param("extend", ["--due", "2027-01-31", "--note", "banjir"], "ani", id="extend"),
        pytest.param("waive", ["--note", "tidak ada"], "ani", id="waive"),
        pytest.param("reinstate", ["--note", "ada lagi"], "ani", id="reinstate"),
        pytest.param("declare", ["--note", "berubah"], "ani", id="declare"),
        pytest.param("admit", ["--note", "sistem padam"], "ani", id="admit"),
        pytest.param("take", [], "sari", id="take"),
        pytest.param("release", [], "sari", id="release"),
        pytest.param("assign", ["--to", "rini"], "ani", id="assign"),
        pytest.param("withdraw", ["--note", "salah"], "dinkes", id="withdraw"),
        pytest.param("reopen", ["--note", "keliru"], "budi", id="reopen"),
        pytest.param("undo", [], "sari", id="undo"),
    ],
)
def test_every_decision_takes_several(
    sent: Elsewhere, typed: Typing, verb: str, arguments: list[str], who: str
) -> None:
    told = typed(who, verb, LKJIP, "diskes/lkjip/1999", *arguments, code=1)

    assert told.splitlines()[-1].endswith("refused.")
    assert "There is no obligation 'diskes/lkjip/1999'" in told


def test_what_is_taken_is_held_and_given_back(sent: Elsewhere, typed: Typing) -> None:
    assert "held by: sari" in typed("sari", "take", LKJIP)
    assert stands(sent, LKJIP) == (State.SUBMITTED, "sari")
    assert "sari has taken it" in typed("rini", "take", LKJIP, code=1)
    assert "sari has taken it" in typed("rini", "release", LKJIP, code=1)

    assert "held by nobody any more" in typed("sari", "release", LKJIP)
    assert stands(sent, LKJIP)[1] is None


def test_who_holds_it_hands_it_over_with_a_note(sent: Elsewhere, typed: Typing) -> None:
    typed("sari", "take", LKJIP)

    assert "held by: rini" in typed("sari", "assign", LKJIP, "--to", "rini", "--note", "saya cuti")
    assert sent.register.trail(sent.register.obligation(LKJIP).id)[-1].note == "saya cuti"


@pytest.mark.parametrize(
    ("to", "code", "why"),
    [
        pytest.param("rinni", 2, "There is no person 'rinni'. Did you mean rini", id="mistyped"),
        pytest.param("budi", 1, "budi cannot review Annual performance report 2025", id="an approver"),
        pytest.param("dewi", 1, "biro-organisasi reviews it. Who could: rini, sari (reviewer).", id="another unit"),
    ],
)
def test_nothing_is_given_to_who_could_not_decide_it(
    sent: Elsewhere, typed: Typing, to: str, code: int, why: str
) -> None:
    assert why in typed("ani", "assign", LKJIP, "--to", to, code=code)
    assert stands(sent, LKJIP)[1] is None


def test_whoever_may_not_give_it_is_told_that_first_and_it_is_kept(sent: Elsewhere, typed: Typing) -> None:
    assert "dinkes cannot assign" in typed("dinkes", "assign", LKJIP, "--to", "budi", code=1)

    (kept,) = kept_refusals(sent._database)
    assert (kept.actor, kept.action, kept.rule) == ("dinkes", Action.ASSIGN, Rule.WRONG_ROLE)


def test_nobody_named_is_asked_for(sent: Elsewhere, typed: Typing) -> None:
    assert "--to NAME" in typed("ani", "assign", LKJIP, code=1)


def test_who_reviewed_it_is_not_given_it_for_approval(sent: Elsewhere, typed: Typing, workspace: Workspace) -> None:
    sent.decide(Action.REVIEW, LKJIP, Actor("wati", Role.ADMINISTRATOR))
    workspace.people.write_text(f'{PEOPLE}[[person]]\nname = "wati"\nrole = "administrator"\n', encoding="utf-8")

    assert "rule of other eyes, wati has reviewed it" in typed("ani", "assign", LKJIP, "--to", "wati", code=1)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        pytest.param("bab 2 kurang", ("bab 2 kurang", "", 0), id="words"),
        pytest.param("bab 2 kurang @14", ("bab 2 kurang", "", 14), id="words and a page"),
        pytest.param(
            "judul: tahun salah", ("Judul, tahun, dan periodenya benar: tahun salah", "judul", 0), id="code"
        ),
        pytest.param("JUDUL:@3", ("Judul, tahun, dan periodenya benar", "judul", 3), id="an item alone, on a page"),
        pytest.param("Bab 2: kurang", ("Bab 2: kurang", "", 0), id="a colon in words"),
        pytest.param("tulis ke a@5", ("tulis ke a@5", "", 0), id="no page"),
        pytest.param("lihat http://contoh.go.id", ("lihat http://contoh.go.id", "", 0), id="an address"),
    ],
)
def test_a_finding_is_typed_with_code_and_page(
    sent: Elsewhere, typed: Typing, text: str, finding: tuple[str, str, int]
) -> None:
    typed("sari", "return", LKJIP, "--finding", text)

    (noted,) = sent.register.findings(sent.register.obligation(LKJIP))
    assert noted.defect == finding


def test_a_code_that_is_none_is_answered_with_the_nearest(sent: Elsewhere, typed: Typing) -> None:
    assert "'format-99'. Did you mean format-" in typed("sari", "return", LKJIP, "--finding", "format-99:x", code=2)
    assert stands(sent, LKJIP)[0] is State.SUBMITTED


def test_a_begun_checklist_is_returned_with_what_was_not_met(sent: Elsewhere, typed: Typing) -> None:
    seen = sent.register.obligation(LKJIP)
    codes, lists = [item.code for item in seen.requirement.checklist], Checklists(sent._database, now)
    for code in codes[3:]:
        lists.tick(seen, SARI, code, Mark.MEETS)
    typed("sari", "check", LKJIP, codes[0], "perlu-perbaikan", "--page", "2", "--note", "tahun lain")
    typed("sari", "check", LKJIP, codes[1], "not-found")

    typed("sari", "return", LKJIP, "--finding", f"{codes[1]}: halaman hilang", "--finding", "juga ini")

    found = [one.defect for one in sent.register.findings(sent.register.obligation(LKJIP))]
    assert [(one.code, one.page) for one in found] == [(codes[0], 2), (codes[2], 0), (codes[1], 0), ("", 0)]
    assert found[2].text.endswith(": halaman hilang")


def test_the_checklist_is_left_out_when_it_is_said(sent: Elsewhere, typed: Typing) -> None:
    typed("sari", "check", LKJIP, "judul", "needs-repair")
    typed("sari", "return", LKJIP, "--without-checklist", "--finding", "hanya ini")

    assert [one.defect.text for one in sent.register.findings(sent.register.obligation(LKJIP))] == ["hanya ini"]


@pytest.mark.parametrize(
    ("mark", "shown"),
    [
        ("meets", "meets"),
        ("SESUAI", "meets"),
        ("needs-repair", "needs repair"),
        ("perlu-perbaikan", "needs repair"),
        ("not found", "not found"),
        ("tidak-ditemukan", "not found"),
        ("not-applicable", "not applicable"),
        ("tidak-berlaku", "not applicable"),
    ],
)
def test_an_item_is_ticked_in_either_language(sent: Elsewhere, typed: Typing, mark: str, shown: str) -> None:
    typed("sari", "check", LKJIP, "judul", mark, "--page", "4", "--note", "lihat sampul")

    first = typed.data("sari", "check", LKJIP)["items"][0]

    assert (first["mark"], first["page"], first["note"]) == (shown, 4, "lihat sampul")
    assert f"{shown:<14}  judul" in typed("sari", "check", LKJIP)
    assert typed.data("rini", "check", LKJIP)["items"][0]["mark"] is None


def test_a_page_behind_the_last_is_refused_where_that_is_known(sent: Elsewhere, typed: Typing) -> None:
    content = sent.register.obligation(LKJIP).content
    assert content
    typed("sari", "check", LKJIP, "judul", "meets", "--page", "4")
    Texts(sent._database).keep(content, Text(3, ("satu", "dua", "tiga"), (1, 2, 3)))

    assert "The document has 3 pages only." in typed("sari", "check", LKJIP, "judul", "meets", "--page", "4", code=2)
    typed("sari", "check", LKJIP, "judul", "meets", "--page", "3")
    assert typed.data("sari", "check", LKJIP)["items"][0]["page"] == 3


def test_a_tick_is_taken_away(sent: Elsewhere, typed: Typing) -> None:
    typed("sari", "check", LKJIP, "judul", "meets")

    assert "checklist of sari: nothing is ticked" in typed("sari", "check", LKJIP, "judul", "-")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(
            ["judull", "meets"], "There is no item of the checklist 'judull'. Did you mean judul", id="item"
        ),
        pytest.param(["judul", "mets"], "'mets' says nothing of an item. Did you mean meets?", id="mark"),
        pytest.param(["judul"], "What is said of an item is one of these: meets, ", id="nothing said"),
        pytest.param(["judul", "?"], "is one of these: meets, ", id="nothing like it"),
    ],
)
def test_a_wrong_tick_is_told_with_the_right_one(
    sent: Elsewhere, typed: Typing, arguments: list[str], told: str
) -> None:
    assert told in typed("sari", "check", LKJIP, *arguments, code=2)


def test_where_nothing_has_come_there_is_nothing_to_check(typed: Typing) -> None:
    assert "no file has arrived yet" in typed("sari", "check", LKJIP, "judul", "meets", code=2)


def test_what_fails_in_the_checklist_is_not_passed_on(sent: Elsewhere, typed: Typing) -> None:
    typed("sari", "check", LKJIP, "judul", "needs-repair")

    assert "your checklist says that something is to be repaired" in typed("sari", "review", LKJIP, code=1)


@pytest.fixture
def returned(sent: Elsewhere) -> Elsewhere:
    """The report has gone back with two findings."""
    sent.decide(Action.RETURN, LKJIP, SARI, "bab 2 kurang", "tanpa tanggal")
    return sent


def states(sent: Elsewhere) -> list[str]:
    return list(sent.register.obligation(LKJIP).findings)


def test_undo_says_which_findings_fell(sent: Elsewhere, typed: Typing) -> None:
    typed("sari", "return", LKJIP, "--finding", "bab 2 kurang", "--finding", "tanpa tanggal")

    assert "findings 1, 2: fallen" in typed("sari", "undo", LKJIP)
    assert states(sent) == ["fallen", "fallen"]


def test_a_finding_is_answered_accepted_and_opened_again(returned: Elsewhere, typed: Typing) -> None:
    returned.submit(LKJIP, content=b"newer")
    assert states(returned) == ["answered", "answered"]

    assert "finding 2: still open" in typed("sari", "open-again", LKJIP, "--about", "2", "--note", "masih kosong")
    assert "finding 2: answered" in typed("dinkes", "answer", LKJIP, "--about", "2", "--note", "halaman 3")
    assert "findings 1, 2: accepted" in typed("sari", "accept", LKJIP, "--about", "1", "2")
    assert states(returned) == [FindingState.ACCEPTED, FindingState.ACCEPTED]


def test_the_bureau_answers_for_the_office_and_the_trail_names_both(returned: Elsewhere, typed: Typing) -> None:
    typed("ani", "answer", LKJIP, "--about", "1", "--note", "dijawab lewat surat")

    last = returned.register.trail(returned.register.obligation(LKJIP).id)[-1]
    assert (last.actor, last.on_behalf, last.about) == ("ani", "diskes", (1,))


@pytest.mark.parametrize(
    ("who", "arguments", "why"),
    [
        pytest.param("ani", ["answer", LKJIP, "--note", "x"], "--about NUMBER", id="no number"),
        pytest.param("ani", ["answer", LKJIP, "--about", "1"], "a note is needed", id="no words"),
        pytest.param("ani", ["answer", LKJIP, "--about", "9", "--note", "x"], "no finding of which", id="no such"),
        pytest.param(
            "budi", ["answer", LKJIP, "--about", "1", "--note", "x"], "Dinas Kesehatan could", id="approver"
        ),
        pytest.param(
            *("sari", ["accept", LKJIP, "--about", "1"]),
            *("cannot accept a repair of Annual performance report 2025, Dinas Kesehatan: it is returned",),
            id="not here",
        ),
        pytest.param("sari", ["comment", LKJIP, "  "], "a note is needed", id="nothing to say"),
    ],
)
def test_what_cannot_be_said_of_findings_is_told(
    returned: Elsewhere, typed: Typing, who: str, arguments: list[str], why: str
) -> None:
    assert why in typed(who, *arguments, code=1)


def test_comments_go_both_ways_and_are_shown(returned: Elsewhere, typed: Typing) -> None:
    typed("dinkes", "comment", LKJIP, "bagian mana?", "--about", "1")
    typed("sari", "comment", LKJIP, "tabel 2.1")

    shown = typed("rini", "show", LKJIP)
    finding = shown[shown.index("1. still open: bab 2 kurang") : shown.index("2. still open")]
    assert "comment: dinkes · bagian mana?" in finding
    assert "comment: sari · tabel 2.1" in shown[shown.index("comments:") :]


def test_show_tells_holder_findings_checklist_and_who_has_seen_it(sent: Elsewhere, typed: Typing) -> None:
    typed("sari", "check", LKJIP, "judul", "meets")
    typed("sari", "review", LKJIP)
    typed("ani", "assign", LKJIP, "--to", "budi")
    typed("budi", "show", LKJIP)

    shown = typed("rini", "show", LKJIP)
    assert "held by: budi" in shown
    assert "checklist of sari: meets 1" in shown
    assert "seen by: budi " in shown
    assert "it has changed since" not in shown
    data = typed.data("ani", "show", LKJIP)
    assert (data["holder"], data["checklist"][0]["mark"]) == ("budi", "meets")
    assert [one["actor"] for one in data["seen"]] == ["budi", "rini"]
    typed("budi", "comment", LKJIP, "sebentar")
    assert "(it has changed since), rini" in typed("rini", "show", LKJIP)


def test_the_checklist_of_an_undone_decision_is_not_that_of_the_last(sent: Elsewhere, typed: Typing) -> None:
    typed("sari", "check", LKJIP, "judul", "meets")
    typed("sari", "review", LKJIP)
    typed("sari", "undo", LKJIP)

    assert "checklist of" not in typed("rini", "show", LKJIP)


def test_log_tells_which_findings_each_record_moved(returned: Elsewhere, typed: Typing) -> None:
    returned.submit(LKJIP, content=b"newer")
    returned.decide(Action.REVIEW, LKJIP, SARI)
    returned.decide(Action.APPROVE, LKJIP, BUDI)

    lines = [line.strip() for line in typed("sari", "log", LKJIP).splitlines()]
    assert lines[lines.index("1. bab 2 kurang") + 1] == "2. tanpa tanggal"
    assert lines.index("findings 1, 2: answered") < lines.index("findings 1, 2: accepted")


def test_what_is_anothers_does_not_keep_the_answer_on_ones_own_back(sent: Elsewhere, typed: Typing) -> None:
    told = typed("dinkes", "withdraw", LKJIP, OTHER, PK, "--note", "salah berkas", code=1).splitlines()
    assert stands(sent, PK)[0] is State.DRAFT
    assert told[-1] == "2 done, 1 refused."
    assert "An office sees and does only what is its own" in told[-2]

    data = typed.data("dinkes", "withdraw", LKJIP, OTHER, "--note", "lagi", code=1)
    assert [one["id"] for one in data["refused"]] == [LKJIP, OTHER]
