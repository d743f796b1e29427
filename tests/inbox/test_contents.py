"""What is kept is whole, is kept once, and lies under the name of its bytes."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inbox import ContentStore
from workflow import Digest


@pytest.fixture
def store(tmp_path: Path) -> ContentStore:
    return ContentStore(tmp_path / "content")


def put(store: ContentStore, content: bytes, folder: Path, *, is_unchanged: bool = True) -> Digest | None:
    source = folder / "source"
    source.write_bytes(content)
    with source.open("rb") as file:
        return store.put(file.fileno(), is_unchanged=lambda: is_unchanged)


def everything(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=10_000))
def test_content_lies_under_the_hash_of_its_bytes(store: ContentStore, tmp_path: Path, content: bytes) -> None:
    digest = put(store, content, tmp_path)

    assert digest == sha256(content).hexdigest()
    assert store.path(digest).read_bytes() == content
    assert store.is_whole(digest)


def test_content_longer_than_a_block_is_kept_whole(store: ContentStore, tmp_path: Path) -> None:
    content = os.urandom((3 << 20) + 17)

    digest = put(store, content, tmp_path)

    assert digest is not None
    assert store.path(digest).read_bytes() == content


def test_the_whole_file_is_kept_wherever_its_reader_stands(store: ContentStore, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"0123456789")
    with source.open("rb") as file:
        file.read(5)

        assert store.put(file.fileno(), is_unchanged=lambda: True) == sha256(b"0123456789").hexdigest()


def test_the_same_content_is_kept_once(store: ContentStore, tmp_path: Path) -> None:
    digest = put(store, b"PK 2026", tmp_path)
    assert digest is not None
    before = store.path(digest).stat()

    assert put(store, b"PK 2026", tmp_path) == digest

    after = store.path(digest).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert everything(tmp_path / "content") == [f"{digest[:2]}/{digest}"]


def test_nobody_may_write_into_kept_content(store: ContentStore, tmp_path: Path) -> None:
    digest = put(store, b"PK 2026", tmp_path)

    assert digest is not None
    assert store.path(digest).stat().st_mode & 0o222 == 0


@pytest.mark.parametrize(
    "broken",
    [pytest.param(b"", id="empty"), pytest.param(b"PK", id="cut off"), pytest.param(b"PK 2027", id="other bytes")],
)
def test_a_broken_object_is_put_right_when_its_bytes_come_again(
    store: ContentStore, tmp_path: Path, broken: bytes
) -> None:
    digest = put(store, b"PK 2026", tmp_path)
    assert digest is not None
    store.path(digest).unlink()
    store.path(digest).write_bytes(broken)
    assert not store.is_whole(digest)

    assert put(store, b"PK 2026", tmp_path) == digest

    assert store.is_whole(digest)
    assert everything(tmp_path / "content") == [f"{digest[:2]}/{digest}"]


def test_of_a_file_that_changed_while_it_was_copied_nothing_is_kept(store: ContentStore, tmp_path: Path) -> None:
    assert put(store, b"half of it", tmp_path, is_unchanged=False) is None

    assert everything(tmp_path / "content") == []


def test_of_a_file_that_cannot_be_read_nothing_is_kept(store: ContentStore, tmp_path: Path) -> None:
    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        with pytest.raises(IsADirectoryError):
            store.put(folder, is_unchanged=lambda: True)
    finally:
        os.close(folder)

    assert everything(tmp_path / "content") == []


def test_content_that_was_never_kept_is_not_whole(store: ContentStore) -> None:
    assert not store.is_whole(Digest("0" * 64))


def test_what_a_killed_process_left_unfinished_is_swept_away(store: ContentStore, tmp_path: Path) -> None:
    digest = put(store, b"PK 2026", tmp_path)
    assert digest is not None
    (tmp_path / "content" / "tmp" / "unfinished").write_bytes(b"half")

    store.sweep()

    assert everything(tmp_path / "content") == [f"{digest[:2]}/{digest}"]


def test_sweeping_a_store_that_has_nothing_yet_does_no_harm(store: ContentStore) -> None:
    store.sweep()
