"""Devices that lead their agents wrongly, or ask no owner."""

from dataclasses import replace

from harness.protocols.update.words.desired_state import DesiredState
from harness.protocols.update.words.status import Consent, FeedbackStatus, PhaseCommand
from simulator.update.device.law import ANSWERS, FAILURES, NEXT
from simulator.update.device.rules import ConsentRules, DeviceIdentifyingRules, LeadingRules, SummingUpRules
from simulator.update.device.rules.leading import AgentArrival, counts
from simulator.update.device.slices import slice_of
from simulator.update.device_variations.variation import deviation

_PLAYED = ("lab", "field")


def _all_of_it(state: DesiredState, domain: str) -> DesiredState:
    """Agents of somebody else's get the whole; its own would not take that."""
    return state if domain in _PLAYED else slice_of(state, domain)


def _without_configs(state: DesiredState, domain: str) -> DesiredState:
    """Agents of somebody else's get no configurations."""
    own = slice_of(state, domain)
    if domain not in _PLAYED:
        return own
    return replace(
        own,
        domains=tuple(
            replace(one, components=tuple(replace(component, config=()) for component in one.components))
            for one in own.domains
        ),
    )


def _without_baselines(state: DesiredState, domain: str) -> DesiredState:
    """Nobody gets baselines."""
    return replace(slice_of(state, domain), baselines=())


def _anothers(activity: str) -> str:
    return f"{activity}-1"


def _but_behind(failure: FeedbackStatus) -> LeadingRules:
    """An agent is left as it is behind that failure."""
    return LeadingRules(cleans_up_failed=False, next=lambda status: None if status is failure else NEXT.get(status))


def _dies_of_broken(arrival: AgentArrival) -> bool:
    """A step under way without an action that is whole ends the phase, as a failure."""
    told = arrival.feedback
    return counts(arrival) or (told.status is FeedbackStatus.DOWNLOADING and not told.actions)


def _any_answer(arrival: AgentArrival) -> bool:
    """The end of any step ends the one that the agent is at."""
    return arrival.feedback.status in frozenset().union(*ANSWERS.values())


