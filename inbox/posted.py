"""The status of an office as a file: known again by its last line, and exchanged in one step for a newer one.

    PANTAU-STATUS dinkes 2026-03-05T02:14:00.000000+00:00 cek 0f3a9c2748aa01de

Whatever stands above that line is for people. A file that Pantau has not written so, to the letter, is somebody's.
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from itertools import count

from inbox.footprints import Footprint
from inbox.renaming import exchange, rename_to_free
from workflow import utc

STATUS = b"STATUS.txt"
LARGEST = 1 << 20
_ASIDE = b"STATUS (%d).txt"
_FRESH, _OLD = b"STATUS-%s.baru", b"STATUS-%s.lama"
_MARK = "\ufeff"
_END = "\r\n"
_LAST_LINE = re.compile(rb"PANTAU-STATUS [a-z0-9-]+ (\S+) cek ([0-9a-f]{16})\r\n\Z")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
_THERE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


def is_posted(path: bytes) -> bool:
    """Whether a path below the inbox is where a status is kept: `STATUS.txt` in a drop folder, and nowhere deeper."""
    return path.count(b"/") == 1 and path.endswith(b"/" + STATUS)


def signed(text: str, office: str, at: datetime) -> bytes:
    """The file: so that every Notepad shows it, and with the line that it is known by."""
    said = f"{_MARK}{_END.join(text.splitlines())}{_END}".encode()
    check = sha256(b"%s %s %s" % (office.encode(), utc(at).encode(), said)).hexdigest()[:16]
    return said + f"PANTAU-STATUS {office} {utc(at)} cek {check}{_END}".encode()


def written_at(data: bytes, office: str) -> datetime | None:
    """When Pantau wrote this file for an office; None for what it did not write, or what was changed since."""
    match = _LAST_LINE.search(data)
    if match is None:
        return None
    try:
        at = datetime.fromisoformat(match[1].decode())
        said = data[: match.start()].decode().removeprefix(_MARK)
    except ValueError:
        return None
    return at if at.tzinfo and signed(said, office, at) == data else None


def posted(folder: int) -> bytes | None:
    """What lies under the name in an open folder, up to `LARGEST` bytes; None for nothing, or what is no file."""
    return _read(STATUS, folder)


def post(data: bytes, office: str, folder: int, aside: int) -> Footprint:
    """Lay a newer status into an open folder and return its footprint. Raises OSError.

    `aside` is a folder on the same disk where nobody but Pantau writes. Under the name there is always a whole file,
    the old or the new one. What somebody else has put there, whatever it is, gets another name beside it. Killed at
    any moment, `finish` and doing it again end in the same place.
    """
    finish(office, folder, aside)
    fresh, old = (name % office.encode() for name in (_FRESH, _OLD))
    descriptor = os.open(fresh, _NEW, 0o644, dir_fd=aside)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        # Whatever the umask: the office is let into its folder by the folder.
        os.fchmod(descriptor, 0o644)
        os.rename(fresh, old, src_dir_fd=aside, dst_dir_fd=aside)
        _show(old, office, folder, aside)
        footprint = Footprint.of(os.fstat(descriptor))
    finish(office, folder, aside)
    return footprint


def finish(office: str, folder: int, aside: int) -> None:
    """Let go of what a status was exchanged for: an older one for ever, anything else back to where it came from."""
    old = _OLD % office.encode()
    with suppress(FileNotFoundError):
        os.stat(old, dir_fd=aside, follow_symlinks=False)
        if written_at(_read(old, aside) or b"", office) is None:
            _put_aside(old, aside, folder)
        else:
            os.unlink(old, dir_fd=aside)


def _show(name: bytes, office: str, folder: int, aside: int) -> None:
    try:
        if exchange(name, aside, STATUS, folder):
            return
    except FileNotFoundError:
        rename_to_free(name, aside, STATUS, folder)
        return
    if written_at(posted(folder) or b"", office) is None:
        _put_aside(STATUS, folder, folder)
    os.rename(name, STATUS, src_dir_fd=aside, dst_dir_fd=folder)


def _put_aside(name: bytes, source: int, folder: int) -> None:
    for number in count(2):
        with suppress(FileExistsError):
            rename_to_free(name, source, _ASIDE % number, folder)
            return


def _read(name: bytes, folder: int) -> bytes | None:
    try:
        descriptor = os.open(name, _THERE, dir_fd=folder)
    except OSError:
        return None
    try:
        status = os.fstat(descriptor)
        return os.pread(descriptor, LARGEST, 0) if stat.S_ISREG(status.st_mode) else None
    finally:
        os.close(descriptor)
