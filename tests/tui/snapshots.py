"""What every screen looks like in every state: `python -m tests.tui.snapshots` writes it anew, to read the diff.

The pictures of the README are of the same scenes: `make screenshots` makes both.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tests.tui import story
from tests.tui.screens import LARGE, SMALL
from tui import language
from tui.app import PantauApp
from tui.session import Session
from tui.workspace import Workspace

FOLDER = Path(__file__).parent / "scenes"
PICTURES = Path(__file__).parents[2] / "docs" / "screens"
SIZES = (SMALL, LARGE)
LANGUAGES = ("id", "en")
# Seconds; what waits until somebody stops typing or moving waits less long.
_SETTLED = 0.25
_CHANGING = re.compile(r" +(\S+ \w+ · )\d+ ms")


class Scene(NamedTuple):
    """What `who` sees after these keys, one after the other; what stands in angle brackets is typed by letters."""

    name: str
    keys: str = ""
    who: str = "sari"
    as_at: str = ""
    is_picture: bool = False


SCENES = (
    Scene("overview", is_picture=True),
    Scene("overview-filtered", "f m"),
    Scene("overview-none", "slash <tidak ada> enter"),
    Scene("overview-ordered", "o l l space space"),
    Scene("completeness", "n i"),
    Scene("office", "slash <sosial> enter enter", is_picture=True),
    Scene("document", "n enter enter"),
    Scene("changes", "slash <kesehatan> enter end left left left left left left left left left left v"),
    Scene("about", "n I"),
    Scene("queue", "2"),
    Scene("queue-all", "2", who="lina"),
    Scene("queue-empty", "2 m", who="budi"),
    Scene("review", "2 enter x x r", is_picture=True),
    Scene("review-answered", "2 j enter tab"),
    Scene("review-refused", "2 enter s"),
    Scene("return", "2 enter x f b"),
    Scene("pass", "2 j enter t"),
    Scene("bulk", "2 m space space t"),
    Scene("inbox", "3", is_picture=True),
    Scene("inbox-waiting", "3 m 1"),
    Scene("inbox-turning-away", "3 m x"),
    Scene("inbox-no-power", "3 m 1", who="lina"),
    Scene("search", "4", is_picture=True),
    Scene("search-wrong", "4 <status:entah>"),
    Scene("search-none", "4 <tidakada>"),
    Scene("calendar", "5", is_picture=True),
    Scene("calendar-date", "5 enter"),
    Scene("people", "6"),
    Scene("person", "6 enter"),
    Scene("catalogue", "c"),
    Scene("help", "question_mark"),
    Scene("palette", "colon <dinas sos>"),
    Scene("own-office", who="dwi"),
    Scene("past", who="lina", as_at="2026-02-25T12:00:00+07:00"),
)


async def told(root: Path, scene: Scene, size: tuple[int, int]) -> str:
    """The text of a scene, on a workspace of its own."""
    text = await _played(root, scene, size, _seen)
    return "\n".join(line.rstrip() for line in _CHANGING.sub(r" \1N ms", text).splitlines()) + "\n"


async def drawn(root: Path, scene: Scene) -> str:
    """The picture of a scene, as SVG."""
    return await _played(root, scene, LARGE, lambda app: app.export_screenshot(title="Pantau"))


async def _played(root: Path, scene: Scene, size: tuple[int, int], look: Callable[[PantauApp], str]) -> str:
    with story.at(story.NOW):
        at = datetime.fromisoformat(scene.as_at) if scene.as_at else None
        session = Session(Workspace(root), scene.who, at)
        app = PantauApp(session)
        async with app.run_test(size=size, notifications=True) as pilot:
            for key in _pressed(scene.keys):
                await pilot.press(key)
                await app.workers.wait_for_complete()
                await pilot.pause()
            for _ in range(2):
                await pilot.pause(_SETTLED)
                await app.workers.wait_for_complete()
            shown = look(app)
        session.close()
    return shown


def _seen(app: PantauApp) -> str:
    """What stands on the terminal: of what lies below a dialog, what it leaves to be seen."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def _pressed(keys: str) -> list[str]:
    typed = re.findall(r"<([^>]*)>|(\S+)", keys)
    return [key for letters, name in typed for key in ([name] if name else map(_key, letters))]


def _key(letter: str) -> str:
    return {" ": "space", "-": "minus", ":": "colon", "/": "slash"}.get(letter, letter)


def path(scene: Scene, size: tuple[int, int], spoken: str) -> Path:
    """Where the text of a scene is kept."""
    return FOLDER / f"{scene.name}.{spoken}.{size[0]}x{size[1]}.txt"


def picture(scene: Scene, spoken: str) -> Path:
    """Where the picture of a scene is kept."""
    return PICTURES / f"{scene.name}.{spoken}.svg"


def write(names: Sequence[str]) -> None:
    """Write all scenes, or those of these names."""
    with tempfile.TemporaryDirectory() as folder:
        made = story.make(Path(folder) / "made").root
        for scene in (one for one in SCENES if not names or one.name in names):
            for spoken in LANGUAGES:
                language.use(spoken)
                for size in SIZES:
                    text = asyncio.run(told(_copy(made, Path(folder) / "w"), scene, size))
                    path(scene, size, spoken).write_text(text, encoding="utf-8")
                if scene.is_picture:
                    svg = asyncio.run(drawn(_copy(made, Path(folder) / "w"), scene))
                    picture(scene, spoken).write_text(svg, encoding="utf-8")


def _copy(made: Path, place: Path) -> Path:
    shutil.rmtree(place, ignore_errors=True)
    return Path(shutil.copytree(made, place))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    PICTURES.mkdir(parents=True, exist_ok=True)
    write(sys.argv[1:])
