"""What the tests need of the machine that runs them."""

from __future__ import annotations

import os
import shutil

import pytest

# Servers lie where the PATH of an ordinary account does not look.
_PLACES = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/local/sbin", "/usr/sbin", "/sbin"])


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test marked `needs("sshd", "sftp")` where one of these programs is missing.

    With PANTAU_NO_SKIP set, as in CI, it fails instead: there a skipped test would look like a passed one.
    """
    needed = {program for marker in item.iter_markers("needs") for program in marker.args}
    missing = sorted(program for program in needed if shutil.which(program, path=_PLACES) is None)
    if not missing:
        return
    reason = f"not installed: {', '.join(missing)}"
    if os.environ.get("PANTAU_NO_SKIP"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
