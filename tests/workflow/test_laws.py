"""What section 7 of the design promises, whatever several people try on what they saw a while ago."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.workflow.conftest import (
    ANI,
    BUDI,
    DEWI,
    DINKES,
    DISDIK,
    FIRST_FILE,
    HADI,
    NEWER_FILE,
    REQUIREMENTS,
    SARI,
    WATI,
    Clock,
    everything,
    open_region,
    small_catalogue,
)
from workflow import (
    ON_THE_SIDE,
    Action,
    Actor,
    AuditRecord,
    Database,
    Digest,
    Obligation,
    Refused,
    Role,
    Stale,
    State,
    Terms,
    is_allowed,
    verify,
)
from workflow.terms import NO_TERMS

NAMES = ("dinkes/lkjip/2025", "disdik/dpa/2026")  # the second needs no review
ONE_OF_THEM = st.sampled_from((*NAMES[:1], *NAMES))
TONO = Actor("tono", Role.OFFICE, "dinkes")
JOKO = Actor("joko", Role.LEADER)
SARI_PROMOTED = Actor("sari", Role.APPROVER)
PEOPLE = (DINKES, DISDIK, TONO, SARI, DEWI, HADI, BUDI, SARI_PROMOTED, WATI, ANI, JOKO)
DECIDERS = (SARI, SARI_PROMOTED, HADI, BUDI, WATI)
DECISIONS = (Action.REVIEW, Action.REVIEW, Action.APPROVE, Action.APPROVE, Action.RETURN, Action.REOPEN)
ONWARD = {
    State.DRAFT: (Action.SUBMIT,),
    State.SUBMITTED: (Action.APPROVE, Action.REVIEW),
    State.REVIEWED: (Action.APPROVE,),
    State.APPROVED: (Action.REOPEN,),
}
MOVES = tuple(action for action in Action if action is not Action.UNDO)
FILES = (FIRST_FILE, NEWER_FILE)
CATALOGUE = small_catalogue(requirements=REQUIREMENTS.replace("working_days", "days"))


class Attempt(NamedTuple):
    """What someone asks of the register, on an obligation as they saw it."""

    action: Action
    seen: Obligation
    actor: Actor
    content: Digest | None = None
    note: str = ""
    findings: tuple[str, ...] = ()
    due: date | None = None
    on_behalf: str = ""
    terms: Terms = NO_TERMS


def submission(trail: Sequence[AuditRecord]) -> AuditRecord | None:
    """The last submission of a trail."""
    return next((one for one in reversed(trail) if one.action is Action.SUBMIT), None)


def review(trail: Sequence[AuditRecord]) -> AuditRecord | None:
    """The review that stands on the last submission: made after it, and neither fallen nor taken back."""
    fallen = {seq for one in trail for seq in one.cancels}
    submitted = submission(trail)
    since = submitted.seq if submitted else 0
    reviews = [one for one in trail if one.action is Action.REVIEW and one.seq > since and one.seq not in fallen]
    return reviews[-1] if reviews else None


class SeveralPeopleAtOnce(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.clock = Clock()
        self.database = Database.create(Path(self.folder.name) / "pantau.db")
        self.register = open_region(self.database, self.clock, CATALOGUE)
        self.seen = {name: [self.register.obligation(name)] for name in NAMES}
        self.stories: list[tuple[Obligation, list[AuditRecord]]] = []
        self.moves = 0

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()

    # --- what people do ---

    @rule(
        name=ONE_OF_THEM,
        ago=st.sampled_from([0, 0, 0, 1, 2]),
        action=st.sampled_from(MOVES),
        actor=st.sampled_from(PEOPLE),
        content=st.sampled_from([None, *FILES]),
        words=st.sampled_from(["", "perbaiki"]),
        on_behalf=st.sampled_from(["", "", "dinkes", "disdik"]),
    )
    def someone_tries_anything(
        self, name: str, ago: int, action: Action, actor: Actor, content: Digest | None, words: str, on_behalf: str
    ) -> None:
        due = date(2026, 12, 1) if words and action is Action.EXTEND else None
        findings = (words,) if words else ()
        self.attempt(Attempt(action, self.view(name, ago), actor, content, words, findings, due, on_behalf))

    @rule(data=st.data(), name=ONE_OF_THEM, content=st.sampled_from(FILES))
    def someone_does_what_they_may(self, data: st.DataObject, name: str, content: Digest) -> None:
        who = self.who_may(name)
        action = data.draw(st.sampled_from([one for one in MOVES if who[one]]))
        self.it_is_done(name, action, data.draw(st.sampled_from(who[action])), content)

    @rule(
        data=st.data(),
        name=ONE_OF_THEM,
        steps=st.sampled_from([3, 2, 1]),
        content=st.sampled_from(FILES),
        regrets_after=st.sampled_from([None, 1, 6]),
    )
    def it_goes_its_way(
        self, data: st.DataObject, name: str, steps: int, content: Digest, regrets_after: int | None
    ) -> None:
        """As far as there is anybody whose hands are not the same; the last may take it back some minutes later."""
        for _ in range(steps):
            who = self.who_may(name)
            action = next((one for one in ONWARD[self.view(name, 0).state] if who[one]), Action.SUBMIT)
            actor = data.draw(st.sampled_from(who[action]))
            self.it_is_done(name, action, actor, content)
        if regrets_after is not None:
            self.clock.now += timedelta(minutes=regrets_after)
            self.attempt(Attempt(Action.UNDO, self.view(name, 0), actor))

    def who_may(self, name: str) -> dict[Action, list[Actor]]:
        return {one: [actor for actor in PEOPLE if is_allowed(self.view(name, 0), one, actor)] for one in MOVES}

    def it_is_done(self, name: str, action: Action, actor: Actor, content: Digest) -> None:
        files = content if action in (Action.SAVE, Action.SUBMIT) else None
        due = date(2026, 12, 1) + timedelta(days=self.moves) if action is Action.EXTEND else None
        before = self.moves
        findings = ("Tabel 3.1 kosong",)
        terms = self.terms(action, name)
        self.attempt(Attempt(action, self.view(name, 0), actor, files, "perbaiki", findings, due, terms=terms))
        assert self.moves == before + 1

    def terms(self, action: Action, name: str) -> Terms:
        """What an edited catalogue would change: the unit and back, the office to itself."""
        now = self.view(name, 0)
        match action:
            case Action.AMEND:
                return Terms(unit="bappeda" if now.unit != "bappeda" else "biro-organisasi", ruled=date(2026, 6, 1))
            case Action.HAND_OVER:
                return Terms(office=now.office.code)
            case _:
                return NO_TERMS

    @rule(
        name=ONE_OF_THEM,
        action=st.sampled_from(DECISIONS),
        actor=st.sampled_from(DECIDERS),
        own_work=st.booleans(),
    )
    def someone_decides(self, name: str, action: Action, actor: Actor, own_work: bool) -> None:
        """On what is theirs, if anything is and they would like to."""
        now = self.view(name, 0)
        theirs = [one for one in DECIDERS if one.name in (now.submitter, now.reviewer)]
        decider = theirs[0] if own_work and theirs else actor
        self.attempt(Attempt(action, now, decider, None, "perbaiki", ("Tabel 3.1 kosong",)))

    @rule(name=ONE_OF_THEM, actor=st.sampled_from([ANI, SARI, WATI]), content=st.sampled_from(FILES))
    def someone_files_for_an_office(self, name: str, actor: Actor, content: Digest) -> None:
        now = self.view(name, 0)
        self.attempt(Attempt(Action.SUBMIT, now, actor, content, on_behalf=now.office.code))

    @rule(name=ONE_OF_THEM, ago=st.sampled_from([0, 0, 1]), actor=st.sampled_from(PEOPLE))
    def someone_takes_back_what_was_done(self, name: str, ago: int, actor: Actor) -> None:
        self.attempt(Attempt(Action.UNDO, self.view(name, ago), actor))

    @rule(name=ONE_OF_THEM, content=st.sampled_from(FILES))
    def the_power_fails_in_the_middle(self, name: str, content: Digest) -> None:
        before = everything(self.database)
        try:
            with self.register.writing():
                self.register.perform(Action.SUBMIT, self.view(name, 0), WATI, content=content)
                raise InterruptedError
        except (InterruptedError, Refused):
            pass
        assert everything(self.database) == before

    @rule()
    def the_year_is_opened_again(self) -> None:
        before = everything(self.database)
        assert self.register.open_year(CATALOGUE, 2026) == []
        assert everything(self.database) == before

    def view(self, name: str, ago: int) -> Obligation:
        return self.seen[name][-1 - min(ago, len(self.seen[name]) - 1)]

    def attempt(self, attempt: Attempt) -> None:
        name = attempt.seen.id
        now, before = self.view(name, 0), everything(self.database)
        match self.answer(attempt):
            case Stale() as stale:
                assert attempt.seen != now
                assert (stale.seen, stale.now) == (attempt.seen, now)
                assert stale.by == self.register.trail(name)[-1]
                assert everything(self.database) == before
            case Refused() as refused:
                assert attempt.seen == now
                assert refused.refusal.obligation == now
                assert attempt.on_behalf or all(
                    is_allowed(now, one, attempt.actor) for one in refused.refusal.allowed
                )
                assert everything(self.database) == before
            case moved:
                assert attempt.seen == now
                assert moved.seq == now.seq + 1
                self.moves += 1
                self.seen[name].append(self.register.obligation(name))
                self.stories = [(now, self.register.trail(now.id)) for now in map(self.register.obligation, NAMES)]
                self.a_second_time_does_no_harm(attempt)

    def a_second_time_does_no_harm(self, attempt: Attempt) -> None:
        before = everything(self.database)
        assert isinstance(self.answer(attempt), Stale)
        assert everything(self.database) == before

    def answer(self, attempt: Attempt) -> Obligation | Stale | Refused:
        action, seen, actor, content, note, findings, due, on_behalf, terms = attempt
        said = {"content": content, "note": note, "findings": findings, "due": due, "on_behalf": on_behalf}
        try:
            return self.register.perform(action, seen, actor, **said, terms=terms)  # type: ignore[arg-type]
        except (Stale, Refused) as error:
            return error

    # --- what always holds ---

    @invariant()
    def every_move_is_in_the_trail_and_the_trail_is_whole(self) -> None:
        verdict = verify(self.database)

        assert verdict.faults == ()
        assert (verdict.records, verdict.head) == (self.moves, self.register.head())

    @invariant()
    def every_obligation_stands_where_its_trail_leads(self) -> None:
        for now, trail in self.stories:
            submitted, reviewed = submission(trail), review(trail)
            assert now.seq == len(trail)
            if trail:
                last = trail[-1]
                assert (now.state, now.content) == (last.target, last.content)
            moves = [record for record in trail if record.action not in ON_THE_SIDE]
            if moves:
                last = moves[-1]
                assert (now.last_action, now.last_actor, now.last_at) == (last.action, last.actor, last.at)
            assert now.submitter == (submitted and submitted.actor)
            assert now.round == sum(one.action is Action.SUBMIT and one.source is State.DRAFT for one in trail)
            if now.state is State.REVIEWED:
                assert reviewed is not None
                assert (now.reviewer, now.review_seq) == (reviewed.actor, reviewed.seq)
            elif now.state is not State.APPROVED:
                assert (now.reviewer, now.review_seq) == (None, None)

    @invariant()
    def nobody_has_decided_on_what_they_submitted_or_reviewed(self) -> None:
        for _, trail in self.stories:
            for i, one in enumerate(trail):
                if one.action not in (Action.REVIEW, Action.APPROVE):
                    continue
                submitted, reviewed = submission(trail[:i]), review(trail[:i])
                assert submitted is not None
                assert one.actor != submitted.actor
                assert one.action is Action.REVIEW or reviewed is None or one.actor != reviewed.actor

    @invariant()
    def every_decision_was_made_on_the_content_that_was_submitted(self) -> None:
        for _, trail in self.stories:
            for i, one in enumerate(trail):
                if one.action in (Action.REVIEW, Action.RETURN, Action.APPROVE):
                    submitted = submission(trail[:i])
                    assert submitted is not None
                    assert one.content == submitted.content is not None

    @invariant()
    def no_approval_stands_on_other_content_than_was_reviewed_and_approved(self) -> None:
        for now, trail in self.stories:
            if now.state is State.APPROVED:
                approval, reviewed = trail[-1], review(trail)
                assert approval.action is Action.APPROVE
                assert now.content == approval.content
                assert reviewed is None or reviewed.content == now.content
                assert reviewed is not None or not now.needs_review

    @invariant()
    def nothing_else_has_moved(self) -> None:
        moved = {row[0] for row in self.database.rows("SELECT obligation FROM standing WHERE seq > 0")}

        assert moved <= set(NAMES)


def test_whatever_several_people_try_the_promises_hold() -> None:
    run_state_machine_as_test(
        SeveralPeopleAtOnce,
        settings=settings(
            max_examples=50,
            stateful_step_count=30,
            deadline=None,
            phases=[Phase.reuse, Phase.generate, Phase.shrink],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
