"""When to try again: a pure machine for whoever keeps a connection, in virtual time and in real time."""

import math

from simulator.link.link_rules import LinkRules


class Backoff:
    """Gaps grow from try to try, until a connection has lasted."""

    def __init__(self, rules: LinkRules) -> None:
        self._rules = rules
        self._tries = 0
        self._up_since = math.inf
        self.was_up = False
        self.losses = 0

    def start_anew(self) -> None:
        """The device was switched off and on: what was counted is forgotten."""
        self._tries = self.losses = 0

    def is_up(self, now: float) -> None:
        """A connection came about."""
        self._up_since, self.was_up = now, True

    def up_for(self, now: float) -> float:
        """Seconds for which there has been a connection; less than none where there is none."""
        return now - self._up_since

    def next_try(self, now: float, *, failed: bool) -> float | None:
        """There is no connection any more, or it did not come about: seconds before the next try; None: never.

        Who ended it by himself has not `failed`, and may try at once.
        """
        self.losses += failed and self._up_since < math.inf
        if now - self._up_since >= self._rules.steady_after:
            self._tries = 0
        self._up_since = math.inf
        if not failed:
            return 0.0
        self._tries += 1
        return self._rules.gap(self._tries - 1, self.losses)
