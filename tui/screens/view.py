"""What every view has: bars above and below, keys, fresh data, and a word when the terminal is too small."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen

from tui.language import _
from tui.screens import bars, keymap, views
from tui.screens.bars import Bar
from tui.screens.keys import BACK, UNDO, VIEWS, Key, bindings
from tui.screens.messages import Undo
from tui.screens.notices import Notice, instead, is_too_small
from tui.screens.places import PLACES, Place
from tui.screens.reaching import Reaching
from tui.screens.text import NOTHING, Part, between
from tui.session import Session
from workflow import Obligation, Power, Unavailable, is_waiting, permits, plain

if TYPE_CHECKING:
    from inbox import Held
    from tui.screens.palette import Offer

_LONG = 0.4  # seconds; what takes longer to read is announced


class View(Reaching, Screen[None]):
    """A screen that shows the register and reads it again when it has moved. Who lacks what it `NEEDS` is told so."""

    NEEDS: ClassVar = Power.SEE
    KEYS: ClassVar[tuple[Key, ...]] = ()
    SHOWS_VIEWS: ClassVar = False
    PANEL: ClassVar = "#side"
    DIGITS_PICK: ClassVar = False
    BINDINGS = bindings(VIEWS, UNDO, BACK)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-broad"), (130, "-wide")]
    ALLOW_SELECT = False

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.is_old = True
        self._is_composed = False
        self._took = 0.0
        self._fitted: Size | None = None
        self._waiting = 0

    def compose(self) -> ComposeResult:
        """The bars around the body."""
        # Textual sets it after the first picture, which would be drawn for another width.
        self.add_class(max(one for one in self.HORIZONTAL_BREAKPOINTS if one[0] <= self.app.size.width)[1])
        yield Bar(id="top").set_class(self.session.workspace.settings.training, "-training")
        yield Notice(id="notice")
        yield from self.body()
        yield Bar(id="detail")
        yield Bar(id="keys")
        yield Notice(id="instead")

    def tabs(self, here: str) -> list[Part]:
        """The views, this one marked, and how much waits in those that count it."""
        return views.tabs(here, {views.QUEUE: self._waiting, views.INBOX: self.session.quarantine.count()})

    def body(self) -> ComposeResult:
        """What stands between the bars."""
        raise NotImplementedError

    def reread(self) -> None:
        """Read the register again and show it, the cursor on the same thing."""
        raise NotImplementedError

    def place(self) -> list[Part]:
        """Where one is: the left end of the top bar."""
        raise NotImplementedError

    def detail(self) -> Content:
        """What the line above the keys says."""
        return NOTHING

    def line_keys(self) -> Sequence[Key]:
        """The keys of the line at the bottom, what matters most first."""
        return self.KEYS

    @property
    def there(self) -> Place:
        """Where one stands, as the table of keys has it."""
        return PLACES[self.KEYS[0].scope]

    def why_closed(self, key: Key) -> str:  # noqa: ARG002  # a view says it of some of its keys
        """Why the key does nothing now, and is grey; nothing where it does something."""
        return ""

    def reason(self, key: Key) -> str:
        """The same, and that nobody decides on what may have moved unseen."""
        return self.why_closed(key) or (self.session.reach.told(self.session.workspace.zone) if key.is_danger else "")

    def is_open(self, key: Key) -> bool:
        """Whether the key does something now."""
        return not self.reason(key)

    def may(self, name: str) -> bool:
        """Whether what this key does, by its id, can be done now; the person is told why where it cannot."""
        reason = next((self.reason(key) for key in self.there.keys if key.id == name), "")
        if reason:
            self.say(reason, is_warning=True)
        return not reason

    @property
    def chosen(self) -> Obligation | None:
        """What is under the cursor, or what is shown; most views have neither."""
        return None

    def decided(self, obligation: Obligation) -> None:
        """This person has just moved an obligation."""

    def undone(self, obligation: Obligation) -> None:
        """This person has just taken a decision back."""

    def placed(self, held: Held, obligation: Obligation) -> None:
        """This person has just placed what waited in quarantine."""

    def sorted_out(self) -> None:
        """This person has just turned away something that waited, or asked again where all of it belongs."""

    def freshen(self) -> None:
        """Read again if something has moved since, and bring the bars up to date. What was read stays meanwhile."""
        if not self._is_ready:
            return
        if not self.is_old or permits(self.session.actor, self.NEEDS):
            self._bring_up_to_date()
        elif self._took < _LONG:
            self._read()
        else:
            self._notice(_("Reading again; what is shown is from before."))
            self.call_after_refresh(self._read)

    def _read(self) -> None:
        if not self.is_old:
            return  # announced twice, and read meanwhile
        began = perf_counter()
        try:
            if self.SHOWS_VIEWS:
                self._waiting = sum(is_waiting(o, self.session.actor) for o in self.session.obligations())
            self.reread()
            self.is_old = False
            self.session.reach.found()
        except Unavailable as problem:
            self.session.reach.lost(problem)
        self._took = perf_counter() - began
        self._bring_up_to_date()

    def _bring_up_to_date(self) -> None:
        try:
            self.refresh_bars()
        except Unavailable as problem:
            self.session.reach.lost(problem)
        self._notice(self.session.reach.told(self.session.workspace.zone))
        self.query_one("#instead", Notice).tell(instead(self.session, self.NEEDS, self.size))

    def unreached(self, problem: Unavailable) -> None:
        """Say how old what is shown is, until the database answers."""
        self.session.reach.lost(problem)
        self._notice(self.session.reach.told(self.session.workspace.zone))

    def _notice(self, told: str) -> None:
        self.query_one("#notice", Notice).tell(told)

    def refresh_bars(self) -> None:
        """Bring the bars up to date."""
        width = self.app.size.width
        place = views.brief(self.place()) if self.SHOWS_VIEWS and self.has_class("-narrow") else self.place()
        self.query_one("#top", Bar).show(
            between(place, bars.situation(self.session, is_counted=self.SHOWS_VIEWS), width)
        )
        self.query_one("#detail", Bar).show(self.detail())
        self.query_one("#keys", Bar).show(bars.key_line(self.line_keys(), BACK, self.is_open, self.shown, width))

    def say(self, sentence: str, *, is_warning: bool = False) -> None:
        """Tell the person something, for a few seconds. The latest is what counts."""
        self.app.clear_notifications()
        self.notify(plain(sentence), severity="warning" if is_warning else "information", timeout=8, markup=False)

    @property
    def is_too_small(self) -> bool:
        """Whether there is no room to show what one would decide on."""
        return is_too_small(self.size)

    def on_mount(self) -> None:
        """Have something to show in the first picture already."""
        self._is_composed = True
        self.freshen()

    def on_screen_resume(self) -> None:
        """Catch up with what moved while another view was on top."""
        self.call_after_refresh(self.freshen)

    def on_resize(self) -> None:
        """Fit everything to a new size; Textual says the same one several times."""
        if self.size != self._fitted:
            self._fitted = self.size
            self.call_after_refresh(self._refit)

    def fit(self) -> None:
        """Draw again what depends on the width, besides the bars."""

    def _refit(self) -> None:
        self.freshen()
        if self._is_ready:
            self.fit()

    @property
    def _is_ready(self) -> bool:
        """Whether it is there to be drawn: composed, and not closed meanwhile."""
        return self._is_composed and self.app.is_running and self in self.app.screen_stack

    def action_help(self) -> None:
        """Say what this view is for, and list its keys."""
        from tui.screens.help import Help

        about = self.there.about() if self.there.about else ""
        self.app.push_screen(Help(about, self.help_keys(), self.reason))

    def action_palette(self) -> None:
        """Ask for what is to be done, or where to go, by words."""
        from tui.screens import offers
        from tui.screens.palette import Palette

        self.app.clear_notifications()
        self.app.push_screen(Palette(offers.here(self), offers.elsewhere(self)), self._take)

    def help_keys(self) -> Sequence[Key]:
        """All keys that do something here; a digit opens no view where it picks what is numbered."""
        unheard = {key for key in VIEWS if self.DIGITS_PICK and keymap.shown(key).isdecimal()}
        said = {key.help() for key in self.there.keys if key.keys}
        return [key for key in self.there.keys if key not in unheard and (key.keys or key.help() not in said)]

    def shown(self, key: Key) -> str:
        """What is to be pressed for it here."""
        return keymap.shown(key, self.there.keys)

    def perform(self, key: Key) -> None:
        """Do what the key does where one stands."""
        action = key.action or key.id
        nodes = [*self.focused.ancestors_with_self] if self.focused else [self]
        name = f"action_{action.partition('(')[0]}"
        self.call_later(self.app.run_action, action, next((one for one in nodes if hasattr(one, name)), self))

    def _take(self, offer: Offer | None) -> None:
        if offer:
            offer.run()

    def action_about(self) -> None:
        """Tell all about what is under the cursor."""
        # Not at the top: the first picture waits for nothing that is asked for later.
        from tui.screens.about import About

        if self.chosen:
            self.app.push_screen(About(self.session, self.chosen))
        else:
            self.say(_("There is no document under the cursor."))

    def action_scroll_panel(self, step: int) -> None:
        """Scroll what stands beside or below, which never has the focus."""
        self.query_one(self.PANEL).scroll_relative(y=3 * step, animate=False)

    def action_close(self) -> None:
        """Back to the view below."""
        self.dismiss()

    def action_back(self) -> None:
        """One step back."""
        self.action_close()

    def action_undo(self) -> None:
        """Take back the last decision."""
        self.post_message(Undo(None))
