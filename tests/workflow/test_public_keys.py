"""What is taken for a public key, and what is not."""

from __future__ import annotations

import subprocess
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.keys import packed, rsa, written
from workflow import Flaw, Unfit, plain, read_public_key

GOOD = written(7)
BLOB = GOOD.split()[1]
PEM = "-----BEGIN {} KEY-----\nb3BlbnNzaC1rZXktdjE=\n-----END {} KEY-----\n"
SK = "sk-ssh-ed25519@openssh.com"
POINT = b"\x04" + bytes(64)


def flaw(text: str) -> Flaw | None:
    try:
        read_public_key(text)
    except Unfit as unfit:
        return unfit.flaw
    return None


@pytest.mark.needs("ssh-keygen")
@pytest.mark.parametrize(
    ("kind", "bits"),
    [
        pytest.param("ed25519", 256),
        *(pytest.param("ecdsa", bits) for bits in (256, 384, 521)),
        pytest.param("rsa", 3072),
    ],
)
def test_a_key_of_openssh_is_read_and_has_the_fingerprint_that_ssh_keygen_prints(
    tmp_path: Path, kind: str, bits: int
) -> None:
    file = tmp_path / "kunci"
    made = ["ssh-keygen", "-q", "-t", kind, "-b", str(bits), "-N", "", "-C", "sari  di kantor", "-f", str(file)]
    subprocess.run(made, check=True)
    public = file.with_suffix(".pub")

    key = read_public_key(public.read_text())

    told = subprocess.run(["ssh-keygen", "-lf", str(public)], check=True, capture_output=True, text=True).stdout
    assert told.split()[:2] == [str(bits), key.fingerprint]
    assert (key.type, key.blob, key.comment) == (*public.read_text().split()[:2], "sari di kantor")
    assert flaw(file.read_text()) is Flaw.PRIVATE


