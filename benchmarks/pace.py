"""How fast names and documents are recognised, on one core, and what the most hostile name costs."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import cycle, islice

from benchmarks.labelled import Label
from benchmarks.measure import Figure
from benchmarks.regions import Region
from inbox import Depth, Known, Text, TextReader

_LONG = 200_000
_NAMES = 10_000
_DOCUMENTS = 56


def of_names(region: Region, names: Sequence[Known]) -> Iterator[Figure]:
    """The time for a name, when all words have been seen before."""
    recognise = region.recogniser.recognise
    many = list(islice(cycle(names), _NAMES))
    for known in many:
        recognise(known)
    begin = time.process_time()
    for known in many:
        recognise(known)
    took = (time.process_time() - begin) / len(many)
    yield Figure(f"a name ({1 / took:,.0f} in a second)", took * 1e6, "us", 1e6 / 5000)


def of_hostile_names(region: Region) -> Iterator[Figure]:
    """The longest that a single name takes, seen for the first time."""
    spelt = [*region.catalogue.aliases, *region.catalogue.lookalikes]
    glued = "".join(words.replace(" ", "") for words in spelt)
    hostile = {
        "one letter": "a" * _LONG,
        "only i": "i " * (_LONG // 2),
        "only digits": "2025" * (_LONG // 4),
        "years": "2025-2026 " * (_LONG // 10),
        "only separators": "_-. " * (_LONG // 4),
        "opened brackets": "(" * _LONG,
        "extensions": ".pdf" * (_LONG // 4),
        "epochs": "1784860878_" * (_LONG // 11),
        "ordinals": "1." * (_LONG // 2),
        "known words": " ".join(spelt * (_LONG // len(" ".join(spelt)) + 1))[:_LONG],
        "known words, glued": (glued * (_LONG // len(glued) + 1))[:_LONG],
        "known words, mistyped": " ".join(f"{words}x" for words in spelt * 40)[:_LONG],
        "beginnings of known words": " ".join(words[:-1] for words in spelt * 40)[:_LONG],
        "unknown words": " ".join(f"q{i:x}z" for i in range(_LONG // 6)),
        "one ligature": "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * (_LONG // 3),
        "accents on one letter": "a" + "\N{COMBINING ACUTE ACCENT}" * (_LONG // 2),
        "lone surrogates": "\udcff" * _LONG,
        "nothing": "",
    }
    took = {}
    for kind, name in hostile.items():
        begin = time.process_time()
        region.recogniser.recognise(Known((), name))
        took[kind] = (time.process_time() - begin) * 1000
    worst = max(took, key=lambda kind: took[kind])
    yield Figure(f"the slowest of {len(took)} hostile names ({worst})", took[worst], "ms", 10.0)


def of_documents(labels: Sequence[Label], regions: Mapping[str, Region]) -> Iterator[Figure]:
    """The time for a document from its file to the answer, the child process that reads it included."""
    many = list(islice(cycle(labels), _DOCUMENTS))
    reader, times = TextReader(), list[float]()
    with _one_core():
        for _ in range(4):
            begin = time.perf_counter()
            for label in many:
                regions[label.region].recogniser.recognise(known_with_text(label, reader))
            times.append((time.perf_counter() - begin) / len(many))
    reader.close()
    took = min(times[1:])
    yield Figure(f"a document with its text ({1 / took:,.0f} in a second)", took * 1e3, "ms", 1e3 / 40)


def known_with_text(label: Label, reader: TextReader) -> Known:
    """What is known of a labelled document when its front has been read; its name alone when it has no text."""
    text = reader.read(label.path, Depth.FRONT)
    return label.known._replace(pages=text.pages, title=text.title) if isinstance(text, Text) else label.known


@contextmanager
def _one_core() -> Iterator[None]:
    """On one core, where the system can be told so; a child that is started meanwhile inherits it."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
