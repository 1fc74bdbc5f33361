"""Acme's target has all that a run relies on. Whether the thermostat conforms, the suites say."""

from acme_target import acme

from harness.target import TargetOptions, check_target


def test_target_is_one_that_a_run_can_rely_on() -> None:
    check_target(lambda: acme("42", TargetOptions()))