@pytest.mark.needs("ssh-keygen")
@pytest.mark.parametrize("form", ["RFC4716", "PKCS8", "PEM"])
def test_a_key_in_another_form_is_told_as_that(tmp_path: Path, form: str) -> None:
    file = tmp_path / "kunci"
    subprocess.run(["ssh-keygen", "-q", "-t", "rsa", "-b", "3072", "-N", "", "-f", str(file)], check=True)
    other = subprocess.run(["ssh-keygen", "-e", "-m", form, "-f", str(file)], check=True, capture_output=True)

    assert flaw(other.stdout.decode()) is Flaw.OTHER_FORM


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(GOOD, id="ed25519"),
        pytest.param(f"{SK} {packed(SK.encode(), bytes(32), b'ssh:')}", id="sk"),
        pytest.param(
            "sk-ecdsa-sha2-nistp256@openssh.com "
            + packed(b"sk-ecdsa-sha2-nistp256@openssh.com", b"nistp256", POINT, b"ssh:kantor"),
            id="sk of ecdsa",
        ),
        pytest.param(rsa(3072), id="rsa just long enough"),
        pytest.param(f"\ufeff  {GOOD}\r\n\r\n", id="saved by an editor of Windows"),
        pytest.param(GOOD.replace(" ", "\t"), id="tabs"),
    ],
)
def test_what_is_a_key_is_taken(line: str) -> None:
    assert flaw(line) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(" \n\n", Flaw.EMPTY, id="nothing"),
        pytest.param(PEM.format("OPENSSH PRIVATE", "OPENSSH PRIVATE"), Flaw.PRIVATE, id="private"),
        pytest.param(PEM.format("ENCRYPTED PRIVATE", "ENCRYPTED PRIVATE"), Flaw.PRIVATE, id="private, locked"),
        pytest.param("PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n", Flaw.PRIVATE, id="private, of PuTTY"),
        pytest.param(f"{GOOD}\n{PEM.format('RSA PRIVATE', 'RSA PRIVATE')}", Flaw.PRIVATE, id="both of the pair"),
        pytest.param(f"{GOOD}\n{written(8)}", Flaw.SEVERAL_LINES, id="two keys"),
        pytest.param(f"# sari\n{GOOD}", Flaw.SEVERAL_LINES, id="a remark above"),
        pytest.param(f"{GOOD} sari\rssh-ed25519 {BLOB}", Flaw.CONTROL, id="a lone carriage return"),
        pytest.param(f"{GOOD} \x1b]0;x\x07", Flaw.CONTROL, id="an escape sequence"),
        pytest.param(f"{GOOD}\x00", Flaw.CONTROL, id="a null"),
        pytest.param(f'command="sh" {GOOD}', Flaw.OPTIONS, id="an option"),
        pytest.param(f'restrict,environment="A=b c" {GOOD}', Flaw.OPTIONS, id="options with a blank"),
        pytest.param(f"ssh-dss {BLOB}", Flaw.DSA, id="dsa"),
        pytest.param(f"ssh-ed25519-cert-v01@openssh.com {BLOB}", Flaw.CERTIFICATE, id="certificate"),
        pytest.param("bukan kunci", Flaw.UNKNOWN_TYPE, id="words"),
        pytest.param("ssh-ed448 AAAA", Flaw.UNKNOWN_TYPE, id="unknown"),
        pytest.param(rsa(3071), Flaw.SHORT, id="short rsa"),
        pytest.param(rsa(1024), Flaw.SHORT, id="very short rsa"),
        pytest.param(rsa(3072, exponent=b"\x02"), Flaw.BROKEN, id="even exponent"),
        pytest.param(rsa(3072, exponent=b"\x00\x00\x03"), Flaw.BROKEN, id="a number written too long"),
        pytest.param(rsa(1 << 15), Flaw.BROKEN, id="longer than sshd reads"),
        pytest.param("ssh-ed25519", Flaw.BROKEN, id="cut off after the type"),
        pytest.param(f"ssh-ed25519 {BLOB[:-4]}", Flaw.BROKEN, id="cut off"),
        pytest.param(f"ssh-ed25519 {BLOB[:-1]}", Flaw.BROKEN, id="no whole base64"),
        pytest.param(f"ssh-ed25519 {BLOB[:20]}!{BLOB[21:]}", Flaw.BROKEN, id="no base64"),
        pytest.param(f"ssh-rsa {BLOB}", Flaw.BROKEN, id="another type in front"),
        pytest.param(f"ssh-ed25519 {packed(b'ssh-ed25519', bytes(31))}", Flaw.BROKEN, id="a byte too few"),
        pytest.param(f"ssh-ed25519 {packed(b'ssh-ed25519', bytes(33))}", Flaw.BROKEN, id="a byte too many"),
        pytest.param(f"ssh-ed25519 {packed(b'ssh-ed25519', bytes(32), b'')}", Flaw.BROKEN, id="a field too many"),
        pytest.param(f"ssh-ed25519 {b64encode(b64decode(BLOB) + b'xy').decode()}", Flaw.BROKEN, id="something added"),
        pytest.param(
            f"ecdsa-sha2-nistp384 {packed(b'ecdsa-sha2-nistp384', b'nistp256', POINT)}", Flaw.BROKEN, id="other curve"
        ),
        pytest.param(
            f"ecdsa-sha2-nistp256 {packed(b'ecdsa-sha2-nistp256', b'nistp256', POINT[:-1])}",
            Flaw.BROKEN,
            id="half a point",
        ),
        pytest.param(
            f"{SK} {packed(SK.encode(), bytes(32), b'a' * 256)}",
            Flaw.BROKEN,
            id="an endless application",
        ),
        pytest.param(f"{GOOD} {'x' * (1 << 14)}", Flaw.BROKEN, id="endless"),
    ],
)
def test_what_is_no_key_is_refused_with_the_reason(text: str, why: Flaw) -> None:
    assert flaw(text) is why


def test_a_comment_is_made_harmless_and_short() -> None:
    told = read_public_key(f"{GOOD}  sari\u202e\u200b   kantor {'x' * 200}").comment

    assert told.startswith("sari kantor xxx")
    assert plain(told) == told
    assert len(told) == 80


def test_the_same_key_is_written_in_one_way_only() -> None:
    """Bits that base64 does not need may say anything."""
    blob = packed(b"ecdsa-sha2-nistp256", b"nistp256", POINT)
    assert blob.endswith("A=")

    assert read_public_key(f"ecdsa-sha2-nistp256 {blob[:-2]}B=").blob == blob


@given(st.text(), st.integers(0, 1 << 200), st.text())
def test_whatever_is_typed_is_a_clean_key_or_refused(before: str, number: int, after: str) -> None:
    text = before + written(number) + after
    try:
        key = read_public_key(text)
    except Unfit:
        return

    assert f"{key.type} {key.blob}" == written(number) == text.strip("\ufeff \t\r\n")[: len(written(number))]
    assert plain(key.comment) == key.comment
