"""Echo has all that a run relies on. Whether a device echoes well, its suites say."""

from echo_protocol.plug import ECHO
from echo_protocol.simulator import EchoTarget

from harness.planning.plug_check import check_plug
from harness.target import check_target


def test_plug_is_one_that_a_run_can_rely_on() -> None:
    check_plug(ECHO)


def test_target_is_one_that_a_run_can_rely_on() -> None:
    check_target(EchoTarget)
