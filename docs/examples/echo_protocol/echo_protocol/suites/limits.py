"""Every limit and wait of this suite, each with its source."""

from dataclasses import dataclass

from harness.suite_limits import set_by, stretchable


@dataclass(frozen=True, kw_only=True)
class Limits:
    """In seconds. A judgement and a scenario ask for it as `limits`."""

    answer: float = set_by("Echo 1, the answer", 1)
    watched: float = stretchable(5)  # ours: longer than any answer takes
