"""The facts of a document stand before whoever decides on it: in `pantau show` and on the screen of a review."""

from __future__ import annotations

import json
from collections.abc import Iterator
from threading import Event

import pytest

from inbox import Arrivals, Depth, Fact, FactKind, Text, Texts, Unreadable, Why, read_text
from inbox.arrivals import Decision, Outcome
from tests.tui.conftest import LKJIP, Elsewhere
from tests.tui.screens import LARGE, SMALL, seen, until_read, until_seen
from tui import language, precheck
from tui.app import PantauApp
from tui.main import main
from tui.samples import sample
from tui.screens.reader import Reader
from tui.session import Session
from tui.workspace import Workspace
from workflow import Database, Digest, ObligationId

VALUES: dict[FactKind, list[tuple[str, ...]]] = {
    FactKind.UNREADABLE: [(why,) for why in Why],
    FactKind.FILE_TYPE: [("zip", "pdf", "docx"), ("", "pdf")],
    FactKind.TOO_LARGE: [("31000000", "20")],
    FactKind.PAGES: [("1",), ("1200",)],
    FactKind.PAGES_NOT_READ: [("400",)],
    FactKind.LITTLE_TEXT: [("12",)],
    FactKind.CHAPTERS: [("I", "IV")],
    FactKind.CHAPTER_DIFFERS: [("II", "Perencanaan Kinerja", "BAB II GAMBARAN UMUM")],
}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    language.use("en")


@pytest.fixture
def wrong(elsewhere: Elsewhere) -> Elsewhere:
    """An office has sent the report of another one, of another year."""
    elsewhere.submit(LKJIP, content=sample("lkjip", "Dinas Sosial", "2024", region="Provinsi Lampung"))
    return elsewhere


def test_each_fact_has_a_sentence_of_its_own(spoken: str) -> None:
    sentences = [
        precheck.said(Fact(kind, values, (3, 7))) for kind in FactKind for values in VALUES.get(kind, [("lain",)])
    ]

    # That it is locked is said of an unreadable one in the same words.
    assert len(set(sentences)) == len(sentences) - 1
    assert not any(mark in sentence for sentence in sentences for mark in "{}")


@pytest.mark.parametrize(
    ("pages", "told"),
    [
        pytest.param((4,), "p. 4", id="one"),
        pytest.param((1, 4, 5, 6, 9), "p. 1, 4-6, 9", id="several"),
        pytest.param(tuple(range(1, 40, 2)), "p. 1, 3, 5, 7, 9, 11 …", id="many"),
    ],
)
def test_pages_are_told_in_ranges(pages: tuple[int, ...], told: str) -> None:
    assert precheck.said(Fact(FactKind.SIGNATURE, (), pages)) == f"signature block on {told}"


def test_warnings_come_first_and_what_stands_beside_the_file_is_not_told_twice() -> None:
    facts = [
        Fact(FactKind.PAGES, ("9",)),
        Fact(FactKind.SAME_BYTES, (LKJIP,)),
        Fact(FactKind.SIGNATURE, (), (9,)),
        Fact(FactKind.PAGES_NOT_READ, ("4",)),
        Fact(FactKind.SCAN),
    ]

    assert [sign for sign, _ in precheck.listed(facts)] == ["!", "+", "·"]
    assert precheck.warnings(facts) == "pre-check: 2 warnings"
    assert precheck.warnings(facts[2:4]) == ""


