"""Bahasa Indonesia or English: which of the two, and the translation of a sentence."""

from __future__ import annotations

import gettext as catalogues
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

LANGUAGES = ("id", "en")
_LOCALE = Path(__file__).parent / "locale"
_translations: catalogues.NullTranslations = catalogues.NullTranslations()
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
    global _translations, _language
    _language = language
    # English is what the sources say; only Indonesian needs a catalogue.
    languages = [language] if language != "en" else []
    _translations = catalogues.translation("pantau", _LOCALE, languages, fallback=True)


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
    return _translations.gettext(message)


def many(one: str, more: str, count: int) -> str:
    """The sentence for this number of things. Indonesian has one form for all."""
    return _translations.ngettext(one, more, count)
