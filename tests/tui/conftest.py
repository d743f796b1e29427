"""A workspace with people, and hands to move its documents from another process's point of view."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import pytest

from inbox import Evidence
from tui import language, samples
from tui.app import PantauApp
from tui.session import Session
from tui.workspace import Workspace, create, now
from workflow import Action, Actor, Database, Digest, Obligation, Register, Role

PEOPLE = """
[[person]]
name = "sari"
role = "reviewer"
[[person]]
name = "budi"
role = "approver"
[[person]]
name = "lina"
role = "leader"
"""
SARI, BUDI = Actor("sari", Role.REVIEWER), Actor("budi", Role.APPROVER)
LKJIP = "diskes/lkjip/2025"


class Elsewhere:
    """Another process at work on the same workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._database = Database(workspace.database)
        self.register = Register(self._database, now)

    def submit(self, name: str, *, file: str = "LKjIP 2025.pdf", content: bytes | None = None) -> Obligation:
        """An office sends a file."""
        obligation = self.register.obligation(name)
        code = obligation.requirement.code
        made = content or samples.sample(code, obligation.office.name, str(obligation.period), region="Lampung")
        office = Actor.office(obligation.office.code)
        return self.register.perform(Action.SUBMIT, obligation, office, content=self.keep(made), name=file)

    def decide(self, action: Action, name: str, actor: Actor, *findings: str) -> Obligation:
        """Somebody decides."""
        return self.register.perform(action, self.register.obligation(name), actor, findings=findings)

    def hold(self, file: str, *guesses: str, evidence: Sequence[Evidence] = ()) -> None:
        """A file comes that nobody can place."""
        digest = self.keep(file.encode())
        at = datetime(2026, 3, 12, 2, 14, tzinfo=UTC).isoformat()
        known: dict[str, object] = {
            "at": at,
            "path": file.encode(),
            "name": file,
            "digest": digest,
            "outcome": "quarantined",
        }
        known |= {"reason": "no office", "is_draft": 0, "guesses": json.dumps(guesses)}
        known["evidence"] = json.dumps(evidence)
        columns = self._database.rows("SELECT name, \"notnull\" FROM pragma_table_info('arrival') WHERE NOT pk")
        values = [known.get(name, "" if is_needed else None) for name, is_needed in columns]
        marks = ", ".join("?" * len(values))
        with self._database.writing():
            self._database.run(f"INSERT INTO arrival VALUES (NULL, {marks})", *values)

    def keep(self, content: bytes) -> Digest:
        """Put a content where the store keeps it."""
        digest = Digest(sha256(content).hexdigest())
        place = self._workspace.content / digest[:2] / digest
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        with self._database.writing():
            self._database.run("INSERT INTO content VALUES (?, ?) ON CONFLICT DO NOTHING", digest, len(content))
        return digest

    def close(self) -> None:
        self._database.close()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the obligations of 2026 and nothing in it; each test works on a copy."""
    workspace = create(tmp_path_factory.mktemp("filled") / "ws", "Provinsi Lampung", 2026, "en")
    workspace.open_year(2026)
    workspace.people.write_text(PEOPLE, encoding="utf-8")
    settings = workspace.root / "pantau.toml"
    settings.write_text(settings.read_text().replace('watch = "beside"', 'watch = "service"'), encoding="utf-8")
    return workspace.root


@pytest.fixture
def workspace(filled: Path, tmp_path: Path) -> Workspace:
    return Workspace(Path(shutil.copytree(filled, tmp_path / "ws")))


@pytest.fixture
def elsewhere(workspace: Workspace) -> Iterator[Elsewhere]:
    other = Elsewhere(workspace)
    yield other
    other.close()


@pytest.fixture
def session(workspace: Workspace, request: pytest.FixtureRequest) -> Iterator[Session]:
    """At the screens sits sari, the reviewer, or whom a test names by parametrizing this fixture indirectly."""
    opened = Session(workspace, getattr(request, "param", "sari"))
    yield opened
    opened.close()


@pytest.fixture
def app(session: Session) -> PantauApp:
    return PantauApp(session)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Leave the second language of what is tried in both to the long run: the first is now this one, now that one."""
    for item in items:
        if not isinstance(item, pytest.Function) or "spoken" not in item.fixturenames:
            continue
        is_chosen = any("spoken" in str(marker.args[0]) for marker in item.iter_markers("parametrize"))
        first = language.LANGUAGES[crc32(re.sub(r"\b(id|en)\b", "", item.name).encode()) % 2]
        if not is_chosen and item.callspec.params["spoken"] != first:
            item.add_marker(pytest.mark.torture)


@pytest.fixture(params=language.LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    """Both languages, one after the other."""
    language.use(request.param)
    yield request.param
    language.use("en")
