"""The line that somebody types behind `ssh`: its words, and what is not for typing there."""

from __future__ import annotations

import shlex
from argparse import Namespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui import over_ssh
from tui.command_line import parser
from tui.commands import _VERBS, OVER_SSH
from tui.errors import UsageError
from tui.main import main
from tui.workspace import Workspace

# Stated here once more: who adds a verb says whether a key may run it.
AT_THE_SERVER = {
    *("init", "demo", "watch", "adopt", "recognise", "install", "backup", "restore", "rehearse"),
    *("authorized-keys", "offices"),
}
TEXT = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" ;|&$`<>()'\"\\*?#~=-"), max_size=60)


def test_every_verb_is_for_the_server_alone_or_for_keys_too() -> None:
    assert {*_VERBS} - OVER_SSH == AT_THE_SERVER
    assert {*_VERBS} >= OVER_SSH


@given(st.lists(TEXT, max_size=6))
@example(["it's", 'a "quote"', "a\\b", "$HOME `id` ; | & < >"])
def test_what_is_quoted_for_a_shell_comes_as_it_was_meant(words: list[str]) -> None:
    assert over_ssh.words(shlex.join(["comment", *words])) == ["comment", *words]


@given(TEXT)
def test_a_line_is_understood_as_a_shell_parts_it_or_refused(line: str) -> None:
    try:
        found = over_ssh.words(f"search {line}")
    except UsageError:
        return
    assert found == ["search", *shlex.split(line)]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("   ", [], id="blanks"),
        pytest.param("pantau", [], id="the name alone"),
        pytest.param("pantau status", ["status"], id="with the name"),
        pytest.param("status  dinkes ", ["status", "dinkes"], id="blanks between"),
        pytest.param("--lang id status", ["--lang", "id", "status"], id="an option first"),
        pytest.param("comment x 'a; b | c'", ["comment", "x", "a; b | c"], id="quoted signs"),
        pytest.param('comment x "$(id) `id`"', ["comment", "x", "$(id) `id`"], id="quoted substitution"),
        pytest.param("""comment x a"b c"'d e'f""", ["comment", "x", "ab cd ef"], id="joined"),
        pytest.param("comment x ''", ["comment", "x", ""], id="an empty word"),
        pytest.param("search ~ * ? # !", ["search", "~", "*", "?", "#", "!"], id="what means nothing here"),
    ],
)
def test_a_line_is_parted_into_words(line: str, words: list[str]) -> None:
    assert over_ssh.words(line) == words


@pytest.mark.parametrize(
    ("line", "told"),
    [
        *((f"status{sign}id", f"There is no shell here that {sign} would") for sign in ";&|<>()$`\\"),
        ("; id", "There is no shell here that ; would"),
        ("$(id)", "There is no shell here that $ would"),
        ("status 'dinkes", "not closed"),
        ('status "dinkes', "not closed"),
        ('status "dinkes\\', "not closed"),
        ("status\nid", "one line of readable text"),
        ("status\x00id", "one line of readable text"),
        ("status\x1b[2J", "one line of readable text"),
        ("status \u202efdp", "one line of readable text"),
        ("status \udcff", "one line of readable text"),
        ("status\tdinkes", "one line of readable text"),
        ("search " + "x" * over_ssh.LONGEST, "longer than 4096 bytes"),
        ("search " + "é" * (over_ssh.LONGEST // 2), "longer than 4096 bytes"),
        ("sh", "sh is nothing that can be asked for"),
        ("'status dinkes'", "status dinkes is nothing that can be asked for"),
        ("pantau pantau status", "pantau is nothing"),
        ("STATUS", "STATUS is nothing"),
        ("y" * 900, f"{'y' * 40} is nothing"),
        *((f"{verb} x", f"{verb} is nothing that can be asked for") for verb in sorted(AT_THE_SERVER)),
        ("serve", "serve is nothing"),
        *(
            (line, "Files do not go this way")
            for line in (
                "scp -t /tmp",
                "scp -f pantau.db",
                "internal-sftp",
                "/usr/lib/openssh/sftp-server",
                "rsync --server . x",
            )
        ),
        ("--as wati status", "their key says"),
        ("status --as=wati", "their key says"),
        ("status --workspace elsewhere", "their key says"),
        ("search -- --as", "their key says"),
    ],
)
def test_what_is_no_line_of_pantau_is_refused_in_one_sentence(line: str, told: str) -> None:
    with pytest.raises(UsageError) as refused:
        over_ssh.words(line)

    assert told in str(refused.value)
    assert str(refused.value).isprintable()


def judged(line: str) -> Namespace:
    options = parser().parse_args(over_ssh.words(line))
    over_ssh.check(options)
    return options


@pytest.mark.parametrize(
    "line",
    [
        "fetch diskes/lkjip/2025 --output lkjip.pdf",
        "fetch diskes/lkjip/2025 --output -",
        "calendar --ics kalender.ics",
        "receipt TT/SAKIP/2026/000001 --pdf receipt.pdf",
        "receipt verify /etc/passwd",
        "receipt verify pantau.toml",
        "trail export trail.jsonl",
        "people add rini --role reviewer --key rini.pub",
        "people key replace sari baru.pub",
        "--lang en init folder --region x --year 2026",
        "--json watch",
    ],
)
def test_what_is_for_the_server_or_names_a_file_there_is_refused(line: str) -> None:
    with pytest.raises(UsageError):
        judged(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "--json",
        "--theme dark",
        "fetch diskes/lkjip/2025 --version 2",
        "calendar --ics -",
        "receipt TT/SAKIP/2026/000001 --pdf -",
        "receipt verify TT/SAKIP/2026/000001",
        "trail export - --format csv",
        "trail compare abcdefabcdef",
        "trail head",
        "people add rini --role reviewer --key -",
        "people key add sari -",
        "people key revoke sari abc --note hilang",
        "people",
        "return diskes/lkjip/2025 --finding 'Tabel kosong; lihat bab III'",
    ],
)
def test_what_a_key_may_ask_comes_through(line: str) -> None:
    judged(line)


@pytest.mark.parametrize("line", [["search", "serve"], ["--json", "search", "serve"], ["comment", "x", "serve"]])
def test_a_word_is_no_key_line(
    workspace: Workspace, line: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever searches for it at the server is not taken for a key."""
    monkeypatch.setenv("SSH_ORIGINAL_COMMAND", "status")
    monkeypatch.setenv("PANTAU_WORKSPACE", str(workspace.root))

    main(line)
    assert "Provinsi Lampung 2026" not in capsys.readouterr().out
