"""Every screen in every state looks as it did: what differs is meant, and written anew, or it is a mistake."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui import snapshots, story
from tests.tui.screens import LARGE, SMALL
from tests.tui.snapshots import LANGUAGES, PICTURES, SCENES, SIZES, Scene
from tui import language


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return story.make(tmp_path_factory.mktemp("story") / "w").root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "w"))


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    language.use(request.param)
    yield request.param
    language.use("en")


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
@pytest.mark.parametrize(("spoken", "size"), [("id", SMALL), ("en", LARGE)], indirect=["spoken"])
async def test_it_looks_as_it_did(root: Path, scene: Scene, size: tuple[int, int], spoken: str) -> None:
    text = await snapshots.told(root, scene, size)

    assert text == snapshots.path(scene, size, spoken).read_text(encoding="utf-8")


@pytest.mark.torture
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
@pytest.mark.parametrize(("spoken", "size"), [("en", SMALL), ("id", LARGE)], indirect=["spoken"])
async def test_the_other_language_looks_as_it_did(
    root: Path, scene: Scene, size: tuple[int, int], spoken: str
) -> None:
    text = await snapshots.told(root, scene, size)

    assert text == snapshots.path(scene, size, spoken).read_text(encoding="utf-8")


@pytest.mark.parametrize("scene", [one for one in SCENES if one.is_picture], ids=lambda scene: scene.name)
async def test_its_picture_looks_as_it_did(root: Path, scene: Scene, spoken: str) -> None:
    svg = await snapshots.drawn(root, scene)

    assert svg == snapshots.picture(scene, spoken).read_text(encoding="utf-8")


def test_there_is_no_picture_of_what_is_no_scene_any_more() -> None:
    texts = {snapshots.path(scene, size, spoken) for scene in SCENES for size in SIZES for spoken in LANGUAGES}
    pictures = {snapshots.picture(scene, spoken) for scene in SCENES if scene.is_picture for spoken in LANGUAGES}

    assert set(snapshots.FOLDER.iterdir()) == texts
    assert set(PICTURES.iterdir()) == pictures
