"""The line that a search is typed on, and the thread that searches beside the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from textual import work
from textual.events import Key
from textual.message import Message

from inbox import Found
from tui.desk import Answer, Desk
from tui.errors import UsageError
from tui.language import _, language
from tui.screens.entries import Entry
from tui.session import Session
from workflow import Unavailable, completions

Done = TypeVar("Done")


class Beside:
    """A desk in a thread of its own: no key waits for what is searched. Whatever is asked of it comes in turn."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="search")
        self._desk: Desk | None = None

    async def ask(self, line: str, *, shown: int, length: int, is_typing: bool) -> Answer:
        """Search for it. Raises UsageError, Unavailable."""
        return await self._do(partial(Desk.ask, line=line, shown=shown, length=length, is_typing=is_typing))

    async def count(self, lines: Iterable[str]) -> list[Found]:
        """How much each of them finds."""
        return await self._do(partial(Desk.count, lines=list(lines)))

    async def complete(self, word: str) -> list[str]:
        """How a filter that is being typed can go on."""
        return await self._do(lambda desk: completions(word, desk.names(), language()))

    async def step(self) -> bool:
        """Take a little more into the index where nobody else does. Whether there may be more."""
        return await self._do(Desk.step)

    def close(self) -> None:
        """Let go of everything, once what is asked is done."""
        self._thread.submit(self._leave)
        self._thread.shutdown(wait=False)

    async def _do(self, work: Callable[[Desk], Done]) -> Done:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._at_desk, work)

    def _at_desk(self, work: Callable[[Desk], Done]) -> Done:
        self._desk = self._desk or Desk(self._session.again())
        return work(self._desk)

    def _leave(self) -> None:
        if self._desk:
            self._desk.close()


class AskingLine(Entry):
    """Words and filters. Down leaves it for what was found, and Tab completes a filter."""

    class Left(Message):
        """To what was found."""

    @dataclass
    class Completed(Message):
        """A filter was completed as far as that is clear; what is left to choose from."""

        choices: Sequence[str]

    def __init__(self, said: str, desk: Beside) -> None:
        placeholder = _('words, "phrases" and filters such as office:diskes is:late')
        super().__init__(said, placeholder=placeholder, id="asked", compact=True, select_on_focus=False)
        self._desk = desk

    def on_key(self, event: Key) -> None:
        """What does something here besides typing."""
        if event.key not in ("down", "tab"):
            return
        event.stop()
        event.prevent_default()
        if event.key == "down":
            self.post_message(self.Left())
        else:
            self._complete(self.value[: self.cursor_position].rpartition(" ")[2])

    @work(exclusive=True, group="completing")
    async def _complete(self, word: str) -> None:
        try:
            ways = await self._desk.complete(word)
        except (UsageError, Unavailable):
            return  # the search says so, or the application
        before = self.value[: self.cursor_position]
        if ways and before.endswith(word):
            whole = ways[0]
            while not all(way.startswith(whole) for way in ways):
                whole = whole[:-1]
            end = " " if len(ways) == 1 and not whole.endswith(":") else ""
            self.replace(whole + end, len(before) - len(word), len(before))
            # After it was typed, which takes away what could be chosen before.
            self.call_after_refresh(self.post_message, self.Completed(ways if len(ways) > 1 else ()))
