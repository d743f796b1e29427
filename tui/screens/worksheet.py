"""The checklist, the findings and the comments of a document as one list, and what a person says of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from textual.content import Content
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui import refusals, words
from tui.language import _
from tui.screens import matters, repairs
from tui.screens.decision import Confirm
from tui.screens.keymap import with_keys
from tui.screens.matters import Row, Subject
from tui.screens.messages import Note
from tui.screens.remark import Remark, Said
from tui.screens.submission import Submission
from tui.screens.text import Part, hanging, line
from tui.screens.ticks import MARK_KEYS, ON_A_PAGE, Ticks
from tui.session import Session
from workflow import Action, Check, CheckItem, Digest, Finding, Mark, Obligation


class Worksheet(OptionList, can_focus=False):
    """Rows of any height. The cursor stays on the same thing when they are drawn again."""

    @dataclass
    class Marked(Message):
        """The checklist says something else now."""

    def __init__(self, session: Session, say: Callable[[str], None]) -> None:
        super().__init__(id="work", markup=False, compact=True)
        self._session, self._say = session, say
        self._ticks = Ticks(session)
        self._marked_last: CheckItem | None = None
        self._shown: Submission | None = None
        self._rows: Mapping[str, Row] = {}
        self._drawn: list[Content] = []
        self._fitted = Size(0, 0)

    @property
    def checks(self) -> Mapping[str, Check]:
        """What this person has said of the items, by their codes."""
        return self._ticks.checks

    @property
    def subject(self) -> Subject:
        """What is under the cursor."""
        chosen = self.highlighted_option
        row = self._rows.get(chosen.id or "") if chosen else None
        return row.subject if row else None

    def show(self, submission: Submission, *, is_another: bool) -> None:
        """Show what there is to go through; the cursor stays, or is at the top of another document."""
        self._shown = submission
        self._ticks.read(submission.obligation)
        if is_another:
            self._marked_last = None
        self.border_title = line(matters.summary(submission, self.checks) or _("comments"))
        before, at = self._rows, self.highlighted_option
        zone, is_marking = self._session.workspace.zone, self.why_no_mark() is None
        rows = matters.rows(submission, self.checks, zone, is_marking=is_marking)
        self._rows = {row.id: row for row in rows}
        if not is_another and list(before) == list(self._rows):
            self._redraw()
            return
        self._drawn = self._draw()
        pairs = zip(self._rows.values(), self._drawn, strict=True)
        self.set_options(Option(content, row.id, disabled=row.is_heading) for row, content in pairs)
        again = matters.again(before[at.id], rows) if at and at.id and not is_another else []
        for row in again:
            self.highlighted = self.get_option_index(row.id)
        if not again:
            self.action_first()
            self.scroll_home(animate=False)

    def move_page(self, step: int) -> None:
        """The cursor by a page."""
        move: Callable[[], None] = self.action_page_down if step > 0 else self.action_page_up
        move()

    def go_to_item(self, number: int) -> bool:
        """The cursor to an item of the checklist, by its number. Whether there is one."""
        items = self._shown.obligation.requirement.checklist if self._shown else ()
        if 1 <= number <= len(items):
            self.highlighted = self.get_option_index(matters.item_id(items[number - 1]))
        return 1 <= number <= len(items)

    def why_no_mark(self) -> str | None:
        """Why this person cannot fill in the checklist."""
        return self._ticks.why_not(self._shown.obligation) if self._shown else ""

    def mark(self, mark: Mark, page: int) -> None:
        """Say it of what is under the cursor, and go on to what is not marked yet. The same again takes it back."""
        match self.subject:
            case CheckItem() as item:
                check = self._ticks.marked(item, mark, page)
                if self._keep(item, check) and check:
                    self._go_on(item)
            case Finding() as finding if mark is Mark.MEETS:
                self._ask(Action.ACCEPT, finding)
            case Finding() as finding if mark is Mark.NEEDS_REPAIR:
                self._write(Action.OPEN_AGAIN, _("Open it again: what is still to be repaired?"), finding)
            case _:
                told = _("Marks are for the checklist; of a finding, {meets} accepts it, {repair} opens it.")
                self._say(with_keys(told, **MARK_KEYS))

    def take_back(self) -> None:
        """Back to what was marked last, which is not marked any more."""
        if self._marked_last is None:
            self._say(_("You have marked nothing here yet."))
        elif self._keep(self._marked_last, None):
            self.highlighted = self.get_option_index(matters.item_id(self._marked_last))

    def note(self, page: int, last: int) -> None:
        """Write about what is under the cursor: on an item that one has marked a note, elsewhere a comment.

        Where the cursor has gone on by itself, it is about what was marked last. `last` is the document's last page,
        0 where that is not known.
        """
        match self.subject:
            case CheckItem() as item if self.why_no_mark() is None:
                has_gone_on = self._marked_last and item.code not in self.checks and item == self._next()
                self._annotate(self._marked_last if self._marked_last and has_gone_on else item, page, last)
            case Finding() as finding:
                self._write(Action.COMMENT, _("Comment on finding {n}").format(n=finding.number), finding)
            case _:
                self.comment()

    def comment(self) -> None:
        """Write about the document as a whole."""
        self._write(Action.COMMENT, _("Comment on the document"), None)

    def answer(self) -> None:
        """Say how a finding was repaired: the one under the cursor, or else go to the first one there is."""
        subject = self.subject
        if isinstance(subject, Finding):
            self._write(Action.ANSWER, _("How was finding {n} repaired?").format(n=subject.number), subject)
        elif self._shown and self._shown.findings:
            first = repairs.in_order(self._shown.findings)[0]
            self.highlighted = self.get_option_index(matters.finding_id(first))
        elif self._shown:
            self._is_possible(Action.ANSWER, self._shown.obligation)

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Move the sign of the cursor: it is to be seen without colours too."""
        super().watch_highlighted(highlighted)
        if highlighted is not None:
            self._redraw()

    def on_resize(self, event: Resize) -> None:
        """Wrap the rows to the new width; keys may have come before there was any. More rows are no new size."""
        if event.size != self._fitted:
            self._fitted = event.size
            self._redraw()
            self.scroll_home(animate=False)
            self.scroll_to_highlight()

    def _redraw(self) -> None:
        before, self._drawn = self._drawn, self._draw()
        for name, was, drawn in zip(self._rows, before, self._drawn, strict=True):
            if not drawn.is_same(was):
                self.replace_option_prompt(name, drawn)

    def _draw(self) -> list[Content]:
        width, at = self.scrollable_content_region.width, self.highlighted
        rows = enumerate(self._rows.values())
        return [hanging(_signed(">" if i == at else " ", row.head), row.said, width) for i, row in rows]

    def _go_on(self, item: CheckItem) -> None:
        """To the item that comes next, where any is left."""
        self._marked_last = item
        if following := self._next():
            self.highlighted = self.get_option_index(matters.item_id(following))

    def _next(self) -> CheckItem | None:
        """The item that comes after the one that was marked last."""
        o, last = self._shown and self._shown.obligation, self._marked_last
        return self._ticks.next_open(o, last) if o and last else None

    def _annotate(self, item: CheckItem, page: int, last: int) -> None:
        check = self.checks.get(item.code)
        if check is None:
            told = _("Mark it first: {meets} meets, {repair} needs repair, {lacks} not found, {other} not to apply.")
            self._say(with_keys(told, **MARK_KEYS))
            return
        text, where = words.check_item(item), check.page or (page if check.mark in ON_A_PAGE else 0)
        dialog = Remark(_("Note on the item"), text, text=check.note, page=where, last_page=last)
        content = self._shown.obligation.content if self._shown else None
        self.app.push_screen(dialog, partial(self._keep_note, item, check, content))

    def _keep_note(self, item: CheckItem, check: Check, content: Digest | None, said: Said | None) -> None:
        if said is None or self._shown is None:
            return
        if self._shown.obligation.content == content:
            self._keep(item, check._replace(note=said.text, page=said.page))
        else:
            self._say(_("A newer file has arrived; your note was about the one before, and is not kept."))

    def _keep(self, item: CheckItem, check: Check | None) -> bool:
        """At once, on the version that is shown; None takes it back. Whether that was possible."""
        if self._shown is None:
            return False
        if reason := self._ticks.keep(self._shown.obligation, item, check):
            self._say(reason)
            return False
        self.show(self._shown, is_another=False)
        self.post_message(self.Marked())
        return True

    def _ask(self, action: Action, finding: Finding) -> None:
        if self._shown and self._is_possible(action, self._shown.obligation, finding):
            o = self._shown.obligation
            about = (words.title(o), f"{finding.number}. {repairs.told(self._shown, finding)}")
            self.app.push_screen(Confirm(action, about), partial(self._confirm, action, o, finding))

    def _confirm(self, action: Action, o: Obligation, finding: Finding, answer: bool | None) -> None:
        if answer:
            self.post_message(Note(action, o, about=(finding.number,)))

    def _write(self, action: Action, title: str, finding: Finding | None) -> None:
        if self._shown and self._is_possible(action, self._shown.obligation, finding):
            o = self._shown.obligation
            about = repairs.fault(self._shown, finding) if finding else words.title(o)
            self.app.push_screen(Remark(title, about), partial(self._wrote, action, o, finding))

    def _wrote(self, action: Action, o: Obligation, finding: Finding | None, said: Said | None) -> None:
        if said and said.text:
            self.post_message(Note(action, o, said.text, (finding.number,) if finding else ()))

    def _is_possible(self, action: Action, o: Obligation, finding: Finding | None = None) -> bool:
        """Whether it can be tried, of this finding; what would refuse it is said."""
        # As if it were the only finding: of the others it may be possible or not.
        seen = o._replace(findings=(finding.state,)) if finding else o
        refusal = self._session.register.why_not(action, seen, self._session.actor)
        if refusal:
            self._say(refusals.why(refusal, self._session.people))
        return refusal is None


def _signed(sign: str, head: Part) -> Part:
    return sign + head if isinstance(head, str) else (sign + head[0], head[1])
