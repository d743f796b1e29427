"""The keys of every screen: docs/keys.md, and choosing others.

Where the table has changed: `python -m tests.tui.test_keys`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from textual.binding import BindingsMap
from textual.keys import _character_to_key
from textual.widgets import Input, Static

from tests.tui.conftest import LKJIP, SARI, Elsewhere
from tests.tui.screens import LARGE, SMALL, Screens, seen, until, until_seen, until_told
from tui import language
from tui.app import PantauApp
from tui.errors import UsageError
from tui.language import _
from tui.main import main
from tui.screens import keymap
from tui.screens.keymap import PREFIX
from tui.screens.keys import REVIEW, Key
from tui.screens.overview import OverviewScreen
from tui.screens.places import HEADINGS, PLACES, actions, keys
from tui.screens.view import View
from tui.session import Session
from tui.workspace import Workspace
from workflow import Preferences

TABLE = Path(__file__).parents[2] / "docs" / "keys.md"
HEAD = """# Keys

Every action of the screens, by its name. `?` lists those of where one stands, and `:` finds them by their words. The
keys are the same in both languages. No key needs Ctrl, Alt or a function key.

Each can be another key. For oneself: `pantau keys overview.next x`, and back with `pantau keys overview.next
--default`. For everybody in a workspace, in its `pantau.toml`; one's own choice comes first:

```toml
[keys]
"overview.next" = "x"
```

A key is a character, or one of: {named}.
Several are written with commas between them. What is chosen must be free wherever it is pressed. Esc stays a way out
besides. Digits pick what is numbered, and open the views; nothing else takes one. What answers a
question (`y`, Esc) or is typed is no action, and stays as it is; a decision can begin with neither Enter nor `y`.

*Semua tindakan di layar, menurut namanya. Tiap tombol dapat diganti: untuk diri sendiri dengan `pantau keys NAMA
TOMBOL`, untuk semua orang dengan `[keys]` di `pantau.toml`.*

