"""Offices deliver by SFTP through accounts of their own, and find in their folder what comes back."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.inbox.conftest import ROOT, wait_until
from tests.ssh.machine import Machine
from tests.sshd import Sshd
from tests.torture.senders import pdf
from workflow import Role

pytestmark = pytest.mark.needs("sshd", "sftp", "ssh-keygen", "unshare", "nsenter", "setpriv", "useradd")

SHIPPED = ROOT / "deploy" / "sshd" / "pantau-offices.conf"
SETTINGS = "Include /etc/ssh/sshd_config.d/pantau-offices.conf\n"
REGION = "/srv/pantau"
LONGEST_IDLE = 120  # seconds that a client keeps its connection
MINE, THEIRS = "opd-diskes", "opd-disdik"
KEYS = {"dina": (Role.OFFICE, "diskes"), "rudi": (Role.OFFICE, "disdik"), "sari": (Role.REVIEWER, "")}
# The sheet is handed back once nobody can undo the return any more, so it is done by a clock that is ahead.
RETURN = """\
import sys
from datetime import timedelta
from pathlib import Path
from inbox import HandingBack
from tui import finding_sheet, language
from tui.workspace import Workspace, now
from workflow import Action, Actor, Register, Role
place = Workspace(Path(sys.argv[1]))
language.use("id")
database = place.open_database()
register, later = Register(database, now), lambda: now() + timedelta(minutes=6)
sari = Actor("sari", Role.REVIEWER)
register.perform(Action.RETURN, register.obligation(sys.argv[2]), sari, findings=["Sampul salah"])
form = lambda one: finding_sheet.text(one, place.zone)
assert HandingBack(database, register, place.roots(), later, form, print).hand_next()
"""
OFFICES = """\
region = "Provinsi Lampung"
[[office]]
code = "diskes"
name = "Dinas Kesehatan"
[[office]]
code = "disdik"
name = "Dinas Pendidikan"
"""


class Door(Sshd):
    """The server, for clients who keep their connection: what is asked of them here is not how they come in."""

    def options(self, name: str) -> list[str]:
        kept = {"ControlMaster": "auto", "ControlPath": self.folder / f"{name}-%r", "ControlPersist": LONGEST_IDLE}
        return [*super().options(name), *(word for option, how in kept.items() for word in ("-o", f"{option}={how}"))]

    def hang_up(self) -> None:
        """Whoever comes next has to show their key."""
        for path in self.folder.glob("*-*"):
            subprocess.run(
                ["ssh", "-o", f"ControlPath={path}", "-O", "exit", "there"], check=False, capture_output=True
            )


class Bureau:
    """A server with offices, their accounts and a watcher, set up by the commands that the documents name."""

    def __init__(self, machine: Machine, sshd: Door) -> None:
        self.machine = machine
        self.sshd = sshd

    @property
    def region(self) -> Path:
        return self.machine.path(REGION)

    def pantau(self, *words: str) -> str:
        """What the service account is answered."""
        done = self.machine.run("pantau", "--lang", "en", "--workspace", REGION, *words, account="pantau")
        return done.stdout

    def sftp(self, *orders: str, account: str = MINE, name: str = "dina") -> str:
        """What sftp says to each order in its turn; one that is refused does not end the session."""
        self.sshd.user = account
        done = self.sshd.sftp(name, *(f"-{order}" for order in orders))
        return (done.stdout + done.stderr).decode()

    def ls(self, path: str = ".", **whose: str) -> list[str]:
        """The names that an office sees there; nothing where it does not come in."""
        _, _, said = self.sftp(f"ls -1a {path}", **whose).partition(f"ls -1a {path}\n")
        return sorted(line.rsplit("/", 1)[-1].strip() for line in said.splitlines() if line.strip(" ./"))

    def read(self, path: str, **whose: str) -> str:
        """A file as an office gets it; nothing where there is none."""
        there = self.sshd.folder / "got"
        there.unlink(missing_ok=True)
        self.sftp(f'get "{path}" {there}', **whose)
        return there.read_text(encoding="utf-8-sig") if there.exists() else ""

    def file(self, name: str, content: bytes) -> Path:
        """A file of a clerk's own."""
        path = self.sshd.folder / name
        path.write_bytes(content)
        return path

    def put(self, called: str, content: bytes, to: str = "", **whose: str) -> str:
        return self.sftp(f'put "{self.file(called, content)}" "{to or called}"', **whose)

    def stands(self, obligation: str) -> str:
        return str(json.loads(self.pantau("--json", "show", obligation))["state"])

    def is_taken(self, obligation: str) -> None:
        wait_until(lambda: self.stands(obligation) == "submitted", 60)


