"""Circumstances of every kind in which a device may live, and all that it publishes then."""

from harness.machine.effects import Publish
from harness.protocols.update.words.desired_state import Baseline
from harness.protocols.update.words.device_events import Connected, HeardMessage, Restarted
from harness.protocols.update.words.status import PHASES
from harness.protocols.update.words.status import ActionStatus as A
from harness.protocols.update.words.status import FeedbackStatus as F
from harness.protocols.update.words.status import PhaseCommand as P
from harness.protocols.update.words.topics import MessageKind
from simulator.update.device.rules import ManagerRules
from simulator.update.device.setup import ManagerSetup
from tests.simulator.update.device.stepped import NOW, OWN, SteppedDevice

_SETUP = ManagerSetup(own=OWN, played=("lab", "field"), consent=(P.UPDATE,))
_WEB = {"apps": {"web": "1.1", "store": "4.3"}}
_LAB = {"lab": {"one": "2"}, "field": {"one": "2"}}
_DONE = {P.DOWNLOAD: A.DOWNLOAD_SUCCESS, P.UPDATE: A.UPDATE_SUCCESS, P.ACTIVATE: A.ACTIVATION_SUCCESS}


def life(rules: ManagerRules) -> list[object]:
    """All that a device publishes in circumstances of every kind, and when."""
    published: list[object] = []
    for live in (_alone, _leading, _failing, _vague, _silent, _asking, _replaced, _away):
        stepped = _Noting(rules)
        live(stepped)
        published += [live.__name__, *stepped.published]
    return published


class _Noting(SteppedDevice):
    """A device of which every message is noted, and none is read."""

    def __init__(self, rules: ManagerRules) -> None:
        self.published: list[object] = []
        super().__init__(_SETUP, rules)

    def _read(self, publish: Publish, topic: str, payload: bytes) -> None:
        del topic, payload
        self.published.append((self.now, publish))


def _answer(stepped: SteppedDevice, domain: str, *commands: P, activity: str = "a") -> None:
    for command in commands:
        stepped.agent(domain, PHASES[command].success, {f"{domain}:one": _DONE.get(command, A.ACTIVATION_SUCCESS)})
        stepped.wait(0.2)
        stepped.send(MessageKind.OWNER_CONSENT_FEEDBACK, {"status": "APPROVED"}, activity)


def _alone(stepped: SteppedDevice) -> None:
    stepped.desire({**NOW, "apps": {"web": "1.1"}})
    stepped.wait(4)
    stepped.send(MessageKind.CURRENT_STATE_GET, None, "q")
    stepped.send(MessageKind.OWNER_CONSENT_FEEDBACK, {"status": "APPROVED"})
    stepped.wait()
    stepped.desire(NOW)
    stepped.desire({"nobody": {}}, activity="b")
    stepped.send(MessageKind.DESIRED_STATE, {}, "c")
    stepped.wait()


def _leading(stepped: SteppedDevice) -> None:
    stepped.shows("lab", {"one": "1"})
    stepped.desire(_LAB, Baseline("both", ("lab:one", "field:one")))
    stepped.identify("lab")
    stepped.identify("field")
    stepped.agent("lab", F.DOWNLOAD_FAILURE, activity="b")
    stepped.agent("lab", F.DOWNLOADING, {"lab:two": A.DOWNLOADING})
    for command in (*_DONE, P.CLEANUP):
        _answer(stepped, "lab", command)
        stepped.wait(2)
        _answer(stepped, "field", command)
    stepped.wait()


def _failing(stepped: SteppedDevice) -> None:
    stepped.desire(_LAB)
    stepped.agent("lab", F.IDENTIFICATION_FAILED)
    stepped.identify("field")
    stepped.wait()
    stepped.desire(_LAB, activity="b")
    stepped.identify("lab", activity="b")
    stepped.agent("field", F.IDENTIFIED, [], activity="b")
    stepped.agent("lab", F.DOWNLOAD_FAILURE, activity="b")
    stepped.agent("lab", F.CLEANUP_SUCCESS, activity="b")
    stepped.shows("lab", {"one": "half"})
    stepped.wait()


def _vague(stepped: SteppedDevice) -> None:
    """The agent succeeds, and its action is never told to."""
    stepped.desire({"lab": {"one": "2"}})
    stepped.identify("lab")
    stepped.agent("lab", "REPAINTED", {"lab:one": A.DOWNLOADING})
    for command in (*_DONE, P.CLEANUP):
        stepped.agent("lab", PHASES[command].success)
        stepped.send(MessageKind.OWNER_CONSENT_FEEDBACK, {"status": "APPROVED"})
    stepped.wait()


def _silent(stepped: SteppedDevice) -> None:
    stepped.desire({"lab": {"one": "2"}})
    stepped.identify("lab")
    stepped.wait(400)


def _asking(stepped: SteppedDevice) -> None:
    stepped.desire(_WEB)
    stepped.wait(6)
    stepped.send(MessageKind.OWNER_CONSENT_FEEDBACK, {"status": "APPROVED"}, "b")
    stepped.wait(300)


def _replaced(stepped: SteppedDevice) -> None:
    stepped.desire({"lab": {"one": "2"}})
    stepped.desire(_WEB, activity="b")
    stepped.identify("lab")
    stepped.wait()


def _away(stepped: SteppedDevice) -> None:
    stepped.desire(_WEB, retain=True)
    stepped.wait(1)
    stepped.meet(Connected())
    stepped.wait(1)
    stepped.meet(Restarted())
    stepped.meet(Connected())
    stepped.desire(_WEB, retain=True)
    stepped.wait(100)
    stepped.meet(HeardMessage(_SETUP.topic(MessageKind.DESIRED_STATE), b"{"))
