"""Reports of a device, and what stands in its messages. Device-to-component, step 3; device guidance; quotas."""

from harness.protocols.replica.suite import ReplicaDeviceEpisode, ReplicaDeviceRun, covers, throughout, within
from suites.replica.device.limits import Limits


@covers("report.own-change")
def test_own_change_is_reported(local_change: ReplicaDeviceEpisode, limits: Limits) -> None:
    local_change.since("own change").report_comes(within(limits.in_time))


@covers("report.only-reported")
@throughout("start", "plain_change")
def test_device_writes_what_it_reports_alone(whole_run: ReplicaDeviceRun) -> None:
    whole_run.every_request.is_only_reported()


@covers("report.is-json")
@throughout("start", "plain_change")
def test_every_message_is_a_json_object(whole_run: ReplicaDeviceRun) -> None:
    whole_run.every_request.is_json()


@covers("report.is-small-enough")
@throughout("start", "plain_change")
def test_every_update_is_small_enough(whole_run: ReplicaDeviceRun, limits: Limits) -> None:
    whole_run.every_request.fits(limits.size, limits.depth)


@covers("report.version")
@throughout("plain_change", "many_fields")
def test_version_is_the_last_that_the_device_saw(whole_run: ReplicaDeviceRun, limits: Limits) -> None:
    whole_run.every_request.has_the_version_last_seen(lately=limits.lately)


@covers("report.token")
@throughout("start", "plain_change")
def test_client_token_is_a_short_string_of_its_own(whole_run: ReplicaDeviceRun, limits: Limits) -> None:
    whole_run.every_request.has_a_fitting_token(limits.token)


@covers("report.own-topics")
@throughout("start", "plain_change")
def test_device_publishes_on_its_own_topics(whole_run: ReplicaDeviceRun) -> None:
    whole_run.connection.publishes_as_itself()


@covers("report.no-answers")
@throughout("start", "plain_change")
def test_device_publishes_on_no_topic_of_answers(whole_run: ReplicaDeviceRun) -> None:
    whole_run.never_answers_itself()
