"""Whether the device speaks the spec that was asked for: to another one, most of what we say means nothing."""

from collections.abc import Iterator

from harness.doctor.check import Check
from harness.doctor.problem import Party, Problem, Severity
from harness.protocols.udmi.doctor.case import Case
from harness.protocols.udmi.words.spec_detection import detected_spec


def _find(case: Case) -> Iterator[Problem]:
    detected = detected_spec(case.codec.layout.spec, case.payloads)
    if detected:
        what = f"it speaks {detected.spec}, and not {detected.asked}: {detected.evidence}, so nothing can be judged."
        yield Problem(Party.DEVICE, Severity.BLOCKING, what, f"Run with --spec {detected.spec}")


def _sound(case: Case) -> str | None:
    return f"it speaks {case.codec.layout.spec}" if case.payloads else None


SPOKEN_SPEC = Check("which spec it speaks", _find, _sound)
