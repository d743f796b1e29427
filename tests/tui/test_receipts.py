"""A receipt as text and as PDF says the same, the same each time, and what was changed in either is found."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox import Intake, Receipt, Roots
from inbox.folders import Found, files
from tui import receipt_pdf, receipt_reading, receipts
from tui.main import main
from tui.session import Session
from tui.workspace import Workspace, now
from workflow import Action, Actor, Digest, Role, State

REPORT = "diskes/lkjip/2025"
NUMBER = "TT/SAKIP/2026/000001"
JAKARTA = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def filed(workspace: Workspace) -> Iterator[Session]:
    """A session in a workspace where the report of Dinas Kesehatan has just been filed."""
    opened = Session(workspace, "sari")
    drop(opened, "LKjIP 2025.pdf", b"LKjIP 2025")
    yield opened
    opened.close()


def drop(asked: Session, name: str, content: bytes) -> None:
    """An office sends a file, and the watcher takes it."""
    (asked.workspace.inbox / "diskes" / name).write_bytes(content)
    root, database = asked.workspace.roots()[0], asked.workspace.open_database()
    Roots(database).adopt(root)
    intake = Intake(root, asked.contents, database, now, zone=asked.workspace.zone)
    for found in files(root.path):
        if isinstance(found, Found):
            intake.take(found, 1e6)
    database.close()


def sheet(asked: Session, number: str = NUMBER) -> receipts.Sheet:
    return receipts.sheet(
        asked.receipts.receipt(number), asked.register, asked.workspace.settings.region, asked.workspace.zone
    )


def page(pdf: bytes) -> str:
    """What a reader of PDF finds on its only page. It marks a hyphen that may have broken a word."""
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    return str(document[0].get_textpage().get_text_range()).replace("\ufffe", "-")


def run(asked: Session, *arguments: str) -> int:
    return main(["--workspace", str(asked.workspace.root), *arguments])


def test_a_receipt_says_all_of_it_in_72_columns(filed: Session, spoken: str) -> None:
    one = filed.receipts.receipt(NUMBER)

    lines = receipts.text(sheet(filed)).splitlines()

    assert max(map(len, lines)) <= receipts.WIDTH == 72
    said = "\n".join(lines)
    for fact in (
        NUMBER,
        "Provinsi Lampung",
        "Dinas Kesehatan",
        "2025",
        REPORT,
        "LKjIP 2025.pdf",
        one.digest,
        one.head,
    ):
        assert fact in said
    for fact in ("WIB (UTC+07:00)", f"pantau receipt verify {NUMBER}", "3a.5, 3a.6", "88/2021"):
        assert fact in said
    assert ("diajukan" if spoken == "id" else "submitted") in said
    assert "zi.4" not in said


def test_a_receipt_for_answers_is_none_for_the_document(filed: Session, spoken: str) -> None:
    one = filed.receipts.receipt(NUMBER)._replace(action=Action.ANSWER)

    said = receipts.text(receipts.sheet(one, filed.register, "Provinsi Lampung", filed.workspace.zone))

    assert ("jawaban atas temuan: " if spoken == "id" else "answers to findings: ") in said
    assert "88/2021" not in said


def test_the_pdf_says_what_the_text_says_on_one_page_of_a4(filed: Session, spoken: str) -> None:
    one = sheet(filed)

    made = receipt_pdf.pdf(one)

    assert receipt_reading._squeezed(page(made)) == receipt_reading._squeezed("".join(one.strings()))
    assert receipt_reading._squeezed(receipts.text(one)) == receipt_reading._squeezed("".join(one.strings()))
    assert b"pdfaid:part>2<" in made
    assert pypdfium2.PdfDocument(made)[0].get_size() == pytest.approx((595.28, 841.89), abs=0.1)


def test_printed_again_it_is_the_same_to_the_byte(filed: Session) -> None:
    first = receipt_pdf.pdf(sheet(filed))
    drop(filed, "LKjIP 2025 revisi.pdf", b"a newer one")

    again = Session(filed.workspace, "sari")
    try:
        assert receipt_pdf.pdf(sheet(again)) == first
    finally:
        again.close()


NAMES = st.text(st.characters(codec="utf-8"), max_size=255)


def made_up(name: str, office: str = "Dinas Kesehatan") -> receipts.Sheet:
    """The sheet of a receipt that nobody issued, for a file of any name."""

    class Nothing:
        """A requirement that is evidence for nothing."""

        requirement = type("Requirement", (), {"evidence": ("3a.1", "rb")})

        def as_it_was(self, _name: str, _at: datetime) -> Nothing:
            return self

    at = datetime(2026, 3, 5, 2, 14, tzinfo=UTC).isoformat()
    given_ = (2026, 1, at, 1, REPORT, 1, "diskes", office, "SAKIP", "lkjip", "Laporan", "2025", name, 10, 3)
    one = Receipt(*given_, Digest("a" * 64), "diskes", "b" * 64, at, State.SUBMITTED)  # type: ignore[arg-type]
    return receipts.sheet(one, Nothing(), "Provinsi Lampung", JAKARTA)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(NAMES)
def test_whatever_a_file_is_called_its_receipt_is_one_page_that_says_so(name: str) -> None:
    one = made_up(name)

    said = receipt_reading._squeezed("".join(one.strings()))
    assert receipt_reading._squeezed(page(receipt_pdf.pdf(one))) == said
    assert receipt_reading._squeezed(receipts.text(one)) == said
    assert all(line.isprintable() and len(line) <= 72 for line in receipts.text(one).splitlines())


@pytest.mark.parametrize(
    "name",
    [
        pytest.param('LKjIP [b]2025[/b] #panic() *x* $y$ #read("/etc/passwd") @a <b> \\ `c`.pdf', id="markup"),
        pytest.param("\x1b]52;c;aGk=\x07\u202efdp.exe \u200b\ufeff.pdf", id="controls"),
        pytest.param("a" * 255, id="long"),
        pytest.param("中文" * 120, id="long, in no font"),
        pytest.param("Laporan \U0001f600 é e\u0301 ﬁ fi ß.pdf", id="letters"),
        pytest.param("ab-" * 60, id="hyphens at the ends of lines"),
        pytest.param("", id="none"),
    ],
)
def test_a_name_acts_on_nothing_and_breaks_nothing(name: str) -> None:
    one = made_up(name, office="Badan " * 60)

    assert receipt_reading._squeezed(page(receipt_pdf.pdf(one))) == receipt_reading._squeezed("".join(one.strings()))
    assert "root:" not in page(receipt_pdf.pdf(one))
    assert "\x1b" not in receipts.text(one)


def test_a_name_is_shown_as_it_can_be_printed_anywhere() -> None:
    assert receipts.shown("Laporan [1] e\u0301 \U0001f600.pdf") == "Laporan [1] é <U+1F600>.pdf"
    assert receipts.shown("x" * 300) == "x" * 89 + "…" + "x" * 90


def test_a_file_that_waited_says_when_it_came_and_when_it_was_placed(filed: Session) -> None:
    at_once = [field.label for field in sheet(filed).fields]
    drop(filed, "scan0024.pdf", b"PK 2026")
    (waiting,) = filed.quarantine.waiting()
    ani = Actor("ani", Role.BUREAU)
    filed.quarantine.place(waiting.id, filed.register.obligation("diskes/pk/2026"), ani)

    one = filed.receipts.receipt("2026/2")._replace(came="2026-01-05T23:00:00+00:00")
    made = receipts.sheet(one, filed.register, "Provinsi Lampung", JAKARTA)
    fields = {field.label: field.value for field in made.fields}
    assert "Placed" not in at_once
    assert fields["Received"] == "6 January 2026, 06:00:00 WIB (UTC+07:00)"
    assert fields["Placed"].endswith("WIB (UTC+07:00)")
    assert fields["Sender"] == "ani, for diskes"


def test_the_receipts_of_an_obligation_are_printed_and_one_is_written(
    filed: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(filed, "receipt", REPORT) == 0
    assert capsys.readouterr().out == receipts.text(sheet(filed)) + "\n"
    assert run(filed, "receipt", NUMBER, "--pdf", str(tmp_path / "t.pdf")) == 0
    assert (tmp_path / "t.pdf").read_bytes() == receipt_pdf.pdf(sheet(filed))
    assert capsys.readouterr().out == ""
    assert run(filed, "receipt", "2026/1", "--json") == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["number"], told["obligation"], told["state"]) == (NUMBER, REPORT, "submitted")


def test_what_cannot_be_answered_says_why(filed: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, why in (
        (["2026/7"], "There is no receipt '2026/7'"),
        (["diskes/pk/2026", "--pdf", "x.pdf"], "Only one receipt"),
        (["verify"], "What is to be checked"),
        (["verify", "nothing"], "neither a file nor the number"),
        (["2026/1", "2026/2"], "One receipt is asked for at a time"),
        ([NUMBER, "--pdf", str(tmp_path)], "cannot be written"),
    ):
        assert run(filed, "receipt", *arguments) == 2
        assert why in capsys.readouterr().err
    assert run(filed, "receipt", "diskes/pk/2026") == 0
    assert "no receipt" in capsys.readouterr().out


def verified(asked: Session, what: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code and the one sentence."""
    code = run(asked, "receipt", "verify", str(what))
    (line,) = capsys.readouterr().out.splitlines()
    return code, line


