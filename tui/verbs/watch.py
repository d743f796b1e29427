"""`pantau watch`: take what arrives in the inboxes, until stopped."""

from __future__ import annotations

import json
import signal
import socket
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any

from inbox import (
    ContentStore,
    Delivery,
    HandingBack,
    Happening,
    Hints,
    Holding,
    Index,
    Indexer,
    Intake,
    Posting,
    Receipt,
    Receipts,
    Reconcile,
    Returned,
    Root,
    Roots,
    Taken,
    Texts,
    Watcher,
    WatchLock,
    clamd,
    no_scanner,
)
from tui import finding_sheet, happenings, office_status, receipts, systemd, troubles, words
from tui.language import _
from tui.verbs import workspace
from tui.workspace import Workspace, now
from workflow import Database, Office, Register, plain

Log = Callable[[str, dict[str, Any]], None]


def run(options: Namespace) -> int:
    """Watch under the lock; a second watcher says who holds it and ends with 1."""
    place = workspace(options)
    lock = WatchLock(place.watch_lock)
    try:
        lock.acquire(host=socket.gethostname(), since=_moment())
    except Taken as taken:
        print(_taken(taken, place), file=sys.stderr)
        return 1
    log = _log_json if options.json else _log_line
    watcher = _watcher(place, lock, log)
    # A terminal that goes says so with the signal by which a service is told to look.
    stops, looks = {signal.SIGTERM, signal.SIGINT}, {signal.SIGHUP, signal.SIGUSR1}
    if sys.stdin.isatty():
        stops, looks = stops | {signal.SIGHUP}, looks - {signal.SIGHUP}
    for number in stops:
        signal.signal(number, lambda *_: watcher.stop())
    for number in looks:
        signal.signal(number, lambda *_: watcher.look_now())
    if options.beside:
        Thread(target=_stop_at_end_of_input, args=[watcher], daemon=True).start()
    log(_("watching {folder}").format(folder=place.inbox), {"event": "watching"})
    systemd.notify("READY=1")
    watcher.run()
    systemd.notify("STOPPING=1")
    log(_("stopped"), {"event": "stopped"})
    lock.release()
    return 0


def _watcher(place: Workspace, lock: WatchLock, log: Log) -> Watcher:
    def beat(is_live: bool) -> None:
        lock.beat(_moment(), is_live=is_live)
        systemd.notify("WATCHDOG=1")

    def mute(why: str) -> None:
        log(_("no events are heard, looking by the clock: {why}").format(why=why), {"event": "polling", "why": why})

    roots, database = place.roots(), place.open_database()
    # A share tells nothing of what others write, so listening there would only look like watching.
    listened = [root.path for root in roots if not root.file_system.is_remote and root.path.is_dir()]
    texts, store = Texts(database), ContentStore(place.content)
    indexer = Indexer(database, Index(place.search))
    delivery = _delivery(place, database, roots, log)
    handing_back = _handing_back(place, database, roots, log)
    posting = _posting(place, roots, log)

    def idle() -> bool:
        # One of each: findings do not wait until thousands of receipts are printed.
        return any([delivery.deliver_next(), handing_back.hand_next(), posting.post_next()]) or any(
            [texts.read_next(store), indexer.step()]
        )

    return Watcher(
        [_reconcile(place, database, root, log) for root in roots],
        Hints(listened, time.monotonic, mute),
        beat=beat,
        idle=idle,
    )


def _reconcile(place: Workspace, database: Database, root: Root, log: Log) -> Reconcile:
    known = Roots(database)
    if not known.is_known(root) and root.path.is_dir():
        known.adopt(root)

    def tell(happening: Happening) -> None:
        log(happenings.sentence(happening), happenings.data(happening))

    address = place.settings.clamav
    scanner = clamd(address) if address else no_scanner
    intake = Intake(root, ContentStore(place.content), database, now, scanner, place.settings.confidence, place.zone)
    holding, keep_days = Holding(database, root.name), place.settings.keep_days
    return Reconcile(root, intake, known, holding, now, tell, keep_days=keep_days)


def _delivery(place: Workspace, database: Database, roots: Sequence[Root], log: Log) -> Delivery:
    register, region = Register(database, now), place.settings.region

    def sheet(receipt: Receipt) -> receipts.Sheet:
        return receipts.sheet(receipt, register, region, place.zone)

    def text(receipt: Receipt) -> bytes:
        return receipts.text(sheet(receipt)).encode()

    def pdf(receipt: Receipt) -> bytes:
        # Not at the top: a watcher that files nothing prints nothing.
        from tui import receipt_pdf

        return receipt_pdf.pdf(sheet(receipt))

    def fail(receipt: Receipt, folder: Path, why: Exception) -> None:
        told = _("{number} cannot be put into {folder}, and is tried again: {why}")
        sentence = told.format(number=receipt.number, folder=plain(str(folder)), why=troubles.why(why))
        log(sentence, {"event": "receipt", "number": receipt.number, "folder": folder, "why": str(why)})

    forms = {".txt": text, ".pdf": pdf}
    kept = Receipts(database, register, place.zone)
    return Delivery(kept, register, roots, Roots(database), now, forms, fail)


def _handing_back(place: Workspace, database: Database, roots: Sequence[Root], log: Log) -> HandingBack:
    def form(one: Returned) -> bytes:
        return finding_sheet.text(one, place.zone)

    def fail(one: Returned, folder: Path, why: Exception) -> None:
        told = _("the findings of {id} cannot be put into {folder}, and are tried again: {why}")
        sentence = told.format(id=one.obligation.id, folder=plain(str(folder)), why=troubles.why(why))
        log(sentence, {"event": "findings", "obligation": one.obligation.id, "folder": folder, "why": str(why)})

    return HandingBack(database, Register(database, now), roots, now, form, fail)


def _posting(place: Workspace, roots: Sequence[Root], log: Log) -> Posting:
    # A connection of its own: only others' records move the number by which it notices that something has changed.
    database, settings = place.open_database(), place.settings

    def form(office: Office, at: datetime) -> str:
        return office_status.text(database, office, at, settings.region, settings.year, place.zone)

    def fail(office: Office, folder: Path, why: Exception) -> None:
        told = _("the status of {office} cannot be put into {folder}, and is tried again: {why}")
        sentence = told.format(office=office.code, folder=plain(str(folder)), why=troubles.why(why))
        log(sentence, {"event": "status", "office": office.code, "folder": folder, "why": str(why)})

    return Posting(database, Register(database, now), roots, now, place.zone, form, fail)


def _taken(taken: Taken, place: Workspace) -> str:
    holder = taken.holder
    if holder is None or not holder.since:
        return _("Another watcher runs on this workspace.")
    return _("This workspace is watched already: process {pid} on {host}, since {since}.").format(
        pid=holder.pid, host=holder.host, since=words.moment(holder.since, place.zone)
    )


def _stop_at_end_of_input(watcher: Watcher) -> None:
    sys.stdin.buffer.read()
    watcher.stop()


def _moment() -> str:
    return now().isoformat(timespec="seconds")


def _log_line(sentence: str, _data: dict[str, Any]) -> None:
    with suppress(OSError):  # a log that cannot be written is no reason to stop watching
        print(f"{now().astimezone():%Y-%m-%d %H:%M:%S} {sentence}", file=sys.stderr, flush=True)


def _log_json(_sentence: str, data: dict[str, Any]) -> None:
    with suppress(OSError):
        print(json.dumps({"at": _moment(), **data}, ensure_ascii=False, default=str), file=sys.stderr, flush=True)