def build(machine: Machine, sshd: Door) -> Bureau:
    """As docs/offices.md says, for a region of two offices and itself."""
    run, here = machine.run, ("pantau", "--lang", "en", "--workspace", REGION)
    run("useradd", "--system", "--user-group", "--home-dir", "/nonexistent", "pantau")
    run("install", "-d", "-o", "pantau", "-g", "pantau", "-m", "750", REGION)
    region = machine.path(REGION)
    (region / "catalogue").mkdir()
    (region / "catalogue" / "offices.toml").write_text(OFFICES)
    (region / "catalogue" / "assignments.toml").write_text("")
    run("chown", "--recursive", "pantau:pantau", REGION)
    run("pantau", "--lang", "id", "init", REGION, "--region", "Provinsi Lampung", "--year", "2026", account="pantau")
    settings = region / "pantau.toml"
    settings.write_text(settings.read_text().replace("settle = 2.0", "settle = 0.3"))
    run(*here, "open-year", "2026", account="pantau")
    run("sh", "-s", said=run(*here, "offices", "accounts", account="pantau").stdout)
    run(*here, "offices", "folders", account="pantau")
    for name, (role, unit) in KEYS.items():
        public = sshd.key(name).with_suffix(".pub").read_text()
        office = ["--office", unit] if unit else []
        run(*here, "people", "add", name, "--role", role, *office, "--key", "-", said=public, account="pantau")
    run("install", "-m", "644", str(SHIPPED), "/etc/ssh/sshd_config.d/")
    return Bureau(machine, sshd)


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    with Machine() as machine:
        sshd = Door(tmp_path_factory.mktemp("offices"), SETTINGS, machine.within)
        made = build(machine, sshd)
        line = machine.line("pantau", "--workspace", REGION, "watch", account="pantau", may="lease")
        quiet = subprocess.DEVNULL
        watcher = subprocess.Popen(line, stdin=quiet, stderr=quiet, env=Machine.ENVIRONMENT)
        try:
            with sshd:
                wait_until(lambda: {"STATUS.txt"} <= names(made) & names(made, "disdik"))
                yield made
        finally:
            sshd.hang_up()
            watcher.terminate()
            watcher.wait()


def names(bureau: Bureau, account: str = "diskes") -> set[str]:
    """What lies in an office's folder, as the service sees it."""
    return {path.name for path in (bureau.region / "inbox" / account).iterdir()}


def status(bureau: Bureau, *facts: str) -> None:
    """Wait until an office reads these things of itself."""

    def says() -> bool:
        said = " ".join(bureau.read("STATUS.txt").split())
        return all(fact in said for fact in facts)

    wait_until(says, 60)


def test_a_file_that_is_put_comes_back_as_a_receipt_that_can_be_read(bureau: Bureau) -> None:
    bureau.put("LKjIP 2025.pdf", pdf("LKjIP 2025"))

    bureau.is_taken("diskes/lkjip/2025")
    wait_until(lambda: any(name.endswith(".pdf") for name in bureau.ls("tanda-terima")))
    name = next(name for name in bureau.ls("tanda-terima") if name.endswith(".txt"))
    assert "LKjIP 2025.pdf" in bureau.read(f"tanda-terima/{name}")
    assert "LKjIP 2025.pdf" not in bureau.ls()
    status(bureau, "LKjIP", "diajukan, menunggu penelaah", "TT/SAKIP/2026/000001")


@pytest.mark.parametrize(
    ("name", "orders", "obligation"),
    [
        pytest.param("PK 2026.pdf", ['put -p "{}" "PK 2026.pdf"'], "diskes/pk/2026", id="with its own times"),
        pytest.param(
            "IKU 2026.pdf",
            ['put "{}" "IKU 2026.pdf.filepart"', 'rename "IKU 2026.pdf.filepart" "IKU 2026.pdf"'],
            "diskes/iku/2026",
            id="as WinSCP sends it",
        ),
        pytest.param(
            "Renaksi 2026.pdf",
            ['put "{}" "Renaksi 2026.pdf.part"', 'rename -l "Renaksi 2026.pdf.part" "Renaksi 2026.pdf"'],
            "diskes/renaksi/2026",
            id="renamed in the old way",
        ),
    ],
)
def test_a_file_is_taken_however_it_is_sent(bureau: Bureau, name: str, orders: list[str], obligation: str) -> None:
    there = bureau.file(name, pdf(name))

    bureau.sftp(*(order.format(there) for order in orders))

    bureau.is_taken(obligation)


def test_a_file_in_draft_is_kept_as_a_draft(bureau: Bureau) -> None:
    bureau.put("Renja 2026.pdf", pdf("Renja 2026"), to="draft/Renja 2026.pdf")

    status(bureau, "Rencana Kerja", "baru ada drafnya")
    assert bureau.stands("diskes/renja/2026") == "draft"


