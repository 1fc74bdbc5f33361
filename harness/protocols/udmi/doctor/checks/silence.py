"""Whether the device is heard at all; and if not, what is heard in its place."""

import re
from collections.abc import Iterator, Mapping

from harness.doctor.case import Beside
from harness.doctor.check import Check
from harness.doctor.checks.connections import is_subscribed
from harness.doctor.problem import Party, Problem, Severity, listed, named, valued
from harness.protocols.udmi.doctor.case import Case
from harness.suggest import nearest
from harness.text import counted

_SUFFIXES = ("/state", "/events/pointset", "/events")


def _find(case: Case) -> Iterator[Problem]:
    beside = case.beside
    if beside is None or not beside.spoke:
        return
    if case.live_states and (case.live_telemetry or not case.profile.points):
        return
    if case.live_states or case.live_telemetry:
        yield _half_heard(case, beside)
    elif not beside.has_own_broker or is_subscribed(case):  # else the check of connections has told more
        yield _instead(case, beside) or _nothing(case, beside)


def _sound(case: Case) -> str | None:
    if case.beside is None or not (case.live_states and case.live_telemetry):
        return None
    count = len(case.live_states)
    return f"heard: {counted(count, 'state')}, {len(case.live_telemetry)} telemetry"


def _half_heard(case: Case, beside: Beside) -> Problem:
    topics = case.topics
    root = topics.state.removesuffix("/state")
    heard, missing = ("states", "telemetry") if case.live_states else ("telemetry", "state")
    where = topics.telemetry if case.live_states else topics.state
    strays = [topic for topic in beside.elsewhere or () if topic.startswith(f"{root}/") and topic not in _known(case)]
    said = f"; it does publish at {listed(strays)}" if strays else ""
    blocking = missing == "telemetry"
    return Problem(
        Party.DEVICE,
        Severity.BLOCKING if blocking else Severity.GRAVE,
        f"{heard} came, but no {missing} at {where} within {beside.silent_for:.0f} s{said}.",
        f"Have it publish {missing} at {where}"
        + (", every sample_rate_sec seconds." if blocking else " when it connects."),
    )


def _instead(case: Case, beside: Beside) -> Problem | None:
    """The same device by another name, or in another place."""
    expected = case.topics.state.removesuffix("/state")
    roots = _roots(case, beside.elsewhere or {})
    pattern = re.escape(case.profile.topics).replace(re.escape("{id}"), "([^/]+)")
    ids = {match[1]: root for root in roots if (match := re.fullmatch(pattern, root))}
    alike = [name for name in ids if name.casefold() == case.profile.id.casefold()]
    near = alike[0] if alike else nearest(case.profile.id, ids)
    if near:
        return _profile(
            f"nothing was heard at {expected}, but {ids[near]} speaks.",
            f"If that is the device, write in the profile: id = {valued(near)}",
        )
    for root in roots:
        parts = root.split("/")
        alike = [part for part in parts if part.casefold() == case.profile.id.casefold()]
        if alike:
            scheme = "/".join("{id}" if part == alike[0] else part for part in parts)
            also = "" if alike[0] == case.profile.id else f" and id = {valued(alike[0])}"
            return _profile(
                f"nothing was heard at {expected}, but {root} speaks.",
                f"Write in the profile, above its tables: topics = {valued(scheme)}{also}",
            )
    if ids:
        return _profile(
            f"nothing was heard of {case.profile.id}; these devices speak there: {listed(sorted(ids))}.",
            f"If it is one of them, mend id = {valued(case.profile.id)} in the profile; else see that it runs.",
        )
    return None


def _nothing(case: Case, beside: Beside) -> Problem:
    root = case.topics.state.removesuffix("/state")
    others = [topic for topic in beside.elsewhere or () if not topic.startswith(f"{root}/")]
    instead = f"; what the broker carries: {listed(sorted(others))}" if others else ""
    retained = " but what was retained" if case.states or case.telemetry else ""
    if beside.has_own_broker:
        mend = "See its log: it is connected, and should publish state and telemetry."
    else:
        mend = f"See that {case.profile.id} is on, connected to this very broker, and has the topics of the profile"
        mend += " (and that our login may read them)" if beside.access and beside.access.user else ""
        mend += "; the broker's log tells if another client has its id, and throws it out."
    return Problem(
        Party.DEVICE,
        Severity.BLOCKING,
        f"nothing was heard at {root}{retained}, though a config asked for telemetry and we waited "
        f"{beside.silent_for:.0f} s{instead}.",
        mend,
    )


def _roots(case: Case, elsewhere: Mapping[str, bool]) -> list[str]:
    """The roots of devices that speak; those heard while we listened come first. A config topic is no sign of one."""
    told = sorted((topic for topic in elsewhere if topic not in _known(case)), key=lambda topic: elsewhere[topic])
    found = [topic.removesuffix(suffix) for topic in told for suffix in _SUFFIXES if topic.endswith(suffix)]
    return list(dict.fromkeys(found))


def _known(case: Case) -> tuple[str, str, str]:
    return case.topics.config, case.topics.state, case.topics.telemetry


def _profile(what: str, mend: str) -> Problem:
    return Problem(Party.PROFILE, Severity.BLOCKING, _sentence(what), mend)


def _sentence(what: str) -> str:
    """A sentence around a topic of somebody else's, which may be as long as MQTT allows."""
    return " ".join(named(word) if "/" in word else word for word in what.split(" "))


SILENCE = Check("whether it is heard", _find, _sound)