def test_show_prints_the_facts(wrong: Elsewhere, workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--workspace", str(workspace.root), "--lang", "id", "show", LKJIP]) == 0

    printed = capsys.readouterr().out.splitlines()
    at = printed.index("pra-periksa:")
    assert printed[at + 1 : at + 6] == [
        "  ! hlm. 1 menyebut perangkat daerah lain: dinas sosial",
        "  ! hlm. 1 menyebut tahun lain: 2024",
        "  + hlm. 1 menyebut laporan kinerja instansi pemerintah",
        "  + bab: I hlm. 2, II hlm. 2, III hlm. 2, IV hlm. 3",
        "  + blok tanda tangan di hlm. 3",
    ]
    assert printed[at + 6].startswith("boleh Anda lakukan")


def test_show_gives_the_facts_as_values(
    wrong: Elsewhere, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--workspace", str(workspace.root), "show", LKJIP, "--json"]) == 0

    facts = json.loads(capsys.readouterr().out)["facts"]
    assert facts[0] == {"kind": "pages", "values": ["3"], "pages": [], "is_good": False, "is_warning": False}
    assert {one["kind"] for one in facts if one["is_warning"]} == {"other office", "other years"}


def test_where_nothing_has_arrived_there_are_no_facts(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--workspace", str(workspace.root), "show", LKJIP, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["facts"] == []
    assert main(["--workspace", str(workspace.root), "--lang", "en", "show", LKJIP]) == 0
    assert "pre-check" not in capsys.readouterr().out


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_reviewer_sees_the_facts_beside_the_document(
    app: PantauApp, wrong: Elsewhere, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press("2", "enter")
        await until_read(pilot)
        await until_seen(pilot, "pre-check: 2 warnings")
        assert "DINAS SOSIAL" in seen(app)
        if size == SMALL:
            await pilot.press("tab", "tab")
        await until_seen(pilot, "! p. 1 names another office: dinas")
        assert "signature block on p. 3" in seen(app)


async def test_nothing_can_be_decided_before_the_facts_are_there_and_they_do_not_move_the_page(
    app: PantauApp, wrong: Elsewhere, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = Event()

    def look(document: Text | Unreadable) -> tuple[Fact, ...]:
        may_end.wait(30)
        return (Fact(FactKind.SCAN),)

    monkeypatch.setattr(session, "precheck", lambda _o, _content: look)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("2", "enter")
        await until_seen(pilot, "DINAS SOSIAL")
        assert "still being read" in seen(app)
        reader = app.screen.query_one(Reader)
        reader.scroll_to(y=4, animate=False)
        may_end.set()
        await until_read(pilot)
        await until_seen(pilot, "a scan: no page has text")
        assert reader.scroll_offset.y == 4


def test_the_same_words_in_other_bytes_are_told_of(elsewhere: Elsewhere, session: Session) -> None:
    report = sample("lkjip", "Dinas Kesehatan", "2025", region="Provinsi Lampung")
    first, again, third = (elsewhere.keep(report + b"\n" * count) for count in range(3))
    for digest, name in ((first, "dlh"), (third, "dlh"), (again, "diskes"), (first, "diskes")):
        arrived(elsewhere, digest, ObligationId(f"{name}/lkjip/2025"))
    texts = Texts(session.database)
    for digest in (first, again, third):
        texts.keep(digest, read_text(session.contents.path(digest), Depth.WHOLE))

    o = session.register.obligation(LKJIP)
    told = {
        digest: [fact for fact in session.precheck(o, digest)(Unreadable(Why.BROKEN)) if fact.values[0] != "broken"]
        for digest in (first, again)
    }

    assert told[first] == [Fact(FactKind.SAME_BYTES, ("dlh/lkjip/2025",))]
    assert told[again] == [Fact(FactKind.SAME_TEXT, ("dlh/lkjip/2025",))]


def test_a_text_that_was_kept_is_not_read_again(elsewhere: Elsewhere, session: Session) -> None:
    kept, unread = elsewhere.keep(b"%PDF-1.4 one"), elsewhere.keep(b"%PDF-1.4 two")
    Texts(session.database).keep(kept, Text(1, ("read when it came",), (1,)))
    Texts(session.database).keep(unread, Text(9, ("its front",), (1,), is_whole=False))

    assert session.reading(kept)() == Text(1, ("read when it came",), (1,))
    assert session.reading(unread)() == Unreadable(Why.BROKEN)


def arrived(elsewhere: Elsewhere, digest: Digest, name: ObligationId) -> None:
    database: Database = elsewhere._database
    with database.writing():
        came = (f"{name}/{digest}".encode(), "LKjIP.pdf", "", name, digest)
        Arrivals(database).add("2026-03-12T02:14:00+00:00", *came, Decision(Outcome.FILED, False, name))
