"""Sentences of a compiled catalogue, each looked up in the file: nothing is read before it is said."""

from __future__ import annotations

TYPE_CHECKING = False  # as in workflow.counting
if TYPE_CHECKING:
    from typing import Literal

_NUMBER = 4


class Sentences:
    """A .mo file as GNU gettext lays it out: tables of lengths and places, the originals in their order.

    Of the plural the first form is said: Indonesian has one for all numbers.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._known: dict[str, str | None] = {}
        self._order: Literal["little", "big"] = "little" if content.startswith(b"\xde\x12\x04\x95") else "big"
        self._count, self._originals, self._translations = (self._number(place) for place in (8, 12, 16))

    def said(self, original: str) -> str | None:
        """What stands for a sentence; None where it has no translation."""
        if original not in self._known:
            self._known[original] = self._found(original)
        return self._known[original]

    def _found(self, original: str) -> str | None:
        wanted = original.encode()
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            found = self._text(self._originals, middle)
            if found == wanted:
                return self._text(self._translations, middle).decode()
            low, high = (middle + 1, high) if found < wanted else (low, middle)
        return None

    def _text(self, table: int, index: int) -> bytes:
        """The text, of a plural the first form."""
        length, place = (self._number(table + 2 * _NUMBER * index + step) for step in (0, _NUMBER))
        return self._content[place : place + length].partition(b"\0")[0]

    def _number(self, place: int) -> int:
        return int.from_bytes(self._content[place : place + _NUMBER], self._order)
