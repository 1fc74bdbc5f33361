"""A sequence as a scenario that can be pasted into a suite."""

from collections.abc import Iterator, Sequence

from harness.protocols.udmi.fuzzing.search import Accusation
from harness.protocols.udmi.fuzzing.step import Happens, Rests, Step, Wait, WriteStep
from harness.protocols.udmi.fuzzing.stepped_device import SAMPLE_RATE


def scenario_text(accusation: Accusation) -> str:
    """Python, in the words of `harness.protocols.udmi.suite`."""
    return "\n".join(_lines(accusation))


def _lines(accusation: Accusation) -> Iterator[str]:
    script = accusation.script
    yield f"from harness.protocols.udmi.suite import {', '.join(_names(script))}"
    yield ""
    yield ""
    yield f"@scenario({', '.join(_facts(script))})"
    yield "async def fuzzed(cloud: Cloud, device: Device) -> None:"
    yield f'    """Found by `setpoint fuzz`: breaks {accusation.requirement}."""'
    if not any(isinstance(step, Happens) for step in script):
        yield "    del device"
    yield '    await cloud.say_again("first")'
    yield "    await cloud.listen(4)"
    if any(isinstance(step, WriteStep) and step.rests is Rests.FIRST for step in script):
        yield "    first_etag = cloud.etag"
    for number, step in enumerate(script):
        yield f"    {step.line(number)}"
    yield f"    await cloud.listen({_IN_THE_END:g})"


def _facts(script: Sequence[Step]) -> Iterator[str]:
    """The fields that a scenario declares."""
    yield f"sample_rate={SAMPLE_RATE:g}"
    if any(isinstance(step, WriteStep) for step in script):
        waits = sum(step.seconds for step in script if isinstance(step, Wait)) + _IN_THE_END
        provoked = sum(isinstance(step, Happens) for step in script)
        yield f"longest_wait=lambda pace: {waits:g} + {provoked} * pace.provokes_within"
    happens = [(number, step) for number, step in enumerate(script) if isinstance(step, Happens)]
    if provokes := {step.label(number): step.name for number, step in happens if not step.is_hung_on}:
        yield f"provokes={provokes}"
    if hangs_on := tuple(dict.fromkeys(step.name for _, step in happens if step.is_hung_on)):
        yield f"hangs_on={hangs_on}"


def _names(script: Sequence[Step]) -> list[str]:
    writes = [step for step in script if isinstance(step, WriteStep)]
    expiries = {type(write.expiry).__name__ for write in writes if write.expiry is not None}
    return sorted({"Cloud", "Device", "scenario", *expiries, *(["Setting"] if writes else [])})


_IN_THE_END = 12.0  # seconds that are watched when everything has happened
