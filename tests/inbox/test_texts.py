"""The text of a content is kept once, and found again in other bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inbox import ContentStore, Text, Texts, Unreadable, Why
from inbox.texts import _fingerprint
from workflow import Database, Digest, Integrity, Unavailable

A, B, C = (Digest(one * 64) for one in "abc")
FRONT = Text(9, ("SAMPUL", "isi"), (1, 2), "Renja", "2026", is_whole=False)
WHOLE = Text(3, ("Rencana Kerja", "", "Tahun 2026 – selesai"), (1, 2, 3))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    one = Database.create(tmp_path / "pantau.db")
    for digest in (A, B, C):
        one.run("INSERT INTO content VALUES (?, 1)", digest)
    yield one
    one.close()


@pytest.fixture
def texts(database: Database) -> Texts:
    return Texts(database)


def test_what_was_never_read_is_not_there(texts: Texts) -> None:
    assert texts.of(A) is None


@pytest.mark.parametrize("text", [FRONT, WHOLE, Text(1, ("",), (1,)), Unreadable(Why.ENCRYPTED)])
def test_what_is_kept_comes_back_as_it_was(texts: Texts, text: Text | Unreadable) -> None:
    texts.keep(A, text)

    assert texts.of(A) == text
    assert texts.of(B) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))).map(tuple))
def test_any_text_comes_back_as_it_was(database: Database, pages: tuple[str, ...]) -> None:
    text = Text(len(pages), pages, tuple(range(1, len(pages) + 1)))
    database.run("DELETE FROM text")

    Texts(database).keep(A, text)

    assert Texts(database).of(A) == text


@pytest.mark.parametrize(
    ("first", "then", "kept"),
    [
        pytest.param(FRONT, WHOLE, WHOLE, id="the whole takes the place of its front"),
        pytest.param(WHOLE, FRONT, WHOLE, id="a front does not take the place of the whole"),
        pytest.param(WHOLE, Unreadable(Why.TOO_MUCH), WHOLE, id="nor does a failure"),
        pytest.param(FRONT, Unreadable(Why.TOO_MUCH), FRONT, id="what was read stays where more cannot be"),
        pytest.param(Unreadable(Why.TOO_MUCH), WHOLE, WHOLE, id="what could not be read can be now"),
    ],
)
def test_the_better_reading_is_kept(
    texts: Texts, first: Text | Unreadable, then: Text | Unreadable, kept: Text | Unreadable
) -> None:
    texts.keep(A, first)
    texts.keep(A, then)

    assert texts.of(A) == kept


def test_what_is_missing_comes_in_the_order_of_arrival(texts: Texts) -> None:
    assert texts.missing(9) == [A, B, C]
    assert texts.missing(2) == [A, B]

    texts.keep(A, FRONT)
    texts.keep(B, WHOLE)

    assert texts.missing(9) == [A, C]


def test_what_cannot_be_read_is_not_missing_for_ever(texts: Texts) -> None:
    texts.keep(A, Unreadable(Why.NO_READER))
    texts.keep(B, FRONT)
    texts.keep(B, Unreadable(Why.TOO_MUCH))

    assert texts.missing(9) == [C]


def test_the_same_text_is_found_in_other_bytes(texts: Texts) -> None:
    texts.keep(A, WHOLE)
    texts.keep(B, Text(1, ("RENCANA  KERJA\n\ntahun 2026: Selesai.",), (1,), "another title"))
    texts.keep(C, Text(1, ("Rencana Kerja Tahun 2025 selesai",), (1,)))

    assert (texts.same_text(A), texts.same_text(B), texts.same_text(C)) == ([B], [A], [])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(Text(2, ("", " "), (1, 2)), id="two scans are not alike for saying nothing"),
        pytest.param(FRONT, id="nor two documents for their covers"),
        pytest.param(Unreadable(Why.BROKEN), id="nor two that cannot be read"),
    ],
)
def test_what_is_not_known_to_be_the_same_is_not_said_to_be(texts: Texts, text: Text | Unreadable) -> None:
    for digest in (A, B):
        texts.keep(digest, text)

    assert texts.same_text(A) == []


@given(st.lists(st.text(alphabet="abÇß1 "), min_size=1))
def test_how_words_are_set_does_not_matter(pages: list[str]) -> None:
    def of(*said: str) -> str | None:
        return _fingerprint(Text(len(said), said, tuple(range(1, len(said) + 1))))

    assert of(*pages) == of("\n ".join(page.upper() for page in pages)) == of(*pages, "", "…")


def test_a_text_is_kept_of_a_content_alone(texts: Texts) -> None:
    with pytest.raises(Integrity):
        texts.keep(Digest("d" * 64), WHOLE)


def test_a_long_text_takes_little_room(texts: Texts, database: Database) -> None:
    texts.keep(A, Text(1, ("Sasaran strategis dan indikator kinerja. " * 20_000,), (1,)))

    row = database.row("SELECT length(pages) FROM text")
    assert row is not None
    assert row[0] < 20_000


def test_what_is_infected_is_not_opened(texts: Texts, database: Database) -> None:
    database.run("INSERT INTO scan VALUES (?, '2026-01-05', 'infected', 'Eicar')", A)

    assert texts.missing(9) == [B, C]


def test_a_content_that_is_not_there_now_is_not_called_broken_and_keeps_no_other_waiting(
    texts: Texts, database: Database, tmp_path: Path
) -> None:
    store = ContentStore(tmp_path / "content")
    place = store.path(B)
    place.parent.mkdir(parents=True)
    place.write_bytes(b"Rencana Kerja 2026")

    while texts.read_next(store):
        pass

    assert (texts.of(A), texts.of(C)) == (None, None)
    assert isinstance(texts.of(B), Text)
    assert Texts(database).missing(9) == [A, C]


def test_a_full_disk_ends_the_reading_for_now(
    texts: Texts, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise Unavailable("database or disk is full")

    store = ContentStore(tmp_path / "content")
    store.path(A).parent.mkdir(parents=True)
    store.path(A).write_bytes(b"Rencana Kerja 2026")
    with monkeypatch.context() as stuck:
        stuck.setattr(database, "run", full)
        assert not texts.read_next(store)

    assert texts.read_next(store)
    assert isinstance(texts.of(A), Text)
