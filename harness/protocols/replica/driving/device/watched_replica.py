"""The operator's own service opposite a device: scenarios use it as one that is played, as far as a component can.

Of the document there is a picture, made of what both say. What the service says is heard as the device hears it.
"""

from collections.abc import Iterator, Mapping
from typing import NoReturn

from harness.clock import utc
from harness.driving.progress import Progress
from harness.mqtt.link import Link
from harness.payload.values import JSON
from harness.protocols.replica.device_profile import DeclaredProperty
from harness.protocols.replica.driving.component import spelt
from harness.protocols.replica.driving.device.counterpart import PlayedReplica, nested
from harness.protocols.replica.driving.device.replica import REPLICA, WANTED, ReplicaSide
from harness.protocols.replica.driving.not_played import NotPlayed
from harness.protocols.replica.words.content import object_at, object_in
from harness.protocols.replica.words.flow import APP, OTHERS, THE_SERVICE
from harness.protocols.replica.words.topics import Operation
from harness.record.kinds import Done, Provoked, Received, Sent
from harness.record.trace import Recorder


class WatchedReplica(ReplicaSide):
    """It says nothing itself but what a component desires."""

    def __init__(self, link: Link, played: PlayedReplica, recorder: Recorder, progress: Progress) -> None:
        super().__init__(link, played, recorder, progress)
        self._wishes: set[tuple[str, ...]] = set()  # the paths of all that we desired

    async def desires(self, patch: Mapping[str, JSON], label: str) -> None:
        """By an update of a component."""
        topic, payload = self.profile.topic(Operation.UPDATE), spelt({"state": {"desired": dict(patch)}})
        self._wishes |= {path for path, leaf in _leaves((), patch) if leaf is not None}
        async with self._turn:
            self._played.want(patch, utc())
            place = self._recorder.append(Provoked(utc(), label, WANTED, detail=dict(patch)))
            sent = self._recorder.append(Sent(utc(), topic, payload, f"desire, {label}", connection=APP))
            await self._link.publish(topic, payload)
            for of in (sent, place):
                self._recorder.append(Done(utc(), of))

    async def goes_to_rest(self, values: Mapping[DeclaredProperty, JSON]) -> None:
        """These values are desired; what else was stays, as it is the operator's."""
        self._wanted = dict(values)
        await self.desires(nested({one.path: value for one, value in values.items()}), "rest")

    async def recovers(self, label: str = "recovers") -> None:
        """Nothing was made wrong. A wish that no property meets would stay open for ever, and is taken back."""
        known = {one.path for one in self.profile.properties.values()}
        known |= {path[:length] for path in known for length in range(1, len(path))}
        strange = [path for path in self._wishes if path not in known]
        if strange:
            self._wishes -= {*strange}
            outermost = {next(path[:n] for n in range(1, len(path) + 1) if path[:n] not in known) for path in strange}
            await self.desires(nested(dict.fromkeys(sorted(outermost))), f"{label}, taken back")

    async def attend(self) -> None:
        """Write down what both say, until cancelled."""
        topics = {self.profile.topic(operation) for operation in Operation}
        async for heard in self._link.deliveries():
            body = object_in(heard.payload)
            connection = THE_SERVICE if heard.topic not in topics else _asking(body)
            arrived = Received(heard.time, heard.topic, heard.payload, heard.retain, connection=connection)
            self._recorder.append(arrived)
            if connection == REPLICA and not heard.retain:
                self._played.hear(heard.topic, heard.payload, utc())
                self._count(heard.topic)
            self._news.set()

    async def suffers(self, label: str, *faults: object) -> NoReturn:
        """Raises NotPlayed, as all that follow."""
        del label, faults
        raise _not_played()

    async def forgets(self, label: str) -> NoReturn:
        """Likewise."""
        del label
        raise _not_played()

    async def deletes(self, label: str) -> NoReturn:
        """Likewise."""
        del label
        raise _not_played()

    async def says_delta(self, label: str, content: object = None, device: str = "") -> NoReturn:
        """Likewise."""
        del label, content, device
        raise _not_played()

    async def says_anew(self, label: str, content: object) -> NoReturn:
        """Likewise."""
        del label, content
        raise _not_played()

    async def answers_somebody_else(self, operation: object, code: int, token: str, label: str) -> NoReturn:
        """Likewise."""
        del operation, code, token, label
        raise _not_played()


def _not_played() -> NotPlayed:
    return NotPlayed("replica", "device")


def _asking(body: Mapping[str, JSON] | None) -> str:
    """The connection of a request: an update that only desires is a component's, ours among them."""
    state = object_at(dict(body), "state") if body else None
    return OTHERS if state and "reported" not in state and state.get("desired") is not None else REPLICA


def _leaves(path: tuple[str, ...], patch: Mapping[str, JSON]) -> Iterator[tuple[tuple[str, ...], JSON]]:
    for name, value in patch.items():
        if isinstance(value, dict) and value:
            yield from _leaves((*path, name), value)
        else:
            yield (*path, name), value
