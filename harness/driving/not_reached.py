"""A wait that was in vain."""


class NotReachedError(Exception):
    """The fact that a scenario waits for did not come: the episode ends here, and judgements draw their conclusions."""
