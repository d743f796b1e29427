"""What each person has chosen: their own, the last choice counts, and nothing of it is evidence."""

from __future__ import annotations

from tests.workflow.conftest import RINI, SARI
from workflow import Database, Preferences


def test_each_person_has_chosen_for_themselves(database: Database) -> None:
    preferences = Preferences(database)
    preferences.choose(SARI, "theme", "light")
    preferences.choose(SARI, "key.review.approve", "p")
    preferences.choose(RINI, "theme", "dark")

    assert preferences.of(SARI) == {"key.review.approve": "p", "theme": "light"}
    assert preferences.of(SARI, "key.") == {"key.review.approve": "p"}
    assert preferences.of(RINI) == {"theme": "dark"}


def test_the_last_choice_counts_and_can_be_dropped_twice(database: Database) -> None:
    preferences = Preferences(database)
    preferences.choose(SARI, "theme", "light")
    preferences.choose(SARI, "theme", "dark")
    assert preferences.of(SARI) == {"theme": "dark"}

    preferences.drop(SARI, "theme")
    preferences.drop(SARI, "theme")
    assert preferences.of(SARI) == {}


def test_what_is_chosen_is_plain(database: Database) -> None:
    Preferences(database).choose(SARI, "search.\x1b[2Jlama", "\x1b]0;x\x07 lkjip")

    ((name, value),) = Preferences(database).of(SARI).items()
    assert (name + value).isprintable()

    Preferences(database).drop(SARI, "search.\x1b[2Jlama")
    assert Preferences(database).of(SARI) == {}
