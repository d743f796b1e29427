"""Themes: what is sent can be read, by whoever confuses colours too, and without any."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

import pytest
from rich.color import Color as Sent
from rich.color import ColorSystem

from tests.tui.conftest import BUDI, LKJIP, SARI, Elsewhere
from tests.tui.screens import LARGE, SMALL, Screens, until
from tui import app as application
from tui.app import PantauApp
from tui.look import Look, Signs, Terminal, Theme, look
from tui.main import main
from tui.screens.themes import PALETTES
from tui.session import Session
from tui.workspace import Workspace
from workflow import Action, Preferences

Light = tuple[float, float, float]
Stretch = tuple[str, Sent | None, Sent | None]
OWN = [Theme.DARK, Theme.LIGHT, Theme.OKABE_ITO]
SYSTEMS = [ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT]
MARKS = set("·-─│┌┐└┘├┤┬┴┼▁▂▃▄▅▆▇█ ")


def light(colour: Sent) -> Light:
    """Red, green and blue as amounts of light (IEC 61966-2-1)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (part / 255 for part in colour.get_truecolor())
    )
    return red, green, blue


def contrast(one: Sent, other: Sent) -> float:
    """From 1 to 21 (WCAG 2.2, 1.4.3)."""
    weights = (0.2126, 0.7152, 0.0722)
    darker, lighter = sorted(sum(w * part for w, part in zip(weights, light(c), strict=True)) for c in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def sent(colour: Sent | None, system: ColorSystem) -> Sent:
    """The colour as the terminal gets it."""
    assert colour is not None
    assert colour.triplet is not None, "a colour of the terminal in a theme that has its own"
    return colour.downgrade(system)


def drawn(app: PantauApp) -> Iterator[Stretch]:
    """What stands on the terminal, each stretch with its colours. Only the terminal's own are dimmed by it."""
    for screen in app.screen_stack:
        for strip in screen._compositor.render_strips():
            for text, style, _control in strip:
                assert style is None or not style.dim
                if style is not None and text.strip():
                    yield text.strip(), style.color, style.bgcolor


def fill(elsewhere: Elsewhere) -> None:
    """Documents in every state."""
    elsewhere.submit("dinsos/pk/2026")
    elsewhere.submit(LKJIP)
    elsewhere.decide(Action.RETURN, LKJIP, SARI, "tanda tangan")
    elsewhere.submit("inspektorat/lkjip/2025")
    elsewhere.decide(Action.REVIEW, "inspektorat/lkjip/2025", SARI)
    elsewhere.submit("diskes/pk/2026")
    elsewhere.decide(Action.REVIEW, "diskes/pk/2026", SARI)
    elsewhere.decide(Action.APPROVE, "diskes/pk/2026", BUDI)


async def looked_at(pilot: Screens, app: PantauApp) -> set[Stretch]:
    """What is drawn on the way through the screens: overview, filter, help, office, review, a message."""
    every = set[Stretch]()
    for keys in ("", "right down", "slash", "d", "escape question_mark", "escape n enter", "t", "u"):
        await pilot.press(*keys.split())
        await pilot.pause()
        every |= {*drawn(app)}
    return every


@pytest.mark.parametrize("theme", OWN)
async def test_words_and_lines_stand_out_from_their_ground(
    session: Session, elsewhere: Elsewhere, theme: Theme
) -> None:
    fill(elsewhere)
    app = PantauApp(session, Look(theme))
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        found = await looked_at(pilot, app)

    low = {
        (text, system, round(measured, 1))
        for system in SYSTEMS
        for text, front, back in found
        for measured in [contrast(sent(front, system), sent(back, system))]
        if measured < (3 if set(text) <= MARKS else 4.5)
    }
    assert not low
    assert len({(front, back) for _, front, back in found}) >= 8


# How full protanopia and deuteranopia mix the light of red, green and blue (Machado, Oliveira and Fernandes 2009).
DEFICIENCIES = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


def perceived(colour: Sent, mixed: tuple[Light, ...]) -> Light:
    """Lightness and two hues (CIE 1976 L*a*b*, D65) of a colour as such an eye has it."""
    seen_light = [sum(w * part for w, part in zip(row, light(colour), strict=True)) for row in mixed]
    red, green, blue = (min(max(part, 0.0), 1.0) for part in seen_light)
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("eye", DEFICIENCIES)
@pytest.mark.parametrize("system", SYSTEMS)
def test_nobody_confuses_the_colours_of_okabe_and_ito(eye: str, system: ColorSystem) -> None:
    palette = PALETTES[Theme.OKABE_ITO]
    told_apart = {name: getattr(palette, name) for name in ("ground", "words", "ours", "returned", "late", "cursor")}
    points = {
        name: perceived(Sent.parse(code).downgrade(system), DEFICIENCIES[eye]) for name, code in told_apart.items()
    }

    close = {
        (one, other): round(distance)
        for one, other in combinations(points, 2)
        for distance in [sum((a - b) ** 2 for a, b in zip(points[one], points[other], strict=True)) ** 0.5]
        if distance < 15  # six times what can be noticed side by side
    }
    assert not close


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        pytest.param({"COLORTERM": "truecolor"}, Theme.DARK, id="all colours"),
        pytest.param({}, Theme.ANSI, id="few colours"),
        pytest.param({"COLORTERM": "truecolor", "SSH_CONNECTION": "10.0.0.7 52114"}, Theme.ANSI, id="over SSH"),
        pytest.param({"COLORTERM": "truecolor", "SSH_TTY": "/dev/pts/3"}, Theme.ANSI, id="over SSH, a tty"),
        pytest.param({"COLORTERM": "truecolor", "NO_COLOR": "1"}, Theme.ANSI, id="no colour"),
    ],
)
def test_the_terminal_says_which_theme_suits(
    session: Session, environment: Mapping[str, str], expected: Theme
) -> None:
    assert look(session, Terminal(environment, "utf-8")).theme is expected


