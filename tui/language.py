"""Bahasa Indonesia or English: which of the two, and the translation of a sentence."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tui.sentences import Sentences

LANGUAGES = ("id", "en")
_CATALOGUE = os.path.join(os.path.dirname(__file__), "locale", "{}", "LC_MESSAGES", "pantau.mo")
_sentences: Sentences | None = None
_language = "en"


def choose(option: str | None, environment: Mapping[str, str], setting: str | None) -> str:
    """`--lang`, PANTAU_LANG, the workspace's setting, then the locale: `id*` is Indonesian, anything else English."""
    for said in (option, environment.get("PANTAU_LANG"), setting):
        if said in LANGUAGES:
            return said
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return "id" if locale.startswith("id") else "en"


def use(language: str) -> None:
    """Speak this language from now on, in the whole process."""
    global _sentences, _language
    _language = language
    # English is what the sources say; only Indonesian needs a catalogue.
    _sentences = None if language == "en" else _catalogue(language)


def _catalogue(language: str) -> Sentences | None:
    try:
        with open(_CATALOGUE.format(language), "rb") as file:
            return Sentences(file.read())
    except FileNotFoundError:
        return None


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak this language for a while."""
    before = _language
    use(language)
    try:
        yield
    finally:
        use(before)


def language() -> str:
    """The language that is spoken: `id` or `en`."""
    return _language


def _(message: str) -> str:
    """The sentence in the language that is spoken."""
    return (_sentences.said(message) if _sentences else None) or message


def many(one: str, more: str, count: int) -> str:
    """The sentence for this number of things. Indonesian has one form for all."""
    return (_sentences.said(one) if _sentences else None) or (one if count == 1 else more)
