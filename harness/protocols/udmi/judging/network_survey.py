"""The network of a run: how much later than the fastest its messages came, and how soon configs were answered.

A narrower allowance must accuse nobody. So whatever might have been slow widens it: a message without a timestamp, or a
clock of whole seconds, and there is nothing to measure.
"""

from collections.abc import Iterator

from harness.judging.connection.offline_periods import OfflinePeriods
from harness.judging.timing.network_delay import NetworkDelay
from harness.payload.values import Field
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.history import History
from harness.record.kinds import Done, Sent

_MESSAGES = 20  # fewer say little of how late one may come
_ANSWERS = 10  # likewise, of configs
_UNHURRIED = 2.0  # seconds without a state or a config, after which a device may answer at once
_MARGIN = 2.0  # times what was seen
_LEAST = 0.2  # seconds: no road is taken for a better one


def network_delay_of(history: History) -> NetworkDelay:
    """That of a whole run."""
    declared = history.profile.network_allowance
    spread, answers = _spread(history), _answers(history, 2 * declared)
    if spread is None or len(answers) < _ANSWERS:
        return NetworkDelay(declared)
    fastest, slowest = min(answers), max(answers)
    seen = max(spread + fastest, slowest, _round_trip(history))
    return NetworkDelay(declared, round(max(_LEAST, _MARGIN * seen), 6))


def _spread(history: History) -> float | None:
    """Seconds by which the slowest message was later than the fastest, by their own timestamps."""
    offline_periods, took = OfflinePeriods(history), []
    for heard in _messages(history):
        if not isinstance(heard.message, int | float):
            return None
        if not offline_periods.held_up(heard.place, heard.message):
            took.append((heard.time - heard.message, heard.message))
    if len(took) < _MESSAGES or all(stamp == int(stamp) for _, stamp in took):
        return None
    late = [seconds for seconds, _ in took]
    return max(late) - min(late)


def _messages(history: History) -> Iterator[Heard[Field[float]]]:
    """When each was made, of those that a device sends as soon as they are."""
    for state in history.states:
        yield Heard(state.time, state.place, state.message.timestamp)
    for telemetry in history.telemetry:
        yield Heard(telemetry.time, telemetry.place, telemetry.message.timestamp)


def _answers(history: History, most: float) -> list[float]:
    """Seconds from a config to the state that names it, where nothing kept the device; `most` may be the way alone."""
    states = [(heard.place, heard.time, heard.message.last_config) for heard in history.states]
    sent = [(place, record.time, None) for place, record in history.placed() if isinstance(record, Sent)]
    found, before, asked = list[float](), history.records[0].time, None  # it may have spoken just before we came
    for place, time, named in sorted([*states, *sent], key=lambda event: event[0]):
        if place in history.sent_stamps:
            asked = (history.sent_stamps[place], time) if time - before >= _UNHURRIED else None
        elif asked is not None:
            found += [time - asked[1]] if named == asked[0] and time - asked[1] <= most else []
            asked = None
        before = time
    return found


def _round_trip(history: History) -> float:
    """Seconds from our publish to the broker's PUBACK, at most."""
    sent = {place: record.time for place, record in history.placed() if isinstance(record, Sent)}
    done = [record for record in history.records if isinstance(record, Done)]
    return max((record.time - sent[record.of] for record in done if record.of in sent), default=0.0)
