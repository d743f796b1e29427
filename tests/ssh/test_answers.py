"""What people are answered over SSH, each by their own key."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.ssh.conftest import PEOPLE, Served
from tests.tui.conftest import LKJIP, Elsewhere
from tui.commands import OVER_SSH
from workflow import State

pytestmark = pytest.mark.needs("sshd", "ssh", "ssh-keygen")

THEIRS = "bpbd/lkjip/2025"
REFUSED, DONE = 1, 0
# Every verb that a key may run: whose key, what is typed, and how it ends. What is refused here is refused by the
# rules of the register, so that it has come through. They run side by side, so of one document only one is done.
LINES = {
    "status": ("lina", "status diskes", DONE),
    "due": ("dina", "due --within 90d", DONE),
    "matrix": ("lina", "pantau matrix Kesehatan --late", DONE),
    "show": ("lina", f"show {LKJIP}", DONE),
    "about": ("dina", f"about {LKJIP}", DONE),
    "log": ("tuti", f"log {LKJIP} --all", DONE),
    "text": ("sari", f"text {LKJIP}", DONE),
    "difference": ("sari", f"difference {LKJIP}", 2),
    "fetch": ("sari", f"fetch {LKJIP}", DONE),
    "queue": ("sari", "queue unit", DONE),
    "load": ("budi", "load", DONE),
    "search": ("lina", "search 'office:diskes is:late'", DONE),
    "findings": ("dina", "findings", DONE),
    "defects": ("lina", "defects --top 3", DONE),
    "people": ("lina", "people", DONE),
    "calendar": ("dina", "calendar --ics -", DONE),
    "catalogue": ("ani", "catalogue check", DONE),
    "changes": ("tuti", "changes --since 2026-01-01", DONE),
    "receipt": ("dina", f"receipt {LKJIP}", DONE),
    "inbox": ("sari", "inbox --today", DONE),
    "quarantine": ("dina", "quarantine", DONE),
    "approve": ("budi", f"approve {THEIRS}", REFUSED),
    "return": ("sari", f"return {THEIRS} --finding 'Tabel kosong; lihat bab III'", REFUSED),
    "withdraw": ("dina", "withdraw diskes/pk/2026 --note salah", REFUSED),
    "reopen": ("budi", f"reopen {LKJIP} --note 'perlu diubah'", REFUSED),
    "extend": ("ani", f"extend {THEIRS} --due 2099-01-01 --note 'surat 12/2026'", DONE),
    "declare": ("ani", f"declare {THEIRS} --note sebab", REFUSED),
    "waive": ("ani", "waive bpbd/pk/2026 --note digabung", DONE),
    "reinstate": ("ani", f"reinstate {THEIRS} --note sebab", REFUSED),
    "admit": ("ani", "admit dishub/lkjip/2025 --note sebab", DONE),
    "review": ("lina", f"review {LKJIP}", REFUSED),
    "undo": ("budi", f"undo {LKJIP}", REFUSED),
    "take": ("sari", f"take {LKJIP}", DONE),
    "release": ("budi", "release bkd/lkjip/2025", DONE),
    "assign": ("ani", "assign dinsos/lkjip/2025 --to sari", DONE),
    "comment": ("tuti", f"comment {LKJIP} 'dibaca & dicatat'", REFUSED),
    "answer": ("dina", f"answer {LKJIP} --note sudah", REFUSED),
    "accept": ("sari", f"accept {LKJIP}", REFUSED),
    "open-again": ("sari", f"open-again {LKJIP} --note belum", REFUSED),
    "check": ("sari", f"check {LKJIP}", DONE),
    "place": ("sari", f"place 99 {LKJIP}", 2),
    "turn-away": ("sari", "turn-away 99 --note salah", 2),
    "retry": ("sari", "retry", DONE),
    "spellings": ("sari", "spellings", DONE),
    "remember": ("sari", "remember office 'dinas sehat' diskes", DONE),
    "forget": ("sari", "forget 99", 2),
    "delegate": ("sari", "delegate budi --from 2099-01-01 --until 2099-01-02 --note cuti", DONE),
    "grant": ("wati", "grant budi --role bureau --from 2099-01-01 --until 2099-01-02 --note SK", DONE),
    "mandates": ("lina", "mandates", DONE),
    "revoke": ("sari", "revoke 99 --note kembali", 2),
    "trail": ("tuti", "trail head", DONE),
    "verify": ("tuti", "verify", REFUSED),  # what the test itself has put there has no seal
    "doctor": ("wati", "doctor --quick", REFUSED),
    "open-year": ("wati", "open-year 2026 --dry-run", DONE),
    "keys": ("lina", "keys", DONE),
    "theme": ("lina", "theme", DONE),
}


@pytest.mark.parametrize("name", PEOPLE)
def test_a_key_without_a_command_and_a_terminal_is_told_how_it_stands(standing: Served, name: str) -> None:
    standing.open(name)
    answer = standing.run(name)

    assert (answer.returncode, answer.stderr) == (0, b"")
    assert answer.stdout.startswith(b"Dinas Kesehatan 2026: " if name == "dina" else b"Provinsi Lampung 2026: ")
    assert answer.stdout.count(b"\n") == 1


def test_every_verb_of_the_table_is_answered_over_ssh(served: Served, elsewhere: Elsewhere) -> None:
    elsewhere.submit(LKJIP)
    assert {*LINES} == OVER_SSH - {None}

    for name in {name for name, _line, _code in LINES.values()}:
        served.open(name)
    with ThreadPoolExecutor(3) as pool:
        answers = dict(zip(LINES, pool.map(lambda one: served.run(*one[:2]), LINES.values()), strict=True))

    wrong = [verb for verb, one in answers.items() if one.returncode != LINES[verb][2]]
    assert {verb: answers[verb].stderr for verb in wrong} == {}, wrong
    assert {verb for verb, one in answers.items() if not one.stdout + one.stderr} == set()
    assert not served.log.exists()


def test_three_people_pass_a_document_on_and_the_trail_says_by_which_keys(
    served: Served, elsewhere: Elsewhere
) -> None:
    sent = b"%PDF-1.4\n" + bytes(range(256)) * 999
    elsewhere.submit(LKJIP, content=sent)

    assert served.run("sari", f"review {LKJIP} --note 'lengkap; lihat bab III'").returncode == 0
    assert served.run("budi", f"pantau approve {LKJIP}").returncode == 0
    fetched = served.run("dina", f"fetch {LKJIP}")

    assert fetched.stdout == sent
    assert elsewhere.register.obligation(LKJIP).state is State.APPROVED
    *_, reviewed, approved = elsewhere.register.trail(elsewhere.register.obligation(LKJIP).id)
    assert [(one.actor, one.via) for one in (reviewed, approved)] == [
        ("sari", served.came_by("sari")),
        ("budi", served.came_by("budi")),
    ]
    assert reviewed.note == "lengkap; lihat bab III"


@pytest.mark.parametrize(
    ("name", "line", "told"),
    [
        ("lina", f"waive {LKJIP} --note x", b"Who could: "),
        ("lina", "grant lina --role administrator --from 2099-01-01 --until 2099-01-02 --note x", b"Who could: "),
        ("dina", "trail head", b"Who could: "),
        ("dina", f"show {THEIRS}", b"this is not of diskes"),
        ("sari", "doctor", b"Who could: "),
        ("tuti", "remember office x diskes", b"Who could: "),
    ],
)
def test_a_role_may_over_ssh_what_it_may_elsewhere(standing: Served, name: str, line: str, told: bytes) -> None:
    standing.open(name)
    answer = standing.run(name, line)

    assert (answer.returncode, answer.stdout) == (1, b"")
    assert told in answer.stderr


def test_answers_are_data_where_that_is_asked_for_and_in_the_language_that_is(standing: Served) -> None:
    standing.open("lina")
    assert json.loads(standing.run("lina", "status --json").stdout)["region"] == "Provinsi Lampung"
    assert b"lewat tenggat" in standing.run("lina", "--lang id status").stdout
    told = standing.run("lina", "pantau --help")
    assert (told.returncode, b"status" in told.stdout) == (0, True)
    wrong = standing.run("lina", "status --colour")
    assert (wrong.returncode, wrong.stdout) == (2, b"")
