"""TOML that says what it says plainly, as people write settings: read without waiting for a whole reader of TOML."""

from __future__ import annotations

TYPE_CHECKING = False  # as in workflow.counting
if TYPE_CHECKING:
    from typing import Any

_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
_DIGITS = frozenset("0123456789")


class NotPlain(ValueError):
    """Whatever it says, the whole of Pantau must read it."""


def read(text: str) -> dict[str, Any]:
    """What `tomllib.loads` reads, of lines `key = value` with tables, arrays of tables and remarks.

    Values are strings in quotation marks, whole numbers, decimal ones and truth. Raises NotPlain for all else, right
    or wrong.
    """
    if not text.replace("\n", "").replace("\t", "").isprintable():
        raise NotPlain
    whole: dict[str, Any] = {}
    table = whole
    for line in text.split("\n"):
        said = line.strip(" \t")
        if not said or said.startswith("#"):
            continue
        if said.startswith("["):
            table = _table(said, whole)
            continue
        key, sign, value = _key(said)
        if sign != "=" or key in table:
            raise NotPlain
        table[key] = _value(value)
    return whole


def read_file(path: str) -> dict[str, Any]:
    """What a file says. Raises NotPlain, or OSError."""
    with open(path, encoding="utf-8", newline="") as file:
        return read(file.read())


def _table(said: str, whole: dict[str, Any]) -> dict[str, Any]:
    """The table that a heading begins."""
    is_one_of_many = said.startswith("[[")
    name, end, rest = said.lstrip("[").partition("]]" if is_one_of_many else "]")
    if not end or said.count("[") - rest.count("[") != 1 + is_one_of_many or not set(name) <= _WORD or not name:
        raise NotPlain
    _check_remark(rest)
    made: dict[str, Any] = {}
    if is_one_of_many:
        those = whole.setdefault(name, [])
        if not isinstance(those, list):
            raise NotPlain
        those.append(made)
    elif whole.setdefault(name, made) is not made:
        raise NotPlain
    return made


def _key(said: str) -> tuple[str, str, str]:
    """The key, the sign behind it, and what follows that."""
    if said.startswith('"'):
        key, rest = _quoted(said)
        rest = rest.lstrip(" \t")
        return key, rest[:1], rest[1:]
    key, sign, rest = said.partition("=")
    key = key.rstrip(" \t")
    if not key or not set(key) <= _WORD:
        raise NotPlain
    return key, sign, rest


def _value(said: str) -> str | int | float | bool:
    said = said.strip(" \t")
    if said.startswith('"'):
        value, rest = _quoted(said)
        _check_remark(rest)
        return value
    word = said.partition("#")[0].rstrip(" \t")
    if word in ("true", "false"):
        return word == "true"
    whole, point, part = word.removeprefix("-").partition(".")
    if not whole or not set(whole) <= _DIGITS or (whole[0] == "0" and whole != "0"):
        raise NotPlain
    if not point:
        return int(word)
    if not part or not set(part) <= _DIGITS:
        raise NotPlain
    return float(word)


def _quoted(said: str) -> tuple[str, str]:
    """What stands between the quotation marks that it begins with, and what follows them."""
    text, end, rest = said[1:].partition('"')
    if not end or "\\" in text or (not text and rest.startswith('"')):
        raise NotPlain
    return text, rest


def _check_remark(rest: str) -> None:
    rest = rest.strip(" \t")
    if rest and not rest.startswith("#"):
        raise NotPlain
