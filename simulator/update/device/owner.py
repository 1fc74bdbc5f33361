"""The owner of a device, as the manager deals with consent: asked once for each command, and waited for. Pure."""

import math
from collections.abc import Iterator, Sequence

from harness.protocols.update.words.status import Consent, PhaseCommand
from simulator.update.device.rules import ConsentArrival, ConsentRules

_NEVER = math.inf


class Owner:
    """`consent`: the commands that need it, as the profile has them."""

    def __init__(self, consent: tuple[PhaseCommand, ...], rules: ConsentRules) -> None:
        self._consent, self._rules = consent, rules
        self._answers: dict[PhaseCommand, bool] = {}
        self._asked: PhaseCommand | None = None
        self._due = _NEVER

    @property
    def due(self) -> float:
        """When the manager's patience ends."""
        return self._due

    def hear(self, arrival: ConsentArrival) -> None:
        """The owner answers; not asked, nothing comes of it."""
        if self._asked is not None and self._rules.heeds(arrival):
            self._answered(arrival.consent)

    def to_ask(self, commands: Sequence[PhaseCommand], now: float, deadline: float) -> Iterator[PhaseCommand]:
        """The commands for which the owner is to be asked now."""
        for command in dict.fromkeys(commands):
            if self._rules.asks(command, self._consent) and command not in self._answers and self._asked is None:
                yield command
                if self._rules.waits:
                    self._asked, self._due = command, now + self._rules.patience(deadline)
                else:
                    self._answers[command] = True

    def is_awaited(self, now: float) -> bool:
        """Whether the answer is still to come."""
        if self._asked is not None and self._due <= now:
            self._answered(None)
        return self._asked is not None

    def denied_of(self, commands: Sequence[PhaseCommand]) -> PhaseCommand | None:
        """The command that the owner does not want; None: there is none among these."""
        return next((command for command in commands if self._answers.get(command) is False), None)

    def _answered(self, consent: Consent | None) -> None:
        if self._asked is not None:
            self._answers[self._asked] = self._rules.approves(consent)
        self._asked, self._due = None, _NEVER
