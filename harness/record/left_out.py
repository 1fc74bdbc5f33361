"""Why a scenario is left out, or a judgement: it does not concern the device, or a run of this kind cannot show it.

A record says so of a scenario (`Closed`), and each judgement that asks for it ends so, too.
"""


class NotApplicable(Exception):  # noqa: N818 - a verdict, not an error of ours
    """The profile declares that this does not concern the device."""


class OutOfView(Exception):  # noqa: N818 - a verdict, not an error of ours
    """A run of this kind cannot show it.

    `needed`: what would show it (another target, an option, more time); None: nothing that has a name.
    """

    def __init__(self, story: str, needed: str | None = None) -> None:
        super().__init__(story)
        self.needed = needed

    @classmethod
    def without(cls, needed: str, why: str | None = None) -> "OutOfView":
        """The target, option or time that would show it."""
        return cls(f"needs {needed}: {why or _WHY[needed]}", needed)


_WHY = {
    "listen://": "only a broker of ours tells what a device's client does, and can break its connection",
    "listens://": "only a broker of ours that has TLS can show another certificate",
}
