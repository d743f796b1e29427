"""Disks that a test may fill, take away and pull the plug of."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest


class Disks:
    """Mounts for one test. Skips the test where mounting is not permitted."""

    def __init__(self) -> None:
        self._mounted: list[Path] = []

    def memory(self, at: Path, **options: str) -> None:
        """A disk in memory: `size`, `nr_inodes`."""
        self._mount(at, "-t", "tmpfs", "-o", ",".join(f"{key}={value}" for key, value in options.items()), "none")

    def bind(self, source: Path, at: Path) -> None:
        """The folder `source`, seen at another place as well."""
        self._mount(at, "--bind", str(source))

    def image(self, image: Path, at: Path) -> None:
        """The disk that an image file holds."""
        self._mount(at, "-o", "loop", str(image))

    def remount(self, at: Path, options: str) -> None:
        """Change the options of what is mounted there."""
        _run("mount", "-o", f"remount,{options}", str(at))

    def unmount(self, at: Path, *, lazily: bool = False) -> None:
        """Take away what is mounted there."""
        _run("umount", *(["-l"] if lazily else []), str(at))
        self._mounted.remove(at)

    def unmount_all(self) -> None:
        """Take all of them away, the last first."""
        for at in reversed(list(self._mounted)):
            self.unmount(at, lazily=True)

    def _mount(self, at: Path, *arguments: str) -> None:
        if os.geteuid() != 0:
            pytest.skip("mounting a disk takes root")
        at.mkdir(parents=True, exist_ok=True)
        done = _run("mount", *arguments, str(at), check=False)
        if done.returncode:
            pytest.skip(f"mounting is not permitted here: {done.stderr.strip()}")
        self._mounted.append(at)


def make_image(image: Path, megabytes: int) -> None:
    """An ext4 disk of this size in a file."""
    with image.open("wb") as file:
        file.truncate(megabytes << 20)
    _run("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", str(image))


def _run(*command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    path = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"
    return subprocess.run(command, check=check, capture_output=True, text=True, env={**os.environ, "PATH": path})
