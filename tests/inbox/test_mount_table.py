"""Which mount a folder lies on, as the kernel's table tells it."""

from __future__ import annotations

import pytest

from inbox.mount_table import is_remote, mounted

TABLE = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /srv rw - nfs4 host:/srv rw
31 30 8:2 / /srv/local ro,relatime - xfs /dev/sdb1 rw
32 22 0:41 / /mnt/with\\040blank\\134 rw - fuse.sshfs host: rw
33 22 8:3 / /twice rw - ext4 /dev/sdc1 rw
34 22 8:4 / /twice rw - btrfs /dev/sdd1 ro
a line that is none
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        pytest.param("/home/x", ("ext4", False), id="the root"),
        pytest.param("/srv/inbox", ("nfs4", False), id="a share"),
        pytest.param("/srv/local/x", ("xfs", True), id="a mount within it, for reading only"),
        pytest.param("/srvlocal", ("ext4", False), id="a name that only begins alike"),
        pytest.param("/mnt/with blank\\/x", ("fuse.sshfs", False), id="a blank and a backslash"),
        pytest.param("/twice", ("btrfs", True), id="the later of two"),
    ],
)
def test_a_folder_lies_on_the_longest_mount_above_it(folder: str, kind: tuple[str, bool]) -> None:
    assert mounted(folder, TABLE) == kind


def test_where_there_is_no_table_it_is_taken_for_local() -> None:
    kind, is_read_only = mounted("/srv", "")

    assert (kind, is_read_only, is_remote(kind)) == ("unknown", False, False)
    assert is_remote("fuse.sshfs")
    assert is_remote("cifs")
    assert not is_remote("ext4")
