"""All of the command line: choose the language, read what was typed, run one verb."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tui import language, troubles, verbs
from tui.command_line import parser
from tui.commands import verb
from tui.errors import UsageError
from tui.language import _
from tui.workspace import find
from workflow import WorkflowError, plain


def run(arguments: Sequence[str]) -> int:
    """Run a verb and return its exit code: 0 done, 1 refused, 2 not understood or not possible."""
    if _is_of_a_key(arguments):
        return _serve([*arguments[:-1]])
    language.use(_language(arguments))
    return _run(arguments, parser().parse_args(arguments))


def _is_of_a_key(arguments: Sequence[str]) -> bool:
    """Whether it is what stands before a key: `--workspace FOLDER --as NAME serve`."""
    return len(arguments) == 5 and arguments[4] == "serve" and {*arguments[0:4:2]} == {"--workspace", "--as"}


def _serve(own: list[str]) -> int:
    """Run what somebody has typed behind `ssh`, as if it stood in place of `serve`, if it may come that way."""
    # Not at the top: only over SSH.
    from tui import over_ssh, serving

    typed = serving.begin()
    language.use(_language([*own, *typed.split()]))
    try:
        words = over_ssh.words(typed)
        if not words and not (sys.stdin.isatty() and sys.stdout.isatty()):
            words = ["status"]
        arguments = [*own, *words]
        options = parser().parse_args(arguments)
        over_ssh.check(options)
    except UsageError as problem:
        serving.write_down(Path(str(_option("--workspace", own))), str(_option("--as", own)), typed)
        print(problem, file=sys.stderr)
        return 2
    return _run(arguments, options)


def _run(arguments: Sequence[str], options: Namespace) -> int:
    try:
        _check_named_once(arguments)
        verbs.check(options)
        return verb(options)(options)
    except WorkflowError as problem:
        return _refused(problem, options.workspace)
    except UsageError as problem:
        print(problem, file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of a pipe has seen enough; the interpreter must not try to flush into it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except OSError as problem:
        if problem.filename is None:
            raise
        print(plain(troubles.told(problem)), file=sys.stderr)
        return 2


def _language(arguments: Sequence[str]) -> str:
    """The help itself is in the language that is asked for, so it is looked up before the line is parsed."""
    setting = None
    with suppress(UsageError, OSError):
        setting = find(_option("--workspace", arguments), os.environ, Path.cwd()).settings.lang
    return language.choose(_option("--lang", arguments), os.environ, setting)


def _check_named_once(arguments: Sequence[str]) -> None:
    """Who somebody is, and where, a forced command says before what they have typed: that alone counts."""
    for option in ("--as", "--workspace"):
        if sum(argument.partition("=")[0] == option for argument in arguments) > 1:
            raise UsageError(_("{option} may be given once only.").format(option=option))


def _option(name: str, arguments: Sequence[str]) -> str | None:
    for place, argument in enumerate(arguments):
        if argument == name:
            return "".join(arguments[place + 1 : place + 2]) or None
        if argument.startswith(f"{name}="):
            return argument.partition("=")[2]
    return None


def _refused(problem: WorkflowError, workspace: str | None) -> int:
    from tui import people, refusals

    try:
        listed = people.present(find(workspace, os.environ, Path.cwd()))
    except (UsageError, OSError, WorkflowError):
        listed = {}
    print(refusals.error(problem, listed), file=sys.stderr)
    return refusals.exit_code(problem)
