"""Whether a second client goes by the device's client id, or by our own: a broker must end the first session for it."""

from collections.abc import Iterator, Sequence

from harness.doctor.case import Case
from harness.doctor.check import Check
from harness.doctor.problem import Party, Problem, Severity, listed, named
from harness.mqtt.client_id import OURS, of_the_cloud
from harness.mqtt.packets import ObservedPacket
from harness.mqtt.take_over import is_strangers, words_of
from harness.text import plural

_MOST = 3  # ids that are told; somebody may come under as many as he likes
_AGAIN = 2  # losses of our session in one run: a network fails once


def _find(case: Case) -> Iterator[Problem]:
    take_overs: dict[str, list[ObservedPacket]] = {}
    for packet in case.packets:
        if is_strangers(packet):
            take_overs.setdefault(packet.client_id, []).append(packet)
    for client_id, each in list(take_overs.items())[:_MOST]:
        yield _two_of_one_id(client_id, each)
    if refused := [packet for packet in case.packets if packet.refused and packet.client_id.startswith(OURS)]:
        yield _refused_as_us(refused)
    if case.losses >= _AGAIN and not any(client_id.startswith(OURS) for client_id in take_overs):
        yield _thrown_out(case)


def _two_of_one_id(client_id: str, take_overs: Sequence[ObservedPacket]) -> Problem:
    first, count = words_of(take_overs[0]), len(take_overs)
    times = plural(count, "once", f"{count} times")
    mend = (
        "End the other client: only Setpoint may go by that id."
        if client_id.startswith(OURS)
        else "Give each device its own client id, and see that nothing else (a second process of the device, a bridge, "
        "a test client) uses this one."
    )
    return Problem(
        Party.NETWORK,
        Severity.GRAVE,
        f"{first}. That happened {times} under this id: the broker must drop one of two. What it may have spoiled is "
        "left undecided.",
        mend,
    )


def _refused_as_us(refused: Sequence[ObservedPacket]) -> Problem:
    """They did not get in, so nothing is spoiled."""
    came_from = sorted({packet.peer for packet in refused if packet.peer})
    where = f" from {listed(came_from)}" if came_from else ""
    return Problem(
        Party.NETWORK,
        Severity.MINOR,
        f"somebody{where} tried to connect as {named(refused[0].client_id)}, which is our own id, and was turned away.",
        "See what that client is: only Setpoint may go by that id.",
    )


def _thrown_out(case: Case) -> Problem:
    ours = of_the_cloud(case.profile.name_on_a_broker)
    return Problem(
        Party.NETWORK,
        Severity.GRAVE,
        f"our own session with the broker was ended {case.losses} times: the network is bad, or somebody else connects "
        f"as {named(ours)} (or as what --client-id says). What was under way then is left undecided.",
        "See the broker's log for who else came under that id, and end that client.",
    )


def _sound(_case: Case) -> None:
    """That the device connected once, the connections' check says."""


STRANGERS = Check("two clients of one id", _find, _sound)
