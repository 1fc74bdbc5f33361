"""Times: of each value, when it was last updated; of each message, when it was made."""

from harness.protocols.replica.suite import (
    Feature,
    ServiceEpisode,
    ServiceRun,
    covers,
    is_as_old,
    is_newer,
    mirrors_the_state,
    throughout,
)
from suites.replica.service.limits import Limits


@covers("metadata.mirrors-the-state")
def test_metadata_has_a_time_for_each_value(changed_later: ServiceEpisode) -> None:
    changed_later.needs(Feature.METADATA)

    mirrors_the_state(changed_later.document("first, read back"))


@covers("metadata.mirrors-the-state")
def test_value_that_changes_has_a_later_time(changed_later: ServiceEpisode) -> None:
    changed_later.needs(Feature.METADATA)
    first, later = changed_later.document("first, read back"), changed_later.document("later, read back")

    is_newer(later, ("desired", "fan", "speed"), first)


@covers("metadata.mirrors-the-state")
def test_value_that_does_not_change_keeps_its_time(changed_later: ServiceEpisode) -> None:
    changed_later.needs(Feature.METADATA)
    first, later = changed_later.document("first, read back"), changed_later.document("later, read back")

    is_as_old(later, ("desired", "fan", "mode"), first)
    is_as_old(later, ("reported", "lamp"), first)


@covers("metadata.timestamp-is-now")
@throughout("component_to_device", "removals")
def test_timestamp_of_a_message_is_the_present(whole_run: ServiceRun, limits: Limits) -> None:
    whole_run.timestamps_are_now(limits.clock)
