"""Whether two clients go by one id, and throw each other out: each session ends when the other begins."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from harness.doctor.case import Beside, Case
from harness.doctor.check import Check
from harness.doctor.trouble import Trouble, Weight, Whose, listed, named, valued
from harness.wire.client_id import OURS, of_the_cloud
from harness.wire.seen import Seen, Sight
from harness.wire.topics import brings

_AT_ONCE = 0.2  # seconds between the end of one session and the next: a client that came back by itself takes longer
_OFTEN = 3  # connections of one client in so short a time


def _find(case: Case) -> Iterator[Trouble]:
    beside = case.beside
    if beside is None:
        return
    if beside.lost and beside.spoke:
        yield _taken_over(case, beside)
    clients = _clients(beside)
    told = [trouble for client_id, sights in clients.items() for trouble in _of_client(client_id, sights)]
    yield from told
    if clients and not told and not is_subscribed(case):
        yield _not_subscribed(case, clients)


def is_subscribed(case: Case) -> bool:
    """Whether a client of our own broker wants the device's configs."""
    seen = case.beside.seen if case.beside else ()
    return any(_reaches(one, case.topics.config) for one in seen if not one.client_id.startswith(OURS))


def _clients(beside: Beside) -> dict[str, list[Seen]]:
    clients: dict[str, list[Seen]] = {}
    for seen in beside.seen:
        if not seen.client_id.startswith(OURS):
            clients.setdefault(seen.client_id, []).append(seen)
    return clients


def _sound(case: Case) -> str | None:
    beside = case.beside
    if beside is None or not beside.spoke:
        return None
    if not beside.has_own_broker:
        return "our session was not taken over by anybody"
    ids = sorted({seen.client_id for seen in beside.seen if not seen.client_id.startswith(OURS)})
    return f"connected once, and subscribed to its config: client {listed(ids)}" if ids else None


def _taken_over(case: Case, beside: Beside) -> Trouble:
    ours = of_the_cloud(case.profile.id)
    return Trouble(
        Whose.NETWORK,
        Weight.GRAVE,
        f"the broker ended our session ({named(beside.lost[0])}) and let us in under another name: "
        f"somebody else connects as {ours}.",
        f"End the other run of Setpoint against this device; the broker's log has its address beside {ours}.",
    )


def _of_client(client_id: str, sights: Sequence[Seen]) -> Iterator[Trouble]:
    kinds = Counter(seen.what for seen in sights)
    clashes = _clashes(sights)
    name, times = named(client_id), kinds[Sight.CONNECT]
    if clashes:
        yield Trouble(
            Whose.NETWORK,
            Weight.GRAVE,
            f"two clients go by the id {name}: {_times(clashes)}, one came while the other was there, "
            "and the broker must drop one of them.",
            "Give each device its own client id, and see that nothing else (a bridge, a test client) uses this one.",
        )
    elif times >= _OFTEN and not kinds[Sight.SUBSCRIBE]:
        yield Trouble(
            Whose.NETWORK,
            Weight.BLOCKING,
            f"client {name} connected {times} times and never got as far as to subscribe.",
            "See that its login is that of --user and SETPOINT_PASSWORD, and that its log has no refusal (CONNACK).",
        )
    elif times >= _OFTEN:
        yield Trouble(
            Whose.DEVICE,
            Weight.GRAVE,
            f"client {name} connected {times} times: it loses its connection again and again.",
            "See its log for why it disconnects (keep-alive, memory, a watchdog), and the network between.",
        )


def _clashes(sights: Sequence[Seen]) -> int:
    gone: float | None = None
    clashes = 0
    for seen in sights:
        if seen.what is Sight.LOST:
            gone = seen.time
        elif seen.what is Sight.CONNECT:
            clashes += gone is not None and seen.time - gone < _AT_ONCE
            gone = None
    return clashes


def _not_subscribed(case: Case, clients: dict[str, list[Seen]]) -> Trouble:
    filters = [topic for sights in clients.values() for s in sights if s.what is Sight.SUBSCRIBE for topic in s.topics]
    heard = f"only to {listed(filters)}" if filters else "to nothing"
    pattern = re.escape(case.profile.topics).replace(re.escape("{id}"), "([^/+#]+)") + "/config"
    ids = [match[1] for topic in filters if (match := re.fullmatch(pattern, topic))]
    mend = f"Have it subscribe to {case.topics.config}, or mend the lines id and topics of the profile."
    return Trouble(
        Whose.PROFILE if ids else Whose.DEVICE,
        Weight.BLOCKING,
        f"client {listed(clients)} connected and subscribed {heard}: configs at {case.topics.config} do not reach it.",
        f"If that is the device, write in the profile: id = {valued(ids[0])}" if ids else mend,
    )


def _reaches(seen: Seen, topic: str) -> bool:
    return seen.what is Sight.SUBSCRIBE and any(brings(topic_filter, topic) for topic_filter in seen.topics)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


CONNECTIONS = Check("the connections", _find, _sound)
