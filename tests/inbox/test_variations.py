"""Made names tell of what they are made from: else a benchmark would count what is right as wrong."""

from __future__ import annotations

import re
import tomllib
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.templates import Made, Templates
from benchmarks.variations import VARIATIONS, known_words, vary
from workflow import Catalogue, phrase, read_catalogue, shipped_catalogue

KNOWN = known_words(["dinas kesehatan", "perubahan", "renja renjana", "pengukuran kinerja"])
LETTERS = re.compile(r"[^\W\d_]+")


@pytest.fixture(scope="module")
def lampung() -> Catalogue:
    files = shipped_catalogue("Provinsi Lampung", 2026)
    names = ("offices.toml", "requirements.toml", "calendar.toml")
    return read_catalogue(*(tomllib.loads(files[name]) for name in names))


def made(catalogue: Catalogue, seed: int, count: int) -> list[Made]:
    templates = Templates(catalogue, Random(seed))
    return [templates.make() for _ in range(count)]


def test_the_same_dice_make_the_same_names(lampung: Catalogue) -> None:
    assert made(lampung, 1, 50) == made(lampung, 1, 50) != made(lampung, 2, 50)


def test_a_template_writes_what_it_says_is_true(lampung: Catalogue) -> None:
    ways = {office.code: {phrase(office.name)} for office in lampung.offices}
    for words, office in lampung.aliases.items():
        ways[office].add(words)

    for one in made(lampung, 3, 2000):
        words = phrase(" ".join((*one.known.folders, one.known.name)))
        for year in filter(None, (one.truth.years or "").split("-")):
            assert year in words, one
        if one.truth.office:
            assert any(way in words for way in ways[one.truth.office]), one
        if one.truth.variant == "perubahan":
            assert "perubahan" in words, one


def test_what_only_a_person_can_place_is_never_true_to_file(lampung: Catalogue) -> None:
    for one in made(lampung, 3, 2000):
        if one.kind in ("look-alike", "part", "official", "two offices", "two requirements", "in another's folder"):
            assert not one.truth.is_whole, one


def test_every_kind_of_variation_comes_up() -> None:
    dice = Random(0)
    kinds = {kind for _ in range(500) for kind in vary("Rencana Kerja Dinas Sosial 2026.pdf", KNOWN, dice).kinds}

    assert kinds == VARIATIONS


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        pytest.param("Renstra Dinkes 2025-2029.pdf", "2025-2029", id="a range"),
        pytest.param("2021-04-23-pkpt.pdf", "2021-04-23", id="a date before it"),
        pytest.param("1784860878_1718316270_PK Dinkes.pdf", "1784860878_1718316270_", id="stamps before it"),
        pytest.param("PK TW 1 2026.pdf", "1 2026", id="two numbers"),
        pytest.param("PK per 17-08-2026.pdf", "17-08-2026", id="a date behind it"),
    ],
)
@given(seed=st.integers(0, 10_000))
def test_numbers_stay_as_they_are(name: str, kept: str, seed: int) -> None:
    assert kept in vary(name, KNOWN, Random(seed)).name


@given(seed=st.integers(0, 10_000))
def test_a_slip_is_made_in_long_words_only_and_makes_no_known_word(seed: int) -> None:
    name = "Renja Dinas Kes Pengukuran TW IV 2026"
    varied = vary(name, KNOWN, Random(seed))

    if varied.kinds in (("typo",), ("two typos",)):
        before, after = (LETTERS.findall(words.casefold()) for words in (name, varied.name))
        slips = [(word, typed) for word, typed in zip(before, after, strict=True) if word != typed]
        assert 1 <= len(slips) <= len(varied.kinds[0].split())
        assert all(len(word) >= 5 and typed not in KNOWN for word, typed in slips)


@given(name=st.text(max_size=60), seed=st.integers(0, 10_000))
def test_any_name_can_be_varied(name: str, seed: int) -> None:
    assert vary(name, KNOWN, Random(seed)) == vary(name, KNOWN, Random(seed))
