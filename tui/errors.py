"""What a person at a terminal can get wrong; each is told in one sentence, which is its text."""


class UsageError(Exception):
    """The command cannot be carried out as it was given. Its text is the sentence that the person reads."""
