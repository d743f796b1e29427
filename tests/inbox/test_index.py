"""The search index: everything in it comes from the register, and nobody finds what they may not see."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from inbox import Depth, Found, Hit, Index, Indexer, Searcher, Text, Texts, read_text, searcher
from tests.inbox.conftest import ROOT, SARI, Place, pantau, wait_until
from tests.inbox.test_watcher import started
from tui import samples
from workflow import Action, Actor, Database, Derived, Kind, Past, Register, Unavailable, read_query
from workflow.database import connect

PK, LKJIP = "dinkes/pk/2026", "dinkes/lkjip/2025"
TODAY = date(2026, 3, 20)
DINKES, DLH = Actor.office("dinkes"), Actor.office("dlh")
_STEPS = """
import os, signal, sys
from inbox import Index, Indexer
from inbox.index import Index as Written
from pathlib import Path
from workflow import Database
root, killed = Path(sys.argv[1]), int(sys.argv[2])
count, add = 0, Written.add
def dying(self, said):
    global count
    count += 1
    if count == killed:
        os.kill(os.getpid(), signal.SIGKILL)
    add(self, said)
Written.add = dying
indexer = Indexer(Database(root / "pantau.db"), Index(root / "search.db"))
while indexer.step():
    pass
"""


def pdf(kind: str, office: str, period: str, edition: int = 1) -> bytes:
    return samples.sample(kind, office, period, region="Kabupaten Contoh", edition=edition)


def letter(text: str) -> bytes:
    document, made = docx.Document(), BytesIO()
    document.add_paragraph(text)
    document.save(made)
    return made.getvalue()


class Search:
    """What a test asks of the index of a workspace."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.path = place.root / "search.db"
        self.index = Index(self.path)
        self.indexer = Indexer(place.database, self.index)

    def level(self) -> None:
        """Read all texts and bring the index up to date, as a watcher does."""
        texts = Texts(self.place.database)
        while texts.read_next(self.place.store):
            pass
        while self.indexer.step():
            pass

    def found(self, line: str, actor: Actor = SARI, within: str | None = None) -> Found:
        register = Register(self.place.database, self.place.clock, within)
        return self.asked(Searcher(self.place.database, register, self.index), line, actor)

    def asked(self, searcher: Searcher, line: str, actor: Actor = SARI) -> Found:
        query = read_query(line, searcher.names(), is_typing=True)
        return searcher.search(query, actor, TODAY, shown=50, length=80)

    def hits(self, line: str, kind: Kind) -> Sequence[Hit]:
        return self.found(line).hits.get(kind, ())


@pytest.fixture
def search(place: Place) -> Search:
    """A workspace in which an office has sent two documents, one of them twice, and another office one."""
    place.submit("dinkes/PK 2026.pdf", pdf("pk", "Dinas Kesehatan", "2026"))
    place.submit("dinkes/LKjIP 2025.pdf", pdf("lkjip", "Dinas Kesehatan", "2025"))
    place.submit("dinkes/LKjIP 2025 baru.pdf", pdf("lkjip", "Dinas Kesehatan", "2025", edition=2))
    place.submit("dlh/PK 2026.pdf", pdf("pk", "Dinas Lingkungan Hidup", "2026"))
    return Search(place)


def where(hits: Sequence[Hit]) -> set[tuple[str, int]]:
    return {(hit.obligation.id if hit.obligation else "", hit.page) for hit in hits}


def test_a_page_is_found_by_its_words_with_document_and_page(search: Search) -> None:
    search.level()

    assert where(search.hits('"perjanjian kinerja" supervisi', Kind.PAGE)) == {(PK, 2), ("dlh/pk/2026", 2)}
    assert where(search.hits("office:dinkes superv", Kind.PAGE)) == {(PK, 2)}
    (hit,) = search.hits("office:dlh supervisi", Kind.PAGE)
    assert [one.text for one in hit.said if one.is_hit] == ["supervisi"]
    assert search.found("tidakadakatainidisini").total == 0


def test_an_older_version_is_found_too_and_comes_after_the_present_one(search: Search) -> None:
    search.level()

    hits = search.hits("office:dinkes document:lkjip efisiensi", Kind.PAGE)

    assert [(hit.version, hit.versions, hit.is_current) for hit in hits] == [(2, 2, True), (1, 2, False)]


