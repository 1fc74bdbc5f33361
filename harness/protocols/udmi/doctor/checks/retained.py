"""Retained messages that lay on the broker before: they look as if they were new."""

from collections.abc import Iterator

from harness.doctor.check import Check
from harness.doctor.commands import clearing
from harness.doctor.problem import Party, Problem, Severity, listed, valued
from harness.payload.timestamps import rfc3339
from harness.protocols.udmi.doctor.case import Case
from harness.protocols.udmi.words.messages import Config


def _find(case: Case) -> Iterator[Problem]:
    if case.found is not None:
        yield from _config(case, case.codec.decode_config(case.found))
    for topic, said in ((case.topics.state, case.states), (case.topics.telemetry, case.telemetry)):
        if any(one.retain for one in said):
            kind = "a state" if topic == case.topics.state else "telemetry"
            yield Problem(
                Party.DEVICE,
                Severity.MINOR,
                f"{kind} lay retained at {topic}: whoever subscribes takes old news for new.",
                f"{clearing(case, topic)}   (if it comes back, have the device publish with retain off)",
            )


def _config(case: Case, config: Config) -> Iterator[Problem]:
    points = config.pointset.points if config.pointset else None
    written = {name: point.set_value for name, point in (points or {}).items() if point.set_value is not None}
    mend = f"Have the back end release them; or: {clearing(case, case.topics.config)}"
    if written:
        of = f" of {rfc3339(config.timestamp)}" if isinstance(config.timestamp, int | float) else ""
        yield Problem(
            Party.NETWORK,
            Severity.GRAVE,
            f"a config{of} lay retained at {case.topics.config} that writes "
            f"{listed(f'{name} = {valued(value)}' for name, value in written.items())}; "
            "we put it back at the end, so the device is written again then.",
            mend,
        )
    elif config.problems:
        yield Problem(
            Party.NETWORK,
            Severity.MINOR,
            f"what lay retained at {case.topics.config} is no config: {config.problems[0]}.",
            clearing(case, case.topics.config),
        )


def _sound(case: Case) -> str | None:
    if case.beside is None or not case.beside.spoke or case.beside.has_own_broker:
        return None
    config = "; its config will be put back" if case.found else ""
    return f"no leftovers are retained{config}"


RETAINED = Check("what is retained", _find, _sound)
