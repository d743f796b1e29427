"""Text from outside, made harmless to a terminal."""

from __future__ import annotations

from functools import cache

TYPE_CHECKING = False  # as in workflow.counting
if TYPE_CHECKING:
    import re

# Controls, C1, soft hyphens, bidirectional overrides, zero-width and tag characters, lone surrogates: an escape
# sequence in a file name can write the clipboard, retitle the window or paint a false "approved".
_UNSAFE = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def plain(text: str) -> str:
    """One line of it: what a terminal would obey becomes U+FFFD, line ends and tabs become blanks."""
    return plain_lines(text).replace("\n", " ").replace("\t", " ")


def plain_lines(text: str) -> str:
    """All lines of it, each as `plain` leaves it but for tabs."""
    return _unsafe().sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


@cache
def _unsafe() -> re.Pattern[str]:
    import re

    return re.compile(_UNSAFE)
