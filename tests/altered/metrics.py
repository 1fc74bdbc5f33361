"""Metrics that come too seldom, or where nobody asks for them, and the numbers of the events that they come in."""

from collections.abc import Iterator, Sequence

from tests.altered.alteration import HAIR, Alteration, Amounts, Effect, up_to
from tests.altered.edits import put, sent
from tests.altered.journals import GATHERED, LATE, SCENARIO, event_anew
from tests.altered.take import Take

_BREAKS, _KEEPS = Effect.BREAKS, Effect.KEEPS
_LIMIT = 6.5  # seconds: every five, and a tolerance


def _jumps(take: Take, _amount: float) -> Take:
    """The last event has a number that is far from the one before."""
    return take.edit(take.events()[-1:], lambda message: put(message, event_no=message["event_no"] + 10**6))


def _apart(take: Take, seconds: float) -> Take:
    """From the last metrics but one to the last it takes so long, and as much as one may be on its way."""
    before, last = [key for key in take.events(sent(take, "wordy")) if "metrics" in take.message(key)][-2:]
    return take.pause(last, round(seconds + take.allowance - (take.time(last) - take.time(before)), 6))


def _in_time(take: Take, seconds: float) -> Take:
    return _apart(take, _LIMIT - seconds)


def _too_late(take: Take, seconds: float) -> Take:
    return _apart(take, _LIMIT + HAIR + seconds)


def _rows() -> Iterator[Alteration]:
    numbers = "test_events_of_the_system_and_their_numbers"
    yield Alteration("jumps", numbers, SCENARIO, _BREAKS, _jumps)
    rate = "test_metrics_come_at_the_rate_that_is_asked_for"
    yield Alteration("every 6.5 s at most", rate, SCENARIO, _KEEPS, _in_time, up_to(1, HAIR), LATE)
    yield Alteration("for longer there are none", rate, SCENARIO, _BREAKS, _too_late, up_to(3), LATE)
    none, metrics = (
        "test_no_metrics_come_where_none_are_asked_for",
        event_anew("quiet", {"metrics": {"mem_total_mb": 64.0}}),
    )
    ready, late = up_to(GATHERED, GATHERED), Amounts((GATHERED + HAIR, 20.0))
    yield Alteration("were on their way", none, "quiet_config", _KEEPS, metrics, ready)
    yield Alteration("come all the same", none, "quiet_config", _BREAKS, metrics, late)


METRICS: Sequence[Alteration] = tuple(_rows())