def test_what_was_issued_holds_by_its_number_its_text_its_pdf_and_its_file(
    filed: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str], spoken: str
) -> None:
    one = sheet(filed)
    (tmp_path / "t.pdf").write_bytes(receipt_pdf.pdf(one))
    (tmp_path / "t.txt").write_text(receipts.text(one), encoding="utf-8")
    (tmp_path / "t of a notepad.txt").write_bytes(("\ufeff" + receipts.text(one).replace("\n", "\r\n")).encode())
    (tmp_path / "t").write_bytes(b"LKjIP 2025")

    for asked_in in ("id", "en"):
        for what in (NUMBER, *sorted(tmp_path.glob("t*"))):
            assert run(filed, "--lang", asked_in, "receipt", "verify", str(what)) == 0
            (line,) = capsys.readouterr().out.splitlines()
            assert NUMBER in line


@pytest.mark.parametrize(
    ("label", "before", "after"),
    [
        ("Office", "Dinas Kesehatan", "Dinas Pendidikan"),
        ("File name", "2025", "2026"),
        ("Size", "10 bytes", "100 bytes"),
        ("Pages", "1", "12"),
        ("Obligation", "record 1", "record 2"),
        ("Received", "WIB", "WITA"),
        ("State then", "submitted", "approved"),
        ("Evidence for", "3a.6", "3a.6, 3b.1"),
        ("SHA-256", "a", "b"),
        ("Head of the trail", "a", "b"),
        ("region", "Lampung", "Lampun"),
        ("words that are not its own", "It does not judge it.", "It is approved."),
    ],
)
def test_what_was_changed_in_a_text_or_a_pdf_is_found(
    filed: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str], label: str, before: str, after: str
) -> None:
    one = sheet(filed)
    fields = tuple(
        field._replace(value=field.value.replace(before, after)) if field.label == label else field
        for field in one.fields
    )
    region = one.region.replace(before, after) if label == "region" else one.region
    remarks = tuple(remark.replace(before, after) if "own" in label else remark for remark in one.remarks)
    forged = one._replace(fields=fields, region=region, remarks=remarks)
    assert forged != one
    (tmp_path / "t.txt").write_text(receipts.text(forged), encoding="utf-8")
    (tmp_path / "t.pdf").write_bytes(receipt_pdf.pdf(forged))

    for path in sorted(tmp_path.glob("t.*")):
        code, line = verified(filed, path, capsys)
        assert (code, line.endswith(f"it differs in: {label}.")) == (1, True), line


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("2025.pdf", "２０２５.pdf", id="letters that only look so"),
        pytest.param("2025.pdf", "202⁵.pdf", id="a raised digit"),
        pytest.param("2025.pdf", "202\b5.pdf", id="a step back"),
        pytest.param("2025.pdf", "\0002025.pdf", id="a zero byte"),
        pytest.param("2025.pdf", "2025\u200b.pdf", id="a sign that is not seen"),
        pytest.param("\n\\Z", " " * (1 << 20) + "It is approved.\n", id="far behind its end"),
    ],
)
def test_a_text_that_shows_another_thing_than_it_says_is_not_as_it_was_issued(
    filed: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str], before: str, after: str
) -> None:
    forged = re.sub(before, lambda _: after, receipts.text(sheet(filed)), count=1)
    assert forged != receipts.text(sheet(filed))
    (tmp_path / "t.txt").write_text(forged, encoding="utf-8")

    assert verified(filed, tmp_path / "t.txt", capsys)[0] == 1


