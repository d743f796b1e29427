"""Public keys as OpenSSH writes them, made of numbers so that a test may have as many as it likes."""

from __future__ import annotations

from base64 import b64encode

from workflow import PublicKey, read_public_key


def packed(*fields: bytes) -> str:
    """A blob of these fields, in base64."""
    return b64encode(b"".join(len(one).to_bytes(4) + one for one in fields)).decode()


def written(number: int, comment: str = "") -> str:
    """The line of an ed25519 key, another one for each number."""
    return f"ssh-ed25519 {packed(b'ssh-ed25519', number.to_bytes(32))} {comment}".rstrip()


def key(number: int, comment: str = "") -> PublicKey:
    """The same, read."""
    return read_public_key(written(number, comment))


def rsa(bits: int, exponent: bytes = b"\x01\x00\x01") -> str:
    """An RSA key of so many bits, whose number nobody has looked for the factors of."""
    modulus = (1 << (bits - 1)) + 1
    return f"ssh-rsa {packed(b'ssh-rsa', exponent, modulus.to_bytes(bits // 8 + 1))}"
