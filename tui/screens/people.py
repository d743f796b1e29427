"""The people: what each holds and has done, and who acts for whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from tui import everybody, mandates, people, refusals
from tui.errors import UsageError
from tui.everybody import Person
from tui.language import _
from tui.screens import person, views
from tui.screens.bars import Bar
from tui.screens.keymap import with_keys
from tui.screens.keys import PEOPLE, Key, bindings
from tui.screens.listing import Listing
from tui.screens.mandating import Delegate, Wish
from tui.screens.person import PersonScreen
from tui.screens.remark import Remark, Said
from tui.screens.text import NOTHING, Part, line
from tui.screens.view import View
from tui.session import Session
from tui.workspace import now
from workflow import InThePast, Mandate, Mandates, Role, WorkflowError


class PeopleScreen(View):
    """Everybody, who holds most first; what the one under the cursor has done lately beside them."""

    KEYS = PEOPLE
    BINDINGS = bindings(PEOPLE)
    SHOWS_VIEWS = True
    AUTO_FOCUS = "#everybody"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._people: dict[str, Person] = {}

    def body(self) -> ComposeResult:
        """The people, below what the columns are, and the panel of one of them."""
        yield Bar(id="headings")
        with Horizontal(id="body"):
            yield Listing(id="everybody", flexible=1, headings=everybody.headings())
            yield Static(NOTHING, id="empty")
            with VerticalScroll(id="side", can_focus=False):
                yield Static(NOTHING, id="known")

    def reread(self) -> None:
        """Read what everybody holds, the cursor on the same person."""
        asked = self.session
        self._people = {one.name: one for one in everybody.everybody(asked, asked.obligations())}
        at, zone = asked.at or now(), asked.workspace.zone
        self._listing.show({name: person.row(one, at, zone) for name, one in self._people.items()})
        self.query_one("#empty", Static).update(line((everybody.emptiness(), "dim")))
        self.set_class(not self._people, "-empty")
        self._show_known()

    def place(self) -> list[Part]:
        """The views, and how much waits in each."""
        return self.tabs(views.PEOPLE)

    def detail(self) -> Content:
        """The person under the cursor; why there is nobody else, or nobody, listed."""
        if self.session.register.within is not None:
            told = _("People of an office see themselves only. Who reviews what, {about} tells of each document.")
            return line(" ", with_keys(told, about="about.about"))
        if not self.session.people and self._people:
            return line(" ", everybody.emptiness())
        return person.detail(self._chosen) if self._chosen else NOTHING

    def refresh_bars(self) -> None:
        """Also what the columns are."""
        super().refresh_bars()
        self.query_one("#headings", Bar).show(self._listing.heading)

    def fit(self) -> None:
        """The panel stands only beside a wide list."""
        self._show_known()

    def why_closed(self, key: Key) -> str:
        """One's own place is given to another, and what is over is not ended; nothing is in the past."""
        if key.id in ("delegate", "revoke") and self.session.at:
            return refusals.error(InThePast(self.session.at))
        if key.id == "delegate" and (self._chosen is None or self._chosen.name == self.session.actor.name):
            return _("Nobody acts in their own place; go to somebody else.")
        if key.id == "revoke" and self._revocable is None:
            return _("This person has no mandate that is yours to end.")
        return ""

    @property
    def _listing(self) -> Listing:
        return self.query_one(Listing)

    @property
    def _chosen(self) -> Person | None:
        return self._people.get(self._listing.chosen or "")

    @property
    def _revocable(self) -> Mandate | None:
        """The first mandate of the person under the cursor that this person may end."""
        actor = self.session.actor
        for one in self._chosen.mandates if self._chosen else ():
            if actor.role is Role.ADMINISTRATOR or actor.name in (one.giver, one.on_behalf):
                return one
        return None

    @on(OptionList.OptionHighlighted)
    def _show_known(self) -> None:
        self.refresh_bars()
        if not self.has_class("-wide"):
            return
        pane = self.query_one("#side", VerticalScroll)
        width = pane.scrollable_content_region.width
        told = person.known(self.session, self._chosen, width) if self._chosen else NOTHING
        self.query_one("#known", Static).update(told)
        pane.scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        """List what this person holds."""
        if self._chosen:
            self.app.push_screen(PersonScreen(self.session, self._chosen))

    def action_delegate(self) -> None:
        """Ask from when until when, and why."""
        if self.may("delegate") and self._chosen:
            self.app.push_screen(Delegate(self._chosen.name, self.session.today(), self._delegate))

    def action_revoke(self) -> None:
        """Ask why."""
        one = self._revocable
        if not self.may("revoke") or one is None:
            return
        at, zone = now(), self.session.workspace.zone
        about = " ".join(" ".join(mandates.told(one, at.isoformat(), zone)).split())
        self.app.push_screen(Remark(_("End mandate {n}? Why?").format(n=one.number), about), self._revoked(one))

    def _delegate(self, wish: Wish) -> str:
        """Let the person act in one's place; what is wrong with the wish, nothing where it was granted."""
        asked = self.session

        def give() -> Mandate:
            to = people.listed(wish.name, asked.people)
            mandates.check_fits(to, asked.actor.role, asked.actor.unit)
            days = mandates.span(wish.begins, wish.ends, asked.today(), asked.workspace.zone)
            return Mandates(asked.database, now).delegate(asked.actor, to.name, *days, wish.note)

        return self._try(give, _("{name} acts in your place.").format(name=wish.name))

    def _revoked(self, one: Mandate) -> Callable[[Said | None], None]:
        def end(said: Said | None) -> None:
            if said is None:
                return
            revoke = Mandates(self.session.database, now).revoke
            told = _("Mandate {n} is ended.").format(n=one.number)
            if problem := self._try(lambda: revoke(one.number, self.session.actor, said.text), told):
                self.say(problem, is_warning=True)

        return end

    def _try(self, work: Callable[[], Mandate], done: str) -> str:
        """Do it and say so, or tell why it cannot be done."""
        try:
            work()
        except UsageError as problem:
            return str(problem)
        except WorkflowError as problem:
            return refusals.error(problem, self.session.people)
        self.is_old = True
        self.freshen()
        self.say(done)
        return ""

    def line_keys(self) -> Sequence[Key]:
        """What can be done, what ends a mandate only where there is one."""
        return [key for key in self.KEYS if key.id != "revoke" or self._revocable]