def test_a_pdf_with_a_second_page_is_not_as_it_was_issued(
    filed: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "t.pdf").write_bytes(receipt_pdf.pdf(sheet(filed)))
    longer = pypdfium2.PdfDocument(tmp_path / "t.pdf")
    longer.new_page(595, 842)
    longer.save(tmp_path / "longer.pdf")

    assert verified(filed, tmp_path / "longer.pdf", capsys)[0] == 1


def test_a_number_that_was_never_issued_and_a_file_that_never_came_are_told(
    filed: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "t.txt").write_text(receipts.text(sheet(filed)).replace(NUMBER, "TT/SAKIP/2026/000002"))
    (tmp_path / "other.pdf").write_bytes(b"LKjIP 2026")

    assert verified(filed, "TT/SAKIP/2026/000002", capsys)[0] == 1
    assert verified(filed, tmp_path / "t.txt", capsys)[0] == 1
    assert verified(filed, tmp_path / "other.pdf", capsys)[0] == 1
    assert run(filed, "receipt", "verify", str(tmp_path / "other.pdf"), "--json") == 1
    assert json.loads(capsys.readouterr().out)["holds"] is False


def test_a_receipt_whose_content_is_gone_does_not_hold(filed: Session, capsys: pytest.CaptureFixture[str]) -> None:
    filed.contents.path(filed.receipts.receipt(NUMBER).digest).unlink()

    code, line = verified(filed, NUMBER, capsys)
    assert (code, line) == (1, f"{NUMBER} does not hold: its content is missing or not what its SHA-256 says.")
    assert run(filed, "receipt", "verify", NUMBER, "--json") == 1
    assert json.loads(capsys.readouterr().out)["unproved"] == ["content"]


def test_who_asks_for_the_status_does_not_wait_for_the_printer(filed: Session) -> None:
    script = (
        f"import sys; from tui.main import main; main(['--workspace', {str(filed.workspace.root)!r}, 'status']);"
        " sys.exit('typst' in sys.modules or 'inbox.delivery' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0
