"""A device file is read whole, or refused with its line."""

from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.files.data import data
from harness.protocols.update.profile_file import UpdateProfileFile
from harness.protocols.update.words.inventory import SoftwareType
from harness.protocols.update.words.status import PhaseCommand
from simulator.update.agent.components import Installed, SimulatedComponent
from simulator.update.declared import DeviceFile

AGENT = data("update", "devices", "agent.toml")


def test_agent_declares_what_its_profile_on_a_bench_does() -> None:
    on_a_bench = UpdateProfileFile.read(data("update", "profiles", "agent.toml")).profile
    ours = DeviceFile.read(AGENT).profile

    assert ours.as_dict() | {"network_allowance": 1.0} == on_a_bench.as_dict()
    assert ours.network_allowance == 0.0


def test_component_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "agent.toml"
    file.write_text(
        'id = "G"\nrole = "agent"\ndomain = "apps"\n[seconds]\ndownload = 3\nupdate = 4\n'
        '[components."apps:web"]\nversion = "1"\nversions = ["1", "2"]\nunknown = "8"\nseconds = { update = 0.5 }\n'
        'fails = { rollback = "7" }\nnever_ends = { download = "6" }\nsystem = true\ntype = "IMAGE"\n'
        'config = { port = "80" }\n',
        encoding="utf-8",
    )

    assert DeviceFile.read(file).components == (
        SimulatedComponent(
            "apps:web",
            ("1", "2"),
            Installed("1", (("port", "80"),)),
            {PhaseCommand.DOWNLOAD: 3, PhaseCommand.UPDATE: 0.5},
            {PhaseCommand.ROLLBACK: "7"},
            {PhaseCommand.DOWNLOAD: "6"},
            is_system=True,
            type=SoftwareType.IMAGE,
        ),
    )


@pytest.mark.parametrize(
    ("line", "instead", "complaint"),
    [
        ('version = "1.0"', 'version = "5.0"', "it does not take '5.0' itself"),
        ('unknown = "no-such-version"', 'unknown = "9.1"', "that is a version that it takes"),
        ("download = 2", "donwload = 2", "donwload"),
        ('type = "CONTAINER"', 'type = "BOX"', "BOX"),
    ],
)
def test_slip_is_refused_with_file_and_line(tmp_path: Path, line: str, instead: str, complaint: str) -> None:
    text = AGENT.read_text(encoding="utf-8")
    assert line in text
    file = tmp_path / "agent.toml"
    file.write_text(text.replace(line, instead, 1), encoding="utf-8")

    with pytest.raises(UsageError, match=r"agent\.toml, line \d+") as refused:
        DeviceFile.read(file)

    assert complaint in str(refused.value)


def test_many_agents_on_one_broker_have_topics_of_their_own() -> None:
    file = DeviceFile.read(AGENT)

    assert [one.profile.inbox for one in file.numbered(1)] == ["containersupdate/desiredstate"]
    assert [one.profile.inbox for one in file.numbered(2)] == [
        "GATEWAY-1/containersupdate/desiredstate",
        "GATEWAY-2/containersupdate/desiredstate",
    ]
