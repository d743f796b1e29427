"""What is said of a document is true of its text, and what the text does not tell is not said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox import Expected, Fact, FactKind, Known, Reading, Recogniser, Text, Unreadable, Why, facts_of, read_text
from tests.inbox.conftest import Clock, catalogue
from tests.inbox.test_documents import code, labels, offices
from tui.samples import KINDS, sample
from workflow import Database, Register

LKJIP = "diskes/lkjip/2025"
PERIODS = {"renstra": "2025-2029", "lkjip": "2025", "ukur-tw": "2026-q2", "lap-rb-tw": "2026-q2"}
COVER = "LAPORAN KINERJA INSTANSI PEMERINTAH\nTAHUN 2025\nDINAS KESEHATAN"
SAID = "Uraian tentang pelayanan yang diberikan kepada masyarakat sepanjang tahun itu.\n" * 12
BODY = ("PENDAHULUAN", "PERENCANAAN KINERJA", "AKUNTABILITAS KINERJA", "PENUTUP")
CHAPTERS = tuple(f"BAB {n} {title}\n{SAID}" for n, title in zip(("I", "II", "III", "IV"), BODY, strict=True))
Check = Callable[..., tuple[Fact, ...]]


@pytest.fixture(scope="module")
def check(lampung: Register) -> Check:
    """The facts of a text that came for an obligation of Provinsi Lampung."""
    recogniser = Recogniser(lampung.vocabulary(), lambda _: ())

    def look(document: Text | Unreadable, name: str = LKJIP) -> tuple[Fact, ...]:
        o = lampung.obligation(name)
        return facts_of(document, Expected(o, o.requirement.chapters), recogniser.read)

    return look


def text(*pages: str, total: int = 0) -> Text:
    return Text(total or len(pages), pages, tuple(range(1, len(pages) + 1)))


def about(kind: FactKind, facts: tuple[Fact, ...]) -> list[Fact]:
    return [fact for fact in facts if fact.kind is kind]


def made(tmp_path: Path, kind: str, office: str = "Dinas Kesehatan", period: str = "") -> Text:
    """A made document, read as any other is."""
    path = tmp_path / f"{kind}.pdf"
    owed = period or PERIODS.get(kind, "2026")
    path.write_bytes(sample(kind, office, owed, region="Provinsi Lampung"))
    document = read_text(path)
    assert isinstance(document, Text)
    return document


@pytest.mark.parametrize("kind", KINDS)
def test_of_a_document_that_is_as_it_should_be_nothing_is_warned(check: Check, tmp_path: Path, kind: str) -> None:
    facts = check(made(tmp_path, kind), f"diskes/{kind}/{PERIODS.get(kind, '2026')}")

    assert [fact for fact in facts if fact.is_warning] == []
    assert {FactKind.COVER, FactKind.SIGNATURE} <= {fact.kind for fact in facts}


def test_what_is_there_is_told_with_the_pages_where_it_is_seen(check: Check, tmp_path: Path) -> None:
    assert check(made(tmp_path, "lkjip")) == (
        Fact(FactKind.PAGES, ("3",)),
        Fact(FactKind.COVER, ("dinas kesehatan", "laporan kinerja instansi pemerintah", "2025"), (1,)),
        Fact(FactKind.CHAPTERS, ("I", "II", "III", "IV"), (2, 2, 2, 3)),
        Fact(FactKind.SIGNATURE, (), (3,)),
    )


@pytest.mark.parametrize(
    ("kind", "office", "period", "fact"),
    [
        pytest.param(
            "lkjip", "Dinas Sosial", "2025", Fact(FactKind.OTHER_OFFICE, ("dinas sosial",), (1,)), id="office"
        ),
        pytest.param("lkjip", "Dinas Kesehatan", "2024", Fact(FactKind.OTHER_YEARS, ("2024",), (1,)), id="year"),
        pytest.param(
            "renja", "Dinas Kesehatan", "2025", Fact(FactKind.OTHER_DOCUMENT, ("rencana kerja",), (1,)), id="document"
        ),
    ],
)
def test_a_cover_that_names_something_else_is_told_of(
    check: Check, tmp_path: Path, kind: str, office: str, period: str, fact: Fact
) -> None:
    told = (FactKind.OTHER_OFFICE, FactKind.OTHER_DOCUMENT, FactKind.OTHER_YEARS)

    assert [one for one in check(made(tmp_path, kind, office, period)) if one.kind in told] == [fact]


@pytest.mark.parametrize(
    "cover",
    [
        pytest.param(COVER.replace("KESEHATAN", "KESEHATAN\nSEKRETARIAT DPRD"), id="two offices, one of them ours"),
        pytest.param(COVER.replace("2025", "2024\nTAHUN 2025"), id="two years, one of them ours"),
        pytest.param(COVER.replace("KESEHATAN", "SOSIAL\nDINAS PERHUBUNGAN"), id="two offices, neither ours"),
        pytest.param("RPJMD\n" + COVER, id="a look-alike above our own title"),
        pytest.param(COVER.replace("\nTAHUN 2025", ""), id="no year"),
        pytest.param("TAHUN 2025", id="only the year"),
        pytest.param(f"TAHUN 2025\n{SAID}" + "Dinas Sosial\n" * 5, id="another office below, on a page of text"),
        pytest.param("KATA PENGANTAR", id="nothing at all"),
    ],
)
def test_a_cover_that_may_be_right_is_not_called_wrong(check: Check, cover: str) -> None:
    assert [fact for fact in check(text(cover, *CHAPTERS)) if fact.kind.startswith("other")] == []


def test_the_cover_is_the_first_page_that_says_anything(check: Check) -> None:
    (cover,) = about(FactKind.COVER, check(text("", "ii", COVER, *CHAPTERS)))

    assert cover.pages == (3,)


@pytest.mark.parametrize(
    ("document", "fact"),
    [
        pytest.param(Unreadable(Why.ENCRYPTED), Fact(FactKind.ENCRYPTED), id="locked"),
        pytest.param(Unreadable(Why.BROKEN), Fact(FactKind.UNREADABLE, ("broken",)), id="damaged"),
        pytest.param(Unreadable(Why.NO_READER), Fact(FactKind.UNREADABLE, ("no reader",)), id="of another kind"),
    ],
)
def test_what_cannot_be_read_says_why_and_no_more(check: Check, document: Unreadable, fact: Fact) -> None:
    assert check(document) == (fact,)
    assert fact.is_warning


@pytest.mark.parametrize(
    ("document", "facts"),
    [
        pytest.param(text("", " \n"), [Fact(FactKind.PAGES, ("2",)), Fact(FactKind.SCAN)], id="a scan"),
        pytest.param(text(total=0), [Fact(FactKind.PAGES, ("0",))], id="no page"),
    ],
)
def test_of_a_document_without_text_nothing_else_is_said(check: Check, document: Text, facts: list[Fact]) -> None:
    assert list(check(document)) == facts


def test_pages_without_text_are_named(check: Check) -> None:
    facts = check(text(COVER, "", *CHAPTERS, ""))

    assert about(FactKind.PAGES_WITHOUT_TEXT, facts) == [Fact(FactKind.PAGES_WITHOUT_TEXT, (), (2, 7))]
    assert about(FactKind.SCAN, facts) == []


@pytest.mark.parametrize(
    ("pages", "is_little"),
    [
        pytest.param([COVER], True, id="a cover and nothing else"),
        pytest.param([COVER, SAID], False, id="a page"),
    ],
)
def test_a_document_with_hardly_any_text_is_told_of(check: Check, pages: list[str], is_little: bool) -> None:
    assert bool(about(FactKind.LITTLE_TEXT, check(text(*pages)))) is is_little


def test_a_chapter_that_is_not_there_is_missing(check: Check) -> None:
    first, second, _, fourth = CHAPTERS

    facts = check(text(COVER, first, second, fourth))

    assert about(FactKind.CHAPTERS_MISSING, facts) == [
        Fact(FactKind.CHAPTERS_MISSING, ("III Akuntabilitas Kinerja",))
    ]
    assert about(FactKind.CHAPTERS, facts) == [Fact(FactKind.CHAPTERS, ("I", "II", "IV"), (2, 3, 4))]


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(text(COVER, *CHAPTERS[:2], total=9), id="pages were not read"),
        pytest.param(text(COVER, *CHAPTERS[:2], "", ""), id="too many pages have no text"),
    ],
)
def test_where_it_may_stand_unread_nothing_is_missing(check: Check, document: Text) -> None:
    kinds = {fact.kind for fact in check(document)}

    assert FactKind.CHAPTERS in kinds
    assert not kinds & {FactKind.CHAPTERS_MISSING, FactKind.NO_SIGNATURE}


def test_a_chapter_with_another_title_is_told_as_it_reads(check: Check) -> None:
    first, _, third, fourth = CHAPTERS

    facts = check(text(COVER, first, f"BAB II\nGAMBARAN UMUM\n{SAID}", third, fourth))

    differs = Fact(FactKind.CHAPTER_DIFFERS, ("II", "Perencanaan Kinerja", "BAB II GAMBARAN UMUM"), (3,))
    assert about(FactKind.CHAPTER_DIFFERS, facts) == [differs]
    assert about(FactKind.CHAPTERS_MISSING, facts) == []


def test_where_no_rule_asks_for_chapters_none_are_looked_for(check: Check) -> None:
    assert {fact.kind for fact in check(text(COVER, *CHAPTERS), "diskes/pk/2026")}.isdisjoint(
        {FactKind.CHAPTERS, FactKind.CHAPTER_DIFFERS, FactKind.CHAPTERS_MISSING}
    )


NIP = "NIP. 19700101 199503 1 001"


@pytest.mark.parametrize(
    ("end", "is_signed"),
    [
        pytest.param(f"Kota Contoh, 5 Maret 2026\nKepala Dinas Kesehatan\n\nNama Orang\n{NIP}", True, id="all of it"),
        pytest.param(f"Plt. Kepala Dinas Kesehatan\n\nNama Orang\n{NIP}", True, id="without a date"),
        pytest.param("Kota Contoh,   Maret 2026\nKEPALA DINAS KESEHATAN,\n\nNama Orang", True, id="without a number"),
        pytest.param("Kota Contoh, 2026\nPIHAK KEDUA PIHAK PERTAMA", True, id="two parties"),
        pytest.param("PIHAK PERTAMA,\n( .............. )", True, id="a line to sign on"),
        pytest.param("BUPATI CONTOH,\nttd\nNAMA ORANG", True, id="a copy"),
        pytest.param("Dokumen ini telah ditandatangani secara\nelektronik", True, id="electronic"),
        pytest.param("Dokumen ini disusun oleh Kepala Dinas Kesehatan.", False, id="a sentence"),
        pytest.param("Kepala Dinas Kesehatan bertanggung jawab.", False, id="a line that begins with a post"),
        pytest.param(f"{NIP}\nStaf", False, id="a number without a post"),
        pytest.param("Kota Contoh, 5 Maret 2026", False, id="a date without a post"),
        pytest.param(f"Kepala Dinas\n{NIP}\n" + f"Staf {NIP}\n" * 4, False, id="a list of staff"),
        pytest.param(f"Kepala Dinas\n{SAID}{NIP}", False, id="far from each other"),
    ],
)
def test_a_signature_is_a_post_with_a_number_a_date_or_a_line(check: Check, end: str, is_signed: bool) -> None:
    facts = check(text(COVER, *CHAPTERS, f"{SAID}{end}"))

    assert [one.pages for one in about(FactKind.SIGNATURE, facts)] == ([(6,)] if is_signed else [])
    assert bool(about(FactKind.NO_SIGNATURE, facts)) is not is_signed


def test_a_signed_preface_counts_only_where_nobody_signs_near_the_end(check: Check) -> None:
    signed, rest = f"{SAID}Kepala Dinas\n{NIP}", [SAID] * 12
    pages = [(COVER, signed, *rest, signed), (COVER, signed, *rest, SAID)]

    assert [about(FactKind.SIGNATURE, check(text(*one)))[0].pages for one in pages] == [(15,), (2,)]


def test_a_last_page_without_text_may_be_the_one_that_is_signed(check: Check) -> None:
    assert about(FactKind.NO_SIGNATURE, check(text(COVER, *CHAPTERS, *[SAID] * 5, ""))) == []


def test_a_document_that_has_come_before_is_told_of_even_unread(lampung: Register) -> None:
    o = lampung.obligation(LKJIP)
    other, another = lampung.obligation("dlh/lkjip/2025").id, lampung.obligation("dlh/pk/2026").id

    def read(_: Known) -> Reading:
        raise AssertionError("there is nothing to read")

    facts = facts_of(Unreadable(Why.BROKEN), Expected(o, (), (other,), (another,)), read)

    assert facts[1:] == (Fact(FactKind.SAME_BYTES, (other,)), Fact(FactKind.SAME_TEXT, (another,)))


WORDS = [*"BAB I II V PENUTUP PENDAHULUAN 1.1 2025 2026 TAHUN NIP Kepala ttd".split(), "\n", "\n\n", "....", "("]


@given(
    pages=st.lists(st.lists(st.sampled_from([*WORDS, "Dinas Sosial", COVER, NIP, SAID])).map(" ".join)),
    noise=st.text(max_size=80),
    unread=st.integers(0, 3),
)
def test_whatever_a_document_says_each_fact_is_seen_on_its_pages(
    check: Check, pages: list[str], noise: str, unread: int
) -> None:
    facts = check(text(*pages, noise, total=len(pages) + 1 + unread))

    assert all(1 <= page <= len(pages) + 1 for fact in facts for page in fact.pages)
    assert not any(fact.is_good and fact.is_warning for fact in facts)
    if unread:
        assert not {FactKind.CHAPTERS_MISSING, FactKind.NO_SIGNATURE} & {fact.kind for fact in facts}


# --- real documents, where they lie beside the checkout ---


def test_no_real_document_is_said_to_be_another_than_it_is(tmp_path: Path) -> None:
    """Each is held against the obligation that a person read in it."""
    regions: dict[str, tuple[Register, Recogniser]] = {}
    chapters: dict[str, list[int]] = {}
    for label in labels():
        if not label.first or label.office == "?":
            continue
        name = f"{label.region} {label.first}"
        if name not in regions:
            register = Register(Database.create(tmp_path / f"{name}.db"), Clock())
            register.open_year(catalogue(label.region, offices(label.region), int(label.first)), int(label.first))
            regions[name] = register, Recogniser(register.vocabulary(), lambda _: ())
        register, recogniser = regions[name]
        wanted = {"UKUR_TW": "ukur-tw"}.get(label.requirement, label.requirement.casefold())
        o = next(one for one in register.obligations(office=code(label.office)) if one.requirement.code == wanted)
        document = read_text(label.path)
        assert isinstance(document, Text)
        facts = facts_of(document, Expected(o, o.requirement.chapters), recogniser.read)

        assert [fact for fact in facts if fact.kind.startswith("other")] == [], label.path
        assert about(FactKind.CHAPTERS_MISSING, facts) == [], label.path
        if found := about(FactKind.CHAPTERS, facts):
            chapters[label.path.name] = list(found[0].pages)

    assert len(chapters) == 7
    assert all(pages == sorted(pages) and len(pages) >= 3 and pages[-1] > 60 for pages in chapters.values())


@pytest.mark.parametrize(
    ("name", "size", "told"),
    [
        pytest.param("LKjIP 2025.pdf", 1, [], id="as it is accepted"),
        pytest.param("LKjIP 2025.PDF", 1, [], id="shouted"),
        pytest.param("LKjIP 2025.doc.pdf", 1, [], id="the last ending counts"),
        pytest.param("LKjIP 2025.zip", 1, [(FactKind.FILE_TYPE, "zip")], id="another kind"),
        pytest.param("LKjIP 2025", 1, [(FactKind.FILE_TYPE, "")], id="no ending"),
        pytest.param("", 1, [], id="no name is known"),
        pytest.param("LKjIP 2025.pdf", -1, [], id="as large as it may be"),
        pytest.param("LKjIP 2025.pdf", 0, [(FactKind.TOO_LARGE, "")], id="larger"),
    ],
)
def test_a_file_that_the_catalogue_does_not_accept_is_told_of(
    lampung: Register, name: str, size: int, told: list[tuple[FactKind, str]]
) -> None:
    """A size below 1 is beside the largest: 0 is the first that is too large."""
    o = lampung.obligation(LKJIP)
    most = o.requirement.max_mb * 1024 * 1024
    expected = Expected(o, name=name, size=size if size > 0 else most + 1 + size)
    recogniser = Recogniser(lampung.vocabulary(), lambda _: ())
    kinds = {FactKind.FILE_TYPE, FactKind.TOO_LARGE}

    for document in (text(*CHAPTERS), Unreadable(Why.ENCRYPTED)):
        facts = [one for one in facts_of(document, expected, recogniser.read) if one.kind in kinds]
        assert [(one.kind, one.values[0] if one.kind is FactKind.FILE_TYPE else "") for one in facts] == told
        assert all(one.is_warning for one in facts)