def test_of_half_a_file_nothing_is_taken_until_the_rest_has_come(bureau: Bureau) -> None:
    whole = pdf("Pohon Kinerja 2026", 400_000)
    path = bureau.file("Pohon Kinerja 2026.pdf", whole[:150_000])
    bureau.sftp(f'put "{path}"')
    status(bureau, "Pohon Kinerja 2026.pdf: tidak lengkap; kirim lagi")
    assert bureau.stands("diskes/pokin/2026") == "draft"

    path.write_bytes(whole)
    bureau.sftp(f'reput "{path}"')

    bureau.is_taken("diskes/pokin/2026")
    got = [one for one in json.loads(bureau.pantau("--json", "inbox", "--all"))["arrivals"] if "Pohon" in one["name"]]
    assert [one["size"] for one in got] == [len(whole)]


def test_a_line_that_breaks_leaves_a_stump_that_is_told_and_not_taken(bureau: Bureau) -> None:
    path = bureau.file("Cascading 2026.pdf", pdf("Cascading 2026", 4_000_000))
    bureau.sshd.user = MINE
    line = ["sftp", "-q", "-b", "-", "-l", "4000", *bureau.sshd.options("dina"), "-P", str(bureau.sshd.port)]
    with subprocess.Popen([*line, f"{MINE}@127.0.0.1"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as sending:
        assert sending.stdin is not None
        sending.stdin.write(f'put "{path}"\n'.encode())
        sending.stdin.flush()
        wait_until(lambda: path.name in names(bureau))
        sending.kill()

    status(bureau, "Cascading 2026.pdf: tidak lengkap; kirim lagi")
    assert bureau.stands("diskes/cascading/2026") == "draft"
    bureau.sftp(f'put "{path}"')
    bureau.is_taken("diskes/cascading/2026")


def test_a_file_that_its_sender_keeps_to_themselves_is_told_and_can_be_sent_again(bureau: Bureau) -> None:
    path = bureau.file("Manual IKU 2025-2029.pdf", pdf("Manual IKU 2025-2029"))
    path.chmod(0o600)
    bureau.sftp(f'put "{path}"')
    status(bureau, "Manual IKU 2025-2029.pdf: tidak ada izin membacanya")

    path.chmod(0o644)
    bureau.sftp(f'rm "{path.name}"', f'put "{path}"')

    wait_until(lambda: path.name not in names(bureau), 60)
    wait_until(lambda: "tidak ada izin membacanya" not in bureau.read("STATUS.txt"), 60)


@pytest.mark.parametrize(
    "order",
    [
        "mkdir sub",
        "rmdir draft",
        "symlink /etc/passwd LKjIP.pdf",
        "symlink ../opd-disdik/kiriman LKjIP.pdf",
        "ln BACA-SAYA.txt LKjIP.pdf",
        "chmod 777 .",
        "chmod 600 STATUS.txt",
        "chown 0 STATUS.txt",
        "chgrp 0 STATUS.txt",
        "rm STATUS.txt",
        "rm BACA-SAYA.txt",
        "rename STATUS.txt old.txt",
        "rename tanda-terima old",
        "rename draft old",
        "rename mine.part STATUS.txt",
        "rename mine.part tanda-terima/mine.txt",
        "put {mine} STATUS.txt",
        "put {mine} tanda-terima/mine.txt",
        "put {mine} ../mine.txt",
        "put {mine} /mine.txt",
        "rm tanda-terima/*",
        "get ../../etc/passwd {got}",
        "get /etc/passwd {got}",
        "get ../../opd-disdik/kiriman/STATUS.txt {got}",
        "get /srv/pantau/pantau.db {got}",
        "!ls",
    ],
)
def test_what_an_office_must_not_do_is_refused_and_changes_nothing(bureau: Bureau, order: str) -> None:
    mine, got = bureau.file("mine.txt", b"x"), bureau.sshd.folder / "got"
    got.unlink(missing_ok=True)
    folder = bureau.region / "inbox" / "diskes"
    before = {path.name: path.lstat().st_mode for path in folder.iterdir()}

    bureau.sftp(f'put "{mine}" mine.part', order.format(mine=mine, got=got), "rm mine.part")

    assert {path.name: path.lstat().st_mode for path in folder.iterdir()} == before
    assert {"BACA-SAYA.txt", "STATUS.txt", "draft", "tanda-terima", "dikembalikan"} <= names(bureau)
    assert not {"sub", "LKjIP.pdf", "old.txt", "old"} & names(bureau)
    assert (folder / "STATUS.txt").read_bytes() != b"x"
    assert not list((folder / "tanda-terima").glob("mine*"))
    assert not got.exists()


def test_an_office_sees_its_own_folder_and_no_other(bureau: Bureau) -> None:
    assert bureau.ls("/") == ["kiriman"]
    assert {"BACA-SAYA.txt", "STATUS.txt", "draft", "dikembalikan", "tanda-terima"} <= set(bureau.ls("/kiriman"))
    assert "Dinas Pendidikan" in bureau.read("STATUS.txt", account=THEIRS, name="rudi")
    assert "Dinas Kesehatan" in bureau.read("STATUS.txt")


@pytest.mark.parametrize(
    ("name", "account"),
    [
        pytest.param("rudi", MINE, id="of another office"),
        pytest.param("sari", MINE, id="a reviewer"),
        pytest.param("nobody", MINE, id="of nobody"),
        pytest.param("dina", "pantau", id="the service itself"),
    ],
)
def test_only_the_keys_of_its_people_open_the_account_of_an_office(bureau: Bureau, name: str, account: str) -> None:
    bureau.sshd.hang_up()

    assert bureau.ls(account=account, name=name) == []


def test_whoever_comes_gets_no_shell_no_terminal_and_no_way_through(bureau: Bureau) -> None:
    bureau.sshd.user = MINE
    for command in ("sh", "id", "cat /etc/passwd"):
        assert b"root:" not in bureau.sshd.run("dina", command).stdout
    assert b"uid=" not in bureau.sshd.run("dina", "id", tty=True).stdout
    through = bureau.sshd.run("dina", options=["-W", f"127.0.0.1:{bureau.sshd.port}"])
    assert b"SSH-2.0" not in through.stdout


def test_two_files_of_one_name_from_two_offices_are_each_their_own(bureau: Bureau) -> None:
    bureau.put("DPA 2026.pdf", pdf("DPA kesehatan"))
    bureau.put("DPA 2026.pdf", pdf("DPA pendidikan"), account=THEIRS, name="rudi")

    bureau.is_taken("diskes/dpa/2026")
    bureau.is_taken("disdik/dpa/2026")


def test_findings_are_answered_where_they_lie(bureau: Bureau) -> None:
    bureau.put("Renstra 2025-2029.pdf", pdf("Renstra 2025-2029"))
    bureau.is_taken("diskes/renstra/2025-2029")
    bureau.machine.run(sys.executable, "-c", RETURN, REGION, "diskes/renstra/2025-2029", account="pantau")
    name = next(one for one in bureau.ls("dikembalikan") if one.startswith("TEMUAN"))
    sheet = bureau.read(f"dikembalikan/{name}")
    status(bureau, "DIKEMBALIKAN", "1. masih terbuka: Sampul salah")

    answered = sheet.replace("Jawaban:", "Jawaban: sampul sudah diganti")
    bureau.put(name, answered.encode("utf-8-sig"), to=f"dikembalikan/{name}")

    wait_until(lambda: "sampul sudah diganti" in bureau.pantau("log", "diskes/renstra/2025-2029"), 60)
    wait_until(lambda: name not in bureau.ls("dikembalikan"))


def test_a_start_folder_alone_keeps_nobody_from_the_folders_of_others(bureau: Bureau) -> None:
    """Why each office has an account: one for all, whose keys lead to different folders, can walk out of each."""
    run = bureau.machine.run
    run("useradd", "--system", "--user-group", "--password", "*", "--home-dir", "/", "semua")
    run("usermod", "--append", "--groups", f"{MINE},{THEIRS}", "semua")
    forced = 'command="internal-sftp -d /opd-diskes/kiriman",restrict'
    settings = "AuthorizedKeysFile /etc/ssh/shared\nChrootDirectory /srv/pantau-opd\n"
    with Sshd(bureau.sshd.folder / "shared", settings, bureau.machine.within) as shared:
        shared.user = "semua"
        key = shared.key("dina").with_suffix(".pub").read_text()
        bureau.machine.path("/etc/ssh/shared").write_text(f"{forced} {key}")
        got = shared.folder / "theirs"
        shared.sftp("dina", f"-get /opd-disdik/kiriman/STATUS.txt {got}")
        assert "Dinas Pendidikan" in got.read_text(encoding="utf-8-sig")


def test_who_is_suspended_cannot_deliver_any_more(bureau: Bureau) -> None:
    assert bureau.ls(account=THEIRS, name="rudi")

    bureau.pantau("people", "suspend", "rudi", "--note", "cuti")
    bureau.sshd.hang_up()

    assert bureau.ls(account=THEIRS, name="rudi") == []


def test_the_commands_may_be_run_again(bureau: Bureau) -> None:
    before = bureau.machine.path("/etc/fstab").read_text(), bureau.machine.path("/etc/passwd").read_text()

    bureau.machine.run("sh", "-s", said=bureau.pantau("offices", "accounts"))
    told = bureau.pantau("offices", "folders")

    assert told == "3 offices have a folder that only their accounts enter.\n"
    assert (bureau.machine.path("/etc/fstab").read_text(), bureau.machine.path("/etc/passwd").read_text()) == before
