"""The holidays and the collective leave that moved a due date, by the calendar of the region."""

from __future__ import annotations

from tui.errors import UsageError
from tui.language import language
from tui.workspace import Workspace
from workflow import DayOff, Due, Obligation, WorkflowError

_LANGUAGES = {"id": "id", "en": "en_US"}


def of(o: Obligation, workspace: Workspace) -> tuple[DayOff, ...]:
    """Which days were not counted. Takes a third of a second, and any thread may call it.

    None where no working days were counted, and none where the files of the catalogue say otherwise by now or cannot
    be used: the due date stands all the same, as it was opened with its year.
    """
    # Not at the top: it brings the whole catalogue with it.
    from workflow import days_off

    rule = o.requirement.due
    if not rule.working_days or o.start is None or o.ruled is None:
        return ()
    try:
        calendar = workspace.read_catalogue().calendars.of(o.year)
    except (OSError, UsageError, WorkflowError):
        return ()
    return days_off(rule, Due(o.start, o.ruled), calendar, _LANGUAGES[language()])
