"""What goes on when the database does not answer: the screens stay, and so does what they showed."""

from __future__ import annotations

from textual.message import Message
from textual.message_pump import MessagePump

from workflow import Unavailable


class Reaching(MessagePump):
    """Handles what comes to it as far as the database answers; the rest of a handler is left undone where not."""

    def unreached(self, problem: Unavailable) -> None:
        """Say that it does not answer."""
        raise NotImplementedError

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Unavailable as problem:
            self.unreached(problem)
