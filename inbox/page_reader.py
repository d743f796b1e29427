"""The child process that reads one document from standard input and prints its pages as JSON."""

from __future__ import annotations

import json
import resource
import sys

from inbox.pages import SECONDS, Why

_MEMORY = 1 << 30
_MOST_PAGES = 400


def main() -> None:
    """Limit this process, read, print."""
    for what, limit in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (limit, limit))
    print(json.dumps(_read(sys.stdin.buffer.read())))


def _read(document: bytes) -> tuple[int, list[str]] | Why:
    import pypdfium2

    if b"%PDF-" not in document[:1024]:
        return Why.NOT_A_PDF
    try:
        with pypdfium2.PdfDocument(document) as pdf:
            shown = range(min(len(pdf), _MOST_PAGES))
            return len(pdf), [pdf[page].get_textpage().get_text_range() for page in shown]
    except pypdfium2.PdfiumError as error:
        return Why.ENCRYPTED if "password" in str(error).casefold() else Why.BROKEN


if __name__ == "__main__":
    main()
