"""Public keys of OpenSSH, as one line of a file that ends in `.pub`."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterator, Sequence
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from workflow.errors import WorkflowError
from workflow.plain import plain

SHORTEST_RSA, _LONGEST_RSA = 3072, 16384  # bits; sshd itself reads no longer ones
_LONGEST_LINE = 1 << 14
_LONGEST_COMMENT = 80
_CURVES = {"nistp256": 32, "nistp384": 48, "nistp521": 66}
# RFC 4253, 5656 and 8709, and PROTOCOL.u2f of OpenSSH: the fields that follow the name of each type.
_FIELDS = {
    "ssh-ed25519": ("ed25519",),
    "sk-ssh-ed25519@openssh.com": ("ed25519", "application"),
    **{f"ecdsa-sha2-{curve}": (curve, f"point {curve}") for curve in _CURVES},
    "sk-ecdsa-sha2-nistp256@openssh.com": ("nistp256", "point nistp256", "application"),
    "ssh-rsa": ("exponent", "modulus"),
}
_PRIVATE = re.compile(r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----|^PuTTY-User-Key-File", re.MULTILINE)
_OTHER_FORM = re.compile(r"-----? ?BEGIN [A-Z0-9 ]*PUBLIC KEY ?-----?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Flaw(StrEnum):
    """Why a text is no key that Pantau takes."""

    EMPTY = "empty"
    PRIVATE = "private"
    OTHER_FORM = "other form"
    SEVERAL_LINES = "several lines"
    CONTROL = "control"
    OPTIONS = "options"
    CERTIFICATE = "certificate"
    DSA = "dsa"
    UNKNOWN_TYPE = "unknown type"
    SHORT = "short"
    BROKEN = "broken"


class Unfit(WorkflowError):
    """The text is no public key that Pantau takes."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


class PublicKey(NamedTuple):
    """A key as OpenSSH writes it: `blob` is canonical base64, `comment` harmless to a terminal."""

    type: str
    blob: str
    comment: str = ""

    @property
    def fingerprint(self) -> str:
        """`SHA256:…`, as `ssh-keygen -l` prints it."""
        return "SHA256:" + b64encode(sha256(b64decode(self.blob)).digest()).decode().rstrip("=")


def read_public_key(text: str) -> PublicKey:
    """The one key in a text, which may end in line ends. Raises Unfit."""
    line = _line(text)
    type_, _, rest = line.replace("\t", " ").partition(" ")
    if flaw := _flaw_of_type(type_, rest):
        raise Unfit(flaw)
    encoded, _, comment = rest.strip(" ").partition(" ")
    try:
        blob = b64decode(encoded, validate=True)
    except (Error, ValueError):
        raise Unfit(Flaw.BROKEN) from None
    if flaw := _flaw_of_blob(type_, blob):
        raise Unfit(flaw)
    said = " ".join(plain(comment).replace("\ufffd", "").split())
    return PublicKey(type_, b64encode(blob).decode(), said[:_LONGEST_COMMENT])


def _line(text: str) -> str:
    if _PRIVATE.search(text):
        raise Unfit(Flaw.PRIVATE)
    if _OTHER_FORM.search(text):
        raise Unfit(Flaw.OTHER_FORM)
    line = text.removeprefix("\ufeff").replace("\r\n", "\n").strip(" \t\n")
    for is_so, flaw in (
        (not line, Flaw.EMPTY),
        ("\n" in line, Flaw.SEVERAL_LINES),
        (_CONTROL.search(line), Flaw.CONTROL),
        (len(line) > _LONGEST_LINE, Flaw.BROKEN),
    ):
        if is_so:
            raise Unfit(flaw)
    return line


def _flaw_of_type(type_: str, rest: str) -> Flaw | None:
    if type_ in _FIELDS:
        return None
    if "-cert-v0" in type_:
        return Flaw.CERTIFICATE
    if type_ == "ssh-dss":
        return Flaw.DSA
    named = {*_FIELDS, "ssh-dss"}
    return Flaw.OPTIONS if any(word in named for word in rest.split()) else Flaw.UNKNOWN_TYPE


def _flaw_of_blob(type_: str, blob: bytes) -> Flaw | None:
    fields = list(_strings(blob))
    names = _FIELDS[type_]
    if len(fields) != len(names) + 1 or fields[0] != type_.encode() or not _fit(names, fields[1:]):
        return Flaw.BROKEN
    return Flaw.SHORT if type_ == "ssh-rsa" and _number(fields[2]).bit_length() < SHORTEST_RSA else None


def _fit(names: Sequence[str], fields: Sequence[bytes]) -> bool:
    return all(_fits(name, field) for name, field in zip(names, fields, strict=True))


def _fits(name: str, field: bytes) -> bool:
    kind, _, curve = name.partition(" ")
    match kind:
        case "ed25519":
            return len(field) == 32
        case "point":  # uncompressed, as nobody writes the other form
            return field[:1] == b"\x04" and len(field) == 1 + 2 * _CURVES[curve]
        case "application":
            return 0 < len(field) <= 255 and field.isascii() and field.decode().isprintable()
        case "exponent" | "modulus":
            number = _number(field)
            return number > 2 and number % 2 == 1 and number.bit_length() <= _LONGEST_RSA and field == _mpint(number)
        case _:
            return field == name.encode()


def _strings(blob: bytes) -> Iterator[bytes]:
    """The strings of RFC 4251 that a blob is made of; the last is empty where it is cut short."""
    while blob:
        length = int.from_bytes(blob[:4])
        if len(blob) < 4 + length:
            yield b""
            return
        yield blob[4 : 4 + length]
        blob = blob[4 + length :]


def _number(field: bytes) -> int:
    return int.from_bytes(field, signed=True)


def _mpint(number: int) -> bytes:
    """The one way in which RFC 4251 writes a positive number."""
    return number.to_bytes(number.bit_length() // 8 + 1)
