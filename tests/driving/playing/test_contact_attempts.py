"""Ways to have a silent device speak, and the record of those that could not be tried."""

from harness.broker.faults import Fault
from harness.clock import Clock
from harness.driving.connection_tracker import ConnectionTracker
from harness.driving.device_link import DeviceLink
from harness.driving.playing.contact_attempts import ContactAttempts
from harness.driving.progress import Unseen
from harness.interruption import run
from harness.provocations.provocation import CannotProvoke, Provocation
from harness.record.kinds import Done, Lacked, Provoked
from harness.record.trace import Recorder


class _Restarter:
    """`can`: whether it is of any use."""

    def __init__(self, *, can: bool) -> None:
        self.can = can

    async def provoke(self, provocation: Provocation) -> None:
        """Done, or not."""
        if not self.can:
            raise CannotProvoke(provocation, "nobody is there")


class _Network:
    """Notes its faults."""

    has_tls = False

    def __init__(self) -> None:
        self.suffered = list[tuple[Fault, str]]()

    async def suffer(self, fault: Fault, topic: str) -> None:
        """Noted."""
        self.suffered.append((fault, topic))

    async def recover(self) -> None:
        """Nothing is wrong any more."""
        self.suffered.clear()


def _attempts(recorder: Recorder, *, restarts: bool = True, network: _Network | None = None) -> ContactAttempts:
    tracker = ConnectionTracker(recorder, "inbox")
    link = DeviceLink(network, tracker, "inbox", recorder, Unseen(), Clock.VIRTUAL) if network else None
    return ContactAttempts(_Restarter(can=restarts), recorder, link)


def test_restart_is_made_and_recorded() -> None:
    recorder = Recorder()

    assert run(_attempts(recorder).restart(), Clock.VIRTUAL)

    begun, done = recorder.records
    assert isinstance(begun, Provoked)
    assert (begun.label, begun.name) == ("first contact", "restart")
    assert isinstance(done, Done)


def test_restart_that_nobody_can_make_is_recorded_with_its_reason() -> None:
    recorder = Recorder()

    assert not run(_attempts(recorder, restarts=False).restart(), Clock.VIRTUAL)

    lacked = recorder.records[-1]
    assert isinstance(lacked, Lacked)
    assert lacked.provocation
    assert "nobody is there" in lacked.remedy


def test_connection_is_dropped_where_it_is_ours_to_drop() -> None:
    recorder, network = Recorder(), _Network()

    assert run(_attempts(recorder, network=network).cut_off(), Clock.VIRTUAL)

    assert network.suffered == [(Fault.DROP, "inbox")]


def test_connection_of_another_broker_is_left_alone() -> None:
    recorder = Recorder()

    assert not run(_attempts(recorder).cut_off(), Clock.VIRTUAL)

    assert not recorder.records