def test_what_is_asked_for_comes_before_what_was_chosen_and_that_before_the_setting(workspace: Workspace) -> None:
    terminal = Terminal({}, "utf-8")
    set_up(workspace, 'theme = "light"', "ascii = true")
    sari = Session(workspace, "sari")

    assert look(sari, terminal) == Look(Theme.LIGHT, Signs.ASCII)
    Preferences(sari.database).choose(sari.actor, "theme", "okabe-ito")
    Preferences(sari.database).choose(sari.actor, "ascii", "no")
    assert look(sari, terminal) == Look(Theme.OKABE_ITO, Signs.ALL)
    assert look(sari, terminal, theme="dark", is_ascii=True) == Look(Theme.DARK, Signs.ASCII)
    assert look(sari, Terminal({"NO_COLOR": ""}, "utf-8"), theme="dark").theme is Theme.ANSI
    sari.close()


@pytest.mark.parametrize(
    ("environment", "encoding", "expected"),
    [
        pytest.param({"LANG": "id_ID.UTF-8"}, "utf-8", Signs.ALL, id="UTF-8"),
        pytest.param({}, "UTF-8", Signs.ALL, id="nothing said"),
        pytest.param({"LC_ALL": "C", "LANG": "id_ID.UTF-8"}, "utf-8", Signs.ASCII_ONLY, id="C"),
        pytest.param({"LANG": "id_ID"}, "iso8859-1", Signs.ASCII_ONLY, id="Latin-1"),
    ],
)
def test_a_terminal_without_utf_8_gets_ascii_only(
    session: Session, environment: Mapping[str, str], encoding: str, expected: Signs
) -> None:
    assert look(session, Terminal(environment, encoding)).signs is expected


def set_up(workspace: Workspace, *lines: str) -> None:
    """Say how the screens look for everybody."""
    with (workspace.root / "pantau.toml").open("a", encoding="utf-8") as file:
        file.write("\n".join(("[screens]", *lines, "")))
    workspace.settings = Workspace(workspace.root).settings


@pytest.mark.parametrize("line", ['theme = "pink"', "ascii = 1", 'colour = "red"'])
def test_a_look_that_cannot_be_meant_is_told(
    workspace: Workspace, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with (workspace.root / "pantau.toml").open("a", encoding="utf-8") as file:
        file.write(f"[screens]\n{line}\n")

    assert main(["--workspace", str(workspace.root), "theme"]) == 2
    assert "okabe-ito" in capsys.readouterr().err


def test_a_person_chooses_a_theme_on_the_command_line(
    workspace: Workspace, spoken: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    asked = ["--workspace", str(workspace.root), "--lang", spoken, "--as", "lina", "theme"]

    assert main([*asked, "light", "--signs", "ascii"]) == 0
    assert "> light" in capsys.readouterr().out
    assert main([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["theme"] == "light"
    assert told["chosen"] == {"ascii": "yes", "theme": "light"}
    main([*asked, "--default", "--json"])
    assert json.loads(capsys.readouterr().out)["chosen"] == {}


async def test_another_theme_shows_at_once_and_is_remembered(session: Session) -> None:
    app = PantauApp(session)
    async with app.run_test(size=SMALL) as pilot:
        app.choose_theme(Theme.LIGHT)
        await until(pilot, lambda: any(back == Sent.parse("#ffffff") for _, _, back in drawn(app)))

    assert look(session, Terminal({}, "utf-8")).theme is Theme.LIGHT


def test_no_colour_stands_in_the_style_sheet() -> None:
    """A colour of its own would be the same in all themes, and checked in none."""
    sheet = (Path(application.__file__).parent / PantauApp.CSS_PATH).read_text(encoding="utf-8")
    rules = re.findall(r"(?:color|background|border[a-z-]*|tint|outline)[a-z-]*: ([^;]+);", sheet)
    values = {word for rule in rules for word in rule.split()}

    assert {word for word in values if re.match(r"ansi_|#|rgb|hsl|auto$|black$|white$", word)} == set()
    assert "$ours" in values
