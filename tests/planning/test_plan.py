"""A plan: what becomes of requirements, what each line that is lacking would change, and how that is told."""

import json
from dataclasses import replace

from harness.judging.requirements.requirement import Requirement
from harness.judging.requirements.source import Source
from harness.judging.verdicts.verdict import Level, Undeclared, Undocumented, Unprovided, Verdict
from harness.planning.formatting import in_short, told
from harness.planning.plan import Line, Plan, PlannedJudgement, verdicts_and_lines
from harness.planning.prerequisites import Lack
from harness.record.left_out import OutOfView

STUCK, MEND = Undeclared("no point is stuck: add one"), Unprovided("the profile has no [provocations.mend]: add it")
UNSEEN = OutOfView("needs listen://: only a broker of ours tells", "listen://")


def judgement(requirement: str, *lacks: Lack, level: Level = Level.MUST) -> PlannedJudgement:
    """A judgement on it that lacks this."""
    clause = Requirement(requirement, "It is so.", {}, Source("a document", "a section", ()))
    return PlannedJudgement(clause, level, "test_it", lacks)


def plan(*judgements: PlannedJudgement, is_virtual: bool = False, of: int | None = None) -> Plan:
    """Of a run in which these are made."""
    verdicts, lines = verdicts_and_lines(judgements)
    return Plan("AHU-1", "mqtt://broker:1883", "udmi-1.5", verdicts, lines, 372.0, is_virtual, of or len(verdicts))


def test_plan_tells_which_requirements_wait_for_a_line() -> None:
    both, one = (
        Undocumented("it needs update = 60, no_update = 60 in [deadlines]"),
        Undocumented("it needs update = 60 in"),
    )
    made = plan(judgement("a", both), judgement("b", one), judgement("c"))

    assert made.waiting_for("update = 60") == ("a", "b")
    assert made.waiting_for("no_update = 60") == ("a",)
    assert made.waiting_for("date = 60") == ()


def test_requirement_is_judged_where_one_of_its_judgements_is() -> None:
    made = plan(judgement("a"), judgement("a", STUCK), judgement("b", STUCK), judgement("c", UNSEEN))

    assert made.judged == ("a",)
    assert made.verdicts == {"a": Verdict.PASS, "b": Verdict.NOT_APPLICABLE, "c": Verdict.OUT_OF_VIEW}


def test_line_adds_what_nothing_else_is_lacking_for() -> None:
    made = plan(judgement("a", STUCK), judgement("b", STUCK, UNSEEN), judgement("c", UNSEEN))

    assert made.lines == (
        Line(str(STUCK), (Verdict.NOT_APPLICABLE,), ("a", "b"), ("a",)),
        Line(str(UNSEEN), (Verdict.OUT_OF_VIEW,), ("b", "c"), ("c",)),
    )


def test_lines_that_help_only_together_are_one() -> None:
    made = plan(judgement("a", STUCK, UNSEEN), judgement("b", MEND))

    assert [(line.words, line.adds) for line in made.lines] == [
        (str(MEND), ("b",)),
        (f"{STUCK}; and {UNSEEN}", ("a",)),
    ]
    assert "   +1 of 1    no point is stuck: add one; and needs listen://: only a broker of ours tells" in told(made)


def test_lines_stand_by_what_they_add() -> None:
    made = plan(judgement("a", UNSEEN), judgement("b", STUCK), judgement("c", STUCK))

    assert [(line.words, len(line.adds)) for line in made.lines] == [(str(STUCK), 2), (str(UNSEEN), 1)]


def test_line_adds_nothing_to_a_requirement_that_is_judged_without_it() -> None:
    assert plan(judgement("a"), judgement("a", STUCK)).lines == ()


def test_part_that_nobody_provides_an_occasion_for_leaves_the_rest_judged() -> None:
    assert plan(judgement("a"), judgement("a", MEND)).judged == ("a",)
    assert plan(judgement("a", MEND)).verdicts == {"a": Verdict.COULD_NOT_TEST}


def test_what_no_profile_documents_holds_up_what_binds() -> None:
    lack = Undocumented("add the line time_to_failure")
    made = plan(judgement("a", lack), judgement("b", lack, level=Level.OBSERVATION))

    assert made.verdicts == {"a": Verdict.COULD_NOT_TEST, "b": Verdict.NOT_APPLICABLE}
    assert [line.holds_up for line in made.holding_up(Verdict.COULD_NOT_TEST)] == [("a",)]
    assert [line.holds_up for line in made.holding_up(Verdict.NOT_APPLICABLE)] == [("b",)]


def test_plan_is_told_by_what_is_lacking() -> None:
    made = plan(judgement("a"), judgement("b", STUCK), judgement("c", STUCK, UNSEEN), judgement("d", UNSEEN))

    assert list(told(made)) == [
        "AHU-1 at mqtt://broker:1883: of 4 requirements of udmi-1.5, 1 will be judged.",
        "A run takes about 6 min in real time, where the device does everything at once.",
        "",
        "2 do not concern the device:",
        "   +1 of 2    no point is stuck: add one",
        "",
        "1 is not visible with this target:",
        "   +1 of 1    needs listen://: only a broker of ours tells",
        "",
        "+N of M: if that alone were there, N more requirements would be judged of the M for which it is lacking.",
    ]


def test_all_of_a_plan_names_every_requirement() -> None:
    lines = list(told(plan(judgement("a"), judgement("b", STUCK)), whole=True))

    assert lines[lines.index("   +1 of 1    no point is stuck: add one") + 1].strip() == "b"
    assert lines[-2:] == ["Will be judged:", "  a"]


def test_screen_holds_the_lines_that_add_most_and_says_how_many_there_are() -> None:
    lacking = [judgement(f"r{number}", Undeclared(f"line {number}")) for number in range(9)]

    lines = list(told(plan(*lacking)))

    assert sum("line " in line for line in lines) == 6
    assert "             and 3 more; -v tells them" in lines


def test_plan_of_a_part_says_of_how_much() -> None:
    first, *_ = told(plan(judgement("a"), of=157))

    assert first == "AHU-1 at mqtt://broker:1883: of 1 requirement, of 157 that udmi-1.5 has, 1 will be judged."


def test_name_that_would_change_a_terminal_is_told_as_its_escapes() -> None:
    lines = list(told(plan(judgement("a", Undeclared("\x1b[2J has no good values")))))

    assert "   +1 of 1    \\x1b[2J has no good values" in lines


def test_plan_in_short_names_the_lines_that_would_add_most() -> None:
    made = plan(judgement("a"), judgement("b", STUCK), judgement("c", UNSEEN), judgement("d", UNSEEN))

    judged, added, first, second = in_short(made)

    assert judged.startswith("of 4 requirements of udmi-1.5, 1 will be judged; 1 does not concern the device; 2 are ")
    assert added == "These 2 lines would add 3:"
    assert first == "   +2  needs listen://: only a broker of ours tells"
    assert second.startswith("   +1  ")


def test_plan_in_short_says_that_nothing_would_add() -> None:
    assert list(in_short(plan(judgement("a"))))[1:] == ["No line would add to that."]


def test_virtual_run_takes_our_machine_some_seconds() -> None:
    _, time = told(plan(judgement("a"), is_virtual=True))

    assert time.startswith("In virtual time a run takes some seconds (about 6 min in real time")
    assert "about 80 s" in list(told(replace(plan(judgement("a")), seconds=81.0)))[1]


def test_plan_comes_back_from_json_as_it_was() -> None:
    made = plan(judgement("a"), judgement("b", STUCK))

    assert Plan.from_json(json.dumps(made.as_dict()).encode()) == made
