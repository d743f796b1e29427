"""Nothing that somebody sees or presses starts a program, opens an address or writes a file of the server's."""

from __future__ import annotations

import ast
import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from textual.binding import Binding
from textual.dom import DOMNode
from textual.widgets import Input, OptionList, TextArea

import tui.screens
from tui.app import PantauApp
from tui.screens import keys

ROOT = Path(__file__).parents[2]
# Who starts a process: this Python again, at work on a module of Pantau, or what tells how a server is set up.
STARTERS = {
    "inbox/hints.py": "the listener",
    "inbox/pages.py": "the reader of pages",
    "tui/verbs/install.py": "sshd and systemctl, asked by whoever sits at the server",
    "tui/watching.py": "a watcher beside the screens",
}
# What begins a program, an editor, a pager or a browser, by whichever module.
FORBIDDEN = {
    *("os.system", "os.popen", "os.startfile", "os.forkpty", "pty.spawn", "pty.fork"),
    *("pydoc.pager", "webbrowser.open", "webbrowser.get", "pdb.set_trace"),
}
# What Textual would do for whoever asks: leave the screens to a shell, save a picture, fetch, open a browser.
UNWANTED = {
    *("open_url", "suspend", "suspend_process", "deliver_screenshot", "deliver_text", "deliver_binary"),
    *("save_screenshot", "screenshot", "command_palette", "toggle_console"),
}
# All that the widgets of Textual do by keys of their own: within the text that is being typed, and in a list.
THEIRS = {
    *("cursor_left", "cursor_right", "cursor_up", "cursor_down", "cursor_left_word", "cursor_right_word"),
    *("cursor_word_left", "cursor_word_right", "cursor_line_start", "cursor_line_end", "cursor_page_up"),
    *("cursor_page_down", "select", "select_line", "select_all", "home", "end", "first", "last", "page_up"),
    *("page_down", "page_left", "page_right"),
    *("delete_left", "delete_right", "delete_left_word", "delete_right_word", "delete_left_all", "delete_right_all"),
    *("delete_word_left", "delete_word_right", "delete_line", "delete_to_start_of_line", "delete_to_end_of_line"),
    *("delete_to_end_of_line_or_delete_line", "submit", "cut", "copy", "paste", "undo", "redo"),
    *("scroll_up", "scroll_down", "scroll_left", "scroll_right", "scroll_home", "scroll_end"),
    *("app.focus_next", "app.focus_previous", "screen.copy_text", "help_quit", "quit"),
}


@cache
def sources() -> dict[str, ast.Module]:
    paths = [path for room in ("workflow", "inbox", "tui") for path in sorted((ROOT / room).rglob("*.py"))]
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


@cache
def named(path: str) -> set[str]:
    """Whatever is taken from a module or an object there: `os.system`, and `system` from `os` as well."""
    return {*_named(sources()[path])}


def _named(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield ast.unparse(node)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{one.name}" for one in node.names)
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


def starts_a_process(name: str) -> bool:
    module, _, what = name.partition(".")
    if module == "os":
        return what.startswith(("exec", "spawn", "posix_spawn"))
    return module in ("subprocess", "multiprocessing", "pexpect", "sh")


def test_a_process_is_started_in_three_places_only() -> None:
    found = {path for path in sources() if any(map(starts_a_process, named(path)))}

    assert found == STARTERS.keys()


def test_none_of_them_goes_by_a_shell() -> None:
    for path, tree in sources().items():
        names = named(path)
        assert names & FORBIDDEN == set(), path
        assert not names & {"pty", "pydoc", "webbrowser", "code", "codeop", "pdb"}, path
        assert not [one for one in ast.walk(tree) if isinstance(one, ast.keyword) and one.arg == "shell"], path


def test_nothing_asks_textual_for_a_shell_a_browser_or_a_picture() -> None:
    for path in sources():
        if path.startswith(("tui/screens/", "tui/app.py")):
            taken = {one.rpartition(".")[2].removeprefix("action_") for one in named(path)}
            assert taken & UNWANTED == set(), path


def test_only_the_line_that_fetches_a_document_is_sent_to_the_clipboard() -> None:
    """OSC 52 reaches the computer of whoever sits there: nothing that came from outside may be in it."""
    found = [path for path in sources() if any(one.endswith("copy_to_clipboard") for one in named(path))]

    assert found == ["tui/screens/fetch.py"]


def shown() -> Iterator[type[DOMNode]]:
    """Every class that can stand on a screen."""
    for module in pkgutil.iter_modules(tui.screens.__path__, "tui.screens."):
        for one in vars(import_module(module.name)).values():
            if isinstance(one, type) and issubclass(one, DOMNode):
                yield one


def actions(node: type[DOMNode]) -> Iterator[str]:
    for base in node.__mro__:
        for one in vars(base).get("BINDINGS", ()):
            yield (one.action if isinstance(one, Binding) else one[1]).partition("(")[0]


def test_a_key_does_only_what_the_table_of_keys_says_or_edits_a_text() -> None:
    ours = {
        key.action.partition("(")[0] if key.action else key.id
        for table in vars(keys).values()
        if isinstance(table, tuple)
        for key in table
        if isinstance(key, keys.Key)
    }
    places: set[type[DOMNode]] = {*shown(), PantauApp, Input, TextArea, OptionList}
    for one in places:
        assert {*actions(one)} - ours - THEIRS == set(), one
    assert {*ours} & UNWANTED == set()


def test_the_palette_of_textual_is_not_there() -> None:
    assert PantauApp.ENABLE_COMMAND_PALETTE is False


def test_no_widget_of_textual_is_used_that_opens_what_it_shows() -> None:
    opening = {f"textual.widgets.{one}" for one in ("Link", "Markdown", "MarkdownViewer", "DirectoryTree")}
    for path in sources():
        assert named(path) & opening == set(), path
