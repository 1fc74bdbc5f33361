"""Whole updates of a device: of all domains, of none, of an unknown one; two at once; and with an owner."""

from dataclasses import replace

from harness.protocols.update.suite import (
    Agents,
    Answers,
    Backend,
    ComponentChoice,
    Consent,
    DeclaredComponent,
    DesiredDomain,
    DesiredState,
    PhaseCommand,
    other,
    scenario,
)
from suites.update.device.limits import Limits

__all__ = [
    "additional_fields",
    "config_in_each_form",
    "consent_denied",
    "consent_denied_later",
    "consent_granted",
    "consent_unanswered",
    "device_has_nothing_to_do",
    "device_removal",
    "device_update",
    "early_desired_state",
    "mixed_domains",
    "new_desired_state",
    "same_again",
    "unknown_domain",
]
Several = tuple[DeclaredComponent, ...]
CONFIG_FORMS = ("usual form", "other form")
ODD = "fleet/8 é Ω & more"  # an activity need be no UUID


@scenario(takes=15, demands={"several": ComponentChoice.all_settable})
async def device_update(backend: Backend, several: Several, limits: Limits) -> None:
    """Another version of every component, and a question for the current state behind the end."""
    activity = f"{ODD} {backend.new_activity('update')}"
    await backend.desires({one: other(one) for one in several}, "update", activity=activity)
    await backend.until_ended()
    await backend.listen(limits.quiet)
    await backend.asks_and_waits("after the update")
    await backend.somebody_subscribes_late()


@scenario(takes=10, demands={"several": ComponentChoice.all_settable})
async def device_has_nothing_to_do(backend: Backend, several: Several, limits: Limits) -> None:
    """The versions are desired that are there."""
    del several
    await backend.desires({}, "as it is")
    await backend.until_ended()
    await backend.listen(limits.quiet)


@scenario(takes=10, demands={"one": ComponentChoice.removable})
async def device_removal(backend: Backend, one: DeclaredComponent, limits: Limits) -> None:
    """One component is desired no longer."""
    await backend.desires({one: None}, "without it")
    await backend.until_ended()
    await backend.listen(limits.quiet)
    await backend.asks_and_waits("after the removal")


@scenario(takes=10)
async def unknown_domain(backend: Backend, limits: Limits) -> None:
    """Something is desired of a domain that the device has not, and of no other."""
    foreign = DesiredDomain("domain-of-nobody")
    await backend.desires_payload(DesiredState((foreign,)).as_json(), "of nobody")
    await backend.until_ended()
    await backend.listen(limits.quiet)


@scenario(takes=10, demands={"one": ComponentChoice.own})
async def mixed_domains(backend: Backend, one: DeclaredComponent, limits: Limits) -> None:
    """Something is desired of a domain that the device has not, beside those that it has."""
    known = backend.state({one: other(one)})
    mixed = replace(known, domains=(*known.domains, DesiredDomain("domain-of-nobody")))
    await backend.desires_payload(mixed.as_json(), "mixed")
    await backend.until_ended()
    await backend.asks_and_waits("after both")
    await backend.listen(limits.quiet)


@scenario(takes=5, is_rough=True, demands={"one": ComponentChoice.own})
async def additional_fields(backend: Backend, one: DeclaredComponent) -> None:
    """Fields that nobody knows, in the envelope and in the desired state."""
    payload = backend.state({one: other(one)}).as_json() | {"x-lab": {"deep": [1, None]}, "description": "odd"}
    await backend.desires_payload(payload, "extra", beside={"x-trace": "7"})
    await backend.until_ended()


@scenario(takes=5, demands={"one": ComponentChoice.configured})
async def config_in_each_form(backend: Backend, one: DeclaredComponent) -> None:
    """A change in each form of configuration, the usual one first."""
    for label, form in zip(CONFIG_FORMS, backend.profile.config_forms, strict=True):
        wanted = one.versions[backend.versions.get(one.id) == one.versions[0]]
        await backend.desires({one: wanted}, label, form=form)
        await backend.until_ended()
        await backend.asks_and_waits(f"current state behind the {label}")


@scenario(takes=20, demands={"one": ComponentChoice.own})
async def same_again(backend: Backend, one: DeclaredComponent, limits: Limits) -> None:
    """The same desired state comes twice at once, again in the middle, and behind its end."""
    activity = await backend.desires({one: other(one)}, "first time")
    await backend.desires({one: other(one)}, "again at once", activity=activity)
    await backend.until_running()
    await backend.listen(limits.breath)
    await backend.desires({one: other(one)}, "again in the middle", activity=activity)
    await backend.until_ended()
    await backend.listen(limits.quiet)
    await backend.desires({one: other(one)}, "again at the end", activity=activity)
    await backend.listen(limits.quiet)


@scenario(takes=10, demands={"one": ComponentChoice.own})
async def new_desired_state(backend: Backend, one: DeclaredComponent, limits: Limits) -> None:
    """While one desired state is RUNNING, another comes: the versions of before."""
    first = await backend.desires({one: other(one)}, "old")
    await backend.until_running()
    await backend.desires({}, "new")
    await backend.until_ended()
    await backend.until_activity_ended(first)
    await backend.listen(limits.quiet)


@scenario(takes=10, demands={"one": ComponentChoice.own})
async def early_desired_state(backend: Backend, one: DeclaredComponent, limits: Limits) -> None:
    """One desired state comes right behind another, before anything of that can be identified."""
    first = await backend.desires({one: other(one)}, "overtaken")
    await backend.desires({}, "overtaking")
    await backend.until_ended()
    await backend.until_activity_ended(first)
    await backend.listen(limits.quiet)


@scenario(takes=15, demands={"one": ComponentChoice.played, "_asks": ComponentChoice.consented})
async def consent_granted(backend: Backend, agents: Agents, one: DeclaredComponent, limits: Limits) -> None:
    """The owner approves after a while, twice; at once come consent to somebody else's activity, and what is none."""
    await agents.owner_answers("approves", Answers(Consent.APPROVED, after=limits.late, oddly_first=True, times=2))
    await backend.desires({one: other(one)}, "with consent")
    await backend.until_ended()


@scenario(takes=15, demands={"one": ComponentChoice.played, "_asks": ComponentChoice.consented_or_superseded})
async def consent_unanswered(backend: Backend, agents: Agents, one: DeclaredComponent, limits: Limits) -> None:
    """The owner does not answer, until another desired state takes the place of the one that waits for it."""
    await agents.owner_answers("is silent", Answers(None))
    await backend.desires({one: other(one)}, "unanswered")
    await backend.listen(limits.silent)
    await agents.recover()
    await backend.desires({}, "instead")
    await backend.until_ended()


@scenario(takes=10, demands={"one": ComponentChoice.played, "_asks": ComponentChoice.consented})
async def consent_denied(backend: Backend, agents: Agents, one: DeclaredComponent, limits: Limits) -> None:
    """The owner denies after a while."""
    await agents.owner_answers("denies", Answers(Consent.DENIED, after=limits.late))
    await backend.desires({one: other(one)}, "without consent")
    await backend.until_ended()


@scenario(takes=15, demands={"one": ComponentChoice.played, "denied": ComponentChoice.consented_later})
async def consent_denied_later(
    backend: Backend, agents: Agents, one: DeclaredComponent, denied: PhaseCommand, limits: Limits
) -> None:
    """The owner approves of the download, and denies what comes behind it after a while."""
    answers = Answers(Consent.APPROVED, after=limits.late, denies=denied)
    await agents.owner_answers(f"denies {denied}", answers)
    await backend.desires({one: other(one)}, "denied later")
    await backend.until_ended()
