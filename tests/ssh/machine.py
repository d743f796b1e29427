"""A machine of its own for a test: accounts, mounts and folders that nobody else sees, and that vanish with it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import ClassVar

import pytest

from tests.inbox.conftest import ROOT

LONGEST = 600  # seconds; whatever becomes of the tests, it ends by then
# Folders above the program that other accounts may not enter are replaced by such as hold nothing else.
_MAKE = """\
set -eu
mount -t tmpfs -o mode=755 none /mnt
cp -a /etc /mnt/etc
mount --bind /mnt/etc /etc
mkdir -p /mnt/open
n=0
for path in "$@"; do
    n=$((n + 1)); mkdir "/mnt/open/$n"; mount --bind "$path" "/mnt/open/$n"
done
n=0
for path in "$@"; do
    n=$((n + 1))
    above="$path"; shut=
    while above=$(dirname "$above"); [ "$above" != / ]; do
        case $(stat -c %A "$above") in *x|*t) ;; *) shut=$above ;; esac
    done
    [ -z "$shut" ] || mount -t tmpfs -o mode=755 none "$shut"
    mkdir -p "$path"
    mountpoint -q "$path" || mount --bind "/mnt/open/$n" "$path"
done
mount -t tmpfs -o mode=755 none /srv
mount -t tmpfs -o mode=755 none /opt
install -d -m 755 /opt/pantau /opt/pantau/bin
printf '#!/bin/sh\\nexec %s -m tui "$@"\\n' "$PYTHON" >/opt/pantau/bin/pantau
chmod 755 /opt/pantau/bin/pantau
"""


class Machine:
    """Everything of this one but what is under /etc, /srv and /opt. It runs between `with` and its end."""

    ENVIRONMENT: ClassVar = {"PATH": "/opt/pantau/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}

    def __enter__(self) -> Machine:
        command = ["unshare", "--mount", "--propagation", "private", "sh", "-c", f"echo; exec sleep {LONGEST}"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert self._process.stdout is not None and self._process.stderr is not None  # noqa: PT018
        if not self._process.stdout.readline():
            _cannot(self._process.stderr.read().decode().strip())
        paths = [str(ROOT), os.path.realpath(sys.base_prefix)]
        made = self.run("sh", "-c", _MAKE, "make", *paths, PYTHON=sys.executable, check=False)
        if made.returncode:
            _cannot(made.stderr.strip())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    @property
    def within(self) -> list[str]:
        """What a command is begun with that shall run there."""
        return ["nsenter", f"--mount=/proc/{self._process.pid}/ns/mnt", "--"]

    def path(self, path: str) -> Path:
        """Where a path of it is seen from outside."""
        return Path(f"/proc/{self._process.pid}/root{path}")

    def run(
        self, *command: str, account: str = "", said: str = "", check: bool = True, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command there, as root or as one of its accounts."""
        line = self.line(*command, account=account)
        surroundings = {**self.ENVIRONMENT, **environment}
        return subprocess.run(line, check=check, capture_output=True, text=True, input=said, env=surroundings)

    def line(self, *command: str, account: str = "", may: str = "") -> Sequence[str]:
        """The whole line that runs a command there; `may` is a capability that it keeps."""
        become = ["setpriv", "--reuid", account, "--regid", account, "--init-groups"] if account else []
        keeping = ["--inh-caps", f"+{may}", "--ambient-caps", f"+{may}"] if may else []
        return [*self.within, *become, *keeping, *command]


def _cannot(why: str) -> None:
    told = f"no machine of its own can be made here: {why}"
    if os.environ.get("PANTAU_NO_SKIP"):
        pytest.fail(told, pytrace=False)
    pytest.skip(told)
