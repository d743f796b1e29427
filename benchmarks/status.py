"""`pantau status` as a whole process, against a Python that does nothing, and over SSH against `ssh host true`.

`python -m benchmarks.status --small` measures it on fewer obligations.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import many_regions
from benchmarks.measure import Figure, median_ms, pantau
from tests.sshd import Sshd

COPIES = 556  # regions of 2,700 obligations: a million and a half
_SMALL = 20
_BARE = (sys.executable, "-I", "-c", "pass")
_AIM, _AIM_OVER_SSH = 4.0, 1.3
_RUNS = 21


def measure(copies: int = COPIES) -> Iterator[Figure]:
    """Times in milliseconds, and their ratio to a bare Python that runs at the same time."""
    with tempfile.TemporaryDirectory() as folder:
        for name, count in (("region", 1), ("regions", copies)):
            root = Path(folder) / name
            owed = many_regions.make(root, count)
            questions = [["status"], ["status", "dinas-001"]]
            if count == 1:
                questions += [["status", "--json"], ["show", "dinas-001/dok-01/2026"]]
            for arguments in questions:
                took, bare = _both(pantau(root, *arguments))
                said = f"{' '.join(arguments)}, of {owed:,}"
                yield Figure(said, took, "ms")
                limit = _AIM if arguments[0] == "status" else None
                yield Figure(f"{said}, times bare Python", took / bare, "x", limit)
        yield Figure("python3 -I -c pass", median_ms(_BARE, runs=_RUNS), "ms")
        if shutil.which("sshd", path="/usr/sbin:/sbin:/usr/bin:/usr/local/sbin"):
            yield from _over_ssh(Path(folder))


def _both(command: Sequence[str]) -> tuple[float, float]:
    """The medians of a command and of a bare Python, by turns: what else the machine does meets both."""
    pairs = [(median_ms(command, runs=3), median_ms(_BARE, runs=3)) for _ in range(_RUNS // 3)]
    ours, bare = (sorted(times)[len(pairs) // 2] for times in zip(*pairs, strict=True))
    return ours, bare


def _over_ssh(folder: Path) -> Iterator[Figure]:
    """Over connections that are open already, as a leader's ControlMaster keeps one."""
    with Sshd(folder / "ssh") as sshd:
        program = Path(sys.executable).with_name("pantau")
        serve = f"{program} --workspace {folder / 'region'} --as sari serve"
        lines = [f'restrict,pty,command="{serve}" {sshd.key("sari").with_suffix(".pub").read_text().strip()}']
        lines.append(sshd.key("root").with_suffix(".pub").read_text().strip())
        sshd.authorize(*lines)
        took = {}
        for who, command in (("root", "true"), ("root", " ".join(_BARE)), ("sari", "status")):
            warm = ["-o", f"ControlPath={folder / who}.sock"]
            master = subprocess.Popen(sshd.ssh(who, options=["-M", "-N", *warm]))
            while not (folder / f"{who}.sock").exists():
                if master.poll() is not None:
                    raise SystemExit("no connection")
            took[command] = median_ms(sshd.ssh(who, command, options=warm), runs=_RUNS)
            master.terminate()
            master.wait()
        idle, bare, ours = took.values()
        yield Figure("ssh host true, the connection warm", idle, "ms")
        yield Figure("ssh host python3 -I -c pass, times true", bare / idle, "x")
        yield Figure("ssh host status", ours, "ms")
        yield Figure("ssh host status, times true", ours / idle, "x", _AIM_OVER_SSH)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.status", description=__doc__)
    parser.add_argument("--small", action="store_true")
    for figure in measure(_SMALL if parser.parse_args().small else COPIES):
        print(figure, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
