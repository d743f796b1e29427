"""What a reviewer looks at: what all documents share, lists that several name, and a document's own."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.conftest import REQUIREMENTS, small_catalogue
from workflow import CheckItem, Requirement

SHARED = """
checklist = [
    { code = "judul", group = "Umum", text = "Judulnya benar", text_en = "The title is right" },
    { code = "ttd", text = "Ditandatangani" },
]

[checklists]
lkj = [
    { code = "target", text = "Menyajikan target" },
    { code = "iku", text = "IKU sama" },
]
"""


def report(own: str = "", *, shared: str = SHARED, code: str = "lkjip") -> Requirement:
    """A requirement of the small catalogue, with keys of its own."""
    text = REQUIREMENTS.replace("\n\n[[", f"\n{shared}\n[[", 1).replace('code = "lkjip"', f'code = "lkjip"\n{own}')
    (found,) = [one.requirement for one in small_catalogue(requirements=text).entries if one.requirement.code == code]
    return found


def codes(requirement: Requirement) -> list[str]:
    return [item.code for item in requirement.checklist]


def test_an_item_says_what_is_looked_at_in_two_languages_and_to_which_group_it_belongs() -> None:
    assert report().checklist == (
        CheckItem("judul", "Judulnya benar", "The title is right", "Umum"),
        CheckItem("ttd", "Ditandatangani"),
    )


def test_what_all_share_comes_before_the_lists_that_are_named_and_these_before_its_own() -> None:
    own = 'checklists = ["lkj"]\nchecklist = [{ code = "bab", text = "Babnya lengkap" }]'

    assert codes(report(own)) == ["judul", "ttd", "target", "iku", "bab"]


def test_what_needs_no_review_is_not_looked_at_for_what_all_share() -> None:
    assert codes(report(code="dpa")) == []
    assert codes(report(code="ukur-tw")) == ["judul", "ttd"]


@pytest.mark.parametrize(("code", "place"), [("ttd", 1), ("iku", 3)], ids=["of all", "of a list"])
def test_an_item_of_its_own_takes_the_place_of_one_with_the_same_code(code: str, place: int) -> None:
    own = f'checklists = ["lkj"]\nchecklist = [{{ code = "{code}", text = "Lain" }}]'

    assert codes(report(own)) == ["judul", "ttd", "target", "iku"]
    assert report(own).checklist[place] == CheckItem(code, "Lain")


def test_a_text_alone_is_called_by_its_place() -> None:
    """So they stood in the files before items had codes."""
    own = 'checklist = ["Bertanggal", { code = "bab", text = "Babnya lengkap" }, " Selaras "]'

    assert report(own).checklist[2:] == (
        *(CheckItem("1", "Bertanggal"), CheckItem("bab", "Babnya lengkap"), CheckItem("3", "Selaras")),
    )


def test_items_may_be_tables_with_a_line_for_each_key() -> None:
    text = REQUIREMENTS + '[[requirement.checklist]]\ncode = "ttd"\ntext = "Ditandatangani"\ngroup = "Umum"\n'
    last = small_catalogue(requirements=text).entries[-1].requirement

    assert last.checklist == (CheckItem("ttd", "Ditandatangani", "", "Umum"),)


_codes = st.lists(st.text(ascii_lowercase + digits, min_size=1, max_size=3), max_size=6, unique=True)


@given(_codes, _codes, _codes)
def test_no_two_items_have_one_code_and_none_is_lost(
    common: Sequence[str], named: Sequence[str], own: Sequence[str]
) -> None:
    def written(name: str, codes: Sequence[str]) -> str:
        items = ", ".join(f'{{ code = "{code}", text = "{name}" }}' for code in codes)
        return f"{name} = [{items}]\n"

    shared = written("checklist", common) + "[checklists]\n" + written("lkj", named)
    found = report('checklists = ["lkj"]\n' + written("checklist", own), shared=shared)

    assert codes(found) == list(dict.fromkeys([*common, *named, *own]))
    assert [item.code for item in found.checklist if item.text == "lkj"] == [
        code for code in codes(found) if code in named and code not in own
    ]
