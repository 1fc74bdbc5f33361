"""The update manager as a scenario uses it: it desires and commands, it asks and waits, and it never judges."""

from collections.abc import Mapping

from harness.clock import utc
from harness.payload.values import JSON
from harness.protocols.update.driving.requester import Requester
from harness.protocols.update.profile import Deadline
from harness.protocols.update.words.command import command_message
from harness.protocols.update.words.status import PhaseCommand
from harness.protocols.update.words.topics import MessageKind

_SETTLES = 3.0  # seconds without a word, behind the end of all that is desired, after which nothing is waited for
DEADLINES = {
    PhaseCommand.DOWNLOAD: Deadline.DOWNLOAD,
    PhaseCommand.UPDATE: Deadline.UPDATE,
    PhaseCommand.ACTIVATE: Deadline.ACTIVATE,
    PhaseCommand.ROLLBACK: Deadline.ROLLBACK,
    PhaseCommand.CLEANUP: Deadline.CLEANUP,
}
TO_THE_END = (PhaseCommand.DOWNLOAD, PhaseCommand.UPDATE, PhaseCommand.ACTIVATE, PhaseCommand.CLEANUP)


class Manager(Requester):
    """Opposite an agent."""

    connection = "manager"

    async def commands(
        self,
        command: PhaseCommand | str,
        label: str,
        *,
        activity: str | None = None,
        baseline: str | None = None,
        retain: bool = False,
        more: Mapping[str, JSON] | None = None,
    ) -> None:
        """Commands that of the latest activity, or of another. `more`: fields beside the command's."""
        if isinstance(command, PhaseCommand):
            self.deadline(DEADLINES[command])  # before anything is sent
        payload = {**command_message(command, baseline).as_json(), **(more or {})}
        content = self.encoded(payload, self.latest if activity is None else activity)
        await self.says(MessageKind.COMMAND, content, label, retain=retain)

    async def commands_through(self, *commands: PhaseCommand) -> None:
        """One command after the other, each once the one before has ended; CLEANUP alone behind a failure."""
        for command in commands:
            if self.progress.is_over or (self.progress.has_failed() and command is not PhaseCommand.CLEANUP):
                continue
            await self.commands_and_waits(command, str(command))
        if self.progress.has_failed() and not self.progress.is_over and PhaseCommand.CLEANUP in commands:
            await self.until_over()

    async def carries_through(self) -> None:
        """The latest desired state, from its beginning to its end; the scenario ends here if a step has none."""
        await self.until_identified()
        await self.commands_through(*TO_THE_END)

    async def cleans_up(self) -> None:
        """Wherever the latest desired state is."""
        await self.commands_and_waits(PhaseCommand.CLEANUP, "rest")

    async def commands_and_waits(self, command: PhaseCommand, label: str, *, baseline: str | None = None) -> None:
        """Commands that, and waits for either end of it; the scenario ends here if none comes."""
        since = len(self.progress.statuses)
        await self.commands(command, label, baseline=baseline)
        await self.until_answered(command, since, of=baseline)

    async def until_begun(self, command: PhaseCommand) -> None:
        """Until a command's phase is said to be under way, or has ended; the scenario ends here if neither comes."""
        progress = self.progress
        await self.until(
            lambda: progress.has_begun(command), f"{command} is under way", self.deadline(DEADLINES[command])
        )

    async def until_answered(self, command: PhaseCommand, since: int = 0, *, of: str | None = None) -> None:
        """Until either end of a command's phase, which was for that baseline alone (`of`), or for all.

        Where an agent answers for each baseline by itself, the first is waited for as long as the whole, and then the
        rest of what is desired once more; what is to go may be in a baseline that nobody knows.
        """
        progress, most = self.progress, self.deadline(DEADLINES[command])
        await self.until(
            lambda: progress.was_answered_in_part(command, since), f"{command} has succeeded or failed", most
        )
        if command is PhaseCommand.CLEANUP:  # the end of all follows that of the phase
            await self.goes_on(lambda: progress.is_over, "the desired state has ended", most)
            return
        until = utc() + most
        while not progress.was_answered(command, since, of):
            before, left = len(progress.statuses), until - utc()
            patience = left if progress.is_owed(command, since, of) else min(_SETTLES, left)
            if patience <= 0 or not await self.goes_on(
                lambda: len(progress.statuses) > before,  # noqa: B023 - it is called before the next turn
                "another baseline ends",
                patience,
            ):
                return
