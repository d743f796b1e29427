"""What a person types to search: words, phrases, filters, and what each means."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.workflow.conftest import BUDI, DINKES, SARI
from workflow import (
    Action,
    Actor,
    DueBy,
    Field,
    FindingState,
    Kind,
    Names,
    Obligation,
    Register,
    Slip,
    State,
    Term,
    Trait,
    completions,
    excerpt,
    folded,
    lets_through,
    marked,
    occurrences,
    read_query,
    standing_in,
)

NAMES = Names(
    {"dinkes": ("dinas kesehatan", "diskes"), "disdik": ("dinas pendidikan",)},
    {"lkjip": ("laporan kinerja instansi pemerintah", "lk"), "pk": ("perjanjian kinerja",)},
)
TODAY = date(2026, 3, 20)
ANYTHING = some.text(some.characters(exclude_categories=[]) | some.sampled_from('"*:-()^+ aeiou'), max_size=60)


def terms(line: str, *, is_typing: bool = False) -> list[Term]:
    return list(read_query(line, NAMES, is_typing=is_typing).terms)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        pytest.param("target kosong", [Term("target"), Term("kosong")], id="words"),
        pytest.param('"Target TW II"', [Term("target tw ii")], id="a phrase"),
        pytest.param('"target tw', [Term("target tw")], id="a phrase that is not closed"),
        pytest.param("kinerja -target", [Term("kinerja"), Term("target", is_not=True)], id="without a word"),
        pytest.param('-"tw ii"', [Term("tw ii", is_not=True)], id="without a phrase"),
        pytest.param("kin*", [Term("kin", is_prefix=True)], id="the beginning of a word"),
        pytest.param("62,5", [Term("62 5")], id="a number is its parts, one behind the other"),
        pytest.param("Évaluasi ﬁnal", [Term("evaluasi"), Term("final")], id="marks and ligatures"),
        pytest.param("pukul:10", [Term("pukul 10")], id="no filter, and like none"),
        pytest.param("AND OR NOT NEAR", [Term("and"), Term("or"), Term("not"), Term("near")], id="no commands"),
        pytest.param('- "" * ( ) ^', [], id="nothing"),
    ],
)
def test_what_is_typed_is_words_that_all_must_be_there(line: str, wanted: list[Term]) -> None:
    assert terms(line) == wanted


@pytest.mark.parametrize(
    ("line", "is_begun"),
    [
        ("lapor", True),
        ("laporan kin", True),
        ("laporan ", False),
        ('"laporan', False),
        ("laporan -kin", False),
        ("laporan office:din", False),
        ("laporan:", False),
    ],
)
def test_the_word_that_is_being_typed_is_how_a_word_begins(line: str, *, is_begun: bool) -> None:
    assert any(one.is_prefix for one in terms(line, is_typing=True)) is is_begun
    assert not any(one.is_prefix for one in terms(line))


@pytest.mark.parametrize(
    ("line", "field", "values"),
    [
        ("office:dinkes", Field.OFFICE, {"dinkes"}),
        ("opd:diskes", Field.OFFICE, {"dinkes"}),
        ('opd:"dinas pendidikan"', Field.OFFICE, {"disdik"}),
        ("OPD:dinas", Field.OFFICE, {"dinkes", "disdik"}),
        ("document:pk", Field.DOCUMENT, {"pk"}),
        ('dokumen:"laporan kinerja"', Field.DOCUMENT, {"lkjip"}),
        ("state:submitted", Field.STATE, {State.SUBMITTED}),
        ("status:diajukan", Field.STATE, {State.SUBMITTED}),
        ("status:dikem", Field.STATE, {Trait.RETURNED}),
        ("is:late", Field.IS, {Trait.LATE}),
        ("adalah:terlambat", Field.IS, {Trait.LATE}),
        ("is:temuan-terbuka", Field.IS, {Trait.OPEN_FINDING}),
        ("jenis:halaman", Field.KIND, {Kind.PAGE}),
        ("tahun:2026", Field.YEAR, {"2026"}),
        ("tenggat:14h", Field.DUE, {DueBy("=", "", 14)}),
        ("due:<2026-03", Field.DUE, {DueBy("<", "2026-03")}),
    ],
)
def test_a_filter_is_known_by_either_language(line: str, field: Field, values: set[object]) -> None:
    (found,) = read_query(line, NAMES).filters

    assert (found.field, {*found.values}, found.is_not) == (field, values, False)
    assert read_query(line, NAMES).slips == ()


@pytest.mark.parametrize(
    ("line", "slip"),
    [
        ("offce:dinkes", Slip(None, "offce", ("office",))),
        ("office:dinkse", Slip(Field.OFFICE, "dinkse", ("dinkes",))),
        ("state:submited", Slip(Field.STATE, "submited", ("submitted",))),
        ("due:soon", Slip(Field.DUE, "soon", ())),
        ("due:<2026-13", Slip(Field.DUE, "<2026-13", ())),
        ("due:2026-03-32", Slip(Field.DUE, "2026-03-32", ())),
        ("year:last", Slip(Field.YEAR, "last", ())),
    ],
)
def test_what_was_not_understood_is_told_with_what_comes_nearest(line: str, slip: Slip) -> None:
    (found,) = read_query(line, NAMES).slips

    assert found[:2] == slip[:2]
    assert {*slip.nearest} <= {*found.nearest}


def test_a_filter_that_is_begun_asks_for_nothing_yet() -> None:
    assert read_query("office:", NAMES).is_void
    assert read_query("target office:", NAMES).filters == ()


@given(ANYTHING, some.booleans())
def test_nothing_that_can_be_typed_is_an_error(line: str, is_typing: bool) -> None:
    query = read_query(line, NAMES, is_typing=is_typing)

    assert all(one.words and set(one.words) <= {" ", *filter(str.isalnum, one.words)} for one in query.terms)
    assert all(":" in way for way in completions(line, NAMES, "id"))


@given(ANYTHING)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("word", "language", "ways"),
    [
        ("off", "en", ["office:"]),
        ("sta", "id", ["status:"]),
        ("-off", "en", ["-office:"]),
        ("office:dis", "en", ["office:disdik"]),
        ("status:dit", "id", ["status:ditelaah"]),
        ("-is:la", "en", ["-is:late"]),
        ("foo:", "en", []),
        ("", "en", []),
    ],
)
def test_a_filter_that_is_being_typed_can_be_completed(word: str, language: str, ways: list[str]) -> None:
    assert completions(word, NAMES, language) == ways


def through(register: Register, line: str, *, today: date = TODAY, actor: Actor = SARI) -> set[str]:
    query = read_query(line, NAMES)
    assert query.slips == ()
    return {o.id for o in register.obligations() if lets_through(query, o, actor, today)}


def test_filters_let_through_what_they_say(register: Register, submitted: Obligation) -> None:
    returned = register.perform(Action.RETURN, submitted, SARI, findings=["Sampul salah"])
    assert returned.findings == (FindingState.OPEN,)
    late = {o.id for o in register.obligations() if o.is_overdue(TODAY)}

    assert through(register, "is:open-finding") == {returned.id}
    assert through(register, "state:returned") == {returned.id}
    assert through(register, "is:late") == late != set()
    assert through(register, "is:late -is:late") == set()
    assert through(register, "-is:late") == {o.id for o in register.obligations()} - late
    assert through(register, "office:disdik office:dinkes document:lkjip") == {
        "dinkes/lkjip/2025",
        "disdik/lkjip/2025",
    }
    assert through(register, "is:missing") == {o.id for o in register.obligations() if o.is_missing and o.is_owed}
    assert through(register, "year:2025") == set()
    assert len(through(register, "year:20")) == len(register.obligations())


def test_what_is_mine_is_what_i_am_next_to_act_on(register: Register, submitted: Obligation) -> None:
    assert through(register, "is:mine") == {submitted.id}
    assert through(register, "is:mine", actor=BUDI) == set()
    assert submitted.id not in through(register, "is:mine", actor=DINKES)
    register.perform(Action.RETURN, submitted, SARI, findings=["Sampul salah"])
    assert submitted.id in through(register, "is:mine", actor=DINKES)
    assert through(register, "is:mine") == set()


@pytest.mark.parametrize(
    ("line", "dates"),
    [
        ("due:2026-02-28", {date(2026, 2, 28)}),
        ("due:2026-02", {date(2026, 2, 2), date(2026, 2, 28)}),
        ("due:<2026-02-28", {date(2026, 2, 2)}),
        ("due:<=2026-02", {date(2026, 2, 2), date(2026, 2, 28)}),
    ],
)
def test_a_due_date_is_compared_as_far_as_it_is_told(register: Register, line: str, dates: set[date]) -> None:
    found = through(register, line)

    assert {o.due for o in register.obligations() if o.id in found} == dates
    assert {name.rpartition("-")[2] for name in through(register, "due:>2026")} == {"q4"}
    assert through(register, "due:45d", today=date(2026, 2, 1)) == through(register, "due:2026-02")


def test_names_are_found_by_all_their_words_within_one_name() -> None:
    called = {"a": " dinas kesehatan \n diskes \n", "b": " dinas pendidikan \n"}

    assert standing_in(called, [Term("dinas")]) == ["a", "b"]
    assert standing_in(called, [Term("kes", is_prefix=True)]) == ["a"]
    assert standing_in(called, [Term("kesehatan diskes")]) == []
    assert standing_in(called, [Term("dinas"), Term("diskes", is_not=True)]) == ["b"]


def test_what_was_asked_for_is_marked_as_it_is_written() -> None:
    said = marked("Sasaran 1: TARGET  TW-II belum, targetnya", [Term("target tw ii"), Term("targ", is_prefix=True)])

    assert [one.text for one in said if one.is_hit] == ["TARGET  TW-II", "targetnya"]
    assert "".join(one.text for one in said) == "Sasaran 1: TARGET  TW-II belum, targetnya"


def test_an_excerpt_is_from_where_most_of_the_words_stand_together() -> None:
    text = "target " + "lain " * 200 + "di sini target dan kosong " + "lain " * 200

    said = excerpt(text, [Term("target"), Term("kosong")], 60)

    assert {one.text for one in said if one.is_hit} == {"target", "kosong"}
    assert said[0].text == said[-1].text == "…"


@given(ANYTHING, some.lists(some.sampled_from(["a", "e i", "o"]), max_size=3), some.integers(8, 80))
def test_an_excerpt_says_only_what_the_text_says(text: str, words: list[str], length: int) -> None:
    wanted = [Term(one, is_prefix=number == 0) for number, one in enumerate(words)]
    said = excerpt(text, wanted, length)

    plain = " ".join(text.split())
    assert "".join(one.text for one in said).strip("…") in plain + "…"
    assert all(any(folded(one.text).startswith(term.words) for term in wanted) for one in said if one.is_hit)
    assert "".join(one.text for one in marked(text, wanted)) == text


@given(some.text("aeio .-_1", max_size=60), some.lists(some.sampled_from(["a", "e i", "o", "i 1"]), max_size=3))
def test_what_is_found_by_a_pattern_is_what_is_found_word_by_word(text: str, words: list[str]) -> None:
    wanted = [Term(one, is_prefix=number == 0) for number, one in enumerate(words)]

    found = [text[begin:end] for begin, end in occurrences(text, wanted)]

    assert [f"ñ {text}"[begin:end] for begin, end in occurrences(f"ñ {text}", wanted)] == found
