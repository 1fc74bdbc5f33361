"""Whether the device's client stays connected and subscribed, and whether anybody throws our session out."""

from collections import Counter
from collections.abc import Iterator, Sequence

from harness.doctor.case import Beside, Case
from harness.doctor.check import Check
from harness.doctor.problem import Party, Problem, Severity, listed, named, valued
from harness.mqtt.client_id import OURS, of_the_cloud
from harness.mqtt.packets import ObservedPacket, PacketKind
from harness.mqtt.take_over import is_strangers
from harness.mqtt.topic_filter import brings

_AGAIN = {True: "under another name", False: "a second time"}
_OFTEN = 3  # connections of one client in so short a time


def _find(case: Case) -> Iterator[Problem]:
    beside = case.beside
    if beside is None:
        return
    if beside.keeps_apart is False:
        yield _one_for_all(beside)
    elif beside.lost and beside.spoke and not any(is_strangers(packet) for packet in _ours(case)):
        yield _taken_over(case, beside)
    clients = _clients(beside)
    told = [problem for client_id, packets in clients.items() for problem in _of_client(client_id, packets)]
    yield from told
    if clients and not told and not is_subscribed(case):
        yield _not_subscribed(case, clients)


def is_subscribed(case: Case) -> bool:
    """Whether a client of our own broker wants what is sent to the device."""
    packets = case.beside.packets if case.beside else ()
    return any(_reaches(one, case.profile.inbox) for one in packets if not one.client_id.startswith(OURS))


def _clients(beside: Beside) -> dict[str, list[ObservedPacket]]:
    clients: dict[str, list[ObservedPacket]] = {}
    for packet in beside.packets:
        if not packet.client_id.startswith(OURS):
            clients.setdefault(packet.client_id, []).append(packet)
    return clients


def _ours(case: Case) -> Iterator[ObservedPacket]:
    """The packets of a broker of ours under our own client ids."""
    return (packet for packet in case.packets if packet.client_id.startswith(OURS))


def _sound(case: Case) -> str | None:
    beside = case.beside
    if beside is None or not beside.spoke:
        return None
    if not beside.has_own_broker:
        return "our session was not taken over by anybody"
    ids = sorted({packet.client_id for packet in beside.packets if not packet.client_id.startswith(OURS)})
    return f"connected once, and subscribed to {case.profile.inbox}: client {listed(ids)}" if ids else None


def _one_for_all(beside: Beside) -> Problem:
    """A broker that gives every client the name of its login, or of its certificate, as client id."""
    access = beside.access
    who = (
        f"the login {access.user}"
        if access and access.user
        else "the certificate"
        if access and access.ours
        else "the address"
    )
    alone = f"Give nobody else {who} that Setpoint comes with (--user NAME), the device least of all"
    apart = "or have the broker go by what a client calls itself (Mosquitto: use_username_as_clientid false)."
    if not beside.lost:
        return Problem(
            Party.NETWORK,
            Severity.MINOR,
            f"the broker takes {who} for the client id: of two sessions that come with it, it ends the first. So we "
            "look less far here, with one session at a time.",
            f"{alone}; {apart}",
        )
    return Problem(
        Party.NETWORK,
        Severity.BLOCKING,
        f"the broker takes {who} for the client id, and somebody else comes with it too, perhaps the device: each "
        f"throws the other out ({named(beside.lost[0])}).",
        f"{alone}; {apart}",
    )


def _taken_over(case: Case, beside: Beside) -> Problem:
    ours = beside.client_id or of_the_cloud(case.profile.name_on_a_broker)
    return Problem(
        Party.NETWORK,
        Severity.GRAVE,
        f"the broker ended our session ({named(beside.lost[0])}) and let us in {_AGAIN[beside.client_id is None]}: "
        f"somebody else connects as {named(ours)}.",
        f"End the other run of Setpoint against this device; the broker's log has its address beside {named(ours)}.",
    )


def _of_client(client_id: str, packets: Sequence[ObservedPacket]) -> Iterator[Problem]:
    kinds = Counter(packet.what for packet in packets)
    name, times = named(client_id), kinds[PacketKind.CONNECT]
    if any(is_strangers(packet) for packet in packets):
        return
    if times >= _OFTEN and not kinds[PacketKind.SUBSCRIBE]:
        yield Problem(
            Party.NETWORK,
            Severity.BLOCKING,
            f"client {name} connected {times} times and never got as far as to subscribe.",
            "See that its login is that of --user and SETPOINT_PASSWORD, and that its log has no refusal (CONNACK).",
        )
    elif times >= _OFTEN:
        yield Problem(
            Party.DEVICE,
            Severity.GRAVE,
            f"client {name} connected {times} times: it loses its connection again and again.",
            "See its log for why it disconnects (keep-alive, memory, a watchdog), and the network between.",
        )


def _not_subscribed(case: Case, clients: dict[str, list[ObservedPacket]]) -> Problem:
    filters = [
        topic for packets in clients.values() for s in packets if s.what is PacketKind.SUBSCRIBE for topic in s.topics
    ]
    heard = f"only to {listed(filters)}" if filters else "to nothing"
    ids = [name for topic in filters if (name := case.profile.id_at(topic))]
    mend = f"Have it subscribe to {case.profile.inbox}, or mend the lines id and topics of the profile."
    return Problem(
        Party.PROFILE if ids else Party.DEVICE,
        Severity.BLOCKING,
        f"client {listed(clients)} connected and subscribed {heard}: messages at {case.profile.inbox} do not reach it.",
        f"If that is the device, write in the profile: id = {valued(ids[0])}" if ids else mend,
    )


def _reaches(packet: ObservedPacket, topic: str) -> bool:
    return packet.what is PacketKind.SUBSCRIBE and any(brings(topic_filter, topic) for topic_filter in packet.topics)


CONNECTIONS = Check("the connections", _find, _sound)
