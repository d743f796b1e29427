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
from tui.screens.matters import Row, Subject
from tui.screens.messages import Note
from tui.screens.remark import Remark, Said
from tui.screens.submission import Submission
from tui.screens.text import Part, hanging, line
from tui.session import Session
from tui.workspace import now
from workflow import (
    Action,
    Check,
    CheckItem,
    Checklists,
    Digest,
    Finding,
    InThePast,
    Mark,
    Obligation,
    Refusal,
    WorkflowError,
    judge,
)

# Of what is not there, or does not apply, no page can be named.
_ON_A_PAGE = (Mark.MEETS, Mark.NEEDS_REPAIR)


class Worksheet(OptionList, can_focus=False):
    """Rows of any height. The cursor stays on the same thing when they are drawn again."""

    @dataclass
    class Marked(Message):
        """The checklist says something else now."""

    def __init__(self, session: Session, say: Callable[[str], None]) -> None:
        super().__init__(id="work", markup=False, compact=True)
        self._session, self._say = session, say
        self._checklists = Checklists(session.database, now)
        self._shown: Submission | None = None
        self._rows: Mapping[str, Row] = {}
        self._drawn: list[Content] = []
        self._fitted = Size(0, 0)
        self.checks: Mapping[str, Check] = {}

    @property
    def subject(self) -> Subject:
        """What is under the cursor."""
        chosen = self.highlighted_option
        row = self._rows.get(chosen.id or "") if chosen else None
        return row.subject if row else None

    def show(self, submission: Submission, *, is_another: bool) -> None:
        """Show what there is to go through; the cursor stays, or is at the top of another document."""
        self._shown = submission
        self.checks = self._checklists.of(submission.obligation, self._session.actor)
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
        if at and at.id and not is_another:
            self._go_back_to(before[at.id])
        else:
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
        """Why this person cannot fill in the checklist: it is for those who could send the document back."""
        if self._shown is None:
            return ""
        if self._session.at:
            return refusals.error(InThePast(self._session.at))
        acting = self._session.register.acting(self._session.actor)
        verdict = judge(self._shown.obligation, Action.RETURN, acting)
        return refusals.why(verdict, self._session.people) if isinstance(verdict, Refusal) else None

    def mark(self, mark: Mark, page: int) -> None:
        """Say it of what is under the cursor. The same again of an item takes it back."""
        match self.subject:
            case CheckItem() as item:
                self._mark(item, mark, page)
            case Finding() as finding if mark is Mark.MEETS:
                self._ask(Action.ACCEPT, finding)
            case Finding() as finding if mark is Mark.NEEDS_REPAIR:
                self._write(Action.OPEN_AGAIN, _("Open it again: what is still to be repaired?"), finding)
            case _:
                self._say(_("Marks are for the checklist; of a finding, x accepts the repair and r opens it again."))

    def note(self, page: int) -> None:
        """Write about what is under the cursor: on an item that one has marked a note, elsewhere a comment."""
        match self.subject:
            case CheckItem() as item if self.why_no_mark() is None:
                self._annotate(item, page)
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

    def _go_back_to(self, was: Row) -> None:
        """The cursor on the same row, or the same thing, again; what was said of that is in view below it.

        A finding that was settled meanwhile has gone to the end; whoever goes through them is at the next one.
        """
        rows = [row for row in self._rows.values() if _thing(row) == _thing(was) and not row.is_heading]
        same = was if was.id in self._rows else next(iter(rows), None)
        if (number := _unsettled(was)) and not any(map(_unsettled, rows)):
            behind = next((row for row in self._rows.values() if _unsettled(row) > number), None)
            same, rows = behind or same, [behind] if behind else rows
        if same is None:
            self.action_first()
            return
        self.highlighted = self.get_option_index((rows or [same])[-1].id)
        self.highlighted = self.get_option_index(same.id)

    def _redraw(self) -> None:
        before, self._drawn = self._drawn, self._draw()
        for name, was, drawn in zip(self._rows, before, self._drawn, strict=True):
            if not drawn.is_same(was):
                self.replace_option_prompt(name, drawn)

    def _draw(self) -> list[Content]:
        width, at = self.scrollable_content_region.width, self.highlighted
        rows = enumerate(self._rows.values())
        return [hanging(_signed(">" if i == at else " ", row.head), row.said, width) for i, row in rows]

    def _mark(self, item: CheckItem, mark: Mark, page: int) -> None:
        was = self.checks.get(item.code)
        if was and was.mark is mark:
            self._keep(item, None)
        else:
            kept = (was.page if was else 0) or page
            self._keep(item, Check(item.code, mark, kept if mark in _ON_A_PAGE else 0, was.note if was else ""))

    def _annotate(self, item: CheckItem, page: int) -> None:
        check = self.checks.get(item.code)
        if check is None:
            self._say(_("Mark it first: x meets, r needs repair, f not found, - not applicable."))
            return
        text, where = words.check_item(item), check.page or (page if check.mark in _ON_A_PAGE else 0)
        dialog = Remark(_("Note on the item"), text, text=check.note, page=where)
        content = self._shown.obligation.content if self._shown else None
        self.app.push_screen(dialog, partial(self._keep_note, item, check, content))

    def _keep_note(self, item: CheckItem, check: Check, content: Digest | None, said: Said | None) -> None:
        if said is None or self._shown is None:
            return
        if self._shown.obligation.content == content:
            self._keep(item, check._replace(note=said.text, page=said.page))
        else:
            self._say(_("A newer file has arrived; your note was about the one before, and is not kept."))

    def _keep(self, item: CheckItem, check: Check | None) -> None:
        """At once, on the version that is shown; None takes it back."""
        if self._shown is None:
            return
        if reason := self.why_no_mark():
            self._say(reason)
            return
        o, actor = self._shown.obligation, self._session.actor
        try:
            if check is None:
                self._checklists.untick(o, actor, item.code)
            else:
                self._checklists.tick(o, actor, item.code, check.mark, page=check.page, note=check.note)
        except WorkflowError as problem:
            self._say(refusals.error(problem, self._session.people))
        self.show(self._shown, is_another=False)
        self.post_message(self.Marked())

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
            about = words.defect(finding.defect) if finding else words.title(o)
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


def _thing(row: Row) -> object:
    """What a row is about, however that stands by now."""
    return row.subject.number if isinstance(row.subject, Finding) else row.subject


def _unsettled(row: Row) -> int:
    """The number of the finding that it is about, when somebody has to act on that; else 0."""
    finding = row.subject if isinstance(row.subject, Finding) else None
    return finding.number if finding and not repairs.is_settled(finding) else 0