def test_notes_findings_answers_and_file_names_are_found_as_what_they_are(search: Search) -> None:
    place = search.place
    returned = place.register.perform(
        Action.RETURN, place.obligation(PK), SARI, findings=["Sampul belum ditandatangani"], note="Segera, ya"
    )
    place.register.perform(Action.ANSWER, returned, DINKES, note="Sampul sudah diteken", about=[1])
    commented = place.register.perform(Action.COMMENT, place.obligation(LKJIP), SARI, note="Bagus sekali")
    search.level()

    (note,) = search.hits("segera", Kind.NOTE)
    assert (note.obligation and note.obligation.id, note.seq, note.actor) == (PK, returned.seq, "sari")
    assert {hit.number for hit in search.hits("sampul", Kind.FINDING)} == {1}
    assert len(search.hits("sampul", Kind.FINDING)) == 2
    (comment,) = search.hits("bagus", Kind.NOTE)
    assert comment.obligation == commented
    assert {hit.text for hit in search.hits("lkjip baru", Kind.FILE)} == {"LKjIP 2025 baru.pdf"}
    assert search.found("kind:note sampul").total == 0


def test_documents_are_found_by_office_requirement_code_period_and_id(search: Search) -> None:
    for line in ("dinas kesehatan lkjip", "diskes laporan kinerja instansi 2025", "annual performance dinkes", LKJIP):
        assert LKJIP in {hit.obligation.id for hit in search.hits(line, Kind.DOCUMENT) if hit.obligation}
    assert {
        str(hit.obligation.period) for hit in search.hits("dinkes tw ii 2026", Kind.DOCUMENT) if hit.obligation
    } == {"2026-q2"}


def test_an_office_finds_and_counts_nothing_of_another(search: Search) -> None:
    place = search.place
    place.register.perform(Action.COMMENT, place.obligation("dlh/pk/2026"), SARI, note="rahasia supervisi")
    place.submit("dlh/entah apa.pdf", pdf("renja", "Dinas Lingkungan Hidup", "2026"))
    search.level()

    own = search.found("supervisi", DINKES, "dinkes")
    assert {hit.obligation.office.code for hits in own.hits.values() for hit in hits if hit.obligation} == {"dinkes"}
    assert own.counts == {Kind.DOCUMENT: 0, Kind.PAGE: 1, Kind.NOTE: 0, Kind.FINDING: 0, Kind.FILE: 0}
    for line in ("rahasia", "dlh", '"dinas lingkungan hidup"', "entah", "kind:note", "kind:file dlh"):
        assert search.found(line, DINKES, "dinkes").total == 0
    assert search.found("rahasia", DLH, "dlh").counts[Kind.NOTE] == 1
    assert search.found("supervisi").counts[Kind.PAGE] == 2


def test_what_waits_in_quarantine_is_found_by_whom_it_is_shown_to(search: Search) -> None:
    search.place.submit("dlh/entah apa.docx", letter("Undangan rapat koordinasi"))
    search.level()
    assert search.place.quarantine.count() == 1

    for hits in (search.hits("entah", Kind.FILE), search.hits('"rapat koordinasi"', Kind.PAGE)):
        assert [hit.obligation for hit in hits] == [None]
    assert search.found("entah", DLH, "dlh").total == search.found("koordinasi", DLH, "dlh").total == 1
    assert search.found("entah", DINKES, "dinkes").total == search.found("koordinasi", DINKES, "dinkes").total == 0
    assert search.found("entah is:missing").total == 0


def test_a_text_that_was_read_deeper_is_taken_anew(search: Search) -> None:
    place, texts = search.place, Texts(search.place.database)
    digest = place.obligation(LKJIP).content
    assert digest
    front = read_text(place.store.path(digest), Depth.WHOLE)
    assert isinstance(front, Text)
    place.database.run("DELETE FROM text")
    texts.keep(digest, front._replace(pages=front.pages[:1], numbers=front.numbers[:1], is_whole=False))
    while search.indexer.step():
        pass
    assert search.hits("efisiensi", Kind.PAGE) == []
    (title,) = search.hits('"instansi pemerintah" document:lkjip', Kind.PAGE)

    texts.keep(digest, front)
    while search.indexer.step():
        pass

    assert len(search.hits("efisiensi", Kind.PAGE)) == 1
    assert [hit.page for hit in search.hits('"instansi pemerintah" document:lkjip', Kind.PAGE)].count(title.page) == 1


