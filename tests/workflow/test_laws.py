"""What section 7 of the design promises, whatever several people try on what they saw a while ago."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, timedelta
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar, NamedTuple

import pytest
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
    Checklists,
    Database,
    Digest,
    FindingState,
    Mandate,
    Mandates,
    Mark,
    Obligation,
    Refused,
    Role,
    Sightings,
    Stale,
    State,
    Terms,
    Unwarranted,
    is_allowed,
    kept_refusals,
    verify,
)
from workflow.terms import NO_TERMS

# The second needs no review, the third has a checklist like the first, of the last nobody but its office has a hand.
NAMES = ("dinkes/lkjip/2025", "disdik/dpa/2026", "disdik/lkjip/2025", "dukcapil/pk/2026")
ONE_OF_THEM = st.sampled_from((*NAMES[:1], *NAMES[:2], *NAMES))
TONO = Actor("tono", Role.OFFICE, "dinkes")
JOKO = Actor("joko", Role.LEADER)
SARI_PROMOTED = Actor("sari", Role.APPROVER)
DUKCAPIL = Actor.office("dukcapil")
PEOPLE = (DINKES, DISDIK, DUKCAPIL, TONO, SARI, DEWI, HADI, BUDI, SARI_PROMOTED, WATI, ANI, JOKO)
OWN = {(one.name, one.role) for one in PEOPLE}
DECIDERS = (SARI, SARI_PROMOTED, HADI, BUDI, WATI)
DECISIONS = (Action.REVIEW, Action.REVIEW, Action.APPROVE, Action.APPROVE, Action.RETURN, Action.REOPEN)
# Whoever saw it before one of these has seen the same thing.
TALK = (Action.TAKE, Action.ASSIGN, Action.COMMENT)
HOLDING = (Action.TAKE, Action.ASSIGN)
PASSING = (Action.REVIEW, Action.APPROVE)
SENDING = (Action.SAVE, Action.SUBMIT)
JUDGING = (*PASSING, Action.TAKE, Action.ACCEPT, Action.OPEN_AGAIN)
ONWARD = {
    State.DRAFT: (Action.SUBMIT,),
    State.SUBMITTED: (Action.APPROVE, Action.REVIEW, Action.ACCEPT),
    State.REVIEWED: (Action.APPROVE, Action.ACCEPT),
    State.APPROVED: (Action.REOPEN,),
}
MOVES = tuple(action for action in Action if action is not Action.UNDO)
FILES = (FIRST_FILE, NEWER_FILE)
CHECKLIST = """checklist = [
    { code = "tabel", text = "Tabel terisi" },
    { code = "ttd", text = "Ditandatangani" },
]
"""
CATALOGUE = small_catalogue(
    requirements=REQUIREMENTS.replace("working_days", "days").replace('short = "LK"\n', f'short = "LK"\n{CHECKLIST}')
)


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
    about: tuple[int, ...] = ()
    holder: str | None = None


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


def eyes(record: AuditRecord) -> set[str]:
    """Whose eyes a record was made with: the actor's, and those of whom they stood in for."""
    return {record.actor, record.on_behalf} - {"", "dinkes", "disdik", "dukcapil"} | {record.actor}


def touched(trail: Sequence[AuditRecord], content: Digest | None, actions: Sequence[Action]) -> set[str]:
    """Who has done this with these bytes."""
    return {who for one in trail if one.action in actions and one.content == content for who in eyes(one)}


