"""What lies in the inbox: every file that could be a document, and nothing else."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from inbox import Hold, make_drop_folders
from inbox.folders import DEEPEST, Found, Odd, files, is_passing
from workflow import Office


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def paths(inbox: Path) -> list[bytes]:
    return sorted(one.path for one in files(inbox) if isinstance(one, Found))


def write(inbox: Path, path: bytes | str, content: bytes = b"x") -> None:
    target = inbox / os.fsdecode(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


@pytest.mark.parametrize(
    "name",
    [
        *("~$PK 2026.docx", ".~lock.PK 2026.odt#", "PK 2026.pdf.part", "PK 2026.pdf.PARTIAL", "a.crdownload"),
        *("PK.pdf.filepart", "scan.pd~", "PK 2026.pdf~", "x.tmp", "~WRL0001.tmp", ".PK 2026.pdf.Ab3xYz", "._PK.pdf"),
        *(
            ".DS_Store",
            "Thumbs.db",
            "desktop.ini",
            "-tmp-123",
            "tmp_obj_ab",
            "PK.pdf.1a2b3c4d.partial",
            "BACA-SAYA.txt",
        ),
    ],
)
def test_what_programs_write_beside_a_document_is_passed_over(inbox: Path, name: str) -> None:
    write(inbox, f"dinkes/{name}")

    assert paths(inbox) == []


@pytest.mark.parametrize("folder", [".arsip", "__MACOSX", "@eaDir", ".Trash-1000", "upload.part"])
def test_a_passing_folder_is_not_entered(inbox: Path, folder: str) -> None:
    write(inbox, f"dinkes/{folder}/PK 2026.pdf")

    assert paths(inbox) == []


@pytest.mark.parametrize(
    "name",
    ["PK 2026.pdf", "PK", "template.pdf", "part.pdf", "-PK.pdf", "CON.pdf", "PK 2026.pdf ", "PK.", "\u202ePK.pdf"],
)
def test_any_other_name_can_be_a_document(name: str) -> None:
    assert not is_passing(os.fsencode(name))


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(b"\xff\xfe\x80.pdf", id="no text"),
        pytest.param(b"a\nb.pdf", id="two lines"),
        pytest.param(b"\x1b]0;title\x07.pdf", id="a terminal's orders"),
        pytest.param(b"x" * 251 + b".pdf", id="as long as can be"),
        pytest.param("e\u0301 \U0001f4c4.pdf".encode(), id="composed, with a picture"),
    ],
)
def test_an_odd_name_is_found_byte_for_byte(inbox: Path, name: bytes) -> None:
    write(inbox, b"dinkes/" + name)

    assert paths(inbox) == [b"dinkes/" + name]


def test_files_are_found_at_any_depth(inbox: Path) -> None:
    for path in ("a.pdf", "dinkes/b.pdf", "dinkes/draft/c.pdf", "/".join("d" * DEEPEST) + "/e.pdf"):
        write(inbox, path)

    assert len(paths(inbox)) == 4


def test_a_folder_deeper_than_the_limit_is_shown_and_not_entered(inbox: Path) -> None:
    write(inbox, "/".join("d" * (DEEPEST + 1)) + "/e.pdf")

    (odd,) = files(inbox)
    assert isinstance(odd, Odd)
    assert odd.reason is Hold.TOO_DEEP


def test_folders_deeper_than_any_path_stop_nothing(inbox: Path) -> None:
    write(inbox, "dinkes/PK 2026.pdf")
    folder = os.open(inbox, os.O_RDONLY)
    for _ in range(sys.getrecursionlimit() * 3):
        os.mkdir("d", dir_fd=folder)
        deeper = os.open("d", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = deeper
    os.close(os.open("deep.pdf", os.O_CREAT | os.O_WRONLY, dir_fd=folder))
    os.close(folder)

    assert paths(inbox) == [b"dinkes/PK 2026.pdf"]
    subprocess.run(["rm", "-r", inbox / "d"], check=True)  # too deep for what cleans up after tests


def test_an_empty_file_is_not_there_yet(inbox: Path) -> None:
    write(inbox, "dinkes/PK 2026.pdf", b"")

    assert paths(inbox) == []


def test_links_and_pipes_are_not_documents(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.pdf").write_bytes(b"secret")
    (inbox / "file.pdf").symlink_to(tmp_path / "outside" / "secret.pdf")
    (inbox / "folder").symlink_to(tmp_path / "outside")
    (inbox / "loop").symlink_to(inbox)
    os.mkfifo(inbox / "pipe.pdf")

    assert paths(inbox) == []


def test_an_inbox_that_is_gone_is_an_error_and_not_an_empty_one(inbox: Path) -> None:
    inbox.rmdir()

    with pytest.raises(FileNotFoundError):
        paths(inbox)


def test_every_office_gets_a_folder_a_place_for_drafts_and_a_note(inbox: Path) -> None:
    make_drop_folders(inbox, [Office("dinkes", "Dinas Kesehatan")], ("BACA-SAYA.txt", "Taruh di sini."))

    assert (inbox / "dinkes" / "draft").is_dir()
    assert (inbox / "dinkes" / "BACA-SAYA.txt").read_text() == "Taruh di sini."
    assert paths(inbox) == []


def test_making_the_folders_again_changes_nothing(inbox: Path) -> None:
    offices = [Office("dinkes", "Dinas Kesehatan")]
    make_drop_folders(inbox, offices, ("BACA-SAYA.txt", "Taruh di sini."))
    (inbox / "dinkes" / "BACA-SAYA.txt").write_text("Catatan dinas sendiri.")

    make_drop_folders(inbox, offices, ("BACA-SAYA.txt", "Taruh di sini."))

    assert (inbox / "dinkes" / "BACA-SAYA.txt").read_text() == "Catatan dinas sendiri."


def test_an_office_with_a_group_of_its_own_gets_folders_that_only_it_enters(tmp_path: Path) -> None:
    inbox, group = tmp_path / "inbox", os.getgid()
    office, other = Office("dinkes", "Dinas Kesehatan"), Office("dlh", "Dinas Lingkungan Hidup")

    def group_of(one: Office) -> int | None:
        return group if one is office else None

    before = os.umask(0o077)
    try:
        for _ in range(2):
            make_drop_folders(inbox, [office, other], ("BACA-SAYA.txt", "Taruh di sini."), group_of)
    finally:
        os.umask(before)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (inbox / "dinkes").iterdir()}
    assert stat.S_IMODE((inbox / "dinkes").stat().st_mode) == 0o3770
    assert modes == {"draft": 0o3770, "dikembalikan": 0o2770, "tanda-terima": 0o2750, "BACA-SAYA.txt": 0o640}
    assert sorted(path.name for path in (inbox / "dlh").iterdir()) == ["BACA-SAYA.txt", "draft"]


def test_no_link_that_lies_there_is_handed_to_an_office(tmp_path: Path) -> None:
    inbox, mine = tmp_path / "inbox", tmp_path / "mine"
    mine.mkdir(mode=0o700)
    (inbox / "dinkes").mkdir(parents=True)
    (inbox / "dinkes" / "tanda-terima").symlink_to(mine)

    with pytest.raises(OSError, match="symbolic links"):
        make_drop_folders(inbox, [Office("dinkes", "Dinas Kesehatan")], ("BACA-SAYA.txt", ""), lambda _: os.getgid())

    assert stat.S_IMODE(mine.stat().st_mode) == 0o700
