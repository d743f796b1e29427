"""Only a regular file is opened, and nothing in the inbox can make the watcher wait."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inbox.footprints import Footprint, NotRegular, opened


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox" / "dinkes").mkdir(parents=True)
    (tmp_path / "secret.pdf").write_bytes(b"not for you")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "PK.pdf").write_bytes(b"not for you")
    return tmp_path / "inbox"


@pytest.fixture
def root(inbox: Path) -> Iterator[int]:
    descriptor = os.open(inbox, os.O_RDONLY | os.O_DIRECTORY)
    yield descriptor
    os.close(descriptor)


def test_a_regular_file_is_opened(inbox: Path, root: int) -> None:
    (inbox / "dinkes" / "PK.pdf").write_bytes(b"PK 2026")

    with opened(root, b"dinkes/PK.pdf") as source:
        assert os.read(source, 100) == b"PK 2026"


def link(path: Path) -> None:
    path.symlink_to("../../secret.pdf")


def dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.mkdir()


def door(path: Path) -> None:
    # The path of a socket may have 108 bytes only.
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


def device(path: Path) -> None:
    try:
        os.mknod(path, 0o20600, os.makedev(1, 5))  # /dev/zero
    except PermissionError:
        pytest.skip("only root makes devices")


@pytest.mark.parametrize("make", [link, dangling, loop, pipe, folder, door, device])
def test_what_is_no_regular_file_is_refused_at_once(inbox: Path, root: int, make: Callable[[Path], None]) -> None:
    make(inbox / "dinkes" / "PK.pdf")

    with pytest.raises(OSError) as refused, opened(root, b"dinkes/PK.pdf"):  # noqa: PT011  # each kind has its own
        pass

    assert not isinstance(refused.value, FileNotFoundError)


def test_a_folder_that_is_a_link_is_not_entered(inbox: Path, root: int) -> None:
    (inbox / "dlh").symlink_to("../secrets")

    with pytest.raises(NotADirectoryError), opened(root, b"dlh/PK.pdf"):
        pass


def test_a_pipe_says_that_it_is_no_file(inbox: Path, root: int) -> None:
    os.mkfifo(inbox / "PK.pdf")

    with pytest.raises(NotRegular, match=r"PK\.pdf"), opened(root, b"PK.pdf"):
        pass


def test_a_file_that_is_gone_is_not_found(root: int) -> None:
    with pytest.raises(FileNotFoundError), opened(root, b"dinkes/PK.pdf"):
        pass


def test_opening_leaves_no_descriptor_behind(inbox: Path, root: int) -> None:
    (inbox / "dinkes" / "PK.pdf").write_bytes(b"PK 2026")
    os.mkfifo(inbox / "dinkes" / "pipe")
    before = len(list(Path("/proc/self/fd").iterdir()))

    for path in (b"dinkes/PK.pdf", b"dinkes/pipe", b"dinkes/gone", b"gone/PK.pdf"):
        try:
            with opened(root, path):
                pass
        except OSError:
            continue

    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_renaming_keeps_the_content_and_writing_does_not(inbox: Path) -> None:
    path, renamed = inbox / "PK.pdf", inbox / "PK 2026.pdf"
    path.write_bytes(b"PK 2026")
    before = Footprint.of(path.stat())

    path.rename(renamed)
    assert Footprint.of(renamed.stat()).is_same_content(before)

    renamed.write_bytes(b"PK 2026, corrected")
    assert not Footprint.of(renamed.stat()).is_same_content(before)


def test_bytes_swapped_behind_an_old_time_are_another_footprint(inbox: Path) -> None:
    path = inbox / "PK.pdf"
    path.write_bytes(b"PK 2026")
    before, status = Footprint.of(path.stat()), path.stat()

    path.write_bytes(b"PK 2027")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    assert Footprint.of(path.stat()) != before
