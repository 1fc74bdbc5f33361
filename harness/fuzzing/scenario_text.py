"""A sequence as a scenario that can be pasted into a suite."""

from collections.abc import Iterator, Sequence

from harness.fuzzing.bench import SAMPLE_RATE
from harness.fuzzing.search import Accusation
from harness.fuzzing.step import Happens, Rests, Step, Write


def scenario_text(accusation: Accusation) -> str:
    """Python, in the words of `harness.suite`."""
    return "\n".join(_lines(accusation))


def _lines(accusation: Accusation) -> Iterator[str]:
    script = accusation.script
    yield f"from harness.suite import {', '.join(_names(script))}"
    yield ""
    yield ""
    yield f"@scenario(sample_rate={SAMPLE_RATE:g})"
    yield "async def fuzzed(cloud: Cloud, device: Device) -> None:"
    yield f'    """Found by `setpoint fuzz`: breaks {accusation.requirement}."""'
    if not any(isinstance(step, Happens) for step in script):
        yield "    del device"
    yield '    await cloud.say_again("first")'
    yield "    await cloud.listen(4)"
    if any(isinstance(step, Write) and step.rests is Rests.FIRST for step in script):
        yield "    first_etag = cloud.etag"
    for number, step in enumerate(script):
        yield f"    {step.line(number)}"
    yield "    await cloud.listen(12)"


def _names(script: Sequence[Step]) -> list[str]:
    writes = [step for step in script if isinstance(step, Write)]
    expiries = {type(write.expiry).__name__ for write in writes if write.expiry is not None}
    return sorted({"Cloud", "Device", "scenario", *expiries, *(["Setting"] if writes else [])})
