"""Questions for the inventory of an agent or a manager, and the answers that it owes. Pure."""

from harness.protocols.update.words.device_events import HeardMessage
from harness.protocols.update.words.envelope import Enveloped
from simulator.update.agent.rules import Asked, InventoryRules


class InventoryQuestions:
    """Each answer is due at a time, and goes out under an activity."""

    def __init__(self, rules: InventoryRules) -> None:
        self._rules = rules
        self._owed: list[tuple[float, str]] = []

    @property
    def times(self) -> list[float]:
        """When each answer is due."""
        return [time for time, _ in self._owed]

    def hear(
        self, heard: HeardMessage, message: Enveloped, now: float, *, is_busy: bool, malformed: int, has_failed: bool
    ) -> None:
        """A question came: its answer is owed from now on, where the rules want one."""
        rules, activity = self._rules, message.activity
        has_id = isinstance(activity, str)
        if rules.answers(Asked(not heard.payload, has_id, is_busy, heard.retain, malformed, has_failed)):
            self._owed.append((now + rules.waits, rules.answer_id(activity if isinstance(activity, str) else "")))

    def take_due(self, now: float) -> list[str]:
        """The activities of the answers that are due, which are owed no more."""
        due = [activity for time, activity in self._owed if time <= now]
        self._owed = [(time, activity) for time, activity in self._owed if time > now]
        return due
