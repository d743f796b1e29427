"""Which of the two languages is spoken."""

from __future__ import annotations

import pytest

from tui import words
from tui.language import choose, use
from tui.session import Session


@pytest.mark.parametrize(
    ("option", "environment", "setting", "answer"),
    [
        pytest.param("en", {"PANTAU_LANG": "id"}, "id", "en", id="the option wins"),
        pytest.param(None, {"PANTAU_LANG": "en", "LANG": "id_ID.UTF-8"}, "id", "en", id="then the environment"),
        pytest.param(None, {"LANG": "en_US.UTF-8"}, "id", "id", id="then the workspace"),
        pytest.param(None, {"LANG": "id_ID.UTF-8"}, None, "id", id="then an Indonesian locale"),
        pytest.param(None, {"LC_ALL": "C", "LANG": "id_ID.UTF-8"}, None, "en", id="LC_ALL outranks LANG"),
        pytest.param(None, {"LANG": "nl_NL.UTF-8"}, None, "en", id="any other locale is English"),
        pytest.param(None, {}, None, "en", id="nothing said"),
        pytest.param(None, {"PANTAU_LANG": "fr"}, "id", "id", id="a language that is not there is passed over"),
    ],
)
def test_the_language_is_chosen_in_this_order(
    option: str | None, environment: dict[str, str], setting: str | None, answer: str
) -> None:
    assert choose(option, environment, setting) == answer


@pytest.mark.parametrize(
    ("lang", "name", "told"),
    [
        ("id", "diskes/lkjip/2025", "LK 2025"),
        ("id", "diskes/ukur-tw/2026-q1", "TW I 2026"),
        ("en", "diskes/ukur-tw/2026-q1", "TW Q1 2026"),
    ],
)
def test_a_document_is_called_by_its_column_once(lang: str, name: str, told: str, session: Session) -> None:
    use(lang)

    assert words.short_title(session.register.obligation(name)) == told
