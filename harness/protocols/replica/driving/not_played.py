"""Raised where a scenario asks for something that only a counterpart can do which the harness plays."""

from harness.provocations.provocation import CannotProvoke


class NotPlayed(CannotProvoke):
    """The thing opposite is under test as well, and does what it does."""

    def __init__(self, thing: str, option: str) -> None:
        Exception.__init__(
            self,
            f"this takes a {thing} that the harness plays, and with --device and --service it plays components alone: "
            f"give --{option} alone, with no other {thing} there",
        )
