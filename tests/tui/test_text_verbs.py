"""What a document says, what has changed in it, and its file, on the command line."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from tests.inbox.illustrated import illustrated
from tests.tui.conftest import LKJIP, Elsewhere
from tui.fetching import command, file_name
from tui.main import main
from tui.versions import Version
from tui.workspace import Workspace
from workflow import AuditRecord, Digest, ObligationId

FIRST = "LAPORAN KINERJA 2025\nTarget TW II :\nsatu\ndua\ntiga\nempat"
SECOND = FIRST.replace("TW II :", "TW II : 64,0")
HOSTILE = "\x1b]0;milikku\x9b1m \u202ebalik [/] [@click=app.quit]"


@pytest.fixture
def sent(elsewhere: Elsewhere) -> Elsewhere:
    """Two versions of a report."""
    elsewhere.submit(LKJIP, file="LKjIP.pdf", content=illustrated(FIRST, "Kepala Dinas"))
    elsewhere.submit(LKJIP, file="LKjIP.pdf", content=illustrated(SECOND, "Kepala Dinas", on=[2]))
    return elsewhere


def run(workspace: Workspace, *arguments: str, name: str = "sari") -> int:
    return main(["--workspace", str(workspace.root), "--lang", "en", "--as", name, *arguments])


def test_the_text_is_printed_page_by_page(
    workspace: Workspace, sent: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workspace, "text", LKJIP) == 0
    whole = capsys.readouterr().out
    assert run(workspace, "text", LKJIP, "--page", "2", "--version", "1") == 0
    part = capsys.readouterr().out

    assert whole.startswith("── page 1/2 ──\nLAPORAN KINERJA 2025\nTarget TW II : 64,0\n")
    assert whole.endswith("── page 2/2 ──\nKepala Dinas\n[picture 210x90 pt here]\n")
    assert part == "── page 2/2 ──\nKepala Dinas\n"


def test_the_text_as_data_holds_words_and_pictures_apart(
    workspace: Workspace, sent: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    run(workspace, "text", LKJIP, "--page", "2", "--json")

    told = json.loads(capsys.readouterr().out)
    assert (told["id"], told["version"], told["total"]) == (LKJIP, 2, 2)
    assert told["pages"] == [{"page": 2, "lines": ["Kepala Dinas"]}]
    assert [(one["page"], one["width"]) for one in told["pictures"]] == [(2, 210)]


def test_the_difference_tells_what_has_changed_and_all_with_all(
    workspace: Workspace, sent: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    run(workspace, "difference", LKJIP)
    changes = capsys.readouterr().out
    run(workspace, "difference", LKJIP, "--all")
    whole = capsys.readouterr().out
    run(workspace, "difference", LKJIP, "--json")
    data = json.loads(capsys.readouterr().out)

    assert "- Target TW II :\n+ Target TW II : 64,0\n" in changes
    assert "tiga" not in changes
    assert "  tiga\n" in whole
    assert [one["sign"] for one in data["lines"]] == ["-", "+", "+"]
    assert data["before"] == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["difference", LKJIP, "--version", "1"], "This is the first version"),
        (["text", LKJIP, "--version", "7"], "There is no version 7; there are 2."),
        (["text", LKJIP, "--page", "9"], "There is no page 9; it has 2."),
        (["fetch", "diskes/renaksi/2026"], "Nothing has arrived yet."),
    ],
)
def test_what_is_not_there_is_told(
    workspace: Workspace, sent: Elsewhere, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert run(workspace, *arguments) == 2
    assert told in capsys.readouterr().err


def test_the_file_is_handed_out_as_it_was_sent_and_writes_over_nothing(
    workspace: Workspace, sent: Elsewhere, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    o = sent.register.obligation(LKJIP)
    assert run(workspace, "fetch", LKJIP) == 0
    assert sha256(capfdbinary.readouterr().out).hexdigest() == o.content

    file = tmp_path / "new.pdf"
    assert run(workspace, "fetch", LKJIP, "--version", "1", "--output", str(file)) == 0
    first = file.read_bytes()
    assert first == illustrated(FIRST, "Kepala Dinas")
    assert run(workspace, "fetch", LKJIP, "--output", str(file)) == 2
    assert file.read_bytes() == first


def test_a_file_that_is_not_what_was_sent_any_more_fails_loudly(
    workspace: Workspace, sent: Elsewhere, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = sent.register.obligation(LKJIP).content
    assert content
    kept = workspace.content / content[:2] / content
    kept.chmod(0o644)
    kept.write_bytes(b"something else")

    assert run(workspace, "fetch", LKJIP, "--output", str(tmp_path / "new.pdf")) == 1
    assert f"its SHA-256 is not {content} any more" in capsys.readouterr().err
    assert not (tmp_path / "new.pdf").exists()


def test_no_file_is_poured_into_a_terminal(
    workspace: Workspace, sent: Elsewhere, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)

    assert run(workspace, "fetch", LKJIP) == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("verb", ["text", "difference", "fetch"])
def test_an_office_reads_and_fetches_its_own_alone(
    workspace: Workspace, sent: Elsewhere, capfd: pytest.CaptureFixture[str], verb: str
) -> None:
    people = workspace.people.read_text(encoding="utf-8")
    more = '[[person]]\nname = "dewi"\nrole = "office"\nunit = "diskes"\n[[person]]\nname = "eko"\nrole = "office"\n'
    workspace.people.write_text(f'{people}{more}unit = "bpbd"\n', encoding="utf-8")

    assert run(workspace, verb, LKJIP, name="dewi") == 0
    assert capfd.readouterr().out
    assert run(workspace, verb, LKJIP, name="eko") != 0
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("verb", ["text", "difference"])
def test_nothing_in_a_document_reaches_a_terminal_unclean(
    workspace: Workspace, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    elsewhere.submit(LKJIP, file="a.txt", content=b"satu")
    elsewhere.submit(LKJIP, file="b.txt", content=HOSTILE.encode())

    assert run(workspace, verb, LKJIP) == 0

    shown = capsys.readouterr().out
    assert "[/] [@click=app.quit]" in shown
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shown)


SENT = AuditRecord._make([None] * len(AuditRecord._fields))


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("LKjIP 2025.PDF", "diskes-lkjip-2025-v2.pdf"),
        ("$(rm -rf ~).docx", "diskes-lkjip-2025-v2.docx"),
        ("tanpa akhiran", "diskes-lkjip-2025-v2"),
        ("a.pdf; reboot", "diskes-lkjip-2025-v2"),
        ("a.p\x1bf", "diskes-lkjip-2025-v2"),
    ],
)
def test_no_name_of_a_sender_gets_into_a_line_to_type(name: str, file: str) -> None:
    version = Version(2, Digest("0" * 64), SENT._replace(name=name))

    assert file_name(ObligationId(LKJIP), version) == file
    assert command(ObligationId(LKJIP), version, {}, Path("/srv/pantau")).endswith(f"--output {file}")


@pytest.mark.parametrize(
    ("came", "host", "line"),
    [
        ("10.0.0.9 50022 10.0.0.1 22", "", "ssh 10.0.0.1 pantau fetch "),
        ("10.0.0.9 50022 10.0.0.1 2222", "", "ssh -p 2222 10.0.0.1 pantau fetch "),
        ("10.0.0.9 50022 10.0.0.1 22", "pantau@sakip.example.go.id", "ssh pantau@sakip.example.go.id pantau fetch "),
        ("", "pantau@sakip.example.go.id", "pantau --workspace '/srv/ruang kerja' fetch "),
    ],
)
def test_the_line_reaches_this_machine_as_its_person_has(came: str, host: str, line: str) -> None:
    version = Version(2, Digest("0" * 64), SENT._replace(name="a.pdf"))

    assert command(ObligationId(LKJIP), version, {"SSH_CONNECTION": came}, Path("/srv/ruang kerja"), host).startswith(
        line
    )
