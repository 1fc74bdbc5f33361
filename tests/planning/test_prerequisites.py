"""An episode that was not driven: judgements ask it to their end, and what can be known without a device is noted."""

from collections.abc import Callable, Sequence
from typing import cast

import pytest

from harness.clock import VIRTUAL_BIRTHDAY
from harness.driving.scenario import Scenario
from harness.judging.episode import given
from harness.judging.timing.window import within
from harness.planning.prerequisites import UNKNOWN, DryRunAnswer, DryRunEpisodes, MissingPrerequisites
from harness.protocols.udmi.judging.episode import Episode, episodes_of
from harness.protocols.udmi.profile import Point, PointKind, Profile
from harness.protocols.udmi.words.messages import ValueState
from harness.record.kinds import Began, Closed, Ended, Lacked, Opened, Record
from harness.record.lines import FORMAT

NOW, APPLIED, IN_TIME = VIRTUAL_BIRTHDAY, ValueState.APPLIED, within(20)
PROFILE = Profile("DEV-1", {"setpoint": Point("setpoint", PointKind.WRITABLE, (21.5,))})


async def _never() -> None:
    """It is not driven."""


def lacks_of(
    judgement: Callable[[Episode], object], *records: Record, closed: Closed | None = None, shown: Sequence[str] = ()
) -> list[str]:
    """The prerequisites that the judgement lacks in a scenario of which only this is known."""
    began = Began(NOW, FORMAT, "Setpoint", "udmi-1.5", "virtual", "sim", PROFILE.as_dict())
    whole = [began, Opened(NOW, "one"), *records, closed or Closed(NOW), Ended(NOW, None)]
    missing = MissingPrerequisites(shown)
    run = DryRunEpisodes(episodes_of(whole), missing)
    judgement(cast("Episode", run.episode(Scenario("one", _never))))
    return [str(lack) for lack in missing.lacks]


def test_label_that_is_lacking_is_noted_behind_questions_to_the_device() -> None:
    def judgement(one: Episode) -> None:
        first = one.write("first")
        with given("it was applied"):
            first.becomes(APPLIED, IN_TIME)
        one.write("second").never_shows(first.value)
        one.config("third").is_answered(IN_TIME)

    lacked = [Lacked(NOW, "second", "add a second"), Lacked(NOW, "third", "add a third", provocation=True)]
    assert lacks_of(judgement, *lacked) == ["add a second", "add a third"]


def test_judgement_without_anything_lacking_is_made() -> None:
    assert lacks_of(lambda one: one.write("first").becomes(APPLIED, IN_TIME)) == []


def test_what_only_a_device_can_show_is_no_lack() -> None:
    assert lacks_of(lambda one: one.etags.tell_states_apart()) == []
    assert lacks_of(lambda one: one.includes("anything")) == []


@pytest.mark.parametrize(
    "closed",
    [
        Closed(NOW, not_applicable="no point is slow"),
        Closed(NOW, out_of_view="needs --long: it takes long"),
        Closed(NOW, cut_short="the profile has no [provocations.move]", unprovoked=True),
    ],
)
def test_scenario_that_is_not_driven_is_lacking_for_every_judgement_on_it(closed: Closed) -> None:
    why = closed.not_applicable or closed.out_of_view or closed.cut_short

    assert lacks_of(lambda _: None, closed=closed) == [why]


@pytest.mark.parametrize(("shown", "lacks"), [((), 1), (("listen://",), 0)])
def test_connection_is_out_of_view_where_the_broker_is_not_ours(shown: Sequence[str], lacks: int) -> None:
    assert len(lacks_of(lambda one: one.connection.is_kept(), shown=shown)) == lacks


def test_answer_of_the_profile_is_the_answer() -> None:
    told: list[object] = []

    lacks = lacks_of(lambda one: told.append(one.history.profile.id))

    assert (told, lacks) == (["DEV-1"], [])


def test_what_a_judgement_gives_along_is_given_as_it_is() -> None:
    class Asks:
        def takes(self, given: object) -> bool:
            return isinstance(given, DryRunAnswer)

    missing = MissingPrerequisites(())
    asks = cast("Asks", DryRunAnswer(Asks(), missing))

    assert asks.takes(DryRunAnswer([], missing)) is False


def test_fault_of_a_verb_is_not_taken_for_an_unknown_answer() -> None:
    class Asks:
        def takes(self) -> int:
            return {"known": 1}["unknown"]

    asks = cast("Asks", DryRunAnswer(Asks(), MissingPrerequisites(())))

    with pytest.raises(KeyError, match="unknown"):
        asks.takes()


def test_reckoning_with_an_unknown_answer_leaves_the_answer_unknown() -> None:
    class Asks:
        def takes(self, seconds: float) -> object:
            return 3 - seconds < seconds + 1

    asks = cast("Asks", DryRunAnswer(Asks(), MissingPrerequisites(())))

    assert asks.takes(cast("float", UNKNOWN)) is UNKNOWN
