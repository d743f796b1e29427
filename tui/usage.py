"""What is wrong with a command line, in the language that is spoken: argparse says it in English only."""

from __future__ import annotations

import re

from tui.language import _


def told(message: str) -> str:
    """The sentence for what argparse found; its own where it is one that is not known."""
    for pattern, sentence in _sentences():
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return sentence.format(**found.groupdict())
    return message


def _sentences() -> tuple[tuple[str, str], ...]:
    return (
        (r"the following arguments are required: (?P<names>.+)", _("missing: {names}")),
        (r"unrecognized arguments: (?P<names>.+)", _("not understood: {names}")),
        (r"argument (?P<name>.+?): invalid int value: (?P<value>.+)", _("{name}: {value} is not a whole number")),
        (
            r"argument (?P<name>.+?): invalid choice: (?P<value>.+?) \(choose from (?P<choices>.+)\)",
            _("{name}: {value} is none of these: {choices}"),
        ),
        (r"argument (?P<name>.+?): expected (?:one|at least one) argument", _("{name}: its value is missing")),
        (r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)", _("{name} does not go with {other}")),
        (r"argument (?P<name>.+?): ignored explicit argument (?P<value>.+)", _("{name} takes no value: {value}")),
        (r"ambiguous option: (?P<name>.+?) could match (?P<choices>.+)", _("{name} could be: {choices}")),
    )
