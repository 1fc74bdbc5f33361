"""An agent, or a device, that does nothing about its own deadline is told of, and does not hang."""

import pytest

from harness.protocols.update.words.status import PhaseCommand
from simulator.base.waking import EndlessWakingError
from simulator.update.agent.agent import UpdateAgent
from simulator.update.agent.execution import Execution
from simulator.update.device.manager import UpdateManager
from tests.simulator.update.agent.stepped import SteppedAgent
from tests.simulator.update.device.stepped import SteppedDevice


def test_agent_that_forgets_what_is_due_is_named_with_its_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(UpdateAgent, "_go_on", lambda *_: ())
    agent = SteppedAgent()
    agent.desire("a", {"web": "1.1"})

    with pytest.raises(EndlessWakingError, match=rf"^update agent of apps was woken .* due at {agent.alarm:.6f} s"):
        agent.wait()


def test_execution_that_comes_to_no_end_is_named_with_its_desired_state(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Execution, "_end", lambda *_: None)
    agent = SteppedAgent()
    agent.desire("campaign-7", {"web": "1.1"})
    agent.wait()
    agent.command(PhaseCommand.DOWNLOAD, "campaign-7")

    with pytest.raises(EndlessWakingError, match=r"^the execution of campaign-7 was woken 10000 times"):
        agent.wait()


def test_device_whose_manager_forgets_what_is_due_is_named_with_its_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    device = SteppedDevice()
    monkeypatch.setattr(UpdateManager, "_next", property(lambda _manager: 1_000_001.5))
    device.desire()

    with pytest.raises(EndlessWakingError, match=r"^update device .*was woken 10000 times .* due at 1000001\.5"):
        device.wait()


def test_device_names_the_agent_of_its_own_that_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    device = SteppedDevice()
    monkeypatch.setattr(UpdateAgent, "_go_on", lambda *_: ())
    device.desire({"apps": {"web": "1.1"}})

    with pytest.raises(EndlessWakingError, match=r"^update agent of apps was woken"):
        device.wait()