def test_what_was_not_there_then_is_not_found_when_one_looks_back(search: Search) -> None:
    place = search.place
    then = place.clock()
    place.register.perform(Action.COMMENT, place.obligation(PK), SARI, note="belakangan")
    place.submit("dinkes/PK 2026 baru.pdf", pdf("pk", "Dinas Kesehatan", "2026", edition=2))
    search.level()
    past = Past(place.root / "pantau.db", then)
    searcher = Searcher(past, Register(past, lambda: then), search.index)

    assert search.found("belakangan").total == 1
    assert search.asked(searcher, "belakangan").total == 0
    assert search.asked(searcher, "baru kind:file").total == 1
    hits = search.asked(searcher, "office:dinkes supervisi").hits[Kind.PAGE]
    assert [(hit.version, hit.versions) for hit in hits] == [(1, 1)]
    past.close()


def everything(path: Path) -> list[tuple[object, ...]]:
    """What is in an index, however it came there."""
    database = Derived(path, "", 1)
    database.renew()
    rows = database.rows(
        "SELECT kind, name, seq, entry.number, page, said FROM entry JOIN source ON source.number = source"
    )
    found = sorted(tuple(row) for row in rows)
    for kind in ("page", "note", "finding", "file"):
        database.run(f"INSERT INTO {kind}_words ({kind}_words) VALUES ('integrity-check')")
    database.close()
    return found


def stepping(root: Path, killed: int = 0) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", _STEPS, str(root), str(killed)], cwd=ROOT)


@pytest.mark.parametrize("killed", [1, 3, 5, 8, 12])
def test_killed_at_any_entry_it_goes_on_where_it_was(search: Search, killed: int) -> None:
    texts = Texts(search.place.database)
    while texts.read_next(search.place.store):
        pass
    assert stepping(search.place.root, killed).wait(60) == -signal.SIGKILL

    search.level()

    ours = everything(search.path)
    search.index.close()
    for file in search.place.root.glob("search.db*"):
        file.unlink()
    search.level()
    assert everything(search.path) == ours != []


def test_several_processes_at_once_add_everything_once(search: Search) -> None:
    texts = Texts(search.place.database)
    while texts.read_next(search.place.store):
        pass
    processes = [stepping(search.place.root) for _ in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]

    search.level()

    found = everything(search.path)
    assert len(found) == len({*found}) > 10


