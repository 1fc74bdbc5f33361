"""An agent finds out what is to be done. Diagram of aggregated states; supported statuses."""

from harness.protocols.update.suite import AgentEpisode, Deadline, covers, each, given


@covers("agent-identification.begins")
def test_first_feedback_is_identifying(whole_update: AgentEpisode) -> None:
    whole_update.activity("update").begins_with_identifying(whole_update.deadline(Deadline.IDENTIFY))


@covers("agent-identification.in-time")
def test_actions_are_identified_in_time(whole_update: AgentEpisode) -> None:
    whole_update.activity("update").is_identified(whole_update.deadline(Deadline.IDENTIFY))


@covers("agent-identification.lists-all")
def test_identified_lists_every_action_as_identified(whole_update: AgentEpisode) -> None:
    activity = whole_update.activity("update")

    activity.lists_all_as_identified(whole_update.inventories.showed(activity.since.place))


@covers("agent-identification.failure-explained")
def test_version_that_nobody_knows_fails_with_a_message(unidentifiable: AgentEpisode) -> None:
    unidentifiable.activity("unknown version").explains_its_failure()


@covers("agent-identification.unknown-version")
def test_version_that_nobody_knows_cannot_be_identified(unidentifiable: AgentEpisode) -> None:
    deadline = unidentifiable.deadline(Deadline.IDENTIFY)

    unidentifiable.activity("unknown version").cannot_be_identified(deadline)


@covers("agent-identification.incomplete")
@each("label", ["no field", "no domain", "a domain without an id", "another domain"])
def test_incomplete_desired_state_cannot_be_identified(incomplete: AgentEpisode, label: str) -> None:
    incomplete.activity(label).cannot_be_identified(incomplete.deadline(Deadline.IDENTIFY))


@covers("agent-identification.config-forms")
def test_config_is_taken_in_both_forms(config_forms: AgentEpisode) -> None:
    deadline = config_forms.deadline(Deadline.IDENTIFY)
    with given("it is taken in the usual form"):
        config_forms.activity("usual form").is_identified(deadline)

    config_forms.activity("other form").is_identified(deadline)


@covers("agent-identification.nothing-to-do")
def test_desired_state_that_is_met_completes_without_a_change(nothing_to_do: AgentEpisode) -> None:
    activity = nothing_to_do.activity("as it is")
    activity.completes()

    activity.changes_nothing()


@covers("agent-identification.removal")
def test_component_that_is_desired_no_longer_is_removed(removal: AgentEpisode) -> None:
    activity = removal.activity("without it")
    before = removal.inventories.showed(activity.since.place)
    with given("it ends well"):
        activity.completes()

    removal.inventories.lacks(activity.desired.undesired(before), removal.stimulus("after the removal"))
