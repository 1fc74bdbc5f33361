"""A call comes back. Echo 1, the answer."""

import pytest

from echo_protocol.judging import EchoEpisode
from echo_protocol.suites.limits import Limits
from harness.judging.timing.window import within

covers = pytest.mark.covers


@covers("echo.comes-in-time")
def test_call_comes_back_in_time(one_call: EchoEpisode, limits: Limits) -> None:
    one_call.call("call").comes_back(within(limits.answer))


@covers("echo.is-the-same")
def test_call_comes_back_as_it_was(one_call: EchoEpisode) -> None:
    one_call.call("call").comes_back_as_it_was()
