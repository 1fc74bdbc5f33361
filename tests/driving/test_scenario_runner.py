"""The stage: every scenario is driven from the base state, and all that passes is recorded in order."""

from io import StringIO
from itertools import pairwise

from harness.driving.progress import Unseen
from harness.driving.scenario import Scenario
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.device import Device
from harness.protocols.udmi.driving.scenario_terms import ScenarioTerms
from harness.record.kinds import Began, Closed, Done, Ended, Opened, Received, Sent
from harness.record.trace import Recorder
from tests.protocols.udmi.driving.playing import DAMPER, FREE, PROFILE, idle, play, waits_in_vain, writes


class Told(Unseen):
    """The lines that are told while it goes on."""

    def __init__(self) -> None:
        self.scenarios: list[str] = []
        self.waits_for: list[tuple[str, float]] = []

    def scenario(self, name: str) -> None:
        """Noted."""
        self.scenarios.append(name)

    def waits(self, fact: str, at_most: float) -> None:
        """Noted."""
        self.waits_for.append((fact, at_most))


async def is_patient(cloud: Cloud, device: Device) -> None:
    """Five telemetries."""
    await cloud.until_telemetry(at_most=5)
    await idle(cloud, device)
    await idle(cloud, device)
    await cloud.listen(3)


def test_run_begins_with_what_is_driven_and_ends_with_how_it_went() -> None:
    began, *_, ended = play(idle).records

    assert isinstance(began, Began)
    assert (began.target, began.clock, began.profile) == ("sim", "virtual", PROFILE.as_dict())
    assert isinstance(ended, Ended)
    assert ended.broken_off is None


def test_every_scenario_is_opened_and_closed_in_order() -> None:
    played = play(writes, idle)

    assert [opened.scenario for opened in played.of(Opened)] == ["writes", "idle"]
    assert [type(record) for record in played.records if isinstance(record, Opened | Closed)] == [Opened, Closed] * 2


def test_scenario_that_goes_all_the_way_is_closed_without_a_reason() -> None:
    [closed] = play(writes).closed

    assert (closed.cut_short, closed.not_applicable, closed.our_fault) == (None, None, None)


def test_virtual_runs_are_the_same_to_the_byte() -> None:
    one, other = StringIO(), StringIO()

    play(writes, waits_in_vain, recorder=Recorder(one))
    play(writes, waits_in_vain, recorder=Recorder(other))

    assert one.getvalue() == other.getvalue()


class Watch:
    """Has the drive end behind a scenario."""

    def __init__(self, ends_behind: str) -> None:
        self.ended: str | None = None
        self.seen: list[str] = []
        self._ends_behind = ends_behind

    async def closed(self, scenario: str, recorder: Recorder) -> None:
        """Noted, with whether the episode is whole."""
        assert any(isinstance(record, Closed) for record in recorder.records)
        self.seen.append(scenario)
        self.ended = "enough was seen" if scenario == self._ends_behind else None


def test_watch_has_the_drive_end_behind_an_episode() -> None:
    watch = Watch(ends_behind="writes")

    played = play(idle, writes, is_patient, watch=watch)

    assert watch.seen == ["idle", "writes"]
    assert [opened.scenario for opened in played.of(Opened)] == ["idle", "writes"]
    assert [ended.broken_off for ended in played.of(Ended)] == ["enough was seen"]


def test_watch_that_is_content_has_the_drive_go_on_to_its_end() -> None:
    watch = Watch(ends_behind="nothing")

    played = play(idle, writes, watch=watch)

    assert watch.seen == ["idle", "writes"]
    assert [ended.broken_off for ended in played.of(Ended)] == [None]


def test_progress_is_told_scenario_by_scenario() -> None:
    told = Told()

    play(idle, writes, progress=told)

    assert told.scenarios == ["idle", "writes"]


def test_progress_is_told_what_is_waited_for() -> None:
    told = Told()

    play(waits_in_vain, progress=told)

    assert ("damper becomes applied", 7) in told.waits_for


def test_config_is_recorded_before_it_leaves_and_its_puback_after() -> None:
    records = play(writes).records
    place = next(n for n, record in enumerate(records) if isinstance(record, Sent) and record.label == "config")

    done = next(n for n, record in enumerate(records) if isinstance(record, Done) and record.of == place)
    answer = next(n for n, record in enumerate(records) if isinstance(record, Received) and n > place)

    assert place < done
    assert place < answer


def test_same_config_that_is_delivered_again_is_the_same_to_the_byte() -> None:
    async def redelivers(cloud: Cloud, device: Device) -> None:
        await writes(cloud, device)
        await cloud.redeliver("again")

    payloads = {sent.label: sent.payload for sent in play(redelivers).of(Sent)}

    assert payloads["again"] == payloads["config"]


def test_what_was_written_before_is_wanted_still() -> None:
    async def writes_twice(cloud: Cloud, device: Device) -> None:
        await writes(cloud, device)
        await cloud.write(DAMPER.to(30.0, "second"), label="second")

    assert play(writes_twice).wanted("second") == {"setpoint": 21.5, "damper": 30.0, "fan": None}


def test_cloud_speaks_first_and_wants_nothing() -> None:
    played = play(writes)

    assert played.of(Sent)[0].label == "first contact"
    assert played.wanted("first contact") == FREE


def test_points_are_free_again_before_the_next_scenario() -> None:
    played = play(writes, idle)

    assert [sent.label for sent in played.of(Sent)] == ["first contact", "rest", "config", "rest", "farewell"]
    assert played.wanted("config") == {**FREE, "setpoint": 21.5}
    assert [sent.label for sent in played.of(Sent) if sent.resets] == ["rest", "rest"]


def test_points_are_released_at_the_end() -> None:
    assert play(writes).wanted("farewell") == FREE


def test_every_scenario_has_the_sample_rate_that_it_asks_for() -> None:
    times = [heard.time for heard in play(is_patient).episode.history.telemetry]

    assert [round(later - before, 6) for before, later in pairwise(times)] == [2, 2, 2, 2]


def test_scenario_that_is_left_out_says_how_to_have_it_driven() -> None:
    long = Scenario("long", idle, begins_in=ScenarioTerms(2), minutes=11).left_out()

    [closed] = play(long).closed

    assert closed.out_of_view == "needs --long: long takes 11 minutes of real time"


def test_scenario_is_given_the_hands_that_it_names() -> None:
    given: list[object] = []

    async def names_one(device: Device, *, times: int = 2) -> None:
        given.extend([device] * times)

    played = play(names_one)

    assert [type(hand) for hand in given] == [Device, Device]
    assert played.episode.history.closed.our_fault is None


def test_scenario_that_names_a_hand_that_there_is_not_is_our_fault() -> None:
    async def names_another(replica: Device) -> None:
        del replica

    [closed] = play(names_another).closed

    assert closed.our_fault is not None
    assert "it asks for replica; there is cloud, device" in closed.our_fault
