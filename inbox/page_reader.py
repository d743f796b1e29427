"""The child process that reads documents, each in a process of its own that it forks and limits."""

from __future__ import annotations

import gc
import json
import os
import resource
import select
import signal
from errno import ENOMEM
from math import ceil
from socket import recv_fds, socket

from inbox.formats import look, read
from inbox.readings import Depth, Glimpse, Text, Why, Window

_MEMORY = 1 << 30
_MOST_REQUEST = 256  # bytes, several times what the longest takes


def main() -> None:
    """Read what comes through standard input, a socket, until nobody holds its other end."""
    _warm_up()
    parent = socket(fileno=0)
    while _next_document(parent):
        pass


def _warm_up() -> None:
    """Import here, once, what every document's process would import for itself."""
    import docx  # noqa: F401
    import pypdfium2  # noqa: F401
    import python_calamine  # noqa: F401

    gc.freeze()  # what is here stays, and a collection in a fork does not copy its pages


def _next_document(parent: socket) -> bool:
    """Have a fork of this process wait for a document and read it. Whether there may be another."""
    alive, life = os.pipe()
    reader = os.fork()  # in advance, while the parent has not asked yet
    if not reader:
        try:
            _read_one(parent)
        finally:
            os._exit(1)
    os.close(life)
    is_wanted = _has_ended(alive, parent)
    if not is_wanted:
        os.kill(reader, signal.SIGKILL)
    os.close(alive)
    if os.waitpid(reader, 0)[1] and is_wanted:
        parent.send(b"!")
    return is_wanted


def _read_one(parent: socket) -> None:
    request, (document, answer), _flags, _address = recv_fds(parent, _MOST_REQUEST, 2)
    parent.close()
    wanted, seconds = json.loads(request)
    _limit(seconds)
    _say(document, answer, Depth(wanted) if isinstance(wanted, str) else Window(*wanted))


def _has_ended(alive: int, parent: socket) -> bool:
    """Wait for one of the two. `alive` is a pipe into which nobody writes: it ends with the reader that holds it."""
    ends = select.poll()
    ends.register(alive, 0)
    ends.register(parent, 0)
    return any(descriptor == alive for descriptor, _event in ends.poll())


def _limit(seconds: float) -> None:
    # By default the alarm ends a process even from within a library that never comes back to Python.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    for what, limit in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, ceil(seconds)),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (limit, limit))


def _say(document: int, answer: int, wanted: Depth | Window) -> None:
    said: Text | Glimpse | Why
    try:
        said = look(document, wanted) if isinstance(wanted, Window) else read(document, wanted)
    except MemoryError:
        said = Why.TOO_MUCH
    except BaseException as error:  # noqa: BLE001 - a damaged file makes a library raise anything at all
        said = Why.TOO_MUCH if isinstance(error, OSError) and error.errno == ENOMEM else Why.BROKEN
    with open(answer, "wb") as pipe:
        pipe.write(json.dumps(said, ensure_ascii=False).encode() + b"\n")
    os._exit(0)


if __name__ == "__main__":
    main()
