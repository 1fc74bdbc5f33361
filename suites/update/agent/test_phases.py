"""Commands and what an agent does then: nothing before, and each phase to either end."""

from harness.protocols.update.suite import AgentEpisode, Deadline, FeedbackStatus, covers, given

FAILING = {"failing_download": "DOWNLOAD", "failing_update": "UPDATE", "failing_activation": "ACTIVATE"}


@covers("agent-phase.waits")
def test_agent_executes_nothing_before_it_is_commanded(whole_update: AgentEpisode) -> None:
    activity = whole_update.activity("update")
    identified = activity.was_identified()

    activity.executes_nothing(after=identified.place, until=whole_update.stimulus("DOWNLOAD").place)


@covers("agent-phase.download")
def test_download_succeeds_or_fails_in_time(whole_update: AgentEpisode) -> None:
    whole_update.phase("DOWNLOAD", of="update").ends(whole_update.deadline(Deadline.DOWNLOAD))


@covers("agent-phase.update")
def test_update_succeeds_or_fails_in_time(whole_update: AgentEpisode) -> None:
    whole_update.phase("UPDATE", of="update").ends(whole_update.deadline(Deadline.UPDATE))


@covers("agent-phase.activate")
def test_activation_succeeds_or_fails_in_time(whole_update: AgentEpisode) -> None:
    whole_update.phase("ACTIVATE", of="update").ends(whole_update.deadline(Deadline.ACTIVATE))


@covers("agent-phase.cleanup")
def test_cleanup_ends_in_time(whole_update: AgentEpisode) -> None:
    whole_update.phase("CLEANUP", of="update").is_cleaned_up(whole_update.deadline(Deadline.CLEANUP))


@covers("agent-phase.cleanup")
def test_update_that_was_cleaned_up_is_completed(whole_update: AgentEpisode) -> None:
    activity = whole_update.activity("update")
    with given("no action failed"):
        activity.has_succeeded()

    since = whole_update.phase("CLEANUP", of="update").since
    activity.ends(whole_update.deadline(Deadline.CLEANUP), FeedbackStatus.COMPLETED, since=since)


def _is_incomplete(episode: AgentEpisode) -> None:
    activity = episode.activity("failing")
    activity.must_have_failed()

    activity.ends_as(FeedbackStatus.INCOMPLETE, FeedbackStatus.INCOMPLETE_INCONSISTENT)


@covers("agent-phase.failure-ends")
def test_failed_download_ends_incomplete(failing_download: AgentEpisode) -> None:
    _is_incomplete(failing_download)


@covers("agent-phase.failure-ends")
def test_failed_update_ends_incomplete(failing_update: AgentEpisode) -> None:
    _is_incomplete(failing_update)


@covers("agent-phase.failure-ends")
def test_failed_activation_ends_incomplete(failing_activation: AgentEpisode) -> None:
    _is_incomplete(failing_activation)


@covers("agent-phase.failure-told")
def test_failed_download_names_its_component(failing_download: AgentEpisode) -> None:
    failing_download.activity("failing").names_what_failed()


@covers("agent-phase.failure-told")
def test_failed_update_names_its_component(failing_update: AgentEpisode) -> None:
    failing_update.activity("failing").names_what_failed()


@covers("agent-phase.failure-told")
def test_failed_activation_names_its_component(failing_activation: AgentEpisode) -> None:
    failing_activation.activity("failing").names_what_failed()


def _is_rolled_back(episode: AgentEpisode) -> None:
    episode.phase("ROLLBACK", of="to be rolled back").ends(episode.deadline(Deadline.ROLLBACK))


def _is_as_before(episode: AgentEpisode) -> None:
    activity = episode.activity("to be rolled back")
    with given("the rollback succeeds"):
        episode.phase("ROLLBACK", of="to be rolled back").succeeds(episode.deadline(Deadline.ROLLBACK))

    before = episode.inventories.showed(activity.since.place)
    episode.inventories.shows(before, episode.stimulus("after the rollback"))


@covers("agent-phase.rollback")
def test_rollback_after_a_download_ends_in_time(rolled_back_after_download: AgentEpisode) -> None:
    _is_rolled_back(rolled_back_after_download)


@covers("agent-phase.rollback")
def test_rollback_after_an_update_ends_in_time(rolled_back_after_update: AgentEpisode) -> None:
    _is_rolled_back(rolled_back_after_update)


@covers("agent-phase.rollback-restores")
def test_all_is_as_before_after_a_rollback_of_a_download(rolled_back_after_download: AgentEpisode) -> None:
    _is_as_before(rolled_back_after_download)


@covers("agent-phase.rollback-restores")
def test_all_is_as_before_after_a_rollback_of_an_update(rolled_back_after_update: AgentEpisode) -> None:
    _is_as_before(rolled_back_after_update)