Made by `python -m tests.tui.test_keys`; a test compares it with the table.
"""
COLUMNS = "| key | name | English | Bahasa Indonesia |"


@pytest.fixture(autouse=True)
def as_made() -> Iterator[None]:
    """What one test chooses is nothing to the next."""
    yield
    keymap.use({})


def table() -> str:
    told = [HEAD.format(named=", ".join(keymap.NAMED))]
    for scope, heading in HEADINGS.items():
        rows = [_row(key) for key in keys(scope)]
        told.append(f"\n## {' / '.join(_in_both(heading))}\n\n{COLUMNS}\n|---|---|---|---|\n")
        told += rows
    return "".join(told)


def _row(key: Key) -> str:
    pressed = " ".join(map(keymap.display, key.keys.split(","))) if key.keys else key.shown
    shown = " ".join(f"`{one}`" if one != "`" else "`` ` ``" for one in pressed.replace("|", "\\|").split())
    name = f"`{key.name}`" if key.keys else ""
    english, indonesian = _in_both(key.help)
    asks = [" (asks first)", " (bertanya dulu)"] if key.is_danger else ["", ""]
    return f"| {shown} | {name} | {english}{asks[0]} | {indonesian}{asks[1]} |\n"


def _in_both(words: object) -> tuple[str, str]:
    assert callable(words)
    with language.speaking("en"):
        english = words()
    with language.speaking("id"):
        return english, words()


def test_the_documentation_is_that_of_the_table() -> None:
    assert table() == TABLE.read_text(encoding="utf-8")


def test_what_the_documentation_and_the_settings_choose_can_be_chosen(workspace: Workspace) -> None:
    example = tomllib.loads(HEAD.partition("```toml\n")[2].partition("```")[0])
    commented = (workspace.root / "pantau.toml").read_text(encoding="utf-8").partition("# [keys]\n# ")[2]

    assert keymap.checked(example["keys"], {}) == {"overview.next": ("x",)}
    assert tomllib.loads(commented.partition("\n")[0]) == {"overview.next": "x"}


def test_no_key_needs_ctrl_alt_or_a_function_key() -> None:
    pressed = {key for action in actions().values() for key in action.keys.split(",")}

    assert {key for key in pressed if "+" in key or (len(key) > 1 and key[1:].isdecimal())} == set()


def test_every_key_is_called_as_textual_calls_it() -> None:
    characters = [chr(code) for code in range(33, 127)]

    assert [keymap.names("x.y", one) for one in characters if one != ","] == [
        (_character_to_key(one),) for one in characters if one != ","
    ]
    assert keymap.names("x.y", " PgDn, Esc ") == ("pagedown", "escape")


def test_k_is_only_ever_up() -> None:
    assert {key.help() for key in actions().values() if "k" in key.keys.split(",")} <= {"up", "a line up"}


@pytest.mark.parametrize("name", PLACES)
def test_no_two_actions_have_the_same_key_in_one_place(name: str) -> None:
    taken: dict[str, str] = {}
    for action in PLACES[name].keys:
        for key in action.keys.split(",") if action.keys else ():
            assert taken.setdefault(key, action.name) == action.name, key


def test_every_action_has_a_heading_and_a_name_of_its_own() -> None:
    everything = [key for place in PLACES.values() for key in place.keys]

    assert {key.scope for key in everything} == HEADINGS.keys()
    assert len({key.name for key in everything}) == len(set(everything))


WAYS = {
    "overview": [],
    "waiting": ["2"],
    "inbox": ["3"],
    "search": ["4"],
    "calendar": ["5"],
    "people": ["6"],
    "office": ["enter"],
    "document": ["enter", "enter"],
    "review": ["t"],
    "catalogue": ["c"],
}


async def stand(pilot: Screens, name: str) -> View:
    """Open a view by keys only."""
    for key in WAYS[name]:
        await pilot.press(key)
    await until(pilot, lambda: isinstance(pilot.app.screen, View) and pilot.app.screen.there is PLACES[name])
    await pilot.pause()
    assert isinstance(pilot.app.screen, View)
    return pilot.app.screen


def listened_to(view: View) -> dict[str, list[object]]:
    """The names of what has a binding there, and what would have to do it."""
    found: dict[str, list[object]] = {}
    for node in (view, *view.query("*")):
        bound: BindingsMap = node._bindings
        for _key, binding in bound:
            if binding.id:
                found.setdefault(binding.id, []).append(pilot_target(view, node, binding.action))
    return found


def pilot_target(view: View, node: object, action: str) -> object:
    namespace, _dot, name = action.partition("(")[0].rpartition(".")
    return getattr(view.app if namespace == "app" else node, f"action_{name}", None)


@pytest.mark.parametrize("name", WAYS)
async def test_a_view_listens_to_what_the_table_says_and_can_do_it(
    app: PantauApp, elsewhere: Elsewhere, name: str
) -> None:
    elsewhere.submit("setwan/lkjip/2025")
    async with app.run_test(size=LARGE) as pilot:
        found = listened_to(await stand(pilot, name))

        assert found.keys() == {key.name for key in PLACES[name].keys if key.keys}
        assert [one for one, targets in found.items() if not all(targets)] == []


@pytest.mark.parametrize("name", WAYS)
async def test_help_palette_and_leaving_have_the_same_keys_in_every_view(
    app: PantauApp, elsewhere: Elsewhere, spoken: str, name: str
) -> None:
    elsewhere.submit("setwan/lkjip/2025")
    async with app.run_test(size=SMALL) as pilot:
        view = await stand(pilot, name)
        await pilot.press("escape")  # out of what is typed, where a view begins with that
        if app.screen is not view and name != "overview":
            view = await stand(pilot, name)
        for opens, closes in (("question_mark", "escape"), ("question_mark", "q"), ("colon", "escape")):
            await pilot.press(opens)
            await until(pilot, lambda: app.screen is not view)
            await pilot.press(closes)
            await until(pilot, lambda: app.screen is view)
        assert view.there.about is not None


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize("session", ["lina"], indirect=True)
async def test_a_grey_key_says_why_when_it_is_pressed(app: PantauApp, elsewhere: Elsewhere, name: str) -> None:
    elsewhere.submit(LKJIP)
    elsewhere.hold("Laporan Kinerja.pdf", LKJIP)
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await pilot.press("n", *"jjj"[: 0 if name in ("overview", "review") else 3])
        view = await stand(pilot, name)
        if isinstance(view.focused, Input):
            await pilot.press("down")  # out of the line, where a letter is a letter
        for key in [one for one in view.help_keys() if one.keys and view.reason(one)]:
            app.clear_notifications()
            await pilot.press(keymap.pressed(key)[0])
            await until(pilot, lambda: len(app._notifications) > 0)
            assert app.screen is view, key.name


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("review.aprove", "p", "no action"),
        ("overview.next", "blob", "is no key"),
        ("overview.next", "", "is no key"),
        ("overview.next", "hyper+x", "is no key"),
        ("overview.next", "m", "there it is for overview.cycle"),
        ("overview.next", "j", "there it is for matrix.down"),
        ("overview.next", "u", "there it is for everywhere.undo"),
        ("overview.next", "escape", "there it is for everywhere.back"),
        ("overview.next", "7", "digits pick"),
        ("review.approve", "enter", "too easily pressed"),
        ("review.approve", "X,y", "too easily pressed"),
        ("palette.down", "j", "one types there"),
    ],
)
def test_what_cannot_be_meant_is_told_in_one_sentence_and_changes_nothing(
    session: Session, spoken: str, capsys: pytest.CaptureFixture[str], name: str, value: str, told: str
) -> None:
    arguments = ["--workspace", str(session.workspace.root), "--as", "sari", "--lang", spoken]

    assert main([*arguments, "keys", name, value]) == 2
    answer = capsys.readouterr()
    assert answer.out == ""
    assert answer.err.count("\n") == 1
    assert (told in answer.err) == (spoken == "en")
    assert Preferences(session.database).of(SARI) == {}


def test_the_verb_lists_changes_and_goes_back(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--workspace", str(session.workspace.root), "--as", "sari", "keys"]

    assert main([*arguments, "matrix.down", "E , down"]) == 0
    assert "E ↓" in capsys.readouterr().out
    assert main([*arguments, "--json"]) == 0
    listed = {one["name"]: one for one in json.loads(capsys.readouterr().out)["keys"]}
    assert listed.keys() == actions().keys()
    assert listed["matrix.down"]["keys"] == ["E", "down"]
    assert main([*arguments, "matrix.down", "--default"]) == 0
    assert "↓ j" in capsys.readouterr().out
    assert Preferences(session.database).of(SARI) == {}
    main([*arguments, "matrix.down", "E"])
    main([*arguments, "matrix.up", "W"])
    assert main([*arguments, "--default"]) == 0
    assert Preferences(session.database).of(SARI) == {}


def choose(session: Session, **chosen: str) -> None:
    for name, key in chosen.items():
        Preferences(session.database).choose(session.actor, f"{PREFIX}{name.replace('__', '.')}", key)


def set_for_all(workspace: Workspace, *rows: str) -> None:
    settings = workspace.root / "pantau.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n".join(["[keys]", *rows]), encoding="utf-8")


async def test_a_chosen_key_is_pressed_and_shown_everywhere(
    session: Session, elsewhere: Elsewhere, spoken: str
) -> None:
    elsewhere.submit(LKJIP)
    choose(session, overview__next="E", everywhere__help="H")
    app = PantauApp(session)
    async with app.run_test(size=LARGE) as pilot:
        await until_seen(pilot, f"E {_('next')}")
        await until_seen(pilot, f"H {_('help')}")
        await pilot.press("n")
        assert app.screen.chosen is None or app.screen.chosen.id != LKJIP  # type: ignore[attr-defined]
        await pilot.press("E")
        assert app.screen.chosen.id == LKJIP  # type: ignore[attr-defined]
        await pilot.press("H")
        await pilot.pause()
        listed = str(app.screen.query_one(Static).content)
        assert f"E        {_('to the next document whose turn is yours')}" in listed
        await pilot.press("escape", "colon", *_("to the next document whose"))
        await until_seen(pilot, " E ")


async def test_a_key_for_everybody_gives_way_to_one_s_own(workspace: Workspace) -> None:
    set_for_all(workspace, '"overview.next" = "E"', '"overview.cycle" = "W"')
    session = Session(Workspace(workspace.root), "sari")
    choose(session, overview__next="X")
    app = PantauApp(session)
    async with app.run_test(size=LARGE) as pilot:
        await until_seen(pilot, "X next")
        await until_seen(pilot, "W view")
    session.close()


async def test_what_names_a_key_in_a_sentence_follows_it(session: Session) -> None:
    choose(session, everywhere__close="Q", review__pass="T")
    app = PantauApp(session)
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await pilot.press("ctrl+c")
        await until_told(pilot, "Press Q to leave.")
        assert [keymap.shown(key) for key in REVIEW[:1]] == ["T"]


async def test_wrong_keys_of_the_workspace_are_told_at_the_start_and_by_the_doctor(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    set_for_all(workspace, '"overview.next" = "E"', '"overview.cycle" = "E"')
    place = Workspace(workspace.root)
    session = Session(place, "sari")
    app = PantauApp(session)
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await until_told(pilot, "cannot have E: there it is for")
        await until_seen(pilot, "n next")
    session.close()

    assert main(["--workspace", str(place.root), "doctor", "--quick"]) == 1
    assert "cannot have E" in capsys.readouterr().out


@pytest.mark.parametrize("key", ["ctrl+g", "f5", "alt+n"])
def test_what_a_terminal_may_keep_is_for_oneself_only(key: str) -> None:
    assert keymap.checked({}, {"overview.next": key}) == {"overview.next": (key,)}
    with pytest.raises(UsageError, match="everybody"):
        keymap.checked({"overview.next": key}, {})


NAMES = some.sampled_from([*actions(), "no.action"])
KEYS = some.lists(some.sampled_from([*"abjkxyzE5?,:", *keymap.NAMED, "ctrl+e"]), min_size=1, max_size=2).map(",".join)


@given(some.dictionaries(NAMES, KEYS, max_size=6), some.dictionaries(NAMES, KEYS, max_size=6))
def test_whatever_is_chosen_no_place_has_two_actions_on_one_key(shared: dict[str, str], own: dict[str, str]) -> None:
    chosen, problem = keymap.settled(shared, own)
    keymap.use(chosen)

    for place in PLACES.values():
        pressed = [(one, key) for one in place.keys if one.keys for key in keymap.pressed(one)]
        assert len({key for _one, key in pressed}) == len({(one.name, key) for one, key in pressed})
    assert not [key for key in actions().values() if key.is_danger and {"enter", "y"} & {*keymap.pressed(key)}]
    assert all("escape" in keymap.pressed(key) for key in actions().values() if "escape" in key.keys.split(","))
    assert problem or chosen.keys() == shared.keys() | own.keys()


async def test_the_help_of_a_small_terminal_scrolls_and_says_what_the_view_is_for(
    app: PantauApp, spoken: str
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("question_mark")
        await until_seen(pilot, _("Where every document of every office stands, and whose turn it is."))
        await pilot.press("G")
        await pilot.pause()
        assert _("close this view; at the overview, quit") in seen(app)
        await pilot.press("question_mark")
        assert isinstance(app.screen, OverviewScreen)


@pytest.mark.parametrize("name", HEADINGS)
def test_in_a_list_of_keys_each_line_shows_another_key(name: str) -> None:
    shown = [(keymap.listed(key), key) for key in keys(name) if key.keys]

    for told, key in shown:
        assert {*told.split()} <= {*map(keymap.display, key.keys.split(","))}


@pytest.mark.parametrize("session", ["lina"], indirect=True)
async def test_help_says_why_a_key_is_grey(app: PantauApp, elsewhere: Elsewhere) -> None:
    elsewhere.submit(LKJIP)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("2")
        await until_seen(pilot, "Dinas Kesehatan")
        await pilot.press("question_mark")
        await pilot.pause()
        assert "role of leader" in str(app.screen.query_one(Static).content)


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
