"""JSON as Pantau prints it."""

from __future__ import annotations

import json


def written(value: object) -> str:
    """A value as text, for people to read too; what JSON does not know is written as it is said."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)
