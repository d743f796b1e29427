"""What is said of a server: for each row what is missing, and the next step."""

from __future__ import annotations

from typing import assert_never

from tui.language import _
from tui.server import ServerCheck
from workflow import Severity


def said(check: ServerCheck, severity: Severity) -> tuple[str, str, str]:
    """Title, what is missing, next step."""
    as_root = _("Ask again as root.")
    match check:
        case ServerCheck.COMMAND:
            step = "ln -s /opt/pantau/bin/pantau /usr/local/bin/pantau"
            return _("command"), _("There is no pantau on the PATH."), step
        case ServerCheck.ACCOUNT:
            wrong = _("There is no account {account}.")
            return _("account"), wrong, _("Put deploy/sysusers.conf in its place and run: systemd-sysusers")
        case ServerCheck.WORKSPACE:
            step = _("As pantau: ") + "pantau init /srv/pantau --region … --year …"
            return _("workspace"), _("There is no workspace here; --workspace names one."), step
        case ServerCheck.OWNER:
            return _("owner"), _("{path} belongs to {whose}."), "chown -R {account}: {path}"
        case ServerCheck.MODE:
            return _("mode"), _("Others may look into {path}: its mode is {mode}."), "chmod 0750 {path}"
        case ServerCheck.SERVICE:
            wrong = _('In pantau.toml stands watch = "{watch}": every screen would start a watcher of its own.')
            return _("watch setting"), wrong, _('Write: watch = "service"')
        case ServerCheck.SQLITE:
            wrong = _("SQLite {version} writes in the mode {mode}: whoever writes keeps all others waiting.")
            return _("SQLite"), wrong, _("Install pysqlite3, which deploy/requirements.txt has for this machine.")
        case ServerCheck.PEOPLE:
            step = "pantau people add NAME --role administrator --key FILE"
            return _("people"), _("Nobody is listed who could come in by a key."), step
        case ServerCheck.SSHD if severity is Severity.NOTE:
            return "sshd", _("What sshd is set to cannot be read."), as_root
        case ServerCheck.SSHD:
            wrong = _("sshd lets more happen than it should for this account: {wrong}.")
            return "sshd", wrong, _("Put deploy/sshd/pantau.conf in its place and run: systemctl reload ssh")
        case ServerCheck.KEYS:
            wrong = _("sshd does not ask Pantau whose key it is: {command}.")
            return _("keys of people"), wrong, _("AuthorizedKeysCommand, as in deploy/sshd/pantau.conf.")
        case ServerCheck.LINES:
            wrong = _("A line that has gone silent is kept for {seconds} seconds, 0 for ever.")
            return _("silent lines"), wrong, "ClientAliveInterval 15, ClientAliveCountMax 3"
        case ServerCheck.WATCHER if severity is Severity.NOTE:
            return _("watcher unit"), _("systemd cannot be asked on this machine."), _("Start the watcher by hand.")
        case ServerCheck.WATCHER:
            wrong = _("Nobody takes what arrives: pantau-watch.service is {state}.")
            return _("watcher unit"), wrong, "systemctl enable --now pantau-watch"
        case ServerCheck.TIMERS:
            return _("timers"), _("Not running: {idle}."), "systemctl enable --now {idle}"
        case ServerCheck.BACKUP:
            wrong = _("No backup of the last two days is known to be whole; the last that was made: {at}.")
            return _("last backup"), wrong, "systemctl start pantau-backup"
        case ServerCheck.REHEARSAL:
            wrong = _("That a backup comes back was not proved in the last two weeks; the last try: {at}.")
            return _("last rehearsal"), wrong, "systemctl start pantau-rehearse"
        case ServerCheck.CLOCK if severity is Severity.NOTE:
            return _("clock"), _("Whether the clock is kept right cannot be told here."), "timedatectl"
        case ServerCheck.CLOCK:
            return (
                _("clock"),
                _("Nobody keeps the clock right, and the trail tells by it."),
                "timedatectl set-ntp true",
            )
        case ServerCheck.LOCALE:
            wrong = _("Terminals would be written to in {encoding}, where names have other letters too.")
            return _("locale"), wrong, "update-locale LANG=C.UTF-8"
        case ServerCheck.SPACE:
            return _("free space"), _("On the disk of {path} only {free} are free."), _("Make room, or move house.")
        case _:
            assert_never(check)
