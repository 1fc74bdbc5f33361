"""Whether an agent or a device listens and speaks, nobody else commands it, nothing lies there, and time is given."""

from collections.abc import Iterator

from harness.doctor.check import Check
from harness.doctor.commands import clearing
from harness.doctor.problem import Party, Problem, Severity, named
from harness.protocols.update.doctor.case import UpdateCase
from harness.protocols.update.words.topics import MessageKind, kind_at
from harness.record.kinds import Received
from harness.text import brief, counted


def _find_silence(case: UpdateCase) -> Iterator[Problem]:
    if not case.words and (case.beside.spoke if case.beside else not case.is_met):
        profile = case.profile
        asked = profile.topic(MessageKind.CURRENT_STATE_GET)
        what = f"nobody listens at the topics of the domain {profile.domain}: the current state of {profile.id} was "
        what += f"asked for at {asked}, and nothing came."
        remedy = f"See that it is on this broker, and publishes at {' and '.join(profile.outboxes[:2])}."
        yield Problem(Party.DEVICE, Severity.BLOCKING, what, remedy)


def _speaks(case: UpdateCase) -> str | None:
    return "it speaks" if case.words else None


def _find_managers(case: UpdateCase) -> Iterator[Problem]:
    if case.managers:
        what = f"an update manager is on this broker already, and answers at {named(case.managers[0].topic)}: it "
        what += f"commands {case.profile.id} whenever it likes."
        mend = "Setpoint plays the manager itself: stop that one, or have the agent on another broker."
        yield Problem(Party.NETWORK, Severity.GRAVE, what, mend)


def _find_strangers(case: UpdateCase) -> Iterator[Problem]:
    words = case.strange_words
    if words:
        last = words[-1]
        what = f"somebody else publishes at {named(last.topic)} ({counted(len(words), 'message')} to {case.profile.id} "
        what += f"while we listened, the last {_shown(last)}): it does what they say, and is judged for it."
        mend = f"Keep every other manager and backend from {case.profile.id} as long as it is tested."
        yield Problem(Party.NETWORK, Severity.GRAVE, what, mend)


def _find_agents(case: UpdateCase) -> Iterator[Problem]:
    for topic in dict.fromkeys(one.topic for one in case.strange_agents):
        what = f"an agent speaks at {named(topic)}, of a domain whose agent Setpoint is to play."
        mend = "Stop that agent, or take its domain out of `played`."
        yield Problem(Party.NETWORK, Severity.GRAVE, what, mend)


def _nobody_else(case: UpdateCase) -> str | None:
    is_heard = case.beside is not None and case.beside.elsewhere is not None
    return f"nobody else speaks to {case.profile.id}" if is_heard else None


def _no_manager(case: UpdateCase) -> str | None:
    is_heard = case.beside is not None and case.beside.elsewhere is not None
    return "no other update manager answers" if is_heard else None


def _no_agent(case: UpdateCase) -> str | None:
    is_heard = case.beside is not None and case.beside.elsewhere is not None
    return "no agent is there that is to be played" if is_heard and case.profile.played else None


def _find_leftovers(case: UpdateCase) -> Iterator[Problem]:
    for one in case.retained_orders:
        what = f"{_kind(case, one)} lies retained at {named(one.topic)}, {_shown(one)}: whoever it is for does what it "
        what += "says whenever they connect."
        yield Problem(Party.NETWORK, Severity.GRAVE, what, clearing(case, one.topic))
    for one in case.retained_words:
        what = f"{_kind(case, one)} lies retained at {named(one.topic)}: whoever connects takes it for new."
        mend = f"{clearing(case, one.topic)}   (if it comes back, have it published with retain off)"
        yield Problem(Party.DEVICE, Severity.MINOR, what, mend)


def _no_leftovers(case: UpdateCase) -> str | None:
    return "nothing lies retained but current states" if case.beside and case.beside.elsewhere is not None else None


def _kind(case: UpdateCase, one: Received) -> str:
    profile = case.profile
    domains = (profile.domain, *profile.domains)
    found = (kind_at(one.topic, domain, profile.id, profile.topics) for domain in domains)
    return _WORDS[next(kind for kind in found if kind is not None)]


def _shown(one: Received) -> str:
    return brief(one.payload.decode(errors="replace"))


_WORDS = {
    MessageKind.DESIRED_STATE: "a desired state",
    MessageKind.COMMAND: "a command",
    MessageKind.FEEDBACK: "feedback",
    MessageKind.CURRENT_STATE: "a current state",
    MessageKind.CURRENT_STATE_GET: "a question for the current state",
    MessageKind.OWNER_CONSENT: "a question to the owner",
    MessageKind.OWNER_CONSENT_FEEDBACK: "an owner's answer",
}


def _find_missing_deadlines(case: UpdateCase) -> Iterator[Problem]:
    if case.lacking:
        names = ", ".join(case.lacking)
        what = f"The profile gives no deadline for {names}, so what must come in that time cannot be tested."
        lines = tuple(f"{name} = 60" for name in case.lacking)
        yield Problem(Party.PROFILE, Severity.GRAVE, what, f"Add {lines[0]} and the like to [deadlines].", lines)


def _knows_deadlines(case: UpdateCase) -> str | None:
    return None if case.lacking else "every deadline is given"


CHECKS = (
    Check("its words", _find_silence, _speaks),
    Check("other managers", _find_managers, _no_manager),
    Check("who speaks to it", _find_strangers, _nobody_else),
    Check("the agents", _find_agents, _no_agent),
    Check("what is retained", _find_leftovers, _no_leftovers),
    Check("the deadlines", _find_missing_deadlines, _knows_deadlines),
)
