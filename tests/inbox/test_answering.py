"""An office answers findings with a file: each answer is a record, once, and the file an arrival like any other."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from inbox import Arrival, Happening, Outcome, Reason, Sheet, heading, unproved
from inbox.answers import LARGEST, LONGEST
from tests.inbox.conftest import LATER, ROOT, SARI, Place, faults, pantau, snapshot, wait_until
from tests.inbox.ingest import STEPS, take
from workflow import Action, Actor, Defect, FindingState, Role, State

PK = "dinkes/pk/2026"
ANI = Actor("ani", Role.BUREAU)
FORM = "TEMUAN PK 2026 putaran 1.txt"
BACK = f"dinkes/dikembalikan/{FORM}"
OPEN, ANSWERED, ACCEPTED = FindingState.OPEN, FindingState.ANSWERED, FindingState.ACCEPTED


# As Word saves a file: a ZIP.
FROM_WORD = b"PK\x05\x06" + bytes(18)


def form(sheet: Sheet, *answers: str) -> bytes:
    """What a clerk sends, with an answer below each finding from the first on."""
    parts = (f"{heading(f'Temuan {n}')}\n| ...\nJawaban:\n{text}\n" for n, text in enumerate(answers, start=1))
    return "\n".join((sheet.line, *parts)).encode()


def sheet_of(place: Place, name: str = PK) -> Sheet:
    """The one that is handed out for the last return."""
    obligation = place.obligation(name)
    seq = max(one.seq for one in place.register.trail(obligation.id) if one.action is Action.RETURN)
    return Sheet(obligation.id, obligation.round, seq)


def answers(place: Place, name: str = PK) -> list[tuple[tuple[int, ...], str, str]]:
    """Which findings were answered, with what, by whom."""
    trail = place.register.trail(place.obligation(name).id)
    return [(one.about, one.note, one.actor) for one in trail if one.action is Action.ANSWER]


def states(place: Place, name: str = PK) -> list[FindingState]:
    return list(place.obligation(name).findings)


@pytest.fixture
def returned(place: Place) -> Place:
    """A place where a document was returned with three findings."""
    place.submit("dinkes/PK 2026.pdf", b"PK 2026")
    place.send_back(PK, "Tabel capaian tidak ada", Defect("Sampul salah", "3", 2), "Tanpa tanda tangan")
    return place


def test_each_answer_is_a_record_of_the_office(returned: Place) -> None:
    content = form(sheet_of(returned), "Tabel ditambah", "", "Sudah\nditandatangani")
    arrival = returned.submit(f"dinkes/{FORM}", content)

    assert answers(returned) == [((1,), "Tabel ditambah", "dinkes"), ((3,), "Sudah ditandatangani", "dinkes")]
    assert (arrival.outcome, arrival.obligation, arrival.seq) == (Outcome.FILED, PK, 4)
    assert returned.store.path(arrival.digest).read_bytes() == content
    assert returned.obligation(PK).state is State.DRAFT
    assert faults(returned, {arrival.digest}) == []
    assert returned.left() == []


def test_an_answer_to_a_draft_is_kept_as_words_and_the_newer_version_answers_it(returned: Place) -> None:
    returned.submit(f"dinkes/{FORM}", form(sheet_of(returned), "Tabel ditambah", "", ""))
    assert states(returned) == [OPEN, OPEN, OPEN]

    returned.submit("dinkes/PK 2026 perbaikan.pdf", b"PK 2026, repaired")

    assert states(returned) == [ANSWERED, ANSWERED, ANSWERED]
    assert answers(returned) == [((1,), "Tabel ditambah", "dinkes")]


def test_answers_may_come_after_the_newer_version(returned: Place) -> None:
    sheet = sheet_of(returned)
    returned.submit("dinkes/PK 2026 perbaikan.pdf", b"PK 2026, repaired")
    arrival = returned.submit(f"dinkes/{FORM}", form(sheet, "Tabel ditambah", "", ""))

    assert arrival.outcome is Outcome.FILED
    assert states(returned) == [ANSWERED, ANSWERED, ANSWERED]


def test_answers_and_the_newer_version_may_come_together(returned: Place) -> None:
    returned.drop(f"dinkes/{FORM}", form(sheet_of(returned), "Tabel ditambah", "", ""))
    returned.drop("dinkes/PK 2026 perbaikan.pdf", b"PK 2026, repaired")
    returned.take()

    assert len(answers(returned)) == 1
    assert (returned.obligation(PK).state, states(returned)) == (State.SUBMITTED, [ANSWERED] * 3)


def test_the_same_file_twice_answers_once(returned: Place) -> None:
    content = form(sheet_of(returned), "Tabel ditambah", "", "")
    returned.submit(f"dinkes/{FORM}", content)
    again = returned.submit("dinkes/salinan.txt", b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))

    assert (again.outcome, again.obligation, len(answers(returned))) == (Outcome.AGAIN, PK, 1)


def test_only_what_was_answered_otherwise_is_a_new_record(returned: Place) -> None:
    sheet = sheet_of(returned)
    returned.submit(f"dinkes/{FORM}", form(sheet, "Tabel ditambah", "Diganti", ""))
    returned.submit(f"dinkes/{FORM}", form(sheet, "Tabel ditambah", "Diganti lagi", ""))

    assert [about for about, _, _ in answers(returned)] == [(1,), (2,), (2,)]


def accepted(place: Place) -> None:
    """The newer version came, and the first finding was accepted."""
    place.submit("dinkes/PK 2026 perbaikan.pdf", b"PK 2026, repaired")
    place.register.perform(Action.ACCEPT, place.obligation(PK), SARI, about=[1])


def test_an_answer_to_a_finding_that_was_accepted_is_left_out_beside_others(returned: Place) -> None:
    sheet = sheet_of(returned)
    accepted(returned)
    arrival = returned.submit(f"dinkes/{FORM}", form(sheet, "Tabel ditambah", "Diganti", ""))

    assert (arrival.outcome, answers(returned)) == (Outcome.FILED, [((2,), "Diganti", "dinkes")])


def asked(place: Place, path: str, content: bytes) -> Reason:
    """Why a file waits; no obligation may be offered for it, and nothing have moved."""
    before = place.register.trail(place.obligation(PK).id)
    arrival = place.submit(path, content)
    assert arrival.outcome is Outcome.QUARANTINED
    held = place.quarantine.held(arrival.id)
    assert held.guesses == ()
    assert place.register.trail(place.obligation(PK).id) == before
    return held.reason


def test_an_answer_of_another_office_is_asked_about(returned: Place) -> None:
    content = form(sheet_of(returned), "Sudah", "", "")

    assert asked(returned, f"dlh/{FORM}", content) is Reason.ANSWER_OF_ANOTHER


def test_an_answer_from_outside_any_drop_folder_is_of_the_office_that_was_asked(returned: Place) -> None:
    returned.submit(FORM, form(sheet_of(returned), "Sudah", "", ""))

    assert answers(returned) == [((1,), "Sudah", "dinkes")]


def test_an_answer_to_an_older_round_is_asked_about(returned: Place) -> None:
    older = sheet_of(returned)
    returned.submit("dinkes/PK 2026 perbaikan.pdf", b"PK 2026, repaired")
    returned.send_back(PK, "Masih salah")

    assert asked(returned, f"dinkes/{FORM}", form(older, "Sudah", "", "")) is Reason.ANSWER_TO_OLDER


def test_an_answer_to_a_return_that_was_undone_is_asked_about(returned: Place) -> None:
    undone = sheet_of(returned)
    returned.register.perform(Action.UNDO, returned.obligation(PK), SARI)

    assert asked(returned, f"dinkes/{FORM}", form(undone, "Sudah", "", "")) is Reason.ANSWER_TO_OLDER


def test_a_form_without_an_answer_is_asked_about(returned: Place) -> None:
    assert asked(returned, f"dinkes/{FORM}", form(sheet_of(returned), "", "-", "")) is Reason.ANSWER_EMPTY


def test_an_answer_to_findings_that_are_accepted_is_asked_about(returned: Place) -> None:
    sheet = sheet_of(returned)
    accepted(returned)

    assert asked(returned, f"dinkes/{FORM}", form(sheet, "Sudah", "", "")) is Reason.ANSWER_TOO_LATE


def test_an_answer_to_a_document_that_was_passed_on_is_asked_about(returned: Place) -> None:
    sheet = sheet_of(returned)
    returned.submit("dinkes/PK 2026 perbaikan.pdf", b"PK 2026, repaired")
    returned.approve(PK)

    assert asked(returned, f"dinkes/{FORM}", form(sheet, "Sudah", "", "")) is Reason.ANSWER_TOO_LATE


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda text: text.replace(b"putaran 1", b"putaran 2"), id="a changed line"),
        pytest.param(lambda text: text.replace(b"Temuan 2", b"Temuan 20"), id="a finding that is not there"),
        pytest.param(lambda text: text + b" " * LARGEST, id="too large"),
        pytest.param(lambda text: text.partition(b"\n")[2], id="the line lost"),
        pytest.param(lambda _: b"%PDF-1.4 PK 2026\nstartxref\n0\n%%EOF\n", id="only the name is left"),
    ],
)
def test_a_mangled_form_is_asked_about(returned: Place, spoil: object) -> None:
    assert callable(spoil)
    content = spoil(form(sheet_of(returned), "Sudah", "Sudah juga", ""))

    assert asked(returned, f"dinkes/{FORM}", content) is Reason.ANSWER_MANGLED


def test_a_form_of_another_workspace_is_asked_about(returned: Place) -> None:
    stranger = sheet_of(returned)._replace(obligation=returned.obligation(PK).id.replace("pk", "pohon"))  # type: ignore[arg-type]

    assert asked(returned, "dinkes/PK 2026.txt", form(stranger, "Sudah", "", "")) is Reason.ANSWER_MANGLED


def test_asking_again_never_files_a_form_as_a_document(returned: Place) -> None:
    sheet = sheet_of(returned)
    asked(returned, "dinkes/PK 2026.txt", form(sheet, "", "", ""))
    before = returned.obligation(PK)

    assert returned.quarantine.retry(ANI, 0.5) == {}
    assert returned.obligation(PK) == before


def test_what_is_hostile_in_an_answer_is_kept_as_harmless_words(returned: Place) -> None:
    hostile = "\x1b]52;c;x\x07\u202e=HYPERLINK(1) [bold]&lt;\0" + "a" * (1 << 19)
    content = form(sheet_of(returned), hostile, "", "").replace(b"\0", b"")
    returned.submit(f"dinkes/{FORM}", content)

    ((_, note, _),) = answers(returned)
    assert note.startswith("\ufffd]52;c;x\ufffd\ufffd=HYPERLINK(1) [bold]&lt;aaa")
    assert len(note) == LONGEST + len(" […]")
    assert faults(returned, set()) == []


def test_the_receipt_of_an_answer_is_borne_out(returned: Place) -> None:
    arrival = returned.submit(f"dinkes/{FORM}", form(sheet_of(returned), "Tabel ditambah", "", ""))
    *_, receipt = returned.receipts.of(returned.obligation(PK).id)

    assert (receipt.digest, receipt.sender) == (arrival.digest, "dinkes")
    assert unproved(receipt, returned.database, returned.store) == []


def test_a_form_that_is_filled_in_where_it_was_handed_back_is_taken(returned: Place) -> None:
    told = list[Happening]()
    watching = returned.reconcile(told.append)
    returned.drop(BACK, form(sheet_of(returned), "", "", ""))
    for now in (0.0, LATER):
        watching.look(now)
    assert told == []

    returned.drop(BACK, form(sheet_of(returned), "Tabel ditambah", "", ""))
    for now in (LATER + 1, 2 * LATER):
        watching.look(now)

    assert [one.outcome for one in told if isinstance(one, Arrival)] == [Outcome.FILED]
    assert (len(answers(returned)), returned.left()) == (1, [])


def test_nothing_else_that_was_handed_back_is_taken(returned: Place) -> None:
    returned.drop("dinkes/dikembalikan/PK 2026.pdf", b"turned away")
    returned.drop("dinkes/dikembalikan/TEMUAN/PK 2026.pdf", b"in a folder")
    (returned.inbox / "dinkes" / "dikembalikan" / "PK 2026.pdf.txt").write_text("why")

    assert returned.take() == []


def test_a_form_that_word_saved_where_it_was_handed_back_is_asked_about_once(returned: Place) -> None:
    returned.drop(BACK.replace(".txt", ".docx"), FROM_WORD)
    (arrival,) = returned.take()
    assert isinstance(arrival, Arrival)
    (held,) = returned.quarantine.waiting()
    assert (held.id, held.reason) == (arrival.id, Reason.ANSWER_MANGLED)

    note = "Mohon dikirim sebagai teks.\n"
    returned.quarantine.turn_away(arrival.id, ANI, returned.inbox, returned.store, note)
    assert returned.take() == []


def test_a_form_that_was_turned_away_is_not_taken_again_as_it_is(returned: Place) -> None:
    arrival = returned.submit(BACK, form(sheet_of(returned), "Sudah", "", "").replace(b"putaran 1", b"putaran 9"))
    place = returned.quarantine.turn_away(arrival.id, ANI, returned.inbox, returned.store, "Baris pertama berubah.")

    assert place.parent.name == "dikembalikan"
    assert returned.take() == []
    assert returned.quarantine.count() == 0


@pytest.mark.parametrize("path", [f"dinkes/{FORM}", BACK])
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_a_watcher_killed_at_a_step_has_every_answer_once(returned: Place, step: str, when: str, path: str) -> None:
    digest = returned.drop(path, form(sheet_of(returned), "Tabel ditambah", "Diganti", ""))
    driver = [sys.executable, "-m", "tests.inbox.ingest", "step", str(returned.root), when, step]
    killed = subprocess.run(driver, cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert faults(returned, {digest}) == []

    take(returned.root)

    assert [about for about, _, _ in answers(returned)] == [(1,), (2,)]
    assert (returned.left(), faults(returned, {digest})) == ([], [])
    end = snapshot(returned)
    take(returned.root)
    assert snapshot(returned) == end


def test_the_watcher_hands_findings_back_and_takes_the_answers(place: Place) -> None:
    place.submit("dinkes/PK 2026.pdf", b"PK 2026")
    place.send_back(PK, "Tabel capaian tidak ada")  # by a clock of long ago: no undo takes it back
    watcher = pantau(place.root, "watch")
    try:
        handed = place.inbox / BACK
        wait_until(handed.is_file)
        text = handed.read_bytes().decode("utf-8-sig")
        assert (text.splitlines()[0], "Tabel capaian tidak ada" in text) == (sheet_of(place).line, True)
        handed.write_bytes(text.replace("Answer:\r\n", "Answer:\r\nTabel ditambah\r\n").encode("cp1252"))
        wait_until(lambda: bool(answers(place)) and not handed.exists())
    finally:
        watcher.terminate()
        watcher.communicate(timeout=30)

    assert answers(place) == [((1,), "Tabel ditambah", "dinkes")]
    assert faults(place, set()) == []
