"""Checks of what every protocol has: broker, certificates, sessions, strangers."""

from harness.doctor.case import Case
from harness.doctor.check import Check
from harness.doctor.checks.certificates import CERTIFICATES
from harness.doctor.checks.connections import CONNECTIONS
from harness.doctor.checks.strangers import STRANGERS
from harness.doctor.checks.way_in import WAY_IN

__all__ = ["OF_EVERY_CASE"]

OF_EVERY_CASE: tuple[Check[Case], ...] = (WAY_IN, CERTIFICATES, CONNECTIONS, STRANGERS)
