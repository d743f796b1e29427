"""A server as deploy/ sets it up: an account of its own, and sshd asking Pantau whose key it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.inbox.conftest import ROOT
from tests.ssh.machine import Machine
from tests.sshd import Sshd

pytestmark = pytest.mark.needs("sshd", "ssh", "ssh-keygen", "unshare", "nsenter", "setpriv", "useradd")

SHIPPED = ROOT / "deploy" / "sshd" / "pantau.conf"
REGION = "/srv/pantau"
PROMISED = {
    "authenticationmethods": "publickey",
    "passwordauthentication": "no",
    "kbdinteractiveauthentication": "no",
    "authorizedkeysfile": "none",
    "authorizedkeyscommanduser": "pantau",
    "disableforwarding": "yes",
    "permittunnel": "no",
    "permituserrc": "no",
    "permittty": "yes",
}
STATIC = """\
Match User pantau
    AuthorizedKeysCommand none
    AuthorizedKeysFile /srv/keys
"""


class Bureau:
    """The server, and the service account that sits at it."""

    def __init__(self, machine: Machine, sshd: Sshd) -> None:
        self.machine = machine
        self.sshd = sshd

    def pantau(self, *words: str, said: str = "") -> str:
        line = ("/opt/pantau/bin/pantau", "--lang", "en", "--workspace", REGION, *words)
        return self.machine.run(*line, account="pantau", said=said).stdout

    def enrol(self, name: str, role: str) -> None:
        public = self.sshd.key(name).with_suffix(".pub").read_text()
        self.pantau("people", "add", name, "--role", role, "--key", "-", said=public)


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    """As docs/admin.md says, up to its people."""
    with Machine() as machine:
        machine.run("useradd", "--system", "--user-group", "--shell", "/bin/sh", "--home-dir", REGION, "pantau")
        machine.run("usermod", "-p", "*", "pantau")  # no password; that the account is locked only PAM overlooks
        machine.run("install", "-d", "-o", "pantau", "-g", "pantau", "-m", "750", REGION)
        machine.run("install", "-m", "644", str(SHIPPED), "/etc/ssh/sshd_config.d/")
        sshd = Sshd(
            tmp_path_factory.mktemp("shipped"), f"Include /etc/ssh/sshd_config.d/{SHIPPED.name}\n", machine.within
        )
        made = Bureau(machine, sshd)
        made.pantau("init", REGION, "--region", "Provinsi Lampung", "--year", "2026")
        made.pantau("open-year", "2026")
        for name, role in (("sari", "reviewer"), ("budi", "approver"), ("lina", "leader")):
            made.enrol(name, role)
        with sshd:
            sshd.user = "pantau"
            yield made


def test_sshd_understands_what_is_shipped_and_holds_to_it(bureau: Bureau) -> None:
    config = str(bureau.sshd.folder / "sshd_config")
    who = "user=pantau,host=client,addr=192.0.2.7"
    said = bureau.machine.run("/usr/sbin/sshd", "-T", "-f", config, "-C", who).stdout.splitlines()
    found = dict(line.split(" ", 1) for line in said if " " in line)

    assert {name: found[name] for name in PROMISED} == PROMISED
    assert found["authorizedkeyscommand"] == f"/opt/pantau/bin/pantau --workspace {REGION} authorized-keys %t %k"
    assert [line.split()[1] for line in said if line.startswith("acceptenv ")] == [
        "LANG",
        "LC_*",
        "NO_COLOR",
        "COLORTERM",
    ]
    assert int(found["clientaliveinterval"]) * int(found["clientalivecountmax"]) < 60
    others = bureau.machine.run("/usr/sbin/sshd", "-T", "-f", config, "-C", who.replace("pantau", "root")).stdout
    assert "authorizedkeyscommand none" in others


def test_the_register_itself_says_whose_key_it_is(bureau: Bureau) -> None:
    sshd = bureau.sshd
    for name in ("sari", "budi", "lina"):
        answer = sshd.run(name, "people --json")
        assert answer.returncode == 0, (answer.stderr, sshd.log())
    assert sshd.run("lina").stdout.startswith(b"Provinsi Lampung 2026: ")
    assert sshd.run("lina", "review diskes/lkjip/2025").returncode == 1
    assert sshd.run("sari", "sh").returncode == 2
    stranger = sshd.run("stranger", "status")
    assert (stranger.returncode, stranger.stdout) == (255, b"")


def test_whoever_is_suspended_or_has_another_key_is_not_let_in_from_then_on(bureau: Bureau) -> None:
    bureau.enrol("rini", "reviewer")
    assert bureau.sshd.run("rini", "status").returncode == 0
    bureau.pantau("people", "suspend", "rini", "--note", "cuti")
    assert bureau.sshd.run("rini", "status").returncode == 255
    bureau.pantau("people", "resume", "rini")
    assert bureau.sshd.run("rini", "status").returncode == 0

    other = bureau.sshd.key("another").with_suffix(".pub").read_text()
    bureau.pantau("people", "key", "replace", "rini", "-", said=other)
    assert bureau.sshd.run("rini", "status").returncode == 255
    assert bureau.sshd.run("another", "status").returncode == 0


def test_neither_a_port_nor_a_file_is_to_be_had_whatever_the_line_of_a_key_says(bureau: Bureau) -> None:
    straight = bureau.sshd.run("sari", options=["-W", f"127.0.0.1:{bureau.sshd.port}"])

    assert straight.returncode == 255
    assert b"forwarding failed" in straight.stderr
    assert bureau.sshd.sftp("sari", "ls").returncode != 0


def test_a_file_of_keys_does_where_sshd_cannot_ask(bureau: Bureau, tmp_path_factory: pytest.TempPathFactory) -> None:
    bureau.machine.run("install", "-d", "-o", "pantau", "-m", "755", "/srv/keys")
    bureau.pantau("authorized-keys", "--write", "/srv/keys/authorized_keys")
    settings = STATIC.replace("/srv/keys", "/srv/keys/authorized_keys") + "Match all\n"
    with Sshd(tmp_path_factory.mktemp("static"), settings, bureau.machine.within) as sshd:
        sshd.user = "pantau"
        (sshd.folder / "sari").write_bytes(bureau.sshd.key("sari").read_bytes())
        (sshd.folder / "sari").chmod(0o600)
        assert sshd.run("sari", "status").returncode == 0, sshd.log()
        assert sshd.run("stranger", "status").returncode == 255
