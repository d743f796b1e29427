"""A sentence is found in the compiled catalogue without reading the rest of it."""

from __future__ import annotations

import gettext
import io

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.test_translations import PO
from tui import language
from tui.language import _, many
from tui.sentences import Sentences

WORDS = st.text(st.characters(exclude_characters="\0\x04", exclude_categories=["Cs"]), min_size=1, max_size=8)


@given(st.dictionaries(WORDS, WORDS, max_size=40), st.lists(WORDS, max_size=5))
def test_whatever_the_catalogue_says_is_found_and_nothing_else(pairs: dict[str, str], others: list[str]) -> None:
    catalogue, made = Catalog(locale="id"), io.BytesIO()
    for english, indonesian in pairs.items():
        catalogue.add(english, indonesian)
    write_mo(made, catalogue)
    sentences = Sentences(made.getvalue())

    for one in (*pairs, *others):
        assert sentences.said(one) == pairs.get(one)


def test_every_sentence_of_the_catalogue_is_said_as_gettext_says_it() -> None:
    compiled = gettext.translation("pantau", PO.parents[2], ["id"])
    with PO.open("rb") as file:
        ids = [message.id for message in read_po(file) if message.id]

    with language.speaking("id"):
        for one in ids:
            if isinstance(one, str):
                assert _(one) == compiled.gettext(one)
            else:
                assert [many(one[0], one[1], n) for n in (0, 1, 2)] == [
                    compiled.ngettext(one[0], one[1], n) for n in (0, 1, 2)
                ]


@pytest.mark.parametrize(("spoken", "said"), [("en", "1 page 2 pages"), ("xx", "1 page 2 pages")])
def test_what_has_no_catalogue_is_said_as_the_sources_say_it(spoken: str, said: str) -> None:
    with language.speaking(spoken):
        assert " ".join(many("{n} page", "{n} pages", n).format(n=n) for n in (1, 2)) == said


def test_a_catalogue_of_another_machine_is_read_too() -> None:
    numbers = (0x950412DE, 0, 1, 28, 36, 0, 0, 1, 44, 1, 46)
    content = b"".join(one.to_bytes(4, "big") for one in numbers) + b"a\0b\0"

    assert Sentences(content).said("a") == "b"
