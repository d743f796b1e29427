"""Who acts: a person, or an office through its drop folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from workflow.states import Role


class Hat(NamedTuple):
    """A role that an actor may act in for a time beside their own: `on_behalf` is whose it is, if a person's."""

    role: Role
    unit: str = ""
    on_behalf: str = ""


class Actor(NamedTuple):
    """A person or an office. `unit` is the office that an office acts for, or the unit that a reviewer belongs to.

    `on_behalf` is the person whose place the actor takes just now, `via` the terminal, key or folder that it comes
    from, and `hats` what else the actor may be today. Under a hat, `of` is the office that they are of all the same.
    """

    name: str
    role: Role
    unit: str = ""
    on_behalf: str = ""
    via: str = ""
    hats: tuple[Hat, ...] = ()
    of: str = ""

    @classmethod
    def office(cls, code: str) -> Actor:
        """The office itself, as the sender of what lies in its drop folder."""
        return cls(code, Role.OFFICE, code, via="inbox")

    def may_act_as(self, role: Role) -> bool:
        """Whether the actor has the role. An administrator has every one, and the rule of other eyes all the same."""
        return self.role in (role, Role.ADMINISTRATOR)

    def each(self) -> Iterator[Actor]:
        """The actor as themselves, and then under each of their hats."""
        yield self
        of = self.unit if self.role is Role.OFFICE else ""
        for hat in self.hats:
            yield self._replace(role=hat.role, unit=hat.unit, on_behalf=hat.on_behalf, of=of)

    @property
    def eyes(self) -> frozenset[str]:
        """Whose eyes these are: one's own, of the person whose place one takes, of the office that one is of."""
        return frozenset(filter(None, (self.name, self.on_behalf, self.of)))
