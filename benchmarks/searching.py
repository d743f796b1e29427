"""Searching fifty thousand pages as fast as a person types: the index, what it weighs, and what a question takes."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

from benchmarks.measure import Figure, workspace
from inbox import Index, Indexer, Searcher, Text, Texts
from tui.session import Session
from tui.workspace import Workspace, now
from workflow import Action, Actor, Digest, Register, read_query

_PAGES, _A_DOCUMENT, _WORDS = 50_000, 25, 265
_LIMIT = 50.0
_COMMON = """
kinerja laporan tahun dan yang dengan untuk pada target realisasi capaian anggaran program kegiatan indikator sasaran
dinas daerah provinsi kabupaten pelayanan publik triwulan rencana aksi perjanjian reformasi birokrasi akuntabilitas
""".split()
_SYLLABLES = "ka ke ki ku ba be bi bu ma me mi mu sa se si su ta te ti tu la le li lu ra re ri ru na ne ni pa".split()
_RARE = "antasena"
_QUESTIONS = {
    "a word on every page": ("kinerja",),
    "a common word": ("birokrasi", "akuntabilitas", "triwulan", "publik"),
    "a rare word": (_RARE,),
    "no such word": ("zzyzx",),
    "one letter": ("k", "p", "a", "t"),
    "two letters": ("ki", "pe", "an", "re"),
    "three letters": ("kin", "per", "ant", "rea"),
    "more letters of a common word": ("kiner", "lapora", "pelaya"),
    "several words": ("target realisasi capaian", "laporan kinerja anta", "rencana aksi reformasi birokrasi"),
    "a phrase": ('"laporan kinerja"', '"target realisasi"'),
    "without a word": ("kinerja -target",),
    "of one office": ("office:diskes kinerja", "office:dinsos antasena"),
    "what is late": ("is:late kinerja", "is:late realisasi"),
    "filters alone": ("is:late", "due:14d office:diskes"),
}


def measure() -> Iterator[Figure]:
    """Bytes, seconds to build, and the median and the 99th percentile of each kind of question in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        place = Workspace(workspace(Path(folder) / "w"))
        place.open_year(2026)
        _fill(place)
        database, index = place.open_database(), Index(place.search)
        indexer, longest, begin = Indexer(database, index), 0.0, time.perf_counter()
        while True:
            step = time.perf_counter()
            if not indexer.step():
                break
            longest = max(longest, time.perf_counter() - step)
        took = time.perf_counter() - begin
        weight = sum(path.stat().st_size for path in place.root.glob("search.db*"))
        yield Figure(f"pages indexed in a second, of {_PAGES:,}", _PAGES / took, "")
        yield Figure("the longest step", longest * 1000, "ms")
        yield Figure("the index", weight / 1e6, "MB")
        yield Figure("the index, for each page", weight / _PAGES, "B")
        session = Session(place)
        begin = time.perf_counter()
        searcher = Searcher(session.database, session.register, index)
        searcher.names()
        yield Figure("before the first question", (time.perf_counter() - begin) * 1000, "ms")
        for what, lines in _QUESTIONS.items():
            times = sorted(_ask(searcher, session, lines))
            yield Figure(f"{what}, median", statistics.median(times), "ms", _LIMIT)
            yield Figure(f"{what}, 99 of 100", times[len(times) * 99 // 100], "ms", _LIMIT)
        session.close()


def _ask(searcher: Searcher, session: Session, lines: Sequence[str]) -> Iterator[float]:
    for number in range(200):
        begin = time.perf_counter()
        query = read_query(lines[number % len(lines)], searcher.names(), is_typing=True)
        searcher.search(query, session.actor, session.today(), shown=20, length=80)
        yield (time.perf_counter() - begin) * 1000


def _fill(place: Workspace) -> None:
    """Documents of made words, each sent for an obligation as the register would have it."""
    dice, register, database = random.Random(1), Register(place.open_database(), now), place.open_database()
    vocabulary = [*_COMMON, *("".join(dice.choices(_SYLLABLES, k=dice.randint(2, 5))) for _ in range(30_000))]
    weights = list(accumulate(1 / (place + 3) for place in range(len(vocabulary))))
    owed = register.obligations()
    for number in range(_PAGES // _A_DOCUMENT):
        pages = [" ".join(dice.choices(vocabulary, cum_weights=weights, k=_WORDS)) for _ in range(_A_DOCUMENT)]
        pages[0] += f" Laporan Kinerja {number}" + (f" {_RARE}" if number % 200 == 0 else "")
        pages = [f"{page} Kinerja" for page in pages]
        digest = Digest(sha256(str(number).encode()).hexdigest())
        with database.writing():
            database.run("INSERT INTO content VALUES (?, 1)", digest)
            Texts(database).keep(digest, Text(len(pages), tuple(pages), tuple(range(1, len(pages) + 1))))
        o = register.obligation(owed[number % len(owed)].id)
        register.perform(Action.SUBMIT, o, Actor.office(o.office.code), content=digest, name="a.pdf")
    database.close()