AGENTS = (
    deviation("tells-agents-everything", DeviceIdentifyingRules(slice=_all_of_it), breaks="device-agents.slices"),
    deviation(
        "tells-agents-no-baselines", DeviceIdentifyingRules(slice=_without_baselines), breaks="device-agents.slices"
    ),
    deviation("tells-agents-no-config", DeviceIdentifyingRules(slice=_without_configs), breaks="device-agents.slices"),
    deviation(
        "commands-with-an-activity-of-its-own",
        DeviceIdentifyingRules(slice_id=_anothers),
        LeadingRules(command_id=_anothers, heeds=lambda arrival: not arrival.retain),
        breaks="device-agents.activity",
        implies=(
            "device-agents.odd-feedback",
            "device-agents.slices",
            "device-consent.asks",
            "device-consent.rolls-back",
            "device-consent.waits",
        ),
    ),
    deviation(
        "commands-before-all-are-identified",
        DeviceIdentifyingRules(is_ready=lambda statuses: FeedbackStatus.IDENTIFIED in statuses),
        breaks="device-agents.all-identified",
        implies=(
            "device-action.same-set",
            "device-agents.silent",
            "device-identification.lists-all",
            "device-identification.unknown-version",
        ),
    ),
    deviation(
        "commands-though-one-cannot-identify",
        DeviceIdentifyingRules(has_failed=lambda _statuses: False),
        breaks="device-agents.all-identified",
        implies=("device-identification.unknown-version", "device-agents.silent"),
    ),
    deviation(
        "leads-each-agent-at-its-own-pace",
        LeadingRules(is_ready=lambda _statuses: True),
        breaks="device-agents.phases-together",
    ),
    deviation(
        "commands-idle-agents",
        LeadingRules(leads=lambda _is_idle: True),
        breaks="device-agents.idle",
        implies=(
            "device-agents.broken-feedback",
            "device-agents.odd-feedback",
            "device-end.malformed",
            "device-inventory.answers-in-the-middle",
        ),
    ),
    deviation(
        "leaves-agents-that-fail-in-download",
        _but_behind(FeedbackStatus.DOWNLOAD_FAILURE),
        breaks="device-agents.failing",
        implies=("device-agents.silent", "device-end.failure", "device-end.one"),
    ),
    deviation(
        "leaves-agents-that-fail-in-update",
        _but_behind(FeedbackStatus.UPDATE_FAILURE),
        breaks="device-agents.failing",
        implies=("device-agents.silent", "device-end.failure", "device-end.one"),
    ),
    deviation(
        "leaves-agents-that-fail-in-activation",
        _but_behind(FeedbackStatus.ACTIVATION_FAILURE),
        breaks="device-agents.failing",
        implies=("device-agents.silent", "device-end.failure", "device-end.one"),
    ),
    deviation(
        "waits-for-ever-for-a-silent-agent",
        LeadingRules(gives_up=lambda command: command is not PhaseCommand.DOWNLOAD),
        breaks="device-agents.silent",
    ),
    deviation(
        "waits-for-ever-for-an-identification",
        LeadingRules(gives_up=lambda command: command is not None),
        breaks="device-agents.silent",
        implies=(  # whatever is desired behind it
            "device-agents.odd-feedback",
            "device-consent.denied",
            "device-end.malformed",
            "device-end.new-desired-state",
            "device-end.resumes",
            "device-identification.incomplete",
            "device-identification.nothing-to-do",
            "device-identification.unknown-domain",
            "device-identification.unknown-version",
            "device-inventory.answers-in-the-middle",
        ),
    ),
    deviation(
        "waits-for-ever-for-a-silent-update",
        LeadingRules(gives_up=lambda command: command is not PhaseCommand.UPDATE),
        breaks="device-agents.silent",
    ),
    deviation(
        "waits-for-ever-for-a-silent-activation",
        LeadingRules(gives_up=lambda command: command is not PhaseCommand.ACTIVATE),
        breaks="device-agents.silent",
    ),
    deviation(
        "waits-for-ever-for-a-cleanup",
        LeadingRules(gives_up=lambda command: command is not PhaseCommand.CLEANUP),
        breaks="device-agents.silent",
        implies=("device-consent.asks", "device-consent.denied", "device-consent.waits"),  # it is at the old one still
    ),
    deviation(
        "gives-up-on-a-silent-agent-very-late",
        LeadingRules(patience=lambda deadline: 6.0 * deadline),
        breaks="device-agents.silent",
    ),
    deviation(
        "heeds-feedback-of-any-activity",
        LeadingRules(heeds=lambda arrival: not arrival.retain),
        breaks="device-agents.odd-feedback",
    ),
    deviation(
        "fails-of-broken-feedback",
        LeadingRules(
            counts=_dies_of_broken, has_failed=lambda status: status in {*FAILURES, FeedbackStatus.DOWNLOADING}
        ),
        breaks="device-agents.broken-feedback",
    ),
    deviation("takes-any-answer-of-an-agent", LeadingRules(counts=_any_answer), breaks="device-agents.odd-feedback"),
    deviation(
        "asks-no-owner",
        ConsentRules(asks=lambda _command, _consent: False),
        breaks="device-consent.asks",
        implies=("device-consent.waits", "device-consent.denied"),
    ),
    deviation(
        "asks-for-another-command",
        ConsentRules(asked_for=lambda _command: PhaseCommand.ACTIVATE),
        breaks="device-consent.asks",
        implies=("device-consent.waits",),
    ),
    deviation(
        "does-not-wait-for-the-owner",
        ConsentRules(waits=False),
        breaks="device-consent.waits",
        implies=("device-consent.denied",),
    ),
    deviation(
        "takes-anybodys-consent",
        ConsentRules(heeds=lambda arrival: not arrival.retain),
        breaks="device-consent.waits",
    ),
    deviation(
        "takes-silence-for-consent",
        ConsentRules(approves=lambda consent: consent is not Consent.DENIED, patience=lambda _deadline: 5.0),
        breaks="device-consent.waits",
    ),
    deviation("cleans-up-where-consent-is-denied", ConsentRules(back={}), breaks="device-consent.rolls-back"),
    deviation(
        "takes-a-no-for-a-yes",
        ConsentRules(approves=lambda _consent: True),
        breaks="device-consent.denied",
        implies=("device-consent.rolls-back",),
    ),
    deviation(
        "completes-without-consent",
        ConsentRules(has_failed=False),
        SummingUpRules(is_well=lambda _status, _spec: True),
        breaks="device-consent.denied",
        implies=("device-end.failure", "device-end.completed-only-if-all"),
    ),
)
