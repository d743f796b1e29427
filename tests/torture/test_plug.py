"""The plug is pulled after each step: nothing that was acknowledged is gone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.inbox.conftest import BUDI, ROOT, SARI, Place, faults, snapshot
from tests.inbox.ingest import DIGEST, STEPS, drop, take
from tests.torture.conftest import Figures, run
from tests.torture.disks import Disks, make_image
from workflow import Action, State, verify

PK = "dinkes/pk/2026"
LONG = pytest.mark.torture
MEGABYTES = 24


class Plugged:
    """A workspace on a disk of its own, whose plug can be pulled: all that is not on the disk then is gone."""

    def __init__(self, disks: Disks, template: Path, folder: Path) -> None:
        self._disks = disks
        self._image = folder / "disk"
        self._pulled = 0
        self._folder = folder
        make_image(self._image, MEGABYTES)
        disks.image(self._image, folder / "mounted")
        self.root = folder / "mounted" / "region"
        shutil.copytree(template, self.root)

    def pull(self) -> Path:
        """The workspace as it is found after the power came back. The one that runs goes on."""
        self._pulled += 1
        image, at = self._folder / f"disk-{self._pulled}", self._folder / f"pulled-{self._pulled}"
        shutil.copy(self._image, image)
        self._disks.image(image, at)
        return at / "region"


@pytest.fixture
def plugged(disks: Disks, template: Path, tmp_path: Path) -> Plugged:
    if shutil.which("mkfs.ext4", path=f"{os.environ['PATH']}:/usr/sbin:/sbin") is None:
        pytest.skip("not installed: mkfs.ext4")
    plugged = Plugged(disks, template, tmp_path)
    drop(plugged.root)
    run("sync", "-f", plugged.root)  # what the sender's own power cut loses is not ours to keep
    return plugged


def killed(root: Path, when: str, step: str) -> None:
    """An intake that ends before or after a step."""
    subprocess.run([sys.executable, "-m", "tests.inbox.ingest", "step", root, when, step], cwd=ROOT, check=False)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_case_29_plug_pulled_at_a_step(plugged: Plugged, when: str, step: str, figures: Figures) -> None:
    """With the plug pulled before or after a step of an intake, the next start ends where it should."""
    killed(plugged.root, when, step)
    was = Place(plugged.root)
    recorded = [one.digest for one in was.arrivals.latest(9)]
    was.database.close()

    root = plugged.pull()

    found = Place(root)
    assert [one.digest for one in found.arrivals.latest(9)] == recorded
    assert [fault for fault in faults(found, {DIGEST}) if "lost+found" not in fault] == []
    take(root)
    assert found.obligation(PK).content == DIGEST
    assert faults(found, {DIGEST}) == []
    end = snapshot(found)
    take(root)
    assert snapshot(found) == end
    found.database.close()


def test_case_29_plug_pulled_after_each_acknowledgement(plugged: Plugged, figures: Figures) -> None:
    """With the plug pulled after each thing that was acknowledged, all of it is there when the power is back."""
    take(plugged.root)
    place = Place(plugged.root)
    pulled = [plugged.pull()]
    reviewed = place.register.perform(Action.REVIEW, place.obligation(PK), SARI)
    pulled.append(plugged.pull())
    place.register.perform(Action.APPROVE, reviewed, BUDI)
    pulled.append(plugged.pull())
    place.database.close()

    for root, state in zip(pulled, (State.SUBMITTED, State.REVIEWED, State.APPROVED), strict=True):
        found = Place(root)
        assert (found.obligation(PK).state, found.obligation(PK).content) == (state, DIGEST)
        assert found.store.is_whole(DIGEST)
        assert verify(found.database).faults == ()
        assert faults(found, {DIGEST}) == []
        assert len(found.arrivals.latest(9)) == 1
        found.database.close()
    figures(plugs_pulled=len(pulled))


@LONG
def test_case_29_plug_pulled_during_a_hundred(plugged: Plugged, figures: Figures) -> None:
    """With the plug pulled again and again during a hundred arrivals, all that were told are there."""
    place, told = Place(plugged.root), []
    take(plugged.root)
    for burst in range(20):
        dropped = [place.drop(f"dinkes/scan {burst}-{n}.pdf", os.urandom(3000)) for n in range(5)]
        place.take()
        told += dropped
        found = Place(root := plugged.pull())
        assert all(found.store.is_whole(digest) for digest in told)
        assert {one.digest for one in found.arrivals.latest(1000)} >= set(told)
        take(root)
        assert faults(found, set(told)) == []
        found.database.close()
    place.database.close()
    figures(plugs_pulled=20, files=len(told))


_NO_SYNC = """
import os, sys
from pathlib import Path
os.fsync = lambda descriptor: None
from tests.inbox.ingest import take
take(Path(sys.argv[1]))
"""


def test_case_29_the_plug_has_teeth(plugged: Plugged, figures: Figures) -> None:
    """Without the syncs of the store an object is lost or broken, so that pulling the plug proves something."""
    run(sys.executable, "-c", _NO_SYNC, plugged.root, cwd=ROOT)
    found = Place(plugged.pull())

    assert not found.store.is_whole(DIGEST)
    found.database.close()
