"""Whether the device's states carry etags: without them no clause on etags can be decided, and no write be guarded."""

from collections.abc import Iterator

from harness.doctor.check import Check
from harness.doctor.problem import Party, Problem, Severity
from harness.protocols.udmi.doctor.case import Case
from harness.text import plural


def _find(case: Case) -> Iterator[Problem]:
    place = case.codec.layout.state_etag
    states = [said.message for said in case.live_states if said.message.points]
    if place and states and all(state.etag is None for state in states):
        count = len(states)
        without = plural(count, "its only state with points has no", f"none of its {count} states with points has a")
        yield Problem(
            Party.DEVICE,
            Severity.MINOR,
            f"{without} {place}. One clause tells so; the others on etags do not concern it.",
            f"Give each state a {place} that changes whenever what is said of its points does.",
        )


def _sound(case: Case) -> str | None:
    place = case.codec.layout.state_etag
    has_any = any(said.message.etag is not None for said in case.live_states)
    return f"its states carry {place}" if case.beside and place and has_any else None


ETAGS = Check("etags", _find, _sound)
