"""Commands out of turn, of others, unknown, for one baseline; and desired states that come again, or are malformed."""

from harness.protocols.update.suite import AgentEpisode, Deadline, covers, each, given
from suites.update.agent.scenarios.commands import PAIRS, label_of


@covers("agent-command.out-of-turn")
@each("place", range(len(PAIRS)))
def test_command_out_of_turn_is_refused_or_left(out_of_turn: AgentEpisode, place: int) -> None:
    label = label_of(place)

    out_of_turn.phase(label, of=f"for {label}").is_refused_or_left()


@covers("agent-command.foreign-activity")
def test_command_of_another_activity_is_left(foreign_command: AgentEpisode) -> None:
    foreign_command.activity("its own").must_be_named()
    with given("its own command is answered"):
        foreign_command.phase("DOWNLOAD", of="its own").ends(foreign_command.deadline(Deadline.DOWNLOAD))

    foreign_command.phase("foreign DOWNLOAD", of="its own").is_left_alone()


@covers("agent-command.unknown")
def test_command_that_nobody_knows_does_no_harm(unknown_commands: AgentEpisode) -> None:
    activity = unknown_commands.activity("with unknown commands")
    until = unknown_commands.stimulus("DOWNLOAD").place
    activity.executes_nothing(after=activity.was_identified().place, until=until)

    activity.completes()


@covers("agent-command.baseline")
def test_command_for_one_baseline_touches_its_components_alone(baselines: AgentEpisode) -> None:
    phase = baselines.phase("DOWNLOAD first set", of="two baselines")

    phase.touches_only(phase.activity.desired.components_of("first set"))


@covers("agent-command.baseline")
def test_feedback_on_one_baseline_names_it(baselines: AgentEpisode) -> None:
    baselines.phase("DOWNLOAD first set", of="two baselines").names_its_baseline("first set")


@covers("agent-command.unknown-baseline")
def test_command_for_an_unknown_baseline_is_refused(unknown_baseline: AgentEpisode) -> None:
    phase = unknown_baseline.phase("DOWNLOAD of none", of="one baseline")

    phase.fails_naming("no such set", unknown_baseline.deadline(Deadline.DOWNLOAD))


@covers("agent-command.executed-once")
def test_desired_state_that_comes_again_is_not_executed_again(redelivered: AgentEpisode) -> None:
    activity = redelivered.activity("first time")
    activity.must_be_named()
    activity.series.are_begun_once()
    with given("it is executed once"):
        activity.completes()

    activity.executes_nothing(after=redelivered.stimulus("again at the end").place)


@covers("agent-command.malformed")
def test_agent_works_after_malformed_messages(malformed: AgentEpisode) -> None:
    malformed.activity("after malformed").completes()


@covers("agent-command.retained")
def test_what_is_retained_is_not_executed_again(retained_state: AgentEpisode) -> None:
    activity = retained_state.activity("retained")
    with given("it was executed once"):
        activity.completes()

    activity.is_not_begun_again(after=retained_state.provocation("restart").place)
