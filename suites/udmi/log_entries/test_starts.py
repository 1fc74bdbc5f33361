"""A start is logged, and so is what comes before a restart. Compliance, logging; categories."""

from harness.protocols.udmi.suite import Episode, Mode, covers, each, given, within
from suites.udmi.limits import Limits


@covers("logging.start")
@each("categories", [("system.base.start", "system.base.startup"), ("system.base.ready",)], ids=("start", "ready"))
def test_start_is_logged(restart_by_hand: Episode, categories: tuple[str, ...]) -> None:
    restart_by_hand.journal.tells_since(restart_by_hand.provocation("power cut"), categories)


@covers("logging.start")
def test_shutdown_is_logged(modes: Episode, limits: Limits) -> None:
    with given("the device announced that it restarts"):
        modes.lifecycle.is_at(Mode.RESTART, within(limits.in_time), modes.config("restart").stimulus)

    modes.journal.tells_since(modes.config("restart").stimulus, ("system.base.shutdown",))
