"""Who acts: a person, or an office through its drop folder."""

from __future__ import annotations

from typing import NamedTuple

from workflow.states import Role


class Actor(NamedTuple):
    """A person or an office. `unit` is the office that an office acts for, or the unit that a reviewer belongs to."""

    name: str
    role: Role
    unit: str = ""

    @classmethod
    def office(cls, code: str) -> Actor:
        """The office itself, as the sender of what lies in its drop folder."""
        return cls(code, Role.OFFICE, code)

    def may_act_as(self, role: Role) -> bool:
        """Whether the actor has the role. An administrator has every one, and the rule of other eyes all the same."""
        return self.role in (role, Role.ADMINISTRATOR)
