"""Messages are what their schemas promise. Schemas of the state and of the pointset's events."""

from harness.suite import Concern, Kind, WholeRun, covers, throughout


@covers("message.state-is-valid")
@throughout("plain_write", "many_points", "stale_write", "changed_units", "expiring_writes")
def test_states_are_what_their_schema_promises(whole_run: WholeRun) -> None:
    whole_run.messages.have_nothing_amiss(Concern.SHAPE, Kind.STATE)


@covers("message.telemetry-is-valid")
def test_telemetry_is_what_its_schema_promises(whole_run: WholeRun) -> None:
    whole_run.messages.have_nothing_amiss(Concern.SHAPE, Kind.TELEMETRY)


@covers("message.state-has-no-unknown-fields")
def test_states_have_no_fields_that_their_schema_does_not_know(whole_run: WholeRun) -> None:
    whole_run.messages.have_nothing_amiss(Concern.UNKNOWN_FIELD, Kind.STATE)


@covers("message.state-has-fields-of-the-documents")
def test_fields_that_only_the_documents_know_are_written_down(whole_run: WholeRun) -> None:
    whole_run.messages.observe(Concern.DOCUMENTED_FIELD, "fields that only the documents know", Kind.STATE)
