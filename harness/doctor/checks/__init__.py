"""Every check, in the order in which a visit comes by them."""

from harness.doctor.check import Check
from harness.doctor.checks.accent import ACCENT
from harness.doctor.checks.answers import ANSWERS
from harness.doctor.checks.certificates import CERTIFICATES
from harness.doctor.checks.clock import CLOCK
from harness.doctor.checks.connections import CONNECTIONS
from harness.doctor.checks.points import POINTS
from harness.doctor.checks.publishers import PUBLISHERS
from harness.doctor.checks.refusals import REFUSALS
from harness.doctor.checks.retained import RETAINED
from harness.doctor.checks.silence import SILENCE
from harness.doctor.checks.values import VALUES
from harness.doctor.checks.way_in import WAY_IN

__all__ = ["AT_FIRST_CONTACT", "EVERYTHING"]

EVERYTHING: tuple[Check, ...] = (
    WAY_IN,
    CERTIFICATES,
    CONNECTIONS,
    ACCENT,
    ANSWERS,
    SILENCE,
    PUBLISHERS,
    RETAINED,
    CLOCK,
    POINTS,
    VALUES,
    REFUSALS,
)
AT_FIRST_CONTACT: tuple[Check, ...] = (ACCENT, PUBLISHERS, RETAINED, CLOCK, POINTS, VALUES)
