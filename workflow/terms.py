"""What an obligation is owed under: whose it is, who reviews it, by which rule; and how a record changes that."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, NamedTuple

from workflow.states import Duty


class Terms(NamedTuple):
    """The terms that a record changes; None leaves one as it was.

    `edition` is the requirement as the catalogue worded it, `start` the day that its due date is counted from,
    `ruled` the due date by the rule, without any extension. `by` is the obligation whose file serves this one too.
    """

    office: str | None = None
    unit: str | None = None
    needs_review: bool | None = None
    edition: str | None = None
    duty: Duty | None = None
    start: date | None = None
    ruled: date | None = None
    windows: str | None = None
    by: str | None = None

    def said(self) -> dict[str, Any]:
        """Those that are changed, by name."""
        return {name: value for name, value in self._asdict().items() if value is not None}

    def only(self, names: frozenset[str]) -> Terms:
        """Those of these names."""
        return Terms(**{name: value for name, value in self.said().items() if name in names})

    def packed(self) -> str:
        """As it is stored, and as the chain of hashes has it."""
        said = {key: value.isoformat() if isinstance(value, date) else value for key, value in self.said().items()}
        return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def unpacked(cls, text: str) -> Terms:
        """Read what `packed` has written. Raises TypeError or ValueError for anything else."""
        said = json.loads(text)
        for key, kind in (("duty", Duty), ("start", date.fromisoformat), ("ruled", date.fromisoformat)):
            if key in said:
                said[key] = kind(said[key])
        return cls(**said)


NO_TERMS = Terms()
