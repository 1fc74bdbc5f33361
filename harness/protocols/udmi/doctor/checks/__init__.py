"""Every check of what a device says, in the order in which an examination comes by it."""

from harness.doctor.check import Check
from harness.protocols.udmi.doctor.case import Case
from harness.protocols.udmi.doctor.checks.answers import ANSWERS
from harness.protocols.udmi.doctor.checks.clock import CLOCK
from harness.protocols.udmi.doctor.checks.etags import ETAGS
from harness.protocols.udmi.doctor.checks.payloads import PAYLOADS
from harness.protocols.udmi.doctor.checks.points import POINTS
from harness.protocols.udmi.doctor.checks.publishers import PUBLISHERS
from harness.protocols.udmi.doctor.checks.refusals import REFUSALS
from harness.protocols.udmi.doctor.checks.retained import RETAINED
from harness.protocols.udmi.doctor.checks.silence import SILENCE
from harness.protocols.udmi.doctor.checks.spec import SPOKEN_SPEC
from harness.protocols.udmi.doctor.checks.standing_writes import STANDING
from harness.protocols.udmi.doctor.checks.values import VALUES
from harness.protocols.udmi.doctor.checks.versions import VERSIONS

__all__ = ["CHECKS"]

CHECKS: tuple[Check[Case], ...] = (
    SPOKEN_SPEC,
    ANSWERS,
    SILENCE,
    PUBLISHERS,
    RETAINED,
    CLOCK,
    PAYLOADS,
    VERSIONS,
    ETAGS,
    POINTS,
    VALUES,
    STANDING,
    REFUSALS,
)
