"""Whatever names, notes and documents hold: it stands on every screen as it is, and no terminal obeys any of it."""

from __future__ import annotations

import json
import shutil
import zlib
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from tests.tui import snapshots, story
from tests.tui.screens import LARGE, SMALL
from tests.tui.snapshots import SCENES, Scene
from tui import language
from workflow import plain
from workflow.database import connect

# Markup that loses text, crashes, or acts; a title, a clipboard and a cursor that are not its own; letters that turn
# round what follows, and one that ends a sequence in a single byte.
HOSTILE = "[Final] [/] [@click=app.quit]x[/] \x1b]0;DICURI\x07 \x1b]52;c;YQ==\x07 \x1b[5;5H\u202eRTL \x9b31m $nama"
_COLUMNS = {
    "office": ("name",),
    "requirement": ("name", "name_en"),
    "audit": ("name", "note"),
    "finding": ("text",),
    "arrival": ("name",),
    "held": ("name",),
    "preference": ("value",),
    "remembered": ("words",),
    "receipt": ("name",),
}


def _often(scene: Scene) -> ParameterSet:
    """Each widget is on one of the pictures or in one of these; the others are for the long run."""
    is_often = scene.is_picture or scene.name in ("document", "about", "return", "bulk", "inbox-waiting", "palette")
    return pytest.param(scene, id=scene.name, marks=() if is_often else pytest.mark.torture)


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace into which all of that has come past every check on the way in."""
    place = story.make(tmp_path_factory.mktemp("poisoned") / "w")
    connection = connect(place.database)
    for (trigger,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    for table, columns in _COLUMNS.items():
        for column in columns:
            connection.execute(f"UPDATE {table} SET {column} = {column} || ?", [f" {HOSTILE}"])
    for digest, packed in connection.execute("SELECT digest, pages FROM text WHERE pages NOTNULL").fetchall():
        numbers, pages, *more = json.loads(zlib.decompress(packed))
        worse = [numbers, [f"{HOSTILE}\n{page}" for page in pages], *more]
        connection.execute(
            "UPDATE text SET pages = ? WHERE digest = ?", [zlib.compress(json.dumps(worse).encode()), digest]
        )
    connection.close()
    return place.root


@pytest.mark.parametrize("size", [SMALL, pytest.param(LARGE, marks=pytest.mark.torture)], ids=["small", "large"])
@pytest.mark.parametrize("scene", [_often(scene) for scene in SCENES])
async def test_no_screen_obeys_it(poisoned: Path, tmp_path: Path, scene: Scene, size: tuple[int, int]) -> None:
    language.use("en")
    root = Path(shutil.copytree(poisoned, tmp_path / "w"))

    text = await snapshots.told(root, scene, size)

    assert text.replace("\n", "").isprintable()
    assert plain(text.replace("\n", " ")) == text.replace("\n", " ")
