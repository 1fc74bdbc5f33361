"""The record of a run that is only planned: what is lacking stands where a drive would have written it down."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from harness.driving.device_link import Needs
from harness.driving.scenario import Scenario
from harness.planning.dry_run import dry_run
from harness.protocols.udmi.plug import DEVICE
from harness.record.kinds import Closed, Lacked, Record
from harness.record.left_out import NotApplicable
from harness.target import Target
from harness.target.remote import RemoteTarget, mqtt
from harness.target.target import TargetOptions
from tests.protocols.udmi.driving.playing import small_device
from tests.runs import ROOT

PROFILE = ROOT / "fixtures" / "udmi" / "profiles" / "ahu-1.toml"


async def drives(**_: object) -> None:
    """Never."""


def behind_a_broker(folder: Path) -> RemoteTarget:
    """With a profile that says how to mend, and nothing else."""
    profile = folder / "profile.toml"
    lines = PROFILE.read_text(encoding="utf-8").partition("[provocations]")[0]
    profile.write_text(f'{lines}\n[provocations]\nmend = {{ ask = "Mend it" }}\n', encoding="utf-8")
    return mqtt("//broker", TargetOptions(profile))


def dry_run_of(target: Target, **facts: Any) -> list[Record]:  # noqa: ANN401 - those of a scenario
    """The records between its opening and its closing, which is last."""
    scenario = Scenario("one", drives, **facts)
    _, _, *records, _ = dry_run(target, [scenario], DEVICE, "udmi-1.5")
    return [replace(record, time=0.0) for record in records]


def test_scenario_that_nothing_keeps_from_being_driven_is_closed_without_a_reason() -> None:
    assert dry_run_of(small_device()) == [Closed(0.0)]


def test_scenario_that_the_target_cannot_show_is_out_of_view(tmp_path: Path) -> None:
    [closed] = dry_run_of(behind_a_broker(tmp_path), needs=Needs.OUR_BROKER)

    assert isinstance(closed, Closed)
    assert (closed.out_of_view or "").startswith("needs listen://")
    assert dry_run_of(small_device(), needs=Needs.OUR_BROKER) == [Closed(0.0)]


def test_demand_that_the_profile_does_not_meet_closes_the_scenario() -> None:
    def demand(_: object) -> None:
        raise NotApplicable("no point is slow")

    assert dry_run_of(small_device(), demands={"point": demand}) == [Closed(0.0, not_applicable="no point is slow")]


def test_provocation_without_a_way_is_lacking_and_ends_what_hangs_on_it(tmp_path: Path) -> None:
    target = behind_a_broker(tmp_path)
    provokes = {"mended": "mend", "broken again": "break"}

    lacked, closed = dry_run_of(target, provokes=provokes)
    assert isinstance(lacked, Lacked)
    assert (lacked.role, lacked.provocation) == ("broken again", True)
    assert "the profile has no [provocations.break]" in lacked.remedy
    assert closed == Closed(0.0)

    [ended] = dry_run_of(target, hangs_on=("mend", "restart"))
    assert isinstance(ended, Closed)
    assert ended.unprovoked
    assert "the profile has no [provocations.restart]" in (ended.cut_short or "")


def test_simulated_device_can_be_brought_into_every_condition() -> None:
    assert dry_run_of(small_device(), provokes={"taken": "override"}, hangs_on=("restart",)) == [Closed(0.0)]


@dataclass(frozen=True)
class Reticent:
    """A vendor's target that says nothing before it is opened."""

    name = "acme://"
    clock = small_device().clock
    profile = small_device().profile

    open = small_device().open


def test_target_that_does_not_say_what_it_shows_shows_nothing_and_may_provoke_all() -> None:
    [closed] = dry_run_of(Reticent(), needs=Needs.OUR_BROKER)

    assert isinstance(closed, Closed)
    assert closed.out_of_view
    assert dry_run_of(Reticent(), hangs_on=("restart",)) == [Closed(0.0)]
