"""The messages that a history reads: from which state a config is meant, and which messages count."""

from harness.protocols.udmi.judging.episode import episodes_of
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.profile import Point, PointKind, Profile
from harness.protocols.udmi.words.messages import Config, State, SystemState
from harness.protocols.udmi.words.spec import Spec
from harness.record.kinds import Began, Closed, Opened, Received, Record, Sent
from harness.record.lines import FORMAT
from tests.protocols.udmi.judging.history_builder import OPENED, HistoryBuilder, history, moment, whole_state
from tests.udmi_1_5 import encode


def of(told: HistoryBuilder) -> History:
    """The history, closed."""
    return told.closed(at=30).history


def speaking(told: HistoryBuilder, label: str = "write") -> list[float]:
    """When the states came that speak of that write, in seconds since the scenario opened."""
    write = told.closed(at=30).write(label)
    return [round(report.heard.time - OPENED, 6) for report in write.reports()]


def after_a_scenario_that_sent(stamp: float, *, last_config: float) -> History:
    """A scenario without a config, after one that sent a config with that timestamp."""
    profile = Profile("DEV-1", {"damper": Point("damper", PointKind.WRITABLE, (30.0,))})
    state = State(moment(3), system=SystemState(moment(last_config)))
    records: list[Record] = [
        Began(moment(0), FORMAT, "0.1.0", Spec.UDMI_1_5, "virtual", "sim", profile.as_dict()),
        Opened(moment(0), "before"),
        Sent(moment(1), "/devices/DEV-1/config", encode(Config(moment(stamp))), "config", {}),
        Closed(moment(2)),
        Opened(moment(2), "after"),
        Received(moment(3), "/devices/DEV-1/state", encode(state), retain=False),
        Closed(moment(4)),
    ]
    return episodes_of(records)["after"].history


def test_states_speak_of_a_config_from_the_first_that_names_it() -> None:
    told = history().sent("other").sent("write", at=1, damper=30.0).state(at=2, last_config=0)

    assert speaking(told.state(at=3, last_config=1).state(at=4, last_config=0)) == [3, 4]


def test_states_that_name_nothing_speak_of_a_config_from_when_it_had_arrived() -> None:
    told = history().sending("write", damper=30.0).state(at=1).arrived(at=2).state(at=3)

    assert speaking(told) == [3]


def test_state_that_names_a_config_speaks_of_it_before_its_puback_came() -> None:
    told = history().sending("write", damper=30.0).state(at=1, last_config=0).arrived(at=2).state(at=3, last_config=0)

    assert speaking(told) == [1, 3]


def test_name_after_the_next_word_of_the_point_is_no_matter() -> None:
    told = history().sent("write", damper=30.0).state(at=1).sent("again", at=2, damper=50.0)

    assert speaking(told.state(at=3, last_config=0)) == [1]


def test_state_that_names_a_later_config_speaks_of_the_write_before_it_too() -> None:
    told = history().sent("write", damper=30.0).sent("other", at=1, valve=50.0).state(at=2, last_config=1)

    assert speaking(told) == [2]


def test_device_that_names_a_config_of_ours_names_configs() -> None:
    assert of(history().sent("one").state(at=1, last_config=0)).names_configs()


def test_device_that_names_a_time_of_its_own_names_no_configs() -> None:
    assert not of(history().sent("one").state(at=1, last_config=1).state(at=2)).names_configs()


def test_name_of_a_config_that_was_not_yet_sent_is_no_name() -> None:
    assert not of(history().state(at=0, last_config=1).sent("one", at=1)).names_configs()


def test_config_of_an_earlier_scenario_is_named_and_older() -> None:
    later = after_a_scenario_that_sent(1, last_config=1)

    assert (later.names_configs(), later.is_older_config(moment(1), later.first)) == (True, True)


def test_config_is_older_than_what_was_sent_after_it_only() -> None:
    told = of(history().sent("one").sent("two", at=1))
    second = told.records.index([record for record in told.records if isinstance(record, Sent)][1]) + told.first

    assert (told.is_older_config(moment(0), second), told.is_older_config(moment(1), second)) == (True, False)


def test_message_that_comes_twice_in_a_row_was_said_once() -> None:
    told = history().message(whole_state({}), at=1).message(whole_state({}), at=1.1)

    assert [heard.time for heard in of(told).states] == [moment(1)]


def test_message_that_comes_again_after_another_was_said_twice() -> None:
    told = history().message(whole_state({}), at=1).state(at=2).message(whole_state({}), at=3)

    assert [heard.time for heard in of(told).states] == [moment(1), moment(2), moment(3)]


def test_telemetry_between_two_copies_of_a_state_is_no_matter() -> None:
    told = history().message(whole_state({}), at=1).telemetry(at=2, damper=0.0).message(whole_state({}), at=3)

    assert [heard.time for heard in of(told).states] == [moment(1)]
