"""Whether the device speaks the spec that was asked for: to another one, most of what we say means nothing."""

from collections.abc import Iterator

from harness.doctor.case import Case
from harness.doctor.check import Check
from harness.doctor.trouble import Trouble, Weight, Whose
from harness.wire.accent import accent_of


def _find(case: Case) -> Iterator[Trouble]:
    accent = accent_of(case.codec.dialect.spec, case.payloads)
    if accent:
        what = f"it speaks {accent.spec}, and not {accent.asked}: {accent.evidence}, so nothing can be judged."
        yield Trouble(Whose.DEVICE, Weight.BLOCKING, what, f"Run with --spec {accent.spec}")


def _sound(case: Case) -> str | None:
    return f"it speaks {case.codec.dialect.spec}" if case.payloads else None


ACCENT = Check("which spec it speaks", _find, _sound)
