"""A fact of every message of a run, and one message without it: its form, its time, who sent it."""

from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from harness.mqtt.packets import ObservedPacket, PacketKind
from harness.payload.timestamps import parsed_timestamp, rfc3339
from harness.record.kinds import Received, Record
from tests.altered.alteration import ANYWHERE, HAIR, Alter, Alteration, Amounts, Effect
from tests.altered.edits import GONE, chosen, put, readings, shows, status_says, system_says
from tests.altered.take import Edit, Message, Take

_BREAKS, _KEEPS = Effect.BREAKS, Effect.KEEPS
_TWENTY_MINUTES = 1200.0  # seconds
_NEARLY = _TWENTY_MINUTES - HAIR  # a stamp is rounded to a millisecond


def _one_state(edit: Edit) -> Alter:
    """Any one, wherever it stands."""
    return lambda take, amount: take.edit(chosen(take.states(), amount), edit)


def _one_telemetry(edit: Edit) -> Alter:
    return lambda take, amount: take.edit(chosen(take.telemetry(), amount), edit)


def _one_payload(write: Callable[[bytes], bytes]) -> Alter:
    """Other bytes in any one telemetry."""

    def altered(take: Take, amount: float) -> Take:
        keys = set(chosen(take.telemetry(), amount))
        return replace(take, entries=tuple((k, _written(r, write) if k in keys else r) for k, r in take.entries))

    return altered


def _written(record: Record, write: Callable[[bytes], bytes]) -> Record:
    assert isinstance(record, Received)
    return replace(record, payload=write(record.payload))


def _one_event(edit: Edit) -> Alter:
    return lambda take, amount: take.edit(chosen(take.events(), amount), edit)


def _says(**fields: object) -> Edit:
    return lambda message: put(message, **fields)


def _hardware(**fields: object) -> Edit:
    return lambda message: put(message["system"]["hardware"], **fields)


def _software(**fields: object) -> Edit:
    return lambda message: put(message["system"]["software"], **fields)


def _address(family: str, **fields: object) -> Edit:
    return lambda message: put(message["localnet"]["families"][family], **fields)


def _nothing_shown(message: Message) -> None:
    """Of a point that nobody writes."""
    message["points"]["supply_air_temperature"]["present_value"] = None


def _without_offset(message: Message) -> None:
    message["timestamp"] = message["timestamp"].removesuffix("Z")


def _refused_is_shown(take: Take, amount: float) -> Take | None:
    """Telemetry shows the value that was out of range, once the device has refused it."""
    write = take.write("out of range")
    refused = [report.heard.place for report in write.reports()]
    shown = readings(take, "out of range", refused[0]) if refused else []
    return take.edit(chosen(shown, amount), shows(write.point, write.value)) if shown else None


def _far_from_now(take: Take, seconds: float) -> Take:
    """The first state says that it was made so long before it came."""
    key = take.states()[0]
    return take.edit([key], _says(timestamp=rfc3339(round(take.time(key) - seconds, 3))))


def _back_in_time(take: Take, seconds: float) -> Take | None:
    """A state says that it was made so long before the one that came before it."""
    first, second = take.states()[:2]
    before = parsed_timestamp(take.message(first)["timestamp"])
    return None if before is None else take.edit([second], _says(timestamp=rfc3339(round(before - seconds, 3))))


def _on_another_topic(take: Take, _amount: float) -> Take:
    """The last telemetry goes out without its folder, too."""
    key = take.telemetry()[-1]
    record = take.record(key)
    assert isinstance(record, Received)
    return take.insert(key, replace(record, topic=record.topic.removesuffix("/pointset")))


def _as_another(take: Take, amount: float) -> Take | None:
    """One of its first publications is to the topic of another device."""
    seen = [(key, take.record(key)) for key in take.keys(ObservedPacket)]
    published = [
        key for key, record in seen if isinstance(record, ObservedPacket) and record.what is PacketKind.PUBLISH
    ]
    own = list(chosen(published, amount))
    return replace(take, entries=tuple((k, _elsewhere(r) if k in own else r) for k, r in take.entries)) if own else None


def _elsewhere(record: Record) -> Record:
    assert isinstance(record, ObservedPacket)
    return replace(record, topics=("/devices/AHU-2/state",))


def _every_status(**fields: object) -> Alter:
    """Every message about the point that refuses its write is other than it was."""
    return lambda take, _amount: take.edit(take.states(), status_says(take.write("read_only").point, **fields))


def _null_state(take: Take, _amount: float) -> Take:
    """Once nothing is written to the point any more, as before anything was."""
    return take.edit(
        take.states()[:1],
        lambda message: put(message["pointset"]["points"]["supply_air_temperature"], value_state=None),
    )


