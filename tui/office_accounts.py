"""The accounts through which offices deliver by SFTP: what they are called, and the commands that make them."""

from __future__ import annotations

import grp
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

from tui.language import _
from workflow import Actor, GivenKey, Office, Role

# One account each, each locked into a folder of its own: what one session may read is then the kernel's affair, not
# that of a list of options which somebody has to keep in order. deploy/sshd/pantau-offices.conf says the same names.
OF_ALL = "pantau-opd"
_PREFIX = "opd-"
_FOLDERS = Path("/srv/pantau-opd")
_DROP = "kiriman"


def account(office: str) -> str:
    """What the account of an office is called, and its group."""
    return f"{_PREFIX}{office}"


def office_of(name: str) -> str:
    """The code of the office whose account this would be; none where it is none's."""
    return name.removeprefix(_PREFIX) if name.startswith(_PREFIX) else ""


def group_of(office: Office) -> int | None:
    """The group of an office's account, where this machine has one."""
    try:
        return grp.getgrnam(account(office.code)).gr_gid
    except KeyError:
        return None


def key_lines(keys: Iterable[GivenKey]) -> Iterator[str]:
    """What sshd is told of the keys that are in use: what they may do, the server says for all of them."""
    return (f"restrict {one.key.type} {one.key.blob}" for one in keys if one.is_in_use)


def is_of(person: Actor, office: str) -> bool:
    """Whether somebody delivers for this office."""
    return person.role is Role.OFFICE and person.unit == office and bool(office)


def script(offices: Iterable[Office], inbox: Path, service: str) -> Iterator[str]:
    """Commands for root, which may be run again: they add what is not there and change nothing else."""
    yield "#!/bin/sh"
    yield _("# The accounts through which offices deliver. Read this, then run it as root; twice does no harm.")
    yield "set -eu"
    yield f"groupadd --system --force {OF_ALL}"
    yield f"install -d -o root -g root -m 755 {_FOLDERS}"
    yield from _OFFICE.format(all=OF_ALL, folders=_FOLDERS, drop=_DROP, service=shlex.quote(service)).splitlines()
    for one in offices:
        yield f"office {account(one.code)} {shlex.quote(_escaped(inbox / one.code))}  # {one.name}"


# The folder that an account is locked into belongs to root, as sshd demands; the office's own is shown inside it.
_OFFICE = """\
office() {{
    id "$1" >/dev/null 2>&1 ||
        useradd --system --user-group --no-create-home --home-dir / --shell /usr/sbin/nologin --password '*' "$1"
    usermod --append --groups {all} "$1"
    usermod --append --groups "$1" {service}
    here="{folders}/$1"
    mountpoint -q "$here/{drop}" || install -d -o root -g root -m 755 "$here" "$here/{drop}"
    line="$2 $here/{drop} none bind,nosuid,nodev,noexec 0 0"
    grep -qxF "$line" /etc/fstab || printf '%s\\n' "$line" >>/etc/fstab
    mountpoint -q "$here/{drop}" || mount "$here/{drop}"
}}"""


def _escaped(path: Path) -> str:
    """A path as `/etc/fstab` has it."""
    return str(path).replace("\\", "\\134").replace(" ", "\\040").replace("\t", "\\011")
