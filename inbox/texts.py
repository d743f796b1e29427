"""The text of each content, read once and kept beside the register."""

from __future__ import annotations

import json
import re
import zlib
from hashlib import sha256

from inbox.contents import ContentStore
from inbox.pages import read_text
from inbox.readings import Depth, Picture, Text, Unreadable, Why
from workflow import Database, Digest, Unavailable

_WORD = re.compile(r"\w+")
_MISSING = """
FROM content LEFT JOIN text ON text.digest = content.digest
WHERE (text.digest IS NULL OR NOT is_whole AND why IS NULL)
    AND content.digest NOT IN (SELECT digest FROM scan WHERE verdict = 'infected')
"""


class Texts:
    """What has been read of the contents, each as deep as it was read."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._absent: set[Digest] = set()

    def of(self, digest: Digest) -> Text | Unreadable | None:
        """What is kept of this content: the whole, or its front, or why there is none. None before it was read."""
        row = self._database.row("SELECT * FROM text WHERE digest = ?", digest)
        if row is None:
            return None
        if row["pages"] is None:
            return Unreadable(Why(row["why"]))
        # What was kept before pictures were looked for has none.
        numbers, pages, *more = json.loads(zlib.decompress(row["pages"]))
        seen = tuple(Picture(*one) for one in (more[0] if more else ()))
        is_whole = bool(row["is_whole"])
        return Text(row["total"], tuple(pages), tuple(numbers), row["title"], row["subject"], is_whole, seen)

    def keep(self, digest: Digest, text: Text | Unreadable) -> None:
        """Keep what was read of a content that the store has. The whole of a text gives way to nothing less."""
        if self._has(digest, text):
            return
        if isinstance(text, Unreadable):
            self._database.run(
                """INSERT INTO text (digest, why) VALUES (?, ?)
                ON CONFLICT DO UPDATE SET why = excluded.why WHERE NOT is_whole""",
                digest,
                text.why,
            )
            return
        self._database.run(
            """INSERT INTO text (digest, total, pages, title, subject, is_whole, words) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET total = excluded.total, pages = excluded.pages, title = excluded.title,
                subject = excluded.subject, is_whole = excluded.is_whole, words = excluded.words
            WHERE NOT is_whole""",
            digest,
            text.total,
            zlib.compress(json.dumps((text.numbers, text.pages, text.pictures), ensure_ascii=False).encode()),
            text.title,
            text.subject,
            text.is_whole,
            _fingerprint(text),
        )

    def _has(self, digest: Digest, text: Text | Unreadable) -> bool:
        """Whether it is kept as deep already: the same content comes often, and is not to be packed again."""
        row = self._database.row("SELECT is_whole FROM text WHERE digest = ? AND pages NOTNULL", digest)
        return isinstance(text, Text) and row is not None and row[0] >= text.is_whole

    def missing(self, limit: int) -> list[Digest]:
        """Contents of which the whole has not been read yet, those that came first first; none that is infected."""
        rows = self._database.rows(f"SELECT content.digest {_MISSING} ORDER BY content.rowid LIMIT ?", limit)
        return [Digest(row[0]) for row in rows]

    def count_missing(self) -> int:
        """Of how many contents the whole has not been read yet."""
        ((count,),) = self._database.rows(f"SELECT count(*) {_MISSING}")
        return int(count)

    def read_next(self, store: ContentStore) -> bool:
        """Read the whole of the content that has waited longest for it. False when none waits, or the disk is full.

        What the store does not have is not called broken for that: another `Texts` will look for it again.
        """
        for digest in self.missing(len(self._absent) + 1):
            if digest in self._absent:
                continue
            path = store.path(digest)
            if not path.is_file():
                self._absent.add(digest)
                return True
            text = read_text(path, Depth.WHOLE)
            try:
                self.keep(digest, text)
            except Unavailable:
                return False
            return True
        return False

    def same_text(self, digest: Digest) -> list[Digest]:
        """The other contents that say the same, word for word, in other bytes. A scan says nothing that could be."""
        rows = self._database.rows(
            """SELECT other.digest FROM text JOIN text other ON other.words = text.words
            WHERE text.digest = ? AND other.digest <> text.digest ORDER BY other.rowid""",
            digest,
        )
        return [Digest(row[0]) for row in rows]


def _fingerprint(text: Text) -> str | None:
    """The hash of all its words, however they are set; none for a front, or where there are no words."""
    words = [word for page in text.pages for word in _WORD.findall(page.casefold())]
    return sha256(" ".join(words).encode()).hexdigest() if words and text.is_whole else None
