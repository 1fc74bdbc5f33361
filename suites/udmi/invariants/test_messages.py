"""Messages are what their schemas, and JSON, promise. Schemas of the state and of events; RFC 8259."""

from harness.protocols.udmi.suite import MessageKind, ViolationKind, WholeRun, covers, throughout

EVERY = (MessageKind.STATE, MessageKind.TELEMETRY, MessageKind.SYSTEM_EVENT)


@covers("message.state-is-valid")
@throughout("plain_write", "many_points", "stale_write", "changed_units", "expiring_writes")
def test_states_are_what_their_schema_promises(whole_run: WholeRun) -> None:
    whole_run.messages.have_nothing_amiss(ViolationKind.SHAPE, MessageKind.STATE)


@covers("message.telemetry-is-valid")
def test_telemetry_is_what_its_schema_promises(whole_run: WholeRun) -> None:
    whole_run.messages.have_nothing_amiss(ViolationKind.SHAPE, MessageKind.TELEMETRY)


@covers("message.system-event-is-valid")
@throughout("broken_configs", "quiet_config")
def test_events_of_the_system_are_what_their_schema_promises(whole_run: WholeRun) -> None:
    whole_run.messages.have_nothing_amiss(ViolationKind.SHAPE, MessageKind.SYSTEM_EVENT)


@covers("message.version-is-one")
@throughout("plain_write", "broken_configs")
def test_versions_of_messages_are_versions(whole_run: WholeRun) -> None:
    whole_run.messages.have_nothing_amiss(ViolationKind.VERSION, *EVERY)


@covers("message.names-stand-once")
@throughout("plain_write", "many_points")
def test_names_in_messages_stand_once(whole_run: WholeRun) -> None:
    whole_run.messages.have_nothing_amiss(ViolationKind.REPEATED_NAME, *EVERY)


@covers("message.has-no-byte-order-mark")
@throughout("plain_write", "many_points")
def test_messages_begin_without_a_byte_order_mark(whole_run: WholeRun) -> None:
    whole_run.messages.have_nothing_amiss(ViolationKind.BYTE_ORDER_MARK, *EVERY)


@covers("message.state-has-no-unknown-fields")
def test_states_have_no_fields_that_their_schema_does_not_know(whole_run: WholeRun) -> None:
    whole_run.messages.have_nothing_amiss(ViolationKind.UNKNOWN_FIELD, MessageKind.STATE)


@covers("message.state-has-fields-of-the-documents")
def test_fields_that_only_the_documents_know_are_written_down(whole_run: WholeRun) -> None:
    whole_run.messages.observe(ViolationKind.DOCUMENTED_FIELD, "fields that only the documents know", MessageKind.STATE)
