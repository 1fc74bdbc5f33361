"""Whether somebody else speaks under the device's topics: what one says, the other contradicts."""

from collections.abc import Hashable, Iterator, Sequence
from itertools import groupby, pairwise

from harness.doctor.check import Check
from harness.doctor.problem import Party, Problem, Severity, listed, named
from harness.payload.timestamps import rfc3339
from harness.protocols.udmi.doctor.case import MOST_FOREIGN, Case
from harness.protocols.udmi.words.messages import State, SystemState

_BACK = 1.0  # seconds by which a time steps back that is no rounding
_TELLING = ("serial_no", "make", "model")


def _find(case: Case) -> Iterator[Problem]:
    yield from _other_clouds(case)
    states = [said.message for said in case.live_states]
    told = list(_two_identities(states, case)) or list(_two_memories(states, case)) or list(_two_sets(case))
    yield from told or _two_clocks(case)


def _sound(case: Case) -> str | None:
    heard = len(case.live_states) + len(case.live_telemetry)
    if not heard or case.beside is None:
        return None
    return "nobody else publishes under its topics"


def _other_clouds(case: Case) -> Iterator[Problem]:
    """Our own configs come back to us, as we listen there; what we did not send is somebody else's."""
    configs = case.beside.configs if case.beside else None
    known = {*case.sent, case.found, b""}
    others = (
        case.foreign_configs
        if configs is None
        else [one.payload for one in configs if not one.retain and one.payload not in known]
    )
    if not others:
        return
    count = "many" if len(others) >= MOST_FOREIGN else len(others)
    timestamp = case.codec.decode_config(others[-1]).timestamp
    of = f", the last of {rfc3339(timestamp)}" if isinstance(timestamp, int | float) else ""
    yield Problem(
        Party.NETWORK,
        Severity.GRAVE,
        f"somebody else sends configs to {case.topics.config} ({count} while we watched{of}): "
        "they overwrite what is tested.",
        f"Keep the back end from {case.profile.id} as long as it is tested.",
    )


def _two_identities(states: Sequence[State], case: Case) -> Iterator[Problem]:
    systems = [state.system for state in states if state.system]
    for what in _TELLING:
        known = list(dict.fromkeys(text for system in systems if isinstance(text := _text(system, what), str)))
        if len(known) > 1:
            yield Problem(
                Party.NETWORK,
                Severity.GRAVE,
                f"states at {case.topics.state} contradict each other: {what} is now {named(known[0])}, "
                f"now {named(known[1])}; two devices speak under one id.",
                "Give each its own id and topics, or switch one of them off.",
            )
            return


def _text(system: SystemState, what: str) -> object:
    return getattr(system, what)


def _two_memories(states: Sequence[State], case: Case) -> Iterator[Problem]:
    """A device never goes back to a config that it has left."""
    remembered = [state.last_config for state in states if isinstance(state.last_config, int | float)]
    if _returns(remembered):
        yield Problem(
            Party.NETWORK,
            Severity.GRAVE,
            f"states at {case.topics.state} contradict each other: last_config goes back and forth between "
            f"{listed(rfc3339(time) for time in dict.fromkeys(remembered))}; two devices speak under one id.",
            "Switch off the other one; a bridge that repeats old states looks the same.",
        )


def _two_sets(case: Case) -> Iterator[Problem]:
    whole = [frozenset(s.message.readings) for s in case.live_telemetry if s.message.partial is not True]
    if _returns(whole):
        one, other = dict.fromkeys(whole), set[str]()
        other = set.symmetric_difference(*(set(names) for names in list(one)[:2]))
        yield Problem(
            Party.DEVICE,
            Severity.GRAVE,
            f"telemetry is now with and now without {listed(sorted(other))}, though none says that it is partial: "
            "two devices speak under one id, or it sends its points in parts.",
            'Switch off the other one; or add "partial_update": true to telemetry that has not all points.',
        )


def _two_clocks(case: Case) -> Iterator[Problem]:
    times = [s.message.timestamp for s in case.live_telemetry if isinstance(s.message.timestamp, int | float)]
    steps = [before - after for before, after in pairwise(times) if before - after > _BACK]
    if len(steps) > 1:
        yield Problem(
            Party.NETWORK,
            Severity.GRAVE,
            f"timestamps of telemetry jump back, {len(steps)} times, by up to {max(steps):.1f} s: "
            "two devices speak under one id, or a bridge repeats old messages.",
            "Switch off the other one, and see whether the broker bridges this topic.",
        )


def _returns(values: Sequence[Hashable]) -> bool:
    """Whether one comes back after another was there."""
    runs = [value for value, _ in groupby(values)]
    return len(runs) > len(set(runs))


PUBLISHERS = Check("who publishes", _find, _sound)
