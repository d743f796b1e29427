"""How a person fetches the file of a document: what to type where they sit, and what it is called there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from pathlib import Path

from tui.versions import Version
from workflow import ObligationId

_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}\Z", re.ASCII)


def file_name(name: ObligationId, version: Version) -> str:
    """What the file is called when it is fetched: by what it is, as no sender and no shell can misread it."""
    ending = _ENDING.search(version.sent.name)
    return f"{name.replace('/', '-')}-v{version.number}{ending[0].casefold() if ending else ''}"


def command(
    name: ObligationId, version: Version, environment: Mapping[str, str], workspace: Path, host: str = ""
) -> str:
    """The line to type: on one's own machine, for whoever has come in over SSH; else here.

    `host` is how others reach this machine; without it, it is the address that was connected to.
    """
    fetch, file = f"fetch {name} --version {version.number}", file_name(name, version)
    came = environment.get("SSH_CONNECTION", "").split()
    if len(came) != 4:
        return f"pantau --workspace {shlex.quote(str(workspace))} {fetch} --output {file}"
    _theirs, _port, ours, port = came
    there = host or (ours if port == "22" else f"-p {port} {ours}")
    return f"ssh {there} pantau {fetch} > {file}"
