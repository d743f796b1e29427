"""What holds of every name and every text, tried at random."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from inbox import Known, Recognised, Recogniser, Unrecognised
from workflow import Obligation, Register

OFFICES = {
    "diskes": ["Dinkes", "Dinas Kesehatan", "DISKES Provinsi Lampung"],
    "dlh": ["DLH", "Dinas Lingkungan Hidup", "LH Provinsi Lampung"],
    "satpolpp": ["Satpol PP", "Satpol-PP", "Satuan Polisi Pamong Praja"],
    "dpmptsp": ["DPMPTSP", "PMPTSP", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"],
    "biro-umum": ["Biro Umum", "Ro Umum"],
}
DOCUMENTS = {
    "renstra": ["Renstra 2025-2029", "RENCANA STRATEGIS TAHUN 2025-2029"],
    "renja": ["Renja 2026", "Rencana Kerja TA 2026", "2026 RENJA"],
    "pk": ["PK 2026", "Perjanjian Kinerja Tahun 2026", "PK_2026_eselon II"],
    "pk+perubahan": ["PK Perubahan 2026", "Perjanjian Kinerja 2026 PERUBAHAN"],
    "lkjip": ["LKjIP 2025", "LAKIP thn 2025", "Laporan Kinerja 2025"],
    "cascading": ["Cascading PK 2026", "cascade 2026"],
    "ukur-tw": ["Pengukuran Kinerja TW II 2026", "Laporan Capaian Kinerja 2026 Triwulan 3"],
    "lap-rb-tw": ["Laporan Renaksi RB TW I 2026"],
}
STAMPS: dict[str, Callable[[str], str]] = {
    "stamp before": "1784860878_{}".format,
    "two stamps before": "1784860878_1718316270_{}".format,
    "ordinal": "3. {}".format,
    "long ordinal": "6.1. {}".format,
}
COPIES: dict[str, Callable[[str], str]] = {
    "copy": "{} (1)".format,
    "collision": "{}-1".format,
    "copy in words": "{} - Copy".format,
    "stamp behind": "{}_1673867090".format,
    "noise": "{} fix ttd".format,
    "newer": "{} revisi 2".format,
}
CASES: dict[str, Callable[[str], str]] = {
    "loud": str.upper,
    "low": str.lower,
    "titled": str.title,
    "swapped": str.swapcase,
    "underlined": lambda name: name.replace(" ", "_"),
    "spread": lambda name: name.replace(" ", "   "),
}
NOISE = {**STAMPS, **COPIES, **CASES}
EXTENSIONS = [".pdf", ".PDF", ".docx", ".doc.pdf", ""]

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=120)
WORDS = st.sampled_from(
    [
        *"Dinas Badan Biro Kesehatan Dinkes DLH PK Renja LKjIP Renstra Perjanjian Kinerja Rencana Kerja".split(),
        *"perubahan reviu draft bab lampiran eselon III TW I II semester tahun dan PKPT LKPJ evaluasi".split(),
        *"Wilayah 2025 2026 2025-2029 25 2026.2027 Juni 22 1784860878 20260816120138 .pdf ( ) v2".split(),
        *"\u0130 \ufb01nal \u0661".split(),
    ]
)
MIXTURE = st.tuples(st.sampled_from([" ", "_", "-", ".", "", "\n"]), st.lists(WORDS, max_size=25)).map(
    lambda both: both[0].join(both[1])
)
COMPLETE = st.tuples(
    st.sampled_from([way for ways in OFFICES.values() for way in ways]),
    st.sampled_from([way for ways in DOCUMENTS.values() for way in ways]),
    st.booleans(),
).map(lambda three: f"{three[0]} {three[1]}" if three[2] else f"{three[1]} {three[0]}")


def owed_by(register: Register) -> Callable[[str], list[Obligation]]:
    owed = {office.code: register.obligations(office=office.code) for office in register.offices()}
    return owed.__getitem__


@pytest.fixture(scope="module")
def recogniser(lampung: Register) -> Recogniser:
    return Recogniser(lampung.vocabulary(), owed_by(lampung))


@pytest.fixture(scope="module")
def another(lampung: Register) -> Recogniser:
    return Recogniser(lampung.vocabulary(), owed_by(lampung))


def filed(answer: Recognised | Unrecognised) -> tuple[str, bool] | None:
    return (answer.obligation.id, answer.is_draft) if isinstance(answer, Recognised) else None


@given(
    folders=st.lists(ANYTHING | MIXTURE, max_size=4),
    name=ANYTHING | MIXTURE,
    pages=st.lists(ANYTHING | MIXTURE, max_size=3),
    title=ANYTHING | MIXTURE,
)
def test_nothing_breaks_the_recognition(
    recogniser: Recogniser, folders: list[str], name: str, pages: list[str], title: str
) -> None:
    known = Known(tuple(folders), name, tuple(pages), title)

    assert 0 <= recogniser.read(known).sure <= 1
    assert isinstance(recogniser.recognise(known), Recognised | Unrecognised)


@given(words=MIXTURE | ANYTHING, times=st.integers(1, 2000))
def test_no_length_breaks_the_recognition(recogniser: Recogniser, words: str, times: int) -> None:
    assert isinstance(recogniser.recognise(Known((), words * times)), Recognised | Unrecognised)


@given(name=MIXTURE | COMPLETE, others=st.lists(MIXTURE | COMPLETE, max_size=3), pages=st.lists(MIXTURE, max_size=2))
def test_an_answer_does_not_depend_on_what_was_asked_before(
    recogniser: Recogniser, another: Recogniser, name: str, others: list[str], pages: list[str]
) -> None:
    known = Known(("dlh",), name, tuple(pages))
    for other in others:
        another.read(Known((), other))

    assert recogniser.recognise(known) == another.recognise(known) == another.recognise(known)


@given(
    name=COMPLETE,
    noise=st.lists(st.sampled_from(sorted(NOISE)), min_size=1, max_size=4, unique=True),
    extension=st.sampled_from(EXTENSIONS),
)
def test_noise_never_makes_another_filing(
    recogniser: Recogniser, name: str, noise: list[str], extension: str
) -> None:
    plain = filed(recogniser.recognise(Known((), f"{name}.pdf")))
    assume(plain is not None)
    noisy = name
    for kind in sorted(noise, key=list(NOISE).index, reverse=True):
        noisy = NOISE[kind](noisy)

    assert filed(recogniser.recognise(Known((), noisy + extension))) in (plain, None)


@given(name=COMPLETE, kind=st.sampled_from([*STAMPS, *CASES, "stamp behind"]))
def test_a_stamp_or_another_case_leaves_a_filing_as_it_is(recogniser: Recogniser, name: str, kind: str) -> None:
    plain = filed(recogniser.recognise(Known((), f"{name}.pdf")))

    assert filed(recogniser.recognise(Known((), f"{NOISE[kind](name)}.pdf"))) == plain


@given(name=MIXTURE, kind=st.sampled_from(sorted({**STAMPS, **COPIES})), folder=st.sampled_from(["", "dlh"]))
def test_noise_never_makes_a_filing_of_what_was_asked(
    recogniser: Recogniser, name: str, kind: str, folder: str
) -> None:
    folders = (folder,) if folder else ()
    assume(filed(recogniser.recognise(Known(folders, f"{name}.pdf"))) is None)

    assert filed(recogniser.recognise(Known(folders, f"{NOISE[kind](name)}.pdf"))) is None


@given(
    office=st.sampled_from(sorted(OFFICES)),
    document=st.sampled_from(sorted(DOCUMENTS)),
    way=st.integers(0, 2),
    kind=st.sampled_from(sorted(CASES)),
)
def test_what_is_filed_is_what_was_written(
    recogniser: Recogniser, office: str, document: str, way: int, kind: str
) -> None:
    words = DOCUMENTS[document][way % len(DOCUMENTS[document])]
    name = f"{words} {OFFICES[office][way % len(OFFICES[office])]}.pdf"

    answer = recogniser.recognise(Known((), CASES[kind](name)))

    assert isinstance(answer, Recognised), answer
    assert (answer.obligation.office.code, answer.obligation.requirement.key) == (office, document)


def test_no_lookalike_is_filed(recogniser: Recogniser, lampung: Register) -> None:
    lookalikes = sorted(lampung.vocabulary().lookalikes)
    names = [way.format(words) for words in lookalikes for way in ("{} 2026.pdf", "2025 {}.pdf", "{} 2026 TW I.pdf")]

    assert [name for name in names if filed(recogniser.recognise(Known(("dlh",), name)))] == []


@given(data=st.data(), folder=st.sampled_from(sorted(OFFICES)), kind=st.sampled_from(sorted(NOISE)))
def test_noise_never_makes_a_filing_of_a_lookalike(
    recogniser: Recogniser, lampung: Register, data: st.DataObject, folder: str, kind: str
) -> None:
    words = data.draw(st.sampled_from(sorted(lampung.vocabulary().lookalikes)))
    when = data.draw(st.sampled_from(["2025", "2026", "2025-2029", "TW II 2026", "Wilayah I 2026", ""]))
    name = data.draw(st.sampled_from([f"{words} {when}", f"{when} {words}"]))

    assert filed(recogniser.recognise(Known((folder,), f"{NOISE[kind](name)}.pdf"))) is None


@given(name=COMPLETE, pages=st.lists(MIXTURE, min_size=1, max_size=3))
def test_text_confirms_or_casts_doubt_and_never_makes_another_filing(
    recogniser: Recogniser, name: str, pages: list[str]
) -> None:
    plain = filed(recogniser.recognise(Known((), f"{name}.pdf")))
    assume(plain is not None)

    assert filed(recogniser.recognise(Known((), f"{name}.pdf", tuple(pages)))) in (plain, None)


@given(data=st.data(), document=st.sampled_from([way for ways in DOCUMENTS.values() for way in ways]))
def test_a_cover_that_names_another_office_than_the_drop_folder_is_always_asked(
    recogniser: Recogniser, lampung: Register, data: st.DataObject, document: str
) -> None:
    # Every cover names the region too: that it does says nothing.
    offices = [office for office in lampung.offices() if office.code != "pemda"]
    folder, cover = data.draw(
        st.lists(st.sampled_from(offices), min_size=2, max_size=2, unique_by=lambda office: office.code)
    )
    page = f"{document.upper()}\n\n{cover.name.upper()}\nPROVINSI LAMPUNG\n"

    assert filed(recogniser.recognise(Known((folder.code,), f"{document}.pdf", (page,)))) is None