class SeveralPeopleAtOnce(RuleBasedStateMachine):
    done: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.clock = Clock()
        self.database = Database.create(Path(self.folder.name) / "pantau.db")
        self.register = open_region(self.database, self.clock, CATALOGUE)
        self.mandates = Mandates(self.database, self.clock)
        self.checklists = Checklists(self.database, self.clock)
        self.seen = {name: [self.register.obligation(name)] for name in NAMES}
        self.stories: list[tuple[Obligation, list[AuditRecord]]] = []
        self.moves = 0
        self.refused = 0

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
        about=st.sampled_from([(), (1,), (2, 1), (9,)]),
        holder=st.sampled_from([None, "", "sari", "budi"]),
    )
    def someone_tries_anything(
        self,
        name: str,
        ago: int,
        action: Action,
        actor: Actor,
        content: Digest | None,
        words: str,
        on_behalf: str,
        about: tuple[int, ...],
        holder: str | None,
    ) -> None:
        due = date(2026, 12, 1) if words and action is Action.EXTEND else None
        findings, seen = (words,) if words else (), self.view(name, ago)
        said = Attempt(action, seen, actor, content, words, findings, due, on_behalf, about=about, holder=holder)
        self.attempt(said)

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

    @rule(
        data=st.data(),
        name=ONE_OF_THEM,
        content=st.sampled_from(FILES),
        found=st.sampled_from([1, 2]),
        thinks_again=st.booleans(),
    )
    def it_is_sent_back(
        self, data: st.DataObject, name: str, content: Digest, found: int, thinks_again: bool
    ) -> None:
        """With what was found, and sent again, with the very same bytes perhaps."""
        self.it_waits_for_a_decision(data, name, content)
        decider = data.draw(st.sampled_from(self.who_may(name)[Action.RETURN]))
        self.attempt(Attempt(Action.RETURN, self.view(name, 0), decider, findings=("kosong", "hilang")[:found]))
        if thinks_again:
            self.attempt(Attempt(Action.UNDO, self.view(name, 0), decider))
        else:
            self.it_waits_for_a_decision(data, name, content)

    def it_waits_for_a_decision(self, data: st.DataObject, name: str, content: Digest) -> None:
        while (state := self.view(name, 0).state) in (State.DRAFT, State.APPROVED):
            action = Action.SUBMIT if state is State.DRAFT else Action.REOPEN
            self.it_is_done(name, action, data.draw(st.sampled_from(self.who_may(name)[action])), content)

    @rule(data=st.data(), content=st.sampled_from(FILES), about=st.sampled_from([(1,), (1, 2), (2,)]))
    def what_was_found_is_talked_about(self, data: st.DataObject, content: Digest, about: tuple[int, ...]) -> None:
        """Wherever something is open, answered or accepted, by who may say so, of those or of others."""
        names = [name for name in NAMES if self.view(name, 0).findings]
        if names:
            name = data.draw(st.sampled_from(names))
            who = self.who_may(name)
            of_findings = [
                one for one in (Action.OPEN_AGAIN, Action.ACCEPT, Action.ANSWER, Action.COMMENT) if who[one]
            ]
            action = data.draw(st.sampled_from(of_findings))
            actor = data.draw(st.sampled_from(who[action]))
            self.attempt(Attempt(action, self.view(name, 0), actor, note="lihat hal. 3", about=about))
            if action in (Action.ANSWER, Action.ACCEPT):
                self.it_is_passed_on(data, name)

    def it_is_passed_on(self, data: st.DataObject, name: str) -> None:
        for action, actors in self.who_may(name).items():
            if action in PASSING and actors:
                self.it_is_done(name, action, data.draw(st.sampled_from(actors)), FIRST_FILE)
                return

    def who_may(self, name: str) -> dict[Action, list[Actor]]:
        now = self.view(name, 0)
        return {
            one: [actor for actor in PEOPLE if is_allowed(now, one, actor) and not self.fails(now, one, actor)]
            for one in MOVES
        }

    def fails(self, now: Obligation, action: Action, actor: Actor) -> bool:
        """Whether the actor's own checklist keeps them from passing it on."""
        return action in PASSING and any(check.fails for check in self.checklists.of(now, actor).values())

    def it_is_done(self, name: str, action: Action, actor: Actor, content: Digest) -> None:
        now, before = self.view(name, 0), self.moves
        files = content if action in SENDING else None
        due = date(2026, 12, 1) + timedelta(days=self.moves) if action is Action.EXTEND else None
        findings, holder = ("Tabel 3.1 kosong",), "rini" if action is Action.ASSIGN else None
        about = self.spoken_of(action, now)
        terms = self.terms(action, name)
        self.attempt(Attempt(action, now, actor, files, "perbaiki", findings, due, "", terms, about, holder))
        assert self.moves == before + 1

    def spoken_of(self, action: Action, now: Obligation) -> tuple[int, ...]:
        """The first finding that an action can be about."""
        among = {
            Action.ANSWER: (FindingState.OPEN, FindingState.ANSWERED),
            Action.ACCEPT: (FindingState.OPEN, FindingState.ANSWERED),
            Action.OPEN_AGAIN: (FindingState.ANSWERED, FindingState.ACCEPTED),
        }.get(action, ())
        return tuple(number for number, state in enumerate(now.findings, start=1) if state in among)[:1]

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

    @rule(data=st.data(), name=ONE_OF_THEM, content=st.sampled_from(FILES), is_talk=st.booleans())
    def someone_speaks_of_what_they_saw_a_while_ago(
        self, data: st.DataObject, name: str, content: Digest, is_talk: bool
    ) -> None:
        seen, who = self.view(name, 0), self.who_may(name)
        first = data.draw(st.sampled_from([one for one in MOVES if who[one] and (one in TALK) is is_talk]))
        self.it_is_done(name, first, data.draw(st.sampled_from(who[first])), content)
        self.attempt(Attempt(Action.COMMENT, seen, JOKO, note="lihat hal. 3"))

    @rule(name=ONE_OF_THEM, actor=st.sampled_from([ANI, SARI, WATI]), content=st.sampled_from(FILES))
    def someone_files_for_an_office(self, name: str, actor: Actor, content: Digest) -> None:
        now = self.view(name, 0)
        self.attempt(Attempt(Action.SUBMIT, now, actor, content, on_behalf=now.office.code))

    @rule(name=ONE_OF_THEM, ago=st.sampled_from([0, 0, 1]), actor=st.sampled_from(PEOPLE))
    def someone_takes_back_what_was_done(self, name: str, ago: int, actor: Actor) -> None:
        self.attempt(Attempt(Action.UNDO, self.view(name, ago), actor))

    @rule(
        data=st.data(),
        name=st.sampled_from(NAMES[::2]),
        content=st.sampled_from(FILES),
        code=st.sampled_from(["tabel", "ttd"]),
        mark=st.sampled_from([*Mark, None]),
        decides=st.booleans(),
    )
    def someone_ticks(
        self, data: st.DataObject, name: str, content: Digest, code: str, mark: Mark | None, decides: bool
    ) -> None:
        """What is ticked moves nothing, and is what a decision is made on."""
        self.it_waits_for_a_decision(data, name, content)
        now = self.view(name, 0)
        action = Action.REVIEW if now.state is State.SUBMITTED else Action.APPROVE
        actor = data.draw(st.sampled_from([one for one in DECIDERS if is_allowed(now, action, one)] or DECIDERS))
        trail = self.register.trail(now.id)
        if mark is None:
            self.checklists.untick(now, actor, code)
        else:
            self.checklists.tick(now, actor, code, mark, page=3)
        Sightings(self.database, self.clock).saw(now, actor)
        assert (self.register.obligation(name), self.register.trail(now.id)) == (now, trail)
        if decides:
            self.attempt(Attempt(action, now, actor))

    @rule(
        giver=st.sampled_from((*DECIDERS, TONO, ANI)),
        person=st.sampled_from(PEOPLE),
        minutes=st.sampled_from([-1, 3, 30]),
        role=st.sampled_from([None, Role.REVIEWER, Role.OFFICE]),
    )
    def someone_lends_their_place(self, giver: Actor, person: Actor, minutes: int, role: Role | None) -> None:
        """Or an administrator, a role."""
        begins, before = self.clock.now, everything(self.database)
        ends = begins + timedelta(minutes=minutes)
        try:
            if role is None:
                self.mandates.delegate(giver, person.name, begins, ends, "cuti")
            else:
                self.mandates.grant(giver, person.name, role, "dinkes", begins, ends, "Plt.")
        except Unwarranted:
            assert everything(self.database) == before
            assert minutes < 0 or person.name == giver.name or (role and giver is not WATI)
        else:
            assert minutes > 0
            assert person.name != giver.name
            assert giver is WATI or role is None

    @rule(which=st.integers(0, 3), actor=st.sampled_from((WATI, SARI, TONO)))
    def someone_ends_a_mandate(self, which: int, actor: Actor) -> None:
        held = [one for one in self.mandates.all() if one.revoked_at is None]
        if held:
            one = held[which % len(held)]
            try:
                assert self.mandates.revoke(one.number, actor, "kembali").revoked_by == actor.name
            except Unwarranted:
                assert actor is not WATI
                assert actor.name not in (one.giver, one.on_behalf)

    @rule(
        data=st.data(),
        name=ONE_OF_THEM,
        own_work=st.booleans(),
        content=st.sampled_from(FILES),
        ends=st.sampled_from([None, None, "revoked", "expired"]),
        takes_it_back=st.booleans(),
    )
    def someone_takes_the_place_of_another(
        self,
        data: st.DataObject,
        name: str,
        own_work: bool,
        content: Digest,
        ends: str | None,
        takes_it_back: bool,
    ) -> None:
        """Of one who may decide, or of whose work it is; a colleague who could not do it otherwise, perhaps."""
        self.it_waits_for_a_decision(data, name, content)
        now = self.view(name, 0)
        mine = [one for one in DECIDERS if one.name in (*now.hands, *now.readers)]
        giver = data.draw(st.sampled_from(mine if own_work and mine else DECIDERS))
        # Whose place is gone again is told best by one who has no other.
        others = [one for one in PEOPLE if one.name != giver.name]
        actor = JOKO if ends else data.draw(st.sampled_from(others))
        until = self.clock.now + timedelta(minutes=9)
        mandate = self.mandates.delegate(giver, actor.name, self.clock.now, until, "cuti")
        if ends == "revoked":
            self.mandates.revoke(mandate.number, giver, "kembali")
        elif ends == "expired":
            self.clock.now = until
        action = Action.APPROVE if now.state is State.REVIEWED or not now.needs_review else Action.REVIEW
        self.attempt(Attempt(action, now, actor))
        if takes_it_back:
            self.attempt(Attempt(Action.UNDO, self.view(name, 0), actor))

    @rule(minutes=st.sampled_from([2, 20]))
    def time_goes_by(self, minutes: int) -> None:
        self.clock.now += timedelta(minutes=minutes)

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
        before, head = everything(self.database), self.register.head()
        assert self.register.open_year(CATALOGUE, 2026) == []
        assert (everything(self.database), self.register.head()) == (before, head)

    def view(self, name: str, ago: int) -> Obligation:
        return self.seen[name][-1 - min(ago, len(self.seen[name]) - 1)]

    def attempt(self, attempt: Attempt) -> None:
        name = attempt.seen.id
        now, before = self.view(name, 0), everything(self.database)
        # Whoever says who is to hold it has to know who does.
        talk = (Action.COMMENT,) if attempt.action in HOLDING else TALK
        since = [one for one in self.register.trail(name)[attempt.seen.seq :] if one.action not in talk]
        ticks = tuple(self.checklists.of(now, attempt.actor).values())
        foretold = self.foretold(attempt, now)
        match self.answer(attempt):
            case Stale() as stale:
                assert since
                assert (stale.seen, stale.now, stale.by) == (attempt.seen, now, since[-1])
                assert everything(self.database) == before
                self.is_kept(attempt, "stale")
            case Refused() as refused:
                assert not since
                assert refused.refusal.obligation == now
                assert attempt.on_behalf or all(
                    is_allowed(now, one, refused.refusal.actor) for one in refused.refusal.allowed
                )
                assert everything(self.database) == before
                self.is_kept(attempt, refused.refusal.rule)
                assert foretold in (None, refused.refusal.rule)
            case moved:
                assert not since
                assert foretold is None
                assert moved.seq == now.seq + 1
                self.moves += 1
                self.done[attempt.action] += 1
                self.done["in the place of another"] += bool(self.register.trail(name)[-1].on_behalf)
                self.seen[name].append(self.register.obligation(name))
                self.stories = [(now, self.register.trail(now.id)) for now in map(self.register.obligation, NAMES)]
                last = self.register.trail(moved.id)[-1]
                assert last.checks == (ticks if last.action in (*PASSING, Action.RETURN) else ())
                self.a_second_time_does_no_harm(attempt)
        assert len(kept_refusals(self.database)) == self.refused

    def foretold(self, attempt: Attempt, now: Obligation) -> str | None:
        """What is said before the try, at the moment of the try; of what others file nothing is foretold."""
        at = self.clock.now
        why = None if attempt.on_behalf else self.register.why_not(attempt.action, now, attempt.actor)
        self.clock.now = at
        return why and why.rule

    def is_kept(self, attempt: Attempt, rule: str) -> None:
        """Every refusal leaves one row, and moves nothing but the head."""
        self.refused += 1
        self.done[f"refused: {rule}"] += 1
        kept = kept_refusals(self.database)[-1]
        assert (kept.number, kept.obligation, kept.seq) == (self.refused, attempt.seen.id, attempt.seen.seq)
        assert (kept.action, kept.actor, kept.role) == (attempt.action, attempt.actor.name, attempt.actor.role)
        assert (kept.rule, kept.content) == (rule, attempt.seen.content)

    def a_second_time_does_no_harm(self, attempt: Attempt) -> None:
        if attempt.action is not Action.COMMENT:
            before = everything(self.database)
            assert isinstance(self.answer(attempt), Stale)
            assert everything(self.database) == before
            self.is_kept(attempt, "stale")

    def answer(self, attempt: Attempt) -> Obligation | Stale | Refused:
        action, seen, actor, content, note, findings, due, on_behalf, terms, about, holder = attempt
        said: dict[str, object] = {"content": content, "note": note, "findings": findings, "due": due}
        said |= {"on_behalf": on_behalf, "about": about, "holder": holder}
        try:
            return self.register.perform(action, seen, actor, **said, terms=terms)  # type: ignore[arg-type]
        except (Stale, Refused) as error:
            return error

    @staticmethod
    def held(mandate: Mandate, at: str) -> bool:
        return mandate.begins <= at < min(mandate.ends, mandate.revoked_at or mandate.ends)

    # --- what always holds ---

    @invariant()
    def every_move_is_in_the_trail_and_the_trail_is_whole(self) -> None:
        """So the findings, too, stand where a replay of the trail leads."""
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
    def nobody_has_judged_what_they_submitted_or_reviewed_nor_in_the_place_of_who_did(self) -> None:
        for _, trail in self.stories:
            for i, one in enumerate(trail):
                if one.action in JUDGING:
                    assert not eyes(one) & touched(trail[:i], one.content, SENDING)
                    is_second = one.source is State.REVIEWED
                    assert not (is_second and eyes(one) & touched(trail[:i], one.content, [Action.REVIEW]))

    @invariant()
    def nobody_has_acted_in_a_role_that_was_not_theirs_then(self) -> None:
        lent = self.mandates.all()
        for _, trail in self.stories:
            for one in trail:
                hats = {(held.role, held.on_behalf) for held in lent if self.is_in_force(held, one)}
                is_own = (one.actor, one.role) in OWN
                assert is_own or any(one.role is role for role, _ in hats)
                assert is_own or one.on_behalf in {of for _, of in hats} | {"dinkes", "disdik"}

    def is_in_force(self, mandate: Mandate, record: AuditRecord) -> bool:
        return mandate.person == record.actor and self.held(mandate, record.happened.astimezone(UTC).isoformat())

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
                approval, reviewed = [one for one in trail if one.action not in ON_THE_SIDE][-1], review(trail)
                assert approval.action is Action.APPROVE
                assert now.content == approval.content
                assert reviewed is None or reviewed.content == now.content
                assert reviewed is not None or not now.needs_review

    @invariant()
    def nothing_was_passed_on_with_an_open_finding_or_a_check_that_fails(self) -> None:
        for now, trail in self.stories:
            assert not (
                now.state is State.APPROVED and {*now.findings} - {FindingState.ACCEPTED, FindingState.FALLEN}
            )
            assert not any(check.fails for one in trail if one.action in PASSING for check in one.checks)

    @invariant()
    def what_was_found_is_never_lost_nor_worded_anew(self) -> None:
        for now, trail in self.stories:
            noted = [(one.seq, defect) for one in trail if one.action is Action.RETURN for defect in one.findings]
            findings = self.register.findings(now)
            assert [(one.seq, one.defect) for one in findings] == noted
            assert [one.number for one in findings] == list(range(1, len(noted) + 1))
            assert tuple(one.state for one in findings) == now.findings
            fallen = {seq for one in trail if one.action is Action.UNDO for seq in one.cancels}
            for seq, those in groupby(findings, key=lambda one: one.seq):
                assert (seq in fallen) == all(one.state is FindingState.FALLEN for one in those)

    @invariant()
    def nothing_else_has_moved(self) -> None:
        moved = {row[0] for row in self.database.rows("SELECT obligation FROM standing WHERE seq > 0")}

        assert moved <= set(NAMES)


@pytest.mark.parametrize("examples", [20, pytest.param(400, marks=pytest.mark.torture)])
def test_whatever_several_people_try_the_promises_hold(examples: int) -> None:
    run_state_machine_as_test(
        SeveralPeopleAtOnce,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            phases=[Phase.reuse, Phase.generate, Phase.shrink],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
