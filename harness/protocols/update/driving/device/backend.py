"""The backend as a scenario uses it: it desires, it asks and it waits, and it never judges."""

from harness.protocols.update.driving.requester import Requester
from harness.protocols.update.profile import PHASE_DEADLINES, Deadline


class Backend(Requester):
    """Opposite a device: it commands nothing, as the device's own manager does that."""

    connection = "backend"

    @property
    def whole(self) -> float:
        """Seconds that a desired state may take from its beginning to its end, with the manager's own time.

        Raises NotReachedError, with the line to add, where the profile lacks a deadline.
        """
        return sum(self.deadline(name) for name in (Deadline.IDENTIFY, *PHASE_DEADLINES))

    def must_know_how_long(self) -> None:
        """Raises NotReachedError, with the line to add, where nobody knows how long to wait for a desired state."""
        _ = self.whole

    async def until_running(self) -> None:
        """Until the device says that it executes something, or that all is over; the scenario ends here if not."""
        progress = self.progress
        await self.until(lambda: progress.is_running or progress.is_over, "it is RUNNING", self.whole)

    async def until_ended(self) -> None:
        """Until the latest desired state has ended; the scenario ends here if it does not."""
        progress = self.progress
        await self.until(lambda: progress.is_over, "the desired state has ended", self.whole)

    async def until_activity_ended(self, activity: str) -> None:
        """Until that desired state has ended, while another may be the latest."""
        progress = self._known.progress(activity)
        await self.until(lambda: progress.is_over, "the desired state has ended", self.whole)
