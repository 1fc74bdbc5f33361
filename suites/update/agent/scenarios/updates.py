"""Whole updates: of one component, of several, of none, and the removal of one; twice; and beside odd fields."""

from harness.protocols.update.suite import (
    TO_THE_END,
    Baseline,
    ComponentChoice,
    Deadline,
    DeclaredComponent,
    Manager,
    PhaseCommand,
    other,
    scenario,
)
from suites.update.agent.limits import Limits

__all__ = [
    "baselines",
    "config_forms",
    "extra_fields",
    "nothing_to_do",
    "odd_activity",
    "redelivered",
    "removal",
    "unknown_baseline",
    "update_questions",
    "whole_update",
]
Two = tuple[DeclaredComponent, DeclaredComponent]
CONFIG_FORMS = ("usual form", "other form")
ODD = "fleet/7 é Ω & more"  # an activity need be no UUID


@scenario(takes=15, demands={"several": ComponentChoice.all_settable})
async def whole_update(manager: Manager, several: tuple[DeclaredComponent, ...], limits: Limits) -> None:
    """Another version of every component, command by command, and a question for the current state behind the end."""
    await manager.desires({one: other(one) for one in several}, "update")
    await manager.until_identified()
    await manager.listen(limits.quiet)
    for command in TO_THE_END:
        await manager.commands_and_waits(command, str(command))
    if not manager.progress.is_over:
        await manager.until_over()
    await manager.listen(limits.settled)
    await manager.asks_and_waits("after the update")
    await manager.listen(limits.settled)
    await manager.somebody_subscribes_late()


@scenario(takes=5, demands={"one": ComponentChoice.settable})
async def odd_activity(manager: Manager, one: DeclaredComponent) -> None:
    """An activity that is no UUID, and has letters beyond ASCII."""
    await manager.desires({one: other(one)}, "odd", activity=f"{ODD} {manager.new_activity('odd')}")
    await _to_the_end(manager)


@scenario(takes=5, demands={"several": ComponentChoice.all_settable})
async def nothing_to_do(manager: Manager, several: tuple[DeclaredComponent, ...], limits: Limits) -> None:
    """The versions are desired that are there."""
    del several
    await manager.desires({}, "as it is")
    await manager.until_identified()
    await manager.goes_on(lambda: manager.progress.is_over, "it has ended", limits.settled)
    await manager.commands_through(*TO_THE_END)


@scenario(takes=10, demands={"one": ComponentChoice.removable})
async def removal(manager: Manager, one: DeclaredComponent, limits: Limits) -> None:
    """One component is desired no longer."""
    await manager.desires({one: None}, "without it")
    await _to_the_end(manager)
    await manager.listen(limits.settled)
    await manager.asks_and_waits("after the removal")


@scenario(takes=15, demands={"one": ComponentChoice.settable, "_named": ComponentChoice.named})
async def redelivered(manager: Manager, one: DeclaredComponent, limits: Limits) -> None:
    """The same desired state comes twice at the beginning, once in the middle, and once behind the end."""
    activity = await manager.desires({one: other(one)}, "first time")
    await manager.desires({one: other(one)}, "again at once", activity=activity)
    await manager.until_identified()
    since = len(manager.progress.statuses)
    await manager.commands(PhaseCommand.DOWNLOAD, "DOWNLOAD")
    await manager.desires({one: other(one)}, "again in the middle", activity=activity)
    await manager.until_answered(PhaseCommand.DOWNLOAD, since)
    await manager.commands_through(*TO_THE_END[1:])
    await manager.listen(limits.settled)
    await manager.desires({one: other(one)}, "again at the end", activity=activity)
    await manager.listen(limits.quiet)


@scenario(takes=5, is_rough=True, demands={"one": ComponentChoice.settable})
async def extra_fields(manager: Manager, one: DeclaredComponent) -> None:
    """Fields that nobody knows, in the envelope, in the desired state and in the commands."""
    payload = manager.state({one: other(one)}).as_json() | {"x-lab": {"deep": [1, None]}, "description": "odd"}
    await manager.desires_payload(payload, "extra", beside={"x-trace": "7"})
    await manager.until_identified()
    for command in TO_THE_END:
        since = len(manager.progress.statuses)
        await manager.commands(command, str(command), more={"x-hint": None, "x-list": [1]})
        await manager.until_answered(command, since)


@scenario(takes=10, demands={"two": ComponentChoice.two_settable})
async def baselines(manager: Manager, two: Two, limits: Limits) -> None:
    """Two baselines of a component each; one is downloaded by itself, and then the rest."""
    one, second = two
    titles = [Baseline("first set", (one.id,)), Baseline("second set", (second.id,))]
    await manager.desires({one: other(one), second: other(second)}, "two baselines", baselines=titles)
    await manager.until_identified()
    await manager.commands_and_waits(PhaseCommand.DOWNLOAD, "DOWNLOAD first set", baseline="first set")
    await manager.listen(limits.settled)
    await manager.commands_and_waits(PhaseCommand.DOWNLOAD, "DOWNLOAD second set", baseline="second set")
    await manager.commands_through(*TO_THE_END[1:])


@scenario(takes=5, demands={"one": ComponentChoice.configured})
async def config_forms(manager: Manager, one: DeclaredComponent) -> None:
    """A change in each form of configuration, the usual one first."""
    for label, form in zip(CONFIG_FORMS, manager.profile.config_forms, strict=True):
        wanted = one.versions[manager.versions.get(one.id) == one.versions[0]]
        await manager.desires({one: wanted}, label, form=form)
        await _to_the_end(manager)
        await manager.asks_and_waits(f"current state behind the {label}")


@scenario(takes=30, demands={"two": ComponentChoice.two_settable})
async def unknown_baseline(manager: Manager, two: Two) -> None:
    """A command for a baseline that was never desired."""
    one, second = two
    titles = [Baseline("known set", (one.id, second.id))]
    await manager.desires({one: other(one), second: other(second)}, "one baseline", baselines=titles)
    await manager.until_identified()
    await manager.commands(PhaseCommand.DOWNLOAD, "DOWNLOAD of none", baseline="no such set")
    await manager.listen_for(Deadline.DOWNLOAD)
    await manager.commands_and_waits(PhaseCommand.CLEANUP, "CLEANUP")


@scenario(takes=45, demands={"one": ComponentChoice.settable})
async def update_questions(manager: Manager, one: DeclaredComponent, limits: Limits) -> None:
    """The current state is asked for in several ways while nothing is under way, and in the middle of a download.

    It is asked for right behind the command, too: an agent may say nothing of a download before its end.
    """
    for label, payload in ODD_QUESTIONS.items():
        await manager.asks(label, payload)
        await manager.listen(limits.answer)
    await manager.asks_and_waits("while idle")
    await manager.desires({one: other(one)}, "with a question")
    await manager.until_identified()
    await manager.commands(PhaseCommand.DOWNLOAD, "DOWNLOAD")
    await manager.asks("behind a command")
    await manager.until_begun(PhaseCommand.DOWNLOAD)
    await manager.asks("in the middle")
    await manager.until_answered(PhaseCommand.DOWNLOAD)
    await manager.commands_through(*TO_THE_END[1:])
    await manager.listen_for(Deadline.CURRENT_STATE)


ODD_QUESTIONS = {"empty": b"", "empty object": b"{}", "null": b"null"}


async def _to_the_end(manager: Manager) -> None:
    await manager.until_identified()
    await manager.commands_through(*TO_THE_END)