def _rows() -> Iterator[Alteration]:
    for name, judgement, scenario, alter in (
        ("has no version", _FORM, "plain_write", _one_state(_says(version=GONE))),
        ("has a null value_state", _FORM, "many_points", _null_state),
        ("counts in words", _EVENT, "broken_configs", _one_event(_says(event_no="three"))),
        ("is of no version", _VERSION, "plain_write", _one_state(_says(version="1.4."))),
        ("has a name twice", _TWICE, "plain_write", _one_payload(lambda payload: b'{"version":1,' + payload[1:])),
        ("is marked", _MARK, "plain_write", _one_payload(lambda payload: BOM_UTF8 + payload)),
        ("is no object", _FORM, "plain_write", _one_state(_says(pointset=[]))),
        ("shows nothing", "test_telemetry_is_what_its_schema_promises", "plain_write", _one_telemetry(_nothing_shown)),
        ("tells of another thing", _KNOWN, "plain_write", _one_state(_says(vendor={"uptime_sec": 5}))),
        ("has the flag of the documents", _DOCUMENTED, "plain_write", _one_state(system_says(updating=False))),
        ("has no offset", "test_timestamps_are_utc", "plain_write", _one_telemetry(_without_offset)),
        ("has no time", "test_timestamps_are_utc", "plain_write", _one_state(_says(timestamp=GONE))),
        ("shows what was refused", "test_no_refused_value_is_ever_shown", "refused_values", _refused_is_shown),
        ("has no category", "test_statuses_are_complete", "many_points", _every_status(category=GONE)),
        ("is of nobody", "test_categories_of_entries_are_known", "many_points", _every_status(category="filter.dirty")),
        ("is on no topic", "test_device_publishes_on_topics_that_udmi_knows", "plain_write", _on_another_topic),
        ("is another's", "test_device_publishes_on_no_topic_of_another", "*", _as_another),
        ("of another make", "test_device_names_its_make", "many_points", _one_state(_hardware(make="Generic"))),
        ("of no model", "test_device_names_its_model", "many_points", _one_state(_hardware(model=GONE))),
        ("of no number", "test_device_names_its_serial_number", "many_points", _one_state(system_says(serial_no=""))),
        ("of old software", "test_device_names_its_software", "many_points", _one_state(_software(firmware="0.9"))),
        ("with more software", _MORE, "many_points", _one_state(_software(bootloader="1.0"))),
        *(
            (f"at another {family}", f"{_ADDRESS}[{family}]", "idle_configs", _one_state(_address(family, addr="::2")))
            for family in ("ether", "ipv4", "ipv6")
        ),
    ):
        also = _ALSO.get(judgement, frozenset())
        allowances = (0.0,) if alter is _refused_is_shown else (0.0, 1.0)  # from afar it may have been on its way
        yield Alteration(name, judgement, scenario, _BREAKS, alter, ANYWHERE, also, allowances=allowances)
    for name, judgement, effect, alter, amounts in (
        ("long ago", _NEAR, _KEEPS, _far_from_now, Amounts((_NEARLY,), st.floats(0, _NEARLY))),
        ("too long ago", _NEAR, _BREAKS, _far_from_now, Amounts((_TWENTY_MINUTES + 1 + HAIR,))),
        ("a clock is set", _FORWARD, _KEEPS, _back_in_time, Amounts((0.0, 1.0), st.floats(0, 1))),
        ("a clock is set back", _FORWARD, _BREAKS, _back_in_time, Amounts((1.0 + HAIR, 60.0), st.floats(1.01, 600))),
    ):
        yield Alteration(name, judgement, "plain_write", effect, alter, amounts, frozenset({_TIME}))


_EVENT = "test_events_of_the_system_are_what_their_schema_promises"
_VERSION, _TWICE = "test_versions_of_messages_are_versions", "test_names_in_messages_stand_once"
_MARK = "test_messages_begin_without_a_byte_order_mark"
_FORM = "test_states_are_what_their_schema_promises"
_KNOWN = "test_states_have_no_fields_that_their_schema_does_not_know"
_DOCUMENTED = "test_fields_that_only_the_documents_know_are_written_down"
_MORE = "test_software_that_the_profile_does_not_list_is_written_down"
_ADDRESS = "test_device_reports_its_address"
_NEAR, _FORWARD, _TIME = "test_states_are_of_now", "test_states_go_forward_in_time", "config.state-carries-its-time"
_ALSO = {
    "test_timestamps_are_utc": frozenset({_TIME}),
    _FORM: frozenset({"config.state-is-whole"}),
    "test_categories_of_entries_are_known": frozenset({"status.category-fits-value-state"}),
}

WHOLE_RUNS: Sequence[Alteration] = tuple(_rows())
