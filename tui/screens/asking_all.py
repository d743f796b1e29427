"""One question for all that are marked, and one summary of what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from tui import queues, words
from tui.language import _, many
from tui.queues import Carried
from tui.refusals import People
from tui.screens import bulk
from tui.screens.bulk import Attempt, Outcome
from tui.screens.decision import Confirm
from tui.screens.keymap import with_keys
from tui.screens.keys import DIALOG, SUMMARY, bindings
from tui.screens.listing import Listing, Row
from tui.screens.text import Part, line, lines
from workflow import Actor, Obligation

_STEPS = {"j": 1, "down": 1, "k": -1, "up": -1, "space": 5, "pagedown": 5, "pageup": -5}


class AskAll(Confirm):
    """What exactly would be done, what refused, and what others than who asks are at work on.

    Where nothing is possible there is no yes.
    """

    def __init__(self, attempt: Attempt, people: People, name: str) -> None:
        super().__init__(attempt.action, ())
        self._attempt, self._people, self._who = attempt, people, name

    def compose(self) -> ComposeResult:
        """The count, all that it is about, and the two answers."""
        question, yes = bulk.question(self._attempt)
        with Vertical(id="dialog") as dialog:
            dialog.border_title = line(question)
            dialog.border_subtitle = line(_("Enter does nothing"))
            yield Static(line((bulk.counted(self._attempt.reckoning), "bold")))
            with VerticalScroll(id="about-all", can_focus=False):
                yield Static(lines(self._rows()))
            if self._attempt.reckoning.possible:
                yield Static(line((bulk.consequence(self._attempt.action), "dim")))
            cancel = (" Esc  " + _("cancel") + " ", "reverse")
            answer: list[Part] = [("y", "bold"), f"  {yes}      "] if self._attempt.reckoning.possible else []
            yield Static(line(*answer, cancel), id="answers")

    def on_key(self, event: Key) -> None:
        """Scroll what does not fit; all else is for `Confirm`, which Textual asks next."""
        is_yes_to_nothing = event.key == "y" and not self._attempt.reckoning.possible
        if event.key in _STEPS or is_yes_to_nothing:
            event.stop()
            event.prevent_default()
            self.query_one("#about-all").scroll_relative(y=_STEPS.get(event.key, 0), animate=False)

    def _rows(self) -> Iterator[Content]:
        possible, refused = self._attempt.reckoning
        yield from (line(told) for told in bulk.reasons(refused, self._people))
        yield from (line((told, "bold")) for told in bulk.held(possible, self._who))
        yield from (line((f"- {_versioned(one)}", "dim")) for one in possible)


class Summary(ModalScreen[None]):
    """What was done, and what was refused and why."""

    BINDINGS = bindings(SUMMARY)

    def __init__(self, told: str, outcome: Outcome) -> None:
        super().__init__()
        self._told, self._outcome = told, outcome

    def compose(self) -> ComposeResult:
        """The refusals, one below the other."""
        refused = self._outcome.refused
        with VerticalScroll(id="dialog") as dialog:
            were = many("{n} was refused", "{n} were refused", len(refused))
            dialog.border_title = line(were.format(n=words.number(len(refused))))
            dialog.border_subtitle = line(_("Esc closes"))
            yield Static(lines(self._rows()))

    def action_scroll_by(self, step: int) -> None:
        """Scroll by lines."""
        self.query_one("#dialog").scroll_relative(y=step, animate=False)

    def _rows(self) -> Iterator[Content]:
        yield line((self._told or _("Nothing was changed."), "bold"))
        for sentence in self._outcome.refused:
            yield line()
            yield line(sentence)


class Assign(ModalScreen[Actor | None]):
    """To whom: those who could decide it, who holds least first."""

    BINDINGS = bindings(DIALOG)

    def __init__(self, those: Sequence[Obligation], people: Sequence[Carried]) -> None:
        super().__init__()
        self._those = those
        self._people = {one.name: one for one in people}

    def compose(self) -> ComposeResult:
        """One line for each person, with what they hold already."""
        with Vertical(id="dialog") as dialog:
            dialog.border_title = line(_("To whom?"))
            dialog.border_subtitle = line(with_keys(_("{key} picks, Esc cancels"), key="list.select"))
            count = many("{n} document", "{n} documents", len(self._those)).format(n=words.number(len(self._those)))
            what = words.title(self._those[0]) if len(self._those) == 1 else count
            yield Static(line((what, "bold")))
            yield Listing(id="people", flexible=1)

    def on_mount(self) -> None:
        """Listen only when the question can be read."""
        people = self.query_one(Listing)
        people.show({name: _carrier(one) for name, one in self._people.items()})
        self.set_focus(None)
        self.set_timer(Confirm.DEAF, people.focus)

    @on(OptionList.OptionSelected)
    def _pick(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._people[event.option.id or ""].actor)


def _versioned(one: Obligation) -> str:
    return f"{words.title(one)} · " + _("round {n}").format(n=one.round)


def _carrier(one: Carried) -> Row:
    name, role, *held = queues.load(one)
    # All of them could decide it: the unit tells who they are, and both would have to be cut.
    return [name, one.actor.unit if one.actor and one.actor.unit else role, (", ".join(filter(None, held)), "dim")]
