"""The packets of a device's client, and the verdicts on them."""

from dataclasses import replace

import pytest

from harness.judging.afterwards import Afterwards
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.mqtt.packets import ObservedConnect, ObservedPacket, PacketKind, Will
from harness.protocols.udmi.judging.episode import Episode
from harness.record.left_out import NotApplicable, OutOfView
from tests.protocols.udmi.judging.history_builder import HELLO, HistoryBuilder, history, moment

STATE = "/devices/DEV-1/state"


def connected(hello: ObservedConnect = HELLO) -> HistoryBuilder:
    """A device that had come before the scenario began."""
    return history().connects(at=-5, hello=hello).opened()


def test_device_without_packets_is_out_of_view() -> None:
    with pytest.raises(OutOfView, match=r"^needs listen://: only a broker of ours"):
        history().closed(at=1).connection.speaks("MQTT 3.1.1", level=4)


def test_scenario_that_the_target_could_not_drive_is_out_of_view_for_its_own_reason() -> None:
    with pytest.raises(OutOfView, match=r"^needs listens://: no certificates"):
        history().closed(at=1, out_of_view="needs listens://: no certificates").connection.reconnection("stranger")


@pytest.mark.parametrize("hello", [replace(HELLO, protocol="MQIsdp", level=3), replace(HELLO, level=5)])
def test_other_version_of_mqtt_is_told(hello: ObservedConnect) -> None:
    connected().closed(at=1).connection.speaks("MQTT 3.1.1", level=4)
    with pytest.raises(NotObserved, match=r"should speak MQTT 3\.1\.1, but its CONNECT says protocol"):
        connected(hello).closed(at=1).connection.speaks("MQTT 3.1.1", level=4)


def test_device_that_falls_back_when_it_is_refused_speaks_what_it_falls_back_on() -> None:
    newer = replace(HELLO, level=5, keep_alive=5)
    wary = history().connects(at=-6, hello=newer, refused=True).connects(at=-5).opened().sent("last word")

    wary.closed(at=1).connection.speaks("MQTT 3.1.1", level=4)
    with pytest.raises(OutOfView, match="the keep-alive is 60 s"):
        wary.closed(at=20).connection.is_never_silent_too_long(keep_alives=1.5)


def test_stranger_on_the_broker_is_not_the_device() -> None:
    stranger = ObservedConnect("MQIsdp", 3, clean_session=True, keep_alive=1)
    both = connected().seen(PacketKind.CONNECT, at=0, client="stranger", hello=stranger)

    both.seen(PacketKind.LOST, at=3, client="stranger").closed(at=9).connection.is_kept()
    both.closed(at=9).connection.speaks("MQTT 3.1.1", level=4)


def test_who_listens_in_to_everything_is_not_the_device() -> None:
    subscriber = connected().seen(PacketKind.SUBSCRIBE, at=0, client="ear", topics=("#",), qos=(0,))

    subscriber.seen(PacketKind.DISCONNECT, at=3, client="ear").closed(at=9).connection.is_kept()
    subscriber.closed(at=9).connection.asks_for_configs(qos=1)


@pytest.mark.parametrize("what", [PacketKind.LOST, PacketKind.DISCONNECT])
def test_connection_that_ends_is_not_kept(what: PacketKind) -> None:
    connected().closed(at=9).connection.is_kept()
    with pytest.raises(NotObserved, match=f"should stay connected, but: {what}, 3.0 s into by_hand"):
        connected().seen(what, at=3).closed(at=9).connection.is_kept()


def test_connection_that_was_not_there_cannot_be_kept() -> None:
    gone = history().connects(at=-5).seen(PacketKind.LOST, at=-1).opened()

    with pytest.raises(CouldNotTest, match="not connected"):
        gone.closed(at=9).connection.is_kept()


def test_silence_that_was_our_own_sleep_accuses_nobody() -> None:
    slept = connected().seen(PacketKind.LOST, at=90, silent_for=90).stalled(20, at=80)

    with pytest.raises(Undecided, match="our own machine stalled"):
        slept.closed(at=99).connection.is_kept()


def test_configs_are_to_be_asked_for_at_qos_1() -> None:
    connected().closed(at=1).connection.asks_for_configs(qos=1)
    at_qos_0 = connected().seen(PacketKind.SUBSCRIBE, at=0, topics=("/devices/DEV-1/config",), qos=(0,))
    with pytest.raises(NotObserved, match="at QoS 1, but asked for QoS 0"):
        at_qos_0.closed(at=1).connection.asks_for_configs(qos=1)


def test_every_config_needs_its_puback_in_records_without_deliveries() -> None:
    def two_configs() -> HistoryBuilder:
        return connected().sent("one").acknowledges(at=0).sent("two", at=1)

    two_configs().acknowledges(at=1).closed(at=2).connection.acknowledges_every_config(at_most=60)
    with pytest.raises(NotObserved, match="of 2 only 1 were"):
        two_configs().closed(at=2).connection.acknowledges_every_config(at_most=60)


def delivered(*ids: int) -> HistoryBuilder:
    """A config for each of these numbers, a second apart, which is written to the device's socket at once."""
    told = connected()
    for second, packet_id in enumerate(ids):
        told.sending(f"config {packet_id}", at=second).delivered(packet_id, at=second).arrived(at=second)
    return told