def test_what_another_process_added_meanwhile_is_not_added_again(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, mark, steps = Indexer(search.place.database, Index(search.path)), Indexer._mark, list[bool]()

    def beaten(self: Indexer, table: str, number: int) -> str | None:
        if self is search.indexer and table == "arrival" and not steps:
            steps.append(other.step())
        return mark(self, table, number)

    monkeypatch.setattr(Indexer, "_mark", beaten)
    search.level()

    assert steps == [True]
    assert search.found("lkjip kind:file").total == 2
    found = everything(search.path)
    assert len(found) == len({*found})


@pytest.mark.parametrize("damage", ["gone", "cut", "no database", "holes", "newer journal"])
def test_an_index_that_is_deleted_or_damaged_is_made_anew(search: Search, damage: str) -> None:
    search.level()
    before = everything(search.path)
    search.index.close()
    whole = search.path.read_bytes()
    match damage:
        case "gone":
            search.path.unlink()
        case "cut":
            search.path.write_bytes(whole[: len(whole) // 3])
        case "no database":
            search.path.write_bytes(b"no database at all" * 1000)
        case "holes":
            search.path.write_bytes(whole[:4096] + b"\xff" * 60_000 + whole[64_096:])
        case "newer journal":
            search.path.with_name("search.db-journal").write_bytes(
                b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\xff" * 2000
            )

    for _ in range(3):  # to see the damage, to make it anew, to fill it
        search.level()
        search.found("supervisi")
    search.level()

    assert where(search.hits("office:dinkes supervisi", Kind.PAGE)) == {(PK, 2)}
    assert everything(search.path) == before


def test_a_damaged_index_is_not_thrown_away_under_somebody_who_has_it_open(search: Search) -> None:
    search.level()
    other = Index(search.path)
    other.renew()
    search.index.close()
    search.path.unlink()

    with pytest.raises(Unavailable):
        search.index.renew()

    other.close()
    search.index.renew()
    assert search.path.is_file()


def test_without_an_index_documents_are_found_all_the_same(search: Search) -> None:
    search.level()
    search.index.close()
    search.path.unlink()
    search.path.mkdir()

    found = search.found("dinkes lkjip")

    assert (found.has_index, [hit.obligation and hit.obligation.id for hit in found.hits[Kind.DOCUMENT]]) == (
        False,
        [LKJIP],
    )
    assert search.indexer.step() is False


def test_an_older_register_that_was_put_back_is_taken_in_anew(search: Search) -> None:
    place = search.place
    copy = place.root.parent / "copy.db"
    sqlite_copy(place.root / "pantau.db", copy)
    place.register.perform(Action.COMMENT, place.obligation(PK), SARI, note="nanti hilang")
    search.level()
    assert search.found("hilang").total == 1

    older = Database(copy)
    indexer = Indexer(older, search.index)
    while indexer.step():
        pass

    register = Register(older, place.clock)
    searcher = Searcher(older, register, search.index)
    assert search.asked(searcher, "hilang").total == 0
    assert search.index.found(Kind.NOTE, read_query("hilang", searcher.names()), 10) == []
    assert search.asked(searcher, "baru kind:file").total == 1
    older.close()


def sqlite_copy(source: Path, target: Path) -> None:
    database = Database(source)
    database.run(f"VACUUM INTO '{target}'")
    database.close()


def test_how_far_it_is_behind_is_told(search: Search) -> None:
    behind = search.indexer.behind()
    assert (behind.records, behind.arrivals, behind.is_level) == (4, 4, False)

    search.level()

    assert search.indexer.behind().is_level
    assert search.indexer.behind().unread == 0


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(line=some.text(some.characters(exclude_categories=[]) | some.sampled_from('"*:-()^+{} abc'), max_size=50))
def test_whatever_is_typed_the_index_understands_it(levelled: Search, line: str) -> None:
    assert levelled.found(line).has_index
    assert levelled.found(f'supervisi "{line}').has_index


@pytest.fixture
def levelled(search: Search) -> Search:
    search.level()
    return search


def test_a_watcher_reads_and_indexes_what_arrives(place: Place) -> None:
    process = pantau(place.root, "watch")
    try:
        started(process)
        place.drop("dinkes/PK 2026.pdf", pdf("pk", "Dinas Kesehatan", "2026"))
        search = Search(place)
        wait_until(lambda: search.found("supervisi").counts.get(Kind.PAGE, 0) == 1)
    finally:
        process.terminate()
        process.communicate(timeout=30)
    assert where(search.hits("supervisi", Kind.PAGE)) == {(PK, 2)}


def test_what_others_sent_does_not_crowd_out_what_is_one_s_own(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searcher, "MOST", 1)
    search.level()

    assert where(search.hits("supervisi", Kind.PAGE)) == {("dlh/pk/2026", 2)}
    assert search.found("supervisi").more == {Kind.PAGE}
    own = search.found("supervisi", DINKES, "dinkes")
    assert (own.counts[Kind.PAGE], own.more) == (1, frozenset())
    assert where(search.hits("office:dinkes supervisi", Kind.PAGE)) == {(PK, 2)}


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param("UPDATE entry SET said = x'00'", id="what cannot be unpacked"),
        pytest.param("UPDATE entry SET kind = 'pige'", id="what is of no kind"),
        pytest.param("UPDATE source SET name = CAST(x'ff' || number AS TEXT)", id="names that are no text"),
    ],
)
def test_an_index_that_makes_no_sense_is_made_anew(search: Search, damage: str) -> None:
    search.level()
    with closing(connect(search.path)) as damaged:
        damaged.execute(damage)

    assert not search.found("kinerja").has_index
    search.level()

    assert where(search.hits("office:dinkes supervisi", Kind.PAGE)) == {(PK, 2)}
    search.index.close()


def test_an_index_whose_tables_have_damaged_names_is_made_anew(search: Search) -> None:
    search.level()
    search.index.close()
    whole = search.path.read_bytes()
    search.path.write_bytes(whole.replace(b"CREATE TABLE source", b"CREATE TABXX so\xe3rce", 1))

    search.level()

    assert where(search.hits("office:dinkes supervisi", Kind.PAGE)) == {(PK, 2)}
    search.index.close()
