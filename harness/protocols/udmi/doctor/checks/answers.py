"""Whether our config gets through: to the broker's other clients, and to the device."""

from collections.abc import Iterator

from harness.doctor.check import Check
from harness.doctor.problem import Party, Problem, Severity
from harness.payload.timestamps import rfc3339
from harness.protocols.udmi.doctor.case import Case


def _find(case: Case) -> Iterator[Problem]:
    beside = case.beside
    if beside is None or not beside.spoke:
        return
    if beside.configs is not None and not any(delivery.payload in case.sent for delivery in beside.configs):
        who = f"the login {beside.access.user}" if beside.access and beside.access.user else "clients without login"
        yield Problem(
            Party.NETWORK,
            Severity.BLOCKING,
            f"the broker took our config for {case.topics.config}, and delivered it to nobody.",
            f"Let {who} write it and read it: in an ACL of Mosquitto, topic readwrite {case.topics.config}",
        )
    elif case.live_states and not _is_answered(case):
        named = [s.message.last_config for s in case.live_states if isinstance(s.message.last_config, int | float)]
        instead = f"the last says {rfc3339(named[-1])}" if named else "none has one"
        yield Problem(
            Party.DEVICE,
            Severity.GRAVE,
            f"it speaks, but no state has the timestamp of our config as system.last_config ({instead}).",
            f"See that it subscribes to {case.topics.config}, and that its log has no complaint about the config.",
        )


def _sound(case: Case) -> str | None:
    if case.beside is None or not _is_answered(case):
        return None
    return "a config that wants nothing is answered"


def _is_answered(case: Case) -> bool:
    ours = {case.codec.decode_config(payload).timestamp for payload in case.sent}
    return any(said.message.last_config in ours for said in case.live_states)


ANSWERS = Check("whether it answers", _find, _sound)