def test_every_config_needs_its_puback() -> None:
    delivered(1, 2).acknowledges(1, at=1).acknowledges(2, at=1).closed(at=99).connection.acknowledges_every_config(
        at_most=60
    )
    with pytest.raises(NotObserved, match="of 2 only 1 were"):
        delivered(1, 2).acknowledges(2, at=1).closed(at=99).connection.acknowledges_every_config(at_most=60)


def test_puback_may_come_when_the_episode_is_over() -> None:
    late = delivered(1, 2).acknowledges(1, at=1).closed(at=2)
    packets = delivered().acknowledges(2, at=30).closed(at=31).history.placed()
    later = [(place + 100, record) for place, record in packets if isinstance(record, ObservedPacket)]

    afterwards = Afterwards(later, ended=moment(99))
    Episode(replace(late.history, afterwards=afterwards)).connection.acknowledges_every_config(at_most=60)
    with pytest.raises(NotObserved, match="of 2 only 1 were"):
        Episode(replace(late.history, afterwards=replace(afterwards, packets=()))).connection.acknowledges_every_config(
            at_most=60
        )


def test_puback_that_the_record_ends_too_early_for_is_undecided() -> None:
    with pytest.raises(Undecided, match=r"no PUBACK yet, but the record ends 59\.0 s after"):
        delivered(1).closed(at=59).connection.acknowledges_every_config(at_most=60)


@pytest.mark.parametrize(("lost", "is_missing"), [(5, False), (70, True)])
def test_connection_that_ends_at_once_takes_the_puback_with_it(lost: float, *, is_missing: bool) -> None:
    episode = delivered(1).seen(PacketKind.LOST, at=lost).closed(at=99)

    if is_missing:
        with pytest.raises(NotObserved, match="of 1 only 0 were"):
            episode.connection.acknowledges_every_config(at_most=60)
    else:
        episode.connection.acknowledges_every_config(at_most=60)


def test_config_that_was_passed_over_has_no_puback() -> None:
    with pytest.raises(NotObserved, match="of 2 only 1 were"):
        delivered(1, 2).acknowledges(2, at=2).closed(at=3).connection.acknowledges_every_config(at_most=60)


def test_config_that_is_delivered_again_before_its_puback_may_have_both_later() -> None:
    told = delivered(1).provoked("duplicate", at=1).delivered(1, at=1).sending("next", at=2).delivered(2, at=2)
    late = told.acknowledges(1, at=4).acknowledges(1, at=5).acknowledges(2, at=6).closed(at=99)
    early = delivered(1).acknowledges(1, at=0).provoked("duplicate", at=1).delivered(1, at=1).closed(at=99)

    late.connection.acknowledges_again(since=late.provocation("duplicate"), at_most=60)
    with pytest.raises(NotObserved, match="a second time, but was not"):
        early.connection.acknowledges_again(since=early.provocation("duplicate"), at_most=60)


def test_config_that_comes_twice_needs_two_pubacks() -> None:
    def doubled() -> HistoryBuilder:
        return connected().sent("one").acknowledges(at=0).provoked("duplicate", at=1)

    def is_acknowledged(episode: Episode) -> None:
        episode.connection.acknowledges_again(since=episode.provocation("duplicate"), at_most=60)

    is_acknowledged(doubled().acknowledges(at=1).closed(at=2))
    with pytest.raises(NotObserved, match="a second time, but was not"):
        is_acknowledged(doubled().closed(at=2))


def test_device_that_is_left_alone_for_long_is_to_ping() -> None:
    alone = connected().sent("last word")

    alone.seen(PacketKind.PINGREQ, at=55).closed(at=120).connection.is_never_silent_too_long(keep_alives=1.5)
    with pytest.raises(NotObserved, match="a word every 60 s, but said nothing for 90 s"):
        alone.seen(PacketKind.LOST, at=90, silent_for=90).closed(at=120).connection.is_never_silent_too_long(
            keep_alives=1.5
        )


def test_device_that_was_not_left_alone_for_long_is_out_of_view() -> None:
    with pytest.raises(OutOfView, match="needs more time: the keep-alive is 60 s"):
        connected().sent("last word").closed(at=20).connection.is_never_silent_too_long(keep_alives=1.5)


def test_device_that_promises_no_keep_alive_breaks_no_promise() -> None:
    with pytest.raises(NotApplicable):
        connected(replace(HELLO, keep_alive=0)).sent("last word").closed(at=200).connection.is_never_silent_too_long(
            keep_alives=1.5
        )


def test_manners_of_a_device_are_written_down() -> None:
    will = Will("gone", 1, retain=False)
    device = connected(replace(HELLO, clean_session=False, keep_alive=30, will=will, tls="TLSv1.3"))
    episode = device.seen(PacketKind.PUBLISH, at=0, topics=(STATE,), qos=(0,), retain=True).closed(at=1)

    episode.connection.observes_manners()

    assert episode.evidence.observed == [
        "a session that lasts, a will at QoS 1, keep-alive 30 s, TLSv1.3",
        "states at QoS 0, retained",
    ]
