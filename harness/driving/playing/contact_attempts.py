"""Ways to have a silent device say its first word, whatever its protocol."""

from harness.broker.faults import Fault
from harness.clock import utc
from harness.driving.device_link import DeviceLink
from harness.driving.playing.provoking import ProvokedDevice
from harness.provocations.provocation import CannotProvoke, Provoker
from harness.record.kinds import Lacked
from harness.record.trace import Recorder

_LABEL = "first contact"


class ContactAttempts:
    """Each returns whether it could be made. `link`: the device's connection; None: it is not ours to break."""

    def __init__(self, provoker: Provoker, recorder: Recorder, link: DeviceLink | None) -> None:
        self._provoker, self._recorder, self._link = provoker, recorder, link

    async def restart(self) -> bool:
        """The device's power goes and comes; the record says why where nobody can bring that about."""
        try:
            await ProvokedDevice(self._provoker, self._recorder).restarts(_LABEL)
        except CannotProvoke as lack:
            self._recorder.append(Lacked(utc(), _LABEL, str(lack), provocation=True))
            return False
        return True

    async def cut_off(self) -> bool:
        """The device's connection is dropped."""
        if self._link is None:
            return False
        await self._link.suffers(Fault.DROP, _LABEL)
        return True
